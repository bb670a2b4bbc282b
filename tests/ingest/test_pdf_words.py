"""Words and their order, where a typesetting program or a page puts them in an odd way."""

from ingest.readers import read
from tests.ingest.pdf_maker import HEIGHT, Page, pdf
from tests.ingest.test_pdf import LEFT, RIGHT, blocks
from tests.ingest.test_pdf_pages import body


def test_accents_that_are_drawn_over_letters_are_on_them_and_others_are_apostrophes() -> None:
    page = Page()
    body(page)
    for number, (back, on, words) in enumerate([(416, -83, ("Mu", "\xa8", "ller")), (0, 0, ("don", "\xb4", "t"))]):
        first, accent, rest = (word.encode("cp1252").hex() for word in words)
        drawn = f"[<{first}> {back} <{accent}> {on} <{rest}>] TJ"
        page.content.append(f"BT /F0 10 Tf 50 {HEIGHT - 500 - 20 * number} Td {drawn} ET")
    text = read(pdf(page), "a.pdf").document.text
    assert "Müller" in text
    assert "don´t" in text


def test_columns_are_apart_below_a_line_that_ends_in_their_gutter() -> None:
    page = Page()
    page.lines(
        70, 60, ["Calls that nobody answers were counted in two wards for a year, and most of them were about tablets."]
    )
    page.text(70, 72, "They were answered late, if at all, by the wrong").text(265.8, 72, "nurse.")
    page.lines(50, 100, LEFT * 7)
    page.lines(292, 100, RIGHT * 7)
    view = read(pdf(page), "a.pdf").reading.text
    assert view.index("in another system") > view.rindex("taken and which of them")


def test_a_margin_beside_a_large_title_is_apart_from_the_text() -> None:
    page = Page()
    page.lines(72, 60, ["Articles"], font="hb", size=18)
    page.lines(160, 100, ["Calls that nobody answers", "in the wards of two hospitals"], font="hb", size=20, step=24)
    margin = ["Ward 1, Northtown", "(A Meyer PhD)", "Ward 2, Southtown", "(B Vries MD)"] * 6
    page.lines(94, 160, margin, font="h", size=7, step=12)
    page.lines(160, 160, [*LEFT, *RIGHT] * 3, size=9)
    view = read(pdf(page), "a.pdf").reading.text
    assert view.count("the letters from the clinic arrived") == 3


def test_a_number_that_is_raised_behind_another_is_the_mark_of_a_note_and_no_power_of_ten() -> None:
    page = Page()
    page.text(50, 40, "Results", font="hb", size=12)
    y = body(page, 60) + 20
    page.text(50, y, "The nurses said that 25").text(142.3, y - 4, "19", size=6).text(
        158, y, "percent of all calls were late"
    )
    page.text(50, y + 12, "on a ward with 10").text(122.3, y + 8, "6", size=6).text(127.8, y + 12, "cells to count.")
    found = read(pdf(page), "a.pdf")
    text = next(words for words in blocks(found, "paragraph") if words.startswith("The nurses said"))
    assert text == "The nurses said that 25 percent of all calls were late on a ward with 106 cells to count."
    start = found.reading.text.index("said that")
    spans = found.reading.spans(start, start + 20)
    assert [span.exact for span in spans] == ["said that 25", "percent"]


def test_the_end_of_a_bracket_at_the_top_of_a_page_is_no_page_number() -> None:
    pages = [Page(), Page(), Page()]
    for page in pages:
        body(page, 60, 3)
    pages[0].text(50, 760, "1")
    pages[1].text(50, 30, "2)")
    pages[1].text(50, 760, "2")
    pages[2].text(50, 760, "3")
    found = read(pdf(*pages), "a.pdf")
    assert "2)" in found.reading.text
    assert "hospital.\n1" not in found.reading.text
