"""`carekg query`, `list` and `trace`: what a store holds and what it rests on."""

import csv
import json as jsonlib
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.common import DEFAULT_STORE, Json, Store, emit, one_line, show_table
from commands.named import kind_named, studies_named
from ontology.errors import CarekgError
from ontology.namespaces import ID

if TYPE_CHECKING:
    from graph.guard import Answer
    from graph.trace import Chain, Step, Words
    from ontology.base import Record
    from ontology.model import Decision


class Form(StrEnum):
    """How rows are printed."""

    table = "table"
    csv = "csv"
    json = "json"


def query(
    sparql: Annotated[
        str | None, typer.Option("--sparql", metavar="TEXT|FILE", help="A SPARQL query, or a file that holds one.")
    ] = None,
    cypher: Annotated[
        str | None, typer.Option("--cypher", metavar="TEXT|FILE", help="A Cypher query, or a file that holds one.")
    ] = None,
    question: Annotated[
        str | None, typer.Option("--question", metavar="NAME", help="A shipped question, by its name or number.")
    ] = None,
    questions: Annotated[bool, typer.Option("--questions", help="List the shipped questions.")] = False,
    param: Annotated[
        list[str] | None, typer.Option("--param", metavar="NAME=VALUE", help="A parameter; may be repeated.")
    ] = None,
    form: Annotated[Form, typer.Option("--format", help="How to print the rows.")] = Form.table,
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many rows.")] = 1000,
    timeout: Annotated[float, typer.Option("--timeout", min=0.1, help="At most so many seconds.")] = 10.0,
    in_cypher: Annotated[
        bool, typer.Option("--in-cypher", help="Ask the shipped question in Cypher instead of SPARQL.")
    ] = False,
    neo4j: Annotated[
        str | None,
        typer.Option("--neo4j", metavar="URI", help="Put Cypher to this Neo4j instead of the store's engine."),
    ] = None,
    store: Store = DEFAULT_STORE,
    json: Json = False,
) -> None:
    """Ask the store in SPARQL, in Cypher, or by a shipped question. Queries can only read.

    A parameter is `$name` in either language; numbers, true and false are recognised, an IRI too.

    \b
    Examples:
      carekg query --questions
      carekg query --question who-should
      carekg query --sparql 'SELECT ?b { ?x a ckg:Barrier ; skos:prefLabel ?b }' --format csv
      carekg query --cypher 'MATCH (b:Barrier {level: $level}) RETURN b.label' --param level=team
    """
    from graph.folder import Folder
    from graph.guard import QueryRunner

    if questions:
        list_questions(json=json)
        return
    if sum(given is not None for given in (sparql, cypher, question)) != 1:
        raise typer.BadParameter("give exactly one of --sparql, --cypher and --question")
    if neo4j is not None and not (cypher is not None or in_cypher):
        raise typer.BadParameter("Neo4j understands Cypher: use --cypher, or --question with --in-cypher")
    values = _parameters(param or [])
    if question is not None:
        text, values = _shipped(question, values, cypher=in_cypher)
        language = "cypher" if in_cypher else "sparql"
    else:
        language = "sparql" if sparql is not None else "cypher"
        text = _text(sparql if sparql is not None else cypher or "")
    Folder(store).check()
    with QueryRunner(store, neo4j) as runner:
        answer = runner.run(language, text, values, limit=limit, seconds=timeout)
    _print(answer, Form.json if json else form)


