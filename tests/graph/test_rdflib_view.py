"""The rdflib view: a real Dataset with the named graphs of the store, that nothing can be written through."""

from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import RDF, Dataset, Literal, URIRef
from rdflib.namespace import SKOS

from graph.canonical import document_graph
from graph.errors import StoreReadOnly
from ontology.namespaces import CKG
from tests.graph.samples import clinic, filled, ward

THING = URIRef("urn:x")


def test_the_view_is_a_dataset_with_a_graph_for_each_document(folder: Path) -> None:
    with filled(folder, ward(), clinic()) as graph:
        view = graph.rdf()
        assert isinstance(view, Dataset)
        names = {str(found.identifier) for found in view.graphs()}
        assert {document_graph(record.iri) for record in (ward()[0], clinic()[0])} <= names
        alone = view.graph(URIRef(document_graph(clinic()[0].iri)))
        barriers = list(alone.subjects(RDF.type, URIRef(CKG + "Barrier")))
        assert len(barriers) == 1 and len(list(view.subjects(RDF.type, URIRef(CKG + "Barrier")))) == 2
        assert (barriers[0], SKOS.prefLabel, Literal("Late letters")) in alone
        assert str(alone.value(barriers[0], SKOS.prefLabel)) == "Late letters"
        assert len(alone) < len(graph.nquads())
        assert dict(view.namespaces())["ckg"] == URIRef(CKG)
        quads = {line for line in graph.nquads() if clinic()[0].iri in line}
        assert quads and len(list(view.quads((URIRef(clinic()[0].iri), None, None, None)))) > 0


@pytest.mark.parametrize(
    "change",
    [
        lambda view: view.add((THING, RDF.type, THING)),
        lambda view: view.addN([(THING, RDF.type, THING, view.default_graph)]),
        lambda view: view.remove((None, None, None)),
        lambda view: view.update("DELETE WHERE { ?s ?p ?o }"),
        lambda view: view.parse(data="<urn:a> <urn:b> <urn:c> .", format="turtle"),
        lambda view: view.remove_graph(document_graph(ward()[0].iri)),
    ],
)
def test_nothing_is_written_through_the_view(folder: Path, change: Callable[[Dataset], object]) -> None:
    with filled(folder, ward()) as graph:
        before = graph.nquads(vocabularies=True)
        with pytest.raises(StoreReadOnly, match="use `apply`"):
            change(graph.rdf())
        assert graph.nquads(vocabularies=True) == before
