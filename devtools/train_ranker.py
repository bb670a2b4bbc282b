"""Learn the weights that rank barriers, facilitators and interventions, from annotated papers.

    python -m devtools.train_ranker GOLD.json... --texts FILE... [--write]

Prints how well each paper is ranked by weights learned from all the others, then, with --write, stores the weights
learned from all papers in ingest/extract/weights.json. The model is a logistic regression whose weights are drawn to
`PRIORS` (what is known of the words beforehand) rather than to zero, since the papers are few; it is fitted by
Newton's method. Several texts of one paper are held out together.
"""

import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.evaluate_gold import Placed, choose, load_gold, place
from ingest.evaluate_words import Squeezed, overlap
from ingest.extract.claims import extract_claims
from ingest.extract.cue_words import ACTIONS, HELPING, HINDERING
from ingest.extract.quotes import extract_quotes
from ingest.extract.ranking import Drawn, draw, ranked
from ingest.extract.roles import extract_roles
from ingest.extract.scoring import Weights
from ingest.readers import read

KINDS = ("Barrier", "Facilitator", "Intervention")
OUTPUT = Path(__file__).parent.parent / "ingest" / "extract" / "weights.json"
PULL = 13.0
"""How strongly weights are drawn to their priors."""
DOUBTFUL = 0.4
"""What a doubtful annotation counts."""
CUE = 0.2
"""The prior of a group of cue words, for or against."""

Vector = NDArray[np.float64]

PRIORS: dict[str, dict[str, float]] = {
    "Barrier": {
        "puts: was a barrier": 1.2, "puts: opens with lack": 1.0, "listed: hindering": 2.0,
        "listed: helping": -1.5, "says denied": 0.6,
        "announces": -1.0, "puts: only names barriers": -1.0, "puts: not able": 0.5, "puts: too much": 0.5,
        "puts: leads to": 0.3, "puts: stopped": 0.3,
        "cited": -1.0, "background": -1.0, "puts: our findings": -0.3, "puts: research": -1.0, "puts: should": -0.3,
        "puts: may help": -0.5, "puts: wished": -0.3, "says symptom": -0.3, "says method": -0.5, "says study": -0.5,
        "heading hindering": 0.5, "heading only helping": -1.0, "heading method": -1.0, "numbers": -0.3,
        "short": -0.3, "in results": 0.5,
        "in abstract results": 0.5, "in background": -1.0, "in methods": -1.5, "in limitations": -1.0,
        "names it before": 0.3, "sentence names it": 0.3,
    },
    "Facilitator": {
        "puts: helped them": 0.7, "puts: easier": 0.5, "puts: good relations": 0.7, "puts: appreciated": 0.5,
        "listed: helping": 2.0, "listed: hindering": -1.5, "announces": -1.0, "puts: only names barriers": -1.0,
        "cited": -0.7, "background": -0.7,
        "puts: our findings": -0.3, "puts: research": -1.0, "puts: not able": -0.5, "puts: was a barrier": -1.0,
        "puts: should": -0.5, "puts: opens with do": -1.0, "says symptom": -0.3, "says method": -0.5,
        "says study": -0.5, "heading helping": 0.5, "heading only hindering": -1.5,
        "heading method": -1.0, "numbers": -0.3, "short": -0.3,
        "in results": 0.5, "in abstract results": 0.5, "in background": -1.0, "in methods": -1.0,
        "in limitations": -1.0,
    },
    "Intervention": {
        "puts: may help": 0.3, "puts: may help, discussion": 0.7, "puts: should": 0.5, "puts: need for": 0.6,
        "puts: opens with do": 0.7, "puts: opens with doing": 0.7, "puts: strategy to": 0.6,
        "puts: important to": 0.5,
        "puts: wished": 0.5, "puts: people wish": 0.6,
        "puts: people wish, results": 0.6, "puts: others suggest": 1.0, "puts: i think should": 0.3,
        "puts: intervention was": 0.4, "puts: evaluated": 0.4,
        "puts: were trained": 0.4, "listed: acting": 2.0, "puts: research": -0.3, "puts: asks research": -1.5,
        "puts: who should": -1.0, "announces": -0.5, "heading method": -0.5, "heading acting": 0.5,
        "says method": -0.7, "puts: our findings": -0.2,
        "puts: not able": -0.5, "puts: opens with lack": -1.0,
        "puts: would not": -0.3, "in limitations": -1.0, "numbers": -0.3, "short": -0.3,
    },
}  # fmt: skip
"""What is expected of a feature before any paper is seen."""

_SIGNS = {"Barrier": (1, -1, 0), "Facilitator": (-1, 1, 0), "Intervention": (0, 0, 1)}


@dataclass(frozen=True)
class Paper:
    """One text of an annotated paper, with its candidates."""

    key: str
    source: str
    drawn: Drawn
    placed: tuple[Placed, ...]

    def gold(self, kind: str) -> list[Placed]:
        """Return the annotated things of a kind that this text holds."""
        return [one for one in self.placed if one.item.kind == kind and one.places]

    def hits(self, one: Placed, start: int, end: int) -> bool:
        """Say whether view[start:end] is about an annotated thing."""
        spans = self.drawn.around.reading.spans(start, end)
        return any(overlap(there, (s.start, s.end)) >= 0.5 for there in one.places for s in spans)


