"""Positions of a QDA project to the stored text: how its program counted, and whether the words are there.

REFI-QDA counts code points from 0 and ends before `endPosition`, over text whose line ends nobody agrees on. Programs
count a line end as two characters (CRLF), an emoji as two (UTF-16), or the byte-order mark as one. Nothing in the file
says so; but many programs name a selection by its first words, and people code whole words. So every way of counting
that could make a difference for a text is tried over all of its selections.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, product

from ingest.anchor import anchor

_BOM = "\ufeff"
_ELLIPSIS = re.compile(r"\s*(?:…|\.\.\.)$")
_NUMBER = re.compile(r"^\d+:\d+\s+")
"""The number that ATLAS.ti puts before the words of a quotation."""
_CLEARLY = 0.2
"""By how much the share of selections that begin and end at words must grow before another way of counting is taken."""
_FEWEST = 3
"""Selections without any words to compare, from which on the edges of words decide."""
_LIKE_LONG = 0.05
_SLACK = 2
_FEWEST_LETTERS = 3
"""Letters that a name has at the least to be looked for as an excerpt."""


@dataclass(frozen=True, slots=True)
class Selected:
    """A selection as the project gives it: positions and name."""

    guid: str
    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Counting:
    """A way to count characters: line ends as one or two, in code points or UTF-16 units, with a byte-order mark."""

    line_end: int = 1
    utf16: bool = False
    bom: int = 0

    def __str__(self) -> str:
        """Say what is special about it."""
        told = ["line ends as two characters"] if self.line_end == 2 else []
        told += ["UTF-16 units"] if self.utf16 else []
        told += ["the byte-order mark"] if self.bom else []
        return " and ".join(told) or "code points"


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a selection lies in the stored text, white space at its ends left out; `moved` if its words were found at
    another place than its positions say."""

    start: int
    end: int
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Placing:
    """The places of the selections of one text by GUID, why others have none, and how positions were counted."""

    places: dict[str, Placed]
    refused: dict[str, str]
    counting: Counting
    torn: int
    """How many selections begin or end inside a word: a few are a slip of the hand, many a sign of drift."""


def place(text: str, selections: Sequence[Selected], *, bom: bool = False) -> Placing:
    """Return where the selections lie in `text`, a stored text; `bom` says that its file began with such a mark.

    A selection whose name is an excerpt of it must hold these words; where it does not, they are looked for, and the
    selection is refused if the text does not have them. A name that is a title says nothing about the place.

    >>> placing = place("I: Why?\\nP: Nobody rang us back.", [Selected("a", "Nobody rang…", 12, 33)])
    >>> str(placing.counting), placing.places["a"]
    ('line ends as two characters', Placed(start=11, end=31, moved=False))
    """
    counting = _counting(text, selections, bom=bom)
    marks = _marks(text, counting)
    places: dict[str, Placed] = {}
    refused: dict[str, str] = {}
    for selection in selections:
        start, end = _converted(marks, selection)
        found = _found(text, selection, start, end)
        if isinstance(found, str):
            refused[selection.guid] = found
        else:
            places[selection.guid] = found
    torn = sum(not _whole(text, placed.start, placed.end) for placed in places.values())
    return Placing(places, refused, counting, torn)


def excerpt(name: str) -> str:
    """Return the words that the name of a selection quotes: without a number before and an ellipsis behind.

    >>> excerpt("1:12 Nobody rang us…")
    'Nobody rang us'
    """
    return _ELLIPSIS.sub("", _NUMBER.sub("", name.strip())).strip()


