"""What the columns of a coding sheet mean: guessed from their headers, or said by a file."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ingest.errors import MappingError
from ingest.mapping.layout import one_of, parse, render
from ingest.readers.contents import Sheet, Table
from ingest.readers.sheet.columns import MEANINGS, meaning_of
from ingest.readers.sheet.tables import LINE_BREAK

FORM = "sheet"
SPLIT = ("theme", "subtheme", "barrier", "facilitator", "intervention", "role")
"""Meanings of columns whose cells may hold several things."""
SEPARATORS = (";", ",", "/", "|", "")
_ONCE = ("doi", "pmid", "pmcid", "title", "authors", "year", "study", "quote", "speaker", "role", "page", "level")
"""Meanings that one column has at the most; of several columns the first has it."""
_LONGEST_LABEL = 40
_RECURRING = 0.5


@dataclass(frozen=True, slots=True)
class SheetMapping:
    """By table: the meaning of each column, and what parts several things in its cells ("" if nothing does)."""

    columns: Mapping[str, Mapping[str, str]]
    split: Mapping[str, Mapping[str, str]]
    guessed: bool = True


def guess_sheet(sheet: Sheet) -> SheetMapping:
    """Return what the columns seem to mean by their headers.

    Cells with semicolons or line breaks are taken as lists, those with commas only where the parts are short and come
    again and again: a list of labels, not a sentence.
    """
    columns = {table.name: _columns(table) for table in sheet.tables}
    split = {
        table.name: {
            name: separator
            for name, meaning in columns[table.name].items()
            if meaning in SPLIT and (separator := _separator(list(words_of(sheet, table, name))))
        }
        for table in sheet.tables
    }
    return SheetMapping(columns, split)


def read_sheet(text: str, sheet: Sheet) -> SheetMapping:
    """Return the mapping that a file says, with guesses for what it leaves out.

    Raises:
        MappingError: the file is no mapping of this sheet.
    """
    told = parse(text, FORM, ("columns", "split"))
    guessed = guess_sheet(sheet)
    columns = _merged(told.get("columns", {}), guessed.columns, sheet, "columns", MEANINGS, "meaning of a column")
    split = _merged(told.get("split", {}), guessed.split, sheet, "split", SEPARATORS, "separator")
    return SheetMapping(columns, split, guessed=False)


def write_sheet(sheet: Sheet, mapping: SheetMapping) -> str:
    """Return the text of a mapping file."""
    head = [
        f"What the columns of {sheet.document.source} mean to carekg. Edit what is wrong.",
        f"columns: {', '.join(MEANINGS)}",
        f"split: what parts several things in one cell: {' '.join(s for s in SEPARATORS if s)}, or nothing",
        f"  (a line break in a cell, {LINE_BREAK} in the stored text, parts as ; does)",
    ]
    tables: dict[str, Mapping[str, object]] = {}
    for part, every in (("columns", mapping.columns), ("split", mapping.split)):
        for name, table in every.items():
            if table or part == "columns":
                tables[f"{part}\0{name}" if len(sheet.tables) > 1 else part] = table
    return render(head, FORM, tables)


def words_of(sheet: Sheet, table: Table, column: str) -> Iterator[str]:
    """Yield the words of a column, filled cells only, from top to bottom."""
    for row in table.rows:
        for cell in row.cells:
            if cell.column == column:
                yield sheet.document.text[cell.start : cell.end]


def _columns(table: Table) -> dict[str, str]:
    found: dict[str, str] = {}
    for header in table.headers:
        meaning = meaning_of(header)
        if meaning in _ONCE and meaning in found.values():
            meaning = "nothing"
        found[header] = meaning
    return found


def _separator(cells: list[str]) -> str:
    if any(";" in cell or LINE_BREAK in cell for cell in cells):
        return ";"
    parts = [part.strip().casefold() for cell in cells for part in cell.split(",")]
    if len(parts) == len(cells) or any(len(part) > _LONGEST_LABEL for part in parts):
        return ""
    counts = Counter(parts)
    return "," if sum(counts[part] > 1 for part in counts) >= _RECURRING * len(counts) else ""


def _merged(
    told: Mapping[str, object],
    guessed: Mapping[str, Mapping[str, str]],
    sheet: Sheet,
    part: str,
    values: tuple[str, ...],
    what: str,
) -> dict[str, dict[str, str]]:
    """Return the guesses with what a file says over them, every name of it checked."""
    found = {name: dict(table) for name, table in guessed.items()}
    by_name = {table.name: table for table in sheet.tables}
    only = sheet.tables[0].name if len(sheet.tables) == 1 else None
    given: dict[str, object] = {only: told} if only is not None else dict(told)
    for name, table in given.items():
        one_of(name, by_name, f"mapping, {part}", "sheet of the workbook")
        if not isinstance(table, Mapping):
            problem = "names a column without its sheet"
            raise MappingError(f"mapping, {part}", problem, f'write [{part}."NAME OF THE SHEET"]')
        for header, value in table.items():
            where = f"mapping, {part}"
            one_of(header, by_name[name].headers, where, "column of the sheet")
            found[name][header] = one_of(value, values, f"{where}, {header}", what)
    return found
