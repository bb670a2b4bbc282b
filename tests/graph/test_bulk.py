"""Many documents at once: the same store as one by one, and nothing by halves."""

import gc
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from benchmarks.graphs import studies
from graph import bulk, rdf
from graph.bulk import stream
from graph.errors import StoreError, StoreReadOnly
from graph.manifest import GraphState, Manifest
from graph.parity import compare
from graph.store import EvidenceGraph
from graph.views import fulltext, keep
from ontology.base import Record
from ontology.errors import SpanError
from ontology.model import Document
from tests.graph.samples import clinic, ward

ROOT = Path(__file__).resolve().parents[2]
LOADER = """
import sys
from benchmarks.graphs import studies
from graph.store import EvidenceGraph
with EvidenceGraph(sys.argv[1]) as graph:
    for part in range(100):
        graph.load(studies(20, part, filler=1))
        print(part, flush=True)
"""


def papers(count: int = 5) -> list[list[Record]]:
    return list(studies(count, filler=2))


def name(records: list[Record]) -> str:
    return next(record.source for record in records if isinstance(record, Document))


def misquoted(records: list[Record]) -> list[Record]:
    """Return the records with a theme that has words which its document does not hold."""
    at = next(at for at, record in enumerate(records) if type(record).__name__ == "Theme")
    spans = (replace(records[at].spans[0], exact="never said"),)
    return [*records[:at], replace(records[at], spans=spans), *records[at + 1 :]]


def content(graph: EvidenceGraph) -> tuple[object, ...]:
    shelf = graph.views()
    found = fulltext.search(shelf, "nurse")
    return (
        graph.stamp(),
        graph.nquads(),
        graph.counts(),
        keep.matrix(shelf, "Barrier", "level", "role"),
        [(hit.iri, hit.rank) for hit in found.hits],
        found.facets,
        sorted(graph.cypher("MATCH (n:Entity) RETURN n.iri, labels(n)").rows),
    )


@pytest.mark.parametrize("size", [1, 2, 100])
def test_it_makes_the_store_that_one_by_one_makes(tmp_path: Path, size: int) -> None:
    given = [*papers(), ward(), clinic()]
    with EvidenceGraph(tmp_path / "one") as one, EvidenceGraph(tmp_path / "many") as many:
        added = sum(one.apply(records).added for records in given)
        told = many.load(iter(given), size=size)
        assert (told.changed, told.added, told.removed, told.updated) == (True, added, 0, 0)
        assert content(many) == content(one)
        assert list(compare(many.snapshot(), {"engine": many.engine()})) == []
        assert not many.load(given).changed
    with EvidenceGraph(tmp_path / "many", read_only=True) as reader:
        assert len(reader.documents()) == len(given)


def test_what_is_there_is_passed_over_or_replaced(tmp_path: Path) -> None:
    first, second, third = papers(3)
    fewer = [record for record in first if type(record).__name__ != "Quote"]
    fewer = [r for r in fewer if type(r).__name__ != "Assertion"]
    with EvidenceGraph(tmp_path / "one") as one, EvidenceGraph(tmp_path / "many") as many:
        for graph in (one, many):
            graph.apply(first)
            graph.engine()
        one.apply(second)
        one.apply(fewer)
        one.apply(third)
        done = many.load([second, fewer, second, third])
        assert done.removed == len(first) - len(fewer)
        assert content(many) == content(one)


def test_a_document_that_breaks_a_rule_ends_it_and_those_before_are_there(tmp_path: Path) -> None:
    first, second, third = papers(3)
    with EvidenceGraph(tmp_path / "one") as one, EvidenceGraph(tmp_path / "many") as many:
        one.apply(first)
        with pytest.raises(SpanError, match="never said"):
            many.load([first, misquoted(second), third])
        assert content(many) == content(one)


def test_who_keeps_the_error_does_not_keep_the_store_open(tmp_path: Path) -> None:
    first, second = papers(2)
    gc.disable()
    try:
        with EvidenceGraph(tmp_path / "store") as graph, pytest.raises(SpanError) as kept:
            graph.load([first, misquoted(second)])
        with EvidenceGraph(tmp_path / "store") as graph:
            assert len(graph.documents()) == 1, kept
    finally:
        gc.enable()


def test_the_log_says_which_documents_came_together(tmp_path: Path) -> None:
    first, second = papers(2)
    with EvidenceGraph(tmp_path / "store") as graph:
        graph.load([first, second])
    (told,) = map(json.loads, (tmp_path / "store" / "log.jsonl").read_text(encoding="utf-8").splitlines())
    assert (told["action"], told["sources"]) == ("load", [name(first), name(second)])


