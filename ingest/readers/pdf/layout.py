"""The pages of a PDF laid out: what is furniture, table, footnote or running text, in reading order."""

import re
from collections import Counter
from dataclasses import dataclass, field

from ingest.readers.pdf.boxes import find_boxes
from ingest.readers.pdf.flow import Column, as_column
from ingest.readers.pdf.fonts import Style
from ingest.readers.pdf.furniture import find_furniture, take_line_numbers
from ingest.readers.pdf.order import Item, in_columns
from ingest.readers.pdf.tables import Region, find_regions, is_broken
from ingest.readers.pdf.text import PageText, Rule, TextLine
from ingest.sections import said_by

_SMALLER = 0.8
"""Points by which the letters of a footnote are smaller than those of running text at the least."""
_LOW = 0.5
"""Share of a page below which footnotes stand."""

_NOTE = re.compile(r"[*†‡§¶#]|[\da-z]\s?[A-Z]|\d{1,2}\s?https?:")
"""How a footnote begins."""
_LINK = re.compile(r"\d{1,2}\s+https?://\S+\Z")
"""A footnote that is but an address, in letters of whatever size."""
_MOST = 0.4
"""Share of the lines of a page that are footnotes at the most."""

_SEVERAL = 5
"""Words that a line of running text has at the least, to tell how running text is set."""
_EARLIEST = 0.3
"""Share of the lines of a document that come before its reference list at the least."""

_LARGER = 0.8
"""Points by which title and authors are larger than running text at the least."""
_LARGE_LEADING = 1.6
"""Font sizes from one line of a title to the next at the most."""
_ALIGNED = 3.0
"""Points by which the lines of a title differ in where they begin."""
_BAND = 1.2
"""Font sizes of the heading of a reference list that the white band above it is high at the least."""

Entry = Column | Region
"""What follows what on a page: running text of one column, or a table, box or figure."""


@dataclass(slots=True)
class Page:
    """A page in reading order: furniture `above` and `below`, `entries` in between, `notes` at its foot."""

    number: int
    above: list[TextLine]
    entries: list[Entry]
    notes: list[TextLine]
    below: list[TextLine]
    rules: list[Rule]


