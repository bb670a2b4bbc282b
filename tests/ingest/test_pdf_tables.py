"""Tables of PDFs as rows of cells: each test is a way in which publishers set them, in words of our own."""

import pytest

from ingest.readers import read
from ingest.readers.contents import ReadDocument
from ingest.stage import Meta, parse
from ontology.model import Quote
from tests.ingest.pdf_maker import Page, pdf
from tests.ingest.test_pdf import LEFT, RIGHT, blocks

HEADS = ["Theme", "Quote", "Who"]
ROWS = [
    (
        ["Lists that", "nobody reads"],
        ["“I ring the ward and they tell me", "to ring some other ward, which I", "do”"],
        ["Nurse 4"],
    ),
    ([], ["“We found three lists in one bed-", "room, all of them old”"], ["Nurse 7"]),
    (["Time"], ["“There is no hour of the day when", "a pharmacist could come”"], ["Sister 2"]),
]
WORDS = [
    "Lists that nobody reads\t“I ring the ward and they tell me to ring some other ward, which I do”\tNurse 4",
    "\t“We found three lists in one bedroom, all of them old”\tNurse 7",
    "Time\t“There is no hour of the day when a pharmacist could come”\tSister 2",
]


def table(page: Page, x: float, y: float, rows: list[tuple[list[str], ...]], *, gap: float = 4) -> float:
    """Draw rows of cells below their heads, apart from each other by a gap, and return where they end."""
    page.rule(x, x + 240, y)
    for column, head in enumerate(HEADS):
        page.text(x + (0, 60, 200)[column], y + 10, head, font="hb", size=8)
    page.rule(x, x + 240, y + 14)
    y += 24
    for row in rows:
        for column, cell in enumerate(row):
            page.lines(x + (0, 60, 200)[column], y, cell, font="h", size=8, step=10)
        y += 10 * max(map(len, row)) + gap
    return y


def quotes(document: bytes) -> list[Quote]:
    """Return the quotations that are found in a PDF."""
    (part,) = parse(document, Meta("a.pdf")).parts
    return [record for record in part.records if isinstance(record, Quote)]


def rows_of(found: ReadDocument) -> list[str]:
    """Return the rows of all tables."""
    return [row for block in blocks(found, "table") for row in block.split("\n")]


def test_lines_of_a_cell_are_together_and_rows_end_at_wider_gaps() -> None:
    page = Page()
    page.lines(50, 60, LEFT * 3)
    page.lines(320, 60, RIGHT * 8)
    page.text(50, 300, "Table 1", font="hb", size=8).text(50, 310, "What the nurses said", font="h", size=8)
    page.rule(50, 290, table(page, 50, 316, ROWS))
    document = pdf(page)
    found = read(document, "a.pdf")
    assert rows_of(found) == ["Theme\tQuote\tWho", *WORDS]
    assert "Table 1 What the nurses said" in [section.heading for section in found.reading.sections]
    for quote in quotes(document):
        assert "\t" not in quote.exact
        assert found.document.text[quote.start : quote.end] == quote.exact


@pytest.mark.parametrize("next_page", [False, True])
def test_a_table_goes_on_in_the_next_column_without_its_head(next_page: bool) -> None:
    page = Page()
    page.lines(50, 60, (LEFT * 12)[:40])
    page.text(50, 560, "Table 1. What the nurses said", font="hb", size=8)
    table(page, 50, 566, ROWS[:2])
    other = Page() if next_page else page
    if next_page:
        page.lines(320, 60, (RIGHT * 20)[:50])
    x = 50 if next_page else 320
    y = table(other, x, 52, ROWS[2:])
    other.rule(x, x + 240, y)
    other.lines(x, y + 30, RIGHT * 8)
    found = read(pdf(page, other) if next_page else pdf(page), "a.pdf")
    assert rows_of(found) == ["Theme\tQuote\tWho", *WORDS]
    assert "pharmacist could come" not in " ".join(blocks(found, "paragraph"))


def test_references_in_small_letters_are_no_rest_of_a_table() -> None:
    page = Page()
    page.lines(50, 60, (LEFT * 12)[:40])
    page.text(50, 560, "Table 1. What the nurses said", font="hb", size=8)
    page.rule(50, 290, table(page, 50, 566, ROWS))
    page.text(320, 60, "References", font="hb", size=12)
    for number in range(20):
        page.text(320, 80 + 20 * number, f"{number + 1}. Meyer A. Calls at night. Ward", font="h", size=8)
        page.text(320, 90 + 20 * number, f"Letters 20{number + 10}; 4: 1–9.", font="h", size=8)
    found = read(pdf(page), "a.pdf")
    assert rows_of(found) == ["Theme\tQuote\tWho", *WORDS]


