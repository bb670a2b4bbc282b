"""Interventions: what is proposed, tried or cited to improve care, by whom, and how surely."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.extract.candidates import Surroundings
from ingest.extract.coding import strategies_of
from ingest.extract.context import Located, RoleIndex, make
from ingest.extract.labels import label_of
from ingest.extract.positions.holders import Holders
from ingest.extract.ranking import FLOORS, Pick, draw, ranked
from ingest.extract.reasons import reason_of
from ingest.extract.scoring import TRIED, weights
from ingest.extract.screening import Pattern
from ingest.extract.voices import AUTHORS
from ingest.reading import Reading
from ontology.model import BackgroundClaim, Intervention, Quote

if TYPE_CHECKING:
    from ingest.extract.determinants import DeterminantParts

_HEDGE = Pattern(
    r"\b(?:may|might|could|would|possibl[ey]|potential(?:ly)?|perhaps|possibility|seems?|appears?|likely|can)\b",
    re.IGNORECASE,
)
_WISHED = Pattern(
    r"\b(?:participants?|respondents?|interviewees?|they|patients?|providers?|nurses?|"
    r"\w+s)\b.{0,60}\b(?:suggest|wish|want|desire|"
    r"prefer|recommend|propos|ask(?:ed)? for|express|urg|endors|would like|felt|believ|thought|highlight|not)\w*",
    re.IGNORECASE,
)
_BY_PARTICIPANTS = re.compile(
    r"\b(?:participants?|respondents?|interviewees?|(?:suggested|proposed|wished) by)\b", re.IGNORECASE
)
"""Words by which a table of proposals says that they are those of the people who took part."""
_PROPOSES = re.compile(
    r"\b(?:should|must|need(?:s|ed)?|may (?:help|be|also|serve|require|need)|might|could|recommend\w*|strateg\w+|"
    r"necessitat\w+|future|our)\b",
    re.IGNORECASE,
)
_MOSTLY = 0.6
_TRIED = Pattern(
    r"\b(?:intervention|trial|program(?:me)?|pilot|evaluat\w+|implement\w+|was (?:introduced|developed|"
    r"delivered|trained|offered))\b",
    re.IGNORECASE,
)


def extract_interventions(
    reading: Reading,
    study: str,
    roles: RoleIndex,
    quotes: Sequence[Located[Quote]],
    determinants: "DeterminantParts",
    background: Sequence[Located[BackgroundClaim]],
) -> tuple[tuple[Located[Intervention], ...], int]:
    """Return the interventions that a study proposes, tries or cites, best first, and how many statements were one too
    many.

    `proposed_by` follows from where and how a statement stands: the discussion is the authors', and so is a table of
    proposals unless it says whose they are; quotes and reported wishes are the participants', methods tell what was
    evaluated, and a claim with a citation is only cited. What is also stated as a barrier with more certainty is left
    to the barriers.
    """
    drawn = determinants.drawn or draw(reading, roles, quotes, background)
    around = drawn.around
    picks, left = ranked(drawn, weights("Intervention"), FLOORS["Intervention"])
    holders = determinants.holders or Holders(around, quotes)
    surer = {(one.start, one.end): one.record.score or 0.0 for one in determinants.barriers}
    found = tuple(
        _record(around, holders, study, pick)
        for pick in picks
        if surer.get((pick.start, pick.end), 0.0) <= 2 * pick.score
    )
    return found, left


def _record(around: Surroundings, holders: Holders, study: str, pick: Pick) -> Located[Intervention]:
    reading = around.reading
    words = reading.text[pick.start : pick.end]
    by = _proposed_by(around, pick)
    made = make(
        Intervention,
        reading,
        study,
        pick.start,
        pick.end,
        label=label_of(words),
        proposed_by=by,
        proposer=_proposers(holders, pick, by),
        hedged=_HEDGE.search(words) is not None,
        codes=strategies_of(words),
        score=round(pick.score, 3),
        reason=reason_of(around, pick, weights("Intervention")),
    )
    if not pick.again:
        return made
    spans = [*made.record.spans, *(span for start, end in pick.places[1:] for span in reading.spans(start, end))]
    return Located(replace(made.record, spans=tuple(dict.fromkeys(spans))), made.start, made.end)


def _proposed_by(around: Surroundings, pick: Pick) -> tuple[str, ...]:
    """Return who puts a statement forward, by its own place and those where it is said again."""
    return tuple(sorted({_by(around, one) for one in pick.all}))


def _by(around: Surroundings, pick: Pick) -> str:
    section = around.reading.section_at(pick.start)
    sentence = pick.candidate.sentence
    words = around.reading.text[sentence.start : sentence.end]
    tried = _TRIED.search(words) is not None
    if pick.candidate.quote is not None:
        return "participants"
    if TRIED in pick.features:
        return "evaluated"
    if section.kind == "table":
        return "participants" if _BY_PARTICIPANTS.search(pick.candidate.listed + " " + section.heading) else "authors"
    if section.kind == "methods":
        return "evaluated"
    if section.kind == "background":
        return "evaluated" if tried and not pick.candidate.background else "cited"
    if section.kind in ("discussion", "conclusions", "limitations"):
        return "cited" if _is_cited(around, pick) and not _PROPOSES.search(words) else "authors"
    if _WISHED.search(words):
        return "participants"
    return "evaluated" if tried else "participants"


def _is_cited(around: Surroundings, pick: Pick) -> bool:
    """Say whether most of a statement is a claim taken from other literature."""
    shared = sum(max(0, min(end, pick.end) - max(start, pick.start)) for start, end in around.background)
    return shared >= _MOSTLY * (pick.end - pick.start)


def _proposers(holders: Holders, pick: Pick, by: tuple[str, ...]) -> tuple[str, ...]:
    found: list[str] = []
    if "participants" in by:
        found.extend(iri for iri in holders.stated_by([one.candidate for one in pick.all]) if iri != AUTHORS)
    if "authors" in by:
        found.append(AUTHORS)
    return tuple(dict.fromkeys(found))
