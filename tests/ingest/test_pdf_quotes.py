"""Quotations and headings as papers of interviews set them in PDFs: each test is a layout, in words of our own."""

import pytest

from ingest.readers import read
from ingest.readers.contents import ReadDocument
from tests.ingest.pdf_maker import Page, pdf
from tests.ingest.test_pdf import LEFT, RIGHT, blocks, headings
from tests.ingest.test_pdf_pages import body
from tests.ingest.test_pdf_tables import HEADS, ROWS, WORDS, quotes, rows_of, table


def results(page: Page) -> float:
    """Begin a page with a heading and running text and return where the next line may stand."""
    page.text(50, 40, "Results", font="hb", size=12)
    return body(page, 60, 2)


def labels(found: ReadDocument) -> list[str]:
    """Return the headings."""
    return [label for label, _, _ in headings(found)]


def centred(page: Page, y: float, lines: list[tuple[str, float]], *, middle: float = 173.5) -> float:
    """Put lines with their width in the middle of the column."""
    for words, width in lines:
        page.text(middle - width / 2, y, words, font="i", size=10)
        y += 12
    return y


def test_lines_that_are_centred_are_one_quotation() -> None:
    page = Page()
    y = results(page) + 6
    said = [
        ("“We keep one book for the ward and one for", 176),
        ("Sister Ruth, who never asked us", 122),
        ("why there are two of them” (N4)", 130),
    ]
    body(page, centred(page, y, said) + 6, 3)
    found = read(pdf(page), "a.pdf")
    said = "“We keep one book for the ward and one for Sister Ruth, who never asked us why there are two of them” (N4)"
    assert said in blocks(found, "quote")
    assert labels(found) == ["Results"]


def test_words_of_a_sentence_that_are_set_otherwise_do_not_end_it() -> None:
    page = Page()
    y = results(page)
    page.text(
        50, y, "A porter waited at the lift for an hour, and told us that in the whole of that time she had", size=10
    )
    page.text(50, y + 12, "seen nobody who knew the way.", font="b", size=10)
    body(page, y + 24, 3)
    found = read(pdf(page), "a.pdf")
    assert any("she had seen nobody who knew the way." in text for text in blocks(found, "paragraph"))
    assert labels(found) == ["Results"]


@pytest.mark.parametrize("label", ["W-D-12: ", "Porter: "])
def test_what_a_label_says_in_marks_is_no_heading(label: str) -> None:
    page = Page()
    y = results(page) + 6
    page.text(80, y, f"{label}“The lists are on paper, and the paper is always", font="i", size=10)
    page.text(80, y + 12, "in the other building.”", font="i", size=10)
    body(page, y + 30, 3)
    found = read(pdf(page), "a.pdf")
    assert labels(found) == ["Results"]
    said = f"{label}“The lists are on paper, and the paper is always in the other building.”"
    assert said in [*blocks(found, "paragraph"), *blocks(found, "quote")]


def test_a_numbered_heading_goes_on_below_its_words() -> None:
    page = Page()
    y = results(page) + 8
    page.text(50, y, "3.1", font="hb", size=10).text(72, y, "Waiting for the Letters of the", font="hb", size=10)
    page.text(72, y + 12, "Other Hospital", font="hb", size=10)
    body(page, y + 28, 3)
    assert "3.1 Waiting for the Letters of the Other Hospital" in labels(read(pdf(page), "a.pdf"))


def test_running_text_below_one_line_that_is_set_far_in_is_none_of_it() -> None:
    page = Page()
    y = results(page) + 3
    page.text(75, y, "P7: Nobody at all, not the doctor and not the nurse, has ever told me whom I could ring there.")
    body(page, y + 14.5, 3)
    (quote,) = quotes(pdf(page))
    assert quote.exact.endswith("whom I could ring there.")


def test_lines_of_a_quotation_hang_below_its_opening_mark() -> None:
    page = Page()
    y = results(page) + 2
    page.text(
        50, y, "“There was a day when the whole of the clinic was shut and we only found out at its", font="i", size=9
    )
    page.lines(
        56,
        y + 11,
        [
            "Door. So we went home again, all of us, and rang the next morning, and the one",
            "after that.” - Porter, south ward",
        ],
        font="i",
        size=9,
        step=11,
    )
    body(page, y + 38, 3)
    assert len(quotes(pdf(page))) == 1


