"""The reading view of a document: its text repaired for reading, with the way back to the stored text."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from ontology.base import Passage

_start = attrgetter("start")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the view. `kind` is one of `ontology.model.SECTION_KINDS`; a structured abstract's parts have the
    kind of what they hold (methods, results ...) and `in_abstract`. Offsets are in the view, the heading included."""

    kind: str
    heading: str
    heading_start: int
    heading_end: int
    start: int
    end: int
    level: int
    in_abstract: bool = False


class Block(NamedTuple):
    """A run of the view that belongs together: "title", "heading", "paragraph", "quote" (set apart from the text
    around it), "list_item", "table" (moved behind the running text), "front" (citation lines, keywords) or "note"."""

    kind: str
    start: int
    end: int
    section: int


class Sentence(NamedTuple):
    """A sentence of the view and the block that holds it; quotes set apart are split into sentences too."""

    start: int
    end: int
    block: int
    section: int


@dataclass(frozen=True, slots=True)
class CitationMark:
    """A reference number or author-year mark that was taken out of (or stays in) the view, at view offset `at`."""

    at: int
    label: str


@dataclass(frozen=True, slots=True)
class NoteCall:
    """A sign that was left out of the view at view offset `at` and calls the note view[start:end], which may begin
    with the same sign."""

    at: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Words of the view, start..end, that the source itself sets in "italic" or "bold", or marks as the "attribution"
    of a quotation that is set apart."""

    start: int
    end: int
    style: str


@dataclass(frozen=True, slots=True)
class Told:
    """What the source's own metadata say of the publication: `field` is a field of `StudyFact` ("author", "journal"),
    `value` its value, view[start:end] the words of the front that hold it."""

    field: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as extraction sees it.

    `stored` is the untouched text that is hashed and kept; `text` is the view: hyphenated words joined, line breaks
    inside a paragraph made blanks, citation numbers, page numbers and running headers left out, glued words parted,
    tables moved to the end. `offsets[i]` is the stored offset of view character i (for a blank that repair put in:
    of the stored character it stands for or follows), and `cuts` holds, in ascending order, the view offsets before
    which stored text was left out or re-ordered so that a span must not run across. In a table every row is a line of
    the view; where the source has cells, a tab parts them. `emphases` are empty where the source has no markup, `told`
    where it has no metadata: then the words of the front are all there is to find the publication's data in.
    `marked_up` says that the source itself tells what is a heading, a quotation, a table.
    """

    document: str
    stored: str
    text: str
    offsets: tuple[int, ...]
    cuts: tuple[int, ...]
    sections: tuple[Section, ...]
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    citations: tuple[CitationMark, ...] = ()
    notes: tuple[str, ...] = field(default=())
    emphases: tuple[Emphasis, ...] = ()
    told: tuple[Told, ...] = ()
    marked_up: bool = False
    calls: tuple[NoteCall, ...] = ()

    def spans(self, start: int, end: int) -> tuple[Passage, ...]:
        """Return the stored words of view[start:end]: one passage, or several where a cut lies between.

        White space at either end of a piece is left out; every passage holds `stored[start:end] == exact`.
        """
        inside = self.cuts[bisect_right(self.cuts, start) : bisect_left(self.cuts, end)]
        edges = [start, *inside, end]
        found = []
        for a, b in pairwise(edges):
            while a < b and self.text[a].isspace():
                a += 1
            while b > a and self.text[b - 1].isspace():
                b -= 1
            if a < b:
                first, last = self.offsets[a], self.offsets[b - 1] + 1
                passage = Passage(document=self.document, start=first, end=last, exact=self.stored[first:last])
                found.append(passage)
        return tuple(found)

    def section_at(self, at: int) -> Section:
        """Return the innermost section that holds view offset `at`; sections stand in the order of their beginnings."""
        found: Section | None = None
        for index in range(bisect_right(self.sections, at, key=_start) - 1, -1, -1):
            section = self.sections[index]
            if found is not None and section.start < found.start:
                break
            if at < section.end and (found is None or section.level >= found.level):
                found = section
        return found or self.sections[0]

    def sentence_at(self, at: int) -> Sentence | None:
        """Return the sentence that holds view offset `at`."""
        index = bisect_right(self.sentences, at, key=_start) - 1
        if index >= 0 and at < self.sentences[index].end:
            return self.sentences[index]
        return None
