"""A run over many files: order, bounds, what is known from before, and one study in several forms."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.papers import as_jats, as_pdf, as_ris, as_text, paper, zipped
from ingest.errors import ReaderError, StoppedError, WorkerError
from ingest.inputs import MAX_ARCHIVE, Files, Input
from ingest.outcome import Meta, Parsed, UnexpectedFault
from ingest.pipeline import Limits, Outcome, Result, run
from ingest.pool import Pool
from ingest.studies import Attested, Studies
from ontology.model import Document, Study

HERE = Limits(jobs=0)


def outcomes(*files: Path | Input, limits: Limits = HERE, **more: object) -> list[Outcome]:
    return [one for result in run(files, limits=limits, **more) for one in result.outcomes]  # type: ignore[arg-type]


def studies_of(found: list[Outcome]) -> dict[str, str | None]:
    return {record.source: record.study for one in found for record in one.records if isinstance(record, Document)}


def write(folder: Path, **files: bytes) -> list[Path]:
    paths = []
    for name, data in files.items():
        path = folder / name.replace("_", ".")
        path.write_bytes(data)
        paths.append(path)
    return paths


def test_processes_give_what_one_gives_in_the_same_order(tmp_path: Path) -> None:
    paths = []
    for number in range(9):
        paths += write(tmp_path, **{f"p{number}_xml": as_jats(paper(number, paragraphs=1))})
    paths += write(tmp_path, empty_txt=b"", a_ris=as_ris(paper(90)))
    alone = outcomes(*paths)
    together = outcomes(*paths, limits=Limits(jobs=3))
    assert [one.path for one in together] == [one.path for one in alone]
    assert [one.records for one in together] == [one.records for one in alone]
    assert [str(one.error) for one in together] == [str(one.error) for one in alone]
    assert sum(one.error is not None for one in together) == 1


def test_a_paper_in_three_forms_is_one_study_with_three_documents(tmp_path: Path) -> None:
    one = paper(5, paragraphs=2)
    paths = write(
        tmp_path, a_pdf=as_pdf(one), b_ris=as_ris(one, doi=False), c_xml=as_jats(one), d_txt=as_text(paper(6))
    )
    found = outcomes(*paths)
    studies = studies_of(found)
    assert len(studies) == 4
    assert len({studies["a.pdf"], studies["b.ris"], studies["c.xml"]}) == 1
    assert studies["d.txt"] != studies["a.pdf"]
    for one_way in (paths[::-1], paths[2:] + paths[:2]):
        again = outcomes(*one_way)
        assert studies_of(again) == studies
        assert [one.records for one in again] == [one.records for one in found]


def test_a_paper_joins_a_study_that_was_there_before(tmp_path: Path) -> None:
    one = paper(5, paragraphs=2)
    (path,) = write(tmp_path, a_xml=as_jats(one))
    known = Attested("urn:d", "urn:s", "old.pdf", title=one.title, year=one.year)
    (found,) = outcomes(path, studies=lambda: Studies.of([known]))
    assert {record.iri for record in found.records if isinstance(record, Study)} == {"urn:s"}
    assert {record.study for record in found.records} <= {"urn:s", None}


def test_what_does_not_go_together_is_noted(tmp_path: Path) -> None:
    one = paper(5, paragraphs=2)
    (path,) = write(tmp_path, a_xml=as_jats(one))
    known = Attested("urn:d", "urn:s", "old.pdf", doi="10.5555/preprint", title=one.title, year=one.year)
    (found,) = outcomes(path, studies=lambda: Studies.of([known]))
    assert found.report is not None
    assert "has title and year of old.pdf, but another DOI: kept apart" in found.report.notes


def test_what_is_known_is_not_read(tmp_path: Path) -> None:
    paths = write(tmp_path, a_txt=as_text(paper(1, paragraphs=1)), b_txt=as_text(paper(2, paragraphs=1)))

    def recall(given: Input, key: str) -> Result | None:
        return Result(given, key, (Outcome(given.path),), recalled=True) if given.path == paths[1] else None

    results = list(run(paths, limits=HERE, recall=recall))
    assert [(one.input.path, one.recalled) for one in results] == [(paths[1], True), (paths[0], False)]


def test_members_of_an_archive_are_files(tmp_path: Path) -> None:
    inner = zipped({"a.txt": b"Nobody called back."})
    packed = {
        "one/a.txt": as_text(paper(1, paragraphs=1)), "b.xml": as_jats(paper(2, paragraphs=1)), "empty.txt": b"",
        "__MACOSX/one/._a.txt": b"x", ".hidden": b"x", "deeper.zip": inner,
    }  # fmt: skip
    (path,) = write(tmp_path, papers_zip=zipped(packed))
    found = {one.path.relative_to(path).as_posix(): one for one in outcomes(path)}
    assert {name for name, one in found.items() if one.records} == {"one/a.txt", "b.xml"}
    assert "papers.zip/empty.txt: holds no text" in str(found["empty.txt"].error)
    assert "archives inside archives are left alone" in str(found["deeper.zip"].error)
    assert studies_of(list(found.values())).keys() == {"papers.zip/one/a.txt", "papers.zip/b.xml"}
    (alone,) = outcomes(Input(path, "b.xml"))
    assert alone.records == found["b.xml"].records
    (gone,) = outcomes(Input(path, "c.xml"))
    assert "is no longer in the archive" in str(gone.error)


def test_an_archive_that_leads_out_or_is_empty_is_refused(tmp_path: Path) -> None:
    paths = write(tmp_path, out_zip=zipped({"../out.txt": b"x"}), none_zip=zipped({".x": b"x"}))
    errors = [str(one.error) for one in outcomes(*paths)]
    assert "which would lie outside the archive's own folder" in errors[0]
    assert "none.zip: holds no files" in errors[1]
    assert sorted(tmp_path.parent.rglob("out.txt")) == []


def test_a_huge_archive_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "huge.zip"
    with path.open("wb") as out:
        out.write(b"PK\x03\x04")
        out.truncate(MAX_ARCHIVE + 1)
    (found,) = outcomes(path)
    assert "more than the 500 MB that are read" in str(found.error)


def test_memory_does_not_grow_with_the_number_of_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = []
    for number in range(40):
        paths += write(tmp_path, **{f"n{number:02}_txt": f"Title {number}\n\nRESULTS\n\nNothing.".encode()})
    read: list[str] = []
    real = Files.read

    def counted(files: Files, given: Input) -> bytes:
        read.append(given.name)
        return real(files, given)

    steps = run(paths, limits=Limits(jobs=2))
    next(steps)
    monkeypatch.setattr(Files, "read", counted)
    next(steps)
    steps.close()
    assert len(read) <= 2 * 4 + 2


@pytest.fixture
def pool() -> Iterator[Pool[str]]:
    with Pool[str](1, 20.0, module="tests.ingest.naughty_worker") as made:
        yield made


def answered(pool: Pool[str], *names: str) -> dict[str, Parsed | StoppedError]:
    waiting, found = list(names), dict[str, Parsed | StoppedError]()
    while len(found) < len(names):
        pool.start(1)
        while waiting and pool.idle():
            name = waiting.pop(0)
            pool.give(name, b"", Meta(name))
        found.update(pool.wait())
    return found


def test_a_file_that_kills_its_process_is_the_only_one_that_fails(pool: Pool[str]) -> None:
    found = answered(pool, "good", "killed", "aborts", "leaves", "greedy", "also good")
    assert isinstance(found["good"], Parsed)
    assert isinstance(found["also good"], Parsed)
    assert "killed: made the process that read it end (signal 9), for lack of memory perhaps" in str(found["killed"])
    assert "aborts: made the process that read it end (signal 6)" in str(found["aborts"])
    assert "leaves: made the process that read it end (status 3); report it with the file" in str(found["leaves"])
    assert "greedy: needs more memory" in str(found["greedy"])


def test_a_file_that_takes_too_long_is_stopped(pool: Pool[str]) -> None:
    answered(pool, "good")
    pool.seconds = 0.5
    begun = time.monotonic()
    found = answered(pool, "sleeps")
    assert time.monotonic() - begun < 15
    assert "sleeps: took longer than 0.5 s and was stopped; split it, or allow more with --time-limit" in str(
        found["sleeps"]
    )
    pool.seconds = 20.0
    assert isinstance(answered(pool, "good")["good"], Parsed)


def test_a_process_that_dies_while_idle_harms_no_file(pool: Pool[str]) -> None:
    answered(pool, "good")
    (worker,) = pool._workers
    os.kill(worker.process.pid, signal.SIGKILL)
    worker.process.wait()
    list(pool.wait())
    assert isinstance(answered(pool, "good")["good"], Parsed)


def test_processes_that_cannot_start_are_an_error_at_once() -> None:
    with (
        Pool[str](1, module="tests.ingest.no_such_worker") as pool,
        pytest.raises(WorkerError, match="before it could begin"),
    ):
        answered(pool, "good")


def test_no_process_is_left_when_a_run_is_given_up(tmp_path: Path) -> None:
    paths = write(tmp_path, a_txt=as_text(paper(1, paragraphs=1)), b_txt=as_text(paper(2, paragraphs=1)))
    with Pool[int](2) as pool:
        pool.start(2)
        processes = [worker.process for worker in pool._workers]
    assert all(process.poll() is not None for process in processes)
    steps = run(paths, limits=Limits(jobs=1))
    next(steps)
    steps.close()


def test_a_file_that_goes_away_during_the_run_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = write(tmp_path, a_txt=as_text(paper(1, paragraphs=1)), b_txt=as_text(paper(2, paragraphs=1)))
    steps = run(paths, limits=HERE)
    assert next(steps).outcomes[0].records
    paths[1].unlink()
    (outcome,) = next(steps).outcomes
    assert isinstance(outcome.error, ReaderError)
    assert not isinstance(outcome.error, UnexpectedFault)
