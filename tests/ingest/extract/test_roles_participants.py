"""Who took part: rows of tables, people named in passing, and those who carry a study out."""

import pytest

from ingest.extract.roles.extraction import extract_roles
from ingest.readers import read
from ontology.model import Role

START = "Letters at night\n\nMETHODS\n\n{methods}\n\nRESULTS\n\nNurses said that letters came late.\n"
METHODS = "We held ten interviews. Participants signed a form."


def participants(methods: str, table: str = "") -> set[str]:
    reading = read((START.format(methods=methods) + table).encode(), "a.txt").reading
    return {one.record.label for one in extract_roles(reading, "s").records if one.record.participant}


def in_table(caption: str, *rows: str) -> set[str]:
    return {role.label for role in roles_in_table(caption, *rows) if role.participant}


def roles_in_table(caption: str, *rows: str) -> list[Role]:
    cells = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row.split("|")) + "</tr>" for row in rows)
    article = (
        "<article><front><article-meta><title-group><article-title>Letters</article-title></title-group>"
        "</article-meta></front><body><sec><title>Methods</title><p>We held interviews with participants.</p></sec>"
        "<sec><title>Results</title><p>Letters came late.</p><table-wrap><label>Table 1</label>"
        f"<caption><title>{caption}</title></caption><table><tbody>{cells}</tbody></table></table-wrap></sec>"
        "</body></article>"
    )
    reading = read(article.encode(), "a.xml").reading
    return [one.record for one in extract_roles(reading, "s").records]


def test_rows_count_those_whose_name_opens_them() -> None:
    assert "nurse" in in_table("Characteristics of participants", "Nurses|12 (40)", "Midwives|3 (10)")


@pytest.mark.parametrize(
    ("row", "role"),
    [
        ("Fear for a family member|4", "family member"),
        ("Factory workers|7 (20)", "factory worker"),
        ("Friend|2 (6)", "friend"),
    ],
)
def test_rows_about_something_else_count_nobody(row: str, role: str) -> None:
    assert role not in in_table("Characteristics of participants", row, "Age|47 (9)")


def test_relatives_are_counted_where_the_table_is_about_them() -> None:
    assert "spouse" in in_table("Characteristics of family caregivers", "Spouse|8 (40)", "Other|12 (60)")


@pytest.mark.parametrize(
    ("methods", "role"),
    [
        ("The plan lowered the number of visits to the doctor. We held interviews with 12 women.", "doctor"),
        ("We held interviews with 12 women. After the interviews, two staff members coded the notes.", "staff member"),
        ("Research staff enrolled each participant. We held interviews with 12 women.", "research staff"),
    ],
)
def test_those_named_in_passing_or_who_do_the_work_took_no_part(methods: str, role: str) -> None:
    assert role not in participants(methods)


def test_those_who_were_enrolled_took_part() -> None:
    assert "nurse" in participants("Twelve nurses were enrolled. Interviews lasted one hour.")


def test_advice_in_the_conclusions_of_an_abstract_makes_nobody_a_participant() -> None:
    text = (
        "Letters at night\n\nABSTRACT\n\nMETHODS: We held interviews with 12 nurses.\nRESULTS: Letters came late.\n"
        "CONCLUSIONS: The study shows what should be considered by managers and pharmacists when they plan.\n"
    )
    found = extract_roles(read(text.encode(), "a.txt").reading, "s").records
    assert {one.record.label for one in found if one.record.participant} == {"nurse"}


def test_those_who_are_the_answer_to_a_question_of_a_table_took_no_part() -> None:
    rows = ("1|Who fetches the letters|Nurse: 10|Nurse: 6", "||Doctor: 0|Doctor: 4")
    assert not {"nurse", "doctor"} & in_table("Answers of households", *rows)
    assert "nurse" in in_table("Characteristics", "Who fetches the letters|Father: 10", "Nurses|12 (40)")


def test_of_two_who_may_have_taken_part_the_first_did() -> None:
    said = "We interviewed ten mothers. The letters of participating women or children were counted as numbers (%)."
    assert participants(said) == {"mother"}
    assert "nurse" in participants("We interviewed doctors or nurses.")


def test_talks_by_their_short_names_gather_people() -> None:
    assert participants("IDIs were held with carers, while FGDs were conducted with village heads.") == {
        "carer",
        "village head",
    }


def test_whom_somebody_has_who_was_interviewed_took_no_part() -> None:
    said = "We interviewed ten mothers. They could speak about worries from the interview with their own midwives."
    assert participants(said) == {"mother"}
    assert "midwife" in participants("We interviewed ten mothers and held interviews with their own midwives.")


