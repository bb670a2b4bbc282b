"""The shapes and the slot table say the same, in both directions, and the shapes say nothing else unnoticed."""

import pyshacl
import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import OWL, RDF, SH
from rdflib.term import Node

from ontology.base import Passage, Record
from ontology.model import CLASSES, PREDICATES, class_iri
from ontology.namespaces import CKG, SKOS, XSD
from ontology.slots import Slot
from tests.ontology.turtle import DATATYPES, EVERY, HOME, graph_of, items, own_slots, targets_of
from tests.strategies import WITHOUT_WORDS

SHAPES = graph_of(HOME / "shapes.ttl")
PAIRS = [(cls, slot) for cls in EVERY for slot in own_slots(cls)]
BOUNDS = {SH.minInclusive, SH.maxInclusive, SH.minLength, SH.pattern, SH.flags, SH.lessThan}
"""What a property shape may say beyond the slot table."""
CARDINALITY = {SH.minCount, SH.maxCount}
TYPING = {SH.datatype, SH.nodeKind, SH["class"], SH["or"], SH["in"]}
RULES = {CKG + "EvidenceShape"} | {
    f"{CKG}{p.rsplit('/')[-1][0].upper()}{p.rsplit('/')[-1][1:]}ShortcutShape" for p in PREDICATES
}
"""Node shapes that go beyond single slots."""


def shape_of(cls: type) -> URIRef:
    return URIRef(f"{CKG}{cls.__name__}Shape")


def property_shapes(cls: type, path: str) -> list[Node]:
    return [p for p in SHAPES.objects(shape_of(cls), SH.property) if (p, SH.path, URIRef(path)) in SHAPES]


def the_shape(cls: type, slot: Slot) -> Node:
    (found,) = property_shapes(cls, slot.path)
    return found


def classes_in(graph: Graph, node: Node) -> set[str]:
    """The classes that sh:class asks for, directly or as one of several."""
    found = {str(c) for c in graph.objects(node, SH["class"])}
    for choice in items(graph, graph.value(node, SH["or"])):
        (one,) = graph.objects(choice, SH["class"])
        assert len(list(graph.predicate_objects(choice))) == 1
        found.add(str(one))
    return found


def names(pairs: list[tuple[type, Slot]]) -> list[str]:
    return [f"{cls.__name__}.{slot.name}" for cls, slot in pairs]


@pytest.mark.parametrize("cls", EVERY, ids=lambda c: c.__name__)
def test_every_class_has_a_node_shape_that_targets_it(cls: type) -> None:
    shape = shape_of(cls)
    assert (shape, RDF.type, SH.NodeShape) in SHAPES
    wanted = {class_iri(cls)} | ({SKOS + "Concept", SKOS + "ConceptScheme"} if cls is Record else set())
    assert {str(t) for t in SHAPES.objects(shape, SH.targetClass)} == wanted


@pytest.mark.parametrize(("cls", "slot"), PAIRS, ids=names(PAIRS))
def test_every_slot_has_exactly_one_property_shape(cls: type, slot: Slot) -> None:
    found = property_shapes(cls, slot.path)
    assert len(found) == 1
    assert isinstance(found[0], URIRef)
    assert str(found[0]) == f"{shape_of(cls)}-{slot.path.rsplit('#')[-1].rsplit('/')[-1]}"


@pytest.mark.parametrize(("cls", "slot"), PAIRS, ids=names(PAIRS))
def test_cardinality_is_that_of_the_slot(cls: type, slot: Slot) -> None:
    shape = the_shape(cls, slot)
    assert [n.toPython() for n in SHAPES.objects(shape, SH.minCount)] == ([1] if slot.required else [])
    assert [n.toPython() for n in SHAPES.objects(shape, SH.maxCount)] == ([] if slot.many else [1])


@pytest.mark.parametrize(("cls", "slot"), PAIRS, ids=names(PAIRS))
def test_type_and_choices_are_those_of_the_slot(cls: type, slot: Slot) -> None:
    shape = the_shape(cls, slot)
    datatypes = [str(d) for d in SHAPES.objects(shape, SH.datatype)]
    kinds = list(SHAPES.objects(shape, SH.nodeKind))
    listed = items(SHAPES, SHAPES.value(shape, SH["in"]))
    if slot.kind in DATATYPES:
        assert datatypes == [XSD + DATATYPES[slot.kind]]
        assert kinds == []
        assert classes_in(SHAPES, shape) == set()
        assert tuple(str(value) for value in listed) == slot.choices
        assert all(value.datatype is None and value.language is None for value in listed)
    else:
        assert datatypes == []
        assert kinds == [SH.IRI]
    if slot.kind == "iri":
        assert {str(value) for value in listed} == PREDICATES.keys()
    elif slot.is_link:
        survives = (cls.__name__, slot.name) == ("Decision", "target")
        assert classes_in(SHAPES, shape) == (set() if survives else targets_of(slot))
        assert listed == []


