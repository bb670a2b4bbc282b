"""The records of carekg: THE slot table. `carekg.ttl` and `shapes.ttl` say the same; tests forbid drift.

Every class is a frozen dataclass. A field made with the helpers of `ontology.slots` is a slot: it says its RDF
property, its kind and, for links, its relationship type. Both projections and both inverses (`graph/project.py`), the
JSON Lines interchange (`ontology/interchange.py`) and the drift tests read this table and nothing else.
"""

from ontology.base import Passage as Passage
from ontology.base import Record
from ontology.namespaces import CKG, DCTERMS, OA, SKOS
from ontology.slots import flag, number, record, ref, resource, string, whole
from ontology.synthesis import ComponentAssessment as ComponentAssessment
from ontology.synthesis import ConfidenceAssessment as ConfidenceAssessment
from ontology.synthesis import Decision as Decision
from ontology.synthesis import EvidenceLine as EvidenceLine
from ontology.synthesis import Recommendation as Recommendation
from ontology.synthesis import ReviewFinding as ReviewFinding
from ontology.synthesis import Run as Run

LEVELS = ("patient", "provider", "team", "organisation", "system")
METHODS = ("rule", "model", "import", "human")
STATUSES = ("proposed", "accepted", "rejected")
SECTION_KINDS = (
    "front", "abstract", "background", "methods", "results", "discussion", "limitations", "conclusions",
    "table", "references", "back", "other",
)  # fmt: skip
PROPOSERS = ("authors", "participants", "evaluated", "cited")
EVIDENCE_LEVELS = ("citation", "abstract", "full text")
"""What could be read of a study, from the least to the most."""
FACETS = ("profession", "specialty", "function", "patient side")


@record
class Document(Record):
    """A source as it was read: its stored text, hashed, and what identifies the publication.

    `file_sha256` is the hash of the bytes of the file, by which an unchanged file is known again; `page_starts` are the
    offsets at which the pages of a paged source begin, so that a span that starts at s is on the page whose number is
    the count of them that are not beyond s.
    """

    source: str = string(DCTERMS + "source", required=True)
    sha256: str = string(required=True)
    media_type: str = string(DCTERMS + "format", required=True)
    text: str = string(required=True)
    title: str | None = string(DCTERMS + "title")
    doi: str | None = string()
    pmid: str | None = string()
    pmcid: str | None = string()
    citation: str | None = string(DCTERMS + "bibliographicCitation")
    licence: str | None = string(DCTERMS + "license")
    file_sha256: str | None = string()
    page_starts: tuple[int, ...] = whole(many=True)


@record
class Section(Record):
    """A part of a document by what it is for; start and end are offsets in the stored text."""

    section_kind: str = string(required=True, choices=SECTION_KINDS)
    heading: str | None = string()
    in_abstract: bool | None = flag()
    order: int = whole(required=True)
    start: int = whole(OA + "start", required=True)
    end: int = whole(OA + "end", required=True)


@record
class Study(Record):
    """A piece of research that one or more documents report; its single facts are `StudyFact`s with their words."""

    title: str | None = string(DCTERMS + "title")
    authors: tuple[str, ...] = string(many=True)
    year: str | None = string()
    journal: str | None = string()
    doi: str | None = string()
    objective: str | None = string()
    design: tuple[str, ...] = string(many=True)
    data_collection: tuple[str, ...] = string(many=True)
    analysis: tuple[str, ...] = string(many=True)
    software: tuple[str, ...] = string(many=True)
    sampling: tuple[str, ...] = string(many=True)
    setting: tuple[str, ...] = string(many=True)
    sites: tuple[str, ...] = string(many=True)
    country: tuple[str, ...] = string(many=True)
    period: str | None = string()
    n_participants: int | None = whole()
    evidence_level: str = string(required=True, choices=EVIDENCE_LEVELS, ranked=True)


@record
class StudyFact(Record):
    """One reported characteristic of a study with the words that report it, e.g. field "software", value "NVivo"."""

    field: str = string(required=True)
    value: str = string(required=True)


@record
class ParticipantGroup(Record):
    """People of one role (or sex, or site) who took part in a study, and how many at which stage."""

    label: str = string(SKOS + "prefLabel", required=True)
    role: str | None = ref("Role Concept")
    n: int | None = whole()
    sex: str | None = string(choices=("female", "male", "other"))
    site: str | None = string()
    stage: str | None = string(choices=("approached", "eligible", "scheduled", "completed", "declined", "withdrew"))


