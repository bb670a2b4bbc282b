"""Matrices of the evidence: how much of it stands where two facets meet. Every study adds its own part.

The part of a study is a pure function of its records, and the whole is the sum of the parts. So a study that comes,
changes or goes only adds and takes away its own part, and nothing is counted again.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product
from typing import NamedTuple

from graph.views.facets import StudyRecords
from ontology.base import Record
from ontology.model import Barrier, Facilitator, Finding, Intervention, Position, Quote

AXES = ("level", "role", "attributed to", "mechanism", "domain", "proposed by", "evidence level")
"""Axes whose values many studies share: their matrices are kept ready as sums; those of themes and studies, whose
values belong to one study, are put together from the studies' parts when asked for."""
KINDS: tuple[type[Record], ...] = (Barrier, Facilitator, Intervention, Finding, Position, Quote)
"""Kinds that are counted."""
VALUES = ("records", "quotes", "studies", "participants", "disagreements")
"""What can stand in a cell."""


class Numbers(NamedTuple):
    """What a study adds to a cell; `participants` are those of the role if an axis is the role, else all."""

    records: int
    quotes: int
    studies: int
    participants: int
    disagreements: int


class Cell(NamedTuple):
    """Where two facets of one kind of record meet; `row_axis` comes before `column_axis` in the alphabet."""

    kind: str
    row_axis: str
    row: str
    column_axis: str
    column: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """Counts by row and column, both sorted by their totals; a cell that is missing is 0.

    `left_out` are rows and columns beyond the limit, so that what is cut can be said.
    """

    kind: str
    value: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[tuple[str, str], int]
    left_out: tuple[int, int] = (0, 0)


def part_of(study: StudyRecords) -> dict[Cell, Numbers]:
    """Return what one study adds to the matrices, of the axis "theme" too.

    A cell with the same axis and value twice is the total of that value alone.
    """
    axes = sorted((*AXES, "theme"))
    alike: dict[tuple[str, tuple[tuple[str, ...], ...]], list[str]] = defaultdict(list)
    for record in study.records:
        if isinstance(record, KINDS):
            facets = study.facets(record)
            alike[type(record).__name__, tuple(facets[axis] for axis in axes)].append(record.iri)
    members: dict[Cell, set[str]] = defaultdict(set)
    # Many records have the same values on all axes: they stand in the same cells.
    for (kind, values), iris in alike.items():
        told = tuple(zip(axes, values, strict=True))
        for (one, rows), (other, columns) in combinations(told, 2):
            for row, column in product(rows, columns):
                members[Cell(kind, one, row, other, column)].update(iris)
        for axis, found in told:
            for value in found:
                members[Cell(kind, axis, value, axis, value)].update(iris)
    by_role = study.participants()
    own = study.study
    everyone = (own.n_participants if own else None) or sum(by_role.values())
    return {cell: _numbers(study, cell, found, by_role, everyone) for cell, found in members.items()}


def shared(cell: Cell) -> bool:
    """Say whether a cell is of axes that are kept as sums over all studies."""
    return cell.row_axis in AXES and cell.column_axis in AXES


def _numbers(study: StudyRecords, cell: Cell, members: set[str], by_role: dict[str, int], everyone: int) -> Numbers:
    quotes, disagreements = _together(study.quotes, members), _together(study.disagreements, members)
    roles = [name for axis, name in ((cell.row_axis, cell.row), (cell.column_axis, cell.column)) if axis == "role"]
    people = by_role.get(roles[0], 0) if roles else everyone
    return Numbers(len(members), quotes, 1, people, disagreements)


def _together(sets: Mapping[str, frozenset[str]], members: set[str]) -> int:
    """Return how many there are in the sets of all members together."""
    if len(members) == 1:
        return len(sets.get(next(iter(members)), ()))
    told = [sets[iri] for iri in members if iri in sets]
    return len(told[0].union(*told[1:])) if told else 0


def arranged(
    kind: str, value: str, told: Iterator[tuple[str, str, int]], *, rows: int = 50, columns: int = 50
) -> Matrix:
    """Return cells as a matrix: the rows and columns with the largest totals first, at most so many of each.

    >>> arranged("Barrier", "records", iter([("team", "nurse", 2), ("system", "nurse", 5)])).rows
    ('system', 'team')
    """
    cells: dict[tuple[str, str], int] = defaultdict(int)
    for row, column, number in told:
        cells[row, column] += number
    totals: tuple[dict[str, int], dict[str, int]] = (defaultdict(int), defaultdict(int))
    for place, number in cells.items():
        for side, name in enumerate(place):
            totals[side][name] += number
    ordered = [sorted(side, key=lambda name, side=side: (-side[name], name)) for side in totals]  # type: ignore[misc]
    shown = set(ordered[0][:rows]), set(ordered[1][:columns])
    return Matrix(
        kind=kind,
        value=value,
        rows=tuple(ordered[0][:rows]),
        columns=tuple(ordered[1][:columns]),
        cells={place: n for place, n in sorted(cells.items()) if n and place[0] in shown[0] and place[1] in shown[1]},
        left_out=(max(0, len(ordered[0]) - rows), max(0, len(ordered[1]) - columns)),
    )
