"""Lines of a PDF in reading order to paragraphs: by gaps, indents, fonts, and where the next word would have fitted."""

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import takewhile

from ingest.readers.paragraphs import LIST_ITEM, counts_deeper, is_open, may_name, unfinished, wants_more
from ingest.readers.pdf.fonts import SIZE, Style, same_style
from ingest.readers.pdf.order import Item
from ingest.readers.pdf.text import TextLine, are_beside

_GAP = 1.32
"""Times the usual distance of two lines from which on a gap parts paragraphs."""
_LITTLE = 1.15
"""Times this distance from which on a gap does so where what is set in ends as well."""
_SIGNATURE = 0.6
"""Share of its column that a line of who speaks fills at the most."""
_INDENT = 0.6
"""Font sizes by which a line is set in at the least."""
_BLANK = 0.25
_NARROW = 0.5
_SAMPLE = 40
"""Lines of a paragraph that tell how it is set: however long it is, it is looked at for each of its pages."""
_OPENS = "“\"‘'«…[("
"""Signs that a quotation begins with, if it is no other's second half."""
_DASHES = "–—"
_ALIGNED = 2.0
"""Points by which lines differ that begin below each other."""
_SIDE_BY_SIDE = 5.0
"""Font sizes between two stretches of one line at the most."""
_DEEP = 2.0
"""Font sizes by which a line is set in that cannot be the first of a paragraph of running text."""
_COUNTED = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,3}|[A-Z](?:\.\d{1,2}){0,2}|[IVX]{1,4})\.?\Z")
"""The number of a heading, as a word."""
_LABELLED = re.compile(r"[A-Z][\w-]{0,24}(?: \d{1,3})?:\s?[“\"]")
"""Who speaks, and the mark that opens what they say."""


@dataclass(slots=True)
class Column:
    """Lines below each other: `left` and `right` are the margins of its running text."""

    lines: list[TextLine]
    left: float
    right: float
    page: int


@dataclass(slots=True)
class Paragraph:
    """Lines of one paragraph; `gap` says that it stands apart from what is above, `left` and `right` are the margins
    of its column, `page` where it begins, `turns` the lines that begin a column or page inside it, with these."""

    lines: list[TextLine]
    column: Column
    gap: bool
    turns: dict[int, Column] = field(default_factory=dict)

    @property
    def style(self) -> Style:
        """The commonest style of its letters; nearly all paragraphs have one alone."""
        lines = self.lines[:_SAMPLE]
        first = lines[0].style
        if not [line for line in lines if line.style is not first]:
            return first
        counts: Counter[Style] = Counter()
        for line in lines:
            counts[line.style] += len(line.words)
        return max(counts, key=lambda style: counts[style])

    @property
    def indent(self) -> float:
        """How far its lines, all but the first if there are several, are set in, in font sizes."""
        column = self.column
        starts = []
        for number, line in enumerate(self.lines[:_SAMPLE]):
            column = self.turns.get(number, column)
            starts.append(line.x0 - column.left)
        return min(starts[1:] or starts) / max(self.style.size, 1)


def as_column(items: list[Item], page: int, body: Style) -> Column:
    """Return items of one column as its lines, those of one row put together, and its margins."""
    rows: list[list[TextLine]] = []
    for item in sorted(items, key=lambda item: item.middle):
        for line in item.lines:
            if rows and are_beside(rows[-1][-1], line):
                rows[-1].append(line)
            else:
                rows.append([line])
    lines = [line for row in rows for line in _in_row(row)]
    like = [line for line in lines if same_style(line.style, body)] or lines
    lefts = Counter(round(line.x0) for line in like)
    often = max(lefts.values())
    enough = min(2, often)
    left = min(place for place in lefts if lefts[place] + lefts[place + 1] >= enough)
    rights = sorted(line.x1 for line in like)
    return Column(lines, float(left), rights[int(0.97 * (len(rights) - 1))], page)


