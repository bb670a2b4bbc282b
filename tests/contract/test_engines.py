"""The contract: both graphs hold exactly the records, and one document comes and goes without touching another."""

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.canonical import canonical, merged
from graph.cypher.engine import Change
from graph.errors import EngineUnavailable, QueryError, QueryTimeout
from graph.project import Node, Relationship, from_rows
from graph.store import EvidenceGraph
from ontology.base import Record
from ontology.errors import RecordError
from ontology.model import Assertion, Barrier, Concept, ConceptScheme, Finding, Quote, Theme
from tests.graph.samples import CLINIC, WARD, clinic, review, ward

Opener = Callable[..., EvidenceGraph]
SAME = "10.1000/one"
"""A DOI that makes both documents reports of one study."""


def state(graph: EvidenceGraph) -> tuple[dict[str, tuple[set[str], dict[str, Any]]], set[Relationship]]:
    """All that the property graph holds, in a form that does not depend on the order of labels."""
    rows = graph.engine().rows()
    return {iri: (set(n.labels), n.properties) for iri, n in rows.nodes.items()}, rows.relationships


def united(records: list[Record]) -> dict[str, Record]:
    return merged(canonical(record) for record in records)


def assert_parity(graph: EvidenceGraph, records: list[Record]) -> None:
    """Both live stores, read back, are the records."""
    wanted = united(records)
    shipped = {record.iri: record for record in graph.concepts()}
    assert {record.iri: record for record in graph.records()} == wanted
    assert merged(graph.attested()) == wanted
    assert {record.iri: record for record in from_rows(graph.engine().rows())} == wanted | shipped
    assert graph.engine().stamp() == graph.stamp()
    nodes, relationships = state(graph)
    assert graph.engine().counts() == (len(nodes), len(relationships))


@pytest.mark.parametrize("doi", [None, SAME])
def test_both_graphs_hold_the_records_that_were_applied(opened: Opener, doi: str | None) -> None:
    graph = opened()
    assert_parity(graph, [])
    done = graph.apply(ward(doi=doi))
    assert (done.changed, done.added, done.removed, done.updated) == (True, len(ward()), 0, 0)
    assert_parity(graph, ward(doi=doi))
    graph.add(review(ward(doi=doi)))
    graph.apply(clinic(doi=doi))
    assert_parity(graph, [*ward(doi=doi), *clinic(doi=doi), *review(ward(doi=doi))])


def test_two_records_of_one_name_that_differ_are_refused_and_change_nothing(opened: Opener) -> None:
    graph = opened()
    graph.apply(clinic())
    before = (graph.stamp(), state(graph))
    barrier = next(record for record in ward() if isinstance(record, Barrier))
    other = dataclasses.replace(barrier, label="Nobody writes letters")
    wanted = rf"{barrier.iri}: comes twice: label is '{barrier.label}' and 'Nobody writes letters'"
    with pytest.raises(RecordError, match=wanted):
        graph.apply([*ward(), other])
    with pytest.raises(RecordError, match=wanted):
        graph.load([[*ward(), other]])
    with pytest.raises(RecordError, match="as a Barrier and as a Theme"):
        graph.apply([*ward(), Theme(iri=barrier.iri, document=barrier.document, label="Letters", spans=barrier.spans)])
    assert (graph.stamp(), state(graph)) == before
    graph.apply([*ward(), barrier])
    assert_parity(graph, [*clinic(), *ward()])


def test_the_same_again_changes_nothing(opened: Opener, tmp_path: Path) -> None:
    graph = opened()
    graph.apply(ward())
    graph.add(review(ward()))
    before = (graph.stamp(), graph.nquads(), state(graph), (tmp_path / "store" / "log.jsonl").read_bytes())
    assert not graph.apply(reversed(ward())).changed
    assert not graph.add(review(ward())).changed
    after = (graph.stamp(), graph.nquads(), state(graph), (tmp_path / "store" / "log.jsonl").read_bytes())
    assert after == before


