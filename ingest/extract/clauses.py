"""Sentences taken apart: the statements that they make, and the words of each that matter."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from ingest.extract.likeness import items
from ingest.extract.screening import Pattern

LONGEST = 400
"""Characters of a sentence that is still one statement; longer ones are parted where clauses meet."""
_TIGHT = 60
"""Characters below which a part of a statement is not parted again."""
_ITEM = 160
"""Characters that an item of a list may have."""
_LEAST = 18
"""Characters that either side of a cut must have."""
_FLAGS = re.IGNORECASE
_VERB = re.compile(
    r"(?:\b(?:is|are|was|were|be|been|has|have|had|do|does|did|can|could|may|might|will|would|should|must|cannot|"
    r"felt|said|found|made|led|took|gave|got|became|thought|saw|knew|told|spent|lost|left|kept|brought|met|"
    r"want|need|feel|think|know|get|go|see|make|take|give|lack|tend|seem|seems|lacks|prefer|prefers)\b|n['’]t\b|"
    r"\b\w{2,}ed\b|\b(?:they|we|I|he|she|it|you) \w+)",
    _FLAGS,
)
_SUBJECT = (
    r"(?:they|it|he|she|we|I|this|that|these|there|some|many|others|most|several|one|participants|patients|"
    r"(?:the|their|our|its|future|other) \w+)"
)
_PARTING_COLON = (
    r":(?<!ing:)(?<!include:)(?<!includes:)(?<!included:)"
    r"(?<!\bin:)(?<!\bto:)(?<!\bof:)(?<!\bfor:)(?<!\bwere:)(?<!\bare:)"
)
"""A colon that parts two statements; behind the other words it opens what belongs to them."""
_HARD: tuple[tuple[re.Pattern[str], bool], ...] = (
    (re.compile(r";\s+"), False),
    (re.compile(rf"{_PARTING_COLON}\s+"), True),
    (re.compile(r",?\s+(?=(?:but|however|although|though|whereas|nevertheless|even though|despite)\b)", _FLAGS), True),
    (re.compile(r",\s+(?=while\b)", _FLAGS), True),
    (re.compile(rf",?\s+(?=and (?:also |then |therefore |thus |consequently )?{_SUBJECT}\b)", _FLAGS), True),
)  # fmt: skip
"""Places where one statement ends and another begins, and whether both sides must hold a verb."""
_SOFT: tuple[tuple[re.Pattern[str], bool], ...] = (
    (re.compile(r",\s+(?=(?:and|but|or|so|yet|nor) )", _FLAGS), True),
    (
        re.compile(
            r",\s+(?=(?!including|during)(?:which|who|where|as(?! well)|since|because|\w+ing|thus|therefore)\b)", _FLAGS
        ),
        False,
    ),
    (re.compile(r"\s+(?=(?:because|due to|owing to|so that)\b)", _FLAGS), True),
)  # fmt: skip
_NO_SUBJECT = re.compile(
    r"(?:,?\s*(?:but|however|although|though|and|or|so|yet|nor|which|who|also|then|not|therefore|thus|\w+ly)\b)*,?\s*"
    r"(?:is|are|was|were|be|been|has|have|had|can|could|may|might|will|would|should|must|do|does|did|felt|said|made|"
    r"led|"
    r"emphasi\w+|note[sd]?|state[sd]?|suggest\w*|reported|described|found|wanted|needed)\b",
    _FLAGS,
)
"""The beginning of words that go on with the subject of what stands before them: no statement by themselves."""
_LEAD = re.compile(
    r"(?:(?-i:[A-Z]{1,6}\s?-?\d{1,4}[A-Z]?[.,]?\s+(?=[A-Z]))|"
    r"(?:however|moreover|furthermore|additionally|in addition(?! to)|also|finally|firstly|secondly|thirdly|"
    r"lastly|first|"
    r"second|third|fourth|fifth|fourthly|for example|for instance|in particular|indeed|thus|therefore|hence|similarly|"
    r"on the other hand|"
    r"in contrast(?! to)|conversely|and|but|so|or|yet|nor|although|though|while|whereas|as(?! well| a )|"
    r"because(?! of)|overall|"
    r"then|in general|generally|interestingly|importantly|unfortunately|of note|again|still|even though|since|"
    r"first of all|"
    r"nevertheless|(?-i:that|which)|\([^()]{1,60}\)),?\s+)+",
    _FLAGS,
)
_SAYS = (
    r"(?:reported|felt|stated|described|said|mentioned|expressed|noted|perceived|believed|thought|found|explained|"
    r"indicated|emphasi[sz]ed|highlighted|identified|commented|acknowledged|revealed|suggested|observed|argued|agreed|"
    r"pointed out|showed|recalled|feel|think|believe|report|state|note|indicate|suggest|show|recogni[sz]ed|raised|"
    r"demonstrated|demonstrate|experienced|concluded)"
)
_REPORT = re.compile(rf"[^,;:()“\"]{{2,90}}?\b{_SAYS}(?: (?:also|often|clearly|strongly))?\s+that\s+(?=\S)", _FLAGS)
_LIST_HEAD = Pattern(
    r"\b(?:barriers?|facilitators?|enablers?|obstacles?|challenges|difficulties|problems|concerns|constraints|issues|"
    r"reasons?|factors|strategies|suggestions|recommendations|solutions)\b"
    r"(?: (?!because|that|which|who|and|but)[\w’'/-]+){0,9}?"
    r"(?:,? (?:includ(?:ed|es?|ing)|(?:were|are)(?! (?:\w+ly |often |also |not |most |still |never )*(?:\w+ed|found|"
    r"seen|"
    r"given|made|shown|felt|said|known)\b)|such as|namely|e\.g\.|i\.e\.),?:?\s+|:\s+)",
    _FLAGS,
)
_ASIDE = re.compile(r"\((?:i\.e\.|e\.g\.|such as|for example|including),?\s*([^()]+)\)")
_NAMED_BEFORE = re.compile(
    r"\b(?:barriers?|facilitators?|obstacles?|challenges?|difficult(?:y|ies)|problems?|concerns?|issues?|constraints?|"
    r"factors?|reasons?|strategies|solutions?|resources?)\b[^.;:()]{0,60}$",
    _FLAGS,
)
_EDGE = " \t\n,;:.–—-•“”\"'‘"


class Clause(NamedTuple):
    """A part of a sentence: start..end of the view; `listed` is the words that announce the list it is an item of."""

    start: int
    end: int
    listed: str = ""


def clauses(text: str, start: int, end: int) -> tuple[Clause, ...]:
    """Return the statements of the sentence text[start:end]: itself, or each item of a list that it announces.

    >>> line = "Other barriers included a lack of time, missing records, and high staff turnover."
    >>> [line[c.start : c.end] for c in clauses(line, 0, len(line))]
    ['a lack of time', 'missing records', 'high staff turnover']
    """
    found: list[Clause] = []
    at = start
    for first, last, head, listed in _lists(text, start, end):
        if first - at >= 4 * _LEAST and _VERB.search(text, at, first):
            found.extend(Clause(a, b) for a, b in _parted(text, at, first, (*_HARD, *_SOFT), LONGEST))
        found.extend(Clause(a, b, head) for a, b in listed)
        at = last
    if end - at >= _LEAST or not found:
        found.extend(Clause(a, b) for a, b in _parted(text, at, end, (*_HARD, *_SOFT), LONGEST))
    return tuple(clause for clause in found if clause.end - clause.start >= 4)


@lru_cache(maxsize=1024)
def parts(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Return the clauses of a statement that can stand by themselves, without opening words and who reports them;
    several kinds of record are drawn from one statement.

    >>> line = "Nurses felt that they were never told, although the notes were meant to be shared with everyone there."
    >>> [line[a:b] for a, b in parts(line, 0, len(line))]
    ['they were never told', 'the notes were meant to be shared with everyone there']
    """
    return tuple(_parted(text, start, end, _HARD, _TIGHT))


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return text[start:end] without marks at the edges, opening words ("However,") and who reports it.

    >>> line = "However, one nurse noted that the calls were never returned."
    >>> line[slice(*trimmed(line, 0, len(line)))]
    'the calls were never returned'
    """
    moved = True
    while moved:
        moved = False
        start = end - len(text[start:end].lstrip(_EDGE))
        may_report = "that" in text[start:end].lower()
        for pattern in (_LEAD, _REPORT) if may_report else (_LEAD,):
            found = pattern.match(text, start, end)
            if found and end - found.end() >= _LEAST:
                start, moved = found.end(), True
    return start, start + len(text[start:end].rstrip(_EDGE))


def _lists(text: str, start: int, end: int) -> Iterator[tuple[int, int, str, list[tuple[int, int]]]]:
    """Yield announced lists of two items or more: where the list begins and ends, what announces it, its items."""
    at = start
    while at < end:
        head = _LIST_HEAD.search(text, at, end)
        aside = _ASIDE.search(text, at, end)
        named = _NAMED_BEFORE.search(text[max(start, aside.start() - 90) : aside.start()]) if aside else None
        if aside and named and (head is None or aside.start() < head.end()):
            first, last = aside.span(1)
            announced, at = named.group(), aside.end()
        elif head:
            first, last = head.end(), _list_end(text, head.end(), end)
            announced, at = head.group(), last
        else:
            return
        pieces = [(p.start, p.end) for p in items(text, first, last)]
        is_verb = announced.rstrip().endswith((" are", " were"))
        if len(pieces) >= 2 and _is_list(text, first, last, pieces, is_verb=is_verb):
            yield first, last, announced.strip(), pieces


def _is_list(text: str, start: int, end: int, pieces: list[tuple[int, int]], *, is_verb: bool) -> bool:
    """Say whether pieces are the items of a list: parted by commas or semicolons, none too short or a sentence.

    What only "are" or "were" announces must have three.
    """
    if len(pieces) == 2 and (is_verb or not re.search(r"[,;]", text[start:end])):
        return False
    return all(8 <= b - a <= _ITEM for a, b in pieces)


def _list_end(text: str, start: int, end: int) -> int:
    stop = re.search(r"(?<!i\.e)(?<!e\.g)(?<!vs)[.!?](?=\s|$)", text[start:end])
    return start + stop.start() if stop else end


def _parted(
    text: str, start: int, end: int, cuts: tuple[tuple[re.Pattern[str], bool], ...], longest: int
) -> Iterator[tuple[int, int]]:
    start, end = trimmed(text, start, end)
    if end - start > longest:
        for pattern, verbs in cuts:
            places = [
                (m.start(), m.end())
                for m in pattern.finditer(text, start + _LEAST, end - _LEAST)
                if not _enclosed(text, start, m.start())
                and not _NO_SUBJECT.match(text, m.end(), end)
                and (not verbs or (_VERB.search(text, start, m.start()) and _VERB.search(text, m.end(), end)))
            ]
            if places:
                first, last = min(places, key=lambda place: abs(place[0] - (start + end) / 2))
                yield from _parted(text, start, first, cuts, longest)
                yield from _parted(text, last, end, cuts, longest)
                return
    if start < end:
        yield start, end


def _enclosed(text: str, start: int, at: int) -> bool:
    before = text[start:at]
    return before.count("(") > before.count(")") or before.count("[") > before.count("]")
