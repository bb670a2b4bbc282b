"""BibTeX, read by bibtexparser: LaTeX is decoded, names are put in order; a broken entry is named in the notes."""

import re
from collections import Counter

import bibtexparser.entrypoint
from bibtexparser import middlewares
from bibtexparser.library import Library
from bibtexparser.middlewares.parsestack import default_parse_stack
from bibtexparser.model import Block, Entry, ParsingFailedBlock

from ingest.identifiers import doi_of, pmcid_of, pmid_of
from ingest.readers.citation.documents import (
    Citation,
    dated,
    documents_of,
    name_of,
    notes_on,
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
    blocks = _blocks(text)
    broken = [(block.start_line or 0) + 1 for block in blocks if isinstance(block, ParsingFailedBlock)]
    entries = [_citation(block) for block in blocks if isinstance(block, Entry)]
    return documents_of(entries, source, MEDIA_TYPE, notes_on("that cannot be read", "at line", broken))


_WITHOUT_KEY = re.compile(r"(@(?!string|preamble|comment)[a-z]+\s*\{)(?=\s*[a-z][\w-]*\s*=)", re.IGNORECASE)
_EXTENDED = re.compile(r"\b(?P<part>family|given|prefix|suffix)=(?P<words>[^,]+)")
_JOINING = re.compile(r"\s+and\s+")


def _blocks(text: str) -> list[Block]:
    """Return what a file holds, an entry wherever one can be read.

    Reference managers write entries without a key, or several with the same one, fields twice, and names in the
    extended form of BibLaTeX: the parser takes each of these for an error, and keeps the entry beside it.
    """
    split = bibtexparser.entrypoint.parse_string(_WITHOUT_KEY.sub(r"\1-,", text), parse_stack=[])
    keys: Counter[str] = Counter()
    read = [_readable(block) for block in split.blocks]
    for entry in (block for block in read if isinstance(block, Entry)):
        keys[entry.key] += 1
        if keys[entry.key] > 1:
            entry.key = f"{entry.key} ({keys[entry.key]})"
    library = Library(read)
    for middleware in (*default_parse_stack(), middlewares.LatexDecodingMiddleware()):
        library = middleware.transform(library)
    for entry in library.entries:
        if "author" in entry.fields_dict:
            entry["author"] = _common(entry["author"])
    for middleware in (middlewares.SeparateCoAuthors(), middlewares.SplitNameParts()):
        library = middleware.transform(library)
    return [_readable(block) for block in library.blocks]


def _common(names: str) -> str:
    """Return names in the common form of BibTeX where they are in the extended one of BibLaTeX.

    >>> _common("family=Vries, given=Jan, prefix=de, useprefix=true and Meyer, Ann")
    'de Vries, Jan and Meyer, Ann'
    """
    if "family=" not in names:
        return names
    found = []
    for name in _JOINING.split(names):
        part = {match["part"]: match["words"].strip() for match in _EXTENDED.finditer(name)}
        family = " ".join(part[key] for key in ("prefix", "family") if key in part)
        found.append(", ".join(filter(None, (family, part.get("suffix"), part.get("given")))) if part else name)
    return " and ".join(found)


def _readable(block: Block) -> Block:
    inner = block.ignore_error_block if isinstance(block, ParsingFailedBlock) else None
    return inner if isinstance(inner, Entry) else block


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
    names = _JOINING.split(value) if isinstance(value, str) else value if isinstance(value, list) else []
    found = []
    for name in names:
        if isinstance(name, middlewares.NameParts):
            found.append(" ".join((*name.first, *name.von, *name.last, *name.jr)))
        elif str(name).casefold() != "others":
            found.append(name_of(str(name)))
    return tuple(found)
