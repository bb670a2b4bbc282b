"""What stands on every page and is no text of the paper: running headers and footers, page and line numbers."""

import re
from collections import defaultdict
from itertools import pairwise

from ingest.readers.lines import Line
from ingest.readers.pdf.fonts import Style, same_style
from ingest.readers.pdf.text import PageText, TextLine
from ingest.readers.tables import is_caption

_DIGITS = re.compile(r"\d+")
_AT_ENDS = re.compile(r"\A(\d{1,6})\b|\b(\d{1,6})\Z")
_ROMAN = re.compile(r"\b[ivxlc]+\b")
_PAGE_NUMBER = re.compile(
    r"(?!\w+\))\W{0,3}(?:page\s*)?(?:[A-Z]?\d{1,5}|[ivxlc]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?\W{0,3}\Z", re.IGNORECASE
)
_ADDRESS = re.compile(r"(?:https?://)?(?:www\.[\w.-]+|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|edu))/?\Z", re.IGNORECASE)
"""The address of a journal, if it is all of a line."""
_EDGE = 0.13
"""Share of the height of a page, at its top and at its foot, in which headers and footers stand."""
_OUTER = 0.06
"""Share of the height in which hardly anything else stands."""
_NEAR = 6.0
"""Points by which the place of a header differs from page to page at the most."""
_AROUND = 4
"""Pages before and behind a page that tell its number."""
_LONGEST = 200
_MANY = 3
"""Running headers stand on one in so many pages at the least, if nothing else tells them from text."""
_ATTACHED = 1.3
"""Usual distances of rows from the text within which a line belongs to it."""
_NUMBER = re.compile(r"\d{1,4}\Z")
_FEWEST_NUMBERS = 5
_ALIGNED = 2.5
"""Points by which line numbers differ in where they end, or begin."""
_COUNTING = 0.9
"""Share of the line numbers of a page that follow on the one above."""
_AT_ROWS = 0.6
"""Share of the rows of a page that have a number, if every line is counted."""


