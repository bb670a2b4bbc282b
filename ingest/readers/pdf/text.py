"""The text layer of a PDF page: words with boxes and fonts, put together to lines; heights run down from the top."""

from array import array
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from ingest.readers.pdf.fonts import NO_STYLE, Style
from ingest.readers.pdf.native import object_bounds, object_type, page_object, reference, room
from ingest.readers.pdf.words import Box, Word, turned, words_of

_THIN = 3.0
"""Points that a rule is thick at the most."""
_LONG = 40.0
"""Points that a rule is long at the least."""
_SHORT = 6.0
"""Points that each part of a rule is long at the least, if it is drawn cell by cell."""
_MAX_OBJECTS = 50_000
"""Drawn objects of a page that are looked at for rules: a map or a plot has more, and no tables."""
_BLANK = 0.12
"""Share of the font size from which on a gap between two words is a blank."""
_TOUCH = 0.05
"""Share of the font size below which two words that PDFium parts touch each other."""
_APART = 1.5
"""Font sizes between two words of a row from which on they belong to two columns or cells."""
_BEHIND_SIGN = 3.0
"""Font sizes before a comma that goes on with a line at the most: a picture may stand between, as behind names."""
_SAME_ROW = 0.5
"""Share of the lower box that two boxes of one row have in common at the least."""


@dataclass(slots=True, eq=False)
class TextLine:
    """Words of one row that stand together, in order, with the box around them.

    Its style is the commonest of its letters, with its `size` in points; `middle` is its height on the page; `margin`
    counts the words at its start that number the line, and `text` is the others with one blank between them.
    """

    words: list[Word]
    x0: float = 0.0
    x1: float = 0.0
    top: float = 0.0
    bottom: float = 0.0
    middle: float = 0.0
    style: Style = NO_STYLE
    size: float = 0.0
    margin: int = 0
    text: str = ""

    def __post_init__(self) -> None:
        """Measure the words."""
        self.measure()

    def measure(self) -> None:
        """Take text, box and style from the words that count."""
        counted = self.words[self.margin :] if self.margin else self.words
        words = counted or self.words
        self.text = joined(counted)
        self.style = _commonest(words)
        self.size = self.style.size
        lefts, _, rights, _ = zip(*[word.box for word in words], strict=True)
        self.x0, self.x1 = min(lefts), max(rights)
        first = words[0]
        like = first if first.style is self.style else next(word for word in words if word.style == self.style)
        _, self.top, _, self.bottom = like.box
        self.middle = (self.top + self.bottom) / 2

    @property
    def width(self) -> float:
        """How long it is, in points."""
        return self.x1 - self.x0


def _commonest(words: list[Word]) -> Style:
    """Return the style of most letters; nearly all lines have one alone, which `Fonts` gives as the same object."""
    first = words[0].style
    if not [word for word in words if word.style is not first]:
        return first
    counts: Counter[Style] = Counter()
    for word in words:
        counts[word.style] += len(word.text)
    return max(counts, key=lambda style: counts[style])


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal line, or an edge of a box, that is drawn on the page."""

    x0: float
    x1: float
    y: float


@dataclass(slots=True)
class PageText:
    """What a page holds: upright `lines` in the order of the file, `turned` ones that run another way, and rules.

    `pictures` counts its images, `unknown` the characters that its fonts give no meaning.
    """

    number: int
    width: float
    height: float
    lines: list[TextLine]
    turned: list[TextLine]
    rules: list[Rule]
    pictures: int
    unknown: int


def joined(words: list[Word]) -> str:
    """Return words as they stand, one blank between those that are apart."""
    if True in [word.glued for word in words]:
        return "".join([word.text if word.glued or not n else f" {word.text}" for n, word in enumerate(words)])
    return " ".join([word.text for word in words])


def page_text(page: Any, number: int, styles: dict[Style, Style]) -> PageText:  # noqa: ANN401 - pypdfium2 has no types
    """Return the text of a page of pypdfium2; where most of it is turned, the page is turned with it.

    `styles` grows to hold each style of the document once.
    """
    textpage = page.get_textpage()
    try:
        frame = page.get_bbox()
        words = words_of(textpage, frame, styles)
    finally:
        textpage.close()
    width, height = frame[2] - frame[0], frame[3] - frame[1]
    turns = Counter([word.turn for word in words])
    turn = max(turns, key=lambda some: turns[some]) if turns else 0
    lines: list[TextLine] = []
    turned: list[TextLine] = []
    for some in sorted(turns):
        alike = [word for word in words if word.turn == some] if len(turns) > 1 else words
        (lines if some == turn else turned).extend(_lines(alike))
    rules, pictures = _drawn(page, frame, turn)
    if turn % 2:
        width, height = height, width
    unknown = sum([word.text.count("\ufffd") for word in words if not word.text.isascii()])
    return PageText(number, width, height, lines, turned, rules, pictures, unknown)


def _lines(words: list[Word]) -> list[TextLine]:
    """Return words as lines: apart at line ends of PDFium's that are none of a row, and at wide gaps."""
    lines: list[list[Word]] = []
    for last, word in zip([None, *words], words, strict=False):
        if last is not None:
            size = word.style.size if word.style is last.style else max(last.style.size, word.style.size)
            before, box = last.box, word.box
            gap = box[0] - before[2]
            near = gap <= _APART * size or (gap <= _BEHIND_SIGN * size and word.text[0] in ",;")
            level = before[1] == box[1] < box[3] == before[3]
            if near and -size <= gap and (level or _same_row(before, box)):
                if word.opens:
                    word.glued = gap < _BLANK * size
                elif gap < _TOUCH * size:
                    word.glued = _broken(last, word)
                lines[-1].append(word)
                continue
        lines.append([word])
    return [TextLine(some) for some in lines]


