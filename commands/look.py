"""`carekg search`, `matrix`, `paths`, `around`, `gaps`, `sensitivity`: the views of the evidence in the terminal."""

from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.common import DEFAULT_STORE, Json, Store, emit, one_line, show_table
from commands.named import kind_named, studies_named
from ontology.model import EVIDENCE_LEVELS, METHODS
from ontology.namespaces import ID

if TYPE_CHECKING:
    from graph.views.fulltext import Hit


class Value(StrEnum):
    """What can stand in the cells of a matrix."""

    records = "records"
    quotes = "quotes"
    studies = "studies"
    participants = "participants"
    disagreements = "disagreements"


def search(
    words: Annotated[str, typer.Argument(metavar="WORDS", help="Words, or a role such as GP.")],
    kind: Annotated[
        list[str] | None, typer.Option("--kind", help="Only this kind, such as Quote or Barrier; may be repeated.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many.")] = 20,
    store: Store = DEFAULT_STORE,
    json: Json = False,
) -> None:
    """Find records by their words: stems and other names of roles count, the best match comes first.

    \b
    Examples:
      carekg search "discharge letter"
      carekg search GP --kind Quote --limit 5
    """
    from graph.store import EvidenceGraph
    from graph.views.database import KINDS
    from graph.views.fulltext import search as found_by

    kinds = [kind_named(one, KINDS, hint="--kind") for one in kind or ()]
    with EvidenceGraph(store, read_only=True) as graph:
        found = found_by(graph.views(), words, {"kind": kinds}, limit=limit)
    if json:
        emit(
            {
                "total": found.total,
                "hits": [asdict(hit) for hit in found.hits],
                "close": list(found.close),
                "apart": found.apart,
            }
        )
        return
    rows = [(hit.kind, _marked(hit), hit.study_name, hit.iri.removeprefix(ID)) for hit in found.hits]
    show_table(("kind", "words", "study", "name"), rows)
    typer.echo(f"first {len(rows):,} of {found.total:,}" if found.total > len(rows) else f"{found.total:,} found")
    if found.close:
        typer.echo(f"did you mean {', '.join(found.close)}?")
    if found.apart:
        typer.echo("no record holds all of these words; to be found are:")
        show_table(("words", "found"), list(found.apart.items()), numbers=("found",))


def matrix(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="What is counted: Barrier, Quote, Intervention ...")],
    rows: Annotated[str, typer.Argument(metavar="ROWS", help="The axis of the rows, such as role or study.")],
    columns: Annotated[str, typer.Argument(metavar="COLUMNS", help="The axis of the columns, such as level.")],
    value: Annotated[Value, typer.Option("--value", help="What stands in the cells.")] = Value.records,
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many rows and columns.")] = 20,
    store: Store = DEFAULT_STORE,
    json: Json = False,
) -> None:
    """Count evidence where two axes meet.

    Axes: level, role, "attributed to", mechanism, domain, "proposed by", "evidence level", theme, study.

    \b
    Examples:
      carekg matrix Barrier role level
      carekg matrix Quote study role --value quotes
    """
    from graph.store import EvidenceGraph
    from graph.views.keep import matrix as counted
    from graph.views.matrix import KINDS

    kind = kind_named(kind, [cls.__name__ for cls in KINDS])
    with EvidenceGraph(store, read_only=True) as graph:
        found = counted(graph.views(), kind, rows, columns, value.value, rows=limit, columns=limit)
    if json:
        cells = [{"row": row, "column": column, "value": n} for (row, column), n in found.cells.items()]
        emit({"kind": kind, "value": value.value, "rows": found.rows, "columns": found.columns, "cells": cells})
        return
    table = [(row, *(found.cells.get((row, column), "") for column in found.columns)) for row in found.rows]
    show_table((rows, *found.columns), table, numbers=found.columns)
    if any(found.left_out):
        typer.echo(f"left out: {found.left_out[0]:,} rows and {found.left_out[1]:,} columns with less")


def paths(
    kinds: Annotated[list[str], typer.Argument(metavar="KIND...", help="The kinds on the way, two or more.")],
    start: Annotated[str | None, typer.Option("--start", metavar="IRI", help="Begin at this thing.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many.")] = 20,
    store: Store = DEFAULT_STORE,
    json: Json = False,
) -> None:
    """Show how things of some kinds hang together, those with the most quotes beneath them first.

    \b
    Examples:
      carekg paths Barrier Role Intervention
      carekg paths Theme Finding Quote Role --limit 5
    """
    from graph.store import EvidenceGraph
    from graph.views.paths import paths as found_by

    with EvidenceGraph(store, read_only=True) as graph:
        found = found_by(graph, kinds, start=_iri(start) if start else None, limit=limit)
    if json:
        emit({"total": found.total, "cut": found.cut, "paths": [asdict(path) for path in found.paths]})
        return
    for path in found.paths:
        names = [one_line(name, 60) for name in path.names]
        steps = "".join(f" –{step}→ {name}" for step, name in zip(path.relations, names[1:], strict=True))
        typer.echo(f"{names[0]}{steps}  ({path.quotes} quotes, {path.studies} studies)")
    more = f"{found.total:,} or more" if found.cut else f"{found.total:,}"
    typer.echo(f"first {len(found.paths):,} of {more}" if found.total > len(found.paths) else f"{more} paths")


