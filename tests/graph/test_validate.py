"""SHACL over instance data: what is found, what is said, and that nothing the model makes is refused."""

import logging
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF

import ingest.sample as ingest_sample
from graph.validate import Violation, validate, validate_records
from ingest.pipeline import ingest
from ontology.base import Passage, Record
from ontology.errors import RecordError
from ontology.identity import document_iri, mint, sha256_of
from ontology.model import Barrier, Document, Study
from ontology.namespaces import CKG, SKOS
from ontology.vocabulary import load_vocabulary
from tests.strategies import record_sets

TEXT = "Letters come late."
DOCUMENT = Document(
    iri=document_iri(sha256_of(TEXT)), source="a.txt", sha256=sha256_of(TEXT), media_type="text/plain", text=TEXT
)
STUDY = Study(iri=mint("Study", "s"), document=DOCUMENT.iri, evidence_level="full text")
BARRIER = Barrier(
    iri=mint("Barrier", "b"),
    document=DOCUMENT.iri,
    study=STUDY.iri,
    spans=(Passage(document=DOCUMENT.iri, start=0, end=7, exact="Letters"),),
    label="late letters",
)


@settings(max_examples=40, deadline=None)
@given(records=record_sets())
def test_whatever_the_model_makes_conforms(records: tuple[Record, ...]) -> None:
    assert validate_records(records) == []


def ingested(folder: Path) -> list[Record]:
    return [record for outcome in ingest(sorted(folder.glob("*.txt"))) for record in outcome.records]


def test_all_that_the_shipped_sample_gives_conforms() -> None:
    records = ingested(Path(ingest_sample.__file__).parent)
    assert len({record.document for record in records}) > 4
    assert validate_records(records) == []


def test_all_that_the_annotated_papers_give_conforms(shared: Path) -> None:
    records = ingested(shared / "seeds")
    assert records
    assert validate_records(records) == []


def test_a_record_without_words_is_found_and_the_message_says_what_to_do() -> None:
    (found,) = validate_records([DOCUMENT, STUDY, replace(BARRIER, spans=())])
    assert found == Violation(
        focus=BARRIER.iri,
        path="",
        message="Give a record that came from a document (ckg:inDocument) at least one ckg:span: "
        "the exact words that it rests on.",
        shape=CKG + "EvidenceShape",
        component="OrConstraintComponent",
    )


def test_a_property_is_named_by_its_path() -> None:
    (found,) = validate_records([DOCUMENT, STUDY, replace(BARRIER, label="")])
    assert (found.path, found.component) == (SKOS + "prefLabel", "MinLengthConstraintComponent")


def test_several_violations_come_sorted() -> None:
    bad = [replace(BARRIER, iri=mint("Barrier", str(n)), level="ward", score=2.0) for n in range(3)]
    found = validate_records([DOCUMENT, STUDY, *bad])
    assert len(found) == 6
    assert found == sorted(found)


def test_terms_of_the_shipped_vocabulary_need_not_be_in_the_data() -> None:
    code = load_vocabulary().scheme("tdf")[0].iri
    assert validate_records([DOCUMENT, STUDY, replace(BARRIER, codes=(code,))]) == []
    (found,) = validate_records([DOCUMENT, STUDY, replace(BARRIER, codes=(code + "-not",))])
    assert (found.path, found.component) == (CKG + "codes", "ClassConstraintComponent")


def test_a_term_that_the_data_describe_themselves_is_not_mixed_with_the_shipped_one() -> None:
    term = load_vocabulary().scheme("tdf")[0]
    found = validate(f'<{term.iri}> a <{SKOS}Concept> ; <{SKOS}prefLabel> "own words" .')
    assert {(v.focus, v.component) for v in found} == {(term.iri, "MinCountConstraintComponent")}


def test_subclasses_need_not_name_their_superclass() -> None:
    turtle = f"""
        <urn:f> a <{CKG}Position> ; <{CKG}statement> "s" .
        <urn:t> a <{CKG}Disagreement> ; <{SKOS}prefLabel> "d" ; <{CKG}scope> "within a role" ; <{CKG}between> <urn:f> .
    """
    assert validate(turtle) == []


def test_a_graph_is_validated_as_it_is_and_left_alone() -> None:
    graph = Graph()
    graph.add((URIRef("urn:b"), RDF.type, URIRef(CKG + "Barrier")))
    graph.add((URIRef("urn:b"), URIRef(SKOS + "prefLabel"), Literal("late")))
    graph.add(
        (
            URIRef("urn:b"),
            URIRef(CKG + "level"),
            Literal("team", datatype=URIRef("http://www.w3.org/2001/XMLSchema#string")),
        )
    )
    assert validate(graph) == []
    assert len(graph) == 3


def test_nothing_conforms_to_everything() -> None:
    assert validate("") == []
    assert validate(Graph()) == []


def test_what_is_not_turtle_is_refused_with_its_place() -> None:
    with pytest.raises(RecordError, match=r"is not Turtle .*line 2"):
        validate("<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b>")


def test_ill_typed_values_are_violations_and_no_noise(
    caplog: pytest.LogCaptureFixture, recwarn: pytest.WarningsRecorder
) -> None:
    level = logging.getLogger("rdflib.term").level
    (found,) = validate(
        f'<urn:b> a <{CKG}Barrier> ; <{SKOS}prefLabel> "b" ; '
        f'<{CKG}explicit> "perhaps"^^<http://www.w3.org/2001/XMLSchema#boolean> .'
    )
    assert (found.path, found.component) == (CKG + "explicit", "DatatypeConstraintComponent")
    assert not caplog.records
    assert not list(recwarn)
    assert logging.getLogger("rdflib.term").level == level
