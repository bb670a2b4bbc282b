"""Which part of the property graph changes with a named graph: read from the RDF, as both are made of one stream."""

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from graph.project import (
    ABSENT_LABELS,
    PASSAGE_LABELS,
    Node,
    Relationship,
    Rows,
    Statement,
    from_quads,
    passages_from,
    properties_of,
    relationships_of,
    to_rows,
)
from graph.rdf import links_to, statements
from ontology.base import Record
from ontology.slots import slots_of

_SPAN = next(slot.path for slot in slots_of(Record) if slot.kind == "passage")


def every_row(store: ox.Store) -> Rows:
    """Return the whole property graph."""
    return to_rows(from_quads(statements(store)))


def touched(records: Iterable[Record]) -> set[str]:
    """Return the IRIs whose nodes may change when these records come or go: theirs, their passages', their ends'."""
    found: set[str] = set()
    for record in records:
        found.add(record.iri)
        found.update(passage.iri for passage in record.spans)
        for link in relationships_of(record):
            found.update((link.start, link.end))
    return found


def rows_with(store: ox.Store, graph: str, records: Iterable[Record], iris: set[str]) -> Rows:
    """Return the nodes of `iris`, and relationships around them, as they are when `graph` holds `records`.

    What other graphs attest of the same things is united with it. An IRI that nothing attests has a node only while
    a link ends at it. The relationships are enough to compare two such states of one graph, with the same `iris`.
    """
    elsewhere = list(_elsewhere(store, graph, iris))
    rows = to_rows([*records, *from_quads(elsewhere)])
    for passage in passages_from(elsewhere):
        rows.nodes[passage.iri] = Node(passage.iri, PASSAGE_LABELS, properties_of(passage))
        rows.relationships.add(Relationship(passage.iri, "IN_DOCUMENT", passage.document))
    rows.nodes = {iri: node for iri, node in rows.nodes.items() if iri in iris}
    for iri in iris - rows.nodes.keys():
        if any(name != graph for name in links_to(store, iri)):
            rows.nodes[iri] = Node(iri, ABSENT_LABELS, {"iri": iri})
    return rows


def _elsewhere(store: ox.Store, graph: str, iris: set[str]) -> Iterator[Statement]:
    """Yield what other graphs say of these things, and of the passages that those rest on."""
    spans = set()
    for iri in iris:
        for told in statements(store, subject=iri):
            if told.graph != graph:
                yield told
                if told.predicate == _SPAN and told.value not in iris:
                    spans.add((told.graph, told.value))
    for where, iri in sorted(spans):
        yield from statements(store, where, iri)
