"""Cypher without a server: KGLite in memory, kept as a file in the store's folder that can be made anew at any time."""

import contextlib
import os
import threading
import time
import warnings
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import kglite

from graph.cypher.dialect import (
    DISABLED_PASSES,
    ENCODED_NAMES,
    PLACE,
    check,
    decoded,
    decoded_keys,
    encoded,
    encoded_params,
)
from graph.cypher.engine import ATTESTATION_LABEL, Change, CypherEngine, statements
from graph.cypher.places import KNOWN, filling, place_of
from graph.errors import EngineUnavailable, QueryError, QueryTimeout
from graph.project import Rows
from graph.table import Table

_LAYOUT = 2
"""Of the graph in the file: one of another layout is made anew."""
_ABANDONED = 3600
"""Seconds after which a draft of the file is nobody's work any more: who wrote it was killed."""
_NODE = {"id", "labels", "properties"}
_RELATIONSHIP = {"id", "start", "end", "type", "properties"}


class EmbeddedEngine(CypherEngine):
    """KGLite as a `CypherEngine`; which primary types its nodes have, `graph.cypher.places` says."""

    def __init__(self, file: Path | None = None, *, mapped: bool = False) -> None:
        """Load `file` if it is there and readable; without one the graph lives in memory only.

        With `mapped` most of it stays in the file, for an engine that is only asked and filled.
        """
        kglite.set_query_warning_policy("silent")
        self._file = file
        self._mapped = mapped
        self._saved: str | None = None
        self._turns = _Turns()
        self._graph = self._loaded() or _empty()
        self._graph.read_only(True)
        self._saved = self.stamp()

    def _loaded(self) -> kglite.KnowledgeGraph | None:
        if self._file is not None and self._file.exists():
            with contextlib.suppress(kglite.KgError, OSError, ValueError):
                found = kglite.load(str(self._file), storage="mapped" if self._mapped else "memory")
                if found.schema_version == _LAYOUT:
                    return found
        return None

    def rebuild(self, rows: Rows, stamp: str) -> None:
        """Make `rows` the whole content."""
        self.fill([rows], stamp)

    def fill(self, parts: Iterable[Rows], stamp: str) -> None:
        """Make the rows of all parts, no two of which share anything, the whole content; one part is held at a time."""
        with self._turns.writing():
            self._graph = _empty()
            self._write(filling(parts, stamp))
        self._save()
        if self._mapped and self._saved == stamp:
            with self._turns.writing():
                self._graph = self._loaded() or self._graph
                self._graph.read_only(True)

    def apply(self, change: Change, stamp: str) -> None:
        """Apply a change; queries of other threads see the state before or behind it. What breaks off leaves the
        engine empty and without a stamp, so that it is filled again."""
        # A transaction of KGLite copies the whole graph at the first write: it would take the longer the more there is.
        with self._turns.writing():
            self._write(statements(change, stamp, place=place_of))

    def _write(self, told: Iterable[tuple[str, dict[str, Any]]]) -> None:
        whole = False
        self._graph.read_only(False)
        try:
            for text, params in told:
                self._graph.cypher(encoded(text), params=encoded_params(params))
            whole = True
        except (kglite.KgError, ValueError) as error:
            raise EngineUnavailable("the embedded engine", f"refuses a change ({error})", "report it") from error
        finally:
            self._graph = self._graph if whole else _empty()
            self._graph.read_only(True)

    def query(
        self, text: str, params: Mapping[str, Any], *, limit: int | None = None, timeout: float | None = None
    ) -> Table:
        """Run a reading query.

        Raises:
            QueryTimeout: it took longer than `timeout` seconds.
            QueryError: it is no Cypher that KGLite knows, writes, or fails on its values.
        """
        check(text)
        try:
            with self._turns.reading():
                found: Any = self._graph.cypher(
                    encoded(text),
                    params=encoded_params(params),
                    timeout_ms=None if timeout is None else max(1, int(timeout * 1000)),
                    row_limit=None if limit is None else limit + 1,
                    disabled_passes=DISABLED_PASSES,
                    hide_structural_keys=True,
                )
                names, told = tuple(found.columns), found.to_list()
            rows = tuple(tuple(_plain(row[name]) for name in names) for row in told)
        except kglite.CypherTimeoutError as error:
            raise QueryTimeout("Cypher query", f"was stopped ({error})", "narrow it or allow more time") from error
        except (kglite.KgError, ValueError, TypeError, OverflowError) as error:
            raise QueryError("Cypher query", decoded(str(error)), "see the Cypher manual of Neo4j") from error
        return Table(
            tuple(decoded(name) for name in names), rows[:limit], truncated=limit is not None and len(rows) > limit
        )

    def close(self) -> None:
        """Keep the graph in its file and let go of it."""
        self._save()
        self._graph = _empty()
        self._saved = None

    def _save(self) -> None:
        """Keep the graph in its file, if that holds another state. The file is only a cache: that it cannot be
        written (a folder of somebody else) is no fault."""
        if self._file is None or self.stamp() in (None, self._saved):
            return
        with contextlib.suppress(OSError, kglite.FileIoError):
            self._file.parent.mkdir(exist_ok=True)
            draft = self._file.with_name(f"{self._file.stem}-{os.getpid()}{self._file.suffix}")
            try:
                with warnings.catch_warnings():
                    # It tells how the file will be held in memory, which is nobody's fault.
                    warnings.simplefilter("ignore", kglite.MappedFallbackWarning)
                    self._graph.save(str(draft), fsync=False)
                draft.replace(self._file)
            finally:
                draft.unlink(missing_ok=True)
            self._saved = self.stamp()
            for other in self._file.parent.glob(f"{self._file.stem}-*{self._file.suffix}"):
                if other.stat().st_mtime < time.time() - _ABANDONED:
                    other.unlink()


