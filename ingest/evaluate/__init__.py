"""Extraction measured against annotated papers: recall, precision, speaker roles and every miss, kind by kind.

How things are matched, all in the stored text:

- quotes: both ends of the whole quote within 3 letters of the annotated ones (marks and white space do not count);
- roles: by name, one record for one annotated role (label, abbreviation, alternatives, then the vocabulary's labels);
- themes: by overlap of their words or by a label that is 85 % alike, one record for one theme;
- study facts: by overlap of their words, and the field or the value agrees;
- everything else: by overlap of at least half of the shorter of the two.

Annotated things whose words the text does not hold are named apart and count nowhere. Doubtful ones are optional:
they count neither for recall nor against precision.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ingest.evaluate.gold import GoldItem, GoldPaper, Placed, choose, place
from ingest.evaluate.gold import load_gold as load_gold
from ingest.evaluate.match import RANKED, Match, PaperRecords, match_kind
from ingest.evaluate.misses import kind_of_error, kind_of_miss
from ingest.evaluate.words import Squeezed
from ontology.base import Record
from ontology.model import Concept, Document
from ontology.vocabulary import load_vocabulary

KINDS = (
    "Quote", "Theme", "StudyFact", "Role", "DecisionRule", "Position", "Circumstance", "Disagreement", "Finding",
    "Barrier", "Facilitator", "Intervention", "Limitation", "ResearchRecommendation", "BackgroundClaim",
)  # fmt: skip
PRECISE = frozenset(KINDS) - {"StudyFact", "Finding", "BackgroundClaim", "Disagreement"}
"""Kinds that the annotators marked throughout a paper, so that what they did not mark is wrong."""

FORMS = {
    "application/jats+xml": "JATS", "application/xml": "JATS", "text/xml": "JATS", "application/pdf": "PDF",
    "text/plain": "text", "text/html": "HTML",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
}  # fmt: skip
"""What a document was read as, by its media type."""

Count = tuple[int, int]
"""So many of so many."""


@dataclass(frozen=True, slots=True)
class Miss:
    """An annotated thing that was not found, or a record that is wrong: its identifier, label and words; `why` is what
    stands in its place."""

    id: str
    kind: str
    label: str
    words: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class KindScore:
    """How one kind fared in one paper or in all.

    `gold` are the firm annotated things that the text holds and `found` those of them that were found; `right` are
    records that match one of them, `wrong` records that match none, and records that match doubtful ones only are
    neither. `late` are found, but not within the first twice as many records as there are annotated things. `details`
    are further counts, such as the speaker roles that are right.
    """

    kind: str
    gold: int = 0
    found: int = 0
    doubtful: int = 0
    doubtful_found: int = 0
    absent: int = 0
    right: int = 0
    wrong: int = 0
    details: Mapping[str, Count] = field(default_factory=dict)
    misses: tuple[Miss, ...] = ()
    late: tuple[Miss, ...] = ()
    not_in_text: tuple[Miss, ...] = ()
    false: tuple[Miss, ...] = ()

    @property
    def recall(self) -> float | None:
        """Found of what the text holds, 0 to 1; None where nothing is annotated."""
        return self.found / self.gold if self.gold else None

    @property
    def precision(self) -> float | None:
        """Right of what was shown, 0 to 1; None where annotations are not exhaustive or nothing was shown."""
        shown = self.right + self.wrong
        return self.right / shown if shown and self.kind in PRECISE else None


@dataclass(frozen=True, slots=True)
class PaperScore:
    """How one document fared against its annotations; `form` is what was read: JATS, PDF, text ..."""

    key: str
    source: str
    document: str
    kinds: tuple[KindScore, ...]
    form: str = "text"


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Scores of every document that has annotations; `unread` are annotated papers that no document belongs to."""

    papers: tuple[PaperScore, ...]
    unread: tuple[str, ...]

    @property
    def totals(self) -> tuple[KindScore, ...]:
        """The kinds over all papers."""
        return self.over(self.papers)

    @property
    def by_form(self) -> dict[str, tuple[KindScore, ...]]:
        """The kinds over all papers that were read in one form, by form; a paper may be read in several."""
        forms = sorted({paper.form for paper in self.papers})
        return {form: self.over([paper for paper in self.papers if paper.form == form]) for form in forms}

    @staticmethod
    def over(papers: Sequence[PaperScore]) -> tuple[KindScore, ...]:
        """Return the kinds over these papers."""
        return tuple(
            _sum(kind, [score for paper in papers for score in paper.kinds if score.kind == kind])
            for kind in KINDS
            if any(score.kind == kind for paper in papers for score in paper.kinds)
        )


