"""Words of documents as HTML that cannot do anything: everything is escaped, only our own marks are tags."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Mark:
    """Code points start..end of a text to be marked; `strong` for the words that the page is about."""

    start: int
    end: int
    strong: bool = True


def marked(text: str, marks: Sequence[Mark], start: int = 0, end: int | None = None) -> str:
    """Return text[start:end] as HTML with the marks that fall into it; where marks overlap the strong one wins.

    >>> marked("a <b> c", [Mark(2, 5)])
    'a <mark class="strong">&lt;b&gt;</mark> c'
    """
    end = len(text) if end is None else end
    edges = {start, end}
    inside = [mark for mark in marks if mark.start < end and mark.end > start]
    for mark in inside:
        edges.update((max(start, mark.start), min(end, mark.end)))
    ordered = sorted(edges)
    pieces = []
    for a, b in pairwise(ordered):
        over = [mark for mark in inside if mark.start <= a and b <= mark.end]
        words = escape(text[a:b])
        if over:
            words = f'<mark class="{"strong" if any(mark.strong for mark in over) else "weak"}">{words}</mark>'
        pieces.append(words)
    return "".join(pieces)


def window(text: str, start: int, end: int, around: int) -> tuple[int, int]:
    """Return the part of a text to show: `around` characters on each side of start..end, to whole lines.

    >>> window("one\\ntwo\\nthree\\nfour", 4, 7, 2)
    (0, 13)
    """
    first = text.rfind("\n", 0, max(0, start - around)) + 1
    last = text.find("\n", min(len(text), end + around))
    return first, len(text) if last < 0 else last
