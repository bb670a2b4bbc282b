"""The text layer of a PDF page: words with boxes and fonts, put together to lines; heights run down from the top."""

import ctypes
import math
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from ingest.readers.pdf_fonts import Fonts, Set, Style

_WORD = re.compile(r"\S+")
_HYPHENS = ("\x02", "\ufffe")
"""What PDFium puts for the hyphen of a word that is broken at a line end."""
_UNKNOWN = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_ASCENT, _DESCENT = 0.8, 0.2
"""Share of the size of a font that lies above and below the line it stands on."""
_THIN = 3.0
"""Points that a rule is thick at the most."""
_LONG = 40.0
"""Points that a rule is long at the least."""
_MAX_OBJECTS = 50_000
"""Drawn objects of a page that are looked at for rules: a map or a plot has more, and no tables."""
_BLANK = 0.12
"""Share of the font size from which on a gap between two words is a blank."""
_APART = 1.5
"""Font sizes between two words of a row from which on they belong to two columns or cells."""
_SAME_ROW = 0.5
"""Share of the lower box that two boxes of one row have in common at the least."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word, its box in points and its style; `opens` says that PDFium begins a line with it, `glued` that no blank
    stands before it, `turn` in how many right angles it is turned."""

    text: str
    box: Box
    style: Style
    opens: bool
    glued: bool = False
    turn: int = 0


@dataclass(slots=True, eq=False)
class TextLine:
    """Words of one row that stand together, in order, with the box around them.

    Its style is the commonest of its letters; `margin` counts the words at its start that number the line.
    """

    words: list[Word]
    x0: float = 0.0
    x1: float = 0.0
    top: float = 0.0
    bottom: float = 0.0
    style: Style = field(default_factory=lambda: Style("", 0.0))
    margin: int = 0

    def __post_init__(self) -> None:
        """Measure the words."""
        self.measure()

    def measure(self) -> None:
        """Take box and style from the words that count."""
        words = self.words[self.margin :] or self.words
        counts: Counter[Style] = Counter()
        for word in words:
            counts[word.style] += len(word.text)
        self.style = max(counts, key=lambda style: counts[style])
        self.x0 = min(word.box[0] for word in words)
        self.x1 = max(word.box[2] for word in words)
        like = next(word for word in words if word.style == self.style)
        self.top, self.bottom = like.box[1], like.box[3]

    @property
    def text(self) -> str:
        """The words that count, one blank between them."""
        return joined(self.words[self.margin :])

    @property
    def size(self) -> float:
        """The size of its font in points."""
        return self.style.size

    @property
    def width(self) -> float:
        """How long it is, in points."""
        return self.x1 - self.x0

    @property
    def middle(self) -> float:
        """Its height on the page."""
        return (self.top + self.bottom) / 2


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
    return "".join(word.text if word.glued or not n else f" {word.text}" for n, word in enumerate(words))


def page_text(page: Any, number: int) -> PageText:  # noqa: ANN401 - pypdfium2 has no types
    """Return the text of a page of pypdfium2; where most of it is turned, the page is turned with it."""
    textpage = page.get_textpage()
    try:
        frame = page.get_bbox()
        words = _words(textpage.raw, _characters(textpage), frame)
    finally:
        textpage.close()
    width, height = frame[2] - frame[0], frame[3] - frame[1]
    turns = Counter(word.turn for word in words)
    turn = max(turns, key=lambda some: turns[some]) if turns else 0
    lines: list[TextLine] = []
    turned: list[TextLine] = []
    for some in sorted(turns):
        (lines if some == turn else turned).extend(_lines([word for word in words if word.turn == some]))
    rules, pictures = _drawn(page, frame, turn)
    if turn % 2:
        width, height = height, width
    unknown = sum(word.text.count("\ufffd") for word in words)
    return PageText(number, width, height, lines, turned, rules, pictures, unknown)


def _characters(textpage: Any) -> str:  # noqa: ANN401
    """Return the characters by PDFium's own index."""
    count = textpage.count_chars()
    text: str = textpage.get_text_range() if count else ""
    if len(text) == count:
        return text
    return "".join(chr(min(pdfium.FPDFText_GetUnicode(textpage.raw, index), 0x10FFFF)) for index in range(count))