def score(records: Iterable[Record], gold: Sequence[GoldPaper]) -> Evaluation:
    """Return how well records fit the annotations of the documents that they come from.

    `records` hold Documents with their text and everything found in them; Concepts among them join those shipped.
    """
    documents: dict[str, Document] = {}
    concepts = {concept.iri: concept for concept in load_vocabulary().concepts}
    by_document: dict[str, list[Record]] = {}
    for record in records:
        if isinstance(record, Document):
            documents[record.iri] = record
        elif isinstance(record, Concept):
            concepts[record.iri] = record
        elif record.document:
            by_document.setdefault(record.document, []).append(record)
    papers = []
    for document in sorted(documents.values(), key=lambda d: (d.source, d.iri)):
        words = Squeezed.of(document.text)
        paper = choose(gold, document.source, document.sha256, words)
        if paper is not None:
            shown = PaperRecords(document, tuple(by_document.get(document.iri, ())), concepts, words)
            papers.append(_paper(paper, shown))
    read = {paper.key for paper in papers}
    return Evaluation(tuple(papers), tuple(paper.key for paper in gold if paper.key not in read))


def _paper(paper: GoldPaper, shown: PaperRecords) -> PaperScore:
    placed = place(paper, shown.document.text, shown.words)
    kinds = {item.kind for item in paper.items}
    scores = tuple(_kind(kind, placed, shown) for kind in KINDS if kind in kinds)
    form = FORMS.get(shown.document.media_type, shown.document.media_type)
    return PaperScore(paper.key, shown.document.source, shown.document.iri, scores, form)


def _kind(kind: str, placed: Sequence[Placed], shown: PaperRecords) -> KindScore:
    match = match_kind(kind, placed, shown)
    firm = [found for found in match.gold if not found.item.doubtful]
    doubtful = [found for found in match.gold if found.item.doubtful]
    absent = [p.item for p in placed if p.item.kind == kind and not p.places]
    return KindScore(
        kind=kind,
        gold=len(firm),
        found=sum(found.item.id in match.found for found in firm),
        doubtful=len(doubtful),
        doubtful_found=sum(found.item.id in match.found for found in doubtful),
        absent=len(absent),
        right=len(match.right),
        wrong=len(match.wrong),
        details=match.details,
        misses=tuple(_miss(one.item, kind_of_miss(one, shown)) for one in firm if one.item.id not in match.found),
        late=tuple(_miss(found.item) for found in firm if found.item.id in match.late),
        not_in_text=tuple(_miss(item) for item in absent),
        false=tuple(_false(match, kind, placed, shown)) if kind in PRECISE else (),
    )


def _miss(item: GoldItem, why: str = "") -> Miss:
    return Miss(item.id, item.kind, item.label, " ".join(" / ".join(item.words).split()), why)


def _false(match: Match, kind: str, placed: Sequence[Placed], shown: PaperRecords) -> Iterator[Miss]:
    limit = 10 if kind in RANKED else len(match.wrong)
    for record in match.wrong[:limit]:
        words = " ".join(" / ".join(span.exact for span in record.spans).split())
        label = str(getattr(record, "label", "") or getattr(record, "statement", "") or "")
        yield Miss(record.iri, kind, label, words, kind_of_error(record, placed, shown))


def _sum(kind: str, scores: Sequence[KindScore]) -> KindScore:
    details: dict[str, Count] = {}
    for one in scores:
        for name, (part, whole) in one.details.items():
            had = details.get(name, (0, 0))
            details[name] = (had[0] + part, had[1] + whole)
    return KindScore(
        kind=kind,
        gold=sum(one.gold for one in scores),
        found=sum(one.found for one in scores),
        doubtful=sum(one.doubtful for one in scores),
        doubtful_found=sum(one.doubtful_found for one in scores),
        absent=sum(one.absent for one in scores),
        right=sum(one.right for one in scores),
        wrong=sum(one.wrong for one in scores),
        details=details,
        misses=tuple(miss for one in scores for miss in one.misses),
        late=tuple(miss for one in scores for miss in one.late),
        not_in_text=tuple(miss for one in scores for miss in one.not_in_text),
        false=tuple(miss for one in scores for miss in one.false),
    )
