"""RIS, as reference managers export it (Refman's tags), read by rispy."""

from typing import Any

import rispy

from ingest.errors import ReaderError
from ingest.identifiers import doi_of, pmcid_of, pmid_of
from ingest.readers.citation.documents import (
    Citation,
    date_in,
    documents_of,
    name_of,
    parts_of_abstract,
)
from ingest.readers.contents import ReadDocument
from ingest.readers.decode import decode

MEDIA_TYPE = "application/x-research-info-systems"
_TYPES = {"JOUR": "Journal article", "BOOK": "Book", "CHAP": "Book chapter", "THES": "Thesis", "RPRT": "Report"}


def read_ris(data: bytes, source: str) -> tuple[ReadDocument, ...]:
    """Return the references of a RIS file.

    Raises:
        ReaderError: it is no RIS, or holds no references.
    """
    text, _ = decode(data, source)
    try:
        entries = rispy.loads(text, skip_unknown_tags=False)
    except (OSError, ValueError, KeyError, IndexError) as error:
        raise ReaderError(source, f"is no RIS that can be read ({error})", "export it again as RIS") from error
    return documents_of([_citation(entry, n) for n, entry in enumerate(entries, 1)], source, MEDIA_TYPE)


def _citation(entry: dict[str, Any], number: int) -> Citation:
    def first(*names: str) -> str:
        return next((_one(entry[name]) for name in names if entry.get(name)), "")

    pages = "-".join(filter(None, (first("start_page"), first("end_page"))))
    addresses = " ".join([*entry.get("urls", ()), first("doi"), first("custom2"), first("accession_number")])
    return Citation(
        key=first("id") or f"reference {number}",
        title=first("title", "primary_title", "translated_title"),
        authors=tuple(name_of(name) for name in entry.get("authors") or entry.get("first_authors") or ()),
        date=date_in(first("date")) or date_in(first("year", "publication_year")),
        journal=first("journal_name", "alternate_title3", "secondary_title", "alternate_title2"),
        volume=first("volume"),
        issue=first("number"),
        pages=pages,
        doi=doi_of(first("doi")) or doi_of(" ".join(entry.get("urls", ()))),
        pmid=pmid_of(first("accession_number")),
        pmcid=pmcid_of(addresses),
        language=first("language"),
        kind=_TYPES.get(first("type_of_reference"), ""),
        keywords=tuple(dict.fromkeys(" ".join(word.split()) for word in entry.get("keywords", ()) if word.strip())),
        abstract=parts_of_abstract(first("abstract", "notes_abstract")),
    )


def _one(value: object) -> str:
    return " ".join(str(value[0] if isinstance(value, list) else value).split())
