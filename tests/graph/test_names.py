"""What people read in place of an IRI."""

from graph.names import name_of, words_of
from ontology.model import Run, Study


def test_a_study_without_a_title_is_named_by_its_objective() -> None:
    study = Study(iri="urn:s", evidence_level="full text", objective="To understand  handovers")
    assert words_of(study) == "To understand handovers"
    titled = Study(iri="urn:s", evidence_level="full text", objective="To understand handovers", title="Handovers")
    assert words_of(titled) == "Handovers"


def test_what_has_no_words_is_named_by_its_iri() -> None:
    assert name_of(Run(iri="urn:r", tool="carekg", version="1", configuration="rules")) == "urn:r"
