"""Answers that are kept: what words and runs of text are made of, worked out when first asked for."""

from collections.abc import Callable
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")
_MOST = 65536
"""Answers that are kept by default: papers share most of their words."""


class Memo(dict[K, V]):
    """What `find` gives for a key, kept; asked like a dictionary, which is the fastest way to ask for many at once.

    >>> lengths = Memo(len)
    >>> list(map(lengths.__getitem__, ("a", "word", "a"))), sorted(lengths)
    ([1, 4, 1], ['a', 'word'])
    """

    __slots__ = ("_find", "_most")

    def __init__(self, find: Callable[[K], V], most: int = _MOST) -> None:
        """Keep no more than the `most` answers; beyond, begin anew."""
        super().__init__()
        self._find, self._most = find, most

    def __missing__(self, key: K) -> V:
        """Find what was not asked for yet."""
        found = self._find(key)
        if len(self) >= self._most:
            self.clear()
        self[key] = found
        return found
