"""The lines of a table in a PDF to rows of cells: columns by the white between them, rows by rules, gaps and words."""

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from ingest.readers.pdf.text import Rule, TextLine, are_beside, in_common, joined
from ingest.readers.pdf.words import Word

_CLOSE = 0.8
"""Sizes of a font between two lines of one cell at the most, if nothing else tells."""
_CELLS_APART = 0.6
"""Sizes of a font between two cells of a row at the least, if the file does not part them."""
_LINES_APART = 0.35
"""Sizes of a font between two cells that the file parts as well, or the other columns do."""
_GUTTER = 0.2
"""Sizes of a font that the white between two columns is wide at the least."""
_CROSSED = 0.1
"""Share of the rows that may cross it: heads over several columns."""
_WIDER = 1.3
"""Times the other blanks of a row that one between two cells is wide at the least."""
_ROW_GAP = 0.12
"""Sizes of a font by which two rows of cells are farther apart than two lines of one at the least."""
_INTO = 0.2
"""Sizes of a font by which a line reaches into the height of the line above, if it is of another cell of its row."""
_GOES_ON = 0.35
"""Share of the lines of a table that go on with the words above, if its cells have several lines."""
_FEWEST = 4
"""Lines behind the first column that tell how a table is set, at the least."""
_PROSE = 4
"""Words that such a line has on average, where the cells are sentences."""
_BULLET = re.compile(r"[•▪●◦·‣∙–-]\Z")
_ENDED = re.compile(r"[.?!:;)”\"%\d]\Z")
_NEAR = 3.0
_RULED = 3
"""Rules over the whole of a table that part its rows, at the least."""

Cell = list[list[Word]]
"""The lines of a cell, each its words in order."""
Row = list[Cell]


def table_rows(lines: list[TextLine], rules: list[Rule]) -> list[Row]:
    """Return the rows of a table, each its cells up to the last that is filled; a cell that is not has no lines.

    Columns are found after Breuel (2002): the white that runs through the rows parts them. What runs over such white
    is a head over several columns. Rows end at rules where these part rows at all; else at gaps that are wider than
    those between the lines of one cell; else a row begins where its first cell does.
    """
    grouped: list[list[TextLine]] = []
    for line in sorted(lines, key=lambda line: (line.middle, line.x0)):
        if grouped and are_beside(grouped[-1][0], line):
            grouped[-1].append(line)
        else:
            grouped.append([line])
    stretches = [_stretches(row) for row in grouped]
    gutters = _gutters(stretches)
    edges = [right for _, right in gutters]
    stretches = [
        _stretches(row, edges) if len(row) > 1 else known for row, known in zip(grouped, stretches, strict=True)
    ]
    rows = [_cells(row, gutters) for row in stretches]
    whole = _over_all(rules, lines, len(grouped))
    rules = whole or [rule for rule in rules if not any(_underlines(rule, line) for line in lines)]
    parted = _parted(grouped, rows, rules, ruled=bool(whole) or _is_ruled(grouped, rules))
    found: list[Row] = []
    for cells, new in zip(rows, parted, strict=True):
        if new:
            found.append([[] for _ in cells])
        over = bool(new and cells[0] and len(found) > 1 and _space(found[-2][0], cells[0]) < new)
        for column, words in enumerate(cells):
            if words:
                found[-2 if over and not column else -1][column].append(words)
    return [row[: max(n for n, cell in enumerate(row) if cell) + 1] for row in found if any(row)]


def _stretches(row: list[TextLine], edges: Sequence[float] = ()) -> list[list[Word]]:
    """Return the words of one height from left to right, parted where more than a blank lies between two, and at the
    `edges` of columns where the file parts them as well."""
    words = sorted(((word, n) for n, line in enumerate(row) for word in line.words), key=lambda some: some[0].box[0])
    size = max(line.size for line in row)
    found: list[list[Word]] = []
    last = -1
    for word, line in words:
        gap = word.box[0] - found[-1][-1].box[2] if found else 0.0
        near = gap <= (_CELLS_APART if line == last else _LINES_APART) * size
        near = near and (line == last or not any(abs(word.box[0] - edge) < _NEAR / 2 for edge in edges))
        bullet = bool(found) and len(found[-1]) == 1 and _BULLET.match(found[-1][0].text) and gap < _NEAR * size
        if found and (near or bullet):
            found[-1].append(word)
        else:
            found.append([word])
        last = line
    return found


