"""Sentences of a run of text: nupunkt, and what research papers need beside it."""

import re
from functools import cache
from typing import Any

_OPENING = re.compile(r"[\s\"“‘'(\[]*[A-ZÀ-Þ0-9“‘\"'(\[…]")
_NO_END = re.compile(
    r"(?:\b(?:e\.g|i\.e|vs|cf|etc|Dr|Mr|Mrs|Ms|Prof|St|Fig|Figs|Tab|no|No|al|approx|resp|Ref|Vol|pp?)\.)$"
)


@cache
def _punkt() -> Any:  # noqa: ANN401 - nupunkt has no types
    import nupunkt  # the model is read on import: only when a document is read

    return nupunkt


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of every sentence of `text`, white space at the edges left out.

    >>> sentence_spans("We met Dr. Lee. She agreed.")
    [(0, 15), (16, 27)]
    """
    if not text.strip():
        return []
    edges = [(a, b) for a, b in _punkt().sent_spans(text)]
    spans: list[tuple[int, int]] = []
    for a, b in edges:
        while a < b and text[a].isspace():
            a += 1
        while b > a and text[b - 1].isspace():
            b -= 1
        if a == b:
            continue
        if spans and not _breaks(text, spans[-1][1], a):
            spans[-1] = (spans[-1][0], b)
        else:
            spans.append((a, b))
    return spans


def _breaks(text: str, end: int, start: int) -> bool:
    if text[end - 1] == "." and _NO_END.search(text, max(0, end - 12), end):
        return False
    return _OPENING.match(text, start) is not None or text[end - 1] not in ".…"
