"""Word documents are read by style, outline and indents, with tracked changes accepted and nothing of comments."""

import io
import zipfile

import pytest

from ingest.errors import ReaderError
from ingest.readers import format_of, read
from ingest.readers.contents import ReadDocument
from ingest.readers.docx import package as docx_package
from tests.ingest.docx_maker import docx, p, run, table

PROSE = "Nurses told us that they had to ring the ward every time, and that this took most of their morning."
SAID = "We ring them and nobody ever knows which tablets to stop. (Nurse 4)"
SET_IN = '<w:ind w:left="567" w:right="567"/>'
BULLET = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>'


def blocks(found: ReadDocument, kind: str) -> list[str]:
    reading = found.reading
    return [reading.text[block.start : block.end] for block in reading.blocks if block.kind == kind]


def headings(found: ReadDocument) -> list[tuple[str, str, int]]:
    return [(s.heading, s.kind, s.level) for s in found.reading.sections if s.heading]


def test_headings_by_style_name_outline_level_and_what_a_style_rests_on() -> None:
    found = read(
        docx(
            p("Letters that come too late", "Title"),
            p("Methods", "Heading1"), p(PROSE), p("Setting", "Heading2"), p(PROSE),
            p("Results", "berschrift1"), p(PROSE), p("Discussion", "Own"), p(PROSE),
            p("Conclusions", "Below"), p(PROSE),
        ),
        "a.docx",
    )  # fmt: skip
    assert found.document.title == "Letters that come too late"
    assert headings(found) == [
        ("Methods", "methods", 1),
        ("Setting", "methods", 2),
        ("Results", "results", 1),
        ("Discussion", "discussion", 1),
        ("Conclusions", "conclusions", 1),
    ]


def test_headings_of_one_style_are_parts_of_the_main_section_before_them() -> None:
    heads = ("Abstract", "Aim", "Results", "Background", "Methods", "Who took part", "Results", "Waiting for a call",
             "In charge", "Funding")  # fmt: skip
    found = read(docx(*(part for head in heads for part in (p(head, "Heading1"), p(PROSE)))), "a.docx")
    assert headings(found) == [
        ("Abstract", "abstract", 1),
        ("Aim", "background", 2),
        ("Results", "results", 2),
        ("Background", "background", 1),
        ("Methods", "methods", 1),
        ("Who took part", "methods", 2),
        ("Results", "results", 1),
        ("Waiting for a call", "results", 2),
        ("In charge", "results", 2),
        ("Funding", "back", 1),
    ]


def test_headings_that_are_only_set_in_bold() -> None:
    bold = "<w:b/>"
    found = read(
        docx(
            p(run("Letters that come too late: a study", bold), properties='<w:jc w:val="center"/>'),
            p("Anna Meyer, Bert de Vries"),
            p(run("Abstract", bold)), p(run("Methods: ", bold) + run("We asked nine nurses what they do.")),
            p(run("Results", bold)), p(PROSE), p(run("Waiting for letters", bold)), p(PROSE),
            p(run("Ringing the ward", "<w:i/>")), p(PROSE), p(run("Important: ", bold) + run(PROSE)),
        ),
        "a.docx",
    )  # fmt: skip
    assert found.document.title == "Letters that come too late: a study"
    assert headings(found) == [
        ("Abstract", "abstract", 1),
        ("Methods", "methods", 2),
        ("Results", "results", 1),
        ("Waiting for letters", "results", 2),
        ("Ringing the ward", "results", 3),
    ]
    assert blocks(found, "front") == ["Anna Meyer, Bert de Vries"]
    assert f"Important: {PROSE}" in blocks(found, "paragraph")


def test_bold_parts_of_an_abstract_and_back_matter_words_inside_the_body() -> None:
    def bold(words: str) -> str:
        return p(run(words, "<w:b/>"))

    parts = [
        bold("Abstract"), bold("Background"), p(PROSE), bold("Results"), p(PROSE), bold("Background"), p(PROSE),
        bold("Methods"), p(PROSE), bold("Consent"), p(PROSE), bold("Results"), p(PROSE), bold("Funding"), p(PROSE),
    ]  # fmt: skip
    found = read(docx(*parts), "a.docx")
    assert headings(found) == [
        ("Abstract", "abstract", 1),
        ("Background", "background", 2),
        ("Results", "results", 2),
        ("Background", "background", 1),
        ("Methods", "methods", 1),
        ("Consent", "methods", 2),
        ("Results", "results", 1),
        ("Funding", "back", 1),
    ]


