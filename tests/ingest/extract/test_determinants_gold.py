"""Barriers, facilitators, interventions and their links in the annotated papers that lie beside the checkout."""

import re
from pathlib import Path

import pytest

from ingest.evaluate import Evaluation, load_gold, score
from ingest.extract import extract
from ingest.readers import read
from ontology.base import Record
from ontology.model import Assertion, Document


@pytest.fixture(scope="module")
def evaluation(shared: Path) -> Evaluation:
    gold = load_gold(shared / "gold" / "seeds.json")
    records: list[Record] = []
    for path in sorted((shared / "seeds").glob("*.txt")):
        records.extend(extract(read(path.read_bytes(), path.name)).records)
    return score(records, gold)


@pytest.mark.parametrize(("kind", "least"), [("Barrier", 22), ("Intervention", 15)])
def test_enough_is_found_among_the_first_that_are_shown(evaluation: Evaluation, kind: str, least: int) -> None:
    total = next(one for one in evaluation.totals if one.kind == kind)
    assert total.details["within the first 2 x annotated"][0] >= least


def test_who_proposes_is_mostly_right(shared: Path) -> None:
    gold = [paper for path in sorted((shared / "gold" / "papers").glob("*.json")) for paper in load_gold(path)]
    path = shared / "corpus" / "text" / "PMC5530572.txt"
    found = score(extract(read(path.read_bytes(), path.name)).records, gold)
    total = next(one for one in found.totals if one.kind == "Intervention")
    right, of = total.details["proposed by agrees"]
    assert right >= 0.8 * of


def test_papers_without_qualitative_results_give_next_to_nothing(shared: Path) -> None:
    for path in sorted((shared / "corpus" / "jats-negative").glob("*.xml"))[:3]:
        words = re.sub(r"<[^>]+>", "", path.read_text(encoding="utf-8"))
        records = extract(read(words.encode(), f"{path.stem}.txt")).records
        named = [type(record).__name__ for record in records if not isinstance(record, Assertion | Document)]
        assert named.count("Barrier") + named.count("Facilitator") == 0
        assert named.count("Intervention") <= 5
