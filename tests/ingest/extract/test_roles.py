"""The roles of a study: what is named, what is one role, what the paper abbreviates, and who took part."""

from itertools import pairwise

import pytest

from ingest.extract.context import RoleIndex
from ingest.extract.roles.extraction import extract_roles
from ingest.extract.roles.lexicon import STUDY_MAKERS, TOPS, lexicon, singular
from ingest.readers import read
from ingest.reading import Reading
from ontology.identity import mint
from ontology.model import Role
from ontology.vocabulary import load_vocabulary

PAPER = """Passing on insulin doses between clinics: an interview study

Abstract

Background: Doses of insulin change often.
Objective: To explore how diabetes specialist nurses (DSNs) and community pharmacists hand over insulin doses.

Introduction

Earlier work with surgeons found that letters arrive late [1].

Methods

We interviewed 9 diabetes specialist nurses (DSNs), 6 community pharmacists and 4 primary care providers
(2 GPs and 2 practice nurses) in two towns. Two researchers (AB, CD) coded all transcripts.

Results

DSNs wanted one plan. One DSN said that the pharmacist's record was never open to her.

Nobody tells me what the ward changed. [DSN]

Community pharmacists asked the dose managers at the hospital for a list. Dose managers did not reply, and
cardiology has started to keep its own list. Families rang the pharmacists' shop instead, and the patients'
husbands rang the nurses.

I would rather the doctor rang me. [Community pharmacist]

Discussion

Care managers could hold the list, and other physicians may read it.
"""


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(PAPER.encode(), "insulin.txt").reading


@pytest.fixture(scope="module")
def roles(reading: Reading) -> RoleIndex:
    return extract_roles(reading, "https://example.org/study")


def named(roles: RoleIndex, name: str) -> Role:
    iri = roles.resolve(name)
    assert iri is not None, f"{name} is no role; there are {sorted(roles.names)}"
    return next(located.record for located in roles.records if located.record.iri == iri)


def index_of(text: str) -> tuple[Reading, RoleIndex]:
    reading = read(f"Letters\n\nRESULTS\n\n{text}".encode(), "a.txt").reading
    return reading, extract_roles(reading, "s")


def labels(text: str) -> set[str]:
    return {located.record.label for located in index_of(text)[1].records}


def test_every_role_is_named_once_in_the_singular(roles: RoleIndex) -> None:
    found = [located.record.label for located in roles.records]
    assert len(found) == len(set(found))
    assert {"diabetes specialist nurse", "community pharmacist", "surgeon", "care manager", "patient"} <= set(found)


def test_abbreviations_are_those_that_the_paper_defines(roles: RoleIndex) -> None:
    nurse = named(roles, "DSN")
    assert (nurse.label, nurse.abbreviation) == ("diabetes specialist nurse", "DSN")
    assert named(roles, "diabetes specialist nurses").iri == nurse.iri
    assert named(roles, "community pharmacist").abbreviation is None


def test_a_role_points_to_the_most_specific_concept(roles: RoleIndex) -> None:
    vocabulary = load_vocabulary()
    concepts = {}
    for name in ("DSN", "community pharmacist", "GP", "surgeon"):
        concept = vocabulary.concept(named(roles, name).concept or "")
        concepts[name] = concept.notation if concept else None
    assert concepts == {
        "DSN": "diabetes-nurse",
        "community pharmacist": "community-pharmacist",
        "GP": "general-practitioner",
        "surgeon": "surgeon",
    }


def test_participants_are_told_from_those_who_are_only_mentioned(roles: RoleIndex) -> None:
    took_part = {located.record.label for located in roles.records if located.record.participant}
    assert {"diabetes specialist nurse", "community pharmacist", "practice nurse"} <= took_part
    assert not took_part & {"surgeon", "care manager", "patient", "cardiology", "dose manager"}


def test_the_people_who_made_the_study_are_no_roles_of_it(roles: RoleIndex) -> None:
    assert roles.resolve("researcher") is None


def test_members_of_a_group_point_to_it(roles: RoleIndex) -> None:
    group = named(roles, "primary care provider")
    assert named(roles, "GP").broader == group.iri
    assert named(roles, "practice nurse").broader == group.iri
    assert named(roles, "community pharmacist").broader is None


def test_a_field_of_care_that_acts_is_a_role(roles: RoleIndex) -> None:
    assert named(roles, "cardiology").label == "cardiology"


def test_relatives_are_the_family_and_keep_their_names(roles: RoleIndex) -> None:
    family = named(roles, "family")
    assert "husband" in family.alternatives
    assert family.participant is False


