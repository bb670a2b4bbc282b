"""Web pages are read without their furniture, with the structure that their markup gives."""

from pathlib import Path

import pytest

from ingest.errors import ReaderError
from ingest.readers import format_of, read, read_contents
from ingest.readers.contents import ReadDocument
from ingest.readers.html import page as page_module

JOURNAL = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<title>Letters that come too late | Care Notes | Full Text</title>
<meta name="citation_title" content="Letters that come too late: a study of two clinics">
<meta name="citation_doi" content="10.1234/CN.2021.17"><meta name="citation_pmid" content="123456">
<meta name="citation_author" content="Meyer, Anna"><meta name="citation_author" content="Bert de Vries">
<meta name="citation_journal_title" content="Care Notes">
<meta name="citation_publication_date" content="2021/03/07"><meta name="citation_volume" content="4">
<meta name="citation_firstpage" content="17"><meta name="citation_lastpage" content="25">
<style>p { color: red }</style><script>var words = "Do not read me.";</script></head><body>
<div id="cookie-banner"><p>We use cookies to measure how this site is used by people who read it every day.</p></div>
<nav><ul><li>Home</li><li>Journals</li></ul></nav>
<main><article><h1>Letters that come too late: a study of two clinics</h1>
<section><h2>Abstract</h2><h3>Background</h3><p>Letters are late, and nobody who was asked for years knows why.</p>
<p><b>Results:</b> Nurses rang the ward to ask which tablets had been stopped, and got no answer from anybody.</p>
</section>
<section><h2>Introduction</h2><div><p>Transfers fail [<a href="#ref-CR1">1</a>, <a href="#ref-CR2">2</a>]. Letters are
part of every transfer of care, and they come too late<sup><a href="#ref-CR3">3</a></sup>.</p></div></section>
<section><h2>Methods</h2><h3>Participants</h3>
<p>We interviewed nine nurses and three pharmacists at <em>two</em> clinics in the north, as Table 1 shows.</p>
<ul><li>nurses of the ward<ul><li>day shift</li></ul></li><li><p>pharmacists</p></li></ul>
<figure><figcaption><b>Table 1</b> Who took part</figcaption>
<table><tr><th>Role</th><th>n</th></tr><tr><td>Nurse</td><td>9</td></tr></table></figure></section>
<section><h2>Results</h2><h3>Waiting for letters</h3>
<p>Nurses told us that they had to ring the ward every time, and that this took most of the morning.</p>
<blockquote><p><i>We ring them and nobody ever knows.</i></p><p>(Nurse 4)</p></blockquote>
<div class="disp-quote">Nobody called back.<br>(Pharmacist 2)</div>
<figure><img src="x.png"><figcaption>Figure 1. How letters travel</figcaption></figure></section>
<section><h2>References</h2><ol><li>Smith J. Letters. 2001.</li></ol></section>
<div class="related-articles"><h2>Related</h2><p>Another paper that you may like to read, on the very same subject.</p>
</div><div class="share-buttons">Share</div></article></main><footer>All rights</footer></body></html>"""


def blocks(found: ReadDocument, kind: str) -> list[str]:
    reading = found.reading
    return [reading.text[block.start : block.end] for block in reading.blocks if block.kind == kind]


@pytest.fixture(scope="module")
def journal() -> ReadDocument:
    return read(JOURNAL.encode(), "a.html")


def test_what_is_no_text_of_the_page_is_left_out(journal: ReadDocument) -> None:
    for words in ("cookies", "Journals", "Do not read me", "color", "Another paper", "Share", "All rights"):
        assert words not in journal.document.text


def test_the_head_of_the_page_becomes_the_front(journal: ReadDocument) -> None:
    document = journal.document
    assert document.title == "Letters that come too late: a study of two clinics"
    assert (document.doi, document.pmid) == ("10.1234/cn.2021.17", "123456")
    assert document.citation is not None
    assert document.citation.startswith("Meyer A, de Vries B. Letters")
    told = [(told.field, told.value) for told in journal.reading.told]
    assert ("author", "Anna Meyer") in told
    assert ("journal", "Care Notes") in told
    assert ("publication_date", "7 March 2021") in told
    assert document.text.count("Letters that come too late") == 1


def test_headings_make_sections_and_those_of_an_abstract_are_in_it(journal: ReadDocument) -> None:
    known = [(s.heading, s.kind, s.level, s.in_abstract) for s in journal.reading.sections]
    assert ("Abstract", "abstract", 1, True) in known
    assert ("Background", "background", 2, True) in known
    assert ("Results:", "results", 2, True) in known or ("Results", "results", 2, True) in known
    assert ("Waiting for letters", "results", 2, False) in known
    assert ("Introduction", "background", 1, False) in known


def test_quotations_are_blocks_line_by_line(journal: ReadDocument) -> None:
    assert blocks(journal, "quote") == [
        "We ring them and nobody ever knows.\n(Nurse 4)",
        "Nobody called back.\n(Pharmacist 2)",
    ]


def test_lists_tables_and_captions(journal: ReadDocument) -> None:
    assert blocks(journal, "list_item") == ["nurses of the ward", "day shift", "pharmacists"]
    assert blocks(journal, "table") == ["Role\tn\nNurse\t9"]
    headings = [section.heading for section in journal.reading.sections if section.kind == "table"]
    assert headings == ["Table 1 Who took part", "Figure 1. How letters travel"]
    assert blocks(journal, "note") == ["Smith J. Letters. 2001."]


def test_citations_leave_the_view_and_emphases_are_kept(journal: ReadDocument) -> None:
    assert "Transfers fail. Letters are part of every transfer of care, and they come too late." in journal.reading.text
    assert "Transfers fail [1, 2]." in journal.document.text
    reading = journal.reading
    assert "two" in [reading.text[e.start : e.end] for e in reading.emphases if e.style == "italic"]


def test_a_page_without_marked_text_is_cut_to_its_prose() -> None:
    prose = "".join(
        f"<p>Paragraph {n} of the report says what the nurses of the ward had to do when letters were not there.</p>"
        for n in range(6)
    )
    links = "".join(f"<li><a href='/{n}'>A page about something else, number {n}</a></li>" for n in range(30))
    data = f"<html><body><table><tr><td><ul>{links}</ul></td><td><div><h2>Findings</h2>{prose}</div></td></tr></table>"
    found = read(data.encode(), "a.html")
    assert "something else" not in found.document.text
    assert len(blocks(found, "paragraph")) == 6


@pytest.mark.parametrize(
    "data",
    [
        "<meta charset='iso-8859-1'><p>{}</p>".encode("cp1252"),
        b"\xef\xbb\xbf" + b"<p>{}</p>",
        "<p>{}</p>".encode("utf-16"),
        '<?xml version="1.0" encoding="windows-1252"?><html><body><p>{}</p></body></html>'.encode("cp1252"),
        "<html><body><p>{}</p></body></html>".encode("cp1252"),
        "<html><head><meta charset='utf-8'></head><body><p>{}</p></body></html>".encode("cp1252"),
    ],
)
def test_encodings(data: bytes) -> None:
    words = (
        "Über die Pflege zu Hause – “nobody called”, said the nurse, and went on with what she had to do all day long."
    )
    encoding = (
        "utf-16"
        if data.startswith((b"\xff\xfe", b"\xfe\xff"))
        else "utf-8"
        if data[:3] == b"\xef\xbb\xbf"
        else "cp1252"
    )
    page = data.decode(encoding).replace("{}", words).encode(encoding)
    assert words in read(page, "a.html").document.text


def test_broken_markup_is_mended() -> None:
    page = "<html><body><h2>Results<p>Nurses <b>rang the <i>ward</b> every</i> morning, and were not told by anybody"
    page += " what they had to do<ul><li>one<li>two</ul><table><tr><td>a<td>b</table></div></span>"
    found = read(page.encode(), "a.html")
    assert "Nurses rang the ward every morning" in found.document.text
    assert blocks(found, "list_item") == ["one", "two"]


def test_characters_that_no_text_has_are_left_out() -> None:
    page = "<p>Nurses\x01 rang<script>x</script>&#1;&#x0B;&#65535; the ward every morning, and were not told by anybody"
    page += " what&#9;they had to do.</p>"
    text = read(page.encode(), "a.html").document.text
    assert text.startswith("Nurses rang the ward")
    assert text.rstrip().endswith("what they had to do.")


def test_a_page_without_text_says_so() -> None:
    for page in (
        "<html><body><nav>Home</nav><script>load()</script></body></html>",
        "<html></html>",
        "<!doctype html>",
    ):
        with pytest.raises(ReaderError, match=r"no main text|without text"):
            read(page.encode(), "a.html")


def test_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_module, "MAX_ELEMENTS", 5)
    with pytest.raises(ReaderError, match="more than 5 elements"):
        read(JOURNAL.encode(), "a.html")


def test_elements_very_deep_in_each_other_do_no_harm() -> None:
    words = "Nurses rang the ward every morning, and were not told by anybody what they had to do about it."
    page = "<div>" * 3000 + f"<p>{words}</p>" + "</div>" * 3000 + f"<p>{words}</p>"
    try:
        assert words in read(f"<html><body>{page}".encode(), "a.html").document.text
    except ReaderError as error:
        assert "text" in str(error)


def test_a_page_saved_in_one_file(tmp_path: Path) -> None:
    page = JOURNAL.replace("\n", "\r\n")
    data = (
        "From: <Saved by a browser>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n'
        f"--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{page}\r\n--b--\r\n"
    ).encode()
    assert format_of(data).name == "a web page in one file (MHTML)"
    assert read(data, "a.mhtml").document.doi == "10.1234/cn.2021.17"
    with pytest.raises(ReaderError, match="without a page"):
        read(data.replace(b"text/html; charset", b"text/css; charset"), "a.mhtml")
    bracketed = data.replace(b"text/html; charset", b"text/html; " + b"(" * 5000 + b"; charset")
    assert read(bracketed, "a.mhtml").document.doi == "10.1234/cn.2021.17"


def test_what_is_a_page_and_what_is_not() -> None:
    assert format_of(b"  <p>Words").name == "a web page (HTML)"
    assert format_of(b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">').name == "a web page (HTML)"
    with pytest.raises(ReaderError, match="XML of a kind"):
        read_contents(b'<?xml version="1.0"?><data><p>Words</p></data>', "a.xml")


def test_spans_are_exact(journal: ReadDocument) -> None:
    for block in journal.reading.blocks:
        for span in journal.reading.spans(block.start, block.end):
            assert journal.document.text[span.start : span.end] == span.exact
