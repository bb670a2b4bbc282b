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


@pytest.mark.parametrize(
    ("sentence", "country"),
    [
        ("We held interviews in a clinic in Niger, along the Nigerian border.", "Niger"),
        ("We held interviews in the north of Chad, which borders Sudan and Libya.", "Chad"),
        ("We held interviews in a town in Jordan.", "Jordan"),
    ],
)
def test_the_country_is_not_its_neighbour(sentence: str, country: str) -> None:
    assert {value for field, value in told(sentence) if field == "country"} == {country}


@pytest.mark.parametrize("words", ["We met nurses of Niger State.", "We coded as Jordan and colleagues did."])
def test_what_only_shares_the_name_of_a_country(words: str) -> None:
    assert "country" not in fields(words)


def test_ways_that_were_not_gone() -> None:
    talk = "Single interviews cover more than alternative ways of asking, such as focus groups, would have."
    assert ("data_collection_method", "focus group") not in told(talk)
    assert ("data_collection_method", "focus group") not in told("We held interviews rather than focus groups.")
    assert ("data_collection_method", "focus group") in told("We held interviews and focus groups.")
    later = "We used snowball sampling.\n\nLimitations\n\nFuture qualitative work should use quota sampling in towns."
    assert {value for field, value in told(later) if field == "sampling_method"} == {"snowball sampling"}


def test_open_questions_of_an_interview_are_no_free_text() -> None:
    free = ("data_collection_method", "free-text questions")
    assert free not in told("The interviews used open-ended questions on gout.")
    assert free not in told("The guide consisted of open-ended questions on gout.")
    assert free in told("The survey had open-ended questions on gout.")
    assert free in told("Those who gave no interview answered open-ended questions of a questionnaire.")


def test_purposeful_work_is_no_sampling() -> None:
    purposive = ("sampling_method", "purposive sampling")
    assert purposive not in told("We asked how purposeful engagement should be conducted with nurses.")
    assert purposive in told("Nurses were purposefully selected.")
    assert purposive in told("We chose nurses by purposeful sampling.")


def test_those_who_hold_the_interviews_may_come_from_elsewhere() -> None:
    held = told(
        "We met nurses in Ghana. Talks were led by trained interviewers, Ada B. (from France) and K (from Peru)."
    )
    assert {value for field, value in held if field == "country"} == {"Ghana"}


def test_focus_groups_use_people() -> None:
    assert ("n_participants", "37") in told("Six focus groups were conducted using 37 nurses.")


def test_a_protocol_that_was_approved_is_no_design() -> None:
    assert ("design", "study protocol") not in told("We used surveys. The study protocol was approved by the board.")
    assert ("design", "study protocol") not in told("We asked trialists about adherence to the study protocol.")
    assert ("design", "study protocol") in told("In this study protocol we tell how we shall ask nurses.")


@pytest.mark.parametrize(
    "sentence",
    [
        "The sample of this article consisted of 40 women who took part.",
        "Of 160 weavers, 40 women were chosen as participants.",
    ],
)
def test_a_sample_that_was_chosen_is_counted(sentence: str) -> None:
    assert ("n_participants", "40") in told(sentence)


@pytest.mark.parametrize("words", ["both clinical and research practices", "a district with 225 political wards"])
def test_practices_and_wards_that_are_no_places_of_care(words: str) -> None:
    assert not {
        value for field, value in told(f"Phones are used in {words}.") if "practices" in value or "225" in value
    }


def test_a_setting_begins_where_its_name_does() -> None:
    found = {
        value for field, value in told("We asked those with a trade across many villages in Chivi.") if "many" in value
    }
    assert found == {"many villages in Chivi"}


def test_two_groups_that_took_part_together_are_one_sample() -> None:
    assert ("n_participants", "22") in told("Ten nurses and 12 doctors participated in interviews.")
    assert "n_participants" not in fields("There were 22 patients, 5 nurses and 6 doctors participated in interviews.")


def test_minutes_are_no_number_of_interviews() -> None:
    found = told("Talks took between 10 min and 30 min and interviews stopped when nurses left for lunch.")
    assert not {field for field, _ in found} & {"n_interviews"}
    assert ("interview_duration", "30 min and interviews") not in found
    assert ("n_interviews", "30") in told("We conducted 30 telephone interviews.")


@pytest.mark.parametrize(
    "sentence",
    [
        "There were 2,316 nurses employed, and a few were interviewed.",
        "A total of 2417 patients were detected with gout.",
        "A target sample of 90 porters was interviewed.",
        "Two staff members reviewed the audio recordings of participants.",
        "We recruited porters from 2 outpatient teams.",
        "We included patient waiting areas outside the wards (n = 6) and recruited nobody.",
        "We conducted two 1-month pilot RCTs with participants.",
    ],
)
def test_numbers_that_count_no_sample(sentence: str) -> None:
    assert not [field for field in fields(sentence) if field.startswith("n_") and field != "n_planned"]


def test_dates_of_a_conference_are_none_of_the_study() -> None:
    assert "interview_dates" not in fields("Data were presented at the conference held from 2 May to 4 May 2009.")


def test_a_head_of_rows_that_nobody_knows_ends_the_one_above_it() -> None:
    rows = "".join(
        f"<tr><td>{label}</td><td>{value}</td></tr>"
        for label, value in [
            ("Gender", ""),
            ("Female", "14 (87.5)"),
            ("Male", "2 (12.5)"),
            ("Highest level of education a", ""),
            ("Some college", "8 (50.0)"),
            ("Diploma", "8 (50.0)"),
            ("Owner of the phone", ""),
            ("Friend", "9 (56.3)"),
        ]
    )
    table = (
        f"<table-wrap><caption><p>Participant characteristics</p></caption><table><tr><th>Item</th><th>n (%)</th></tr>"
        f"{rows}</table></table-wrap>"
    )
    found = {fact.record.field for fact in parts_of(JATS.format(table=table), "a.xml").facts}
    assert {"sample_education_some_college", "sample_other_friend"} <= found
