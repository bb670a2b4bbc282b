"""Words that hint at barriers, facilitators and interventions, by what they hint at, and where a text holds them."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from ingest.extract.cue_words import ACTIONS, HELPING, HINDERING, OTHER
from ingest.extract.memo import Memo
from ingest.extract.tokens import Tokens, block_tokens
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
HINDERS = frozenset(HINDERING) | {"denied"}
HELPS = frozenset(HELPING) | {"averted"}
ACTS = frozenset(ACTIONS)
"""The groups of cues that hint at a barrier, at a facilitator, at an intervention."""


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


_known = Memo[str, tuple[_Entry, ...]](lambda key: _table().at(key))
"""The cues that begin with a word."""


class CueIndex:
    """The cues of a text, in order; `groups` are theirs."""

    def __init__(self, text: str, pieces: Iterable[tuple[int, int]] = ()) -> None:
        """Look every word of `text` up, once; or only those of some pieces of it, in order, which part phrases."""
        self._keys: list[str] = []
        self._joints: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for tokens in [block_tokens(text, start, end) for start, end in pieces] or [Tokens(text)]:
            self._keys += tokens.keys
            self._joints += tokens.joints
            starts += tokens.starts
            ends += tokens.ends
        found = list(self._scan())
        self._starts = [starts[at] for at, _, _ in found]
        self._ends = [ends[last] for _, last, _ in found]
        self.groups = [group for _, _, group in found]

    def _within(self, start: int, end: int) -> slice:
        return slice(bisect_left(self._starts, start), bisect_left(self._starts, end))

    def groups_in(self, start: int, end: int) -> frozenset[str]:
        """Return the groups of the cues that begin in text[start:end]."""
        return frozenset(self.groups[self._within(start, end)])

    def first_of(self, group: str, start: int, end: int) -> tuple[int, int] | None:
        """Return where the first cue of a group that begins in text[start:end] stands."""
        within = self._within(start, end)
        if group not in self.groups[within]:
            return None
        at = self.groups.index(group, within.start)
        return self._starts[at], self._ends[at]

    def _scan(self) -> Iterator[tuple[int, int, str]]:
        """Yield the number of the first and the last word of every cue, and its group."""
        behind = [*self._keys[1:], ""]
        for at, entries in enumerate(map(_known.__getitem__, self._keys)):
            if not entries:
                continue
            hits: dict[str, int] = {}
            for entry in entries:
                length = len(entry.words)
                if not length or (behind[at].startswith(entry.second) and self._fits(at + 1, entry)):
                    hits[entry.group] = max(hits.get(entry.group, 0), length)
            if not hits:
                continue
            longest = max(hits.values())
            for group, length in hits.items():
                if group not in _TURNS:
                    yield at, at + length, group
                elif length == longest:
                    yield at, at + length, _TURNS[group] if self._turned(at) else group

    def _fits(self, at: int, entry: _Entry) -> bool:
        """Say whether the words of an entry behind the first follow from a place on."""
        keys, words = self._keys, entry.words
        last = at + len(words)
        if last > len(keys) or "|" in self._joints[at:last]:
            return False
        return all(
            [
                key.startswith(word[:-1]) if word.endswith("*") else key == word
                for key, word in zip(keys[at:last], words, strict=True)
            ]
        )

    def _turned(self, at: int) -> bool:
        keys, joints = self._keys, self._joints
        for before in range(at - 1, max(-1, at - 1 - _REACH), -1):
            if joints[before + 1] == "|":
                return False
            key = keys[before]
            if key in _NEGATIONS or key.endswith("n't"):
                return not (key == "not" and keys[before + 1] == "only")
        return False
