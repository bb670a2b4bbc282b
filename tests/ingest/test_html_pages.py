"""What publishers do to their pages: each test is a cause for which a page was once misread, in words of our own."""

import pytest

from ingest.readers import read
from ingest.readers.contents import ReadDocument
from tests.ingest.test_html import blocks

LONG = (
    "The nurses of both wards kept a list of calls that nobody had answered, and they read it aloud at the end of "
    "every shift so that the next team knew whom to ring in the morning. Most of the calls were about tablets. "
) * 2


def page(body: str, head: str = "") -> ReadDocument:
    return read(f"<html><head><title>Calls</title>{head}</head><body>{body}</body></html>".encode(), "a.html")


def sections(found: ReadDocument) -> list[tuple[str, str, int, bool]]:
    return [(s.heading, s.kind, s.level, s.in_abstract) for s in found.reading.sections if s.level]


@pytest.mark.parametrize("around", ["{}", "<div class='abstract'>{}</div>"], ids=["open", "ended"])
def test_a_paper_that_is_nested_in_its_abstract_is_none_of_it(around: str) -> None:
    abstract = around.format(f"<h2>Abstract</h2><p>{LONG}</p>")
    found = page(
        f"<main>{abstract}<h3>Introduction</h3><p>{LONG}</p><h3>Methods</h3><h4>Wards</h4>"
        f"<p>{LONG}</p><h3>Results</h3><p>{LONG}</p></main>"
    )
    assert sections(found) == [
        ("Abstract", "abstract", 1, True),
        ("Introduction", "background", 1, False),
        ("Methods", "methods", 1, False),
        ("Wards", "methods", 2, False),
        ("Results", "results", 1, False),
    ]


@pytest.mark.parametrize("title", ["", "<h1>Calls</h1>"], ids=["named", "title"])
@pytest.mark.parametrize("tag", ["h1", "h3"])
def test_headings_that_all_have_one_depth_are_parts_of_the_main_section_before_them(title: str, tag: str) -> None:
    heads = ("Abstract", "Aims", "Methods", "Findings", "Introduction", "Methods", "Who took part", "Results",
             "Waiting for a call", "In charge", "Discussion", "What wards can do", "Funding", "Our thanks")  # fmt: skip
    found = page(title + "<main>" + "".join(f"<{tag}>{head}</{tag}><p>{LONG}</p>" for head in heads) + "</main>")
    short = page(title + "<main>" + "".join(f"<{tag}>{head}</{tag}><p>{LONG[:200]}</p>" for head in heads) + "</main>")
    body = [
        ("Introduction", "background", 1, False),
        ("Methods", "methods", 1, False),
        ("Who took part", "methods", 2, False),
        ("Results", "results", 1, False),
        ("Waiting for a call", "results", 2, False),
        ("In charge", "results", 2, False),
        ("Discussion", "discussion", 1, False),
        ("What wards can do", "discussion", 2, False),
        ("Funding", "back", 1, False),
        ("Our thanks", "other", 1, False),
    ]
    assert sections(found)[4:] == sections(short)[4:] == body
    assert sections(short)[:4] == [
        ("Abstract", "abstract", 1, True),
        ("Aims", "background", 2, True),
        ("Methods", "methods", 2, True),
        ("Findings", "results", 2, True),
    ]


def test_an_abstract_without_parts_ends_at_any_heading_of_its_depth() -> None:
    heads = ("Abstract", "Aims", "Methods", "Our wards", "Results")
    found = page("<main>" + "".join(f"<h2>{head}</h2><p>{LONG}</p>" for head in heads) + "</main>")
    assert [(level, inside) for _, _, level, inside in sections(found)] == [
        (1, True), (1, False), (1, False), (2, False), (1, False)
    ]  # fmt: skip


def test_captions_set_as_headings_do_not_tell_parts_from_main_sections() -> None:
    found = page(
        f"<main><h2>Methods</h2><p>{LONG}</p><h2>Results</h2><h4>Table 1. Calls by ward</h4>"
        f"<h2>In charge</h2><p>{LONG}</p></main>"
    )
    assert ("In charge", "results", 2, False) in sections(found)


