"""Lines of the stored text: where they are, whether paragraphs run over them, and which are page furniture."""

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise

_BREAKS = re.compile(r"[\n\f\v\x85\u2028\u2029]+")
_LONG_LINE = 160
_LONG_SHARE = 0.25
_DIGITS = re.compile(r"\d+")
_PAGE = re.compile(r"(?:[-–—]\s*)?(?:page\s*)?(\d{1,4})(?:\s*(?:of|/)\s*\d{1,4})?(?:\s*[-–—])?\Z", re.IGNORECASE)
_HEADER = re.compile(
    r"et al\b|\bdoi\b|https?:|www\.|\bpage\b|downloaded|manuscript|open access|copyright|©|\bvol(?:ume)?\b|\bjournal\b"
    r"|\b(?:19|20)\d\d[;,:]|\d+\s?\(\d+\)\s?:|author|licen[cs]e|all rights reserved|preprint|peer review",
    re.IGNORECASE,
)
_SPOKEN = re.compile(r"[\[(\"“‘'–—…>-]|.*[\])]$|.*[.?!][”\"’]?$", re.DOTALL)
_LONG_HEADER = 15
_NEARLY = 0.6
"""Lines of justified text vary in length: the longest length is taken that is this share as common as the commonest."""
_FEWEST_LINES = 15
"""Lines that lie between two headers of pages at the least."""
_CLOSE_SHARE = 0.2
"""Share of the pages that may be shorter: pages of tables have few lines."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the white space around it, `stored[start:end]`.

    `gap` counts the blank lines before it, `indent` its leading white space; `page` says that a form feed stands
    before it, `cut` that lines before it were left out or moved away, `opens` names the kind of section that begins
    here without a heading.
    """

    start: int
    end: int
    text: str
    gap: int = 0
    indent: int = 0
    page: bool = False
    cut: bool = False
    opens: str = ""


def split_lines(stored: str) -> list[Line]:
    """Return the lines of the stored text that hold anything.

    >>> [(line.text, line.gap) for line in split_lines("a\\n\\n  b\\n")]
    [('a', 0), ('b', 1)]
    """
    lines: list[Line] = []
    gap, at, page = 0, 0, False
    for found in [*_BREAKS.finditer(stored), None]:
        end = found.start() if found else len(stored)
        raw = stored[at:end]
        text = raw.strip()
        if text:
            start = at + len(raw) - len(raw.lstrip())
            lines.append(Line(start, start + len(text), text, max(gap, 0), start - at, page))
            gap, page = 0, False
        if found:
            gap += found.group().count("\n") - (1 if text else 0)
            page = page or "\f" in found.group()
            at = found.end()
    return lines


def is_wrapped(lines: list[Line]) -> bool:
    """Say whether paragraphs run over several lines: only few characters lie in lines longer than a page is wide."""
    total = sum(len(line.text) for line in lines)
    long = sum(len(line.text) for line in lines if len(line.text) > _LONG_LINE)
    return long < _LONG_SHARE * total


def body_width(lines: list[Line]) -> int:
    """Return how many characters a full line of running text has, 0 where there is no text.

    >>> body_width([Line(0, 60, "x" * 60)] * 9 + [Line(0, 5, "short")])
    60
    """
    counts: dict[int, int] = defaultdict(int)
    for line in lines:
        if len(line.text) > 20 and line.text[-1] not in ".:?!":
            counts[len(line.text)] += 1
    if not counts:
        return max((len(line.text) for line in lines), default=0)
    window = {size: sum(counts.get(size + d, 0) for d in range(-4, 5)) for size in counts}
    most = max(window.values())
    return max(size for size, count in window.items() if count >= _NEARLY * most)


def drop_furniture(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """Return the lines without running headers, footers and page numbers, and those that were dropped."""
    dropped = _repeated(lines)
    dropped |= _page_numbers(lines, dropped)
    kept: list[Line] = []
    cut, gap = False, 0
    for number, line in enumerate(lines):
        if number in dropped:
            cut, gap = True, max(gap, line.gap)
            continue
        if cut:
            line = replace(line, gap=max(gap, line.gap), page=True, cut=True)
        kept.append(line)
        cut, gap = False, 0
    return kept, [lines[number] for number in sorted(dropped)]


def _repeated(lines: list[Line]) -> set[int]:
    places: dict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        if 8 <= len(line.text) <= _LONG_LINE:
            places[_DIGITS.sub("#", line.text).strip("# ").casefold()].append(number)
    dropped: set[int] = set()
    headers: list[str] = []
    for words, numbers in places.items():
        if len(numbers) < 2 or len(words) < 6:
            continue
        steps = sorted(b - a for a, b in pairwise(numbers))
        apart = steps[int(_CLOSE_SHARE * len(steps))] >= _FEWEST_LINES
        counted = _counts_up([lines[n].text for n in numbers])
        by_page = sum(_at_page_edge(lines, n) for n in numbers) >= len(numbers) - 1
        header = _HEADER.search(lines[numbers[0]].text) is not None
        spoken = _SPOKEN.match(lines[numbers[0]].text) is not None
        enough = len(numbers) >= (2 if counted or (by_page and header) else 3)
        if enough and apart and not spoken and (header or by_page or counted):
            dropped.update(numbers)
            headers.append(words)
    for words, numbers in places.items():
        if len(words) >= _LONG_HEADER and any(words in header for header in headers):
            dropped.update(numbers)
    return dropped


def _counts_up(texts: list[str]) -> bool:
    """Say whether the lines differ in a page number at one end that counts up."""
    for edge in (re.compile(r"^\d{1,4}(?=\s)"), re.compile(r"(?<=\s)\d{1,4}$")):
        numbers = [int(found.group()) for text in texts if (found := edge.search(text))]
        if len(numbers) == len(texts) and all(0 < b - a <= 2 for a, b in pairwise(numbers)):
            return True
    return False


def _at_page_edge(lines: list[Line], number: int) -> bool:
    near = lines[number : number + 3]
    return lines[number].page or any(line.page for line in near[1:])


def _page_numbers(lines: list[Line], dropped: set[int]) -> set[int]:
    """Return the lone numbers that count pages up through the document or stand beside a header that was dropped."""
    lone: list[tuple[int, int]] = []
    for number, line in enumerate(lines):
        found = _PAGE.match(line.text)
        if found:
            lone.append((number, int(found.group(1))))
    pages: set[int] = set()
    for number, _ in lone:
        worded = "page" in lines[number].text.casefold()
        beside = bool({number - 1, number + 1} & dropped)
        edge = lines[number].page or (number + 1 < len(lines) and lines[number + 1].page)
        if worded or beside or edge or number == len(lines) - 1:
            pages.add(number)
    for (a, m), (b, n) in pairwise(lone):
        if n == m + 1 and b - a >= _FEWEST_LINES:
            pages |= {a, b}
    return pages
