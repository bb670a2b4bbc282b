"""The process that runs people's queries: it can be killed, so that no query outlives its deadline.

It reads one JSON request a line from standard input and answers with one JSON line. It holds the store read-only and
opens it again when another process has changed it. `graph/guard.py` starts, feeds and kills it.
"""

import json
import resource
import sys
from pathlib import Path
from typing import Any, TextIO

from graph.errors import QueryError
from graph.store import EvidenceGraph

MEMORY = 4 << 30
"""Bytes that one query may take before it fails instead of the machine."""


def answer(graph: EvidenceGraph, request: dict[str, Any]) -> dict[str, Any]:
    """Return the answer to one request: columns and at most `limit` rows, or the error that the engine gave."""
    ask = graph.sparql if request["language"] == "sparql" else graph.cypher
    try:
        table = ask(request["query"], request["params"], limit=request["limit"])
    except QueryError as error:
        return {"error": {"thing": error.thing, "problem": error.problem, "remedy": error.remedy}}
    return {"columns": table.columns, "rows": table.rows, "more": table.truncated}


def serve(store: Path, neo4j: str | None, requests: TextIO, answers: TextIO) -> None:
    """Say that it is ready, then answer requests until the input ends."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    with EvidenceGraph(store, read_only=True, neo4j=neo4j) as graph:
        answers.write("ready\n")
        answers.flush()
        for line in requests:
            answers.write(json.dumps(answer(graph, json.loads(line)), ensure_ascii=False) + "\n")
            answers.flush()


if __name__ == "__main__":
    serve(Path(sys.argv[1]), *(sys.argv[2:3] or [None]), sys.stdin, sys.stdout)
