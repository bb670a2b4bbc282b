"""The orders in which hits are kept: by the length of their words, or by their score alone.

Hits are marked by class in each order, as they are by the values of facets, so that the first of some hits can be found
without going through all that come before them: where a class begins, the index of the order is entered.
"""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from math import inf

_LENGTHS = tuple(2 ** (step / 4) for step in range(80))
_SCORES = tuple(step / 50 for step in range(1, 51))


@dataclass(frozen=True, slots=True)
class Order:
    """An order of hits: its mark, the columns that it sorts by, and the condition that a row lies in a class or in one
    after it, with its parameter by class. Classes are text, in their own order."""

    mark: str
    columns: str
    condition: str
    bound: Callable[[str], float]


def length_class(length: int) -> str:
    """Return the class of a length, four for each doubling.

    >>> [length_class(length) for length in (0, 9, 11, 1000)]
    ['00', '13', '14', '40']
    """
    return f"{bisect_right(_LENGTHS, length):02}"


def score_class(score: float | None) -> str:
    """Return the class of a score, the highest first; no score is as 0.

    >>> [score_class(score) for score in (1.0, 0.99, 0.5, None, -1.0)]
    ['00', '01', '25', '50', '50']
    """
    return f"{len(_SCORES) - bisect_right(_SCORES, score or 0.0):02}"


def _shortest_of(value: str) -> float:
    return _LENGTHS[int(value) - 1] if int(value) else 0.0


def _above(value: str) -> float:
    return _SCORES[-int(value)] if int(value) else inf


BY_LENGTH = Order("length", "length, COALESCE(score, 0.0) DESC, iri", "length >= ?", _shortest_of)
"""The shortest first."""
BY_SCORE = Order("score", "COALESCE(score, 0.0) DESC, iri", "COALESCE(score, 0.0) < ?", _above)
"""The highest score first."""
