"""The whole store in other forms; the same store gives the same bytes.

records   JSON Lines, what `carekg ingest` reads back; document by document, then synthesis and decisions
nquads    sorted N-Quads of the data, named graphs kept
turtle    the union of all named graphs of the data
trig      the data with its named graphs
jsonld    the same, with a context that says what each slot means
graphml   the property graph for graph tools; lists as JSON text
cypher    a script that makes the same property graph in Neo4j, vocabularies included
html      a picture that opens without a network; at most `graph.picture.LIMIT` things
refi-qda  a coded project (.qdpx) for QDA programs
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import IO

import pyoxigraph as ox

from graph import jsonld, script
from graph.errors import ExportError
from graph.project import to_rows
from graph.reading import Reading
from ontology.interchange import dumps
from ontology.namespaces import PREFIXES

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def export(graph: Reading, form: str, out: IO[bytes]) -> None:
    """Write the store to a binary file in one of `FORMATS`; text is UTF-8.

    Raises:
        ExportError: there is no such form.
    """
    if form not in _WRITERS:
        raise ExportError(form, "is no form of export", f"use one of {', '.join(FORMATS)}")
    for piece in _WRITERS[form](graph):
        out.write(piece if isinstance(piece, bytes) else piece.encode())


def _records(graph: Reading) -> Iterator[str]:
    return dumps(graph.attested())


def _nquads(graph: Reading) -> Iterable[str]:
    return graph.nquads()


def _turtle(graph: Reading) -> Iterator[str]:
    yield _with_prefixes(sorted({quad.triple for quad in _quads(graph)}, key=str), ox.RdfFormat.TURTLE)


def _trig(graph: Reading) -> Iterator[str]:
    quads = sorted(_quads(graph), key=lambda quad: (str(quad.graph_name), str(quad.triple)))
    yield _with_prefixes(quads, ox.RdfFormat.TRIG)


def _with_prefixes(things: Iterable[ox.Triple] | Iterable[ox.Quad], form: ox.RdfFormat) -> str:
    """Return Turtle or TriG with its prefixes sorted: Oxigraph writes them in an order that changes."""
    lines = (ox.serialize(things, format=form, prefixes=PREFIXES) or b"").decode().split("\n")
    head = next((at for at, line in enumerate(lines) if not line.startswith("@prefix ")), len(lines))
    return "\n".join([*sorted(lines[:head]), *lines[head:]])


def _quads(graph: Reading) -> Iterator[ox.Quad]:
    return ox.parse("".join(graph.nquads()).encode(), format=ox.RdfFormat.N_QUADS)


def _jsonld(graph: Reading) -> Iterator[str]:
    return jsonld.write(graph.attested())


def _graphml(graph: Reading) -> Iterator[str]:
    import networkx as nx

    from graph import network

    found = network.graph(graph)
    for _, told in found.nodes(data=True):
        for name, value in told.items():
            if isinstance(value, list):
                told[name] = _xml(json.dumps(value, ensure_ascii=False))
            elif isinstance(value, str):
                told[name] = _xml(value)
    for line in nx.generate_graphml(found):
        yield line + "\n"


def _xml(text: str) -> str:
    """Return a text with what XML 1.0 cannot hold (control characters) replaced by U+FFFD."""
    return _NOT_XML.sub("\ufffd", text)


def _cypher(graph: Reading) -> Iterator[str]:
    rows = to_rows([*graph.attested(), *graph.concepts()])
    return script.write(rows, graph.stamp())


def _html(graph: Reading) -> Iterator[str]:
    from graph import network, picture

    yield picture.draw(network.graph(graph), "carekg")


def _refi_qda(graph: Reading) -> Iterator[bytes]:
    from graph import refi

    yield refi.write([*graph.records(), *graph.concepts()])


_WRITERS: dict[str, Callable[[Reading], Iterable[str] | Iterable[bytes]]] = {
    "records": _records,
    "nquads": _nquads,
    "turtle": _turtle,
    "trig": _trig,
    "jsonld": _jsonld,
    "graphml": _graphml,
    "cypher": _cypher,
    "html": _html,
    "refi-qda": _refi_qda,
}
FORMATS = tuple(_WRITERS)
"""The forms that `export` writes."""
