"""Links between what was found: which quote supports which finding, which theme it is in, what addresses what."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import chain
from math import log, sqrt
from typing import NamedTuple, TypeVar, cast

from ingest.extract.context import Located
from ingest.extract.likeness import likeness, stems
from ingest.extract.links_answers import Answers
from ingest.extract.places import ViewPlaces
from ingest.reading import Reading
from ontology.base import Record
from ontology.identity import mint
from ontology.model import (
    Assertion,
    Barrier,
    Circumstance,
    DecisionRule,
    Facilitator,
    Finding,
    Intervention,
    Limitation,
    Position,
    Quote,
    ResearchRecommendation,
    Theme,
)
from ontology.namespaces import CKG

R = TypeVar("R", bound=Record)

_GAP = 450
"""Characters that may stand between a finding and a quote that supports it."""
_NEAR = 350
"""Characters between a limitation and the research that it calls for."""
_ALIKE = 0.12
_CLEARLY = 1.1
"""How much more like one theme than like any other a statement must be."""
_SAME = 0.55
_APART = ("discussion", "conclusions", "limitations")
"""Sections whose headings rule no theme."""
_MOST_BARRIERS = 3
_HARDLY = 0.5
"""The share of an intervention's score up to which the same words are hardly a barrier."""
_LIKELY = 0.2
"""What a barrier's score counts where an intervention may address more barriers than are linked."""


class _Link(NamedTuple):
    subject: Located[Record]
    predicate: str
    object: Located[Record]
    confidence: float
    reason: str


def extract_links(reading: Reading, study: str, everything: Sequence[Located[Record]]) -> tuple[Assertion, ...]:
    """Return the links between the records of a document as assertions, each with why it is thought to hold.

    Quotes support the finding that introduces them and illustrate the barriers, facilitators, interventions, rules,
    circumstances and themes that they stand for; findings and determinants are in the theme whose heading they stand
    under, or whose words they share; interventions address the barriers they share words, a sentence or a theme with;
    limitations motivate the research that follows them. `confidence` says how plain the sign was, not how true it is.
    """
    linker = _Linker(reading, everything)
    found: dict[tuple[str, str, str], _Link] = {}
    for link in linker.links():
        key = link.subject.record.iri, link.predicate, link.object.record.iri
        if key not in found or found[key].confidence < link.confidence:
            found[key] = link
    return tuple(_assertion(reading.document, study, link) for link in found.values())


def _assertion(document: str, study: str, link: _Link) -> Assertion:
    subject, object_ = link.subject.record, link.object.record
    spans = dict.fromkeys((*subject.spans[:1], *object_.spans[:1]))
    return Assertion(
        iri=mint("Assertion", subject.iri, link.predicate, object_.iri, study),
        document=document,
        study=study,
        spans=tuple(spans),
        subject=subject.iri,
        predicate=link.predicate,
        object=object_.iri,
        method="rule",
        confidence=round(link.confidence, 2),
        status="proposed",
        reason=link.reason,
    )


def _worth(link: _Link) -> float:
    """Return by what links of one intervention to barriers are chosen: plain signs, then how likely a barrier it is."""
    barrier = link.object.record
    return link.confidence + _LIKELY * ((barrier.score or 0.0) if isinstance(barrier, Barrier) else 0.0)


