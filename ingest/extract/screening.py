"""Patterns that are looked for only where the words stand that they cannot do without.

Most patterns match few sentences, and a search that finds nothing is what a pattern takes longest for. Every pattern
has strings of which a match must hold one ("may help" cannot match where neither "may" nor "might" stands, nor where
"help" does not). The words of a text are looked up once for all patterns; what a pattern asks is then whether two sets
meet. The strings are read off the parsed pattern, as in the prefilters of A. Cox, "Regular Expression Matching with a
Trigram Index" (2012), so that a changed pattern needs no change here.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import product
from re import _constants as _op  # type: ignore[attr-defined] # the parser of the standard library has no public name
from re import _parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

_MOST_JOINED = 16
"""Strings that come of joining alternatives with alternatives; beyond it either side is enough."""
_MOST_CHARACTERS = 4
"""Characters of a class that are taken one by one."""
_LONGEST = 4000
"""Characters of a text beyond which its words tell little: a pattern is then looked for at once."""
_EMPTY = frozenset([""])
_DIGITS = frozenset("0123456789")
_LONGEST_SIGN = 12
"""Characters of a string that are looked for; of a longer one these tell enough."""
_SIGN = re.compile(r"\w+|[^\w\s]")
"""A word, or a mark that belongs to none."""


class _Told(NamedTuple):
    """What is known of a part of a pattern: all that it matches, if that is little, and sets of strings; any match
    holds one string of each set."""

    exact: frozenset[str] | None
    held: tuple[frozenset[str], ...]


_ANYTHING = _Told(None, ())


def folded(text: str) -> str:
    """Return a text as `needed` compares: in small letters, and what case-blind patterns take for ASCII as ASCII.

    >>> folded("Many said İt waſ FINE, ٣ times")
    'many said it was fine, 3 times'
    """
    small = text.lower()
    if small.isascii():
        return small
    small = small.replace("i̇", "i").replace("ı", "i").replace("ſ", "s")
    return "".join(str(int(one)) if one.isdecimal() else one for one in small)


@lru_cache(maxsize=4096)
def needed(source: str, flags: int = re.IGNORECASE) -> tuple[frozenset[str], ...]:
    """Return sets of strings; wherever the pattern matches, the words of `folded` text hold one of each set.

    >>> [sorted(strings) for strings in needed(r"\\b(?:may|might) (?:\\w+ )?help")]
    [['may', 'might'], ['help']]
    >>> [sorted(strings) for strings in needed(r"\\bstud(?:y|ies)\\b|\\btrials?\\b")]
    [['studies', 'study', 'trial']]
    >>> needed(r"\\w+|trial")
    ()
    """
    told = _of_sequence(_parser.parse(source, flags))
    sets = (_least(_telling(string) for string in strings) for strings in told.held)
    return tuple(dict.fromkeys(strings for strings in sets if strings and "" not in strings))


def _telling(string: str) -> str:
    """Return the longest word in a string, or a mark; nothing where that is a single letter, which any text has."""
    best = max(_SIGN.findall(string), key=len, default="")
    return "" if len(best) == 1 and best.isalpha() else best[:_LONGEST_SIGN]


def _least(strings: Iterable[str]) -> frozenset[str]:
    """Leave out the strings that hold another one: what holds them holds that."""
    kept: list[str] = []
    for one in sorted(strings, key=lambda string: (len(string), string)):
        if not any(other in one for other in kept):
            kept.append(one)
    return frozenset(kept)


def _of_sequence(parts: Iterable[tuple[Any, Any]]) -> _Told:
    run, exact = _EMPTY, True
    held: list[frozenset[str]] = []
    for code, value in parts:
        told = _of(code, value)
        if told.exact is not None and (
            min(len(run), len(told.exact)) == 1 or len(run) * len(told.exact) <= _MOST_JOINED
        ):
            run = frozenset(a + b for a, b in product(run, told.exact))
            continue
        exact = False
        held.append(run)
        run = _EMPTY if told.exact is None else told.exact
        if told.exact is None:
            held.extend(told.held)
    held.append(run)
    return _Told(run if exact else None, tuple(held))


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
        return _Told(_EMPTY, ())
    return _ANYTHING


def _of_characters(codes: Sequence[int]) -> _Told:
    characters = [chr(code) for code in codes]
    if not all(one.isascii() or one.lower() == one == one.upper() for one in characters):
        return _ANYTHING
    exact = frozenset(one.lower() for one in characters)
    return _Told(exact, (exact,))


def _of_class(members: Sequence[tuple[Any, Any]]) -> _Told:
    if list(members) in ([(_op.CATEGORY, _op.CATEGORY_DIGIT)], [(_op.RANGE, (ord("0"), ord("9")))]):
        return _Told(None, (_DIGITS,))
    if len(members) > _MOST_CHARACTERS or any(code is not _op.LITERAL for code, _ in members):
        return _ANYTHING
    return _of_characters([value for _, value in members])


def _of_branches(branches: Sequence[_Told]) -> _Told:
    exact = [branch.exact for branch in branches if branch.exact is not None]
    if len(exact) == len(branches):
        whole = frozenset[str]().union(*exact)
        return _Told(whole, (whole,))
    if not all(branch.held for branch in branches):
        return _ANYTHING
    return _Told(None, (frozenset[str]().union(*(max(branch.held, key=_worth) for branch in branches)),))


def _of_repeat(least: int, most: int, part: Any) -> _Told:  # noqa: ANN401
    told = _of_sequence(part)
    if least == 0:
        return _Told(told.exact | _EMPTY, ()) if most == 1 and told.exact is not None else _ANYTHING
    return told if least == most == 1 else _Told(None, told.held)


_known: set[str] = set()
"""The strings that any pattern needs; it only grows, so that its size tells what it holds."""


@lru_cache(maxsize=65536)
def _of_word(word: str, _size: int) -> frozenset[str]:
    parts = {word[at:end] for at in range(len(word)) for end in range(at + 1, min(len(word), at + _LONGEST_SIGN) + 1)}
    return frozenset(parts & _known)


@lru_cache(maxsize=2048)
def _of_text(text: str, size: int) -> frozenset[str]:
    return frozenset[str]().union(*(_of_word(word, size) for word in set(_SIGN.findall(folded(text)))))


class Pattern:
    """A pattern that is looked for only in text that holds what it needs; it finds what `compiled` finds.

    The methods are those of `re.Pattern`.

    >>> costs = Pattern(r"costs? (?:too )?much")
    >>> costs.search("It costs too much") is not None, costs.search("It is too much")
    (True, None)
    """

    __slots__ = ("_needs", "compiled")

    def __init__(self, source: str, flags: int = 0) -> None:
        """Take the source of a pattern and its flags, as `re.compile` does."""
        self.compiled = re.compile(source, flags)
        self._needs = needed(source, flags)
        _known.update(*self._needs)

    def may_match(self, text: str, start: int = 0, end: int = sys.maxsize) -> bool:
        """Say whether text[start:end] holds what the pattern needs."""
        words = text[start if start > 0 else 0 : end]
        if len(words) > _LONGEST:
            return True
        held = _of_text(words, len(_known))
        for need in self._needs:  # noqa: SIM110 - the most frequent line of all
            if need.isdisjoint(held):
                return False
        return True

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Return the first match in text[start:end]."""
        return self.compiled.search(text, start, end) if self.may_match(text, start, end) else None

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Return the match that begins at `start`."""
        return self.compiled.match(text, start, end) if self.may_match(text, start, end) else None

    def fullmatch(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Return the match that is the whole of text[start:end]."""
        return self.compiled.fullmatch(text, start, end) if self.may_match(text, start, end) else None

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """Return an iterator over the matches in text[start:end]."""
        return self.compiled.finditer(text, start, end) if self.may_match(text, start, end) else iter(())

    def findall(self, text: str, start: int = 0, end: int = sys.maxsize) -> list[Any]:
        """Return what the matches in text[start:end] hold: their words, or those of their groups."""
        return self.compiled.findall(text, start, end) if self.may_match(text, start, end) else []


