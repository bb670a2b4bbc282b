"""PDFs are read in the order of their columns, and layout tells headings, quotations, tables and furniture."""

import pytest

from ingest.errors import ReaderError
from ingest.readers import format_of, read
from ingest.readers.contents import ReadDocument
from ingest.readers.pdf import reader
from tests.ingest.pdf_maker import Page, pdf

LEFT = [
    "The ward sister told us that the letters from",
    "the clinic arrived long after the patients had",
    "gone home, and that the practice nurses rang",
    "the ward to ask which tablets were still to be",
    "taken and which of them had been stopped.",
]
RIGHT = [
    "Pharmacists in the hospital wrote their notes",
    "in another system, which nobody in general",
    "practice could open, so that the same ques-",
    "tions were asked again at every visit and the",
    "answers were lost between the two places.",
]


def blocks(found: ReadDocument, kind: str) -> list[str]:
    reading = found.reading
    return [reading.text[block.start : block.end] for block in reading.blocks if block.kind == kind]


def headings(found: ReadDocument) -> list[tuple[str, str, int]]:
    return [(section.heading, section.kind, section.level) for section in found.reading.sections]


def paper() -> bytes:
    """Two pages in two columns, with title, running heads, a quotation set in, a table and a footnote."""
    one, two = Page(), Page()
    for number, page in enumerate((one, two), 1):
        page.text(50, 30, f"Meyer et al. Care Notes 2021, 4:{16 + number}", font="h", size=7)
        page.text(500, 780, f"Page {number} of 2", font="h", size=7)
    one.text(50, 80, "Letters that come too late: a study of two clinics", font="hb", size=20)
    one.text(50, 110, "Anna Meyer, Bert de Vries", font="h", size=10)
    one.text(50, 140, "Introduction", font="hb", size=12)
    one.lines(50, 155, LEFT * 2)
    one.text(50, 300, "Results", font="hb", size=12)
    one.text(50, 318, "Waiting for letters", font="hb", size=10)
    at = one.lines(50, 332, [*LEFT[:4], "taken, as one of them said:"])
    one.lines(66, at + 8, ["We ring them and nobody ever", "knows which tablets to stop.", "(Nurse 4)"])
    one.lines(320, 155, RIGHT * 3)
    one.rule(50, 120, 600).text(50, 610, "* Correspondence: meyer@example.org", size=7)
    two.text(50, 80, "Table 1", font="hb", size=8).text(84, 80, "Who took part", font="h", size=8)
    two.rule(50, 280, 84)
    for row, cells in enumerate([("Role", "Number"), ("Ward nurse", "7"), ("Pharmacist", "12")]):
        two.text(50, 95 + 12 * row, cells[0], font="h", size=8).text(200, 95 + 12 * row, cells[1], font="h", size=8)
    two.rule(50, 280, 124)
    two.lines(50, 160, LEFT * 3)
    two.lines(320, 80, RIGHT * 3)
    two.text(320, 290, "Discussion", font="hb", size=12)
    two.lines(320, 305, LEFT)
    return pdf(one, two, info="/Subject (Care Notes, doi:10.1234/cn.2021.17)")


@pytest.fixture(scope="module")
def found() -> ReadDocument:
    return read(paper(), "a.pdf")


def test_columns_are_read_one_after_the_other(found: ReadDocument) -> None:
    text = found.reading.text
    assert text.index("Waiting for letters") < text.index("Pharmacists in the hospital")
    assert "had gone home, and that" in text
    assert found.document.media_type == "application/pdf"


def test_words_broken_at_line_ends_are_joined_in_the_view_alone(found: ReadDocument) -> None:
    assert "the same questions were asked" in found.reading.text
    assert "ques-\ntions" in found.document.text


def test_furniture_is_stored_and_not_in_the_view(found: ReadDocument) -> None:
    for words in ("Meyer et al. Care Notes", "Page 1 of 2", "Page 2 of 2"):
        assert words in found.document.text
        assert words not in found.reading.text
    assert any("left out" in note for note in found.reading.notes)


def test_headings_title_and_depth_come_from_fonts(found: ReadDocument) -> None:
    assert found.document.title == "Letters that come too late: a study of two clinics"
    known = headings(found)
    assert ("Introduction", "background", 1) in known
    assert ("Waiting for letters", "results", 2) in known
    assert ("Discussion", "discussion", 1) in known


def test_what_is_set_in_is_a_quotation(found: ReadDocument) -> None:
    quoted = blocks(found, "quote")
    assert quoted == ["We ring them and nobody ever knows which tablets to stop.\n(Nurse 4)"]


def test_tables_are_rows_with_tabs_behind_the_text(found: ReadDocument) -> None:
    assert blocks(found, "table") == ["Role\tNumber\nWard nurse\t7\nPharmacist\t12"]
    assert found.reading.text.index("Ward nurse") > found.reading.text.index("Discussion")


def test_a_paragraph_goes_on_over_a_page(found: ReadDocument) -> None:
    assert found.reading.text.count("taken and which of them had been stopped.") == 6


def test_identifiers_come_from_the_metadata(found: ReadDocument) -> None:
    assert found.document.doi == "10.1234/cn.2021.17"


def test_footnotes_stand_behind_the_text(found: ReadDocument) -> None:
    text = found.reading.text
    assert text.index("Correspondence") > text.index("Discussion")