def _words(raw: Any, text: str, frame: Box) -> list[Word]:  # noqa: ANN401
    fonts = Fonts(raw)
    words: list[Word] = []
    before = 0
    for found in _WORD.finditer(text):
        for a, b in _parts(text, found.start(), found.end()):
            first, last = fonts.of(a), fonts.of(b - 1)
            at, how = (b - 1, last) if last.style.size > first.style.size else (a, first)
            box = _box(raw, (a, b - 1, at), how, frame)
            if box is None:
                continue
            gap = text[before:a]
            opens = "\n" in gap or "\r" in gap or (a == before and text[a - 1 : a] in _HYPHENS)
            words.append(Word(_clean(text[a:b]), box, how.style, opens or not words, turn=how.turn))
            before = b
    return words


def _parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the parts of a run without blanks that line ends break it into."""
    edges = [start, *(n + 1 for n in range(start, end - 1) if text[n] in _HYPHENS), end]
    return list(pairwise(edges))


def _clean(text: str) -> str:
    """Return a word with a hyphen where PDFium marks one, and one sign for all that means nothing."""
    if text[-1] in _HYPHENS:
        text = f"{text[:-1]}-"
    return _UNKNOWN.sub("\ufffd", text)


def _box(raw: Any, indexes: tuple[int, int, int], how: Set, frame: Box) -> Box | None:  # noqa: ANN401
    """Return the box of a word as if its page were turned so that it reads from left to right.

    `indexes` are its first and last character, and the one that tells the line it stands on: the boxes of fonts are
    too unlike each other for rows.
    """
    rect = pdfium.FS_RECTF()
    sides: list[float] = []
    for index in indexes[:2]:
        if not pdfium.FPDFText_GetLooseCharBox(raw, index, rect):
            return None
        box = (rect.left - frame[0], frame[3] - rect.top, rect.right - frame[0], frame[3] - rect.bottom)
        turned = _turned(box, how.turn, frame[2] - frame[0], frame[3] - frame[1])
        sides += [turned[0], turned[2]]
    x, y = ctypes.c_double(), ctypes.c_double()
    if not pdfium.FPDFText_GetCharOrigin(raw, indexes[2], x, y):
        return None
    place = (x.value - frame[0], frame[3] - y.value)
    base = _turned(place + place, how.turn, frame[2] - frame[0], frame[3] - frame[1])[1]
    box = (min(sides), base - _ASCENT * how.style.size, max(sides), base + _DESCENT * how.style.size)
    return box if all(map(math.isfinite, box)) else None


def _turned(box: Box, turn: int, width: float, height: float) -> Box:
    """Return a box where it is once the page is turned by right angles so that text turned by `turn` is upright."""
    left, top, right, bottom = box
    if turn == 1:
        return (height - bottom, left, height - top, right)
    if turn == 2:
        return (width - right, height - bottom, width - left, height - top)
    return (top, width - right, bottom, width - left) if turn == 3 else box


def _lines(words: list[Word]) -> list[TextLine]:
    """Return words as lines: apart at line ends of PDFium's that are none of a row, and at wide gaps."""
    lines: list[list[Word]] = []
    for word in words:
        last = lines[-1][-1] if lines else None
        if last is None:
            lines.append([word])
            continue
        size = max(last.style.size, word.style.size)
        gap = word.box[0] - last.box[2]
        if not _same_row(last.box, word.box) or gap > _APART * size or gap < -size:
            lines.append([word])
        else:
            lines[-1].append(replace(word, glued=gap < _BLANK * size) if word.opens else word)
    return [TextLine(some) for some in lines]


def _same_row(a: Box, b: Box) -> bool:
    common = min(a[3], b[3]) - max(a[1], b[1])
    return common > _SAME_ROW * min(a[3] - a[1], b[3] - b[1])


def _drawn(page: Any, frame: Box, turn: int) -> tuple[list[Rule], int]:  # noqa: ANN401
    """Return the horizontal rules of a page and how many pictures it has."""
    rules: list[Rule] = []
    pictures = 0
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    width, height = frame[2] - frame[0], frame[3] - frame[1]
    for number in range(min(pdfium.FPDFPage_CountObjects(page.raw), _MAX_OBJECTS)):
        item = pdfium.FPDFPage_GetObject(page.raw, number)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictures += 1
        elif kind == pdfium.FPDF_PAGEOBJ_PATH and pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top):
            box = (left.value - frame[0], frame[3] - top.value, right.value - frame[0], frame[3] - bottom.value)
            x0, y0, x1, y1 = _turned(box, turn, width, height)
            if x1 - x0 < _LONG:
                continue
            rules.append(Rule(x0, x1, y0))
            if y1 - y0 > _THIN:
                rules.append(Rule(x0, x1, y1))
    return rules, pictures
