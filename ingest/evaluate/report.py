"""An evaluation as a table for people, as JSON, and as a page that lists every miss with its reason."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from ingest.evaluate import KINDS, PRECISE, Evaluation, KindScore, Miss

_HEAD = ("kind", "found", "of", "recall", "right", "wrong", "precision", "doubtful", "not in text")
_WORDS = 160
_INTRODUCTION = """\
# How much is found

This page is written by `carekg evaluate GOLD.json... --read PATH --negative PATH --report FILE --reasons FILE`; do not
edit it. It compares what carekg found with what people annotated. The papers are not part of the project, so it names
identifiers and no words.

- **found / of**: annotated things that were found, of those that the text holds. A quote is found when both its ends
  are right, to within three letters; a role by its name; a theme by its words or its label; a study fact when its words
  overlap and its field or value agrees; everything else when at least half of the shorter of the two is shared.
- **right / wrong**: records that match an annotation, and records that match none. Left out where the annotators did
  not mark everything: study facts, roles, findings, disagreements and cited claims.
- **doubtful**: things of which the annotators were not sure, found of all. They count neither for nor against.
- **not in text**: annotated in another rendering of the paper (tables, mostly). They count nowhere.
- Where annotations were used to fit the weights that rank barriers, facilitators and interventions, their figures are
  better than those of a paper nobody has seen: [ranking.md](ranking.md), written by `python -m devtools.train_ranker`,
  tells how each paper is ranked by weights that were learned from the others, and how far scores can be believed.
- A paper that was read in several forms (JATS, text, PDF) is told in each, and the forms stand side by side at the end.
  Annotated papers seldom come with their PDF: `python -m devtools.typeset` sets one from the JATS, in two columns.
- Level, who states, who proposes and which barrier is addressed are judgements; they are told for information.

Annotations come in two layouts of JSON. Either `files` (`study`, `file`, `sha256`) and `studies`, each with an `id` and
a list per kind (`quotes`, `themes`, `barriers` ...) whose items have an `id` and `evidence`: `text`, `start`, `end` in
the file with that hash. Or one paper a file: `key`, `file`, `flat_sha256` and `items` with `id`, `type`, `text`,
`start`, `end`, and by type `label`, `field`, `value`, `role`, `restated` (further offsets) and `doubt`. Items may leave
`text` out: then the words stand in the file with that hash, to be given with `--texts`."""


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
        yield f"{paper.key} as {paper.form} ({paper.source})"
        yield from _table(paper.kinds)
        if misses:
            yield from _misses(paper.kinds)
        yield ""
    for form, kinds in evaluation.by_form.items():
        number = sum(paper.form == form for paper in evaluation.papers)
        if number > 1:
            yield f"All {number} papers as {form}"
            yield from _table(kinds)
    for key in evaluation.unread:
        yield f"No document belongs to the annotations of {key}."


def as_dict(evaluation: Evaluation) -> dict[str, Any]:
    """Return the whole evaluation as JSON-ready values."""
    papers = [
        {
            "key": p.key,
            "form": p.form,
            "source": p.source,
            "document": p.document,
            "kinds": [_kind(score) for score in p.kinds],
        }
        for p in evaluation.papers
    ]
    totals = [_kind(score, lists=False) for score in evaluation.totals]
    return {"papers": papers, "totals": totals, "unread": list(evaluation.unread)}


def _kind(score: KindScore, *, lists: bool = True) -> dict[str, Any]:
    values = asdict(score) | {"recall": score.recall, "precision": score.precision}
    return {
        name: value for name, value in values.items() if lists or name not in ("misses", "late", "not_in_text", "false")
    }


def as_page(evaluation: Evaluation, reasons: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines of a Markdown page with the figures and every miss: identifiers and reasons, no words of papers.

    `reasons` say, by the identifier of an annotated thing, why it is missed.
    """
    yield from _INTRODUCTION.splitlines()
    for key in dict.fromkeys(paper.key for paper in evaluation.papers):
        yield from ("", f"## {key}")
        for paper in evaluation.papers:
            if paper.key == key:
                yield from ("", f"### {key} as {paper.form}", "")
                yield from _markdown(paper.kinds)
                yield from _missed(paper.kinds, reasons)
    for form, kinds in evaluation.by_form.items():
        number = sum(paper.form == form for paper in evaluation.papers)
        if number > 1:
            yield from ("", f"## All {number} papers as {form}", "")
            yield from _markdown(kinds)
    if len(evaluation.by_form) > 1:
        yield from _side_by_side(evaluation)
    yield from _kinds_of_miss(evaluation)