def test_a_heading_below_a_table_is_none_of_it() -> None:
    page = Page()
    page.text(50, 60, "Table 1. What the nurses said", font="hb", size=8)
    y = table(page, 50, 66, ROWS)
    page.rule(50, 290, y).text(50, y + 16, "What we make of it", font="hb", size=13)
    page.lines(50, y + 32, LEFT * 8)
    page.lines(320, 60, RIGHT * 12)
    found = read(pdf(page), "a.pdf")
    assert "make of it" not in " ".join(rows_of(found))


def test_rows_of_one_line_between_the_rules_of_a_table_are_apart() -> None:
    page = Page()
    page.lines(50, 60, LEFT * 3)
    page.text(50, 300, "Table 1. Calls", font="hb", size=8).rule(50, 290, 304).rule(50, 290, 320).rule(50, 290, 390)
    for number, row in enumerate(["Ward Calls Answered", "North 12 7", "South 14 9", "East 10 8", "West 9 3"]):
        for column, cell in enumerate(row.split()):
            page.text((50, 150, 220)[column], 314 + 14 * number, cell, font="h", size=8)
    page.lines(50, 430, LEFT * 4)
    assert rows_of(read(pdf(page), "a.pdf"))[1:] == ["North\t12\t7", "South\t14\t9", "East\t10\t8", "West\t9\t3"]


def test_a_first_cell_may_go_on_beside_several_rows() -> None:
    page = Page()
    page.lines(50, 60, LEFT * 3)
    page.text(50, 300, "Table 1. What the nurses said", font="hb", size=8)
    y = table(page, 50, 306, [([], *ROWS[0][1:]), ([], *ROWS[1][1:]), *ROWS[2:]])
    page.lines(50, 330, ["Lists that", "nobody on", "either of our", "wards reads"], font="h", size=8, step=10)
    page.rule(50, 290, y)
    page.lines(50, y + 40, LEFT * 4)
    found = rows_of(read(pdf(page), "a.pdf"))
    said = [row.replace(WORDS[0].split("\t")[0], "") for row in WORDS]
    assert found[1:] == [f"Lists that nobody on either of our wards reads{said[0]}", *said[1:]]


def test_a_rule_may_be_drawn_over_one_narrow_cell_after_the_other() -> None:
    page = Page()
    page.lines(50, 60, LEFT * 3)
    page.text(50, 300, "Table 1. Calls", font="hb", size=8)
    for number in range(12):
        for y in (304, 320, 390):
            page.rule(50 + 20 * number, 70 + 20 * number, y)
    for number, row in enumerate(["Ward Calls Kept", "North 12 7", "South 14 9", "East 10 8", "West 9 3"]):
        for column, cell in enumerate(row.split()):
            page.text((50, 170, 270)[column], 314 + 14 * number, cell, font="h", size=8)
    page.lines(50, 400, LEFT * 4)
    found = read(pdf(page), "a.pdf")
    assert rows_of(found) == ["Ward\tCalls\tKept", "North\t12\t7", "South\t14\t9", "East\t10\t8", "West\t9\t3"]


def test_a_caption_below_its_table_has_no_rows_under_it() -> None:
    page = Page()
    page.lines(50, 60, LEFT * 3)
    page.rule(50, 290, table(page, 50, 150, ROWS))
    page.text(50, 262, "Table 1. What the nurses said", font="hb", size=8)
    page.rule(50, 290, 266)
    page.lines(50, 300, LEFT * 8)
    assert "Table 1. What the nurses said" in [section.heading for section in read(pdf(page), "a.pdf").reading.sections]


def test_a_caption_below_the_last_rule_takes_the_rows_between_the_rules() -> None:
    page = Page()
    for row, cells in enumerate(
        [("Role", "Part in the ward"), ("Sister", "Rings the practice of a patient on the day")]
    ):
        page.text(52, 60 + 14 * row, cells[0], font="" if row else "b")
        page.text(150, 60 + 14 * row, cells[1], font="" if row else "b")
    page.rule(50, 550, 48).rule(50, 550, 64).rule(50, 550, 80)
    page.text(150, 92, "Table 1: Who took part (all of one ward)", font="b")
    page.lines(50, 130, LEFT * 6)
    page.lines(320, 130, RIGHT * 6)
    found = read(pdf(page), "a.pdf")
    assert rows_of(found) == ["Role\tPart in the ward", "Sister\tRings the practice of a patient on the day"]
    assert "Rings the practice" not in " ".join(blocks(found, "paragraph"))


def test_lines_that_are_centred_below_a_caption_belong_to_it() -> None:
    page = Page()
    page.text(50, 60, "Figure 1. Who rings whom in the two wards on a day with letters", font="hb", size=8)
    page.text(101.5, 70, "and on a day without (2021 and 2022)", font="hb", size=8)
    page.lines(50, 110, LEFT * 6)
    found = read(pdf(page), "a.pdf")
    assert "on a day with letters and on a day without (2021" in " ".join(s.heading for s in found.reading.sections)


