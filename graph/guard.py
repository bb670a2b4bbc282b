"""People's queries, safely: checked against the lists of `graph/allow.py`, with a row cap and a deadline, read-only.

SPARQL and embedded Cypher run in a process of their own that is killed at the deadline (Oxigraph cannot be stopped from
Python) and that the kernel keeps from the network and from files outside the store, see `graph/confine.py`. Neo4j ends
a transaction itself, in a session that may only read; the process that talks to it is apart from the other.
"""

import contextlib
import json
import os
import selectors
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Literal

from graph import errors
from graph.allow import check_cypher, check_sparql
from graph.errors import GraphError, QueryError, QueryRefused, QueryTimeout
from graph.results import Written

Language = Literal["sparql", "cypher"]
DEFAULT_LIMIT = 1_000
DEFAULT_SECONDS = 10.0
MAX_REQUEST = 4 << 20
"""Bytes of one query with its parameters."""
_START_SECONDS = 30.0
_FILL_SECONDS = 3600.0
"""In which the embedded Cypher engine is to be filled from a store that is new or was changed: this is no part of the
time of a query, or one that is stopped meanwhile would leave the next at the same point."""
_GRACE_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of a query, as plain values; `more` says that rows beyond `limit` were left out."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    more: bool
    limit: int
    seconds: float

    @property
    def summary(self) -> str:
        """What is shown of what, for people.

        >>> Answer(("a",), ((1,),), False, 10, 0.5).summary
        '1 row; 0.50 s'
        """
        count = f"{len(self.rows):,} {'row' if len(self.rows) == 1 else 'rows'}"
        rows = f"first {count}, there are more" if self.more else count
        return f"{rows}; {self.seconds:.2f} s"


class QueryRunner:
    """Runs queries over one store folder in processes that it can kill; use as a context manager or `close` it.

    Not for several threads at once, save `stop`: give each its own.
    """

    def __init__(self, store: Path, neo4j: str | None = None) -> None:
        """Remember the store, and the Neo4j (a Bolt URI) that Cypher goes to; the first query starts the process."""
        self._store = store
        self._neo4j = neo4j
        self._processes: dict[str | None, _Process] = {}
        self._killed: list[_Process] = []

    def run(
        self,
        language: Language,
        query: str,
        params: Mapping[str, Any] | None = None,
        *,
        limit: int = DEFAULT_LIMIT,
        seconds: float = DEFAULT_SECONDS,
    ) -> Answer:
        """Return at most `limit` rows of a reading query, within `seconds`.

        Raises:
            QueryRefused: the query does more than read.
            QueryError: the engine does not understand it; names line and column where the engine does.
            QueryTimeout: it took longer; its process was killed and the next query has a new one.
            StoreError, EngineUnavailable: the store, or the Neo4j that Cypher goes to, cannot be opened.
        """
        begun = time.monotonic()
        if language == "sparql":
            check_sparql(query)
        else:
            check_cypher(query)
        request = {"kind": language, "query": query, "params": dict(params or {}), "limit": limit, "seconds": seconds}
        checked = time.monotonic() - begun
        process = self._started(self._neo4j if language == "cypher" else None)
        if language == "cypher" and process.neo4j is None:
            self._ask(process, {"kind": "fill"}, _FILL_SECONDS)
        asked = time.monotonic()
        reply = self._ask(process, request, seconds, spent=checked)
        rows = tuple(tuple(row) for row in reply["rows"])
        return Answer(tuple(reply["columns"]), rows, reply["more"], limit, checked + time.monotonic() - asked)

    def document(
        self,
        query: str,
        media: str,
        *,
        limit: int,
        seconds: float,
        default: Sequence[str] | None = None,
        named: Sequence[str] | None = None,
    ) -> Written:
        """Return the result of a reading SPARQL query as a document of a media type, see `graph.results`.

        `default` and `named` are the graphs of the data set; without either it is the union of the store's.

        Raises:
            QueryRefused, QueryError, QueryTimeout, StoreError: as for `run`.
        """
        begun = time.monotonic()
        check_sparql(query)
        checked = time.monotonic() - begun
        request = {"kind": "document", "query": query, "media": media, "limit": limit}
        given = {
            name: None if names is None else list(names) for name, names in (("default", default), ("named", named))
        }
        return Written(**self._ask(self._started(None), request | given, seconds, checked))

    def graphs(self, *, seconds: float = DEFAULT_SECONDS) -> dict[str, int]:
        """Return the named graphs of the store and how many statements each has.

        Raises:
            QueryTimeout, StoreError: as for `run`.
        """
        found: dict[str, int] = self._ask(self._started(None), {"kind": "graphs"}, seconds)["graphs"]
        return found

    @property
    def taken(self) -> tuple[str, ...]:
        """What the kernel keeps from the process that reads the store: "network", "files" (see `graph.confine`)."""
        return self._started(None).taken

    def stop(self) -> None:
        """End the query that runs now, if any: it raises QueryError. The one method for another thread."""
        for process in list(self._processes.values()):
            process.kill()

    def close(self) -> None:
        """End the processes, if there are any."""
        for process in list(self._processes.values()):
            self._drop(process)
        for process in self._killed:
            process.reap()
        self._killed.clear()

    def __enter__(self) -> "QueryRunner":
        """Return the runner itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the processes."""
        self.close()

    def _started(self, neo4j: str | None) -> "_Process":
        process = self._processes.get(neo4j)
        if process is not None and process.ended():
            self._drop(process)
            process = None
        if process is None:
            process = self._processes[neo4j] = _Process(self._store, neo4j)
        try:
            process.wait_until_ready()
        except GraphError:
            self._drop(process)
            raise
        return process

    def _ask(
        self, process: "_Process", request: Mapping[str, Any], seconds: float, spent: float = 0.0
    ) -> dict[str, Any]:
        line = _line_of(request)
        # the embedded Cypher engine can end a query itself: with time to say so its process need not be replaced
        grace = _GRACE_SECONDS if request["kind"] == "cypher" and process.neo4j is None else 0.0
        try:
            told = process.ask(line, max(0.0, seconds - spent) + grace)
        except QueryError:
            self._drop(process)
            raise
        if told is None:
            self._drop(process)
            self._processes[process.neo4j] = _Process(self._store, process.neo4j)
            raise QueryTimeout(
                "query", f"took longer than {seconds:g} s and was stopped", "narrow it, add a LIMIT, or allow more time"
            )
        return _reply(told)

    def _drop(self, process: "_Process") -> None:
        """Kill a process without waiting for it: giving back much memory takes the system a while."""
        process.kill()
        self._processes.pop(process.neo4j, None)
        for other in [other for other in self._killed if other.ended()]:
            other.reap()
            self._killed.remove(other)
        self._killed.append(process)


