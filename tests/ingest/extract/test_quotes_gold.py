"""Roles and quotations against the annotated papers, where these lie beside the checkout."""

from pathlib import Path

import pytest

from ingest.evaluate import Evaluation
from ingest.extract.quotes.extraction import extract_quotes
from ingest.extract.roles.extraction import extract_roles
from ingest.readers import read
from ontology.base import Record
from tests.ingest.extract.golden import kind, of_papers, of_seeds


def records_of(path: Path) -> list[Record]:
    found = read(path.read_bytes(), path.name)
    roles = extract_roles(found.reading, "study")
    quotes, _ = extract_quotes(found.reading, "study", roles)
    return [found.document, *(r.record for r in roles.records), *(q.record for q in quotes)]


@pytest.fixture(scope="module")
def seeds(shared: Path) -> Evaluation:
    return of_seeds(shared, records_of)


@pytest.fixture(scope="module")
def papers(shared: Path) -> Evaluation:
    return of_papers(shared, records_of)


def test_seeds_quotes_are_exact_and_none_is_false(seeds: Evaluation) -> None:
    quotes = kind(seeds, "Quote")
    assert (quotes.found, quotes.gold, quotes.wrong) == (22, 22, 0)
    assert quotes.details["speaker role right"] == (22, 22)


def test_seeds_roles(seeds: Evaluation) -> None:
    roles = kind(seeds, "Role")
    assert roles.found >= 21, [miss.label for miss in roles.misses]
    assert roles.right >= 3 * roles.wrong


def test_papers_quotes(papers: Evaluation) -> None:
    quotes = kind(papers, "Quote")
    assert (quotes.recall or 0) >= 0.9, [miss.words for miss in quotes.misses]
    assert (quotes.precision or 0) >= 0.9, [miss.words for miss in quotes.false]
    right, told = quotes.details["speaker role right"]
    assert right >= 0.85 * told


def test_papers_roles(papers: Evaluation) -> None:
    roles = kind(papers, "Role")
    assert (roles.recall or 0) >= 0.85, [miss.label for miss in roles.misses]
    assert roles.right >= 2 * roles.wrong
