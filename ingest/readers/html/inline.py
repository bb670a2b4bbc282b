"""Running text of a page as runs: italic, bold, and marks that cite."""

import re
from collections.abc import Iterator

from lxml import etree

from ingest.readers.builder import Run
from ingest.readers.html.headings import HEADINGS
from ingest.readers.safe_xml import local

BLOCKS = frozenset(
    [
        *HEADINGS, "html", "body", "div", "section", "article", "main", "header", "center", "tbody", "thead", "tfoot",
        "tr", "td", "th", "figure", "form", "details", "summary", "fieldset", "address", "hgroup", "search", "dl",
        "footer", "p", "ul", "ol", "li", "table", "blockquote", "disp-quote", "pre", "dt", "dd", "figcaption", "hr",
        "caption",
    ]
)  # fmt: skip
_ITALIC, _BOLD = frozenset(["em", "i", "cite", "dfn", "var"]), frozenset(["strong", "b"])
_CITING = re.compile(r"#(?:[\w.:-]{0,60}?[-_]?)?(?:CR|ref|bib|rf|B|R|cit|b)[-_]?\w{0,20}\d", re.IGNORECASE)
_MARK = re.compile(r"\s*[\[(]?\s*\d{1,3}(?:\s*[-–,;]\s*\d{1,3})*\s*[\])]?\s*\Z")
CALLS, CALLED = "data-calls-note", "data-is-note"
"""Attributes that the reader gives the signs of notes and what they lead to."""
_YEARED = re.compile(r"(?:19|20)\d\d[a-z]?\)?\s*\Z")


def lines_of(element: etree._Element) -> Iterator[list[Run]]:
    """Yield the lines of a quotation: its paragraphs, and what `<br>` parts."""
    runs: list[Run] = [Run(element.text)] if element.text else []
    for child in element:
        if local(child) == "br":
            yield runs
            runs = []
        elif local(child) in BLOCKS:
            yield runs
            runs = []
            yield from lines_of(child)
        else:
            runs += inline(child)
        if child.tail:
            runs.append(Run(child.tail))
    yield runs


def inline(element: etree._Element, style: str = "") -> list[Run]:
    """Return the words of an element as runs: italic, bold, and marks that cite."""
    if not local(element):
        return []
    if local(element) == "br":
        return [Run(" ")]
    if element.get(CALLS):
        return [Run("".join(element.itertext()), "raised sign"), Run("", "call", element.get(CALLS, ""))]
    if cites(element):
        words = "".join(element.itertext())
        return [Run(words, "citation", words.strip())]
    if local(element) == "sup" and not any(cites(link) or link.get(CALLS) for link in element.iter("a")):
        return [Run("".join(element.itertext()), "raised")]
    if local(element) in _ITALIC:
        style = "italic"
    elif (local(element) in _BOLD or _is_run_in(element)) and style != "italic":
        style = "bold"
    quoted = local(element) == "q"
    runs = begun(element)
    runs += [Run("“", style)] if quoted else []
    if element.text:
        runs.append(Run(element.text, style))
    for child in element:
        if local(child) in BLOCKS and runs:
            runs.append(Run(" "))
        runs += inline(child, style)
        if local(child) in BLOCKS:
            runs.append(Run(" "))
        if child.tail:
            runs.append(Run(child.tail, style))
    return [*runs, Run("”", style)] if quoted else runs


def begun(element: etree._Element) -> list[Run]:
    """Return the mark of a place that an element begins with where it is a note that a sign calls."""
    called = element.get(CALLED)
    return [Run("", "note", called)] if called else []


def cites(element: etree._Element) -> bool:
    """Say whether an element links a number, or names and a year, to the list of references; the number of a note,
    which leads back to its sign, does not."""
    if local(element) != "a" or element.get(CALLED) or not is_mark(element):
        return False
    return _CITING.search(element.get("href", "")) is not None or "bibr" in element.get("class", "").split()


def is_mark(element: etree._Element) -> bool:
    """Say whether the words of a link are those of a citation: numbers, or something that ends with a year."""
    words = "".join(element.itertext())
    return _MARK.match(words) is not None or _YEARED.search(words) is not None


def _is_run_in(element: etree._Element) -> bool:
    """Say whether a part of a paragraph is called its heading."""
    return local(element) == "span" and "heading" in element.get("class", "").lower()
