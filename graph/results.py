"""SPARQL results as documents: the result formats of SPARQL 1.1 and the syntaxes of RDF, capped in rows and size."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from ontology.namespaces import PREFIXES, XSD

RESULTS: Mapping[str, ox.QueryResultsFormat] = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
"""Media types of SELECT and ASK."""
GRAPHS: Mapping[str, ox.RdfFormat] = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}
"""Media types of CONSTRUCT and DESCRIBE."""
MAX_CHARACTERS = 32 << 20
"""Characters of terms that one answer may hold, so that neither process runs out of memory over a few huge rows."""


@dataclass(frozen=True, slots=True)
class Written:
    """A result as text of one media type; `partial` says in words what was left out, and is empty if nothing was."""

    body: str
    media: str
    rows: int
    partial: str = ""


@dataclass(slots=True)
class Cap:
    """Passes things on until there are `limit`, or their text has `MAX_CHARACTERS`; `partial` then says so."""

    limit: int
    rows: int = 0
    partial: str = ""

    def over(self, texts: Iterable[tuple[Any, int]]) -> Iterator[Any]:
        """Yield the first of each pair; the second is how long its text is."""
        size = 0
        for thing, length in texts:
            size += length
            if self.rows == self.limit or size > MAX_CHARACTERS:
                why = f"limit of {self.limit:,} rows" if self.rows == self.limit else "limit of size"
                self.partial = f"partial: the first {self.rows:,} rows; there are more ({why})"
                return
            self.rows += 1
            yield thing


def write(found: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, media: str, limit: int) -> Written:
    """Return a result as a document of a media type of `RESULTS` or, for triples, of `GRAPHS`.

    What is partial says so in the document too, where the format has a place for it: a link in the head of JSON, a
    comment in XML, Turtle and N-Triples.

    >>> ask = ox.Store().query("ASK {}")
    >>> write(ask, "application/sparql-results+json", 10).body
    '{"head":{},"boolean":true}'
    """
    cap = Cap(limit)
    if isinstance(found, ox.QueryTriples):
        triples = cap.over((triple, len(str(triple))) for triple in found)
        body = (ox.serialize(triples, format=GRAPHS[media], prefixes=PREFIXES) or b"").decode()
    else:
        told: dict[str, Any] = {"head": {}}
        if isinstance(found, ox.QueryBoolean):
            told["boolean"] = bool(found)
        else:
            names = [variable.value for variable in found.variables]
            bindings = list(cap.over(_sized(_binding(names, row)) for row in found))
            head = {"vars": names} | ({"link": [f"urn:carekg:partial:{cap.rows}"]} if cap.partial else {})
            told = {"head": head, "results": {"bindings": bindings}}
        body = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
        if RESULTS[media] != ox.QueryResultsFormat.JSON:
            body = _converted(body, RESULTS[media])
    return Written(_noted(body, media, cap.partial), media, cap.rows, cap.partial)


def _converted(body: str, form: ox.QueryResultsFormat) -> str:
    found = ox.parse_query_results(body.encode(), format=ox.QueryResultsFormat.JSON)
    return (found.serialize(format=form) or b"").decode()


def _noted(body: str, media: str, partial: str) -> str:
    if not partial:
        return body
    if media in ("text/turtle", "application/n-triples"):
        return f"{body}# {partial}\n"
    return f"{body}\n<!-- {partial} -->\n" if media.endswith("+xml") else body


def _sized(binding: dict[str, Any]) -> tuple[dict[str, Any], int]:
    return binding, len(str(binding))


def _binding(names: list[str], row: ox.QuerySolution) -> dict[str, Any]:
    return {name: _term(value) for name, value in zip(names, row, strict=True) if value is not None}


def _term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> dict[str, Any]:
    """Return an RDF term as SPARQL 1.1 Query Results JSON (section 3.2.2) has it."""
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _term(part) for name, part in parts.items()}}
    told = {"type": "literal", "value": term.value}
    if term.language:
        return told | {"xml:lang": term.language}
    return told if term.datatype.value == XSD + "string" else told | {"datatype": term.datatype.value}
