"""Positions, rules of thumb, circumstances and disagreements of small papers that were written for these tests."""

import pytest

from ingest.extract.findings import FindingParts, extract_findings
from ingest.extract.quotes.extraction import extract_quotes
from ingest.extract.roles.extraction import extract_roles
from ingest.readers import read
from ontology.model import Position

STUDY = "https://w3id.org/carekg/id/study/0"
PAPER = """Who doses insulin after discharge

METHODS

This was a qualitative interview study. We interviewed 9 diabetologists, 8 general practitioners (GPs) and 4 surgeons.
Interviews were analysed by thematic analysis.

RESULTS

{body}

“I see him every month and I know what he eats, so it is no trouble to me to change the dose a little.” (GP 3)

“The dose on the letter is the dose of a man in bed who eats what we bring him and it cannot last.” (Diabetologist 2)

“Nobody rings me when the dose is changed and I read it in a letter that is older than the dose is by then.” (GP 5)

DISCUSSION

{discussion}
"""


def parts_of(body: str, discussion: str = "Nothing more was said.") -> tuple[FindingParts, dict[str, str]]:
    reading = read(PAPER.format(body=body, discussion=discussion).encode(), "paper.txt").reading
    roles = extract_roles(reading, STUDY)
    quotes, _ = extract_quotes(reading, STUDY, roles)
    parts = extract_findings(reading, STUDY, roles, quotes, ())
    return parts, {one.record.iri: one.record.abbreviation or one.record.label for one in roles.records}


def only(body: str) -> tuple[Position, dict[str, str]]:
    parts, names = parts_of(body)
    assert len(parts.positions) == 1, [one.record for one in parts.positions]
    return parts.positions[0].record, names


@pytest.mark.parametrize(
    ("body", "answer", "question"),
    [
        ("GPs felt they should adjust the dose at home.", "GP", "who should adjust the dose at home"),
        ("Most diabetologists believed that GPs should adjust the dose.", "GP", "who should adjust the dose"),
        ("GPs said that it was their responsibility to adjust the dose.", "GP", "who should adjust the dose"),
        (
            "Diabetologists believed that one clinician should adjust the dose.",
            "one provider",
            "who should adjust the dose",
        ),
        ("Diabetologists wanted the GP to adjust the dose.", "GP", "who should adjust the dose"),
        ("GPs did not want to adjust the dose.", "not GP", "who should adjust the dose"),
        ("Diabetologists felt that the dose should be adjusted by the GP.", "GP", None),
        ("GPs wanted to negotiate who should adjust the dose.", "to be negotiated", "who should adjust the dose"),
        (
            "Diabetologists depicted themselves as having authority over the first dose.",
            "diabetologist",
            "who should have authority over the first dose",
        ),
        ("GPs found that it makes sense for the diabetologist to set the dose.", "diabetologist", None),
        ("GPs felt that diabetologists were best placed to set the dose.", "diabetologist", "who should set the dose"),
    ],
)
def test_who_should_do_what(body: str, answer: str, question: str | None) -> None:
    position, names = only(body)
    assert position.answer == answer
    if question is not None:
        assert position.question == question
    named = {name: iri for iri, name in names.items()}
    assert position.answer_role == named.get(answer)
    assert [names[iri] for iri in position.held_by] == [
        body.removeprefix("Most ").split()[0].rstrip("s").replace("Diab", "diab")
    ]


@pytest.mark.parametrize(
    "body",
    [
        "GPs felt that patients should eat less bread.",
        "Diabetologists felt that the programme should be offered to everybody.",
        "GPs had control over their own diary and said so.",
        "GPs reported that training should be better.",
        "Diabetologists said that the dose was changed twice.",
    ],
)
def test_what_names_nobody_to_act_is_no_position(body: str) -> None:
    parts, _ = parts_of(body)
    assert [one.record.statement for one in parts.positions] == []


