"""The store: what it keeps and gives back, what it refuses, and what one document leaves when it goes."""

import dataclasses
import json
from pathlib import Path

import pytest

from graph import shipped
from graph.errors import NotFound
from graph.store import EvidenceGraph
from ontology.base import Passage
from ontology.errors import RecordError, SpanError, VocabularyError
from ontology.model import Barrier, Concept, Decision, Document, Quote, Theme
from ontology.namespaces import CKG, ONTOLOGY_GRAPH
from tests.graph.samples import clinic, filled, review, ward


def test_a_store_keeps_what_it_was_given(folder: Path) -> None:
    with filled(folder, ward(), clinic()) as graph:
        stamp, lines = graph.stamp(), graph.nquads()
    with EvidenceGraph(folder) as again, EvidenceGraph(folder, read_only=True) as reader:
        assert again.stamp() == reader.stamp() == stamp
        assert again.nquads() == reader.nquads() == lines
        assert [d.source for d in reader.documents()] == ["clinic.txt", "ward.txt"]
        assert reader.counts()["Quote"] == 2
        assert reader.counts()["Finding"] == 1
        assert reader.counts()["Position"] == 2
        assert "Concept" not in reader.counts()


def test_lines_are_sorted_each_once_and_all_in_named_graphs(folder: Path) -> None:
    with filled(folder, ward(), clinic()) as graph:
        lines = graph.nquads()
        assert lines == sorted(set(lines))
        assert all(line.endswith("> .\n") and "/graph/document/" in line for line in lines)
        assert len(graph.nquads(vocabularies=True)) > len(lines)


@pytest.mark.parametrize("gone", ["ward.txt", "clinic.txt"])
@pytest.mark.parametrize("doi", [None, "10.1000/one"])
def test_retracting_leaves_the_other_byte_for_byte(tmp_path: Path, gone: str, doi: str | None) -> None:
    papers = {"ward.txt": ward(doi=doi), "clinic.txt": clinic(doi=doi)}
    kept = next(name for name in papers if name != gone)
    with filled(tmp_path / "both", *papers.values()) as both, filled(tmp_path / "one", papers[kept]) as one:
        both.retract(gone)
        assert "".join(both.nquads()).encode() == "".join(one.nquads()).encode()
        assert both.stamp() == one.stamp()


def test_documents_are_named_by_file_hash_or_iri(folder: Path) -> None:
    with filled(folder, ward(), clinic()) as graph:
        document = graph.find("ward.txt")
        assert graph.find(document.sha256) == graph.find(document.sha256[:8]) == graph.find(document.iri) == document
        with pytest.raises(NotFound, match=r"did you mean ward\.txt"):
            graph.retract("Ward.text")
        with pytest.raises(NotFound, match="carekg status"):
            graph.retract("nothing like it")
        with pytest.raises(NotFound):
            graph.find("")
        assert len(graph.documents()) == 2


def test_a_name_that_two_documents_share_is_not_enough(folder: Path) -> None:
    other = [dataclasses.replace(r, source="ward.txt") if isinstance(r, Document) else r for r in clinic()]
    with filled(folder, ward(), other) as graph:
        with pytest.raises(NotFound, match="several documents"):
            graph.retract("ward.txt")
        graph.retract(graph.documents()[0].sha256[:12])
        assert len(graph.documents()) == 1


def test_records_come_in_reading_order_by_document_and_kind(folder: Path) -> None:
    with filled(folder, ward(), clinic()) as graph:
        iri = graph.find("ward.txt").iri
        assert [type(r).__name__ for r in graph.records(iri)[:2]] == ["Document", "Study"]
        assert {type(r).__name__ for r in graph.records(kind="Finding")} == {"Finding", "Position"}
        assert {type(r).__name__ for r in graph.records(kind="Determinant")} == {"Barrier"}
        assert graph.records(iri, "Quote") == [r for r in graph.records(iri) if isinstance(r, Quote)]
        assert graph.text(iri) == ward()[0].text
        quote = graph.records(iri, "Quote")[0]
        assert graph.get(quote.iri) == quote
        with pytest.raises(NotFound, match="did you mean Barrier"):
            graph.records(kind="barrier")
        for missing in ("urn:nothing", "not an iri"):
            with pytest.raises(NotFound):
                graph.get(missing)
            with pytest.raises(NotFound):
                graph.records(missing)


