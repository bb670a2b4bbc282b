"""The folder of a store: who may write, what readers see, and what is left when something goes wrong."""

import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

import graph.sync
from graph import rdf
from graph.errors import StoreError, StoreFormatError, StoreLocked, StoreMissing, StoreReadOnly
from graph.parity import compare
from graph.store import EvidenceGraph
from ontology.errors import RecordError
from tests.graph.samples import clinic, filled, review, ward

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = Path(__file__).with_name("samples.py")


def test_a_folder_that_is_no_store_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.txt").write_text("mine")
    (tmp_path / "file").write_text("x")
    for name in ("notes", "file"):
        for read_only in (True, False):
            with pytest.raises(StoreError, match="not a carekg store"):
                EvidenceGraph(tmp_path / name, read_only=read_only)
    with pytest.raises(StoreMissing, match="there is no store here"):
        EvidenceGraph(tmp_path / "none", read_only=True)
    assert not (tmp_path / "none").exists()
    assert [p.name for p in (tmp_path / "notes").iterdir()] == ["a.txt"]


def test_a_store_of_another_version_is_not_opened(folder: Path) -> None:
    filled(folder).close()
    (folder / "FORMAT").write_text("carekg-store 99\n")
    with pytest.raises(StoreFormatError, match="another version"):
        EvidenceGraph(folder)


def test_one_writes_and_the_others_are_told(folder: Path) -> None:
    with filled(folder, ward()):
        with pytest.raises(StoreLocked, match="is writing"):
            EvidenceGraph(folder)
        code = f"from graph.store import EvidenceGraph\nEvidenceGraph({str(folder)!r})"
        told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
        assert "StoreLocked" in told.stderr
    EvidenceGraph(folder).close()


def test_a_reader_changes_nothing(folder: Path) -> None:
    filled(folder, ward()).close()
    with EvidenceGraph(folder, read_only=True) as reader:
        for change in (
            lambda: reader.apply(clinic()),
            lambda: reader.retract("ward.txt"),
            lambda: reader.add(review(ward())),
        ):
            with pytest.raises(StoreReadOnly):
                change()
        assert len(reader.documents()) == 1


def test_a_closed_store_says_so(folder: Path) -> None:
    graph = filled(folder, ward())
    graph.close()
    graph.close()
    for ask in (graph.stamp, graph.records, lambda: graph.apply(clinic()), lambda: graph.cypher("RETURN 1")):
        with pytest.raises(StoreError, match="is closed"):
            ask()


def test_readers_follow_the_writer(folder: Path) -> None:
    with filled(folder, ward()) as writer, EvidenceGraph(folder, read_only=True) as reader:
        before = reader.stamp()
        slow = reader.attested()
        first = next(slow)
        with writer.batch():
            writer.apply(clinic())
            assert reader.stamp() == before != writer.stamp()
        assert reader.stamp() == writer.stamp()
        assert reader.cypher("MATCH (q:Quote) RETURN count(*) AS n").rows == ((2,),)
        for _ in range(3):
            writer.retract("ward.txt")
            writer.apply(ward())
        assert len([first, *slow]) == len(ward()), "what was begun is read to the end, in the state it began with"
    EvidenceGraph(folder).close()
    assert len(list((folder / "published").iterdir())) == 1, "states that nobody reads are cleared away"


def test_a_batch_that_fails_publishes_what_was_done(folder: Path) -> None:
    with filled(folder) as writer, EvidenceGraph(folder, read_only=True) as reader:
        with pytest.raises(RecordError), writer.batch():
            writer.apply(ward())
            writer.apply([])
        assert len(reader.documents()) == 1


def test_threads_may_share_a_reader_while_a_writer_works(folder: Path) -> None:
    errors: list[Exception] = []
    stop = threading.Event()
    with filled(folder, ward(), clinic()) as writer, EvidenceGraph(folder, read_only=True) as reader:

        def read() -> None:
            try:
                while not stop.is_set():
                    assert 1 <= len(reader.documents()) <= 2
                    assert reader.cypher("MATCH (d:Document) RETURN count(*) AS n").rows[0][0] in (1, 2)
                    assert len(reader.records(kind="Quote")) in (1, 2)
            except Exception as error:
                errors.append(error)

        readers = [threading.Thread(target=read) for _ in range(3)]
        for thread in readers:
            thread.start()
        for _ in range(6):
            writer.retract("ward.txt")
            writer.apply(ward())
        stop.set()
        for thread in readers:
            thread.join()
    assert errors == []