def test_views_that_somebody_is_to_change_are_not_those_that_are_studied() -> None:
    text = (
        "Letters at night\n\nABSTRACT\n\nAIM: {} We explore what they think.\nMETHODS: We held interviews with "
        "12 nurses.\n\nMETHODS\n\nWe met the nurses and the parents.\n"
    )
    told = {
        said: extract_roles(read(text.format(said).encode(), "a.txt").reading, "s").records
        for said in ("Nurses can improve parents’ understanding of letters.", "We describe parents’ understanding.")
    }
    took_part = [{one.record.label for one in found if one.record.participant} for found in told.values()]
    assert took_part == [{"nurse"}, {"nurse", "parent"}]


def test_children_whom_somebody_has_took_no_part() -> None:
    said = "We interviewed ten mothers. The respondents were married, and parity ranged between 1 and 8 children."
    assert participants(said) == {"mother"}
    assert "child" not in in_table("Characteristics", "Parity|First child|13", "|Nurse|4")
    assert "pupil" not in in_table("Characteristics", "Occupation|Pupil|13", "|Nurse|4")
    assert "pupil" in in_table("Characteristics", "Kind|Pupil|13", "|Nurse|4")


def test_the_rows_of_a_table_that_counts_people_are_roles_as_they_stand() -> None:
    rows = ("Midwife|3 (10%)", "Night midwife|2 (7%)", "Money desk officer|1 (3%)", "Nurse (ward)|4", "Porters|2")
    found = in_table("Who came", *rows, "Others (planner, ward clerk)|2")
    assert {"midwife", "night midwife", "money desk officer", "nurse"} <= found
    assert "planner" in {role.label for role in roles_in_table("Who came", *rows, "Others (planner, ward clerk)|2")}


def test_rows_on_what_participants_live_on_are_none() -> None:
    found = roles_in_table("Who came", "Mill worker|3 (10%)", "Town worker|2 (7%)", "Bank worker|1 (3%)", "Nurse|1")
    assert not {"mill worker", "town worker"} & {role.label for role in found}


def test_leadership_that_is_measured_is_no_role() -> None:
    found = roles_in_table("What was measured", "Teamwork|0.4 (3.1)", "Leadership|3.1 (4.9)", "Nurse ties|1.8 (2.6)")
    assert "leadership" not in {role.label for role in found}


def test_nobody_asks_the_newborn() -> None:
    assert "newborn" not in participants(
        "We explored the views of newborns and of nurses. Nine newborns were enrolled."
    )


def test_whom_somebody_has_who_speaks_in_a_cell_took_no_part() -> None:
    rows = ("Nurse 2|“I ring late, I have two parents and three secretaries at home”", "Nurse 3|“I wait, I write”")
    assert not {"parent", "secretary"} & in_table("What they said", *rows)


def test_rows_beside_the_unemployed_tell_what_people_live_on() -> None:
    rows = ("Women|12 (40)", "Paid work|4 (10)", "Teacher|3 (10)", "Student|2 (5)", "Unemployed|4 (10)")
    assert not {"teacher", "student"} & {role.label for role in roles_in_table("Who came", *rows)}


@pytest.mark.parametrize(("topic", "heard"), [("the letters that patients get", True), ("letters", False)])
def test_patients_who_are_not_named_before_the_results_did_not_take_part(topic: str, heard: bool) -> None:
    said = "<p>One participant wept when patients leave.</p>" * 200
    article = (
        "<article><front><article-meta><title-group><article-title>Letters</article-title></title-group>"
        f"<abstract><p>We held talks about {topic}.</p></abstract></article-meta></front><body><sec><title>Methods"
        f"</title><p>{METHODS}</p></sec><sec><title>Results</title>{said}</sec></body></article>"
    )
    reading = read(article.encode(), "a.xml").reading
    roles = [one.record for one in extract_roles(reading, "s").records if one.record.participant]
    assert [role.label for role in roles] == (["patient"] if heard else [])


def test_those_whose_views_a_study_identifies_take_part() -> None:
    aim = "To identify the general public’s perceptions of letters at night. We asked participants in four towns."
    text = f"Letters at night\n\nAbstract\n\n{aim}\n\nMethods\n\n{METHODS}\n\nResults\n\nLetters came late.\n"
    reading = read(text.encode(), "a.txt").reading
    assert {r.record.label for r in extract_roles(reading, "s").records if r.record.participant} == {"general public"}
