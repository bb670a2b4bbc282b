"""RIS, as reference managers export it (Refman's tags), and Web of Science's own tags, read by rispy."""

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

import rispy

from ingest.errors import ReaderError
from ingest.identifiers import doi_of, pmcid_of, pmid_of
from ingest.readers.citation.documents import (
    Citation,
    date_in,
    dated,
    documents_of,
    name_of,
    notes_on,
    parts_of_abstract,
)
from ingest.readers.contents import ReadDocument
from ingest.readers.decode import decode

MEDIA_TYPE = "application/x-research-info-systems"
WOS_MEDIA_TYPE = "application/x-inst-for-scientific-info"
_TYPES = {"JOUR": "Journal article", "BOOK": "Book", "CHAP": "Book chapter", "THES": "Thesis", "RPRT": "Report"}
_WOS_TYPES = {"J": "Journal article", "B": "Book", "S": "Book chapter"}


_LINE, _NARROW = (
    re.compile(rf"(?:\d+\.\s+(?=TY))?(?P<tag>[A-Z][A-Z\d]){blanks}-(?P<words>(?: .*)?)\Z") for blanks in ("  ", " ")
)
"""A line with a tag, and one of an export that has one blank only between tag and dash."""


def read_ris(data: bytes, source: str) -> tuple[ReadDocument, ...]:
    """Return the references of a RIS file; records that lack a part or cannot be read are named in the notes.

    Raises:
        ReaderError: it is no text, or holds no references.
    """
    text, _ = decode(data, source)
    entries: list[dict[str, Any]] = []
    untyped, broken = [], []
    for line, record in _records(text):
        if not record[0].startswith("TY"):
            untyped.append(line)
            record.insert(0, "TY  - ")
        try:
            entries += rispy.RisParser(skip_unknown_tags=False).parse("\n".join(record))
        except (ValueError, KeyError, IndexError):
            broken.append(line)
    notes = (
        *notes_on("without TY (the type of reference), read all the same", "at line", untyped),
        *notes_on("that cannot be read", "at line", broken),
    )
    return documents_of([_citation(entry, n) for n, entry in enumerate(entries, 1)], source, MEDIA_TYPE, notes)


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the lines of each record, from TY or the first other tag to ER or the next TY, with the line it begins at.

    >>> list(_records("From: shelf\\n\\nTI  - Calls\\nand lists\\nER  -\\nTY  - JOUR\\nTI  - Logs\\nTY  - BOOK"))[:2]
    [(3, ['TI  - Calls', 'and lists', 'ER  - ']), (6, ['TY  - JOUR', 'TI  - Logs', 'ER  - '])]
    """
    lines = text.split("\n")
    shape = _LINE if any(map(_LINE.match, lines)) else _NARROW
    begun, record = 0, list[str]()
    for number, line in enumerate(lines, 1):
        found = shape.match(line.rstrip())
        tag = found["tag"] if found else ""
        if record and tag in ("TY", "ER"):
            yield begun, [*record, "ER  - "]
            record = []
        if found and tag != "ER":
            begun = begun if record else number
            record.append(f"{tag}  - {found['words'].strip()}")
        elif not found and record and line.strip():
            record.append(line)
    if record:
        yield begun, [*record, "ER  - "]


def read_wos(data: bytes, source: str) -> tuple[ReadDocument, ...]:
    """Return the references of a plain-text export of Web of Science.

    Raises:
        ReaderError: it is no such export, or holds no references.
    """
    text, _ = decode(data, source)
    try:
        entries: list[dict[str, Any]] = rispy.WokParser(skip_unknown_tags=False).parse(text)
    except (OSError, ValueError, KeyError, IndexError) as error:
        raise ReaderError(source, f"is no export that can be read ({error})", "export it again") from error
    return documents_of([_wos_citation(entry, n) for n, entry in enumerate(entries, 1)], source, WOS_MEDIA_TYPE)


def _citation(entry: dict[str, Any], number: int) -> Citation:
    first = partial(_first, entry)
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


def _wos_citation(entry: dict[str, Any], number: int) -> Citation:
    first = partial(_first, entry)
    names = entry.get("author_full_name") or entry.get("authors") or entry.get("group_authors") or ()
    words = (" ".join(word.split()) for word in first("author_keywords").split(";"))
    return Citation(
        key=first("accession_number") or f"reference {number}",
        title=first("document_title"),
        authors=tuple(name_of(name) for name in names),
        date=dated(first("publication_year", "early_access_year"), first("publication_date").partition(" ")[0]),
        journal=first("publication_name"),
        volume=first("volume"),
        issue=first("issue"),
        pages="-".join(filter(None, (first("beginning_page"), first("ending_page")))) or first("article_number"),
        doi=doi_of(first("doi")),
        pmid=pmid_of(first("pubmed_id")),
        language=first("language"),
        kind=_WOS_TYPES.get(first("publication_type"), ""),
        keywords=tuple(dict.fromkeys(filter(None, words))),
        abstract=parts_of_abstract(first("abstract")),
    )


def _first(entry: dict[str, Any], *names: str) -> str:
    return next((_one(entry[name]) for name in names if entry.get(name)), "")


def _one(value: object) -> str:
    return " ".join(str(value[0] if isinstance(value, list) else value).split())
