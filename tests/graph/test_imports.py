"""RDF back to records: what the store writes, it reads; what others write wrongly is refused with the place."""

import io
from collections.abc import Iterator

import pytest

from graph.canonical import canonical
from graph.export import export
from graph.imports import records_of
from graph.store import EvidenceGraph
from ontology.base import Record
from ontology.errors import RecordError
from ontology.identity import document_iri
from tests.graph.samples import clinic, review, ward

SYNTAX = {"trig": "trig", "nquads": "nquads", "jsonld": "jsonld"}


@pytest.fixture(scope="module")
def shared_study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EvidenceGraph]:
    """Two documents of one study, and a review."""
    with EvidenceGraph(tmp_path_factory.mktemp("imports") / "store") as graph:
        graph.apply(ward(doi="10.1000/one"))
        graph.apply(clinic(doi="10.1000/one"))
        graph.add(review(ward(doi="10.1000/one")))
        yield graph


def written(graph: EvidenceGraph, form: str) -> bytes:
    out = io.BytesIO()
    export(graph, form, out)
    return out.getvalue()


def as_set(records: list[Record]) -> set[Record]:
    return {canonical(record) for record in records}


@pytest.mark.parametrize("form", SYNTAX)
def test_what_the_store_writes_comes_back_as_each_document_attests_it(shared_study: EvidenceGraph, form: str) -> None:
    found, notes = records_of(written(shared_study, form), SYNTAX[form], "store")
    assert as_set(found) == as_set(list(shared_study.attested()))
    assert notes == ()


def test_turtle_comes_back_where_no_two_documents_attest_a_thing(graph: EvidenceGraph) -> None:
    found, _ = records_of(written(graph, "turtle"), "trig", "store.ttl")
    assert as_set(found) == as_set(list(graph.attested()))


def test_turtle_that_two_documents_speak_in_is_refused(shared_study: EvidenceGraph) -> None:
    with pytest.raises(RecordError, match="which has one; give one, or import TriG"):
        records_of(written(shared_study, "turtle"), "trig", "store.ttl")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("@prefix ckg: <https://w3id.org/carekg/vocab/> . _:b a ckg:Theme .", "has a blank node"),
        ("@prefix ckg: <https://w3id.org/carekg/vocab/> . <urn:b> a ckg:Theme", "is no RDF that can be read"),
        ("@prefix ckg: <https://w3id.org/carekg/vocab/> . <urn:b> a ckg:Theme .", "is missing"),
    ],
)
def test_what_is_not_of_the_model_is_refused(text: str, problem: str) -> None:
    with pytest.raises(RecordError, match=problem):
        records_of(text.encode(), "trig", "theirs.ttl")


def test_things_of_other_models_are_left_out_and_counted() -> None:
    text = "<urn:a> a <http://xmlns.com/foaf/0.1/Person> . <urn:b> <http://purl.org/dc/terms/title> 'x' ."
    assert records_of(text.encode(), "trig", "theirs.ttl") == (
        [],
        ("2 things that are of no class of the model left out",),
    )


def test_the_identity_of_documents_is_kept(shared_study: EvidenceGraph) -> None:
    found, _ = records_of(written(shared_study, "trig"), "trig", "store")
    documents = [record for record in found if type(record).__name__ == "Document"]
    assert len(documents) == 2
    assert all(document.iri == document_iri(document.sha256) for document in documents)
