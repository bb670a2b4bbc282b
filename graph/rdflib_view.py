"""A state of the store as an `rdflib.Dataset`, for people's own scripts: all that reads works, nothing writes."""

from collections.abc import Generator, Iterator
from typing import Any, NoReturn

import rdflib
from oxrdflib import OxigraphStore
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.query import Result
from rdflib.term import Node

from graph import rdf
from graph.errors import StoreReadOnly
from graph.folder import State
from ontology.namespaces import PREFIXES

Triple = tuple[Node, Node, Node]
Pattern = tuple[Node | None, Node | None, Node | None]


class ReadOnlyStore(OxigraphStore):
    """The store under the dataset: oxrdflib's, but for what would change the evidence behind the records' back."""

    def __init__(self, state: State) -> None:
        """Show a state, and hold on to its files as long as somebody holds on to this."""
        super().__init__(store=state.store)
        self._state = state

    def triples(
        self, triple_pattern: Pattern, context: rdflib.Graph | None = None
    ) -> Iterator[tuple[Triple, Iterator[rdflib.Graph | None]]]:
        """Yield the triples of a graph; without one those of all named graphs, each once, with the graphs it is in."""
        if context is not None or not rdf.is_united(self._state.store):
            yield from super().triples(triple_pattern, context)
            return
        for triple, _ in super().triples(triple_pattern, rdflib.Graph(self, DATASET_DEFAULT_GRAPH_ID)):
            yield triple, self.contexts(triple)

    def contexts(self, triple: Triple | None = None) -> Generator[rdflib.Graph, None, None]:
        """Yield the named graphs, or those that a triple is in."""
        return (graph for graph in super().contexts(triple) if graph.identifier != DATASET_DEFAULT_GRAPH_ID)

    def query(self, query: Any, initNs: Any, initBindings: Any, queryGraph: str, **more: object) -> Result:  # noqa: ANN401
        """Answer a query; over the union each triple counts once."""
        united = queryGraph == "__UNION__" and rdf.is_united(self._state.store)
        return super().query(query, initNs, initBindings, "" if united else queryGraph, **more)

    def add_graph(self, graph: rdflib.Graph) -> None:
        """Do nothing: `Dataset.graph` calls this when somebody only asks for a graph."""

    def refuse(self, *args: Any, **more: Any) -> NoReturn:  # noqa: ANN401 - whatever rdflib calls it with
        """Refuse a change.

        Raises:
            StoreReadOnly: always.
        """
        raise StoreReadOnly("the rdflib view", "is only to be read", "use `apply`, `add` or `retract` of the store")

    add = addN = remove = update = remove_graph = refuse


def dataset(state: State) -> rdflib.Dataset:
    """Return the state as a dataset whose default graph is the union of the named ones, with our prefixes bound."""
    view = rdflib.Dataset(store=ReadOnlyStore(state), default_union=True)
    for prefix, namespace in PREFIXES.items():
        view.bind(prefix, namespace)
    return view
