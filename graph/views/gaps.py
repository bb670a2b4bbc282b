"""Gaps: barriers for which the evidence lacks something, with what it lacks."""

from collections import defaultdict
from dataclasses import dataclass, field

from graph.reading import Reading

REASONS = (
    "no intervention proposed",
    "only interventions cited from elsewhere",
    "only interventions that participants proposed",
    "no quote beneath",
)
"""What a barrier may lack."""

_BARRIERS = """
SELECT ?barrier ?label ?level ?score ?study WHERE {
  ?barrier a ckg:Barrier ; skos:prefLabel ?label ; ckg:inStudy ?study .
  OPTIONAL { ?barrier ckg:level ?level }
  OPTIONAL { ?barrier ckg:score ?score }
  FILTER(COALESCE(?study = $study, true))
}
"""
_ADDRESSED = """
SELECT ?barrier ?intervention ?by WHERE {
  ?intervention ckg:addresses ?barrier ; ckg:inStudy ?study .
  OPTIONAL { ?intervention ckg:proposedBy ?by }
  FILTER(COALESCE(?study = $study, true))
}
"""
_QUOTED = "SELECT DISTINCT ?barrier { ?quote a ckg:Quote ; ckg:illustrates ?barrier . ?barrier a ckg:Barrier }"


@dataclass(frozen=True, slots=True)
class Gap:
    """A barrier and what it lacks, of `REASONS`; `interventions` are the IRIs of those that address it."""

    barrier: str
    label: str
    level: str | None
    study: str
    score: float | None
    reasons: tuple[str, ...]
    interventions: tuple[str, ...] = field(default=())


def gaps(evidence: Reading, study: str | None = None) -> tuple[Gap, ...]:
    """Return the barriers that lack something, of one study or of all, those with the highest score first.

    >>> REASONS[0]
    'no intervention proposed'
    """
    params = {"study": study}
    proposers: dict[str, set[str]] = defaultdict(set)
    interventions: dict[str, set[str]] = defaultdict(set)
    for barrier, intervention, by in evidence.sparql(_ADDRESSED, params).rows:
        interventions[barrier].add(intervention)
        proposers[barrier] |= {by} if by else set()
    quoted = set(evidence.sparql(_QUOTED).column("barrier"))
    found: dict[str, Gap] = {}
    for barrier, label, level, score, where in evidence.sparql(_BARRIERS, params).rows:
        reasons = _lacking(interventions[barrier], proposers[barrier], quoted=barrier in quoted)
        if reasons:
            found[barrier] = Gap(barrier, label, level, where, score, reasons, tuple(sorted(interventions[barrier])))
    return tuple(sorted(found.values(), key=lambda gap: (-(gap.score or 0.0), gap.label, gap.barrier)))


def _lacking(interventions: set[str], proposers: set[str], *, quoted: bool) -> tuple[str, ...]:
    lacks = []
    if not interventions:
        lacks.append(REASONS[0])
    elif proposers == {"cited"}:
        lacks.append(REASONS[1])
    elif proposers == {"participants"}:
        lacks.append(REASONS[2])
    if not quoted:
        lacks.append(REASONS[3])
    return tuple(lacks)
