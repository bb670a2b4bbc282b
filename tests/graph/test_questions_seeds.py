"""The forty questions on the annotated seeds, in both languages, against what the annotators' list gives."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.questions import Question, question, questions
from graph.store import EvidenceGraph
from tests.graph.gold import Seeds, review_of

Opened = tuple[EvidenceGraph, Seeds]

EVERY = pytest.mark.parametrize("asked", questions(), ids=lambda q: q.name)


def _filled(folder: Path, shared: Path, neo4j: str | None = None) -> Iterator[Opened]:
    seeds = Seeds(shared / "gold" / "seeds.json", shared / "seeds")
    with EvidenceGraph(folder, neo4j=neo4j) as graph:
        for document in seeds.documents:
            graph.apply(document)
        graph.add(review_of(seeds))
        yield graph, seeds


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Iterator[Opened]:
    yield from _filled(tmp_path_factory.mktemp("seeds") / "store", shared)


@pytest.fixture(scope="module")
def on_neo4j(tmp_path_factory: pytest.TempPathFactory, shared: Path, neo4j_uri: str) -> Iterator[Opened]:
    yield from _filled(tmp_path_factory.mktemp("seeds-neo4j") / "store", shared, neo4j_uri)


def _values(asked: Question) -> list[dict[str, str]]:
    """The defaults, and each parameter wide open or at each of its choices."""
    found = [asked.values({})]
    for parameter in asked.parameters:
        found += [asked.values({parameter.name: value}) for value in parameter.choices or ("",)]
    return found


@EVERY
def test_both_languages_agree(asked: Question, opened: Opened) -> None:
    for values in _values(asked):
        sparql, cypher = opened[0].sparql(asked.sparql, values), opened[0].cypher(asked.cypher, values)
        assert sparql.columns == cypher.columns == asked.columns
        assert Counter(sparql.rows) == Counter(cypher.rows)


@pytest.mark.neo4j
@EVERY
def test_neo4j_agrees(asked: Question, on_neo4j: Opened) -> None:
    for values in _values(asked):
        sparql, cypher = on_neo4j[0].sparql(asked.sparql, values), on_neo4j[0].cypher(asked.cypher, values)
        assert Counter(sparql.rows) == Counter(cypher.rows)


KNOWN: dict[int, tuple[str, dict[str, str], str]] = {
    1: ("barrier", {"role_words": "oncologist"}, "A-B2 A-B3 A-B4 A-B5 A-B6 B-B11"),
    2: ("barrier", {}, "A-B1 B-B21"),
    4: ("barrier", {}, "A-B2 A-B3 A-B4 A-B5"),
    5: ("barrier", {}, "B-B8 B-B14"),
    7: ("barrier", {}, "B-B3 B-B4"),
    8: ("barrier", {}, "A-B4 A-B5 B-B7 B-B10 B-B14 B-B17 B-B18 B-B20"),
    10: ("claim", {}, "B-BG5 B-BG6 B-BG7 B-BG8 B-BG9 B-BG10 B-BG11 B-BG12 B-BG13 B-BG14 B-BG15"),
    11: ("barrier", {}, "B-B2 B-B9 B-B18"),
    13: ("disagreement", {}, "B-D1 B-D2 B-D3 B-D4 B-D5"),
    16: ("rule", {}, "B-RT1 B-RT2 B-RT3 B-RT4 B-RT5 B-RT6 B-RT7"),
    18: ("circumstance", {}, "B-MP1 B-MP2 B-MP3 B-MP4"),
    20: ("position", {}, "A-P1"),
    22: ("barrier", {}, "A-B1 A-B6 B-B2 B-B5 B-B6 B-B14 B-B17 B-B21"),
    23: ("intervention", {}, "B-I14 B-I15 B-I16 B-I17 B-I18"),
    24: ("intervention", {}, "B-I12 B-I13 B-I19"),
    28: ("recommendation", {}, "B-RR1 B-RR2 B-RR3"),
    30: ("finding", {}, "B-F1.4 B-F2.3 B-F3.3 B-F4.4"),
}
"""Number of a question to the column that names things, parameters, and the annotators' identifiers."""


@pytest.mark.parametrize("number", KNOWN)
def test_the_answer_is_the_one_that_is_known(number: int, opened: Opened) -> None:
    graph, seeds = opened
    column, given, expected = KNOWN[number]
    asked = question(str(number))
    found = graph.sparql(asked.sparql, asked.values(given)).column(column)
    assert seeds.named(*found) >= set(expected.split())
    if number != 30:
        assert seeds.named(*found) == set(expected.split())


def test_every_position_on_prescribing_has_its_holder_and_quote(opened: Opened) -> None:
    graph, seeds = opened
    who = question("15")
    rows = graph.sparql(who.sparql, who.values({"task": "who should prescribe"})).dicts()
    assert len(seeds.named(*(row["position"] for row in rows))) == 14
    assert all(row["holder"] for row in rows)


def test_role_ambiguity_is_addressed_by_six_interventions(opened: Opened) -> None:
    graph, seeds = opened
    asked = question("21")
    found = graph.sparql(asked.sparql, asked.values({"words": "role ambiguity"})).column("intervention")
    assert seeds.named(*found) == {"B-I1", "B-I4", "B-I5", "B-I13", "B-I15", "B-I18"}


def test_findings_without_a_quote_are_counted(opened: Opened) -> None:
    graph, seeds = opened
    asked = question("29")
    named = seeds.named(*graph.sparql(asked.sparql, asked.values({"quotes_beneath": "0"})).column("finding"))
    assert Counter(name[0] for name in named) == {"A": 10, "B": 14}


def test_what_roles_agree_on_holds_the_two_agreements(opened: Opened) -> None:
    graph, seeds = opened
    named = seeds.named(*graph.sparql(question("14").sparql, {}).column("finding"))
    assert {"B-F5.1", "B-F5.2"} <= named


def test_what_reviewers_add_is_found_below_and_above(opened: Opened) -> None:
    graph, seeds = opened

    def rows(number: int, **given: str) -> list[dict[str, object]]:
        asked = question(str(number))
        return graph.sparql(asked.sparql, asked.values(given)).dicts()

    assert {row["wording"] for row in rows(34)} == {"Share the decision to refer."}
    assert {row["wording"] for row in rows(34, left_out="full text")} == {"Agree on roles."}
    assert seeds.named(*(row["evidence"] for row in rows(32))) == {"B-F1.4"}
    assert Counter(row["summary"] for row in rows(35)) == {
        "Roles have to be agreed on.": 3,
        "Oncologists decide when to refer.": 4,
    }
    beneath = rows(37)
    assert seeds.named(*(row["quote"] for row in beneath)) == {"B-Q1", "B-Q4"}
    assert all(row["in_source"] for row in beneath)
    assert {row["field"] for row in rows(31)} >= {"title", "evidence level", "quote"}
    assert {row["role"] for row in rows(33) if row["wording"] == "Agree on roles."} >= {"patient", "pharmacist"}
