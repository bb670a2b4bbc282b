"""Study facts and claims measured against the annotated papers beside the checkout."""

from pathlib import Path

import pytest

from ingest.evaluate import KindScore, load_gold, score
from ingest.extract.claims.extraction import extract_claims
from ingest.extract.quotes.extraction import extract_quotes
from ingest.extract.roles.extraction import extract_roles
from ingest.extract.study.extraction import extract_study, study_identity
from ingest.readers import read
from ontology.base import Record

pytestmark = pytest.mark.shared


def records_of(path: Path) -> list[Record]:
    found = read(path.read_bytes(), path.name)
    study = study_identity(found)
    roles = extract_roles(found.reading, study)
    quotes, _ = extract_quotes(found.reading, study, roles)
    parts = extract_study(found.reading, found.document, study, roles, quotes)
    claims = extract_claims(found.reading, study, roles, quotes)
    located = (
        *roles.records, *parts.facts, *parts.groups, *claims.limitations, *claims.recommendations, *claims.background,
    )  # fmt: skip
    return [found.document, *(one.record for one in located)]


def scores(shared: Path, papers: list[Path], gold: list[Path]) -> dict[str, KindScore]:
    records = [record for path in papers for record in records_of(path)]
    evaluation = score(records, [paper for path in gold for paper in load_gold(path)])
    return {total.kind: total for total in evaluation.totals}


@pytest.fixture(scope="module")
def seeds(shared: Path) -> dict[str, KindScore]:
    return scores(shared, sorted((shared / "seeds").glob("*.txt")), [shared / "gold" / "seeds.json"])


@pytest.fixture(scope="module")
def papers(shared: Path) -> dict[str, KindScore]:
    gold = sorted((shared / "gold" / "papers").glob("*.json"))
    return scores(shared, [shared / "corpus" / "text" / f"{path.stem}.txt" for path in gold], gold)


@pytest.mark.parametrize(
    ("kind", "least"),
    [("StudyFact", 85), ("Limitation", 4), ("ResearchRecommendation", 3), ("BackgroundClaim", 13)],
)
def test_the_seeds_give_what_is_asked(seeds: dict[str, KindScore], kind: str, least: int) -> None:
    assert seeds[kind].found >= least


@pytest.mark.parametrize(("kind", "least"), [("StudyFact", 0.85), ("Limitation", 0.8), ("ResearchRecommendation", 0.8)])
def test_the_annotated_papers_give_what_is_asked(papers: dict[str, KindScore], kind: str, least: float) -> None:
    recall = papers[kind].recall
    assert recall is not None and recall >= least


@pytest.mark.parametrize(("kind", "least"), [("Limitation", 0.7), ("ResearchRecommendation", 0.6)])
def test_what_is_shown_is_mostly_right(papers: dict[str, KindScore], kind: str, least: float) -> None:
    precision = papers[kind].precision
    assert precision is not None and precision >= least
