"""Two tiny documents of our own, as records: what the tests of the graph are made of."""

from pathlib import Path

from graph.store import EvidenceGraph
from ontology.base import Passage, Record
from ontology.identity import document_iri, mint, sha256_of, study_iri
from ontology.model import (
    Assertion,
    Barrier,
    Decision,
    Disagreement,
    Document,
    EvidenceLine,
    Finding,
    Intervention,
    Position,
    Quote,
    Recommendation,
    ReviewFinding,
    Role,
    Section,
    Study,
    Theme,
)
from ontology.namespaces import CKG

WARD = (
    "The nurse 😀 said: “We’re told\nnothing\\never.” \u202eReversed\u202c <b>bold</b> 'x' \"y\"\n"
    "Late letters were a barrier. A shared diary was proposed by the authors.\n"
    "The pharmacist should prescribe, said the nurses.\n"
)
CLINIC = "“I ring the ward – no answer”, said a café nurse.\nLate letters were a barrier. Doctors should prescribe.\n"


class Paper:
    """A document under construction: makes records whose spans are found by their words."""

    def __init__(self, source: str, text: str, *, doi: str | None = None) -> None:
        self.text = text
        self.iri = document_iri(sha256_of(text))
        self.study = study_iri(document=self.iri, doi=doi)
        self.document = Document(
            iri=self.iri, source=source, sha256=sha256_of(text), media_type="text/plain", text=text, doi=doi
        )
        self.common = {"document": self.iri, "study": self.study}

    def span(self, words: str) -> Passage:
        start = self.text.index(words)
        return Passage(document=self.iri, start=start, end=start + len(words), exact=words)

    def quote(self, words: str, role: str, **more: object) -> Quote:
        span = self.span(words)
        iri = mint("Quote", self.iri, str(span.start), str(span.end))
        return Quote(
            iri=iri, **self.common, spans=(span,), exact=words, start=span.start, end=span.end,
            quote_kind="inline", speaker_role=role, **more,
        )  # fmt: skip

    def link(self, subject: Record, name: str, thing: Record, *, status: str = "proposed") -> Assertion:
        iri = mint("Assertion", subject.iri, CKG + name, thing.iri, self.study)
        return Assertion(
            iri=iri, **self.common, subject=subject.iri, predicate=CKG + name, object=thing.iri, method="rule",
            confidence=0.75, status=status, spans=subject.spans,
        )  # fmt: skip


def ward(*, doi: str | None = None, end: str = "") -> list[Record]:
    """A study on a ward: quote -> barrier <- intervention, quote -> finding -> theme, two positions that disagree.

    With a DOI and another `end` it is another document of the same study, which says the same.
    """
    paper = Paper("ward.txt", WARD + end, doi=doi)
    mine = paper.common
    nurse = Role(iri=mint("Role", paper.study, "nurse"), **mine, label="nurse", spans=(paper.span("nurse"),))
    pharmacist = Role(
        iri=mint("Role", paper.study, "pharmacist"), **mine, label="pharmacist", spans=(paper.span("pharmacist"),)
    )
    quote = paper.quote("We’re told\nnothing\\never.", nurse.iri, score=0.9)
    words = paper.span("Late letters were a barrier.")
    barrier = Barrier(
        iri=mint("Barrier", paper.study, "late letters"), **mine, label="Late letters", level="organisation",
        stated_by=(nurse.iri,), explicit=True, self_attributed=False, score=0.9, spans=(words,),
    )  # fmt: skip
    diary = Intervention(
        iri=mint("Intervention", paper.study, "shared diary"), **mine, label="A shared diary",
        proposed_by=("participants", "authors"), spans=(paper.span("A shared diary"),),
    )  # fmt: skip
    theme = Theme(
        iri=mint("Theme", paper.study, "silence"), **mine, label="Silence", variants=("Not being told", "A \"hush\""),
        spans=(paper.span("told"),),
    )  # fmt: skip
    finding = Finding(
        iri=mint("Finding", paper.study, "nurses hear nothing"), **mine, statement="Nurses hear nothing.",
        held_by=(nurse.iri, pharmacist.iri), frequency="almost all", spans=(paper.span("said"),),
    )  # fmt: skip
    position = Position(
        iri=mint("Position", paper.study, "pharmacist prescribes"), **mine,
        statement="The pharmacist should prescribe.",
        question="Who should prescribe?", answer="The pharmacist", answer_role=pharmacist.iri, held_by=(nurse.iri,),
        spans=(paper.span("The pharmacist should prescribe"),),
    )  # fmt: skip
    return [
        paper.document,
        Study(
            iri=paper.study, document=paper.iri, title="The ward study", evidence_level="full text", doi=doi,
            design=("qualitative study", "interviews"), n_participants=12, spans=(paper.span("The nurse"),),
        ),
        Section(
            iri=mint("Section", paper.iri, "0"), **mine, section_kind="results", order=0, start=0, end=len(WARD),
            in_abstract=False, spans=(paper.span("The nurse"),),
        ),
        nurse, pharmacist, quote, barrier, diary, theme, finding, position,
        paper.link(quote, "illustrates", barrier), paper.link(quote, "supports", finding),
        paper.link(finding, "inTheme", theme), paper.link(diary, "addresses", barrier),
        paper.link(quote, "illustrates", theme, status="rejected"),
    ]  # fmt: skip


