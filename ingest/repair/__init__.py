"""Repair of single words and marks, on text that knows where every character comes from."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from typing import NamedTuple

_WORD = re.compile(r"[^\W\d_]+(?:[-‐‑][^\W\d_]+)*")
_LAST_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*\Z")
_MARKS = "\u00ad\ufffe\x02"
"""What stands for the hyphen of a broken word in the text of some PDF programs: a soft hyphen, U+FFFE, U+0002."""
_HYPHENS = "-‐‑" + _MARKS
_JOINERS = _HYPHENS + "–—/"
_BROKEN = re.compile(rf"([^\W\d_]+)[{_HYPHENS}]$")
_LINE_ENDS = frozenset(_HYPHENS + "\n")
_SOFT = "\u00ad"
_INSIDE = re.compile(rf"(?<=[^\W\d_]){_SOFT}(?=[^\W\d_])")
"""A soft hyphen inside a line."""
_SYMBOL = re.compile(r"(?:(?<![^\W\d_])(?:[A-Z]{1,5}|[α-ωΑ-Ω])|/[a-z]{1,2})\Z")
"""A unit, a sign or a short form at the end of a line."""
_BREAK = re.compile(rf"[{_HYPHENS}](?<=[^\W\d_].)(?:(?<=[{_MARKS}])\s*|[ \t]*\n\s*)(?=[^\W\d_])")

_HYPHENATED = frozenset(["cross", "non", "quasi", "self", "semi", "well"])
"""First parts that English keeps a hyphen after, whatever follows."""
_COMPOUNDING = frozenset(
    [
        "all", "co", "cost", "decision", "early", "eight", "evidence", "face", "first", "five", "follow", "four",
        "full", "half", "hard", "health", "high", "home", "ill", "in", "large", "late", "long", "low", "mid",
        "multi", "near", "nine", "on", "one", "open", "out", "over", "part", "patient", "peer", "person", "post",
        "real", "risk", "second", "seven", "short", "single", "six", "small", "team", "ten", "third", "three",
        "time", "two", "under", "up", "year",
    ]
)  # fmt: skip
"""First parts that make compounds with a hyphen: kept where what follows is a word of the document by itself."""
_SOLID = frozenset(["co", "in", "multi", "on", "out", "over", "post", "under", "up"])
"""Of these, the ones that are written solid where the document is silent about both ways and the rest is short."""


Edit = tuple[int, int, str]
"""Text[a:b] is to become "" or one character."""


class Piece(NamedTuple):
    """A stretch of one line, `stored[start:end]`; `cut` says that text before it was left out or moved away.

    `opens` is what stands before it in a table: a line end before a row, a tab before a cell, nothing inside a cell.
    """

    start: int
    end: int
    cut: bool = False
    opens: str = "\n"


class Strand(NamedTuple):
    """A run of view text and the stored offset of each of its characters."""

    text: str
    offsets: tuple[int, ...]


@dataclass(frozen=True)
class Words:
    """The words of a document with their counts, case-folded: the evidence that repair rests on.

    They are counted when one is first asked for: a source with markup breaks next to no words.
    """

    text: str

    @classmethod
    def of(cls, text: str) -> "Words":
        """Return the words of `text`; parts of words that are broken at a line end do not count."""
        return cls(text)

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each word occurs; a word with soft hyphens is one."""
        plain = self.text.replace("‐", "-").replace("‑", "-")
        if _SOFT in plain:
            plain = _INSIDE.sub("" if self._parts_softly(plain) else "-", plain)
        counts = Counter(_WORD.findall(plain.casefold()))
        for found in _BREAK.finditer(plain):
            head = _LAST_WORD.search(plain, max(0, found.start() - 60), found.start())
            tail = _WORD.match(plain, found.end())
            counts.subtract(part.group().casefold() for part in (head, tail) if part)
        return counts

    @staticmethod
    def _parts_softly(plain: str) -> bool:
        """Say whether soft hyphens inside lines are places where a word may be parted: some programs write them for
        every hyphen. Then what they part are words, which stand alone elsewhere."""
        alone = set(_WORD.findall(_INSIDE.sub("", plain).casefold()))
        parted = re.findall(rf"([^\W\d_]+){_SOFT}([^\W\d_]+)", plain.casefold())
        return 2 * sum(a in alone and b in alone for a, b in parted) < len(parted)

    def __getitem__(self, word: str) -> int:
        """How often the word occurs."""
        return self.counts[word.casefold()]


def keeps_hyphen(first: str, second: str, words: Words) -> bool:
    """Say whether a word that is broken at a line end keeps its hyphen when it is joined.

    The document decides where it has the word elsewhere; else the first part does.

    >>> keeps_hyphen("pre", "scriber", Words.of("one prescriber"))
    False
    >>> keeps_hyphen("cross", "disciplinary", Words.of("nothing of the kind"))
    True
    """
    joined, hyphenated = words[first + second], words[f"{first}-{second}"]
    if joined != hyphenated:
        return hyphenated > joined
    head = first.casefold()
    if "-" in second or second[0].isupper() or (first.isupper() and len(first) > 1):
        return True
    if head in _HYPHENATED:
        return len(second) > 2
    if head in _COMPOUNDING:
        return words[second] > (2 if head in _SOLID else 0)
    return min(len(first), len(second)) > 3 and words[first] > 1 and words[second] > 1


