"""Word lists and what is made of them: sets, alternatives of a pattern, the forms of verbs."""

import re

from ingest.extract.likeness import items as items
from ingest.extract.likeness import stems as stems


def word_set(words: str) -> frozenset[str]:
    """Return the words of a text as a set.

    >>> sorted(word_set("nurse doctor"))
    ['doctor', 'nurse']
    """
    return frozenset(words.split())


def any_of(phrases: str) -> str:
    """Return a pattern that matches any of the phrases, which commas part; the longest that fits goes first.

    >>> re.findall(any_of("point out, point"), "they point out a point")
    ['point out', 'point']
    """
    parts = sorted((part.strip() for part in phrases.split(",") if part.strip()), key=len, reverse=True)
    return "(?:" + "|".join(re.escape(part).replace(r"\ ", r"\s+") for part in parts) + ")"


def verbs(bases: str) -> str:
    """Return the forms of verbs as phrases for `any_of`; commas part them, "say/said" gives an irregular past.

    >>> verbs("note, reply, say/said, point out")  # doctest: +ELLIPSIS
    'note, notes, noted, noting, reply, replies, replied, replying, say, says, said, saying, point out, points out...'
    """
    return ", ".join(form for base in bases.split(",") for form in _forms(base.strip()))


def _forms(entry: str) -> list[str]:
    verb, _, past = entry.partition("/")
    base, _, rest = verb.partition(" ")
    tail = f" {rest}" if rest else ""
    if base.endswith("y") and base[-2] not in "aeo":
        third, regular = base[:-1] + "ies", base[:-1] + "ied"
    elif base.endswith("e"):
        third, regular = base + "s", base + "d"
    else:
        third, regular = base + ("es" if base.endswith(("ch", "sh", "ss", "x")) else "s"), base + "ed"
    doubled = past.endswith("ed") and len(past) == len(base) + 3
    silent = base.endswith("e") and not base.endswith("ee")
    stem = base + base[-1] if doubled else base[:-1] if silent else base
    return [base + tail, third + tail, (past or regular) + tail, stem + "ing" + tail]
