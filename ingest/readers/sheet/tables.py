"""Cells to a coding sheet: the stored text with a line for each row, the header found, every cell with its place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from ingest.errors import ReaderError
from ingest.readers.contents import Cell, Row, Sheet, Table
from ingest.readers.sheet.columns import is_header
from ontology.identity import document_iri, sha256_of
from ontology.model import Document

MAX_CELLS = 2_000_000
"""The most filled cells of a sheet."""
LINE_BREAK = "\u00b6"
"""What stands in the stored text for a line break inside a cell, as a row is a line."""
_HEADER_WITHIN = 20
"""Rows among which the header is looked for."""


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table as it was read: rows of words by their number in the sheet, from 1. `shared` are cells (row, column) that
    show the words of another one, because they are merged with it."""

    name: str
    rows: Sequence[tuple[int, Sequence[str]]]
    shared: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict)


def assemble_sheet(tables: Sequence[RawTable], source: str, media_type: str, notes: Sequence[str] = ()) -> Sheet:
    r"""Return the sheet of tables; empty rows are left out, and empty tables.

    Raises:
        ReaderError: nothing is filled, or too much.

    >>> sheet = assemble_sheet([RawTable("", [(1, ["Study", "Barrier"]), (3, ["Lund 2020", "no\ntime"])])], "a.csv",
    ...                        "text/csv")
    >>> sheet.document.text, sheet.tables[0].rows[0].cells[1]
    ('Study\tBarrier\nLund 2020\tno ¶ time\n', Cell(column='Barrier', start=24, end=33))
    """
    writer = _Writer(named=len(tables) > 1)
    made = [found for table in tables if (found := writer.write(table)) is not None]
    if not made:
        raise ReaderError(source, "has no filled cells below a header", "fill in a header row and rows below it")
    if writer.cells > MAX_CELLS:
        problem = f"has {writer.cells:,} filled cells, more than {MAX_CELLS:,}"
        raise ReaderError(source, problem, "split it")
    text = "".join(writer.lines)
    sha256 = sha256_of(text)
    document = Document(iri=document_iri(sha256), source=source, sha256=sha256, media_type=media_type, text=text)
    return Sheet(document, tuple(made), tuple(notes))


@dataclass(slots=True)
class _Writer:
    """Writes the text line by line and knows where it is."""

    named: bool
    lines: list[str] = field(default_factory=list)
    at: int = 0
    cells: int = 0

    def write(self, table: RawTable) -> Table | None:
        """Write a table and return it with the place of every cell, or None where it is empty."""
        folded = [(number, [_folded(cell) for cell in row]) for number, row in table.rows]
        rows = [(number, row) for number, row in folded if any(row)]
        if not rows:
            return None
        if self.named:
            self._line(_folded(table.name))
        header, told = _header(rows)
        names = _names(told, max(_width(row) for _, row in rows))
        places: dict[tuple[int, int], tuple[int, int]] = {}
        made: list[Row] = []
        for order, (number, row) in enumerate(rows):
            begin = self.at
            self._line("\t".join(row).rstrip("\t"))
            for column, words in enumerate(row):
                if words:
                    places[number, column] = (begin, begin + len(words))
                    self.cells += 1
                begin += len(words) + 1
            if order > header and row != rows[header][1]:
                made.append(Row(number, tuple(_cells(number, names, places, table.shared))))
        return Table(table.name, tuple(names), rows[header][0], tuple(made)) if made else None

    def _line(self, words: str) -> None:
        self.lines.append(words + "\n")
        self.at += len(words) + 1


def _cells(
    number: int,
    names: Sequence[str],
    places: Mapping[tuple[int, int], tuple[int, int]],
    shared: Mapping[tuple[int, int], tuple[int, int]],
) -> list[Cell]:
    found = []
    for column, name in enumerate(names):
        place = places.get((number, column)) or places.get(shared.get((number, column), (-1, -1)))
        if place is not None:
            found.append(Cell(name, *place))
    return found


def _header(rows: Sequence[tuple[int, Sequence[str]]]) -> tuple[int, Sequence[str]]:
    """Return which row is the header, and its names: the first that names columns we know, else the first with the
    most cells.

    One that only groups the columns ("Findings" over quote, speaker and page) names those that the row below does not.
    """
    first = rows[:_HEADER_WITHIN]
    filled = [sum(map(bool, row)) for _, row in first]
    at = next((at for at, (_, row) in enumerate(first) if is_header(row)), None)
    if at is None:
        at = filled.index(max(filled))
    elif at + 1 < len(first) and filled[at] < filled[at + 1] and is_header(first[at + 1][1]):
        return at + 1, [below or above for above, below in zip_longest(first[at][1], first[at + 1][1], fillvalue="")]
    return at, first[at][1]


def _width(row: Sequence[str]) -> int:
    """Return how many cells a row has up to the last filled one."""
    return next((at + 1 for at in range(len(row) - 1, -1, -1) if row[at]), 0)


def _names(header: Sequence[str], width: int) -> list[str]:
    """Return a name for every column: its header, numbered where it occurs again, or its number where it has none."""
    names: list[str] = []
    for column in range(width):
        told = header[column] if column < len(header) and header[column] else f"column {column + 1}"
        name, again = told, 1
        while name in names:
            again += 1
            name = f"{told} ({again})"
        names.append(name)
    return names


def _folded(words: str) -> str:
    """Return the words of a cell on one line: line breaks become a sign, other white space one blank."""
    lines = [" ".join(line.split()) for line in words.splitlines()]
    return f" {LINE_BREAK} ".join(line for line in lines if line)
