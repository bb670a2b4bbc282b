"""A text by its letters and digits: what stands together in another text, whatever signs and blanks are between."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters and digits of a text, case-folded and without ligatures and accents, and where each stands in it."""

    text: str
    places: tuple[int, ...]


@lru_cache(maxsize=8)
def letters_of(text: str, *, digits: bool = True) -> Letters:
    """Return the letters and digits of a text, or its letters alone; what was asked for just before is remembered.

    >>> letters_of("ﬁrst – né, 2nd").text
    'firstne2nd'
    """
    wanted = str.isalnum if digits else str.isalpha
    kept: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        if wanted(char):
            folded = char.lower() if char.isascii() else unicodedata.normalize("NFKD", char).casefold()
            letters = [c for c in folded if wanted(c)]
            kept.extend(letters)
            places.extend([place] * len(letters))
    return Letters("".join(kept), tuple(places))
