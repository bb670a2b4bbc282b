"""Patterns that are looked for only where the words stand that they cannot do without.

Most patterns match few sentences, and a search that finds nothing is what a pattern takes longest for. Every pattern
has words or parts of words of which a match must hold one ("may help" cannot match where neither "may" nor "might"
stands, nor where "help" does not). The words of a text are looked up once for all patterns; what a pattern asks is then
whether two sets meet. The parts are read off the parsed pattern, as in the prefilters of A. Cox, "Regular Expression
Matching with a Trigram Index" (2012), so that a changed pattern needs no change here.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, reduce
from itertools import product
from operator import or_
from re import _casefix, _parser  # type: ignore[attr-defined] # the standard library's parser has no public name
from re import _constants as _op  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from ingest.extract.firsts import compiled
from ingest.extract.wording import word_set

_MOST_JOINED = 32
"""Strings that come of joining alternatives with alternatives; beyond it either side is enough."""
_MOST_BEFORE = 4
"""Strings that are written before each alternative of a group."""
_MOST_CHARACTERS = 4
"""Characters of a class that are taken one by one."""
_LONGEST = 4000
"""Characters of a text beyond which its words tell little: a pattern is then looked for at once."""
_LONGEST_SIGN = 12
"""Characters of a sign; of a longer word these tell enough."""
_COMMON = word_set("a an and are as at be by for in is it of on or that the they this to was were with")
"""Words that most sentences hold, so that they tell next to nothing."""
_GROUPS = (_op.BRANCH, _op.SUBPATTERN)
_EMPTY = frozenset([""])
_DIGITS = frozenset("0123456789")
_OTHER_DIGIT = re.compile(r"[^\D0-9]")
_TOKEN = re.compile(r"\w+|[^\w\s]")
"""A word, or a mark that belongs to none."""
_SIGN = re.compile(r" ?\w+ ?|[^\w\s]")
"""A token of a string in which a blank stands for the edge of a word."""
_PIECE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", re.DOTALL)
"""A character, an escape or a class of a pattern's source."""
_MOST_RUNS = 65536
"""Runs of letters and marks that are kept."""


class _Told(NamedTuple):
    """What is known of a part of a pattern: all that it matches, if that is little, and sets of strings; any match
    holds one string of each set. A blank in a string is the edge of a word. `keeps_edge` says that where the part
    begins at such an edge, it ends at one."""

    exact: frozenset[str] | None
    held: tuple[frozenset[str], ...]
    keeps_edge: bool = False


_ANYTHING = _Told(None, ())
_EDGE = _Told(frozenset([" "]), ())
_NOTHING = _Told(_EMPTY, ())


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


@lru_cache(maxsize=4096)
def needed(source: str, flags: int = re.IGNORECASE) -> tuple[frozenset[str], ...]:
    """Return sets of signs; wherever the pattern matches, the words of the text hold one sign of each set.

    A sign is a part of a word or a mark; a blank before or after it is the edge of the word.

    >>> [sorted(signs) for signs in needed(r"\\b(?:may|might) (?:\\w+ )?help")]
    [[' may ', ' might '], [' help']]
    >>> [sorted(signs) for signs in needed(r"\\bstud(?:y|ies)\\b|\\btrials?\\b")]
    [[' studies ', ' study ', ' trial ', ' trials ']]
    >>> needed(r"\\w+|trial")
    ()
    """
    if flags & re.ASCII:
        return ()
    sets = (_signs(strings) for strings in _of_sequence(_parser.parse(source, flags), _EMPTY).held)
    return tuple(dict.fromkeys(signs for signs in sets if signs and "" not in signs))


def _signs(strings: Iterable[str]) -> frozenset[str]:
    """Return the sign of each string that tells most, without those that hold another: what holds them holds that."""
    kept: list[str] = []
    for sign in sorted(map(_telling, strings), key=lambda sign: (len(sign), sign)):
        if not any(other in sign for other in kept):
            kept.append(sign)
    return frozenset(kept)


