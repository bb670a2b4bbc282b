"""Many files to records, on all cores: each on its own, with a report or a reason why not, in a fixed order.

One bad file never ends a run, and nothing of a bad file is handed on. What is in memory does not grow with the number
of files: a few are read ahead for each process, and no more.

The order is not that of the arguments: what names its study best comes first (JATS, then references, then the rest),
each kind sorted by place. So which document joins the study of which other depends on what was given, not on how.
"""

import os
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ingest.errors import ReaderError
from ingest.inputs import Files, Input, Looked
from ingest.outcome import Meta, Parsed, Part, Pending, Report, key
from ingest.pool import SECONDS, Here, Pool
from ingest.studies import Studies, attested
from ingest.worker import MEMORY
from ontology.base import Record
from ontology.errors import CarekgError

Progress = Callable[[int, int, str], None]
"""Told before each file: how many are done, how many there are, and its name."""
Recall = Callable[[Input, str], "Result | None"]
"""Gives what is known of an input from before, by the key of the work, or None where it is to be read."""

_AHEAD = 4
"""Files for each process that may be read and wait for their turn; with fewer, another process does not pay."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One document's records and report, or why a file gave none. Records that belong to no document have no report;
    what is pending becomes records when all files are read. `path` of a member of an archive goes through it."""

    path: Path
    records: tuple[Record, ...] = ()
    report: Report | None = None
    error: CarekgError | None = None
    pending: Pending | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """All that a file gave. `key` is that of the work, empty where there was none; `recalled` says that nothing had to
    be read, as it is known from before."""

    input: Input
    key: str
    outcomes: tuple[Outcome, ...]
    recalled: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """How a run may use the machine. `jobs` is the most processes (None: one a core; 0: none, files are read in this
    process, without bounds), `seconds` and `memory` (bytes) are what one file may take."""

    jobs: int | None = None
    seconds: float = SECONDS
    memory: int = MEMORY


def ingest(files: Sequence[Path | Input], *, progress: Progress | None = None) -> Iterator[Outcome]:
    """Yield an outcome for every document of the files; as `run`, for those who need no more."""
    for result in run(files, progress=progress):
        yield from result.outcomes


def run(
    files: Sequence[Path | Input],
    *,
    limits: Limits | None = None,
    studies: Callable[[], Studies] = Studies,
    recall: Recall | None = None,
    progress: Progress | None = None,
) -> Generator[Result, None, None]:
    """Yield the result of every file, and of every member in place of an archive.

    First comes what `recall` knows, then what cannot be read, then the others in the order of the run. `studies` gives
    the studies that are known from before; it is asked when the first file is to be read. A text that came before under
    another name gives an outcome with a note and no records. Closing the iterator ends all processes.

    Raises:
        WorkerError: the processes cannot be started.
    """
    limits = limits or Limits()
    jobs = len(os.sched_getaffinity(0)) if limits.jobs is None else limits.jobs
    with Pool[int](jobs, limits.seconds, limits.memory) if jobs else Here[int]() as pool:
        desk = _Desk(Files(), pool, progress)
        for result in desk.sort(files, recall):
            yield desk.told(result)
        if desk.tasks:
            for result in desk.work(studies()):
                yield desk.told(result)


