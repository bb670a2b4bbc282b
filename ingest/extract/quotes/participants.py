"""The roles of a study whose words a paper may quote, and whom it must mean where it names none of them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from ingest.extract.context import RoleIndex, RoleMention
from ingest.extract.quotes.speaker_hints import initials_of
from ingest.reading import Reading
from ontology.model import Role
from ontology.vocabulary import load_vocabulary

_ANY_PROVIDER = "https://w3id.org/carekg/scheme/role/health-care-provider"
_PATIENT = "https://w3id.org/carekg/scheme/role/patient"
_FAR_MORE = 3
"""So many times as often as the next a role is mentioned whose words a paper quotes without saying so."""
_FULL_TEXT = 8000
"""Characters from which a text is more than an abstract."""


class Participants:
    """Who may speak in a paper.

    `speaking` maps every role that may speak to the participants that it belongs to: itself, or a wider role. `only` is
    the role of all who took part where there is but one; `main` the one that is meant where nothing says who;
    `patients` those whom sex and age describe, `served` those whom an illness does. Each is of one role or none.
    """

    def __init__(self, reading: Reading, roles: RoleIndex) -> None:
        """Weigh the roles of a document."""
        self._reading = reading
        self._roles = roles
        self.records: Mapping[str, Role] = {located.record.iri: located.record for located in roles.records}
        self.speaking = self._speaking()
        self._often = Counter(self.speaking.get(mention.role, mention.role) for mention in roles.mentions)
        self.only = self._only()
        top = [iri for iri in self._top() if self._is_patient(iri) or not self.is_patient_side(iri)]
        self.main = self.only or tuple(filter(self._is_heard, self._commonest(top)))
        self.patients = self._patient_side()
        served = [iri for iri in self.records if self._is_patient(iri)]
        self.served = tuple(sorted(served, key=self._rank)[:1])

    def named(self, mentions: Sequence[RoleMention]) -> list[RoleMention]:
        """Return the mentions of roles that took part or are a kind of such a role; any where the paper names none."""
        if not self.speaking:
            return list(mentions)
        return [m._replace(role=self._widened(m.role)) for m in mentions if m.role in self.speaking]

    def groups_of(self, iri: str) -> tuple[str, ...]:
        """Return the groups that took part within a role."""
        return tuple(other for other, role in self.records.items() if role.broader == iri and role.participant)

    def abbreviated(self, letters: str) -> str | None:
        """Return the role that unexplained letters stand for: the initials of one role that took part ("CHW" of
        "community health worker"), else those of the vocabulary ("RN")."""
        vocabulary = load_vocabulary()
        meant = vocabulary.abbreviations.get(letters)
        initials = _one(iri for iri in self.speaking if initials_of(self.records[iri].label) == letters)
        if meant is None or initials is not None:
            return initials
        above = {concept.iri for concept in vocabulary.ancestors(meant.iri)} - {_ANY_PROVIDER}
        kin: dict[tuple[bool, bool, int, str], str] = {}
        for iri, role in self.records.items():
            concept = role.concept or ""
            narrower = concept == meant.iri or any(one.iri == meant.iri for one in vocabulary.ancestors(concept))
            if narrower or concept in above:
                kin[iri not in self.speaking, not narrower, *self._rank(iri)] = iri
        return kin[min(kin)] if kin else None

    def is_patient_side(self, iri: str) -> bool:
        """Say whether a role is that of a patient or of somebody near to one."""
        concept = load_vocabulary().concept(self.records[iri].concept or "")
        return concept is not None and concept.facet == "patient side"

    def _is_patient(self, iri: str) -> bool:
        """Say whether a role is a patient's, not that of somebody near to one."""
        concept = self.records[iri].concept or ""
        return concept == _PATIENT or any(one.iri == _PATIENT for one in load_vocabulary().ancestors(concept))

    def _speaking(self) -> dict[str, str]:
        vocabulary = load_vocabulary()
        by_concept = {role.concept: iri for iri, role in self.records.items() if role.participant and role.concept}
        found = {}
        for iri, role in self.records.items():
            if role.participant:
                found[iri] = iri
            elif role.concept:
                above = (concept.iri for concept in vocabulary.ancestors(role.concept))
                wider = next((by_concept[concept] for concept in above if concept in by_concept), None)
                if wider:
                    found[iri] = wider
        return found

    def _widened(self, iri: str) -> str:
        """Return the participants that a role is a kind of by its words, "ward nurse" of "nurse", else the role."""
        wider = self.speaking[iri]
        return wider if self.records[iri].label.endswith(self.records[wider].label) else iri

    def _is_heard(self, iri: str) -> bool:
        """Say whether a role may be that of all who took part: one that a full text names in its methods alone is that
        of some of them."""
        places = (m.start for m in self._roles.mentions if self.speaking.get(m.role, m.role) == iri)
        sections = map(self._reading.section_at, places)
        short = len(self._reading.text) < _FULL_TEXT
        return short or any(section.kind != "methods" or section.in_abstract for section in sections)

    def _only(self) -> tuple[str, ...]:
        """Return the role that took part where there is but one, groups within a role not counted; of several that are
        the same in the vocabulary ("student", "college student") the one that is mentioned most."""
        top = self._top()
        same = any(map(self._is_heard, top)) and len({self.records[iri].concept or iri for iri in top}) == 1
        return (min(top, key=self._rank),) if same else ()

    def _top(self) -> list[str]:
        """Return the roles that took part, groups within a role not counted."""
        took_part = {iri for iri, role in self.records.items() if role.participant}
        return [iri for iri in took_part if self.records[iri].broader not in took_part]

    def _patient_side(self) -> tuple[str, ...]:
        """Return the patients of the paper: those who took part, else those it speaks of often."""
        took_part = [iri for iri in self._top() if self.is_patient_side(iri)]
        if took_part:
            return self._commonest(took_part)
        served = [iri for iri in self.records if self._is_patient(iri)]
        first = max(served, key=lambda iri: (self._often[iri], iri), default=None)
        most = max((self._often[iri] for iri, role in self.records.items() if role.participant), default=0)
        return (first,) if first is not None and 2 * self._often[first] >= most else ()

    def _commonest(self, roles: Sequence[str]) -> tuple[str, ...]:
        """Return the role that the paper speaks of by far the most, if there is one."""
        ranked = sorted(roles, key=self._rank)
        if len(ranked) > 1 and self._often[ranked[0]] < _FAR_MORE * self._often[ranked[1]]:
            return ()
        return tuple(ranked[:1])

    def _rank(self, iri: str) -> tuple[int, str]:
        """Return what sorts roles by how often they are mentioned."""
        return -self._often[iri], iri


def _one(iris: Iterable[str]) -> str | None:
    """Return the only one there is, or None."""
    found = list(iris)
    return found[0] if len(found) == 1 else None
