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
from ingest.readers.contents import ReadDocument
from ingest.readers.html.front import front_of_page, write_told
from ingest.readers.html.page import is_abstract, main_part, parse_page, remove, words_of
from ingest.readers.jats.inline import grouped
from ingest.readers.jats.tables import rows_of
from ingest.readers.safe_xml import local
from ingest.readers.section_writer import LONGEST_FRONT, SectionWriter, bare
from ingest.sections import said_by

MEDIA_TYPE = "text/html"
MAX_DEPTH = 120
"""How deep elements may lie in each other; what lies deeper is read as plain words of what is around it."""
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_CONTAINERS = frozenset(
    [
        "html", "body", "div", "section", "article", "main", "header", "center", "tbody", "thead", "tfoot", "tr", "td",
        "th", "figure", "form", "details", "summary", "fieldset", "address", "hgroup", "search", "dl", "footer", "font",
    ]
)  # fmt: skip
_BLOCKS = frozenset(
    [
        *_CONTAINERS,
        *_HEADINGS,
        "p",
        "ul",
        "ol",
        "li",
        "table",
        "blockquote",
        "pre",
        "dt",
        "dd",
        "figcaption",
        "hr",
        "caption",
    ]
) - {"font"}
_ITALIC, _BOLD = frozenset(["em", "i", "cite", "dfn", "var"]), frozenset(["strong", "b"])
_QUOTED = frozenset(
    ["quote", "quotation", "blockquote", "disp-quote", "dispquote", "block-quote", "displayquote", "verse"]
)
_CITING = re.compile(r"#(?:[\w.:-]{0,60}?[-_]?)?(?:CR|ref|bib|rf|B|R|cit|b)[-_]?\w{0,20}\d", re.IGNORECASE)
_MARK = re.compile(r"\s*[\[(]?\s*\d{1,3}(?:\s*[-–,;]\s*\d{1,3})*\s*[\])]?\s*\Z")
_YEARED = re.compile(r"(?:19|20)\d\d[a-z]?\)?\s*\Z")
_SECTION_TITLE = re.compile(r"(?:\A|\s)section[-_]?(?:title|heading)(?:\s|\Z)")
_LONGEST_HEADING = 120
_FEWEST_CELLS = 3


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
        heads = [head for head in main.iter(*_HEADINGS) if words_of(head) and bare(words_of(head)) != bare(title)]
        self.top = min((_HEADINGS[local(head)] for head in heads), default=2)
        self.top -= any(_is_section_title(part) for part in main.iter("p", "div"))
        self.linked = any(_cites(link) for link in main.iter("a"))

    def write(self) -> None:
        """Write the whole page."""
        self._children(self.main, 0)

    def _children(self, element: etree._Element, depth: int) -> None:
        """Write what is in an element: runs of words between blocks are paragraphs of their own."""
        runs: list[Run] = [Run(element.text)] if element.text else []
        for child in element:
            if self._is_block(child, depth):
                self._paragraph(runs)
                runs = []
                self._block(child, depth + 1)
            else:
                runs += _inline(child)
            if child.tail:
                runs.append(Run(child.tail))
        self._paragraph(runs)

    def _is_block(self, element: etree._Element, depth: int) -> bool:
        if depth >= MAX_DEPTH or not local(element):
            return False
        return local(element) in _BLOCKS or any(local(child) in _BLOCKS for child in element.iterdescendants())

    def _block(self, element: etree._Element, depth: int) -> None:
        tag = local(element)
        if tag in _HEADINGS:
            self._heading(element, _HEADINGS[tag])
        elif _is_section_title(element):
            self._heading(element, self.top)
        elif tag == "blockquote" or (tag != "body" and _QUOTED & set(element.get("class", "").lower().split())):
            self.out.quote(grouped(line, linked=self.linked) for line in _lines(element))
        elif tag in ("ul", "ol"):
            for item in element:
                self._item(item, depth)
        elif tag == "table":
            self._table(element, depth)
        elif tag == "figure" or tag == "dl":
            self._figure(element, depth) if tag == "figure" else self._definitions(element, depth)
        elif tag in ("figcaption", "caption"):
            self.builder.table([], caption=_inline(element))
        elif tag == "hr":
            return
        elif not self.out.unnamed and is_abstract(element):
            self.out.unnamed = not any(_says_abstract(head) for head in element.iter(*_HEADINGS))
            self._children(element, depth)
            self.out.unnamed = False
        else:
            self._children(element, depth)

    def _heading(self, element: etree._Element, level: int) -> None:
        self.out.heading(self._runs(element), max(level - self.top + 1, 1))

    def _runs(self, element: etree._Element) -> list[Run]:
        return grouped(_inline(element), linked=self.linked)

    def _paragraph(self, runs: list[Run]) -> None:
        self.out.paragraph(grouped(runs, linked=self.linked))

    def _item(self, item: etree._Element, depth: int) -> None:
        """Write an item of a list: its words, then the lists and blocks in it."""
        if not local(item):
            return
        runs: list[Run] = [Run(item.text)] if item.text else []
        for child in item:
            if self._is_block(child, depth) and local(child) not in ("p", "div", "span", "cite"):
                self._list_item(runs)
                runs = []
                self._block(child, depth + 1)
            else:
                runs += [*([Run(" ")] if runs else []), *_inline(child)]
            if child.tail:
                runs.append(Run(child.tail))
        self._list_item(runs)

    def _list_item(self, runs: list[Run]) -> None:
        self.out.item(grouped(runs, linked=self.linked))

    def _definitions(self, element: etree._Element, depth: int) -> None:
        term: list[Run] = []
        for child in element.iter("dt", "dd"):
            if local(child) == "dt":
                self._list_item(term)
                term = _inline(child)
            else:
                words = "".join(run.text for run in term).strip()
                between = " " if words.endswith(":") or not words else ": "
                self._list_item([*term, Run(between), *_inline(child)])
                term = []
        self._list_item(term)

    def _figure(self, element: etree._Element, depth: int) -> None:
        captions = [caption for caption in element.iter("figcaption")]
        tables = [table for table in element.iter("table")]
        if tables:
            for table in tables:
                self._table(table, depth, [run for caption in captions for run in _inline(caption)])
        elif captions:
            for caption in captions:
                self.builder.table([], caption=_inline(caption))
        elif element.find(".//blockquote") is not None or words_of(element):
            self._children(element, depth)

    def _table(self, table: etree._Element, depth: int, told: list[Run] | None = None) -> None:
        if _is_layout(table):
            self._children(table, depth)
            return
        caption = next(iter(table.iter("caption")), None)
        heading = _inline(caption) if caption is not None else told or _caption_before(table)
        self.builder.table(rows_of(table, self._runs), caption=heading)


