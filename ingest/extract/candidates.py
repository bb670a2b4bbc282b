"""Clauses that may state a barrier, a facilitator or an intervention, each with what stands around it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate, islice
from typing import NamedTuple

from ingest.extract.cells import Item, items_of, listed_as
from ingest.extract.clauses import Clause, clauses
from ingest.extract.context import Located, RoleIndex
from ingest.extract.cues import ACTS, HELPS, HINDERS, CueIndex
from ingest.extract.likeness import Piece, stems
from ingest.extract.phrasings import phrasings_in
from ingest.extract.qualitative import lets_speak
from ingest.reading import Reading, Section, Sentence
from ontology.base import Record
from ontology.model import Quote

_BLOCKS = ("paragraph", "quote", "list_item")
_MARK = re.compile(r"\[\d{1,3}(?:[,–-]\s?\d{1,3})*\]|\bet al\b|\(\d{4}\)|, (?:19|20)\d\d[a-z]?[;)]")
_CAPTION = re.compile(r"(?:Table|Fig(?:ure|\.)?|Box|Appendix|Additional file)\s*\d", re.IGNORECASE)
_LONGEST = 4000
"""Characters of a sentence: what is longer is a table or a listing that nothing parts."""
_LONGEST_CAPTION = 200
"""Characters of a sentence that is only a caption; text that follows one without a stop is longer."""
_WORDS = re.compile(r"[^\W\d_]{2,}")
_LEAST_WORDS = 3
_OUTSIDE = ("front", "references", "back")
"""Sections where no statement of a study stands."""
_BORROWED = 60
"""Characters below which quoted words inside a sentence are part of what the authors say."""
_BULLET = 8
"""Characters that the bullet or number of a list item may take."""
_TRIES = re.compile(
    r"\b(?:interventions?|program(?:me)?s?|training|trial|pilot\w*|tele\w+|education\w*|coaching|service|model|tools?|"
    r"toolkit|system|scheme|initiative|course|therapy|treatment|clinics?|approach|role of|expanded role|package|"
    r"workshops?|sessions?|counsel\w+|support|app|platform|screening|implement\w+|deliver\w+|introduc\w+|evaluat\w+)\b",
    re.IGNORECASE,
)
"""Words for what a study tries."""
_EXPLORES = re.compile(
    r"\b(?:explor(?:e|es|ed|ing)|understand(?:ing)?|identif(?:y|ies|ied|ying)|describ(?:e|es|ed|ing)|investigat\w+|"
    r"elicit\w*|gain(?:ed|ing)? (?:\w+ ){0,2}insights?)\b",
    re.IGNORECASE,
)
"""What a study does that tries nothing."""
_REPORTED = ("results", "discussion", "conclusions")
_LEAST_ECHO = 0.3
_LEAST_TITLE = 4
_TAIL = 8
"""Characters behind a sentence in which its citation or its quote may begin."""


class Candidate(NamedTuple):
    """A clause of the view and its surroundings.

    `zone` is the kind of its section, "abstract " before it in an abstract; `headings` are those above it, innermost
    first; `listed` is the words that announce the list it is an item of; `quote` is the quote that holds it; `leads`
    the quote that follows its sentence at once.
    """

    start: int
    end: int
    sentence: Sentence
    number: int
    listed: str
    zone: str
    headings: tuple[str, ...]
    quote: Located[Quote] | None
    leads: Located[Quote] | None
    cited: bool
    background: bool
    aside: str = ""


class Surroundings:
    """What candidates are drawn from and measured against: a reading with its quotes, roles and cues."""

    def __init__(
        self,
        reading: Reading,
        roles: RoleIndex,
        quotes: Sequence[Located[Quote]],
        background: Sequence[Located[Record]],
        aside: Sequence[Located[Record]] = (),
    ) -> None:
        """Keep the parts and find the cues."""
        self.reading = reading
        self.roles = roles
        told = ((block.start, block.end) for block in reading.blocks if block.kind in (*_BLOCKS, "table"))
        self.cues = CueIndex(reading.text, tuple(told))
        self._quotes = sorted(quotes, key=lambda quote: quote.start)
        self._quote_starts = [quote.start for quote in self._quotes]
        self.background = sorted((claim.start, claim.end) for claim in background)
        self._background_starts = [start for start, _ in self.background]
        self._background_ends = list(accumulate((end for _, end in self.background), max))
        self._aside = sorted((one.start, one.end, type(one.record).__name__) for one in aside)
        self._marks = [mark.at for mark in reading.citations]

    @cached_property
    def _items(self) -> tuple[Item, ...]:
        """The statements of tables; a paper that reports what nobody said has tables of what it planned."""
        if not self.lets_speak:
            return ()
        quoted = [(quote.start, quote.end) for quote in self._quotes]
        return tuple(
            item
            for item in items_of(self.reading)
            if item.end - item.start <= _LONGEST and not any(a < item.end and item.start < b for a, b in quoted)
        )

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of running text and quotes, then the statements of tables; no headings and notes."""
        blocks = self.reading.blocks
        items = (Sentence(one.start, one.end, one.block, blocks[one.block].section) for one in self._items)
        return (*self._running, *items)

    @cached_property
    def _running(self) -> tuple[Sentence, ...]:
        reading = self.reading
        return tuple(
            s
            for s in reading.sentences
            if reading.blocks[s.block].kind in _BLOCKS
            and s.end - s.start <= _LONGEST
            and next(islice(_WORDS.finditer(reading.text, s.start, s.end), _LEAST_WORDS - 1, None), None)
            and not (s.end - s.start <= _LONGEST_CAPTION and _CAPTION.match(reading.text, s.start, s.end))
        )

    @cached_property
    def central(self) -> frozenset[str]:
        """Stems of the words of the abstract, title and headings: what the paper is about."""
        reading = self.reading
        parts = [reading.text[s.start : s.end] for s in reading.sections if s.in_abstract]
        parts += [reading.text[s.heading_start : s.heading_end] for s in reading.sections]
        parts += [reading.text[b.start : b.end] for b in reading.blocks if b.kind == "title"]
        return stems(" ".join(parts))

    @cached_property
    def title(self) -> frozenset[str]:
        """Stems of the words of the title."""
        reading = self.reading
        return stems(" ".join(reading.text[b.start : b.end] for b in reading.blocks if b.kind == "title"))

    @cached_property
    def tried(self) -> int:
        """The number of the sentence of the abstract that says most of the title and tells what was tried; else -1.

        Aims and methods of an abstract name the programme that a study is about in the words of its title. Where the
        title has no word for such a thing, an aim to explore or understand names none either.
        """
        text, sections = self.reading.text, self.reading.sections
        titles = [block for block in self.reading.blocks if block.kind == "title"]
        is_named = any(_TRIES.search(text, title.start, title.end) for title in titles)
        shares = [
            (self.echo(s.start, s.end), -number)
            for number, s in enumerate(self.sentences)
            if sections[s.section].in_abstract
            and sections[s.section].kind not in _REPORTED
            and _TRIES.search(text, s.start, s.end)
            and (is_named or not _EXPLORES.search(text, s.start, s.end))
        ]
        share, number = max(shares, default=(0.0, 1))
        return -number if share >= _LEAST_ECHO else -1

    def echo(self, start: int, end: int) -> float:
        """Return the share of the title's words that text[start:end] holds."""
        return len(self.stems(start, end) & self.title) / len(self.title) if len(self.title) >= _LEAST_TITLE else 0.0

    @cached_property
    def sentence_groups(self) -> tuple[frozenset[str], ...]:
        """The groups of the cues of every sentence of `sentences`."""
        return tuple([self.cues.groups_in(s.start, s.end) for s in self.sentences])

    @cached_property
    def sentence_counts(self) -> tuple[tuple[int, int, int], ...]:
        """How many of these groups hint at a barrier, at a facilitator, at an intervention."""
        return tuple([(len(said & HINDERS), len(said & HELPS), len(said & ACTS)) for said in self.sentence_groups])

    @cached_property
    def lets_speak(self) -> bool:
        """Whether the document reports qualitative results."""
        return lets_speak(self.reading, [Piece(quote.start, quote.end) for quote in self._quotes])

    @cached_property
    def role_labels(self) -> dict[str, str]:
        """What the study calls its roles, by their IRI."""
        return {one.record.iri: one.record.label for one in self.roles.records}

    @cached_property
    def _is_sectioned(self) -> bool:
        return any(section.kind in ("results", "discussion", "conclusions") for section in self.reading.sections)

    @cached_property
    def _stems(self) -> dict[tuple[int, int], frozenset[str]]:
        return {}

    def stems(self, start: int, end: int) -> frozenset[str]:
        """Return the stems of the words of text[start:end] that carry meaning."""
        found = self._stems.get((start, end))
        if found is None:
            found = self._stems[start, end] = stems(self.reading.text[start:end])
        return found

    def said(self, start: int, end: int) -> set[str]:
        """Return the features that the words themselves of text[start:end] have."""
        words = self.reading.text[start:end]
        return {f"says {group}" for group in self.cues.groups_in(start, end)} | {
            f"puts: {name}" for name in phrasings_in(words)
        }

    def candidates(self) -> Iterator[Candidate]:
        """Yield the clauses of all sentences of sections where a study states something, in order."""
        listed = {len(self._running) + number: item.listed for number, item in enumerate(self._items)}
        above: dict[int, tuple[str, ...]] = {}
        for number, sentence in enumerate(self.sentences):
            section = self.reading.section_at(sentence.start)
            zone = ("abstract " if section.in_abstract else "") + section.kind if self._is_sectioned else "unsectioned"
            if zone in _OUTSIDE:
                continue
            headings = above.get(id(section))
            if headings is None:
                headings = above[id(section)] = tuple(self._headings(section))
            cited = self._cited(sentence)
            background = self._is_background(sentence)
            leads = self.led_by(sentence)
            for start, end, quote in self._pieces(sentence):
                announced = listed.get(number, "") or ("" if quote else self._announced(sentence))
                whole = (Clause(start, end, announced),)
                for clause in whole if announced else clauses(self.reading.text, start, end):
                    yield Candidate(
                        clause.start, clause.end, sentence, number, clause.listed, zone, headings, quote,
                        None if quote else leads, cited and not quote, background and not quote,
                        self._set_aside(clause.start, clause.end),
                    )  # fmt: skip

    def _is_background(self, sentence: Sentence) -> bool:
        """Say whether a claim from other work lies in a sentence; those before its end may end where it begins."""
        before = bisect_left(self._background_starts, sentence.end)
        return before > 0 and self._background_ends[before - 1] > sentence.start

    def _set_aside(self, start: int, end: int) -> str:
        """Return as what most of a clause is kept already: a limitation, a wish for research."""
        for a, b, kind in self._aside:
            if a >= end:
                break
            if 2 * (min(b, end) - max(a, start)) >= end - start:
                return kind
        return ""

    def _announced(self, sentence: Sentence) -> str:
        """Return the words before a list that say what its items are, where `sentence` is the first of an item."""
        blocks, text = self.reading.blocks, self.reading.text
        block = blocks[sentence.block]
        if block.kind != "list_item" or sentence.start - block.start > _BULLET:
            return ""
        above = next((b for b in reversed(blocks[: sentence.block]) if b.kind != "list_item"), None)
        if above is None or above.kind != "paragraph" or not text[above.start : above.end].rstrip().endswith(":"):
            return ""
        last = self.reading.sentence_at(above.end - 1) or self.reading.sentence_at(above.start)
        words = text[last.start : last.end] if last else ""
        return words if listed_as(words) != "other" else ""

    def _pieces(self, sentence: Sentence) -> Iterator[tuple[int, int, Located[Quote] | None]]:
        """Yield the parts of a sentence inside and outside quotes."""
        at = sentence.start
        first = max(0, bisect_right(self._quote_starts, sentence.start) - 1)
        for quote in self._quotes[first:]:
            if quote.start >= sentence.end:
                break
            if quote.end <= at:
                continue
            if quote.end <= sentence.end and quote.end - quote.start < _BORROWED:
                continue
            if quote.start - at >= 12:
                yield at, quote.start, None
            yield max(at, quote.start), min(quote.end, sentence.end), quote
            at = min(quote.end, sentence.end)
        if sentence.end - at >= 12:
            yield at, sentence.end, None

    def led_by(self, sentence: Sentence) -> Located[Quote] | None:
        """Return the quote that begins in a sentence or right behind it."""
        index = bisect_left(self._quote_starts, sentence.start)
        if index < len(self._quotes) and self._quotes[index].start <= sentence.end + _TAIL:
            return self._quotes[index]
        return None

    def before_quote(self, start: int) -> frozenset[str]:
        """Return the groups of cues in the words before a quote: its sentence up to there, or the sentence before."""
        number = bisect_left(self._sentence_starts, start - _TAIL) - 1
        if number < 0:
            return frozenset()
        sentence = self._running[number]
        return self.cues.groups_in(sentence.start, min(sentence.end, start))

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self._running]

    def _cited(self, sentence: Sentence) -> bool:
        index = bisect_left(self._marks, sentence.start)
        if index < len(self._marks) and self._marks[index] <= sentence.end + 1:
            return True
        return _MARK.search(self.reading.text, sentence.start, sentence.end + _TAIL) is not None

    def _headings(self, section: Section) -> Iterator[str]:
        holding = [s for s in self.reading.sections if s.start <= section.start and section.end <= s.end]
        for one in sorted(holding, key=lambda s: (-s.level, -s.start)):
            if one.heading:
                yield one.heading
