"""The parts that read study facts: dates, numbers, places, designs, groups and rows."""

import pytest

from ingest.extract.context import RoleIndex
from ingest.extract.roles.extraction import extract_roles
from ingest.extract.study.extraction import StudyParts, extract_study
from ingest.extract.study.numbers import dates, number_of
from ingest.extract.study.rows import is_rows
from ingest.extract.study.text import OWN, clause
from ingest.readers import read


def parts_of(methods: str) -> StudyParts:
    found = read(f"A title of a study\n\nMethods\n\n{methods}\n".encode(), "paper.txt")
    return extract_study(found.reading, found.document, "study", extract_roles(found.reading, "study"), ())


def facts_of(methods: str, title: str = "A title of a study") -> dict[str, list[str]]:
    found = read(f"{title}\n\nMethods\n\n{methods}\n".encode(), "paper.txt")
    parts = extract_study(found.reading, found.document, "study", RoleIndex((), (), {}), ())
    told: dict[str, list[str]] = {}
    for fact in parts.facts:
        told.setdefault(fact.record.field, []).append(fact.record.value)
    return told


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("between September 2007 and November 2009", "2007-09/2009-11"),
        ("from March through June 2017", "2017-03/2017-06"),
        ("April-December 2014", "2014-04/2014-12"),
        ("from 3 May to 12 August 2015", "2015-05/2015-08"),
        ("in June 2016", "2016-06"),
        ("during 2014 and 2015", "2014/2015"),
        ("in 2018", "2018"),
    ],
)
def test_dates_become_months_and_years(words: str, value: str) -> None:
    assert [found[2] for found in dates(words)] == [value]


@pytest.mark.parametrize("words", ["page 2017-2018b12", "10.1186/s12875-015-0362", "in may", "1204 people"])
def test_other_numbers_are_no_dates(words: str) -> None:
    assert "2017/2018" not in [found[2] for found in dates(words)]
    assert not any("-05" in found[2] for found in dates(words))


@pytest.mark.parametrize(
    ("words", "number"), [("twenty-one", 21), ("Thirty three", 33), ("1 204", 1204), ("several", None), ("", None)]
)
def test_numbers_in_words(words: str, number: int | None) -> None:
    assert number_of(words) == number


@pytest.mark.parametrize(
    ("sentence", "country"),
    [
        ("The study took place in rural Kenya.", ["Kenya"]),
        ("We recruited clinics in Oregon and Vermont.", ["United States"]),
        ("We recruited three Norwegian hospitals.", ["Norway"]),
        ("The study took place in Northern Ireland.", ["United Kingdom"]),
        ("We interviewed African American men.", []),
        ("We used NVivo (QSR International, Australia).", []),
        ("The Minnesota Satisfaction Questionnaire was used.", []),
        ("The American Heart Association was asked.", []),
    ],
)
def test_a_country_is_named_by_itself_its_states_or_its_people(sentence: str, country: list[str]) -> None:
    assert facts_of(sentence).get("country", []) == country


def test_states_and_towns_are_sites() -> None:
    assert facts_of("We recruited staff in Salem, Oregon and in Vermont.")["site"] == ["Salem", "Oregon", "Vermont"]


@pytest.mark.parametrize(
    ("sentence", "design"),
    [
        ("We used grounded theory methodology.", "grounded theory"),
        ("This qualitative study was nested in a pragmatic cluster randomised trial.", "qualitative study"),
        (
            "It took place in the context of a cluster randomised trial in small towns.",
            "nested in cluster randomised trial",
        ),
        ("This study has a descriptive phenomenological design.", "phenomenology"),
        ("We chose an embedded mixed-methods design.", "mixed methods"),
    ],
)
def test_designs(sentence: str, design: str) -> None:
    assert design in facts_of(sentence)["design"]


def test_designs_of_other_studies_are_not_ours() -> None:
    assert "design" not in facts_of("Previous qualitative research has used case studies [4].")


@pytest.mark.parametrize(
    ("sentence", "field", "value"),
    [
        ("Most participants were nurses (n = 29).", "n_nurses", "29"),
        ("Of the 44 doctors interviewed, 39 were from rural areas.", "n_from_rural_areas", "39"),
        ("We interviewed 31 women (19 from Leeds; 12 from York).", "n_women", "31"),
        ("Participants came from four arms (A-X: 31; A-Y: 23; B-X: 38).", "n_a_x", "31"),
        ("There were 273 participants assigned to the programme.", "n_participants", "273"),
        ("286 (74%) completed the survey.", "n_completed_the_survey", "286"),
        ("Thirty-three staff took part.", "n_participants", "33"),
        ("Sixty doctors were invited to participate and 44 agreed (70%).", "n_participants", "44"),
        ("Six nurses declined and two participants withdrew.", "n_declined", "6"),
        ("Six nurses declined and two participants withdrew.", "n_withdrew", "2"),
    ],
)
def test_people_are_counted(sentence: str, field: str, value: str) -> None:
    assert value in facts_of(sentence).get(field, [])


