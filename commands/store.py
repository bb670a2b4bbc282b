"""`carekg export`, `retract` and `status`: the store as a whole."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from commands.common import DEFAULT_STORE, Json, Neo4j, Store, emit, show_table
from ontology.errors import CarekgError


def retract(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="A document: file name, SHA-256 (its start) or IRI.")],
    store: Store = DEFAULT_STORE,
    neo4j: Neo4j = None,
    json: Json = False,
) -> None:
    """Take exactly one document out of the store.

    All that only it attests goes with it; decisions and synthesis stay.

    \b
    Examples:
      carekg retract paper.txt
      carekg retract 45f491f0a67b --json
    """
    from graph.store import EvidenceGraph

    with EvidenceGraph(store, read_only=True) as graph:
        document = graph.find(source)
    with EvidenceGraph(store, neo4j=neo4j) as graph:
        done = graph.retract(document.iri)
    if json:
        emit({"document": document.iri, "source": document.source, "removed": done.removed})
    else:
        typer.echo(f"{document.source}: retracted, {done.removed} records are gone")


def status(store: Store = DEFAULT_STORE, json: Json = False) -> None:
    """Show the documents of the store and count its records.

    \b
    Examples:
      carekg status
      carekg status --store demo --json
    """
    from graph.store import EvidenceGraph
    from ingest.ledger import Quarantine

    with EvidenceGraph(store, read_only=True) as graph:
        documents, counts, stamp = graph.documents(), graph.counts(), graph.stamp()
    held = Quarantine.of(store).files()
    if json:
        told = [{"iri": d.iri, "source": d.source, "sha256": d.sha256, "title": d.title} for d in documents]
        emit({"store": str(store), "stamp": stamp, "documents": told, "counts": counts, "quarantined": len(held)})
        return
    typer.echo(f"{store}: {len(documents)} documents, {sum(counts.values())} records, state {stamp}")
    if documents:
        show_table(("document", "title", "sha256"), [(d.source, d.title, d.sha256[:12]) for d in documents])
        rows = [(kind, count) for kind, count in sorted(counts.items())]
        show_table(("kind", "records"), rows, numbers=("records",))
    if held:
        show_table(("in quarantine", "why"), [(one.thing, f"{one.problem}; {one.remedy}") for one in held])
        typer.echo(f"{len(held)} files are in quarantine: `carekg ingest --retry` takes them up again")


class Form(StrEnum):
    """The forms of `graph.export`, named here so that help needs not load it."""

    records = "records"
    nquads = "nquads"
    turtle = "turtle"
    trig = "trig"
    jsonld = "jsonld"
    graphml = "graphml"
    cypher = "cypher"
    html = "html"
    refi_qda = "refi-qda"
    neo4j_csv = "neo4j-csv"


def export(
    form: Annotated[Form, typer.Option("--format", help="The form to write.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where to write; standard output by default.")
    ] = None,
    store: Store = DEFAULT_STORE,
    json: Json = False,
) -> None:
    """Write the whole store in one format.

    `records` (JSON Lines) is what `carekg ingest` reads back; the same store gives the same bytes in every form. With
    --output, --json tells of the file. `neo4j-csv` writes a folder for `neo4j-admin database import full`: the quick
    way to load a big graph into an empty server.

    \b
    Examples:
      carekg export --format records -o evidence.jsonl
      carekg export --format neo4j-csv -o folder
      carekg export --format nquads | sha256sum
      carekg export --format html -o picture.html
      carekg export --format refi-qda -o evidence.qdpx
    """
    if form is Form.neo4j_csv:
        _import_files(store, output, json=json)
        return
    from graph.export import export as write
    from graph.store import EvidenceGraph

    with EvidenceGraph(store, read_only=True) as graph:
        if output is None:
            write(graph, form, sys.stdout.buffer)
            sys.stdout.buffer.flush()
            return
        draft = output.with_name(output.name + ".part")
        try:
            with draft.open("wb") as out:
                write(graph, form, out)
            draft.replace(output)
        except OSError as error:
            raise CarekgError(str(output), f"cannot be written ({error.strerror})", "name another file") from error
        finally:
            draft.unlink(missing_ok=True)
    size = output.stat().st_size
    if json:
        emit({"format": form, "file": str(output), "bytes": size})
    else:
        typer.echo(f"{output}: {size:,} bytes of {form}")


def _import_files(store: Path, folder: Path | None, *, json: bool) -> None:
    from graph.neo4j_import import check, write
    from graph.store import EvidenceGraph

    if folder is None:
        raise typer.BadParameter("neo4j-csv is a folder: name it", param_hint="'--output'")
    with EvidenceGraph(store, read_only=True) as graph:
        write(graph.snapshot(), folder)
    told = check(folder)
    if json:
        emit({"format": "neo4j-csv", "folder": str(folder)} | {name: told[name] for name in _TOLD})
    else:
        typer.echo(
            f"{folder}: {told['nodes']:,} nodes, {told['relationships']:,} relationships; in it, with the server"
        )
        typer.echo(f"stopped and its database empty: {told['command']}")


_TOLD = ("stamp", "nodes", "relationships", "command")
