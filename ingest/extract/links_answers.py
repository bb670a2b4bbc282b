"""Which barrier an intervention addresses, how plain the signs are, and what they are."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import sqrt

from ingest.extract.context import Located
from ingest.extract.places import ViewPlaces
from ingest.extract.remedies import answers, difficulties, why
from ingest.extract.screening import Pattern
from ingest.reading import Reading
from ontology.base import Record
from ontology.model import Barrier, Intervention, Theme

_LEAST = 0.18
_SAME_SENTENCE, _STANDS_CLOSE, _SAME_THEME, _SAID_SO, _SAME_CODE, _USUAL = 0.3, 0.15, 0.1, 0.15, 0.05, 0.12
"""What signs add to the likeness of the words of an intervention and a barrier."""
_AGAINST = Pattern(
    r"\b(?:overcom\w+|address(?:es|ed|ing)?|tackl\w+|reduc\w+|resolv\w+|mitigat\w+|remov\w+|minimi[sz]\w+|alleviat\w+|"
    r"counter(?:act)?\w*|solv\w+|in response to|prevent\w*|eas(?:e|ing)|bridg\w+|instead of|rather than|lack of)\b",
    re.IGNORECASE,
)
"""Words by which a text says that something is done against a difficulty."""
_CLOSE = 3
"""Sentences between an intervention and a barrier that stand close together."""


@dataclass(frozen=True, slots=True)
class Side:
    """What is looked at of an intervention or of a barrier, found once for all pairs.

    `rarities` are the stems of its words and how rare each is in the document, 0 to 1, the rarest first, `weight` the
    sum of their squares; `theme` is the one it stands under; `sentences` are section and number of the sentence of
    each of its places; `usual` are the kinds of difficulty that it names or answers (`remedies.py`).
    """

    at: int
    rarities: Mapping[str, float]
    weight: float
    theme: Theme | None
    sentences: tuple[tuple[int, int], ...]
    usual: frozenset[int]
    codes: frozenset[str]
    by: str = ""


class Answers:
    """Where the records of one document stand, to tell which intervention answers which barrier."""

    def __init__(self, reading: Reading, places: ViewPlaces, themes_at: Callable[[int], list[Located[Theme]]]) -> None:
        """Keep the parts; `themes_at` gives the themes under whose headings a place stands, the innermost last."""
        self._reading = reading
        self._places = places
        self._themes_at = themes_at
        self._starts = [sentence.start for sentence in reading.sentences]
        self._numbers: dict[str, tuple[tuple[int, int], ...]] = {}
        self._against: dict[int, bool] = {}

    def intervention(self, one: Located[Intervention], rarities: Mapping[str, float]) -> Side:
        """Return what is looked at of an intervention."""
        by = "the authors say" if "authors" in one.record.proposed_by else "the text says"
        return self._side(one, rarities, answers(one.record.label), one.record.codes, by)

    def barrier(self, one: Located[Barrier], rarities: Mapping[str, float]) -> Side:
        """Return what is looked at of a barrier."""
        return self._side(one, rarities, difficulties(one.record.label), one.record.codes)

    def _side(
        self,
        one: Located[Record],
        rarities: Mapping[str, float],
        usual: frozenset[int],
        codes: Iterable[str],
        by: str = "",
    ) -> Side:
        above = self._themes_at(one.start)
        return Side(
            one.start,
            dict(sorted(rarities.items(), key=lambda word: (-word[1], word[0]))),
            sum([v * v for v in rarities.values()]),
            above[-1].record if above else None,
            self._sentences_of(one),
            usual,
            frozenset(codes),
            by,
        )

    def to(self, intervention: Side, barrier: Side) -> tuple[float, str] | None:
        """Return how surely an intervention addresses a barrier and why it is thought so; None where signs are few."""
        own = intervention.rarities
        shared = [stem for stem in own if stem in barrier.rarities]
        size = sqrt(intervention.weight * barrier.weight) if shared else 0.0
        score = sum([own[stem] ** 2 for stem in shared]) / size if size else 0.0
        signs = self._signs(intervention, barrier)
        for _, worth in signs:
            score += worth
        if score < _LEAST:
            return None
        told = [sign for sign, _ in signs]
        if shared:
            told.insert(0, f"they share words ({', '.join(shared[:4])})")
        return min(0.9, 0.25 + score), f"The intervention may address the barrier: {'; '.join(told)}."

    def _signs(self, intervention: Side, barrier: Side) -> list[tuple[str, float]]:
        """Return what the places and words of an intervention and a barrier tell, and what it is worth."""
        found: list[tuple[str, float]] = []
        theme, other = intervention.theme, barrier.theme
        if theme is not None and other is not None and theme.iri == other.iri:
            found.append((f"they stand under the same theme (“{theme.label}”)", _SAME_THEME))
        distance = self._distance(intervention, barrier)
        if distance == 0:
            found.append(("they are said in the same sentence", _SAME_SENTENCE))
        elif distance <= _CLOSE:
            found.append(("they stand close together", _STANDS_CLOSE))
        if distance <= _CLOSE and self._is_against(intervention.at):
            found.append((f"{intervention.by} that it is to overcome what stands there", _SAID_SO))
        usual = intervention.usual & barrier.usual
        if usual:
            found.append((why(min(usual)), _USUAL))
        if intervention.codes & barrier.codes:
            found.append(("they have a code in common", _SAME_CODE))
        return found

    def _is_against(self, at: int) -> bool:
        """Say whether the sentence at a place says that something is done against a difficulty."""
        if at not in self._against:
            sentence = self._reading.sentence_at(at)
            found = _AGAINST.search(self._reading.text, sentence.start, sentence.end) if sentence else None
            self._against[at] = found is not None
        return self._against[at]

    def _distance(self, one: Side, other: Side) -> int:
        """Return the fewest sentences between places of two records in one section; many where they share none."""
        least = len(self._starts) + _CLOSE
        for section, first in one.sentences:
            for there, second in other.sentences:
                if section == there and abs(first - second) < least:
                    least = abs(first - second)
        return least

    def _sentences_of(self, one: Located[Record]) -> tuple[tuple[int, int], ...]:
        """Return section and number of the sentence of every place of a record."""
        iri = one.record.iri
        if iri not in self._numbers:
            places = [start for start, _ in self._places.of(one.record)] or [one.start]
            numbers = [(self._reading.section_at(at).start, bisect_right(self._starts, at)) for at in places]
            self._numbers[iri] = tuple(numbers)
        return self._numbers[iri]
