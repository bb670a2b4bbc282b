"""The annotated seeds as a store of records: what an extraction without a miss would give, so that answers are known.

Every record keeps the annotators' identifier in `ids`, by IRI, so that tests can name what they expect.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ontology.base import Passage, Record
from ontology.identity import document_iri, mint, normalise_statement, sha256_of
from ontology.model import (
    Assertion,
    BackgroundClaim,
    Barrier,
    Circumstance,
    ComponentAssessment,
    ConfidenceAssessment,
    Decision,
    DecisionRule,
    Disagreement,
    Document,
    EvidenceLine,
    Facilitator,
    Finding,
    Intervention,
    Limitation,
    Position,
    Quote,
    Recommendation,
    ResearchRecommendation,
    ReviewFinding,
    Role,
    Study,
    StudyFact,
    Theme,
)
from ontology.namespaces import CKG
from ontology.vocabulary import load_vocabulary

_LEVELS = {"patient": "patient", "patient/family": "patient"}


class Seeds:
    """Both studies as records, document by document, and the identifiers of the annotators by IRI."""

    def __init__(self, gold: Path, folder: Path) -> None:
        told = json.loads(gold.read_text(encoding="utf-8"))
        self.ids: dict[str, str] = {}
        self.documents: list[list[Record]] = []
        for study in told["studies"]:
            self.documents.append(
                list(_Study(study, (folder / study["file"]).read_bytes().decode(), self.ids).records())
            )

    def named(self, *iris: object) -> set[str]:
        """The annotators' identifiers of these things."""
        return {self.ids[str(iri)] for iri in iris}