@record
class ConceptScheme(Record):
    """A vocabulary: roles, levels, coordination mechanisms, determinants, interventions, confidence."""

    CLASS_IRI = SKOS + "ConceptScheme"

    label: str = string(SKOS + "prefLabel", required=True)
    definition: str | None = string(SKOS + "definition")


@record
class Concept(Record):
    """A term of a vocabulary, shared by all studies.

    Roles also have a `facet`; one that combines a profession with a field of care names both. `cues` are phrases that
    point to the concept in running text without being a name of it.
    """

    CLASS_IRI = SKOS + "Concept"

    label: str = string(SKOS + "prefLabel", required=True)
    alternatives: tuple[str, ...] = string(SKOS + "altLabel", many=True)
    abbreviations: tuple[str, ...] = string(CKG + "abbreviation", many=True)
    cues: tuple[str, ...] = string(SKOS + "hiddenLabel", many=True)
    notation: str = string(SKOS + "notation", required=True)
    definition: str | None = string(SKOS + "definition")
    scheme: str = ref("ConceptScheme", SKOS + "inScheme", required=True, rel="IN_SCHEME")
    broader: tuple[str, ...] = ref("Concept", SKOS + "broader", many=True)
    related: tuple[str, ...] = ref("Concept", SKOS + "related", many=True)
    facet: str | None = string(choices=FACETS)
    profession: tuple[str, ...] = ref("Concept", many=True)
    specialty: tuple[str, ...] = ref("Concept", many=True)


@record
class Role(Record):
    """A role as one study names it, with the abbreviations that the study itself defines."""

    label: str = string(SKOS + "prefLabel", required=True)
    abbreviation: str | None = string()
    alternatives: tuple[str, ...] = string(SKOS + "altLabel", many=True)
    concept: str | None = ref("Concept")
    participant: bool | None = flag()
    broader: str | None = ref("Role", SKOS + "broader")


@record
class Theme(Record):
    """A theme that the authors report; `variants` are its other wordings (abstract, heading, discussion)."""

    label: str = string(SKOS + "prefLabel", required=True)
    variants: tuple[str, ...] = string(SKOS + "altLabel", many=True)
    order: int | None = whole()
    broader: str | None = ref("Theme", SKOS + "broader")
    score: float | None = number()


@record
class Finding(Record):
    """What the study found, in the authors' words, and who holds it."""

    statement: str = string(required=True)
    held_by: tuple[str, ...] = ref("Role Concept", many=True)
    frequency: str | None = string()
    credibility: str | None = string(choices=("unequivocal", "credible", "not supported"))
    score: float | None = number()


@record
class Position(Finding):
    """A finding that answers who should do something: the question, the answer and the condition."""

    question: str | None = string()
    answer: str | None = string()
    answer_role: str | None = ref("Role Concept")
    condition: str | None = string()


@record
class Disagreement(Record):
    """Two positions or findings that do not go together, between roles or within one."""

    label: str = string(SKOS + "prefLabel", required=True)
    between: tuple[str, ...] = ref("Finding", many=True)
    roles: tuple[str, ...] = ref("Role Concept", many=True)
    scope: str = string(required=True, choices=("between roles", "within a role", "qualification"))


@record
class Determinant(Record):
    """What hinders or helps the coordination of care; a Barrier or a Facilitator."""

    label: str = string(SKOS + "prefLabel", required=True)
    level: str | None = string(choices=LEVELS)
    stated_by: tuple[str, ...] = ref("Role Concept", many=True)
    attributed_to: tuple[str, ...] = ref("Role Concept", many=True)
    self_attributed: bool | None = flag()
    explicit: bool | None = flag()
    codes: tuple[str, ...] = ref("Concept", many=True, rel="CODED")
    score: float | None = number()
    reason: str | None = string()


@record
class Barrier(Determinant):
    """What hinders the coordination of care."""


@record
class Facilitator(Determinant):
    """What helps the coordination of care."""


@record
class Intervention(Record):
    """What is proposed, tried or cited to improve the coordination of care."""

    label: str = string(SKOS + "prefLabel", required=True)
    proposed_by: tuple[str, ...] = string(many=True, choices=PROPOSERS)
    proposer: tuple[str, ...] = ref("Role Concept", many=True)
    hedged: bool | None = flag()
    codes: tuple[str, ...] = ref("Concept", many=True, rel="CODED")
    score: float | None = number()
    reason: str | None = string()


@record
class Circumstance(Record):
    """A case in which several providers are warranted for one task."""

    label: str = string(SKOS + "prefLabel", required=True)
    held_by: tuple[str, ...] = ref("Role Concept", many=True)


