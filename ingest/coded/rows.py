"""The rows of a coding sheet: which study each is about, and what its cells hold, parted where they hold several."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ingest.identifiers import doi_of, pmcid_of
from ingest.mapping.sheet import SPLIT, SheetMapping
from ingest.readers.contents import Cell, Row, Sheet, Table
from ingest.readers.refi.reader import shortened
from ingest.readers.sheet.columns import CODED
from ingest.readers.sheet.tables import LINE_BREAK

_STUDY = ("study", "title", "authors", "year", "doi", "pmid", "pmcid", "design", "country", "setting")
_NAMES = ("study", "title", "authors", "doi", "pmid", "pmcid")
"""Meanings of which a row names one that begins with another study; a row without any is about the one above it."""
_AUTHOR_YEAR = re.compile(
    r"\W*(?P<author>[^\W\d_][\w’'.-]*(?: [^\W\d_][\w’'.-]*){0,2}?)"
    r"(?:,? (?:et al\.?|and colleagues)|(?:,| and| &) [^\d(]{2,60}?)?,? ?\(?(?P<year>(?:19|20)\d\d)[a-z]?\)?\W*"
)
_EMPTY = re.compile(r"[\W_]*+(?:n/?a|none|nil|not (?:applicable|reported|stated)|no quotes?)?[\W_]*+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """One thing in a cell: its words, and where they stand in the stored text."""

    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A row: what names its study (slots of a study, and its "label" as written), and its parts by meaning."""

    number: int
    study: Mapping[str, str]
    held: Mapping[str, tuple[Part, ...]]

    def parts(self, meaning: str) -> tuple[Part, ...]:
        """Return the things that the row holds of this meaning."""
        return self.held.get(meaning, ())

    def first(self, meaning: str) -> str:
        """Return the words of the first of them, or nothing."""
        return self.held[meaning][0].words if self.held.get(meaning) else ""

    @property
    def coded(self) -> tuple[Part, ...]:
        """All that the row says of its study."""
        return tuple(part for meaning in CODED for part in self.parts(meaning))


def entries_of(sheet: Sheet, mapping: SheetMapping) -> tuple[list[Entry], list[str]]:
    """Return the rows that say something of a study, and notes on what was left out."""
    found: list[Entry] = []
    homeless: list[str] = []
    comments = 0
    for table in sheet.tables:
        current: dict[str, str] = {}
        for row in table.rows:
            held = _held(sheet, table, row, mapping)
            told = {meaning: held[meaning][0].words for meaning in _STUDY if meaning in held}
            if any(name in told for name in _NAMES):
                current = study_names(told)
            comments += len(held.get("comment", ()))
            if not any(meaning in held for meaning in CODED):
                continue
            if current:
                found.append(Entry(row.number, current, held))
            else:
                homeless.append(f"{table.name} {row.number}".strip())
    notes = [f"left out {len(homeless)} rows that name no study: {shortened(homeless)}"] if homeless else []
    notes += [f"dropped {comments} comments"] if comments else []
    return found, notes


def study_names(told: Mapping[str, str]) -> dict[str, str]:
    """Return what names a study, drawn from the words of its columns; "label" is its name as written.

    >>> study_names({"study": "Lindqvist et al. (2021)"})
    {'label': 'Lindqvist et al. (2021)', 'authors': 'Lindqvist', 'year': '2021'}
    >>> study_names({"study": "doi:10.5555/calls.1", "year": "2020"})
    {'year': '2020', 'label': 'doi:10.5555/calls.1', 'doi': '10.5555/calls.1'}
    """
    names = {name: words for name, words in told.items() if name != "study"}
    label = told.get("study", "")
    if label:
        names["label"] = label
        doi, pmcid, cited = doi_of(label), pmcid_of(label), _AUTHOR_YEAR.fullmatch(label)
        if doi:
            names.setdefault("doi", doi)
        if pmcid:
            names.setdefault("pmcid", pmcid)
        if cited:
            names.setdefault("authors", cited.group("author"))
            names.setdefault("year", cited.group("year"))
    elif "title" not in names:
        names["label"] = " ".join(names[name] for name in ("authors", "year", "doi", "pmid", "pmcid") if name in names)
    return names


def _held(sheet: Sheet, table: Table, row: Row, mapping: SheetMapping) -> dict[str, tuple[Part, ...]]:
    """Return the things that a row holds, by meaning; what only says that there is nothing is left out."""
    found: dict[str, list[Part]] = {}
    columns, split = mapping.columns[table.name], mapping.split.get(table.name, {})
    for cell in row.cells:
        meaning = columns[cell.column]
        if meaning == "nothing":
            continue
        separator = split.get(cell.column, "") if meaning in SPLIT else ""
        parts = [part for part in _parts(sheet.document.text, cell, separator) if not _EMPTY.fullmatch(part.words)]
        if parts:
            found.setdefault(meaning, []).extend(parts)
    return {meaning: tuple(parts) for meaning, parts in found.items()}


def _parts(text: str, cell: Cell, separator: str) -> Iterator[Part]:
    """Yield the parts of a cell, white space and quotation marks around each left out."""
    signs = f"[{re.escape(separator)}{LINE_BREAK}]" if separator else r"(?!)"
    begin = cell.start
    for end in [*(found.start() for found in re.compile(signs).finditer(text, cell.start, cell.end)), cell.end]:
        start, stop = begin, end
        while start < stop and text[start].isspace():
            start += 1
        while stop > start and text[stop - 1].isspace():
            stop -= 1
        if start < stop:
            yield Part(text[start:stop], start, stop)
        begin = end + 1
