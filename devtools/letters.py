"""Texts compared by their letters: what stands together in another text, whatever signs and blanks are between."""

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters of a text, case-folded and without ligatures and accents, and where each stands in it."""

    text: str
    places: list[int]

    @classmethod
    def of(cls, text: str) -> "Letters":
        """Return the letters of a text.

        >>> Letters.of("ﬁrst – né").text
        'firstne'
        """
        letters: list[str] = []
        places: list[int] = []
        for at, sign in enumerate(text):
            plain = [sign] if sign.isascii() else unicodedata.normalize("NFKD", sign)
            for letter in plain:
                if letter.isalpha():
                    folded = letter.casefold()
                    letters.append(folded)
                    places.extend([at] * len(folded))
        return cls("".join(letters), places)


def share(letters: str, text: str) -> float:
    """Return which share of letters stands together in a text, from their beginning or to their end."""
    if letters in text:
        return 1.0
    return max(longest(letters, text, from_start=True), longest(letters, text, from_start=False)) / len(letters)


def longest(letters: str, text: str, *, from_start: bool) -> int:
    """Return how many letters of the beginning, or end, stand together in a text."""
    low, high = 0, len(letters)
    while low < high:
        middle = (low + high + 1) // 2
        part = letters[:middle] if from_start else letters[-middle:]
        low, high = (middle, high) if part in text else (low, middle - 1)
    return low