def test_concepts_of_the_vocabularies_can_be_asked_for(folder: Path) -> None:
    with EvidenceGraph(folder) as graph:
        concept = next(r for r in graph.concepts() if isinstance(r, Concept))
        assert graph.get(concept.iri) == concept
        assert graph.records() == []
        assert graph.sparql("ASK { $c a skos:Concept }", {"c": concept.iri}).rows == ((True,),)


def test_the_rdflib_view_says_the_same(folder: Path) -> None:
    with filled(folder, ward()) as graph:
        query = f"SELECT ?l WHERE {{ ?b a <{CKG}Barrier> ; <http://www.w3.org/2004/02/skos/core#prefLabel> ?l }}"
        assert [str(row.l) for row in graph.rdf().query(query)] == graph.sparql(query).column("l") == ["Late letters"]


@pytest.mark.parametrize(
    ("span", "problem"),
    [
        (("The nurse", 0, 3), "are 'The', not 'The nurse'"),
        (("nurse", -5, 0), "not in the text"),
        (("", 4, 4), "not in the text"),
        (("x", 10_000, 10_001), "not in the text"),
    ],
)
def test_a_span_that_lies_is_refused_and_nothing_is_stored(
    folder: Path, span: tuple[str, int, int], problem: str
) -> None:
    exact, start, end = span
    document = ward()[0].iri
    lie = Theme(
        iri="urn:t",
        document=document,
        label="t",
        spans=(Passage(document=document, start=start, end=end, exact=exact),),
    )
    with EvidenceGraph(folder) as graph:
        before = graph.stamp()
        with pytest.raises(SpanError, match=problem):
            graph.apply([*ward(), lie])
        assert graph.stamp() == before
        assert graph.documents() == []


def test_a_span_in_an_unknown_document_is_refused(folder: Path) -> None:
    finding, *_ = review(ward())
    elsewhere = dataclasses.replace(finding, spans=ward()[-1].spans)
    with EvidenceGraph(folder) as graph:
        with pytest.raises(SpanError, match="does not hold"):
            graph.add([elsewhere])
        graph.apply(ward())
        assert graph.add([elsewhere]).added == 1


def test_only_records_of_the_one_document_are_applied(folder: Path) -> None:
    paper = ward()
    with EvidenceGraph(folder) as graph:
        with pytest.raises(RecordError, match="hold 0 Document"):
            graph.apply(paper[1:])
        with pytest.raises(RecordError, match="hold 2 Document"):
            graph.apply([*paper, *clinic()])
        with pytest.raises(RecordError, match=r"not of ward\.txt"):
            graph.apply([*paper, clinic()[3]])
        with pytest.raises(RecordError, match="not the one that was hashed"):
            graph.apply([dataclasses.replace(paper[0], text="other"), *paper[1:]])
        with pytest.raises(RecordError, match="comes from a document"):
            graph.add(paper[1:2])
        assert graph.records() == []


def test_a_decision_is_never_changed_and_synthesis_is(folder: Path) -> None:
    finding, line, recommendation, decision = review(ward())
    with filled(folder, ward()) as graph:
        assert graph.add([finding, line, recommendation, decision]).added == 4
        with pytest.raises(RecordError, match="cannot be changed"):
            graph.add([dataclasses.replace(decision, reason="Another.")])
        new = dataclasses.replace(decision, iri=decision.iri + "0")
        with pytest.raises(RecordError, match=rf"{new.iri}: comes twice: reason is .* and 'Another\.'"):
            graph.add([new, dataclasses.replace(new, reason="Another.")])
        done = graph.add([dataclasses.replace(finding, summary="Nurses hear nothing at all.")])
        assert (done.added, done.updated) == (0, 1)
        assert {r.summary for r in graph.records(kind="ReviewFinding")} == {"Nurses hear nothing at all."}
        graph.retract("ward.txt")
        assert [type(r) for r in graph.records(kind="Decision")] == [Decision]


