"""References in tagged lines: MEDLINE's (NBIB), as PubMed and ERIC export them, and refer's (ENW), EndNote's own."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from ingest.identifiers import doi_of, pmcid_of, pmid_of
from ingest.readers.citation.documents import (
    Citation,
    date_in,
    dated,
    documents_of,
    kind_of,
    language_of,
    name_of,
    parts_of_abstract,
)
from ingest.readers.contents import ReadDocument
from ingest.readers.decode import decode

NBIB = "application/nbib"
REFER = "application/x-endnote-refer"
_MEDLINE_LINE = re.compile(r"(?P<tag>[A-Z][A-Z0-9]{1,3}) {0,2}- ?(?P<words>.*)")
_REFER_LINE = re.compile(r"%(?P<tag>\S) ?(?P<words>.*)")
_KEYWORDS = re.compile(r"\s*[;\n]\s*")

Entry = Mapping[str, Sequence[str]]
"""The values of a reference by tag, in order; a line without a tag goes on with the value before it."""


def read_nbib(data: bytes, source: str) -> tuple[ReadDocument, ...]:
    """Return the references of an NBIB file (U.S. National Library of Medicine, MEDLINE/PubMed data elements).

    Raises:
        ReaderError: it is no text, or holds no references.
    """
    text, _ = decode(data, source)
    entries = _entries(text, _MEDLINE_LINE, frozenset({"PMID", "OWN"}))
    return documents_of([_medline(entry, n) for n, entry in enumerate(entries, 1)], source, NBIB)


def read_refer(data: bytes, source: str) -> tuple[ReadDocument, ...]:
    """Return the references of a file in the format of refer, with the tags that EndNote gives it.

    Raises:
        ReaderError: it is no text, or holds no references.
    """
    text, _ = decode(data, source)
    entries = _entries(text, _REFER_LINE, frozenset({"0"}))
    return documents_of([_refer(entry, n) for n, entry in enumerate(entries, 1)], source, REFER)


def _entries(text: str, line: re.Pattern[str], starts: frozenset[str]) -> Iterator[Entry]:
    """Yield the references: each begins with one of the tags `starts`, or, where the file has none of them, behind an
    empty line.

    >>> entries = _entries("%0 Book\\n%T Calls\\nand lists\\n\\n%0 Book", _REFER_LINE, frozenset("0"))
    >>> [dict(entry) for entry in entries]
    [{'0': ['Book'], 'T': ['Calls\\nand lists']}, {'0': ['Book']}]
    """
    lines = text.split("\n")
    marked = any((found := line.match(words)) and found["tag"] in starts for words in lines)
    entry: defaultdict[str, list[list[str]]] = defaultdict(list)
    tag, after_gap = "", False
    for words in lines:
        if found := line.match(words):
            tag = found["tag"]
            if entry and (tag in starts and (after_gap or tag in entry) if marked else after_gap):
                yield _joined(entry)
                entry = defaultdict(list)
            entry[tag].append([found["words"].strip()])
        elif words.strip() and entry:
            entry[tag][-1].append(words.strip())
        after_gap = not words.strip()
    if entry:
        yield _joined(entry)


def _joined(entry: Mapping[str, Sequence[Sequence[str]]]) -> Entry:
    return {tag: ["\n".join(lines) for lines in values] for tag, values in entry.items()}


def _first(entry: Entry, *tags: str) -> str:
    return next((_flat(entry[tag][0]) for tag in tags if entry.get(tag)), "")


def _medline(entry: Entry, number: int) -> Citation:
    first = partial(_first, entry)
    located = [_flat(value) for tag in ("LID", "AID", "SO") for value in entry.get(tag, ())]
    year, _, month = first("DP").partition(" ")
    return Citation(
        key=first("PMID", "OID") or f"reference {number}",
        title=first("TI", "BTI"),
        authors=tuple(name_of(_flat(name)) for name in entry.get("FAU") or entry.get("AU") or entry.get("CN") or ()),
        date=dated(year, month.partition(" ")[0]),
        journal=first("JT", "TA"),
        volume=first("VI"),
        issue=first("IP"),
        pages=first("PG"),
        doi=next(filter(None, map(doi_of, located)), ""),
        pmid=pmid_of(first("PMID")),
        pmcid=pmcid_of(first("PMC")),
        language=language_of(first("LA")),
        kind=first("PT"),
        keywords=tuple(dict.fromkeys(map(_flat, entry.get("OT", ())))),
        abstract=parts_of_abstract(first("AB")),
    )


def _refer(entry: Entry, number: int) -> Citation:
    first = partial(_first, entry)
    addresses = " ".join(map(_flat, (*entry.get("R", ()), *entry.get("U", ()))))
    words = [word for value in entry.get("K", ()) for word in _KEYWORDS.split(value) if word]
    return Citation(
        key=first("F", "L") or f"reference {number}",
        title=first("T"),
        authors=tuple(name_of(_flat(name).rstrip(",")) for name in entry.get("A", ())),
        date=date_in(first("8")) or date_in(first("D")),
        journal=first("J", "B"),
        volume=first("V"),
        issue=first("N"),
        pages=first("P"),
        doi=doi_of(addresses),
        pmid=pmid_of(first("M")),
        pmcid=pmcid_of(f"{addresses} {first('2')}"),
        language=first("G"),
        kind=kind_of(first("0")),
        keywords=tuple(dict.fromkeys(words)),
        abstract=parts_of_abstract(first("X")),
    )


def _flat(words: str) -> str:
    return " ".join(words.split())
