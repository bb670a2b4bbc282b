"""The property graph as GraphML and as a script of Cypher."""

import json
import re
import tempfile
from collections.abc import Iterator, Mapping
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from graph import script
from graph.exports.walk import Walk

_GRAPHML = "http://graphml.graphdrawing.org/xmlns"
_TYPES: dict[type, str] = {bool: "boolean", int: "long", float: "double"}
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def cypher(walk: Walk) -> Iterator[str]:
    """Yield a script that makes the property graph in Neo4j."""
    return script.write(walk.parts(), walk.stamp)


def graphml(walk: Walk) -> Iterator[str]:
    """Yield GraphML as networkx, Gephi and Cytoscape read it: all nodes, then all edges; lists are JSON text.

    Every node has `label` (what to call it), which Gephi shows, and every edge an id of its own, without which Gephi
    takes edges of one type for one edge; keys are named after their attributes, because Gephi knows some by their
    number. Which keys there are is known at the end and said at the start: until then nodes and edges wait in
    temporary files. Source: Gephi's importer of GraphML (ImporterGraphML.java); The GraphML File Format, 2002.
    """
    from graph.network import attributes

    keys: dict[str, tuple[str, str]] = {}
    with _waiting() as nodes, _waiting() as edges:
        for part in walk.network():
            for iri, node in sorted(part.nodes.items()):
                told = attributes(node)
                nodes.write(f"<node id={_quoted(iri)}>{_data(keys, 'node', {'label': told['name']} | told)}</node>\n")
            for start, kind, end, assertion in sorted(part.relationships):
                own = f"{start} {kind} {end} {assertion}".rstrip()
                told = {"type": kind, "assertion": assertion, "edgelabel": kind}
                ends = f"id={_quoted(own)} source={_quoted(start)} target={_quoted(end)}"
                edges.write(f"<edge {ends}>{_data(keys, 'edge', told)}</edge>\n")
        yield f'<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="{_GRAPHML}">\n'
        for name, (where, kind) in sorted(keys.items()):
            yield f'<key id="{name}" for="{where}" attr.name="{name}" attr.type="{kind}"/>\n'
        yield '<graph edgedefault="directed">\n'
        for file in (nodes, edges):
            file.seek(0)
            yield from file
        yield "</graph>\n</graphml>\n"


def _waiting() -> IO[str]:
    return tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n")


def _data(keys: dict[str, tuple[str, str]], where: str, told: Mapping[str, object]) -> str:
    """Return the attributes of a node or edge as elements; note the key of each."""
    found = []
    for name, value in told.items():
        keys[name] = where, _TYPES.get(type(value), "string")
        text = json.dumps(value, ensure_ascii=False) if isinstance(value, list | bool) else str(value)
        found.append(f'<data key="{name}">{_escaped(text)}</data>')
    return "".join(found)


def _quoted(text: str) -> str:
    return quoteattr(_NOT_XML.sub("\ufffd", text))


def _escaped(text: str) -> str:
    """Return a text as XML holds it; what XML 1.0 cannot hold (control characters) is replaced by U+FFFD."""
    return escape(_NOT_XML.sub("\ufffd", text), {"\r": "&#13;"})
