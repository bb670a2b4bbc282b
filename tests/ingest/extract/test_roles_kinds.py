"""Roles by standing, in lists, by whom they speak for, and the plain words for staff and for participants."""

import pytest

from ingest.extract.context import RoleIndex
from ingest.extract.roles.extraction import extract_roles
from ingest.extract.roles.lists import listed_people
from ingest.readers import read
from ingest.reading import Reading
from ontology.model import Role


def index_of(text: str, title: str = "Letters", abstract: str = "") -> tuple[Reading, RoleIndex]:
    paper = f"{title}\n\nAbstract\n\n{abstract}\n\nRESULTS\n\n{text}" if abstract else f"{title}\n\nRESULTS\n\n{text}"
    reading = read(paper.encode(), "a.txt").reading
    return reading, extract_roles(reading, "s")


def roles_of(text: str, title: str = "Letters", abstract: str = "") -> dict[str, Role]:
    return {located.record.label: located.record for located in index_of(text, title, abstract)[1].records}


def test_the_whole_of_each_item_of_a_list_of_people_is_a_role() -> None:
    found = roles_of(
        "Seven people came to the group (a midwife, a sleep clinic doctor, two ward clerks and an adviser from a "
        "bank). Doctors were late. Every doctor knew."
    )
    assert {"midwife", "sleep clinic doctor", "ward clerk", "doctor"} <= found.keys()


@pytest.mark.parametrize(
    ("text", "people"),
    [
        (
            "The group: school nurses (n = 3), bus drivers (n=2) and cooks (n=1).",
            ["school nurses", "bus drivers", "cooks"],
        ),
        ("There were 3 nurses, 2 cooks, and 1 porter.", ["nurses", "cooks", "porter"]),
        ("A nurse and a cook came.", []),
        ("It was a long day, and we met a nurse.", []),
    ],
)
def test_lists_of_people(text: str, people: list[str]) -> None:
    assert [text[start:end] for start, end in listed_people(text, 0, len(text))] == people


def test_a_rank_before_an_abbreviation_makes_a_role_when_the_paper_comes_back_to_it() -> None:
    found = roles_of("GPs wrote. If the regular GP was away, nobody knew. A regular GP knows. The new GP did not.")
    assert {"regular GP", "general practitioner"} <= found.keys() or {"regular GP", "GP"} <= found.keys()
    assert not any("new" in label for label in found)


def test_a_senior_is_not_merged_into_the_profession() -> None:
    found = roles_of("Senior doctors decided. Doctors obeyed. A doctor asked senior doctors. The doctor waited.")
    assert {"senior doctor", "doctor"} <= found.keys()


def test_who_speaks_for_a_body_is_a_role() -> None:
    found = roles_of("We met a representative of the union of parents and carers, and two nurses.")
    assert "representative of the union of parents and carers" in found
    assert not any("representative" in label for label in roles_of("The nurses were representative of the town."))


def test_the_name_ends_with_the_body_that_is_spoken_for() -> None:
    found = roles_of("They met a representative from a patient organization and teams from three towns.")
    assert "representative from a patient organization" in found


def test_the_plain_word_for_staff_is_a_role_where_it_is_used_again_and_again() -> None:
    assert "staff" in roles_of("Staff were tired. The staff left. Nurses asked staff for help.")
    assert "staff" not in roles_of("Staff were tired. The nurses left.")


def test_those_in_passing_are_left_out() -> None:
    assert "colleague" not in roles_of("Nurses asked a colleague.")
    assert "colleague" in roles_of("Nurses asked a colleague. Colleagues helped.")


def test_those_who_wrote_what_is_cited_are_no_colleagues_in_the_study() -> None:
    assert "colleague" not in roles_of("Moreau and colleagues [7] agreed. So did Brandt and colleagues [8].")


def test_praise_and_participles_make_no_role() -> None:
    found = roles_of(
        "We lacked qualified personnel. Qualified personnel left. The identified facilitators were time and money. "
        "Identified facilitators differ. An identified facilitator was trust."
    )
    assert not found.keys() & {"qualified personnel", "identified facilitator"}


