"""The page that tells how well papers held out are ranked, and how far scores can be believed."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

_EDGES = (0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1.0)
_TOLD = 10
_INTRODUCTION = """\
# How barriers, facilitators and interventions are ranked

This page is written by `python -m devtools.train_ranker GOLD.json... --texts PATH... --write`; do not edit it. Every
figure is of a paper that was held out: its statements were ranked by weights that were learned from the other papers
only, and the line that turns a sum of weights into a score was fitted to the other papers only. Texts of one paper
(JATS, plain text) are held out together and count as one paper.

- **found early**: annotated things found within the first 2 x annotated that are shown.
- **first ten**: right among the first ten that are shown; restatements of one thing are right each time, things that
  annotators doubted count neither way. Fewer than ten are shown where fewer reach the least score.
- **found**, **right of shown**: all that is shown.
- The tables of scores are over the first sixty statements of each paper, shown or not."""


@dataclass(frozen=True)
class Held:
    """The picks of one text that was held out, best first: their scores and the annotated things that each found.

    `gold` is how many things were annotated, `firm` those that annotators did not doubt.
    """

    key: str
    form: str
    gold: int
    firm: frozenset[str]
    scores: tuple[float, ...]
    found: tuple[frozenset[str], ...]

    def outcomes(self) -> Iterator[tuple[float, float]]:
        """Yield the score of every pick and whether it is right (1.0 or 0.0), without those that are only doubtful."""
        for score, some in zip(self.scores, self.found, strict=True):
            if not some or some & self.firm:
                yield score, float(bool(some))

    def sums(self) -> Iterator[tuple[float, float]]:
        """Yield the log odds of every pick's score and whether it is right."""
        for score, right in self.outcomes():
            yield math.log(score / (1 - score)), right

    def count(self) -> Counter[str]:
        """Return the counts of a row of the table."""
        early: set[str] = set().union(*self.found[: 2 * self.gold]) & self.firm
        first = list(self.found[:_TOLD])
        return Counter(
            firm=len(self.firm),
            early=len(early),
            right10=sum(bool(some & self.firm) for some in first),
            told10=sum(not some or bool(some & self.firm) for some in first),
            found=len(set().union(*self.found) & self.firm),
            right=sum(bool(some & self.firm) for some in self.found),
            told=sum(not some or bool(some & self.firm) for some in self.found),
        )


Kind = tuple[str, Sequence[Held], Sequence[Held]]
"""A kind of record, with every pick and with those that are shown."""


def page(kinds: Sequence[Kind], floors: Mapping[str, float]) -> Iterator[str]:
    """Yield the lines of the page."""
    yield from _INTRODUCTION.splitlines()
    for kind, every, shown in kinds:
        yield from ("", f"## {kind}", "", f"Shown from a score of {floors[kind]}.", "")
        yield "| paper | read as | found early | first ten | found | right of shown |"
        yield "|---|---|---:|---:|---:|---:|"
        for held in shown:
            yield _row(held.key, held.form, held.count())
        for form in sorted({held.form for held in shown}):
            total = sum((held.count() for held in shown if held.form == form), Counter())
            yield _row("all", form, total)
        yield from ("", f"Scores of {kind.lower()}s against what is right, each paper counted once:", "")
        yield from _reliability(every)


def _row(key: str, form: str, n: Counter[str]) -> str:
    shares = (("early", "firm"), ("right10", "told10"), ("found", "firm"), ("right", "told"))
    cells = (f"{n[part]} of {n[whole]} ({n[part] / max(n[whole], 1):.2f})" for part, whole in shares)
    return f"| {key} | {form} | {' | '.join(cells)} |"


def _reliability(every: Sequence[Held]) -> Iterator[str]:
    """Yield the table of scores by bin, the Brier score and the expected calibration error (Naeini et al. 2015)."""
    texts = Counter(held.key for held in every)
    rows = [(score, right, 1 / texts[held.key]) for held in every for score, right in held.outcomes()]
    whole = sum(weight for _, _, weight in rows) or 1.0
    yield "| score | statements | mean score | right |"
    yield "|---|---:|---:|---:|"
    error = 0.0
    for low, high in pairwise(_EDGES):
        inside = [row for row in rows if low <= row[0] < high or row[0] == high == 1.0]
        weight = sum(row[2] for row in inside)
        if weight:
            mean = sum(score * w for score, _, w in inside) / weight
            share = sum(right * w for _, right, w in inside) / weight
            error += weight / whole * abs(mean - share)
            yield f"| {low:.2f} to {high:.2f} | {weight:.0f} | {mean:.2f} | {share:.2f} |"
    base = sum(right * w for _, right, w in rows) / whole
    brier = sum((score - right) ** 2 * w for score, right, w in rows) / whole
    yield ""
    yield (
        f"Brier score {brier:.3f} (always saying {base:.2f}, the share that is right: {base * (1 - base):.3f}); "
        f"expected calibration error {error:.3f}."
    )
