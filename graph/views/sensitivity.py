"""Sensitivity: what loses support when studies, a kind of source or a method is left out."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from graph.names import name_of
from graph.reading import Reading
from ontology.model import EVIDENCE_LEVELS

_LINKS = """
SELECT ?subject ?object ?method ?study WHERE {
  ?link a ckg:Assertion ; ckg:subject ?subject ; ckg:object ?object ; ckg:predicate ?predicate ; ckg:method ?method ;
    ckg:status ?status ; ckg:inStudy ?study .
  FILTER(?predicate IN (ckg:supports, ckg:illustrates, ckg:addresses) && ?status != "rejected")
}
"""
_LINES = """
SELECT ?finding ?evidence ?study WHERE {
  ?line a ckg:EvidenceLine ; ckg:reviewFinding ?finding ; ckg:evidence ?evidence ; ckg:direction "supports" .
  ?evidence ckg:inStudy ?study .
}
"""
_BASED = "SELECT ?recommendation ?finding { ?recommendation a ckg:Recommendation ; ckg:basedOn ?finding }"
_LEVELS = "SELECT DISTINCT ?study ?level { ?study a ckg:Study ; ckg:evidenceLevel ?level }"


@dataclass(frozen=True, slots=True)
class LeaveOut:
    """What is left out: studies by IRI, sources by evidence level, links by the method that made them."""

    studies: frozenset[str] = frozenset()
    levels: frozenset[str] = frozenset()
    methods: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Effect:
    """What one thing loses: how many supports and studies it rests on with and without what is left out.

    Of a recommendation and a review finding the supports are records that support it, of other things the quotes
    beneath it and the interventions that address it.
    """

    iri: str
    kind: str
    name: str
    supports: tuple[int, int]
    studies: tuple[int, int]

    @property
    def lost(self) -> bool:
        """Whether nothing is left.

        >>> Effect("i", "Barrier", "Late letters", (2, 0), (1, 0)).lost
        True
        """
        return self.supports[0] > 0 and self.supports[1] == 0


@dataclass(slots=True)
class _Support:
    before: dict[str, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    after: dict[str, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))

    def add(self, thing: str, support: tuple[str, str], *, stays: bool) -> None:
        """Note a support, as (record, study), of a thing."""
        self.before[thing].add(support)
        if stays:
            self.after[thing].add(support)


def sensitivity(evidence: Reading, leave_out: LeaveOut, *, only_lost: bool = False) -> tuple[Effect, ...]:
    """Return what loses support, recommendations first, then review findings, then what lost most.

    A thing of a study that is left out is not told: it is gone itself. With `only_lost` only what loses all of it.
    """
    gone = set(leave_out.studies)
    gone |= {study for study, level in _levels(evidence).items() if level in leave_out.levels}
    support = _Support()
    for subject, thing, method, study in evidence.sparql(_LINKS).rows:
        if study not in gone:
            support.add(thing, (subject, study), stays=method not in leave_out.methods)
    beneath: dict[str, set[str]] = defaultdict(set)
    for recommendation, finding in evidence.sparql(_BASED).rows:
        beneath[finding].add(recommendation)
    for finding, record, study in evidence.sparql(_LINES).rows:
        for thing in (finding, *beneath[finding]):
            support.add(thing, (record, study), stays=study not in gone)
    effects = list(_effects(evidence, support))
    kept = [effect for effect in effects if effect.lost] if only_lost else effects
    return tuple(sorted(kept, key=_order))


def _levels(evidence: Reading) -> dict[str, str]:
    """Return the evidence level of each study: that of the document of it that could be read best."""
    told: dict[str, list[str]] = defaultdict(list)
    for study, level in evidence.sparql(_LEVELS).rows:
        told[study].append(level)
    return {study: max(levels, key=EVIDENCE_LEVELS.index) for study, levels in told.items()}


def _effects(evidence: Reading, support: _Support) -> Iterable[Effect]:
    for thing, before in support.before.items():
        after = support.after[thing]
        if len(after) < len(before):
            record = evidence.get(thing)
            studies = tuple(len({study for _, study in side}) for side in (before, after))
            yield Effect(
                thing, type(record).__name__, name_of(record), (len(before), len(after)), (studies[0], studies[1])
            )


def _order(effect: Effect) -> tuple[int, bool, int, str, str]:
    rank = {"Recommendation": 0, "ReviewFinding": 1}.get(effect.kind, 2)
    return rank, not effect.lost, effect.supports[1] - effect.supports[0], effect.name, effect.iri
