"""What the commands share: options, output for people and for programs, and errors as one line."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ontology.errors import CarekgError

if TYPE_CHECKING:
    from rich.console import Console

    from ingest.ledger import Held

DEFAULT_STORE = Path("carekg-store")
WIDTH = 10_000
"""Columns of output that does not go to a terminal: nothing is folded, so that lines can be searched."""

Told = Callable[[int, int], None]
"""Takes how much is done, and of how much."""

Store = Annotated[
    Path, typer.Option("--store", envvar="CAREKG_STORE", help="The folder of the store.", show_default=True)
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]
Neo4j = Annotated[
    str | None,
    typer.Option(
        "--neo4j",
        metavar="URI",
        help="Keep this Neo4j in step too; user and password come from NEO4J_USER and NEO4J_PASSWORD.",
    ),
]


class Commands(typer.core.TyperGroup):
    """The group of commands: an error of ours becomes one line on standard error and exit code 1."""

    def invoke(self, ctx: typer.Context) -> Any:  # noqa: ANN401 - whatever the command returns
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except CarekgError as error:
            complain(error)
            raise typer.Exit(1) from error


def complain(error: CarekgError) -> None:
    """Print an error as one line on standard error: the thing, the problem, the remedy."""
    typer.echo("carekg: " + " ".join(str(error).split()), err=True)


def failure(error: CarekgError) -> dict[str, str]:
    """Return an error as JSON-ready values."""
    return {"thing": error.thing, "problem": error.problem, "remedy": error.remedy}


def emit(value: object) -> None:
    """Print a value as JSON on standard output."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def console(*, err: bool = False) -> "Console":
    """Return a console for people: as wide as the terminal, or `WIDTH` where the output goes elsewhere."""
    from rich.console import Console

    stream = sys.stderr if err else sys.stdout
    return Console(file=stream, width=None if stream.isatty() else WIDTH, highlight=False)


@contextmanager
def progress(what: str, *, shown: bool) -> Iterator[Told]:
    """Give what shows the progress on standard error, where that is a terminal."""
    target = console(err=True)
    if not shown or not target.is_terminal:
        yield lambda done, of: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    with Progress(TextColumn(what), BarColumn(), MofNCompleteColumn(), console=target, transient=True) as bar:
        task = bar.add_task(what)
        yield lambda done, of: bar.update(task, completed=done, total=of)


def show_table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, numbers: Iterable[str] = ()) -> None:
    """Print rows under their columns; long cells are folded, never cut. `numbers` are columns to align right."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    right = set(numbers)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold", justify="right" if column in right else "left")
    for row in rows:
        table.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    console().print(table)


def quarantined(held: "Sequence[Held]") -> str:
    """Return a line on the files in quarantine: how many, and how many of them hold no findings, and so no fault."""
    count, empty = len(held), sum(one.kind == "NoFindings" for one in held)
    files, them = ("1 file is", "it") if count == 1 else (f"{count} files are", "them")
    of_them = f" ({empty} without findings)" if empty else ""
    return f"{files} in quarantine{of_them}: `carekg ingest --retry` takes {them} up again"


def one_line(words: str, width: int = 100) -> str:
    """Return words on one line, shortened in view of a table.

    >>> one_line("some\\n words", 6)
    'some …'
    """
    flat = " ".join(words.split())
    return flat if len(flat) <= width else flat[: width - 1].rstrip() + " …"
