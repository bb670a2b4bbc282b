"""What readers open: copies that take turns while a writer is at work, and checkpoints that outlive the machine."""

import os
import time
from pathlib import Path

import pytest

from graph import folder as folder_module
from graph import published, rdf
from graph.errors import StoreError
from graph.manifest import GraphState, Manifest
from graph.store import EvidenceGraph
from graph.wal import Log
from tests.graph.samples import clinic, filled, ward


def current(folder: Path) -> str:
    return (folder / "CURRENT").read_text().strip()


def test_a_single_change_is_shown_by_a_copy_and_kept_by_a_checkpoint_at_the_end(folder: Path) -> None:
    with filled(folder, ward()) as graph, EvidenceGraph(folder, read_only=True) as reader:
        graph.apply(clinic())
        assert current(folder).endswith(published.boot_of())
        assert reader.stamp() == graph.stamp()
        assert reader.nquads() == graph.nquads()
    assert current(folder).count("-") == 1
    assert [home.name for home in (folder / "published").iterdir()] == [current(folder)]
    assert not (folder / "dirty").exists()


def test_a_single_change_is_on_the_disk_before_it_is_shown(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with filled(folder, ward()) as graph:
        shown, synced = current(folder), []

        def fdatasync(descriptor: int) -> None:
            synced.append((Path(f"/proc/self/fd/{descriptor}").readlink(), current(folder)))

        monkeypatch.setattr(os, "fdatasync", fdatasync)
        graph.apply(clinic())
        log = max((folder / "rdf").glob("*.log"))
        assert synced == [(log.resolve(), shown)]


def test_copies_take_turns_and_one_that_is_read_stays_as_it_was(folder: Path) -> None:
    with filled(folder, ward()) as graph:
        graph.apply(clinic())
        with EvidenceGraph(folder, read_only=True) as reader:
            held = reader.snapshot()
            wanted = {quad for quad in held.store.quads_for_pattern(None, None, None, None)}
            for number in range(8):
                graph.apply(clinic(end=f"The end, {number}."))
                assert reader.stamp() == graph.stamp()
                assert reader.nquads() == graph.nquads()
            assert {quad for quad in held.store.quads_for_pattern(None, None, None, None)} == wanted
            assert len(list((folder / "published").iterdir())) <= 5


def test_after_another_boot_readers_see_the_last_checkpoint_and_a_writer_finds_all(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(folder, ward()).close()
    writer = EvidenceGraph(folder)
    before = writer.stamp()
    writer.apply(clinic())
    after = writer.stamp()
    os.close(writer._hold or 0)  # as if it were killed
    writer._hold = writer._now = writer._flusher = None
    monkeypatch.setattr(published, "boot_of", lambda: "fedcba98")
    with EvidenceGraph(folder, read_only=True) as reader:
        assert reader.stamp() == before
    with EvidenceGraph(folder) as again, EvidenceGraph(folder, read_only=True) as reader:
        assert again.stamp() == reader.stamp() == after
    assert not (folder / "dirty").exists()


@pytest.mark.parametrize("why", ["boot", "moment", "log"])
def test_where_a_copy_is_not_to_be_made_there_is_a_checkpoint(
    folder: Path, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    if why == "boot":
        monkeypatch.setattr(published, "boot_of", lambda: "")
    elif why == "moment":
        monkeypatch.setattr(published, "_copied", lambda rdf, target, log: target.mkdir(exist_ok=True))
    else:
        monkeypatch.setattr(published, "MOST_LOG", -1)
    with filled(folder, ward()) as graph, EvidenceGraph(folder, read_only=True) as reader:
        graph.apply(clinic())
        assert current(folder).count("-") == 1
        assert reader.stamp() == graph.stamp()


def test_a_copy_is_of_one_moment_or_none(tmp_path: Path) -> None:
    rdf = tmp_path / "rdf"
    rdf.mkdir()
    (rdf / "CURRENT").write_text("MANIFEST-1\n")
    (rdf / "MANIFEST-1").write_text("1")
    (rdf / "2.log").write_text("a")
    (rdf / "3.sst").write_text("table")
    assert published._copied(rdf, tmp_path / "copy", Log(rdf))
    (rdf / "2.log").write_text("ab")
    (rdf / "MANIFEST-1").write_text("12")
    (rdf / "4.sst").write_text("table")
    (rdf / "3.sst").unlink()
    assert published._copied(rdf, tmp_path / "copy", Log(rdf))
    found = {file.name: file.read_text() for file in (tmp_path / "copy").iterdir()}
    assert found == {"CURRENT": "MANIFEST-1\n", "MANIFEST-1": "12", "2.log": "ab", "4.sst": "table"}


def test_a_copy_is_given_up_where_rocksdb_is_at_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rdf = tmp_path / "rdf"
    rdf.mkdir()
    (rdf / "CURRENT").write_text("MANIFEST-1\n")
    (rdf / "MANIFEST-1").write_text("1")
    (rdf / "2.log").write_text("a")
    real = published._grow

    def meanwhile(file: Path, copy: Path, size: int) -> None:
        real(file, copy, size)
        with (rdf / "MANIFEST-1").open("a") as out:
            out.write("2")

    monkeypatch.setattr(published, "_grow", meanwhile)
    assert not published._copied(rdf, tmp_path / "copy", Log(rdf))
    monkeypatch.undo()
    assert published._copied(rdf, tmp_path / "copy", Log(rdf))
    (rdf / "CURRENT").write_text("MANIFEST-9\n")
    assert not published._copied(rdf, tmp_path / "copy", Log(rdf))


def test_a_manifest_is_written_once_and_then_by_its_news() -> None:
    first = Manifest({f"urn:{n}": GraphState("0f", n) for n in range(3)})
    assert first.news() is None
    text = first.dumps()
    second = first.written().with_graph("urn:0", None).with_graph("urn:9", GraphState("1e", 1))
    news = second.news()
    assert news is not None
    assert "urn:1" not in news
    for read in (Manifest.loads(text + news), Manifest.loads(news, Manifest.loads(text))):
        assert (read.graphs, read.stamp) == (second.graphs, second.stamp)
        assert read.news() == Manifest({}, 0, {}).news()


@pytest.mark.parametrize("text", ["", "[1, 2]\n", '{"news": {}}\n', '{"sum": "0", "graphs": {"urn:a": 3}}\n', "{"])
def test_a_damaged_manifest_is_no_manifest(text: str) -> None:
    with pytest.raises(ValueError):
        Manifest.loads(text)


def test_what_a_killed_writer_wrote_behind_the_manifest_is_not_of_it(folder: Path) -> None:
    with filled(folder, ward()) as graph:
        graph.apply(clinic())
        stamp = graph.stamp()
        (manifest,) = (folder / "published" / current(folder)).glob("manifest.jsonl")
        with manifest.open("a") as out:
            out.write('{"news": {"urn:torn')
        with EvidenceGraph(folder, read_only=True) as reader:
            assert reader.stamp() == stamp
        graph.retract("ward.txt")
        with EvidenceGraph(folder, read_only=True) as reader:
            assert reader.stamp() == graph.stamp()
            assert reader.graphs() == graph.graphs()


def test_a_long_log_is_made_short_beside_what_goes_on(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_module, "LONG_LOG", 1)
    with filled(folder, ward()) as graph, EvidenceGraph(folder, read_only=True) as reader:
        assert graph._flusher is not None
        for number in range(16):  # more than there are logs that RocksDB keeps to write over
            graph.apply(clinic(end=f"The end, {number}."))
            assert current(folder).endswith(published.boot_of())
            assert reader.nquads() == graph.nquads()
            graph._flusher.end()
        assert graph._folder.log.size() == 0
        graph.apply(clinic(end="The end."))
        assert reader.nquads() == graph.nquads()


def test_that_tables_could_not_be_written_is_said_with_the_next_change(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_module, "LONG_LOG", 1)

    class Full:
        def flush(self) -> None:
            raise OSError(28, "No space left on device")

    graph = filled(folder, ward())
    assert graph._flusher is not None
    graph._flusher.end()
    flusher = rdf.Flusher(Full(), graph._folder.log)  # type: ignore[arg-type]
    graph._flusher = flusher
    graph.apply(clinic())
    assert flusher._work is not None
    while not flusher._work.is_done():
        time.sleep(0.01)
    with pytest.raises(StoreError, match="No space left on device"):
        graph.retract("clinic.txt")
    assert len(graph.documents()) == 1
    graph.close()
    with EvidenceGraph(folder) as again:
        assert len(again.documents()) == 1
