"""A state of the store as an `rdflib.Dataset`, for people's own scripts: all that reads works, nothing writes."""

from typing import Any, NoReturn

import rdflib
from oxrdflib import OxigraphStore

from graph.errors import StoreReadOnly
from graph.folder import State
from ontology.namespaces import PREFIXES


class ReadOnlyStore(OxigraphStore):
    """The store under the dataset: oxrdflib's, but for what would change the evidence behind the records' back."""

    def __init__(self, state: State) -> None:
        """Show a state, and hold on to its files as long as somebody holds on to this."""
        super().__init__(store=state.store)
        self._state = state

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
