"""The words of a PDF page, with the boxes and fonts that PDFium tells of their first and last characters."""

import math
import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from ctypes import c_ushort
from dataclasses import dataclass
from typing import Any
from unicodedata import normalize

import pypdfium2.raw as pdfium

from ingest.readers.pdf.fonts import Fonts, Run, Style
from ingest.readers.pdf.native import (
    Reference,
    char_origin,
    four_numbers,
    get_unicode,
    loose_box,
    reference,
    room,
    text_index,
)

_HYPHENS = ("\x02", "\ufffe")
"""What PDFium puts for the hyphen of a word that is broken at a line end."""
_WORD = re.compile(r"[^\s\x02\ufffe]+[\x02\ufffe]?|[\x02\ufffe]")
"""A run without blanks, or a part of one where line ends break it."""
_MISNAMED = frozenset("*+#$%&!=<>^~\x01\x02\x03\x04\x05\x06\x07\x08")
"""Signs that some typesetting programs give for the ligature Th."""
_OPENING = frozenset("“‘\"'([")
"""What may stand before the first letter of a sentence."""
_LIGATURE = 0.9
"""Font sizes that this ligature is wide at the least."""
_ACCENTS = dict(
    zip("´`ˆ˜¨ˇ˚¸˝˙¯˘˛", "\u0301\u0300\u0302\u0303\u0308\u030c\u030a\u0327\u030b\u0307\u0304\u0306\u0328", strict=True)
)
"""Accents that stand alone, and what sets them on the letter before."""
_ACCENT = re.compile(f"[{''.join(_ACCENTS)}]")
_DOTLESS = {"ı": "i", "ȷ": "j"}
_SMALL = re.compile(r"[a-z]{1,2}")
_LAST_NUMBER = re.compile(r"(?<=.)\d(?:[\d,–-]*\d)?(?=[.,;:)\]”’\"]*\Z)")
_RAISED = 0.8
"""Times the size of its neighbour that a raised number has at the most."""
_UNKNOWN = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_PAIR = re.compile(r"[\ud800-\udbff][\udc00-\udfff]")
"""The two halves that PDFium's index has of a character beyond the first plane, such as a slanted Greek letter."""
_ASCENT, _DESCENT = 0.8, 0.2
"""Share of the size of a font that lies above and below the line it stands on."""
_MOST_LEFT_OUT = 200
"""Characters that PDFium's text of a page leaves out at the most, for them to be looked for one by one."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(slots=True, eq=False)
class Word:
    """A word, its box in points and its style; `opens` says that PDFium begins a line with it, `glued` that no blank
    stands before it, `turn` in how many right angles it is turned, `raised` where in it a small number stands raised
    behind what else it has, as the mark of a reference does."""

    text: str
    box: Box
    style: Style
    opens: bool
    glued: bool = False
    turn: int = 0
    raised: tuple[int, int] | None = None


def words_of(textpage: Any, frame: Box, styles: dict[Style, Style]) -> list[Word]:  # noqa: ANN401 - pypdfium2 has no types
    """Return the words of a text page of pypdfium2 in the order of the file.

    `frame` is left, foot, right and top of the page; `styles` grows to hold each style of the document once.
    """
    page = reference(textpage.raw)
    return list(_Words(page, _characters(textpage), frame, Fonts(page, styles)).all())


def _characters(textpage: Any) -> str:  # noqa: ANN401
    """Return the characters by PDFium's own index: halves of pairs apart, and those that its text leaves out."""
    count = textpage.count_chars()
    if not count:
        return ""
    units = (c_ushort * (count + 1))()
    length = max(pdfium.FPDFText_GetText(textpage.raw, 0, count, units) - 1, 0)
    text = bytes(units)[: 2 * length].decode("utf-16-le", "surrogatepass")
    if len(text) < length:
        text = "".join(map(chr, units[:length]))
    if length == count:
        return text
    page = reference(textpage.raw)
    if not 0 < count - length < _MOST_LEFT_OUT:
        return "".join([chr(min(get_unicode(page, index), 0x10FFFF)) for index in range(count)])
    return _with_left_out(page, text, count)


