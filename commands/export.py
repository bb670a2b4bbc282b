"""`carekg export`: the store in other forms."""

import errno
import json as jsonlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any

import typer

from commands.common import DEFAULT_STORE, Json, Store, Told, emit, progress
from ontology.errors import CarekgError
from ontology.namespaces import ID

if TYPE_CHECKING:
    from graph.export import Publication
    from graph.store import EvidenceGraph


class Form(StrEnum):
    """The forms of `graph.export`, named here so that help needs not load it."""

    records = "records"
    nquads = "nquads"
    turtle = "turtle"
    trig = "trig"
    rdf12 = "rdf12"
    jsonld = "jsonld"
    graphml = "graphml"
    cypher = "cypher"
    nanopubs = "nanopubs"
    sssom = "sssom"
    xlsx = "xlsx"
    html = "html"
    refi_qda = "refi-qda"
    csv = "csv"
    ro_crate = "ro-crate"
    neo4j_csv = "neo4j-csv"


FOLDERS = (Form.csv, Form.ro_crate, Form.neo4j_csv)
PACKED = (Form.xlsx, Form.refi_qda)


def export(
    form: Annotated[Form, typer.Option("--format", help="The form to write.")],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="PATH", help="Where to write; standard output by default."),
    ] = None,
    around: Annotated[
        str | None, typer.Option("--around", metavar="IRI", help="html: only what lies around this thing.")
    ] = None,
    depth: Annotated[int, typer.Option("--depth", min=1, max=4, help="With --around: steps to go.")] = 1,
    date: Annotated[
        str | None,
        typer.Option(
            "--date",
            metavar="DAY",
            help="ro-crate, nanopubs, sssom: the day of publication, as 2026-11-30; for ro-crate that of the last "
            "change of the store by default.",
        ),
    ] = None,
    licence: Annotated[
        str | None, typer.Option("--licence", metavar="IRI", help="The same three: the licence of what is published.")
    ] = None,
    creator: Annotated[
        str | None, typer.Option("--creator", metavar="IRI", help="The same three: who answers for it, as an ORCID.")
    ] = None,
    store: Store = DEFAULT_STORE,
    json: Json = False,
) -> None:
    """Write the whole store in one format.

    `records` (JSON Lines) is what `carekg ingest` reads back; the same store gives the same bytes in every form. `csv`,
    `ro-crate` and `neo4j-csv` are folders, which must be new or empty. `neo4j-csv` is for `neo4j-admin database import
    full`: the quick way to load a big graph into an empty server. With --output, --json tells of what was written.

    \b
    Examples:
      carekg export --format records -o evidence.jsonl
      carekg export --format nquads | sha256sum
      carekg export --format xlsx -o evidence.xlsx
      carekg export --format html -o picture.html
      carekg export --format html --around barrier/321f55b84b5d26db0d50b63edda018da -o near.html
      carekg export --format ro-crate -o crate --licence https://creativecommons.org/licenses/by/4.0/
      carekg export --format neo4j-csv -o folder
    """
    if around is not None and form is not Form.html:
        raise typer.BadParameter("is for --format html", param_hint="'--around'")
    if form in FOLDERS and output is None:
        raise typer.BadParameter(f"{form} is a folder: name it", param_hint="'--output'")
    if output is None and form in PACKED and sys.stdout.isatty():
        raise typer.BadParameter(f"{form} is no text for a terminal: name a file", param_hint="'--output'")
    from graph.export import Publication
    from graph.store import EvidenceGraph

    told = Publication(_day(date), _iri(licence, "--licence"), _iri(creator, "--creator"))
    with (
        EvidenceGraph(store, read_only=True) as graph,
        progress(f"writing {form}", shown=not json and output is not None) as tell,
    ):
        if output is not None and form in FOLDERS:
            done = _folder(graph, form, output, told, tell)
        elif output is not None:
            with _whole(output) as out:
                _file(graph, form, out, told, tell, around, depth)
            done = {"format": form, "file": str(output), "bytes": output.stat().st_size}
        else:
            with _plain("standard output"):
                _file(graph, form, sys.stdout.buffer, told, tell, around, depth)
                sys.stdout.buffer.flush()
            return
    if json:
        emit(done)
    else:
        typer.echo(_said(done))


def _file(
    graph: "EvidenceGraph",
    form: Form,
    out: IO[bytes],
    told: "Publication",
    tell: Told,
    around: str | None,
    depth: int,
) -> None:
    from graph.export import export, export_around

    if around is not None:
        export_around(graph, around if ":" in around else ID + around, out, depth)
    else:
        export(graph, form, out, told, tell, partial(typer.echo, err=True))


def _folder(graph: "EvidenceGraph", form: Form, folder: Path, told: "Publication", tell: Told) -> dict[str, Any]:
    from dataclasses import replace

    from graph.export import export_folder

    if form is Form.ro_crate and told.date is None:
        told = replace(told, date=_last_change(graph.path / "log.jsonl"))
    export_folder(graph, form, folder, told, tell)
    if form is Form.neo4j_csv:
        from graph.neo4j_import import check

        manifest = check(folder)
        return {"format": form, "folder": str(folder)} | {name: manifest[name] for name in _TOLD}
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {
        "format": form,
        "folder": str(folder),
        "files": len(files),
        "bytes": sum(path.stat().st_size for path in files),
    }


_TOLD = ("stamp", "nodes", "relationships", "command")


def _said(done: dict[str, Any]) -> str:
    if "file" in done:
        return f"{done['file']}: {done['bytes']:,} bytes of {done['format']}"
    if "command" in done:
        return (
            f"{done['folder']}: {done['nodes']:,} nodes, {done['relationships']:,} relationships; in it, with the "
            f"server\nstopped and its database empty: {done['command']}"
        )
    return f"{done['folder']}: {done['files']:,} files, {done['bytes']:,} bytes of {done['format']}"


@contextmanager
def _whole(output: Path) -> Iterator[IO[bytes]]:
    """Give a file beside the one to write, which takes its place when all is written: no reader finds half of it."""
    draft = output.with_name(output.name + ".part")
    try:
        with _plain(str(output)):
            with draft.open("wb") as out:
                yield out
            draft.replace(output)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def _plain(name: str) -> Iterator[None]:
    """Turn an error of the system into ours; a reader of a pipe that has seen enough is none."""
    try:
        yield
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise
        remedy = "make room, there or for temporary files (TMPDIR)" if error.errno in _FULL else "name another file"
        raise CarekgError(name, f"cannot be written ({error.strerror})", remedy) from error


_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def _last_change(log: Path) -> str | None:
    """Return the day of the last change of a store."""
    if not log.exists():
        return None
    *_, last = ("", *log.read_text(encoding="utf-8").splitlines())
    return str(jsonlib.loads(last)["at"])[:10] if last else None


def _day(value: str | None) -> str | None:
    from datetime import date

    try:
        return None if value is None else date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise typer.BadParameter(f"{value!r} is no day such as 2026-11-30", param_hint="'--date'") from error


def _iri(value: str | None, option: str) -> str | None:
    from pyoxigraph import NamedNode

    try:
        return None if value is None else NamedNode(value).value
    except ValueError as error:
        raise typer.BadParameter(f"{value!r} is no IRI", param_hint=f"'{option}'") from error
