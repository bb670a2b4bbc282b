"""What a file turns out to hold, once its reader has seen it."""

from dataclasses import dataclass

from ingest.reading import Reading
from ontology.base import Record
from ontology.model import Document


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document as it is stored, and as extraction sees it.

    `citation` says that it is a reference, not a paper: it is kept for its study even where it holds no findings.
    """

    document: Document
    reading: Reading
    citation: bool = False


@dataclass(frozen=True, slots=True)
class RecordGroup:
    """A document with its records, the document first; without a document: what a review adds, which belongs to none
    and whose words may lie in documents that the file does not hold. `notes` are for the document's report."""

    document: Document | None
    records: tuple[Record, ...]
    notes: tuple[str, ...] = ()