class _Process:
    """One process of `graph.worker`, which starts at once and is waited for when it is first needed."""

    def __init__(self, store: Path, neo4j: str | None) -> None:
        self.neo4j = neo4j
        self.taken: tuple[str, ...] = ()
        self._store = store
        self._ready = False
        root = str(Path(__file__).resolve().parents[1])
        path = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
        secret = () if neo4j else ("NEO4J_USER", "NEO4J_PASSWORD")
        held, lifeline = os.pipe()
        self._lifeline = os.fdopen(lifeline, "wb")
        with os.fdopen(held, "rb") as end:
            self._popen = subprocess.Popen(
                [sys.executable, "-P", "-m", "graph.worker", str(held), str(store), *filter(None, [neo4j])],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                pass_fds=(end.fileno(),),
                env={name: value for name, value in os.environ.items() if name not in secret} | {"PYTHONPATH": path},
            )

    def ended(self) -> bool:
        return self._popen.poll() is not None

    def wait_until_ready(self) -> None:
        if self._ready:
            return
        line = self._line(time.monotonic() + _START_SECONDS)
        if line is None:
            raise QueryTimeout(str(self._store), "could not be opened in time", "try again when the machine is idle")
        self.taken = tuple(_reply(line)["taken"])
        self._ready = True

    def ask(self, request: bytes, seconds: float) -> bytes | None:
        """Return the line that answers a request, or None where it did not come within `seconds`."""
        deadline = time.monotonic() + seconds
        with contextlib.suppress(BrokenPipeError):
            os.write(_pipe(self._popen.stdin), request)
        return self._line(deadline)

    def kill(self) -> None:
        self._popen.kill()

    def reap(self) -> None:
        """Wait for the end of a process that was killed, and close its pipes."""
        self._popen.communicate()
        self._lifeline.close()

    def _line(self, deadline: float) -> bytes | None:
        parts: list[bytes] = []
        output = _pipe(self._popen.stdout)
        with selectors.DefaultSelector() as selector:
            selector.register(output, selectors.EVENT_READ)
            while selector.select(max(0.0, deadline - time.monotonic())):
                chunk = os.read(output, 1 << 20)
                if not chunk:
                    status = self._popen.wait()
                    problem = f"the engine ended with status {status}: too deep, or out of memory"
                    raise QueryError("query", problem, "ask for less")
                parts.append(chunk)
                if chunk.endswith(b"\n"):
                    return b"".join(parts)
        return None


def _line_of(request: Mapping[str, Any]) -> bytes:
    """Return a request as the line that the process reads.

    Raises:
        QueryRefused: the parameters are no plain values, or too large.
    """
    try:
        line = json.dumps(request).encode() + b"\n"
    except (TypeError, ValueError, RecursionError) as error:
        raise QueryRefused("parameters", f"are no plain values ({error})", "give text, numbers, true/false") from error
    if len(line) > MAX_REQUEST:
        raise QueryRefused("parameters", f"have {len(line):,} bytes", f"keep them under {MAX_REQUEST:,}")
    return line


def _reply(line: bytes) -> dict[str, Any]:
    """Return what the process answered; an error is raised here as the one that it was there."""
    reply: dict[str, Any] = json.loads(line)
    if "error" in reply:
        told = reply["error"]
        kind: type[GraphError] = getattr(errors, told.pop("kind"))
        raise kind(**told)
    return reply


def _pipe(stream: IO[bytes] | None) -> int:
    """Return the descriptor of a pipe that Popen was told to open."""
    if stream is None:
        raise QueryError("query", "the engine has no pipe", "this is a fault of carekg: report it")
    return stream.fileno()
