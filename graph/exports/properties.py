"""The property graph as GraphML and as a script of Cypher."""

import json
import re
from collections.abc import Iterator

from graph import script
from graph.exports.walk import Walk

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def cypher(walk: Walk) -> Iterator[str]:
    """Yield a script that makes the property graph in Neo4j."""
    return script.write(walk.parts(), walk.stamp)


def graphml(walk: Walk) -> Iterator[str]:
    """Yield GraphML as networkx, Gephi and Cytoscape read it; lists are JSON text.

    Every node has `label` (what to call it), which Gephi shows, and every edge an id of its own, without which Gephi
    takes edges of one type for one edge; keys are named after their attributes, because Gephi knows some by their
    number. Source: Gephi's importer of GraphML (ImporterGraphML.java).
    """
    import networkx as nx

    from graph import network

    found = network.graph(walk.reading)
    drawn = nx.MultiDiGraph()
    for iri, told in found.nodes(data=True):
        drawn.add_node(iri, **{name: _value(value) for name, value in ({"label": told["name"]} | told).items()})
    for start, end, told in found.edges(data=True):
        key = f"{start} {told['type']} {end} {told['assertion']}".rstrip()
        drawn.add_edge(start, end, key=key, **told, edgelabel=told["type"])
    for line in nx.generate_graphml(drawn, named_key_ids=True):
        yield line + "\n"


def _value(value: object) -> object:
    if isinstance(value, list):
        return _xml(json.dumps(value, ensure_ascii=False))
    return _xml(value) if isinstance(value, str) else value


def _xml(text: str) -> str:
    """Return a text with what XML 1.0 cannot hold (control characters) replaced by U+FFFD."""
    return _NOT_XML.sub("\ufffd", text)
