"""The process that runs people's queries: it can be killed, so that no query outlives its deadline.

It reads one JSON request a line from standard input and answers with one JSON line. It holds the store read-only and
opens it again when another process has changed it. `graph/guard.py` starts, feeds and kills it; it ends with the
process that started it, even in the midst of a query, as nothing else would then stop that (`ontology.lifeline`).
"""

import json
import resource
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, TextIO

from graph.confine import confine
from graph.errors import GraphError, QueryError
from graph.published import boot_of
from graph.results import MAX_CHARACTERS
from graph.store import EvidenceGraph
from ontology import lifeline

MEMORY = 4 << 30
"""Bytes that one query may take before it fails instead of the machine."""


def answer(graph: EvidenceGraph, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answer to one request, or the error that the engine gave.

    A request has a `kind`: "fill" makes the Cypher engine ready, "sparql" and "cypher" give columns and at most `limit`
    rows, "document" the parts of a `graph.results.Written`, "graphs" the named graphs and their sizes.
    """
    try:
        match request["kind"]:
            case "fill":
                graph.engine()
                return {}
            case "graphs":
                return {"graphs": graph.graphs()}
            case "document":
                names = {name: request[name] for name in ("default", "named")}
                return asdict(
                    graph.sparql_document(request["query"], request["media"], limit=request["limit"], **names)
                )
            case "cypher":
                asked = {"limit": request["limit"], "timeout": request["seconds"]}
                table = graph.cypher(request["query"], request["params"], **asked)
            case _:
                table = graph.sparql(request["query"], request["params"], limit=request["limit"])
        rows = _within_size(table.rows)
        return {"columns": table.columns, "rows": rows, "more": table.truncated or len(rows) < len(table.rows)}
    except GraphError as error:
        return told(error)
    except (RecursionError, MemoryError) as error:
        return told(QueryError("query", f"is too deep or too large ({type(error).__name__})", "ask for less"))


def _within_size(rows: tuple[tuple[Any, ...], ...]) -> list[tuple[Any, ...]]:
    """Return the first rows, as many as `MAX_CHARACTERS` of JSON hold; raises QueryError where a value is not plain."""
    kept, size = [], 0
    for row in rows:
        try:
            size += len(json.dumps(row))
        except TypeError as error:
            raise QueryError("query", f"gives a value that has no plain form ({error})", "ask for its parts") from error
        if size > MAX_CHARACTERS:
            break
        kept.append(row)
    return kept


def told(error: GraphError) -> dict[str, Any]:
    """Return an error as the other process reads it: its class and its parts."""
    kind = type(error).__name__
    return {"error": {"kind": kind, "thing": error.thing, "problem": error.problem, "remedy": error.remedy}}


def serve(store: Path, neo4j: str | None, requests: TextIO, answers: TextIO) -> None:
    """Say that it is ready and what was taken from it, or why not, then answer requests until the input ends."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    def say(reply: dict[str, Any]) -> None:
        answers.write(json.dumps(reply, ensure_ascii=False) + "\n")
        answers.flush()

    try:
        boot_of()  # is kept: what says it is out of reach behind the wall, and which state is the newest hangs on it
        taken = () if neo4j else confine(store)
        with EvidenceGraph(store, read_only=True, neo4j=neo4j) as graph:
            say({"taken": taken})
            for line in requests:
                say(answer(graph, json.loads(line)))
    except GraphError as error:
        say(told(error))


if __name__ == "__main__":
    lifeline.hold(int(sys.argv[1]))
    serve(Path(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else None, sys.stdin, sys.stdout)
