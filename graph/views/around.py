"""What lies around one thing, asked of the store: counts per relation first, then the nearest neighbours only.

It reads what it shows and no more, so it takes as long in a store of twenty thousand studies as in one of two.
"""

from collections.abc import Iterable, Sequence

import networkx as nx

from graph.errors import NotFound
from graph.names import name_of
from graph.network import DEPTH, LIMIT, Around
from graph.rdf import statements
from graph.reading import Reading
from ontology.base import Passage
from ontology.model import CLASSES, PREDICATES, labels_of
from ontology.slots import slots_of

FETCHED = 2_000
"""The most neighbours that are looked at for one step of one thing: a role may have a hundred thousand."""

_LINKED: tuple[type, ...] = (Passage, *CLASSES.values())
_TYPES = {slot.path: slot.relationship for cls in _LINKED for slot in slots_of(cls) if slot.is_link} | {
    path: kind for path, (kind, _, _) in PREDICATES.items()
}
_COUNT = "SELECT ?p (COUNT(*) AS ?n) {{ SELECT DISTINCT ?p ?x {{ {pattern} FILTER(isIRI(?x)) }} }} GROUP BY ?p"
_OUT, _IN = "$iri ?p ?x", "?x ?p $iri"


def relations(evidence: Reading, iri: str) -> dict[tuple[str, str], int]:
    """Return how many steps leave a thing, by relationship type and direction ("in" or "out"); none is fetched."""
    found: dict[tuple[str, str], int] = {}
    for direction, pattern in (("out", _OUT), ("in", _IN)):
        for path, count in evidence.sparql(_COUNT.format(pattern=pattern), {"iri": iri}).rows:
            if path in _TYPES:
                found[_TYPES[path], direction] = count
    return dict(sorted(found.items()))


def around(
    evidence: Reading, iri: str, *, depth: int = DEPTH, limit: int = LIMIT, only: Iterable[str] | None = None
) -> Around:
    """Return what lies within `depth` steps of a thing, in both directions, at most `limit` neighbours in all.

    Nearer ones come first, then those with more relationships, then by IRI; `only` keeps to these relationship types.
    Of a thing with more than `FETCHED` neighbours by one relation, the others are counted and not looked at.

    Raises:
        NotFound: the store has no such thing.
    """
    counted = relations(evidence, iri)
    wanted = None if only is None else set(only)
    paths = [path for path, kind in _TYPES.items() if wanted is None or kind in wanted]
    drawn = nx.MultiDiGraph()
    if not counted:
        raise NotFound(iri, "nothing in the store has this IRI", "`carekg list` shows what there is")
    _draw(drawn, evidence, iri)
    front, left_out, seen = [iri], 0, {iri}
    shown, store = set(paths), evidence.snapshot().store
    for _ in range(depth):
        steps = [step for here in front for step in _steps(evidence, here, paths)]
        near = {end for start, _, other in steps for end in (start, other)} - seen
        ordered = _best(evidence, near)
        front = ordered[: max(0, limit + 1 - len(drawn))]
        left_out += len(ordered) - len(front)
        seen |= near
        for other in front:
            _draw(drawn, evidence, other)
    for here in list(drawn):
        told = {(one.predicate, one.value) for one in statements(store, subject=here) if one.value in drawn}
        for path, end in sorted(told):
            if path in shown:
                drawn.add_edge(here, end, key=_TYPES[path], type=_TYPES[path])
    beyond = sum(max(0, n - FETCHED) for (kind, _), n in counted.items() if wanted is None or kind in wanted)
    return Around(drawn, counted, left_out + beyond)


def _steps(evidence: Reading, iri: str, paths: Sequence[str]) -> set[tuple[str, str, str]]:
    found = set()
    values = " ".join(f"<{path}>" for path in paths)
    for forward, pattern in ((True, _OUT), (False, _IN)):
        query = f"SELECT DISTINCT ?p ?x {{ VALUES ?p {{ {values} }} {pattern} FILTER(isIRI(?x)) }} LIMIT {FETCHED}"
        for path, other in evidence.sparql(query, {"iri": iri}).rows:
            found.add((iri, path, other) if forward else (other, path, iri))
    return found


def _best(evidence: Reading, near: set[str]) -> list[str]:
    """Return neighbours with the most relationships first; too many to be counted quickly are in the order of IRIs."""
    if not near or len(near) > FETCHED // 4:
        return sorted(near)
    values = " ".join(f"<{iri}>" for iri in sorted(near))
    query = (
        f"SELECT ?x (COUNT(*) AS ?n) {{ VALUES ?x {{ {values} }} "
        "{ ?x ?p ?y FILTER(isIRI(?y)) } UNION { ?y ?p ?x } } GROUP BY ?x"
    )
    degree: dict[str, int] = dict(evidence.sparql(query).rows)
    return sorted(near, key=lambda iri: (-degree.get(iri, 0), iri))


def _draw(drawn: nx.MultiDiGraph, evidence: Reading, iri: str) -> None:
    try:
        record = evidence.get(iri)
    except NotFound:
        exact = evidence.sparql("SELECT ?w { $iri oa:exact ?w }", {"iri": iri}).rows
        drawn.add_node(iri, kind="Passage" if exact else "Absent", name=exact[0][0] if exact else iri)
        return
    drawn.add_node(iri, kind=type(record).__name__, labels=list(labels_of(type(record))), name=name_of(record))
