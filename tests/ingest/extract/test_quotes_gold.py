"""Roles and quotations against the annotated papers, where these lie beside the checkout."""

from pathlib import Path

import pytest

from ingest.evaluate import Evaluation, KindScore, load_gold, score
from ingest.extract.quotes import extract_quotes
from ingest.extract.roles import extract_roles
from ingest.readers import read
from ontology.base import Record
from ontology.vocabulary import load_vocabulary


def evaluate(texts: list[Path], gold: list[Path]) -> Evaluation:
    records: list[Record] = [*load_vocabulary().records()]
    for text in texts:
        found = read(text.read_bytes(), text.name)
        roles = extract_roles(found.reading, "study")
        quotes, _ = extract_quotes(found.reading, "study", roles)
        records += [found.document, *(r.record for r in roles.records), *(q.record for q in quotes)]
    return score(records, [paper for file in gold for paper in load_gold(file)])


def kind(evaluation: Evaluation, name: str) -> KindScore:
    return next(total for total in evaluation.totals if total.kind == name)


@pytest.fixture(scope="module")
def seeds(shared: Path) -> Evaluation:
    return evaluate(sorted((shared / "seeds").glob("*.txt")), [shared / "gold" / "seeds.json"])


@pytest.fixture(scope="module")
def papers(shared: Path) -> Evaluation:
    gold = sorted((shared / "gold" / "papers").glob("*.json"))
    return evaluate([shared / "corpus" / "text" / f"{file.stem}.txt" for file in gold], gold)


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