def _broken(a: Word, b: Word) -> bool:
    """Say whether PDFium takes two parts of a word for two, as the first ends in a ligature that is too narrow."""
    return a.text.endswith(("ff", "fi", "fl", "ﬀ", "ﬁ", "ﬂ", "ﬃ", "ﬄ")) and b.text[0].islower()


def in_common(x0: float, x1: float, left: float, right: float) -> float:
    """Return how many points two stretches share; where they lie apart, less than none: the gap between them.

    >>> in_common(0, 10, 8, 20), in_common(0, 10, 13, 20)
    (2, -3)
    """
    return min(x1, right) - max(x0, left)


def are_beside(a: TextLine, b: TextLine) -> bool:
    """Say whether two lines stand beside each other: they share more than half of the height of the lower one."""
    return in_common(a.top, a.bottom, b.top, b.bottom) > 0.5 * min(a.bottom - a.top, b.bottom - b.top)


def _same_row(a: Box, b: Box) -> bool:
    common = in_common(a[1], a[3], b[1], b[3])
    return common > _SAME_ROW * min(a[3] - a[1], b[3] - b[1])


def _drawn(page: Any, frame: Box, turn: int) -> tuple[list[Rule], int]:  # noqa: ANN401
    """Return the horizontal rules of a page and how many pictures it has."""
    rules: list[Rule] = []
    short: list[Rule] = []
    pictures = 0
    bounds = array("f", (0.0,) * 4)
    left, bottom, right, top = (room(bounds, n) for n in range(4))
    width, height = frame[2] - frame[0], frame[3] - frame[1]
    drawn = reference(page.raw)
    for number in range(min(pdfium.FPDFPage_CountObjects(page.raw), _MAX_OBJECTS)):
        item = page_object(drawn, number)
        kind = object_type(item)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictures += 1
        elif kind == pdfium.FPDF_PAGEOBJ_PATH and object_bounds(item, left, bottom, right, top):
            x0, foot, x1, head = bounds
            box = (x0 - frame[0], frame[3] - head, x1 - frame[0], frame[3] - foot)
            x0, y0, x1, y1 = turned(box, turn, width, height)
            if x1 - x0 < _LONG:
                if x1 - x0 > _SHORT and y1 - y0 < _THIN:
                    short.append(Rule(x0, x1, y0))
                continue
            rules.append(Rule(x0, x1, y0))
            if y1 - y0 > _THIN:
                rules.append(Rule(x0, x1, y1))
    return rules + [rule for rule in whole(short, _THIN) if rule.x1 - rule.x0 >= _LONG], pictures


def whole(rules: list[Rule], near: float) -> list[Rule]:
    """Return rules with those put together that are drawn cell by cell, with less than `near` points between them."""
    found: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: (round(rule.y), rule.x0)):
        last = found[-1] if found else None
        if last and abs(last.y - rule.y) < 1 and rule.x0 - last.x1 < near:
            found[-1] = Rule(last.x0, max(last.x1, rule.x1), last.y)
        else:
            found.append(rule)
    return found
