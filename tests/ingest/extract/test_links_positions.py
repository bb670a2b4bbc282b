"""A position is traced to the quote that says it, and to the quote that its finding introduces."""

from ingest.extract import extract
from ingest.readers import read
from ontology.model import Assertion, Position, Quote
from ontology.namespaces import CKG

PAPER = """Who orders the test?

METHODS

This was a qualitative interview study. We held semi-structured interviews with 9 ward nurses and 8 general
practitioners (GPs), which were recorded, transcribed and analysed by thematic analysis.

RESULTS

Ordering the test

GPs felt that the ward should order the test before the patient goes home. One GP said:

“The form is on their desk and the patient is still in the bed, that is the moment for it.” (GP 7)

Ward nurses saw this differently. One nurse explained:

“I think the GP should order the test, because the result comes back to the practice anyway.” (Nurse 2)
"""


def test_positions_are_supported_by_the_quotes_that_say_or_follow_them() -> None:
    records = {record.iri: record for record in extract(read(PAPER.encode(), "paper.txt")).records}
    pairs = {
        (position.statement.split(" should")[0].split()[-1], quote.exact.split()[0])
        for link in records.values()
        if isinstance(link, Assertion) and link.predicate == CKG + "supports"
        if isinstance(position := records[link.object], Position) and isinstance(quote := records[link.subject], Quote)
    }
    assert ("ward", "The") in pairs
    assert ("GP", "I") in pairs