class _Study:
    def __init__(self, told: dict[str, Any], text: str, ids: dict[str, str]) -> None:
        self.told = told
        self.ids = ids
        self.text = text
        self.sha256 = sha256_of(text)
        self.iri = document_iri(self.sha256)
        self.study = mint("Study", "document", self.iri)
        self.common: dict[str, Any] = {"document": self.iri, "study": self.study}
        self.made: dict[str, str] = {}
        self.roles: dict[str, str] = {}
        self.concepts = {_bare(concept.label): concept.iri for concept in load_vocabulary().concepts}

    def records(self) -> Iterator[Record]:
        full = self.told["evidence_level"].startswith("full")
        yield Document(
            iri=self.iri, document=self.iri, study=self.study, source=self.told["file"], sha256=self.sha256,
            media_type="text/plain", text=self.text,
        )  # fmt: skip
        facts = self.told["facts"]
        designs = tuple(fact["value"] for fact in facts if fact["field"] == "design")
        yield Study(
            iri=self.study, document=self.iri, study=self.study, title=self.told["id"], design=designs,
            evidence_level="full text" if full else "abstract", spans=self._spans(facts[0]),
        )  # fmt: skip
        self.ids[self.study] = self.told["id"]
        for fact in facts:
            yield self._make(StudyFact, fact, field=fact["field"], value=str(fact["value"]))
        yield from self._roles()
        for kind, name in (("themes", Theme), ("limitations", Limitation)):
            for item in self.told[kind]:
                slot = "label" if name is Theme else "statement"
                yield self._make(name, item, **{slot: item["label"]})
        for item in self.told.get("quotes", ()):
            yield self._quote(item)
        for item in self.told["findings"]:
            yield self._make(
                Finding, item, statement=item["label"], held_by=self._held(item), frequency=item.get("frequency")
            )
        for item in self.told["positions"]:
            yield self._make(
                Position, item, statement=item["label"], question=item["question"], answer=item["answer"],
                held_by=self._held(item),
            )  # fmt: skip
        for item in self.told["barriers"]:
            yield self._barrier(item)
        for item in self.told["facilitators"]:
            yield self._make(Facilitator, item, label=item["label"], stated_by=self._roles_of(item["stated_by"]))
        for item in self.told["interventions"]:
            yield self._intervention(item)
        for item in self.told["rules_of_thumb"]:
            yield self._make(DecisionRule, item, label=item["label"])
        for item in self.told["multiple_prescriber_circumstances"]:
            yield self._make(Circumstance, item, label=item["label"])
        for item in self.told["research_recommendations"]:
            yield self._make(ResearchRecommendation, item, statement=item["label"])
        for item in self.told.get("background_claims", ()):
            yield self._make(
                BackgroundClaim, item, statement=item["label"], citations=tuple(item["cited"]),
                names_barrier=bool(item.get("barrier")),
            )  # fmt: skip
        yield from self._disagreements()
        yield from self._links()

    def _roles(self) -> Iterator[Record]:
        for item in self.told["roles"]:
            found = re.fullmatch(r"(.+?) \(([A-Z]{2,5})\)", item["label"])
            label, short = (found.group(1), found.group(2)) if found else (item["label"], None)
            role = self._make(Role, item, label=label, abbreviation=short, participant=item.get("participant"))
            for name in filter(None, (label, short)):
                self.roles.setdefault(name, role.iri)
            yield role

    def _barrier(self, item: dict[str, Any]) -> Record:
        codes = item.get("suggested_codes", {})
        wanted = [codes.get("tdf"), codes.get("ahrq")]
        level = _LEVELS.get(item["level"], item["level"].split("/")[0])
        return self._make(
            Barrier, item, label=item["label"], level=level, stated_by=self._roles_of(item["stated_by"]),
            attributed_to=self._roles_of(item["attributed_to"]), self_attributed=item.get("self_attributed"),
            explicit=item.get("explicit"), codes=self._codes(wanted),
        )  # fmt: skip

    def _intervention(self, item: dict[str, Any]) -> Record:
        by = item["proposed_by"]
        proposers = [
            name
            for name, sign in (("participants", "participant"), ("authors", "author"), ("cited", "lit"))
            if sign in by
        ]
        return self._make(
            Intervention, item, label=item["label"], proposed_by=tuple(proposers), hedged=item.get("hedged"),
            codes=self._codes([item.get("suggested_codes", {}).get("ahrq")]),
        )  # fmt: skip

    def _quote(self, item: dict[str, Any]) -> Record:
        passage = Passage(document=self.iri, start=item["start"], end=item["end"], exact=item["text"])
        iri = mint("Quote", self.iri, str(passage.start), str(passage.end))
        self.made[item["id"]] = iri
        self.ids[iri] = item["id"]
        roles = [self.roles[name] for name in re.findall(r"PCP|OBP", item["speaker_role"])]
        return Quote(
            iri=iri, **self.common, spans=(passage,), exact=passage.exact, reading=item["clean"], start=passage.start,
            end=passage.end, quote_kind=item["kind"], speaker_role=roles[0], co_speakers=tuple(roles[1:]),
        )  # fmt: skip

    def _disagreements(self) -> Iterator[Record]:
        for item in self.told.get("disagreements", ()):
            between = tuple(self.made[name] for name in item["between"] if name in self.made)
            scope = (
                "between roles"
                if "between" in item["type"]
                else "within a role"
                if "within" in item["type"]
                else "qualification"
            )
            iri = mint("Disagreement", self.study, item["id"])
            self.ids[iri] = item["id"]
            first = next(spans for name, spans in self._placed.items() if name in item["between"])
            yield Disagreement(iri=iri, **self.common, label=item["label"], between=between, scope=scope, spans=first)

    def _links(self) -> Iterator[Record]:
        of_quotes = (
            ("findings", "supports"), ("positions", "supports"), ("barriers", "illustrates"),
            ("facilitators", "illustrates"), ("interventions", "illustrates"), ("rules_of_thumb", "illustrates"),
            ("multiple_prescriber_circumstances", "illustrates"),
        )  # fmt: skip
        for kind, predicate in of_quotes:
            for item in self.told[kind]:
                for quote in item.get("quotes", ()):
                    yield self._link(quote, predicate, item["id"])
        for item in self.told["findings"]:
            themes = item.get("theme") or []
            for theme in [themes] if isinstance(themes, str) else themes:
                yield self._link(item["id"], "inTheme", theme)
        for item in self.told["interventions"]:
            for barrier in item["addresses"]:
                yield self._link(item["id"], "addresses", barrier)

    def _link(self, subject: str, predicate: str, thing: str) -> Record:
        ends = self.made[subject], self.made[thing]
        return Assertion(
            iri=mint("Assertion", ends[0], CKG + predicate, ends[1], self.study), **self.common, subject=ends[0],
            predicate=CKG + predicate, object=ends[1], method="human", status="accepted",
            spans=self._placed.get(subject, ()) or self._placed[thing],
        )  # fmt: skip

    @property
    def _placed(self) -> dict[str, tuple[Passage, ...]]:
        kinds = (value for value in self.told.values() if isinstance(value, list))
        items = [item for kind in kinds for item in kind if isinstance(item, dict) and "id" in item]
        return {item["id"]: self._spans(item) for item in items if item.get("evidence")}

    def _make(self, cls: type[Record], item: dict[str, Any], **slots: Any) -> Record:  # noqa: ANN401
        iri = mint(cls.__name__, self.study, item["id"])
        self.made[item["id"]] = iri
        self.ids[iri] = item["id"]
        return cls(iri=iri, **self.common, spans=self._spans(item), **slots)

    def _spans(self, item: dict[str, Any]) -> tuple[Passage, ...]:
        told = [Passage(document=self.iri, start=e["start"], end=e["end"], exact=e["text"]) for e in item["evidence"]]
        return tuple(told)

    def _held(self, item: dict[str, Any]) -> tuple[str, ...]:
        return self._roles_of(item.get("held_by", ()))

    def _roles_of(self, names: list[str]) -> tuple[str, ...]:
        return tuple(self.roles[name] for name in names if name in self.roles)

    def _codes(self, names: list[str | None]) -> tuple[str, ...]:
        found = (self.concepts.get(_bare(name.split(":")[1].split("/")[-1])) for name in names if name)
        return tuple(dict.fromkeys(iri for iri in found if iri))


