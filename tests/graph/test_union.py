"""Queries run over the union of the named graphs: what two documents say alike is there, and counts, once."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import RDF, URIRef

from graph import rdf
from graph.folder import Folder
from graph.store import EvidenceGraph
from ontology.base import Record
from ontology.namespaces import CKG
from tests.graph.samples import clinic, filled, ward

DOI = "10.5555/one-study"
NURSES = "SELECT (COUNT(?r) AS ?n) { ?r a ckg:Role ; skos:prefLabel 'nurse' ; ckg:inStudy ?s . ?s a ckg:Study }"


def counted(graph: EvidenceGraph) -> int:
    (row,) = graph.sparql(NURSES).rows
    return int(row[0])


def union(graph: EvidenceGraph) -> tuple[set[str], list[str]]:
    """What the named graphs hold, and what the default graph does."""
    named = {line.rsplit(" <", 1)[0] for line in graph.nquads(vocabularies=True)}
    store = graph.snapshot().store
    return named, [str(quad.triple) for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph())]


def both(graph: EvidenceGraph) -> None:
    named, default = union(graph)
    assert len(default) == len(set(default)) and set(default) == named


@pytest.mark.parametrize("bulk", [False, True])
def test_one_study_in_two_documents_counts_once(folder: Path, bulk: bool) -> None:
    with EvidenceGraph(folder) as graph:
        papers: list[list[Record]] = [ward(doi=DOI), clinic(doi=DOI)]
        if bulk:
            graph.load(papers)
        else:
            for paper in papers:
                graph.apply(paper)
        assert counted(graph) == 1
        both(graph)


def test_the_default_graph_follows_every_change(folder: Path) -> None:
    with filled(folder, ward(doi=DOI), clinic(doi=DOI)) as graph:
        graph.apply([record for record in clinic(doi=DOI) if type(record).__name__ != "Role"])
        both(graph)
        assert counted(graph) == 1
        graph.retract("ward.txt")
        both(graph)
        assert counted(graph) == 0
        graph.apply(ward(doi=DOI))
        graph.retract("clinic.txt")
        both(graph)
        assert counted(graph) == 1
        graph.retract("ward.txt")
        both(graph)
        assert counted(graph) == 0


@pytest.mark.parametrize(("ahead", "wrong"), [(False, "unite_in_one"), (True, "unite")])
def test_a_store_without_it_is_read_as_before_and_gets_it_when_it_is_written_to(
    folder: Path, monkeypatch: pytest.MonkeyPatch, ahead: bool, wrong: str
) -> None:
    with filled(folder, ward(), clinic()) as graph:
        before = graph.nquads(vocabularies=True)
    store = ox.Store(str(folder / "rdf"))
    store.update("DROP DEFAULT")
    for published in (folder / "published").iterdir():
        older = ox.Store(str(published / "rdf"))
        older.update("DROP DEFAULT")
        older.flush()
        del older
    store.flush()
    del store
    if ahead:
        Folder(folder).mark_dirty()
    monkeypatch.delattr(rdf, wrong)
    with EvidenceGraph(folder, read_only=True) as reader:
        assert counted(reader) == 2 and union(reader)[1] == []
    with EvidenceGraph(folder) as graph:
        both(graph)
        assert graph.nquads(vocabularies=True) == before
    with EvidenceGraph(folder, read_only=True) as reader:
        both(reader)
        assert counted(reader) == 2


def test_rdflib_sees_each_triple_once_and_the_graphs_that_have_it(folder: Path) -> None:
    with filled(folder, ward(doi=DOI), clinic(doi=DOI)) as graph:
        view = graph.rdf()
        (study,) = view.subjects(RDF.type, URIRef(CKG + "Study"))
        names = [str(found) for _, _, _, found in view.quads((study, RDF.type, None, None))]
        assert len(set(names)) == len(names) == 2 and all("/document/" in name for name in names)
        assert [int(row.n) for row in view.query(NURSES)] == [1]  # type: ignore[union-attr, attr-defined]
        assert len(view) == len(union(graph)[0])
