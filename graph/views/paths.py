"""Typed paths: how things of one kind hang together with those of others, the best attested first."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from graph.errors import NotFound
from graph.names import name_of
from graph.reading import Reading
from ontology.model import ABSTRACT, CLASSES, PREDICATES, class_iri
from ontology.slots import slots_of

MOST = 20_000
"""The most paths that are looked at; beyond them the ranking is of a part, and says so."""
_KINDS = {cls.__name__: cls for cls in (*ABSTRACT[1:], *CLASSES.values())}


@dataclass(frozen=True, slots=True)
class Path:
    """A path: its things by IRI and name, the relation of each step ("statedBy", or "^statedBy" against it), and how
    many quotes and studies stand beneath its things."""

    things: tuple[str, ...]
    names: tuple[str, ...]
    relations: tuple[str, ...]
    quotes: int
    studies: int


@dataclass(frozen=True, slots=True)
class Paths:
    """The best attested paths; `total` were looked at, and `cut` says that there are more than that."""

    paths: tuple[Path, ...]
    total: int
    cut: bool


def paths(evidence: Reading, kinds: Sequence[str], *, start: str | None = None, limit: int = 50) -> Paths:
    """Return paths through things of these kinds in turn, such as ("Barrier", "Role", "Intervention").

    A step is any link of the model between two kinds, in either direction; assertions that were rejected give none.
    Paths with more quotes beneath their things come first, then those from more studies. `start` is an IRI to begin at.

    Raises:
        NotFound: a kind is no class of the model, or nothing links two kinds that follow each other.
    """
    if len(kinds) < 2:
        raise NotFound(", ".join(kinds), "is no path", "name two kinds or more")
    for kind in kinds:
        if kind not in _KINDS:
            raise NotFound(kind, "is not a class of the model", f"use one of {', '.join(_KINDS)}")
    steps = [_step(number, one, other) for number, (one, other) in enumerate(pairwise(kinds))]
    begin = "FILTER(?n0 = $start)" if start else ""
    names = " ".join(f"?n{number} ?p{number}" for number in range(len(steps))) + f" ?n{len(steps)}"
    query = f"SELECT DISTINCT {names} {{ {' '.join(steps)} {begin} {_apart(len(kinds))} }} LIMIT {MOST + 1}"
    rows = evidence.sparql(query, {"start": start} if start else {}).rows
    cut = len(rows) > MOST
    rows = rows[:MOST]
    things = {thing for row in rows for thing in row[::2]}
    quotes, studies = _support(evidence, things)
    found = [
        Path(
            things=row[::2],
            names=(),
            relations=row[1::2],
            quotes=len(set[str]().union(*(quotes[thing] for thing in row[::2]))),
            studies=len(set[str]().union(*(studies[thing] for thing in row[::2]))),
        )
        for row in rows
    ]
    found.sort(key=lambda path: (-path.quotes, -path.studies, path.things, path.relations))
    return Paths(tuple(_named(evidence, found[:limit])), len(rows), cut)


def _named(evidence: Reading, found: Sequence[Path]) -> Iterator[Path]:
    names: dict[str, str] = {}
    for path in found:
        for thing in path.things:
            if thing not in names:
                names[thing] = name_of(evidence.get(thing))
        told = tuple(names[thing] for thing in path.things)
        yield Path(path.things, told, path.relations, path.quotes, path.studies)


def _step(number: int, one: str, other: str) -> str:
    here, there = f"?n{number}", f"?n{number + 1}"
    ways = [f"{{ {here} <{path}> {there} BIND('{_local(path)}' AS ?p{number}) }}" for path in _links(one, other)]
    ways += [f"{{ {there} <{path}> {here} BIND('^{_local(path)}' AS ?p{number}) }}" for path in _links(other, one)]
    if not ways:
        raise NotFound(f"{one} and {other}", "are not linked in the model", "put a kind between them")
    types = f"{here} a <{class_iri(_KINDS[one])}> . {there} a <{class_iri(_KINDS[other])}> ."
    return f"{types} {{ {' UNION '.join(ways)} }}"


def _links(one: str, other: str) -> list[str]:
    """Return the properties that may lead from a thing of one kind to a thing of another, in order."""
    start, end = _KINDS[one], _KINDS[other]
    found = {
        slot.path
        for cls in CLASSES.values()
        if issubclass(cls, start) or issubclass(start, cls)
        for slot in slots_of(cls)
        if slot.kind == "ref" and any(_related(name, end) for name in slot.target)
    }
    for path, (_, subjects, objects) in PREDICATES.items():
        if any(_related(name, start) for name in subjects) and any(_related(name, end) for name in objects):
            found.add(path)
    return sorted(found)


def _related(name: str, cls: type) -> bool:
    target = _KINDS.get(name)
    return target is not None and (issubclass(target, cls) or issubclass(cls, target))


def _apart(count: int) -> str:
    """Return the condition that a path does not come back to a thing."""
    pairs = [f"?n{a} != ?n{b}" for b in range(count) for a in range(b)]
    return f"FILTER({' && '.join(pairs)})"


def _local(path: str) -> str:
    return path.rsplit("/", 1)[-1].rsplit("#", 1)[-1]


def _support(evidence: Reading, things: set[str]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Return the quotes beneath each thing, and the studies that it is of."""
    quotes: dict[str, set[str]] = defaultdict(set)
    studies: dict[str, set[str]] = defaultdict(set)
    told = evidence.sparql("SELECT ?q ?x { ?q a ckg:Quote . ?q ckg:supports|ckg:illustrates ?x }").rows
    for quote, thing in told:
        if thing in things:
            quotes[thing].add(quote)
        if quote in things:
            quotes[quote].add(quote)
    for thing, study in evidence.sparql("SELECT ?x ?s { ?x ckg:inStudy ?s }").rows:
        if thing in things:
            studies[thing].add(study)
    return quotes, studies
