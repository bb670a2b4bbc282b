"""Word documents (DOCX): headings, quotations, lists, tables and notes by style, outline and indents.

Insertions that were tracked are text and deletions are not; comments are left out. Headings that are only set in bold
are found by standing alone.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from lxml import etree

from ingest.identifiers import DOI, doi_of
from ingest.readers.builder import Builder, Run
from ingest.readers.captions import is_caption
from ingest.readers.contents import ReadDocument
from ingest.readers.docx.package import Package, child, open_docx, value
from ingest.readers.docx.styles import Styles
from ingest.readers.docx.text import Paragraph, TextReader, merged, split_lines
from ingest.readers.docx.title import joined_runs, title_of
from ingest.readers.grouping import grouped
from ingest.readers.paragraphs import SAID
from ingest.readers.safe_xml import local
from ingest.readers.section_writer import SectionWriter, flat_depth, plain
from ingest.readers.tables import CAPTION
from ingest.sections import number_level, said_by

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SET_IN = 280
"""Twentieths of a point by which a quotation is set in at the least: half a centimetre."""
_LONGEST_HEADING = 150
_MOSTLY = 1 / 3
"""Share of the headings of a level that are running text from which on none of them is a heading."""
_DOI = re.compile(rf"(?:\bdoi\b\s?:?\s*|doi\.org/)({DOI})", re.IGNORECASE)
_FRONT = 6_000
_NOBODY = re.compile(r"(?:microsoft|user|author|admin|owner|python|office|unknown|windows|apple)\b", re.IGNORECASE)
_MAX_SPAN, _DIGITS = 200, 6
_NOTE = "Notes"
_BODY = frozenset({"methods", "results", "discussion"})

Block = Paragraph | etree._Element
"""A paragraph, or the element of a table."""


@dataclass(slots=True)
class _Told:
    """What the properties of the file say."""

    title: str = ""
    author: str = ""


def read_docx(data: bytes, source: str) -> ReadDocument:
    """Return the document of a Word file and its reading.

    Raises:
        ReaderError: the file is damaged, protected or beyond a bound, or holds no text.
    """
    package = open_docx(data, source)
    reader = TextReader(Styles(package.styles))
    body = child(package.document, "body")
    blocks = _joined(_blocks(body, reader)) if body is not None else []
    _demote(blocks)
    told = _told(package.core)
    title = _title(blocks, told)
    builder = Builder()
    writer = _Writer(builder, reader, plain(title.runs) if title else "", _usual_left(blocks))
    writer.write(blocks, title)
    writer.notes(package)
    found = builder.finish(
        source=source,
        media_type=MEDIA_TYPE,
        title=writer.title or told.title or None,
        citation=f"{told.author}. {writer.title or told.title}"
        if told.author and (writer.title or told.title)
        else None,
        notes=_notes(package, reader),
    )
    doi = _DOI.search(found.document.text, 0, _FRONT)
    document = replace(found.document, doi=doi_of(doi.group(1))) if doi else found.document
    return replace(found, document=document)


def _blocks(element: etree._Element, reader: TextReader) -> Iterator[Block]:
    for part in element:
        name = local(part)
        if name == "p":
            yield reader.paragraph(part)
        elif name == "tbl":
            yield part
        elif name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"):
            yield from _blocks(part, reader)


def _joined(blocks: Iterable[Block]) -> list[Block]:
    """Return blocks with paragraphs put together whose mark between them was deleted."""
    found: list[Block] = []
    for block in blocks:
        last = found[-1] if found else None
        if isinstance(block, Paragraph) and isinstance(last, Paragraph) and last.joins:
            last.runs += block.runs
            last.boxes += block.boxes
            last.joins = block.joins
        else:
            found.append(block)
    return found


def _told(core: etree._Element) -> _Told:
    said = {local(part): " ".join((part.text or "").split()) for part in core}
    author = said.get("creator", "")
    return _Told(said.get("title", ""), "" if _NOBODY.match(author) else author)


def _title(blocks: list[Block], told: _Told) -> Paragraph | None:
    """Return the paragraph that is the title, its lines put together, and leave it alone of them in `blocks`."""
    lines = title_of(
        [block for block in blocks if isinstance(block, Paragraph) and block.text], told.title, told.author
    )
    if not lines:
        return None
    lines[0].runs = joined_runs(lines)
    for line in lines[1:]:
        blocks.remove(line)
    return lines[0]


def _demote(blocks: list[Block]) -> None:
    """Take no paragraph for a heading whose style of heading is that of running text."""
    by_level: dict[int, list[int]] = {}
    headings = [
        block for block in blocks if isinstance(block, Paragraph) and block.look.kind == "heading" and block.text
    ]
    for block in headings:
        by_level.setdefault(block.look.level, []).append(len(block.text))
    prose = {
        level
        for level, lengths in by_level.items()
        if sum(length > _LONGEST_HEADING * 2 for length in lengths) > _MOSTLY * len(lengths)
    }
    for block in headings:
        if block.look.level in prose and said_by(block.text) is None:
            block.look = replace(block.look, kind="", level=0)


def _usual_left(blocks: list[Block]) -> int:
    """Return the indent of running text, in twentieths of a point."""
    lefts: Counter[int] = Counter()
    for block in blocks:
        if isinstance(block, Paragraph) and not block.look.kind and not block.look.numbered:
            lefts[block.look.left or 0] += len(block.text)
    return max(lefts, key=lambda left: lefts[left]) if lefts else 0


def _is_all(block: Paragraph, style: str) -> bool:
    """Say whether all letters of a paragraph are set in a style."""
    runs = [run for run in block.runs if run.text.strip()]
    return bool(runs) and all(style in run.style.split() for run in runs)


def _is_prose(block: Block | None) -> bool:
    """Say whether a block is running text."""
    return isinstance(block, Paragraph) and not block.look.numbered and len(block.text) >= _LONGEST_HEADING


def _main_kind(block: Paragraph) -> str:
    """Return the kind of main section that a paragraph is the heading of by its words, "" if it is none."""
    said = said_by(block.text) if len(block.text) <= _LONGEST_HEADING else None
    return said.kind if said and said.main else ""


class _Writer:
    """Goes through a document in order and writes its blocks."""

    def __init__(self, builder: Builder, reader: TextReader, title: str, left: int) -> None:
        self.builder = builder
        self.reader = reader
        self.out = SectionWriter(builder, title)
        self.title = title
        self.left = left
        self.level = 0
        self.styled = False
        self.linked = False
        self.ahead: Counter[str] = Counter()
        """The kinds of main sections whose headings, by their words, are still to come."""

    def write(self, blocks: list[Block], title: Paragraph | None) -> None:
        """Write the document."""
        texts = [block for block in blocks if isinstance(block, Paragraph)]
        heads = [b for b in texts if b.look.kind == "heading" and b is not title and b.text]
        self.styled = len(heads) > 1
        top = min((head.look.level for head in heads), default=1)
        self.out.flat = flat_depth((head.text, head.look.level - top + 1) for head in heads)
        self.linked = any("citation" in run.style for block in texts for run in block.runs)
        self.ahead = Counter(kind for block in texts if (kind := _main_kind(block)))
        self.out.begun = not heads and not self.ahead.keys() - {"references", "back"}
        caption: Paragraph | None = None
        for number, block in enumerate(blocks):
            if isinstance(block, Paragraph) and (kind := _main_kind(block)):
                self.ahead -= Counter([kind])
            if not isinstance(block, Paragraph):
                self._table(block, caption)
                caption = None
                continue
            if caption is not None:
                self.builder.table([], caption=self._runs(caption))
                caption = None
            behind = next((b for b in blocks[number + 1 : number + 3] if not isinstance(b, Paragraph) or b.text), None)
            if block is title:
                self.builder.paragraph(self._runs(block), kind="title")
            elif block.text and self._is_caption(block, behind):
                caption = block
            elif block.text:
                self._paragraph(block, behind, top)
            for box in block.boxes:
                self._box(box)
        if caption is not None:
            self.builder.table([], caption=self._runs(caption))

    def _paragraph(self, block: Paragraph, behind: Block | None, top: int) -> None:
        kind = block.look.kind
        runs = self._runs(block)
        faked = 0 if kind in ("heading", "none", "caption") else self._faked(block, behind)
        if kind == "none":
            return
        if kind == "heading" and len(block.text) <= _LONGEST_HEADING * 2:
            self.level = block.look.level - top + 1
            self.out.heading(runs, max(self.level, 1))
        elif faked:
            self.out.heading(_upright(runs), faked)
        elif kind == "reference" or (self.out.references and not block.look.numbered):
            self.builder.paragraph(runs, kind="note")
        elif kind == "quote" or (self.out.begun and self._is_set_in(block)):
            self._quote(block, runs)
        elif block.look.numbered or kind == "list":
            self.out.item(runs)
        else:
            self.out.paragraph(runs)

    def _quote(self, block: Paragraph, runs: list[Run]) -> None:
        """Write what is set in: a quotation, or the caption of a figure; behind the text it is neither."""
        if is_caption(block.text):
            self.builder.table([], caption=runs)
        elif self.out.ended and block.look.kind != "quote":
            self.out.paragraph(runs)
        else:
            self.out.quote(self._lines(block))

    def _faked(self, block: Paragraph, behind: Block | None) -> int:
        """Return the depth of a heading that is only set as one, 0 if it is none: all bold, short, with text behind."""
        text = block.text
        bold = _is_all(block, "bold")
        if len(text) > _LONGEST_HEADING or block.formula > len(text) / 2:
            return 0
        if (text[-1] in ".,;" and not (bold and text[-1] == ".")) or (block.look.numbered and not bold):
            return 0
        said = said_by(text)
        if block.look.numbered and not (said and said.main) and not _is_prose(behind):
            return 0
        shouted = text.isupper() and len(text) > 3 and any(letter.isalpha() for letter in text)
        if not (bold or shouted or (said and said.main) or (_is_all(block, "italic") and self._leads(block, behind))):
            return 0
        if said is None and (not self.out.begun or (self.out.references and not text.lower().startswith("appendi"))):
            return 0
        if said and said.main and not (said.kind == "back" and self.ahead.keys() & _BODY):
            return 2 if self.out.in_abstract and said.kind in self.ahead else 1
        if text[-1] == "." and len(text) > _LONGEST_HEADING / 2:
            return 0
        numbered = number_level(text)
        below = self.level if self.styled else 1
        return numbered or below + (1 if bold or shouted else 2)

    def _leads(self, block: Paragraph, behind: Block | None) -> bool:
        """Say whether a slanted line leads running text and is no slanted quotation."""
        if not isinstance(behind, Paragraph) or _is_all(behind, "italic") or self._is_set_in(block):
            return False
        quoted = block.text[0] in "“\"‘'«…[(" or block.text[-1] in '”"’»?!…' or SAID.search(block.text)
        return not quoted and len(behind.text) > len(block.text)

    def _is_set_in(self, block: Paragraph) -> bool:
        look = block.look
        hanging = (look.first or 0) < 0
        return (look.left or 0) - self.left >= _SET_IN and not hanging and not look.numbered and not look.centred

    def _is_caption(self, block: Paragraph, behind: Block | None) -> bool:
        named = CAPTION.match(block.text) is not None
        if block.look.kind == "caption":
            return block.formula <= len(block.text) / 2 and (is_caption(block.text) or not block.text[0].islower())
        return named and behind is not None and not isinstance(behind, Paragraph)

    def _runs(self, block: Paragraph) -> list[Run]:
        return grouped(merged(block.runs), linked=self.linked)

    def _lines(self, block: Paragraph) -> Iterator[list[Run]]:
        for line in split_lines(block.runs):
            yield grouped(merged(line), linked=self.linked)

    def _table(self, table: etree._Element, caption: Paragraph | None) -> None:
        rows = [[cell for part in _inner(row, "tc") for cell in self._cells(part)] for row in _inner(table, "tr")]
        self.builder.table(rows, caption=self._runs(caption) if caption else ())

    def _cells(self, cell: etree._Element) -> list[list[Run]]:
        """Return the words of a cell, and an empty one for each further column that it spans."""
        merge = child(cell, "tcPr", "vMerge")
        span = value(child(cell, "tcPr", "gridSpan"))
        more = min(int(span) - 1, _MAX_SPAN) if span.isascii() and span.isdigit() and len(span) < _DIGITS else 0
        runs: list[Run] = []
        if merge is None or value(merge) == "restart":
            for block in self.reader.cell(cell):
                if block.text:
                    runs += [*([Run(" ")] if runs else []), *self._runs(block)]
        return [runs, *([[]] * more)]

    def _box(self, box: etree._Element) -> None:
        rows = [[self._runs(block)] for block in self.reader.cell(box) if block.text]
        if rows:
            self.builder.table(rows)

    def notes(self, package: Package) -> None:
        """Write the footnotes and endnotes that the text refers to, in the order in which it does."""
        texts = {
            (kind, value(note, "id")): note
            for kind, part in (("footnote", package.footnotes), ("endnote", package.endnotes))
            for note in part
            if local(note) == kind and value(note, "type") in ("", "normal")
        }
        found = [key for key in dict.fromkeys(self.reader.changes.notes) if key in texts]
        lines = [[Run("", "note", " ".join(key)), *self._spaced(texts[key])] for key in found]
        lines = [line for line in lines if plain(line)]
        if lines:
            self.builder.heading([Run(_NOTE)], level=1, section="back")
        for line in lines:
            self.builder.paragraph(line, kind="note")

    def _spaced(self, note: etree._Element) -> list[Run]:
        return [run for block in self.reader.cell(note) for run in [*self._runs(block), Run(" ")]]


def _upright(runs: list[Run]) -> list[Run]:
    return [run._replace(style="") if run.style in ("bold", "italic", "bold italic") else run for run in runs]


def _inner(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield the rows of a table or the cells of a row, those inside content controls and insertions too."""
    for part in element:
        inner = local(part)
        if inner == name:
            if child(part, f"{name}Pr", "del") is None:
                yield part
        elif inner in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _inner(part, name)


def _notes(package: Package, reader: TextReader) -> list[str]:
    comments = sum(1 for part in package.comments if local(part) == "comment")
    notes = [f"{reader.changes.tracked} tracked changes read as accepted"] if reader.changes.tracked else []
    return [*notes, f"{comments} comments left out"] if comments else notes
