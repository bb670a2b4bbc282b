"""The shipped questions: well-formed, with equal rows in SPARQL and Cypher."""

from collections import Counter
from collections.abc import Iterator

import pytest

from graph.allow import check_cypher, check_sparql
from graph.errors import NotFound, QueryError
from graph.questions import Question, question, questions
from graph.store import EvidenceGraph
from tests.graph.samples import clinic, ward

EVERY = pytest.mark.parametrize("asked", questions(), ids=lambda q: q.name)


def test_all_forty_are_shipped() -> None:
    assert [q.number for q in questions()] == list(range(1, 41))


@EVERY
def test_both_forms_pass_the_check_of_peoples_queries(asked: Question) -> None:
    assert check_sparql(asked.sparql) == "select"
    check_cypher(asked.cypher)


@EVERY
def test_both_forms_give_the_same_rows(asked: Question, graph: EvidenceGraph) -> None:
    values = asked.values({})
    sparql = graph.sparql(asked.sparql, values)
    cypher = graph.cypher(asked.cypher, values)
    assert sparql.columns == cypher.columns == asked.columns
    assert Counter(sparql.rows) == Counter(cypher.rows)


def test_the_rows_are_those_that_the_studies_hold(graph: EvidenceGraph) -> None:
    who = question("who-should")
    rows = graph.sparql(who.sparql, who.values({"task": "PRESCRIBE"})).dicts()
    assert {(row["answer"], row["holder"]) for row in rows} == {("The pharmacist", "nurse"), ("Doctors", "nurse")}
    gaps = question("22")
    assert graph.cypher(gaps.cypher, {}).column("level") == ["provider"]


def test_a_value_that_is_no_choice_is_refused() -> None:
    with pytest.raises(QueryError, match="use one of patient"):
        question("patient-level-barriers").values({"level": "moon"})
    with pytest.raises(QueryError, match="it takes none"):
        question("gaps").values({"x": "y"})


def test_an_unknown_question_names_close_ones() -> None:
    with pytest.raises(NotFound, match="gaps"):
        question("gap")


@pytest.fixture(scope="module")
def on_neo4j(tmp_path_factory: pytest.TempPathFactory, neo4j_uri: str) -> Iterator[EvidenceGraph]:
    with EvidenceGraph(tmp_path_factory.mktemp("questions") / "store", neo4j=neo4j_uri) as opened:
        opened.apply(ward())
        opened.apply(clinic())
        yield opened


@pytest.mark.neo4j
@EVERY
def test_neo4j_gives_the_same_rows(asked: Question, on_neo4j: EvidenceGraph) -> None:
    values = asked.values({})
    sparql, cypher = on_neo4j.sparql(asked.sparql, values), on_neo4j.cypher(asked.cypher, values)
    assert sparql.columns == cypher.columns
    assert Counter(sparql.rows) == Counter(cypher.rows)
