"""Words that hint at barriers, facilitators and interventions, by what they hint at, and where a text holds them."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from ingest.extract.cue_words import ACTIONS, HELPING, HINDERING, OTHER
from ingest.extract.tokens import Token, Tokens, block_tokens
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
    """The group of a cue and its words behind the first; `second` is how the second word begins."""

    group: str
    words: tuple[str, ...]
    second: str


@dataclass(frozen=True)
class _Table:
    """Entries by their first word (exact) or by the letters that it begins with (written with a star)."""

    exact: dict[str, tuple[_Entry, ...]]
    prefixes: dict[str, tuple[_Entry, ...]]
    shortest: int

    def at(self, key: str) -> tuple[_Entry, ...]:
        found = list(self.exact.get(key, ()))
        for length in range(self.shortest, len(key) + 1):
            found.extend(self.prefixes.get(key[:length], ()))
        return tuple(found)


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
            target.setdefault(key, []).append(_Entry(group, words[1:], "".join(words[1:2]).removesuffix("*")))
    return _Table(
        {key: tuple(some) for key, some in exact.items()},
        {key: tuple(some) for key, some in prefixes.items()},
        min(map(len, prefixes)),
    )


@lru_cache(maxsize=65536)
def _entries(key: str) -> tuple[_Entry, ...]:
    """Return the cues that begin with a word."""
    return _table().at(key)


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

    def __init__(self, text: str, pieces: Iterable[tuple[int, int]] = ()) -> None:
        """Look every word of `text` up, once; or only those of some pieces of it, in order, which part phrases."""
        self._tokens: Sequence[Token] = (
            [token for start, end in pieces for token in block_tokens(text, start, end)]
            if pieces
            else list(Tokens(text))
        )
        self.cues = tuple(self._scan(text))
        self._starts = [cue.start for cue in self.cues]

    def within(self, start: int, end: int) -> tuple[Cue, ...]:
        """Return the cues that begin in text[start:end]."""
        return self.cues[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def _scan(self, text: str) -> list[Cue]:
        found: list[Cue] = []
        for at, token in enumerate(self._tokens):
            entries = _entries(token.key)
            if not entries:
                continue
            hits: dict[str, int] = {}
            following = self._tokens[at + 1].key if at + 1 < len(self._tokens) else ""
            for entry in entries:
                words = entry.words
                if not words or (following.startswith(entry.second) and _fits(self._tokens, at + 1, words)):
                    hits[entry.group] = max(hits.get(entry.group, 0), len(words))
            longest = max(hits.values(), default=0)
            for group, length in hits.items():
                if length < longest and group in _TURNS:
                    continue
                last = self._tokens[at + length]
                turned = self._turned(at) if group in _TURNS else False
                name = _TURNS[group] if turned else group
                found.append(Cue(token.start, last.end, name, text[token.start : last.end]))
        return found

    def _turned(self, at: int) -> bool:
        for before in range(at - 1, max(-1, at - 1 - _REACH), -1):
            if self._tokens[before + 1].joint == "|":
                return False
            key = self._tokens[before].key
            if key in _NEGATIONS or key.endswith("n't"):
                return not (key == "not" and self._tokens[before + 1].key == "only")
        return False
