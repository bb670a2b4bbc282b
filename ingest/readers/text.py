"""Plain text, as people write it and as programs leave it: out of PDFs, landing pages, XML."""

from ingest.readers.assemble import assemble
from ingest.readers.contents import ReadDocument
from ingest.readers.decode import decode
from ingest.readers.front import identifiers, title_of
from ingest.readers.layout import find_parts
from ingest.repair import Words
from ontology.identity import document_iri, sha256_of
from ontology.model import Document


def read_text(data: bytes, source: str) -> ReadDocument:
    """Return the document of a plain text and its reading.

    Raises:
        ReaderError: the bytes are no text.
    """
    stored, notes = decode(data, source)
    sha256 = sha256_of(stored)
    iri = document_iri(sha256)
    words = Words.of(stored)
    parts, repaired = find_parts(stored, words)
    reading = assemble(iri, stored, parts, words, (*notes, *repaired))
    known = identifiers(stored, parts)
    document = Document(
        iri=iri,
        source=source,
        sha256=sha256,
        media_type="text/plain",
        text=stored,
        title=title_of(reading) or None,
        doi=known.doi,
        pmid=known.pmid,
        pmcid=known.pmcid,
    )
    return ReadDocument(document, reading)
