"""What people do in Word documents: title pages, headings by hand, formulas, styles used for something else."""

import pytest

from ingest.readers import read
from tests.ingest.docx_maker import docx, p, run
from tests.ingest.test_docx import BULLET, PROSE, SAID, SET_IN, blocks, headings

CENTRED = '<w:jc w:val="center"/>'
LONG = f"{PROSE} {PROSE} {PROSE} {PROSE}"


def sized(words: str, size: int, properties: str = CENTRED) -> str:
    return p(run(words, f'<w:sz w:val="{size}"/>'), properties=properties)


def test_the_title_of_a_title_page_is_what_is_set_largest() -> None:
    found = read(
        docx(
            sized("University of the North", 32), sized("Department of Nursing", 28),
            sized("Letters that come too late: a study of two wards", 36), sized("Master's thesis", 24),
            sized("by", 24), sized("Anna Meyer", 24), sized("May 2021", 24), p("Results", "Heading1"), p(LONG),
        ),
        "a.docx",
    )  # fmt: skip
    assert found.document.title == "Letters that come too late: a study of two wards"
    assert {"University of the North", "May 2021"} <= set(blocks(found, "front"))


def test_institutions_dates_and_the_author_are_no_title() -> None:
    lines = (
        "Northern University",
        "A thesis submitted in partial fulfilment of the requirements",
        "Anna Meyer",
        "May 2021",
    )
    found = read(
        docx(*(p(line, properties=CENTRED) for line in lines), p("Results", "Heading1"), p(LONG), author="Meyer, Anna"),
        "a.docx",
    )
    assert found.document.title is None


@pytest.mark.parametrize("title", ["Experiences of students of nursing", "How the university trains its nurses"])
def test_a_title_that_speaks_of_students_or_universities_is_one(title: str) -> None:
    found = read(docx(sized("Northern University", 28), sized(title, 36), p("Results", "Heading1"), p(LONG)), "a.docx")
    assert found.document.title == title


def test_a_title_in_capitals_line_by_line_is_put_together() -> None:
    lines = ("THE WAY OF LETTERS THAT COME", "TOO LATE: A STUDY OF", "TWO WARDS.")
    found = read(
        docx(*(p(run(line, "<w:b/>"), properties=CENTRED) for line in lines), p("Results", "Heading1"), p(LONG)),
        "a.docx",
    )
    assert found.document.title == "THE WAY OF LETTERS THAT COME TOO LATE: A STUDY OF TWO WARDS."
    assert blocks(found, "front") == []


def test_a_first_heading_before_the_authors_is_the_title() -> None:
    found = read(
        docx(
            p("Letters that come too late", "Heading1"), p("Authors", "Heading1"), p("Anna Meyer"),
            p("Results", "Heading1"), p(PROSE),
        ),
        "a.docx",
    )  # fmt: skip
    assert found.document.title == "Letters that come too late"
    assert headings(found)[-1] == ("Results", "results", 1)


def test_a_style_of_headings_that_is_used_for_running_text_is_none() -> None:
    found = read(
        docx(
            p("Results", "Heading2"), p(LONG, "Heading1"), p("Nurses rang the ward again.", "Heading1"),
            p(LONG, "Heading1"), p("Waiting for letters", "Heading2"), p(LONG, "Heading1"),
        ),
        "a.docx",
    )  # fmt: skip
    assert headings(found) == [("Results", "results", 1), ("Waiting for letters", "results", 2)]
    assert "Nurses rang the ward again." in blocks(found, "paragraph")


def test_headings_by_hand_that_are_numbered() -> None:
    bold = "<w:b/>"
    found = read(
        docx(
            p("Methods", "Heading1"), p(LONG), p(run("Results", bold), properties=BULLET), p(LONG),
            p(run("Waiting for letters", bold), properties=BULLET), p(LONG),
            p(run("Nurses", bold), properties=BULLET), p(run("Pharmacists", bold), properties=BULLET),
        ),
        "a.docx",
    )  # fmt: skip
    assert [heading for heading, _, _ in headings(found)] == ["Methods", "Results", "Waiting for letters"]
    assert blocks(found, "list_item") == ["Nurses", "Pharmacists"]


def test_formulas_are_no_headings_and_no_captions() -> None:
    formula = '<m:oMathPara xmlns:m="urn:m"><m:oMath><m:r><m:t>Q=957.7×W</m:t></m:r></m:oMath></m:oMathPara>'
    found = read(docx(p("Results", "Heading1"), p(PROSE), p(formula), p(formula, "Caption"), p(PROSE)), "a.docx")
    assert headings(found) == [("Results", "results", 1)]
    assert blocks(found, "paragraph").count("Q=957.7×W") == 2


def test_a_document_without_headings_is_read_as_text() -> None:
    found = read(docx(p("Interview with a nurse"), p("Q: Who writes the letter?"), p("A: Nobody knows.")), "a.docx")
    assert blocks(found, "paragraph") == ["Interview with a nurse", "Q: Who writes the letter?", "A: Nobody knows."]


def test_captions_and_what_is_set_in_behind_the_text_are_no_quotations() -> None:
    found = read(
        docx(
            p("Results", "Heading1"), p(LONG), p("Figure 1. The way of a letter", properties=SET_IN),
            p(SAID, properties=SET_IN), p("Abbreviations", "Heading1"), p("HTML Hypertext", properties=SET_IN),
        ),
        "a.docx",
    )  # fmt: skip
    assert blocks(found, "quote") == [SAID]
    assert [s.heading for s in found.reading.sections if s.kind == "table"] == ["Figure 1. The way of a letter"]


def test_bold_words_among_the_references_are_no_headings() -> None:
    bold = p(run("Meyer A. Letters of wards", "<w:b/>"))
    found = read(docx(p("Results", "Heading1"), p(PROSE), p("References", "Heading1"), bold, p("2001.")), "a.docx")
    assert blocks(found, "note") == ["Meyer A. Letters of wards", "2001."]


def test_a_colon_behind_a_bold_part_of_an_abstract_belongs_to_it() -> None:
    part = run("Results", "<w:b/>") + run(": Nurses rang the ward.")
    found = read(docx(p("Abstract", "Heading1"), p(part), p("Methods", "Heading1"), p(PROSE)), "a.docx")
    assert blocks(found, "heading") == ["Abstract", "Results:", "Methods"]
    assert "Nurses rang the ward." in blocks(found, "paragraph")
