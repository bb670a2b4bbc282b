"""Readers: the bytes of a file to a document and its reading. The content decides which reader takes it.

A format is a line of `FORMATS`: how its files begin, and its reader. What begins like none of them is text.
"""

from collections.abc import Callable
from dataclasses import dataclass

from ingest.errors import ReaderError
from ingest.readers.text import read_text
from ingest.reading import Reading
from ontology.model import Document

MAX_BYTES = 20_000_000
"""The largest file that is read: far more than the text of a book; whatever is larger is no paper."""
_HEAD = 512


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document as it is stored, and as extraction sees it."""

    document: Document
    reading: Reading


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: what it is called, how it begins (any of `starts`, in small letters, behind blanks), its reader.

    Without a reader, `remedy` says what to do with such a file instead.
    """

    name: str
    starts: tuple[bytes, ...]
    read: Callable[[bytes, str], tuple[Document, Reading]] | None = None
    remedy: str = ""


FORMATS: tuple[Format, ...] = (
    Format("a PDF", (b"%pdf-",), remedy="extract its text, for instance with pdftotext"),
    Format("a ZIP archive (DOCX, ODT, QDPX)", (b"pk\x03\x04",), remedy="save the document as plain text (UTF-8)"),
    Format(
        "XML or HTML", (b"<?xml", b"<!doctype", b"<html", b"<article"), remedy="save its text as plain text (UTF-8)"
    ),
    Format("rich text (RTF)", (b"{\\rtf",), remedy="save it as plain text (UTF-8)"),
)
_TEXT = Format("text", (), read_text)


def read(data: bytes, source: str) -> ReadDocument:
    """Return the document that `data` holds, named `source` in messages and in the record, and its reading.

    Raises:
        ReaderError: the file is too large, empty, binary, in an encoding or a format that is not known.

    >>> read(b"Trust in teams\\n\\nRESULTS\\n\\nNurses were not told.", "a.txt").document.title
    'Trust in teams'
    """
    if len(data) > MAX_BYTES:
        limit = f"{MAX_BYTES // 1_000_000} MB"
        raise ReaderError(source, f"is {len(data) / 1e6:.0f} MB, more than {limit}", "split it, or extract its text")
    found = format_of(data)
    if found.read is None:
        raise ReaderError(source, f"is {found.name}, which is not read", found.remedy)
    document, reading = found.read(data, source)
    return ReadDocument(document, reading)


def format_of(data: bytes) -> Format:
    """Return the format that the first bytes tell.

    >>> format_of(b"%PDF-1.7").name
    'a PDF'
    """
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return next((known for known in FORMATS if head.startswith(known.starts)), _TEXT)
