"""What looks like a study fact and is none, and facts in words that are easily missed."""

import pytest

from ingest.extract.roles.extraction import extract_roles
from ingest.extract.study.extraction import StudyParts, extract_study
from ingest.readers import read

JATS = """<article><front><article-meta><title-group><article-title>A title</article-title></title-group></article-meta>
</front><body><sec><title>Methods</title><p>We interviewed people with gout.</p>{table}</sec></body></article>"""
EACH_PERSON = """<table-wrap><label>Table 1</label><caption><p>Participant characteristics</p></caption><table>
<tr><th>No</th><th>Sex</th><th>Diagnosis</th><th>Days</th></tr><tr><td>1</td><td>Male</td><td>Gout</td><td>125</td></tr>
<tr><td>2</td><td>Female</td><td>Gout</td><td>12</td></tr><tr><td>3</td><td>Male</td><td>Gout</td><td>9</td></tr>
<tr><td>4</td><td>Male</td><td>Gout</td><td>30</td></tr></table></table-wrap>"""


def parts_of(data: str, name: str) -> StudyParts:
    found = read(data.encode(), name)
    return extract_study(found.reading, found.document, "study", extract_roles(found.reading, "study"), ())


def told(methods: str) -> set[tuple[str, str]]:
    parts = parts_of(f"A title of a study\n\nMethods\n\n{methods}\n", "paper.txt")
    return {(fact.record.field, fact.record.value) for fact in parts.facts}


def fields(methods: str) -> set[str]:
    return {field for field, _ in told(methods)}


@pytest.mark.parametrize(
    "registry",
    ["Australian New Zealand Clinical Trials Registry", "German Clinical Trials Register", "Chinese Clinical Registry"],
)
def test_a_registry_is_no_country(registry: str) -> None:
    assert fields(f"We held interviews in a clinic; the trial is in the {registry}.") & {"country"} == set()


def test_a_clinical_interview_schedule_is_no_interview_guide() -> None:
    assert "interview_guide" not in fields("Gout was confirmed by the Clinical Interview Schedule.")
    assert "interview_guide" in fields("We used an interview schedule with ten questions.")


def test_those_who_approve_a_guide_do_not_code() -> None:
    assert "coders" not in fields("The guide was approved by the research team, and developed as themes emerged.")
    assert "coders" in fields("Two researchers coded all transcripts.")


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("Data were analysed by Framework methods.", "framework analysis"),
        ("We used line-by-line coding.", "line-by-line coding"),
        ("We used initial coding, then focused coding.", "focused coding"),
        ("Analysis began with descriptive coding and interpretive coding.", "interpretive coding"),
    ],
)
def test_steps_of_an_analysis_have_their_own_names(sentence: str, value: str) -> None:
    assert ("analysis_method", value) in told(sentence)
    assert ("analysis_method", "axial coding") not in told(sentence)


def test_a_kind_of_analysis_is_no_theory() -> None:
    assert "theory" not in fields("Our work was inspired by framework analysis, chosen for its structured approach.")


def test_a_study_is_nested_in_trials_not_in_philosophies() -> None:
    found = told("The interviews were within a descriptive phenomenological study.")
    assert not any(value.startswith("nested in") for field, value in found if field == "design")
    assert ("design", "nested in randomised controlled trial") in told(
        "This qualitative study was nested within a randomised controlled trial."
    )


def test_strategic_recruitment_is_a_way_of_sampling() -> None:
    assert ("sampling_method", "strategic sampling") in told("Strategic recruitment was used to include men.")


def test_one_man_at_the_end_of_a_list_is_counted() -> None:
    groups = parts_of("A title\n\nMethods\n\nFive women and one man participated.\n", "paper.txt").groups
    assert {(group.record.label, group.record.n) for group in groups} == {("women", 5), ("man", 1)}


def test_a_table_with_a_row_for_each_person_counts_nobody() -> None:
    found = parts_of(JATS.format(table=EACH_PERSON), "paper.xml")
    assert not [fact for fact in found.facts if fact.record.field.startswith("sample_")]
    assert not found.groups


def test_a_setting_run_by_the_government() -> None:
    assert ("setting", "government-run health centres") in told("We met nurses in government-run health centres.")