@dataclass(slots=True)
class Layout:
    """The pages of a document, and the style in which its running text is set."""

    pages: list[Page]
    body: Style
    columns: list[Column] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Gather the columns."""
        self.columns = [entry for page in self.pages for entry in page.entries if isinstance(entry, Column)]


def lay_out(pages: list[PageText]) -> Layout:
    """Return the pages laid out."""
    body = _body_style(pages)
    furniture = [{id(line) for line in lines} for lines in find_furniture(pages, body)]
    laid: list[Page] = []
    broken: Region | None = None
    for page, dropped in zip(pages, furniture, strict=True):
        found, broken = _page(page, dropped, body, broken)
        laid.append(found)
    return Layout(laid, body)


def _body_style(pages: list[PageText]) -> Style:
    """Return the style of most letters in lines of several words before the reference list: tables and references,
    which may be longer than the text, are set smaller."""
    lines = [line for page in pages for line in page.lines]
    last = next((n for n in range(len(lines) - 1, 0, -1) if _names_references(lines[n])), 0)
    lines = lines[: last if last > _EARLIEST * len(lines) else len(lines)]
    letters: dict[int, int] = {}
    styles: dict[int, Style] = {}
    for line in [line for line in lines if len(line.words) >= _SEVERAL] or lines:
        known = id(line.style)
        styles[known] = line.style
        letters[known] = letters.get(known, 0) + len(line.text)
    counts: Counter[tuple[str, float, bool]] = Counter()
    alike: dict[tuple[str, float, bool], list[int]] = {}
    for known, style in styles.items():
        key = (style.font, round(2 * style.size) / 2, style.bold)
        counts[key] += letters[known]
        alike.setdefault(key, []).append(known)
    if not counts:
        return Style("", 10.0)
    return styles[max(alike[max(counts, key=lambda key: counts[key])], key=lambda known: letters[known])]


def _names_references(line: TextLine) -> bool:
    return len(line.words) < _SEVERAL and (said := said_by(line.text)) is not None and said.kind == "references"


def _page(page: PageText, dropped: set[int], body: Style, broken: Region | None) -> tuple[Page, Region | None]:
    """Return a page laid out, and the table that it ends with."""
    lines = [line for line in page.lines if id(line) not in dropped]
    away = [line for line in page.lines if id(line) in dropped] + take_line_numbers(lines)
    gone = {id(line) for line in away}
    lines = [line for line in lines if id(line) not in gone]
    regions = find_regions(page, lines, body, broken)
    in_regions = {id(line) for region in regions for line in (*region.caption, *region.body)}
    boxes = find_boxes(page, [line for line in lines if id(line) not in in_regions], body)
    regions += boxes
    in_regions |= {id(line) for box in boxes for line in box.body}
    notes = _notes(page, [line for line in lines if id(line) not in in_regions], body)
    aside = in_regions | {id(line) for line in notes}
    items = [Item.of(line) for line in lines if id(line) not in aside]
    if page.number == 0:
        _widen_large(items, body)
    whole = [(Item.around(region.caption + region.body), region) for region in regions]
    regions_by_item = {id(item): region for item, region in whole}
    entries: list[Entry] = []
    for part in _above_and_below(items + [item for item, _ in whole]):
        for column in in_columns(part):
            entries += _entries(column, regions_by_item, page, body)
    away = [line for line in away if line.words]
    top = [line for line in away if line.middle < page.height / 2]
    foot = [line for line in away if line.middle >= page.height / 2]
    broken = next((region for region in regions if is_broken(region, lines)), None)
    return Page(page.number, top, entries, notes, foot + page.turned, page.rules), broken


def _widen_large(items: list[Item], body: Style) -> None:
    """Make the lines of a title, and of the names below it, as wide as the longest of them: the last may end above the
    gutter of the text."""
    large = sorted((item for item in items if item.lines[0].size > body.size + _LARGER), key=lambda item: item.top)
    rows: list[list[Item]] = []
    for item in large:
        last = rows[-1][-1] if rows else None
        if last and item.lines[0].style == last.lines[0].style and _is_below(last, item):
            rows[-1].append(item)
        else:
            rows.append([item])
    for stack in rows:
        reach = max(item.x1 for item in stack)
        for item in stack:
            item.x1 = reach


def _is_below(above: Item, item: Item) -> bool:
    return abs(item.x0 - above.x0) < _ALIGNED and 0 < item.top - above.top < _LARGE_LEADING * item.lines[0].size


def _above_and_below(items: list[Item]) -> list[list[Item]]:
    """Return the items of a page in two parts where its reference list begins below all of its text.

    The list has columns of its own then, and a white band over the whole page before it.
    """
    for head in items:
        if head.whole or not _names_references(head.lines[0]):
            continue
        above = [item for item in items if item.bottom < head.top]
        below = [item for item in items if item.bottom >= head.top]
        beside = [item for item in below if item.x0 > head.x1]
        size = head.lines[0].size
        clear = above and beside and head.top - max(item.bottom for item in above) > _BAND * size
        if clear and min(item.top for item in below) > head.top - size and any(item.x0 > head.x1 for item in above):
            return [above, below]
    return [items]


def _entries(items: list[Item], regions: dict[int, Region], page: PageText, body: Style) -> list[Entry]:
    """Return the running text of a column, parted where a table stands in it, with the table between."""
    texts = [item for item in items if not item.whole]
    whole = as_column(texts, page.number, body) if texts else None
    entries: list[Entry] = []
    open_lines: list[TextLine] = []
    tables = [item for item in items if item.whole]
    for line in whole.lines if whole else []:
        for item in [some for some in tables if some.middle < line.middle]:
            tables.remove(item)
            if open_lines and whole:
                entries.append(Column(open_lines, whole.left, whole.right, page.number))
                open_lines = []
            entries.append(regions[id(item)])
        open_lines.append(line)
    if open_lines and whole:
        entries.append(Column(open_lines, whole.left, whole.right, page.number))
    return entries + [regions[id(item)] for item in tables]


def _notes(page: PageText, lines: list[TextLine], body: Style) -> list[TextLine]:
    """Return the footnotes: small letters at the foot of a page or column, below running text and with none below.

    They are on the first page, or below a rule, or begin with a mark, and hold no heading.
    """
    noted = {id(line) for line in lines if line.size <= body.size - _SMALLER or _LINK.match(line.text)}
    text = [line for line in lines if id(line) not in noted]
    small = sorted((line for line in lines if id(line) in noted), key=lambda line: line.top)
    notes: list[TextLine] = []
    for line in reversed(small):
        beside = [other for other in text if other.x0 < line.x1 and other.x1 > line.x0]
        if line.top > _LOW * page.height and beside and all(other.top < line.top for other in beside):
            notes.append(line)
    known = set(notes)
    for line in notes:
        above = [o for o in small if o not in known and abs(o.x0 - line.x0) < 2 * line.size and o.top < line.top]
        if any(line.top - other.bottom < line.size for other in above):
            return []
    notes.sort(key=lambda line: (line.top, line.x0))
    if not notes or len(notes) > _MOST * len(lines) or any(said_by(line.text) for line in notes):
        return []
    ruled = any(0 <= notes[0].top - rule.y < 2 * body.size for rule in page.rules)
    return notes if page.number == 0 or ruled or _NOTE.match(notes[0].text) else []
