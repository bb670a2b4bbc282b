"""People's queries run in a process that ends at the deadline, and the next query is answered all the same."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph import guard
from graph.errors import EngineUnavailable, QueryError, QueryRefused, QueryTimeout, StoreMissing
from graph.guard import QueryRunner
from graph.store import EvidenceGraph
from ontology.model import Document
from tests.graph.samples import clinic, filled

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def runner(graph: EvidenceGraph) -> Iterator[QueryRunner]:
    with QueryRunner(graph.path) as opened:
        yield opened


def test_rows_come_with_their_columns_and_the_cap_is_said(runner: QueryRunner) -> None:
    answer = runner.run("sparql", "SELECT ?s { ?s a ckg:Role } ORDER BY ?s", limit=2)
    assert answer.columns == ("s",)
    assert len(answer.rows) == 2
    assert answer.more
    assert answer.summary.startswith("first 2 rows, there are more")
    everything = runner.run("cypher", "MATCH (r:Role) RETURN r.label AS label")
    assert sorted(everything.rows) == [("nurse",), ("nurse",), ("pharmacist",)]
    assert not everything.more


def test_a_query_that_takes_too_long_is_stopped_and_the_next_one_answered(runner: QueryRunner) -> None:
    with pytest.raises(QueryTimeout, match="longer than 1 s"):
        runner.run("sparql", ENDLESS, seconds=1)
    assert runner.run("sparql", "ASK { ?s ?p ?o }").rows == ((True,),)


def test_an_endless_cypher_query_is_stopped_too(runner: QueryRunner) -> None:
    query = "MATCH (a), (b), (c), (d), (e) RETURN count(a.iri + b.iri + c.iri + d.iri + e.iri) AS n"
    with pytest.raises(QueryTimeout):
        runner.run("cypher", query, seconds=1)
    assert runner.run("cypher", "RETURN 1 AS one").rows == ((1,),)


def test_a_mistake_is_the_engines_message(runner: QueryRunner) -> None:
    with pytest.raises(QueryError, match="SPARQL query"):
        runner.run("sparql", "SELECT ?x WHERE { ?x ?p }")
    assert runner.run("sparql", "ASK {}").rows == ((True,),)


def test_writing_is_refused_before_any_process_sees_it(runner: QueryRunner, graph: EvidenceGraph) -> None:
    before = graph.stamp()
    for language, query in (("sparql", "INSERT DATA { <urn:a> <urn:b> <urn:c> }"), ("cypher", "CREATE (n:Evil)")):
        with pytest.raises(QueryRefused):
            runner.run(language, query)
    assert graph.stamp() == before


def test_a_parameter_cannot_end_its_literal(runner: QueryRunner) -> None:
    bait = 'x" } ; DROP ALL ; SELECT * { ?s ?p "\' OR true //'
    sparql = runner.run("sparql", "SELECT ?s { ?s skos:prefLabel ?l FILTER(?l = $name) }", {"name": bait})
    cypher = runner.run("cypher", "MATCH (n:Entity) WHERE n.label = $name RETURN n.iri AS iri", {"name": bait})
    assert sparql.rows == cypher.rows == ()


def test_parameters_are_plain_and_not_endless(runner: QueryRunner) -> None:
    for value in ({"a"}, object(), b"bytes"):
        with pytest.raises(QueryRefused, match="no plain values"):
            runner.run("cypher", "RETURN $x AS x", {"x": value})
    with pytest.raises(QueryRefused, match="bytes; keep them under"):
        runner.run("cypher", "RETURN $x AS x", {"x": "x" * (5 << 20)})
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(QueryRefused, match="no plain values"):
        runner.run("cypher", "RETURN $x AS x", {"x": deep})
    assert runner.run("cypher", "RETURN $x AS x", {"x": [1, {"a": None}]}).rows == (([1, {"a": None}],),)


def test_an_answer_is_capped_in_size_too(runner: QueryRunner) -> None:
    big = "UNWIND range(1, 90) AS n RETURN reduce(s = 'x', i IN range(1, 20) | s + s) AS s"
    answer = runner.run("cypher", big, seconds=30)
    assert answer.more
    assert 20 < len(answer.rows) < 40


def test_an_engine_that_breaks_down_is_said_so_and_replaced(runner: QueryRunner) -> None:
    with pytest.raises(QueryError, match="the engine ended with status"):
        runner.run("sparql", f"SELECT (1{'+1' * 40_000} AS ?x) {{}}", seconds=30)
    assert runner.run("sparql", "ASK {}").rows == ((True,),)


def test_another_thread_can_stop_a_query(graph: EvidenceGraph) -> None:
    with QueryRunner(graph.path) as runner:
        runner.run("sparql", "ASK {}")
        threading.Timer(0.5, runner.stop).start()
        with pytest.raises(QueryError, match="ended with status -9"):
            runner.run("sparql", ENDLESS, seconds=60)
        assert runner.run("sparql", "ASK {}").rows == ((True,),)


def test_a_document_is_checked_and_stopped_as_a_table_is(runner: QueryRunner) -> None:
    asked = {"media": "text/csv", "limit": 2, "seconds": 1.0}
    written = runner.document("SELECT ?l { ?s a ckg:Role ; skos:prefLabel ?l } ORDER BY ?l", **asked)
    assert (written.body, written.rows) == ("l\r\nnurse\r\nnurse\r\n", 2)
    assert written.partial.startswith("partial: the first 2 rows")
    with pytest.raises(QueryRefused, match="SERVICE"):
        runner.document("SELECT * { SERVICE <urn:x> {} }", **asked)
    with pytest.raises(QueryTimeout):
        runner.document(ENDLESS, **asked)
    with pytest.raises(QueryError, match="no graph <urn:x>"):
        runner.document("ASK {}", default=["urn:x"], **asked)


def test_the_process_sees_what_is_written_meanwhile(changing: EvidenceGraph) -> None:
    count = "MATCH (d:Document) RETURN count(d) AS n"
    with QueryRunner(changing.path) as runner:
        assert runner.run("cypher", count).rows == ((2,),)
        changing.retract(next(r.source for r in clinic() if isinstance(r, Document)))
        assert runner.run("cypher", count).rows == ((1,),)
        assert runner.run("sparql", "SELECT ?d { ?d a ckg:Document }").rows == ((changing.documents()[0].iri,),)


def test_a_store_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with QueryRunner(tmp_path / "nothing") as runner, pytest.raises(StoreMissing, match="nothing"):
        runner.run("sparql", "ASK {}")


def test_a_neo4j_that_is_not_there_is_said_so(graph: EvidenceGraph) -> None:
    with QueryRunner(graph.path, "bolt://127.0.0.1:9") as runner, pytest.raises(EngineUnavailable):
        runner.run("cypher", "RETURN 1 AS one")


def test_the_time_that_the_cypher_engine_takes_to_be_filled_is_not_the_query_s(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = list[tuple[str, float]]()
    ask = guard._Process.ask

    def watched(process: guard._Process, request: bytes, seconds: float) -> bytes | None:
        told.append((json.loads(request)["kind"], seconds))
        return ask(process, request, seconds)

    monkeypatch.setattr(guard._Process, "ask", watched)
    with filled(tmp_path / "store", clinic()), QueryRunner(tmp_path / "store") as runner:
        assert not (tmp_path / "store" / "cypher" / "graph.kgl").exists()
        assert runner.run("cypher", "MATCH (b:Barrier) RETURN b.label AS label", seconds=5).rows
        assert (tmp_path / "store" / "cypher" / "graph.kgl").exists()
    (fill, long), (query, short) = told
    assert (fill, query) == ("fill", "cypher") and short < 6 < long
