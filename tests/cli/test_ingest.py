"""`carekg ingest` over many files: what is kept, what is not read again, what is taken up again, how it ends."""

import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks.papers import as_jats, as_pdf, as_ris, as_text, paper, zipped
from ingest import configuration
from ingest.configuration import Configuration
from ontology.identity import mint
from ontology.interchange import to_dict
from ontology.model import Decision
from tests.cli.runner import run, told

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.xml").write_bytes(as_jats(paper(number, paragraphs=1)))
    return folder


def stamp(store: Path) -> str:
    return str(told("status", store=store)["stamp"])


def test_what_did_not_change_is_not_read_again(papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = tmp_path / "store"
    first = told("ingest", papers, store=store)
    before = stamp(store)
    monkeypatch.setattr("ingest.pool._started", never)
    again = told("ingest", papers, store=store)
    assert [one["unchanged"] for one in first["documents"]] == [False] * 3
    assert [one["unchanged"] for one in again["documents"]] == [True] * 3
    assert [one["found"] for one in again["documents"]] == [one["found"] for one in first["documents"]]
    assert stamp(store) == before
    assert "3 documents are in the store as they are" in run("ingest", papers, store=store).stdout


def never(*_: object) -> None:
    raise AssertionError("nothing is to be read")


def test_what_changed_was_retracted_or_is_asked_for_is_read_again(papers: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    told("ingest", papers, store=store)
    before = stamp(store)
    (papers / "1.xml").write_bytes(as_jats(paper(7, paragraphs=1)))
    told("retract", "2.xml", store=store)
    fresh = [one["source"] for one in told("ingest", papers, store=store)["documents"] if not one["unchanged"]]
    assert fresh == ["1.xml", "2.xml"]
    every = [one["unchanged"] for one in told("ingest", papers, "--again", store=store)["documents"]]
    assert every == [False] * 3
    assert stamp(store) != before


def test_a_new_version_reads_everything_again(papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = tmp_path / "store"
    told("ingest", papers, store=store)
    monkeypatch.setattr("ingest.outcome.current", lambda: Configuration("99", configuration.current().settings))
    again = told("ingest", papers, store=store)
    assert [one["unchanged"] for one in again["documents"]] == [False] * 3


def test_a_lost_or_damaged_ledger_costs_time_only(papers: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    told("ingest", papers, store=store)
    before = stamp(store)
    (store / "inputs.jsonl").write_bytes(b'{"key": "x"}\n[1]\n\xff\xfe{not json\n')
    (store / "quarantine.jsonl").write_bytes(b'{"left": 3}\n{"problem": "half a li')
    again = told("ingest", papers, store=store)
    assert [one["unchanged"] for one in again["documents"]] == [False] * 3
    assert stamp(store) == before


def test_files_without_findings_are_told_apart_from_bad_ones(papers: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    (papers / "1.xml").write_bytes(b"")
    (papers / "2.txt").write_text("Screws of titanium\n\nMETHODS\n\nWe pulled forty screws out of foam.\n", "utf-8")
    assert "2 files are in quarantine (1 without findings): " in run("ingest", papers, store=store).stdout
    assert "2 files are in quarantine (1 without findings): " in run("status", store=store).stdout


def test_a_bad_file_goes_to_quarantine_and_leaves_it_when_it_is_mended(papers: Path, tmp_path: Path) -> None:
    store, bad = tmp_path / "store", papers / "1.xml"
    good = bad.read_bytes()
    bad.write_bytes(b"")
    first = run("ingest", papers, store=store)
    assert first.exit_code == 1
    assert "1 file is in quarantine: `carekg ingest --retry` takes it up again" in first.stdout
    (line,) = (store / "quarantine.jsonl").read_text("utf-8").splitlines()
    held = json.loads(line)
    assert (held["path"], held["problem"], bool(held["remedy"])) == (str(bad), "holds no text", True)
    assert held["at"].startswith("20")
    assert told("status", store=store)["quarantined"] == 1
    assert "1.xml" in run("status", store=store).stdout
    repeated = run("ingest", papers, store=store)
    assert (repeated.exit_code, repeated.stderr) == (1, first.stderr)
    still = run("ingest", "--retry", store=store)
    assert (still.exit_code, still.stderr) == (1, first.stderr)
    bad.write_bytes(good)
    mended = told("ingest", "--retry", store=store)
    assert [one["source"] for one in mended["documents"]] == ["1.xml"]
    assert mended["quarantined"] == 0
    assert not (store / "quarantine.jsonl").exists()
    assert "quarantine" not in run("status", store=store).stdout
    assert run("ingest", "--retry", store=store).exit_code == 0


def test_a_member_of_an_archive_goes_to_quarantine_by_its_name(tmp_path: Path) -> None:
    store, path = tmp_path / "store", tmp_path / "papers.zip"
    path.write_bytes(zipped({"a.txt": as_text(paper(1, paragraphs=1)), "b.txt": b""}))
    assert (
        run("ingest", path, store=store).stderr
        == "carekg: papers.zip/b.txt: holds no text; export it again, or leave it out\n"
    )
    path.write_bytes(zipped({"a.txt": as_text(paper(1, paragraphs=1)), "b.txt": as_text(paper(2, paragraphs=1))}))
    assert [one["source"] for one in told("ingest", "--retry", store=store)["documents"]] == ["papers.zip/b.txt"]
    assert [one["unchanged"] for one in told("ingest", path, store=store)["documents"]] == [True, True]


def test_a_paper_and_its_reference_are_one_study_with_two_documents(tmp_path: Path) -> None:
    one = paper(4, paragraphs=1)
    (tmp_path / "a.pdf").write_bytes(as_pdf(one))
    (tmp_path / "b.ris").write_bytes(as_ris(one))
    store, later = tmp_path / "store", tmp_path / "later"
    told("ingest", tmp_path / "a.pdf", tmp_path / "b.ris", store=store)
    for name in ("b.ris", "a.pdf"):
        told("ingest", tmp_path / name, store=later)
    for path in (store, later):
        (study,) = told("list", "studies", store=path)
        assert study["evidence_level"] == "full text"
        assert len(told("status", store=path)["documents"]) == 2


def test_a_coding_sheet_is_resolved_against_the_papers_of_the_same_run(tmp_path: Path) -> None:
    one = paper(4, paragraphs=6)
    said = next(text for _, paragraphs in one.sections for text in paragraphs if text.startswith("“"))
    words = said[1 : said.index("”")]
    (tmp_path / "z.xml").write_bytes(as_jats(one))
    (tmp_path / "a.csv").write_text(f'Title,Year,Quote\n"{one.title}",{one.year},"{words}"\n', encoding="utf-8")
    store = tmp_path / "store"
    report = told("ingest", tmp_path / "a.csv", tmp_path / "z.xml", store=store)
    (sheet, _) = report["documents"]
    assert sheet["source"] == "a.csv"
    (study,) = told("list", "studies", store=store)
    assert study["title"] == one.title
    assert sheet["found"]["Quote"] == 1


def test_a_time_limit_costs_the_file_and_can_be_lifted(papers: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    first = run("ingest", papers / "0.xml", "--time-limit", "0.1", store=store)
    if first.exit_code == 0:
        pytest.skip("this machine reads a paper in a tenth of a second")
    assert "took longer than 0.1 s and was stopped; split it, or allow more with --time-limit" in first.stderr
    assert [one["source"] for one in told("ingest", papers / "0.xml", store=store)["documents"]] == ["0.xml"]
    assert told("status", store=store)["quarantined"] == 0


def test_ctrl_c_keeps_what_is_done_and_the_same_command_goes_on(tmp_path: Path) -> None:
    folder, store = tmp_path / "papers", tmp_path / "store"
    folder.mkdir()
    for number in range(40):
        (folder / f"{number:02}.xml").write_bytes(as_jats(paper(number, paragraphs=2)))
    command = [sys.executable, str(ROOT / "cli.py"), "ingest", str(folder), "--store", str(store), "--jobs", "1"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    waited = time.monotonic() + 120
    while not (store / "inputs.jsonl").exists() and time.monotonic() < waited:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, problems = process.communicate(timeout=120)
    assert process.returncode == 130, problems
    assert "Traceback" not in problems
    kept = told("status", store=store)["documents"]
    assert f"stopped; {len(kept)} documents are in the store; the same command goes on" in problems
    assert 0 < len(kept) < 40
    again = told("ingest", folder, store=store)["documents"]
    assert len(again) == 40
    assert sum(one["unchanged"] for one in again) == len(kept)


def test_progress_goes_to_a_terminal_with_rate_and_time_left(papers: Path, tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, str(ROOT / "cli.py"), "ingest", str(papers), "--store", str(tmp_path / "store")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, env=os.environ | {"TERM": "xterm"})
    os.close(theirs)
    seen = b""
    while True:
        try:
            chunk = os.read(ours, 4096)
        except OSError:
            break
        seen += chunk
        if not chunk:
            break
    os.close(ours)
    assert process.wait(timeout=60) == 0
    assert b"0.xml" in seen
    assert b"/3" in seen
    assert b"files/s" in seen


def test_records_of_no_document_are_told(tmp_path: Path) -> None:
    decision = Decision(
        iri=mint("Decision", "urn:a"), target="urn:a", person="Ada", time="2026-11-30T10:00:00Z", action="accept",
        reason="read",
    )  # fmt: skip
    (tmp_path / "decisions.jsonl").write_text(json.dumps(to_dict(decision)) + "\n")
    assert "decisions" in run("ingest", tmp_path / "decisions.jsonl", store=tmp_path / "store").stdout
    assert [one["person"] for one in told("list", "decisions", store=tmp_path / "store")] == ["Ada"]
