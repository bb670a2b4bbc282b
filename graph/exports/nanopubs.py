"""Nanopublications: each link that nobody rejected, by itself, with where it comes from and who says so.

Four named graphs each: the head, the assertion (the triple, and what its ends are called), its provenance (the exact
words with their document and study, method, confidence, status) and what is said of the publication itself (the
assertion in the store, who reviewed it and when, creator and licence where given). The IRI of a nanopublication ends
with a hash of its content (a trusty URI), so the same evidence gives the same IRI, and whoever has the text can check
it; none is signed: that takes the key of who publishes.

Sources: Nanopublication guidelines (https://nanopub.net/guidelines/working_draft/); Kuhn and Dumontier, Trusty URIs,
doi:10.1007/978-3-319-07443-6_27, module RA.
"""

import re
from base64 import urlsafe_b64encode
from collections import defaultdict
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import NamedTuple

import pyoxigraph as ox

from graph.errors import NotFound
from graph.exports.statements import heading, without_prefixes
from graph.exports.walk import Publication, Walk
from graph.names import words_of
from graph.project import shortcut, types_of
from graph.reading import in_graph
from ontology.base import Record
from ontology.model import Assertion, Decision, Document, Study
from ontology.namespaces import CKG, DCTERMS, DECISIONS_GRAPH, OA, PREFIXES, PROV, RDF, RDFS, XSD

BASE = "https://w3id.org/carekg/np/"
NP = "http://www.nanopub.org/nschema#"
NPX = "http://purl.org/nanopub/x/"
DOI = "https://doi.org/"
_PARTS = ("Head", "assertion", "provenance", "pubinfo")
_BREAK = re.compile(r"[\\\n]")


class Value(NamedTuple):
    """A term: an IRI where `datatype` is empty, else a literal of that datatype."""

    text: str
    datatype: str = ""


Triple = tuple[str, str, Value]


def nanopubs(walk: Walk) -> Iterator[str]:
    """Yield TriG, one nanopublication behind the other, document by document and sorted by assertion."""
    yield heading(_prefixes())
    reviews = _reviews(walk)
    for graph in walk.graphs():
        records = {record.iri: record for record in in_graph(walk.state, graph)}
        for iri, record in sorted(records.items()):
            if isinstance(record, Assertion) and shortcut(record):
                yield _text(_nanopub(walk, record, records, reviews.get(iri, [])))


def _prefixes() -> dict[str, str]:
    return {"np": NP, "npx": NPX, **PREFIXES}


def _reviews(walk: Walk) -> dict[str, list[Decision]]:
    found: dict[str, list[Decision]] = defaultdict(list)
    for record in in_graph(walk.state, DECISIONS_GRAPH, Decision):
        if isinstance(record, Decision) and record.action == "accept":
            found[record.target].append(record)
    return found


def _nanopub(
    walk: Walk, link: Assertion, records: dict[str, Record], reviews: list[Decision]
) -> dict[str, set[Triple]]:
    """Return the triples of the four graphs, by the name of the graph, around the place holder " " for the hash."""
    this = BASE + " "
    parts = {name: f"{this}#{name}" for name in _PARTS}
    head: set[Triple] = {
        (this, RDF + "type", Value(NP + "Nanopublication")),
        (this, NP + "hasAssertion", Value(parts["assertion"])),
        (this, NP + "hasProvenance", Value(parts["provenance"])),
        (this, NP + "hasPublicationInfo", Value(parts["pubinfo"])),
    }
    said: set[Triple] = {(link.subject, link.predicate, Value(link.object))}
    for end in (link.subject, link.object):
        said |= _named(_known(walk, end, records))
    told = {
        "Head": head,
        "assertion": said,
        "provenance": set(_provenance(parts["assertion"], link, records)),
        "pubinfo": set(_pubinfo(this, link, reviews, walk.publication)),
    }
    return {parts[name]: triples for name, triples in told.items()}


def _known(walk: Walk, iri: str, records: dict[str, Record]) -> Record | None:
    if iri in records:
        return records[iri]
    try:
        return walk.reading.get(iri)
    except NotFound:
        return None


def _named(record: Record | None) -> set[Triple]:
    if record is None:
        return set()
    kinds: set[Triple] = {(record.iri, RDF + "type", Value(name)) for name in types_of(type(record))}
    return kinds | {(record.iri, RDFS + "label", _literal(words_of(record)))}


