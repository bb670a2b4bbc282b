"""Reader of coding sheets in XLSX: values, not formulas; merged cells show their words in every row they cover."""

import io
import zipfile
from datetime import date, datetime, time
from typing import Any

from ingest.errors import ReaderError
from ingest.readers.archive import open_bounded
from ingest.readers.contents import Sheet
from ingest.readers.sheet.tables import MAX_CELLS, RawTable, assemble_sheet

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_UNPACKED = 100_000_000
"""The most bytes that a workbook may unpack to."""
_DECLARES = (b"<!DOCTYPE", b"<!ENTITY")
_DAMAGED = (KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, SyntaxError, zipfile.BadZipFile)
"""What openpyxl raises on workbooks that are none, or broken."""


def read_xlsx(data: bytes, source: str) -> Sheet:
    """Return the visible sheets of a workbook as one coding sheet.

    Raises:
        ReaderError: it is damaged, beyond a bound, protected by a password, or holds no rows below a header.
    """
    archive = open_bounded(data, source, max_total=MAX_UNPACKED)
    has_formulas = False
    for name in archive:
        if name.endswith((".xml", ".rels")):
            content = archive[name]
            if any(mark in content for mark in _DECLARES):
                raise ReaderError(source, f"declares entities in {name}, as no spreadsheet does", "save it again")
            has_formulas |= name.startswith("xl/worksheets/") and (b"<f>" in content or b"<f " in content)
    import openpyxl  # slow to import

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
        tables, notes = _tables(book, source)
        if has_formulas:
            notes += _empty_formulas(book, openpyxl.load_workbook(io.BytesIO(data), keep_links=False))
    except _DAMAGED as error:
        problem = f"is a damaged spreadsheet ({type(error).__name__}: {error})"
        raise ReaderError(source, problem, "open it and save it again as XLSX, or as CSV") from error
    return assemble_sheet(tables, source, MEDIA_TYPE, notes)


def _tables(book: Any, source: str) -> tuple[list[RawTable], list[str]]:  # noqa: ANN401 - a workbook of openpyxl
    tables: list[RawTable] = []
    notes: list[str] = []
    cells = 0
    for sheet in book.worksheets:
        cells += sheet.max_row * sheet.max_column
        if cells > 10 * MAX_CELLS:
            raise ReaderError(source, "has too many rows and columns", "delete the empty ones, or split it")
        if sheet.sheet_state != "visible":
            notes.append(f"the hidden sheet {sheet.title} is left out")
            continue
        hidden = sum(dimension.hidden for dimension in sheet.row_dimensions.values())
        if hidden:
            notes.append(f"{sheet.title}: {hidden} hidden rows are read like the others")
        rows = [(number, [_words(value) for value in row]) for number, row in enumerate(sheet.values, 1)]
        shared = {
            (row, column - 1): (merged.min_row, merged.min_col - 1)
            for merged in sheet.merged_cells.ranges
            for row in range(merged.min_row, merged.max_row + 1)
            for column in range(merged.min_col, merged.min_col + 1)
        }
        tables.append(RawTable(sheet.title, rows, shared))
    return tables, notes


def _empty_formulas(values: Any, formulas: Any) -> list[str]:  # noqa: ANN401 - workbooks of openpyxl
    """Say how many formulas have no value in the file: they were never calculated."""
    empty = sum(
        cell.data_type == "f" and values[sheet.title][cell.coordinate].value is None
        for sheet in formulas.worksheets
        for row in sheet.iter_rows()
        for cell in row
    )
    return [f"{empty} formulas have no value in the file: open and save it in a spreadsheet program"] if empty else []


def _words(value: object) -> str:
    """Return the value of a cell as words: dates as ISO 8601, whole numbers without a point.

    >>> _words(datetime(2021, 3, 1)), _words(7.0), _words(None), _words(True)
    ('2021-03-01', '7', '', 'TRUE')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
