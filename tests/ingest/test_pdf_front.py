"""What the first pages of journals tell of a paper, and how far: title, names, journal, and where the abstract ends."""

import pytest

from ingest.extract.study.front import front_facts
from ingest.readers import read
from ingest.readers.contents import ReadDocument
from tests.ingest.pdf_maker import Page, pdf
from tests.ingest.test_pdf import LEFT, RIGHT, blocks, headings
from tests.ingest.test_pdf_pages import LONG, body


def facts(found: ReadDocument, field: str) -> list[str]:
    return [fact.value for fact in front_facts(found.reading, found.document) if fact.field == field]


def headed(header: str, *, first: str = "") -> ReadDocument:
    """Read a paper of three pages with a running header."""
    pages = [Page(), Page(), Page()]
    pages[0].text(50, 110, "Calls that nobody answers", font="hb", size=18).text(50, 140, first or "Two wards", size=8)
    for number, page in enumerate(pages, 1):
        page.text(50, 40, header, font="h", size=8).text(500, 40, f"Page {number} of 3", font="h", size=8)
        page.text(50, 170, ("Introduction", "Methods", "Results")[number - 1], font="hb", size=12)
        body(page, 190, 6)
    return read(pdf(*pages), "a.pdf")


@pytest.mark.parametrize(
    ("header", "journal"),
    [
        ("Meyer et al. Care Notes (2021) 4:17", "Care Notes"),
        ("Meyer A, et al. Care Notes 2021;4:e17. doi:10.1234/care-17", "Care Notes"),
        ("CARE NOTES | https://doi.org/10.1234/care.17", "CARE NOTES"),
        ("Care Notes and Letters 2021:15", "Care Notes and Letters"),
    ],
)
def test_a_running_header_tells_the_journal_and_is_not_in_the_view(header: str, journal: str) -> None:
    found = headed(header)
    assert facts(found, "journal") == [journal]
    assert header not in found.reading.text
    told = next(told for told in found.reading.told if told.field == "journal")
    assert [span.exact for span in found.reading.spans(told.start, told.end)] == [journal]


def test_the_year_of_a_running_header_counts_where_the_first_page_has_no_date() -> None:
    header = "Meyer et al. Care Notes (2021) 4:17"
    assert facts(headed(header), "publication_date") == ["2021"]
    assert "2021" not in facts(headed(header, first="Published: 4 May 2020"), "publication_date")


def test_a_subtitle_in_smaller_letters_is_part_of_the_title_and_names_are_not() -> None:
    page = Page()
    page.text(50, 60, "Calls that nobody answers", font="hb", size=20)
    page.text(50, 84, "A protocol of a study in two wards", font="hb", size=16)
    page.text(50, 104, "Anna Meyer, MDa, Bert de Vries, PhDb,*, Chloé Roux, MSca", font="hb", size=14.5)
    page.text(50, 140, "Introduction", font="hb", size=12)
    body(page, 160)
    data = pdf(page, info="/Title (Calls that nobody answers)")
    found = read(data, "a.pdf")
    assert found.document.title == "Calls that nobody answers: A protocol of a study in two wards"
    assert facts(found, "author") == ["Anna Meyer", "Bert de Vries", "Chloé Roux"]


def test_the_last_line_of_a_title_stays_with_it_above_columns_and_a_sidebar() -> None:
    page = Page()
    page.lines(200, 50, ["Calls that nobody answers in the wards of", "two hospitals"], font="hb", size=17, step=20)
    page.text(200, 100, "Anna Meyer", font="h", size=12).text(
        284, 100, ", Bert de Vries, Chloé Roux,", font="h", size=12
    )
    page.text(200, 114, "Dora Lind", font="h", size=12)
    page.lines(
        50, 140, ["To cite: Meyer A, et al.", "Calls that nobody", "answers in the wards", "of two hospitals."], size=8
    )
    for x, lines in ((200, LEFT), (400, RIGHT)):
        page.lines(x, 140, [line[:36] for line in lines] * 9, size=9)
    found = read(pdf(page), "a.pdf")
    assert found.document.title == "Calls that nobody answers in the wards of two hospitals"
    assert facts(found, "author") == ["Anna Meyer", "Bert de Vries", "Chloé Roux", "Dora Lind"]


def test_a_mark_of_an_authors_record_is_no_part_of_the_name() -> None:
    page = Page()
    page.text(50, 60, "Calls that nobody answers", font="hb", size=20)
    page.text(50, 90, "Anna MeyerID1,2*, Bert de VriesID2, Chloé Roux1", size=12)
    page.text(50, 140, "Introduction", font="hb", size=12)
    body(page, 160)
    assert facts(read(pdf(page), "a.pdf"), "author") == ["Anna Meyer", "Bert de Vries", "Chloé Roux"]