def load(golds: Sequence[Path], texts: Sequence[Path]) -> list[Paper]:
    """Return the annotated papers among the texts."""
    annotated = [paper for path in golds for paper in load_gold(path)]
    papers = []
    for path in texts:
        done = read(path.read_bytes(), path.name)
        words = Squeezed.of(done.document.text)
        gold = choose(annotated, done.document.source, done.document.sha256, words)
        if gold is None:
            print(f"{path}: no annotations")
            continue
        reading = done.reading
        roles = extract_roles(reading, "study")
        quotes, _ = extract_quotes(reading, "study", roles)
        background = extract_claims(reading, "study", roles, quotes).background
        drawn = draw(reading, roles, quotes, background)
        placed = place(gold, done.document.text, words)
        papers.append(Paper(gold.key, f"{path.parent.name}/{path.name}", drawn, placed))
    return papers


def train(papers: Sequence[Paper], kind: str) -> Weights:
    """Return the weights of a kind that fit these papers."""
    names = [
        "always",
        *sorted({name for paper in papers for one in paper.drawn.scored for name in one.features} - {"always"}),
    ]
    column = {name: number for number, name in enumerate(names)}
    rows = sum(len(paper.drawn.scored) for paper in papers)
    x, y, counts = np.zeros((rows, len(names))), np.zeros(rows), np.ones(rows)
    texts = Counter(paper.key for paper in papers)
    row = 0
    for paper in papers:
        gold = paper.gold(kind)
        for one in paper.drawn.scored:
            for name, value in one.features.items():
                x[row, column[name]] = value
            marked = [g for g in gold if paper.hits(g, one.candidate.start, one.candidate.end)]
            if marked:
                y[row] = 1.0
                counts[row] = DOUBTFUL if all(g.item.doubtful for g in marked) else 1.0
            counts[row] /= texts[paper.key]
            row += 1
    prior = np.array([_prior(kind, name) for name in names])
    pull = np.array([_pull(name) for name in names])
    fitted = _newton(x, y, counts, prior, pull)
    return Weights({name: round(float(weight), 3) for name, weight in zip(names, fitted, strict=True)})


def _prior(kind: str, name: str) -> float:
    if name in PRIORS[kind]:
        return PRIORS[kind][name]
    hindering, helping, acting = _SIGNS[kind]
    group = name.removeprefix("says ")
    if group in HINDERING or group == "denied":
        return CUE * hindering
    if group in HELPING or group == "averted":
        return CUE * helping
    return CUE * acting if group in ACTIONS else 0.0


def _pull(name: str) -> float:
    if name == "always":
        return 1e-3
    return 2 * PULL if name.startswith("puts: ") and "," in name else PULL


def _newton(x: Vector, y: Vector, counts: Vector, prior: Vector, pull: Vector) -> Vector:
    weights = prior.copy()

    def loss(at: Vector) -> float:
        total = x @ at
        return float(counts @ (np.logaddexp(0, total) - y * total) + 0.5 * pull @ (at - prior) ** 2)

    for _ in range(50):
        chance = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        slope = x.T @ (counts * (chance - y)) + pull * (weights - prior)
        bend = (x * (counts * chance * (1 - chance))[:, None]).T @ x + np.diag(pull)
        step, size = np.linalg.solve(bend, slope), 1.0
        while loss(weights - size * step) > loss(weights) and size > 1e-4:
            size /= 2
        weights = weights - size * step
        if np.abs(size * step).max() < 1e-5:
            break
    return weights


def judge(paper: Paper, kind: str, weights: Weights) -> tuple[int, int, int, int]:
    """Return found and annotated within the first 2 x annotated shown, and right and shown among the first ten."""
    gold = paper.gold(kind)
    picks = ranked(paper.drawn, weights)
    firm = [one for one in gold if not one.item.doubtful]
    told = [[one for one in gold if any(paper.hits(one, a, b) for a, b in pick.places)] for pick in picks]
    found = {one.item.id for some in told[: 2 * len(gold)] for one in some if not one.item.doubtful}
    right = sum(any(not one.item.doubtful for one in some) for some in told[:10])
    wrong = sum(not some for some in told[:10])
    return len(found), len(firm), right, right + wrong


def held_out(papers: Sequence[Paper], kind: str) -> None:
    """Print how each paper is ranked by weights that were learned without it."""
    folders: dict[str, list[int]] = {}
    for key in dict.fromkeys(paper.key for paper in papers):
        weights = train([paper for paper in papers if paper.key != key], kind)
        for paper in papers:
            if paper.key == key:
                found, firm, right, shown = judge(paper, kind, weights)
                print(f"{kind:12} {paper.source:32} found {found:2} of {firm:2}, right {right:2} of the first {shown}")
                total = folders.setdefault(paper.source.split("/")[0], [0, 0, 0, 0])
                total[:] = [a + b for a, b in zip(total, (found, firm, right, shown), strict=True)]
    for folder, (found, firm, right, shown) in folders.items():
        print(f"{kind:12} all of {folder:10} recall {found / max(firm, 1):.2f}, first ten {right / max(shown, 1):.2f}")


def main(arguments: Sequence[str]) -> None:
    """Run the command line."""
    cut = arguments.index("--texts")
    texts = [Path(name) for name in arguments[cut + 1 :] if not name.startswith("--")]
    papers = load([Path(name) for name in arguments[:cut]], texts)
    learned = {}
    for kind in KINDS:
        held_out(papers, kind)
        learned[kind] = dict(sorted(train(papers, kind).by_feature.items()))
    if "--write" in arguments:
        OUTPUT.write_text(json.dumps(learned, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
