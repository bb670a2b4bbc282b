"""Roles that are one, and people whom a paper only mentions in passing."""

import pytest

from ingest.extract.roles.extraction import extract_roles
from ingest.readers import read
from ontology.model import Role

_FILLER = "The letters of the town were long and nobody read them before the week was over. " * 110


def roles_of(text: str, *, long: bool = False) -> dict[str, Role]:
    filler = f"\n\n{_FILLER}" if long else ""
    reading = read(f"Letters\n\nRESULTS\n\n{text}{filler}".encode(), "a.txt").reading
    return {located.record.label: located.record for located in extract_roles(reading, "s").records}


@pytest.mark.parametrize(
    "text",
    [
        "Community and industry partners gave money. Partners met in May, and the partners agreed.",
        "A hospital partner wrote to the nurses.",
    ],
)
def test_partners_who_work_together_are_nobodys_spouses(text: str) -> None:
    assert not any("partner" in label for label in roles_of(text))


def test_partners_are_people_where_the_paper_says_whose_they_are() -> None:
    assert "partner" in roles_of("Women brought their partners. The partners waited. One partner left.")


def test_children_of_somebody_are_the_family() -> None:
    found = roles_of("Relatives came. My family helps. Her children wrote, and his children rang, and my children too.")
    assert len(found) == 1
    assert "children" in next(iter(found.values())).alternatives


def test_a_family_schedule_is_no_family() -> None:
    assert "family" not in roles_of("It clashed with work and family schedules. Family practices were shut.")


def test_those_beside_the_patients_are_roles_where_a_full_text_comes_back_to_them() -> None:
    once = "The nurses spoke. Neighbours heard of it."
    assert "neighbour" in roles_of(once)
    assert "neighbour" not in roles_of(once, long=True)
    assert "neighbour" in roles_of(f"{once} Neighbours came, and the neighbours stayed.", long=True)


def test_unknown_people_in_passing_are_no_roles() -> None:
    assert "letter clerk helper" not in roles_of("Nurses met a letter-opening helper once.")
    found = roles_of("Ward helpers came. Two nurses thanked the ward helpers.")
    assert "ward helper" in found


def test_a_team_in_passing_is_no_role_and_a_team_is_one_with_its_members() -> None:
    assert "practice team" not in roles_of("Nurses told the practice team.")
    found = roles_of("The practice team met. The practice team agreed. Team members wrote, and a team member rang.")
    assert sum("team" in label for label in found) == 1


def test_management_that_tells_people_what_to_do_is_a_role() -> None:
    assert "management" in roles_of("Nurses were told by the management not to write. Pain management was slow.")
    assert "management" not in roles_of("The management of pain was slow, and by the management of beds.")


def test_a_general_name_does_not_join_a_new_profession() -> None:
    found = roles_of(
        "Transfer practitioners (TPs) came. TPs wrote. The TPs rang. TPs slept. Two health care providers knew TPs."
    )
    assert "health care provider" in found
    assert "health care provider" not in found["transfer practitioner"].alternatives


def test_a_rare_synonym_joins_the_role_that_has_an_abbreviation() -> None:
    found = roles_of(
        "Lay counsellors (LCs) came. LCs wrote. The LCs rang. LCs slept, LCs ate, LCs left. A lay health worker knew."
    )
    assert "lay health worker" in found["lay counsellor"].alternatives


def test_a_treatment_does_not_act() -> None:
    assert "surgery" not in roles_of("They hoped that surgery would help. Cardiology has written.")
    assert "cardiology" in roles_of("They hoped that surgery would help. Cardiology has written.")


def test_plain_words_for_the_same_people_are_one_role() -> None:
    found = roles_of(
        "The staff wrote. Nurses asked staff for help. Staff left. A staff member slept. Leaders met leadership."
    )
    assert "staff member" in found["staff"].alternatives
    assert len({"leader", "leadership"} & found.keys()) == 1


@pytest.mark.parametrize(
    "methods",
    [
        "AB is a psychiatrist with extensive experience of interviews.",
        "As a psychiatrist with extensive knowledge of gout, the interviewer put no questions.",
        "The interviewers were both trained; one is a psychiatrist by background.",
    ],
)
def test_what_the_authors_are_is_no_role_of_the_study(methods: str) -> None:
    text = f"Letters\n\nMETHODS\n\nWe met nurses. {methods}\n\nRESULTS\n\nNurses wrote letters.\n"
    found = {one.record.label for one in extract_roles(read(text.encode(), "a.txt").reading, "s").records}
    assert found == {"nurse"}


