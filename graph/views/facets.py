"""What a record is counted under: the values of its facets, as matrices and full text see them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from graph.names import words_of
from ontology.base import Record
from ontology.model import (
    Assertion,
    Concept,
    Disagreement,
    Intervention,
    ParticipantGroup,
    Quote,
    Role,
    Section,
    Study,
    Theme,
)
from ontology.namespaces import CKG, SCHEME

NONE = "(not said)"
"""The value of a facet for records that have none."""

_ROLES = (
    "speaker_role", "co_speakers", "held_by", "stated_by", "proposer", "roles", "role", "answer_role",
)  # fmt: skip
_QUOTED = (CKG + "supports", CKG + "illustrates")
_MECHANISMS = SCHEME + "mechanism"
_DOMAINS = SCHEME + "tdf"


@dataclass(frozen=True, slots=True)
class StudyRecords:
    """All that the documents of one study attest, united, with what the facets of its records need to be told.

    `quotes` are the words of those that belong to a record, bare of all but letters and digits, so that a quote counts
    once where the study's PDF and its JATS both have it; `disagreements` are IRIs.
    """

    iri: str
    records: tuple[Record, ...]
    concepts: Mapping[str, Concept]
    by_iri: Mapping[str, Record]
    quotes: Mapping[str, frozenset[str]]
    themes: Mapping[str, tuple[str, ...]]
    disagreements: Mapping[str, frozenset[str]]
    sections: Mapping[str, tuple[Section, ...]] = field(default_factory=dict)
    _facets: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict, init=False, compare=False)
    _names: dict[str, str] = field(default_factory=dict, init=False, compare=False)

    @classmethod
    def of(cls, iri: str, records: Iterable[Record], concepts: Mapping[str, Concept]) -> "StudyRecords":
        """Group the records of a study."""
        every = tuple(records)
        by_iri = {record.iri: record for record in every}
        words = {record.iri: _bare(record.reading or record.exact) for record in every if isinstance(record, Quote)}
        quotes: dict[str, set[str]] = defaultdict(set)
        themes: dict[str, list[str]] = defaultdict(list)
        disagreements: dict[str, set[str]] = defaultdict(set)
        sections: dict[str, list[Section]] = defaultdict(list)
        for record in every:
            if isinstance(record, Assertion) and record.status != "rejected":
                if record.predicate in _QUOTED:
                    quotes[record.object].add(words.get(record.subject, record.subject))
                theme = by_iri.get(record.object)
                if record.predicate == CKG + "inTheme" and isinstance(theme, Theme):
                    themes[record.subject].append(theme.label)
            elif isinstance(record, Quote):
                quotes[record.iri].add(words[record.iri])
            elif isinstance(record, Disagreement):
                for side in record.between:
                    disagreements[side].add(record.iri)
            elif isinstance(record, Section):
                sections[record.document or ""].append(record)
        return cls(
            iri=iri,
            records=every,
            concepts=concepts,
            by_iri=by_iri,
            quotes={name: frozenset(found) for name, found in quotes.items()},
            themes={name: tuple(sorted(set(found))) for name, found in themes.items()},
            disagreements={name: frozenset(found) for name, found in disagreements.items()},
            sections={name: tuple(found) for name, found in sections.items()},
        )

    @property
    def study(self) -> Study | None:
        """The study's own record."""
        found = self.by_iri.get(self.iri)
        return found if isinstance(found, Study) else None

    def name_of_role(self, iri: str) -> str:
        """Return the name that a role has across studies: that of its concept, else its own."""
        known = self._names.get(iri)
        if known is None:
            role = self.by_iri.get(iri)
            concept = self.concepts.get((role.concept or "") if isinstance(role, Role) else iri)
            named = concept or role
            known = self._names[iri] = words_of(named) if named else iri
        return known

    def roles(self, record: Record, slots: Iterable[str] = _ROLES) -> tuple[str, ...]:
        """Return the names of the roles that a record names in these slots, each once."""
        iris = (iri for slot in slots for iri in _many(getattr(record, slot, None)))
        return tuple(dict.fromkeys(self.name_of_role(iri) for iri in iris))

    def codes(self, record: Record, scheme: str) -> tuple[str, ...]:
        """Return the labels of a record's codes in one scheme."""
        found = (self.concepts.get(iri) for iri in getattr(record, "codes", ()))
        return tuple(sorted(code.label for code in found if code and code.scheme == scheme))

    def facets(self, record: Record) -> Mapping[str, tuple[str, ...]]:
        """Return the values of a record of the study on every axis; an axis that says nothing has the one value `NONE`.

        They are kept, as matrices and full text ask for the same.
        """
        known = self._facets.get(record.iri)
        if known is None:
            known = self._facets[record.iri] = self._told(record)
        return known

    def _told(self, record: Record) -> dict[str, tuple[str, ...]]:
        study = self.study
        told = {
            "study": (words_of(study) if study else self.iri,),
            "evidence level": (study.evidence_level,) if study else (),
            "theme": self.themes.get(record.iri, ()),
            "level": tuple(_many(getattr(record, "level", None))),
            "role": self.roles(record),
            "attributed to": self.roles(record, ("attributed_to",)),
            "mechanism": self.codes(record, _MECHANISMS),
            "domain": self.codes(record, _DOMAINS),
            "proposed by": tuple(record.proposed_by) if isinstance(record, Intervention) else (),
        }
        return {axis: values or (NONE,) for axis, values in told.items()}

    def participants(self) -> dict[str, int]:
        """Return how many people of a role took part, by its name; of several counts of one role the largest."""
        found: dict[str, int] = {}
        for record in self.records:
            if isinstance(record, ParticipantGroup) and record.n and record.stage in (None, "completed"):
                name = self.name_of_role(record.role) if record.role else record.label
                found[name] = max(found.get(name, 0), record.n)
        return found

    def section_of(self, record: Record) -> str:
        """Return the kind of the section in which a record first stands."""
        if not record.spans:
            return NONE
        at = record.spans[0].start
        inside = [s for s in self.sections.get(record.spans[0].document, ()) if s.start <= at < s.end]
        if any(section.in_abstract for section in inside):
            return "abstract"
        return min(inside, key=lambda s: s.end - s.start).section_kind if inside else NONE


def _bare(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _many(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (str(value),)
