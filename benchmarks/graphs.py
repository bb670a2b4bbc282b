"""Made-up studies as records, as many as are wanted: what the scale benchmarks fill stores with.

A seed and a number give a study, always the same one; they have about 456 triples in the mean: a document of a few
pages with its sections, a study with its facts, roles tied to the shared concepts, participants, themes, findings and
positions, quotes, determinants with codes, interventions and the links between them. Every span holds its words, so
that the records pass all checks of the store. All sentences are made up.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graph.store import EvidenceGraph
from ontology.base import Passage, Record
from ontology.identity import document_iri, mint, normalise_statement, sha256_of, study_iri
from ontology.model import (
    Assertion,
    Barrier,
    Disagreement,
    Document,
    Facilitator,
    Finding,
    Intervention,
    Limitation,
    ParticipantGroup,
    Position,
    Quote,
    ResearchRecommendation,
    Role,
    Run,
    Section,
    Study,
    StudyFact,
    Theme,
)
from ontology.namespaces import CKG, SCHEME

ROLES = {
    "nurse": "nurse", "general practitioner": "general-practitioner", "pharmacist": "pharmacist",
    "social worker": "social-worker", "oncologist": "oncologist", "physiotherapist": "physiotherapist",
}  # fmt: skip
"""Roles of the studies, with the notations of their concepts."""
LEVELS = ("patient", "provider", "team", "organisation", "system")
TASKS = ("medication review", "discharge planning", "follow-up calls", "home visits", "referral letters", "pain relief")
HINDRANCES = (
    "no time is set aside", "letters arrive late", "nobody knows who calls", "records cannot be opened", "staff change",
    "roles are not agreed", "the phone is not answered", "beds are short",
)  # fmt: skip
WISHES = ("a shared care plan", "a named contact", "joint rounds", "a single record", "a call before discharge")
WHERE = ("on the ward", "in the practice", "at the weekend", "in the clinic", "at home", "between visits", "at night")
CODES = ("tdf/environmental-context-and-resources", "tdf/social-influences", "tdf/knowledge")
COUNTRIES = ("Ruritania", "Freedonia", "Sylvania", "Genovia", "Borduria")
FILLER = 24
"""Sentences of each section that no record rests on."""


@dataclass(slots=True)
class _Paper:
    """A document under construction: sentences come one by one, and spans are known as they come."""

    parts: list[str] = field(default_factory=list)
    length: int = 0

    def say(self, words: str, after: str = " ") -> tuple[int, int, str]:
        """Add words; return where they stand, and them."""
        start = self.length
        self.parts += [words, after]
        self.length += len(words) + len(after)
        return start, start + len(words), words


def studies(count: int, seed: int = 0, *, filler: int = FILLER) -> Iterator[list[Record]]:
    """Yield the records of `count` documents, one list for each, as `EvidenceGraph.apply` takes them."""
    for number in range(count):
        yield study(number, seed, filler=filler)


def study(number: int, seed: int = 0, *, filler: int = FILLER) -> list[Record]:
    """Return the records of one document."""
    rng = random.Random(f"{seed} {number}")  # noqa: S311 - no secret depends on it
    return _Study(rng, f"{seed}-{number}", filler).records()


def store(path: Path, count: int, seed: int = 0, *, filler: int = FILLER) -> None:
    """Make a store of `count` studies in a new folder."""
    with EvidenceGraph(path) as graph:
        graph.load(studies(count, seed, filler=filler))


class _Study:
    """One study: its sentences first, then records whose spans are those sentences."""

    def __init__(self, rng: random.Random, name: str, filler: int) -> None:
        self.rng, self.name, self.filler = rng, name, filler
        self.paper = _Paper()
        self.made: list[Record] = []
        self.roles = rng.sample(sorted(ROLES), 3)
        self.task = rng.choice(TASKS)
        self.title = f"Who takes care of {self.task}? Interviews with {self.roles[0]}s and {self.roles[1]}s, {name}"
        self.said = self._told()
        self.text = "".join(self.paper.parts)
        self.document = document_iri(sha256_of(self.text))
        self.doi = f"10.5555/made.up.{name}"
        self.study = study_iri(document=self.document, doi=self.doi)
        self.common: dict[str, Any] = {"document": self.document, "study": self.study}

    def _told(self) -> dict[str, list[tuple[int, int, str]]]:
        """Say every sentence; return where each stands, by what it is for."""
        rng, paper, roles = self.rng, self.paper, self.roles
        said: dict[str, list[tuple[int, int, str]]] = {"title": [paper.say(self.title, "\n\n")]}
        said["methods"] = [self._section("Methods")]
        said["facts"] = [paper.say("NVivo was used.")]
        said["groups"] = [paper.say(f"{rng.randint(5, 30)} {role}s took part.") for role in roles[:1]]
        said["results"] = [self._section("Results")]
        said["roles"] = [paper.say(f"One was a {role}.") for role in roles]
        places = rng.sample(WHERE, 5)
        hindrances = rng.sample(HINDRANCES, 5)
        many = rng.randint(1, 5)
        said["themes"] = [paper.say(f"Theme: {what} {places[at]}.") for at, what in enumerate(hindrances[:2])]
        said["barriers"] = [
            paper.say(f"For {self.task}, {what} {places[at]}.") for at, what in enumerate(hindrances[:many])
        ]
        said["facilitators"] = [paper.say(f"It helped {self.task} that people met {places[0]}.")]
        said["findings"] = [
            paper.say(f"{rng.choice(('Several', 'Most', 'Some'))} {roles[0]}s said of {self.task} that {what}.")
            for what in hindrances[:2]
        ]
        said["positions"] = [
            paper.say(f"{role.capitalize()}s thought that the {role} should do it.") for role in roles[:2]
        ]
        said["quotes"] = [
            paper.say(f"“{rng.choice(('You see', 'Well', 'I mean'))}, {what} {places[at]}, every time.”")
            for at, what in enumerate(hindrances[:many])
        ]  # fmt: skip
        said["discussion"] = [self._section("Discussion")]
        said["interventions"] = [paper.say(f"{wish.capitalize()} was proposed.") for wish in rng.sample(WISHES, 1)]
        said["limits"] = [paper.say("One region took part.")]
        said["research"] = [paper.say("More regions should be asked.")]
        return said

    def _section(self, heading: str) -> tuple[int, int, str]:
        self.paper.say("", "\n\n")
        place = self.paper.say(heading, "\n")
        for _ in range(self.filler):
            who, what, where = self.rng.choice(self.roles), self.rng.choice(TASKS), self.rng.choice(WHERE)
            self.paper.say(f"The {who} spoke about {what} {where}, number {self.rng.randint(1, 999)}.")
        return place

    def _span(self, place: tuple[int, int, str]) -> tuple[Passage, ...]:
        return (Passage(document=self.document, start=place[0], end=place[1], exact=place[2]),)

    def _make(self, cls: type[Record], place: tuple[int, int, str], words: str = "", **values: Any) -> Record:  # noqa: ANN401
        iri = mint(cls.__name__, self.study, normalise_statement(words or place[2]))
        made = cls(iri=iri, **self.common, spans=self._span(place), **values)
        self.made.append(made)
        return made

    def _link(self, subject: Record, name: str, target: Record) -> None:
        iri = mint("Assertion", subject.iri, CKG + name, target.iri, self.study)
        self.made.append(
            Assertion(
                iri=iri, **self.common, subject=subject.iri, predicate=CKG + name, object=target.iri, method="rule",
                confidence=round(self.rng.uniform(0.4, 1), 2), status="proposed", spans=subject.spans,
            )
        )  # fmt: skip

    def records(self) -> list[Record]:
        """Return the records, linked."""
        rng, said, roles = self.rng, self.said, self._people()
        themes = [self._make(Theme, place, label=place[2], order=at) for at, place in enumerate(said["themes"])]
        findings = [
            self._make(Finding, place, statement=place[2], held_by=(roles[0],), frequency="several", score=0.8)
            for place in said["findings"]
        ]
        positions = [
            self._make(
                Position, place, statement=place[2], question=f"Who does {self.task}?", answer=self.roles[at],
                answer_role=roles[at], held_by=(roles[at],),
            )
            for at, place in enumerate(said["positions"])
        ]  # fmt: skip
        self._make(
            Disagreement, said["positions"][0], words="who does it", label=f"Who does {self.task}",
            between=tuple(sorted(one.iri for one in positions)), scope="between roles",
        )  # fmt: skip
        barriers = [self._determinant(Barrier, place, roles) for place in said["barriers"]]
        self._determinant(Facilitator, said["facilitators"][0], roles)
        quotes = [self._quote(place, roles[at % 3]) for at, place in enumerate(said["quotes"])]
        wishes = [
            self._make(Intervention, place, label=place[2], proposed_by=("authors",), hedged=False, score=0.7)
            for place in said["interventions"]
        ]
        limit = self._make(Limitation, said["limits"][0], statement=said["limits"][0][2])
        research = self._make(ResearchRecommendation, said["research"][0], statement=said["research"][0][2])
        for at, quote in enumerate(quotes):
            self._link(quote, "illustrates", barriers[at])
        for finding in findings:
            self._link(finding, "inTheme", rng.choice(themes))
        self._link(quotes[0], "supports", findings[0])
        for wish in wishes:
            self._link(wish, "addresses", rng.choice(barriers))
        self._link(limit, "motivates", research)
        return self.made

    def _people(self) -> list[str]:
        """Make the document, the study, its facts, groups and sections; return the IRIs of its roles."""
        said = self.said
        self.made += [
            Run(
                iri=mint("Run", "generator", self.document), document=self.document, tool="generator", version="1",
                configuration="made up",
            ),
            Document(
                iri=self.document, source=f"made-up-{self.name}.txt", sha256=sha256_of(self.text), text=self.text,
                media_type="text/plain", title=self.title, doi=self.doi,
            ),
            Study(
                iri=self.study, document=self.document, spans=self._span(said["title"][0]), title=self.title,
                authors=("A. Brandt", "J. Okafor"), year=str(self.rng.randint(1995, 2025)), journal="Made-up Letters",
                doi=self.doi, design=("interviews",), data_collection=("interviews",), software=("NVivo",),
                country=(self.rng.choice(COUNTRIES),), evidence_level="full text",
                n_participants=self.rng.randint(8, 60),
            ),
        ]  # fmt: skip
        self._make(StudyFact, said["facts"][0], field="software", value="NVivo")
        heads = [said[name][0] for name in ("methods", "results", "discussion")]
        ends = [*(place[0] for place in heads[1:]), len(self.text)]
        for at, (kind, place) in enumerate(zip(("methods", "results", "discussion"), heads, strict=True)):
            self._make(
                Section, place, section_kind=kind, heading=place[2], order=at, start=place[0], end=ends[at],
                in_abstract=False,
            )  # fmt: skip
        roles = [
            self._make(Role, place, words=name, label=name, participant=True, concept=f"{SCHEME}role/{ROLES[name]}")
            for name, place in zip(self.roles, said["roles"], strict=True)
        ]
        for at, place in enumerate(said["groups"]):
            self._make(
                ParticipantGroup, place, label=f"{self.roles[at]}s", role=roles[at].iri, n=int(place[2].split()[0]),
                stage="completed",
            )  # fmt: skip
        return [role.iri for role in roles]

    def _determinant(self, cls: type[Record], place: tuple[int, int, str], roles: list[str]) -> Record:
        rng = self.rng
        return self._make(
            cls, place, label=place[2], level=rng.choice(LEVELS), stated_by=(rng.choice(roles),),
            attributed_to=(rng.choice(roles),), explicit=rng.random() < 0.5, self_attributed=False,
            codes=(f"{SCHEME}{rng.choice(CODES)}",), score=round(rng.uniform(0.5, 1), 2),
        )  # fmt: skip

    def _quote(self, place: tuple[int, int, str], role: str) -> Record:
        start, end, words = place
        made = Quote(
            iri=mint("Quote", self.document, str(start), str(end)), **self.common, spans=self._span(place), exact=words,
            start=start, end=end, quote_kind="inline", speaker_role=role, score=0.9,
        )  # fmt: skip
        self.made.append(made)
        return made