def test_a_footnote_that_is_an_address_does_not_interrupt_a_quotation() -> None:
    page = Page()
    page.text(50, 40, "Results", font="hb", size=12)
    y = page.lines(50, 60, (LEFT * 12)[:44])
    page.lines(
        50, y + 6, ["“We have one number for the night and one", "for the day, and in the evening neither of"], font="i"
    )
    page.text(50, y + 50, "1 https://wards.example.org/numbers", size=10)
    page.lines(320, 60, ["them is picked up, so we wait for the night", "to begin.” [N3]"], font="i")
    page.lines(320, 90, (RIGHT * 12)[:40])
    found = read(pdf(page), "a.pdf")
    said = "in the evening neither of them is picked up, so we wait for the night to begin.” [N3]"
    assert any(text.endswith(said) for text in [*blocks(found, "paragraph"), *blocks(found, "quote")])


def test_the_first_numbered_section_ends_the_front_whatever_it_is_called() -> None:
    page = Page()
    page.text(50, 50, "Letters that come too late", font="b", size=18)
    page.text(50, 90, "1 Letters and Those Who Wait", font="hb", size=11)
    y = body(page, 110, 3)
    page.text(50, y + 8, "1.1 Waiting at Home", font="hb", size=10)
    y = body(page, y + 24, 3)
    page.text(50, y + 8, "2 Results", font="hb", size=11)
    body(page, y + 24, 3)
    assert [label for label in labels(read(pdf(page), "a.pdf")) if label][:2] == [
        "1 Letters and Those Who Wait",
        "1.1 Waiting at Home",
    ]


def test_words_that_are_underlined_do_not_part_the_row_of_a_table() -> None:
    page = Page()
    page.lines(50, 60, LEFT * 3)
    page.lines(320, 60, RIGHT * 8)
    page.text(50, 300, "Table 1. What the porters said", font="hb", size=8)
    page.rule(50, 290, 306)
    for column, head in enumerate(HEADS[:2]):
        page.text((50, 130)[column], 316, head, font="hb", size=8)
    y = 328
    for name, said in (("Lost", "nobody"), ("Late", "anybody"), ("Shut", "somebody")):
        page.rule(50, 92, y + 1.2)
        page.lines(50, y, [f"{name} letters, of", "which there are", "many"], font="h", size=8, step=10)
        page.lines(
            130,
            y,
            [f"“I never know whether {said} will", "come and tell me where they have", "gone”"],
            font="h",
            size=8,
            step=10,
        )
        y += 34
    page.rule(50, 290, y)
    found = read(pdf(page), "a.pdf")
    rows = rows_of(found)
    assert rows[1].startswith("Lost letters, of which there are many\t“I never know whether nobody will come and tell")
    assert len(rows) == 4


def test_cells_that_nearly_touch_are_parted_where_the_file_parts_them() -> None:
    page = Page()
    page.lines(50, 60, LEFT * 3)
    page.lines(320, 60, RIGHT * 8)
    page.text(50, 300, "Table 1. What the porters said", font="hb", size=8)
    page.rule(50, 290, 306)
    firsts = ["The letters that got", "Lists", "The book of the night"]
    y = page.lines(50, 318, firsts, font="h", size=8, step=14)
    page.lines(126.5, 318, ["“Nobody knew where they had gone”"] * 3, font="h", size=8, step=14)
    page.rule(50, 290, y)
    assert all(row.count("\t") == 1 for row in rows_of(read(pdf(page), "a.pdf")))


def test_the_caption_of_a_table_ends_at_its_column() -> None:
    page = Page()
    page.text(50, 40, "Results", font="hb", size=12)
    page.text(50, 60, "Table 1: Who took part, and in which of those two", font="hb", size=9)
    page.text(50, 72, "buildings they work.", font="hb", size=9)
    y = 84.0
    for row in ("N1\tNorth", "N2\tSouth", "N3\tSouth"):
        page.text(50, y, row.split("\t")[0], font="h", size=9).text(110, y, row.split("\t")[1], font="h", size=9)
        y += 12
    page.lines(50, 150, LEFT * 8)
    page.text(322, 60, "“We wait for letters that never come", font="i", size=9)
    page.text(322, 72, "and read those that are for others” (N2)", font="i", size=9)
    page.lines(318, 90, RIGHT * 10)
    found = read(pdf(page), "a.pdf")
    assert "Table 1: Who took part, and in which of those two buildings they work." in labels(found)
    said = "“We wait for letters that never come and read those that are for others” (N2)"
    assert said in [*blocks(found, "paragraph"), *blocks(found, "quote")]


