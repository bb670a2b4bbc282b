"""Quotations in tables, and tables that tell who the speakers are."""

import pytest

from tests.ingest.extract.test_quotes_jats import found, words
from tests.ingest.extract.test_quotes_layouts import rows


def people(*lines: tuple[str, ...], heads: tuple[str, ...]) -> str:
    head = "".join(f"<th>{cell}</th>" for cell in heads)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in line)}</tr>" for line in lines)
    return (
        "<table-wrap><caption><p>Who took part</p></caption>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></table-wrap>"
    )


SAID = "<p>Letters were lost. “I ring the ward twice before lunch” ({tag}).</p>"


@pytest.mark.parametrize("tag", ["#3", "P3", "Participant 3", "P3, north"])
@pytest.mark.parametrize("head", ["Code #", "Participant number", "ID", "Participant"])
def test_a_table_of_participants_tells_what_their_numbers_are(tag: str, head: str) -> None:
    table = people(
        ("1", "Patient", "44"),
        ("2", "Patient", "61"),
        ("3", "Male nurse", "38"),
        ("4", "Nurse", "29"),
        heads=(head, "Position", "Age"),
    )
    assert found(table + SAID.format(tag=tag)) == [("I ring the ward twice before lunch", tag, "nurse")]


def test_a_table_of_first_names_and_of_letters_with_numbers() -> None:
    names = people(("Ama", "nurse"), ("Efua", "patient"), ("Kofi", "patient"), heads=("Pseudonym", "Role"))
    assert found(names + SAID.format(tag="Ama, 44 years")) == [
        ("I ring the ward twice before lunch", "Ama, 44 years", "nurse")
    ]
    codes = people(("K1", "patient"), ("K2", "nurse"), ("K3", "patient"), heads=("Code", "Role"))
    assert found(codes + SAID.format(tag="K2")) == [("I ring the ward twice before lunch", "K2", "nurse")]


def test_numbers_that_two_tables_give_to_different_people_tell_nobody() -> None:
    north = people(("1", "nurse"), ("2", "nurse"), ("3", "nurse"), heads=("Participant", "Role"))
    south = people(("1", "patient"), ("2", "patient"), ("3", "patient"), heads=("Participant", "Role"))
    assert [role for _, _, role in found(north + south + SAID.format(tag="#3"))] == [None]


def test_a_number_with_a_cross_signs_a_few_words() -> None:
    inside = "<p>They rely on doctors as “it is not my job” (#1) or “there is no time” (#12) to see to it.</p>"
    assert [(one, speaker) for one, speaker, _ in found(inside)] == [
        ("it is not my job", "#1"),
        ("there is no time", "#12"),
    ]


def test_a_mark_that_never_closes_takes_nothing_from_the_cells_behind_it() -> None:
    inside = rows(
        ("Nurse 3", "“I ring the ward. It comes down to “who has the key?” (nurse)"),
        ("Patient 5", "“They never ring me back.” (patient)"),
        ("Patient 6", "“We sat there for hours.” (patient)"),
    )
    assert words(inside) == [
        "I ring the ward. It comes down to “who has the key?”",
        "They never ring me back.",
        "We sat there for hours.",
    ]


@pytest.mark.parametrize(
    "caption", ["Questionnaire of views on the ward", "Interview guide", "Sample questions from the topic guide"]
)
def test_a_questionnaire_in_a_table_holds_no_quotations(caption: str) -> None:
    inside = (
        f"<table-wrap><caption><p>{caption}</p></caption><table><tbody><tr><td>Q1: Why do you want to ring us?</td>"
        "<td>A: I will ring you for years B: I will never ring you again</td></tr>"
        "<tr><td>Q2: Why don’t you write?</td><td>A: We don’t like it</td></tr></tbody></table></table-wrap>"
    )
    assert words(inside) == []
    assert words(inside.replace(caption, "What nurses told")) != []


def test_codes_in_a_table_where_nobody_speaks_sign_nothing() -> None:
    cells = [
        ("Nettle leaves cooked. (AB07)", "Tea"),
        ("Mint of the marsh. (AB08)", "Oil"),
        ("Dill seed. (AB09)", "Tea"),
    ]
    assert words(people(*cells, heads=("Plant", "Use"))) == []
    spoken = [
        ("I cook the nettle leaves. (AB07)", "Tea"),
        ("We never use our mint. (AB08)", "Oil"),
        ("I sell it. (AB09)", "No"),
    ]
    assert words(people(*spoken, heads=("Answer", "Use")))[:2] == [
        "I cook the nettle leaves.",
        "We never use our mint.",
    ]
