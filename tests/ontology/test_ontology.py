"""carekg.ttl and the model name the same classes and properties, and nothing is used that is not defined."""

from collections import defaultdict

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SH
from rdflib.term import Node

from ontology.base import Record
from ontology.model import CLASSES, PREDICATES, class_iri
from ontology.namespaces import CKG, DCTERMS, ID, PREFIXES, SCHEME, SKOS, XSD
from ontology.slots import Slot
from tests.ontology.turtle import (
    DATATYPES,
    EVERY,
    HOME,
    INVALID,
    SCHEMES,
    VALID,
    graph_of,
    items,
    own_slots,
    targets_of,
)

ONTOLOGY = graph_of(HOME / "carekg.ttl")
SHAPES = graph_of(HOME / "shapes.ttl")
DEFINITION = URIRef(SKOS + "definition")
INCLUDES = "https://schema.org/"
HELPERS = {CKG + "alignedWith", CKG + "shortcut"}
"""Properties of the ontology that no slot has."""
LANGUAGES = (str(RDF), str(RDFS), str(OWL), str(SH), XSD)
"""The languages that the files are written in: their terms need no definition of ours."""
METADATA = {DCTERMS + name for name in ("title", "description", "creator", "license", "language", "source")} | {
    SKOS + name for name in ("definition", "scopeNote", "hasTopConcept")
}
"""What describes the files themselves."""


def slots_by_path() -> dict[str, list[tuple[type, Slot]]]:
    found: dict[str, list[tuple[type, Slot]]] = defaultdict(list)
    for cls in EVERY:
        for slot in own_slots(cls):
            found[slot.path].append((cls, slot))
    return found


PATHS = slots_by_path()
CLASS_IRIS = {class_iri(cls) for cls in EVERY}
TERMS = sorted(CLASS_IRIS | PATHS.keys() | PREDICATES.keys() | HELPERS)


def of_kind(kind: Node) -> set[str]:
    return {str(s) for s in ONTOLOGY.subjects(RDF.type, kind)}


def defined() -> set[str]:
    return {str(s) for s in ONTOLOGY.subjects(RDFS.label, None)}


def test_classes_are_those_of_the_model() -> None:
    assert of_kind(OWL.Class) == CLASS_IRIS


def test_properties_are_those_of_the_slot_table_and_the_shortcuts() -> None:
    properties = set().union(
        *map(of_kind, (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, RDF.Property))
    )
    assert {p for p in properties if p.startswith(CKG)} == {
        p for p in {*PATHS, *PREDICATES, *HELPERS} if p.startswith(CKG)
    }
    assert {p for p in properties if not p.startswith((CKG, INCLUDES))} == {p for p in PATHS if not p.startswith(CKG)}


@pytest.mark.parametrize("cls", EVERY, ids=lambda c: c.__name__)
def test_superclasses_are_those_of_the_model(cls: type) -> None:
    above = {str(c) for c in ONTOLOGY.objects(URIRef(class_iri(cls)), RDFS.subClassOf) if str(c).startswith(CKG)}
    bases = {class_iri(base) for base in cls.__bases__ if base is not object}
    assert above == (set() if class_iri(cls).startswith(SKOS) else bases)


@pytest.mark.parametrize("term", TERMS)
def test_every_term_has_one_label_and_one_definition(term: str) -> None:
    (label,) = ONTOLOGY.objects(URIRef(term), RDFS.label)
    (definition,) = ONTOLOGY.objects(URIRef(term), DEFINITION)
    assert label
    assert definition.endswith(".")
    assert len(definition) > len(label)
    if not term.startswith(CKG):
        (by,) = ONTOLOGY.objects(URIRef(term), RDFS.isDefinedBy)
        assert term.startswith(str(by))


def test_no_two_terms_share_a_definition() -> None:
    definitions = [str(d) for d in ONTOLOGY.objects(None, DEFINITION)]
    assert len(definitions) == len(set(definitions))


@pytest.mark.parametrize("path", sorted(PATHS))
def test_domain_and_range_are_those_of_the_slots(path: str) -> None:
    term, uses = URIRef(path), PATHS[path]
    domain = {str(d) for d in ONTOLOGY.objects(term, RDFS.domain)}
    loose = {str(d) for d in ONTOLOGY.objects(term, URIRef(INCLUDES + "domainIncludes"))}
    classes = {class_iri(cls) for cls, _ in uses}
    assert not (domain and loose)
    assert domain | loose == classes
    assert not domain or len(classes) == 1, "rdfs:domain of several classes means all of them at once"
    values = {str(r) for p in (RDFS.range, URIRef(INCLUDES + "rangeIncludes")) for r in ONTOLOGY.objects(term, p)}
    if all(slot.kind in DATATYPES for _, slot in uses):
        assert values == {XSD + DATATYPES[slot.kind] for _, slot in uses}
    elif all(slot.is_link for _, slot in uses):
        wanted = set().union(*({class_iri(Record)} if s.target == ("Record",) else targets_of(s) for _, s in uses))
        assert values == wanted
        assert len(list(ONTOLOGY.objects(term, RDFS.range))) <= 1
    else:
        assert values == {str(RDF.Property)}


