"""Fonts of a PDF page: the name, size, weight and slant of what a character is set in."""

import ctypes
import math
import re
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

_SUBSET = re.compile(r"\A[A-Z]{6}\+|\+[0-9a-f]{1,3}\Z")
"""What is put before and behind the name of a font whose letters are only in part in the file."""
_RIGHT_ANGLE = math.pi / 2
_BOLD = re.compile(r"bold|black|heavy|semib|demi|\.B\b|\.BI\b|-B\b|-Md\b", re.IGNORECASE)
_ITALIC = re.compile(r"ital|obli|\.I\b|\.BI\b|-It\b|slant|kursiv", re.IGNORECASE)
_STYLED = re.compile(
    r"[-,. ]?(?:bold|italic|ital|oblique|obl|regular|roman|medium|semi|demi|It|MT|PS|BI?|I)+\Z", re.IGNORECASE
)
_NAMELESS = re.compile(r"Adv[A-Z]{0,3}[0-9a-f]{6,}|[A-Z]{0,2}\d+\Z|\Z")
"""Names of fonts that do not tell their family: what some typesetting programs make up."""
_ITALIC_FLAG, _BOLD_FLAG = 1 << 6, 1 << 18
_HEAVY = 600
_NAME_BYTES = 256
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


@dataclass(frozen=True, slots=True)
class Set:
    """How a run of text is set: its style, and how many right angles it is turned."""

    style: Style
    turn: int


class Fonts:
    """Looks up how the characters of one text page are set and remembers it, as a run has many."""

    def __init__(self, textpage: Any) -> None:  # noqa: ANN401 - pypdfium2 has no types
        """Begin with nothing known."""
        self._textpage = textpage
        self._fonts: dict[int, tuple[str, bool, bool]] = {}
        self._runs: dict[int, Set] = {}
        self._matrix = pdfium.FS_MATRIX()

    def of(self, index: int) -> Set:
        """Return how the character at PDFium's `index` is set."""
        run = pdfium.FPDFText_GetTextObject(self._textpage, index)
        address = ctypes.cast(run, ctypes.c_void_p).value or 0
        found = self._runs.get(address)
        if found is None:
            found = self._runs[address] = self._look(index, run)
        return found

    def _look(self, index: int, run: Any) -> Set:  # noqa: ANN401
        font = pdfium.FPDFTextObj_GetFont(run) if run else None
        key = ctypes.cast(font, ctypes.c_void_p).value or 0 if font else 0
        if key not in self._fonts:
            self._fonts[key] = _described(font) if font else ("", False, False)
        name, bold, italic = self._fonts[key]
        matrix = self._matrix
        known = pdfium.FPDFText_GetMatrix(self._textpage, index, matrix)
        scale = math.hypot(matrix.c, matrix.d) if known else 1.0
        turn = round(math.atan2(matrix.b, matrix.a) / _RIGHT_ANGLE) % 4 if known else 0
        size = pdfium.FPDFText_GetFontSize(self._textpage, index) * scale
        return Set(Style(name, round(size, 1), bold, italic), turn)


def _described(font: Any) -> tuple[str, bool, bool]:  # noqa: ANN401
    """Return the name of a font without the letters of its subset, and whether it is bold and italic."""
    name = ctypes.create_string_buffer(_NAME_BYTES)
    pdfium.FPDFFont_GetBaseFontName(font, name, _NAME_BYTES)
    words = _SUBSET.sub("", name.value.decode("utf-8", "replace"))
    flags = pdfium.FPDFFont_GetFlags(font)
    weight = pdfium.FPDFFont_GetWeight(font)
    bold = _BOLD.search(words) is not None or (flags > 0 and flags & _BOLD_FLAG != 0) or weight >= _HEAVY
    return words, bold, _ITALIC.search(words) is not None or (flags > 0 and flags & _ITALIC_FLAG != 0)
