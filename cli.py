"""`carekg`: the command line. Thin: every command lives in `commands`, and loads what it needs only when it runs."""

from typing import Annotated

import typer

from commands.ask import list_, query, trace
from commands.common import Commands
from commands.evaluate import evaluate
from commands.export import export
from commands.fetch import fetch
from commands.ingest import ingest
from commands.look import around, gaps, matrix, paths, search, sensitivity
from commands.mapping import mapping
from commands.parity import import_, parity
from commands.questions import questions
from commands.serve import serve
from commands.store import retract, status

app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="A knowledge graph of care-coordination evidence: from a barrier or a finding down to the exact words of an "
    "interview, in RDF (SPARQL) and as a property graph (Cypher).",
    epilog="Exit codes: 0 fine, 1 some inputs failed, 2 wrong use. Start with: carekg ingest --sample, carekg serve",
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"carekg {version('carekg')}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_version, help="Print the version and end.")
    ] = False,
) -> None:
    """Take the options that stand before a command."""


for _name, _command in {
    "fetch": fetch,
    "ingest": ingest,
    "mapping": mapping,
    "query": query,
    "questions": questions,
    "search": search,
    "matrix": matrix,
    "paths": paths,
    "around": around,
    "gaps": gaps,
    "sensitivity": sensitivity,
    "trace": trace,
    "list": list_,
    "export": export,
    "import": import_,
    "retract": retract,
    "parity": parity,
    "status": status,
    "serve": serve,
    "evaluate": evaluate,
}.items():
    app.command(_name)(_command)


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