def test_the_women_whom_a_study_is_carried_out_with_are_its_patients() -> None:
    text = "Letters: a qualitative study with young rural women\n\nRESULTS\n\nWomen wrote letters. Women came.\n"
    found = [one.record for one in extract_roles(read(text.encode(), "a.txt").reading, "s").records]
    assert [(role.label, role.concept and role.concept.rsplit("/", 1)[1]) for role in found] == [("woman", "patient")]


def test_leadership_as_a_quality_and_leaders_of_a_focus_group_are_no_roles() -> None:
    assert not roles_of("A lack of leadership hindered nurses. Strong leadership roles helped.").keys() - {"nurse"}
    assert not roles_of("The focus group leaders asked nurses. Focus group leader notes were kept.").keys() - {"nurse"}
    assert "leadership" in roles_of("Nurses asked for help from leadership.")


def test_relatives_of_each_sex_are_roles_of_their_own() -> None:
    found = roles_of(
        "Mothers came. “I ring.” (Mother, 20 years) “I wait.” (Father, 31 years) “I write.” (Mother, 40 years)"
    )
    assert {"mother", "father"} <= found.keys()
    both = roles_of("Parents came, and the parents waited. Mothers rang. One father wrote to the parents.")
    assert "parent" in both
    assert not {"mother", "father"} & both.keys()


def test_members_of_a_staff_are_the_staff() -> None:
    found = roles_of("We interviewed ten clinic staff. A clinic staff member rang, and clinic staff members waited.")
    assert [label for label in found if "staff" in label] == ["clinic staff"]


def test_children_whom_people_have_are_no_role() -> None:
    text = "Women with children rang. Couples without children wrote. Nurses asked for their child. {}"
    assert "child" not in roles_of(text.format(""), long=True)
    assert "child" in roles_of(text.format("Children came. A child cried. The children slept."), long=True)


def test_a_bare_word_means_those_who_are_named_in_full() -> None:
    found = roles_of("Ward workers wrote. The ward workers rang. Ward workers slept. Workers left, and workers came.")
    assert [label for label in found if "worker" in label] == ["ward worker"]
    taken_up = roles_of("Two school nurses came. School nurses wrote. A school nurse rang. The nurses knew the wards.")
    assert [label for label in taken_up if "nurse" in label] == ["school nurse"]


def test_a_bare_head_is_short_for_a_role_that_is_named_in_full_clearly_more_often() -> None:
    full = "Two school nurses came. School nurses wrote. A school nurse rang. "
    assert "nurse" not in roles_of(f"{full}Some nurses knew the wards. School doctors left.")
    often = roles_of(f"{full}Some nurses knew the wards. Many nurses ate. Nurses left.")
    assert {"nurse", "school nurse"} <= often.keys()
    kinds = "Two school nurses came. District nurses wrote. Practice nurses rang. Some nurses knew the wards."
    assert "nurse" in roles_of(kinds)
    assert "nurse" in roles_of(f"{full}Many nurses knew the wards. “I wait for days.” (Nurse, 40 years)")
    few = "School nurses came. A school nurse rang. Some nurses knew the wards."
    assert {"nurse", "school nurse"} <= roles_of(few).keys()
    collective = "Some staff waited. Many staff rested. Most staff talked. " + "Clinic staff were tired. " * 5
    assert "staff" in roles_of(collective)


def test_a_bare_head_that_nobody_shares_is_a_role() -> None:
    assert "professional" in roles_of("Professionals wrote. Many professionals rang, and the professionals slept.")


def test_a_health_activist_is_no_other_word_for_a_community_health_worker() -> None:
    found = roles_of(
        "Accredited Social Health Activists (ASHAs) came. ASHAs rang. Community health workers wrote. A community "
        "health worker slept. Anganwadi workers ate, and Anganwadi workers left."
    )
    assert {"accredited social health activist", "community health worker"} <= found.keys()
    assert any(label.casefold() == "anganwadi worker" for label in found)


def test_partners_of_whom_a_paper_speaks_are_roles_beside_the_family() -> None:
    family = "Families came. The family rang. Their husbands wrote."
    assert [label for label in roles_of(family)] == ["family"]
    spoken = f"{family} A husband slept. Husbands ate, and the husbands left."
    assert {"family", "husband"} <= roles_of(spoken).keys()
