"""The narrative of a paper as statements: its sentences without the quotes, and what kind of place each stands in."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.extract.context import Located
from ingest.extract.likeness import Piece, trimmed
from ingest.extract.screening import Pattern, Wordings, alternatives
from ingest.extract.themes.headings import results_of, theme_headings
from ingest.reading import Reading
from ontology.model import Quote

_TAG = re.compile(
    r"(?:[\s\"”’'.,;:)\]]*(?:\(?\[?[A-Z]{1,5}\s?-?\d{1,4}[A-Z]?(?:\s\([^)]{1,30}\))?\)?\]?[.,]?)?[\s\"”’'.,;:)\]]*)"
    r"(?=[A-Z“‘…(]|\S)"
)
_ASIDE = re.compile(r"[\[(][^()\[\]]*[\])]\.?")
_MARKUP = re.compile(r"(?:xmlns:\w+=\S+|id=\"[^\"]*\">)\s*")
_TABLE = re.compile(r"(?:Table|Figure|Fig\.?|Box|Appendix|Additional file|Supplementary)\s*\d*\s", re.IGNORECASE)
_META = (
    r"(?:tables?|figures?|fig\.|box(?:es)?|appendix) \w+[^.]{0,40}? (?:shows?|provides?|presents?|gives?|"
    r"lists?|displays?|summari[sz]es?|describes?|illustrates?|contains?|depicts?|outlines?|reports?|details)|(?:are|"
    r"is|were|was|as) (?:shown|summari[sz]ed|presented|given|listed|displayed|detailed|provided|described|reported|"
    r"illustrated|depicted|outlined|elaborated|discussed) (?:in|below|above|here|elsewhere|further|under)|(?:below|"
    r"here|in this section|next|in what follows),? we (?:report|present|describe|discuss|outline)|"
    r"the following (?:sections?|paragraphs?|themes?|quot)|(?:we|data|results|findings|themes|quot\w+) (?:are|is|"
    r"were) (?:presented|reported|organi[sz]ed|structured|grouped|labelled|identified by|illustrated)|themes? (?:were|"
    r"was) (?:identified|developed|derived)|(?:quotes?|quotations?|excerpts?) (?:are|were|is)|we (?:report|present|"
    r"describe|elaborate|illustrate|summari[sz]e|use|provide|interviewed|recruited|conducted|contacted|approached|"
    r"invited|coded|analy[sz]ed|identified (?:\w+ )?(?:themes|categories|codes)|collected|sampled|excluded|"
    r"included)\b|interviews? (?:lasted|took|were (?:conducted|held|audio|carried))|(?:focus groups?|interviews|"
    r"discussions) (?:were|was) (?:conducted|held|organi[sz]ed|carried out|undertaken)|the interviews included|"
    r"(?:participants?|patients?|interviewees|respondents|people|individuals|\w+s) (?:were (?:interviewed|recruited|"
    r"invited|enrolled|randomi[sz]ed|approached|contacted|aged|between|excluded|allocated)|(?:agreed|"
    r"consented) to (?:participate|take part|be interviewed)|took part|participated|(?:had )?completed the)|(?:mean|"
    r"median|average) age|age range|response rate|the sample (?:included|consisted|comprised|represented|was)|(?:were|"
    r"was) (?:involved in the (?:qualitative|interview)|difficult to recruit)|(?:declin\w+|invited?|"
    r"asked) to (?:take part|participate|receive)|withdrew|(?:participant |unique )identifiers?|(?:for|all) quot(?:es|"
    r"ations)|ethical consideration|^(?:investigator|interviewer|researcher|moderator|facilitator)\s?:|the (?:order|"
    r"structure) of (?:the|this)|^(?:\w+|the) (?:main |key |major )?(?:sub-?)?themes?\b|themes? (?:that )?(?:emerged|"
    r"identified)|(?:themes|categories|factors) (?:were|are|emerged):"
)
_OF_THE_PAPER = Wordings((rf"\b(?:{one})" for one in alternatives(_META)), re.IGNORECASE)
"""Words about the paper itself, its sample or its methods."""
_NUMERAL = Pattern(
    r"\d+(?:\.\d+)?\s?%|\bp\s?[<=>]|\bCI\b|\bSD\b|\bn\s?=|±|\bodds ratio\b|\bmedian\b|\bmean\b|\bβ\b", re.I
)
_AUTHOR_YEAR = re.compile(
    r"\(?[A-Z][\w’'-]+(?: (?:et al\.?|and|&) ?[A-Z]?[\w’'-]*)?,? \(?(?:19|20)\d\d|\[\d{1,3}(?:[,–-]\s?\d{1,3})*\]|"
    r"et al\b"
)
_NOTHING_BETWEEN = re.compile(r"[\s\"“”‘’':,.…(\[]*")
_MOST_QUOTE = 0.6
_WHOLE_QUOTE = 8
"""Words of a quote that is more than a borrowed expression."""
_WHOLE_SENTENCE = 8
_LONGEST = 150
"""Words above which a run of text without a full stop is no sentence, but a table or a list that lost its lines."""


class Statement(NamedTuple):
    """A sentence of the narrative: view[start:end], without a quote that follows it or a tag before it.

    `place` is "results", "abstract results", "discussion" or "conclusions"; `quote` the index of the quote that it
    introduces or holds; `sample` says that its heading describes the sample or reports numbers; `cited` that it
    carries a citation; `numbers` counts its statistics; `paragraph` counts the paragraphs of
    its section and `ordinal` the sentences of its kind of place.
    """

    start: int
    end: int
    block: int
    place: str
    quote: int | None
    sample: bool
    cited: bool
    numbers: int
    paragraph: int
    ordinal: int


class Narrative:
    """The statements of a paper, in order, and what is known of each."""

    def __init__(self, reading: Reading, quotes: Sequence[Located[Quote]]) -> None:
        """Take the sentences of results, discussion and conclusions; abstracts' results and conclusions with them."""
        self.reading = reading
        self.quotes = sorted(quotes, key=lambda q: q.start)
        self._starts = [q.start for q in self.quotes]
        self._results = results_of(reading)
        self._headings = theme_headings(reading, [Piece(q.start, q.end) for q in self.quotes])
        self.statements = tuple(self._all())

    def _all(self) -> Iterator[Statement]:
        paragraph, last = 0, (-1, -1)
        counts: Counter[str] = Counter()
        for sentence in self.reading.sentences:
            block = self.reading.blocks[sentence.block]
            if block.kind not in ("paragraph", "list_item"):
                continue
            if (sentence.section, sentence.block) != last:
                paragraph = paragraph + 1 if sentence.section == last[0] else 1
                last = (sentence.section, sentence.block)
            place = self._place(sentence.start, sentence.section)
            if place is None:
                continue
            counts[place] += 1
            for piece, quote in self._narrative(sentence.start, sentence.end):
                words = self.reading.text[piece.start : piece.end]
                if not 3 <= len(words.split()) <= _LONGEST or _TABLE.match(words) or _ASIDE.fullmatch(words):
                    continue
                yield Statement(
                    start=piece.start,
                    end=piece.end,
                    block=sentence.block,
                    place=place,
                    quote=quote,
                    sample=place == "results" and self._in_sample(piece.start),
                    cited=self._cited(piece),
                    numbers=len(_NUMERAL.findall(words)),
                    paragraph=paragraph,
                    ordinal=counts[place],
                )

    def _place(self, start: int, section_index: int) -> str | None:
        section = self.reading.sections[section_index]
        if section.in_abstract:
            return {"results": "abstract results", "conclusions": "conclusions"}.get(section.kind)
        if any(p.start <= start < p.end for p in self._results):
            return "results"
        return section.kind if section.kind in ("discussion", "conclusions") else None

    def _narrative(self, start: int, end: int) -> Iterator[tuple[Piece, int | None]]:
        """Yield what of a sentence is narrative, with the index of the quote that follows or lies in it."""
        text = self.reading.text
        near = range(self._first(start), bisect_left(self._starts, end))
        inside = [i for i in near if self.quotes[i].end > start]
        for index in inside:
            quote = self.quotes[index]
            shared = min(end, quote.end) - max(start, quote.start)
            long = len(text[quote.start : quote.end].split()) >= _WHOLE_QUOTE
            if not long and shared < _MOST_QUOTE * (end - start):
                continue
            if quote.start - start > 8:
                yield self._bare(start, quote.start), index
            start = max(start, quote.end)
            if start >= end:
                return
        piece = self._bare(start, end)
        if piece.start < piece.end:
            yield piece, self._following(end) if not inside or start == end else self._short(inside, end)

    def _short(self, inside: list[int], end: int) -> int | None:
        after = self._following(end)
        return after if after is not None else inside[-1]

    def _first(self, start: int) -> int:
        index = bisect_left(self._starts, start)
        return max(0, index - 1)

    def _following(self, end: int) -> int | None:
        index = bisect_left(self._starts, end)
        if index < len(self.quotes) and _NOTHING_BETWEEN.fullmatch(self.reading.text, end, self._starts[index]):
            return index
        return None

    def _bare(self, start: int, end: int) -> Piece:
        text = self.reading.text
        for pattern in (_MARKUP, _TAG):
            found = pattern.match(text, start, end)
            start = found.end() if found and found.end() < end else start
        piece = trimmed(text, start, end, ' \t\n,;:“"‘')
        return piece

    def _in_sample(self, start: int) -> bool:
        inside = [h for h in self._headings if h.section.start <= start < h.section.end]
        return bool(inside) and max(inside, key=lambda h: (h.section.start, h.depth)).sample

    def _cited(self, piece: Piece) -> bool:
        marks = self.reading.citations
        index = bisect_left(marks, piece.start, key=lambda m: m.at)
        if index < len(marks) and marks[index].at <= piece.end + 3:
            return True
        return (
            _AUTHOR_YEAR.search(self.reading.text, piece.start, min(len(self.reading.text), piece.end + 12)) is not None
        )


def is_meta(words: str) -> bool:
    """Say whether a sentence speaks of the paper, its sample or its methods instead of what was found.

    >>> is_meta("Table 2 shows the characteristics of the sample."), is_meta("Nurses felt left out.")
    (True, False)
    """
    return _OF_THE_PAPER.stand_in(words)


def with_headings(narrative: Narrative) -> Iterator[Statement]:
    """Yield the statements of a paper and, in their place, the headings of its results that are whole sentences."""
    reading = narrative.reading
    headed = [
        Statement(s.start, s.end, s.block, "results", None, False, False, 0, 1, 1)
        for s in reading.sentences
        if reading.blocks[s.block].kind == "heading"
        and reading.sections[s.section].kind == "results"
        and len(reading.text[s.start : s.end].split()) in range(_WHOLE_SENTENCE + 1, _LONGEST)
    ]
    yield from sorted((*headed, *narrative.statements), key=lambda s: s.start)