class _Linker:
    """The records of one document by kind, in the order of the text."""

    def __init__(self, reading: Reading, everything: Sequence[Located[Record]]) -> None:
        self._reading = reading
        self._view = ViewPlaces(reading)
        self._all = sorted(everything, key=lambda one: (one.start, one.end))
        self._above: dict[int, list[Located[Theme]]] = {}
        self._rarities: dict[str, float] = {}

    def _of(self, *kinds: type[R]) -> list[Located[R]]:
        return cast(list[Located[R]], [one for one in self._all if isinstance(one.record, kinds)])

    def links(self) -> Iterator[_Link]:
        yield from self._supports()
        yield from self._in_themes()
        yield from self._illustrates()
        yield from self._addresses()
        yield from self._motivates()

    @cached_property
    def _quotes(self) -> list[Located[Quote]]:
        return self._of(Quote)

    @cached_property
    def _places(self) -> list[tuple[int, int, Located[Finding]]]:
        """Where findings and positions stand, every span of them, in order; positions among them."""
        places = [(start, end, one) for one in self._of(Finding) for start, end in self._view.of(one.record)]
        return sorted(places, key=lambda place: place[:2])

    @cached_property
    def _positions(self) -> list[tuple[int, int, Located[Finding]]]:
        """Those of these places that are positions'."""
        return [place for place in self._places if isinstance(place[2].record, Position)]

    def _supports(self) -> Iterator[_Link]:
        """A quote supports the finding that stands right before it or holds it, and so do the quotes that follow."""
        starts = [place[0] for place in self._places]
        before: Located[Quote] | None = None
        held: list[_Link] = []
        for quote in self._quotes:
            fresh: list[_Link] = []
            index = bisect_right(starts, quote.start)
            for _, end, finding in reversed(self._places[max(0, index - 4) : index]):
                if end > quote.start:
                    fresh.append(
                        _Link(quote, CKG + "supports", finding, 0.9, "The quote stands in the finding's sentence.")
                    )
                elif self._together(end, quote.start) and not fresh and not self._quoted_between(end, quote.start):
                    plain = self._reading.text[end : quote.start].strip(" .:\n“\"'‘") == ""
                    fresh.append(self._introduced(quote, finding, plain))
            if not fresh and before is not None and self._together(before.end, quote.start):
                fresh = [
                    _Link(
                        quote,
                        link.predicate,
                        link.object,
                        link.confidence * 0.85,
                        "It follows another quote for the same finding.",
                    )
                    for link in held
                ]
            yield from fresh
            yield from self._for_positions(quote, fresh)
            before, held = quote, fresh

    def _for_positions(self, quote: Located[Quote], supported: Sequence[_Link]) -> Iterator[_Link]:
        """What supports a finding supports the positions in the same words; a position may be said in the quote."""
        linked = {link.object.record.iri for link in supported}
        for start, end, one in self._positions:
            if one.record.iri in linked:
                continue
            if quote.start <= start and end <= quote.end:
                yield _Link(quote, CKG + "supports", one, 0.95, "The position is said in the quote.")
                continue
            for link in supported:
                if link.object.start < end and start < link.object.end:
                    why = "The quote supports the finding that holds the position."
                    yield _Link(quote, CKG + "supports", one, link.confidence * 0.9, why)

    def _introduced(self, quote: Located[Quote], finding: Located[Finding], plain: bool) -> _Link:
        if plain:
            return _Link(quote, CKG + "supports", finding, 0.95, "The finding introduces the quote.")
        return _Link(
            quote, CKG + "supports", finding, 0.75, "The finding is the last before the quote in the same passage."
        )

    def _together(self, end: int, start: int) -> bool:
        """Say whether two places are in one section and close to each other."""
        return start - end <= _GAP and self._reading.section_at(max(0, end - 1)) == self._reading.section_at(start)

    def _quoted_between(self, end: int, start: int) -> bool:
        starts = [quote.start for quote in self._quotes]
        index = bisect_left(starts, end)
        return index < len(starts) and starts[index] < start

    @cached_property
    def _themes(self) -> list[tuple[int, int, Located[Theme]]]:
        """The stretch that each theme rules: its heading's section; in an abstract, the text until the next theme."""
        found = []
        inline: list[tuple[int, int, Located[Theme]]] = []
        for theme in self._of(Theme):
            for start, _ in self._view.of(theme.record):
                section = self._reading.section_at(start)
                if section.heading_start <= start < section.heading_end and section.kind not in _APART:
                    found.append((section.start, section.end, theme))
                elif section.in_abstract and section.kind in ("results", "abstract"):
                    sentence = self._reading.sentence_at(start)
                    inline.append((sentence.start if sentence else start, section.end, theme))
        inline.sort(key=lambda place: place[:2])
        for number, (start, end, theme) in enumerate(inline):
            after = inline[number + 1][0] if number + 1 < len(inline) else end
            found.append((start, min(end, after), theme))
        return sorted(found, key=lambda place: place[:2])

    def _theme_at(self, at: int) -> list[Located[Theme]]:
        """Return the themes whose headings stand above a place, the innermost last."""
        if at not in self._above:
            self._above[at] = [theme for start, end, theme in self._themes if start <= at < end]
        return self._above[at]

    def _in_themes(self) -> Iterator[_Link]:
        for one in self._of(Finding, Barrier, Facilitator):
            above = self._theme_at(one.start)
            if above:
                theme = above[-1]
                why = f"It stands where the theme “{theme.record.label}” is reported."
                yield _Link(one, CKG + "inTheme", theme, 0.9, why)
                continue
            nearest = self._nearest_theme(one)
            if nearest is not None:
                theme, alike, shared = nearest
                label = theme.record.label
                why = f"It shares words with what is reported under the theme “{label}”: {', '.join(shared)}."
                yield _Link(one, CKG + "inTheme", theme, min(0.7, 0.3 + alike), why)

    def _nearest_theme(self, one: Located[Record]) -> tuple[Located[Theme], float, list[str]] | None:
        """Return the theme whose passages speak of the same things, where one does so clearly more than the others."""
        words = self._words(one)
        size = sqrt(sum([v * v for v in words.values()]))
        found = []
        for number, (_, rarities, length) in enumerate(self._theme_words):
            whole = size * length
            shared = sum([words[stem] * rarities[stem] for stem in words if stem in rarities])
            found.append((shared / whole if whole else 0.0, -number))
        found.sort(reverse=True)
        if not found or found[0][0] < _ALIKE or (len(found) > 1 and found[0][0] < _CLEARLY * found[1][0]):
            return None
        alike, number = found[0]
        theme, rarities, _ = self._theme_words[-number]
        worth = {stem: words[stem] * rarities[stem] for stem in words if stem in rarities}
        return theme, alike, sorted(worth, key=lambda stem: (-worth[stem], stem))[:4]

    @cached_property
    def _theme_words(self) -> list[tuple[Located[Theme], dict[str, float], float]]:
        """The words of each theme's labels and of what is reported under it, weighed by rarity and number, and the
        length of the vector that they are."""
        found = []
        for theme in self._of(Theme):
            counts: Counter[str] = Counter()
            for label in (theme.record.label, *theme.record.variants):
                counts.update({stem: 2 for stem in stems(label)})
            for start, end, ruling in self._themes:
                if ruling.record.iri == theme.record.iri:
                    text, sentences = self._reading.text, self._reading.sentences
                    told = [stems(text[s.start : s.end]) for s in sentences if start <= s.start < end]
                    counts.update(chain.from_iterable(told))
            kept = sorted((stem, n) for stem, n in counts.items() if len(stem) > 2)
            rarities = {stem: (1 + log(n)) * self._rarity(stem) for stem, n in kept}
            found.append((theme, rarities, sqrt(sum(v * v for v in rarities.values()))))
        return found

    def _illustrates(self) -> Iterator[_Link]:
        """A quote illustrates what lies in it, what its introducing sentence says, and the theme it stands under."""
        kinds = (Barrier, Facilitator, Intervention, DecisionRule, Circumstance)
        places = sorted(
            ((start, end, one) for one in self._of(*kinds) for start, end in self._view.of(one.record)),
            key=lambda place: place[:2],
        )
        starts = [place[0] for place in places]
        for quote in self._quotes:
            above = self._theme_at(quote.start)
            if above:
                why = f"The quote stands where the theme “{above[-1].record.label}” is reported."
                yield _Link(quote, CKG + "illustrates", above[-1], 0.85, why)
            first, last = bisect_left(starts, quote.start - _GAP), bisect_left(starts, quote.end)
            for start, end, one in places[first:last]:
                if start >= quote.start:
                    yield _Link(quote, CKG + "illustrates", one, 0.95, "Its words are part of the quote.")
                elif end > quote.start:
                    yield _Link(quote, CKG + "illustrates", one, 0.85, "The quote stands in its sentence.")
                elif self._introduces(end, quote):
                    yield _Link(
                        quote, CKG + "illustrates", one, 0.75, "It is stated in the sentence that introduces the quote."
                    )

    def _introduces(self, end: int, quote: Located[Quote]) -> bool:
        """Say whether the sentence that ends at or after `end` is the last one before a quote, or the last but one."""
        if not self._together(end, quote.start) or self._quoted_between(end, quote.start):
            return False
        sentence = self._reading.sentence_at(end - 1)
        rest = self._reading.text[sentence.end if sentence else end : quote.start]
        return len(rest.split()) <= 25

    def _addresses(self) -> Iterator[_Link]:
        """An intervention addresses the barriers whose rarer words it shares, the more so where they stand close by."""
        answers = Answers(self._reading, self._view, self._theme_at)
        words = {one.record.iri: self._words(one) for one in self._of(Barrier, Intervention)}
        barriers = [(one, answers.barrier(one, words[one.record.iri])) for one in self._of(Barrier)]
        for intervention in self._of(Intervention):
            side = answers.intervention(intervention, words[intervention.record.iri])
            made = [
                _Link(intervention, CKG + "addresses", barrier, *told)
                for barrier, other in barriers
                if (told := answers.to(side, other)) and not self._is_itself(intervention, barrier)
            ]
            yield from sorted(made, key=_worth, reverse=True)[:_MOST_BARRIERS]

    def _is_itself(self, intervention: Located[Intervention], barrier: Located[Barrier]) -> bool:
        """Say whether a barrier is the intervention's own words, which are far likelier a proposal."""
        if (barrier.record.score or 0.0) > _HARDLY * (intervention.record.score or 0.0):
            return False
        places = list(self._view.of(barrier.record))
        return any(a < end and start < b for a, b in self._view.of(intervention.record) for start, end in places)

    def _words(self, one: Located[Record]) -> dict[str, float]:
        """Return the stems of a record's words and how rare each is in the document, 0 to 1."""
        found = {stem for span in one.record.spans for stem in stems(span.exact) if len(stem) > 2}
        return {stem: self._rarity(stem) for stem in sorted(found)}

    @cached_property
    def _frequencies(self) -> Counter[str]:
        text = self._reading.text
        return Counter(chain.from_iterable([stems(text[s.start : s.end]) for s in self._reading.sentences]))

    def _rarity(self, stem: str) -> float:
        rarity = self._rarities.get(stem)
        if rarity is None:
            size = len(self._reading.sentences) + 1
            rarity = log(size / (self._frequencies[stem] + 1)) / log(size) if size > 2 else 1.0
            self._rarities[stem] = rarity
        return rarity

    def _motivates(self) -> Iterator[_Link]:
        """A limitation motivates the research recommendation that it shares words with, or that follows it at once."""
        wishes, limitations = self._of(ResearchRecommendation), self._of(Limitation)
        for limitation in limitations:
            for wish in wishes:
                alike = likeness(limitation.record.statement, wish.record.statement)
                follows = 0 <= wish.start - limitation.end <= _NEAR
                if follows and not any(limitation.end <= one.start < wish.start for one in limitations):
                    yield _Link(limitation, CKG + "motivates", wish, 0.7, "The recommendation follows the limitation.")
                elif alike >= _SAME:
                    yield _Link(limitation, CKG + "motivates", wish, 0.5, "They share most of their words.")
