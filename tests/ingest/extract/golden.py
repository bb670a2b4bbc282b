"""Stages of extraction held against the annotated papers: what the tests of several stages share."""

from collections.abc import Callable
from pathlib import Path

from ingest.evaluate import Evaluation, KindScore, load_gold, score
from ontology.base import Record
from ontology.vocabulary import load_vocabulary

RecordsOf = Callable[[Path], list[Record]]


def of_seeds(shared: Path, records_of: RecordsOf) -> Evaluation:
    return _evaluate(sorted((shared / "seeds").glob("*.txt")), [shared / "gold" / "seeds.json"], records_of)


def of_papers(shared: Path, records_of: RecordsOf) -> Evaluation:
    gold = sorted((shared / "gold" / "papers").glob("*.json"))
    return _evaluate([shared / "corpus" / "text" / f"{file.stem}.txt" for file in gold], gold, records_of)


def kind(evaluation: Evaluation, name: str) -> KindScore:
    return next(total for total in evaluation.totals if total.kind == name)


def _evaluate(texts: list[Path], gold: list[Path], records_of: RecordsOf) -> Evaluation:
    records: list[Record] = [*load_vocabulary().records()]
    for text in texts:
        records += records_of(text)
    return score(records, [paper for file in gold for paper in load_gold(file)])
