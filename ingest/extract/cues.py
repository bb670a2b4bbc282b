"""Words that hint at barriers, facilitators and interventions, by what they hint at, and where a text holds them."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ingest.extract.cue_words import ACTIONS, HELPING, HINDERING, OTHER
from ingest.extract.role_lexicon import Token, tokenise
from ingest.extract.wording import word_set

_NEGATIONS = word_set(
    "not no never nor neither without hardly rarely seldom few little less none cannot "
    "lack lacks lacked lacking absence"
)
_REACH = 3
"""How many words may stand between a negation and the word that it turns round."""

_TURNS = {
    **dict.fromkeys(("named", "burden", "concern", "worse", "cannot", "delay", "conflict"), "averted"),
    **dict.fromkeys(
        (
            "aiding",
            "easing",
            "helping",
            "bettering",
            "valuing",
            "relation",
            "readiness",
            "resources",
            "shared",
            "clear",
        ),
        "denied",
    ),
}
"""What a group of words becomes behind a negation: "few problems" is good news, "no coordination" is not."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A place that holds a cue: view offsets, the group of the cue, and the words in the text."""

    start: int
    end: int
    group: str
    words: str


@dataclass(frozen=True, slots=True)
class _Entry:
    group: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class _Table:
    """Entries by their first word (exact) or by the letters that it begins with (written with a star)."""

    exact: dict[str, tuple[_Entry, ...]]
    prefixes: dict[str, tuple[_Entry, ...]]
    shortest: int

    def at(self, key: str) -> list[_Entry]:
        found = list(self.exact.get(key, ()))
        for length in range(self.shortest, len(key) + 1):
            found.extend(self.prefixes.get(key[:length], ()))
        return found


@cache
def _table() -> _Table:
    exact: dict[str, list[_Entry]] = {}
    prefixes: dict[str, list[_Entry]] = {}
    for group, entries in {**HINDERING, **HELPING, **ACTIONS, **OTHER}.items():
        for entry in (part.strip() for part in entries.replace("\n", ",").split(",")):
            if not entry:
                continue
            words = tuple(entry.casefold().replace("-", " ").split())
            first = words[0]
            target, key = (prefixes, first[:-1]) if first.endswith("*") else (exact, first)
            target.setdefault(key, []).append(_Entry(group, words[1:]))
    return _Table(
        {key: tuple(some) for key, some in exact.items()},
        {key: tuple(some) for key, some in prefixes.items()},
        min(map(len, prefixes)),
    )


def _fits(tokens: Sequence[Token], at: int, words: tuple[str, ...]) -> bool:
    if at + len(words) > len(tokens):
        return False
    for token, word in zip(tokens[at : at + len(words)], words, strict=True):
        if token.joint == "|":
            return False
        if not (token.key.startswith(word[:-1]) if word.endswith("*") else token.key == word):
            return False
    return True


class CueIndex:
    """The cues of a text, in order."""

    def __init__(self, text: str) -> None:
        """Look every word of `text` up, once."""
        self.tokens = tokenise(text)
        self._token_starts = [token.start for token in self.tokens]
        self.cues = tuple(self._scan(text))
        self._starts = [cue.start for cue in self.cues]

    def within(self, start: int, end: int) -> tuple[Cue, ...]:
        """Return the cues that begin in text[start:end]."""
        return self.cues[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def words(self, start: int, end: int) -> list[Token]:
        """Return the words that begin in text[start:end]."""
        return self.tokens[bisect_left(self._token_starts, start) : bisect_left(self._token_starts, end)]

    def _scan(self, text: str) -> list[Cue]:
        table = _table()
        known: dict[str, list[_Entry]] = {}
        found: list[Cue] = []
        for at, token in enumerate(self.tokens):
            if token.key not in known:
                known[token.key] = table.at(token.key)
            hits: dict[str, int] = {}
            for entry in known[token.key]:
                if _fits(self.tokens, at + 1, entry.words):
                    hits[entry.group] = max(hits.get(entry.group, 0), len(entry.words))
            longest = max(hits.values(), default=0)
            for group, length in hits.items():
                if length < longest and group in _TURNS:
                    continue
                last = self.tokens[at + length]
                turned = self._turned(at) if group in _TURNS else False
                name = _TURNS[group] if turned else group
                found.append(Cue(token.start, last.end, name, text[token.start : last.end]))
        return found

    def _turned(self, at: int) -> bool:
        for before in range(at - 1, max(-1, at - 1 - _REACH), -1):
            if self.tokens[before + 1].joint == "|":
                return False
            key = self.tokens[before].key
            if key in _NEGATIONS or key.endswith("n't"):
                return not (key == "not" and self.tokens[before + 1].key == "only")
        return False
