"""Reader of the interchange (JSON Lines): records as another store exported them, grouped by document and checked."""

from collections.abc import Iterable

from ingest.errors import ReaderError
from ingest.readers.contents import RecordGroup
from ontology.base import Record
from ontology.errors import RecordError, SpanError
from ontology.identity import document_iri, sha256_of
from ontology.interchange import loads
from ontology.model import Document

SUFFIX = ".jsonl"
MAX_BYTES = 200_000_000
"""The largest file of records that is read: some thousand papers with everything found in them."""


def read_records(data: bytes, source: str) -> tuple[RecordGroup, ...]:
    """Return the records of an interchange file, document by document in the order of the file.

    A record that occurs twice with the same values counts once.

    Raises:
        ReaderError: the file is too large, not UTF-8 or holds no records.
        RecordError: a line is no record, a document is missing or its hash is wrong, or two records share an IRI.
        SpanError: the words of a span are not where it says.
    """
    if len(data) > MAX_BYTES:
        limit = f"{MAX_BYTES // 1_000_000} MB"
        raise ReaderError(source, f"is {len(data) / 1e6:.0f} MB, more than {limit}", "export fewer documents at a time")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReaderError(source, f"is not UTF-8 at byte {error.start}", "export it again") from error
    return grouped(loads(text.split("\n"), source), source)


def grouped(given: Iterable[Record], source: str) -> tuple[RecordGroup, ...]:
    """Return records document by document, checked: hashes, words of spans, one record an IRI and document.

    Several documents may each attest a thing, such as the study that all of them report.

    Raises:
        ReaderError, RecordError, SpanError: as for `read_records`.
    """
    records: dict[tuple[str, str | None], Record] = {}
    for record in given:
        if records.setdefault((record.iri, record.document), record) != record:
            raise RecordError(source, f"has two records {record.iri}", "give every record an IRI of its own")
    if not records:
        raise ReaderError(source, "holds no records", "write one JSON object a line, see `carekg export --help`")
    documents = {record.iri: record for record in records.values() if isinstance(record, Document)}
    for document in documents.values():
        _check_document(document, source)
    members: dict[str | None, list[Record]] = {iri: [document] for iri, document in documents.items()}
    for record in records.values():
        if isinstance(record, Document):
            continue
        home = record.document
        if home is not None and home not in documents:
            raise RecordError(f"{source}, {record.iri}", f"names the document {home}, which the file lacks", "add it")
        for span in record.spans:
            at = documents.get(span.document)
            if at is None and home is None:
                continue
            if at is None or not span.stands_in(at.text):
                problem = f"the words are not at {span.start} to {span.end} of {span.document}"
                raise SpanError(f"{source}, {record.iri}", problem, "give the offsets in the stored text")
        members.setdefault(home, []).append(record)
    groups = (RecordGroup(documents.get(iri or ""), tuple(group)) for iri, group in members.items())
    return tuple(sorted(groups, key=_leans_on_others))


def _leans_on_others(group: RecordGroup) -> bool:
    """Say whether words of a group lie in another document (a sheet's quotes in a paper), which has to come first."""
    home = group.document.iri if group.document else None
    return any(span.document != home for record in group.records for span in record.spans)


def _check_document(document: Document, source: str) -> None:
    digest = sha256_of(document.text)
    if document.sha256 != digest or document.iri != document_iri(digest):
        problem = f"its text has the SHA-256 {digest}, which its sha256 or iri does not name"
        raise RecordError(f"{source}, {document.source}", problem, "export it again, with its text untouched")