KILLED = """
import os, runpy, sys
from graph import folder, rdf
from graph.store import EvidenceGraph
import pyoxigraph as ox
clinic = runpy.run_path(sys.argv[3])["clinic"]
def before_the_change(store, graph, lines, *, fresh):
    store.load("".join(lines).replace(graph, rdf._STAGE + "come").encode(), format=ox.RdfFormat.N_QUADS)
    os._exit(9)
when = sys.argv[2]
graph = EvidenceGraph(sys.argv[1])
if when == "before":
    rdf.replace = before_the_change
else:
    folder.Folder.publish = lambda *_, **__: os._exit(9)
graph.apply(clinic())
"""


@pytest.mark.parametrize(("when", "documents"), [("before", 1), ("after", 2)])
def test_a_killed_writer_leaves_all_of_its_change_or_nothing(
    tmp_path: Path, folder: Path, when: str, documents: int
) -> None:
    with filled(folder, ward()) as graph:
        before = graph.stamp()
    done = subprocess.run([sys.executable, "-c", KILLED, str(folder), when, str(SAMPLES)], cwd=ROOT, check=False)
    assert done.returncode == 9
    with EvidenceGraph(folder, read_only=True) as reader:
        assert reader.stamp() == before
    with EvidenceGraph(folder) as again, EvidenceGraph(folder, read_only=True) as reader:
        assert len(again.documents()) == documents
        assert reader.stamp() == again.stamp()
        with filled(tmp_path / "fresh", *[ward(), clinic()][:documents]) as fresh:
            assert again.nquads() == fresh.nquads()
            assert again.stamp() == fresh.stamp()
            assert (
                again.sparql("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } FILTER(CONTAINS(STR(?g), 'stage')) }").rows
                == ()
            )


@pytest.mark.parametrize("done", [True, False])
def test_an_interrupted_change_is_looked_at_before_it_is_published(
    folder: Path, monkeypatch: pytest.MonkeyPatch, done: bool
) -> None:
    real = rdf.replace

    def interrupted(*args: object, **more: object) -> None:
        if done:
            real(*args, **more)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), filled(folder, ward()) as graph:
        before = graph.stamp()
        monkeypatch.setattr(rdf, "replace", interrupted)
        graph.apply(clinic())
    monkeypatch.undo()
    with EvidenceGraph(folder, read_only=True) as reader:
        assert len(reader.documents()) == (2 if done else 1)
        assert (reader.stamp() == before) is not done
        assert len(list(reader.attested())) == len(ward()) + done * len(clinic())
    with EvidenceGraph(folder) as again:
        assert again.stamp() == EvidenceGraph(folder, read_only=True).stamp()
        assert not again.apply(ward()).changed
        assert again.apply(clinic()).changed is not done


def test_a_damaged_manifest_is_made_anew(folder: Path) -> None:
    with filled(folder, ward()) as graph:
        stamp = graph.stamp()
    (manifest,) = folder.glob("published/*/manifest.jsonl")
    manifest.write_text("[1, 2]")
    with pytest.raises(StoreError, match="open it once for writing"):
        EvidenceGraph(folder, read_only=True)
    EvidenceGraph(folder).close()
    with EvidenceGraph(folder, read_only=True) as reader:
        assert reader.stamp() == stamp


def test_a_disk_that_is_full_is_said_and_loses_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object, **more: object) -> None:
        raise OSError(28, "No space left on device")

    graph = filled(folder, ward())
    monkeypatch.setattr("graph.published.write", full)
    with pytest.raises(StoreError, match="No space left"):
        graph.apply(clinic())
    monkeypatch.undo()
    graph.close()
    with EvidenceGraph(folder, read_only=True) as reader:
        assert len(reader.documents()) == 2


