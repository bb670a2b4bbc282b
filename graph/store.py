"""The store: records in a folder, as RDF (SPARQL) and as a property graph (Cypher) that always say the same."""

import contextlib
import os
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from graph import bulk, rdf, sync, writing
from graph.applied import Applied as Applied
from graph.applied import between
from graph.beside import Beside, Work
from graph.canonical import SYNTHESIS, canonical, document_graph, graph_of
from graph.checks import check_once, check_spans, one_document
from graph.errors import StoreError, StoreReadOnly
from graph.folder import Folder, State
from graph.project import quads_of
from graph.reading import Reading, in_graph
from graph.reading import Source as Source
from graph.table import Table
from graph.views.kept import KeptViews
from ontology.base import Record
from ontology.errors import RecordError
from ontology.model import Decision
from ontology.namespaces import DECISIONS_GRAPH, ONTOLOGY_GRAPH, SYNTHESIS_GRAPH

if TYPE_CHECKING:
    from graph.cypher.engine import CypherEngine
    from graph.views.database import Views


class EvidenceGraph(Reading):
    """A store in a folder; use it as a context manager, or `close` it.

    One writer at a time, any number of readers beside it (`read_only=True`): a reader sees the state that the writer
    published last and follows along by itself from one call to the next. All methods may be called from several
    threads. With `neo4j` (a Bolt URI; credentials from NEO4J_USER and NEO4J_PASSWORD, database from NEO4J_DATABASE)
    a writer keeps that server equal to the store, and `cypher` asks it; else `cypher` asks the embedded engine.

    >>> import tempfile
    >>> from ontology.identity import document_iri, sha256_of
    >>> from ontology.model import Document
    >>> text = "Nobody called back."
    >>> paper = Document(iri=document_iri(sha256_of(text)), source="a.txt", sha256=sha256_of(text),
    ...                  media_type="text/plain", text=text)
    >>> with tempfile.TemporaryDirectory() as folder, EvidenceGraph(folder) as graph:
    ...     graph.apply([paper]).added, graph.apply([paper]).changed, len(graph.documents())
    (1, False, 1)
    """

    def __init__(self, path: str | os.PathLike[str], *, read_only: bool = False, neo4j: str | None = None) -> None:
        """Open the store; a writer makes the folder where there is none.

        Raises:
            StoreMissing: read-only, and there is no store.
            StoreFormatError: the folder holds something else, or a store of another version.
            StoreLocked: another process is writing to it.
            EngineUnavailable: Neo4j cannot be reached, refuses the credentials, or was never filled (read-only).
        """
        self.path = Path(path)
        self.read_only = read_only
        self._folder = Folder(self.path)
        self._guard = threading.RLock()
        self._engine: CypherEngine | None = None
        self._neo4j = neo4j
        self._hold: int | None = None
        self._now: State | None = None
        self._depth = 0
        self._flusher: rdf.Flusher | None = None
        self._unpublished = False
        self._cached = False
        self._unsure = False
        self._views = KeptViews(self._folder.views)
        try:
            if read_only:
                self._folder.check()
                self._now = self._folder.open_published()
            else:
                self._folder.create()
                self._hold = self._folder.lock()
                self._now, self._unpublished = writing.opened(self._folder)
                self._flusher = rdf.Flusher(self._now.store, self._folder.log)
                self._publish()
                self._folder.clear()
            if neo4j is not None:
                self._connect(neo4j)
        except BaseException:
            self.close()
            raise

    def apply(self, records: Iterable[Record]) -> Applied:
        """Make these records of ONE document, its `Document` among them, all that the store holds of it.

        The same content again changes nothing. It happens in one transaction, after every span was compared with
        the text of its document. When this returns it is done, and outlives this process however that ends.

        Raises:
            RecordError: a record breaks the slot table, is not of the one document, or two differ under one IRI.
            SpanError: a span does not hold the words that it claims, or lies in an unknown document.
            StoreReadOnly: the store was opened read-only.
            StoreError: the folder cannot be written to: all of the change is there, or nothing of it.
            EngineUnavailable: Neo4j failed. The folder is as it was, or has all of the change; Neo4j catches up with
                it at the next change, or when it is next opened.
        """
        given = [canonical(record) for record in records]
        document = one_document(given)
        with self._guard:
            check_spans(given, {document.iri: document.text}, self.text)
            return self._replace(document_graph(document.iri), given, "apply", document.source)

    def load(self, documents: Iterable[Iterable[Record]], *, size: int = bulk.SIZE) -> Applied:
        """Apply many documents: the same as `apply` of one after the other, and much quicker where they are new.

        Readers come to see `size` of them at once. A process that is killed loses those that readers did not see yet,
        none by half; do the same again, and those that are there are passed over.

        Raises:
            RecordError, SpanError: of the first document that breaks a rule; those before it are in the store.
            StoreReadOnly: the store was opened read-only.
            StoreError: the folder cannot be written to. Open the store again: it is as readers saw it last.
            EngineUnavailable: as for `apply`.
        """
        done, given = Applied(False), iter(documents)
        for first in given:
            done += self._load(chain([first], islice(given, size - 1)))
        return done

    def add(self, records: Iterable[Record]) -> Applied:
        """Add decisions and synthesis records; the same again changes nothing. They survive every retraction.

        A synthesis record takes the place of the one with its IRI; a decision is never changed.

        Raises:
            RecordError: a record is of another kind, breaks the slot table, or differs from another under its IRI,
                or a decision from the one kept.
            SpanError, StoreReadOnly, StoreError, EngineUnavailable: as for `apply`.
        """
        given = [canonical(record) for record in records]
        for record in given:
            if not isinstance(record, (Decision, *SYNTHESIS)):
                kind = type(record).__name__
                raise RecordError(record.iri, f"a {kind} comes from a document", "use `apply` for its document")
        check_once(given)
        with self._guard:
            check_spans(given, {}, self.text)
            done = [self._unite(graph, given) for graph in (DECISIONS_GRAPH, SYNTHESIS_GRAPH)]
        return Applied(any(d.changed for d in done), sum(d.added for d in done), 0, sum(d.updated for d in done))

    def retract(self, source: str) -> Applied:
        """Remove exactly one document, named by its file name, the SHA-256 of its text (or the start of it) or its
        IRI, with all that only it attests. Decisions and synthesis stay.

        Raises:
            NotFound: nothing or more than one document has this name; names what comes close.
            StoreReadOnly, StoreError, EngineUnavailable: as for `apply`.
        """
        with self._guard:
            document = self.find(source)
            return self._replace(document_graph(document.iri), [], "retract", document.source)

    @contextlib.contextmanager
    def batch(self) -> Iterator[None]:
        """Let readers see all changes of the block at once, at its end: quicker for many documents.

        Each change outlives a process that is killed, as ever: readers see it when the store is next opened to write.
        """
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
            self._publish()

    def publish(self) -> None:
        """Let readers see what a batch has done so far.

        Raises:
            StoreError: the folder cannot be written to; readers see the last state, and nothing is lost.
        """
        self._publish(now=True)

    def cypher(
        self,
        query: str,
        params: Mapping[str, Any] | None = None,
        *,
        limit: int | None = None,
        timeout: float | None = None,
    ) -> Table:
        """Run a reading Cypher query on Neo4j if the store was opened with it, else on the embedded engine.

        The query is trusted: `graph.guard` checks what people type. `timeout` is in seconds.

        Raises:
            QueryError: the query is no Cypher, writes, or fails on its values.
            QueryTimeout: it took longer than `timeout`.
            EngineUnavailable: Neo4j cannot be reached.
        """
        return self.engine().query(query, params or {}, limit=limit, timeout=timeout)

    def engine(self) -> "CypherEngine":
        """Return the Cypher engine, filled: Neo4j if the store was opened with it, else the embedded one."""
        with self._guard:
            state = self._state()
            if self._neo4j is None:
                self._engine = self._embedded(state)
            elif self._engine is not None and not self.read_only:
                sync.level(self._engine, state)
            if self._engine is None:
                raise StoreError(str(self.path), "is closed", "open it again")
            return self._engine

    def views(self) -> "Views":
        """Return the matrices and the full text of the store (`graph.views`), brought to its newest state.

        A writer keeps them with every change. A reader whose store has none that fit makes some in memory, which takes
        a while where the store is large.

        Raises:
            StoreError: the file cannot be used.
        """
        with self._guard:
            state = self._state()
            return self._views.seen(state) if self.read_only else self._views.bring_to(state)

    def _keep_views(self) -> None:
        if self._now is not None:
            self._views.bring_to(self._now)

    def _look_ahead(self, coming: State) -> None:
        if not self._depth:
            self._views.look_ahead(coming)

    def close(self) -> None:
        """Publish what is not published yet and let go of everything; safe to call twice."""
        with self._guard:
            try:
                if self._hold is not None and self._now is not None:
                    self._depth = 0
                    self._publish()
                if self._flusher is not None:
                    self._flusher.end()
            finally:
                if self._engine is not None:
                    self._engine.close()
                self._views.close()
                self._engine = self._now = self._flusher = None
                if self._hold is not None:
                    os.close(self._hold)
                    self._hold = None

    def __enter__(self) -> "EvidenceGraph":
        """Return the store itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the store."""
        self.close()

    def _state(self) -> State:
        with self._guard:
            if self._now is None:
                raise StoreError(str(self.path), "is closed", "open it again")
            if self.read_only and self._folder.current() != self._now.name:
                self._now = self._folder.open_published()
            if self._unsure:
                vocabularies = self._now.manifest.graphs.get(ONTOLOGY_GRAPH)
                found = rdf.manifest_of(self._now.store).with_graph(ONTOLOGY_GRAPH, vocabularies)
                self._now = self._now.with_manifest(found)
                self._views.doubt()
                self._unsure = False
            return self._now

    def _embedded(self, state: State) -> "CypherEngine":
        from graph.cypher.embedded import EmbeddedEngine

        engine = self._engine or EmbeddedEngine(self._folder.cypher / "graph.kgl", mapped=self.read_only)
        sync.level(engine, state)
        return engine

    def _connect(self, uri: str) -> None:
        from graph.cypher.neo4j import Neo4jEngine

        self._engine = Neo4jEngine(uri, fill=not self.read_only)
        if not self.read_only:
            sync.level(self._engine, self._state())

    def _unite(self, graph: str, given: list[Record]) -> Applied:
        new = {record.iri: record for record in given if graph_of(record) == graph}
        old = {record.iri: record for record in in_graph(self._state(), graph)}
        for iri in new.keys() & old.keys():
            if graph == DECISIONS_GRAPH and new[iri] != old[iri]:
                raise RecordError(iri, "a decision cannot be changed", "record another decision about its target")
        return self._replace(graph, list((old | new).values()), "add", graph.rsplit("/", 1)[-1])

    def _load(self, documents: Iterable[Iterable[Record]]) -> Applied:
        if self.read_only:
            raise StoreReadOnly(str(self.path), "was opened to read", "open it without read_only")
        with self._guard:
            self._publish(now=True)
            started, state = time.monotonic(), self._state()
            self._folder.mark_dirty(in_doubt=True)
            self._now = None
            coming = bulk.loaded(state, documents)
            self._now = state.with_graphs(coming.graphs)
            del state  # or who keeps the error below, and with it this frame, keeps the database open
            self._unpublished = True
            self._views.touch_all(coming.given)
            done = Applied(bool(coming.graphs), coming.records)
            with self.batch():
                for records in coming.others:
                    done += self.apply(records)
                if self._neo4j is not None and self._engine is not None:
                    sync.level(self._engine, self._state())
            self.publish()
            seconds = round(time.monotonic() - started, 3)
            self._folder.note({"action": "load", "sources": coming.sources, "seconds": seconds})
        coming.end()
        return done

    def _replace(self, graph: str, records: list[Record], action: str, name: str) -> Applied:
        if self.read_only:
            raise StoreReadOnly(str(self.path), "was opened to read", "open it without read_only")
        started = time.monotonic()
        state = self._state()
        lines, made = rdf.state_of(quads_of(records))
        there = state.manifest.graphs.get(graph)
        if there == (made if lines else None):
            return Applied(False)
        old = list(in_graph(state, graph)) if there else []
        engine = self._engine
        if engine is not None:
            sync.level(engine, state)
        self._folder.mark_dirty()
        self._unpublished = self._unsure = True
        self._views.touch(graph, records)
        # Oxigraph, the engine and the disk work without the interpreter: beside it, and beside each other.
        with Beside() as beside:
            written = beside.begin(rdf.replace, state.store, graph, lines, fresh=there is None)
            change = None if engine is None else sync.change_of(state.store, graph, old, records)
            done = between(old, records)
            now = state.with_graph(graph, made if lines else None)
            self._look_ahead(now)
            written.wait()
            self._now, self._unsure = now, False
            kept = [] if self._depth else [beside.begin(self._folder.log_through), beside.begin(self._keep_views)]
            followed = engine and change is not None and beside.begin(engine.apply, change, now.manifest.stamp)
            try:
                self._publish(through=False, kept=kept)
                if self._flusher is not None:
                    self._flusher.wrote(len(lines), long=self._cached and self._folder.has_long_log())
            finally:
                seconds = round(time.monotonic() - started, 3)
                self._folder.note({"action": action, "source": name, **done.told(), "seconds": seconds})
                if followed:
                    followed.wait()
        return done

    def _publish(self, *, now: bool = False, through: bool = True, kept: Sequence[Work] = ()) -> None:
        """Let readers see the state, if they do not yet and no batch is at work or it is to be `now`: once it is on the
        disk if `through`, else once what is `kept` is, the views and the log."""
        with self._guard:
            behind = self._unpublished or (through and self._cached)
            if not behind or (self._depth and not now) or self._now is None:
                return
            state = self._state()
            with Beside() as beside:
                kept = kept or [beside.begin(self._keep_views)]
                self._cached = not self._folder.publish(state.store, state.manifest, through=through, kept=kept)
            self._now = state.with_manifest(state.manifest.written())
            self._unpublished = False