def list_(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="What to list: barriers, quotes, themes, Document ...")],
    study: Annotated[
        str | None, typer.Option("--study", help="Only of this study: its IRI, words of its title, or a file name.")
    ] = None,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="At most so many.")] = None,
    store: Store = DEFAULT_STORE,
    json: Json = False,
) -> None:
    """List the records of a kind.

    The best score comes first, else they stand as in their documents. The last column is what `carekg trace` takes.

    \b
    Examples:
      carekg list barriers
      carekg list quotes --study paper.txt
      carekg list StudyFact --json
    """
    from graph.names import name_of
    from graph.store import EvidenceGraph
    from ontology.interchange import to_dict

    cls = kind_named(kind)
    with EvidenceGraph(store, read_only=True) as graph:
        sources = {document.iri: document.source for document in graph.documents()}
        if cls in ("Concept", "ConceptScheme"):
            found = [record for record in graph.concepts() if type(record).__name__ == cls]
        else:
            found = graph.records(kind=cls)
        if study is not None:
            wanted = studies_named(graph, study)
            found = [record for record in found if record.study in wanted or record.iri in wanted]
    found.sort(key=lambda record: -(getattr(record, "score", None) or 0.0))
    shown = found[:limit]
    if json:
        emit([to_dict(record) for record in shown])
        return
    rows = [
        (one_line(name_of(record), 90), sources.get(record.document or record.iri, ""), record.iri.removeprefix(ID))
        for record in shown
    ]
    show_table((cls, "document", "name"), rows)
    typer.echo(f"{len(shown)} of {len(found)}")


def trace(
    iri: Annotated[str, typer.Argument(metavar="IRI", help="What to trace: an IRI, or its end as `list` shows it.")],
    depth: Annotated[int, typer.Option("--depth", min=1, max=20, help="Links to follow.")] = 5,
    store: Store = DEFAULT_STORE,
    json: Json = False,
) -> None:
    """Show what a record rests on, down to the exact words.

    The chain of evidence goes in both directions; words come with their file and offsets.

    \b
    Examples:
      carekg trace quote/0f3c9d2ab41e4f6d8a7b5c1e2d3f4a5b
      carekg trace https://w3id.org/carekg/id/barrier/0f3c9d2ab41e4f6d8a7b5c1e2d3f4a5b --json
    """
    from graph.store import EvidenceGraph
    from graph.trace import trace as follow

    with EvidenceGraph(store, read_only=True) as graph:
        chain = follow(graph, iri if ":" in iri else ID + iri, depth=depth)
    if json:
        emit(_chain(chain))
    else:
        _show_chain(chain)


def _text(given: str) -> str:
    """Return a query that is given as text or as the name of a file."""
    one_word = len(given.split()) == 1
    try:
        if one_word and Path(given).is_file():
            return Path(given).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise CarekgError(given, f"cannot be read ({error})", "give a file of UTF-8 text") from error
    if one_word and Path(given).suffix:
        raise CarekgError(given, "does not exist", "name a file, or write the query itself")
    return given


