"""What journals do to their pages: each test is a cause for which a PDF was once misread, in words of our own."""

import pypdfium2
import pypdfium2.raw
import pytest

from ingest.extract.study.front import front_facts
from ingest.readers import read
from ingest.readers.contents import ReadDocument
from ingest.readers.pdf.words import _characters, _clean
from tests.ingest.pdf_maker import HEIGHT, Page, pdf
from tests.ingest.test_pdf import LEFT, RIGHT, blocks, headings

LONG = [
    "The nurses of both wards kept a list of calls that nobody had",
    "answered, and they read it aloud at the end of every shift so",
    "that the next team knew whom to ring in the morning. Most of",
    "the calls were about tablets that had been changed in hospital.",
]


def body(page: Page, y: float = 120, times: int = 4) -> float:
    """Write running text over the whole width and return where it ends."""
    return page.lines(50, y, LONG * times, size=10)


def test_what_a_figure_cuts_off_is_not_read() -> None:
    page = Page()
    body(page)
    page.content.append(f"q 50 {HEIGHT - 500} 200 100 re W n")
    page.text(60, 450, "Label of the figure").text(60, 600, "A draft of this very page")
    page.content.append("Q")
    found = read(pdf(page), "a.pdf")
    assert "Label of the figure" in found.document.text
    assert "A draft" not in found.document.text


def test_a_wide_sign_before_small_letters_is_the_ligature_th() -> None:
    page = Page()
    body(page)
    for number, (before, scale) in enumerate([("", 250), ("", 100), ("\\223", 250)]):
        y = HEIGHT - 500 - 20 * number
        drawn = f"({before}) Tj {scale} Tz (*) Tj 100 Tz (ese calls were answered) Tj"
        page.content.append(f"BT /F0 10 Tf 50 {y} Td {drawn} ET")
    text = read(pdf(page), "a.pdf").document.text
    assert "These calls were answered" in text
    assert "“These calls were answered" in text
    assert "*ese calls were answered" in text


def test_a_word_that_its_ligature_breaks_is_whole() -> None:
    page = Page()
    body(page)
    page.text(50, 500, "signifi ").text(50 + 25.7, 500, "cant calls were put off later")
    text = read(pdf(page), "a.pdf").document.text
    assert "significant calls were put off later" in text


def test_signs_that_pdfium_leaves_out_of_its_text_move_no_word() -> None:
    page = Page()
    body(page)
    for n, words in enumerate(["\x01ese calls", "were\x03 put off", "and\x01\x03 read"]):
        page.text(50, 500 + 15 * n, words)
    document = pypdfium2.PdfDocument(pdf(page))
    textpage = document[0].get_textpage()
    text = _characters(textpage)
    assert len(textpage.get_text_range()) < len(text) == textpage.count_chars()
    assert text.endswith("\x01ese calls\r\nwere\x03 put off\r\nand\x01\x03 read")
    assert text == "".join(
        chr(pypdfium2.raw.FPDFText_GetUnicode(textpage.raw, index)) for index in range(textpage.count_chars())
    )


def test_halves_of_a_character_are_put_together() -> None:
    assert _clean("10\ud835\udf07g") == "10\U0001d707g"
    assert _clean("a\ud835") == "a\ufffd"


def opened(font: str, labels: list[str]) -> ReadDocument:
    """Read a paper whose headings stand in the line of their text."""
    page = Page()
    page.text(50, 60, "2. Methods", font="hb", size=12)
    y = 80.0
    for label in labels:
        page.text(50, y, label, font=font).text(50 + 5 * len(label), y, "We rang each ward twice in", font="")
        y = page.lines(50, y + 12, LONG, size=10) + 4
    page.text(50, y + 20, "3. Results", font="hb", size=12)
    body(page, y + 40)
    return read(pdf(page), "a.pdf")


@pytest.mark.parametrize("font", ["i", "b"])
def test_headings_in_the_line_of_their_text_are_headings(font: str) -> None:
    labels = ["2.1. Wards and Nurses.", "2.2. How We Asked.", "2.3. Analysis of Calls."]
    found = opened(font, labels)
    known = headings(found)
    for label in labels:
        assert (label, "methods", 2) in known
    assert any(words.startswith("We rang each ward twice in The nurses") for words in blocks(found, "paragraph"))
    for block in found.reading.blocks:
        for span in found.reading.spans(block.start, block.end):
            assert found.document.text[span.start : span.end] == span.exact


