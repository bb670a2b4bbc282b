"""Whether the two graphs say the same: both are read back piece by piece, and compared by IRI and slot.

First RDF against itself: what each named graph holds must be what its records give, and hash to what the manifest says.
Then each Cypher engine against RDF: nodes with labels and properties, relationships, shortcuts, attestations and the
stamp; and last, by the IRIs of the engine, what only the engine has. The memory that it takes is that of the biggest
document, not of the store.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

from graph import rdf, shipped, sync
from graph.cypher.engine import CypherEngine
from graph.folder import State
from graph.project import Node, Relationship, Rows, from_quads, to_quads
from ontology.base import Passage
from ontology.errors import RecordError
from ontology.model import CLASSES
from ontology.namespaces import ONTOLOGY_GRAPH
from ontology.slots import slots_of

Progress = Callable[[int, int], None]
"""Told how many of how many named graphs have been compared."""


_CLASSES: dict[str, type] = {"Passage": Passage, **CLASSES}
_SLOTS = {label: {s.relationship: s.name for s in slots_of(cls) if s.is_link} for label, cls in _CLASSES.items()}


class Difference(NamedTuple):
    """One thing on which two sides disagree: None where a side has nothing.

    `between` names the sides: "manifest" (what the store's hash says), "records" (what the records give), "rdf", or a
    Cypher engine. `slot` is a slot of the model, a relationship type for a shortcut, or what else differs.
    """

    iri: str
    slot: str
    between: tuple[str, str]
    left: Any
    right: Any


def compare(
    state: State, engines: Mapping[str, CypherEngine], progress: Progress = lambda done, of: None
) -> Iterator[Difference]:
    """Yield every difference between RDF, what its records give, and each of the engines by its name.

    Raises:
        QueryError, EngineUnavailable: an engine cannot be read.
    """
    names = sorted(state.manifest.graphs)
    steps = len(names) * (1 + len(engines))
    for done, graph in enumerate(_every_graph(state, names)):
        yield from _itself(state, graph)
        progress(min(done + 1, len(names)), steps)
    for triple in rdf.only_united(state.store):
        yield Difference(str(triple), "default graph", ("rdf", "default graph"), None, "stands in no named graph")
    for number, (name, engine) in enumerate(engines.items(), 1):
        yield from _engine(state, name, engine, partial(_shifted, progress, number * len(names), steps))


def _shifted(progress: Progress, before: int, steps: int, done: int) -> None:
    progress(before + done, steps)


def _every_graph(state: State, names: Iterable[str]) -> list[str]:
    """Return the named graphs of the manifest, and those that lie in the store without being in it."""
    there = {name.value for name in state.store.named_graphs() if hasattr(name, "value")}
    return sorted({*names, *there})


def _itself(state: State, graph: str) -> Iterator[Difference]:
    """Compare a named graph with what its records give, and with its hash in the manifest."""
    stored = set(rdf.lines_of(state.store, graph))
    yield from _lines(graph, stored, stored - set(rdf.not_united(state.store, graph)), ("rdf", "default graph"))
    listed = state.manifest.graphs.get(graph)
    if graph == ONTOLOGY_GRAPH:
        paths = shipped.files()
        given = set(shipped.lines(paths)) if listed and listed.hash == shipped.version(paths) else stored
        yield from _lines(graph, given, stored)
        return
    made = rdf.state_of(stored)[1]
    if listed is None or made.hash != listed.hash:
        yield Difference(graph, "hash", ("manifest", "rdf"), listed.hash if listed else None, made.hash)
    try:
        given = set(to_quads(from_quads(rdf.statements(state.store, graph))))
    except RecordError as error:
        yield Difference(error.thing, "record", ("records", "rdf"), error.problem, "cannot be read back")
        return
    yield from _lines(graph, given, stored)


def _lines(
    graph: str, given: set[str], stored: set[str], sides: tuple[str, str] = ("records", "rdf")
) -> Iterator[Difference]:
    tail = f" <{graph}> .\n"
    for line in sorted(given ^ stored):
        subject, predicate, value = line.removesuffix(tail).split(" ", 2)
        told = value if line in given else None
        kept = value if line in stored else None
        slot = re.split("[/#]", predicate.strip("<>"))[-1]
        yield Difference(subject.strip("<>"), slot, sides, told, kept)


def _engine(state: State, name: str, engine: CypherEngine, progress: Callable[[int], None]) -> Iterator[Difference]:
    sides = ("rdf", name)
    if engine.stamp() != state.manifest.stamp:
        yield Difference("", "stamp", sides, state.manifest.stamp, engine.stamp())
    nodes = links = 0
    try:
        for part in sync.parts(state.store, _counting(sorted(state.manifest.graphs), progress)):
            nodes += len(part.nodes)
            links += len(part.relationships)
            yield from _part(state, part, engine, sides)
    except RecordError as error:
        yield Difference(error.thing, "record", sides, error.problem, None)
        return
    for page in engine.every_iri():
        for iri in page:
            if not sync.attesting(state.store, iri) and not any(True for _ in rdf.links_to(state.store, iri)):
                yield Difference(iri, "node", sides, None, "is there")
    for link, told in engine.odd_relationships():
        yield Difference(link.start, f"properties of {link.type}", sides, ["assertion", "derived"], told)
    yield from _counts((nodes, links), engine.counts(), sides)


def _counting(graphs: list[str], progress: Callable[[int], None]) -> Iterator[str]:
    for done, graph in enumerate(graphs, 1):
        yield graph
        progress(done)


def _counts(wanted: tuple[int, int], found: tuple[int, int], sides: tuple[str, str]) -> Iterator[Difference]:
    """Compare numbers: that a thing is there twice shows only here."""
    for what, told, there in zip(("number of nodes", "number of relationships"), wanted, found, strict=True):
        if told != there:
            yield Difference("", what, sides, told, there)


def _part(state: State, wanted: Rows, engine: CypherEngine, sides: tuple[str, str]) -> Iterator[Difference]:
    found = engine.part(wanted.nodes.keys() | {link.start for link in wanted.relationships})
    for iri, node in sorted(wanted.nodes.items()):
        yield from _node(node, found.nodes.get(iri), sides)
    for link in sorted(wanted.relationships - found.relationships):
        yield _link(link, wanted, sides, (link.end, None))
    leaving = {link for link in found.relationships if link.start in wanted.nodes}
    for link in sorted(leaving - wanted.relationships):
        elsewhere = link.assertion and link.assertion not in wanted.nodes
        if not (elsewhere and sync.gives(state.store, link)):
            yield _link(link, wanted, sides, (None, link.end))
    said = {told for told in found.attestations if told.iri in wanted.nodes}
    for told in sorted(wanted.attestations ^ said):
        pair = (told.record, None) if told in wanted.attestations else (None, told.record)
        yield Difference(told.iri, f"attestation in {told.graph}", sides, *pair)


def _node(wanted: Node, found: Node | None, sides: tuple[str, str]) -> Iterator[Difference]:
    if found is None:
        yield Difference(wanted.iri, "node", sides, "is there", None)
        return
    if set(wanted.labels) != set(found.labels):
        yield Difference(wanted.iri, "labels", sides, sorted(wanted.labels), sorted(found.labels))
    for name in sorted(wanted.properties.keys() | found.properties.keys()):
        told, there = wanted.properties.get(name), found.properties.get(name)
        if told != there or type(told) is not type(there):
            yield Difference(wanted.iri, name, sides, told, there)


def _link(link: Relationship, rows: Rows, sides: tuple[str, str], ends: tuple[str | None, str | None]) -> Difference:
    if link.assertion:
        return Difference(link.start, f"{link.type} of {link.assertion}", sides, *ends)
    node = rows.nodes.get(link.start)
    named = _SLOTS.get(node.labels[0], {}) if node else {}
    return Difference(link.start, named.get(link.type, link.type), sides, *ends)