def _telling(string: str) -> str:
    """Return the sign of a string that tells most; nothing where that is a mere letter, which any text has."""
    best = max(_SIGN.findall(string.replace(" ", "  ")), key=_weight, default="")
    if not best or not _weight(best):
        return ""
    return best if len(best) <= _LONGEST_SIGN else best[:_LONGEST_SIGN]


def _weight(sign: str) -> int:
    """Return how much a sign tells: words and their parts most, then marks, then what most sentences hold."""
    bare = sign.strip()
    if not bare[0].isalpha():
        return 4
    if len(bare) == 1:
        return 3 if len(sign) == 3 else 0
    return 2 if bare in _COMMON else 4 + len(sign)


def _worth(strings: frozenset[str]) -> tuple[int, int]:
    """Return how well strings tell: by the one that tells least, then by how few they are."""
    signs = [_telling(string) for string in strings]
    return min(min(9, _weight(sign)) if sign else 0 for sign in signs), -len(signs)


def _of_sequence(parts: Iterable[tuple[Any, Any]], before: frozenset[str]) -> _Told:
    """Return what is known of parts that stand behind strings: `exact` and the first of `held` begin with these."""
    run, exact = before, True
    held: list[frozenset[str]] = []
    for code, value in parts:
        if code in _GROUPS:
            if len(run) > _MOST_BEFORE:
                held.append(run)
                run, exact = _edge_of(run), False
            told = _of(code, value, run)
            if told.exact is not None:
                run = told.exact
                continue
        else:
            told = _of(code, value, _EMPTY)
            if told.exact is not None:
                if len(run) > 1 and len(run) * len(told.exact) > max(_MOST_JOINED, len(run)):
                    held.append(run)
                    run, exact = _edge_of(run), False
                run = frozenset(a + b for a, b in product(run, told.exact))
                continue
        exact = False
        held.extend((run, *told.held))
        run = _edge_of(run) if told.keeps_edge else _EMPTY
    held.append(run)
    return _Told(run if exact else None, tuple(held), _edge_of(run) != _EMPTY)


def _edge_of(strings: frozenset[str]) -> frozenset[str]:
    """Return what of strings is kept for what stands behind them: whether a word may begin there only."""
    return frozenset([" "]) if all(string.endswith(" ") for string in strings) else _EMPTY


def _of(code: Any, value: Any, before: frozenset[str]) -> _Told:  # noqa: ANN401 - the parser has no types
    if code is _op.LITERAL:
        return _of_characters([value])
    if code is _op.IN:
        return _of_class(value)
    if code is _op.BRANCH:
        return _of_branches([_of_sequence(branch, before) for branch in value[1]])
    if code is _op.SUBPATTERN:
        return _of_branches([_of_sequence(value[3], before)])
    if code is _op.ATOMIC_GROUP:
        return _of_sequence(value, _EMPTY)
    if code in (_op.MAX_REPEAT, _op.MIN_REPEAT, _op.POSSESSIVE_REPEAT):
        return _of_repeat(*value)
    if code is _op.AT and value is not _op.AT_NON_BOUNDARY:
        return _EDGE
    if code in (_op.ASSERT, _op.ASSERT_NOT):
        return _NOTHING
    return _ANYTHING


def _of_characters(codes: Sequence[int]) -> _Told:
    exact: set[str] = set()
    for code in codes:
        small = chr(code).lower()
        if len(small) > 1:
            return _ANYTHING
        exact.add(" " if small.isspace() else small)
        if not small.isascii():
            exact.update(map(chr, _casefix._EXTRA_CASES.get(ord(small), ())))
    return _Told(frozenset(exact), (frozenset(exact),))


