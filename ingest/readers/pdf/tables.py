"""Tables, boxes and figure captions of a PDF page: found by caption, rules and fonts, and read row by row."""

import re
from dataclasses import dataclass
from itertools import pairwise

from ingest.readers.lines import Line
from ingest.readers.pdf.fonts import SIZE, Style, same_style
from ingest.readers.pdf.grids import find_grids
from ingest.readers.pdf.rows import rule_between
from ingest.readers.pdf.text import PageText, Rule, TextLine, are_beside, in_common, whole
from ingest.readers.tables import CAPTION, is_caption

_NEAR = 3.0
_CLOSE = 0.8
"""Sizes of a font between two lines of one cell at the most."""
_TEXT_CLOSE = 0.4
"""The same of a caption that is set as running text, which may follow it."""
_LEADING = 1.9
"""Heights of a line that lie between the lines of one table at the most, unless rules hold it together."""
_BESIDE = 4.0
"""Sizes of a font between two stretches of one line of a caption at the most."""
_LONGEST_CAPTION = 12
_FIGURE_LINK = re.compile(r"https?://(?:dx\.)?doi\.org/\S+\.[gt]\d{3}\Z")
"""The link to a figure itself, which some journals set below its caption."""
_HALF = 0.5
"""Share of the width of a table that its last rule has at the least: the rule over footnotes is shorter."""
_WIDE = 0.8
"""Share of the width of a column that a line of running text has at the least."""
_APART = 8.0
"""Sizes of a font between two columns of a table at the most."""
_LONGEST_CELL = 8
"""Words that one line of a cell has at the most, if it stands outside of what caption and rules show of its table."""
_AT_TOP = 2.0
"""Sizes of a font below the highest line of a page within which a column begins, or below a rule a table."""
_ROWS = 3
"""Lines of a table that no caption tells at the least."""
_OVER = 3.0
"""Sizes of a font that such a rule lies above the words of the first row at the most."""
_HEAD = 8
"""Lines at the top of a table that may be its head."""
_PROSE = 4
"""Words that a line of running text has at the least, where a table is in other letters."""
_FEWEST = 4
"""Lines that belong to a figure, above its caption, at the least."""


@dataclass(slots=True)
class Region:
    """The lines of a table, box or figure: its caption and its body; `closed` says that a rule ends it, `rest` that it
    goes on with the one before."""

    caption: list[TextLine]
    body: list[TextLine]
    figure: bool
    closed: bool = False
    rest: bool = False


def find_regions(page: PageText, lines: list[TextLine], body: Style, broken: Region | None) -> list[Region]:
    """Return the tables, boxes and captions among the lines of a page; `body` is the style of running text.

    `broken` is a table that the page before ends with: what is set like it at the top of this page goes on with it,
    as it does in the next column of a page.
    """
    ordered = sorted(lines, key=lambda line: (line.top, line.x0))
    regions: list[Region] = []
    while broken and (rest := _rest_of(page, broken, ordered, regions, body)):
        regions.append(rest)
        broken = rest if is_broken(rest, ordered) else None
    taken = {id(line) for region in regions for line in region.body}
    for number, line in enumerate(ordered):
        if id(line) in taken or not CAPTION.match(line.text) or not _opens(line, ordered[:number], body):
            continue
        free = [other for other in ordered if id(other) not in taken]
        region = _region(page, line, free[free.index(line) + 1 :], body)
        if region.figure:
            region.body = _drawn_above(free[: free.index(line)], region.caption, body)
        elif not region.body:
            region.body = _ruled_above(page, region.caption, free[: free.index(line)])
            region.closed = bool(region.body)
        regions.append(region)
        while is_broken(region, ordered) and (rest := _rest_of(page, region, ordered, regions, body)):
            regions.append(region := rest)
        taken |= {id(other) for some in regions for other in (*some.caption, *some.body)}
    return regions + _without_captions(page, [line for line in ordered if id(line) not in taken], body)


