"""What authors state beside their findings: limitations, research they call for, and what they cite from others."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from ingest.extract.claims.background import background
from ingest.extract.claims.limits import Statement, limitations
from ingest.extract.claims.research import recommendations
from ingest.extract.context import Located, RoleIndex, make
from ingest.extract.screening import Pattern
from ingest.extract.study.text import Line, lines
from ingest.reading import Reading
from ontology.base import Record
from ontology.model import BackgroundClaim, Limitation, Quote, ResearchRecommendation

R = TypeVar("R", bound=Record)

_MOST_SPANS = 8
_SECTIONS = frozenset(
    {"abstract", "background", "methods", "results", "discussion", "limitations", "conclusions", "other"}
)
_BARRIER = Pattern(
    r"\b(?:barriers?|obstacles?|hinder\w*|imped\w*|challeng\w*|difficult\w*|struggl\w*|problem\w*|lack(?:s|ed|ing)?"
    r"|absence|shortages?|insufficient\w*|inadequa\w*|"
    r"limited|poor(?:ly)?|fear(?:s|ed)?|unwilling\w*|less willing|reluctan\w*|unable|inability|fail\w*|gaps?"
    r"|fragment\w*|stigma\w*|burden\w*|delay(?:s|ed)?|concern(?:s|ed)?|"
    r"under[- ]?(?:us|utili|treat|diagnos|prescri|fund|recogni)\w*|unclear|uncertain\w*|mistrust|distrust|conflict\w*"
    r"|constrain\w*|less (?:frequent|likely|timely)|differ in|outside (?:of )?(?:their|the) scope|"
    r"not (?:always |yet |well |fully )?(?:aware|available|accessible|willing|able|recogni[sz]ed|understood"
    r"|implemented)|rarely|seldom|low (?:uptake|rates?|levels?)|root causes?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ClaimParts:
    """What the authors of a document state beside their findings, in the order of the text."""

    limitations: tuple[Located[Limitation], ...]
    recommendations: tuple[Located[ResearchRecommendation], ...]
    background: tuple[Located[BackgroundClaim], ...]


def extract_claims(
    reading: Reading,
    study: str,
    roles: RoleIndex,
    quotes: Sequence[Located[Quote]],
    told: Sequence[Line] | None = None,
) -> ClaimParts:
    """Return the limitations, research recommendations and cited claims of a document, each with its words.

    A claim of other literature is a clause that a citation closes (or, in the background of an abstract, a sentence
    that does not speak of the study); what the authors say of their own results is none. `told` are the sentences
    that nobody is quoted in, where another stage has them.
    """
    told = [line for line in (lines(reading, quotes) if told is None else told) if line.kind in _SECTIONS]
    asked = list(recommendations(told))
    limits = list(limitations(told, asked))

    def limitation(one: Statement) -> Located[Limitation]:
        return make(Limitation, reading, study, one.start, one.end, statement=one.words, scope=one.scope)

    def recommendation(one: Statement) -> Located[ResearchRecommendation]:
        return make(ResearchRecommendation, reading, study, one.start, one.end, statement=one.words)

    claims = [
        make(
            BackgroundClaim,
            reading,
            study,
            one.start,
            one.end,
            statement=one.words,
            citations=one.citations,
            names_barrier=_BARRIER.search(one.words) is not None,
        )
        for one in background(reading, told)
    ]
    return ClaimParts(_each(limits, limitation), _each(asked, recommendation), _once(claims))


def _each(statements: Iterable[Statement], of: Callable[[Statement], Located[R]]) -> tuple[Located[R], ...]:
    return _once(of(one) for one in statements)


def _once(found: Iterable[Located[R]]) -> tuple[Located[R], ...]:
    """The records without repetition: the same words at another place are a further passage of the first."""
    kept: dict[str, Located[R]] = {}
    for one in sorted(found, key=lambda located: (located.start, located.end)):
        first = kept.get(one.record.iri)
        if first is None:
            kept[one.record.iri] = one
        elif one.start >= first.end:
            spans = (*first.record.spans, *one.record.spans)[:_MOST_SPANS]
            kept[one.record.iri] = first._replace(record=replace(first.record, spans=spans))
    return tuple(kept.values())
