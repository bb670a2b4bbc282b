"""`carekg ingest`: files and folders into the store."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.common import (
    DEFAULT_STORE,
    Json,
    Neo4j,
    Store,
    complain,
    console,
    emit,
    failure,
    one_line,
    quarantined,
    show_table,
)

if TYPE_CHECKING:
    from ingest.gather import Failure
    from ingest.inputs import Input
    from ingest.ledger import Quarantine
    from ingest.outcome import Report
    from ingest.pipeline import Limits, Progress

INTERRUPTED, TERMINATED = 130, 143
"""The exit codes of a run that Ctrl-C, or SIGTERM, ended, as shells have it."""

COUNTED = {
    "facts": ("StudyFact", "ParticipantGroup"),
    "roles": ("Role",),
    "quotes": ("Quote",),
    "unverified quotes": ("UnverifiedQuote",),
    "themes": ("Theme",),
    "findings": ("Finding", "Position"),
    "rules": ("DecisionRule", "Circumstance"),
    "barriers": ("Barrier",),
    "facilitators": ("Facilitator",),
    "interventions": ("Intervention",),
    "limitations": ("Limitation",),
    "links": ("Assertion",),
}
"""What is counted for people, under which word; the JSON has every kind."""


@dataclass(slots=True)
class _Tally:
    """What became of the inputs: reports by the place of their file, failures, and how many were known from before."""

    reports: "list[tuple[Path, Report, bool]]" = field(default_factory=list)
    failed: "list[Failure]" = field(default_factory=list)
    unchanged: int = 0
    beside: int = 0
    """Outcomes that are no document: decisions and synthesis, which come as records."""
    quarantine: "Quarantine | None" = None


def ingest(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="PATH...",
            help="Papers, references, coding sheets, QDA projects, records; folders and ZIP files of them.",
        ),
    ] = None,
    sample: Annotated[bool, typer.Option("--sample", help="Take in the six illustrative studies shipped.")] = False,
    mapping: Annotated[
        Path | None,
        typer.Option(
            "--mapping",
            metavar="FILE",
            help="What columns and codes mean; by default the file that lies beside an input.",
        ),
    ] = None,
    retry: Annotated[bool, typer.Option("--retry", help="Take up again what is in the store's quarantine.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Read also what did not change.")] = False,
    jobs: Annotated[
        int | None, typer.Option("--jobs", min=1, help="The most processes that read files; one a core by default.")
    ] = None,
    time_limit: Annotated[
        float, typer.Option("--time-limit", min=0.1, metavar="SECONDS", help="How long reading one file may take.")
    ] = 120,
    refused: Annotated[bool, typer.Option("--refused", help="List what was seen and not stored, and why.")] = False,
    store: Store = DEFAULT_STORE,
    neo4j: Neo4j = None,
    json: Json = False,
) -> None:
    """Read documents, find what they hold, and put it into the store.

    A folder or a ZIP file stands for all files in it, sorted, without hidden ones. A bad file is named and put into
    quarantine, and the others go on: the exit code is then 1. What did not change is not read again. Ctrl-C (or
    SIGTERM) ends the run and keeps what is done, a second Ctrl-C does not wait for it to be shown to readers; the same
    command goes on. So it does after a run that was killed, or a disk that was full.

    \b
    Examples:
      carekg ingest papers/ references.ris
      carekg ingest --sample --store demo
      carekg ingest paper.txt records.jsonl --json
      carekg ingest project.qdpx --mapping codes.toml
      carekg ingest --retry
    """
    from ingest.gather import gather
    from ingest.pipeline import Limits

    if not paths and not sample and not retry:
        raise typer.BadParameter("name at least one PATH, or use --sample or --retry", param_hint="PATH...")
    gathered = gather([*(paths or ()), *(_sample() if sample else ())])
    for one in gathered.failures:
        complain(one.error)
    files = _each_once([*gathered.files, *(_held(store) if retry else ())])
    tally = _Tally(failed=list(gathered.failures))
    stopped = 0
    if files:
        limits = Limits(jobs=jobs, seconds=time_limit)
        try:
            with _interrupted_by_sigterm():
                _take(tally, files, store, neo4j, limits, mapping, again=again, retry=retry, shown=not json)
        except KeyboardInterrupt as error:
            stopped = TERMINATED if isinstance(error, _Terminated) else INTERRUPTED
    place = {file if isinstance(file, Path) else file.place: number for number, file in enumerate(files)}
    tally.reports.sort(key=lambda told: min(place[p] for p in (told[0], *told[0].parents) if p in place))
    if json:
        emit(_as_dict(store, tally, gathered.hidden))
    else:
        _show(tally, gathered.hidden, refused=refused)
    if stopped:
        typer.echo(f"carekg: stopped; {_kept(store)} documents are in the store; the same command goes on", err=True)
        raise typer.Exit(stopped)
    if tally.failed:
        raise typer.Exit(1)


def _kept(store: Path) -> int:
    """Return how many documents the store holds: one more may have been stored than there was time to report."""
    from graph.errors import StoreMissing
    from graph.store import EvidenceGraph

    try:
        with EvidenceGraph(store, read_only=True) as graph:
            return len(graph.documents())
    except StoreMissing:
        return 0


class _Terminated(KeyboardInterrupt):
    """SIGTERM came."""


@contextmanager
def _interrupted_by_sigterm() -> "Iterator[None]":
    """Let SIGTERM end the block as Ctrl-C does: what is done is kept."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise _Terminated

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _take(
    tally: _Tally,
    files: "list[Path | Input]",
    store: Path,
    neo4j: str | None,
    limits: "Limits",
    mapping: Path | None,
    *,
    again: bool,
    retry: bool,
    shown: bool,
) -> None:
    """Take the files in and tally what becomes of them; failures are told as they come."""
    from commands.intake import Intake
    from ingest.gather import Failure

    with Intake(store, neo4j, mapping=mapping, again=again, retry=retry) as intake, _progress(shown=shown) as progress:
        for outcome, known in intake.take(files, limits, progress):
            if outcome.error is not None:
                tally.failed.append(Failure(outcome.path, outcome.error))
                complain(outcome.error)
            elif outcome.report is not None:
                tally.reports.append((outcome.path, outcome.report, known))
                tally.unchanged += known
            else:
                tally.beside += 1
            tally.quarantine = intake.quarantine