@pytest.mark.parametrize("path", sorted(PATHS))
def test_our_properties_are_of_the_kind_of_their_slots(path: str) -> None:
    kinds = {slot.kind in DATATYPES for _, slot in PATHS[path]}
    assert len(kinds) == 1, "a property holds literals or nodes, not both"
    if path.startswith(CKG):
        wanted = OWL.DatatypeProperty if kinds == {True} else OWL.ObjectProperty
        assert list(ONTOLOGY.objects(URIRef(path), RDF.type)) == [wanted]


@pytest.mark.parametrize("predicate", sorted(PREDICATES))
def test_shortcuts_have_the_domain_and_range_of_the_model(predicate: str) -> None:
    _, subjects, objects = PREDICATES[predicate]
    term = URIRef(predicate)
    assert (term, RDFS.subPropertyOf, URIRef(CKG + "shortcut")) in ONTOLOGY
    for tight, loose, kinds in ((RDFS.domain, "domainIncludes", subjects), (RDFS.range, "rangeIncludes", objects)):
        one = {str(c) for c in ONTOLOGY.objects(term, tight)}
        several = {str(c) for c in ONTOLOGY.objects(term, URIRef(INCLUDES + loose))}
        assert one | several == {CKG + kind for kind in kinds}
        assert bool(one) == (len(kinds) == 1)


def used_in(graph: Graph) -> set[str]:
    """Every IRI that stands as a predicate or a class, or that a shape points to."""
    found = set(graph.predicates()) | set(graph.objects(None, RDF.type))
    for pointer in (SH.path, SH.targetClass, SH["class"], SH.lessThan, SH.targetSubjectsOf, SH.datatype, RDFS.range):
        found |= set(graph.objects(None, pointer))
    for head in graph.objects(None, SH["in"]):
        found |= {member for member in items(graph, head) if isinstance(member, URIRef)}
    return {str(node) for node in found if isinstance(node, URIRef)}


@pytest.mark.parametrize(
    "path", [HOME / "carekg.ttl", HOME / "shapes.ttl", *SCHEMES, *VALID, *INVALID], ids=lambda p: p.stem
)
def test_everything_that_is_used_is_defined(path: object) -> None:
    broken_on_purpose = {CKG + "proves"} if getattr(path, "stem", "") == "assertion-predicate" else set()
    used = {term for term in used_in(graph_of(path)) if not term.startswith(LANGUAGES)}  # type: ignore[arg-type]
    assert used - defined() - METADATA - broken_on_purpose == set()


def test_everything_that_the_model_uses_is_defined() -> None:
    assert {class_iri(cls) for cls in EVERY} | PATHS.keys() | PREDICATES.keys() <= defined()


def test_alignments_point_outwards_and_infer_nothing() -> None:
    aligned = list(ONTOLOGY.subject_objects(URIRef(CKG + "alignedWith")))
    assert len(aligned) > 20
    for ours, theirs in aligned:
        assert str(ours) in TERMS
        assert not str(theirs).startswith(CKG)
    assert not [p for p in ONTOLOGY.predicates() if str(p).startswith(SKOS) and str(p).endswith("Match")]
    assert (URIRef(CKG + "Quote"), None, URIRef("http://www.w3.org/ns/prov#Quotation")) not in ONTOLOGY


def test_the_header_names_title_licence_and_version() -> None:
    header = URIRef(CKG)
    assert (header, RDF.type, OWL.Ontology) in ONTOLOGY
    (version,) = ONTOLOGY.objects(header, OWL.versionInfo)
    (iri,) = ONTOLOGY.objects(header, OWL.versionIRI)
    assert str(iri) == f"{CKG}{version}"
    for name in ("title", "license", "description"):
        assert ONTOLOGY.value(header, URIRef(DCTERMS + name))


def test_prefixes_are_the_ones_of_the_project() -> None:
    for path in (HOME / "carekg.ttl", HOME / "shapes.ttl", *SCHEMES, *VALID, *INVALID):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("@prefix"):
                _, prefix, namespace, _ = line.split()
                known = PREFIXES.get(prefix.removesuffix(":"))
                assert known in (None, namespace.strip("<>")), f"{path.name}: {line}"


def test_no_instance_hides_in_the_ontology() -> None:
    assert not [s for s in ONTOLOGY.subjects() if str(s).startswith((ID, SCHEME))]
    assert not [o for o in ONTOLOGY.objects() if isinstance(o, Literal) and o.language]
    assert "Barrier" in CLASSES