def _bare(label: str) -> str:
    return re.sub(r"[^a-z]", "", normalise_statement(label).replace("&", "and"))


def review_of(seeds: Seeds) -> list[Record]:
    """What a reviewer might make of the seeds: two review findings, one well supported, one by the abstract alone."""
    by_id = {name: iri for iri, name in seeds.ids.items()}
    agreed = ReviewFinding(iri=mint("ReviewFinding", "agreed"), summary="Roles have to be agreed on.")
    timing = ReviewFinding(iri=mint("ReviewFinding", "timing"), summary="Oncologists decide when to refer.")
    assessment = ConfidenceAssessment(
        iri=mint("ConfidenceAssessment", "agreed"), review_finding=agreed.iri, level="moderate",
        explanation="One health system.", assessor="Ada",
    )  # fmt: skip

    def line(finding: ReviewFinding, evidence: str, direction: str) -> EvidenceLine:
        iri = mint("EvidenceLine", finding.iri, evidence)
        return EvidenceLine(
            iri=iri, review_finding=finding.iri, evidence=by_id[evidence], direction=direction, rationale=evidence
        )

    def recommendation(name: str, finding: ReviewFinding) -> Recommendation:
        return Recommendation(
            iri=mint("Recommendation", name), wording=name, strength="conditional", direction="for", status="draft",
            based_on=(finding.iri,),
        )  # fmt: skip

    return [
        agreed, timing, assessment,
        line(agreed, "B-F1.1", "supports"), line(agreed, "B-F1.4", "qualifies"), line(timing, "A-F7", "supports"),
        recommendation("Agree on roles.", agreed), recommendation("Share the decision to refer.", timing),
        ComponentAssessment(
            iri=mint("ComponentAssessment", "agreed", "coherence"), assessment=assessment.iri, component="coherence",
            concern="minor", explanation="One voice differs.",
        ),
        Decision(
            iri=mint("Decision", "agreed"), target=mint("Assertion", "none"), person="Ada",
            time="2026-11-23T10:00:00+00:00", action="accept", reason="It is what they say.",
        ),
    ]  # fmt: skip