def test_the_embedded_engine_is_kept_and_made_anew_when_it_is_damaged(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = "MATCH (b:Barrier) RETURN b.label"
    filled(folder, ward()).close()
    with EvidenceGraph(folder, read_only=True) as reader:
        assert reader.cypher(query).rows == (("Late letters",),)
    cache = folder / "cypher" / "graph.kgl"
    assert cache.is_file()
    with monkeypatch.context() as patch, EvidenceGraph(folder, read_only=True) as reader:
        patch.setattr(graph.sync, "parts", lambda *_: pytest.fail("made anew"))
        assert reader.cypher(query).rows == (("Late letters",),)
    cache.write_bytes(b"not a graph")
    with EvidenceGraph(folder, read_only=True) as reader:
        assert reader.cypher(query).rows == (("Late letters",),)
    shutil.rmtree(cache.parent)
    with EvidenceGraph(folder) as writer:
        assert writer.cypher(query).rows == (("Late letters",),)


def test_a_folder_that_cannot_be_written_to_can_be_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(folder, ward()).close()

    def refuse(path: Path, *args: object, **more: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with EvidenceGraph(folder, read_only=True) as reader:
        assert reader.cypher("MATCH (b:Barrier) RETURN b.label").rows == (("Late letters",),)


def test_a_change_that_broke_off_leaves_nothing_for_the_next_one(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was staged for one document when the disk was full must not come with another."""
    graph = filled(folder, ward(), clinic())

    class Full:
        def __init__(self, store: ox.Store) -> None:
            self._store = store

        def __getattr__(self, name: str) -> object:
            return getattr(self._store, name)

        def update(self, text: str) -> None:
            raise OSError("IO error: No space left on device")

    staged = rdf._swap
    with monkeypatch.context() as patch:
        patch.setattr(rdf, "_swap", lambda store, name, wanted: staged(Full(store), name, wanted))
        with pytest.raises(StoreError, match=r"cannot be written to .*make room"):
            graph.apply(ward(doi="10.1000/other"))
    assert graph.apply(clinic(doi="10.1000/third")).changed
    with filled(tmp_path / "fresh", ward(), clinic(doi="10.1000/third")) as fresh:
        assert graph.nquads() == fresh.nquads()
        assert graph.stamp() == fresh.stamp()
    graph.close()


def test_a_folder_whose_maker_was_killed_can_be_made_again(folder: Path) -> None:
    folder.mkdir()
    (folder / "FORMAT.new").write_text("carekg-st")
    with filled(folder, ward()) as graph:
        assert len(graph.documents()) == 1


def test_readers_see_what_a_batch_publishes(folder: Path) -> None:
    with filled(folder) as writer, writer.batch(), EvidenceGraph(folder, read_only=True) as reader:
        writer.apply(ward())
        assert reader.documents() == []
        writer.publish()
        assert len(reader.documents()) == 1
        writer.apply(clinic())
        assert len(reader.documents()) == 1


@pytest.mark.parametrize("part", [0.0, 0.3, 0.9, 0.999])
def test_a_torn_cache_of_the_embedded_engine_is_made_anew(folder: Path, part: float) -> None:
    with filled(folder, ward(), clinic()) as graph:
        graph.engine()
    cache = folder / "cypher" / "graph.kgl"
    whole = cache.read_bytes()
    cache.write_bytes(whole[: int(len(whole) * part)])
    with EvidenceGraph(folder) as graph:
        assert list(compare(graph.snapshot(), {"embedded": graph.engine()})) == []
    assert [path.name for path in cache.parent.iterdir()] == ["graph.kgl"]


def test_drafts_that_a_killed_process_left_are_cleared_away(folder: Path) -> None:
    filled(folder).close()
    drafts = folder / "cypher"
    drafts.mkdir(exist_ok=True)
    for name, age in (("graph-1.kgl", 7200), ("graph-2.kgl", 0)):
        (drafts / name).write_bytes(b"half")
        os.utime(drafts / name, (time.time() - age,) * 2)
    with EvidenceGraph(folder) as graph:
        graph.engine()
    assert sorted(path.name for path in drafts.iterdir()) == ["graph-2.kgl", "graph.kgl"]
