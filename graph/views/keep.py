"""The views kept in step with the RDF: only the studies of named graphs that changed are looked at."""

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pyoxigraph as ox

from graph.canonical import merged
from graph.errors import StoreError
from graph.folder import State
from graph.rdf import is_staged
from graph.reading import in_graph
from graph.views.database import Views
from graph.views.facets import StudyRecords
from graph.views.matrix import AXES, VALUES, Matrix, arranged
from ontology.base import Record
from ontology.errors import RecordError
from ontology.model import Concept, Study
from ontology.namespaces import CKG, ONTOLOGY_GRAPH
from ontology.vocabulary import load_vocabulary

_IN_STUDY = ox.NamedNode(CKG + "inStudy")
_TRIES, _PAUSE = 5, 0.05
"""How often, and how many seconds apart, a reader looks for views of the state that it sees."""
Progress = Callable[[int, int], None]
"""Told how many named graphs are done, and of how many."""


def made(path: Path) -> Views:
    """Open the views for a writer; a file that is damaged or of another version is made anew.

    Raises:
        StoreError: the file cannot be written.
    """
    return Views(path)


def opened(path: Path, state: State) -> Views:
    """Open the views for a reader of this state; where none fit, not even after a moment, make some in memory."""
    for _ in range(_TRIES if path.exists() else 0):
        try:
            views = Views(path, read_only=True)
            if views.stamp() == state.manifest.stamp:
                return views
            views.close()
        except StoreError:
            break
        time.sleep(_PAUSE)
    views = Views.in_memory()
    refresh(views, state)
    return views


def refresh(
    views: Views,
    state: State,
    *,
    changed: Mapping[str, Sequence[Record] | None] | None = None,
    progress: Progress | None = None,
) -> None:
    """Bring the views to this state and commit them.

    `changed` are the named graphs that may differ, with the canonical records that each holds now where they are at
    hand, else None; without `changed` all are compared by their hashes.
    """
    graphs = state.manifest.graphs
    if changed is None:
        there = views.hashes()
        wanted = {name: told.hash for name, told in graphs.items() if name != ONTOLOGY_GRAPH}
        changed = dict.fromkeys(name for name in there.keys() | wanted.keys() if there.get(name) != wanted.get(name))
    take_over(views, state, changed, progress=progress)
    if changed or views.stamp() != state.manifest.stamp:
        views.commit(state.manifest.stamp)


def take_over(
    views: Views, state: State, changed: Mapping[str, Sequence[Record] | None], *, progress: Progress | None = None
) -> None:
    """Bring the views of these named graphs to this state, without committing them: what `refresh` does first.

    Of a named graph whose records are at hand nothing is read: it may be about to be written.
    """
    graphs = state.manifest.graphs
    concepts = {concept.iri: concept for concept in load_vocabulary().concepts} if changed else {}
    for done, graph in enumerate(sorted(set(changed) - {ONTOLOGY_GRAPH})):
        if progress is not None:
            progress(done, len(changed))
        digest = graphs[graph].hash if graph in graphs else ""
        _refresh_graph(views, state, (graph, digest, changed[graph]), concepts)


def _refresh_graph(
    views: Views, state: State, named: tuple[str, str, Sequence[Record] | None], concepts: Mapping[str, Concept]
) -> None:
    graph, digest, known = named
    own = [] if not digest else list(in_graph(state, graph)) if known is None else known
    now = {_unit(record, graph) for record in own}
    for unit in sorted(now | views.studies_of(graph)):
        records = [record for record in own if _unit(record, graph) == unit]
        for name in sorted(_graphs_of(state.store, unit) - {graph}) if unit != graph else ():
            records += [record for record in in_graph(state, name) if _unit(record, name) == unit]
        views.replace_study(StudyRecords.of(unit, merged(records).values(), concepts))
    views.replace_graph(graph, digest, now)


def _unit(record: Record, graph: str) -> str:
    """Return the study that a record is counted with; what belongs to none is counted with its named graph."""
    return record.iri if isinstance(record, Study) else record.study or graph


def _graphs_of(store: ox.Store, study: str) -> set[str]:
    """Return the named graphs that have records of a study."""
    found = store.quads_for_pattern(None, _IN_STUDY, ox.NamedNode(study), None)
    names = {quad.graph_name.value for quad in found if isinstance(quad.graph_name, ox.NamedNode)}
    return {name for name in names if not is_staged(name)}


def matrix(
    views: Views,
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
        told = views.connection.execute(
            f"SELECT row, column_, {value} FROM totals WHERE kind = ? AND row_axis = ? AND column_axis = ?",
            (kind, first, second),
        )
        cells = ((column, row, number) if turned else (row, column, number) for row, column, number in told)
        return arranged(kind, value, cells, rows=rows, columns=columns)
    at = VALUES.index(value)
    found: list[tuple[str, str, int]] = []
    for study, part in views.parts():
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
