"""Claims that authors take from other literature: the clauses that citations close."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from ingest.extract.claims.limits import Statement
from ingest.extract.screening import Pattern
from ingest.extract.study.text import OWN, Line, say, trim
from ingest.reading import Reading

_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|may|might|can|could|should|will|would|must|do|does|did|live|lives"
    r"|report(?:s|ed)?|suggest(?:s|ed)?|show(?:s|ed|n)?|found|indicate[sd]?|remain(?:s|ed)?|lead(?:s)?|led|"
    r"affect(?:s|ed)?|include[sd]?|describe[sd]?|require[sd]?|need(?:s|ed)?|play(?:s|ed)?|provide[sd]?|exist(?:s|ed)?"
    r"|var(?:y|ies|ied)|differ(?:s|ed)?|increase[sd]?|decrease[sd]?|reduce[sd]?|improve[sd]?|contribute[sd]?|"
    r"cause[sd]?|result(?:s|ed)?|experience[sd]?|face[sd]?|receive[sd]?|express(?:es|ed)?|struggle[sd]?|delay(?:s"
    r"|ed)?|tend(?:s|ed)?|perceive[sd]?|view(?:s|ed)?|believe[sd]?|prefer(?:s|red)?|lack(?:s|ed)?|become[s]?|"
    r"demonstrate[sd]?|highlight(?:s|ed)?|identif(?:y|ies|ied)|depend(?:s|ed)?|account(?:s|ed)?|represent(?:s|ed)?"
    r"|emerge[sd]?|occur(?:s|red)?|support(?:s|ed)?|offer(?:s|ed)?|help(?:s|ed)?|enable[sd]?|promote[sd]?|use[sd]?|"
    r"work(?:s|ed)?|make[s]?|made|take[s]?|took|fail(?:s|ed)?|hinder(?:s|ed)?|influence[sd]?|associate[sd]|argue[sd]?"
    r"|recommend(?:s|ed)?|range[sd]?|estimate[sd]?|constitute[sd]?|involve[sd]?|focus(?:es|ed)?|continue[sd]?)\b",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"^\W*(?:with|in|despite|given|as|due|among|for|after|before|during|through|by|compared|according|unlike|like"
    r"|beyond|under|over|within|from|to|on|at|without)\b",
    re.IGNORECASE,
)
_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|has|have|had|may|might|can|could|should|will|would|must|do|does|did)\b", re.IGNORECASE
)
_LEAD = re.compile(
    r"^(?:(?:however|moreover|furthermore|additionally|in addition(?! to)|also|indeed|for example|for instance"
    r"|of note|similarly|likewise|thus|therefore|hence|as a result|consequently|nevertheless|yet|and|but|"
    r"specifically|in particular|overall|in general|notably|importantly|finally|to date|in fact)\b,? ?)*"
    r"(?:(?:(?:a|an|one|the|some|several|many|multiple|recent|previous|prior|earlier|other|numerous|existing|most|two"
    r"|three|few|both|these|this|another|systematic|large|growing|qualitative|\w+[- ]based|published|past) )+"
    r"(?:stud(?:y|ies)|reports?|research|evidence|reviews?|authors|literature|surveys?|trials?|researchers|data|work"
    r"|meta-analys[ie]s)?(?: (?:of|on|from|in|by|among) [^.;,]{3,50}?)? ?"
    r"(?:have |has |had |also )*(?:found|suggest(?:s|ed)?|show(?:s|ed|n)?|report(?:s|ed)?|indicate[sd]?"
    r"|demonstrate[sd]?|posit|revealed|conclude[sd]?|argue[sd]?|highlight(?:s|ed)?|identified"
    r"|estimate[sd]?)(?: that)? )?",
    re.IGNORECASE,
)
_RESULTS = Pattern(
    r"\b(?:protocol|details?)\b[^.;]{0,40}\b(?:published|reported|described|found|available)\b|\b(?:published"
    r"|described|reported) elsewhere\W*$"
    r"|\bwere used to (?:explore|assess|examine|measure)\b|"
    r"\b(?:we|our|ours)\b|\bth(?:is|e (?:present|current)) (?:qualitative |mixed[- ]methods )?(?:study|paper|article"
    r"|analysis|evaluation|trial|research|findings?|results?)\b|\bthese (?:findings|results|data)\b|\b(?:participants"
    r"|respondents|interviewees|informants)\b[^.;]{0,40}\b(?:in (?:this|our)|felt|said|described|reported)\b",
    re.IGNORECASE,
)
_GAP = Pattern(
    r"\b(?:little|less|not much) (?:is|has been) (?:known|understood|written|published|reported)|\b(?:limited|scarce"
    r"|sparse|insufficient|scant|little|no|lack of|paucity of|dearth of) (?:\w+ ){0,2}?(?:evidence|research"
    r"|literature|data|knowledge|studies|information)\b"
    r"|\bfew studies\b|\b(?:has|have) not (?:yet )?been (?:\w+ )?(?:studied|explored|examined|investigated|evaluated"
    r"|described)|\b(?:remains?|is|are) (?:largely |still |poorly )?(?:unknown|unclear|unexplored|understudied"
    r"|under-researched|poorly understood)",
    re.IGNORECASE,
)
_PROJECT = re.compile(
    r"\b(?:the|this) (?:[\w()-]+ )?(?:project|trial|study|programme|program|intervention)\b|\b(?:was"
    r"|were) randomi[sz]ed\b",
    re.IGNORECASE,
)
_at = attrgetter("at")
_FEWEST = 4
_PAUSE = re.compile(r"[.,;:)]")
_STOP = re.compile(r";\s+")
_FIGURE = Pattern(r"\b(?:Table|Fig(?:ure)?\.?|Additional file|Box|Appendix) ?\d", re.IGNORECASE)
_GLUED = re.compile(r"\d{1,3}(?:[,–-]\d{1,3})* (?=and |that |or |[A-Z][a-z])")
_MARK = re.compile(r"\[[\d,;\s–-]+\]|\([^()]*\b(?:19|20)\d\d[a-z]?\)")


class _Part(NamedTuple):
    """A stretch of a sentence and the citations that close it."""

    start: int
    end: int
    citations: tuple[str, ...]


def background(reading: Reading, told: Sequence[Line]) -> Iterator[Statement]:
    """Yield the claims of other literature: cited clauses of background and discussion, gaps in knowledge that are
    named there, and the opening of an abstract."""
    for line in told:
        if line.in_abstract:
            if (
                line.kind == "background"
                and not OWN.search(line.text)
                and not _asks(line)
                and not _PROJECT.search(line.text)
            ):
                yield _statement(line, _Part(0, len(line.text), ()))
        elif line.kind in ("background", "discussion", "conclusions") and not _FIGURE.search(line.text):
            yield from _cited(reading, line)


def _asks(line: Line) -> bool:
    return re.search(r"objective|aim|purpose", line.heading, re.IGNORECASE) is not None or line.text.endswith("?")


def _cited(reading: Reading, line: Line) -> Iterator[Statement]:
    cited = reading.citations
    inside = cited[bisect_right(cited, line.start, key=_at) : bisect_right(cited, line.end + 1, key=_at)]
    marks = [(mark.at - line.start, mark.label) for mark in inside]
    parts = _joined(line.text, _parts(line.text, marks))
    for part in parts:
        words = line.text[part.start : part.end]
        gap = _GAP.search(words) is not None and line.kind != "conclusions"
        if _RESULTS.search(words) or not (part.citations or gap):
            continue
        one = _statement(line, part)
        if len(one.words.split()) >= _FEWEST:
            yield one


def _statement(line: Line, part: _Part) -> Statement:
    lead = _LEAD.match(line.text[part.start : part.end])
    start, end = trim(line.text, part.start + (lead.end() if lead else 0), part.end)
    glued = _GLUED.match(line.text[start:end])
    start += glued.end() if glued else 0
    labels = (label for mark in part.citations for label in re.split(r"\s*[,;]\s*(?=\d)", mark))
    words = say(_MARK.sub("", line.text[start:end]))
    return Statement(words, line.start + start, line.start + end, None, tuple(dict.fromkeys(labels)))


def _parts(text: str, marks: Sequence[tuple[int, str]]) -> list[_Part]:
    """Cut a sentence behind each citation and semicolon; a clause before a semicolon shares the next citation."""
    stops = {
        match.end(): ()
        for match in _STOP.finditer(text)
        if text.count("(", 0, match.start()) <= text.count(")", 0, match.start())
    }
    edges: dict[int, list[str]] = {at: [] for at in stops}
    for at, label in marks:
        edges.setdefault(min(max(at, 1), len(text)), []).append(label)
    edges.setdefault(len(text), [])
    parts, start = [], 0
    for at in sorted(edges):
        if text[start:at].strip(" ,.;"):
            parts.append(_Part(start, at, tuple(edges[at])))
            start = at
        elif parts:
            parts[-1] = _Part(parts[-1].start, at, (*parts[-1].citations, *edges[at]))
            start = at
    shared: list[_Part] = []
    for part in reversed(parts):
        after = shared[-1].citations if shared and part.end in stops else ()
        shared.append(_Part(part.start, part.end, part.citations or after))
    return shared[::-1]


def _joined(text: str, parts: Iterable[_Part]) -> list[_Part]:
    """Join what is no clause of its own: an opening with what follows, a rest without a verb with what precedes."""
    joined: list[_Part] = []
    open_ = False
    for part in parts:
        words = text[part.start : part.end]
        parted = bool(joined) and text[joined[-1].start : part.start].rstrip().endswith(";")
        if joined and (open_ or (not parted and (not _VERB.search(words) or len(words.split()) < _FEWEST))):
            first = joined.pop()
            part = _Part(first.start, part.end, (*first.citations, *part.citations))
            words = text[part.start : part.end]
        opening = _OPENING.search(words) is not None
        ends = words.rstrip()[-1:] + text[part.end : part.end + 1]
        within = part.end < len(text) and not _PAUSE.search(ends)
        open_ = within or (not _AUXILIARY.search(words) if opening else not (joined or _VERB.search(words)))
        joined.append(part)
    return joined
