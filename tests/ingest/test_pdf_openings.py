"""Where paragraphs, list items and headings of a PDF begin, if no gap sets them apart."""

from ingest.readers import read
from tests.ingest.pdf_maker import Page, pdf
from tests.ingest.test_pdf import LEFT, RIGHT, blocks, headings
from tests.ingest.test_pdf_pages import LONG, body


def test_the_roles_of_authors_open_no_sections_of_the_body() -> None:
    page = Page()
    page.text(50, 60, "Discussion", font="hb", size=12)
    y = body(page, 80)
    page.text(50, y + 20, "Author contributions", font="hb", size=12)
    roles = ("Conceptualization:", "Methodology:", "Validation:", "Writing – original draft:")
    for role in roles:
        y += 20
        page.text(50, y + 20, role, font="b").text(
            50 + 5.5 * len(role), y + 20, "Anna Meyer, Bert de Vries, Chloé Roux."
        )
    kinds = {label: kind for label, kind, _ in headings(read(pdf(page), "a.pdf")) if label != "Discussion"}
    assert kinds == dict.fromkeys(["Author contributions", *(role.removesuffix(":") for role in roles)], "back")


def test_items_that_hang_are_apart_and_whole_whatever_numbers_them() -> None:
    page = Page()
    page.text(50, 40, "Results", font="hb", size=12)
    y = body(page, 60, 2) + 10
    items = [
        ["1 A list of calls that nobody had answered", "and that was read aloud."],
        ["2 A letter from the ward which named all", "tablets that were stopped."],
        ["3 A card for the caller with the number", "of the nurse in charge."],
    ]
    for item in items:
        page.text(60, y, item[0]).text(72, y + 12, item[1])
        y += 24
    body(page, y + 20)
    found = read(pdf(page), "a.pdf")
    listed = [words for words in (*blocks(found, "paragraph"), *blocks(found, "quote")) if words[:1].isdigit()]
    assert listed == [" ".join(item) for item in items]


def test_an_item_in_the_next_column_is_an_item() -> None:
    page = Page()
    page.text(50, 40, "Results", font="hb", size=12).lines(50, 60, LEFT * 8)
    page.text(50, 560, "• A list of calls that was read at the").text(60, 572, "end of the shift and then put")
    page.text(320, 60, "into the drawer of the ward where the rest lay.").text(
        310, 72, "• A letter of the clinic, which came"
    )
    page.text(320, 84, "days after the patient.")
    page.lines(310, 110, RIGHT * 7)
    items = blocks(read(pdf(page), "a.pdf"), "list_item")
    assert "• A letter of the clinic, which came days after the patient." in items


def test_a_paragraph_behind_a_short_item_is_none_of_it() -> None:
    page = Page()
    page.text(50, 40, "Results", font="hb", size=12)
    y = body(page, 60) + 10
    page.text(50, y, "• A list of calls.").text(58, y + 12, "We asked the nurses of both wards what they had done with")
    page.lines(50, y + 24, LONG * 2)
    found = read(pdf(page), "a.pdf")
    assert "• A list of calls." in blocks(found, "list_item")
    assert any(words.startswith("We asked the nurses of both wards") for words in blocks(found, "paragraph"))


def test_a_heading_right_below_that_of_its_section_is_a_heading() -> None:
    page = Page()
    page.text(50, 60, "2. Methods", font="hb", size=12)
    y = 80.0
    for number, (section, part) in enumerate([("Wards", "Who took part"), ("Calls", "How they were counted")], 1):
        page.text(50, y, f"2.{number}. {section}", font="i").text(50, y + 11, f"2.{number}.1. {part}.", font="i")
        y = body(page, y + 28, 2) + 20
    page.text(50, y, "3. Results", font="hb", size=12)
    body(page, y + 20, 2)
    found = [(label, level) for label, _, level in headings(read(pdf(page), "a.pdf"))]
    assert found[1:4] == [("2.1. Wards", 2), ("2.1.1. Who took part.", 3), ("2.2. Calls", 2)]


def opened(labels: list[str], text: str = "Nurses of two wards were asked what") -> list[str]:
    """Return the headings of a paper whose paragraphs open with bold words that no stop ends."""
    page = Page()
    page.text(50, 60, "Methods", font="hb", size=12)
    y = 80.0
    for label in labels:
        page.text(50, y, label, font="b").text(50 + 5.2 * len(label), y, text)
        y = page.lines(50, y + 12, LONG) + 14
    page.text(50, y, "Results", font="hb", size=12)
    body(page, y + 20, 2)
    return [label for label, _, _ in headings(read(pdf(page), "a.pdf"))]


def test_bold_words_before_text_need_no_stop_to_be_headings() -> None:
    labels = ["Wards and nurses", "Counting of calls", "Reading of letters"]
    assert opened(labels) == ["Methods", *labels, "Results"]


def test_bold_words_that_come_again_name_who_speaks() -> None:
    assert opened(["Ward sister", "Head nurse", "Ward sister"]) == ["Methods", "Results"]


def test_the_address_of_a_journal_at_the_edge_is_no_text() -> None:
    one, two = Page(), Page()
    one.lines(50, 60, LONG * 8)
    two.text(50, 30, "www.care-notes.example.org", size=8)
    two.lines(50, 60, LONG * 4)
    found = read(pdf(one, two), "a.pdf")
    assert "www.care-notes" in found.document.text
    assert "www.care-notes" not in found.reading.text


def test_a_heading_that_ends_with_a_number_of_rome_is_a_heading() -> None:
    page = Page()
    page.text(50, 60, "Results", font="hb", size=12).text(50, 76, "Calls of ward I", font="i")
    body(page, 90)
    assert "Calls of ward I" in [label for label, _, _ in headings(read(pdf(page), "a.pdf"))]


def test_numbers_that_are_set_in_are_no_quotation() -> None:
    page = Page()
    page.text(50, 60, "Results", font="hb", size=12)
    y = body(page, 80, 2)
    page.text(90, y + 20, "0 1 2 3 4 5 6 7 8 9").text(90, y + 32, "0 1 2 3 4 5 6 7 8 9")
    body(page, y + 60, 2)
    assert blocks(read(pdf(page), "a.pdf"), "quote") == []


def test_a_short_paragraph_of_an_abstract_in_bold_letters_is_no_heading() -> None:
    page = Page()
    page.text(50, 60, "Summary", font="hb", size=12)
    y = page.lines(50, 76, LONG * 2, font="b")
    page.lines(
        50,
        y + 14,
        ["Calls that nobody answers are lost, and the tablets of those", "who rang stay as they were."],
        font="b",
    )
    page.text(50, y + 60, "Introduction", font="hb", size=12)
    body(page, y + 80, 8)
    assert [label for label, _, _ in headings(read(pdf(page), "a.pdf"))] == ["Summary", "Introduction"]
