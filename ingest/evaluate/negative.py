"""Papers that report no qualitative findings, and what is found in them all the same."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.outcome import NoFindings
from ingest.pipeline import Outcome

SHOWN = ("Quote", "Theme", "Finding", "Barrier", "Facilitator", "Intervention")
"""Kinds of record that are told for such a paper."""
NONE = "no findings"


@dataclass(frozen=True, slots=True)
class Negative:
    """What became of one paper: "no findings" (nothing of it is stored), "stored", or why it could not be read."""

    source: str
    said: str
    found: dict[str, int]


def negatives(outcomes: Iterable[Outcome]) -> tuple[Negative, ...]:
    """Return what became of each paper that ought to give nothing."""
    return tuple(_of(outcome) for outcome in outcomes)


def _of(outcome: Outcome) -> Negative:
    if outcome.error is not None:
        said = NONE if isinstance(outcome.error, NoFindings) else str(outcome.error)
        return Negative(outcome.path.name, said, {})
    counts = Counter(type(record).__name__ for record in outcome.records)
    return Negative(outcome.path.name, "stored", {kind: counts[kind] for kind in SHOWN if counts[kind]})


def as_section(papers: Sequence[Negative]) -> Iterator[str]:
    """Yield the lines of Markdown about such papers: a row each, the mean a paper, how many say that they hold none."""
    yield from ("", "## Papers without qualitative findings", "")
    yield f"| paper | outcome | {' | '.join(SHOWN)} |"
    yield "|---|---|" + "---:|" * len(SHOWN)
    for paper in papers:
        yield f"| {paper.source} | {paper.said} | {' | '.join(str(paper.found.get(kind, 0)) for kind in SHOWN)} |"
    means = (sum(paper.found.get(kind, 0) for paper in papers) / max(len(papers), 1) for kind in SHOWN)
    yield f"| mean | | {' | '.join(f'{mean:.2f}' for mean in means)} |"
    silent = sum(paper.said == NONE for paper in papers)
    yield from ("", f"{silent} of {len(papers)} say that they hold no findings, and nothing of them is stored.")
