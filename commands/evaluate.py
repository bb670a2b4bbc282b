"""`carekg evaluate`: what the store holds, measured against annotated papers."""

import json as jsonlib
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.common import DEFAULT_STORE, Json, Store, complain, emit
from ontology.errors import CarekgError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ingest.pipeline import Outcome
    from ontology.base import Record


def evaluate(
    gold: Annotated[list[Path], typer.Argument(metavar="GOLD.json...", help="Annotated papers, in either layout.")],
    read: Annotated[
        list[Path] | None,
        typer.Option("--read", metavar="PATH", help="Read these files or folders instead of the store."),
    ] = None,
    texts: Annotated[
        list[Path] | None,
        typer.Option(
            "--texts", metavar="PATH", help="Files or folders with the annotated texts, where words are left out."
        ),
    ] = None,
    negative: Annotated[
        list[Path] | None,
        typer.Option("--negative", metavar="PATH", help="Papers that report no findings: tell what is found in them."),
    ] = None,
    misses: Annotated[
        bool, typer.Option("--misses/--no-misses", help="List what was missed and what is wrong.")
    ] = True,
    report: Annotated[Path | None, typer.Option("--report", metavar="FILE", help="Write a Markdown page.")] = None,
    reasons: Annotated[
        Path | None,
        typer.Option("--reasons", metavar="FILE", help="JSON: identifier to why it is missed, for the page."),
    ] = None,
    store: Store = DEFAULT_STORE,
    json: Json = False,
) -> None:
    """Score the store against annotated papers.

    Recall, precision, speaker roles and every miss, kind by kind. Documents are matched to annotations by hash, file
    name or words; a paper that is read in several forms (JATS, text, PDF) is scored in each. The exit code is 1 where
    annotations have no document.

    \b
    Examples:
      carekg evaluate gold/seeds.json
      carekg evaluate gold/*.json --read papers/ --no-misses
      carekg evaluate gold/*.json --read jats/ --read text/ --negative protocols/ --report page.md
      carekg evaluate devtools/annotated/*.json --read jats/ --texts text/
    """
    from ingest.evaluate import load_gold, score
    from ingest.evaluate.negative import as_section, negatives
    from ingest.evaluate.report import as_dict, as_page, as_text

    annotated = [*(texts or ()), *(read or ())]
    papers = [paper for path in gold for paper in load_gold(path, annotated)]
    told = _reasons(reasons) if reasons else {}
    evaluation = score(_fresh(read) if read else _stored(store), papers)
    empty = negatives(_outcomes(negative)) if negative else ()
    if report is not None:
        _write(report, chain(as_page(evaluation, told), as_section(empty) if empty else ()))
    if json:
        emit(as_dict(evaluation) | {"negatives": [asdict(paper) for paper in empty]})
    else:
        for line in chain(as_text(evaluation, misses=misses), as_section(empty) if empty else ()):
            typer.echo(line)
    if evaluation.unread:
        raise typer.Exit(1)


def _fresh(paths: list[Path]) -> "Iterator[Record]":
    for outcome in _outcomes(paths):
        if outcome.error is not None:
            complain(outcome.error)
        yield from outcome.records


def _outcomes(paths: list[Path]) -> "Iterator[Outcome]":
    from ingest.gather import gather
    from ingest.pipeline import ingest

    gathered = gather(paths)
    for failure in gathered.failures:
        complain(failure.error)
    yield from ingest(gathered.files)


def _stored(store: Path) -> "Iterator[Record]":
    from graph.store import EvidenceGraph

    with EvidenceGraph(store, read_only=True) as graph:
        yield from graph.records()


def _reasons(path: Path) -> dict[str, str]:
    try:
        told = jsonlib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CarekgError(str(path), f"cannot be read ({error})", "give a JSON object of reasons") from error
    if not isinstance(told, dict) or not all(isinstance(reason, str) for reason in told.values()):
        raise CarekgError(str(path), "is not an object of texts", "write {identifier: reason}")
    return told


def _write(path: Path, lines: "Iterable[str]") -> None:
    try:
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    except OSError as error:
        raise CarekgError(str(path), f"cannot be written ({error.strerror})", "name another file") from error
