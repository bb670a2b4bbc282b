"""An evaluation as a table for people, as JSON, and as a page that lists every miss with its reason."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from ingest.evaluate import PRECISE, Evaluation, KindScore, Miss

_HEAD = ("kind", "found", "of", "recall", "right", "wrong", "precision", "doubtful", "not in text")
_WORDS = 160


def rows(scores: tuple[KindScore, ...]) -> list[tuple[str, ...]]:
    """Return one row of text a kind, under the columns of `columns`."""
    return [
        (
            score.kind,
            str(score.found),
            str(score.gold),
            _share(score.recall),
            str(score.right) if score.kind in PRECISE else "",
            str(score.wrong) if score.kind in PRECISE else "",
            _share(score.precision),
            f"{score.doubtful_found}/{score.doubtful}",
            str(score.absent),
        )
        for score in scores
    ]


def columns() -> tuple[str, ...]:
    """Return the headings of the table."""
    return _HEAD


def as_text(evaluation: Evaluation, *, misses: bool = True) -> Iterator[str]:
    """Yield the lines of the report: every paper, the totals where there are several, further counts and misses."""
    for paper in evaluation.papers:
        yield f"{paper.key} ({paper.source})"
        yield from _table(paper.kinds)
        if misses:
            yield from _misses(paper.kinds)
        yield ""
    if len(evaluation.papers) > 1:
        yield f"All {len(evaluation.papers)} papers"
        yield from _table(evaluation.totals)
    for key in evaluation.unread:
        yield f"No document belongs to the annotations of {key}."


def as_dict(evaluation: Evaluation) -> dict[str, Any]:
    """Return the whole evaluation as JSON-ready values."""
    papers = [
        {"key": p.key, "source": p.source, "document": p.document, "kinds": [_kind(score) for score in p.kinds]}
        for p in evaluation.papers
    ]
    totals = [_kind(score, lists=False) for score in evaluation.totals]
    return {"papers": papers, "totals": totals, "unread": list(evaluation.unread)}


def _kind(score: KindScore, *, lists: bool = True) -> dict[str, Any]:
    values = asdict(score) | {"recall": score.recall, "precision": score.precision}
    return {name: value for name, value in values.items() if lists or name not in ("misses", "not_in_text", "false")}


def as_page(evaluation: Evaluation, reasons: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines of a Markdown page with the figures and every miss: identifiers and reasons, no words of papers.

    `reasons` say, by the identifier of an annotated thing, why it is missed.
    """
    for paper in evaluation.papers:
        yield f"## {paper.key}"
        yield ""
        yield "| " + " | ".join(_HEAD) + " |"
        yield "|" + "---|" * len(_HEAD)
        yield from ("| " + " | ".join(row) + " |" for row in rows(paper.kinds))
        yield ""
        for score in paper.kinds:
            yield from (f"- {score.kind}, {name}: {part} of {whole}" for name, (part, whole) in score.details.items())
        missed = [miss for score in paper.kinds for miss in score.misses]
        if missed:
            yield from ("", "Missed:", "", "| id | kind | reason |", "|---|---|---|")
            yield from (f"| {miss.id} | {miss.kind} | {reasons.get(miss.id, 'no reason noted')} |" for miss in missed)
        absent = [miss.id for score in paper.kinds for miss in score.not_in_text]
        if absent:
            yield from ("", "Not in this text: " + ", ".join(absent) + ".")
        yield ""


def _table(scores: tuple[KindScore, ...]) -> Iterator[str]:
    table = [_HEAD, *rows(scores)]
    widths = [max(len(row[column]) for row in table) for column in range(len(_HEAD))]
    for row in table:
        cells = [cell.rjust(width) for cell, width in zip(row, widths, strict=True)]
        yield "  ".join((row[0].ljust(widths[0]), *cells[1:]))
    for score in scores:
        for name, (part, whole) in score.details.items():
            yield f"  {score.kind}, {name}: {part} of {whole}"


def _misses(scores: tuple[KindScore, ...]) -> Iterator[str]:
    for score in scores:
        yield from (f"  missed  {_line(miss)}" for miss in score.misses)
        yield from (f"  absent  {_line(miss)}" for miss in score.not_in_text)
        yield from (f"  wrong   {_line(miss)}" for miss in score.false)


def _line(miss: Miss) -> str:
    words = miss.words if len(miss.words) <= _WORDS else miss.words[:_WORDS] + " …"
    label = f" [{miss.label}]" if miss.label and miss.label != miss.words else ""
    return f"{miss.kind} {miss.id}{label} {words}"


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"
