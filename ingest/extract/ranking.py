"""The best candidates for a kind of record, each once, with the words that matter and why they were chosen."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ingest.extract.candidates import Candidate, Surroundings
from ingest.extract.clauses import parts
from ingest.extract.context import Located, RoleIndex
from ingest.extract.scoring import Features, Weights, features_of
from ingest.extract.screening import Pattern
from ingest.reading import Reading
from ontology.base import Record
from ontology.model import BackgroundClaim, Quote

FLOORS = {"Barrier": 0.12, "Facilitator": 0.12, "Intervention": 0.09}
"""The score, a chance, below which nothing is shown: below it, eight to ten are wrong for each that is right."""
MOST = 60
"""How many of a kind are shown for one paper."""
AGAIN_IN_QUOTE = 0.7
"""What each further sentence of one quote loses, as log odds: people say a thing in more than one sentence."""
UNHEARD = 2.5
"""What every statement loses, as log odds, in a paper that does not report what people said: a protocol, a trial."""
_ALIKE = 0.8
_SHARED = 4
_MOST_PLACES = 4
_LEAST_WORDS = 3
_LEAST_LETTERS = 14
_INTRODUCES = Pattern(
    r"(?:^|[,;] )(?:[\w’'-]+ ){0,7}(?:said|says|stated|shared|noted|explained|commented|put it|"
    r"remarked|recalled|added)\W*$",
    re.IGNORECASE,
)
"""Words that do nothing but introduce a quote."""

_BRACKETED = re.compile(r"\[[^\[\]]*\]\W*|\([^()]*\)\W*")
"""Words that stand in brackets only: who spoke, what a guide refers to."""


class Scored(NamedTuple):
    """A candidate with its features."""

    candidate: Candidate
    features: Features


@dataclass
class Pick:
    """A chosen statement: its words, how likely it is one, what speaks for it, and where it is said again."""

    candidate: Candidate
    features: Features
    start: int
    end: int
    score: float
    again: list["Pick"] = field(default_factory=list)

    @property
    def all(self) -> list["Pick"]:
        """The pick and its restatements, the best first."""
        return [self, *self.again]

    @property
    def places(self) -> list[tuple[int, int]]:
        """Where it is said: the best place first."""
        return [(pick.start, pick.end) for pick in self.all]


@dataclass(frozen=True, slots=True)
class Drawn:
    """The candidates of a document with their features, and what they were measured against."""

    around: Surroundings
    scored: tuple[Scored, ...]


def draw(
    reading: Reading,
    roles: RoleIndex,
    quotes: Sequence[Located[Quote]],
    background: Sequence[Located[BackgroundClaim]],
    aside: Sequence[Located[Record]] = (),
) -> Drawn:
    """Return the candidates of a document that are long enough to say something."""
    around = Surroundings(reading, roles, quotes, background, aside)
    scored = [
        Scored(candidate, features_of(candidate, around))
        for candidate in around.candidates()
        if candidate.listed or _says_something(reading.text[candidate.start : candidate.end])
    ]
    return Drawn(around, tuple(scored))


def _says_something(words: str) -> bool:
    if _BRACKETED.fullmatch(words):
        return False
    is_tag = words.endswith(")") and "(" not in words
    is_long = len(words) >= _LEAST_LETTERS and len(words.split()) >= _LEAST_WORDS * (1 + is_tag)
    return is_long and _INTRODUCES.search(words) is None


class Ranked(NamedTuple):
    """The picks of a kind, best first, and how many statements with a score that would do came after the `MOST`."""

    picks: list[Pick]
    left: int


def ranked(drawn: Drawn, weights: Weights, floor: float) -> Ranked:
    """Return the picks with a score of `floor` or more, best first; restatements are joined to the first."""
    around = drawn.around
    totals = [(weights.total(one.features), one) for one in drawn.scored]
    chances = [(weights.chance(total), total, one) for total, one in totals]
    order = [some for some in chances if some[0] >= floor]
    order.sort(key=lambda some: (-some[0], some[2].candidate.start))
    picks: list[Pick] = []
    told: list[frozenset[str]] = []
    enough = [one for one in _again_later(order, weights, _loss(around)) if one.score >= floor]
    for at, one in enumerate(enough):
        if len(picks) == MOST:
            return Ranked(picks, len(enough) - at)
        pick = _tight(around, one, weights)
        own = around.stems(pick.start, pick.end)
        twin = next((other for other, stems in zip(picks, told, strict=True) if _restates(stems, own)), None)
        if twin is None:
            picks.append(pick)
            told.append(own)
        elif len(twin.again) + 1 < _MOST_PLACES:
            twin.again.append(pick)
    return Ranked(picks, 0)


def _loss(around: Surroundings) -> float:
    return 0.0 if around.lets_speak else UNHEARD


def _again_later(order: Sequence[tuple[float, float, Scored]], weights: Weights, general_loss: float) -> Iterator[Pick]:
    """Yield picks best first, a further sentence of a quote at a lower score; no score is above the chance that is
    given with it."""
    seen: dict[int, int] = {}
    made = []
    for _, total, one in order:
        quote = one.candidate.quote
        loss = general_loss
        if quote is not None:
            loss += AGAIN_IN_QUOTE * seen.get(quote.start, 0)
            seen[quote.start] = seen.get(quote.start, 0) + 1
        score = weights.chance(total - loss)
        made.append(Pick(one.candidate, one.features, one.candidate.start, one.candidate.end, score))
    yield from sorted(made, key=lambda pick: (-pick.score, pick.candidate.start))


def _tight(around: Surroundings, pick: Pick, weights: Weights) -> Pick:
    """Leave out clauses at the edges of a statement that add little to what was found in it.

    Two things that hinder may stand in one sentence: what is worth a third of the best clause stays.
    """
    text = around.reading.text
    kept = parts(text, pick.start, pick.end)
    if len(kept) > 1:
        worth = [_worth(around, start, end, weights) for start, end in kept]
        best = max(worth)
        kept = tuple([piece for piece, value in zip(kept, worth, strict=True) if best <= 0 or value >= best / 3])
    if kept:
        pick.start, pick.end = kept[0][0], kept[-1][1]
    return pick


def _worth(around: Surroundings, start: int, end: int, weights: Weights) -> float:
    return sum(max(0.0, weights.of(name)) for name in sorted(around.said(start, end)))


def _restates(first: frozenset[str], second: frozenset[str]) -> bool:
    """Say whether the stems of one statement are those of another."""
    shared = len(first & second)
    return shared >= _SHARED and shared >= _ALIKE * min(len(first), len(second))