def test_a_new_reading_replaces_the_old_one(opened: Opener) -> None:
    kept = [r for r in ward() if not isinstance(r, Assertion)]
    changed = [
        dataclasses.replace(r, label="Letters come late", level=None, codes=("https://example.org/late",))
        if isinstance(r, Barrier)
        else r
        for r in kept
    ]
    graph = opened()
    graph.apply(ward())
    graph.engine()
    done = graph.apply(changed)
    assert (done.added, done.removed, done.updated) == (0, len(ward()) - len(kept), 1)
    assert_parity(graph, changed)
    got, lines = state(graph), graph.nquads()
    graph.close()
    fresh = opened("fresh")
    fresh.apply(changed)
    assert state(fresh) == got
    assert fresh.nquads() == lines


@pytest.mark.parametrize("doi", [None, SAME])
@pytest.mark.parametrize("first", ["ward.txt", "clinic.txt"])
def test_retracting_one_document_leaves_what_the_other_alone_gives(opened: Opener, first: str, doi: str | None) -> None:
    papers = {"ward.txt": ward(doi=doi), "clinic.txt": clinic(doi=doi)}
    other = next(name for name in papers if name != first)
    both = opened("both")
    both.engine()
    both.apply(papers[first])
    both.apply(papers[other])
    done = both.retract(first)
    assert (done.added, done.removed, done.updated) == (0, len(papers[first]), 0)
    assert_parity(both, papers[other])
    got, lines = state(both), both.nquads()
    both.close()
    alone = opened("alone")
    alone.apply(papers[other])
    assert state(alone) == got
    assert alone.nquads() == lines


def test_what_two_documents_attest_is_one_node_whichever_came_first(opened: Opener) -> None:
    graph = opened()
    graph.engine()
    graph.apply(ward(doi=SAME))
    graph.apply(clinic(doi=SAME))
    query = (
        "MATCH (s:Study) OPTIONAL MATCH (s)-[:IN_DOCUMENT]->(d:Document) "
        "RETURN s.design, s.country, count(d) AS documents"
    )
    assert graph.cypher(query).rows == ((["interviews", "qualitative study", "survey"], ["Ruritania"], 2),)
    graph.retract("clinic.txt")
    assert graph.cypher(query).rows == ((["interviews", "qualitative study"], None, 1),)


def test_decisions_survive_the_document_and_meet_it_again(opened: Opener) -> None:
    papers = ward()
    target = next(r for r in papers if isinstance(r, Finding)).iri
    graph = opened()
    graph.engine()
    graph.apply(papers)
    graph.add(review(papers))
    graph.retract("ward.txt")
    assert_parity(graph, review(papers))
    query = "MATCH (d:Decision)-[:TARGET]->(t) RETURN t.iri AS iri, t.statement AS statement, labels(t) AS labels"
    ((iri, statement, labels),) = graph.cypher(query).rows
    assert (iri, statement, set(labels)) == (target, None, {"Absent", "Entity"})
    graph.apply(papers)
    assert_parity(graph, [*papers, *review(papers)])
    ((_, statement, labels),) = graph.cypher(query).rows
    assert (statement, set(labels)) == ("Nurses hear nothing.", {"Finding", "Entity"})


def test_shortcuts_carry_their_assertion_and_rejected_ones_are_none(opened: Opener) -> None:
    graph = opened()
    graph.apply(ward())
    table = graph.cypher(
        "MATCH (q:Quote)-[r:ILLUSTRATES]->(x) MATCH (a:Assertion) WHERE a.iri = r.assertion "
        "RETURN x.label AS label, r.derived AS derived, a.status AS status"
    )
    assert table.rows == (("Late letters", True, "proposed"),)
    assert graph.cypher("MATCH (a:Assertion {status: 'rejected'}) RETURN count(*) AS n").rows == ((1,),)
    assert graph.sparql("SELECT ?l { ?q ckg:illustrates ?x . ?x skos:prefLabel ?l }").rows == (("Late letters",),)