class Screen:
    """Patterns, to tell which of them a text may match; their sources are compiled by whoever needs them."""

    def __init__(self, patterns: Iterable[tuple[str, int]]) -> None:
        """Take the sources of patterns with their flags."""
        self._always: list[int] = []
        self._by_sign: dict[str, list[tuple[int, tuple[frozenset[str], ...]]]] = {}
        for number, (source, flags) in enumerate(patterns):
            needs = sorted(needed(source, flags), key=_worth)
            _known.update(*needs)
            for sign in needs[-1] if needs else ():
                self._by_sign.setdefault(sign, []).append((number, tuple(needs[:-1])))
            if not needs:
                self._always.append(number)

    def passing(self, text: str) -> list[int]:
        """Return the numbers of the patterns that may match `text`, in order; the others do not.

        >>> Screen([("costs?", 0), ("fund|financ", 0), (r"\\d", 0), (r"\\w", 0)]).passing("Who finances it")
        [1, 3]
        """
        held = _of_text(text, len(_known)) if len(text) <= _LONGEST else _of_text.__wrapped__(text, len(_known))
        found = set(self._always)
        for sign in self._by_sign.keys() & held:
            for number, others in self._by_sign[sign]:
                if not any(need.isdisjoint(held) for need in others):
                    found.add(number)
        return sorted(found)
