"""The best connected things of a store, found without holding the store."""

import heapq
from collections.abc import Iterator
from functools import lru_cache

import networkx as nx
import pyoxigraph as ox

from graph.exports.walk import Walk
from graph.network import STORY, attributes
from graph.project import to_rows
from graph.reading import about
from graph.sorting import SEPARATOR, by_thing
from ontology.base import Record
from ontology.namespaces import CKG

_SUBJECT = ox.NamedNode(CKG + "subject")


def overview(walk: Walk, limit: int) -> tuple[nx.MultiDiGraph, int]:
    """Return the `limit` best connected things of the kinds that people look at, and of how many they are.

    The graph is the part of `graph.network.graph` that these things are, and has the `degree` of each among all of
    these kinds. Of the store only their number of links is sorted, in temporary files.
    """
    total = 0

    def connected() -> Iterator[tuple[int, str]]:
        nonlocal total
        for iri, lines in by_thing(_lines(walk)):
            total += 1
            yield 1 - sum(1 for _ in lines), iri

    degrees = {iri: -degree for degree, iri in heapq.nsmallest(limit, connected())}
    rows = to_rows(_records(walk, degrees))
    found = nx.MultiDiGraph()
    for iri in sorted(degrees):
        found.add_node(iri, **attributes(rows.nodes[iri]), degree=degrees[iri])
    for start, kind, end, assertion in sorted(rows.relationships):
        if start in degrees and end in degrees:
            found.add_edge(start, end, key=f"{kind} {assertion}".strip(), type=kind, assertion=assertion)
    return found, total


def _lines(walk: Walk) -> Iterator[bytes]:
    """Yield a line for each thing, and one for each end of a link at it; no two are alike."""

    @lru_cache(maxsize=1 << 14)
    def elsewhere(iri: str) -> str:
        return next((type(record).__name__ for record in about(walk.state, iri)), "")

    for part in walk.network():
        told = {iri for iri, node in part.nodes.items() if node.labels[0] in STORY}
        for iri in told:
            yield iri.encode() + SEPARATOR + b"\n"
        for link in part.relationships:
            ends = (link.start, link.end)
            if all(iri in told if iri in part.nodes else elsewhere(iri) in STORY for iri in ends):
                key = f"{link.type} {link.start} {link.end} {link.assertion}"
                for way, iri in zip("<>", ends, strict=True):
                    yield iri.encode() + SEPARATOR + f"{way} {key}\n".encode()


def _records(walk: Walk, iris: dict[str, int]) -> Iterator[Record]:
    """Yield what is attested of these things, and the assertions that start from them."""
    links = set()
    for iri in iris:
        yield from about(walk.state, iri)
        found = walk.state.store.quads_for_pattern(None, _SUBJECT, ox.NamedNode(iri), None)
        links |= {quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode)}
    for link in sorted(links - iris.keys()):
        yield from about(walk.state, link)
