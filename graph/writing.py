"""How a store is opened to write: brought back to what is certain, with the ontology that ships with carekg."""

import pyoxigraph as ox

from graph import rdf, shipped
from graph.errors import StoreError
from graph.folder import Folder, State
from graph.manifest import GraphState
from ontology.namespaces import ONTOLOGY_GRAPH


def opened(folder: Folder) -> tuple[State, bool]:
    """Open the database of a store that nobody else writes to; say whether it is ahead of the last checkpoint.

    Raises:
        StoreError: it cannot be opened or written to.
    """
    folder.take_back()
    try:
        store = ox.Store(str(folder.rdf))
    except OSError as error:
        remedy = "make room if the disk is full, restart what has it open, else ingest into a new folder"
        raise StoreError(str(folder.path), f"cannot be opened ({error})", remedy) from error
    known = folder.known()
    if not rdf.is_united(store) and any(store.named_graphs()):
        if folder.ahead():  # what is not published must not be taken back, should this be cut short
            rdf.unite_in_one(store)
        else:
            folder.mark_dirty(in_doubt=True)
            rdf.unite(store)
        known = None
    manifest = rdf.manifest_of(store) if known is None else known
    state = State("writer", store, manifest)
    paths = shipped.files()
    version = shipped.version(paths)
    there = manifest.graphs.get(ONTOLOGY_GRAPH)
    if there is not None and there.hash == version:
        return state, known is None or not folder.is_through()
    folder.mark_dirty()
    lines = shipped.lines(paths)
    rdf.replace(store, ONTOLOGY_GRAPH, [], fresh=False)
    rdf.replace(store, ONTOLOGY_GRAPH, lines, fresh=True)
    return state.with_graph(ONTOLOGY_GRAPH, GraphState(version, len(lines))), True