def test_headings_of_one_size_and_weight_are_of_one_depth() -> None:
    page = Page()
    page.text(50, 40, "How the calls of two wards were answered", font="hb", size=18)
    page.text(50, 70, "Methods", font="hb", size=14)
    page.text(50, 90, "Wards and nurses", font="hb", size=11)
    y = body(page, 110, 2)
    page.text(50, y + 20, "How we asked", font="b", size=11)
    y = body(page, y + 40, 2)
    page.text(50, y + 20, "Results", font="hb", size=14)
    body(page, y + 40, 2)
    levels = {label: level for label, _, level in headings(read(pdf(page), "a.pdf"))}
    assert levels | {"Methods": 1, "Wards and nurses": 2, "How we asked": 2, "Results": 1} == levels


def test_back_matter_needs_no_full_stop() -> None:
    page = Page()
    page.text(50, 60, "Conclusions", font="hb", size=12)
    y = body(page, 80) + 20
    for label, words in (("Contributors", "AM rang the wards and BV read"), ("Funding", "The ward paid for its calls")):
        page.text(50, y, label, font="b").text(115, y, words)
        y = page.lines(50, y + 12, ["what they had told her, and both wrote it down."]) + 12
    known = headings(read(pdf(page), "a.pdf"))
    assert ("Contributors", "back", 1) in known
    assert ("Funding", "back", 1) in known


def test_slanted_words_at_the_start_of_one_paragraph_are_no_heading() -> None:
    assert [label for label, _, _ in headings(opened("i", ["Salvia."]))] == ["2. Methods", "3. Results"]


def test_what_somebody_says_is_no_heading_however_often() -> None:
    found = opened("i", ["I never knew whom to ask.", "We just rang again.", "Nobody told me that."])
    known = [label for label, _, _ in headings(found)]
    assert "I never knew whom to ask." not in known
    assert "We just rang again." not in known


def test_a_column_of_citations_is_no_reference_list() -> None:
    one, two = Page(), Page()
    one.text(50, 60, "Introduction", font="hb", size=12)
    at = body(one, 80)
    one.text(50, at + 20, "References", font="hb", size=9).lines(50, at + 34, ["[12]", "[13]", "[14]"], size=9)
    two.text(50, 60, "Results", font="hb", size=12)
    body(two, 80, 6)
    two.text(50, 500, "References", font="hb", size=12)
    two.lines(
        50, 520, [f"{n}. Meyer A, Vries B. Calls that nobody answers. Care Notes 201{n}; 4: 1-9." for n in (1, 2)]
    )
    found = read(pdf(one, two), "a.pdf")
    assert "results" in {section.kind for section in found.reading.sections}
    assert "note" not in {
        block.kind for block in found.reading.blocks if "read it aloud" in found.reading.text[block.start : block.end]
    }


def test_small_bold_headings_in_other_letters_are_headings() -> None:
    page = Page()
    y = 60.0
    for main, part in (("Methods", "Where we asked"), ("Results", "Calls that were lost")):
        page.text(50, y, main, font="hb", size=9).text(50, y + 20, part, font="hb", size=8)
        y = page.lines(50, y + 34, LONG * 3, size=11, step=13) + 20
    known = headings(read(pdf(page), "a.pdf"))
    assert ("Where we asked", "methods", 2) in known
    assert ("Calls that were lost", "results", 2) in known


def test_long_lists_in_small_letters_are_not_what_running_text_is_like() -> None:
    one, two = Page(), Page()
    one.text(50, 60, "Methods", font="hb", size=12)
    one.text(50, 76, "Whom we asked", font="b", size=10)
    at = body(one, 90)
    one.text(50, at + 20, "Results", font="hb", size=12)
    body(one, at + 40)
    two.text(50, 60, "References", font="hb", size=12)
    two.lines(
        50,
        80,
        [
            f"{n}. Meyer A, Vries B. Calls, lists and letters in {n} wards. Care Notes 2014; 4: {n}-{n + 9}."
            for n in range(1, 60)
        ],
        size=8,
        step=11,
    )
    found = read(pdf(one, two), "a.pdf")
    assert [label for label, _, _ in headings(found)] == ["Methods", "Whom we asked", "Results", "References"]
    assert "quote" not in {block.kind for block in found.reading.blocks}