def _in_row(row: list[TextLine]) -> list[TextLine]:
    """Return the stretches of one row from left to right, put together where little lies between them."""
    found: list[TextLine] = []
    for line in sorted(row, key=lambda line: line.x0):
        if found and line.x0 - found[-1].x1 < _SIDE_BY_SIDE * line.size:
            found[-1].words.extend(line.words)
            found[-1].measure()
        else:
            found.append(line)
    return found


def _is_styled_anew(above: TextLine, line: TextLine) -> bool:
    """Say whether a line is set in other letters than the one above, and so are the words where the two meet."""
    if same_style(above.style, line.style):
        return False
    return not same_style(above.words[-1].style, line.words[line.margin].style)


def _is_midway(above: TextLine, line: TextLine, right: float) -> bool:
    """Say whether a line goes on with the sentence of the full line above, of which some words are set otherwise."""
    alike = abs(above.size - line.size) < SIZE and len(above.words) > 2
    return alike and unfinished(above.text) and line.text[0].islower() and not fits(above, line, right)


def _opens_bold(above: TextLine, line: TextLine) -> bool:
    """Say whether a line begins with a heading that its text follows in the same line, below a whole sentence."""
    first = line.words[line.margin]
    if not first.style.bold or above.words[-1].style.bold or unfinished(above.text):
        return False
    bold = list(takewhile(lambda word: word.style.bold, line.words[line.margin :]))
    return len(bold) == len(line.words) - line.margin or bold[-1].text[-1] in ".:?"


def _slants(above: TextLine, line: TextLine, body: Style) -> bool:
    """Say whether two lines are slanted and upright and neither is running text: two headings below each other."""
    if above.style.italic == line.style.italic or body.font in (above.style.font, line.style.font):
        return False
    return all(len({word.style.italic for word in some.words[some.margin :]}) == 1 for some in (above, line))


def usual_leading(columns: list[Column], body: Style) -> float:
    """Return the usual distance of two lines of running text."""
    steps = Counter(
        round(2 * (b.middle - a.middle)) / 2
        for column in columns
        for a, b in zip(column.lines, column.lines[1:], strict=False)
        if same_style(a.style, body) and same_style(b.style, body) and b.middle > a.middle
    )
    return max(steps, key=lambda step: steps[step]) if steps else 1.2 * body.size


def paragraphs(columns: list[Column], body: Style) -> list[Paragraph]:
    """Return the paragraphs of a document's columns in order; they run on over columns and pages."""
    leading = usual_leading(columns, body) / max(body.size, 1)
    indented = _indents(columns, body)
    found: list[Paragraph] = []
    for column in columns:
        rights = _rights(column)
        for number, line in enumerate(column.lines):
            last = found[-1] if found else None
            if last is None:
                found.append(Paragraph([line], column, gap=True))
            elif number == 0:
                if _runs_on(last, line, column, indented=indented):
                    last.turns[len(last.lines)] = column
                    last.lines.append(line)
                else:
                    found.append(Paragraph([line], column, gap=True))
            else:
                above = column.lines[number - 1]
                gap = line.middle - above.middle > _GAP * leading * max(line.size, above.size)
                gap = gap or _steps_out(above, line, leading, rights[number - 1], column)
                styled = _is_styled_anew(above, line) or _slants(above, line, body)
                styled = styled and (gap or not _is_midway(above, line, rights[number - 1]))
                begins = gap or styled or _begins(last, above, line, rights[number - 1], column)
                if not (gap or styled) and len(last.lines) == 1:
                    below = column.lines[number + 1] if number + 1 < len(column.lines) else None
                    begins = _begins_below(above, line, below, column, begins=begins)
                if begins or _signs(above, line, column):
                    found.append(Paragraph([line], column, gap=gap or styled))
                else:
                    last.lines.append(line)
    return found


