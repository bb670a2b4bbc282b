"""How many links of a study end at what many studies share: what makes the counts around a hub quick.

A concept of the vocabularies, or a code of another scheme, is pointed to from every study. As in a matrix, each study
adds its own part, and the whole is the sum.
"""

from collections import Counter
from typing import NamedTuple

from graph.project import relationships_of
from graph.views.facets import StudyRecords
from ontology.namespaces import ID


class End(NamedTuple):
    """A thing that links end at ("in") or start from ("out"), by their relationship type."""

    iri: str
    type: str
    direction: str


def is_shared(iri: str) -> bool:
    """Say whether links of many studies may meet at a thing: whatever has an IRI of ours is of one study.

    >>> is_shared("https://w3id.org/carekg/scheme/role/nurse"), is_shared(ID + "role/0")
    (True, False)
    """
    return not iri.startswith(ID)


def ends_of(study: StudyRecords) -> Counter[End]:
    """Return how many links of a study's records meet at each shared thing that is no record of the study."""
    links = set[tuple[str, str, str]]()
    for record in study.records:
        # A passage has an IRI of ours: only its document may be what others share.
        passages = any(is_shared(span.document) for span in record.spans)
        for start, kind, end, _ in relationships_of(record, passages=passages):
            if is_shared(end) or is_shared(start):
                links.add((start, kind, end))
    found: Counter[End] = Counter()
    for start, kind, end in links:
        for iri, direction in ((start, "out"), (end, "in")):
            if is_shared(iri) and iri not in study.by_iri:
                found[End(iri, kind, direction)] += 1
    return found
