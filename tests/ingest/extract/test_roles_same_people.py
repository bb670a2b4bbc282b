"""Names of the same people, words that only describe a thing, and those whom an abstract names once."""

import pytest

from ingest.extract.roles.extraction import extract_roles
from ingest.readers import read
from ontology.model import Role
from ontology.vocabulary import load_vocabulary


def roles_of(text: str, title: str = "Letters") -> dict[str, Role]:
    reading = read(f"{title}\n\nAbstract\n\n{text}".encode(), "a.txt").reading
    return {located.record.label: located.record for located in extract_roles(reading, "s").records}


def concept_of(text: str, label: str) -> str | None:
    found = load_vocabulary().concept(roles_of(text)[label].concept or "")
    return found.label if found else None


def test_patients_are_the_people_of_one_station_whom_the_title_names() -> None:
    found = roles_of("We asked nurses about letters. The patients could not read them.", "Letters to older people")
    assert "patient" not in found
    assert "patient" in found["older person"].alternatives


def test_patients_who_were_asked_themselves_are_a_role_beside_them() -> None:
    found = roles_of("We interviewed older people and patients. The patients wrote.", "Letters to older people")
    assert {"older person", "patient"} <= found.keys()


def test_another_word_for_those_of_a_station_who_took_part_is_theirs() -> None:
    found = roles_of("We interviewed Tamil refugees. What immigrants need is a desk.", "Letters of Tamil Refugees")
    assert found.keys() == {"refugee"}
    assert "immigrant" in found["refugee"].alternatives


def test_one_of_a_list_describes_no_field_of_care_behind_it() -> None:
    assert "palliative care physician" in roles_of("We met 1 palliative care physician, and 2 palliative care nurses.")


def test_a_bare_head_means_those_whom_the_paper_names_in_full() -> None:
    found = roles_of("Stroke survivors wrote. Stroke survivors sang. Stroke survivors slept. It helped survivors.")
    assert "survivor" in found["stroke survivor"].alternatives


def test_mothers_stay_apart_from_the_in_laws() -> None:
    text = "Mothers-in-law wrote. Mothers-in-law sang. Mothers-in-law slept. Mothers came. A mother knocked. "
    assert "mother" in roles_of(text + "The family slept. Mothers wept, and mothers hoped.")


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Better maternal, newborn and child health came.", "newborn"),
        ("A school nurse wrote. Nurse-coordinated desks helped.", "nurse"),
        ("The desk needed specialist skills.", "specialist"),
        ("Tired volunteer CHWs wrote.", "volunteer"),
        ("They wrote to the Department of Veteran’s Affairs.", "veteran"),
        ("It set out to provide the vision and joint leadership that towns lack.", "leadership"),
        ("Women and their babies slept better.", "baby"),
    ],
)
def test_words_that_describe_a_thing_name_nobody(text: str, label: str) -> None:
    assert label not in {found.lower() for found in roles_of(text)}


def test_what_staff_do_makes_them_people() -> None:
    assert "health personnel" in roles_of("It matters how health personnel respond to letters.")


def test_women_beside_those_who_care_for_them_are_the_patients() -> None:
    found = roles_of("The desk was made by midwives and women together.")
    assert concept_of("The desk was made by midwives and women together.", "woman") == "patient"
    assert "midwife" in found


def test_what_people_are_said_to_be_is_no_role_beside_them() -> None:
    assert "provider" not in roles_of("Midwives are trusted providers of comfort.")
    assert "provider" in roles_of("Midwives wrote. The providers were trusted.")


def test_adults_who_took_part_are_the_patients() -> None:
    assert concept_of("Nineteen adults took part in talks.", "adult") == "patient"
    assert "adult" not in roles_of("It was kind to adults.")


def test_patients_are_those_of_one_station_who_took_part_even_where_the_title_names_patients() -> None:
    found = roles_of("We interviewed cancer survivors.", "Letters of patients")
    assert found.keys() == {"cancer survivor"}


def test_staff_have_a_concept_by_themselves() -> None:
    assert concept_of("Nothing came. She got on well with the staff.", "staff") == "health care provider"


def test_officials_are_named_with_the_body_that_they_act_for() -> None:
    text = "We interviewed nurses, clerks, and officials from the office of post responsible for letters."
    assert "official from the office of post" in roles_of(text)


def test_two_heads_with_a_slash_in_a_list_are_two_names() -> None:
    found = roles_of("Nine came: four nurses, three advocates/navigators, and two ward clerks.")
    assert "navigator" in found


@pytest.mark.parametrize(
    ("text", "label", "concept"),
    [
        ("Assistant nurses wrote.", "assistant nurse", "nursing assistant"),
        ("Prisoners wrote.", "prisoner", "person in prison"),
        ("Call handlers wrote.", "call handler", "call handler"),
        ("Dental nurses wrote.", "dental nurse", "dental assistant"),
        ("Physiotherapy assistants wrote.", "physiotherapy assistant", "therapy assistant"),
        ("Health and social care professionals wrote.", "health and social care professional", "health care provider"),
    ],
)
def test_professions_and_stations_have_concepts(text: str, label: str, concept: str) -> None:
    assert concept_of(text, label) == concept
