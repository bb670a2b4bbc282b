"""Rows and cells of a table in the view, where a source parts them by line ends and tabs."""

from collections.abc import Iterator

Cell = tuple[int, int]
"""View offsets of the words of a cell, without the blanks around them."""


def rows_of(text: str, start: int, end: int) -> Iterator[list[Cell]]:
    """Yield the rows of text[start:end] that hold words, each with all its cells, those without words too.

    >>> text = "Who \\tWhat\\n\\n\\tcalls"
    >>> [[text[a:b] for a, b in row] for row in rows_of(text, 0, len(text))]
    [['Who', 'What'], ['', 'calls']]
    """
    at = start
    for line in text[start:end].split("\n"):
        cells = []
        for cell in line.split("\t"):
            first = at + len(cell) - len(cell.lstrip())
            cells.append((first, first + len(cell.strip())))
            at += len(cell) + 1
        if any(first < last for first, last in cells):
            yield cells
