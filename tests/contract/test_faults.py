"""Readers beside a writer, and writers that are killed: on every engine, what was acknowledged is there and whole."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from graph.parity import compare
from graph.project import to_rows
from graph.store import EvidenceGraph
from tests.contract.test_engines import Opener
from tests.graph.samples import clinic, review, ward

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "tests" / "graph" / "samples.py"
WRITER = """
import runpy, sys
from graph.store import EvidenceGraph
clinic, ward = (runpy.run_path(sys.argv[3])[name] for name in ("clinic", "ward"))
with EvidenceGraph(sys.argv[1], neo4j=sys.argv[2] or None) as graph:
    graph.engine()
    for number in range(10_000):
        text = f"The end, {number}."
        graph.apply(clinic(end=text))
        graph.apply(ward(doi="10.1000/one" if number % 2 else None))
        print(number, flush=True)
        if number % 3 == 2:
            graph.retract(clinic(end=text)[0].iri)
"""


def differences(graph: EvidenceGraph) -> list[object]:
    """What parity finds between the folder and the engine."""
    return list(compare(graph.snapshot(), {"engine": graph.engine()}))


def test_readers_see_whole_states_beside_a_writer(opened: Opener, uri: str | None, tmp_path: Path) -> None:
    """Neo4j reads what is committed, row by row: there a query may see a document go; else states are whole."""
    writer = opened()
    writer.engine()
    writer.apply(ward())
    states = ({"ward.txt"}, {"ward.txt", "clinic.txt"})
    wrong: list[object] = []
    stop = threading.Event()

    def read() -> None:
        try:
            with EvidenceGraph(tmp_path / "store", read_only=True, neo4j=uri) as reader:
                while not stop.is_set():
                    query = "MATCH (d:Document) OPTIONAL MATCH (d)<-[:IN_DOCUMENT]-(q:Quote) RETURN d.source, count(q)"
                    rows = reader.cypher(query).rows
                    named = {document.source for document in reader.documents()}
                    whole = {name for name, _ in rows} in states and {n for _, n in rows} == {1}
                    if named not in states or ("ward.txt", 1) not in rows or not (whole or uri):
                        wrong.append((named, rows))
        except Exception as error:
            wrong.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for _ in range(5):
        writer.apply(clinic())
        writer.retract("clinic.txt")
    stop.set()
    for reader in readers:
        reader.join(60)
    assert wrong == []
    assert differences(writer) == []


@pytest.mark.parametrize("wait", [0.0, 0.03])
def test_a_writer_that_is_killed_leaves_nothing_torn(
    opened: Opener, uri: str | None, tmp_path: Path, wait: float
) -> None:
    folder = tmp_path / "store"
    command = [sys.executable, "-c", WRITER, str(folder), uri or "", str(SAMPLES)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    acknowledged = [process.stdout.readline().strip() for _ in range(3)][-1]
    time.sleep(wait)
    os.kill(process.pid, signal.SIGKILL)
    acknowledged = (process.stdout.read().splitlines() or [acknowledged])[-1]
    process.wait(60)
    graph = opened()
    assert differences(graph) == []
    sources = [document.iri for document in graph.documents()]
    assert ward()[0].iri in sources
    kept = [number for number in range(int(acknowledged) + 1) if number % 3 != 2]
    assert {clinic(end=f"The end, {number}.")[0].iri for number in kept} <= set(sources)
    graph.add(review(ward()))
    assert differences(graph) == []
    with EvidenceGraph(folder, read_only=True) as reader:
        assert reader.stamp() == graph.stamp()


def test_an_engine_that_was_filled_by_halves_is_filled_again(
    opened: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = opened()
    graph.apply(ward())
    stamp = graph.engine().stamp()
    done = 0

    def cut(*given: object, **more: object) -> object:
        nonlocal done
        for text, params in whole(*given, **more):
            done += 1
            if done > 3:
                raise KeyboardInterrupt
            yield text, params

    engine = graph.engine()
    module = sys.modules[type(engine).__module__]
    name = "filling" if hasattr(module, "filling") else "statements"
    whole = getattr(module, name)
    with monkeypatch.context() as patch:
        patch.setattr(module, name, cut)
        with pytest.raises(KeyboardInterrupt):
            engine.rebuild(to_rows(clinic()), "other")
    assert engine.stamp() not in (stamp, "other")
    graph.close()
    assert differences(opened()) == []
