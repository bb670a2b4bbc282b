"""Saved web pages (HTML, XHTML and MHTML): the text of the page with its headings, quotations, lists and tables.

Menus, banners and lists of other articles are left out. What the page's head tells of a publication becomes its front.
"""

import email
import email.policy
import re
from collections.abc import Iterator

from lxml import etree

from ingest.errors import ReaderError
from ingest.readers.builder import Builder, Run
from ingest.readers.captions import is_caption, is_label
from ingest.readers.cells import rows_of
from ingest.readers.contents import ReadDocument
from ingest.readers.grouping import grouped
from ingest.readers.html.captions import around_table, is_figure
from ingest.readers.html.citing import mark_citations, mark_notes, numbers_cite, with_numbers
from ingest.readers.html.front import front_of_page, write_told
from ingest.readers.html.furniture import heads_other, is_pressed, names_of
from ingest.readers.html.headings import HEADINGS, Headings, text_of
from ingest.readers.html.inline import BLOCKS, begun, cites, inline, lines_of
from ingest.readers.html.page import is_abstract, main_part, parse_page, prose_around, remove, words_of
from ingest.readers.safe_xml import local
from ingest.readers.section_writer import LONGEST_FRONT, SectionWriter, bare, plain
from ingest.sections import said_by

MEDIA_TYPE = "text/html"
MAX_DEPTH = 120
"""How deep elements may lie in each other; what lies deeper is read as plain words of what is around it."""
_QUOTED = frozenset(["quote", "quotation", "blockquote", "dispquote", "displayquote", "verse"])
_NO_QUOTED = frozenset(["icon", "request", "get", "price", "stock", "form", "format", "button", "author", "source"])
_LONGEST_QUOTE = 4_000
_FOOTNOTES = frozenset(["ltx_note", "footnote", "sidenote", "marginnote", "footnote-text"])
_SHORTEST_NOTE = 15
"""Characters of a footnote inside a sentence; shorter ones are its mark."""
_NOTES = "Notes"
_BODY = frozenset({"methods", "results", "discussion"})
_FEWEST_CELLS = 3
_MANY_CELLS, _WORDY = 12, 60
"""A table of many cells of few words is one, though some publishers say that it is only there for its looks."""


def read_html(data: bytes, source: str) -> ReadDocument:
    """Return the document of a web page and its reading.

    Raises:
        ReaderError: it is no text, or has no main text.
    """
    root = parse_page(data, source)
    front = front_of_page(root)
    main = main_part(root)
    if main is None:
        raise ReaderError(source, "has no main text", "save the page once its text has loaded, or save it as text")
    builder = Builder()
    write_told(builder, front)
    _Writer(builder, main, front.title).write()
    return builder.finish(
        source=source,
        media_type=MEDIA_TYPE,
        doi=front.doi or None,
        pmid=front.pmid or None,
        pmcid=front.pmcid or None,
        citation=front.citation if front.journal or front.authors else None,
        licence=front.licence or None,
    )


def read_mhtml(data: bytes, source: str) -> ReadDocument:
    """Return the document of a web page that was saved as one file (MHTML).

    Raises:
        ReaderError: as for `read_html`, or the file holds no page.
    """
    # The newer policies parse headers by descent: one of many brackets ends in a RecursionError.
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            page = part.get_payload(decode=True)
            charset = part.get_content_charset()
            if isinstance(page, bytes) and page.strip():
                declared = f'<meta charset="{charset}">'.encode() if charset and b"charset" not in page[:2000] else b""
                return read_html(declared + page, source)
    raise ReaderError(source, "is a web archive without a page", "save the page again, as HTML")


