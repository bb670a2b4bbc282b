"""Fonts of a PDF page: the name, size, weight and slant of what a character is set in."""

import ctypes
import math
import re
from array import array
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pypdfium2.raw as pdfium

from ingest.readers.pdf.native import (
    Reference,
    char_matrix,
    clip_path,
    count_paths,
    font_size,
    four_numbers,
    object_font,
    room,
    text_object,
)

_SUBSET = re.compile(r"\A(?:[A-Z]{6}\+|[A-Z][a-z]{5}(?=Adv))|\+[0-9a-f]{1,3}\Z|(?<=[A-Za-z]{3})\d\Z")
"""What is put before and behind the name of a font whose letters are only in part in the file, or there in parts."""
_RIGHT_ANGLE = math.pi / 2
_BOLD = re.compile(r"bold|black|heavy|semib|demi|\.B\b|\.BI\b|-B\b|-Md\b|(?-i:(?<=[a-z][OT])[BZ]I?\Z)", re.IGNORECASE)
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


NO_STYLE = Style("", 0.0)


def same_style(a: Style, b: Style) -> bool:
    """Say whether letters look the same but for their slant.

    >>> same_style(Style("Times-Roman", 10.0), Style("Times-Italic", 10.2, italic=True))
    True
    >>> same_style(Style("TimesNewRomanPSMT", 10.0), Style("TimesNewRomanPS-ItalicMT", 10.0, italic=True))
    True
    >>> same_style(Style("Times-Roman", 10.0), Style("Arial", 10.0))
    False
    """
    if a is b:
        return True
    if abs(a.size - b.size) > SIZE or a.bold != b.bold:
        return False
    if a.font == b.font or a.italic == b.italic:
        return a.font == b.font
    bare = (_bare(a.font), _bare(b.font))
    return "" in bare or bare[0] == bare[1]


@lru_cache(maxsize=1024)
def _bare(font: str) -> str:
    """Return the name of a font without what it says of weight and slant, nothing where it does not tell its family."""
    return "" if _NAMELESS.match(font) else _STYLED.sub("", font)


def family(style: Style) -> str:
    """Return the name of a font without its weight and slant, where it tells them apart.

    >>> family(Style("Univers-Black", 9.0, bold=True))
    'Univers'
    """
    return style.font.split("-")[0]


@dataclass(slots=True)
class Run:
    """How a run of text is set: its style, how many right angles it is turned, and whether it is cut off from view.

    `foot` is the lower edge of the boxes of its characters as PDFium counts it, nearly always the same for all, `top`
    and `bottom` the height of the words that stand on the same line.
    """

    style: Style
    turn: int
    hidden: bool
    foot: float = math.nan
    top: float = 0.0
    bottom: float = 0.0


class Fonts:
    """Looks up how the characters of one text page are set and remembers it, as a run has many."""

    def __init__(self, textpage: Reference, styles: dict[Style, Style]) -> None:
        """Begin with nothing known of the page; `styles` are those of its document, one object for each."""
        self._textpage = textpage
        self._runs: dict[int | None, Run] = {}
        self._looks: dict[tuple[float | None, ...], tuple[Style, int]] = {}
        self._styles = styles
        self._numbers = array("f", (0.0,) * 6)
        self._matrix = room(self._numbers)
        self._box = tuple(ctypes.c_float() for _ in range(4))
        self._x, self._y = ctypes.c_float(), ctypes.c_float()

    def of(self, index: int) -> Run:
        """Return how the character at PDFium's `index` is set."""
        address: int | None = text_object(self._textpage, index)
        found = self._runs.get(address)
        if found is None:
            style, turn = self._look(index, object_font(address) if address else None)
            found = self._runs[address] = Run(style, turn, address is not None and self._is_cut_off(address))
        return found

    def _look(self, index: int, font: int | None) -> tuple[Style, int]:
        known = char_matrix(self._textpage, index, self._matrix)
        a, b, c, d = four_numbers(self._numbers) if known else (1.0, 0.0, 0.0, 1.0)
        points = font_size(self._textpage, index)
        key = (font, points, a, b, c, d)
        found = self._looks.get(key)
        if found is None:
            name, bold, italic = _described(font) if font else ("", False, False)
            style = Style(name, round(points * math.hypot(c, d), 1), bold, italic)
            turn = round(math.atan2(b, a) / _RIGHT_ANGLE) % 4
            found = self._looks[key] = (self._styles.setdefault(style, style), turn)
        return found

    def _is_cut_off(self, run: int) -> bool:
        """Say whether a run lies outside of the frame that what is drawn with it is clipped to.

        A figure that was cut out of a page of a draft brings all of that page with it; the frame shows the figure.
        """
        address = clip_path(run)
        if not address or count_paths(address) < 1:
            return False
        left, bottom, right, top = self._box
        if not pdfium.FPDFPageObj_GetBounds(ctypes.cast(run, pdfium.FPDF_PAGEOBJECT), left, bottom, right, top):
            return False
        middle = ((left.value + right.value) / 2, (bottom.value + top.value) / 2)
        clip = ctypes.cast(address, pdfium.FPDF_CLIPPATH)
        return any(not self._inside(clip, number, *middle) for number in range(min(count_paths(address), _CLIPS)))

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


def _described(address: int) -> tuple[str, bool, bool]:
    """Return the name of a font without the letters of its subset, and whether it is bold and italic."""
    font = ctypes.cast(address, pdfium.FPDF_FONT)
    name = ctypes.create_string_buffer(_NAME_BYTES)
    pdfium.FPDFFont_GetBaseFontName(font, name, _NAME_BYTES)
    words = _SUBSET.sub("", name.value.decode("utf-8", "replace"))
    flags = pdfium.FPDFFont_GetFlags(font)
    weight = pdfium.FPDFFont_GetWeight(font)
    heavy = (flags > 0 and flags & _BOLD_FLAG != 0) or weight >= _HEAVY
    bold = _BOLD.search(words) is not None or (heavy and not _PLAIN.search(words))
    return words, bold, _ITALIC.search(words) is not None or (flags > 0 and flags & _ITALIC_FLAG != 0)
