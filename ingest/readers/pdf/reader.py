"""PDF: its text layer, page by page in the order of columns, and what the layout says of it."""

import re
import time
from typing import Any

import pypdfium2

from ingest.errors import ReaderError
from ingest.identifiers import DOI
from ingest.readers.assemble import assemble
from ingest.readers.contents import ReadDocument
from ingest.readers.front import identifiers, title_of
from ingest.readers.pdf.flow import paragraphs
from ingest.readers.pdf.fonts import Style
from ingest.readers.pdf.layout import lay_out
from ingest.readers.pdf.parts import find_parts
from ingest.readers.pdf.text import PageText, page_text
from ingest.readers.pdf.write import write
from ingest.reading import Reading
from ingest.repair import Words
from ontology.identity import document_iri, sha256_of
from ontology.model import Document

MAX_PAGES = 2_000
"""The most pages of a PDF that is read."""
MAX_CHARACTERS = 10_000_000
"""The most characters that the text layer of a PDF may hold."""
MAX_SECONDS = 120.0
"""How long the pages of one PDF may take; looked at after each page."""
_FEWEST_LETTERS = 25
"""Characters that a page with a picture holds at the least, if it has a text layer: fewer are a stamp on a scan."""
_UNREADABLE = 0.2
"""Share of characters without meaning from which on a text layer is no text."""
_FIRST_PAGE = 10_000
_DOI = re.compile(DOI)
_CITED = re.compile(
    rf"cite th(?:is|e) (?:article|paper)[^\n]*(?:\n[^\n]+){{0,6}}?\bdoi\b[:\s]*({DOI})"
    rf"|\bdoi\b[:\s]*({DOI})\n+cite th(?:is|e) (?:article|paper)",
    re.IGNORECASE,
)
_CITE = "cite th"
"""What is found in no time, and stands in all that `_CITED` finds."""
_PASSWORD = 4
"""PDFium's number for a file that needs a password."""
_SECURITY = 5
"""PDFium's number for a file that is protected in a way it does not know."""


def read_pdf(data: bytes, source: str) -> ReadDocument:
    """Return the document of a PDF and its reading.

    Raises:
        ReaderError: the file is damaged, protected, beyond a bound, or has no text layer.
    """
    pages, told = _pages(data, source)
    notes = _check(pages, source)
    layout = lay_out(pages)
    found = paragraphs(layout.columns, layout.body)
    written = write(layout, found)
    stored = written.text
    parts = find_parts(layout, found, written)
    sha256 = sha256_of(stored)
    iri = document_iri(sha256)
    if written.furniture:
        notes.append(f"{written.furniture} running headers, footers and page numbers left out")
    if written.line_numbers:
        notes.append(f"{written.line_numbers} line numbers left out")
    if written.tables:
        notes.append(f"{len(written.tables)} tables, boxes and captions moved behind the text")
    reading = assemble(iri, stored, parts, Words.of(stored), tuple(notes))
    known = identifiers(stored, parts)
    document = Document(
        iri=iri,
        source=source,
        sha256=sha256,
        media_type="application/pdf",
        text=stored,
        title=_title(reading, told.get("Title", "")),
        doi=known.doi or _doi(stored, told),
        pmid=known.pmid,
        pmcid=known.pmcid,
        page_starts=tuple(written.page_starts),
    )
    return ReadDocument(document, reading)


def _title(reading: Reading, told: str) -> str | None:
    """Return the title that the metadata give, where the first page has those words, else what is set as one.

    TeX leaves the marks of quotations there as they were typed.
    """
    title = title_of(reading)
    words = " ".join(told.replace("``", "“").replace("''", "”").split())
    if len(words.split()) > 2 and _bare(words) in _bare(reading.stored[:_FIRST_PAGE]):
        return _with_subtitle(words, title)
    return title or None