def _of_class(members: Sequence[tuple[Any, Any]]) -> _Told:
    if list(members) in ([(_op.CATEGORY, _op.CATEGORY_DIGIT)], [(_op.RANGE, (ord("0"), ord("9")))]):
        return _Told(None, (_DIGITS,))
    if list(members) == [(_op.CATEGORY, _op.CATEGORY_SPACE)]:
        return _EDGE
    if len(members) > _MOST_CHARACTERS or any(code is not _op.LITERAL for code, _ in members):
        return _ANYTHING
    return _of_characters([value for _, value in members])


def _of_branches(branches: Sequence[_Told]) -> _Told:
    exact = [branch.exact for branch in branches if branch.exact is not None]
    if len(exact) == len(branches):
        whole = frozenset[str]().union(*exact)
        return _Told(whole, (whole,))
    if len(branches) == 1:
        return branches[0]
    held = frozenset[str]().union(*(max(branch.held, key=_worth) for branch in branches))
    return _Told(None, (held,), all(branch.keeps_edge for branch in branches))


def _of_repeat(least: int, most: int, part: Any) -> _Told:  # noqa: ANN401
    told = _of_sequence(part, _EMPTY)
    if told.exact == _EDGE.exact:
        return _EDGE if least else _Told(_EMPTY | {" "}, ())
    if least == 0:
        if most == 1 and told.exact is not None:
            return _Told(told.exact | _EMPTY, ())
        return _Told(None, (), told.keeps_edge)
    return told if least == most == 1 else _Told(None, told.held, told.keeps_edge)


_asked: dict[frozenset[str], int] = {}
"""The sets of signs that any pattern needs, each with a bit of its own."""
_telling_of: dict[str, int] = {}
"""The bits of the sets that a sign is in."""


class _Runs(dict[str, int]):
    """The bits of the sets of which a run of small letters and marks without a blank holds a sign, found when asked for
    first; those of the words in it are kept too."""

    def __missing__(self, run: str) -> int:
        if len(self) >= _MOST_RUNS:
            self.clear()
        words = _TOKEN.findall(folded(run))
        held = _of_word(run) if words == [run] else reduce(or_, map(self.__getitem__, words), 0)
        self[run] = held
        return held


def _of_word(word: str) -> int:
    spelt = f" {word} "
    size = len(spelt)
    parts = {spelt[at:end] for at in range(size) for end in range(at + 1, min(size, at + _LONGEST_SIGN) + 1)}
    return reduce(or_, [_telling_of[sign] for sign in parts & _telling_of.keys()], 0)


_runs = _Runs()
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
    """A pattern that is looked for only in text that holds what it needs; it finds what `compiled` finds.

    The methods are those of `re.Pattern`.

    >>> costs = Pattern(r"costs? (?:too )?much")
    >>> costs.search("It costs too much") is not None, costs.search("It is too much")
    (True, None)
    """

    __slots__ = ("_needs", "compiled", "source")

    def __init__(self, source: str, flags: int = 0) -> None:
        """Take the source of a pattern and its flags, as `re.compile` does."""
        self.source = source
        self.compiled = compiled(source, flags)
        self._needs = _mask(source, flags)

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
    """Patterns, to tell which of them a text may match; their sources are compiled by whoever needs them."""

    def __init__(self, patterns: Iterable[tuple[str, int]]) -> None:
        """Take the sources of patterns with their flags; each is filed under the set that tells most of those it
        needs, so that a text asks only for the patterns under the sets that it holds."""
        self._free: list[int] = []
        self._filed: dict[int, list[tuple[int, int]]] = {}
        for number, (source, flags) in enumerate(patterns):
            needs = _mask(source, flags)
            if needs:
                telling = _asked[max(needed(source, flags), key=_worth)]
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
        self._patterns = tuple(compiled(source, flags) for source in self.sources)

    def stand_in(self, text: str) -> bool:
        """Say whether a text holds one of them."""
        for number in self._screen.passing(text):  # noqa: SIM110 - asked for every statement
            if self._patterns[number].search(text):
                return True
        return False


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
