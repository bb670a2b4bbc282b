"""Tables, boxes and figure captions of a PDF page: found by caption, rules and fonts, and read row by row."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from ingest.readers.lines import Line
from ingest.readers.pdf.fonts import SIZE, Style, same_style
from ingest.readers.pdf.text import PageText, Rule, TextLine
from ingest.readers.pdf.words import Word
from ingest.readers.tables import CAPTION, is_caption

_NEAR = 3.0
_CLOSE = 0.8
"""Sizes of a font between two lines of one cell at the most."""
_LEADING = 1.9
"""Heights of a line that lie between the lines of one table at the most, unless rules hold it together."""
_BESIDE = 4.0
"""Sizes of a font between two stretches of one line of a caption at the most."""
_LONGEST_CAPTION = 12
_FIGURE_LINK = re.compile(r"https?://(?:dx\.)?doi\.org/\S+\.[gt]\d{3}\Z")
"""The link to a figure itself, which some journals set below its caption."""
_WIDE = 0.8
"""Share of the width of a column that a line of running text has at the least."""
_APART = 8.0
"""Sizes of a font between two columns of a table at the most."""
_LONGEST_CELL = 8
"""Words that one line of a cell has at the most, if it stands outside of what caption and rules show of its table."""
_PROSE = 4
"""Words that a line of running text has at the least, where a table is in other letters."""
_FEWEST = 4
"""Lines that belong to a figure, above its caption, at the least."""


@dataclass(slots=True)
class Region:
    """The lines of a table, box or figure: its caption and its body."""

    caption: list[TextLine]
    body: list[TextLine]
    figure: bool


def find_regions(page: PageText, lines: list[TextLine], body: Style, broken: Region | None) -> list[Region]:
    """Return the tables, boxes and captions among the lines of a page; `body` is the style of running text.

    `broken` is a table that the page before ends with: what is set like it at the top of this page goes on with it.
    """
    ordered = sorted(lines, key=lambda line: (line.top, line.x0))
    regions = _rest_of(broken, ordered, body) if broken else []
    taken = {id(line) for region in regions for line in region.body}
    for number, line in enumerate(ordered):
        if id(line) in taken or not CAPTION.match(line.text) or not _opens(line, ordered[:number], body):
            continue
        free = [other for other in ordered if id(other) not in taken]
        region = _region(page, line, free[free.index(line) + 1 :], body)
        if region.figure:
            region.body = _drawn_above(free[: free.index(line)], region.caption, body)
        taken |= {id(other) for other in (*region.caption, *region.body)}
        regions.append(region)
    return regions


def _rest_of(broken: Region, ordered: list[TextLine], body: Style) -> list[Region]:
    """Return what a table goes on with at the top of a page: lines of its size, if they are none of running text."""
    size = broken.body[-1].size
    rows: list[TextLine] = []
    for line in ordered:
        if abs(line.size - size) > SIZE or is_body(line, body) or is_caption(Line(0, 0, line.text), None):
            break
        rows.append(line)
    return [Region([], rows, figure=False)] if len(rows) > 1 else []


def is_broken(region: Region, lines: list[TextLine]) -> bool:
    """Say whether a table is the last that stands on a page."""
    if region.figure or not region.body:
        return False
    foot = max(line.bottom for line in region.body)
    x0, x1 = min(line.x0 for line in region.body), max(line.x1 for line in region.body)
    inside = {id(line) for line in (*region.caption, *region.body)}
    return not any(
        line.top > foot - line.size and _overlap(x0, x1, line.x0, line.x1) for line in lines if id(line) not in inside
    )


def _opens(line: TextLine, above: list[TextLine], body: Style) -> bool:
    """Say whether a line is a caption; the lines `above` it tell whether it goes on with a sentence."""
    before = next((other for other in reversed(above) if _overlap(other.x0, other.x1, line.x0, line.x1)), None)
    near = before is not None and line.top - before.bottom < 0.6 * line.size and before.style == line.style
    if near and is_body(line, body) and not line.words[line.margin].style.bold:
        return False
    last = Line(0, 0, before.text) if before is not None and near else None
    return is_caption(Line(0, 0, line.text), last)


def _region(page: PageText, first: TextLine, under: list[TextLine], body: Style) -> Region:
    found = CAPTION.match(first.text)
    figure = found is not None and found.group("kind").lower().startswith(("fig", "chart", "scheme"))
    caption = [first]
    for line in under:
        last = caption[-1]
        other = is_body(line, body) and not is_body(last, body)
        beside = not other and _beside(last, line) and 0 < line.x0 - last.x1 < _BESIDE * line.size
        below = len(caption) < _LONGEST_CAPTION and _is_caption_line(page, first, last, line, figure=figure)
        if beside or below:
            caption.append(line)
        elif line.top - last.bottom > _CLOSE * last.size:
            break
    rest = [line for line in under if line not in caption]
    if figure:
        return Region(caption, [], figure=True)
    rules = _rules_of(_whole(page.rules), caption)
    x0 = min([first.x0, *(rule.x0 for rule in rules)])
    x1 = max([*(line.x1 for line in caption), *(rule.x1 for rule in rules)])
    last_rule = max((rule.y for rule in rules), default=0.0)
    rows = _rows_below(rest, caption, (x0, x1, last_rule), body)
    return Region(caption, rows + _beside_rows(rest, rows, body), figure=False)


def _beside_rows(rest: list[TextLine], rows: list[TextLine], body: Style) -> list[TextLine]:
    """Return the cells of a table's rows that stand outside of its caption's width, and no rule shows it."""
    if len(rows) < _FEWEST:
        return []
    known = {id(line) for line in rows}
    foot = max(line.bottom for line in rows)
    found: list[TextLine] = []
    x0, x1 = min(line.x0 for line in rows), max(line.x1 for line in rows)
    for line in sorted(rest, key=lambda line: line.x0):
        if id(line) in known or line.top > foot or is_body(line, body) or len(line.words) > _LONGEST_CELL:
            continue
        beside = -_APART * line.size < line.x0 - x1 < _APART * line.size or 0 < x0 - line.x1 < _APART * line.size
        if beside and abs(line.size - rows[0].size) < SIZE and any(_beside(line, other) for other in rows):
            found.append(line)
            x0, x1 = min(x0, line.x0), max(x1, line.x1)
    return found


def _is_caption_line(page: PageText, first: TextLine, last: TextLine, line: TextLine, *, figure: bool) -> bool:
    """Say whether a caption goes on with a line: close below, in the same letters, no rule between."""
    if figure and _FIGURE_LINK.match(line.text):
        return 0 <= line.top - last.bottom < _LEADING * last.size
    alike = line.style.font == last.style.font or same_style(last.words[-1].style, line.words[line.margin].style)
    if not alike or abs(line.size - last.size) > SIZE:
        return False
    if not (figure or line.style.bold == first.style.bold) or abs(line.x0 - first.x0) > 2 * first.size:
        return False
    return abs(line.top - last.bottom) < _CLOSE * last.size and not _rule_between(page.rules, last, line)


def _drawn_above(above: list[TextLine], caption: list[TextLine], body: Style) -> list[TextLine]:
    """Return the lines that label a figure: what stands between its caption and the running text above it."""
    x0, x1 = caption[0].x0, max(line.x1 for line in caption)
    found: list[TextLine] = []
    for line in reversed(above):
        if not _overlap(x0, x1, line.x0, line.x1):
            continue
        if is_body(line, body) or line.size > body.size + 0.5:
            break
        found.append(line)
        x0, x1 = min(x0, line.x0), max(x1, line.x1)
    return found if len(found) >= _FEWEST else []


def _whole(rules: list[Rule]) -> list[Rule]:
    """Return rules with those put together that are drawn cell by cell."""
    found: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: (round(rule.y), rule.x0)):
        last = found[-1] if found else None
        if last and abs(last.y - rule.y) < 1 and rule.x0 - last.x1 < _NEAR:
            found[-1] = Rule(last.x0, max(last.x1, rule.x1), last.y)
        else:
            found.append(rule)
    return found


def _rules_of(rules: list[Rule], caption: list[TextLine]) -> list[Rule]:
    """Return the rules that belong to a table: those below its caption, at its left edge or over it, in one run."""
    first, foot = caption[0], max(line.bottom for line in caption)
    x1 = max(line.x1 for line in caption)
    near = [rule for rule in rules if abs(rule.x0 - first.x0) < 2 * first.size and rule.x1 > first.x0 + 40]
    near += [
        rule
        for rule in rules
        if 0 <= rule.y - foot + _NEAR < 3 * first.size
        and min(rule.x1, x1) - max(rule.x0, first.x0) > 0.5 * min(rule.x1 - rule.x0, x1 - first.x0)
    ]
    frame = [rule for rule in near if abs(rule.y - foot) < 3 * first.size or abs(rule.y - first.top) < 3 * first.size]
    below = [rule for rule in frame if rule.y > foot - _NEAR]
    frame = below or frame  # what lies above a table that has a rule of its own may run under the header of the page
    if not frame:
        return []
    x0, x1 = min(rule.x0 for rule in frame), max(rule.x1 for rule in frame)
    return [
        rule
        for rule in rules
        if rule.y > first.top - 3 * first.size and rule.x0 >= x0 - _NEAR and rule.x1 <= x1 + _NEAR
    ]


def _rows_below(
    rest: list[TextLine], caption: list[TextLine], frame: tuple[float, float, float], body: Style
) -> list[TextLine]:
    x0, x1, last_rule = frame
    foot = max(line.bottom for line in caption)
    rows: list[TextLine] = []
    top = caption[0].top
    alike = False
    for line in rest:
        if line.bottom < top or line.x0 > x1 + _NEAR or line.x1 < x0 - _NEAR:
            continue
        if line.top - max(foot, last_rule) > _LEADING * line.size:
            break
        text = is_body(line, body)
        alike = alike or (text and not rows)
        if text and (
            (not alike and len(line.words) > _PROSE) or (line.top > last_rule and _ends(line, x0, x1, last_rule))
        ):
            break
        rows.append(line)
        foot = max(foot, line.bottom)
        x0, x1 = min(x0, line.x0), max(x1, line.x1) if not text else x1
    return rows


def _ends(line: TextLine, x0: float, x1: float, last_rule: float) -> bool:
    """Say whether a line in the letters of running text ends a table whose letters are the same."""
    return line.width > _WIDE * (x1 - x0) or last_rule > 0


def is_body(line: TextLine, body: Style) -> bool:
    """Say whether a line is set as running text is."""
    return line.style.font == body.font and abs(line.size - body.size) < SIZE


def _rule_between_rows(rules: list[Rule], above: list[TextLine], below: list[TextLine]) -> bool:
    top, foot = min(line.middle for line in above), max(line.middle for line in below)
    near = [rule for rule in rules if top < rule.y < foot]
    return bool(near) and any(_rule_between(near, a, b) for a in above for b in below)


def _rule_between(rules: list[Rule], above: TextLine, below: TextLine) -> bool:
    top, foot = above.middle, below.middle
    between = [rule for rule in rules if top < rule.y < foot] if top < foot else []
    return any(_overlap(rule.x0, rule.x1, above.x0, above.x1) for rule in between)


def _beside(a: TextLine, b: TextLine) -> bool:
    return min(a.bottom, b.bottom) - max(a.top, b.top) > 0.5 * min(a.bottom - a.top, b.bottom - b.top)


def _overlap(a0: float, a1: float, b0: float, b1: float) -> bool:
    return min(a1, b1) - max(a0, b0) > _NEAR


def table_rows(lines: list[TextLine], rules: list[Rule]) -> list[list[list[Word]]]:
    """Return the rows of a table, each a list of cells, each a list of words in order."""
    starts = _column_starts(lines)
    grouped: list[list[TextLine]] = []
    for line in sorted(lines, key=lambda line: (line.middle, line.x0)):
        if grouped and _beside(grouped[-1][0], line):
            grouped[-1].append(line)
        else:
            grouped.append([line])
    ruled, prose = _is_ruled(grouped, rules), _is_prose(grouped)
    rows: list[list[list[Word]]] = []
    last: list[TextLine] = []
    first_foot = 0.0
    for row in grouped:
        cells = _cells(row, starts)
        parted = not last or _rule_between_rows(rules, last, row)
        gap = row[0].top - max((line.bottom for line in last), default=0.0)
        if parted:
            goes_on = False
        elif ruled:
            goes_on = True
        elif prose:
            goes_on = not cells[0] or row[0].top - first_foot < _CLOSE * row[0].size
        else:
            goes_on = gap <= _CLOSE * row[0].size and _is_rest(rows[-1], cells)
        if goes_on:
            for cell, more in zip(rows[-1], cells, strict=True):
                cell.extend(more)
        else:
            rows.append(cells)
        if cells[0]:
            first_foot = row[0].bottom
        last = row
    return [[cell for cell in row if cell] for row in rows]


def _is_prose(rows: list[list[TextLine]]) -> bool:
    """Say whether the cells of a table are sentences, of which a row has several lines."""
    behind = [line for row in rows for line in sorted(row, key=lambda line: line.x0)[1:]]
    return len(behind) >= _FEWEST and sum(len(line.words) for line in behind) >= _PROSE * len(behind)


def _column_starts(lines: list[TextLine]) -> list[float]:
    starts = sorted(line.x0 for line in lines)
    found = starts[:1]
    for place in starts[1:]:
        if place - found[-1] > 4 * _NEAR:
            many = sum(abs(other - place) < _NEAR for other in starts)
            if many > 1:
                found.append(place)
    return found


def _cells(row: list[TextLine], starts: list[float]) -> list[list[Word]]:
    cells: list[list[Word]] = [[] for _ in starts]
    for line in sorted(row, key=lambda line: line.x0):
        at = _column(line.x0, starts)
        for number, word in enumerate(line.words):
            place = _column(word.box[0], starts)
            gap = word.box[0] - line.words[number - 1].box[2] if number else 0.0
            if place > at and ((abs(word.box[0] - starts[place]) < _NEAR and gap > 0.5 * line.size) or gap > line.size):
                at = place
            cells[at].append(word)
    return cells


def _column(x: float, starts: list[float]) -> int:
    return max(bisect_right(starts, x + _NEAR) - 1, 0)


def _is_ruled(rows: list[list[TextLine]], rules: list[Rule]) -> bool:
    """Say whether rules part the rows of a table, and not its head alone."""
    parted = sum(_rule_between(rules, a[0], b[0]) for a, b in pairwise(rows))
    return parted > 2 and parted >= 0.15 * len(rows)


def _is_rest(above: list[list[Word]], cells: list[list[Word]]) -> bool:
    """Say whether a line goes on with the cells of the row above: it has fewer than that, and begins none anew."""
    filled = [bool(cell) for cell in cells]
    before = [bool(cell) for cell in above]
    if sum(before) < 2 or not any(filled):
        return False
    if not filled[0]:
        return True
    first = cells[0][0].text[:1]
    return (first.islower() or first in "([") and sum(filled) < sum(before)