class _Writer:
    """Goes through a page in order and writes its blocks."""

    def __init__(self, builder: Builder, main: etree._Element, title: str) -> None:
        self.builder = builder
        self.main = main
        self.out = SectionWriter(builder, title)
        self.heads = Headings(main, lambda words: bare(words) == bare(title))
        if self.heads.kinds & _BODY:
            self.out.unheaded = "background"
        self.out.begun = not self.heads.found
        self.out.flat = self.heads.flat
        mark_citations(main)
        mark_notes(main)
        self.footnotes = _taken_footnotes(main)
        self.linked = any(cites(link) for link in main.iter("a"))
        self.numbered = not self.linked and numbers_cite(main)
        self.held = _tables_by_holder(main)
        self.label: list[Run] = []
        self.ended: etree._Element | None = None
        """The element with whose end that of the abstract comes."""
        self.other = 0
        """The depth of the heading of what is no part of the article, while it is gone through."""
        self.other_ends: etree._Element | None = None

    def write(self) -> None:
        """Write the whole page."""
        self._children(self.main, 0)
        if self.footnotes:
            self.builder.heading([Run(_NOTES)], level=1, section="back")
        for note in self.footnotes:
            self.builder.paragraph(self._runs(note), kind="note")

    def _children(self, element: etree._Element, depth: int) -> None:
        """Write what is in an element: runs of words between blocks are paragraphs of their own."""
        runs = [*begun(element), Run(element.text or "")]
        for child in element:
            if self._is_block(child, depth):
                self._paragraph(runs)
                runs = []
                self._block(child, depth + 1)
                self._leave(child)
            else:
                runs += inline(child)
            if child.tail:
                runs.append(Run(child.tail))
        self._paragraph(runs)

    def _leave(self, element: etree._Element) -> None:
        if element is self.ended:
            self.out.end_abstract()
            self.ended = None
        if element is self.other_ends:
            self.other, self.other_ends = 0, None

    def _is_block(self, element: etree._Element, depth: int) -> bool:
        if depth >= MAX_DEPTH or not local(element):
            return False
        if local(element) in BLOCKS or any(local(child) in BLOCKS for child in element.iterdescendants()):
            return True
        return self.heads.level(element) is not None

    def _block(self, element: etree._Element, depth: int) -> None:
        tag = local(element)
        if (level := self.heads.level(element)) is not None:
            self._heading(element, level)
        elif self.other:
            self._children(element, depth)
        elif element in self.held:
            self._held(element, self.held[element])
        elif _is_quotation(element):
            self.out.quote(grouped(line, linked=self.linked) for line in lines_of(element))
        elif tag in ("ul", "ol"):
            for item in element:
                self._item(item, depth)
        elif tag == "table":
            self._table(element, depth)
        elif is_figure(element):
            self.builder.table([], caption=[*self.label, *inline(element)])
            self.label = []
        elif tag == "figure" or tag == "dl":
            self._figure(element, depth) if tag == "figure" else self._definitions(element, depth)
        elif tag in ("figcaption", "caption"):
            self.builder.table([], caption=inline(element))
        elif tag == "hr":
            return
        elif not self.out.unnamed and is_abstract(element):
            self.out.unnamed = not any(_says_abstract(head) for head in element.iter(*HEADINGS))
            self._children(element, depth)
            self.out.unnamed = False
        else:
            self._children(element, depth)

    def _heading(self, element: etree._Element, level: int) -> None:
        runs = self._runs(text_of(element))
        words = plain(runs)
        if self.other and level > self.other:
            return
        self.other, self.other_ends = 0, None
        if heads_other(words, behind=self.out.references or self.out.ended):
            self.other, self.other_ends = level, _section_of(element, self.main)
        elif is_caption(words):
            self._label(runs, words)
        elif self.heads.opens(element):
            self._paragraph(runs)
        else:
            if _says_abstract(element):
                self.ended = prose_around(element, {self.main})
            self.label = []
            self.out.heading(runs, level)

    def _label(self, runs: list[Run], words: str) -> None:
        """Keep a label for the table that it stands before, or write a whole caption."""
        if is_label(words):
            self.label = [*runs, Run(" ")]
        else:
            self.builder.table([], caption=runs)

    def _runs(self, element: etree._Element) -> list[Run]:
        return grouped(inline(element), linked=self.linked)

    def _grouped(self, runs: list[Run]) -> list[Run]:
        return grouped(list(with_numbers(runs)) if self.numbered else runs, linked=self.linked)

    def _paragraph(self, runs: list[Run]) -> None:
        words = plain(runs) if not self.other else ""
        if not words or is_pressed(words):
            return
        if is_label(words):
            self._label(runs, words)
        else:
            self.out.paragraph(self._grouped(runs))

    def _item(self, item: etree._Element, depth: int) -> None:
        """Write an item of a list: its words, then the lists and blocks in it."""
        if not local(item):
            return
        runs = [*begun(item), Run(item.text or "")]
        for child in item:
            if self._is_block(child, depth) and local(child) not in ("p", "div", "span", "cite"):
                self._list_item(runs)
                runs = []
                self._block(child, depth + 1)
            else:
                runs += [*([Run(" ")] if runs else []), *inline(child)]
            if child.tail:
                runs.append(Run(child.tail))
        self._list_item(runs)

    def _list_item(self, runs: list[Run]) -> None:
        if not self.other and not is_pressed(plain(runs)):
            self.out.item(self._grouped(runs))

    def _definitions(self, element: etree._Element, depth: int) -> None:
        term: list[Run] = []
        for child in element.iter("dt", "dd"):
            if local(child) == "dt":
                self._list_item(term)
                term = inline(child)
            else:
                words = "".join(run.text for run in term).strip()
                between = " " if words.endswith(":") or not words else ": "
                self._list_item([*term, Run(between), *inline(child)])
                term = []
        self._list_item(term)

    def _figure(self, element: etree._Element, depth: int) -> None:
        captions = [caption for caption in element.iter("figcaption")]
        tables = [table for table in element.iter("table")]
        if tables:
            for table in tables:
                self._table(table, depth, [run for caption in captions for run in inline(caption)])
        elif captions and element.find(".//blockquote") is None:
            for caption in captions:
                self.builder.table([], caption=inline(caption))
        elif words_of(element):
            self._children(element, depth)

    def _table(self, table: etree._Element, depth: int, told: list[Run] | None = None) -> None:
        if _is_layout(table):
            self._children(table, depth)
            return
        caption = next(iter(table.iter("caption")), None)
        heading = inline(caption) if caption is not None else told or _caption_before(table)
        self.builder.table(rows_of(table, self._runs), caption=[*self.label, *heading])
        self.label = []

    def _held(self, holder: etree._Element, table: etree._Element) -> None:
        """Write a table with what stands around it: its caption before it, its notes behind it."""
        before, behind = self.label, list[list[Run]]()
        self.label = []
        passed = False
        for part in _parts_around(holder, table, {*table.iterancestors()}):
            if part is table:
                passed = True
                before += [run for caption in table.iter("caption") for run in inline(caption)]
            elif passed and local(part) != "figcaption":
                behind += [line for line in lines_of(part) if plain(line) and not is_pressed(plain(line))]
            elif not is_pressed(words_of(part)):
                before += [*inline(part), Run(" ")]
        self.builder.table(rows_of(table, self._runs), caption=before, notes=behind)