def _parameters(given: Sequence[str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not equals or not name.isidentifier():
            raise typer.BadParameter(f"{one!r} is not NAME=VALUE", param_hint="--param")
        values[name] = _value(value)
    return values


def _value(text: str) -> str | int | float | bool:
    try:
        value = jsonlib.loads(text)
    except ValueError:
        return text
    return value if isinstance(value, int | float | bool) else text


def _shipped(name: str, values: dict[str, Any], *, cypher: bool) -> tuple[str, dict[str, Any]]:
    from graph.errors import NotFound, QueryError
    from graph.questions import question as shipped

    try:
        found = shipped(name)
        filled = found.values({key: str(value) for key, value in values.items()})
    except (NotFound, QueryError) as error:
        raise typer.BadParameter(str(error), param_hint="--question") from error
    return (found.cypher if cypher else found.sparql), dict(filled)


def list_questions(*, json: bool) -> None:
    """Print the shipped questions with their parameters."""
    from graph.questions import questions

    if json:
        told = [
            {
                "number": one.number,
                "name": one.name,
                "text": one.text,
                "parameters": [
                    {"name": p.name, "text": p.text, "default": p.default, "choices": list(p.choices)}
                    for p in one.parameters
                ],
            }
            for one in questions()
        ]
        emit(told)
        return
    rows = [
        (one.number, one.name, one.text, ", ".join(f"{p.name}={p.default or '...'}" for p in one.parameters))
        for one in questions()
    ]
    show_table(("number", "name", "question", "parameters"), rows, numbers=("number",))


def _print(answer: "Answer", form: Form) -> None:
    if form is Form.json:
        rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
        emit({"columns": list(answer.columns), "rows": rows, "more": answer.more, "seconds": round(answer.seconds, 3)})
        return
    cells = [[_cell(value) for value in row] for row in answer.rows]
    if form is Form.csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(answer.columns)
        writer.writerows(cells)
    else:
        show_table(answer.columns, cells)
    typer.echo(answer.summary, err=form is Form.csv)


def _cell(value: object) -> str:
    """Return a value as a cell of text; lists and nodes of Cypher as JSON."""
    if value is None:
        return ""
    return value if isinstance(value, str) else jsonlib.dumps(value, ensure_ascii=False)


def _chain(chain: "Chain") -> dict[str, Any]:
    from ontology.interchange import to_dict

    return {
        **_record(chain.record, chain.words, chain.speaker),
        "study": to_dict(chain.study) if chain.study else None,
        "strength": chain.strength,
        "studies": [to_dict(study) for study in chain.studies],
        "decisions": [to_dict(decision) for decision in chain.decisions],
        "up": [_link(step) for step in chain.up],
        "down": [_link(step) for step in chain.down],
    }


def _link(step: "Step") -> dict[str, Any]:
    return {
        "relation": step.relation,
        "via": step.via,
        "depth": step.depth,
        "assertion": step.link,
        "reason": step.reason,
        "confidence": step.confidence,
        "status": step.status,
        **_record(step.record, step.words, step.speaker),
    }


def _record(record: "Record", words: "Sequence[Words]", speaker: str) -> dict[str, Any]:
    from ontology.interchange import to_dict

    told = [
        {"source": w.source, "start": w.start, "end": w.end, "exact": w.exact, "holds": w.holds, "pages": w.pages}
        for w in words
    ]
    return {"record": to_dict(record), "speaker": speaker, "words": told}


def _show_chain(chain: "Chain") -> None:
    from graph.names import name_of

    for step in reversed(chain.up):
        _show_step(step, "↑ " * step.depth, chain.decisions)
    _show_record(chain.record, chain.words, chain.speaker, "", "")
    _show_decisions(chain.record.iri, "", chain.decisions)
    for step in chain.down:
        _show_step(step, "↓ " * step.depth, chain.decisions)
    for study in chain.studies:
        typer.echo(f"study: {name_of(study)} ({study.evidence_level})")
    typer.echo(f"evidence: {chain.strength}")


def _show_step(step: "Step", arrow: str, decisions: "Sequence[Decision]") -> None:
    _show_record(step.record, step.words, step.speaker, arrow, step.relation)
    _show_decisions(step.record.iri, arrow, decisions)
    _show_decisions(step.link, arrow, decisions, "the link: ")


def _show_decisions(iri: str, arrow: str, decisions: "Sequence[Decision]", of: str = "") -> None:
    for made in decisions:
        if made.target == iri:
            instead = f" to {made.replacement}" if made.replacement else ""
            typer.echo(
                f"{' ' * len(arrow)}  {of}{made.action} by {made.person}, {made.time[:10]}{instead}: {made.reason}"
            )


def _show_record(record: "Record", words: "Sequence[Words]", speaker: str, arrow: str, relation: str) -> None:
    from graph.names import name_of

    link = f"{relation}: " if relation else ""
    said = f", said by {speaker}" if speaker else ""
    typer.echo(f"{arrow}{link}{type(record).__name__}: {one_line(name_of(record))}{said}")
    typer.echo(f"{' ' * len(arrow)}  {record.iri.removeprefix(ID)}")
    for word in words:
        lost = "" if word.holds else " (not what the stored text says there)"
        where = " ".join(filter(None, (word.source, word.page, f"{word.start}-{word.end}")))
        typer.echo(f"{' ' * len(arrow)}  {where}{lost}: “{one_line(word.exact, 400)}”")
