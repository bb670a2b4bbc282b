"""The characters that a match of a pattern can begin with, read off the parsed pattern.

A search tries a pattern at every place of a text. Most patterns open with the edge of a word and many alternatives, all
of which are tried at each edge before the search moves on; to ask for one of the letters that any of them begins with
takes a third off. What a match begins with is read off the parsed pattern, as the first sets of a grammar are (A. V.
Aho, J. D. Ullman, "The Theory of Parsing, Translation, and Compiling", 1972, chapter 5).
"""

import re
from collections.abc import Iterable, Sequence
from re import _constants as _op  # type: ignore[attr-defined] # the standard library's parser has no public name
from typing import Any

_NO_WIDTH = (_op.AT, _op.ASSERT, _op.ASSERT_NOT)
_REPEATS = (_op.MAX_REPEAT, _op.MIN_REPEAT, _op.POSSESSIVE_REPEAT)
_WORTH = (_op.BRANCH, _op.ASSERT, _op.ASSERT_NOT, *_REPEATS)
"""What a pattern opens with for which a search has no quick way of its own."""
_MOST = 60
"""Characters beyond which a match may begin nearly anywhere."""
_FLAGS_INSIDE = re.compile(r"\(\?[aiLmsux]+\)")

_Begun = tuple[frozenset[str], bool]
"""The characters, and classes of them, that a part of a pattern may begin with, and whether it may match nothing."""


def first_of(source: str, parsed: Any, flags: int) -> str:  # noqa: ANN401 - the parser has no types
    """Return the inside of the class of characters that a match may begin with; nothing where to ask is not worth it.

    >>> first_of(r"\\b(?:may|might) help", re._parser.parse(r"\\b(?:may|might) help", re.I), re.I)
    'm'
    """
    begun = _of_sequence(parsed) if _is_worth(source, parsed, flags) else None
    if begun is None or begun[1] or not 0 < len(begun[0]) <= _MOST:
        return ""
    return "".join(sorted(begun[0]))


def _is_worth(source: str, parsed: Any, flags: int) -> bool:  # noqa: ANN401 - the parser has no types
    """Say whether a pattern opens with what a search has no quick way for, and may be written behind other words."""
    if not len(parsed) or flags & re.VERBOSE or _FLAGS_INSIDE.match(source):
        return False
    code, value = parsed[0]
    return value is _op.AT_BOUNDARY or (code in _WORTH and bool(flags & re.IGNORECASE))


def _of_sequence(parts: Iterable[tuple[Any, Any]]) -> _Begun | None:
    """Return what parts that follow each other begin with; None where that may be anything."""
    found: frozenset[str] = frozenset()
    for code, value in parts:
        if code in _NO_WIDTH:
            continue
        begun = _of(code, value)
        if begun is None:
            return None
        found |= begun[0]
        if not begun[1]:
            return found, False
    return found, True


def _of(code: Any, value: Any) -> _Begun | None:  # noqa: ANN401
    if code is _op.LITERAL:
        return frozenset([re.escape(chr(value))]), False
    if code is _op.IN:
        return _of_class(value)
    if code is _op.BRANCH:
        return _of_branches([_of_sequence(branch) for branch in value[1]])
    if code is _op.SUBPATTERN:
        return _of_sequence(value[3])
    if code is _op.ATOMIC_GROUP:
        return _of_sequence(value)
    if code in _REPEATS:
        least, _, part = value
        begun = _of_sequence(part)
        return begun if begun is None else (begun[0], begun[1] or least == 0)
    return None


def _of_branches(branches: Sequence[_Begun | None]) -> _Begun | None:
    told = [begun for begun in branches if begun is not None]
    if len(told) < len(branches):
        return None
    return frozenset[str]().union(*(found for found, _ in told)), any(nothing for _, nothing in told)


def _of_class(members: Sequence[tuple[Any, Any]]) -> _Begun | None:
    found: set[str] = set()
    for code, value in members:
        if code is _op.LITERAL:
            found.add(re.escape(chr(value)))
        elif code is _op.RANGE:
            found.add(f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}")
        elif (code, value) == (_op.CATEGORY, _op.CATEGORY_DIGIT):
            found.add(r"\d")
        else:
            return None
    return frozenset(found), False
