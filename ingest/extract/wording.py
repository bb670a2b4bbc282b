"""Word lists and what is made of them: sets, alternatives of a pattern, the forms of verbs."""

import re
from collections.abc import Sequence

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
    spelt = [[re.escape(letter).replace(r"\ ", r"\s+") for letter in part] for part in parts]
    return f"(?:{_branches(spelt) if _one_case(parts) else '|'.join(map(''.join, spelt))})"


def _one_case(phrases: Sequence[str]) -> bool:
    """Say whether no letter is written both small and large, so that of what fits a text each is a part of the next."""
    letters = {letter for phrase in phrases for letter in phrase}
    return len({letter.casefold() for letter in letters}) == len(letters)


def _branches(spelt: Sequence[Sequence[str]]) -> str:
    """Return phrases as a tree of their letters: what begins alike is tried once, not phrase by phrase."""
    following: dict[str, list[Sequence[str]]] = {}
    for letters in spelt:
        if letters:
            following.setdefault(letters[0], []).append(letters[1:])
    tree = "|".join(letter + _branches(rest) for letter, rest in following.items())
    may_end = not all(spelt)
    if not tree:
        return ""
    return f"(?:{tree}){'?' if may_end else ''}" if may_end or len(following) > 1 else tree


def stands_in(word: str, text: str) -> bool:
    """Say whether a word stands in a text, not as a part of a longer one.

    >>> stands_in("ward", "towards a ward"), stands_in("ward", "towards")
    (True, False)
    """
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not (_is_letter(text[at - 1 : at]) or _is_letter(text[end : end + 1])):
            return True
        at = text.find(word, at + 1)
    return False


def _is_letter(character: str) -> bool:
    return character.isalnum() or character == "_"


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
