"""`carekg questions`: the shipped questions, listed, asked, or held in both languages against each other."""

from typing import Annotated

import typer

from commands.ask import Form, list_questions, query
from commands.common import DEFAULT_STORE, Json, Store, emit, show_table


def questions(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="The question to ask, by its name or number.")
    ] = None,
    param: Annotated[
        list[str] | None, typer.Option("--param", metavar="NAME=VALUE", help="A parameter; may be repeated.")
    ] = None,
    in_cypher: Annotated[bool, typer.Option("--in-cypher", help="Ask in Cypher instead of SPARQL.")] = False,
    compare: Annotated[
        bool, typer.Option("--compare", help="Ask every question in both languages and say whether they agree.")
    ] = False,
    form: Annotated[Form, typer.Option("--format", help="How to print the rows.")] = Form.table,
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many rows.")] = 1000,
    timeout: Annotated[float, typer.Option("--timeout", min=0.1, help="At most so many seconds.")] = 10.0,
    neo4j: Annotated[
        str | None,
        typer.Option("--neo4j", metavar="URI", help="Put Cypher to this Neo4j instead of the store's engine."),
    ] = None,
    store: Store = DEFAULT_STORE,
    json: Json = False,
) -> None:
    """List the shipped questions, or ask one of them.

    With --compare all are asked in SPARQL and in Cypher; the exit code is 1 where the rows differ.

    \b
    Examples:
      carekg questions
      carekg questions gaps --format csv
      carekg questions who-should --param task=dose --in-cypher
      carekg questions --compare
    """
    if compare:
        _compare(store, neo4j, timeout, json=json)
    elif name is None:
        list_questions(json=json)
    else:
        query(
            question=name, param=param, in_cypher=in_cypher, form=form, limit=limit, timeout=timeout, neo4j=neo4j,
            store=store, json=json,
        )  # fmt: skip


def _compare(store: Store, neo4j: str | None, timeout: float, *, json: bool) -> None:
    from collections import Counter

    from graph.errors import QueryTimeout
    from graph.folder import Folder
    from graph.guard import QueryRunner
    from graph.questions import questions as shipped

    Folder(store).check()
    told, stopped = [], list[str]()
    most = 100_000
    with QueryRunner(store, neo4j) as runner:
        for one in shipped():
            values = one.values({})
            try:
                sparql = runner.run("sparql", one.sparql, values, limit=most, seconds=timeout)
                cypher = runner.run("cypher", one.cypher, values, limit=most, seconds=timeout)
            except QueryTimeout:
                stopped.append(one.name)
                continue
            bags = [Counter(map(repr, answer.rows)) for answer in (sparql, cypher)]
            only = [sum((bags[0] - bags[1]).values()), sum((bags[1] - bags[0]).values())]
            told.append((one.number, one.name, len(sparql.rows), len(cypher.rows), *only, sparql.more or cypher.more))
    columns = ("number", "name", "SPARQL rows", "Cypher rows", "only SPARQL", "only Cypher", "cut")
    if json:
        emit([dict(zip(columns, row, strict=True)) for row in told])
    else:
        show_table(columns, [(*row[:-1], f"first {most:,}" if row[-1] else "") for row in told], numbers=columns[2:6])
    if stopped:
        typer.echo(f"not compared, longer than {timeout:g} s: {', '.join(stopped)}; allow more --timeout", err=True)
    if stopped or any(row[4] or row[5] for row in told):
        raise typer.Exit(1)
