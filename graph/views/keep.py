"""The views kept in step with the RDF: only the studies of named graphs that changed are looked at."""

from collections.abc import Callable, Iterable, Mapping

import pyoxigraph as ox

from graph.canonical import merged
from graph.folder import State
from graph.reading import in_graph
from graph.views.facets import StudyRecords
from graph.views.matrix import AXES, VALUES, Matrix, arranged
from graph.views.shelf import Shelf
from ontology.base import Record
from ontology.errors import RecordError
from ontology.model import Concept, Study
from ontology.namespaces import CKG, ONTOLOGY_GRAPH

_IN_STUDY = ox.NamedNode(CKG + "inStudy")
Progress = Callable[[int, int], None]
"""Told how many named graphs are done, and of how many."""


def refresh(
    shelf: Shelf,
    state: State,
    concepts: Mapping[str, Concept],
    *,
    known: Mapping[str, Iterable[Record]] | None = None,
    progress: Progress | None = None,
) -> None:
    """Bring the views to this state; nothing is committed. `known` are records of named graphs that are at hand."""
    there = shelf.hashes()
    wanted = {name: told.hash for name, told in state.manifest.graphs.items() if name != ONTOLOGY_GRAPH}
    changed = sorted(name for name in there.keys() | wanted.keys() if there.get(name) != wanted.get(name))
    for done, graph in enumerate(changed):
        if progress is not None:
            progress(done, len(changed))
        _refresh_graph(shelf, state, graph, wanted.get(graph, ""), concepts, dict(known or {}))


def _refresh_graph(
    shelf: Shelf,
    state: State,
    graph: str,
    digest: str,
    concepts: Mapping[str, Concept],
    known: dict[str, Iterable[Record]],
) -> None:
    own = list(known[graph]) if graph in known else (list(in_graph(state, graph)) if digest else [])
    now = {_unit(record, graph) for record in own}
    for unit in sorted(now | shelf.studies_of(graph)):
        others = {name for name in _graphs_of(state.store, unit) if name != graph}
        records = [record for record in own if _unit(record, graph) == unit]
        for name in sorted(others):
            records += [r for r in known.get(name) or in_graph(state, name) if _unit(r, name) == unit]
        shelf.replace_study(StudyRecords.of(unit, merged(records).values(), concepts))
    shelf.replace_graph(graph, digest, now)


def _unit(record: Record, graph: str) -> str:
    """Return the study that a record is counted with; what belongs to none is counted with its named graph."""
    return record.iri if isinstance(record, Study) else record.study or graph


def _graphs_of(store: ox.Store, study: str) -> set[str]:
    """Return the named graphs that have records of a study."""
    found = store.quads_for_pattern(None, _IN_STUDY, ox.NamedNode(study), None)
    return {quad.graph_name.value for quad in found if isinstance(quad.graph_name, ox.NamedNode)}


def matrix(
    shelf: Shelf,
    kind: str,
    row_axis: str,
    column_axis: str,
    value: str = "records",
    *,
    rows: int = 50,
    columns: int = 50,
) -> Matrix:
    """Return how much evidence stands where two axes meet.

    `kind` is one of `graph.views.matrix.KINDS` by name, the axes are of `AXES`, "theme" or "study", `value` is of
    `VALUES`. Matrices of shared axes are sums that are kept; with "study" or "theme" they are put together now.

    Raises:
        RecordError: an axis or a value is unknown; names those there are.
    """
    for name, known in (
        (row_axis, (*AXES, "theme", "study")),
        (column_axis, (*AXES, "theme", "study")),
        (value, VALUES),
    ):
        if name not in known:
            raise RecordError(name, "is nothing that a matrix has", f"use one of {', '.join(known)}")
    first, second = sorted((row_axis, column_axis))
    turned = (first, second) != (row_axis, column_axis)
    if row_axis in AXES and column_axis in AXES:
        told = shelf.connection.execute(
            f"SELECT row, column_, {value} FROM totals WHERE kind = ? AND row_axis = ? AND column_axis = ?",
            (kind, first, second),
        )
        cells = ((column, row, number) if turned else (row, column, number) for row, column, number in told)
        return arranged(kind, value, cells, rows=rows, columns=columns)
    at = VALUES.index(value)
    found: list[tuple[str, str, int]] = []
    for study, part in shelf.parts():
        for cell, numbers in part.items():
            if cell.kind != kind:
                continue
            if "study" in (row_axis, column_axis):
                other = column_axis if row_axis == "study" else row_axis
                if cell.row_axis == cell.column_axis == other:
                    place = (study, cell.row) if row_axis == "study" else (cell.row, study)
                    found.append((*place, numbers[at]))
            elif (cell.row_axis, cell.column_axis) == (first, second):
                place = (cell.column, cell.row) if turned else (cell.row, cell.column)
                found.append((*place, numbers[at]))
    return arranged(kind, value, iter(found), rows=rows, columns=columns)