def test_two_words_for_one_function_are_two_roles() -> None:
    found = roles_of("The secretary prints it. The receptionist rings. A receptionist waits.")
    assert {"secretary", "receptionist"} <= found.keys()


def test_people_of_one_age_are_apart_from_the_patients_and_found_by_their_plural() -> None:
    found = roles_of("Patients waited. Elderly patients fell. No elderly patient rang. Children cried. Children slept.")
    assert {"patient", "elderly patient", "child"} <= found.keys()
    assert "children" in found["child"].alternatives


def test_women_are_the_patients_where_their_views_are_studied() -> None:
    found = roles_of("Women trusted midwives.", "Labour at home", "We explored the experiences of women in labour.")
    assert found["woman"].participant is True
    assert found["woman"].concept is not None and found["woman"].concept.endswith("/patient")
    assert "woman" not in roles_of("Women trusted midwives.", "Labour at home", "We explored the views of midwives.")


def test_women_and_men_are_two_roles_among_the_patients() -> None:
    found = roles_of(
        "Women and men agreed. The patients left.",
        "A clinic for two",
        "We explored the experiences of women and of patients, and the views of men (patients).",
    )
    assert {"woman", "man", "patient"} <= found.keys()
    assert found["woman"].broader == found["man"].broader == found["patient"].iri


def test_men_who_are_known_by_their_contacts_are_one_group() -> None:
    found = roles_of("Men waited.", "A clinic", "We explored the views of men who have sex with men and women.")
    assert "woman" not in found


def test_the_name_of_a_trial_names_nobody() -> None:
    assert roles_of("It was part of the trial (Care for Screen Positive Elders).") == {}


def test_the_end_of_a_clause_is_no_long_form() -> None:
    found = roles_of("It was taught by a cancer and exercise specialist (AC) in a day.")
    assert not any(label.startswith("and ") for label in found)
    assert all(role.abbreviation is None for role in found.values())


def test_who_only_allowed_a_study_is_no_role() -> None:
    text = "{}\n\nThe county director and the commissioner allowed the study.\n\nRESULTS\n\nTwo nurses came late."
    assert {"nurse", "commissioner"} <= roles_of(text.format("Who came")).keys()
    assert not any(
        "director" in label or "commissioner" in label for label in roles_of(text.format("Ethics statement"))
    )


def test_names_on_both_sides_of_a_slash_are_two_roles() -> None:
    found = roles_of("Lay Bed Attendants (LBAs) came. LBAs/healers carry the beds. LBAs/healers sleep. A healer woke.")
    assert {"lay bed attendant", "healer"} <= found.keys()
    assert not any("/" in label for label in found)


def test_words_of_place_and_size_are_no_part_of_a_name() -> None:
    found = roles_of(
        "Calls amongst young people are rare. Work amongst young people is hard. Amongst young people, all wait. "
        "A big baby came. Big babies cry. Most big babies cry, and each baby eats."
    )
    assert {"young person", "baby"} <= found.keys()
    assert not any("amongst" in label or "big" in label for label in found)


def test_trades_name_roles_too() -> None:
    found = roles_of("Choir singers came. Some dairy farmers spoke. Dairy farmers and choir singers ate. Farmers left.")
    assert {"singer", "farmer"} <= found.keys()


def test_women_and_men_whom_the_paper_calls_patients_are_its_patients() -> None:
    found = roles_of(
        "Women and men agreed. Couples left. The patients wrote.",
        "A clinic for two",
        "We explored the experiences of women and men (patients), and the views of couples.",
    )
    assert {"woman", "man", "couple"}.isdisjoint(found)
    assert "woman" in found["patient"].alternatives


def test_members_are_named_by_what_they_are_members_of() -> None:
    text = "Council members met nurses. The council members wrote. A council member rang. Members of the ward slept."
    assert "council member" in roles_of(text)
    assert "council member" not in roles_of("Nurses met a council member.")


