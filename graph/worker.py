"""The process that runs people's queries: it can be killed, so that no query outlives its deadline.

It reads one JSON request a line from standard input and answers with one JSON line. It holds the store read-only and
opens it again when another process has changed it. `graph/guard.py` starts, feeds and kills it.
"""

import json
import resource
import sys
from pathlib import Path
from typing import Any, TextIO

from graph.errors import GraphError
from graph.store import EvidenceGraph

MEMORY = 4 << 30
"""Bytes that one query may take before it fails instead of the machine."""


def answer(graph: EvidenceGraph, request: dict[str, Any]) -> dict[str, Any]:
    """Return the answer to one request: columns and at most `limit` rows, or the error that the engine gave."""
    ask = graph.sparql if request["language"] == "sparql" else graph.cypher
    try:
        table = ask(request["query"], request["params"], limit=request["limit"])
    except GraphError as error:
        return told(error)
    return {"columns": table.columns, "rows": table.rows, "more": table.truncated}


def told(error: GraphError) -> dict[str, Any]:
    """Return an error as the other process reads it: its class and its parts."""
    kind = type(error).__name__
    return {"error": {"kind": kind, "thing": error.thing, "problem": error.problem, "remedy": error.remedy}}


def serve(store: Path, neo4j: str | None, requests: TextIO, answers: TextIO) -> None:
    """Say that it is ready, or why not, then answer requests until the input ends."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))

    def say(reply: dict[str, Any]) -> None:
        answers.write(json.dumps(reply, ensure_ascii=False) + "\n")
        answers.flush()

    try:
        with EvidenceGraph(store, read_only=True, neo4j=neo4j) as graph:
            say({})
            for line in requests:
                say(answer(graph, json.loads(line)))
    except GraphError as error:
        say(told(error))


if __name__ == "__main__":
    serve(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None, sys.stdin, sys.stdout)
