"""Themes, findings and what follows from them against the annotated papers, where these lie beside the checkout."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from ingest.evaluate import Evaluation
from ingest.extract.findings import extract_findings
from ingest.extract.quotes.extraction import extract_quotes
from ingest.extract.roles.extraction import extract_roles
from ingest.extract.themes.extraction import extract_themes
from ingest.readers import read
from ontology.base import Record
from tests.ingest.extract.golden import kind, of_papers, of_seeds


def records_of(path: Path) -> list[Record]:
    found = read(path.read_bytes(), path.name)
    roles = extract_roles(found.reading, "study")
    quotes, _ = extract_quotes(found.reading, "study", roles)
    themes = extract_themes(found.reading, "study", quotes)
    parts = extract_findings(found.reading, "study", roles, quotes, themes)
    made = [*roles.records, *quotes, *themes, *parts.findings, *parts.positions, *parts.rules, *parts.circumstances]
    return [found.document, *(one.record for one in made), *(one.record for one in parts.disagreements)]


@pytest.fixture(scope="module")
def seeds(shared: Path) -> Evaluation:
    return of_seeds(shared, records_of)


@pytest.fixture(scope="module")
def papers(shared: Path) -> Evaluation:
    return of_papers(shared, records_of)


@pytest.mark.parametrize(
    ("name", "least"),
    [("Theme", 7), ("Finding", 38), ("Position", 14), ("DecisionRule", 7), ("Circumstance", 4), ("Disagreement", 5)],
)
def test_what_is_found_in_the_seeds(seeds: Evaluation, name: str, least: int) -> None:
    assert kind(seeds, name).found >= least


@pytest.mark.parametrize(("name", "most"), [("Theme", 0), ("Position", 3), ("DecisionRule", 0), ("Circumstance", 0)])
def test_little_else_is_found_in_the_seeds(seeds: Evaluation, name: str, most: int) -> None:
    assert kind(seeds, name).wrong <= most


def test_themes_of_six_papers(papers: Evaluation) -> None:
    themes = kind(papers, "Theme")
    assert themes.recall is not None and themes.recall >= 0.95
    assert themes.precision is not None and themes.precision >= 0.95


def test_papers_that_report_no_qualitative_results_give_nothing(shared: Path, tmp_path: Path) -> None:
    for path in sorted((shared / "corpus" / "jats-negative").glob("*.xml"))[:6]:
        text = tmp_path / f"{path.stem}.txt"
        text.write_text("".join(ET.parse(path).getroot().itertext()), encoding="utf-8")  # noqa: S314 - our own copy
        kinds = {type(record).__name__ for record in records_of(text)}
        assert not kinds & {"Theme", "Finding", "Position", "DecisionRule", "Circumstance", "Disagreement"}, path.name