def test_the_rule_over_footnotes_is_not_the_last_of_a_table_that_has_none() -> None:
    page = Page()
    page.text(50, 60, "Table 1: Who took part", font="b", size=10)
    page.rule(50, 550, 66)
    y = 78.0
    for row in ("N1\tNorth\tNurse", "N2\tSouth\tPorter", "N3\tSouth\tNurse"):
        for column, cell in enumerate(row.split("\t")):
            page.text((50, 250, 450)[column], y, cell)
        y += 12
    page.lines(50, 140, LEFT * 9)
    page.lines(320, 140, RIGHT * 9)
    page.rule(50, 110, 690)
    page.text(50, 702, "1Nurses of the night came on two days.", size=7)
    assert not any("general" in row for row in rows_of(read(pdf(page), "a.pdf")))


@pytest.mark.parametrize(("font", "size"), [("i", 10), ("", 8.5)])
def test_what_a_colon_announces_in_other_letters_is_a_quotation(font: str, size: float) -> None:
    page = Page()
    y = results(page)
    page.text(50, y, "A nurse told us how she kept the list:", size=10)
    said = ["We keep one book for the ward and one for the night,", "and nobody has ever asked us why there are two."]
    y = page.lines(50, y + 14, said, font=font, size=size)
    y = page.lines(50, y + 2, ["Then we read them aloud in the morning, both of them."], font=font, size=size)
    body(page, y + 2, 3)
    assert len(blocks(read(pdf(page), "a.pdf"), "quote")) == 2


def test_a_table_without_a_caption_is_told_by_rules_over_its_cells() -> None:
    page = Page()
    y = results(page) + 10
    for row in (
        "Lists\tNobody reads them\tNurse 4",
        "Books\tThere are two of them\tNurse 7",
        "Time\tIt is late\tPorter",
    ):
        for (x0, x1), cell in zip(((50, 120), (120, 250), (250, 300)), row.split("\t"), strict=True):
            page.rule(x0, x1, y - 10)
            page.text(x0 + 3, y, cell, font="h", size=8)
        y += 14
    for x0, x1 in ((50, 120), (120, 250), (250, 300)):
        page.rule(x0, x1, y - 10)
    body(page, y + 14, 3)
    assert rows_of(read(pdf(page), "a.pdf")) == [
        "Lists\tNobody reads them\tNurse 4",
        "Books\tThere are two of them\tNurse 7",
        "Time\tIt is late\tPorter",
    ]


def test_a_table_goes_on_with_its_head_below_a_rule_that_closes_it() -> None:
    above, below = Page(), Page()
    above.lines(50, 60, (LEFT * 12)[:44])
    above.text(50, 630, "Table 1. What the nurses said", font="hb", size=8)
    above.rule(50, 290, table(above, 50, 636, ROWS[:1]))
    below.rule(50, 290, table(below, 50, 52, ROWS[2:]))
    below.lines(50, 150, (LEFT * 12)[:40])
    assert rows_of(read(pdf(above, below), "a.pdf")) == ["Theme\tQuote\tWho", WORDS[0], WORDS[2]]


def test_a_section_that_is_referred_to_signs_no_quotation() -> None:
    page = Page()
    y = results(page) + 6
    for number in range(3):
        y = page.lines(66, y, ["“We ring them and nobody ever", "knows which tablets to stop.” (N4)"]) + 6
        page.text(60, y + 6, LEFT[0])
        y = page.lines(50, y + 18, [*LEFT[1:4], f"taken, as we tell below (Section 5.{number})."]) + 12
    body(page, y, 2)
    quoted = blocks(read(pdf(page), "a.pdf"), "quote")
    assert len(quoted) == 3
    assert "Section" not in " ".join(quoted)