def test_every_property_shape_belongs_to_a_slot_or_to_a_rule() -> None:
    slots = {the_shape(cls, slot) for cls, slot in PAIRS}
    rules = {p for rule in RULES for p in SHAPES.objects(URIRef(rule), SH.property)}
    named = set(SHAPES.subjects(RDF.type, SH.PropertyShape))
    assert named == slots | rules
    assert not slots & rules
    assert len(slots) == len(PAIRS)
    assert set(SHAPES.objects(None, SH.property)) == named


def test_every_node_shape_belongs_to_a_class_or_is_a_known_rule() -> None:
    assert {str(s) for s in SHAPES.subjects(RDF.type, SH.NodeShape)} == {str(shape_of(c)) for c in EVERY} | RULES


def test_property_shapes_say_only_what_these_tests_compare() -> None:
    known = {RDF.type, SH.path, SH.message} | CARDINALITY | TYPING | BOUNDS
    for shape in SHAPES.subjects(RDF.type, SH.PropertyShape):
        assert set(SHAPES.predicates(shape)) <= known, shape


def test_node_shapes_say_only_what_is_meant() -> None:
    plain = {RDF.type, SH.targetClass, SH.property, SH.message}
    extra = {
        "RecordShape": {SH.nodeKind},
        "PassageShape": {SH.nodeKind},
        "DeterminantShape": {SH["or"]},
        "BarrierShape": {SH["not"]},
    }
    for cls in EVERY:
        allowed = plain | extra.get(f"{cls.__name__}Shape", set())
        assert set(SHAPES.predicates(shape_of(cls))) <= allowed, cls


@pytest.mark.parametrize(("cls", "slot"), PAIRS, ids=names(PAIRS))
def test_bounds_are_those_of_the_model(cls: type, slot: Slot) -> None:
    shape = the_shape(cls, slot)
    bounds = {p.removeprefix(str(SH)): o.toPython() for p, o in SHAPES.predicate_objects(shape) if p in BOUNDS}
    if slot.name in ("score", "confidence"):
        assert bounds == {"minInclusive": 0.0, "maxInclusive": 1.0}
    elif slot.name == "start":
        assert bounds == {"minInclusive": 0, "lessThan": "http://www.w3.org/ns/oa#end"}
    elif slot.kind == "int":
        assert bounds == {"minInclusive": 1 if slot.name == "end" else 0}
    elif slot.name in ("sha256", "file_sha256", "doi", "pmid", "pmcid", "target"):
        assert bounds.keys() <= {"pattern", "flags"}
        assert "pattern" in bounds
    elif slot.kind == "str" and slot.required and not slot.choices:
        assert bounds == {"minLength": 1}
    else:
        assert bounds == {}


@pytest.mark.parametrize(
    "shape", sorted({*SHAPES.subjects(RDF.type, SH.NodeShape), *SHAPES.subjects(RDF.type, SH.PropertyShape)})
)
def test_every_shape_says_in_one_sentence_what_to_do(shape: URIRef) -> None:
    (message,) = SHAPES.objects(shape, SH.message)
    assert message.endswith(".")
    assert len(message) > 20
    assert message.language is None


@pytest.mark.parametrize(("cls", "slot"), PAIRS, ids=names(PAIRS))
def test_the_message_of_a_property_names_its_slot_and_its_choices(cls: type, slot: Slot) -> None:
    (message,) = SHAPES.objects(the_shape(cls, slot), SH.message)
    assert message.startswith(f"{cls.__name__}.{slot.name}: ")
    assert all(choice in message for choice in slot.choices)


def test_messages_are_not_shared() -> None:
    messages = [str(m) for m in SHAPES.objects(None, SH.message)]
    assert len(messages) == len(set(messages))


def test_words_are_asked_of_every_class_that_rests_on_words() -> None:
    targets = {str(t) for t in SHAPES.objects(URIRef(CKG + "EvidenceShape"), SH.targetClass)}
    covered = {cls for cls in CLASSES.values() if targets & {class_iri(base) for base in cls.__mro__[:-2]}}
    assert covered == set(CLASSES.values()) - set(WITHOUT_WORDS)


@pytest.mark.parametrize("predicate", sorted(PREDICATES))
def test_shortcuts_join_the_kinds_that_the_model_allows(predicate: str) -> None:
    _, subjects, objects = PREDICATES[predicate]
    name = predicate.removeprefix(CKG)
    rule = URIRef(f"{CKG}{name[0].upper()}{name[1:]}ShortcutShape")
    assert [str(p) for p in SHAPES.objects(rule, SH.targetSubjectsOf)] == [predicate]
    assert classes_in(SHAPES, rule) == {CKG + kind for kind in subjects}
    (link,) = SHAPES.objects(rule, SH.property)
    assert [str(p) for p in SHAPES.objects(link, SH.path)] == [predicate]
    assert classes_in(SHAPES, link) == {CKG + kind for kind in objects}


def test_the_shapes_are_shacl_by_the_shapes_of_shacl() -> None:
    conforms, _, report = pyshacl.validate(Graph(), shacl_graph=SHAPES, meta_shacl=True)
    assert conforms, report


def test_the_file_says_what_it_is() -> None:
    (header,) = SHAPES.subjects(RDF.type, OWL.Ontology)
    assert str(header).startswith("https://w3id.org/carekg/")
    assert issubclass(CLASSES["Barrier"], Record)
    assert not issubclass(Passage, Record)
