"""Tables of JATS and web pages as rows of cells, each cell at its column whatever spans rows or columns."""

from collections.abc import Callable, Iterator
from itertools import count

from lxml import etree

from ingest.readers.builder import Run, Runs
from ingest.readers.safe_xml import local

MAX_COLUMNS = 200
"""The widest table that is laid out; wider cells run on in the last column."""
_ROWS = frozenset({"tr", "row"})
_GROUPS = frozenset({"thead", "tbody", "tfoot", "tgroup"})
_CELLS = frozenset({"td", "th", "entry"})


def rows_of(table: etree._Element, cell_runs: Callable[[etree._Element], Runs]) -> Iterator[list[Runs]]:
    """Yield the rows of a table; the words of a cell stand in its first row and column, the rest of it is empty."""
    taken: dict[int, int] = {}
    for row in _rows(table):
        cells: dict[int, Runs] = {}
        columns = count()
        for cell in row:
            if local(cell) not in _CELLS:
                continue
            at = next(column for column in columns if not taken.get(column) or column >= MAX_COLUMNS)
            cells[at] = [*cells.get(at, ()), *cell_runs(cell)]
            for column in range(at, min(at + _number(cell, "colspan"), MAX_COLUMNS)):
                taken[column] = _number(cell, "rowspan")
            for _ in range(_number(cell, "colspan") - 1):
                next(columns)
        taken = {column: rows - 1 for column, rows in taken.items() if rows > 1}
        last = max((at for at, runs in cells.items() if any(run.text.strip() for run in runs)), default=-1)
        if last >= 0:
            yield [cells.get(at, [Run("")]) for at in range(last + 1)]


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for part in table:
        if local(part) in _ROWS:
            yield part
        elif local(part) in _GROUPS:
            yield from (row for row in part if local(row) in _ROWS)


def _number(cell: etree._Element, name: str) -> int:
    said = cell.get(name, "1").strip()
    return max(1, min(int(said), MAX_COLUMNS)) if said.isascii() and said.isdigit() and len(said) < 6 else 1