def _without_captions(page: PageText, lines: list[TextLine], body: Style) -> list[Region]:
    """Return the tables among the other lines of a page whose rules alone show what they are."""
    regions: list[Region] = []
    for grid in find_grids(page.rules, lines) if len(page.rules) > 1 else []:
        below = [line for line in lines if line.middle > grid.top]
        rows = _rows_below(below, (grid.top, grid.top), (grid.x0, grid.x1, grid.foot), body)
        beside = any(are_beside(a, b) for a, b in pairwise(rows)) or grid.parts(rows)
        if len(rows) < _ROWS or not grid.holds(rows) or not beside:
            continue
        regions.append(Region([], rows, figure=False, closed=_is_closed(rows, [grid.foot])))
        known = {id(line) for line in rows}
        lines = [line for line in lines if id(line) not in known]
    return regions


def _rest_of(
    page: PageText, broken: Region, ordered: list[TextLine], regions: list[Region], body: Style
) -> Region | None:
    """Return what a table goes on with in the next column, or at the top of the next page: lines of its size, below a
    rule or as wide as it is, if they are none of running text.

    Where a rule closes the table, its head has to come again.
    """
    last, (x0, x1) = (broken.body or broken.caption)[-1], _reach(broken.body or broken.caption)
    same_page = any(line is last for line in ordered)
    taken = {id(line) for region in regions for line in (*region.caption, *region.body)}
    free = [line for line in ordered if id(line) not in taken and (not same_page or line.x0 > x1)]
    head = min((line.top for line in ordered), default=0.0)
    at_top = [line for line in free if line.top - head < _AT_TOP * last.size]
    if not at_top:
        return None
    first = min(at_top, key=lambda line: line.x0)
    over = [
        rule
        for rule in whole(page.rules, _NEAR)
        if -_AT_TOP < (first.top - rule.y) / last.size < _OVER
        and rule.x0 < first.x0 + last.size
        and rule.x1 > first.x1 - _NEAR
        and (not same_page or rule.x0 > x1 - _NEAR)
    ]
    again = any(line.text == first.text for line in broken.body[:_HEAD])
    if is_caption(Line(0, 0, first.text), None) or (broken.closed and not (over and again)):
        return None
    begins = bool(over) and not broken.body
    if not again and ((not begins and abs(first.size - last.size) > SIZE) or is_body(first, body)):
        return None
    frame = (over[0].x0, over[0].x1) if over else (first.x0, first.x0 + x1 - x0)
    foot = next((line.top for line in free if is_body(line, body) and _lies_in(line, *frame)), page.height)
    inside = [rule.y for rule in page.rules if rule.x0 > frame[0] - _NEAR and rule.x1 < frame[1] + _NEAR]
    last_rule = max((y for y in inside if y < foot), default=0.0)
    rows = _rows_below(free, (first.top, first.top), (*frame, last_rule), body)
    if len(rows) < 2 or not (over or any(are_beside(a, b) for a, b in pairwise(rows))):
        return None
    return Region([], rows, figure=False, closed=_is_closed(rows, inside), rest=True)


def _reach(lines: list[TextLine]) -> tuple[float, float]:
    return min(line.x0 for line in lines), max(line.x1 for line in lines)


def _lies_in(line: TextLine, x0: float, x1: float) -> bool:
    """Say whether at least half of a line lies between two edges."""
    return in_common(line.x0, line.x1, x0, x1) > 0.5 * line.width


def _is_closed(rows: list[TextLine], rules: list[float]) -> bool:
    """Say whether a rule lies right below the last row of a table."""
    foot = max((line.bottom for line in rows), default=0.0)
    return bool(rows) and any(-_NEAR < y - foot < rows[-1].size for y in rules)


