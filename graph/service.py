"""What a SPARQL endpoint says of itself: SPARQL 1.1 Service Description, with the sizes of the graphs (VoID)."""

from collections.abc import Iterator, Mapping

import pyoxigraph as ox

from graph.results import GRAPHS, RESULTS
from ontology.namespaces import ONTOLOGY_GRAPH, PREFIXES, XSD

_SD = "http://www.w3.org/ns/sparql-service-description#"
_VOID = "http://rdfs.org/ns/void#"
_FORMATS = "http://www.w3.org/ns/formats/"
_NAMES = {
    "application/sparql-results+json": "SPARQL_Results_JSON",
    "application/sparql-results+xml": "SPARQL_Results_XML",
    "text/csv": "SPARQL_Results_CSV",
    "text/tab-separated-values": "SPARQL_Results_TSV",
    "text/turtle": "Turtle",
    "application/n-triples": "N-Triples",
    "application/rdf+xml": "RDF_XML",
    "application/ld+json": "JSON-LD",
}
"""The W3C's names of the formats."""


def description(url: str, graphs: Mapping[str, int], media: str, comment: str) -> str:
    """Return the description of the endpoint at `url` over these graphs (sizes by name) in a syntax of RDF.

    The IRIs of its parts are fragments of the endpoint's address, so that the same store gives the same text.

    >>> "sd:SPARQL11Query" in description("http://127.0.0.1:7878/sparql", {"urn:g": 3}, "text/turtle", "Reads only.")
    True
    """
    triples = _triples(url, graphs, comment)
    prefixes = dict(PREFIXES) | {"sd": _SD, "void": _VOID, "format": _FORMATS}
    return (ox.serialize(triples, format=GRAPHS[media], prefixes=prefixes) or b"").decode()


def _triples(url: str, graphs: Mapping[str, int], comment: str) -> Iterator[ox.Triple]:
    service, data, union = (ox.NamedNode(url + part) for part in ("#service", "#dataset", "#union"))
    kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    about = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#comment")

    def sd(name: str) -> ox.NamedNode:
        return ox.NamedNode(_SD + name)

    def size(count: int) -> ox.Literal:
        return ox.Literal(str(count), datatype=ox.NamedNode(XSD + "integer"))

    yield ox.Triple(service, kind, sd("Service"))
    yield ox.Triple(service, about, ox.Literal(comment, language="en"))
    yield ox.Triple(service, sd("endpoint"), ox.NamedNode(url))
    yield ox.Triple(service, sd("supportedLanguage"), sd("SPARQL11Query"))
    yield ox.Triple(service, sd("feature"), sd("UnionDefaultGraph"))
    for media in (*RESULTS, *GRAPHS):
        yield ox.Triple(service, sd("resultFormat"), ox.NamedNode(_FORMATS + _NAMES[media]))
    yield ox.Triple(service, sd("defaultDataset"), data)
    yield ox.Triple(data, kind, sd("Dataset"))
    yield ox.Triple(data, sd("defaultGraph"), union)
    yield ox.Triple(union, kind, sd("Graph"))
    for at, (name, count) in enumerate(graphs.items(), 1):
        named, graph = ox.NamedNode(f"{url}#named-{at}"), ox.NamedNode(f"{url}#graph-{at}")
        yield ox.Triple(data, sd("namedGraph"), named)
        yield ox.Triple(named, kind, sd("NamedGraph"))
        yield ox.Triple(named, sd("name"), ox.NamedNode(name))
        yield ox.Triple(named, sd("graph"), graph)
        yield ox.Triple(graph, kind, sd("Graph"))
        yield ox.Triple(graph, ox.NamedNode(_VOID + "triples"), size(count))
        if name == ONTOLOGY_GRAPH:
            yield ox.Triple(graph, about, ox.Literal("Ontology and vocabularies.", language="en"))