def test_pages_begin_where_they_say(found: ReadDocument) -> None:
    starts = found.document.page_starts
    assert len(starts) == 2
    assert starts[0] == 0
    text = found.document.text
    assert "Page 1 of 2" in text[: starts[1]]
    assert "Page 2 of 2" in text[starts[1] :]


def test_every_span_is_exact(found: ReadDocument) -> None:
    for block in found.reading.blocks:
        for span in found.reading.spans(block.start, block.end):
            assert found.document.text[span.start : span.end] == span.exact


def test_an_empty_page_has_a_start_of_its_own() -> None:
    page = Page()
    page.lines(50, 100, LEFT)
    for pages in ([page, Page(), Page(), page], [Page(), page, Page()], [Page(), Page(), page]):
        starts = read(pdf(*pages), "a.pdf").document.page_starts
        assert starts[0] == 0
        assert len(set(starts)) == len(pages)
        assert list(starts) == sorted(starts)


def test_line_numbers_of_manuscripts_leave_the_view() -> None:
    page = Page()
    for number, line in enumerate(LEFT * 3, 1):
        page.text(60 if number < 10 else 55, 80 + 24 * number, str(number), size=9)
        page.text(90, 80 + 24 * number, line, size=12)
    found = read(pdf(page), "a.pdf")
    assert "clinic arrived long after the patients had gone home" in found.reading.text
    assert not any(letter.isdigit() for letter in found.reading.text)
    assert "\n2 the clinic arrived" in found.document.text


def test_a_turned_page_is_read_upright_and_turned_margins_are_furniture() -> None:
    page = Page()
    for number, line in enumerate(LEFT):
        page.text(100 + 12 * number, 700, line, turn=1)
    page.text(300, 790, "Downloaded by a reader", size=7)
    found = read(pdf(page), "a.pdf")
    assert "told us that the letters from the clinic arrived" in found.reading.text
    assert "Downloaded" not in found.reading.text
    assert "Downloaded" in found.document.text


def test_three_columns_are_read_in_order() -> None:
    page = Page()
    short = [" ".join(line.split()[:4]) for line in LEFT]
    for column, word in enumerate(("first", "second", "third")):
        page.lines(50 + 180 * column, 100, [f"{word} {line}" for line in short])
    text = read(pdf(page), "a.pdf").reading.text
    assert text.rindex("first") < text.index("second") < text.rindex("second") < text.index("third")


def test_bullets_are_list_items_with_their_hanging_lines() -> None:
    page = Page()
    page.text(50, 80, "Methods", font="hb", size=12)
    at = page.lines(50, 100, [*LEFT, "We asked about three things:"])
    page.text(56, at, "\u2022").lines(68, at, ["how the letters came and who in the", "practice opened them"])
    page.text(56, at + 24, "\u2022").text(68, at + 24, "who was told")
    page.lines(50, at + 50, LEFT)
    items = blocks(read(pdf(page), "a.pdf"), "list_item")
    assert items == [
        "\u2022 how the letters came and who in the practice opened them",
        "\u2022 who was told",
    ]


def test_slanted_words_are_emphases() -> None:
    page = Page()
    page.lines(50, 100, LEFT)
    page.text(50, 160, "One said:").text(95, 160, "nobody rang", font="i").text(155, 160, "and left the room.")
    reading = read(pdf(page), "a.pdf").reading
    assert [reading.text[e.start : e.end] for e in reading.emphases] == ["nobody rang"]


def test_a_scan_says_that_it_has_no_text_layer() -> None:
    with pytest.raises(ReaderError, match=r"no text layer.*pictures"):
        read(pdf(Page().picture(), Page().picture()), "a.pdf")
    with pytest.raises(ReaderError, match=r"no text layer.*empty"):
        read(pdf(Page()), "a.pdf")


def test_scanned_pages_among_others_are_named() -> None:
    page = Page()
    page.lines(50, 100, LEFT)
    notes = read(pdf(page, Page().picture(), Page().picture(), page), "a.pdf").reading.notes
    assert "no text layer on pages 2-3: what is there was not read" in notes


def test_a_password_is_named() -> None:
    protected = (
        "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" + "41" * 32 + "> /U <" + "42" * 32 + "> >> "
        "/ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]"
    )
    with pytest.raises(ReaderError, match="protected by a password"):
        read(pdf(Page().text(50, 100, "Words"), trailer=protected), "a.pdf")


def test_damage_is_named() -> None:
    with pytest.raises(ReaderError, match="damaged"):
        read(b"%PDF-1.7\nnothing of the kind", "a.pdf")


def test_a_truncated_file_is_read_or_refused() -> None:
    data = paper()
    for share in (0.2, 0.5, 0.9):
        try:
            found = read(data[: int(share * len(data))], "a.pdf")
        except ReaderError:
            continue
        assert found.document.text.strip()


def test_bounds_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    page = Page()
    page.lines(50, 100, LEFT)
    data = pdf(page, page)
    for name, value, words in (
        ("MAX_PAGES", 1, "2 pages"),
        ("MAX_CHARACTERS", 50, "50 characters"),
        ("MAX_SECONDS", -1.0, "seconds"),
    ):
        with monkeypatch.context() as patch, pytest.raises(ReaderError, match=words):
            patch.setattr(reader, name, value)
            read(data, "a.pdf")


def test_a_pdf_is_known_by_its_content_even_behind_a_few_strange_bytes() -> None:
    assert format_of(b"\n\xef\xbb\xbf" + paper()).name == "a PDF"
    assert format_of(b"A text on %PDF-1.4 and other formats.").name == "text"
