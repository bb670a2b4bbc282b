"""Files that come while others are put away go into the store together: the same as one by one, a bad one alone out."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.papers import as_jats, paper
from commands import intake
from commands.intake import Intake
from graph.store import EvidenceGraph
from ingest.inputs import Input
from ingest.outcome import Meta
from ingest.pipeline import Limits, Outcome, Result
from ingest.stage import parse
from ontology.base import Record
from ontology.model import Document

Read = Callable[[int], Result]


@pytest.fixture(scope="module")
def read() -> Read:
    def result(number: int) -> Result:
        name = f"{number}.xml"
        parsed = parse(as_jats(paper(number, paragraphs=1)), Meta(name))
        outcomes = tuple(Outcome(Path(name), part.records, part.report, part.error) for part in parsed.parts)
        return Result(Input(Path(name)), parsed.key, outcomes)

    return result


def taken(
    store: Path, results: Iterable[Result], monkeypatch: pytest.MonkeyPatch, neo4j: str | None = None
) -> list[Outcome]:
    """Take results in as they would come from the readers, all of them while the first is put away."""

    def run(*_: object, **__: object) -> Iterator[Result]:
        yield from results

    monkeypatch.setattr(intake, "run", run)
    with Intake(store, neo4j=neo4j) as into:
        return [outcome for outcome, _ in into.take([], Limits(), None)]


def lines(store: Path) -> tuple[tuple[str, ...], str]:
    with EvidenceGraph(store, read_only=True) as graph:
        return tuple(sorted(document.source for document in graph.documents())), graph.nquads()


def spoilt(result: Result) -> Result:
    """Return the result with another text in its document: no span of it holds its words."""
    (outcome,) = result.outcomes
    records: list[Record] = [
        replace(record, text="?" * len(record.text)) if isinstance(record, Document) else record
        for record in outcome.records
    ]
    return replace(result, outcomes=(replace(outcome, records=tuple(records)),))


@pytest.mark.parametrize("most", [1, 2, 16])
def test_together_is_the_same_as_one_by_one(
    tmp_path: Path, read: Read, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "MOST", most)
    results = [read(number) for number in range(5)]
    told = taken(tmp_path / "store", results, monkeypatch)
    with EvidenceGraph(tmp_path / "singly") as graph:
        for result in results:
            graph.apply(result.outcomes[0].records)
    assert lines(tmp_path / "store") == lines(tmp_path / "singly")
    assert [str(one.path) for one in told] == [f"{number}.xml" for number in range(5)]
    assert not any(one.error or one.records for one in told)


def test_of_many_only_that_which_the_store_refuses_is_left_out(
    tmp_path: Path, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = [spoilt(read(number)) if number == 3 else read(number) for number in range(6)]
    told = taken(tmp_path / "store", results, monkeypatch)
    assert [str(one.path) for one in told] == [f"{number}.xml" for number in range(6)]
    assert [one.error is not None for one in told] == [number == 3 for number in range(6)]
    sources, _ = lines(tmp_path / "store")
    assert sources == ("0.xml", "1.xml", "2.xml", "4.xml", "5.xml")
    with Intake(tmp_path / "store") as into:
        assert len(into.quarantine) == 1


@pytest.mark.parametrize("neo4j", [None, "bolt://localhost:1"])
def test_many_that_come_at_once_are_loaded_unless_a_neo4j_would_be_compared_whole(
    tmp_path: Path, read: Read, neo4j: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    loads: list[int] = []
    load = EvidenceGraph.load

    def counted(graph: EvidenceGraph, documents: Iterable[Iterable[Record]]) -> object:
        given = list(documents)
        loads.append(len(given))
        return load(graph, given)

    monkeypatch.setattr(EvidenceGraph, "load", counted)
    monkeypatch.setattr(EvidenceGraph, "_connect", lambda *_: None)
    taken(tmp_path / "store", [read(number) for number in range(6)], monkeypatch, neo4j)
    if neo4j is None:
        assert sum(loads) >= 5, "the first may go in alone, the others came while it was put away"
    else:
        assert loads == []
    assert len(lines(tmp_path / "store")[0]) == 6