def _indents(columns: list[Column], body: Style) -> bool:
    """Say whether the first lines of paragraphs are set in."""
    lines = [line for column in columns for line in column.lines if same_style(line.style, body)]
    count = 0
    for column in columns:
        for above, line in zip(column.lines, column.lines[1:], strict=False):
            first = _INDENT < (line.x0 - column.left) / max(line.size, 1) < 4 and not unfinished(above.text)
            count += first and same_style(line.style, body) and abs(above.x0 - column.left) < _INDENT * line.size
    return count > 0.01 * len(lines)


def _rights(column: Column) -> list[float]:
    """Return for every line how far it could have run: as far as those do that begin below or above it at its place."""
    rights: list[float] = []
    at = 0
    lines = column.lines
    while at < len(lines):
        end = at + 1
        while (
            end < len(lines) and abs(lines[end].x0 - lines[at].x0) < 2 and same_style(lines[end].style, lines[at].style)
        ):
            end += 1
        at_margin = lines[at].x0 - column.left < _INDENT * lines[at].size
        right = column.right if at_margin or end - at == 1 else max(line.x1 for line in lines[at:end])
        rights += [right] * (end - at)
        at = end
    return rights


def _begins(group: Paragraph, above: TextLine, line: TextLine, right: float, column: Column) -> bool:
    """Say whether a line begins a paragraph that no gap and no style sets apart."""
    size = max(line.size, 1)
    if _opens_bold(above, line) or counts_deeper(group.lines[0].text, line.text):
        return True
    if above.text[-1] == ":" and _LABELLED.match(line.text):
        return True
    if _goes_on_below_number(group, line) or _is_centred(group, line, column):
        return False
    item = LIST_ITEM.match(group.lines[0].text) is not None
    beside = (line.x0 - column.left) - (group.lines[0].x0 - group.column.left)
    if not item and line.text[0] in _DASHES and unfinished(above.text) and abs(line.x0 - above.x0) < _ALIGNED:
        return fits(above, line, right)
    if LIST_ITEM.match(line.text) and (not item or abs(beside) < size):
        return not unfinished(above.text) or item or line.text[0] not in "(0123456789abcdefghivx"
    step = line.x0 - above.x0
    if step > _INDENT * size:
        ended = not unfinished(above.text) and line.text[0].isupper() and fits(above, line, right)
        hanging = len(group.lines) == 1 and ((item and not ended) or line.text[0].islower())
        return not hanging
    if step < -_INDENT * size:
        if _hangs(group, line, column):
            return True
        if len(group.lines) > 1 and not item:
            return group.lines[-2].x0 - line.x0 > _INDENT * size or line.x0 < column.left - _INDENT * size
        return not unfinished(above.text) and fits(above, line, right)
    if not fits(above, line, right):
        return False
    if above.style.italic and not line.style.italic and _is_slanted(group):
        return True
    if not unfinished(above.text):
        return not line.text[0].islower()
    broken = wants_more(above.text)
    return line.text[0].isupper() and not broken and above.x1 - column.left < _NARROW * (column.right - column.left)


def _begins_below(first: TextLine, line: TextLine, below: TextLine | None, column: Column, *, begins: bool) -> bool:
    """Say whether the second line of a paragraph begins another, as it `begins` one by itself or not, once the line
    below it tells whether first lines are set in, or all others."""
    like = below if below is not None and same_style(line.style, below.style) else None
    indent = first.x0 - column.left
    if like and abs(like.x0 - column.left) < _ALIGNED < indent and abs(line.x0 - first.x0) < _ALIGNED:
        return begins or (indent > _INDENT * line.size and not unfinished(first.text))
    aligned = like is not None and abs(like.x0 - line.x0) < _ALIGNED
    quoted = is_open(first.text) or (aligned and first.text[0] in _OPENS)
    if quoted and line.text[0] not in _OPENS and not fits(first, line, column.right):
        return False
    hangs = unfinished(first.text) or aligned
    hangs = hangs and min(indent, line.x0 - first.x0) > _INDENT * line.size
    return begins and not (hangs and not fits(first, line, column.right - indent))


