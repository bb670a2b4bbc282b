"""BibTeX, read by bibtexparser: LaTeX is decoded, names are put in order; a broken entry is named in the notes."""

from dataclasses import replace

import bibtexparser.entrypoint
from bibtexparser import middlewares
from bibtexparser.model import Entry

from ingest.identifiers import doi_of, pmcid_of, pmid_of
from ingest.readers.citation.documents import (
    Citation,
    dated,
    documents_of,
    parts_of_abstract,
)
from ingest.readers.contents import ReadDocument
from ingest.readers.decode import decode

MEDIA_TYPE = "application/x-bibtex"
_TYPES = {
    "article": "Journal article",
    "book": "Book",
    "incollection": "Book chapter",
    "inbook": "Book chapter",
    "phdthesis": "Thesis",
    "mastersthesis": "Thesis",
    "techreport": "Report",
}


def read_bibtex(data: bytes, source: str) -> tuple[ReadDocument, ...]:
    """Return the references of a BibTeX file; entries that cannot be read are named in the notes of the first one.

    Raises:
        ReaderError: it holds no references.
    """
    text, _ = decode(data, source)
    library = bibtexparser.entrypoint.parse_string(
        text,
        append_middleware=[
            middlewares.LatexDecodingMiddleware(),
            middlewares.SeparateCoAuthors(),
            middlewares.SplitNameParts(),
        ],
    )
    found = documents_of([_citation(entry) for entry in library.entries], source, MEDIA_TYPE)
    broken = [str((block.start_line or 0) + 1) for block in library.failed_blocks]
    if not broken:
        return found
    note = f"{len(broken)} entries could not be read, at line {', '.join(broken[:_NAMED])}"
    reading = replace(found[0].reading, notes=(*found[0].reading.notes, note))
    return (replace(found[0], reading=reading), *found[1:])


_NAMED = 20


def _citation(entry: Entry) -> Citation:
    fields = {name.casefold(): field.value for name, field in entry.fields_dict.items()}

    def said(*names: str) -> str:
        return next((" ".join(str(fields[name]).split()) for name in names if fields.get(name)), "")

    archive = said("eprint") if said("eprinttype", "archiveprefix").casefold() in ("pubmed", "pmid") else ""
    words = said("keywords", "keyword")
    return Citation(
        key=entry.key,
        title=said("title"),
        authors=_authors(fields.get("author")),
        date=dated(said("date") or said("year"), said("month")),
        journal=said("journaltitle", "journal", "booktitle"),
        volume=said("volume"),
        issue=said("number", "issue"),
        pages=said("pages").replace("--", "-").replace("–", "-"),
        doi=doi_of(said("doi")) or doi_of(said("url")),
        pmid=pmid_of(said("pmid")) or pmid_of(archive),
        pmcid=pmcid_of(said("pmcid", "pmc")) or pmcid_of(said("url")),
        language=said("language", "langid"),
        kind=_TYPES.get(entry.entry_type.casefold(), ""),
        keywords=tuple(word.strip() for word in words.split(";" if ";" in words else ",") if word.strip()),
        abstract=parts_of_abstract(said("abstract")),
    )


def _authors(value: object) -> tuple[str, ...]:
    """Return the names that were split into their parts; a value that is no list of names was not split."""
    if isinstance(value, str):
        return (value,)
    names = value if isinstance(value, list) else []
    found = []
    for name in names:
        if isinstance(name, middlewares.NameParts):
            found.append(" ".join((*name.first, *name.von, *name.last, *name.jr)))
        elif str(name).casefold() != "others":
            found.append(str(name))
    return tuple(found)