def test_the_span_is_the_clause_and_its_condition_is_told() -> None:
    position, _ = only(
        "However, if the kidneys fail, GPs felt that diabetologists should adjust the dose, because it is risky."
    )
    assert position.statement == "if the kidneys fail, GPs felt that diabetologists should adjust the dose"
    assert position.condition == "if the kidneys fail"


def test_a_participants_own_words_are_a_position_of_that_role() -> None:
    quote = "“He has a pump, so I do want the diabetologist to adjust the dose, because I never saw one.” (GP 8)"
    parts, names = parts_of(quote)
    found = parts.positions[0].record
    assert (
        found.statement == "I do want the diabetologist to adjust the dose"
        or "want the diabetologist" in found.statement
    )
    assert ([names[i] for i in found.held_by], found.answer) == (["GP"], "diabetologist")


def test_rules_of_thumb_are_split_and_said_again_in_other_words_they_stay_one() -> None:
    body = "One GP said that the main prescriber should be the person who knows what the patient eats."
    told = (
        "We found that GPs used rules (i.e., the provider who sees the patient most often, the person who started the "
        "drug, or the clinician who knows what the patient eats) to determine who should dose."
    )
    parts, _ = parts_of(body, told)
    assert [one.record.label for one in parts.rules] == [
        "The main prescriber should be the person who knows what the patient eats",
        "The provider who sees the patient most often",
        "The person who started the drug",
    ]
    assert len(parts.rules[0].record.spans) == 2


def test_a_sign_that_it_is_time_to_take_over_is_a_rule() -> None:
    parts, names = parts_of(
        "Diabetologists described that a second low is a point where it is time for them to take over the dosing."
    )
    rule = parts.rules[0].record
    assert rule.condition == "a second low"
    assert rule.role is not None and names[rule.role] == "diabetologist"


def test_lists_of_people_that_decide_nothing_are_no_rules() -> None:
    parts, _ = parts_of("GPs spoke with many people (e.g., the nurse who weighs the patient, or the cook who was new).")
    assert parts.rules == ()


def test_circumstances_are_each_case_once_with_all_its_places() -> None:
    body = (
        "GPs understood that there are situations where multiple providers are needed (e.g., a pregnancy). In the case "
        "of a kidney transplant, GPs wanted help.\n\n"
        "Another situation that might warrant several prescribers is pregnancy."
    )
    told = (
        "Our results show that there are times when several clinicians are needed (e.g., when steroids are given, or "
        "during pregnancy)."
    )
    parts, _ = parts_of(body, told)
    assert {one.record.label: len(one.record.spans) for one in parts.circumstances} == {
        "Pregnancy": 3,
        "Kidney transplant": 1,
        "Steroids are given": 1,
    }


def test_roles_that_each_answer_themselves_disagree() -> None:
    parts, names = parts_of("GPs felt they should adjust the dose. Diabetologists felt they should adjust the dose.")
    found = parts.disagreements[0].record
    assert found.scope == "between roles"
    assert [names[iri] for iri in found.roles] == ["GP", "diabetologist"]
    assert set(found.between) == {one.record.iri for one in parts.positions}


def test_one_role_may_disagree_within_itself_and_one_prescriber_be_qualified() -> None:
    body = (
        "GPs felt they should adjust the dose.\n\nOther GPs did not want to adjust the dose.\n\n"
        "Surgeons believed one person should adjust the dose.\n\n"
        "Surgeons said that there are cases where several clinicians are needed to adjust the dose."
    )
    parts, _ = parts_of(body)
    assert {one.record.scope for one in parts.disagreements} == {"within a role", "qualification"}


def test_agreement_is_no_disagreement() -> None:
    parts, _ = parts_of(
        "GPs felt they should adjust the dose. Diabetologists believed that GPs should adjust the dose."
    )
    assert parts.positions and parts.disagreements == ()


def test_authors_who_say_that_people_disagree_are_taken_at_their_word() -> None:
    parts, names = parts_of("GPs disagreed with diabetologists on what a safe dose is.")
    found = parts.disagreements[0].record
    assert {names[iri] for iri in found.roles} == {"GP", "diabetologist"}