def join(stored: str, pieces: Sequence[Piece], words: Words) -> tuple[Strand, list[int]]:
    """Return the pieces of one paragraph as one run, and where in it stored text was left out.

    Words that are broken at a line end are joined, other line breaks become blanks.
    """
    parts: list[str] = []
    offsets: list[int] = []
    cuts: list[int] = []
    for number, piece in enumerate(pieces):
        a, b = piece.start, piece.end
        if number:
            before = pieces[number - 1].end
            tail = _tail(parts[-1]) if parts else ""
            head = _head(stored, a, b) if tail else ""
            if tail and head:
                if not keeps_hyphen(tail, head, words):
                    parts[-1] = parts[-1][:-1]
                    offsets.pop()
            elif not (_holds_together(stored, before, a) or _is_raised(stored, pieces, number)):
                parts.append(" ")
                offsets.append(before)
            if piece.cut:
                cuts.append(len(offsets))
        parts.append(stored[a:b])
        offsets.extend(range(a, b))
    strand = Strand("".join(parts), tuple(offsets))
    edits = _hidden(strand.text, words)
    shift = shifts(edits)
    return edit(strand, edits), [shift(cut) for cut in cuts]


def _hidden(text: str, words: Words) -> list[Edit]:
    """Return what becomes of marks for a broken word that stand inside a line: gone, or a hyphen."""
    if not any(mark in text for mark in _MARKS):
        return []
    edits: list[Edit] = []
    for found in re.finditer(rf"[{_MARKS}]", text):
        tail, head = _tail(text[max(0, found.start() - 60) : found.end()]), _WORD.match(text, found.end())
        if tail and head:
            edits.append((found.start(), found.end(), "-" if keeps_hyphen(tail, head.group(), words) else ""))
        else:
            edits.append((found.start(), found.end(), "" if found.group() == "\u00ad" else "-"))
    return edits


def stack(stored: str, pieces: Sequence[Piece], words: Words) -> tuple[Strand, list[int]]:
    """Return the pieces of a table as rows below each other, tabs between their cells, and where stored text was left
    out; the lines of a cell are joined as those of a paragraph are."""
    parts: list[str] = []
    offsets: list[int] = []
    cuts: list[int] = []
    for first, last in pairwise([*(n for n, piece in enumerate(pieces) if piece.opens or not n), len(pieces)]):
        piece = pieces[first]
        if first:
            parts.append(piece.opens)
            offsets.append(min(pieces[first - 1].end, piece.start - 1))
            if piece.cut:
                cuts.append(len(offsets))
        if last - first == 1:
            parts.append(stored[piece.start : piece.end])
            offsets.extend(range(piece.start, piece.end))
            continue
        cell, inside = join(stored, pieces[first:last], words)
        cuts.extend(len(offsets) + cut for cut in inside)
        parts.append(cell.text)
        offsets.extend(cell.offsets)
    return Strand("".join(parts), tuple(offsets)), cuts


def _holds_together(stored: str, before: int, start: int) -> bool:
    """Say whether no blank belongs between two lines: "12-" and "month", "20–" and "60", or a lone full stop."""
    if stored[start] in ".,;:)]”" and not stored.startswith("..", start):
        return True
    return stored[before - 1] in _JOINERS and stored[start].isalnum() and stored[before - 2 : before - 1].isalnum()


def _is_raised(stored: str, pieces: Sequence[Piece], number: int) -> bool:
    """Say whether a line inside a paragraph holds but a number that stood raised behind a sign: "kg/m" and "2"."""
    a, b = pieces[number].start, pieces[number].end
    if b - a > 2 or not stored[a:b].isdigit() or number + 1 == len(pieces):
        return False
    return _SYMBOL.search(stored, pieces[number - 1].start, pieces[number - 1].end) is not None


def _tail(text: str) -> str:
    """Return the letters before a hyphen at the end of a line."""
    found = _BROKEN.search(text[-60:]) if text[-1:] in _LINE_ENDS else None
    return found.group(1) if found else ""


def _head(stored: str, a: int, b: int) -> str:
    found = _WORD.match(stored, a, min(b, a + 60))
    return found.group() if found else ""


def edit(strand: Strand, edits: Sequence[Edit]) -> Strand:
    """Return the strand with every text[a:b] replaced; the edits are in order and apart."""
    if not edits:
        return strand
    parts: list[str] = []
    offsets: list[int] = []
    at = 0
    for a, b, new in edits:
        parts.append(strand.text[at:a])
        offsets.extend(strand.offsets[at:a])
        if new:
            parts.append(new)
            offsets.append(strand.offsets[a] if a < b else strand.offsets[a - 1])
        at = b
    parts.append(strand.text[at:])
    offsets.extend(strand.offsets[at:])
    return Strand("".join(parts), tuple(offsets))


def shifts(edits: Sequence[Edit]) -> Callable[[int], int]:
    """Return the function that tells where a position of the strand lies once `edits` are made.

    >>> shift = shifts([(0, 2, ""), (5, 6, "--")])
    >>> shift(3), shift(8)
    (1, 7)
    """
    starts = [a for a, _, _ in edits]
    sums = [0, *accumulate(len(new) - (b - a) for a, b, new in edits)]

    def shift(at: int) -> int:
        count = bisect_right(starts, at)
        if not count:
            return at
        a, b, new = edits[count - 1]
        return at + sums[count - 1] + len(new) - (min(b, at) - a)

    return shift