@pytest.mark.parametrize(("caption", "x"), [("Table 1. Who took part", 240), ("Table-1: Who took part", 50)])
def test_a_table_is_as_wide_as_its_rules_wherever_its_caption_stands(caption: str, x: float) -> None:
    page = Page()
    body(page, 60, 3)
    page.text(x, 300, caption, font="hb", size=8)
    page.rule(50, 200, 304).rule(200, 400, 304).rule(400, 550, 304).rule(50, 550, 350)
    for row, cells in enumerate(
        [("Role", "Number", "Place"), ("Ward nurse", "7", "North"), ("Pharmacist", "2", "South")]
    ):
        for column, cell in enumerate(cells):
            page.text(50 + 230 * column, 314 + 14 * row, cell, font="h", size=8)
    body(page, 400, 4)
    found = read(pdf(page), "a.pdf")
    assert blocks(found, "table") == ["Role\tNumber\tPlace\nWard nurse\t7\tNorth\nPharmacist\t2\tSouth"]


def test_a_caption_that_every_page_repeats_is_no_header() -> None:
    pages = [Page(), Page()]
    for number, page in enumerate(pages):
        page.text(50, 60, "Table 2. What the callers wanted", font="hb", size=8).rule(50, 400, 64).rule(50, 400, 120)
        for row in range(4):
            page.text(50, 76 + 12 * row, f"{'Sister' if number else 'Caller'} {row}", font="h", size=8)
            page.text(300, 76 + 12 * row, "Letters" if number else "Tablets", font="h", size=8)
        body(page, 200, 6)
    tables = blocks(read(pdf(*pages), "a.pdf"), "table")
    assert "Caller 0\tTablets" in " ".join(tables)
    assert "Sister 0\tLetters" in " ".join(tables)


def test_a_caption_goes_on_in_other_letters_and_with_a_link() -> None:
    page = Page()
    y = body(page, 60, 3)
    page.text(50, y + 40, "Fig 1. Calls of a week by ward.", font="hb", size=8)
    page.text(185, y + 40, "Bars are calls that were answered,", font="h", size=8)
    page.text(50, y + 50, "lines are those that were not.", font="h", size=8)
    page.text(50, y + 66, "https://doi.org/10.1234/journal.0001.g001", font="h", size=8)
    body(page, y + 100, 3)
    text = " ".join(blocks(read(pdf(page), "a.pdf"), "paragraph"))
    assert "lines are those" not in text
    assert "https" not in text


def test_a_caption_takes_no_line_of_the_column_beside_it() -> None:
    page = Page()
    page.lines(50, 60, LEFT * 2)
    caption = ["Figure 2. Calls by hour, day and week, as told", "by those who answered them in both wards"]
    page.lines(50, 400, caption, font="h", size=8, step=10)
    page.lines(250, 60, RIGHT * 7)
    text = " ".join(blocks(read(pdf(page), "a.pdf"), "paragraph"))
    assert "Calls by hour" not in text
    assert "by those who answered" not in text
    assert text.count("practice could open") == 7


def test_a_note_below_the_last_rule_belongs_to_its_table() -> None:
    page = Page()
    y = body(page, 60, 3) + 30
    page.text(50, y, "Table 1. Who took part", font="hb", size=8).rule(50, 400, y + 4).rule(50, 400, y + 60)
    for row in range(3):
        page.text(50, y + 16 + 12 * row, f"Ward {row}", font="h", size=8)
        page.text(300, y + 16 + 12 * row, "seven nurses", font="h", size=8)
    page.text(50, y + 72, "Nurses of the night are counted once.", font="h", size=8)
    body(page, y + 120, 3)
    text = " ".join(blocks(read(pdf(page), "a.pdf"), "paragraph"))
    assert "counted once" not in text


def test_a_page_number_is_none_of_the_text_wherever_the_first_page_has_it() -> None:
    one, two = Page(), Page()
    one.lines(50, 60, LEFT * 10)
    one.lines(320, 60, RIGHT * 10)
    one.text(290, 740, "401")
    two.text(50, 40, "402 Meyer et al.")
    two.lines(50, 80, LEFT * 4)
    three = Page()
    three.text(450, 40, "Calls in two wards 403")
    three.lines(50, 80, LEFT * 4)
    text = read(pdf(one, two, three), "a.pdf").reading.text
    assert "401" not in text
    assert text.index("The ward sister") < text.index("Pharmacists in the hospital")


def test_a_sentence_that_begins_with_a_figure_is_text() -> None:
    page = Page()
    y = page.lines(50, 60, LONG * 2)
    page.lines(50, y, ["Figure 4(a,b) showed the calls of a week, and the lists that were", "read aloud at its end."])
    page.lines(50, y + 24, LONG * 2)
    text = " ".join(blocks(read(pdf(page), "a.pdf"), "paragraph"))
    assert "Figure 4(a,b) showed the calls of a week" in text


