"""Statements in tables and boxes that say what they list."""

from ingest.extract.cells import Item, items_of, listed_as
from ingest.reading import Block, Reading, Section


def table(caption: str, body: str) -> Reading:
    text = f"{caption}\n\n{body}"
    start = len(caption) + 2
    return Reading(
        document="d",
        stored=text,
        text=text,
        offsets=tuple(range(len(text))),
        cuts=(),
        sections=(Section("table", caption, 0, len(caption), 0, len(text), 1),),
        blocks=(Block("heading", 0, len(caption), 0), Block("table", start, len(text), 0)),
        sentences=(),
    )


def told(reading: Reading) -> list[tuple[str, str]]:
    return [(listed_as(one.listed), reading.text[one.start : one.end]) for one in items_of(reading)]


def test_a_column_says_what_its_cells_are_whatever_the_caption_is_about() -> None:
    body = "Topic\tBarriers\tFacilitators\nCalls\tNobody picks up the phone\tA named nurse for each practice"
    assert told(table("Table 2 What was found on calls", body)) == [
        ("hindering", "Nobody picks up the phone"),
        ("helping", "A named nurse for each practice"),
    ]


def test_a_row_rules_the_rows_below_it() -> None:
    body = "Barriers\nNo shared list of tests\nLetters that come late\nEnablers\nOne number for each ward"
    assert told(table("Box 1 Findings", body)) == [
        ("hindering", "No shared list of tests"),
        ("hindering", "Letters that come late"),
        ("helping", "One number for each ward"),
    ]


def test_a_caption_rules_bullets_and_leaves_out_numbers_and_quotations() -> None:
    body = "Domain\tWhat to do\tn (%)\nWards\t• Name one contact • Send letters early\t12 (30)\n"
    body += "All\t“Just call us back please”\t3"
    assert told(table("Table 3 Recommended strategies against barriers", body)) == [
        ("acting", "Name one contact"),
        ("acting", "Send letters early"),
    ]


def test_tables_on_methods_and_on_both_sides_at_once_tell_nothing() -> None:
    body = "What stopped you from calling the ward?\nWho helped you to plan the tests?"
    assert told(table("Table 1 Interview questions on barriers", body)) == []
    assert told(table("Table 1 Barriers and facilitators", body)) == []


def test_items_name_their_block() -> None:
    (only,) = items_of(table("Box 2 Recommendations", "Give every ward a phone"))
    assert only == Item(23, 46, "Box 2 Recommendations", 1)


def test_what_people_do_to_cope_is_no_proposal() -> None:
    assert listed_as("their coping strategies were") == "helping"
    assert listed_as("the strategies that they asked for were") == "acting"


def test_numbered_items_of_a_cell_are_statements_of_their_own() -> None:
    body = "Topic\tWhat to do\nWards\tFor nurses: 1. Name one contact 2. Send letters early, and 1) Call back twice"
    assert [words for _, words in told(table("Table 3 Recommendations", body))] == [
        "Name one contact",
        "Send letters early, and",
        "Call back twice",
    ]


def test_a_number_alone_and_numbers_that_do_not_count_part_no_cell() -> None:
    body = "Topic\tWhat to do\nWards\tName one contact as in 1. East ward\nHomes\tSend letters in 12. May and later"
    assert [words for _, words in told(table("Table 3 Recommendations", body))] == [
        "Name one contact as in 1. East ward",
        "Send letters in 12. May and later",
    ]


def test_what_a_cell_asks_is_no_statement() -> None:
    body = (
        "Topic\tWhat to do\nWhat should managers do?\tGive every ward a phone\n(Who should write it?)\tThe clerk does"
    )
    assert [words for _, words in told(table("Table 3 Recommendations", body))] == [
        "Give every ward a phone",
        "The clerk does",
    ]