def find_furniture(pages: list[PageText], body: Style) -> list[list[TextLine]]:
    """Return, page by page, the lines that are running headers, footers and page numbers.

    A line at the edge of a page is one if the like of it, but for numbers, stands in the same place on another page;
    on many pages, if it is set as running text is (`body`) or stands as near to it as its lines do. A lone
    number at the edge is one if the page has such a place on other pages, or lies outside of all text.
    """
    edges = [_at_edges(page) for page in pages]
    places: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for page, lines in zip(pages, edges, strict=True):
        for line in lines:
            places[_key(line.text)].append((page.number, _place(line, page)))
    found: list[list[TextLine]] = []
    for page, lines in zip(pages, edges, strict=True):
        step = _step(page)
        often = [line for line in lines if _recurs(line, page, places, 1)]
        kept = [
            line
            for line in often
            if not (same_style(line.style, body) or _is_attached(line, page, often, step))
            or _recurs(line, page, places, len(pages) // _MANY)
        ]
        found.append(kept + [line for line in lines if line not in kept and _counts(line, page, edges, pages)])
    return found


def _step(page: PageText) -> float:
    """Return the usual distance of two lines below each other."""
    pairs = [(a, b) for a, b in pairwise(page.lines) if b.x0 < a.x1 and b.x1 > a.x0 and b.middle > a.middle + 1]
    steps = sorted(b.middle - a.middle for a, b in pairs)
    return steps[len(steps) // 2] if steps else 0.0


def _is_attached(line: TextLine, page: PageText, often: list[TextLine], step: float) -> bool:
    """Say whether a line is as near to a line of the text as those are to each other, and no farther inside."""
    head = line.middle < page.height / 2
    for other in page.lines:
        distance = other.middle - line.middle if head else line.middle - other.middle
        beside = other.x0 < line.x1 and other.x1 > line.x0
        if beside and 0.5 * step < distance < _ATTACHED * step and other not in often:
            return True
    return False


def _at_edges(page: PageText) -> list[TextLine]:
    top, foot = _EDGE * page.height, (1 - _EDGE) * page.height
    edges = [line for line in page.lines if (line.bottom < top or line.top > foot) and len(line.text) <= _LONGEST]
    return [line for line in edges if not is_caption(Line(0, 0, line.text), None)]


def _key(text: str) -> str:
    return _ROMAN.sub("#", _DIGITS.sub("#", text.casefold()))


def _place(line: TextLine, page: PageText) -> float:
    """Return the height of a line, from the top, or as a negative number from the foot."""
    return line.top if line.middle < page.height / 2 else line.bottom - page.height


def _recurs(line: TextLine, page: PageText, places: dict[str, list[tuple[int, float]]], times: int) -> bool:
    """Say whether the like of a line stands in its place on so many other pages."""
    place = _place(line, page)
    near = {number for number, other in places[_key(line.text)] if abs(other - place) < _NEAR}
    return len(near - {page.number}) >= max(times, 1) and any(letter.isalnum() for letter in line.text)


def _counts(line: TextLine, page: PageText, edges: list[list[TextLine]], pages: list[PageText]) -> bool:
    """Say whether a line is a page number: beside a header or footer, at the outer edge, or where others have one."""
    outer = line.bottom < _OUTER * page.height or line.top > (1 - _OUTER) * page.height
    if not _PAGE_NUMBER.match(line.text):
        return outer and _ADDRESS.match(line.text) is not None
    place = _place(line, page)
    if outer or any(
        other is not page and abs(_place(like, other) - place) < _NEAR and _PAGE_NUMBER.match(like.text)
        for other, lines in zip(pages, edges, strict=True)
        for like in lines
    ):
        return True
    near = range(max(page.number - _AROUND, 0), min(page.number + _AROUND + 1, len(pages)))
    beside = [(like, pages[number]) for number in near if number != page.number for like in edges[number]]
    return sum(_counts_on(line, page, like, other) for like, other in beside) > 1


def _counts_on(a: TextLine, page: PageText, b: TextLine, other: PageText) -> bool:
    """Say whether a page number is as far from the one in another header as their pages: the first page of a paper has
    its number elsewhere, and alone."""
    first = _DIGITS.search(a.text)
    ends = _AT_ENDS.findall(b.text)
    step = other.number - page.number
    return first is not None and any(
        int(number) - int(first.group()) == step for pair in ends for number in pair if number
    )


def take_line_numbers(lines: list[TextLine]) -> list[TextLine]:
    """Take the line numbers of a page away, in place; return the lines that are numbers alone (and empty, if there is
    a line that they stand before).

    They end, or begin, below each other, count up by one or in fives, and stand at most of the rows.
    """
    numbered = [line for line in lines if _NUMBER.match(line.words[0].text)]
    rows = len({round(line.middle / _NEAR) for line in lines})
    for edge in (2, 0):
        for column in _columns(numbered, edge):
            if _counts_up(column, rows):
                return _taken(column, lines)
    return []


def _taken(column: list[TextLine], lines: list[TextLine]) -> list[TextLine]:
    """Put lone numbers before the lines that they number; mark the number of each line as no text of it."""
    alone: list[TextLine] = []
    for line in column:
        if len(line.words) > 1:
            line.margin = 1
            line.measure()
            continue
        alone.append(line)
        row = [o for o in lines if o.x0 > line.x1 and abs(o.middle - line.middle) < 0.5 * o.size]
        if row:
            numbered = min(row, key=lambda other: other.x0)
            numbered.words[:0] = line.words
            numbered.margin = 1
            line.words = []
    return alone


def _columns(numbered: list[TextLine], edge: int) -> list[list[TextLine]]:
    """Return lines that begin with numbers which stand below each other, the longest column first."""
    columns: list[list[TextLine]] = []
    for line in sorted(numbered, key=lambda line: line.words[0].box[edge]):
        if columns and line.words[0].box[edge] - columns[-1][0].words[0].box[edge] < _ALIGNED:
            columns[-1].append(line)
        else:
            columns.append([line])
    return sorted(columns, key=len, reverse=True)


def _counts_up(column: list[TextLine], rows: int) -> bool:
    if len(column) < _FEWEST_NUMBERS:
        return False
    numbers = [int(line.words[0].text) for line in sorted(column, key=lambda line: line.middle)]
    steps = [b - a for a, b in pairwise(numbers)]
    ones, fives = steps.count(1), steps.count(5)
    return (ones >= _COUNTING * len(steps) and len(column) >= _AT_ROWS * rows) or fives >= _COUNTING * len(steps)
