"""What lies around one thing, asked of the store: counts per relation first, then the nearest neighbours only.

It reads what it shows and no more, so it takes as long in a store of twenty thousand studies as in one of two; how many
links end at what all studies share is kept with the views. `graph.network.neighbourhood` does the same for a graph that
is in memory, such as a part of the store that somebody made.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import islice

import networkx as nx
import pyoxigraph as ox

from graph.errors import NotFound
from graph.names import name_of
from graph.network import DEPTH, LIMIT, Around, nearest
from graph.rdf import statements, union
from graph.reading import Reading
from graph.sync import attesting
from graph.views.ends import is_shared
from ontology.base import Passage
from ontology.model import CLASSES, PREDICATES, labels_of
from ontology.namespaces import ONTOLOGY_GRAPH
from ontology.slots import slots_of

FETCHED = 500
"""The most neighbours that are looked at for one relation of one thing: a role may have a hundred thousand."""
WEIGHED = 500
"""Of so many neighbours at most it is counted how many relationships each has."""

_LINKED: tuple[type, ...] = (Passage, *CLASSES.values())
_TYPES = {slot.path: slot.relationship for cls in _LINKED for slot in slots_of(cls) if slot.is_link} | {
    path: kind for path, (kind, _, _) in PREDICATES.items()
}


def relations(evidence: Reading, iri: str) -> dict[tuple[str, str], int]:
    """Return how many steps leave a thing, by relationship type and direction ("in" or "out"); none is fetched.

    Raises:
        NotFound: it is no IRI.
    """
    try:
        ox.NamedNode(iri)
    except ValueError as error:
        raise NotFound(iri, f"is no IRI ({error})", "`carekg list` shows what there is") from error
    store = evidence.snapshot().store
    if is_shared(iri) and not set(attesting(store, iri)) - {ONTOLOGY_GRAPH}:
        found = Counter(evidence.views().links_at(iri)) + Counter(_counted(store, iri, ox.NamedNode(ONTOLOGY_GRAPH)))
    else:
        found = Counter(_counted(store, iri))
    return dict(sorted(found.items()))


def around(
    evidence: Reading, iri: str, *, depth: int = DEPTH, limit: int = LIMIT, only: Iterable[str] | None = None
) -> Around:
    """Return what lies within `depth` steps of a thing, in both directions, at most `limit` neighbours in all.

    Nearer ones come first, then those with more relationships, then by IRI; of more than `WEIGHED` equally near ones
    only the IRI counts. `only` keeps to these relationship types. Of a thing with more than `FETCHED` neighbours by
    one relation, the others are counted and not looked at.

    Raises:
        NotFound: the store has no such thing.
    """
    counted = relations(evidence, iri)
    wanted = None if only is None else set(only)
    paths = {path for path, kind in _TYPES.items() if wanted is None or kind in wanted}
    drawn = nx.MultiDiGraph()
    if not counted:
        raise NotFound(iri, "nothing in the store has this IRI", "`carekg list` shows what there is")
    store = evidence.snapshot().store
    kept, left_out = nearest(
        iri, lambda here: _beside(store, here, paths), lambda near: _best(evidence, near), depth=depth, limit=limit
    )
    for here in kept:
        _draw(drawn, evidence, here)
    for here in kept:
        told = {(one.predicate, one.value) for one in statements(store, subject=here) if one.value in drawn}
        for path, end in sorted(told):
            if path in paths:
                drawn.add_edge(here, end, key=_TYPES[path], type=_TYPES[path])
    beyond = sum(max(0, n - FETCHED) for (kind, _), n in counted.items() if wanted is None or kind in wanted)
    return Around(drawn, counted, left_out + beyond)


def _counted(store: ox.Store, iri: str, graph: ox.NamedNode | None = None) -> Counter[tuple[str, str]]:
    """Count the links of a thing in one named graph, or in all of them."""
    thing = ox.NamedNode(iri)
    out = {(quad.predicate.value, str(quad.object)) for quad in store.quads_for_pattern(thing, None, None, graph)
           if isinstance(quad.object, ox.NamedNode)}  # fmt: skip
    into = {(quad.predicate.value, str(quad.subject)) for quad in store.quads_for_pattern(None, None, thing, graph)}
    return Counter(
        (_TYPES[path], way) for way, links in (("out", out), ("in", into)) for path, _ in links if path in _TYPES
    )


def _beside(store: ox.Store, iri: str, paths: Collection[str]) -> Iterator[str]:
    """Yield what lies one step from a thing, at most `FETCHED` things by each relation."""
    thing = ox.NamedNode(iri)
    graph = union(store)
    for quad in store.quads_for_pattern(thing, None, None, graph):
        if quad.predicate.value in paths and isinstance(quad.object, ox.NamedNode):
            yield quad.object.value
    for path in paths:
        for quad in islice(store.quads_for_pattern(None, ox.NamedNode(path), thing, graph), FETCHED):
            if isinstance(quad.subject, ox.NamedNode):
                yield quad.subject.value


def _best(evidence: Reading, near: set[str]) -> list[str]:
    """Return neighbours with the most relationships first; too many to be counted quickly are in the order of IRIs."""
    if len(near) > WEIGHED:
        return sorted(near)
    degree = {iri: sum(relations(evidence, iri).values()) for iri in near}
    return sorted(near, key=lambda iri: (-degree[iri], iri))


def _draw(drawn: nx.MultiDiGraph, evidence: Reading, iri: str) -> None:
    try:
        record = evidence.get(iri)
    except NotFound:
        exact = evidence.sparql("SELECT ?w { $iri oa:exact ?w }", {"iri": iri}).rows
        drawn.add_node(iri, kind="Passage" if exact else "Absent", name=exact[0][0] if exact else iri)
        return
    drawn.add_node(iri, kind=type(record).__name__, labels=list(labels_of(type(record))), name=name_of(record))