def _provenance(said: str, link: Assertion, records: dict[str, Record]) -> Iterator[Triple]:
    yield said, CKG + "method", _literal(link.method)
    yield said, CKG + "status", _literal(link.status)
    if link.confidence is not None:
        yield said, CKG + "confidence", Value(repr(link.confidence), XSD + "double")
    if link.study:
        yield said, PROV + "wasDerivedFrom", Value(link.study)
    for span in link.spans:
        yield said, PROV + "wasDerivedFrom", Value(span.iri)
        yield span.iri, RDF + "type", Value(CKG + "Passage")
        yield span.iri, OA + "exact", _literal(span.exact)
        yield span.iri, OA + "start", Value(str(span.start), XSD + "integer")
        yield span.iri, OA + "end", Value(str(span.end), XSD + "integer")
        yield span.iri, CKG + "inDocument", Value(span.document)
    for iri in {link.document, link.study}:
        source = records.get(iri or "")
        if isinstance(source, Document | Study):
            yield from _named(source)
            if source.doi:
                yield said, PROV + "hadPrimarySource", Value(_iri(DOI + source.doi, source.iri))
        if isinstance(source, Document):
            yield source.iri, CKG + "sha256", _literal(source.sha256)


def _pubinfo(this: str, link: Assertion, reviews: list[Decision], told: Publication) -> Iterator[Triple]:
    yield this, PROV + "alternateOf", Value(link.iri)
    yield this, RDFS + "label", _literal(f"{link.predicate.removeprefix(CKG)}, {link.status}")
    yield this, NPX + "hasNanopubType", Value(link.predicate)
    for review in reviews:
        yield this, CKG + "reviewedBy", _literal(review.person)
        yield this, DCTERMS + "created", Value(review.time.replace("Z", "+00:00"), XSD + "dateTime")
    if told.date and not reviews:
        yield this, DCTERMS + "created", Value(told.date, XSD + "date")
    if told.licence:
        yield this, DCTERMS + "license", Value(told.licence)
    if told.creator:
        yield this, DCTERMS + "creator", Value(told.creator)


def _iri(wanted: str, otherwise: str) -> str:
    try:
        return ox.NamedNode(wanted).value
    except ValueError:
        return otherwise


def _literal(words: str) -> Value:
    return Value(words, XSD + "string")


def _text(graphs: dict[str, set[Triple]]) -> str:
    """Return TriG of a nanopublication, its prefixes left out, with its hash in place."""
    code = trusty((graph, *triple) for graph, triples in graphs.items() for triple in triples)
    quads = [
        ox.Quad(ox.NamedNode(_filled(s, code)), ox.NamedNode(p), _node(o, code), ox.NamedNode(_filled(graph, code)))
        for graph, triples in graphs.items()
        for s, p, o in sorted(triples)
    ]
    return without_prefixes(ox.serialize(quads, format=ox.RdfFormat.TRIG, prefixes=_prefixes()))


def _node(value: Value, code: str) -> ox.NamedNode | ox.Literal:
    if value.datatype:
        return ox.Literal(value.text, datatype=ox.NamedNode(value.datatype))
    return ox.NamedNode(_filled(value.text, code))


def _filled(iri: str, code: str) -> str:
    return iri.replace(" ", code)


def trusty(quads: Iterable[tuple[str, str, str, Value]]) -> str:
    """Return the artefact code (RA and 43 characters) of quads (graph, subject, predicate, object) in which the
    code itself is a blank.

    >>> trusty([("urn: #a", "urn:s", "urn:p", Value("words", XSD + "string"))])
    'RAAn6ELu78hFE-_oFcKsLOvZ7tnPjze-Kzm0iCB0GKqPc'
    """
    ranked = sorted(quads, key=lambda q: (*q[:3], bool(q[3].datatype), q[3].text, q[3].datatype))
    lines = (f"{graph}\n{s}\n{p}\n{_spelled(o)}\n" for graph, s, p, o in ranked)
    return "RA" + urlsafe_b64encode(sha256("".join(lines).encode()).digest()).decode().rstrip("=")


def _spelled(value: Value) -> str:
    if not value.datatype:
        return value.text
    return f"^{value.datatype} " + _BREAK.sub(lambda found: "\\\\" if found[0] == "\\" else "\\n", value.text)
