"""`carekg retract` and `status`: the store as a whole."""

from typing import Annotated

import typer

from commands.common import DEFAULT_STORE, Json, Neo4j, Store, emit, quarantined, show_table


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
    from graph.folder import Folder
    from graph.store import EvidenceGraph
    from ingest.ledger import Quarantine

    with EvidenceGraph(store, read_only=True) as graph:
        documents, counts, stamp = graph.documents(), graph.counts(), graph.stamp()
    ahead = Folder(store).ahead()
    held = Quarantine.of(store).files()
    if json:
        told = [{"iri": d.iri, "source": d.source, "sha256": d.sha256, "title": d.title} for d in documents]
        beside = {"quarantined": len(held), "ahead": ahead}
        emit({"store": str(store), "stamp": stamp, "documents": told, "counts": counts, **beside})
        return
    typer.echo(f"{store}: {len(documents)} documents, {sum(counts.values())} records, state {stamp}")
    if ahead:
        typer.echo(
            "more is there and not shown yet: a run is at work, or was killed and `carekg ingest` again shows it"
        )
    if documents:
        show_table(("document", "title", "sha256"), [(d.source, d.title, d.sha256[:12]) for d in documents])
        rows = [(kind, count) for kind, count in sorted(counts.items())]
        show_table(("kind", "records"), rows, numbers=("records",))
    if held:
        show_table(("in quarantine", "why"), [(one.thing, f"{one.problem}; {one.remedy}") for one in held])
        typer.echo(quarantined(held))