def is_broken(region: Region, lines: list[TextLine]) -> bool:
    """Say whether a table is the last that stands on a page."""
    if region.figure:
        return False
    lines_of = region.body or region.caption
    foot, (x0, x1) = max(line.bottom for line in lines_of), _reach(lines_of)
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
        text = is_body(line, body)
        alike = abs(line.size - last.size) < SIZE and (not text or (is_body(last, body) and last is first))
        beside = alike and are_beside(last, line) and 0 < line.x0 - last.x1 < _BESIDE * line.size
        beside = beside and not _is_over(last.x1, line.x0, under, body)
        below = len(caption) < _LONGEST_CAPTION and _is_caption_line(page, first, last, line, figure=figure)
        below = below and (not text or (line.top - last.bottom < _TEXT_CLOSE * last.size and not _steps(first, line)))
        if beside or below:
            caption.append(line)
        elif line.top - last.bottom > _CLOSE * last.size:
            break
    rest = [line for line in under if line not in caption]
    if figure:
        return Region(caption, [], figure=True)
    rules = _rules_of(whole(page.rules, _NEAR), caption)
    x0 = min([first.x0, *(rule.x0 for rule in rules)])
    x1 = max([*(line.x1 for line in caption), *(rule.x1 for rule in rules)])
    last_rule = max((rule.y for rule in rules if rule.x1 - rule.x0 > _HALF * (x1 - x0)), default=0.0)
    rows = _rows_below(rest, (first.top, max(line.bottom for line in caption)), (x0, x1, last_rule), body)
    closed = _is_closed(rows, [rule.y for rule in rules])
    outside = [] if rules else _beside_rows(rest, rows, body)
    return Region(caption, rows + outside, figure=False, closed=closed)


def _is_over(x0: float, x1: float, lines: list[TextLine], body: Style) -> bool:
    """Say whether a column of running text begins between two places, as it does between the lines of two columns."""
    return sum(x0 < other.x0 <= x1 + _NEAR and is_body(other, body) for other in lines) >= _FEWEST


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
        if beside and abs(line.size - rows[0].size) < SIZE and any(are_beside(line, other) for other in rows):
            found.append(line)
            x0, x1 = min(x0, line.x0), max(x1, line.x1)
    return found


def _is_caption_line(page: PageText, first: TextLine, last: TextLine, line: TextLine, *, figure: bool) -> bool:
    """Say whether a caption goes on with a line: close below, in the same letters, no rule between."""
    if figure and _FIGURE_LINK.match(line.text):
        return 0 <= line.top - last.bottom < _LEADING * last.size
    alike = line.style.font == last.style.font or same_style(last.words[-1].style, line.words[line.margin].style)
    if abs(line.size - last.size) > SIZE:
        return False
    if last is first and _is_label(first) and abs(line.x0 - first.x0) < first.size:
        return abs(line.top - last.bottom) < _CLOSE * last.size and not rule_between(page.rules, last, line)
    if not alike:
        return False
    set_as = last if _is_label(first) else first
    if not (figure or line.style.bold == set_as.style.bold):
        return False
    if _steps(first, line) and not (_is_centred(first, last) and _is_centred(first, line)):
        return False
    return abs(line.top - last.bottom) < _CLOSE * last.size and not rule_between(page.rules, last, line)


def _steps(first: TextLine, line: TextLine) -> bool:
    """Say whether a line does not begin below the first one of a caption."""
    return abs(line.x0 - first.x0) > 2 * first.size


def _is_centred(first: TextLine, line: TextLine) -> bool:
    """Say whether a line has its middle below that of the first one of a caption."""
    return abs(first.x0 + first.x1 - line.x0 - line.x1) < 2 * _NEAR


def _is_label(line: TextLine) -> bool:
    """Say whether a line is the label of a table alone: its title stands below, in whatever letters."""
    found = CAPTION.match(line.text)
    return found is not None and not found.group("rest").strip(" .:")


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


