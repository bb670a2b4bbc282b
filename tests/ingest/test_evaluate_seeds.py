"""What the two seed papers must give: the figures that were promised, held by a test."""

from pathlib import Path

import pytest

from ingest.evaluate import KindScore, load_gold, score
from ingest.gather import gather
from ingest.pipeline import Outcome, ingest

LEAST = {
    "Quote": 22,
    "Theme": 7,
    "StudyFact": 80,
    "Role": 21,
    "DecisionRule": 7,
    "Position": 12,
    "Barrier": 22,
    "Intervention": 16,
}


@pytest.fixture(scope="module")
def seeds(shared: Path) -> list[Outcome]:
    return list(ingest(gather([shared / "seeds"]).files))


@pytest.fixture(scope="module")
def totals(shared: Path, seeds: list[Outcome]) -> dict[str, KindScore]:
    gold = load_gold(shared / "gold" / "seeds.json")
    evaluation = score([record for outcome in seeds for record in outcome.records], gold)
    assert evaluation.unread == ()
    return {kind.kind: kind for kind in evaluation.totals}


@pytest.mark.parametrize("kind", LEAST)
def test_enough_is_found(totals: dict[str, KindScore], kind: str) -> None:
    found = totals[kind].details.get("within the first 2 x annotated", (totals[kind].found, 0))[0]
    assert found >= LEAST[kind], [miss.id for miss in totals[kind].misses]


def test_every_quote_has_its_speaker_and_none_is_false(totals: dict[str, KindScore]) -> None:
    assert totals["Quote"].details["speaker role right"] == (22, 22)
    assert totals["Quote"].wrong == 0


def test_an_abstract_is_known_from_a_full_text(seeds: list[Outcome]) -> None:
    assert [outcome.report.evidence_level for outcome in seeds if outcome.report] == ["abstract", "full text"]


def test_nothing_is_refused_for_its_place(seeds: list[Outcome]) -> None:
    for outcome in seeds:
        assert outcome.report is not None
        reasons = [one.reason for one in outcome.report.refused]
        assert not [reason for reason in reasons if "its words are" in reason or "no words in the document" in reason]
