"""Repair of single words and marks, on text that knows where every character comes from."""

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass

_WORD = re.compile(r"[^\W\d_]+(?:[-‐‑][^\W\d_]+)*")
_HYPHENS = "-‐‑\u00ad\ufffe\x02"
_BREAK = re.compile(rf"([^\W\d_]+)([{_HYPHENS}])[ \t]*\n\s*([^\W\d_]+(?:[-‐‑][^\W\d_]+)*)")

_PREFIXES = frozenset(
    [
        "all",
        "anti",
        "co",
        "cross",
        "ex",
        "half",
        "high",
        "inter",
        "intra",
        "long",
        "low",
        "multi",
        "non",
        "one",
        "post",
        "pre",
        "quasi",
        "re",
        "self",
        "semi",
        "short",
        "sub",
        "two",
        "under",
        "well",
        "three",
        "four",
        "five",
        "six",
        "part",
        "full",
        "face",
    ]
)
"""First parts that English keeps a hyphen after often enough to trust them where the document is silent."""
_SOLID = frozenset(["co", "inter", "intra", "multi", "pre", "re", "sub", "under", "anti", "non", "post"])
"""Of these, the ones that are as often written solid: the hyphen goes unless the document has it elsewhere."""


@dataclass(frozen=True, slots=True)
class Strand:
    """A run of view text and the stored offset of each of its characters."""

    text: str
    offsets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a document with their counts, case-folded: the evidence that repair rests on."""

    counts: Counter[str]

    @classmethod
    def of(cls, text: str) -> "Words":
        """Count the words of `text`; parts of words that are broken at a line end do not count."""
        whole = _BREAK.sub(" ", text)
        return cls(Counter(word.casefold().replace("‐", "-").replace("‑", "-") for word in _WORD.findall(whole)))

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
    return (head in _PREFIXES and head not in _SOLID) or second[0].isupper() or first.isupper()


def join(stored: str, ranges: list[tuple[int, int]], words: Words) -> Strand:
    """Return the lines `stored[a:b]` of one paragraph as one run: broken words joined, line breaks made blanks."""
    parts: list[str] = []
    offsets: list[int] = []
    for number, (a, b) in enumerate(ranges):
        if number:
            before = ranges[number - 1][1]
            tail = _tail(parts)
            head = _head(stored, a, b)
            if tail and head and stored[before - 1] in _HYPHENS:
                if not keeps_hyphen(tail, head, words):
                    parts[-1] = parts[-1][:-1]
                    offsets.pop()
            elif not (stored[before - 1] in "–—/" and head):
                parts.append(" ")
                offsets.append(before)
        parts.append(stored[a:b])
        offsets.extend(range(a, b))
    return Strand("".join(parts), tuple(offsets))


def _tail(parts: list[str]) -> str:
    found = re.search(rf"([^\W\d_]+)[{_HYPHENS}]$", parts[-1][-60:]) if parts else None
    return found.group(1) if found else ""


def _head(stored: str, a: int, b: int) -> str:
    found = _WORD.match(stored, a, min(b, a + 60))
    return found.group() if found else ""


def edit(strand: Strand, edits: list[tuple[int, int, str]]) -> Strand:
    """Return the strand with every text[a:b] replaced by "" or one blank; the edits are in order and apart."""
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


def shifted(at: int, edits: list[tuple[int, int, str]]) -> int:
    """Return where position `at` of the strand lies once `edits` are made."""
    count = bisect_right(edits, at, key=lambda e: e[0])
    return at + sum(len(new) - (min(b, at) - a) for a, b, new in edits[:count])