def _ruled_above(page: PageText, caption: list[TextLine], above: list[TextLine]) -> list[TextLine]:
    """Return the rows of a table whose caption stands right below its last rule: what lies between that and the first
    rule as wide, if there are lines beside each other."""
    top, x0, x1 = caption[0].top, caption[0].x0, max(line.x1 for line in caption)
    rules = [rule for rule in whole(page.rules, _NEAR) if rule.y < top]
    last = max((rule for rule in rules if _lies_over(rule, x0, x1)), key=_height, default=None)
    if last is None or top - last.y > caption[0].size:
        return []
    alike = [rule.y for rule in rules if abs(rule.x0 - last.x0) < _NEAR and abs(rule.x1 - last.x1) < _NEAR]
    rows = [line for line in above if min(alike) < line.middle < last.y and _lies_in(line, last.x0, last.x1)]
    return rows if len(rows) >= _ROWS and any(are_beside(a, b) for a, b in pairwise(rows)) else []


def _lies_over(rule: Rule, x0: float, x1: float) -> bool:
    """Say whether a rule lies over a caption: the one is as wide as the other, or reaches over it on both sides."""
    return in_common(rule.x0, rule.x1, x0, x1) > 0.9 * min(rule.x1 - rule.x0, x1 - x0)


def _height(rule: Rule) -> float:
    return rule.y


def _rules_of(rules: list[Rule], caption: list[TextLine]) -> list[Rule]:
    """Return the rules that belong to a table: those below its caption, at its left edge or over it, in one run."""
    first, foot = caption[0], max(line.bottom for line in caption)
    x1 = max(line.x1 for line in caption)
    near = [rule for rule in rules if abs(rule.x0 - first.x0) < 2 * first.size and rule.x1 > first.x0 + 40]
    near += [
        rule
        for rule in rules
        if 0 <= rule.y - foot + _NEAR < 3 * first.size
        and in_common(rule.x0, rule.x1, first.x0, x1) > 0.5 * min(rule.x1 - rule.x0, x1 - first.x0)
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
    rest: list[TextLine], start: tuple[float, float], frame: tuple[float, float, float], body: Style
) -> list[TextLine]:
    """Return the lines of a table's rows: those between its edges, below its caption and down to its last rule, or as
    far as they follow close on each other and are none of running text.

    `start` is the top and the foot of the caption, `frame` left and right edge and the height of the last rule.
    """
    top, foot = start
    x0, x1, last_rule = frame
    rows: list[TextLine] = []
    alike = False
    for line in rest:
        if line.bottom < top or line.x0 > x1 + _NEAR or line.x1 < x0 - _NEAR:
            continue
        text = is_body(line, body)
        large = bool(rows) and line.size > max(row.size for row in rows) + SIZE
        if (text or large or len(line.words) > _LONGEST_CELL) and not _lies_in(line, x0, x1):
            continue  # the table lies over the text of the next column
        if large and line.top > last_rule > 0:
            break  # a heading, in whatever letters
        if line.top - max(foot, last_rule) > _LEADING * line.size or (rows and _is_next(line, x0)):
            break
        alike = alike or (text and not rows)
        if text and (
            (not alike and len(line.words) > _PROSE) or (line.top > last_rule and _ends(line, x0, x1, last_rule))
        ):
            break
        rows.append(line)
        foot = max(foot, line.bottom)
        x0, x1 = min(x0, line.x0), max(x1, line.x1) if not text else x1
    return rows


def _is_next(line: TextLine, x0: float) -> bool:
    """Say whether a line at the left edge of a table is the caption of the next one."""
    return abs(line.x0 - x0) < 2 * line.size and is_caption(Line(0, 0, line.text), None)


def _ends(line: TextLine, x0: float, x1: float, last_rule: float) -> bool:
    """Say whether a line in the letters of running text ends a table whose letters are the same."""
    return line.width > _WIDE * (x1 - x0) or last_rule > 0


def is_body(line: TextLine, body: Style) -> bool:
    """Say whether a line is set as running text is."""
    return line.style.font == body.font and abs(line.size - body.size) < SIZE


def _overlap(a0: float, a1: float, b0: float, b1: float) -> bool:
    return in_common(a0, a1, b0, b1) > _NEAR
