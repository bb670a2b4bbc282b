"""The words of a text, column by column: where they stand, how they are spelt, and how they compare."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import accumulate, chain
from typing import NamedTuple, overload

from ingest.extract.memo import Memo

_TOKEN = re.compile(r"((?:[A-Za-z]+[^\W\d_]*|[^\W\d_]+)(?:['’][^\W\d_]+)?|\d+)")
"""A word or a number; letters of English first, which are told fastest."""
_JOINTS = {"-": "-", "‐": "-", "‑": "-", "/": "/", " ": " ", "! ": " "}
APART = "|"


class Token(NamedTuple):
    """A word of the view. `key` is its form for comparison; `joint` is what stands before it: "-", "/", " " or "|",
    the last for anything that parts phrases."""

    start: int
    end: int
    text: str
    key: str
    joint: str


_token: Callable[[tuple[int, int, str, str, str]], Token] = partial(tuple.__new__, Token)


class Tokens(Sequence[Token]):
    """The words of text[start:end] in order, with a column for each field of a token.

    A paper has ten thousand words and a few hundred that matter: whoever looks for some goes through a column.

    >>> tokens = Tokens("The nurse’s mid-level role")
    >>> tokens.keys, tokens.joints
    (['the', 'nurse', 'mid', 'level', 'role'], ['|', ' ', ' ', '-', ' '])
    >>> tokens[1].text, tokens[1].start
    ('nurse’s', 4)
    """

    __slots__ = ("ends", "joints", "keys", "starts", "texts")

    def __init__(self, text: str, start: int = 0, end: int | None = None) -> None:
        """Find the words of text[start:end]."""
        parts = _TOKEN.split(text[start:end])
        places = list(accumulate(map(len, parts), initial=start))
        self.texts: list[str] = parts[1::2]
        self.starts: list[int] = places[1:-1:2]
        self.ends: list[int] = places[2::2]
        self.keys: list[str] = list(map(key_of, self.texts))
        self.joints: list[str] = list(map(_joint, parts[:-1:2]))
        self.joints[:1] = [APART] * len(self.joints[:1])

    def __len__(self) -> int:
        """Return how many words there are."""
        return len(self.keys)

    @overload
    def __getitem__(self, at: int) -> Token: ...

    @overload
    def __getitem__(self, at: slice) -> list[Token]: ...

    def __getitem__(self, at: int | slice) -> Token | list[Token]:
        """Return one token, or those of a slice."""
        if isinstance(at, slice):
            columns = (self.starts[at], self.ends[at], self.texts[at], self.keys[at], self.joints[at])
            return list(map(_token, zip(*columns, strict=True)))
        return _token((self.starts[at], self.ends[at], self.texts[at], self.keys[at], self.joints[at]))

    def __iter__(self) -> Iterator[Token]:
        """Yield the tokens."""
        return map(_token, zip(self.starts, self.ends, self.texts, self.keys, self.joints, strict=True))


@lru_cache(maxsize=1024)
def block_tokens(text: str, start: int, end: int) -> Tokens:
    """Return the words of a block of a paper; several stages ask for them."""
    return Tokens(text, start, end)


def keys_in(text: str) -> list[str]:
    """Return the words of a text as they compare, where nobody asks for their places.

    >>> keys_in("The nurse’s mid-level role")
    ['the', 'nurse', 'mid', 'level', 'role']
    """
    return list(chain.from_iterable(map(_keys_of_run, text.split())))


@lru_cache(maxsize=4096)
def _joint(between: str) -> str:
    return _JOINTS.get(between.strip("'’") if between.strip() else between[:1], APART)


@lru_cache(maxsize=65536)
def key_of(word: str) -> str:
    """Return a word for comparison: case folded, without the ending of the possessive.

    >>> key_of("Nurse’s"), key_of("nurses'")
    ('nurse', 'nurses')
    """
    key = word.casefold().replace("’", "'")
    return key.removesuffix("'s").removesuffix("'") if "'" in key else key


_keys_of_run = Memo[str, list[str]](lambda run: list(map(key_of, _TOKEN.findall(run)))).__getitem__
"""The keys of the words in a run of text without a blank."""