def _gutters(rows: list[list[list[Word]]]) -> list[tuple[float, float]]:
    """Return the white between columns, from left to right: where hardly a row with several stretches has words."""
    voting = [row for row in rows if len(row) > 1]
    if not voting:
        return []
    most = int(_CROSSED * len(voting))
    size = median(stretch[0].style.size for row in voting for stretch in row)
    edges = Counter[float]()
    for row in voting:
        for stretch in row:
            edges[stretch[0].box[0]] += 1
            edges[max(word.box[2] for word in stretch)] -= 1
    found: list[tuple[float, float]] = []
    over = 0
    places = sorted(edges)
    begun = False
    for place, following in pairwise(places):
        over += edges[place]
        begun = begun or over > most
        if over > most or not begun:
            continue
        if found and found[-1][1] == place:
            found[-1] = (found[-1][0], following)
        else:
            found.append((place, following))
    if found and found[-1][1] == places[-1]:
        found.pop()
    return [(a, b) for a, b in found if b - a > _GUTTER * size]


def _cells(row: list[list[Word]], gutters: list[tuple[float, float]]) -> list[list[Word]]:
    """Return the words of one height by column."""
    cells: list[list[Word]] = [[] for _ in range(len(gutters) + 1)]
    middles = [(a + b) / 2 for a, b in gutters]
    for whole in row:
        for stretch in _split(whole, gutters):
            cells[bisect_right(middles, stretch[0].box[0])].extend(stretch)
    return cells


def _split(stretch: list[Word], gutters: list[tuple[float, float]]) -> list[list[Word]]:
    """Return a stretch in parts where a wider blank lies right before the column behind a gutter."""
    gaps = [b.box[0] - a.box[2] for a, b in pairwise(stretch)]
    found = [[stretch[0]]]
    for number, word in enumerate(stretch[1:]):
        others = gaps[:number] + gaps[number + 1 :]
        wide = gaps[number] > _LINES_APART * word.style.size
        wide = wide and gaps[number] > _WIDER * max(others, default=0.0)
        if wide and any(abs(word.box[0] - b) < _NEAR / 2 for _, b in gutters):
            found.append([word])
        else:
            found[-1].append(word)
    return found


def _space(cell: Cell, words: list[Word]) -> float:
    """Return how much white lies between the lines of a cell and words below them."""
    return words[0].box[1] - cell[-1][0].box[3] if cell else math.inf


def _others_begin(row: list[list[list[Word]]], cells: list[list[Word]], least: float) -> bool:
    """Say whether a row begins beside a first cell that goes on: all other columns are so far apart from above."""
    others = [column for column, words in enumerate(cells) if words and column]
    above = {column: line[column] for line in row for column in others if line[column]}
    if not above or len(above) < min(2, len(cells) - 1):
        return False
    return all(
        _space([words], cells[column]) >= least and not _goes_on(words, cells[column])
        for column, words in above.items()
    )


def _parted(
    grouped: list[list[TextLine]], rows: list[list[list[Word]]], rules: list[Rule], *, ruled: bool
) -> list[float]:
    """Return for the words of each height whether they begin a row: 0 if not, else how far its first cell is apart
    from that above at the least, if it is none that goes on beside several rows."""
    gaps = [_gap(above, below) for above, below in pairwise(grouped)]
    prose = _is_prose(rows)
    least = None if ruled else _least_gap(gaps, rows, max(line.size for line in grouped[0]))
    found = [-math.inf]
    first = 0
    begun = 0
    for number, (above, below) in enumerate(pairwise(grouped)):
        cells, size = rows[number + 1], below[0].size
        apart = bool(cells[0]) and below[0].top - grouped[first][0].bottom >= _CLOSE * size
        if _rule_between_rows(rules, above, below):
            new = True
        elif gaps[number] < -_INTO * size:
            new = False
        elif ruled:
            new = _begins_anew(rows[begun : number + 1], cells, apart=False)
        elif least is not None:
            new = gaps[number] >= least or _begins_anew(rows[begun : number + 1], cells, apart=apart)
        elif prose:
            new = apart
        else:
            whole = [any(row[column] for row in rows[begun : number + 1]) for column in range(len(cells))]
            new = below[0].top - max(line.bottom for line in above) > _CLOSE * size or not _is_rest(whole, cells)
        beside = not new and least is not None and _others_begin(rows[begun : number + 1], cells, least)
        found.append(least if beside and least else -math.inf if new else 0)
        new = new or beside
        first = number + 1 if cells[0] else first
        begun = number + 1 if new else begun
    return found


def _gap(above: list[TextLine], below: list[TextLine]) -> float:
    """Return how much white lies between the words of two heights, raised signs left out."""
    least = 0.8 * min(max(line.size for line in row) for row in (above, below))
    foot = max(line.bottom for line in above if line.size >= least)
    return min(line.top for line in below if line.size >= least) - foot