def test_records_hold_the_words_they_rest_on(reading: Reading, roles: RoleIndex) -> None:
    for located in roles.records:
        record = located.record
        assert record.spans, record.label
        for span in record.spans:
            assert reading.stored[span.start : span.end] == span.exact
        assert record.iri == mint("Role", "https://example.org/study", "Role", record.label.casefold())
    definition = next(s.exact for s in named(roles, "DSN").spans if "(" in s.exact)
    assert definition == "diabetes specialist nurses (DSNs)"


def test_mentions_are_sorted_apart_and_complete(reading: Reading, roles: RoleIndex) -> None:
    mentions = roles.mentions
    assert all(one.end <= other.start for one, other in pairwise(mentions))
    nurse = named(roles, "DSN").iri
    words = [reading.text[m.start : m.end] for m in mentions if m.role == nurse]
    assert words.count("DSNs") >= 3
    assert "DSN" in words
    assert "diabetes specialist nurses" in words
    known = {located.record.iri for located in roles.records}
    assert {m.role for m in mentions} <= known


@pytest.mark.parametrize(
    "words",
    [
        "The patient record was late.",
        "They wanted nurse-led and patient-centred clinics.",
        "We listed barriers and facilitators.",
    ],
)
def test_words_that_only_describe_a_thing_name_no_role(words: str) -> None:
    assert labels(words) == set()


def test_a_modifier_before_a_thing_is_no_mention() -> None:
    reading, roles = index_of("The nurse kept the patient record. The patient asked for the patient record.")
    patient = roles.resolve("patient")
    assert [reading.text[m.start - 4 : m.end] for m in roles.mentions if m.role == patient] == ["The patient"]


def test_a_compound_that_the_paper_uses_again_is_a_role_of_its_own() -> None:
    text = "Ward pharmacists met the bed managers. The bed managers told a bed manager nothing. A manager listened."
    assert "bed manager" in labels(text)
    assert "bed manager" not in labels("Once, kind managers left.")


def test_a_word_in_front_that_makes_no_role_stays_a_name_of_the_plain_one() -> None:
    _, roles = index_of(
        "Nurses spoke to clinic physicians. Physicians answered nurses, and physicians wrote. Clinic physicians left."
    )
    assert roles.resolve("clinic physicians") == roles.resolve("physician")


def test_other_in_front_is_kept_as_a_name() -> None:
    _, roles = index_of("Nurses blamed other clinical team members for it.")
    assert any("other clinical team member" in located.record.alternatives for located in roles.records)


def test_what_editors_add_in_brackets_makes_another_role() -> None:
    found = labels("Two PAs wrote. So I called the PA [embedded in the ward] about it, and the PA came.")
    assert "PA embedded in the ward" in found
    assert len([label for label in found if label.startswith(("PA", "physician assistant"))]) == 2


def test_an_abbreviation_that_means_something_else_here_is_no_role() -> None:
    assert labels("Physical activity (PA) helps. PAs were counted and NP was not.") == set()


def test_an_abbreviation_of_the_vocabulary_needs_its_case() -> None:
    assert labels("He can do it. So can I, says ma.") == set()


def test_joined_modifiers_are_read_apart() -> None:
    assert "radiation oncologist" in labels("We could not ask medical and radiation oncologists.")


def test_patients_are_one_role_whatever_they_suffer_from() -> None:
    _, roles = index_of("Patients with advanced cancer waited. People with dementia did not. A patient left.")
    assert roles.resolve("patients with advanced cancer") == roles.resolve("patient")
    assert roles.resolve("people with dementia") == roles.resolve("patient")


def test_without_other_participants_the_patients_took_part() -> None:
    _, roles = index_of("Participants told us about their doctor. Patients trusted the doctor.")
    assert named(roles, "patient").participant is True
    assert named(roles, "doctor").participant is False


def test_names_resolve_in_any_case_and_number(roles: RoleIndex) -> None:
    assert roles.resolve("Community Pharmacists") == roles.resolve("community pharmacist") is not None
    assert roles.resolve("astronaut") is None


def test_the_concepts_that_rules_name_exist() -> None:
    notations = {concept.notation for concept in load_vocabulary().scheme("role")}
    assert STUDY_MAKERS | TOPS | {"patient", "family-member", "health-care-provider"} <= notations
    assert lexicon().named("family physicians") is not None
    assert lexicon().named("oncology") is None


@pytest.mark.parametrize(("plural", "one"), [("physicians", "physician"), ("wives", "wife"), ("boss", "boss")])
def test_singular(plural: str, one: str) -> None:
    assert singular(plural) == one
