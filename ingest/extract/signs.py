"""The words and marks that a text must hold where a pattern matches, read off the parsed pattern.

Every pattern has words or parts of words of which a match must hold one ("may help" cannot match where neither "may"
nor "might" stands, nor where "help" does not), as in the prefilters of A. Cox, "Regular Expression Matching with a
Trigram Index" (2012).
"""

import re
from collections.abc import Iterable, Sequence
from itertools import product
from re import _casefix  # type: ignore[attr-defined] # the standard library's parser has no public name
from re import _constants as _op  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from ingest.extract.wording import word_set

_MOST_JOINED = 32
"""Strings that come of joining alternatives with alternatives; beyond it either side is enough."""
_MOST_BEFORE = 4
"""Strings that are written before each alternative of a group."""
_MOST_CHARACTERS = 4
"""Characters of a class that are taken one by one."""
LONGEST_SIGN = 12
"""Characters of a sign; of a longer word these tell enough."""
_COMMON = word_set("a an and are as at be by for in is it of on or that the they this to was were with")
"""Words that most sentences hold, so that they tell next to nothing."""
_GROUPS = (_op.BRANCH, _op.SUBPATTERN)
_EMPTY = frozenset([""])
_DIGITS = frozenset("0123456789")
_SIGN = re.compile(r" ?\w+ ?|[^\w\s]")
"""A token of a string in which a blank stands for the edge of a word."""


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


def signs_of(parsed: Any, flags: int) -> tuple[frozenset[str], ...]:  # noqa: ANN401 - the parser has no types
    """Return sets of signs; wherever the pattern matches, the words of the text hold one sign of each set. The set that
    tells most comes first.

    A sign is a part of a word or a mark; a blank before or after it is the edge of the word.
    """
    if flags & re.ASCII:
        return ()
    sets = (_signs(strings) for strings in _of_sequence(parsed, _EMPTY).held)
    told = dict.fromkeys(signs for signs in sets if signs and "" not in signs)
    return tuple(sorted(told, key=_worth, reverse=True))


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
    return best if len(best) <= LONGEST_SIGN else best[:LONGEST_SIGN]


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
