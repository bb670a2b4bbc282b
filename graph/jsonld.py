"""The store as JSON-LD 1.1: the records under the names of their slots, with a context that makes RDF of them."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from graph.canonical import graph_of
from graph.project import lexical, shortcut, types_of
from ontology.base import Passage, Record
from ontology.model import CLASSES
from ontology.namespaces import PREFIXES, XSD
from ontology.slots import slots_of

_TYPED = {"int": XSD + "integer", "float": XSD + "double", "bool": XSD + "boolean", "datetime": XSD + "dateTime"}


def context() -> dict[str, Any]:
    """Return the context: prefixes, and each slot with its property and type."""
    terms: dict[str, Any] = {"@version": 1.1, **PREFIXES}
    classes: tuple[type, ...] = (Passage, *CLASSES.values())
    for cls in classes:
        for slot in slots_of(cls):
            kind = _TYPED.get(slot.kind) or (None if slot.kind == "str" else "@id")
            terms[slot.name] = {"@id": slot.path} | ({"@type": kind} if kind else {})
    return terms


def document() -> str:
    """Return the context as a document of its own, `graph/context.jsonld`, for JSON of others that names the slots."""
    return json.dumps({"@context": context()}, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def write(records: Iterable[Record]) -> Iterator[str]:
    """Yield a JSON-LD document in pieces; canonical records must come graph by graph."""
    yield '{"@context": ' + json.dumps(context(), ensure_ascii=False, sort_keys=True) + ',\n "@graph": ['
    graph, seen = "", set[str]()
    for record in records:
        if graph_of(record) != graph:
            yield ("\n ]}," if graph else "") + "\n "
            graph, seen = graph_of(record), set()
            yield '{"@id": ' + json.dumps(graph) + ', "@graph": ['
        things: list[Record | Passage] = [record, *(span for span in record.spans if span.iri not in seen)]
        for thing in things:
            yield ("," if seen else "") + "\n  " + json.dumps(_node(thing), ensure_ascii=False)
            seen.add(thing.iri)
        direct = shortcut(record)
        if direct:
            told = {"@id": record.subject, direct[0]: {"@id": record.object}}  # type: ignore[attr-defined]
            yield ",\n  " + json.dumps(told, ensure_ascii=False)
    yield ("\n ]}" if graph else "") + "\n]}\n"


def _node(thing: Record | Passage) -> dict[str, Any]:
    told: dict[str, Any] = {"@id": thing.iri, "@type": list(types_of(type(thing)))}
    for slot in slots_of(type(thing)):
        value = getattr(thing, slot.name)
        if value is None or value == ():
            continue
        items = [_value(slot.kind, item) for item in (value if slot.many else (value,))]
        told[slot.name] = items if slot.many else items[0]
    return told


def _value(kind: str, value: Any) -> Any:  # noqa: ANN401 - as many types as there are kinds
    if kind == "passage":
        return value.iri
    return lexical(kind, value) if kind == "float" else value