class _Turns:
    """Many who read, or one who writes; who waits to write goes before those who come to read."""

    def __init__(self) -> None:
        self._free = threading.Condition()
        self._readers = 0
        self._writers = 0

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        """Read, beside others who do."""
        with self._free:
            self._free.wait_for(lambda: not self._writers)
            self._readers += 1
        try:
            yield
        finally:
            with self._free:
                self._readers -= 1
                self._free.notify_all()

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Write, alone."""
        with self._free:
            self._writers += 1
            try:
                self._free.wait_for(lambda: not self._readers)
                yield
            finally:
                self._writers -= 1
                self._free.notify_all()


def _empty() -> kglite.KnowledgeGraph:
    """Return a graph without nodes that knows every property: KGLite refuses a pattern with one it never saw."""
    graph = kglite.KnowledgeGraph()
    graph.set_schema_version(_LAYOUT)
    for place, known in KNOWN.items():
        graph.cypher(f"CREATE INDEX FOR (n:{place}) ON (n.iri)")
        graph.cypher(f"CREATE (n:{place}:Entity {{iri: ''}}) SET n = $all", params=encoded_params({"all": known}))
    graph.cypher(f"CREATE INDEX FOR (n:{ATTESTATION_LABEL}) ON (n.key)")
    graph.cypher(f"CREATE INDEX FOR (n:{ATTESTATION_LABEL}) ON (n.iri)")
    graph.cypher(f"CREATE (n:{ATTESTATION_LABEL} {{key: '', iri: '', graph: '', record: ''}})")
    graph.cypher(f"MATCH (n:{ATTESTATION_LABEL}) DELETE n")
    graph.cypher("MATCH (n:Entity) DELETE n")
    return graph


def _plain(value: Any) -> Any:  # noqa: ANN401 - as many types as Cypher has
    """Return a value of KGLite as `Table` promises it."""
    if isinstance(value, str):
        return decoded(value) if value in ENCODED_NAMES else value
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if not isinstance(value, dict):
        return value.isoformat() if hasattr(value, "isoformat") else value
    if value.keys() == _NODE:
        labels = sorted(label for label in value["labels"] if not label.startswith(PLACE))
        return {"labels": labels, "properties": _plain(value["properties"])}
    if value.keys() == _RELATIONSHIP:
        return {"type": value["type"], "properties": _plain(value["properties"])}
    return {key: _plain(item) for key, item in decoded_keys(value).items()}