def test_attested_records_rebuild_the_same_store(tmp_path: Path) -> None:
    with (
        filled(tmp_path / "a", ward(doi="10.1/x"), clinic(doi="10.1/x")) as first,
        EvidenceGraph(tmp_path / "b") as then,
    ):
        first.add(review(ward(doi="10.1/x")))
        every = list(first.attested())
        for document in [r for r in every if isinstance(r, Document)]:
            then.apply(r for r in every if document.iri in (r.iri, r.document))
        then.add(r for r in every if not isinstance(r, Document) and r.document is None)
        assert then.nquads() == first.nquads()
        assert then.stamp() == first.stamp()


def test_clock_times_are_kept_beside_the_graph(folder: Path) -> None:
    with filled(folder, ward(), ward()) as graph:
        graph.retract("ward.txt")
    told = [json.loads(line) for line in (folder / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(t["action"], t["source"], t["added"], t["removed"]) for t in told] == [
        ("apply", "ward.txt", len(ward()), 0),
        ("retract", "ward.txt", 0, len(ward())),
    ]


def test_new_vocabularies_replace_the_old_ones_and_nothing_else(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with filled(folder, ward()) as graph:
        lines, stamp = graph.nquads(), graph.stamp()
    turtle = tmp_path / "levels.ttl"
    turtle.write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        '<urn:s> a skos:ConceptScheme ; skos:prefLabel "Scheme" .\n'
        '<urn:c> a skos:Concept ; skos:prefLabel "Concept" ; skos:notation "c" ; skos:inScheme <urn:s> .\n'
    )
    monkeypatch.setattr(shipped, "files", lambda: [turtle])
    with EvidenceGraph(folder) as graph:
        assert [r.iri for r in graph.concepts()] == ["urn:s", "urn:c"]
        assert graph.nquads() == lines
        assert graph.stamp() != stamp
        assert graph.cypher("MATCH (c:Concept) RETURN c.label").rows == (("Concept",),)
        assert len(graph.sparql(f"SELECT ?s {{ GRAPH <{ONTOLOGY_GRAPH}> {{ ?s ?p ?o }} }}").rows) == 6
    turtle.write_text("not turtle")
    with pytest.raises(VocabularyError, match=r"levels\.ttl"):
        EvidenceGraph(folder)


def test_shipped_vocabularies_are_records_without_fault(folder: Path) -> None:
    with EvidenceGraph(folder) as graph:
        concepts = graph.concepts()
        known = {r.iri for r in concepts}
        assert all(r.scheme in known for r in concepts if isinstance(r, Concept))
        assert all(iri in known for r in concepts if isinstance(r, Concept) for iri in (*r.broader, *r.related))


def test_a_barrier_can_be_changed_without_touching_the_rest(folder: Path) -> None:
    with filled(folder, ward()) as graph:
        before = set(graph.nquads())
        changed = [dataclasses.replace(r, level="team") if isinstance(r, Barrier) else r for r in ward()]
        done = graph.apply(changed)
        assert (done.added, done.removed, done.updated) == (0, 0, 1)
        assert len(set(graph.nquads()) - before) == len(before - set(graph.nquads())) == 1


def test_the_state_of_a_document_changes_with_what_it_attests_and_with_nothing_else(folder: Path) -> None:
    with EvidenceGraph(folder) as graph:
        graph.apply(clinic())
        (document,) = (record for record in clinic() if isinstance(record, Document))
        before = graph.state(document.iri)
        graph.apply(ward())
        assert before is not None
        assert graph.state(document.iri) == before
        graph.apply(clinic()[:-1])
        assert graph.state(document.iri) not in (None, before)
        graph.retract(document.iri)
        assert graph.state(document.iri) is None
