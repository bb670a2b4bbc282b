"""Records to quads, records to nodes and relationships, and both ways back: pure functions driven by the slot table.

RDF: one line of N-Quads for the class and each superclass of a record below `Record` (so that `?f a ckg:Finding` finds
positions too), one for each value. A span is a `ckg:Passage` with an IRI of its own. Property graph: one node for
each record and each passage, keyed by `iri`, labelled with its class, its superclasses and `Entity`; literals are
properties, links are relationships. What is only pointed to, and that nothing attests, is a node labelled `Absent`.
What several named graphs attest is one node; what each of them says is kept beside it, as an `Attestation`.

An assertion that nobody rejected also gives the direct triple and the direct relationship (`assertion`, `derived`):
these are shortcuts, which the ways back pass over.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, partial
from operator import attrgetter
from typing import Any, NamedTuple

from graph.canonical import canonical, graph_of, merged
from ontology.base import Passage, Record
from ontology.errors import RecordError
from ontology.interchange import dumps, loads
from ontology.model import CLASSES, PREDICATES, Assertion, class_iri, labels_of
from ontology.namespaces import RDF, XSD
from ontology.slots import Slot, slots_of, values_of

TYPE = RDF + "type"
PASSAGE_LABELS = ("Passage", "Entity")
ABSENT_LABELS = ("Absent", "Entity")
_PASSAGE = class_iri(Passage)
_DATATYPES = {
    "int": f"^^<{XSD}integer>",
    "float": f"^^<{XSD}double>",
    "bool": f"^^<{XSD}boolean>",
    "datetime": f"^^<{XSD}dateTime>",
    "str": "",
}
_NAMED = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_ESCAPES = {chr(code): f"\\u{code:04X}" for code in [*range(0x20), 0x7F, 0xFFFE, 0xFFFF]} | _NAMED
_TO_ESCAPE = re.compile('["\\\\\x00-\x1f\x7f\ufffe\uffff]')
"""What Oxigraph escapes when it writes N-Quads: the hash of a graph is that of its lines, ours or Oxigraph's."""
_escaped: Callable[[str], str] = partial(_TO_ESCAPE.sub, lambda found: _ESCAPES[found[0]])


