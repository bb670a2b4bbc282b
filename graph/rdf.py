"""Oxigraph under a store: named graphs that are replaced whole, in one transaction, and read back as statements.

The default graph has every triple of the named graphs once, and is what queries run over. Oxigraph could put the named
graphs together by itself when it is asked, but then a triple that two of them have counts twice (its issue 1919).
"""

import contextlib
from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import islice
from operator import eq

import pyoxigraph as ox

from graph.beside import Work, aside
from graph.folder import unwritable
from graph.manifest import GraphState, Manifest
from graph.project import Statement
from graph.wal import Log
from ontology.base import Record
from ontology.errors import RecordError
from ontology.model import CLASSES, PREDICATES, Passage
from ontology.namespaces import GRAPH
from ontology.slots import slots_of

LOOSE = 200_000
"""Quads after which a writer lets Oxigraph write to disk what it holds in memory: about 1.5 kB a quad until then, with
its triple in the default graph."""
_STAGE = GRAPH + "stage/"
_LINKS = {s.path for cls in (Passage, Record, *CLASSES.values()) for s in slots_of(cls) if s.is_link} | set(PREDICATES)


def state_of(lines: Iterable[str]) -> tuple[list[str], GraphState]:
    """Return the lines of a graph sorted, each once, with their hash and number."""
    ordered = _ordered(lines)
    return ordered, _state("".join(ordered).encode(), len(ordered))


def text_of(lines: Iterable[str]) -> tuple[bytes, GraphState]:
    """Return the lines of a graph sorted, each once, as one text, with their hash and number."""
    ordered = _ordered(lines)
    text = "".join(ordered).encode()
    return text, _state(text, len(ordered))


def _ordered(lines: Iterable[str]) -> list[str]:
    """Return the lines sorted, each once: those of a thing come together, which a set would scatter."""
    ordered = sorted(lines)
    return list(dict.fromkeys(ordered)) if any(map(eq, ordered, islice(ordered, 1, None))) else ordered


def _state(text: bytes, quads: int) -> GraphState:
    return GraphState(sha256(text).hexdigest(), quads)


def manifest_of(store: ox.Store) -> Manifest:
    """Read the whole store and return its manifest; what a writer left half-staged is dropped first.

    Raises:
        StoreError: the files cannot be written.
    """
    names = sorted(name.value for name in store.named_graphs() if isinstance(name, ox.NamedNode))
    with _written():
        for name in names:
            if is_staged(name):
                store.remove_graph(ox.NamedNode(name))
    kept = {name: state_of(lines_of(store, name))[1] for name in names if not is_staged(name)}
    return Manifest({name: state for name, state in kept.items() if state.quads})


def replace(store: ox.Store, graph: str, lines: list[str], *, fresh: bool) -> None:
    """Make `lines` (N-Quads of this graph) the whole content of the graph; all of it happens, or nothing.

    Raises:
        RecordError: Oxigraph refuses a line.
        StoreError: the files cannot be written.
    """
    try:
        with _written():
            if fresh:
                store.load(everywhere("".join(lines).encode(), graph), format=ox.RdfFormat.N_QUADS)
            elif lines:
                _swap(store, graph, set(lines))
            else:
                store.update(f"{_only_in(graph)}; DROP SILENT GRAPH <{graph}>")
    except SyntaxError as error:
        raise RecordError(graph, f"cannot be written as N-Quads ({error})", "check the IRIs of the records") from error


class Flusher:
    """Has what Oxigraph holds in memory written to tables, beside whoever goes on with the store.

    Nothing depends on when that is done: RocksDB's log holds the same until then, and becomes short by it.
    """

    def __init__(self, store: ox.Store, log: Log) -> None:
        """Begin with nothing in memory."""
        self._store = store
        self._log = log
        self._loose = 0
        self._work: Work | None = None

    def wrote(self, quads: int, *, long: bool = False) -> None:
        """Count what came into memory; begin where it is much, or where the log is `long`.

        Raises:
            StoreError: as for `begin`.
        """
        self._loose += quads
        if long or self._loose > LOOSE:
            self.begin()

    def begin(self) -> None:
        """Begin to write, or do nothing where that is at work.

        Raises:
            StoreError: the last time the files could not be written.
        """
        if self._work is not None and not self._work.is_done():
            return
        self.end()
        self._loose = 0
        self._work = aside(self._log.emptied, self._store.flush)

    def end(self) -> None:
        """Wait until nothing is at work.

        Raises:
            StoreError: the files could not be written.
        """
        work, self._work = self._work, None
        if work is not None:
            with _written():
                work.wait()


@contextlib.contextmanager
def _written() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise unwritable("the store", error) from error