def test_quotations_by_style_and_by_indent() -> None:
    lines = run("Q: And then?") + "<w:r><w:br/></w:r>" + run("A: Nothing.")
    found = read(
        docx(p("Results", "Heading1"), p(PROSE), p(SAID, "Quote"), p(SAID, "Zitat"), p(SAID, properties=SET_IN),
             p(PROSE), p(lines, "Quote"), p("Methods", "Heading1"), p(PROSE)),
        "a.docx",
    )  # fmt: skip
    assert blocks(found, "quote") == [SAID, SAID, SAID, "Q: And then?\nA: Nothing."]


def test_lists_tables_captions_and_contents() -> None:
    found = read(
        docx(
            p("Methods", "Heading1"), p("Methods 3", "TOC1"), p(PROSE), p("nurses", properties=BULLET),
            p("pharmacists", properties=BULLET + SET_IN), p("Table 1 Who took part"),
            table(("Role", "n"), ("Nurse", "9")), p(PROSE), p("Figure 1 The way of a letter", "Caption"), p(PROSE),
        ),
        "a.docx",
    )  # fmt: skip
    assert blocks(found, "list_item") == ["nurses", "pharmacists"]
    assert blocks(found, "table") == ["Role\tn\nNurse\t9"]
    assert [s.heading for s in found.reading.sections if s.kind == "table"] == [
        "Table 1 Who took part",
        "Figure 1 The way of a letter",
    ]
    assert "Methods 3" not in found.document.text


def test_cells_that_span_columns_or_rows_leave_the_others_in_place() -> None:
    def cell(words: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(words)}</w:tc>"

    tall, wide = '<w:vMerge w:val="restart"/>', '<w:gridSpan w:val="2"/>'
    first = cell("Ward", tall) + cell("Both", wide) + cell("n")
    second = cell("gone", "<w:vMerge/>") + cell("a") + cell("b") + cell("9")
    rows = f"<w:tr>{first}</w:tr><w:tr>{second}</w:tr>"
    found = read(docx(p("Results", "Heading1"), p(PROSE), f"<w:tbl>{rows}</w:tbl>"), "a.docx")
    assert blocks(found, "table") == ["Ward\tBoth\t\tn\n\ta\tb\t9"]


def test_tracked_changes_are_accepted_and_told() -> None:
    changed = (
        run("Nurses rang ")
        + f'<w:del w:id="1"><w:r><w:delText>never </w:delText></w:r></w:del><w:ins w:id="2">{run("always ")}</w:ins>'
        + f'<w:moveFrom w:id="3">{run("here ")}</w:moveFrom>'
        + run("and got no answer from anybody there.")
    )
    first = p("The first half", properties='<w:rPr><w:del w:id="4"/></w:rPr>')
    found = read(docx(p("Results", "Heading1"), p(changed), first, p(" and the second half.")), "a.docx")
    assert blocks(found, "paragraph") == [
        "Nurses rang always and got no answer from anybody there.",
        "The first half and the second half.",
    ]
    assert "4 tracked changes read as accepted" in found.reading.notes


def test_footnotes_come_last_and_comments_not_at_all() -> None:
    noted = run("Nurses rang the ward.") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run(" Nobody answered.")
    found = read(
        docx(
            p("Results", "Heading1"),
            p(noted),
            footnotes={2: "At night as well.", 3: "Nobody refers to me."},
            comments=2,
        ),
        "a.docx",
    )
    assert blocks(found, "note") == ["At night as well."]
    assert "Is this so?" not in found.document.text
    assert "2 comments left out" in found.reading.notes