@pytest.mark.parametrize("label", ["Table", "Box"])
def test_the_only_table_of_a_paper_may_have_no_number(label: str) -> None:
    page = Page()
    page.lines(50, 60, LEFT * 3)
    page.text(50, 290, f"{label}. What the nurses said", font="hb", size=8)
    page.rule(50, 290, table(page, 50, 300, ROWS))
    page.lines(50, 440, [*LEFT, "as all of them told us who took part (Table). Others", "did not say it."])
    found = read(pdf(page), "a.pdf")
    assert rows_of(found)[1:] == WORDS
    assert "(Table). Others did not say it." in blocks(found, "paragraph")[-1]


def test_what_is_coloured_behind_words_parts_no_rows() -> None:
    page = Page()
    page.lines(50, 60, LEFT * 3)
    page.text(50, 290, "Table 1. What the nurses said", font="hb", size=8)
    said = ["“We ring the ward, and the ward", "rings the practice, which is", "closed by then.” (Nurse 4)"]
    for row in range(5):
        y = 310 + 60 * row
        page.rule(50, 120, y - 12).rule(120, 290, y - 12)
        page.lines(124, y, said, font="h", size=8, step=11)
        page.lines(52, y + 2, [f"Calls {row}", "and lists"], font="h", size=8, step=11)
        for line in range(4):
            page.rule(50, 118, y - 3 + 11 * line)
    page.rule(50, 120, 592).rule(120, 290, 592)
    page.lines(320, 60, RIGHT * 8)
    rows = rows_of(read(pdf(page), "a.pdf"))
    whole = "“We ring the ward, and the ward rings the practice, which is closed by then.” (Nurse 4)"
    assert rows == [f"Calls {row} and lists\t{whole}" for row in range(5)]


def framed(*words: str) -> ReadDocument:
    """Read two pages of which the second has a frame in its left column, in other letters."""
    first, page = Page(), Page()
    first.lines(50, 100, RIGHT * 6)
    page.lines(320, 60, RIGHT * 8)
    page.lines(50, 60, [*LEFT, *LEFT, *LEFT[:4]])
    page.lines(50, 300, LEFT * 6)
    page.content.append("48 520 250 60 re S")
    page.lines(56, 235, list(words), font="h", size=8, step=14)
    return read(pdf(first, page), "a.pdf")


def test_a_frame_beside_the_text_does_not_interrupt_it() -> None:
    found = framed("What the wards learnt", "Letters come late, and nobody reads them", "Calls are not answered")
    assert "Letters come late" not in " ".join(blocks(found, "paragraph") + blocks(found, "quote"))
    assert "which tablets were still to be The ward sister" in found.reading.text
    assert rows_of(found) == [
        "What the wards learnt",
        "Letters come late, and nobody reads them",
        "Calls are not answered",
    ]


def test_an_abstract_in_a_frame_is_one_on_whatever_page() -> None:
    found = framed(
        "Objectives: to find out who reads letters", "Methods: we asked nurses of two wards", "They told us."
    )
    assert not rows_of(found)
    assert "to find out who reads letters" in " ".join(blocks(found, "paragraph") + blocks(found, "quote"))


@pytest.mark.parametrize("head", [("Theme", "Quote"), ("Quote",)])
def test_a_cell_that_a_page_breaks_goes_on_as_one(head: tuple[str, ...]) -> None:
    above, below = Page(), Page()
    above.lines(50, 60, (LEFT * 12)[:40])
    above.text(50, 560, "Table 1. What the nurses said", font="hb", size=8).rule(50, 290, 566)
    above.text(50, 576, "Theme", font="hb", size=8).text(110, 576, "Quote", font="hb", size=8).rule(50, 290, 580)
    above.text(50, 590, "Calls", font="h", size=8)
    broken = ["“We call the ward when the list", "has come, and they tell us what", "they have heard of him, and then"]
    broken += ["we wait until the others come", "up to us at noon.”"]
    above.lines(110, 590, broken[:2], font="h", size=8, step=10)
    below.rule(50, 290, 50)
    for words in head:
        below.text(110 if words == "Quote" else 50, 60, words, font="hb", size=8)
    below.rule(50, 290, 64)
    below.lines(110, 74, broken[2:], font="h", size=8, step=10)
    below.text(50, 108, "Lists", font="h", size=8).text(110, 108, "“There was none.”", font="h", size=8)
    below.rule(50, 290, 114).lines(50, 134, LEFT * 8)
    rows = rows_of(read(pdf(above, below), "a.pdf"))
    assert rows == ["Theme\tQuote", f"Calls\t{' '.join(broken)}", "Lists\t“There was none.”"]
