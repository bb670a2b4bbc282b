"""`carekg ingest`: files and folders into the store."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
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
    show_table,
)
from ontology.errors import RecordError, SpanError

if TYPE_CHECKING:
    from graph.store import EvidenceGraph
    from ingest.pipeline import Outcome, Progress, Report

COUNTED = {
    "facts": ("StudyFact", "ParticipantGroup"),
    "roles": ("Role",),
    "quotes": ("Quote",),
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


def ingest(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATH...", help="Papers, folders of papers, or records in JSON Lines (.jsonl)."),
    ] = None,
    sample: Annotated[bool, typer.Option("--sample", help="Take in the six illustrative studies shipped.")] = False,
    refused: Annotated[bool, typer.Option("--refused", help="List what was seen and not stored, and why.")] = False,
    store: Store = DEFAULT_STORE,
    neo4j: Neo4j = None,
    json: Json = False,
) -> None:
    """Read documents, find what they hold, and put it into the store.

    A folder stands for all files in it, sorted, without hidden ones. A bad file is named, and the others go on: the
    exit code is then 1. Reading the same input again changes nothing.

    \b
    Examples:
      carekg ingest papers/
      carekg ingest --sample --store demo
      carekg ingest paper.txt records.jsonl --json
    """
    from ingest.gather import Failure, gather

    if not paths and not sample:
        raise typer.BadParameter("name at least one PATH, or use --sample", param_hint="PATH...")
    gathered = gather([*(paths or ()), *(_sample() if sample else ())])
    failed = list(gathered.failures)
    reports: list[Report] = []
    for one in failed:
        complain(one.error)
    for outcome in _ingested(gathered.files, store, neo4j, shown=not json) if gathered.files else ():
        if outcome.error is not None:
            failed.append(Failure(outcome.path, outcome.error))
            complain(outcome.error)
        elif outcome.report is not None:
            reports.append(outcome.report)
    if json:
        emit(_as_dict(store, reports, failed, gathered.hidden))
    else:
        _show(reports, gathered.hidden, refused=refused)
    if failed:
        raise typer.Exit(1)


def _ingested(files: Sequence[Path], store: Path, neo4j: str | None, *, shown: bool) -> "Iterator[Outcome]":
    """Yield the outcomes of the files, their records being in the store.

    The store mostly waits for the disk. So a thread of its own opens it while extraction is loaded, and takes in one
    document while the next is read.
    """
    from graph.store import EvidenceGraph

    with ThreadPoolExecutor(max_workers=1) as beside:
        opening = beside.submit(EvidenceGraph, store, neo4j=neo4j)
        from ingest import pipeline

        with opening.result() as graph, graph.batch(), _progress(shown=shown) as progress:
            waiting: Future[Outcome] | None = None
            for outcome in pipeline.ingest(files, progress=progress):
                if waiting is not None:
                    yield waiting.result()
                waiting = beside.submit(_kept, graph, outcome)
            if waiting is not None:
                yield waiting.result()


def _kept(graph: "EvidenceGraph", outcome: "Outcome") -> "Outcome":
    """Put the records of an outcome into the store; what the store refuses becomes the outcome's error."""
    try:
        if outcome.error is not None:
            return outcome
        if outcome.report is None:
            graph.add(outcome.records)
        elif outcome.records:
            graph.apply(outcome.records)
    except (RecordError, SpanError) as error:
        return replace(outcome, records=(), report=None, error=error)
    return outcome


def _sample() -> list[Path]:
    """Return the files of the shipped sample."""
    from importlib.resources import files

    return sorted(Path(str(file)) for file in files("ingest.sample").iterdir() if file.name.endswith(".txt"))


@contextmanager
def _progress(*, shown: bool) -> "Iterator[Progress | None]":
    """Give what shows the progress on standard error, where that is a terminal."""
    target = console(err=True)
    if not shown or not target.is_terminal:
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=target, transient=True) as bar:
        task = bar.add_task("reading")

        def tell(done: int, total: int, name: str) -> None:
            bar.update(task, completed=done, total=total, description=one_line(name, 40))

        yield tell


def _show(reports: "list[Report]", hidden: tuple[Path, ...], *, refused: bool) -> None:
    if reports:
        rows = [
            (
                report.source,
                report.evidence_level,
                _counted(report),
                len(report.refused),
                f"{report.characters:,}",
                f"{report.seconds:.2f}",
            )
            for report in reports
        ]
        numbers = ("refused", "characters", "seconds")
        show_table(("document", "level", "found", *numbers), rows, numbers=numbers)
    for report in reports:
        for note in report.notes:
            typer.echo(f"{report.source}: {note}")
        for one in report.refused if refused else ():
            typer.echo(f"{report.source}: refused {one.kind}: {one.reason}: {one_line(one.words)}")
    if hidden:
        typer.echo(f"{len(hidden)} hidden files were passed over")


def _counted(report: "Report") -> str:
    counts = {word: sum(report.found.get(kind, 0) for kind in kinds) for word, kinds in COUNTED.items()}
    return ", ".join(f"{count} {word}" for word, count in counts.items() if count)


def _as_dict(store: Path, reports: "list[Report]", failed: "list[Outcome]", hidden: tuple[Path, ...]) -> dict[str, Any]:
    return {
        "store": str(store),
        "documents": [asdict(report) for report in reports],
        "failed": [{"path": str(one.path), **failure(one.error)} for one in failed],
        "hidden": [str(path) for path in hidden],
    }
