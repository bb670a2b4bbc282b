"""Files into a store: what is read is put away beside the reading, and what is known from before is not read again."""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Any

from commands.attested import attested_by
from graph.store import EvidenceGraph
from ingest.errors import StoppedError
from ingest.inputs import Input
from ingest.ledger import Done, Ledger, Quarantine
from ingest.outcome import Pending, Report
from ingest.pipeline import Limits, Outcome, Progress, Result, run
from ingest.readers.contents import Sheet
from ingest.studies import Studies
from ontology.errors import CarekgError, RecordError, SpanError

PUBLISH_SECONDS = 10.0
"""How long, at most, what was put away waits for readers to see it, while files come."""
MOST = 16
"""Files that are put away at once, at most: their records are in memory, and a killed run reads them again."""
_TABLES = frozenset({".csv", ".tsv", ".txt", ".xlsx"})


@dataclass(slots=True)
class Intake:
    """A store that takes files in; use it as a context manager.

    The store mostly waits for the disk. So a thread of its own opens it while the first files are read, and puts files
    away while the next are read: all that came meanwhile at once, which takes the store far less time than one by one.
    What was put away outlives a run that is killed; readers of the store see it after `publish_seconds`, at the end at
    last. `mapping` is a file that says what columns and codes mean, in place of the one beside each input. With
    `again`, everything is read, whatever is known of it; with `retry`, what is known to fail is tried again.
    """

    store: Path
    neo4j: str | None = None
    mapping: Path | None = None
    again: bool = False
    retry: bool = False
    publish_seconds: float = PUBLISH_SECONDS
    _stack: ExitStack = field(default_factory=ExitStack)
    _beside: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(max_workers=1))
    _opening: "Future[EvidenceGraph] | None" = None
    _ledger: Ledger = field(init=False)
    _quarantine: Quarantine = field(init=False)
    _published: float = field(default_factory=time.monotonic)
    _pending: list[tuple[Input, str, Outcome]] = field(default_factory=list)

    def __enter__(self) -> "Intake":
        """Begin to open the store."""
        self._opening = self._beside.submit(self._open)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Finish what is being put away, then let readers see it and close the store."""
        self._beside.shutdown()
        with self._stack:
            if self._opening is not None and self._opening.exception() is None:
                self._quarantine.tidy()

    @property
    def quarantine(self) -> Quarantine:
        """The files of the store that failed, as they are now."""
        self._graph()
        return self._quarantine

    def take(
        self, files: Sequence[Path | Input], limits: Limits, progress: Progress | None
    ) -> Iterator[tuple[Outcome, bool]]:
        """Yield the outcomes of the files, their records being in the store, and whether they were known from before.

        Raises:
            GraphError: the store cannot be opened or written to.
            LedgerError: what the store remembers of files cannot be written.
            WorkerError: no processes can be started to read files.
        """
        recall = None if self.again else self._recalled
        work: Future[list[Outcome]] | None = None
        came: list[Result] = []
        with closing(run(files, limits=limits, studies=self._studies, recall=recall, progress=progress)) as results:
            for result in results:
                if result.recalled:
                    yield from ((outcome, True) for outcome in result.outcomes)
                    continue
                came.append(result)
                if work is not None and (work.done() or len(came) == MOST):
                    yield from ((outcome, False) for outcome in work.result())
                    work = None
                if work is None:
                    work, came = self._beside.submit(self._kept, came), []
        if work is not None:
            yield from ((outcome, False) for outcome in work.result())
        if came:
            yield from ((outcome, False) for outcome in self._beside.submit(self._kept, came).result())
        yield from ((outcome, False) for outcome in self._resolved())

    def _open(self) -> EvidenceGraph:
        """Open the store, then what it remembers of files: that is ours to read and write once nobody else writes."""
        graph = self._stack.enter_context(EvidenceGraph(self.store, neo4j=self.neo4j))
        self._ledger, self._quarantine = Ledger.of(self.store), Quarantine.of(self.store)
        self._stack.enter_context(graph.batch())
        return graph

    def _graph(self) -> EvidenceGraph:
        if self._opening is None:
            raise CarekgError(str(self.store), "is not open", "use the intake as a context manager")
        return self._opening.result()

    def _studies(self) -> Studies:
        return Studies.of(attested_by(self._graph()))

    def _recalled(self, given: Input, key: str) -> Result | None:
        graph = self._graph()
        held = None if self.retry else self._quarantine.known(given, key)
        if held is not None:
            return Result(given, key, (Outcome(given.place, error=held.error),), recalled=True)
        done = self._ledger.unchanged(key, graph.state)
        if done is None or self._may_code(given):
            return None
        self._quarantine.release(given)
        outcomes = [Outcome(given.place, report=_report(told)) for _, _, told in done.documents]
        return Result(given, key, tuple(outcomes), recalled=True)

    def _may_code(self, given: Input) -> bool:
        """Say whether a file may be a table that lists references and of which a mapping says what it codes."""
        from commands.pending import mapping_of

        is_table = Path(given.member or given.path.name).suffix.lower() in _TABLES
        return is_table and mapping_of(given, self.mapping) is not None

    def _kept(self, results: Sequence[Result]) -> list[Outcome]:
        """Put the records of files into the store, and remember each file as taken in or as failed."""
        graph = self._graph()
        loaded = self._loaded([one for result in results for one in result.outcomes if _is_document(one)])
        told: list[Outcome] = []
        for result in results:
            pending = [one for one in result.outcomes if one.pending is not None]
            waiting = [one for one in pending if not _is_list(one.pending) or self._may_code(result.input)]
            self._pending += [(result.input, result.key, one) for one in waiting]
            ready = [one for one in result.outcomes if one.pending is None]
            kept = [replace(one, records=()) if loaded and _is_document(one) else self._stored(one) for one in ready]
            self._remember(result.input, result.key, kept, done=not waiting)
            told += kept
        if time.monotonic() - self._published > self.publish_seconds:
            graph.publish()
            self._published = time.monotonic()
        return told

    def _loaded(self, documents: Sequence[Outcome]) -> bool:
        """Put several documents into the store at once; say whether they are there, and not to be put there singly."""
        # A Neo4j takes each document as a change of its own: after a load at once it would be compared whole.
        if len(documents) < 2 or self.neo4j is not None:
            return False
        try:
            self._graph().load(one.records for one in documents)
        except (RecordError, SpanError):
            # Which of them the store refuses is found when each is put there: those that are there are passed over.
            return False
        self._published = time.monotonic()
        return True

    def _stored(self, outcome: Outcome) -> Outcome:
        """Put the records of an outcome into the store; what the store refuses becomes the outcome's error."""
        try:
            if outcome.error is None and outcome.report is None:
                self._graph().add(outcome.records)
            elif _is_document(outcome):
                self._graph().apply(outcome.records)
        except (RecordError, SpanError) as error:
            return replace(outcome, records=(), report=None, error=error)
        return replace(outcome, records=())

    def _remember(self, given: Input, key: str, outcomes: Sequence[Outcome], *, done: bool) -> None:
        errors = [outcome.error for outcome in outcomes if outcome.error is not None]
        if errors:
            lasting = bool(key) and len(errors) == len(outcomes)
            lasting = lasting and not any(isinstance(error, StoppedError) for error in errors)
            self._quarantine.add(given, key, errors[0], lasting=lasting)
            return
        self._quarantine.release(given)
        if done:
            reports = [outcome.report for outcome in outcomes if outcome.report is not None]
            states = [
                (report.document, self._graph().state(report.document) or "", _told(report)) for report in reports
            ]
            self._ledger.add(Done(key, str(given.path.absolute()), tuple(states)))

    def _resolved(self) -> Iterator[Outcome]:
        """Make records of what was pending, now that all studies are in the store, and put them there."""
        if not self._pending:
            return
        from commands.pending import StoreLibrary, groups_of
        from ingest.outcome import group_report

        library = StoreLibrary(self._graph())
        for given, _, outcome in self._pending:
            if outcome.pending is None:
                continue
            try:
                groups = groups_of(outcome.pending, library, given, self.mapping)
            except CarekgError as error:
                kept = [replace(outcome, pending=None, error=error)]
            else:
                made = (Outcome(given.place, group.records, group_report(group, 0.0)) for group in groups)
                kept = [self._stored(one) for one in made]
            self._remember(given, "", kept, done=False)
            yield from kept


def _is_document(outcome: Outcome) -> bool:
    """Whether the records are those of a document, which is new or may have changed."""
    return outcome.error is None and outcome.report is not None and bool(outcome.records)


def _is_list(pending: Pending | None) -> bool:
    return isinstance(pending, Sheet) and pending.listed


def _told(report: Report) -> dict[str, Any]:
    return report.told() | {"refused": ()}


def _report(told: dict[str, Any]) -> Report:
    return Report(**told | {"refused": (), "notes": tuple(told["notes"])})
