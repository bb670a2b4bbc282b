"""Weights learned from a paper that was written for these tests."""

import json
from pathlib import Path

import pytest

from devtools import train_ranker
from devtools.ranker_fit import line
from devtools.ranker_page import Held, page
from ingest.extract.scoring import Weights, weights
from ontology.identity import sha256_of

TEXT = """Sharing the care of people with gout

ABSTRACT

METHODS: We held qualitative interviews with nurses.
RESULTS: Nurses described a lack of phones.

RESULTS

Nurses had no phones on the ward and could not call anybody back. One said:

“I have to run down to the desk and then nobody is there when I call the practice.” (Nurse 1)

Nurses appreciated calls from practices in the morning. Wards differ in size and in the number of beds they have.

DISCUSSION

Wards should give every nurse a phone. Lack of phones was a barrier to shared care.
"""


@pytest.fixture
def papers(tmp_path: Path) -> list[train_ranker.Paper]:
    words = {"Barrier": "Nurses had no phones on the ward", "Intervention": "Wards should give every nurse a phone"}
    items = [
        {"id": kind, "type": kind.lower(), "text": text, "start": TEXT.index(text), "end": TEXT.index(text) + len(text)}
        for kind, text in words.items()
    ]
    gold = {"key": "gout", "file": "gout.xml", "flat_sha256": sha256_of(TEXT), "items": items}
    (tmp_path / "gold.json").write_text(json.dumps(gold), encoding="utf-8")
    (tmp_path / "gout.txt").write_text(TEXT, encoding="utf-8")
    return train_ranker.load([tmp_path / "gold.json"], [tmp_path / "gout.txt"])


def test_marked_statements_stand_out(papers: list[train_ranker.Paper]) -> None:
    weights = train_ranker.train(papers, "Barrier")
    text = papers[0].drawn.around.reading.text
    chances = {
        text[one.candidate.start : one.candidate.end][:20]: weights.chance(weights.total(one.features))
        for one in papers[0].drawn.scored
    }
    marked = chances.pop("Nurses had no phones")
    assert marked > sum(chances.values()) / len(chances)
    assert marked > chances["Wards differ in size"]


def test_priors_hold_where_papers_are_silent(papers: list[train_ranker.Paper]) -> None:
    weights = train_ranker.train(papers, "Intervention")
    assert weights.of("puts: should") > 0
    assert weights.of("puts: asks research") == -2.0
    assert weights.of("a feature that no paper has") == 0.0


def test_judging_counts_what_is_found_first(papers: list[train_ranker.Paper]) -> None:
    weights = train_ranker.train(papers, "Barrier")
    held = train_ranker.judge(papers[0], "Barrier", weights).count()
    assert (held["early"], held["firm"]) == (1, 1)
    assert 1 <= held["right10"] <= held["told10"] <= 10


def test_a_line_over_sums_makes_them_chances() -> None:
    slope, offset = line([-1.0, 0.0, 1.0, 2.0] * 100, [0.0, 0.0, 0.0, 1.0] * 100, [1.0] * 400)
    weights = Weights({"a": 1.0}, slope, offset)
    assert weights.total({"a": 2.0, "unseen": 1.0}) == 2 * weights.total({"a": 1.0})
    assert weights.chance(weights.total({"a": 2.0})) > 0.5 > weights.chance(weights.total({"a": 1.0}))


def test_few_sums_hardly_move_the_line() -> None:
    slope, offset = line([-1.0, 1.0], [1.0, 0.0], [1.0, 1.0])
    assert abs(slope - 1) < 1
    assert abs(offset) < 0.5


def test_the_page_tells_found_right_and_how_scores_fare() -> None:
    firm = frozenset({"B1", "B2"})
    found = (frozenset({"B1"}), frozenset(), frozenset({"doubted"}), frozenset({"B2"}))
    held = Held("gout", "text", 2, firm, (0.9, 0.6, 0.5, 0.2), found)
    assert list(held.outcomes()) == [(0.9, 1.0), (0.6, 0.0), (0.2, 1.0)]
    lines = list(page([("Barrier", [held], [held])], {"Barrier": 0.15}))
    assert "| gout | text | 2 of 2 (1.00) | 2 of 3 (0.67) | 2 of 2 (1.00) | 2 of 3 (0.67) |" in lines
    assert "| 0.80 to 1.00 | 1 | 0.90 | 1.00 |" in lines
    assert any(line.startswith("Brier score 0.337") for line in lines)


def test_training_again_gives_the_same_weights(papers: list[train_ranker.Paper]) -> None:
    first, again = (train_ranker.train(papers, "Facilitator") for _ in range(2))
    assert first == again


def test_the_shipped_weights_are_calibrated_and_readable() -> None:
    for kind in train_ranker.KINDS:
        shipped = weights(kind)
        assert 0.3 < shipped.slope < 3
        assert len(shipped.by_feature) > 100
        assert json.loads(json.dumps(shipped.stored()))["features"] == dict(shipped.by_feature)
