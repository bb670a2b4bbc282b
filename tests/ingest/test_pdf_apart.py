"""Quotations that a PDF sets apart: their paragraphs, who said them, and where they end."""

from ingest.readers import read
from ingest.readers.contents import ReadDocument
from tests.ingest.pdf_maker import Page, pdf
from tests.ingest.test_pdf import blocks, headings
from tests.ingest.test_pdf_pages import body

FIRST = ["P: I wrote down who had called, every night, and in the", "morning nobody asked me for the list. […]"]
SECOND = ["Then I put it on the desk of the doctor, where it lay", "until the end of the week."]
SIGNED = "(Nurse, north ward)"
QUOTE = "\n".join((" ".join(FIRST), " ".join(SECOND), SIGNED))


def paragraph(page: Page, y: float, lines: list[str], *, first: float = 70, x: float = 70, font: str = "i") -> float:
    """Write a paragraph of a quotation and return where the next may stand."""
    page.text(first, y, lines[0], font=font, size=9.5)
    return page.lines(x, y + 11, lines[1:], font=font, size=9.5, step=11) + 5


def test_paragraphs_of_a_quotation_and_who_said_it_are_one_block() -> None:
    page = Page()
    page.text(50, 40, "Results", font="hb", size=12)
    y = body(page, 60, 2) + 8
    y = paragraph(page, y, FIRST)
    y = paragraph(page, y, SECOND, first=80)
    page.text(80, y, SIGNED, size=9.5)
    body(page, y + 18, 2)
    found = read(pdf(page), "a.pdf")
    assert blocks(found, "quote") == [QUOTE]
    assert [label for label, _, _ in headings(found)] == ["Results"]


def test_a_quotation_goes_on_over_a_page() -> None:
    above, below = Page(), Page()
    above.text(50, 40, "Results", font="hb", size=12)
    y = body(above, 60, 14) + 8
    y = paragraph(above, y, FIRST)
    above.text(80, y, SECOND[0], font="i", size=9.5)
    below.text(70, 60, SECOND[1], font="i", size=9.5)
    below.text(80, 76, SIGNED, size=9.5)
    body(below, 94, 4)
    assert blocks(read(pdf(above, below), "a.pdf"), "quote") == [QUOTE]


def signed(*names: str) -> ReadDocument:
    """Return a page with a quotation for each name, which stands in a line below it, close to running text."""
    page = Page()
    page.text(50, 40, "Results", font="hb", size=12)
    y = body(page, 60, 2) + 8
    for number, name in enumerate(names):
        page.text(70, y, f"You wait {number + 2} days for the letter", size=9.5)
        page.text(70, y + 17, name, size=9.5)
        y += 34
    body(page, y - 2, 2)
    return read(pdf(page), "a.pdf")


def test_a_line_below_a_quotation_tells_who_said_it_and_running_text_is_none_of_it() -> None:
    quotes = blocks(signed("Participant 5", "Participant 7"), "quote")
    assert quotes == ["You wait 2 days for the letter\nParticipant 5", "You wait 3 days for the letter\nParticipant 7"]


def test_labels_of_a_talk_that_is_set_apart_are_no_headings() -> None:
    page = Page()
    page.text(50, 40, "Results", font="hb", size=12)
    y = body(page, 60, 2) + 8
    for label, words in (
        ("Interviewer:", "What did you do then?"),
        ("Nurse:", "I rang."),
        ("Interviewer:", "Whom did you ring?"),
    ):
        page.text(70, y, label, font="i").text(125, y, words)
        y += 18
    body(page, y, 2)
    found = read(pdf(page), "a.pdf")
    assert [label for label, _, _ in headings(found)] == ["Results"]
    talk = "Interviewer: What did you do then?\nNurse: I rang.\nInterviewer: Whom did you ring?"
    assert blocks(found, "quote") == [talk]


def test_lines_of_a_quotation_whose_first_stands_out_are_one_paragraph() -> None:
    page = Page()
    page.text(50, 40, "Results", font="hb", size=12)
    y = body(page, 60, 2) + 8
    for words in (SECOND, SECOND):
        y = paragraph(page, y, [words[0] + " this long week.", "On", words[1]], first=60) + 12
    body(page, y, 2)
    found = blocks(read(pdf(page), "a.pdf"), "quote")
    assert found == [f"{words[0]} this long week. On {words[1]}" for words in (SECOND, SECOND)]


def test_a_paragraph_of_one_line_ends_where_another_line_is_set_in_like_it() -> None:
    page = Page()
    page.text(50, 40, "Results", font="hb", size=12)
    y = body(page, 60, 2)
    page.text(60, y, "They kept the list on the desk of the ward, and read it often.")
    page.text(60, y + 12, "Nobody had asked them to, and nobody thanked them for the")
    page.text(50, y + 24, "calls that they had made before the day began.")
    found = blocks(read(pdf(page), "a.pdf"), "paragraph")
    assert [words[:12] for words in found] == ["The nurses o", "They kept th", "Nobody had a"]


def test_a_dash_at_the_start_of_a_line_inside_a_sentence_is_no_item() -> None:
    page = Page()
    page.text(50, 40, "Results", font="hb", size=12)
    y = body(page, 60, 2) + 8
    page.lines(70, y, ["I was tired and I had no wish to go, but I went all the same", "– and they were glad of it."])
    body(page, y + 32, 2)
    words = "I was tired and I had no wish to go, but I went all the same – and they were glad of it."
    assert blocks(read(pdf(page), "a.pdf"), "quote") == [words]


def test_running_text_that_is_set_in_begins_below_a_line_of_who_spoke() -> None:
    page = Page()
    page.text(50, 40, "Results", font="hb", size=12)
    y = paragraph(page, body(page, 60, 2) + 8, SECOND)
    page.text(70, y, "Nurse, aged 40 years")
    page.text(60, y + 14.5, "Nobody had asked them to, and nobody thanked them for the")
    page.text(50, y + 26.5, "calls that they had made before the day began.")
    found = read(pdf(page), "a.pdf")
    assert blocks(found, "quote") == [" ".join(SECOND) + "\nNurse, aged 40 years"]


def test_running_text_whose_first_line_is_set_in_less_ends_a_quotation_that_fills_its_last() -> None:
    page = Page()
    page.text(50, 40, "Results", font="hb", size=12)
    y = body(page, 60, 2) + 8
    said = [
        "Then I put it on the desk of the doctor, where it lay",
        "and lay until somebody threw it out, late in the week.",
    ]
    page.lines(70, y, said, size=9.7)
    page.text(
        66, y + 27, "Nobody had asked them to do so, and nobody thanked any of them for the calls that they had made in"
    )
    page.text(50, y + 39, "the night, before the day began.")
    found = read(pdf(page), "a.pdf")
    assert blocks(found, "quote") == [" ".join(said)]
    assert blocks(found, "paragraph")[-1].startswith("Nobody had asked them")


def test_a_sentence_of_a_quotation_goes_on_over_a_page_where_its_line_is_full() -> None:
    above, below = Page(), Page()
    above.text(50, 40, "Results", font="hb", size=12)
    y = body(above, 60, 14) + 8
    above.lines(
        70, y, ["Then I rang, and when they did not know it any", "better there, I went up to see what our good sister"]
    )
    below.lines(70, 60, ["Ruth had done about it, and so we waited till noon.", "We waited long."])
    body(below, 94, 4)
    (quote,) = blocks(read(pdf(above, below), "a.pdf"), "quote")
    assert quote.endswith("our good sister Ruth had done about it, and so we waited till noon. We waited long.")