def _with_subtitle(words: str, title: str) -> str:
    """Return the title of the metadata with the subtitle that the page sets below it, where they know none; the number
    of the paper, which some journals set beside the title, is none.

    >>> _with_subtitle("Calls in two wards", "Calls in two wards A protocol")
    'Calls in two wards: A protocol'
    >>> _with_subtitle("Calls in two wards", "Calls in two wards 202")
    'Calls in two wards'
    """
    rest = title[len(words) :] if title.startswith(f"{words} ") and not title[len(words) :].strip().isdigit() else ""
    return f"{words}:{rest}" if rest[1:2].isupper() and words[-1].isalnum() else words + rest


def _bare(words: str) -> str:
    return "".join(letter for letter in words.casefold() if letter.isalnum())


def _doi(stored: str, told: dict[str, str]) -> str | None:
    """Return the DOI that the metadata give, or that stands where the paper says how to cite it."""
    for field in ("doi", "Subject", "Title", "Keywords"):
        found = _DOI.search(told.get(field, ""))
        if found:
            return found.group().rstrip(".,;)").lower()
    cited = _CITED.search(stored) if _CITE in stored.casefold() else None
    return (cited.group(1) or cited.group(2)).rstrip(".,;)").lower() if cited else None


def _pages(data: bytes, source: str) -> tuple[list[PageText], dict[str, str]]:
    """Return the text of every page and the metadata of the file."""
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (_PASSWORD, _SECURITY):
            raise ReaderError(source, "is protected by a password", "save it without a password") from error
        raise ReaderError(source, "is a damaged PDF", "get the file again, or save it anew") from error
    try:
        if len(pdf) > MAX_PAGES:
            raise ReaderError(source, f"has {len(pdf)} pages, more than {MAX_PAGES}", "split it")
        if not len(pdf):
            raise ReaderError(source, "is a damaged PDF: it has no pages", "get the file again, or save it anew")
        return _texts(pdf, source), pdf.get_metadata_dict(skip_empty=True)
    finally:
        pdf.close()


def _texts(pdf: Any, source: str) -> list[PageText]:  # noqa: ANN401 - pypdfium2 has no types
    pages: list[PageText] = []
    styles: dict[Style, Style] = {}
    characters = 0
    end = time.monotonic() + MAX_SECONDS
    for number in range(len(pdf)):
        try:
            page = pdf[number]
            try:
                pages.append(page_text(page, number, styles))
            finally:
                page.close()
        except pypdfium2.PdfiumError as error:
            problem = f"is a damaged PDF: page {number + 1} cannot be read"
            raise ReaderError(source, problem, "get the file again, or save it anew") from error
        characters += sum(len(line.text) for line in pages[-1].lines)
        if characters > MAX_CHARACTERS:
            raise ReaderError(source, f"holds more than {MAX_CHARACTERS:,} characters", "split it")
        if time.monotonic() > end:
            raise ReaderError(source, f"takes more than {MAX_SECONDS:g} seconds to read", "split it")
    return pages


def _check(pages: list[PageText], source: str) -> list[str]:
    """Return notes on pages without text.

    Raises:
        ReaderError: no page has a text layer, or what it holds is no text.
    """
    letters = [sum(len(line.text) for line in page.lines + page.turned) for page in pages]
    scanned = [p.number + 1 for p, count in zip(pages, letters, strict=True) if p.pictures and count < _FEWEST_LETTERS]
    if not any(letters) or sum(letters) - sum(letters[number - 1] for number in scanned) == 0:
        problem = "has no text layer: its pages are pictures" if scanned else "has no text layer: its pages are empty"
        raise ReaderError(source, problem, "run it through text recognition (OCR) first")
    if sum(page.unknown for page in pages) > _UNREADABLE * sum(letters):
        problem = "has a text layer that is no text: its fonts do not say what their characters mean"
        raise ReaderError(source, problem, "run it through text recognition (OCR) first")
    return [f"no text layer on {_listed(scanned)}: what is there was not read"] if scanned else []


def _listed(numbers: list[int]) -> str:
    """Return page numbers in words.

    >>> _listed([3]), _listed([1, 2, 3, 7])
    ('page 3', 'pages 1-3, 7')
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    words = ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
    return f"page {words}" if len(numbers) == 1 else f"pages {words}"
