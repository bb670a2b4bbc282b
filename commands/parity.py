"""`carekg parity` and `carekg import`: whether the graphs say the same, and the store made anew from one of them."""

from contextlib import ExitStack
from typing import Annotated

import typer

from commands.common import DEFAULT_STORE, Json, Store, emit, one_line, progress, show_table
from ontology.errors import CarekgError


def parity(
    neo4j: Annotated[
        str | None, typer.Option("--neo4j", metavar="URI", help="Compare this Neo4j too; credentials as for ingest.")
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", min=0, help="Print at most so many differences (0: all); all are counted.")
    ] = 100,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Empty the property graphs and fill them anew first.")
    ] = False,
    store: Store = DEFAULT_STORE,
    json: Json = False,
) -> None:
    """Compare the two graphs, and print where they differ.

    RDF is held against what its records give and against the hashes of the store, then each property graph against RDF:
    every node, property and relationship, read piece by piece.

    Exit code 0 where they say the same, 1 where they do not. A property graph that differs is mended by --rebuild; a
    document whose RDF differs, by `carekg retract` and `carekg ingest`.

    \b
    Examples:
      carekg parity
      carekg parity --neo4j bolt://127.0.0.1:7687 --json
    """
    from graph.cypher.neo4j import Neo4jEngine
    from graph.parity import Difference, compare
    from graph.project import Rows
    from graph.store import EvidenceGraph
    from graph.sync import parts

    shown: list[Difference] = []
    count = 0
    with ExitStack() as stack:
        graph = stack.enter_context(EvidenceGraph(store, read_only=True))
        engines = {"embedded": graph.engine()}
        if neo4j is not None:
            engines["neo4j"] = Neo4jEngine(neo4j, fill=rebuild)
            stack.callback(engines["neo4j"].close)
        state = graph.snapshot()
        for engine in engines.values() if rebuild else ():
            engine.rebuild(Rows(), "")
            engine.fill(parts(state.store, state.manifest.graphs), state.manifest.stamp)
        tell = stack.enter_context(progress("comparing", shown=not json))
        for difference in compare(state, engines, tell):
            count += 1
            if not limit or count <= limit:
                shown.append(difference)
    sides = ["rdf", *engines]
    if json:
        emit({"sides": sides, "differences": count, "shown": [told._asdict() for told in shown]})
    else:
        rows = [(d.iri, d.slot, " / ".join(d.between), _cell(d.left), _cell(d.right)) for d in shown]
        if rows:
            show_table(("thing", "slot", "between", "first", "second"), rows)
        more = f", the first {len(shown)} are shown" if count > len(shown) else ""
        typer.echo(f"{', '.join(sides)}: {count} {'difference' if count == 1 else 'differences'}{more}")
    if count:
        raise typer.Exit(1)


def import_(
    neo4j: Annotated[
        str, typer.Option("--neo4j", metavar="URI", help="The Neo4j that `carekg ingest --neo4j` filled.")
    ],
    store: Store = DEFAULT_STORE,
    json: Json = False,
) -> None:
    """Make a store anew from a Neo4j that holds one.

    The store must be new. It gets every document, decision and synthesis record, and is the same, byte for byte, as the
    one that filled the server; where it is not, the server was changed by others, which is said.

    \b
    Example:
      carekg import --neo4j bolt://127.0.0.1:7687 --store again
    """
    from graph.cypher.neo4j import Neo4jEngine
    from graph.restore import restore
    from graph.store import EvidenceGraph

    with ExitStack() as stack:
        engine = Neo4jEngine(neo4j, fill=False)
        stack.callback(engine.close)
        graph = stack.enter_context(EvidenceGraph(store))
        documents = restore(engine, graph, stack.enter_context(progress("reading", shown=not json)))
        stamp, wanted = graph.stamp(), engine.stamp()
    if stamp != wanted:
        problem = f"holds another state ({wanted}) than its records give ({stamp}): it was changed by others"
        raise CarekgError(neo4j, problem, f"see `carekg parity --neo4j {neo4j} --store {store}`")
    if json:
        emit({"store": str(store), "documents": documents, "stamp": stamp})
    else:
        typer.echo(f"{store}: {documents} documents, state {stamp}, the same as in {neo4j}")


def _cell(value: object) -> str:
    return "–" if value is None else one_line(str(value), 60)
