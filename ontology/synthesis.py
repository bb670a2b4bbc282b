"""What people add to the evidence: review findings, confidence, recommendations, decisions; and the runs of tools."""

from ontology.base import Record
from ontology.namespaces import PROV
from ontology.slots import moment, record, ref, string

CONFIDENCE = ("high", "moderate", "low", "very low")
CONCERNS = ("no or very minor", "minor", "moderate", "serious")
COMPONENTS = ("methodological limitations", "coherence", "adequacy", "relevance")


@record
class ReviewFinding(Record):
    """A statement that a review makes over several studies: the unit of GRADE-CERQual."""

    summary: str = string(required=True)


@record
class EvidenceLine(Record):
    """What one record means for a review finding, and why."""

    review_finding: str = ref("ReviewFinding", required=True)
    evidence: str = ref("Record", required=True)
    direction: str = string(required=True, choices=("supports", "disputes", "qualifies"))
    rationale: str | None = string()


@record
class ConfidenceAssessment(Record):
    """GRADE-CERQual: how far a review finding represents the phenomenon of interest (doi:10.1186/s13012-017-0688-3)."""

    review_finding: str = ref("ReviewFinding", required=True)
    level: str = string(required=True, choices=CONFIDENCE)
    explanation: str = string(required=True)
    assessor: str = string(required=True)


@record
class ComponentAssessment(Record):
    """The concern about one of the four components, with the computed facts beside the judgement."""

    assessment: str = ref("ConfidenceAssessment", required=True)
    component: str = string(required=True, choices=COMPONENTS)
    concern: str = string(required=True, choices=CONCERNS)
    explanation: str = string(required=True)
    computed: str | None = string()


@record
class Recommendation(Record):
    """What a guideline says should be done, resting on review findings."""

    wording: str = string(required=True)
    strength: str = string(required=True, choices=("strong", "conditional", "good practice"))
    direction: str = string(required=True, choices=("for", "against", "either"))
    status: str = string(required=True, choices=("draft", "agreed", "withdrawn"))
    based_on: tuple[str, ...] = ref("ReviewFinding", many=True)


@record
class Run(Record):
    """One pass of a tool over a document; the same input gives the same run, clock times live in the store's log."""

    tool: str = string(required=True)
    version: str = string(required=True)
    configuration: str = string(required=True)


@record
class Decision(Record):
    """What a person decided about a record: append-only, and it survives every new reading of the document."""

    target: str = ref("Record", required=True)
    person: str = string(required=True)
    time: str = moment(PROV + "atTime", required=True)
    action: str = string(required=True, choices=("accept", "reject", "edit", "merge"))
    replacement: str | None = string()
    reason: str = string(required=True)
