"""Kinds of miss: what stands where an annotated thing was not found, and what was annotated where a record is wrong."""

from collections.abc import Sequence

from ingest.evaluate.gold import Placed
from ingest.evaluate.match import PaperRecords
from ingest.evaluate.words import Place, overlap
from ontology.base import Record
from ontology.model import Quote, Section

_HALF = 0.5
_INSTEAD = (
    "Barrier", "Facilitator", "Intervention", "DecisionRule", "Circumstance", "Position", "Finding", "Theme",
    "Limitation", "ResearchRecommendation", "BackgroundClaim", "StudyFact",
)  # fmt: skip
"""Kinds of record that may have been made instead, the most telling first."""


def kind_of_miss(one: Placed, shown: PaperRecords) -> str:
    """Return what was made where an annotated thing was missed: "kept as Finding", "only as part of a quote" ..."""
    here = [record for record in shown.records if _is_at(one.places, shown.places(record))]
    if one.item.kind == "Quote":
        return "other bounds" if any(isinstance(record, Quote) for record in here) else "no quote there"
    if one.item.kind in ("Role", "Theme"):
        return "no record by that name"
    names = {type(record).__name__ for record in here}
    if one.item.kind in names:
        return "another record of the kind there, with other content"
    instead = next((name for name in _INSTEAD if name in names), None)
    if instead:
        return f"kept as {instead}"
    if any(isinstance(record, Quote) for record in here):
        return "only as part of a quote"
    return f"nothing there ({section_of(one.places[0], shown)})"


def kind_of_error(record: Record, placed: Sequence[Placed], shown: PaperRecords) -> str:
    """Return what was annotated where a record matches nothing of its kind, or where it stands."""
    places = shown.places(record)
    own = type(record).__name__
    marked = {one.item.kind for one in placed if one.item.kind != own and _is_at(one.places, places)}
    instead = next((name for name in (*_INSTEAD, "Quote", "NonQuote") if name in marked), None)
    if instead:
        return f"annotated as {instead}"
    return f"not annotated ({section_of(places[0], shown)})" if places else "not annotated"


def section_of(place: Place, shown: PaperRecords) -> str:
    """Return the kind of the innermost section that holds a place."""
    sections = (record for record in shown.records if isinstance(record, Section))
    holding = [section for section in sections if section.start <= place[0] < section.end]
    if not holding:
        return "outside of sections"
    inner = min(holding, key=lambda section: section.end - section.start)
    return f"abstract, {inner.section_kind}" if inner.in_abstract else inner.section_kind


def _is_at(wanted: Sequence[Place], given: Sequence[Place]) -> bool:
    return any(overlap(a, b) >= _HALF for a in wanted for b in given)
