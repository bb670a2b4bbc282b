"""The tables as one XLSX workbook, a sheet for each kind; text stays text, whatever it begins with."""

import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from graph.exports.tables import columns, rows
from graph.exports.walk import Walk

MAX_ROWS = 1_048_576
MAX_CELL = 32_767
"""What a sheet and a cell hold (Excel specifications and limits)."""
CUT = "… [cut: {length:,} characters; the form csv has them all]"
_NEVER = datetime(2000, 1, 1)
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_BLOCK = 1 << 20


def xlsx(walk: Walk) -> Iterator[bytes]:
    """Yield the bytes of a workbook. Control characters become U+FFFD; longer cells are cut, and say so. A kind that
    has more records than a sheet has rows goes on in a second one, and so on ("Passage", "Passage 2")."""
    with tempfile.TemporaryDirectory() as home:
        made, told = Path(home) / "made.xlsx", Path(home) / "told.xlsx"
        _workbook(walk).save(made)
        _without_times(made, told)
        with told.open("rb") as file:
            while block := file.read(_BLOCK):
                yield block


def _workbook(walk: Walk) -> Workbook:
    book = Workbook(write_only=True)
    book.properties.created = _NEVER
    sheets: dict[str, list[Any]] = {}
    counts: dict[str, int] = {}
    with ExitStack() as given_up:
        for kind, cells in rows(walk):
            begun = sheets.setdefault(kind, [])
            if not begun or counts[kind] >= MAX_ROWS:
                begun.append(_sheet(book, kind, len(begun) + 1))
                given_up.callback(begun[-1].close)
                counts[kind] = 1
            counts[kind] += 1
            begun[-1].append([_cell(begun[-1], cell) for cell in cells])
        given_up.pop_all()  # saving the workbook closes them
    if not sheets:
        _sheet(book, "Document", 1)
    return book


def _sheet(book: Workbook, kind: str, number: int) -> Any:  # noqa: ANN401 - its type openpyxl does not name
    sheet = book.create_sheet(kind if number == 1 else f"{kind} {number}")
    sheet.freeze_panes = "C2"
    bold = Font(bold=True)
    heads = []
    for column in columns(kind):
        head = WriteOnlyCell(sheet, column.name)
        head.font = bold
        heads.append(head)
    sheet.append(heads)
    return sheet


def _cell(sheet: Any, value: Any) -> Any:  # noqa: ANN401 - as many types as there are kinds
    if not isinstance(value, str):
        return value
    text = _ILLEGAL.sub("\ufffd", value)
    if len(text) > MAX_CELL:
        mark = CUT.format(length=len(text))
        text = text[: MAX_CELL - len(mark)] + mark
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    return cell


def _without_times(made: Path, told: Path) -> None:
    """Copy a workbook with the clock times in it set to one moment, so that the same store gives the same bytes."""
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(told, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist()):
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with source.open(name) as given, target.open(entry, "w") as out:
                if name == "docProps/core.xml":
                    out.write(re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", b"2000-01-01T00:00:00Z", given.read()))
                else:
                    shutil.copyfileobj(given, out, _BLOCK)