@dataclass(slots=True)
class _Desk:
    """Where a run stands: what is still to do, what was parsed before its turn, and which texts have come by."""

    files: Files
    pool: Pool[int] | Here[int]
    progress: Progress | None
    tasks: list[Looked] = field(default_factory=list)
    given: int = 0
    again: deque[tuple[int, Meta]] = field(default_factory=deque)
    answers: dict[int, Parsed | CarekgError] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)

    def sort(self, files: Sequence[Path | Input], recall: Recall | None) -> Iterator[Result]:
        """Put the files to be read in order; yield what is known, then what cannot be read."""
        failed: list[Result] = []
        for found in self.files.look(files):
            if found.error is not None:
                failed.append(_failed(found, found.error))
                continue
            known = recall(found.input, _key(found)) if recall else None
            if known is None:
                self.tasks.append(found.placed())
            else:
                yield known
        yield from failed
        self.tasks.sort(key=lambda task: (task.turn, str(task.input.place)))

    def work(self, studies: Studies) -> Iterator[Result]:
        """Yield the result of every task in order, reading ahead on all processes."""
        for turn, task in enumerate(self.tasks):
            if self.progress is not None:
                self.progress(turn, len(self.tasks), task.input.name)
            answer = self._answer(turn)
            if isinstance(answer, CarekgError):
                yield _failed(task, answer)
                continue
            parts, elsewhere = self._placed(answer.parts, studies)
            if elsewhere:
                self.again.append((turn, Meta(task.input.name, elsewhere)))
                parts = _renamed(parts, self._answer(turn), dict(elsewhere))
            outcomes = (Outcome(task.input.place, p.records, p.report, p.error, p.pending) for p in parts)
            yield Result(task.input, answer.key, tuple(outcomes))

    def told(self, result: Result) -> Result:
        """Return the result, without the records of a text that came before."""
        return replace(result, outcomes=tuple(self._first(outcome, result.recalled) for outcome in result.outcomes))

    def _answer(self, turn: int) -> Parsed | CarekgError:
        while turn not in self.answers:
            self._feed(turn)
            if turn not in self.answers:
                self.answers.update(self.pool.wait())
        return self.answers.pop(turn)

    def _feed(self, turn: int) -> None:
        """Give files to the processes that are idle: first what is to be parsed again, then the next ones."""
        self.pool.start(1 + (len(self.tasks) - turn) // _AHEAD)
        last = min(len(self.tasks), turn + self.pool.jobs * _AHEAD)
        while self.pool.idle() and (self.again or self.given < last):
            if self.again:
                ticket, meta = self.again.popleft()
            else:
                ticket, meta = self.given, Meta(self.tasks[self.given].input.name)
                self.given += 1
            try:
                self.pool.give(ticket, self.files.read(self.tasks[ticket].input), meta)
            except ReaderError as error:
                self.answers[ticket] = error

    def _placed(self, parts: Sequence[Part], studies: Studies) -> tuple[list[Part], tuple[tuple[str, str], ...]]:
        """Return the parts with what is to be said of their studies, and the documents that are of another study than
        they say themselves."""
        placed: list[Part] = []
        elsewhere: list[tuple[str, str]] = []
        for part in parts:
            told = attested(part.records)
            if part.report is None or told is None or told.document in self.seen:
                placed.append(part)
                continue
            match = studies.match(told)
            notes = match.notes
            if match.study != told.study and part.ready:
                notes = (*notes, f"its study is held under another name too ({match.study}): both stay")
            elif match.study != told.study:
                elsewhere.append((told.document, match.study))
            studies.add(told if part.ready else replace(told, study=match.study))
            placed.append(replace(part, report=replace(part.report, notes=(*part.report.notes, *notes))))
        return placed, tuple(elsewhere)

    def _first(self, outcome: Outcome, recalled: bool) -> Outcome:
        report = outcome.report
        if report is None:
            return outcome
        before = self.seen.get(report.document)
        if before is None or recalled:
            self.seen[report.document] = report.source
            return outcome
        note = f"holds the same text as {before}, which was read before it"
        return replace(outcome, records=(), report=replace(report, notes=(*report.notes, note)))


def _key(task: Looked) -> str:
    return key(task.file_sha256, Meta(task.input.name))


def _failed(task: Looked, error: CarekgError) -> Result:
    return Result(task.input, _key(task) if task.file_sha256 else "", (Outcome(task.input.place, error=error),))


def _renamed(parts: Sequence[Part], answer: Parsed | CarekgError, studies: dict[str, str]) -> list[Part]:
    """Return the parts, those of `studies` (by document) as they were parsed under the names of these."""
    if isinstance(answer, CarekgError):
        answer = Parsed("", "", (Part(error=answer),))
    again = {part.report.document: part for part in answer.parts if part.report is not None}
    failed = next((part for part in answer.parts if part.error is not None), None)
    renamed: list[Part] = []
    for part in parts:
        if part.report is None or part.report.document not in studies:
            renamed.append(part)
            continue
        fresh = again.get(part.report.document)
        if fresh is not None and fresh.report is not None:
            renamed.append(replace(fresh, report=replace(fresh.report, notes=part.report.notes)))
        elif failed is not None:
            renamed.append(failed)
    return renamed
