"""RDF of our own model, as `carekg export` writes it or as others do, back to records."""

from collections import Counter
from collections.abc import Iterator

import pyoxigraph as ox

from graph.canonical import canonical
from graph.project import TYPE, Statement, from_quads
from ontology.base import Passage, Record
from ontology.errors import RecordError
from ontology.model import CLASSES, Concept, ConceptScheme, class_iri
from ontology.namespaces import RDF
from ontology.slots import slots_of

SYNTAXES = {
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
"""Name of a syntax to the parser of it; Turtle is a part of TriG, and N-Triples of N-Quads."""

_REIFIES = RDF + "reifies"
"""In RDF 1.2: the triple that an assertion makes, which its subject, predicate and object say too."""
_CLASSES: tuple[type, ...] = (Passage, *CLASSES.values())
_OURS = {class_iri(cls) for cls in _CLASSES}
_SINGLE = {
    (class_iri(cls), slot.path)
    for cls in _CLASSES
    for slot in slots_of(cls)
    if not slot.many and slot.kind != "passage"
}


def records_of(data: bytes, syntax: str, source: str) -> tuple[list[Record], tuple[str, ...]]:
    """Return the records that RDF holds, as each named graph attests them, and notes on what was left out.

    Vocabularies are left out: every store has them. In Turtle, which has no named graphs, a thing that two documents
    attest is one; where they differ in a slot that has one value, it cannot be told apart again and is refused.

    Raises:
        RecordError: it is no RDF, has blank nodes for things, or a record breaks the slot table.

    >>> from ontology.model import Limitation
    >>> from graph.project import to_quads
    >>> made = Limitation(iri="urn:l", document="urn:d", study="urn:s", statement="One site.")
    >>> records_of("".join(to_quads([made])).encode(), "nquads", "a.nq")[0] == [made]
    True
    """
    told = list(_statements(data, syntax, source))
    classes: dict[tuple[str, str], set[str]] = {}
    for one in told:
        if one.predicate == TYPE:
            classes.setdefault((one.graph, one.subject), set()).add(one.value)
    known = {key for key, names in classes.items() if names & _OURS}
    _check_single(told, classes, source)
    strange = {(one.graph, one.subject) for one in told} - known
    found = [canonical(record) for record in from_quads(one for one in told if (one.graph, one.subject) in known)]
    kept = [record for record in found if not isinstance(record, (Concept, ConceptScheme))]
    notes = []
    if len(kept) < len(found):
        notes.append(f"{len(found) - len(kept)} terms of vocabularies left out: every store has them")
    if strange:
        notes.append(f"{len(strange)} things that are of no class of the model left out")
    return kept, tuple(notes)


def _statements(data: bytes, syntax: str, source: str) -> Iterator[Statement]:
    try:
        for quad in ox.parse(data, format=SYNTAXES[syntax]):
            if isinstance(quad.object, ox.Triple) and quad.predicate.value == _REIFIES:
                continue
            if not isinstance(quad.subject, ox.NamedNode) or not isinstance(quad.object, ox.NamedNode | ox.Literal):
                raise RecordError(source, f"has a blank node ({quad.subject} {quad.predicate})", "give it an IRI")
            name = quad.graph_name
            graph = "" if isinstance(name, ox.DefaultGraph) else name.value
            yield Statement(quad.subject.value, quad.predicate.value, quad.object.value, graph)
    except SyntaxError as error:
        raise RecordError(source, f"is no RDF that can be read ({error})", "mend it at that place") from error


def _check_single(told: list[Statement], classes: dict[tuple[str, str], set[str]], source: str) -> None:
    counted = Counter((one.graph, one.subject, one.predicate) for one in told)
    for (graph, subject, predicate), count in counted.items():
        if count > 1 and any((name, predicate) in _SINGLE for name in classes.get((graph, subject), ())):
            problem = f"{subject} has {count} values of {predicate}, which has one"
            raise RecordError(
                source, problem, "give one, or import TriG or N-Quads, which say what each document attests"
            )