@pytest.mark.parametrize(
    "sentence",
    [
        "At least three nurses from each clinic took part.",
        "Two researchers interviewed participants.",
        "The study needed 50 participants, it was planned.",
        "Every 12 months participants were asked again.",
    ],
)
def test_what_is_no_number_of_participants_is_left_out(sentence: str) -> None:
    told = facts_of(sentence)
    assert not [name for name in told if name.startswith("n_") and name != "n_planned"]


def test_rows_that_ran_into_the_text_are_read_as_rows() -> None:
    words = "Table 1 Characteristics of participants (N = 45) No. (%) Gender Male 5 (11.1) Female 40 (88.9) Profession \
Nurse 30 (66.7) Manager 15 (33.3) Participants spoke of time."
    told = facts_of(words)
    assert told["sample_sex_female"] == ["40 (88.9%)"]
    assert told["sample_type_manager"] == ["15 (33.3%)"]
    assert is_rows(words)


@pytest.mark.parametrize(
    ("sentence", "at", "found"),
    [
        ("We met nurses, and we used thematic analysis.", "thematic", "we used thematic analysis"),
        ("In the last stage, two authors tallied frequencies.", "tallied", "two authors tallied frequencies"),
        ("Sampling was purposive (age; role) and broad.", "purposive", "Sampling was purposive (age; role) and broad"),
    ],
)
def test_a_clause_is_cut_out_of_its_sentence(sentence: str, at: str, found: str) -> None:
    place = sentence.index(at)
    start, end = clause(sentence, place, place + len(at))
    assert sentence[start:end] == found


@pytest.mark.parametrize(
    ("sentence", "field", "value"),
    [
        ("Data were coded in Atlas Ti software (version 4.2).", "software", "Atlas.ti"),
        ("We coded with N-Vivo 10 software.", "software", "NVivo"),
        ("Analysis used MAX QDA.", "software", "MAXQDA"),
        ("We recruited by snowballing.", "sampling_method", "snowball sampling"),
        ("There were four rounds of comparison.", "analysis_rounds", "4"),
        ("Both interviews and focus groups were conducted in person.", "interview_mode", "in person"),
        ("Transcripts were translated into English.", "translation", "Transcripts were translated into English"),
        ("We followed COREQ.", "reporting_guideline", "COREQ"),
        ("The code “handover” captured all talk of letters.", "code_used", "handover"),
        ("Frequent users (defined as three visits a year) were asked.", "definition", "three visits a year"),
    ],
)
def test_methods_are_named_as_their_makers_name_them(sentence: str, field: str, value: str) -> None:
    assert value in facts_of(sentence).get(field, [])


def test_what_is_too_long_for_a_sentence_is_passed_over() -> None:
    assert "software" not in facts_of("We used NVivo " + "and again " * 500 + "in the end.")


COLUMNS = """\
We interviewed doctors and midwives. Table 1 Characteristics of participants Characteristic Doctors Midwives \
Total number 12 9 Median age (range) 41 (30-60) 38 (25-59) Men 7 1 Women 5 8 Morning group 6 4"""


def test_a_column_for_each_group_gives_its_counts() -> None:
    parts = parts_of(COLUMNS)
    told = {fact.record.field: fact.record.value for fact in parts.facts}
    assert told["sample_sex_male"] == "7 (Doctors), 1 (Midwives)"
    assert told["sample_other_morning_group"] == "6 (Doctors), 4 (Midwives)"
    assert (told["n_doctors"], told["n_midwives"]) == ("12", "9")
    groups = {group.record.label: group.record for group in parts.groups}
    assert (groups["Women (Midwives)"].n, groups["Women (Midwives)"].sex) == (8, "female")
    assert groups["Women (Midwives)"].role == groups["Midwives"].role is not None
    assert groups["Women (Midwives)"].spans[0].exact == "Women 5 8"


def test_the_heads_of_columns_count_groups_that_are_no_roles() -> None:
    words = (
        "Table 2 Baseline characteristics (N = 14). Characteristics Usual care (n=5) Letter arm (n = 9) Age 40.1 39.2"
    )
    told = facts_of(words)
    assert (told["n_usual_care"], told["n_letter_arm"]) == (["5"], ["9"])


def test_numbers_in_the_columns_of_other_tables_are_left_alone() -> None:
    assert not [name for name in facts_of("Table 3 Visits by month May 12 9 June 4 3") if name.startswith("sample")]


