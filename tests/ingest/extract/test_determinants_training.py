"""Weights learned from a paper that was written for these tests."""

import json
from pathlib import Path

import pytest

from devtools import train_ranker
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
        text[one.candidate.start : one.candidate.end][:20]: weights.chance(one.features)
        for one in papers[0].drawn.scored
    }
    marked = chances.pop("Nurses had no phones")
    assert marked > sum(chances.values()) / len(chances)
    assert marked > chances["Wards differ in size"]


def test_priors_hold_where_papers_are_silent(papers: list[train_ranker.Paper]) -> None:
    weights = train_ranker.train(papers, "Intervention")
    assert weights.of("puts: should") > 0
    assert weights.of("a feature that no paper has") == 0.0


def test_judging_counts_what_is_found_first(papers: list[train_ranker.Paper]) -> None:
    weights = train_ranker.train(papers, "Barrier")
    found, annotated, right, shown = train_ranker.judge(papers[0], "Barrier", weights)
    assert (found, annotated) == (1, 1)
    assert 1 <= right <= shown <= 10
