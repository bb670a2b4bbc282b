"""Fonts of a PDF page: the name, size, weight and slant of what a character is set in."""

import ctypes
import math
import re
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

_SUBSET = re.compile(r"\A(?:[A-Z]{6}\+|[A-Z][a-z]{5}(?=Adv))|\+[0-9a-f]{1,3}\Z|(?<=[A-Za-z]{3})\d\Z")
"""What is put before and behind the name of a font whose letters are only in part in the file, or there in parts."""
_RIGHT_ANGLE = math.pi / 2
_BOLD = re.compile(r"bold|black|heavy|semib|demi|\.B\b|\.BI\b|-B\b|-Md\b", re.IGNORECASE)
_PLAIN = re.compile(r"regular|roman|light|book|-R\b|-It(?:alic)?\Z", re.IGNORECASE)
"""What the name of a font says that is not bold, whatever its weight is told to be."""
_ITALIC = re.compile(r"ital|obli|\.I\b|\.BI\b|-It\b|slant|kursiv|(?-i:(?<=[a-z])It\b)", re.IGNORECASE)
_STYLED = re.compile(
    r"(?:[-,. ]?(?:bold|italic|ital|oblique|obl|regular|roman|medium|semi|demi|It|MT|PS|BI?|I))+\Z", re.IGNORECASE
)
_NAMELESS = re.compile(r"Adv[A-Z]{0,3}[0-9a-f]{6,}|[A-Z]{0,2}\d+\Z|\Z")
"""Names of fonts that do not tell their family: what some typesetting programs make up."""
_ITALIC_FLAG, _BOLD_FLAG = 1 << 6, 1 << 18
_HEAVY = 600
_NAME_BYTES = 256
_CLIPS, _SEGMENTS = 8, 64
"""Paths that clip a run, and points of one, that are looked at."""
_SLACK = 2.0
"""Points by which the middle of a run may lie outside of what is shown."""
SIZE = 0.65
"""Points by which sizes of one style differ at the most."""


@dataclass(frozen=True, slots=True)
class Style:
    """What letters look like: font, size in points (to a tenth), weight, slant."""

    font: str
    size: float
    bold: bool = False
    italic: bool = False


def same_style(a: Style, b: Style) -> bool:
    """Say whether letters look the same but for their slant.

    >>> same_style(Style("Times-Roman", 10.0), Style("Times-Italic", 10.2, italic=True))
    True
    >>> same_style(Style("TimesNewRomanPSMT", 10.0), Style("TimesNewRomanPS-ItalicMT", 10.0, italic=True))
    True
    >>> same_style(Style("Times-Roman", 10.0), Style("Arial", 10.0))
    False
    """
    if abs(a.size - b.size) > SIZE or a.bold != b.bold:
        return False
    if a.font == b.font or a.italic == b.italic:
        return a.font == b.font
    if _NAMELESS.match(a.font) or _NAMELESS.match(b.font):
        return True
    return _STYLED.sub("", a.font) == _STYLED.sub("", b.font)


def family(style: Style) -> str:
    """Return the name of a font without its weight and slant, where it tells them apart.

    >>> family(Style("Univers-Black", 9.0, bold=True))
    'Univers'
    """
    return style.font.split("-")[0]


@dataclass(frozen=True, slots=True)
class Set:
    """How a run of text is set: its style, how many right angles it is turned, and whether it is cut off from view."""

    style: Style
    turn: int
    hidden: bool = False


class Fonts:
    """Looks up how the characters of one text page are set and remembers it, as a run has many."""

    def __init__(self, textpage: Any) -> None:  # noqa: ANN401 - pypdfium2 has no types
        """Begin with nothing known."""
        self._textpage = textpage
        self._fonts: dict[int, tuple[str, bool, bool]] = {}
        self._runs: dict[int, Set] = {}
        self._styles: dict[Style, Style] = {}
        self._matrix = pdfium.FS_MATRIX()
        self._box = tuple(ctypes.c_float() for _ in range(4))
        self._x, self._y = ctypes.c_float(), ctypes.c_float()

    def of(self, index: int) -> Set:
        """Return how the character at PDFium's `index` is set."""
        run = pdfium.FPDFText_GetTextObject(self._textpage, index)
        address = ctypes.addressof(run.contents) if run else 0
        found = self._runs.get(address)
        if found is None:
            found = self._runs[address] = self._look(index, run)
        return found

    def _look(self, index: int, run: Any) -> Set:  # noqa: ANN401
        font = pdfium.FPDFTextObj_GetFont(run) if run else None
        key = ctypes.addressof(font.contents) if font else 0
        if key not in self._fonts:
            self._fonts[key] = _described(font) if font else ("", False, False)
        name, bold, italic = self._fonts[key]
        matrix = self._matrix
        known = pdfium.FPDFText_GetMatrix(self._textpage, index, matrix)
        scale = math.hypot(matrix.c, matrix.d) if known else 1.0
        turn = round(math.atan2(matrix.b, matrix.a) / _RIGHT_ANGLE) % 4 if known else 0
        size = pdfium.FPDFText_GetFontSize(self._textpage, index) * scale
        style = Style(name, round(size, 1), bold, italic)
        return Set(self._styles.setdefault(style, style), turn, run is not None and self._is_cut_off(run))

    def _is_cut_off(self, run: Any) -> bool:  # noqa: ANN401
        """Say whether a run lies outside of the frame that what is drawn with it is clipped to.

        A figure that was cut out of a page of a draft brings all of that page with it; the frame shows the figure.
        """
        clip = pdfium.FPDFPageObj_GetClipPath(run)
        if not clip or pdfium.FPDFClipPath_CountPaths(clip) < 1:
            return False
        left, bottom, right, top = self._box
        if not pdfium.FPDFPageObj_GetBounds(run, left, bottom, right, top):
            return False
        middle = ((left.value + right.value) / 2, (bottom.value + top.value) / 2)
        return any(
            not self._inside(clip, number, *middle)
            for number in range(min(pdfium.FPDFClipPath_CountPaths(clip), _CLIPS))
        )

    def _inside(self, clip: Any, number: int, x: float, y: float) -> bool:  # noqa: ANN401
        """Say whether a point lies in the box around a path that clips."""
        xs: list[float] = []
        ys: list[float] = []
        for segment in range(min(pdfium.FPDFClipPath_CountPathSegments(clip, number), _SEGMENTS)):
            point = pdfium.FPDFClipPath_GetPathSegment(clip, number, segment)
            if point and pdfium.FPDFPathSegment_GetPoint(point, self._x, self._y):
                xs.append(self._x.value)
                ys.append(self._y.value)
        return not xs or (min(xs) - _SLACK <= x <= max(xs) + _SLACK and min(ys) - _SLACK <= y <= max(ys) + _SLACK)


def _described(font: Any) -> tuple[str, bool, bool]:  # noqa: ANN401
    """Return the name of a font without the letters of its subset, and whether it is bold and italic."""
    name = ctypes.create_string_buffer(_NAME_BYTES)
    pdfium.FPDFFont_GetBaseFontName(font, name, _NAME_BYTES)
    words = _SUBSET.sub("", name.value.decode("utf-8", "replace"))
    flags = pdfium.FPDFFont_GetFlags(font)
    weight = pdfium.FPDFFont_GetWeight(font)
    heavy = (flags > 0 and flags & _BOLD_FLAG != 0) or weight >= _HEAVY
    bold = _BOLD.search(words) is not None or (heavy and not _PLAIN.search(words))
    return words, bold, _ITALIC.search(words) is not None or (flags > 0 and flags & _ITALIC_FLAG != 0)
