"""Runs of `carekg ingest` that are stopped in every way, and stores that cannot be written to: then it goes on."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.store import EvidenceGraph
from ingest.ledger import Ledger, Quarantine
from ingest.outcome import Meta
from ingest.stage import parse
from tests.cli.runner import run, told

ROOT = Path(__file__).resolve().parents[2]
CLI = [sys.executable, str(ROOT / "cli.py")]
WAIT = 120
"""Seconds that anything may take, on however busy a machine."""
TEXT = """The {n}th look at handing over {what}

Abstract
Background: Nobody knows who should follow up {what} after discharge.
Methods: We interviewed {n} nurses and analysed the transcripts thematically.
Results: Barriers were unclear responsibility for {what} and late letters from ward {n}.
"""


def papers(folder: Path, count: int = 24) -> Path:
    folder.mkdir()
    for number in range(count):
        (folder / f"{number:02d}.txt").write_text(TEXT.format(n=number + 10, what=f"medicine {number}"))
    return folder


def carekg(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*CLI, *map(str, arguments)], capture_output=True, text=True, timeout=5 * WAIT, check=False)


def nquads(store: Path) -> str:
    done = run("export", "--format", "nquads", store=store)
    assert done.exit_code == 0, done.stderr
    return done.stdout


def started(files: Path, store: Path, *, jobs: int = 2) -> subprocess.Popen[str]:
    """Begin to ingest in a session of its own, and wait until some more files are in the store than were before."""
    before = len(Ledger.of(store).files())
    command = [*CLI, "ingest", str(files), "--store", str(store), "--jobs", str(jobs)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    deadline = time.monotonic() + WAIT
    while len(Ledger.of(store).files()) < before + 2:
        assert process.poll() is None, "it ended before it could be stopped"
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return process


def others(session: int) -> list[int]:
    """The processes of a session besides its first."""
    found = []
    for path in Path("/proc").iterdir():
        if path.name.isdigit() and int(path.name) != session:
            try:
                told = (path / "stat").read_text().rpartition(")")[2].split()
            except (FileNotFoundError, ProcessLookupError):
                continue
            if int(told[3]) == session and told[0] != "Z":
                found.append(int(path.name))
    return found


def assert_nobody_left(session: int) -> None:
    deadline = time.monotonic() + WAIT
    while others(session):
        assert time.monotonic() < deadline, "processes that read files live on"
        time.sleep(0.05)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="this system tells of processes in another way")
def test_a_run_that_is_stopped_in_every_way_goes_on(tmp_path: Path) -> None:
    files, store = papers(tmp_path / "files", 80), tmp_path / "store"

    killed = started(files, store)
    assert others(killed.pid)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    assert_nobody_left(killed.pid)
    with EvidenceGraph(store) as graph:
        there = {document.iri for document in graph.documents()}
        assert {iri for done in Ledger.of(store).files() for iri, _ in done.states} <= there

    for signals, code in (((signal.SIGTERM,), 143), ((signal.SIGINT, signal.SIGINT), 130)):
        stopped = started(files, store)
        for number in signals:
            stopped.send_signal(number)
            time.sleep(0.01)
        _, said = stopped.communicate(timeout=WAIT)
        assert_nobody_left(stopped.pid)
        assert stopped.returncode == code
        assert "Traceback" not in said
        assert said.startswith("carekg: stopped; ")
        kept = int(said.split("; ")[1].split(" ")[0])
        with EvidenceGraph(store) as graph:
            assert there < {document.iri for document in graph.documents()}
            there = {document.iri for document in graph.documents()}
            assert len(there) == kept > 0

    wounded = started(files, store)
    wounded.send_signal(signal.SIGSTOP)
    second = carekg("ingest", files / "00.txt", tmp_path / "none.txt", "--store", store)
    assert second.returncode == 1
    assert f"carekg: {store}: process {wounded.pid} is writing to this store" in second.stderr
    os.kill(others(wounded.pid)[0], signal.SIGKILL)
    wounded.send_signal(signal.SIGCONT)
    wounded.communicate(timeout=5 * WAIT)
    assert_nobody_left(wounded.pid)
    assert len(told("ingest", files, store=store)["documents"]) == len(list(files.iterdir()))

    undisturbed = tmp_path / "undisturbed"
    assert run("ingest", files, store=undisturbed).exit_code == 0
    assert nquads(store) == nquads(undisturbed)
    assert len(Quarantine.of(store)) == 0


def test_status_says_that_a_run_is_ahead_of_what_it_shows(tmp_path: Path) -> None:
    store, (part,) = tmp_path / "store", parse(TEXT.format(n=1, what="gout").encode(), Meta("a.txt")).parts
    ahead = "more is there and not shown yet"
    with EvidenceGraph(store) as graph:
        assert ahead not in run("status", store=store).stdout
        with graph.batch():
            graph.apply(part.records)
            assert ahead in run("status", store=store).stdout
            assert told("status", store=store)["ahead"]
        assert ahead not in run("status", store=store).stdout


def test_who_may_not_write_leaves_the_notes_of_the_writer_alone(tmp_path: Path) -> None:
    store, bad = tmp_path / "store", tmp_path / "empty.txt"
    bad.write_bytes(b"")
    with EvidenceGraph(store):
        before = sorted(path.name for path in store.iterdir())
        done = carekg("ingest", bad, "--store", store)
        assert done.returncode == 1
        assert f"process {os.getpid()} is writing to this store; wait until it is done" in done.stderr
        assert sorted(path.name for path in store.iterdir()) == before


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    """A store with one paper in a file system that is mounted to be read only; else in a folder without the right."""
    files = papers(tmp_path / "files", 1)
    store = tmp_path / "store"
    assert run("ingest", files, store=store).exit_code == 0
    mount = ["mount", "--bind", "-o", "ro", str(store), str(store)]
    if os.geteuid() == 0 and subprocess.run(mount, capture_output=True, check=False).returncode == 0:
        yield store
        # A reader whose traceback still lives may hold a file open.
        subprocess.run(["umount", "--lazy", str(store)], check=True)
        return
    if os.geteuid() == 0:
        pytest.skip("root may write to any folder, and may not mount one read-only here")
    for path in (store, *store.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield store
    for path in (store, *store.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)


def test_a_folder_that_may_only_be_read_is_read_and_says_so(read_only: Path, tmp_path: Path) -> None:
    paper = tmp_path / "files" / "00.txt"
    for command in (("ingest", paper), ("retract", "00.txt")):
        done = carekg(*command, "--store", read_only)
        assert done.returncode == 1
        assert f"carekg: {read_only}: cannot be written to (" in done.stderr
        assert len(done.stderr.splitlines()) == 1
    for command in (
        ("status",),
        ("query", "--cypher", "MATCH (n:Barrier) RETURN count(*) AS n"),
        ("search", "letters"),
    ):
        done = run(*command, store=read_only)
        assert (done.exit_code, done.stderr) == (0, "")


SMALL = """
mount -t tmpfs -o size=$1k carekg-test "$2" || exit 77
cd "$3"
"$4" cli.py ingest "$5" --store "$2/store" 2>"$6/first.err"; echo $? >"$6/first"
"$4" cli.py status --store "$2/store" >"$6/status.out" 2>&1
mount -o remount,size=200m "$2"
"$4" cli.py ingest "$5" --store "$2/store" >"$6/second.out" 2>&1; echo $? >"$6/second"
"$4" cli.py export --format nquads --store "$2/store" -o "$6/nquads"
"""


@pytest.mark.parametrize("kilobytes", [1600, 3400])
def test_a_disk_that_is_full_loses_nothing_and_the_same_command_goes_on(tmp_path: Path, kilobytes: int) -> None:
    files, disk = papers(tmp_path / "files", 6), tmp_path / "disk"
    disk.mkdir()
    if shutil.which("unshare") is None:
        pytest.skip("no `unshare` to mount a small disk with")
    inside = ["unshare", "--mount", *(() if os.geteuid() == 0 else ("--user", "--map-root-user"))]
    values = [kilobytes, disk, ROOT, sys.executable, files, tmp_path]
    done = subprocess.run(
        [*inside, "sh", "-c", SMALL, "sh", *map(str, values)], capture_output=True, text=True, check=False
    )
    if done.returncode == 77 or "unshare" in done.stderr:
        pytest.skip(f"this system lets nobody mount a small disk: {done.stderr.strip()}")
    said = (tmp_path / "first.err").read_text()
    assert (tmp_path / "first").read_text() == "1\n"
    assert "Traceback" not in said
    assert "No space left on device" in said or "full" in said
    assert "make room" in said
    assert "Traceback" not in (tmp_path / "status.out").read_text()
    assert (tmp_path / "second").read_text() == "0\n", (tmp_path / "second.out").read_text()
    undisturbed = tmp_path / "undisturbed"
    assert run("ingest", files, store=undisturbed).exit_code == 0
    assert (tmp_path / "nquads").read_text() == nquads(undisturbed)