def _side_by_side(evaluation: Evaluation) -> Iterator[str]:
    """Yield recall and precision of each kind over the papers that were read in every form."""
    forms = tuple(evaluation.by_form)
    read = [{paper.key for paper in evaluation.papers if paper.form == form} for form in forms]
    shared = set.intersection(*read)
    if not shared:
        return
    both = [paper for paper in evaluation.papers if paper.key in shared]
    over = {form: {k.kind: k for k in evaluation.over([p for p in both if p.form == form])} for form in forms}
    papers = f"{len(shared)} papers" if len(shared) > 1 else "paper"
    yield from ("", f"## The {papers} read as {' and '.join(forms)}, side by side", "")
    yield "| kind | " + " | ".join(f"recall, {form} | precision, {form}" for form in forms) + " |"
    yield "|---|" + "---:|---:|" * len(forms)
    for kind in KINDS:
        cells = [over[form].get(kind, KindScore(kind)) for form in forms]
        if any(cell.gold for cell in cells):
            told = " | ".join(f"{_share(cell.recall)} | {_share(cell.precision)}" for cell in cells)
            yield f"| {kind} | {told} |"


def _kinds_of_miss(evaluation: Evaluation) -> Iterator[str]:
    """Yield what was made in place of what was missed, and what was annotated where records are wrong."""
    for title, field in (("Kinds of miss", "misses"), ("Kinds of wrong record", "false")):
        counts = {
            form: Counter((kind.kind, miss.why) for kind in kinds for miss in getattr(kind, field))
            for form, kinds in evaluation.by_form.items()
        }
        seen = sorted({key for some in counts.values() for key in some}, key=lambda key: (KINDS.index(key[0]), key[1]))
        if not seen:
            continue
        yield from ("", f"## {title}", "")
        if field == "false":
            yield from ("Of barriers, facilitators and interventions, the first ten wrong ones of each paper.", "")
        yield f"| kind | what stands there | {' | '.join(counts)} |"
        yield "|---|---|" + "---:|" * len(counts)
        for kind, why in seen:
            yield f"| {kind} | {why} | {' | '.join(str(some[kind, why]) for some in counts.values())} |"


def _markdown(scores: tuple[KindScore, ...]) -> Iterator[str]:
    yield "| " + " | ".join(_HEAD) + " |"
    yield "|---|" + "---:|" * (len(_HEAD) - 1)
    yield from ("| " + " | ".join(row) + " |" for row in rows(scores))
    yield ""
    for score in scores:
        told = [f"{name} {part} of {whole}" for name, (part, whole) in score.details.items() if whole]
        if told:
            yield f"- {score.kind}: {', '.join(told)}"


def _missed(scores: tuple[KindScore, ...], reasons: Mapping[str, str]) -> Iterator[str]:
    """Yield every miss with the reason that somebody noted, else with what stands there."""
    missed = [miss for score in scores for miss in score.misses]
    if missed:
        yield from ("", "| missed | kind | why |", "|---|---|---|")
        yield from (f"| {miss.id} | {miss.kind} | {reasons.get(miss.id, miss.why)} |" for miss in missed)
    for title, misses in (
        ("Found, but after the first 2 x annotated", [miss for score in scores for miss in score.late]),
        ("Not in this text", [miss for score in scores for miss in score.not_in_text]),
    ):
        if misses:
            yield from ("", f"{title}: {', '.join(miss.id for miss in misses)}.")


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
        yield from (f"  late    {_line(miss)}" for miss in score.late)
        yield from (f"  absent  {_line(miss)}" for miss in score.not_in_text)
        yield from (f"  wrong   {_line(miss)}" for miss in score.false)


def _line(miss: Miss) -> str:
    words = miss.words if len(miss.words) <= _WORDS else miss.words[:_WORDS] + " …"
    label = f" [{miss.label}]" if miss.label and miss.label != miss.words else ""
    why = f" ({miss.why})" if miss.why else ""
    return f"{miss.kind} {miss.id}{label} {words}{why}"


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"
