"""Measures of completeness count what the store holds."""

from pathlib import Path

from graph.coverage import coverage, studies
from graph.store import EvidenceGraph
from tests.graph.samples import clinic, filled, ward


def test_what_is_missing_is_counted_against_all_of_its_kind(graph: EvidenceGraph) -> None:
    found = {measure.what: (measure.concerned, measure.total) for measure in coverage(graph)}
    assert found == {
        "barriers without an intervention": (1, 2),
        "barriers without a quote": (0, 2),
        "findings and positions without a quote": (2, 3),
        "quotes without a speaker's role": (0, 2),
        "interventions that are only cited": (0, 1),
        "studies read as an abstract only": (1, 2),
    }


def test_studies_come_with_their_counts(graph: EvidenceGraph) -> None:
    rows = {row["source"]: row for row in studies(graph).dicts()}
    assert rows["ward.txt"]["quotes"] == 1
    assert rows["ward.txt"]["themes"] == 1
    assert rows["clinic.txt"]["level"] == "abstract"
    assert rows["clinic.txt"]["interventions"] == 0


def test_a_study_that_several_documents_report_is_one_row_and_counted_once(folder: Path) -> None:
    papers = [clinic(doi="10.1000/one"), *(ward(doi="10.1000/one", end=end) for end in ("", "\n"))]
    with filled(folder, *papers) as graph:
        (row,) = studies(graph).dicts()
    assert (row["title"], row["source"], row["level"]) == ("The ward study", "ward.txt; clinic.txt", "full text")
    assert (row["quotes"], row["themes"], row["barriers"], row["interventions"]) == (3, 1, 1, 1)