def test_members_of_a_group_are_a_role_where_they_speak() -> None:
    text = "Nurses asked group members. Group members wrote. A group member rang.{}"
    assert "group member" not in roles_of(text.format(""))
    spoken = " “I write late.” (Group member, North) “I ring.” (Group member, South)"
    assert "group member" in roles_of(text.format(spoken))


def test_facilitators_are_people_where_only_people_do_what_they_do() -> None:
    text = "Facilitators and barriers were told. Facilitators of letters were money and time. {}"
    assert "facilitator" not in roles_of(text.format("The facilitators were reported twice."))
    people = "Nurses acting as facilitators wrote. The facilitators were trained in May. The facilitator left."
    assert "facilitator" in roles_of(text.format(people))


def test_how_people_were_trained_is_no_part_of_their_name() -> None:
    found = roles_of("LETTER-trained ward nurses wrote. A LETTER-trained ward nurse rang. Ward nurses slept.")
    assert [label for label in found if "nurse" in label] == ["ward nurse"]
    assert not any("wider" in label for label in roles_of("Wider ward helpers came. Two wider ward helpers left."))


def test_a_surname_is_no_trade() -> None:
    assert "Fisher" not in roles_of("We used the exact test of Fisher. Nurses asked Fisher.")
    assert "fisher" in roles_of("A fisher came. Fishers wrote to nurses. Most fishers left.")


def test_a_country_is_no_part_of_a_name() -> None:
    assert "general practitioner" in roles_of("UK general practitioners write to nurses.")


def test_what_is_done_with_people_is_no_role() -> None:
    found = roles_of("Engaging Men in Letters (EMIL) was a programme. EMIL began. Nurses liked EMIL.")
    assert found.keys() == {"nurse"}


def test_leadership_of_a_kind_is_no_role() -> None:
    assert "leadership" not in roles_of("Nurses wrote. Transformational leadership was rare.")


def test_people_are_the_patients_whom_an_illness_names() -> None:
    text = "Women with gouty arthritis rang. Most women with gouty arthritis waited. Those with a letter wrote."
    found = roles_of(text, "Letters at home for gouty arthritis")
    assert [label for label in found if "arthritis" in label] == ["woman with gouty arthritis"]
    assert found["woman with gouty arthritis"].concept is not None
    assert found["woman with gouty arthritis"].concept.endswith("/patient")
    assert not roles_of(text)


def test_an_abbreviated_field_is_spelt_out_in_names() -> None:
    found = roles_of(
        "Letter rehabilitation (LR) is rare. LR nurses wrote, and LR nurses rang. Letter rehabilitation nurses slept. "
        "Two nurses came."
    )
    nurses = next(role for label, role in found.items() if "nurse" in label and label != "nurse")
    assert {"letter rehabilitation nurse", "lr nurse"} <= {n.casefold() for n in (nurses.label, *nurses.alternatives)}


def test_a_programme_is_known_by_its_letters() -> None:
    found = roles_of("The Letters Rule (LR) study began. LR coaches wrote. The coaches rang, and coaches slept.")
    assert "LR coach" in found["coach"].alternatives


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Nurses saw first-year medical students. Medical students wrote. ", "first-year medical student"),
        ("Nurses saw long-term care patients. Care patients wrote to nurses. ", "long-term care patient"),
        ("Nurses saw 5th grade students. ", "5th grade student"),
    ],
)
def test_a_name_begins_with_all_of_its_first_word(text: str, name: str) -> None:
    found = {other for role in roles_of(4 * text).values() for other in (role.label, *role.alternatives)}
    assert name in found
    assert not any(one.startswith(("year ", "term ", "th ")) for one in found)


def test_a_verb_behind_another_begins_no_name() -> None:
    found = roles_of("They should encourage and support farmers. Farmers wrote. Support workers came. Farmers sang.")
    assert all("support farmer" not in (role.label, *role.alternatives) for role in found.values())