def _signs(above: TextLine, line: TextLine, column: Column) -> bool:
    """Say whether a line below a whole sentence is set in as it is and holds nothing but who may have said it."""
    apart = min(line.x0, above.x0) - column.left > _INDENT * line.size
    apart = apart and (not unfinished(above.text) or line.text[-1].isdigit())
    return apart and line.width < _SIGNATURE * (column.right - column.left) and may_name(line.text)


def _steps_out(above: TextLine, line: TextLine, leading: float, right: float, column: Column) -> bool:
    """Say whether a line stands below the last, short one of what is set in, a little apart from it: nearer to the
    margin, or wherever the line above names a speaker. One that is wider than what is set in needs no short one."""
    size = max(line.size, above.size)
    if line.middle - above.middle <= _LITTLE * leading * size:
        return False
    set_in = above.x0 - column.left > _INDENT * size
    out = (
        set_in and above.x0 - line.x0 > _ALIGNED and (not unfinished(above.text) or above.x0 - line.x0 > _INDENT * size)
    )
    out = out or (set_in and above.text[0].isupper() and may_name(above.text))
    deep = above.x0 - line.x0 > _DEEP * size
    return out and (deep or line.x1 - right > _INDENT * size or fits(above, line, right))


def _hangs(group: Paragraph, line: TextLine, column: Column) -> bool:
    """Say whether a line begins below the first line of a paragraph that has all its others set in: the next item."""
    first = group.lines[0].x0 - group.column.left
    others = [other.x0 - column.left for other in group.lines[max(group.turns, default=1) :]]
    out = abs(line.x0 - column.left - first) < _ALIGNED
    return out and bool(others) and min(others) - first > _INDENT * line.size


def _goes_on_below_number(group: Paragraph, line: TextLine) -> bool:
    """Say whether a line stands below the words of a bold heading, behind its number."""
    words = group.lines[0].words[group.lines[0].margin :]
    if len(words) < 2 or not (line.style.bold and group.lines[0].style.bold) or not _COUNTED.match(words[0].text):
        return False
    return abs(line.x0 - words[1].box[0]) < _ALIGNED and not _COUNTED.match(line.words[line.margin].text)


def _is_centred(group: Paragraph, line: TextLine, column: Column) -> bool:
    """Say whether a line goes on with what is centred in its column: inside a sentence, or before its marks close."""
    above = group.lines[-1]
    middles = (above.x0 + above.x1, line.x0 + line.x1, column.left + column.right)
    if max(middles) - min(middles) > 4 * _ALIGNED or abs(above.width - line.width) < _ALIGNED:
        return False
    return is_open(" ".join(other.text for other in group.lines)) or (line.text[0].islower() and unfinished(above.text))


def _is_slanted(group: Paragraph) -> bool:
    return all(word.style.italic for line in group.lines for word in line.words[line.margin :])


def fits(above: TextLine, line: TextLine, right: float) -> bool:
    """Say whether the first word of a line would have had room on the line above: that break was meant."""
    first = line.words[line.margin].box
    return above.x1 + _BLANK * line.size + (first[2] - first[0]) < right - 0.5 * line.size


def _runs_on(group: Paragraph, line: TextLine, column: Column, *, indented: bool) -> bool:
    """Say whether a paragraph goes on with the first line of the next column."""
    above = group.lines[-1]
    if _is_styled_anew(above, line) or LIST_ITEM.match(line.text):
        return False
    if _is_slanted(group) and not line.style.italic and fits(above, line, group.column.right):
        return False
    set_in = group.indent > _INDENT
    begins = (line.x0 - column.left) / max(line.size, 1) > _INDENT
    if unfinished(above.text):
        right = max(line.x1 for line in group.lines) if set_in else group.column.right
        return line.text[0].islower() or wants_more(above.text) or (begins == set_in and not fits(above, line, right))
    if line.text[0].islower():
        return True
    if set_in and begins:
        right = max(line.x1 for line in group.lines)
        return len(group.lines) > 1 and line.text[0] not in _OPENS and not fits(above, line, right)
    return indented and not begins and not set_in and not fits(above, line, group.column.right)