def clinic(*, doi: str | None = None, end: str = "") -> list[Record]:
    """A study in a clinic, which with the DOI of `ward` is the same study reported twice; `end` makes another text."""
    paper = Paper("clinic.txt", CLINIC + end, doi=doi)
    mine = paper.common
    nurse = Role(
        iri=mint("Role", paper.study, "nurse"), **mine, label="nurse", abbreviation="RN", alternatives=("café nurse",),
        spans=(paper.span("nurse"),),
    )  # fmt: skip
    quote = paper.quote("I ring the ward – no answer", nurse.iri, prefix="“")
    barrier = Barrier(
        iri=mint("Barrier", paper.study, "late letters"), **mine, label="Late letters", level="provider",
        attributed_to=(nurse.iri,), spans=(paper.span("Late letters were a barrier."),),
    )  # fmt: skip
    position = Position(
        iri=mint("Position", paper.study, "doctors prescribe"), **mine, statement="Doctors should prescribe.",
        question="Who should prescribe?", answer="Doctors", held_by=(nurse.iri,),
        spans=(paper.span("Doctors should prescribe."),),
    )  # fmt: skip
    other = Disagreement(
        iri=mint("Disagreement", paper.study, "prescribing"), **mine, label="Who prescribes",
        between=(position.iri, mint("Position", paper.study, "pharmacist prescribes")), scope="between roles",
        spans=(paper.span("Doctors"),),
    )  # fmt: skip
    return [
        paper.document,
        Study(
            iri=paper.study, document=paper.iri, title="The clinic study", evidence_level="abstract", doi=doi,
            design=("interviews", "survey"), country=("Ruritania",), spans=(paper.span("ward"),),
        ),
        nurse, quote, barrier, position, other, paper.link(quote, "illustrates", barrier),
    ]  # fmt: skip


def filled(folder: Path, *papers: list[Record]) -> EvidenceGraph:
    """A store in this folder that holds these documents, open for writing."""
    graph = EvidenceGraph(folder)
    for paper in papers:
        graph.apply(paper)
    return graph


def review(paper: list[Record]) -> list[Record]:
    """What a reviewer makes of a document's records: a decision, and a recommendation down to its first finding."""
    finding = next(record for record in paper if isinstance(record, Finding))
    summary = ReviewFinding(iri=mint("ReviewFinding", "silence"), summary="Nurses are not told.")
    return [
        summary,
        EvidenceLine(
            iri=mint("EvidenceLine", "silence"), review_finding=summary.iri, evidence=finding.iri, direction="supports"
        ),
        Recommendation(
            iri=mint("Recommendation", "tell"), wording="Tell the nurses.", strength="strong", direction="for",
            status="draft", based_on=(summary.iri,),
        ),
        Decision(
            iri=mint("Decision", finding.iri, "Ada", "2026-11-23T10:00:00+00:00"), target=finding.iri, person="Ada",
            time="2026-11-23T10:00:00+00:00", action="accept", reason="It is what they say.",
        ),
    ]  # fmt: skip
