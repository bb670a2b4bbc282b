"""Which part of the property graph a named graph gives: read from the RDF, as both are made of one stream."""

from collections.abc import Collection, Iterable, Iterator

import pyoxigraph as ox

from graph.cypher.engine import Change, CypherEngine, difference
from graph.folder import State
from graph.project import (
    ABSENT_LABELS,
    PASSAGE_LABELS,
    TYPE,
    Node,
    Relationship,
    Rows,
    Statement,
    from_quads,
    passages_from,
    properties_of,
    relationships_of,
    rows_of,
    to_rows,
)
from graph.rdf import is_staged, links_to, statements
from ontology.base import Passage, Record
from ontology.model import CLASSES, class_iri
from ontology.slots import slots_of

_SPAN = next(slot.path for slot in slots_of(Record) if slot.kind == "passage")
_CLASSES: tuple[type, ...] = (Passage, *CLASSES.values())
_TYPES = {class_iri(cls) for cls in _CLASSES}
PART = 2_000
"""Nodes in one part, at least, where there are so many; at most so many and those of one named graph."""


def every_row(store: ox.Store) -> Rows:
    """Return the whole property graph."""
    return to_rows(from_quads(statements(store)))


def parts(store: ox.Store, graphs: Iterable[str], size: int = PART) -> Iterator[Rows]:
    """Yield the whole property graph piece by piece: the same as `every_row`, and no two pieces share anything.

    A piece holds nodes, the relationships of slots that leave them, the shortcuts that assertions among them give and
    what is attested of them. A thing that several named graphs attest, or point to, comes with the first by name.
    `graphs` are the names of all named graphs.
    """
    found, absent = Rows(), set[str]()
    for graph in sorted(graphs):
        added = _part(store, graph, absent)
        found.nodes |= added.nodes
        found.relationships |= added.relationships
        found.attestations |= added.attestations
        if len(found.nodes) >= size:
            yield found
            found = Rows()
    if found.nodes:
        yield found


def _part(store: ox.Store, graph: str, absent: set[str]) -> Rows:
    """Return what comes with one named graph; `absent` are the absent nodes that came before, and is added to."""
    records = list(from_quads(statements(store, graph)))
    named = {iri for record in records for iri in (record.iri, *(span.iri for span in record.spans))}
    told = {iri: attesting(store, iri) for iri in named}
    shared = {iri for iri, graphs in told.items() if len(graphs) > 1}
    rows = rows_of([*records, *from_quads(_elsewhere(store, graph, shared))])
    new = {iri for iri, node in rows.nodes.items() if node.labels == ABSENT_LABELS and iri not in absent}
    new = {iri for iri in new if not attesting(store, iri)}
    absent |= new
    own = new | {iri for iri, graphs in told.items() if graphs[0] == graph}
    return Rows(
        {iri: node for iri, node in rows.nodes.items() if iri in own},
        {link for link in rows.relationships if (link.assertion or link.start) in own},
        {said for said in rows.attestations if said.iri in own},
    )


def attesting(store: ox.Store, iri: str) -> list[str]:
    """Return the named graphs that say of what class the thing is, sorted; none: it is only pointed to."""
    told = store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(TYPE), None, None)
    return sorted(
        {where.value for _, _, cls, where in told if _named(cls) in _TYPES and isinstance(where, ox.NamedNode)}
    )


def _named(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""


def gives(store: ox.Store, link: Relationship) -> bool:
    """Return whether the assertion of a shortcut gives this very shortcut."""
    return any(link in relationships_of(record) for record in from_quads(statements(store, subject=link.assertion)))


def touched(records: Iterable[Record]) -> tuple[set[str], set[str]]:
    """Return the IRIs whose nodes change when these records come or go, theirs and their passages', and those whose
    nodes may come or go with them: the ends of their links, which are no records of them."""
    own, ends = set[str](), set[str]()
    for record in records:
        own.add(record.iri)
        own.update(passage.iri for passage in record.spans)
        for link in relationships_of(record):
            ends.add(link.start)
            ends.add(link.end)
    return own, ends - own


def _rows_with(around: "_Around", records: Iterable[Record]) -> Rows:
    """Return the nodes around a change, and relationships, as they are when its named graph holds `records`.

    What other graphs attest of the same things is united with it. An IRI that nothing attests has a node only while
    a link ends at it. The relationships are enough to compare two such states of one graph, with the same IRIs.
    """
    rows = rows_of([*records, *around.records])
    for passage in around.passages:
        rows.nodes[passage.iri] = Node(passage.iri, PASSAGE_LABELS, properties_of(passage))
        rows.relationships.add(Relationship(passage.iri, "IN_DOCUMENT", passage.document))
    rows.nodes = {iri: node for iri, node in rows.nodes.items() if iri in around.iris}
    for iri in around.iris - rows.nodes.keys():
        if around.is_linked(iri):
            rows.nodes[iri] = Node(iri, ABSENT_LABELS, {"iri": iri})
    return rows


def level(engine: CypherEngine, state: State) -> None:
    """Fill an engine that holds another state: it was away, or what filled it broke off."""
    if engine.stamp() != state.manifest.stamp:
        engine.fill(parts(state.store, state.manifest.graphs), state.manifest.stamp)


def change_of(store: ox.Store, graph: str, old: Collection[Record], new: Collection[Record]) -> Change:
    """Return what changes in the property graph when a named graph holds `new` in place of `old`.

    What is in that graph itself is not read: it may be changed already, or not yet, or be about to be.
    """
    around = _Around(store, graph, *touched([*old, *new]))
    return difference(*(_rows_with(around, side) for side in (old, new)))


class _Around:
    """What the other named graphs of a store say of the things that a change of one of them touches."""

    def __init__(self, store: ox.Store, graph: str, own: set[str], ends: set[str]) -> None:
        """Read it. Of an end only whether others attest it: its node is then the same before and after."""
        kept = (iri for iri in ends if any(_is_other(name, graph) for name in attesting(store, iri)))
        self.iris = iris = own | ends.difference(kept)
        elsewhere = list(_elsewhere(store, graph, iris))
        self.records, self.passages = list(from_quads(elsewhere)), list(passages_from(elsewhere))
        self._linked: dict[str, bool] = {}
        self._store, self._graph = store, graph

    def is_linked(self, iri: str) -> bool:
        """Whether a link of another graph ends at this IRI."""
        if iri not in self._linked:
            self._linked[iri] = any(_is_other(name, self._graph) for name in links_to(self._store, iri))
        return self._linked[iri]


def _elsewhere(store: ox.Store, graph: str, iris: set[str]) -> Iterator[Statement]:
    """Yield what other graphs say of these things, and of the passages that those rest on."""
    spans = set()
    for iri in iris:
        for told in statements(store, subject=iri):
            if _is_other(told.graph, graph):
                yield told
                if told.predicate == _SPAN and told.value not in iris:
                    spans.add((told.graph, told.value))
    for where, iri in sorted(spans):
        yield from statements(store, where, iri)


def _is_other(name: str, graph: str) -> bool:
    return name != graph and not is_staged(name)
