"""People whom a paper names once or twice, and two names that are no two roles."""

import pytest

from ingest.extract.roles.extraction import extract_roles
from ingest.readers import read
from ontology.model import Role


def roles_of(text: str) -> dict[str, Role]:
    reading = read(f"Letters\n\nRESULTS\n\n{text}".encode(), "a.txt").reading
    return {located.record.label: located.record for located in extract_roles(reading, "s").records}


@pytest.mark.parametrize("text", ["Nothing came. She got on well with the staff.", "It was said by the staff at noon."])
def test_the_staff_whom_somebody_deals_with_are_a_role_at_one_mention(text: str) -> None:
    assert "staff" in roles_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "It was more than the rest of the staff had.",
        "It costs patients and staff time.",
        "It came from the staff rota.",
    ],
)
def test_staff_in_passing_are_none(text: str) -> None:
    assert "staff" not in roles_of(text)


def test_the_staff_are_those_named_in_full_nearest_to_them() -> None:
    found = roles_of("Hospital staff wrote. Hospital staff sang. Clinic staff slept. One could talk to the staff.")
    assert "staff" not in found
    assert "staff" in found["clinic staff"].alternatives


def test_friends_and_neighbours_are_two_roles_where_a_paper_comes_back_to_both() -> None:
    found = roles_of(
        "Friends wrote. Friends called. A friend came. Neighbours knocked. Neighbours asked. A neighbour helped."
    )
    assert {"friend", "neighbour"} <= found.keys()
    assert "neighbour" not in roles_of("Friends wrote. Friends called. A friend came, or a neighbour.")


@pytest.mark.parametrize("verb", ["prescribing", "referring"])
def test_what_any_doctor_does_for_a_patient_makes_no_role_of_its_own(verb: str) -> None:
    found = roles_of(f"Doctors wrote. Doctors waited. The {verb} doctor knew. Nobody asked the doctors.")
    assert found.keys() == {"doctor"}


def test_staff_who_represent_staff_are_these_staff() -> None:
    found = roles_of("A meeting of three mental health staff representatives was held.")
    assert "mental health staff" in found
    assert not any("representative" in label for label in found)


def test_speakers_for_one_body_by_two_of_its_names_are_one_role() -> None:
    found = roles_of(
        "We met representatives from the harbour clinics. Later, representatives of the harbour sites wrote."
    )
    assert len(found) == 1
    assert "representative" in next(iter(found.values())).alternatives


def test_speakers_for_two_bodies_are_two_roles() -> None:
    found = roles_of("We met a representative of the tenants' union, and a representative of the parents' council.")
    assert len(found) == 2
    assert not any("representative" in role.alternatives for role in found.values())


def test_volunteers_are_a_role_unless_participants_are_said_to_be_such() -> None:
    assert "volunteer" in roles_of("Volunteers drove patients home. A volunteer made tea.")
    assert not roles_of("All participants in this work were volunteers. They were a volunteer sample.")


def test_a_study_nurse_who_cares_for_people_is_a_role() -> None:
    assert "study nurse" in roles_of("A study nurse visited each family at home.")
    assert "study nurse" in roles_of("The lessons were provided by a trained study nurse.")
    assert "study nurse" not in roles_of("A study nurse collected the forms.")


@pytest.mark.parametrize(
    "person", ["tracer", "treatment buddy", "interventionist", "community mobiliser", "fieldworker"]
)
def test_those_who_carry_out_a_programme_have_names(person: str) -> None:
    many = "treatment buddies" if person.endswith("y") else f"{person}s"
    found = roles_of(f"The {many} were trained. Many {many} said that it was hard. A {person} came to the door.")
    assert person in found


def test_whom_people_speak_for_ends_where_they_act() -> None:
    found = roles_of("A representative of the sponsor may look at all papers and boxes. We met two nurses.")
    assert "representative of the sponsor" in found


@pytest.mark.parametrize(
    "text",
    [
        "The letters served as an aide-mémoire for all.",
        "Ongoing liaison with schools took time, and liaison between shops took more.",
        "There were shops in migrant communities.",
    ],
)
def test_what_sounds_like_people_and_is_none(text: str) -> None:
    assert not roles_of(text)


def test_a_verb_before_people_is_no_part_of_their_name() -> None:
    found = roles_of("Walks improve employees' sleep. Songs improve employees too. Kind managers help employees.")
    assert not any("improve" in label for label in found)


def test_who_sees_to_a_trial_is_no_role_of_it() -> None:
    def found(heading: str) -> set[str]:
        text = f"# Letters\n\n## Methods\n\n### {heading}\n\nA paediatrician chairs it.\n\n## Results\n\nNurses came."
        reading = read(text.encode(), "a.md").reading
        return {located.record.label for located in extract_roles(reading, "s").records}

    assert found("Trial management") == {"nurse"}
    assert found("Wards") == {"nurse", "paediatrician"}


def test_what_a_researcher_is_licensed_to_do_makes_no_role() -> None:
    text = "Letters\n\nMETHODS\n\nShe is also a licensed acupuncturist.\n\nRESULTS\n\nNurses came."
    found = extract_roles(read(text.encode(), "a.txt").reading, "s").records
    assert {located.record.label for located in found} == {"nurse"}