def _least_gap(gaps: list[float], rows: list[list[list[Word]]], size: float) -> float | None:
    """Return the least gap between two rows, or None where gaps do not tell: the lines of cells are closer together
    than those, and many go on with the words above."""
    step = _ROW_GAP * size
    ordered = sorted(gap for gap in gaps if gap > -step)
    often = max(2, len(ordered) // 10)
    close = next((gap for gap in ordered if sum(gap <= other < gap + step for other in gaps) >= often), None)
    if close is None or ordered[-1] < close + step:
        return None
    pairs = [
        (above, below)
        for gap, above_cells, below_cells in zip(gaps, rows, rows[1:], strict=False)
        if gap < close + step
        for above, below in zip(above_cells, below_cells, strict=True)
        if above and below
    ]
    going_on = sum(_goes_on(above, below) for above, below in pairs)
    return close + step if going_on >= max(_GOES_ON * len(pairs), 1) else None


def _begins_anew(row: list[list[list[Word]]], cells: list[list[Word]], *, apart: bool) -> bool:
    """Say whether no cell that a line fills goes on with the words that its column has so far.

    If the first column is not `apart` from its words above, all others have to have come to an end.
    """
    filled = [column for column, words in enumerate(cells) if words]
    above = {column: line[column] for line in row for column in filled if line[column]}
    if not cells[0] or len(filled) < 2 or any(_goes_on(words, cells[column]) for column, words in above.items()):
        return False
    return apart or (0 in above and all(_ENDED.search(words[-1].text) for n, words in above.items() if n))


def _goes_on(above: list[Word], below: list[Word]) -> bool:
    first, last = below[0].text, above[-1].text
    return (
        first[0].islower()
        or first[0] in "(["
        or last[-1] in "-‐,–"
        or joined(above).count("(") > joined(above).count(")")
    )


def _is_prose(rows: list[list[list[Word]]]) -> bool:
    """Say whether the cells of a table are sentences, of which a row has several lines."""
    behind = [line for row in rows for line in [cell for cell in row if cell][1:]]
    return len(behind) >= _FEWEST and sum(map(len, behind)) >= _PROSE * len(behind)


def _is_ruled(rows: list[list[TextLine]], rules: list[Rule]) -> bool:
    """Say whether rules part the rows of a table, and not its head alone."""
    parted = sum(rule_between(rules, a[0], b[0]) for a, b in pairwise(rows))
    return parted > 2 and parted >= 0.15 * len(rows)


def _over_all(rules: list[Rule], lines: list[TextLine], heights: int) -> list[Rule]:
    """Return the rules that run over the whole of a table, if several part its rows and there are others at most of
    the `heights` at which it has words: those are the edges of what is coloured behind them."""
    x0, x1 = min(line.x0 for line in lines), max(line.x1 for line in lines)
    top, foot = min(line.middle for line in lines), max(line.middle for line in lines)
    inside = [rule for rule in rules if top < rule.y < foot and in_common(rule.x0, rule.x1, x0, x1) > 0]
    reach: dict[int, float] = {}
    for height, x, right in sorted((round(rule.y), rule.x0, rule.x1) for rule in inside):
        reach[height] = max(reach.get(height, x0), right) if x < reach.get(height, x0) + _NEAR else 0.0
    over = [rule for rule in inside if reach[round(rule.y)] > x1 - _NEAR]
    parting = {round(rule.y) for rule in over}
    return over if len(parting) >= _RULED and len(reach) - len(parting) > heights / 2 else []


def _underlines(rule: Rule, line: TextLine) -> bool:
    """Say whether a rule lies under words of a line and not below it."""
    below = line.bottom - rule.y
    return 0 < below < 0.5 * line.size and rule.x0 > line.x0 - _NEAR / 2 and rule.x1 < line.x1 + _NEAR / 2


def _rule_between_rows(rules: list[Rule], above: list[TextLine], below: list[TextLine]) -> bool:
    top, foot = min(line.middle for line in above), max(line.middle for line in below)
    near = [rule for rule in rules if top < rule.y < foot]
    return bool(near) and any(rule_between(near, a, b) for a in above for b in below)


def rule_between(rules: list[Rule], above: TextLine, below: TextLine) -> bool:
    """Say whether a rule parts two lines."""
    top, foot = above.middle, below.middle
    between = [rule for rule in rules if top < rule.y < foot] if top < foot else []
    return any(in_common(rule.x0, rule.x1, above.x0, above.x1) > _NEAR for rule in between)


def _is_rest(before: list[bool], cells: list[list[Word]]) -> bool:
    """Say whether a line goes on with the cells of the row above: it has fewer than that, and begins none anew."""
    filled = [bool(cell) for cell in cells]
    if sum(before) < 2 or not any(filled):
        return False
    if not filled[0]:
        return True
    first = cells[0][0].text[:1]
    return (first.islower() or first in "([") and sum(filled) < sum(before)