def _each_once(files: "list[Path | Input]") -> "list[Path | Input]":
    """Return the files, each once, however its path is written."""
    once: dict[Path, Path | Input] = {}
    for file in files:
        once.setdefault((file if isinstance(file, Path) else file.place).absolute(), file)
    return list(once.values())


def _held(store: Path) -> "list[Input]":
    """Return the files in quarantine."""
    from ingest.ledger import Quarantine

    return [held.input for held in Quarantine.of(store).files()]


def _sample() -> list[Path]:
    """Return the files of the shipped sample."""
    from importlib.resources import files

    return sorted(Path(str(file)) for file in files("ingest.sample").iterdir() if file.name.endswith(".txt"))


@contextmanager
def _progress(*, shown: bool) -> "Iterator[Progress | None]":
    """Give what shows the progress, its rate and the time left on standard error, where that is a terminal."""
    target = console(err=True)
    if not shown or not target.is_terminal:
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    rate = TextColumn("{task.fields[rate]}")
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn())
    with Progress(*columns, console=target, transient=True) as bar:
        task = bar.add_task("reading", rate="")

        def tell(done: int, total: int, name: str) -> None:
            elapsed = bar.tasks[0].elapsed
            rate = f"{done / elapsed:.1f} files/s" if done and elapsed else ""
            bar.update(task, completed=done, total=total, description=one_line(name, 40), rate=rate)

        yield tell


def _show(tally: _Tally, hidden: tuple[Path, ...], *, refused: bool) -> None:
    fresh = [report for _, report, known in tally.reports if not known]
    if fresh:
        rows = [
            (
                report.source,
                report.evidence_level,
                _counted(report),
                len(report.refused),
                f"{report.characters:,}",
                f"{report.seconds:.2f}",
            )
            for report in fresh
        ]
        numbers = ("refused", "characters", "seconds")
        show_table(("document", "level", "found", *numbers), rows, numbers=numbers)
    for report in fresh:
        for note in report.notes:
            typer.echo(f"{report.source}: {note}")
        for one in report.refused if refused else ():
            typer.echo(f"{report.source}: refused {one.kind}: {one.reason}: {one_line(one.words)}")
    if tally.unchanged:
        typer.echo(f"{tally.unchanged} documents are in the store as they are (--again reads them again)")
    if tally.beside:
        typer.echo("what comes as records and is of no document (decisions, synthesis) is in the store")
    if hidden:
        typer.echo(f"{len(hidden)} hidden files were passed over")
    if tally.quarantine:
        typer.echo(quarantined(tally.quarantine.files()))


def _counted(report: "Report") -> str:
    counts = {word: sum(report.found.get(kind, 0) for kind in kinds) for word, kinds in COUNTED.items()}
    return ", ".join(f"{count} {word}" for word, count in counts.items() if count)


def _as_dict(store: Path, tally: _Tally, hidden: tuple[Path, ...]) -> dict[str, Any]:
    return {
        "store": str(store),
        "documents": [report.told() | {"unchanged": known} for _, report, known in tally.reports],
        "failed": [{"path": str(one.path), **failure(one.error)} for one in tally.failed],
        "hidden": [str(path) for path in hidden],
        "quarantined": len(tally.quarantine or ()),
    }