def test_parts_of_an_abstract_stay_in_it_however_long() -> None:
    found = page(
        f"<main><h2>Abstract</h2><h3>Background</h3><p>{LONG}</p><h3>Methods</h3><p>{LONG}</p><h3>Results</h3>"
        f"<p>{LONG}</p><h3>Background</h3><p>{LONG}</p><h3>Methods</h3><p>{LONG}</p></main>"
    )
    assert [inside for _, _, _, inside in sections(found)] == [True, True, True, True, False, False]


def test_an_abstract_that_only_its_element_names_is_an_abstract() -> None:
    found = page(
        f"<main><div class='JournalAbstract'><p>Anna Meyer, Ward 1</p><p>{LONG}</p></div>"
        f"<h2>Introduction</h2><p>{LONG}</p></main>"
    )
    assert [(kind, inside) for _, kind, _, inside in sections(found)] == [("abstract", True), ("background", False)]
    assert "Anna Meyer, Ward 1" in blocks(found, "front")


def test_an_abstract_before_the_main_part_of_the_page_is_read_first() -> None:
    text = "".join(f"<p>{LONG}</p>" for _ in range(4))
    found = page(
        f"<div><div id='item-abstract'><h2>Abstract</h2><p>Nobody answers calls. {LONG}</p></div></div>"
        f"<main><h2>Introduction</h2>{text}</main><div class='related-abstract'><p>Of another paper. {LONG}</p></div>"
    )
    assert [kind for _, kind, _, _ in sections(found)] == ["abstract", "background"]
    assert "Nobody answers calls." in found.reading.text
    assert "Of another paper." not in found.reading.text


def test_markup_in_the_title_of_the_head_is_no_part_of_it() -> None:
    title = "Calls &lt;i&gt;per&lt;/i&gt; ward &amp;amp; CO&lt;sub&gt;2&lt;/sub&gt; &lt; 3"
    head = f"<meta name='citation_title' content='{title}'>"
    assert page(f"<main><p>{LONG}</p></main>", head).document.title == "Calls per ward & CO2 < 3"


def test_what_a_head_calls_by_two_names_is_known_by_both() -> None:
    head = "<meta name='title' property='og:title' content='Calls that nobody answers'>"
    assert page(f"<main><p>{LONG}</p></main>", head).document.title == "Calls that nobody answers"


def test_the_title_again_is_no_section() -> None:
    head = "<meta name='citation_title' content='Calls that nobody answers'>"
    again = "<h1>Calls that nobody answers</h1>"
    found = page(f"<main><h2>Introduction</h2><p>{LONG}</p>{again}<h2>Methods</h2><p>{LONG}</p>{again}</main>", head)
    assert [heading for heading, _, _, _ in sections(found)] == ["Introduction", "Methods"]


def test_a_doi_that_the_page_prints_is_its_own_and_one_that_it_cites_is_not() -> None:
    cited = f"<main><h2>Introduction</h2><p>{LONG} <a href='https://doi.org/10.1234/other'>Meyer 2019</a></p></main>"
    assert page(f"<p><a href='https://doi.org/10.1234/Care.17'>link</a></p>{cited}").document.doi == "10.1234/care.17"
    assert page(cited).document.doi is None


def test_a_doi_keeps_a_bracket_that_it_opens_itself() -> None:
    main = f"<main><h2>Introduction</h2><p>{LONG}</p></main>"
    told = "10.1234/s0140(05)17"
    assert page(main, f"<meta name='citation_doi' content='{told}'>").document.doi == told
    assert page(f"<p>(doi:{told})</p>{main}").document.doi == told


def test_paragraphs_that_are_called_titles_of_sections_are_headings() -> None:
    found = page(
        f"<main><p class='section-title'>SUMMARY</p><p>{LONG}</p><p class='section-title'>METHODS</p>"
        f"<h2>Wards</h2><p>{LONG}</p><div class='section-title'>Fig. 1.</div></main>"
    )
    assert [(heading, level) for heading, _, level, _ in sections(found)] == [
        ("SUMMARY", 1),
        ("METHODS", 1),
        ("Wards", 2),
    ]


def test_letters_of_editors_behind_a_paper_are_back_matter() -> None:
    found = page(f"<main><h2>Results</h2><p>{LONG}</p><h2>Decision letter</h2><p>{LONG}</p></main>")
    assert ("Decision letter", "back", 1, False) in sections(found)