def test_hostile_text_comes_back_as_it_was(opened: Opener) -> None:
    graph = opened()
    graph.apply(ward())
    (text,) = graph.cypher("MATCH (d:Document {source: $name}) RETURN d.text AS text", {"name": "ward.txt"}).column(
        "text"
    )
    assert text == WARD
    assert graph.cypher("MATCH (t:Theme) RETURN t.variants").rows == ((['A "hush"', "Not being told"],),)
    words = "We’re told\nnothing\\never."
    assert graph.cypher("MATCH (q:Quote {exact: $w}) RETURN q.exact", {"w": words}).rows == ((words,),)
    assert graph.cypher("MATCH (q:Quote {exact: $w}) RETURN q.exact", {"w": "x'}) DETACH DELETE q //"}).rows == ()


def test_offsets_are_code_points_of_the_stored_text(opened: Opener) -> None:
    graph = opened()
    graph.apply(ward())
    graph.apply(clinic())
    rows = graph.cypher("MATCH (q:Quote)-[:IN_DOCUMENT]->(d:Document) RETURN d.text, q.start, q.end, q.exact").rows
    assert len(rows) == 2
    assert all(text[start:end] == exact for text, start, end, exact in rows)
    assert {text for text, *_ in rows} == {WARD, CLINIC}


def test_labels_include_superclasses(opened: Opener) -> None:
    graph = opened()
    graph.apply(ward())
    assert len(graph.cypher("MATCH (f:Finding) RETURN f.iri").rows) == 2
    assert len(graph.cypher("MATCH (f:Finding) WHERE NOT f:Position RETURN f.iri").rows) == 1
    assert graph.cypher("MATCH (d:Determinant:Barrier) RETURN d.label").rows == (("Late letters",),)
    assert graph.cypher("MATCH (e:Entity) WHERE e.iri IS NULL RETURN count(e) AS n").rows == ((0,),)


def test_values_are_plain_on_every_engine(opened: Opener) -> None:
    graph = opened()
    graph.apply(ward())
    quote = next(r for r in ward() if isinstance(r, Quote))
    node = {
        "labels": ["Entity", "Quote"],
        "properties": {
            "iri": quote.iri, "exact": quote.exact, "start": quote.start, "end": quote.end,
            "quote_kind": "inline", "score": 0.9,
        },
    }  # fmt: skip
    link = next(r for r in ward() if isinstance(r, Assertion) and r.subject == quote.iri and "illus" in r.predicate)
    edge = {"type": "ILLUSTRATES", "properties": {"assertion": link.iri, "derived": True}}
    table = graph.cypher("MATCH p = (q:Quote)-[r:ILLUSTRATES]->(b:Barrier) RETURN q, r, p, {n: [q]} AS m, b.reason")
    assert table.columns == ("q", "r", "p", "m", "b.reason")
    ((got, relationship, path, nested, missing),) = table.rows
    assert (got, relationship, nested, missing) == (node, edge, {"n": [node]}, None)
    assert path["relationships"] == [edge]
    assert [n["labels"] for n in path["nodes"]] == [node["labels"], ["Barrier", "Determinant", "Entity"]]
    assert graph.cypher("MATCH (q:Quote {end: $e}) RETURN q.end", {"e": quote.end}).columns == ("q.end",)


def test_parameters_of_every_type(opened: Opener) -> None:
    graph = opened()
    graph.apply(ward())
    given = {"t": "x'\"\n", "i": 3, "f": 0.5, "b": True, "n": None, "l": ["a", "b"]}
    assert graph.cypher("RETURN $t AS t, $i AS i, $f AS f, $b AS b, $n AS n, $l AS l", given).dicts() == [given]
    barriers = graph.cypher("MATCH (b:Barrier) WHERE b.level IN $levels RETURN b.label", {"levels": ["organisation"]})
    assert barriers.rows == (("Late letters",),)


