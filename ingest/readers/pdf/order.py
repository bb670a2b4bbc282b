"""The reading order of a page: columns one after the other, what runs over them in between.

After the recursive cutting of pages (Nagy and Seth, 1984), with the gutters found from where lines begin: a page is
cut where lines of two columns stand side by side and no line crosses between them; what lies above and below such a
stretch is read before and after it.
"""

from bisect import bisect_left
from dataclasses import dataclass

from ingest.readers.pdf.text import TextLine

_SLACK = 3.0
"""Points by which a line may reach over the edge of its column."""
_FEWEST = 3
"""Lines that each side of a gutter has at the least."""
_MAX_DEPTH = 12
_GUTTER = 0.5
"""Font sizes that a gutter is wide at the least."""


@dataclass(slots=True, eq=False)
class Item:
    """Lines that stay together, with the box around them: a single line, or a table, which is left `whole`; `middle`
    is its height on the page."""

    lines: list[TextLine]
    x0: float
    x1: float
    top: float
    bottom: float
    middle: float
    whole: bool = False

    @classmethod
    def of(cls, line: TextLine) -> "Item":
        """Take a line by itself."""
        return cls([line], line.x0, line.x1, line.top, line.bottom, line.middle)

    @classmethod
    def around(cls, lines: list[TextLine]) -> "Item":
        """Draw the box around the lines of a table or the like, which stay as they are."""
        top, bottom = min(line.top for line in lines), max(line.bottom for line in lines)
        x0, x1 = min(line.x0 for line in lines), max(line.x1 for line in lines)
        return cls(lines, x0, x1, top, bottom, (top + bottom) / 2, whole=True)


def in_columns(items: list[Item], depth: int = 0) -> list[list[Item]]:
    """Return the items of a page in reading order, column by column."""
    best = _best_cut(items) if depth < _MAX_DEPTH and len(items) > 2 * _FEWEST else None
    if best is None:
        return [sorted(items, key=lambda item: (item.top, item.x0))] if items else []
    above, left, right, below = best
    return [column for part in (above, left, right, below) for column in in_columns(part, depth + 1)]


def _best_cut(items: list[Item]) -> tuple[list[Item], list[Item], list[Item], list[Item]] | None:
    """Return what is above, left, right and below at the gutter that parts most lines, or None where there is none."""
    best: tuple[float, list[Item], list[Item], list[Item], list[Item]] | None = None
    ordered = sorted(items, key=lambda item: item.middle)
    for place in _edges(items):
        near, far = place - _SLACK, place + _SLACK
        crossing = {item: None for item in ordered if item.x0 < near and item.x1 > far}
        heights = [item.middle for item in crossing]
        bands: dict[int, tuple[list[Item], list[Item]]] = {}
        for item in ordered:
            if item.x0 < near and item.x1 > far:
                continue
            number = bisect_left(heights, item.middle) if heights else 0
            band = bands.get(number)
            if band is None:
                band = bands[number] = ([], [])
            band[item.x0 >= near].append(item)
        for number, (left, right) in bands.items():
            score = _score(left, right, place)
            if score and (best is None or score > best[0]):
                beside = {*left, *right}
                over = set(list(crossing)[:number])
                rest = [item for item in ordered if item not in beside]
                above = [
                    i for i in rest if i in over or (i not in crossing and bisect_left(heights, i.middle) < number)
                ]
                known = set(above)
                best = (score, above, left, right, [item for item in rest if item not in known])
    return best[1:] if best else None


def _edges(items: list[Item]) -> list[float]:
    """Return where at least a few lines begin: the left edges of columns."""
    starts = sorted(item.x0 for item in items)
    found: list[float] = []
    for n, start in enumerate(starts):
        many = n + _FEWEST - 1 < len(starts) and starts[n + _FEWEST - 1] - start < _SLACK
        if many and (not found or start - found[-1] > _SLACK):
            found.append(start)
    return found


def _score(left: list[Item], right: list[Item], place: float) -> float:
    """Return how much text a gutter parts, 0 where it is none: both sides need lines that stand side by side."""
    if len(left) < _FEWEST or len(right) < _FEWEST:
        return 0
    top, bottom = max(left[0].top, right[0].top), min(left[-1].bottom, right[-1].bottom)
    beside = [[item for item in side if item.bottom > top and item.top < bottom] for side in (left, right)]
    if min(map(len, beside)) < _FEWEST:
        return 0
    sizes = sorted(item.lines[0].size for side in beside for item in side)
    size = sizes[len(sizes) // 2]  # a title beside a margin is no measure of the gutter between them
    reach = max(item.x1 for item in beside[0])  # the last line of what lies over both columns may end in the gutter
    if place - reach < _GUTTER * size:
        return 0
    return min(sum(item.x1 - item.x0 for item in side) for side in (left, right))
