"""Which barrier an intervention addresses, how plain the signs are, and what they are."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from math import sqrt

from ingest.extract.context import Located
from ingest.extract.places import ViewPlaces
from ingest.extract.remedies import remedies
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


class Answers:
    """Where the records of one document stand, to tell which intervention answers which barrier."""

    def __init__(self, reading: Reading, places: ViewPlaces, themes_at: Callable[[int], list[Located[Theme]]]) -> None:
        """Keep the parts; `themes_at` gives the themes under whose headings a place stands, the innermost last."""
        self._reading = reading
        self._places = places
        self._themes_at = themes_at
        self._starts = [sentence.start for sentence in reading.sentences]
        self._numbers: dict[str, list[tuple[int, int]]] = {}
        self._against: dict[int, bool] = {}
        self._weighed: dict[str, float] = {}

    def to(
        self,
        intervention: Located[Intervention],
        barrier: Located[Barrier],
        own: Mapping[str, float],
        other: Mapping[str, float],
    ) -> tuple[float, str] | None:
        """Return how surely an intervention addresses a barrier and why it is thought so; None where signs are few.

        `own` and `other` are the stems of their words and how rare each is in the document, 0 to 1.
        """
        shared = sorted(own.keys() & other.keys(), key=lambda stem: (-own[stem], stem))
        size = sqrt(self._weight(intervention, own) * self._weight(barrier, other))
        score = sum(own[stem] ** 2 for stem in shared) / size if size else 0.0
        signs = [f"they share words ({', '.join(shared[:4])})"] if shared else []
        for sign, worth in self._signs(intervention, barrier):
            score += worth
            signs.append(sign)
        if score < _LEAST:
            return None
        return min(0.9, 0.25 + score), f"The intervention may address the barrier: {'; '.join(signs)}."

    def _weight(self, one: Located[Record], rarities: Mapping[str, float]) -> float:
        """Return the sum of the squares of how rare a record's words are."""
        if one.record.iri not in self._weighed:
            self._weighed[one.record.iri] = sum([v * v for v in rarities.values()])
        return self._weighed[one.record.iri]

    def _signs(self, intervention: Located[Intervention], barrier: Located[Barrier]) -> Iterator[tuple[str, float]]:
        """Yield what the places and words of an intervention and a barrier tell, and what it is worth."""
        own, other = self._themes_at(intervention.start), self._themes_at(barrier.start)
        if own and other and own[-1].record.iri == other[-1].record.iri:
            yield f"they stand under the same theme (“{own[-1].record.label}”)", _SAME_THEME
        distance = self._distance(intervention, barrier)
        if distance == 0:
            yield "they are said in the same sentence", _SAME_SENTENCE
        elif distance <= _CLOSE:
            yield "they stand close together", _STANDS_CLOSE
        if distance <= _CLOSE and self._is_against(intervention.start):
            by = "the authors say" if "authors" in intervention.record.proposed_by else "the text says"
            yield f"{by} that it is to overcome what stands there", _SAID_SO
        for usual in remedies(intervention.record.label, barrier.record.label)[:1]:
            yield usual, _USUAL
        if set(intervention.record.codes) & set(barrier.record.codes):
            yield "they have a code in common", _SAME_CODE

    def _is_against(self, at: int) -> bool:
        """Say whether the sentence at a place says that something is done against a difficulty."""
        if at not in self._against:
            sentence = self._reading.sentence_at(at)
            found = _AGAINST.search(self._reading.text, sentence.start, sentence.end) if sentence else None
            self._against[at] = found is not None
        return self._against[at]

    def _distance(self, one: Located[Record], other: Located[Record]) -> int:
        """Return the fewest sentences between places of two records in one section; many where they share none."""
        pairs = [
            abs(first - second)
            for section, first in self._sentences_of(one)
            for there, second in self._sentences_of(other)
            if section == there
        ]
        return min(pairs, default=len(self._starts) + _CLOSE)

    def _sentences_of(self, one: Located[Record]) -> list[tuple[int, int]]:
        """Return section and number of the sentence of every place of a record."""
        iri = one.record.iri
        if iri not in self._numbers:
            places = [start for start, _ in self._places.of(one.record)] or [one.start]
            self._numbers[iri] = [(self._reading.section_at(at).start, bisect_right(self._starts, at)) for at in places]
        return self._numbers[iri]