def _with_left_out(page: Reference, text: str, count: int) -> str:
    """Return the text of a page with the characters that it leaves out: those behind which its index lags."""
    found: list[str] = []
    at, left_out = 0, 0
    while at < count:
        lag = left_out
        end = bisect_left(range(count), True, at, key=lambda index: text_index(page, index) != index - lag)
        found.append(text[at - lag : end - lag])
        if end < count:
            found.append(chr(min(get_unicode(page, end), 0x10FFFF)))
            left_out += 1
        at = end + 1
    return "".join(found)


class _Words:
    """Makes words of the characters of one page: the boxes and places that PDFium tells go through the same buffers."""

    def __init__(self, page: Reference, text: str, frame: Box, fonts: Fonts) -> None:
        self.page = page
        self.text = text
        self.frame = frame
        self.left, self.high = frame[0], frame[3]
        self.run_of = fonts.of
        self.sides = array("f", (0.0,) * 4)
        self.room_for_box = room(self.sides)
        self.origin = array("d", (0.0,) * 2)
        self.room_for_x, self.room_for_y = room(self.origin), room(self.origin, 1)

    def all(self) -> Iterator[Word]:
        """Yield the words in the order of the file."""
        text, run_of, upright, before, alike = self.text, self.run_of, self._upright, 0, 0
        opens = True
        end_of_line = -1
        for found in _WORD.finditer(text):
            a, b = found.span()
            if a >= alike:
                run = run_of(a)
                if a >= end_of_line:
                    end_of_line, alike = self._alike(a, run)
            word, at, lettered = text[a:b], a, text[a].isalpha()
            if a >= alike and not lettered and b - a > 1:
                last = run_of(b - 1)
                if last.style.size > run.style.size:
                    run, at = last, b - 1
            if run.hidden:
                continue
            box = self._turned(a, b - 1, at, run) if run.turn else upright(a, b - 1, at, run)
            if box is None:
                continue
            if not opens and (gap := text[before:a]) != " ":
                opens = "\n" in gap or "\r" in gap or (a == before and text[a - 1 : a] in _HYPHENS)
            if not lettered:
                word = self._begun(word, a, run)
            if not word.isascii() and _ACCENT.search(word):
                word = self._accented(word, a)
            raised = self._raised(word, a) if a >= alike and b - a > 1 and not word[-2:].isalpha() else None
            yield Word(word if word.isprintable() else _clean(word), box, run.style, opens, False, run.turn, raised)
            before = b
            opens = False

    def _alike(self, at: int, run: Run) -> tuple[int, int]:
        """Return where the line of a character ends, and up to where all of it is set as this one is: most lines are
        one run, so that their last character tells how all are set."""
        end = self.text.find("\r", at)
        end = end if end >= 0 else len(self.text)
        last = end - 1
        while self.text[last] == " ":
            last -= 1
        return end, end if self.run_of(last) is run else at

    def _begun(self, word: str, at: int, run: Run) -> str:
        """Return a word that begins with a sign as it is printed."""
        if word[0] in _MISNAMED:
            return self._spelt(word, at, run)
        if word[0] in _OPENING and word[1:2] in _MISNAMED:
            return word[0] + self._spelt(word[1:], at + 1, run)
        return word

    def _spelt(self, word: str, at: int, run: Run) -> str:
        """Return a word as it is printed: a sign as wide as two letters before small ones is the ligature Th, which
        has no place of its own in Unicode, so that some typesetting programs give it that of any sign."""
        if _SMALL.match(word, 1):
            left, _, right, _ = self._sides(at)
            if _LIGATURE * run.style.size < right - left < 2 * run.style.size:
                return f"Th{word[1:]}"
        return word

    def _raised(self, word: str, at: int) -> tuple[int, int] | None:
        """Return where at the end of a word a number stands that is smaller than its beginning, and higher."""
        found = _LAST_NUMBER.search(word)
        if found is None:
            return None
        end = found.end()
        most = _RAISED * self.run_of(at).style.size
        start = end
        while start > found.start() and self.run_of(at + start - 1).style.size <= most:
            start -= 1
        return (start, end) if start < end and self._foot(at + start) > self._foot(at) else None

    def _foot(self, index: int) -> float:
        """Return how high the line is that a character stands on."""
        known = char_origin(self.page, index, self.room_for_x, self.room_for_y)
        return self.origin[1] if known else math.nan

    def _accented(self, word: str, at: int) -> str:
        """Return a word with the accents on their letters that some typesetting programs draw over them one by one.

        One that stands beside a letter is used for an apostrophe.
        """
        letters = list(word)
        for place in [found.start() for found in _ACCENT.finditer(word)]:
            left, _, right, _ = self._sides(at + place)
            for other in (place - 1, place + 1):
                if not 0 <= other < len(word) or not letters[other].isalpha():
                    continue
                start, _, end, _ = self._sides(at + other)
                letter = _DOTLESS.get(letters[other], letters[other])
                whole = normalize("NFC", letter + _ACCENTS[word[place]])
                if start < (left + right) / 2 < end and len(whole) == 1:
                    letters[other], letters[place] = whole, ""
                    break
        return "".join(letters)

    def _upright(self, first: int, last: int, at: int, run: Run) -> Box | None:
        """Return the box of a word.

        Its height is that of the line that the character `at` stands on: the boxes of fonts are too unlike each other
        for rows.
        """
        page, box, sides, left = self.page, self.room_for_box, self.sides, self.left
        loose_box(page, first, box)
        x0, _, x1, foot = four_numbers(sides)
        if last != first:
            loose_box(page, last, box)
            start, _, end, other = four_numbers(sides)
            if start < x0:
                x0 = start
            if end > x1:
                x1 = end
            if at != first:
                foot = other
        x0, x1 = x0 - left, x1 - left
        if foot != run.foot:
            if not char_origin(page, at, self.room_for_x, self.room_for_y):
                return None
            y, size = self.high - self.origin[1], run.style.size
            run.foot, run.top, run.bottom = foot, y - _ASCENT * size, y + _DESCENT * size
        return (x0, run.top, x1, run.bottom) if run.bottom - run.top + x1 - x0 < math.inf else None

    def _turned(self, first: int, last: int, at: int, run: Run) -> Box | None:
        """Return the box of a word as if its page were turned so that it reads from left to right."""
        if not char_origin(self.page, at, self.room_for_x, self.room_for_y):
            return None
        x, y = self.origin[0] - self.left, self.high - self.origin[1]
        start, end = self._sides(first), self._sides(last)
        box = (min(start[0], end[0]), min(start[1], end[1]), max(start[2], end[2]), max(start[3], end[3]))
        width, height = self.frame[2] - self.left, self.high - self.frame[1]
        x0, _, x1, _ = turned(box, run.turn, width, height)
        y = turned((x, y, x, y), run.turn, width, height)[1]
        size = run.style.size
        found = (x0, y - _ASCENT * size, x1, y + _DESCENT * size)
        return found if math.isfinite(sum(found)) else None

    def _sides(self, index: int) -> Box:
        """Return the box of a character."""
        loose_box(self.page, index, self.room_for_box)
        left, top, right, foot = four_numbers(self.sides)
        return (left - self.left, self.high - top, right - self.left, self.high - foot)


def _clean(text: str) -> str:
    """Return a word with a hyphen where PDFium marks one, and one sign for all that means nothing."""
    if text.isprintable():
        return text
    if text[-1] in _HYPHENS:
        text = f"{text[:-1]}-"
    if _PAIR.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _UNKNOWN.sub("\ufffd", text)


def turned(box: Box, turn: int, width: float, height: float) -> Box:
    """Return a box where it is once the page is turned by right angles so that text turned by `turn` is upright."""
    left, top, right, bottom = box
    if turn == 1:
        return (height - bottom, left, height - top, right)
    if turn == 2:
        return (width - right, height - bottom, width - left, height - top)
    return (top, width - right, bottom, width - left) if turn == 3 else box