class Statement(NamedTuple):
    """A quad as plain strings; `value` is an IRI or the lexical form of a literal."""

    subject: str
    predicate: str
    value: str
    graph: str


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the property graph. `properties` holds `iri` too; `labels` start with the most specific."""

    iri: str
    labels: tuple[str, ...]
    properties: dict[str, Any]


class Relationship(NamedTuple):
    """A relationship between two nodes by their IRIs; `assertion` is set on a derived shortcut, else empty."""

    start: str
    type: str
    end: str
    assertion: str = ""


class Attestation(NamedTuple):
    """What one named graph says of a thing that several attest: the record, as a line of `ontology.interchange`.

    The node of the thing unites what they say, so that the parts could not be told from it.
    """

    iri: str
    graph: str
    record: str


@dataclass(slots=True)
class Rows:
    """Nodes by IRI, relationships, and attestations of things that have several, of a part of the property graph."""

    nodes: dict[str, Node] = field(default_factory=dict)
    relationships: set[Relationship] = field(default_factory=set)
    attestations: set[Attestation] = field(default_factory=set)


def types_of(cls: type) -> tuple[str, ...]:
    """Return the IRIs of a class and its superclasses below `Record`, the most specific first.

    >>> [iri.rsplit("/")[-1] for iri in types_of(CLASSES["Position"])]
    ['Position', 'Finding']
    """
    return tuple(class_iri(c) for c in cls.__mro__ if c not in (Record, object))


def shortcut(record: Record) -> tuple[str, str] | None:
    """Return the predicate and the relationship type of the shortcut that an assertion gives, if it gives one."""
    if isinstance(record, Assertion) and record.status != "rejected" and record.predicate in PREDICATES:
        return record.predicate, PREDICATES[record.predicate][0]
    return None


def to_quads(records: Iterable[Record]) -> Iterator[str]:
    """Yield the lines of N-Quads of the records, each once, in the order of the records.

    Raises:
        RecordError: a record breaks the slot table (see `graph.canonical.canonical`).
    """
    return quads_of(canonical(record) for record in records)


def quads_of(records: Iterable[Record]) -> Iterator[str]:
    """Yield what `to_quads` does, of records that are canonical already.

    Raises:
        RecordError: a record that must come from a document names none.
    """
    seen = set[tuple[str, str]]()
    for record in records:
        tail = f" <{graph_of(record)}> .\n"
        yield from _lines(record.iri, record, tail)
        for passage in record.spans:
            key = (passage.iri, tail)
            if key not in seen:
                seen.add(key)
                yield from _lines(key[0], passage, tail)
        direct = shortcut(record)
        if direct and isinstance(record, Assertion):
            yield f"<{record.subject}> <{direct[0]}> <{record.object}>{tail}"


def _lines(iri: str, thing: Record | Passage, tail: str) -> list[str]:
    cls: type = type(thing)
    types, slots = _written_by(cls)
    head = f"<{iri}>"
    lines = [f"{head}{told}{tail}" for told in types]
    for value, (before, many, term, after) in zip(values_of(cls)(thing), slots, strict=True):
        if value is None:
            continue
        if many:
            lines += [f"{head}{before}{term(one) if term else one}{after}{tail}" for one in value]
        else:
            lines.append(f"{head}{before}{term(value) if term else value}{after}{tail}")
    return lines


_Written = tuple[str, bool, Callable[[Any], str] | None, str]
"""A slot as it is written: its predicate up to the value, whether it has many, what writes one if it is not written as
it is, and what comes after it."""


@cache
def _written_by(cls: type) -> tuple[tuple[str, ...], tuple[_Written, ...]]:
    """Return what is written of every thing of a class: predicate and class of its types, and its slots."""
    return tuple(f" <{TYPE}> <{name}>" for name in types_of(cls)), tuple(map(_written, slots_of(cls)))


def _written(slot: Slot) -> _Written:
    kind = slot.kind
    if kind in ("ref", "iri", "passage"):
        return f" <{slot.path}> <", slot.many, attrgetter("iri") if kind == "passage" else None, ">"
    writers: dict[str, Callable[[Any], str]] = {
        "str": _escaped, "datetime": _escaped, "float": partial(lexical, "float"), "bool": partial(lexical, "bool"),
    }  # fmt: skip
    return f' <{slot.path}> "', slot.many, writers.get(kind), f'"{_DATATYPES[kind]}'


def lexical(kind: str, value: Any) -> str:  # noqa: ANN401
    """Return the lexical form of a literal as Oxigraph writes it back, so that the same input gives the same bytes.

    >>> lexical("float", 1e-07), lexical("float", 1.0), lexical("bool", True)
    ('0.0000001', '1', 'true')
    """
    if kind == "float":
        text = repr(value)
        if "e" in text:
            text = format(Decimal(text), "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    if kind == "bool":
        return "true" if value else "false"
    return str(value)


def from_quads(statements: Iterable[Statement]) -> Iterator[Record]:
    """Yield the records that the statements describe, one for each subject and named graph.

    Subjects of no class of the model, and properties of no slot, are passed over: they are the ontology's or derived.

    Raises:
        RecordError: a record lacks a required value, or a value is not of its slot's type.
    """
    told = _told(statements)
    passages = {key: _passage_of(key[1], values) for key, values in told.items() if _PASSAGE in values[TYPE]}
    for (graph, iri), values in told.items():
        cls = _class_of(values[TYPE])
        if cls is not None:
            yield _record(cls, iri, {s.name: _slot_value(s, values, graph, passages) for s in slots_of(cls)})


def passages_from(statements: Iterable[Statement]) -> Iterator[Passage]:
    """Yield the passages that the statements describe, one for each subject and named graph.

    Raises:
        RecordError: a passage lacks a value.
    """
    for (_, iri), values in _told(statements).items():
        if _PASSAGE in values[TYPE]:
            yield _passage_of(iri, values)


def _told(statements: Iterable[Statement]) -> dict[tuple[str, str], dict[str, list[str]]]:
    told: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value, graph in statements:
        told[graph, subject][predicate].append(value)
    return told


def to_rows(records: Iterable[Record]) -> Rows:
    """Return the nodes and relationships of the records; what several documents attest is united first.

    Raises:
        RecordError: a record breaks the slot table (see `graph.canonical.canonical`).
    """
    return rows_of(canonical(record) for record in records)


def rows_of(records: Iterable[Record]) -> Rows:
    """Return what `to_rows` does, of records that are canonical already."""
    given = list(dict.fromkeys(records))
    rows = Rows(attestations=set(_attestations(given)))
    for record in merged(given).values():
        rows.nodes[record.iri] = Node(record.iri, labels_of(type(record)), properties_of(record))
    for record in given:
        rows.relationships.update(relationships_of(record))
        for passage in record.spans:
            rows.nodes[passage.iri] = Node(passage.iri, PASSAGE_LABELS, properties_of(passage))
    for end in {iri for r in rows.relationships for iri in (r.start, r.end)} - rows.nodes.keys():
        rows.nodes[end] = Node(end, ABSENT_LABELS, {"iri": end})
    return rows


def _attestations(records: list[Record]) -> Iterator[Attestation]:
    told = Counter(record.iri for record in records)
    for record in records:
        if told[record.iri] > 1:
            yield Attestation(record.iri, graph_of(record), "".join(dumps([record])).rstrip("\n"))


def properties_of(thing: Record | Passage) -> dict[str, Any]:
    """Return the properties of the node of a canonical record or passage: its IRI and its literals."""
    found: dict[str, Any] = {"iri": thing.iri}
    cls: type = type(thing)
    for name, many in _literals_of(cls):
        value = getattr(thing, name)
        if value is not None and value != ():
            found[name] = list(value) if many else value
    return found


def relationships_of(record: Record, *, passages: bool = True) -> Iterator[Relationship]:
    """Yield the relationships that a canonical record gives: its links, its passages' and its shortcut; without
    `passages` none that begins or ends at one of these."""
    things: tuple[Record | Passage, ...] = (record, *record.spans) if passages else (record,)
    for thing in things:
        iri = thing.iri
        cls: type = type(thing)
        for name, kind, many in _links_of(cls):
            value = getattr(thing, name)
            if value is not None and (passages or name != "spans"):
                for end in value if many else (value,):
                    yield Relationship(iri, kind, end.iri if isinstance(end, Passage) else end)
    direct = shortcut(record)
    if direct and isinstance(record, Assertion):
        yield Relationship(record.subject, direct[1], record.object, record.iri)


@cache
def _literals_of(cls: type) -> tuple[tuple[str, bool], ...]:
    return tuple((slot.name, slot.many) for slot in slots_of(cls) if not slot.is_link)


@cache
def _links_of(cls: type) -> tuple[tuple[str, str, bool], ...]:
    return tuple((slot.name, slot.relationship, slot.many) for slot in slots_of(cls) if slot.is_link)


def from_rows(rows: Rows) -> Iterator[Record]:
    """Yield the records that nodes and relationships describe, by IRI; absent nodes and shortcuts are passed over.

    Raises:
        RecordError: a record lacks a required value.
    """
    ends: dict[tuple[str, str], list[str]] = defaultdict(list)
    for start, kind, end, assertion in rows.relationships:
        if not assertion:
            ends[start, kind].append(end)
    passages = {
        node.iri: _row_passage(node, ends[node.iri, "IN_DOCUMENT"])
        for node in rows.nodes.values()
        if "Passage" in node.labels
    }
    for iri, node in sorted(rows.nodes.items()):
        cls = _most_specific(CLASSES[label] for label in node.labels if label in CLASSES)
        if cls is not None:
            yield _record(cls, iri, {s.name: _row_value(s, node, ends, passages) for s in slots_of(cls)})


def attested_from_rows(rows: Rows) -> Iterator[Record]:
    """Yield the records as each named graph attests them: what `to_rows` was given, by IRI and named graph.

    Raises:
        RecordError: a record lacks a required value, or an attestation is not a record.
    """
    several: dict[str, list[Attestation]] = defaultdict(list)
    for told in sorted(rows.attestations):
        several[told.iri].append(told)
    for record in from_rows(rows):
        if record.iri in several:
            yield from loads((told.record for told in several[record.iri]), f"attestations of {record.iri}")
        else:
            yield record


def _record(cls: type[Record], iri: str, values: dict[str, Any]) -> Record:
    for slot in slots_of(cls):
        if slot.required and values[slot.name] is None:
            raise RecordError(iri, f"{cls.__name__}.{slot.name} is missing", "ingest the document again")
    return cls(iri=iri, **values)


def _class_of(types: Iterable[str]) -> type[Record] | None:
    return _most_specific(_BY_IRI[name] for name in types if name in _BY_IRI)


def _most_specific(classes: Iterable[type[Record]]) -> type[Record] | None:
    return max(classes, key=lambda cls: (len(cls.__mro__), cls.__name__), default=None)


_BY_IRI = {class_iri(cls): cls for cls in CLASSES.values()}


def _slot_value(slot: Slot, values: dict[str, list[str]], graph: str, passages: dict[tuple[str, str], Passage]) -> Any:  # noqa: ANN401
    told = values.get(slot.path, [])
    if slot.kind == "passage":
        return _spans(passages[graph, iri] for iri in told if (graph, iri) in passages)
    parsed = [_parsed(slot.kind, value) for value in told]
    if slot.many:
        return tuple(sorted(parsed))
    return min(parsed) if parsed else None


def _parsed(kind: str, value: str) -> Any:  # noqa: ANN401
    if kind == "int":
        return int(value)
    if kind == "float":
        return float(value)
    return value == "true" if kind == "bool" else value


def _row_value(slot: Slot, node: Node, ends: dict[tuple[str, str], list[str]], passages: dict[str, Passage]) -> Any:  # noqa: ANN401
    if not slot.is_link:
        value = node.properties.get(slot.name)
        return tuple(value or ()) if slot.many else value
    told = ends.get((node.iri, slot.relationship), [])
    if slot.kind == "passage":
        return _spans(passages[iri] for iri in told if iri in passages)
    return tuple(sorted(told)) if slot.many else min(told, default=None)


def _spans(passages: Iterable[Passage]) -> tuple[Passage, ...]:
    return tuple(sorted(passages, key=lambda p: (p.document, p.start, p.end, p.exact)))


def _passage_of(iri: str, values: dict[str, list[str]]) -> Passage:
    found = {slot.name: _slot_value(slot, values, "", {}) for slot in slots_of(Passage)}
    return _passage(iri, found)


def _row_passage(node: Node, documents: list[str]) -> Passage:
    return _passage(node.iri, {**node.properties, "document": min(documents, default=None)})


def _passage(iri: str, values: dict[str, Any]) -> Passage:
    missing = [slot.name for slot in slots_of(Passage) if values.get(slot.name) is None]
    if missing:
        raise RecordError(iri, f"Passage.{missing[0]} is missing", "ingest the document again")
    return Passage(**{slot.name: values[slot.name] for slot in slots_of(Passage)})