def test_fields_show_what_they_show_and_citations_are_marked() -> None:
    def char(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = "<w:r><w:instrText> ADDIN ZOTERO_ITEM {} </w:instrText></w:r>"
    cited = run("Letters are late ") + char("begin") + code + char("separate") + run("[1, 2]") + char("end") + run(".")
    link = '<w:hyperlink r:id="x" xmlns:r="urn:r">' + run("the report") + "</w:hyperlink>"
    found = read(docx(p("Background", "Heading1"), p(cited), p(run("See ") + link + run(" for more."))), "a.docx")
    assert blocks(found, "paragraph") == ["Letters are late.", "See the report for more."]
    assert "Letters are late [1, 2]." in found.document.text
    assert "ZOTERO" not in found.document.text
    assert [mark.label for mark in found.reading.citations] == ["[1, 2]"]


def test_text_boxes_stand_aside_and_are_read_once() -> None:
    box = f"<w:txbxContent>{p('Key points of the study')}</w:txbxContent>"
    drawn = (
        '<w:r><mc:AlternateContent xmlns:mc="urn:mc"><mc:Choice><w:drawing>'
        f"{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    found = read(docx(p("Results", "Heading1"), p(run(PROSE) + drawn), p(PROSE)), "a.docx")
    assert blocks(found, "table") == ["Key points of the study"]
    assert found.document.text.count("Key points") == 1


def test_emphases_identifiers_and_properties() -> None:
    words = (
        run("Nurses ") + run("always", "<w:i/>") + run(" rang, ") + run("never", '<w:i w:val="0"/>') + run(" wrote.")
    )
    found = read(
        docx(p("A study of letters"), p("https://doi.org/10.1234/CN.2021.17"), p("Results", "Heading1"), p(words),
             title="A study of letters", author="Anna Meyer"),
        "a.docx",
    )  # fmt: skip
    reading = found.reading
    assert [reading.text[e.start : e.end].strip() for e in reading.emphases] == ["always"]
    assert found.document.doi == "10.1234/cn.2021.17"
    assert found.document.title == "A study of letters"
    assert found.document.citation == "Anna Meyer. A study of letters"


def test_references_are_notes_whatever_their_indents() -> None:
    entry = p("Smith J. Letters of wards. Care Notes 2001.", properties='<w:ind w:left="720" w:hanging="720"/>')
    found = read(docx(p("Results", "Heading1"), p(PROSE), p("References", "Heading1"), entry), "a.docx")
    assert blocks(found, "note") == ["Smith J. Letters of wards. Care Notes 2001."]


def test_spans_are_exact() -> None:
    found = read(docx(p("Results", "Heading1"), p(PROSE), p(SAID, "Quote"), table(("a", "b"))), "a.docx")
    for block in found.reading.blocks:
        for span in found.reading.spans(block.start, block.end):
            assert found.document.text[span.start : span.end] == span.exact


def test_what_is_protected_or_old_is_named() -> None:
    sign = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(512)
    for name, words in (("EncryptedPackage", "password"), ("WordDocument", "old Word"), ("Workbook", "old Excel")):
        with pytest.raises(ReaderError, match=words):
            read(sign + name.encode("utf-16-le") + bytes(64), "a.docx")
    with pytest.raises(ReaderError, match="old Office"):
        read(sign, "a.docx")


def test_a_damaged_document_is_named() -> None:
    data = docx(p("Results", "Heading1"), p(PROSE))
    broken = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, text[: len(text) // 2] if name == "word/document.xml" else text)
    with pytest.raises(ReaderError, match=r"document\.xml.*not well-formed"):
        read(broken.getvalue(), "a.docx")


def test_bounds_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    data = docx(p("Results", "Heading1"), p(PROSE))
    monkeypatch.setattr(docx_package, "MAX_PART", 100)
    with pytest.raises(ReaderError, match="has a part of more than"):
        read(data, "a.docx")


def test_a_document_without_words_is_refused() -> None:
    with pytest.raises(ReaderError, match="holds no text"):
        read(docx(p("")), "a.docx")


def test_it_is_known_by_its_content() -> None:
    assert format_of(docx(p("Words"))).name == "a Word document (DOCX)"