def around(
    iri: Annotated[str, typer.Argument(metavar="IRI", help="A thing: its IRI, or the end of it as `list` shows it.")],
    depth: Annotated[int, typer.Option("--depth", min=1, max=4, help="Steps to go.")] = 1,
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="TYPE", help="Only by this relationship; may be repeated.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many neighbours.")] = 25,
    store: Store = DEFAULT_STORE,
    json: Json = False,
) -> None:
    """Show what lies around a thing: how many by which relation, then the nearest.

    \b
    Examples:
      carekg around barrier/321f55b84b5d26db0d50b63edda018da
      carekg around barrier/321f55b84b5d26db0d50b63edda018da --only ADDRESSES --depth 2
    """
    from graph.store import EvidenceGraph
    from graph.views.around import around as near

    with EvidenceGraph(store, read_only=True) as graph:
        found = near(graph, _iri(iri), depth=depth, limit=limit, only=only)
    nodes: list[tuple[str, dict[str, Any]]] = list(found.graph.nodes(data=True))
    counts = [(kind, direction, count) for (kind, direction), count in found.relations.items()]
    if json:
        things = [{"iri": name, "kind": told["kind"], "name": told["name"]} for name, told in nodes]
        edges = [{"start": a, "end": b, "type": kind} for a, b, kind in found.graph.edges(data="type")]
        emit({"relations": counts, "things": things, "edges": edges, "left_out": found.left_out})
        return
    show_table(("relation", "direction", "count"), counts, numbers=("count",))
    rows = [(told["kind"], one_line(told["name"]), name.removeprefix(ID)) for name, told in nodes]
    show_table(("kind", "words", "name"), rows)
    if found.left_out:
        typer.echo(f"{found.left_out:,} more left out")


def gaps(
    study: Annotated[
        str | None, typer.Option("--study", help="Only of this study: its IRI, words of its title, or a file name.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many.")] = 50,
    store: Store = DEFAULT_STORE,
    json: Json = False,
) -> None:
    """List the barriers for which something is lacking, and what: an intervention, a proposer, a quote.

    \b
    Examples:
      carekg gaps
      carekg gaps --study paper.txt
      carekg gaps --json
    """
    from graph.store import EvidenceGraph
    from graph.views.gaps import gaps as lacking

    with EvidenceGraph(store, read_only=True) as graph:
        wanted = studies_named(graph, study) if study else None
        found = [gap for gap in lacking(graph) if wanted is None or gap.study in wanted]
    if json:
        emit({"total": len(found), "gaps": [asdict(gap) for gap in found[:limit]]})
        return
    rows = [
        (one_line(gap.label, 80), gap.level, "; ".join(gap.reasons), gap.barrier.removeprefix(ID))
        for gap in found[:limit]
    ]
    show_table(("barrier", "level", "lacking", "name"), rows)
    typer.echo(f"first {limit:,} of {len(found):,}" if len(found) > limit else f"{len(found):,} gaps")


def sensitivity(
    study: Annotated[
        list[str] | None,
        typer.Option(
            "--study", help="Leave out this study: its IRI, words of its title, or a file name; may be repeated."
        ),
    ] = None,
    level: Annotated[
        list[str] | None, typer.Option("--level", help="Leave out sources of this evidence level, such as abstract.")
    ] = None,
    method: Annotated[
        list[str] | None, typer.Option("--method", help="Leave out links made by this method, such as rule.")
    ] = None,
    lost: Annotated[bool, typer.Option("--lost", help="Only what loses all support.")] = False,
    store: Store = DEFAULT_STORE,
    json: Json = False,
) -> None:
    """Show what loses support when studies, a kind of source or a method is left out.

    \b
    Examples:
      carekg sensitivity --level abstract
      carekg sensitivity --method rule --lost
    """
    from graph.store import EvidenceGraph
    from graph.views.sensitivity import LeaveOut
    from graph.views.sensitivity import sensitivity as effects

    if not (study or level or method):
        raise typer.BadParameter("say what to leave out: --study, --level or --method")
    levels, methods = _of(level, EVIDENCE_LEVELS, "--level"), _of(method, METHODS, "--method")
    with EvidenceGraph(store, read_only=True) as graph:
        studies = frozenset(iri for one in study or () for iri in studies_named(graph, one))
        leave_out = LeaveOut(studies, levels, methods)
        found = effects(graph, leave_out, only_lost=lost)
    if json:
        emit([asdict(effect) | {"lost": effect.lost} for effect in found])
        return
    rows = [
        (effect.kind, one_line(effect.name, 80), "{} → {}".format(*effect.supports), "{} → {}".format(*effect.studies))
        for effect in found
    ]
    show_table(("kind", "words", "supports", "studies"), rows)
    gone = sum(effect.lost for effect in found)
    typer.echo(f"{len(found):,} lose support, {gone:,} of them all of it")


def _of(given: list[str] | None, known: tuple[str, ...], hint: str) -> frozenset[str]:
    for one in given or ():
        if one not in known:
            raise typer.BadParameter(f"{one!r} is none of {', '.join(known)}", param_hint=hint)
    return frozenset(given or ())


def _iri(name: str) -> str:
    return name if ":" in name else ID + name


def _marked(hit: "Hit") -> str:
    return one_line("".join(f"[{text}]" if found else text for text, found in hit.snippet), 160)
