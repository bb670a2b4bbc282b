"""The property graph as a script of Cypher that an empty Neo4j executes (`cypher-shell -f FILE`)."""

import re
import tempfile
from collections.abc import Iterable, Iterator
from typing import Any

from graph.cypher.engine import ATTESTATION_CONSTRAINT, CONSTRAINT, STAMP_LABEL, difference, statements
from graph.project import Rows

BATCH = 200
"""Rows in one statement: Neo4j plans long literals slowly."""
_ESCAPES = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_TO_ESCAPE = re.compile("['\\\\\x00-\x1f\x7f\u0085\u2028\u2029]")


def write(parts: Iterable[Rows], stamp: str) -> Iterator[str]:
    """Yield the statements, one a line, each ended by a semicolon: first the constraints, then nodes, relationships
    and the stamp of the state. The script may be executed again: it merges by IRI.

    `parts` share nothing. Relationships wait in a temporary file until every node is written.
    """
    yield CONSTRAINT + ";\n"
    yield ATTESTATION_CONSTRAINT + ";\n"
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n") as waiting:
        for part in parts:
            yield from _lines(Rows(nodes=part.nodes))
            waiting.writelines(_lines(Rows(relationships=part.relationships, attestations=part.attestations)))
        waiting.seek(0)
        yield from waiting
    yield f"MERGE (s:{STAMP_LABEL}) SET s.stamp = {literal(stamp)};\n"


def _lines(rows: Rows) -> Iterator[str]:
    *given, _ = statements(difference(Rows(), rows), "", BATCH)
    for text, params in given:
        yield text.replace("$rows", literal(params["rows"]), 1) + ";\n"


def literal(value: Any) -> str:  # noqa: ANN401 - as many types as Cypher has
    r"""Return a value as a literal of Cypher, on one line.

    >>> literal({"iri": "urn:a", "label": "it's\n", "n": 2, "list": [True, None]})
    "{`iri`: 'urn:a', `label`: 'it\\'s\\n', `n`: 2, `list`: [true, null]}"
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"'{_escaped(value)}'"
    if isinstance(value, dict):
        return "{" + ", ".join(f"`{key}`: {literal(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(literal(item) for item in value) + "]"
    return repr(value)


def _escaped(text: str) -> str:
    return _TO_ESCAPE.sub(lambda found: _ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04X}", text)
