"""People's queries, safely: checked against the lists of `graph/allow.py`, with a row cap and a deadline, read-only.

SPARQL and embedded Cypher run in a process of their own that is killed at the deadline (neither engine can be stopped
from Python); Neo4j ends a transaction itself.
"""

import contextlib
import json
import os
import selectors
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Literal

from graph import errors
from graph.allow import check_cypher, check_sparql
from graph.errors import GraphError, QueryError, QueryTimeout

Language = Literal["sparql", "cypher"]
DEFAULT_LIMIT = 1_000
DEFAULT_SECONDS = 10.0
_START_SECONDS = 30.0


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
    """Runs queries over one store folder in a process that it can kill; use as a context manager or `close` it.

    Not for several threads at once: give each its own.
    """

    def __init__(self, store: Path, neo4j: str | None = None) -> None:
        """Remember the store, and the Neo4j (a Bolt URI) that Cypher goes to; the first query starts the process."""
        self._store = store
        self._neo4j = neo4j
        self._process: subprocess.Popen[bytes] | None = None

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
            QueryTimeout: it took longer; its process was killed and the next query starts a new one.
            StoreError, EngineUnavailable: the store, or the Neo4j that Cypher goes to, cannot be opened.
        """
        if language == "sparql":
            check_sparql(query)
        else:
            check_cypher(query)
        request = {"language": language, "query": query, "params": dict(params or {}), "limit": limit}
        process = self._started()
        begun = time.monotonic()
        reply = self._ask(process, request, seconds)
        rows = tuple(tuple(row) for row in reply["rows"])
        return Answer(tuple(reply["columns"]), rows, reply["more"], limit, time.monotonic() - begun)

    def close(self) -> None:
        """End the process, if there is one."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()

    def __enter__(self) -> "QueryRunner":
        """Return the runner itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process."""
        self.close()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            root = str(Path(__file__).resolve().parents[1])
            path = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
            self._process = subprocess.Popen(
                [sys.executable, "-m", "graph.worker", str(self._store), *filter(None, [self._neo4j])],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=os.environ | {"PYTHONPATH": path},
            )
            ready = self._line(self._process, time.monotonic() + _START_SECONDS)
            if ready is None:
                self.close()
                raise QueryTimeout(
                    str(self._store), "could not be opened in time", "try again when the machine is idle"
                )
            _reply(ready)
        return self._process

    def _ask(self, process: subprocess.Popen[bytes], request: dict[str, Any], seconds: float) -> dict[str, Any]:
        with contextlib.suppress(BrokenPipeError):
            os.write(_pipe(process.stdin), json.dumps(request).encode() + b"\n")
        line = self._line(process, time.monotonic() + seconds)
        if line is None:
            self.close()
            raise QueryTimeout(
                "query", f"took longer than {seconds:g} s and was stopped", "narrow it, add a LIMIT, or allow more time"
            )
        return _reply(line)

    def _line(self, process: subprocess.Popen[bytes], deadline: float) -> bytes | None:
        """Return the next line that the process writes, or None at the deadline."""
        parts: list[bytes] = []
        output = _pipe(process.stdout)
        with selectors.DefaultSelector() as selector:
            selector.register(output, selectors.EVENT_READ)
            while selector.select(max(0.0, deadline - time.monotonic())):
                chunk = os.read(output, 1 << 20)
                if not chunk:
                    return self._ended(process)
                parts.append(chunk)
                if chunk.endswith(b"\n"):
                    return b"".join(parts)
        return None

    def _ended(self, process: subprocess.Popen[bytes]) -> bytes:
        status = process.wait()
        self.close()
        raise QueryError("query", f"the engine ended with status {status}, out of memory perhaps", "ask for less")


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