def _swap(store: ox.Store, graph: str, wanted: set[str]) -> None:
    """Stage what goes and what comes, then change the graph by both in one transaction."""
    before = set(lines_of(store, graph))
    gone, come = f"{_STAGE}gone", f"{_STAGE}come"
    for name, part in ((gone, before - wanted), (come, wanted - before)):
        staged = "".join(line.removesuffix(f"<{graph}> .\n") + f"<{name}> .\n" for line in sorted(part))
        store.load(staged.encode(), format=ox.RdfFormat.N_QUADS)
    store.update(
        f"DELETE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }} WHERE {{ GRAPH <{gone}> {{ ?s ?p ?o }} }};"
        f"ADD SILENT <{come}> TO <{graph}>; {_only_in(gone)}; ADD SILENT <{come}> TO DEFAULT;"
        f"DROP SILENT GRAPH <{gone}>; DROP SILENT GRAPH <{come}>"
    )


def _only_in(graph: str) -> str:
    """Return the update that takes out of the default graph what no other named graph has."""
    other = f"GRAPH ?other {{ ?s ?p ?o }} FILTER(?other != <{graph}>)"
    return f"DELETE {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} FILTER NOT EXISTS {{ {other} }} }}"


def everywhere(lines: bytes, graph: str) -> bytes:
    """Return the N-Quads of a named graph, and the same again as triples of the default graph.

    >>> everywhere(b"<a> <b> <c> <g> .\\n", "g")
    b'<a> <b> <c> <g> .\\n<a> <b> <c> .\\n'
    """
    return lines + lines.replace(f" <{graph}> .\n".encode(), b" .\n")


def is_united(store: ox.Store) -> bool:
    """Say whether the default graph is filled: it is not where the store was made before carekg kept it."""
    return next(store.quads_for_pattern(None, None, None, ox.DefaultGraph()), None) is not None


def unite(store: ox.Store) -> None:
    """Fill the default graph of a store that has an empty one; not in a transaction.

    Raises:
        StoreError: the files cannot be written.
    """
    with _written():
        store.bulk_extend(
            ox.Quad(quad.subject, quad.predicate, quad.object, ox.DefaultGraph())
            for quad in store.quads_for_pattern(None, None, None, None)
            if not isinstance(quad.graph_name, ox.DefaultGraph)
        )


def unite_in_one(store: ox.Store) -> None:
    """Fill the default graph of a store that has an empty one in one transaction, which needs memory for all of it.

    Raises:
        StoreError: the files cannot be written.
    """
    with _written():
        store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?graph { ?s ?p ?o } }")


def not_united(store: ox.Store, graph: str) -> Iterator[str]:
    """Yield the lines of a named graph that the default graph lacks; none where it is not filled."""
    for quad in store.quads_for_pattern(None, None, None, ox.NamedNode(graph)) if is_united(store) else ():
        if ox.Quad(quad.subject, quad.predicate, quad.object) not in store:
            yield f"{quad} .\n"


def only_united(store: ox.Store) -> Iterator[ox.Triple]:
    """Yield the triples of the default graph that no named graph has."""
    for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph()):
        every = store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
        if not any(isinstance(other.graph_name, ox.NamedNode) for other in every):
            yield quad.triple


def union(store: ox.Store) -> ox.DefaultGraph | None:
    """Return what to give to a pattern as its graph so that each triple of the store comes once, where it can."""
    return ox.DefaultGraph() if is_united(store) else None


def is_staged(graph: str) -> bool:
    """Say whether a named graph only holds what is about to come or go."""
    return graph.startswith(_STAGE)


def lines_of(store: ox.Store, graph: str) -> Iterator[str]:
    """Yield the N-Quads lines of a graph as Oxigraph writes them, unordered."""
    for quad in store.quads_for_pattern(None, None, None, ox.NamedNode(graph)):
        yield f"{quad} .\n"


def statements(store: ox.Store, graph: str | None = None, subject: str | None = None) -> Iterator[Statement]:
    """Yield the statements of a graph, or of all; of one subject, or of all. Triples about blank nodes are left out."""
    where = ox.NamedNode(graph) if graph else None
    about = ox.NamedNode(subject) if subject else None
    named, literal = ox.NamedNode, ox.Literal
    for quad in store.quads_for_pattern(about, None, None, where):
        begin, end, source = quad.subject, quad.object, quad.graph_name
        if isinstance(begin, named) and isinstance(source, named) and isinstance(end, (named, literal)):
            yield Statement(begin.value, quad.predicate.value, end.value, source.value)


def links_to(store: ox.Store, iri: str) -> Iterator[str]:
    """Yield the named graph of every link of a record that ends at this IRI."""
    for quad in store.quads_for_pattern(None, None, ox.NamedNode(iri), None):
        if quad.predicate.value in _LINKS and isinstance(quad.graph_name, ox.NamedNode):
            yield quad.graph_name.value