@pytest.mark.parametrize(
    ("sentence", "field", "value"),
    [
        ("Of the 30 informants, 18 were participating nurses and 12 were doctors.", "n_participating_nurses", "18"),
        ("Of the 30 informants, 18 were participating nurses and 12 were doctors.", "n_doctors", "12"),
        ("Ten out of a total of 13 nurses participated.", "n_nurses", "10"),
        ("We interviewed 12 nurses (7 urban, 5 rural).", "n_rural", "5"),
        ("Six of these patients participated.", "n_patients", "6"),
        ("A total of 300 invitations were sent to patients.", "n_approached", "300"),
        ("Eleven participants were involved in the interviews.", "n_participants", "11"),
        ("Nine non-participants were interviewed.", "n_non_participants", "9"),
    ],
)
def test_groups_are_counted_however_they_are_told_apart(sentence: str, field: str, value: str) -> None:
    assert value in facts_of(sentence).get(field, [])


def test_of_a_part_of_a_group_the_whole_is_not_what_took_part() -> None:
    told = facts_of("Ten out of a total of 13 nurses participated. We estimated that we would recruit 66 nurses.")
    assert told["n_nurses"] == ["10"]
    assert "n_participants" not in told or not {"13", "66"} & set(told["n_participants"])


@pytest.mark.parametrize(
    ("sentence", "field", "value"),
    [
        ("We stratified the focus groups by sex.", "sampling_method", "stratified sampling"),
        (
            "We recruited nurses to obtain a range of ages and a mix of wards.",
            "sampling_method",
            "sampling for variation",
        ),
        ("Staff were asked to fill out a questionnaire on their training.", "data_collection_method", "survey"),
        ("Surveys were fielded in each ward.", "data_collection_method", "survey"),
        ("Written comments from the wards were also collected.", "data_collection_method", "documents and notes"),
        ("The moderator took notes.", "data_collection_method", "documents and notes"),
        ("Interviews conducted in spring were longer.", "data_collection_method", "interview"),
        (
            "We interviewed doctors and nurses in separate groups.",
            "data_collection_format",
            "We interviewed doctors and nurses in separate groups",
        ),
        ("A preliminary analysis followed each interview.", "analysis_method", "iterative analysis"),
        ("Themes were fed back into later interviews.", "analysis_method", "iterative analysis"),
        ("AB and CD analysed the data separately.", "analysis_method", "double coding"),
        ("The codes were mapped to the domains.", "coding_step", "The codes were mapped to the domains"),
        ("Transcripts were returned to participants for comment.", "analysis_method", "member checking"),
        ("Coding was an iterative process.", "analysis_method", "iterative analysis"),
        ("An audit trail was kept.", "analysis_method", "audit trail"),
        ("A. B. coded all transcripts.", "coders", "A. B. coded all transcripts"),
        ("Analysis was undertaken as a team.", "coders", "Analysis was undertaken as a team"),
        ("Twenty nurses were randomly selected from a list.", "sampling_method", "random sampling"),
        (
            "We held in\u2010depth, semi\u2010structured interviews.",
            "data_collection_method",
            "semi-structured interview",
        ),
        ("The key areas explored were pay and night shifts.", "interview_topics", "pay and night shifts"),
        (
            "Interviews took place two weeks after discharge.",
            "data_collection_timing",
            "Interviews took place two weeks after discharge",
        ),
        ("The study had a favourable ethical opinion.", "ethics", "The study had a favourable ethical opinion"),
        ("Patients were contacted by letter.", "recruitment", "Patients were contacted by letter"),
        ("The evaluation has a quasi-experimental design.", "design", "quasi-experimental"),
        ("It was embedded in the 'Short Letters' (SL) RCT.", "parent_study", "Short Letters' (SL) RCT"),
        (
            "All came from the first site: urban and rural practices in Leeds.",
            "setting",
            "urban and rural practices in Leeds",
        ),
    ],
)
def test_methods_are_known_in_other_words(sentence: str, field: str, value: str) -> None:
    assert value in facts_of(sentence).get(field, [])


def test_what_was_not_done_is_no_method() -> None:
    assert "analysis_method" not in facts_of("Transcripts were not returned to participants for comment.")


def test_the_country_us_is_not_the_authors() -> None:
    assert OWN.search("This was done in the US.") is None
    assert OWN.search("They told us so.")


def test_the_setting_of_the_larger_study_is_told_in_the_background() -> None:
    text = "A title\n\nBackground\n\nThe Lark Trial tested letters in a UK setting. Others did so in a US setting.\n\n\
Methods\n\nThis study was nested in the Lark Trial.\n"
    found = read(text.encode(), "paper.txt")
    parts = extract_study(found.reading, found.document, "study", RoleIndex((), (), {}), ())
    assert [fact.record.value for fact in parts.facts if fact.record.field == "setting"] == ["a UK setting"]