def _counting(text: str, selections: Sequence[Selected], *, bom: bool) -> Counting:
    astral = any(ord(char) > 0xFFFF for char in text)
    ways = product((1, 2) if "\n" in text else (1,), (False, True) if astral else (False,), (0, 1) if bom else (0,))
    known = [Counting(*way) for way in ways]
    if len(known) == 1 or not selections:
        return known[0]
    judged = []
    for counting in known:
        marks = _marks(text, counting)
        pairs = [_converted(marks, selection) for selection in selections]
        hits = sum(_holds(text, s, *pair) for s, pair in zip(selections, pairs, strict=True))
        edges = sum(_whole(text, *pair) for pair in pairs)
        judged.append((hits, edges, counting))
    plain = judged[0]
    best = max(judged, key=lambda one: one[:2])  # the first of equals: the plainest
    if best[0] > plain[0]:
        return best[2]
    clearly = best[1] - plain[1] >= _CLEARLY * len(selections)
    silent = not any(hits for hits, _, _ in judged) and len(selections) >= _FEWEST
    return best[2] if silent and clearly else plain[2]


def _marks(text: str, counting: Counting) -> list[int]:
    """Return the position of every character and of the end of the text, counted so."""
    if counting == Counting():
        return list(range(len(text) + 1))
    widths = (counting.line_end if char == "\n" else 2 if counting.utf16 and ord(char) > 0xFFFF else 1 for char in text)
    return list(accumulate(widths, initial=counting.bom))


def _converted(marks: list[int], selection: Selected) -> tuple[int, int]:
    """Return the offsets of a selection in the text; -1 where it begins before, beyond the text where it ends behind.

    A program may count a line end or two behind the last character: that is no drift.
    """
    last = len(marks) - 1
    start = bisect_left(marks, selection.start) if selection.start >= 0 else -1
    end = bisect_left(marks, selection.end)
    if end > last and selection.end - marks[last] <= _SLACK:
        end = last
    return start, end


def _found(text: str, selection: Selected, start: int, end: int) -> Placed | str:
    """Return the place of a selection, or why it has none."""
    inside = 0 <= start < end <= len(text)
    words = excerpt(selection.name)
    if inside and (not _quotes(selection, end - start) or _holds(text, selection, start, end)):
        return _trimmed(text, start, end) or "it holds nothing but white space"
    if not _quotes(selection, selection.end - selection.start):
        return f"its positions {selection.start} to {selection.end} are not in the text"
    passages = anchor(text, words)
    if not passages:
        return "the text does not hold its words"
    begin, stop = passages[0].start, passages[-1].end
    if _ELLIPSIS.search(selection.name.strip()):
        stop = max(stop, min(len(text), begin + selection.end - selection.start))
    trimmed = _trimmed(text, begin, stop)
    return Placed(trimmed.start, trimmed.end, moved=True) if trimmed else "it holds nothing but white space"


def _quotes(selection: Selected, length: int) -> bool:
    """Say whether the name of a selection is an excerpt of its words: it breaks off, or is as long as they are."""
    name = selection.name.strip()
    words = excerpt(name)
    if len(_letters(words)) < _FEWEST_LETTERS:
        return False
    broken_off = _ELLIPSIS.search(name) is not None and len(words) < length + _SLACK
    return broken_off or abs(len(words) - length) <= max(_SLACK, _LIKE_LONG * length)


def _holds(text: str, selection: Selected, start: int, end: int) -> bool:
    """Say whether the words there begin as the name of the selection does, compared by letters and digits."""
    wanted = _letters(excerpt(selection.name))
    return (
        len(wanted) >= _FEWEST_LETTERS
        and 0 <= start < end <= len(text)
        and _letters(text[start:end]).startswith(wanted)
    )


def _letters(words: str) -> str:
    return "".join(char for char in words.casefold() if char.isalnum())


def _whole(text: str, start: int, end: int) -> bool:
    """Say whether a stretch begins and ends at the edge of a word."""
    if not 0 <= start < end <= len(text):
        return False
    torn_before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    torn_behind = end < len(text) and text[end - 1].isalnum() and text[end].isalnum()
    return not (torn_before or torn_behind)


def _trimmed(text: str, start: int, end: int) -> Placed | None:
    while start < end and (text[start].isspace() or text[start] == _BOM):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Placed(start, end) if start < end else None