def test_an_error_of_who_gives_the_documents_takes_back_what_readers_did_not_see(tmp_path: Path) -> None:
    def broken() -> Iterator[list[Record]]:
        yield from papers(2)
        raise KeyboardInterrupt

    with EvidenceGraph(tmp_path / "store") as graph:
        graph.apply(ward())
        before = content(graph)
        with pytest.raises(KeyboardInterrupt):
            graph.load(broken())
        with pytest.raises(StoreError, match="open it again"):
            graph.counts()
    with EvidenceGraph(tmp_path / "store") as graph:
        assert content(graph) == before
        graph.load(papers(2))
        assert len(graph.documents()) == 3


def test_a_disk_that_is_full_is_said_and_the_store_is_as_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full:
        def bulk_load(self, path: str, **more: object) -> None:
            raise OSError(28, "No space left on device")

    with EvidenceGraph(tmp_path / "store") as graph:
        graph.apply(ward())
        before = graph.stamp()
        monkeypatch.setattr("graph.bulk.stream", lambda store, parts: stream(Full(), parts))
        with pytest.raises(StoreError, match="No space left"):
            graph.load(papers(40))
    gc.collect()
    with EvidenceGraph(tmp_path / "store") as graph:
        assert graph.stamp() == before


def test_a_reader_cannot_load(tmp_path: Path) -> None:
    EvidenceGraph(tmp_path / "store").close()
    with EvidenceGraph(tmp_path / "store", read_only=True) as reader, pytest.raises(StoreReadOnly):
        reader.load(papers(1))


@pytest.mark.parametrize("wait", [0.0, 0.05, 0.2])
def test_a_process_that_is_killed_leaves_whole_documents_and_all_that_it_told_of(tmp_path: Path, wait: float) -> None:
    folder = tmp_path / "store"
    process = subprocess.Popen([sys.executable, "-c", LOADER, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    told = int(process.stdout.readline())
    time.sleep(wait)
    os.kill(process.pid, signal.SIGKILL)
    told = int((process.stdout.read().splitlines() or [told])[-1])
    process.wait(60)
    with EvidenceGraph(folder) as graph:
        assert list(compare(graph.snapshot(), {"engine": graph.engine()})) == []
        assert len(graph.documents()) in (20 * (told + 1), 20 * (told + 2))
        graph.load(studies(20, 100, filler=1))
        assert list(compare(graph.snapshot(), {})) == []


def test_the_stamp_of_a_manifest_does_not_tell_how_it_came_about() -> None:
    graphs = {f"urn:{name}": GraphState(f"{number:064x}", number) for number, name in enumerate("abcdef")}
    grown = Manifest({})
    for name, state in reversed(graphs.items()):
        grown = grown.with_graph(name, GraphState("0" * 64, 1)).with_graph(name, state)
    assert grown.graphs == graphs
    assert grown.stamp == Manifest(graphs).stamp == Manifest.loads(grown.dumps()).stamp
    assert grown.with_graph("urn:a", None).stamp != grown.stamp


def test_lines_that_nobody_reads_block_nobody() -> None:
    with pytest.raises(SyntaxError):
        stream(ox.Store(), (b"this is no N-Quads\n" * 1000 for _ in range(1000)))


def test_pieces_are_loaded_at_once_and_nothing_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "PIECE", 400)
    monkeypatch.setattr(bulk, "SMALL", 10)
    together, given = threading.Barrier(bulk.AT_ONCE), list[bytes]()

    class Slow:
        def bulk_load(self, piece: bytes, **more: object) -> None:
            given.append(piece)
            if len(given) <= bulk.AT_ONCE:
                together.wait(30)

    parts = [b"%03d" % number * 5 for number in range(150)]
    stream(Slow(), iter(parts))  # type: ignore[arg-type]
    assert sorted(b"".join(sorted(given))) == sorted(b"".join(parts))
    assert max(map(len, given)) < 400 + len(parts[0])


@pytest.mark.parametrize(("count", "sizes"), [(0, []), (5, [50]), (9, [50, 40])])
def test_what_is_left_is_shared_where_it_is_much(count: int, sizes: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "SMALL", 40)
    given = list[int]()

    class Sizes:
        def bulk_load(self, piece: bytes, **more: object) -> None:
            given.append(len(piece))

    stream(Sizes(), [b"0123456789"] * count)  # type: ignore[arg-type]
    assert sorted(given, reverse=True) == sizes


def test_lines_that_come_twice_are_of_one_state() -> None:
    twice, once = ["b\n", "a\n", "b\n"], ["a\n", "b\n"]
    assert rdf.state_of(twice) == rdf.state_of(once)
    assert rdf.text_of(twice) == (b"a\nb\n", rdf.state_of(once)[1])
