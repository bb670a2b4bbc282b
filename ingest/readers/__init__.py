"""Readers: the bytes of a file to a document and its reading. The content decides which reader takes it."""

from dataclasses import dataclass

from ingest.errors import ReaderError
from ingest.readers.text import read_text
from ingest.reading import Reading
from ontology.model import Document

MAX_BYTES = 20_000_000
"""The largest file that is read: far more than the text of a book; whatever is larger is no paper."""


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document as it is stored, and as extraction sees it."""

    document: Document
    reading: Reading


def read(data: bytes, source: str) -> ReadDocument:
    """Return the document that `data` holds, named `source` in messages and in the record, and its reading.

    Raises:
        ReaderError: the file is too large, empty, binary or in an encoding that is not known.

    >>> read(b"Trust in teams\\n\\nRESULTS\\n\\nNurses were not told.", "a.txt").document.title
    'Trust in teams'
    """
    if len(data) > MAX_BYTES:
        limit = f"{MAX_BYTES // 1_000_000} MB"
        raise ReaderError(source, f"is {len(data) / 1e6:.0f} MB, more than {limit}", "split it, or extract its text")
    document, reading = read_text(data, source)
    return ReadDocument(document, reading)
