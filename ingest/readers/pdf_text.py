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
_MISNAMED = frozenset("*+#$%&!=<>^~\x01\x02\x03\x04\x05\x06\x07\x08")
"""Signs that some typesetting programs give for the ligature Th."""
_LIGATURE = 0.9
"""Font sizes that this ligature is wide at the least."""
_SMALL = re.compile(r"[a-z]{1,2}")
_UNKNOWN = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_PAIR = re.compile(r"[\ud800-\udbff][\udc00-\udfff]")
"""The two halves that PDFium's index has of a character beyond the first plane, such as a slanted Greek letter."""
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
_TOUCH = 0.05
"""Share of the font size below which two words that PDFium parts touch each other."""
_APART = 1.5
"""Font sizes between two words of a row from which on they belong to two columns or cells."""
_SAME_ROW = 0.5
"""Share of the lower box that two boxes of one row have in common at the least."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(slots=True, eq=False)
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

    Its style is the commonest of its letters; `margin` counts the words at its start that number the line, and `text`
    is the others with one blank between them.
    """

    words: list[Word]
    x0: float = 0.0
    x1: float = 0.0
    top: float = 0.0
    bottom: float = 0.0
    style: Style = field(default_factory=lambda: Style("", 0.0))
    margin: int = 0
    text: str = ""

    def __post_init__(self) -> None:
        """Measure the words."""
        self.measure()

    def measure(self) -> None:
        """Take text, box and style from the words that count."""
        words = self.words[self.margin :] or self.words
        self.text = joined(self.words[self.margin :])
        self.style = _commonest(words)
        self.x0 = min([word.box[0] for word in words])
        self.x1 = max([word.box[2] for word in words])
        first = words[0]
        like = first if first.style is self.style else next(word for word in words if word.style == self.style)
        self.top, self.bottom = like.box[1], like.box[3]

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


def _commonest(words: list[Word]) -> Style:
    """Return the style of most letters; nearly all lines have one alone, which `Fonts` gives as the same object."""
    first = words[0].style
    if all(word.style is first for word in words):
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
    return "".join([word.text if word.glued or not n else f" {word.text}" for n, word in enumerate(words)])


def page_text(page: Any, number: int) -> PageText:  # noqa: ANN401 - pypdfium2 has no types
    """Return the text of a page of pypdfium2; where most of it is turned, the page is turned with it."""
    textpage = page.get_textpage()
    try:
        frame = page.get_bbox()
        words = _Words(textpage.raw, _characters(textpage), frame).all()
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


class _Words:
    """Makes words of the characters of one page: the boxes and places that PDFium tells go through the same buffers."""

    def __init__(self, raw: Any, text: str, frame: Box) -> None:  # noqa: ANN401
        self.raw = raw
        self.text = text
        self.frame = frame
        self.fonts = Fonts(raw)
        self.rect = pdfium.FS_RECTF()
        self.x, self.y = ctypes.c_double(), ctypes.c_double()

    def all(self) -> list[Word]:
        """Return the words in the order of the file."""
        words: list[Word] = []
        text, before = self.text, 0
        for found in _WORD.finditer(text):
            for a, b in _parts(text, found.start(), found.end()):
                how, at = self._set(a, b)
                box = None if how.hidden else self._box(a, b - 1, at, how)
                if box is None:
                    continue
                gap = text[before:a]
                opens = "\n" in gap or "\r" in gap or (a == before and text[a - 1 : a] in _HYPHENS)
                words.append(Word(self._spelt(a, b, how), box, how.style, opens or not words, turn=how.turn))
                before = b
        return words

    def _spelt(self, a: int, b: int, how: Set) -> str:
        """Return a word as it is printed: a sign as wide as two letters before small ones is the ligature Th, which
        has no place of its own in Unicode, so that some typesetting programs give it that of any sign."""
        text = self.text[a:b]
        if text[0] in _MISNAMED and _SMALL.match(text, 1):
            left, right = self._edges(a)
            if _LIGATURE * how.style.size < right - left < 2 * how.style.size:
                text = f"Th{text[1:]}"
        return _clean(text)

    def _set(self, a: int, b: int) -> tuple[Set, int]:
        """Return how a word is set, and the character that tells: its first, or its last where a mark stands first."""
        first = self.fonts.of(a)
        if self.text[a].isalpha() or b - a == 1:
            return first, a
        last = self.fonts.of(b - 1)
        return (last, b - 1) if last.style.size > first.style.size else (first, a)

    def _box(self, first: int, last: int, at: int, how: Set) -> Box | None:
        """Return the box of a word as if its page were turned so that it reads from left to right.

        Its height is that of the line that the character `at` stands on: the boxes of fonts are too unlike each other
        for rows.
        """
        size = how.style.size
        if not pdfium.FPDFText_GetCharOrigin(self.raw, at, self.x, self.y):
            return None
        left, _, _, high = self.frame
        x, y = self.x.value - left, high - self.y.value
        if how.turn:
            start, end = self._sides(first), self._sides(last)
            box = (min(start[0], end[0]), min(start[1], end[1]), max(start[2], end[2]), max(start[3], end[3]))
            width, height = self.frame[2] - left, high - self.frame[1]
            x0, _, x1, _ = _turned(box, how.turn, width, height)
            y = _turned((x, y, x, y), how.turn, width, height)[1]
        else:
            x0, x1 = self._edges(first)
            if last != first:
                edges = self._edges(last)
                x0, x1 = min(x0, edges[0]), max(x1, edges[1])
        found = (x0, y - _ASCENT * size, x1, y + _DESCENT * size)
        return found if math.isfinite(sum(found)) else None

    def _edges(self, index: int) -> tuple[float, float]:
        """Return where the box of a character begins and ends in an upright line."""
        rect, left = self.rect, self.frame[0]
        pdfium.FPDFText_GetLooseCharBox(self.raw, index, rect)
        return rect.left - left, rect.right - left

    def _sides(self, index: int) -> Box:
        rect, (left, _, _, high) = self.rect, self.frame
        pdfium.FPDFText_GetLooseCharBox(self.raw, index, rect)
        return (rect.left - left, high - rect.top, rect.right - left, high - rect.bottom)


def _parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the parts of a run without blanks that line ends break it into."""
    inner = text[start : end - 1]
    if _HYPHENS[0] not in inner and _HYPHENS[1] not in inner:
        return [(start, end)]
    return list(pairwise([start, *(start + n + 1 for n, letter in enumerate(inner) if letter in _HYPHENS), end]))


def _clean(text: str) -> str:
    """Return a word with a hyphen where PDFium marks one, and one sign for all that means nothing."""
    if text.isprintable():
        return text
    if text[-1] in _HYPHENS:
        text = f"{text[:-1]}-"
    if _PAIR.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _UNKNOWN.sub("\ufffd", text)


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
            glued = gap < _BLANK * size if word.opens else gap < _TOUCH * size and _broken(last, word)
            lines[-1].append(replace(word, glued=True) if glued else word)
    return [TextLine(some) for some in lines]


def _broken(a: Word, b: Word) -> bool:
    """Say whether PDFium takes two parts of a word for two, as the first ends in a ligature that is too narrow."""
    return a.text.endswith(("ff", "fi", "fl", "ﬀ", "ﬁ", "ﬂ", "ﬃ", "ﬄ")) and b.text[0].islower()


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