def _is_section_title(element: etree._Element) -> bool:
    """Say whether a paragraph is called the title of a section, on pages that mark those of main ones in this way."""
    names = element.get("class", "").lower()
    if local(element) not in ("p", "div") or "section" not in names:
        return False
    words = words_of(element)
    said = words.isupper() or said_by(words) is not None
    return said and len(words) < _LONGEST_HEADING and _SECTION_TITLE.search(names) is not None


def _says_abstract(heading: etree._Element) -> bool:
    said = said_by(words_of(heading))
    return said is not None and said.kind == "abstract"


def _is_layout(table: etree._Element) -> bool:
    """Say whether a table is there to place things, as on old pages: tables or headings are in it, or it says so."""
    if table.get("role") == "presentation" or table.find(".//table") is not None:
        return True
    cells = sum(1 for _ in table.iter("td", "th"))
    few = cells < _FEWEST_CELLS and any(True for _ in table.iter(*_HEADINGS))
    return few or (cells == 1 and len(words_of(table)) > LONGEST_FRONT)


def _caption_before(table: etree._Element) -> list[Run]:
    """Return the caption that the element around a table holds, and take it away there."""
    for above in list(table.iterancestors())[:3]:
        for part in above.iterdescendants():
            named = {word for name in part.get("class", "").lower().split() for word in re.split(r"[-_]+", name)}
            if named & {"caption", "captions"} and table not in part.iterdescendants():
                runs = _inline(part)
                remove(part)
                return runs
    return []


def _lines(element: etree._Element) -> Iterator[list[Run]]:
    """Yield the lines of a quotation: its paragraphs, and what `<br>` parts."""
    runs: list[Run] = [Run(element.text)] if element.text else []
    for child in element:
        if local(child) == "br":
            yield runs
            runs = []
        elif local(child) in _BLOCKS:
            yield runs
            runs = []
            yield from _lines(child)
        else:
            runs += _inline(child)
        if child.tail:
            runs.append(Run(child.tail))
    yield runs


def _inline(element: etree._Element, style: str = "") -> list[Run]:
    """Return the words of an element as runs: italic, bold, and marks that cite."""
    if not local(element):
        return []
    if local(element) == "br":
        return [Run(" ")]
    if _cites(element):
        words = "".join(element.itertext())
        return [Run(words, "citation", words.strip())]
    if local(element) == "sup" and not any(_cites(link) for link in element.iter("a")):
        return [Run("".join(element.itertext()), "raised")]
    style = (
        "italic" if local(element) in _ITALIC else "bold" if local(element) in _BOLD and style != "italic" else style
    )
    quoted = local(element) == "q"
    runs = [Run("“", style)] if quoted else []
    if element.text:
        runs.append(Run(element.text, style))
    for child in element:
        if local(child) in _BLOCKS and runs:
            runs.append(Run(" "))
        runs += _inline(child, style)
        if local(child) in _BLOCKS:
            runs.append(Run(" "))
        if child.tail:
            runs.append(Run(child.tail, style))
    return [*runs, Run("”", style)] if quoted else runs


def _cites(element: etree._Element) -> bool:
    """Say whether an element links a number, or names and a year, to the list of references."""
    if local(element) != "a":
        return False
    words = "".join(element.itertext())
    if not (_MARK.match(words) or _YEARED.search(words)):
        return False
    return _CITING.search(element.get("href", "")) is not None or "bibr" in element.get("class", "").split()