def test_a_summary_for_everyone_stands_in_the_abstract_and_the_paper_does_not() -> None:
    page = Page()
    y = 60.0
    for label in ("Abstract", "Background", "Methodology/Principal findings", "Conclusions/Significance"):
        page.text(50, y, label, font="hb", size=12 if label == "Abstract" else 11)
        y = page.lines(50, y + 14, LONG if label != "Abstract" else []) + 8
    for label in ("Author summary", "Introduction", "Methods", "Results"):
        page.text(50, y, label, font="hb", size=12)
        y = page.lines(50, y + 14, LONG) + 10
    found = read(pdf(page), "a.pdf")
    inside = {section.heading: section.in_abstract for section in found.reading.sections}
    assert inside["Conclusions/Significance"]
    assert inside["Author summary"]
    assert not inside["Introduction"]
    assert ("Methods", "methods", 1) in headings(found)
    assert not inside["Results"]


def test_a_registration_behind_the_conclusions_of_an_abstract_does_not_end_it() -> None:
    page = Page()
    page.text(50, 60, "Abstract", font="hb", size=12)
    labels = ("Background", "Methods", "Results", "Conclusions", "Trial registration")
    y = 76.0
    for label in labels:
        y = page.lines(50, y, [f"{label}: The nurses of both wards kept a list of calls.", *LONG[1:]]) + 6
    page.text(50, y + 20, "Background", font="hb", size=12)
    body(page, y + 40)
    found = read(pdf(page), "a.pdf")
    inside = [(section.heading, section.in_abstract) for section in found.reading.sections]
    assert ("Trial registration", True) in inside
    assert ("Background", False) in inside


def test_a_doi_of_a_registration_is_none_of_the_paper() -> None:
    page = Page()
    page.text(50, 60, "Calls that nobody answers", font="hb", size=20)
    page.text(50, 90, "Abstract", font="hb", size=12).text(50, 104, "Registered as DOI 10.17605/OSF.IO/ABCDE.")
    page.text(50, 140, "Introduction", font="hb", size=12)
    body(page, 160)
    page.text(50, 700, "http://dx.doi.org/10.1234/care.0017", size=7)
    assert read(pdf(page), "a.pdf").document.doi == "10.1234/care.0017"


def test_a_table_is_no_wider_than_its_own_rules_under_the_rule_of_the_header() -> None:
    page = Page()
    page.rule(50, 550, 40).text(50, 60, "Table 1 Who called", font="h", size=8)
    page.rule(50, 280, 66).rule(50, 280, 140)
    for row, cells in enumerate([("Caller", "Calls"), ("Sister", "17"), ("Pharmacist", "4")]):
        for x, cell in zip((55, 200), cells, strict=True):
            page.text(x, 82 + 20 * row, cell, font="h", size=8)
    page.lines(50, 180, LEFT * 5)
    page.lines(310, 60, RIGHT * 7)
    found = read(pdf(page), "a.pdf")
    assert blocks(found, "table") == ["Caller\tCalls\nSister\t17\nPharmacist\t4"]
    assert " ".join(blocks(found, "paragraph")).count("practice could open") == 7


@pytest.mark.parametrize(
    "names",
    [
        "Anna Meyer, PhDa,b,*, Bert de Vries, MD, MBAa,c, Chloé Roux, RNb,c",
        "Anna Meyer a,b,1, Bert de Vries a,c, Chloé Roux b,c,d,*",
        "Anna Meyer,a Bert de Vries,a,c and Chloé Roux,b",
        "Anna Meyer1, Bert de Vries2 and Chloé Roux1 and for the Ward Calls Study Group",
    ],
)
def test_letters_of_affiliations_degrees_and_groups_are_no_names(names: str) -> None:
    page = Page()
    page.text(50, 60, "Calls that nobody answers", font="hb", size=20).text(50, 90, names, size=12)
    page.text(50, 140, "Introduction", font="hb", size=12)
    body(page, 160)
    assert facts(read(pdf(page), "a.pdf"), "author") == ["Anna Meyer", "Bert de Vries", "Chloé Roux"]


def test_a_paper_is_not_published_when_it_was_accepted() -> None:
    page = Page()
    page.text(50, 60, "Calls that nobody answers", font="hb", size=20)
    page.text(50, 90, "Received 2 May 2020; Accepted 4 December 2020", size=9)
    page.text(50, 104, "Copyright © 2021 Anna Meyer.", size=9)
    page.text(50, 140, "Introduction", font="hb", size=12)
    body(page, 160)
    assert facts(read(pdf(page), "a.pdf"), "publication_date") == ["2021"]


def test_a_title_may_be_called_one() -> None:
    page = Page()
    page.text(50, 60, "This is an accepted manuscript of the journal Care Notes and may change", font="i")
    page.text(50, 90, "Title: Calls that nobody answers in two wards of a hospital")
    page.text(50, 120, "Abstract", font="b", size=12)
    body(page, 140, 6)
    assert read(pdf(page), "a.pdf").document.title == "Calls that nobody answers in two wards of a hospital"


def test_marks_of_quotations_in_a_title_are_as_they_are_printed() -> None:
    page = Page()
    page.text(50, 60, "“Nobody answers”: calls in two wards", font="hb", size=20)
    body(page, 140, 6)
    data = pdf(page, info="/Title (``Nobody answers'': calls in two wards)")
    assert read(data, "a.pdf").document.title == "“Nobody answers”: calls in two wards"
