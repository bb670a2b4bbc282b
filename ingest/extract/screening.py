"""Patterns that are looked for only where the words stand that they cannot do without.

Most patterns match few sentences, and a search that finds nothing is what a pattern takes longest for. What a pattern
cannot do without is worked out beforehand (`patterns.needed`). The words of a text are looked up once for all patterns;
what a pattern asks is then whether two sets meet.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache, reduce
from operator import or_
from typing import Any

from ingest.extract.memo import Memo
from ingest.extract.patterns import compiled, needed
from ingest.extract.signs import LONGEST_SIGN

_LONGEST = 4000
"""Characters of a text beyond which its words tell little: a pattern is then looked for at once."""
_OTHER_DIGIT = re.compile(r"[^\D0-9]")
_TOKEN = re.compile(r"\w+|[^\w\s]")
"""A word, or a mark that belongs to none."""
_PIECE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", re.DOTALL)
"""A character, an escape or a class of a pattern's source."""


def folded(text: str) -> str:
    """Return a text as signs compare: in small letters, and what case-blind patterns take for ASCII as ASCII.

    >>> folded("Many said İt waſ FINE, ٣ times")
    'many said it was fine, 3 times'
    """
    small = text.lower()
    if small.isascii():
        return small
    small = small.replace("i̇", "i").replace("ı", "i").replace("ſ", "s")
    return _OTHER_DIGIT.sub(lambda digit: str(int(digit.group())), small)


_asked: dict[frozenset[str], int] = {}
"""The sets of signs that any pattern needs, each with a bit of its own."""
_telling_of: dict[str, int] = {}
"""The bits of the sets that a sign is in."""


def _find_in_run(run: str) -> int:
    words = _TOKEN.findall(folded(run))
    return _of_word(run) if words == [run] else reduce(or_, map(_of_run, words), 0)


def _of_word(word: str) -> int:
    spelt = f" {word} "
    size = len(spelt)
    parts = {spelt[at:end] for at in range(size) for end in range(at + 1, min(size, at + LONGEST_SIGN) + 1)}
    return reduce(or_, [_telling_of[sign] for sign in parts & _telling_of.keys()], 0)


_runs = Memo(_find_in_run)
"""The bits of the sets of which a run of small letters and marks without a blank, or a word of one, holds a sign."""
_of_run = _runs.__getitem__


def _mask(source: str, flags: int) -> int:
    """Return the sets that a pattern needs as bits; a new set makes void what is known of texts."""
    mask = 0
    for signs in needed(source, flags):
        if signs not in _asked:
            _asked[signs] = 1 << len(_asked)
            for sign in signs:
                _telling_of[sign] = _telling_of.get(sign, 0) | _asked[signs]
            _runs.clear()
            _of_text.cache_clear()
        mask |= _asked[signs]
    return mask


@lru_cache(maxsize=2048)
def _of_text(text: str) -> int:
    """Return the bits of the sets of which a text holds a sign."""
    return reduce(or_, map(_of_run, text.lower().split()), 0)


class Pattern:
    """A pattern that is looked for only in text that holds what it needs, and compiled when a text first does; it finds
    what `compiled` finds.

    The methods are those of `re.Pattern`.

    >>> costs = Pattern(r"costs? (?:too )?much")
    >>> costs.search("It costs too much") is not None, costs.search("It is too much")
    (True, None)
    """

    def __init__(self, source: str, flags: int = 0) -> None:
        """Take the source of a pattern and its flags, as `re.compile` does."""
        self.source, self.flags = source, flags
        self._needs = _mask(source, flags)

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The compiled pattern."""
        return compiled(self.source, self.flags)

    def may_match(self, text: str, start: int = 0, end: int = sys.maxsize) -> bool:
        """Say whether text[start:end] holds what the pattern needs."""
        needs = self._needs
        if not needs:
            return True
        words = text[start if start > 0 else 0 : end]
        return len(words) > _LONGEST or _of_text(words) & needs == needs

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
    """Patterns, to tell which of them a text may match; each is compiled when it is first asked for."""

    def __init__(self, patterns: Iterable[tuple[str, int]]) -> None:
        """Take the sources of patterns with their flags; each is filed under the set that tells most of those it
        needs, so that a text asks only for the patterns under the sets that it holds."""
        self._sources = tuple(patterns)
        self._compiled: dict[int, re.Pattern[str]] = {}
        self._free: list[int] = []
        self._filed: dict[int, list[tuple[int, int]]] = {}
        for number, (source, flags) in enumerate(self._sources):
            needs = _mask(source, flags)
            if needs:
                telling = _asked[needed(source, flags)[0]]
                self._filed.setdefault(telling, []).append((number, needs))
            else:
                self._free.append(number)
        self._keys = reduce(or_, self._filed, 0)

    def passing(self, text: str) -> list[int]:
        """Return the numbers of the patterns that may match `text`, in order; the others do not.

        >>> Screen([("costs?", 0), ("fund|financ", 0), (r"\\d", 0), (r"\\w", 0)]).passing("Who finances it")
        [1, 3]
        """
        held = _of_text(text) if len(text) <= _LONGEST else _of_text.__wrapped__(text)
        found = [*self._free]
        left = held & self._keys
        while left:
            key = left & -left
            left ^= key
            for number, needs in self._filed[key]:
                if held & needs == needs:
                    found.append(number)
        found.sort()
        return found

    def pattern(self, number: int) -> re.Pattern[str]:
        """Return the compiled pattern of a number.

        >>> Screen([("costs?", 0), ("fund", 0)]).pattern(1)
        re.compile('fund')
        """
        if number not in self._compiled:
            self._compiled[number] = compiled(*self._sources[number])
        return self._compiled[number]


class Wordings:
    """Patterns of which one is enough, each looked for only where it may stand.

    >>> dear = Wordings(["costs? (?:too )?much", "(?:very|rather) dear"])
    >>> dear.stand_in("It is rather dear"), dear.stand_in("It costs a lot")
    (True, False)
    """

    def __init__(self, sources: Iterable[str], flags: int = 0) -> None:
        """Take the sources of the patterns and their flags."""
        self.sources, self.flags = tuple(sources), flags
        self._screen = Screen((source, flags) for source in self.sources)

    def stand_in(self, text: str) -> bool:
        """Say whether a text holds one of them."""
        for number in self._screen.passing(text):  # noqa: SIM110 - asked for every statement
            if self._screen.pattern(number).search(text):
                return True
        return False

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield what each of them matches in a text, one after the other.

        >>> dear = Wordings(["dear", "costs? much"])
        >>> [found.group() for found in dear.finditer("It costs much: dear, dear")]
        ['dear', 'dear', 'costs much']
        """
        for number in self._screen.passing(text):
            yield from self._screen.pattern(number).finditer(text)


def alternatives(source: str) -> list[str]:
    """Return the sources between the bars of a pattern that stand in no group: it is found where one of them is.

    >>> alternatives(r"costs?|(?:too|very) dear|[|(]|\\|x")
    ['costs?', '(?:too|very) dear', '[|(]', '\\\\|x']
    """
    found, depth = [""], 0
    for piece in _PIECE.findall(source):
        depth += (piece == "(") - (piece == ")")
        if piece == "|" and not depth:
            found.append("")
        else:
            found[-1] += piece
    return found
