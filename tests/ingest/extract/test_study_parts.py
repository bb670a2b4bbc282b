"""The parts that read study facts: dates, numbers, places, designs, groups and rows."""

import pytest

from ingest.extract.context import RoleIndex
from ingest.extract.study import extract_study
from ingest.extract.study_numbers import dates, number_of
from ingest.extract.study_rows import is_rows
from ingest.extract.study_text import clause
from ingest.readers import read


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
