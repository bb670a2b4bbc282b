"""Whether a paper reports what people said at all: the gate before its themes and findings."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice

from ingest.extract.likeness import Piece
from ingest.extract.patterns import compiled
from ingest.extract.themes.headings import results_of, weigh
from ingest.reading import Reading

_QUALITATIVE = compiled(
    r"\b(?:qualitative|interview(?:s|ed|ees?)|focus[- ]groups?|thematic|grounded theory|phenomenolog\w+|ethnograph\w+|"
    r"content analysis|framework analysis|open[- ]ended)\b",
    re.IGNORECASE,
)
_PLANNED = compiled(r"\bwill (?:be|also be|then be)\b", re.IGNORECASE)
_TOLD = compiled(
    r"\b(?:findings?|results?|interviews?|discussions|analys[ie]s|data|narratives|accounts)\b[^.;]{0,80}?"
    r"\b(?:reveal|show|highlight|indicate|suggest|identif|yield|demonstrat|confirm|document|illustrat)\w*\b|"
    r"\b(?:participants?|respondents?|interviewees?|informants?|patients?|carers?|caregivers?|nurses?|midwives|doctors|"
    r"physicians?|practitioners?|professionals?|clinicians?|providers?|pharmacists?|staff|workers|women|parents|families|"
    r"students|managers)\b[^.;]{0,40}?\b(?:reported|described|felt|perceived|expressed|said|identified|emphasi[sz]ed|"
    r"highlighted|viewed|valued|mentioned|acknowledged)\b|"
    r"\b(?:themes?|categor(?:y|ies)|barriers?|facilitators?|factors|challenges|difficult(?:y|ies))\b[^.;]{0,60}?"
    r"\b(?:emerged|(?:was|were) (?:found|identified|reported|generated|constructed|derived|noted|described))\b|"
    r"\b(?:themes?|barriers?|facilitators?) (?:was|were|included)\b|\b(?:we|were) (?:found|identified) that\b",
    re.IGNORECASE,
)
"""What an abstract says of its results where no heading parts them from the rest."""
ABSTRACT = 8_000
"""Characters up to which a document without results of its own is an abstract."""
_PLAN = 20
"""So many times "will be" in a full text make it a plan for a study, not the report of one."""
_LEAST_NAMED = 5
"""Times that a paper of full length names a qualitative method; shorter ones name it less often."""
_LEAST_QUOTES = 3
_LEAST_TALK, _LITTLE_TALK = 0.15, 0.1
"""Share of such sentences that will do for a paper that names qualitative methods seldom, and for one that does often:
rows of tables stand among its sentences."""
_SELDOM_NAMED, _OFTEN_NAMED = 10, 20


@lru_cache(maxsize=4)
def _count(pattern: re.Pattern[str], text: str, most: int) -> int:
    """Return how often a text holds a pattern, `most` at most; several stages ask for the same text, one after the
    other."""
    return sum(1 for _ in islice(pattern.finditer(text), most))


def lets_speak(reading: Reading, quotes: Sequence[Piece]) -> bool:
    """Say whether a document reports qualitative results.

    An abstract needs to name a qualitative method, and a part for results or, where it has no parts, a sentence that
    tells some. A full text must not be a plan, must name such methods several
    times, and either quotes people or has sentences in its results that say what people felt, said or did: by far most
    sentences of quantitative results do not.
    """
    text = reading.text
    named = _count(_QUALITATIVE, text, _OFTEN_NAMED)
    regions = results_of(reading)
    if not regions and len(text) <= ABSTRACT:
        return named > 0 and (
            any(s.in_abstract and s.kind == "results" for s in reading.sections)
            or (not _has_parts(reading) and bool(_TOLD.search(text)) and not _PLANNED.search(text))
        )
    if named < min(_LEAST_NAMED, 1 + len(text) // ABSTRACT) or _count(_PLANNED, text, _PLAN) >= _PLAN:
        return False
    if len(quotes) >= _LEAST_QUOTES:
        return True
    often = max(named - _SELDOM_NAMED, 0) / (_OFTEN_NAMED - _SELDOM_NAMED)
    least = _LEAST_TALK - often * (_LEAST_TALK - _LITTLE_TALK)
    return any(weigh(reading, region, quotes)[1] >= least for region in regions)


def _has_parts(reading: Reading) -> bool:
    """Say whether headings part an abstract, or a short text, into methods and the like."""
    return any(section.kind in ("background", "methods", "discussion", "conclusions") for section in reading.sections)
