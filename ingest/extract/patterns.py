"""What is known of a pattern before it is used: the characters that a match begins with, and the signs that it needs.

To work this out takes longer than to compile the pattern, and every process that reads files would do it again. So for
the patterns in use it is kept beside this module, in a file that `python -m devtools.patterns --write` makes; a pattern
that is not in it, such as one that was changed, is worked out when it is asked for.
"""

import json
import re
from functools import cache
from hashlib import sha256
from pathlib import Path
from re import _parser  # type: ignore[attr-defined] # the standard library's parser has no public name
from typing import Any, NamedTuple

from ingest.extract.firsts import first_of
from ingest.extract.memo import Memo
from ingest.extract.signs import signs_of

FILE = Path(__file__).with_name("patterns.json")
_MOST = 4096
"""Patterns that are remembered; those of one paper's own words come and go."""


class Known(NamedTuple):
    """What is known of a pattern: the inside of the class of characters that a match begins with, or nothing where to
    look for them is not worth it; and sets of signs of which a text with a match holds one each."""

    first: str
    signs: tuple[frozenset[str], ...]


def name_of(source: str, flags: int) -> str:
    """Return the name under which the file keeps a pattern: sources are long."""
    return sha256(f"{flags} {source}".encode()).hexdigest()[:16]


def work_out(source: str, flags: int) -> Known:
    """Return what is known of a pattern, worked out from its source."""
    parsed = _parser.parse(source, flags)
    return Known(first_of(source, parsed, flags), signs_of(parsed, flags))


@cache
def _kept() -> dict[str, Any]:
    return dict(json.loads(FILE.read_text(encoding="utf-8"))) if FILE.exists() else {}


def _look_up(pattern: tuple[str, int]) -> Known:
    kept = _kept().get(name_of(*pattern))
    return work_out(*pattern) if kept is None else Known(kept[0], tuple(map(frozenset, kept[1])))


asked = Memo(_look_up, _MOST)
"""What is known of each pattern (source, flags) that this process asked for."""


def _known(source: str, flags: int) -> Known:
    return asked[source, int(flags) & ~re.UNICODE]


def needed(source: str, flags: int = re.IGNORECASE) -> tuple[frozenset[str], ...]:
    """Return sets of signs; wherever the pattern matches, the words of the text hold one sign of each set. The set that
    tells most comes first.

    A sign is a part of a word or a mark; a blank before or after it is the edge of the word.

    >>> [sorted(signs) for signs in needed(r"\\b(?:may|might) (?:\\w+ )?help")]
    [[' help'], [' may ', ' might ']]
    >>> [sorted(signs) for signs in needed(r"\\bstud(?:y|ies)\\b|\\btrials?\\b")]
    [[' studies ', ' study ', ' trial ', ' trials ']]
    >>> needed(r"\\w+|trial")
    ()
    """
    return _known(source, flags).signs


def compiled(source: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern that finds what `re.compile(source, flags)` finds, sooner where that can be.

    >>> compiled(r"\\b(?:may|might) help", re.IGNORECASE).pattern
    '(?=[m])(?:\\\\b(?:may|might) help)'
    >>> compiled("^help").pattern
    '^help'
    """
    first = _known(source, flags).first
    return re.compile(f"(?=[{first}])(?:{source})" if first else source, flags)
