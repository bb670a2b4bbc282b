"""`carekg query`: both languages, shipped questions, what is refused."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.runner import SAMPLE, run, told

SPARQL = "SELECT ?label { ?b a ckg:Barrier ; skos:prefLabel ?label } ORDER BY ?label"
CYPHER = "MATCH (b:Barrier) RETURN b.label AS label ORDER BY label"


def test_both_languages_give_the_same_rows(store: Path) -> None:
    one, other = (told("query", *query, store=store) for query in (("--sparql", SPARQL), ("--cypher", CYPHER)))
    assert one["columns"] == other["columns"] == ["label"]
    assert sorted(row["label"] for row in one["rows"]) == sorted(row["label"] for row in other["rows"])
    assert one["rows"]


def test_a_query_may_stand_in_a_file(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "barriers.rq"
    path.write_text(SPARQL, encoding="utf-8")
    assert (
        told("query", "--sparql", path, store=store)["rows"] == told("query", "--sparql", SPARQL, store=store)["rows"]
    )
    result = run("query", "--sparql", tmp_path / "none.rq", store=store)
    assert result.exit_code == 1
    assert "none.rq: does not exist" in result.stderr


def test_rows_as_csv_and_as_a_table(store: Path) -> None:
    rows = told("query", "--sparql", SPARQL, store=store)["rows"]
    table = run("query", "--sparql", SPARQL, store=store).stdout
    assert all(row["label"] in table for row in rows)
    result = run("query", "--sparql", SPARQL, "--format", "csv", store=store)
    assert result.stdout.splitlines()[0] == "label"
    assert len(result.stdout.splitlines()) == len(rows) + 1


def test_rows_are_capped_and_it_is_told(store: Path) -> None:
    answer = told("query", "--sparql", SPARQL, "--limit", 1, store=store)
    assert (len(answer["rows"]), answer["more"]) == (1, True)
    assert "there are more" in run("query", "--sparql", SPARQL, "--limit", 1, store=store).stdout


def test_parameters_are_typed_and_checked(store: Path) -> None:
    query = "RETURN $a AS a, $b AS b, $c AS c"
    answer = told("query", "--cypher", query, "--param", "a=3", "--param", "b=x=y", "--param", "c=true", store=store)
    assert answer["rows"] == [{"a": 3, "b": "x=y", "c": True}]
    assert run("query", "--cypher", query, "--param", "a", store=store).exit_code == 2


def test_every_shipped_question_can_be_asked_in_both_languages(store: Path) -> None:
    questions = told("query", "--questions", store=store)
    assert sorted(question["number"] for question in questions) == list(range(1, 41))
    for question in questions:
        one = told("query", "--question", question["name"], store=store)
        other = told("query", "--question", question["number"], "--in-cypher", store=store)
        assert one["columns"] == other["columns"]
        assert bag(one["rows"]) == bag(other["rows"])
        assert question["name"] in run("query", "--questions").stdout


def bag(rows: list[dict[str, Any]]) -> list[str]:
    return sorted(json.dumps(row, sort_keys=True) for row in rows)


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--sparql", "ASK {}", "--cypher", "RETURN 1"),
        ("--question", "who-shoud"),
        ("--question", "who-should", "--param", "nonsense=1"),
        ("--sparql", "ASK {}", "--format", "xml"),
        ("--sparql", "ASK {}", "--limit", "0"),
    ],
)
def test_wrong_use_of_query(store: Path, arguments: tuple[str, ...]) -> None:
    result = run("query", *arguments, store=store)
    assert (result.exit_code, result.stdout) == (2, "")


@pytest.mark.parametrize(
    "arguments",
    [
        ("--sparql", "SELECT nonsense"),
        ("--cypher", "MATCH (n RETURN n"),
        ("--sparql", "DELETE WHERE { ?s ?p ?o }"),
        ("--cypher", "MATCH (n) DETACH DELETE n"),
        ("--cypher", "LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row"),
        ("--sparql", "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }"),
    ],
)
def test_a_query_that_is_wrong_or_does_more_than_read_is_refused_in_one_line(
    store: Path, arguments: tuple[str, ...]
) -> None:
    before = told("status", store=store)
    result = run("query", *arguments, store=store)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1)
    assert result.stderr.startswith("carekg: ")
    assert told("status", store=store) == before


@pytest.mark.neo4j
def test_neo4j_is_kept_in_step_and_can_be_asked(neo4j_uri: str, tmp_path: Path) -> None:
    path = tmp_path / "store"
    assert run("ingest", SAMPLE[0], SAMPLE[1], "--neo4j", neo4j_uri, store=path).exit_code == 0
    counting = "MATCH (r:Role)-[:IN_DOCUMENT]->(d:Document) RETURN d.source AS source, count(r) AS n ORDER BY source"
    there = told("query", "--cypher", counting, "--neo4j", neo4j_uri, store=path)["rows"]
    assert there == told("query", "--cypher", counting, store=path)["rows"]
    assert [row["source"] for row in there] == [SAMPLE[0].name, SAMPLE[1].name]
    assert run("retract", SAMPLE[0].name, "--neo4j", neo4j_uri, store=path).exit_code == 0
    left = told("query", "--cypher", counting, "--neo4j", neo4j_uri, store=path)["rows"]
    assert left == there[1:]
    assert run("query", "--sparql", SPARQL, "--neo4j", neo4j_uri, store=path).exit_code == 2


def test_questions_lists_asks_and_compares(store: Path) -> None:
    listed = run("questions", store=store)
    assert listed.exit_code == 0
    assert "who-should" in listed.stdout
    asked = told("questions", "gaps", store=store)
    assert asked == told("query", "--question", "gaps", store=store) | {"seconds": asked["seconds"]}
    compared = run("questions", "--compare", "--json", store=store)
    assert compared.exit_code == 0
    rows = json.loads(compared.stdout)
    assert len(rows) == 40
    assert any(row["SPARQL rows"] for row in rows)


def test_an_unknown_question_is_refused(store: Path) -> None:
    result = run("questions", "gapps", store=store)
    assert result.exit_code == 2
    assert "gaps" in result.stderr
