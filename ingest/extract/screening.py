"""Which of many patterns may match a text at all, told from the letters that each of them cannot do without.

Most patterns match few sentences, and a search that finds nothing is what a pattern takes longest for. Every pattern
has strings of which a match must hold one ("may help" cannot match where neither "may" nor "might" stands); to look
these up takes a small part of the time. The strings are read off the parsed pattern, as in the prefilters of
A. Cox, "Regular Expression Matching with a Trigram Index" (2012), so that a changed pattern needs no change here.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import product
from re import _constants as _op  # type: ignore[attr-defined] # the parser of the standard library has no public name
from re import _parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

_GRAM = 3
"""Letters of a string by which it is looked up; a pattern with a shorter one is always searched for."""
_MOST_JOINED = 16
"""Strings that come of joining alternatives with alternatives; beyond it either side is enough."""
_MOST_CHARACTERS = 4
"""Characters of a class that are taken one by one."""
_EMPTY = frozenset([""])


class _Told(NamedTuple):
    """What is known of a part of a pattern: all that it matches, if that is little, and strings of which any match
    holds one (the empty string: nothing is known)."""

    exact: frozenset[str] | None
    held: frozenset[str]


_ANYTHING = _Told(None, _EMPTY)


def folded(text: str) -> str:
    """Return a text as `needed` compares: in small letters, and what case-blind patterns take for ASCII as ASCII.

    >>> folded("Many said İt waſ FINE")
    'many said it was fine'
    """
    small = text.lower()
    return small if small.isascii() else small.replace("i̇", "i").replace("ı", "i").replace("ſ", "s")


@lru_cache(maxsize=4096)
def needed(source: str, flags: int = re.IGNORECASE) -> frozenset[str]:
    """Return strings of which `folded` text holds one wherever the pattern matches; none where nothing can be told.

    >>> sorted(needed(r"\\b(?:may|might) (?:\\w+ )?help"))
    ['help']
    >>> sorted(needed(r"\\bstud(?:y|ies)\\b|\\btrials?\\b"))
    ['studies', 'study', 'trial']
    >>> needed(r"\\w+|trial")
    frozenset()
    """
    held = _least(_of_sequence(_parser.parse(source, flags)).held)
    return held if min(map(len, held)) >= _GRAM else frozenset()


def _least(strings: Iterable[str]) -> frozenset[str]:
    """Leave out the strings that hold another one: what holds them holds that."""
    kept: list[str] = []
    for one in sorted(strings, key=lambda string: (len(string), string)):
        if not any(other in one for other in kept):
            kept.append(one)
    return frozenset(kept)


def _of_sequence(parts: Iterable[tuple[Any, Any]]) -> _Told:
    run, exact = _EMPTY, True
    runs: list[frozenset[str]] = []
    for code, value in parts:
        told = _of(code, value)
        if told.exact is not None and (
            min(len(run), len(told.exact)) == 1 or len(run) * len(told.exact) <= _MOST_JOINED
        ):
            run = frozenset(a + b for a, b in product(run, told.exact))
            continue
        exact = False
        runs.append(run)
        run = _EMPTY if told.exact is None else told.exact
        if told.exact is None:
            runs.append(told.held)
    runs.append(run)
    return _Told(run if exact else None, max(runs, key=_worth))


def _worth(held: frozenset[str]) -> tuple[int, int]:
    """Return how well strings tell: by the shortest, as long as it is short, then by how few they are."""
    return min(4, min(map(len, held))), -len(held)


def _of(code: Any, value: Any) -> _Told:  # noqa: ANN401 - the parser has no types
    if code is _op.LITERAL:
        return _of_characters([value])
    if code is _op.IN:
        return _of_class(value)
    if code is _op.BRANCH:
        return _of_branches([_of_sequence(branch) for branch in value[1]])
    if code is _op.SUBPATTERN:
        return _of_sequence(value[3])
    if code is _op.ATOMIC_GROUP:
        return _of_sequence(value)
    if code in (_op.MAX_REPEAT, _op.MIN_REPEAT, _op.POSSESSIVE_REPEAT):
        return _of_repeat(*value)
    if code in (_op.AT, _op.ASSERT, _op.ASSERT_NOT):
        return _Told(_EMPTY, _EMPTY)
    return _ANYTHING


def _of_characters(codes: Sequence[int]) -> _Told:
    characters = [chr(code) for code in codes]
    if not all(one.isascii() or one.lower() == one == one.upper() for one in characters):
        return _ANYTHING
    exact = frozenset(one.lower() for one in characters)
    return _Told(exact, exact)


def _of_class(members: Sequence[tuple[Any, Any]]) -> _Told:
    if len(members) > _MOST_CHARACTERS or any(code is not _op.LITERAL for code, _ in members):
        return _ANYTHING
    return _of_characters([value for _, value in members])


def _of_branches(branches: Sequence[_Told]) -> _Told:
    held = frozenset[str]().union(*(branch.held for branch in branches))
    exact = [branch.exact for branch in branches if branch.exact is not None]
    whole = frozenset[str]().union(*exact) if len(exact) == len(branches) else None
    return _Told(whole, held)


def _of_repeat(least: int, most: int, part: Any) -> _Told:  # noqa: ANN401
    told = _of_sequence(part)
    if least == 0:
        return _Told(told.exact | _EMPTY, _EMPTY) if most == 1 and told.exact is not None else _ANYTHING
    return told if least == most == 1 else _Told(None, told.held)


class Screen:
    """Patterns, to tell which of them a text may match."""

    def __init__(self, patterns: Iterable[tuple[str, int]]) -> None:
        """Take the sources of patterns with their flags."""
        self._always: list[int] = []
        grams: dict[str, dict[str, list[int]]] = {}
        for number, (source, flags) in enumerate(patterns):
            strings = needed(source, flags)
            for string in strings:
                grams.setdefault(string[:_GRAM], {}).setdefault(string, []).append(number)
            if not strings:
                self._always.append(number)
        self._grams = {gram: tuple(some.items()) for gram, some in grams.items()}

    def passing(self, text: str) -> list[int]:
        """Return the numbers of the patterns that may match `text`, in order; the others do not.

        >>> Screen([("costs?", 0), ("fund|financ", 0), (r"\\\\d", 0)]).passing("Who finances it")
        [1, 2]
        """
        small = folded(text)
        found = set(self._always)
        for gram in self._grams.keys() & {small[at : at + _GRAM] for at in range(len(small) - _GRAM + 1)}:
            for string, numbers in self._grams[gram]:
                if string in small:
                    found.update(numbers)
        return sorted(found)
