"""Words of an annotated paper found again in another copy of its text: letters and digits only, with the way back."""

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

Place = tuple[int, int]
"""Code points start..end of the stored text, end-exclusive."""

_EDGE = 30
"""Letters at either end of long words that must be found when what lies between was interrupted."""


@dataclass(frozen=True)
class Squeezed:
    """A text as its letters and digits, folded (NFKC, case); `offsets[i]` is where letter i stands in the text.

    White space, hyphens, quotation marks and punctuation are left out, so that line breaks, hyphenated words, glued
    words and other marks make no difference.

    >>> words = Squeezed.of("A co-\\nordinated  plan.")
    >>> words.letters, words.find("coordinated plan")
    ('acoordinatedplan', [(2, 21)])
    """

    letters: str
    offsets: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> "Squeezed":
        """Return the letters and digits of `text`."""
        letters: list[str] = []
        offsets: list[int] = []
        for at, character in enumerate(text):
            for letter in character.lower() if character.isascii() else _folded(character):
                if letter.isalnum():
                    letters.append(letter)
                    offsets.append(at)
        return cls("".join(letters), tuple(offsets))

    @cached_property
    def _undigited(self) -> "Squeezed":
        kept = [(letter, at) for letter, at in zip(self.letters, self.offsets, strict=True) if not letter.isdigit()]
        return Squeezed("".join(letter for letter, _ in kept), tuple(at for _, at in kept))

    def index(self, at: int) -> int:
        """Return how many letters stand before code point `at` of the text."""
        return bisect_left(self.offsets, at)

    def find(self, words: str) -> list[Place]:
        """Return every place of the text that holds `words`, in order; none where they do not occur.

        Citation numbers inside them are passed over when they do not occur otherwise; words that something interrupts
        (a running header, a table) are found by their beginning and end.
        """
        wanted = Squeezed.of(words).letters
        if not wanted:
            return []
        found = list(_all(self, wanted))
        if found:
            return found
        bare = "".join(letter for letter in wanted if not letter.isdigit())
        if len(bare) >= _EDGE:
            found = list(_all(self._undigited, bare))
        return found or list(_interrupted(self._undigited, bare))


def _folded(character: str) -> str:
    return unicodedata.normalize("NFKC", character).casefold()


def overlap(one: Place, other: Place) -> float:
    """Return the share of the shorter place that both hold.

    >>> overlap((0, 10), (5, 50))
    0.5
    """
    shared = min(one[1], other[1]) - max(one[0], other[0])
    shorter = min(one[1] - one[0], other[1] - other[0])
    return max(0, shared) / shorter if shorter > 0 else 0.0


def _all(text: Squeezed, wanted: str) -> Iterator[Place]:
    at = text.letters.find(wanted)
    while at >= 0:
        yield text.offsets[at], text.offsets[at + len(wanted) - 1] + 1
        at = text.letters.find(wanted, at + 1)


def _interrupted(text: Squeezed, wanted: str) -> Iterator[Place]:
    if len(wanted) < 2 * _EDGE:
        return
    reach = len(wanted) + len(wanted) // 2 + 400
    first = text.letters.find(wanted[:_EDGE])
    while first >= 0:
        last = text.letters.find(wanted[-_EDGE:], first + _EDGE, first + reach)
        if last >= 0:
            yield text.offsets[first], text.offsets[last + _EDGE - 1] + 1
        first = text.letters.find(wanted[:_EDGE], first + 1)