@pytest.mark.parametrize(
    "query",
    [
        "MATCH (n RETURN n",
        "CREATE (n:Entity {iri: 'x'}) RETURN n",
        "MATCH (n:Entity) SET n.label = 'x'",
        "MATCH (n:Entity) DETACH DELETE n",
        "RETURN $missing AS x",
    ],
)
def test_a_wrong_or_writing_query_is_refused_and_changes_nothing(opened: Opener, query: str) -> None:
    graph = opened()
    graph.apply(ward())
    before = state(graph)
    with pytest.raises(QueryError):
        graph.cypher(query)
    assert state(graph) == before


def test_a_query_that_takes_too_long_is_stopped(opened: Opener) -> None:
    graph = opened()
    query = "MATCH (a:Entity), (b:Entity), (c:Entity) WHERE (a.iri + b.iri + c.iri) CONTAINS '~' RETURN count(*) AS n"
    with pytest.raises(QueryTimeout):
        graph.cypher(query, timeout=0.2)
    assert graph.cypher("RETURN 1 AS n", timeout=5).rows == ((1,),)


def test_a_limit_cuts_the_rows_and_says_so(opened: Opener) -> None:
    graph = opened()
    few = graph.cypher("MATCH (c:Concept) RETURN c.iri ORDER BY c.iri", limit=3)
    assert (len(few.rows), few.truncated) == (3, True)
    assert graph.cypher("UNWIND [1, 2, 3] AS x RETURN x", limit=3).truncated is False


def test_vocabularies_are_there_as_concepts(opened: Opener) -> None:
    graph = opened()
    wanted = {r.iri for r in graph.concepts() if isinstance(r, Concept)}
    assert wanted
    assert set(graph.cypher("MATCH (c:Concept) RETURN c.iri AS iri").column("iri")) == wanted
    assert set(graph.cypher("MATCH (c:ConceptScheme) RETURN c.iri AS iri").column("iri")) == {
        r.iri for r in graph.concepts() if isinstance(r, ConceptScheme)
    }


def test_an_engine_that_missed_changes_catches_up_when_opened(opened: Opener, tmp_path: Path) -> None:
    graph = opened()
    graph.apply(ward())
    graph.engine()
    graph.close()
    with EvidenceGraph(tmp_path / "store") as other:
        other.apply(clinic())
        other.retract("ward.txt")
    assert_parity(opened(), clinic())


def test_a_failing_engine_leaves_the_change_in_the_folder(opened: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    graph = opened()
    graph.apply(ward())
    engine = graph.engine()

    def fail(*args: object) -> None:
        raise EngineUnavailable("bolt://gone", "cannot be reached")

    with monkeypatch.context() as patch:
        patch.setattr(engine, "apply", fail)
        with pytest.raises(EngineUnavailable):
            graph.apply(clinic())
    assert len(graph.documents()) == 2
    graph.close()
    assert_parity(opened(), [*ward(), *clinic()])


def test_an_engine_that_missed_a_change_gets_it_with_the_next(opened: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    graph = opened()
    graph.apply(ward())
    engine = graph.engine()

    def fail(*args: object) -> None:
        raise EngineUnavailable("bolt://gone", "cannot be reached")

    with monkeypatch.context() as patch:
        patch.setattr(engine, "apply", fail)
        with pytest.raises(EngineUnavailable):
            graph.apply(clinic())
    graph.retract("ward.txt")
    assert engine.stamp() == graph.stamp()
    assert_parity(graph, clinic())
    with monkeypatch.context() as patch:
        patch.setattr(engine, "apply", fail)
        with pytest.raises(EngineUnavailable):
            graph.apply(ward())
    assert graph.engine().stamp() == graph.stamp(), "who asks gets no answer that is behind"


def test_a_half_applied_change_is_undone(opened: Opener) -> None:
    graph = opened()
    graph.apply(ward())
    before = state(graph)
    bad = Change(
        removed=(ward()[0].iri,),
        written=(Node("urn:x", ("Role", "Entity"), {"iri": "urn:x"}),),
        relabelled=(), unlinked=(), linked=(Relationship("urn:x", "NO TYPE", "urn:x"),),
    )  # fmt: skip
    with pytest.raises((QueryError, EngineUnavailable)):
        graph.engine().apply(bad, "stamp")
    assert state(graph) == before
