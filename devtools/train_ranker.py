"""Learn the weights that rank barriers, facilitators and interventions, from annotated papers.

    python -m devtools.train_ranker GOLD.json... --texts PATH... [--write]

Prints the page docs/ranking.md: how well each paper is ranked by weights learned from all the others, and how well
scores match what is right. With --write, stores that page and the weights learned from all papers
(ingest/extract/weights.json). Paths are files or folders; what nobody annotated is passed over. Several texts of one
paper (JATS, plain text) are held out together and count as one. Annotations that are kept as offsets
(devtools/annotated) teach by the very text that was annotated: other texts of the paper hold quotes that nobody judged.
The same inputs give the same bytes.

The model is a logistic regression whose weights are drawn to what is known of the words beforehand
(`ranker_priors.py`) rather than to zero, since the papers are few. A score is a chance: a straight line over the sum of
weights, fitted to the sums that papers get from weights learned without them.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from devtools.ranker_fit import line, newton
from devtools.ranker_page import Held, page
from devtools.ranker_priors import expected, prior, pull
from ingest.evaluate.gold import Placed, choose, load_gold, place
from ingest.evaluate.words import Squeezed, overlap
from ingest.extract.claims.extraction import extract_claims
from ingest.extract.quotes.extraction import extract_quotes
from ingest.extract.ranking import FLOORS, Drawn, draw, ranked
from ingest.extract.roles.extraction import extract_roles
from ingest.extract.scoring import Weights
from ingest.gather import gather
from ingest.readers import read

KINDS = ("Barrier", "Facilitator", "Intervention")
ROOT = Path(__file__).parent.parent
WEIGHTS = ROOT / "ingest" / "extract" / "weights.json"
PAGE = ROOT / "docs" / "ranking.md"
DOUBTFUL = 0.4
"""What a doubtful annotation counts."""


@dataclass(frozen=True)
class Paper:
    """One text of an annotated paper, with its candidates; `form` is what was read ("jats", "text")."""

    key: str
    form: str
    drawn: Drawn
    placed: tuple[Placed, ...]

    def gold(self, kind: str) -> list[Placed]:
        """Return the annotated things of a kind that this text holds."""
        return [one for one in self.placed if one.item.kind == kind and one.places]

    def hits(self, one: Placed, start: int, end: int) -> bool:
        """Say whether view[start:end] is about an annotated thing."""
        spans = self.drawn.around.reading.spans(start, end)
        return any(overlap(there, (s.start, s.end)) >= 0.5 for there in one.places for s in spans)


def load(golds: Sequence[Path], paths: Sequence[Path]) -> list[Paper]:
    """Return the annotated papers among the files and folders, by key and form."""
    annotated = [paper for path in golds for paper in load_gold(path, paths)]
    papers = []
    for path in gather(paths).files:
        done = read(path.read_bytes(), path.name)
        words = Squeezed.of(done.document.text)
        gold = choose(annotated, done.document.source, done.document.sha256, words)
        if gold is None or (gold.bare and done.document.sha256 != gold.sha256):
            continue
        reading = done.reading
        roles = extract_roles(reading, "study")
        quotes, _ = extract_quotes(reading, "study", roles)
        claims = extract_claims(reading, "study", roles, quotes)
        drawn = draw(reading, roles, quotes, claims.background, (*claims.limitations, *claims.recommendations))
        form = "text" if done.document.media_type.startswith("text/plain") else "jats"
        papers.append(Paper(gold.key, form, drawn, place(gold, done.document.text, words)))
    return sorted(papers, key=lambda paper: (paper.key, paper.form))


def train(papers: Sequence[Paper], kind: str) -> Weights:
    """Return the weights of a kind that fit these papers, not calibrated; what no paper shows keeps its prior."""
    seen = {name for paper in papers for one in paper.drawn.scored for name in one.features}
    names = ["always", *sorted((seen | expected(kind)) - {"always"})]
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
    fitted = newton(
        x, y, counts, np.array([prior(kind, name) for name in names]), np.array([pull(name) for name in names])
    )
    return Weights({name: round(float(weight), 3) for name, weight in zip(names, fitted, strict=True)})


def judge(paper: Paper, kind: str, weights: Weights, floor: float = 0.0) -> Held:
    """Return how a paper's picks fare, those with a score of `floor` or more."""
    gold = paper.gold(kind)
    picks = ranked(paper.drawn, weights, floor).picks
    told = [[one for one in gold if any(paper.hits(one, a, b) for a, b in pick.places)] for pick in picks]
    return Held(
        key=paper.key,
        form=paper.form,
        gold=len(gold),
        firm=frozenset(one.item.id for one in gold if not one.item.doubtful),
        scores=tuple(pick.score for pick in picks),
        found=tuple(frozenset(one.item.id for one in some) for some in told),
    )


def held_out(papers: Sequence[Paper], kind: str) -> tuple[list[Held], list[Held], tuple[float, float]]:
    """Return how each paper is ranked by weights learned without it: every pick, and those that are shown.

    The line over the sums is fitted without the paper too. The third value is the line over all of them.
    """
    keys = list(dict.fromkeys(paper.key for paper in papers))
    texts = Counter(paper.key for paper in papers)
    learned = {key: train([paper for paper in papers if paper.key != key], kind) for key in keys}
    raw = [judge(paper, kind, learned[paper.key]) for paper in papers]
    every, shown = [], []
    for paper in papers:
        slope, offset = _line([held for held in raw if held.key != paper.key], texts)
        weights = replace(learned[paper.key], slope=slope, offset=offset)
        every.append(judge(paper, kind, weights))
        shown.append(judge(paper, kind, weights, FLOORS[kind]))
    return every, shown, _line(raw, texts)


def _line(held: Sequence[Held], texts: Counter[str]) -> tuple[float, float]:
    rows = [(*row, 1 / texts[one.key]) for one in held for row in one.sums()]
    sums, right, counts = zip(*rows, strict=True) if rows else ((), (), ())
    return line(sums, right, counts)


def learn(papers: Sequence[Paper]) -> Iterator[tuple[str, Weights, list[Held], list[Held]]]:
    """Yield each kind with its weights and how papers held out fared: every pick, and those that are shown."""
    for kind in KINDS:
        every, shown, (slope, offset) = held_out(papers, kind)
        yield kind, replace(train(papers, kind), slope=slope, offset=offset), every, shown


def main(arguments: Sequence[str]) -> None:
    """Run the command line."""
    cut = arguments.index("--texts")
    paths = [Path(name) for name in arguments[cut + 1 :] if not name.startswith("--")]
    papers = load([Path(name) for name in arguments[:cut]], paths)
    learned = list(learn(papers))
    lines = list(page([(kind, every, shown) for kind, _, every, shown in learned], FLOORS))
    print("\n".join(lines))
    if "--write" in arguments:
        stored = {kind: weights.stored() for kind, weights, _, _ in learned}
        WEIGHTS.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
        PAGE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
