"""Sentences of a run of text: nupunkt, and what research papers need beside it."""

import re
from functools import cache
from typing import Any

_OPENING = re.compile(r"[\"“‘'(\[…\s]*(?:[A-ZÀ-Þ0-9£$€•]|[a-z][A-Z])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|vs|cf|etc|Dr|Mr|Mrs|Ms|Prof|St|Figs?|Tab|Nos?|al|approx|ca|resp|Refs?|Vol|pp?|[A-Z])\.)\Z"
)
_ET_AL = re.compile(r"\b(?:al|etc|No|no)\.\Z")
_ASIDE = re.compile(r"(?:[A-Z]{1,4}\d{0,3} )?(?:\[[^\[\]]{1,80}\]|\([^()]{1,80}\))[.,;]?\Z|[”\"’)\].]+\Z")
_LEAD = re.compile(
    r"(?:[A-Z]{1,4}\d{0,3} )?(?:\[[^\[\]]{1,80}\]|\([^()]{1,80}\))[.,;]?(?=\s+[\"“‘'(\[]?(?:[A-ZÀ-Þ]|\d{1,2}[.)]))"
)
_NUMBER = re.compile(r"(?:(?<=[.?!)\]”\"’]\s)|(?<=[.?!)\]”\"’]\s\s)|\A)(?:\(?\d{1,2}[.)]|[•▪●–])\Z")
_LONGEST_NUMBER = 4
_STOP = re.compile(r"[.?!][”\"’)\]]*\s+[“\"‘(\[]*[A-ZÀ-Þ]")
_MAY_END = re.compile(r"[.?!…][)\";}\]*:@({\[\s?!”»'’]")
"""A mark behind which a sentence may end, as the model has it, before the end of a text."""
_MISSED = re.compile(r"(?<![\w.])[a-z]{4,}[.?!][”\"’)\]]*\s+(?=[“\"‘(\[]*[A-ZÀ-Þ][a-z]*[’'\s\])])")
"""A whole small word, a stop and a capital: no abbreviation, whatever the model has learned of the word."""
_SHORTENED = re.compile(
    r"\b(?:approx|mins|dept|univ|resp|cont|refs|figs|tabs|nurs|educ|psychol|clin|pract|serv|prim)\."
)


@cache
def _punkt() -> Any:  # noqa: ANN401 - nupunkt has no types
    import nupunkt  # its model is read on import: only when a document is read

    return nupunkt


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of every sentence of `text`, white space at the edges left out.

    Brackets behind a sentence, who speaks or "[...]", belong to it; the number of a list item to what follows.

    >>> sentence_spans("We met Dr. Lee. She agreed. [Nurse]")
    [(0, 15), (16, 35)]
    """
    spans: list[tuple[int, int]] = []
    for start, end in _bare(text):
        lead = _LEAD.match(text, start, end)
        if lead and spans:
            spans[-1] = (spans[-1][0], lead.end())
            start = _trim(text, lead.end(), end)[0]
        number = _NUMBER.search(text, max(start, end - _LONGEST_NUMBER), end)
        if number and number.start() > start:
            spans.append(_trim(text, start, number.start()))
            start = number.start()
        if spans and not _breaks(text, spans[-1], start, end):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def _bare(text: str) -> list[tuple[int, int]]:
    if not text.strip():
        return []
    found: list[tuple[int, int]] = []
    for start, end in _punkt().sent_spans(text) if _MAY_END.search(text) else ((0, len(text)),):
        for missed in _MISSED.finditer(text, start, end) if _STOP.search(text, start, end) else ():
            if not _SHORTENED.match(missed.group()):
                found.append((start, missed.end()))
                start = missed.end()
        found.append((start, end))
    return [(a, b) for a, b in (_trim(text, *span) for span in found) if a < b]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _breaks(text: str, before: tuple[int, int], start: int, end: int) -> bool:
    """Say whether a new sentence begins at `start`, behind the one that lies at `before`."""
    first, last = before
    if _NUMBER.match(text[first:last]) or _ASIDE.match(text[start:end]):
        return False
    if text[last - 1] == "." and _ABBREVIATION.search(text, max(first, last - 12), last):
        return _ET_AL.search(text, max(first, last - 12), last) is not None and text[start].isupper()
    return _OPENING.match(text, start) is not None