def test_a_reference_list_below_both_columns_is_read_behind_them() -> None:
    first, page = Page(), Page()
    body(first, 60, 8)
    page.text(50, 60, "Discussion", font="hb", size=12)
    page.lines(50, 80, LEFT * 5)
    page.lines(320, 60, RIGHT * 5)
    page.text(50, 440, "REFERENCES", font="hb", size=12)
    for x in (50, 320):
        page.lines(x, 460, [f"{n}. Meyer A. Calls and lists. Care Notes 2014; {n}: 1." for n in range(1, 9)], size=8)
    found = read(pdf(first, page), "a.pdf")
    assert found.reading.text.index("Pharmacists in the hospital") < found.reading.text.index("REFERENCES")
    assert "Pharmacists in the hospital" in " ".join(blocks(found, "paragraph"))


def front() -> ReadDocument:
    """Read a first page with a journal in larger letters than the title, which goes on in a line of its own."""
    page = Page()
    page.text(50, 40, "Journal of Ward Calls", font="hb", size=24)
    page.text(50, 60, "Journal of Ward Calls 2019, 7:12", font="h", size=8)
    page.text(300, 76, "Open Access", font="hb", size=9)
    page.text(50, 110, "Calls that nobody answers in", font="hb", size=18)
    page.text(50, 132, "Two Wards", font="hb", size=18)
    page.text(50, 160, "Anna B. Meyer1,2*, Bert de Vries2 and Chloé Nguyen-Roux3, PhD", font="h", size=10)
    page.text(50, 180, "1Department of Nursing, University of Northtown, Northtown", font="h", size=8)
    page.text(50, 210, "A B S T R A C T", font="hb", size=11)
    page.lines(50, 226, LONG)
    page.text(50, 300, "Introduction", font="hb", size=12)
    at = body(page, 316)
    page.text(50, at + 20, "Methods", font="hb", size=12)
    body(page, at + 40, 2)
    return read(pdf(page), "a.pdf")


def test_the_title_is_whole_and_no_name_of_a_journal() -> None:
    assert front().document.title == "Calls that nobody answers in Two Wards"


def test_authors_and_journal_are_told_with_their_words() -> None:
    found = front()
    facts = [(fact.field, fact.value) for fact in front_facts(found.reading, found.document)]
    assert [value for field, value in facts if field == "author"] == [
        "Anna B. Meyer",
        "Bert de Vries",
        "Chloé Nguyen-Roux",
    ]
    assert ("journal", "Journal of Ward Calls") in facts
    for told in found.reading.told:
        assert found.reading.text[told.start : told.end].strip() == told.value


def test_marks_of_a_journal_before_the_text_open_no_section() -> None:
    known = headings(front())
    assert [kind for label, kind, _ in known if label] == ["abstract", "background", "methods"]


def test_a_main_section_that_says_nothing_is_no_background() -> None:
    page = Page()
    y = 60.0
    for label in ("1. Introduction", "2. Calls in the Night", "3. Conclusion"):
        page.text(50, y, label, font="hb", size=12)
        y = page.lines(50, y + 16, LONG * 3) + 16
    page.text(50, y, "References", font="hb", size=12)
    page.text(50, y + 16, "1. Meyer A. Calls and lists. Care Notes 2014; 4: 1-9.")
    assert ("2. Calls in the Night", "other", 1) in headings(read(pdf(page), "a.pdf"))


def test_slanted_lines_do_not_break_an_abstract_in_other_letters() -> None:
    page = Page()
    page.text(50, 60, "Abstract", font="hb", size=12)
    page.text(50, 80, "We asked nurses of two wards about the plant that they call")
    page.text(50, 92, "Salvia officinalis and Mentha piperita", font="i").text(230, 92, "and what they")
    page.text(50, 104, "tell the callers who take it with their tablets at home.")
    page.text(50, 140, "Introduction", font="hb", size=12)
    at = page.lines(50, 160, LONG * 4, font="h")
    page.text(50, at + 20, "Methods", font="hb", size=12)
    page.lines(50, at + 40, LONG * 4, font="h")
    found = read(pdf(page), "a.pdf")
    abstract = [words for words in blocks(found, "paragraph") if words.startswith("We asked nurses")]
    assert len(abstract) == 1
    assert abstract[0].endswith("tablets at home.")