@record
class DecisionRule(Record):
    """A rule of thumb that says which role a task falls to."""

    label: str = string(SKOS + "prefLabel", required=True)
    condition: str | None = string()
    role: str | None = ref("Role Concept")
    held_by: tuple[str, ...] = ref("Role Concept", many=True)


@record
class BackgroundClaim(Record):
    """A claim that the authors take from other literature: no finding of this study."""

    statement: str = string(required=True)
    citations: tuple[str, ...] = string(many=True)
    names_barrier: bool | None = flag()


@record
class Limitation(Record):
    """A limitation that the authors state."""

    statement: str = string(required=True)
    scope: str | None = string()


@record
class ResearchRecommendation(Record):
    """What the authors say that research should do next; not an intervention."""

    statement: str = string(required=True)


@record
class Quote(Record):
    """Words that a participant said or wrote. `exact` is the stored text; `reading` the same, repaired for reading."""

    exact: str = string(OA + "exact", required=True)
    reading: str | None = string()
    prefix: str | None = string(OA + "prefix")
    suffix: str | None = string(OA + "suffix")
    start: int = whole(OA + "start", required=True)
    end: int = whole(OA + "end", required=True)
    quote_kind: str = string(required=True, choices=("block", "inline", "table"))
    speaker: str | None = string()
    speaker_role: str | None = ref("Role Concept")
    co_speakers: tuple[str, ...] = ref("Role Concept", many=True)
    score: float | None = number()

    @property
    def speaker_roles(self) -> tuple[str, ...]:
        """The roles of all to whom the words are given: `speaker_role`, then `co_speakers`."""
        return (self.speaker_role, *self.co_speakers) if self.speaker_role else self.co_speakers


@record
class UnverifiedQuote(Record):
    """Words that a coding sheet gives as a participant's and that no text of the study in the store bears out.

    No `Quote`, and no evidence: it becomes one when the study's text has come and holds the words. Its spans are the
    words in the sheet; `page` is what the sheet says, `about` what its row says it shows, `reason` why it is no quote.
    """

    exact: str = string(OA + "exact", required=True)
    speaker: str | None = string()
    speaker_role: str | None = ref("Role Concept")
    page: str | None = string()
    about: tuple[str, ...] = ref("Theme Finding Barrier Facilitator Intervention", many=True)
    reason: str | None = string()


@record
class Assertion(Record):
    """A link between two records, with who or what made it and how sure that is; `PREDICATES` lists the links."""

    subject: str = ref("Record", required=True)
    predicate: str = resource(required=True)
    object: str = ref("Record", required=True)
    method: str = string(required=True, choices=METHODS)
    confidence: float | None = number()
    status: str = string(required=True, choices=STATUSES)
    reason: str | None = string()


ABSTRACT: tuple[type[Record], ...] = (Record, Determinant)
"""Classes that only their subclasses have instances of."""


def _all(cls: type[Record]) -> list[type[Record]]:
    return [cls] + [found for sub in cls.__subclasses__() for found in _all(sub)]


# A dataclass with slots is a second class made from the first, which may linger among the subclasses: compare by name.
CLASSES: dict[str, type[Record]] = {
    cls.__name__: cls for cls in _all(Record) if cls.__name__ not in {abstract.__name__ for abstract in ABSTRACT}
}
"""Kind (class name) to class, for every class that has instances."""

PREDICATES: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    CKG + "supports": ("SUPPORTS", ("Quote",), ("Finding", "Position")),
    CKG + "illustrates": (
        "ILLUSTRATES", ("Quote",), ("Barrier", "Facilitator", "Intervention", "DecisionRule", "Circumstance", "Theme"),
    ),
    CKG + "inTheme": ("IN_THEME", ("Finding", "Position", "Barrier", "Facilitator"), ("Theme",)),
    CKG + "addresses": ("ADDRESSES", ("Intervention",), ("Barrier",)),
    CKG + "motivates": ("MOTIVATES", ("Limitation",), ("ResearchRecommendation",)),
}  # fmt: skip
"""Predicate of an assertion to (relationship type of its derived shortcut, subject kinds, object kinds)."""


def class_iri(cls: type) -> str:
    """Return the IRI of a class of the model.

    >>> class_iri(Barrier)
    'https://w3id.org/carekg/vocab/Barrier'
    """
    own: str | None = getattr(cls, "CLASS_IRI", None)
    return own or CKG + cls.__name__


def labels_of(cls: type[Record]) -> tuple[str, ...]:
    """Return the Neo4j labels of a class: itself, its superclasses and `Entity`.

    >>> labels_of(Barrier)
    ('Barrier', 'Determinant', 'Entity')
    """
    return tuple("Entity" if c is Record else c.__name__ for c in cls.__mro__ if c is not object)