def _taken_footnotes(main: etree._Element) -> list[etree._Element]:
    """Take out the footnotes that stand inside sentences, and return them."""
    called = (note for note in main.iter("span") if not _FOOTNOTES.isdisjoint(note.get("class", "").lower().split()))
    notes = [note for note in called if len(words_of(note)) >= _SHORTEST_NOTE]
    outer = [note for note in notes if not any(above in notes for above in note.iterancestors())]
    for note in outer:
        remove(note)
        note.tail = None
    return outer


def _tables_by_holder(main: etree._Element) -> dict[etree._Element, etree._Element]:
    tables = [table for table in main.iter("table") if not _is_layout(table)]
    return {holder: table for table in tables if (holder := around_table(table, main)) is not None}


def _parts_around(
    holder: etree._Element, table: etree._Element, around: set[etree._Element]
) -> Iterator[etree._Element]:
    """Yield what lies in the holder of a table, in order: the table, and the largest elements that it is not in."""
    for child in holder:
        if child in around:
            yield from _parts_around(child, table, around)
        elif local(child):
            yield child


def _section_of(heading: etree._Element, main: etree._Element) -> etree._Element | None:
    """Return the smallest element around a heading that holds more than it, and is not the whole page."""
    words = len(words_of(heading))
    for above in heading.iterancestors():
        if above is main:
            return None
        if len(words_of(above)) > words:
            return above
    return None


def _says_abstract(heading: etree._Element) -> bool:
    said = said_by(words_of(heading))
    return said is not None and said.kind == "abstract"


def _is_quotation(element: etree._Element) -> bool:
    """Say whether an element is a quotation that is set apart, by its name or by the words of its class."""
    tag = local(element)
    if tag in ("blockquote", "disp-quote"):
        return True
    called = element.get("class")
    if not called or tag not in ("div", "p", "section", "aside", "figure") or "quot" not in called.lower():
        return "verse" in (called or "").lower().split() and tag == "div"
    words = names_of(element)
    if not words & _QUOTED or words & _NO_QUOTED or len(words_of(element)) > _LONGEST_QUOTE:
        return False
    return next(element.iter(*HEADINGS), None) is None


def _is_layout(table: etree._Element) -> bool:
    """Say whether a table is there to place things, as on old pages: tables or headings are in it, or it says so."""
    cells = sum(1 for _ in table.iter("td", "th"))
    if table.find(".//table") is not None:
        return True
    if table.get("role") == "presentation" and (cells < _MANY_CELLS or len(words_of(table)) > _WORDY * cells):
        return True
    few = cells < _FEWEST_CELLS and any(True for _ in table.iter(*HEADINGS))
    return few or (cells == 1 and len(words_of(table)) > LONGEST_FRONT)


def _caption_before(table: etree._Element) -> list[Run]:
    """Return the caption that the element around a table holds, and take it away there."""
    for above in list(table.iterancestors())[:3]:
        for part in above.iterdescendants():
            named = {word for name in part.get("class", "").lower().split() for word in re.split(r"[-_]+", name)}
            if named & {"caption", "captions"} and table not in part.iterdescendants():
                runs = inline(part)
                remove(part)
                return runs
    return []
