"""Whether instance data conform to `ontology/shapes.ttl`: SHACL.

At what is surely in order (`graph.shapes`) nobody looks again. At the rest pySHACL does, with what it needs of the
ontology, so that every violation is one that it finds.
"""

import logging
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import pyoxigraph as ox
import pyshacl
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Identifier, Node

from graph import shapes
from graph.project import to_quads
from ontology.base import Record
from ontology.errors import RecordError, VocabularyError
from ontology.namespaces import RDF, RDFS, SCHEME, SH, XSD

_Triple = tuple[Node, Node, Node]
_TYPE = URIRef(RDF + "type")
_SUBCLASS = URIRef(RDFS + "subClassOf")
_STRING = URIRef(XSD + "string")
_RESULT = URIRef(SH + "result")


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One breach of one rule: the node, the property where there is one, what to do, and the rule by its names.

    `component` is the kind of the rule as SHACL names it, without namespace: "MinCountConstraintComponent".
    """

    focus: str
    path: str
    message: str
    shape: str
    component: str


def validate(data: str | Graph) -> list[Violation]:
    """Return what breaks the shapes in Turtle text or in a graph, sorted; an empty list where all conforms.

    The ontology and the shipped vocabularies are known and need not be in the data.

    Raises:
        RecordError: the text is not Turtle; names line and column.

    >>> found = validate('<urn:b> a <https://w3id.org/carekg/vocab/Barrier> .')
    >>> [(v.path.rsplit("#")[-1], v.component) for v in found]
    [('prefLabel', 'MinCountConstraintComponent')]
    """
    if isinstance(data, Graph):
        return _validate((s, p, _plain(o)) for s, p, o in data)
    try:
        return _validated(data, ox.RdfFormat.TURTLE)
    except SyntaxError as error:
        raise RecordError("data", f"is not Turtle ({error})", "mend it at that place") from error


def validate_records(records: Iterable[Record]) -> list[Violation]:
    """Return what breaks the shapes in records, sorted; an empty list where all conforms.

    Raises:
        RecordError: a record cannot be written as RDF (see `graph.project.to_quads`).
    """
    return _validated("".join(to_quads(records)), ox.RdfFormat.N_QUADS)


def found_by_pyshacl(lines: Iterable[str]) -> list[Violation]:
    """Return what pySHACL finds in lines of N-Quads, whatever seems to be in order: to check `graph.shapes` by it."""
    return _validate(_triples("".join(lines), ox.RdfFormat.N_QUADS))


def _validated(text: str, form: ox.RdfFormat) -> list[Violation]:
    surely = shapes.conforms(ox.parse(text.encode(), format=form, rename_blank_nodes=True))
    return [] if surely else _validate(_triples(text, form))


def _validate(triples: Iterable[_Triple]) -> list[Violation]:
    graph = Graph()
    with _quiet():
        for triple in triples:
            graph.add(triple)
        graph += _classes()
        _add_terms(graph)
        _, report, _ = pyshacl.validate(graph, shacl_graph=_shapes(), inplace=True)
    return sorted(_violations(report))


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep rdflib from writing about ill-typed literals to the terminal: they come back as violations."""
    log = logging.getLogger("rdflib.term")
    level = log.level
    log.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            yield
    finally:
        log.setLevel(level)


def _violations(report: Graph) -> Iterator[Violation]:
    for result in report.objects(None, _RESULT):
        told = {str(p).removeprefix(SH): str(o) for p, o in report.predicate_objects(result)}
        yield Violation(
            focus=told["focusNode"],
            path=told.get("resultPath", ""),
            message=told["resultMessage"],
            shape=told["sourceShape"],
            component=told["sourceConstraintComponent"].removeprefix(SH),
        )


def _add_terms(graph: Graph) -> None:
    """Describe the terms of the shipped vocabularies that the data point to, and what those point to."""
    terms = _terms()
    described = set(graph.subjects(_TYPE, None))
    wanted = {node for node in graph.objects() if node in terms} - described
    while wanted:
        described |= wanted
        for node in wanted:
            for triple in terms[node]:
                graph.add(triple)
        wanted = {o for node in wanted for _, _, o in terms[node] if o in terms} - described


@cache
def _classes() -> Graph:
    """The class hierarchy of the ontology: all of it that the shapes need."""
    hierarchy = Graph()
    for s, p, o in _parsed("carekg.ttl"):
        if p == _SUBCLASS and not isinstance(o, BNode):
            hierarchy.add((s, p, o))
    return hierarchy


@cache
def _shapes() -> Graph:
    found = Graph()
    for triple in _parsed("shapes.ttl"):
        found.add(triple)
    return found


@cache
def _terms() -> dict[Node, list[_Triple]]:
    terms: dict[Node, list[_Triple]] = {}
    for file in files("ontology.vocabulary").iterdir():
        if file.name.endswith(".ttl"):
            for triple in _parsed(file.name, "ontology.vocabulary"):
                if str(triple[0]).startswith(SCHEME):
                    terms.setdefault(triple[0], []).append(triple)
    return terms


def _parsed(name: str, package: str = "ontology") -> list[_Triple]:
    try:
        return list(_triples(files(package).joinpath(name).read_text("utf-8"), ox.RdfFormat.TURTLE))
    except SyntaxError as error:
        raise VocabularyError(name, f"is not Turtle ({error})", "mend the file") from error


def _triples(text: str, form: ox.RdfFormat) -> Iterator[_Triple]:
    for quad in ox.parse(text.encode(), format=form, rename_blank_nodes=True):
        yield _node(quad.subject), _node(quad.predicate), _node(quad.object)


def _node(term: object) -> Identifier:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return Literal(term.value, lang=term.language)
        return _plain(Literal(term.value, datatype=URIRef(term.datatype.value), normalize=False))
    raise RecordError(str(term), "is a triple term, which RDF 1.1 does not have", "write an assertion instead")


def _plain(node: Node) -> Identifier:
    """Return a node with xsd:string left implicit: rdflib holds the two spellings of a string to be different."""
    if isinstance(node, Literal) and node.datatype == _STRING:
        return Literal(str(node))
    return node  # type: ignore[return-value]
