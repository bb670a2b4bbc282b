"""Lists of references in tables (CSV, XLSX): what databases, reference managers and screening tools export.

A table that names title, authors, year and the like, and codes nothing or gives abstracts, is such a list. Its sheet
comes along, so that a column may still hold what somebody coded; `listed` where none does by its name.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from ingest.identifiers import doi_of, pmcid_of, pmid_of
from ingest.readers.citation.documents import Citation, date_in, documents_of, kind_of, name_of, parts_of_abstract
from ingest.readers.contents import ReadDocument, Row, Sheet, Table
from ingest.readers.sheet.columns import SAYS_OF_STUDIES, meaning_of, names_references, reference_part_of
from ingest.readers.sheet.csv import read_csv
from ingest.readers.sheet.tables import LINE_BREAK
from ingest.readers.sheet.xlsx import read_xlsx

_INITIALS = re.compile(r"(?:[A-Z]\.?[ -]?){1,4}\Z")
_FAMILY_INITIALS = re.compile(r"[^\d,]+ [A-Z]{1,4}\.?\Z")
_AND = re.compile(r"\s+(?:and|&)\s+")

Contents = tuple[ReadDocument | Sheet, ...]


def read_csv_table(data: bytes, source: str) -> Contents:
    """Return a coding sheet in CSV, or the references that it lists.

    Raises:
        ReaderError: as for `read_csv`, or it lists more references than a file may hold.
    """
    return _contents(read_csv, data, source)


def read_xlsx_table(data: bytes, source: str) -> Contents:
    """Return a coding sheet in XLSX, or the references that it lists.

    Raises:
        ReaderError: as for `read_xlsx`, or it lists more references than a file may hold.
    """
    return _contents(read_xlsx, data, source)


def _contents(reader: Callable[[bytes, str], Sheet], data: bytes, source: str) -> Contents:
    sheet = reader(data, source)
    lists = [_List(table) for table in sheet.tables if names_references(table.headers)]
    rows = [(one, row) for one in lists if one.is_plain or one.has_abstracts for row in one.table.rows]
    citations = [found for one, row in rows if (found := one.citation(sheet, row))]
    if not citations:
        return (sheet,)
    listed = len(lists) == len(sheet.tables) and all(one.is_plain for one in lists)
    return (*documents_of(citations, source, sheet.document.media_type), replace(sheet, listed=listed))


class _List:
    """A table that lists references: `is_plain` says that no row holds anything else that is said of a study (a code, a
    role, a country)."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._parts = {name: part for name in table.headers if (part := reference_part_of(name))}
        filled = {cell.column for row in table.rows for cell in row.cells}
        self.is_plain = not any(meaning_of(name) in SAYS_OF_STUDIES for name in filled - self._parts.keys())
        self.has_abstracts = any(self._parts.get(name) == "abstract" for name in filled)

    def citation(self, sheet: Sheet, row: Row) -> Citation | None:
        """Return the reference of a row, or None where it has neither title nor identifier."""
        told: dict[str, str] = {}
        for cell in row.cells:
            if part := self._parts.get(cell.column):
                words = sheet.document.text[cell.start : cell.end].replace(f" {LINE_BREAK} ", _break_in(part))
                told.setdefault(part, words)
        if not any(told.get(part) for part in ("title", "doi", "pmid", "pmcid")):
            return None
        return _of(told, f"row {row.number}" + (f" of {self.table.name}" if self.table.name else ""))


def _break_in(part: str) -> str:
    return ";" if part in ("authors", "keywords") else " "


def _of(told: Mapping[str, str], key: str) -> Citation:
    addresses = " ".join(told.get(part, "") for part in ("doi", "address"))
    pages = "-".join(filter(None, (told.get("first page"), told.get("last page"))))
    words = (word.strip() for word in told.get("keywords", "").split(";"))
    return Citation(
        key=key,
        title=told.get("title", ""),
        authors=_names(told.get("authors", "")),
        date=date_in(told.get("date", "")) or date_in(told.get("year", "")),
        journal=told.get("journal", ""),
        volume=told.get("volume", ""),
        issue=told.get("issue", ""),
        pages=told.get("pages", "") or pages,
        doi=doi_of(addresses),
        pmid=pmid_of(told.get("pmid", "")),
        pmcid=pmcid_of(f"{told.get('pmcid', '')} {addresses}"),
        language=told.get("language", ""),
        kind=kind_of(told.get("kind", "")),
        keywords=tuple(dict.fromkeys(filter(None, words))),
        abstract=parts_of_abstract(told.get("abstract", "")),
    )


def _names(told: str) -> tuple[str, ...]:
    """Return the names in a cell, however they are parted.

    >>> _names("Meyer, Ann; Vries, B. de"), _names("Meyer A, Vries B."), _names("Meyer, A., Vries, B.")
    (('Ann Meyer', 'B. de Vries'), ('Meyer A', 'Vries B'), ('A. Meyer', 'B. Vries'))
    >>> _names("Ann Meyer, Bo Vries"), _names("Meyer, Ann and Vries, Bo"), _names("Meyer, Ann")
    (('Ann Meyer', 'Bo Vries'), ('Ann Meyer', 'Bo Vries'), ('Ann Meyer',))
    """
    if ";" in told:
        return tuple(name_of(name) for name in told.split(";") if name.strip())
    joined = _AND.split(told)
    parts = [part.strip() for part in told.split(",") if part.strip()]
    if len(joined) == 1 and len(parts) > 1:
        if all(_FAMILY_INITIALS.match(part) for part in parts):
            return tuple(part.rstrip(".") for part in parts)
        if all(" " in part for part in parts):
            return tuple(parts)
        if len(parts) % 2 == 0 and all(_INITIALS.match(part) for part in parts[1::2]):
            return tuple(f"{given} {family}" for family, given in zip(parts[::2], parts[1::2], strict=True))
    return tuple(name_of(name) for name in joined if name.strip())
