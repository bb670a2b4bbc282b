"""The property graph as networkx: the whole of it, what tells the story, and what lies around a thing."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import networkx as nx

from graph.names import name_of_node
from graph.project import Node, to_rows
from graph.reading import Reading

STORY = (
    "Study", "Theme", "Finding", "Position", "Disagreement", "Barrier", "Facilitator", "Intervention", "Quote", "Role",
    "Concept", "Circumstance", "DecisionRule", "Limitation", "ResearchRecommendation", "ReviewFinding",
    "Recommendation", "EvidenceLine",
)  # fmt: skip
"""Kinds that people look at; the rest is how they are recorded (documents, passages, assertions, runs ...)."""

DEPTH, LIMIT = 1, 25


@dataclass(frozen=True, slots=True)
class Around:
    """What lies around a thing. `graph` holds it and its neighbours; `relations` counts the steps that leave the thing
    itself, by relationship type and direction ("in" or "out"), the drawn and the left out; `left_out` counts the
    neighbours, at any depth, that the limit kept away."""

    graph: nx.MultiDiGraph
    relations: dict[tuple[str, str], int]
    left_out: int


def graph(evidence: Reading) -> nx.MultiDiGraph:
    """Return the property graph of a store.

    Nodes are IRIs with `kind` (the most specific label), `labels`, `name` (what to call it) and their properties;
    edges have the relationship type as `type` and, where they are shortcuts, the IRI of their `assertion` (else "").
    Concepts are there where something points to them. Nodes and edges are sorted, so that the same store gives the
    same graph.
    """
    rows = to_rows([*evidence.attested(), *evidence.concepts()])
    concepts = {iri for iri, node in rows.nodes.items() if node.labels[0] in ("Concept", "ConceptScheme")}
    wanted = rows.nodes.keys() - concepts
    front = {link.end for link in rows.relationships if link.start in wanted} & concepts
    while front:
        wanted = wanted | front
        front = {link.end for link in rows.relationships if link.start in front} & concepts - wanted
    found = nx.MultiDiGraph()
    for iri in sorted(wanted):
        found.add_node(iri, **attributes(rows.nodes[iri]))
    for start, kind, end, assertion in sorted(rows.relationships):
        if start in wanted and end in wanted:
            found.add_edge(start, end, key=f"{kind} {assertion}".strip(), type=kind, assertion=assertion)
    return found


def attributes(node: Node) -> dict[str, Any]:
    """Return what a node of the graph has, see `graph`."""
    kind = node.labels[0]
    name = str(node.properties["exact"]) if kind == "Passage" else name_of_node(node.properties)
    return node.properties | {"kind": kind, "labels": sorted(node.labels), "name": kind if name == node.iri else name}


def story(network: nx.MultiDiGraph, kinds: Iterable[str] = STORY) -> nx.MultiDiGraph:
    """Return the part of the graph that is of these kinds, with the relationships between them."""
    wanted = set(kinds)
    return network.subgraph([iri for iri, told in network.nodes(data=True) if told["kind"] in wanted]).copy()


def neighbourhood(
    network: nx.MultiDiGraph,
    iri: str,
    *,
    depth: int = DEPTH,
    limit: int = LIMIT,
    relations: Iterable[str] | None = None,
) -> Around:
    """Return what lies within `depth` steps of a thing, in both directions, at most `limit` neighbours in all.

    Nearer ones come first, then those with more relationships, then by IRI. `relations` keeps to these types.

    Raises:
        KeyError: the graph has no such thing.
    """
    if iri not in network:
        raise KeyError(iri)
    types = None if relations is None else set(relations)
    counts: Counter[tuple[str, str]] = Counter()
    for at, direction in ((network.out_edges(iri, data="type"), "out"), (network.in_edges(iri, data="type"), "in")):
        counts.update((kind, direction) for _, _, kind in at)
    kept, left_out = nearest(
        iri,
        lambda here: _next(network, here, types),
        lambda near: sorted(near, key=lambda other: (-network.degree(other), other)),
        depth=depth,
        limit=limit,
    )
    return Around(network.subgraph(kept).copy(), dict(sorted(counts.items())), left_out)


def nearest(
    iri: str,
    beside: Callable[[str], Iterable[str]],
    ranked: Callable[[set[str]], list[str]],
    *,
    depth: int,
    limit: int,
) -> tuple[list[str], int]:
    """Return a thing and at most `limit` others within `depth` steps of it, nearer ones first, and how many were left
    out. `beside` gives what lies one step from a thing, `ranked` puts things equally near in order.

    >>> ring = {"a": "bz", "b": "ac", "c": "bz", "z": "ac"}
    >>> nearest("a", ring.__getitem__, sorted, depth=2, limit=2)
    (['a', 'b', 'z'], 1)
    """
    kept, front, seen, left_out = [iri], [iri], {iri}, 0
    for _ in range(depth):
        near = {other for here in front for other in beside(here)} - seen
        ordered = ranked(near)
        front = ordered[: max(0, limit + 1 - len(kept))]
        left_out += len(ordered) - len(front)
        kept += front
        seen |= near
    return kept, left_out


def _next(network: nx.MultiDiGraph, iri: str, types: set[str] | None) -> set[str]:
    out = {end for _, end, kind in network.out_edges(iri, data="type") if types is None or kind in types}
    return out | {start for start, _, kind in network.in_edges(iri, data="type") if types is None or kind in types}
