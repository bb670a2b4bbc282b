"""What publishers put around and into an article, in words of our own: buttons, popups, captions, lists of others."""

import pytest

from ingest.readers import read
from ingest.readers.contents import ReadDocument
from tests.ingest.test_html import blocks
from tests.ingest.test_html_pages import LONG, page, sections

SAID = "We ring them and nobody ever knows which tablets to stop."


def text(found: ReadDocument) -> str:
    return found.reading.text


@pytest.mark.parametrize(
    "button",
    [
        "<p>View larger version:</p><ul><li><a href='/1'>In this window</a></li><li>In a new window</li></ul>",
        "<div class='p'><a href='/t1' target='_blank'>Open in a new tab</a></div>",
        "<div>Click here to enlarge figure</div>",
        "<p>Download as a PowerPoint slide</p>",
        "<ul><li><a href='/f'>Download: Download full-size image</a></li></ul>",
        "<p><a href='/author/1'>Search for more papers by this author</a></p>",
        "<p><a href='/wards'>Ward letters of the region</a></p>",
    ],
)
def test_what_is_there_to_be_pressed_is_no_text(button: str) -> None:
    found = page(f"<main><h2>Results</h2><p>{LONG}</p>{button}<p>{LONG}</p></main>")
    assert len(blocks(found, "paragraph")) == 2
    assert blocks(found, "list_item") == []


def test_what_only_sounds_like_a_button_and_links_inside_sentences_are_text() -> None:
    items = "<ul><li>Share plans with the ward</li><li>Print letters twice a day</li></ul>"
    linked = "<p>We searched <a href='https://scholar.example'>Google Scholar</a> for calls.</p>"
    found = page(
        f"<main><h2>Results</h2><p>{LONG}</p>{items}{linked}<p><a href='#t1'>Table 1</a> lists them.</p></main>"
    )
    assert blocks(found, "list_item") == ["Share plans with the ward", "Print letters twice a day"]
    assert "We searched Google Scholar for calls." in text(found)
    assert "Table 1 lists them." in text(found)


def test_what_opens_over_a_citation_is_no_part_of_the_sentence() -> None:
    cited = (
        "<p>Calls are late<span class='ref'><sup class='xref'>1</sup><span class='refCtt closed'><span>1 Meyer A. "
        "Calls of wards. Care Notes. 2016;25(2):118-25.</span></span></span> and nobody knows why.</p>"
    )
    found = page(f"<main><h2>Introduction</h2>{cited}<p>{LONG}</p></main>")
    assert "Care Notes" not in found.document.text
    assert "Calls are late" in text(found)


def test_a_quotation_that_is_called_a_pull_quote_is_left_out_only_where_it_repeats_the_text() -> None:
    quoted = f"<blockquote class='pullquote'><p>{SAID} (Nurse 4)</p></blockquote>"
    found = page(f"<main><h2>Results</h2><p>{LONG}</p>{quoted}<p>{LONG}</p></main>")
    assert blocks(found, "quote") == [f"{SAID} (Nurse 4)"]
    again = page(f"<main><h2>Results</h2><p>{LONG} {SAID}</p><div class='pullquote'>{SAID}</div><p>{LONG}</p></main>")
    assert text(again).count(SAID) == 1


def test_labels_captions_and_notes_go_with_their_table() -> None:
    table = "<table><tr><th>Role</th><th>n</th></tr><tr><td>Nurse</td><td>9</td></tr></table>"
    held = (
        "<section class='tw' id='T1'><h4 class='obj_head'>Table 1.</h4><div class='caption'><p>Who took part</p></div>"
        f"<div class='tbl-box'>{table}</div><div><a href='/t'>Open in a new tab</a></div>"
        "<div class='TableFooter'><p>n: people</p></div></section>"
    )
    found = page(f"<main><h2>Methods</h2><h3>Wards</h3><p>{LONG}</p>{held}<p>Behind the table.</p></main>")
    assert [section.heading for section in found.reading.sections if section.kind == "table"] == [
        "Table 1. Who took part"
    ]
    assert blocks(found, "note") == ["n: people"]
    assert sections(found)[:2] == [("Methods", "methods", 1, False), ("Wards", "methods", 2, False)]
    assert "Table 1" not in " ".join(blocks(found, "paragraph"))


def test_a_label_that_stands_alone_goes_to_the_next_table() -> None:
    table = "<table><tr><th>Role</th><th>n</th></tr><tr><td>Nurse</td><td>9</td></tr></table>"
    found = page(f"<main><h2>Results</h2><p>{LONG}</p><p>Table 2</p>{table}<p>{LONG}</p></main>")
    assert [section.heading for section in found.reading.sections if section.kind == "table"] == ["Table 2"]


def test_figures_that_only_their_class_names_stand_aside() -> None:
    figure = (
        "<div class='fig pos-float'><div class='fig-caption'><span><a href='/1'>Download figure</a><a href='/2'>"
        "Open in new tab</a></span><span>Figure 3.</span><p>The way of a letter.</p></div></div>"
    )
    found = page(f"<main><h2>Results</h2><p>{LONG}</p>{figure}<p>{LONG}</p></main>")
    assert [section.heading for section in found.reading.sections if section.kind == "table"] == [
        "Figure 3. The way of a letter."
    ]
    assert len(blocks(found, "paragraph")) == 2


def test_a_table_of_many_short_cells_is_one_whatever_role_it_has() -> None:
    rows = "".join(f"<tr><td>Ward {n}</td><td>{n}</td><td>yes</td></tr>" for n in range(5))
    found = page(f"<main><h2>Results</h2><p>{LONG}</p><table role='presentation'>{rows}</table><p>{LONG}</p></main>")
    assert blocks(found, "table")[0].startswith("Ward 0\t0\tyes\nWard 1")


def test_a_quotation_in_a_figure_with_its_speaker_is_read() -> None:
    said = f"<figure><blockquote>{SAID}</blockquote><figcaption>Nurse 4</figcaption></figure>"
    found = page(f"<main><h2>Results</h2><p>{LONG}</p>{said}<p>{LONG}</p></main>")
    assert blocks(found, "quote") == [SAID]


@pytest.mark.parametrize("heading", ["Cited by (12)", "Share and Cite", "Information &amp; Authors", "View options"])
def test_what_publishers_add_behind_an_article_is_left_out(heading: str) -> None:
    added = f"<h2>{heading}</h2><p>Meyer A. Calls of other wards. {LONG}</p><h3>Media</h3><p>Of others. {LONG}</p>"
    body = (
        f"<h2>Results</h2><p>{LONG}</p><h2>References</h2><p>1. Meyer A.</p>{added}<h2>Funding</h2><p>None at all.</p>"
    )
    found = page(f"<main>{body}</main>")
    assert "other wards" not in found.document.text
    assert "Of others" not in found.document.text
    assert "None at all." in text(found)


def test_what_is_added_in_a_box_of_its_own_ends_with_the_box() -> None:
    box = f"<div><h3>Related articles</h3><p>Of other wards. {LONG}</p></div>"
    found = page(
        f"<main><h2>Results</h2><p>{LONG}</p>{box}<p>Still of the results.</p><h3>Wards</h3><p>{LONG}</p></main>"
    )
    assert "Of other wards" not in found.document.text
    assert "Still of the results." in text(found)


def test_a_history_before_the_references_is_a_section() -> None:
    found = page(
        f"<main><h2>Methods</h2><p>{LONG}</p><h2>History</h2><p>{LONG}</p><h2>Results</h2><p>{LONG}</p></main>"
    )
    assert [heading for heading, *_ in sections(found)] == ["Methods", "History", "Results"]


def test_headings_before_the_first_section_open_the_page() -> None:
    found = page(
        f"<main><h1>Care Notes</h1><h2>Affiliation details</h2><p>Ward 1</p><h2>Abstract</h2><p>{LONG}</p>"
        f"<h2>Results</h2><p>{LONG}</p></main>",
        "<meta name='citation_title' content='Calls that nobody answers'>",
    )
    assert sections(found) == [("Abstract", "abstract", 1, True), ("Results", "results", 1, False)]
    assert {"Care Notes", "Affiliation details", "Ward 1"} <= set(blocks(found, "front"))


def test_an_abstract_ends_with_its_element_where_the_text_goes_on_without_a_heading() -> None:
    found = page(
        f"<main><div class='section abstract'><h2>Abstract</h2><p>{LONG}</p></div><p>Calls have a past. {LONG}</p>"
        f"<h2>Results</h2><p>{LONG}</p></main>"
    )
    assert [(kind, inside) for _, kind, _, inside in sections(found)] == [
        ("abstract", True),
        ("background", False),
        ("results", False),
    ]


def test_headings_that_only_their_class_tells() -> None:
    by_level = (
        f"<div class='h3 section-type'><div class='heading-text'>Methods</div></div><p>{LONG}</p>"
        f"<div class='h4 section-type'><div class='heading-text'>Wards</div></div><p>{LONG}</p>"
        f"<div class='h3 section-type'><div class='heading-text'>Results</div></div><p>{LONG}</p>"
    )
    assert sections(page(f"<main>{by_level}</main>")) == [
        ("Methods", "methods", 1, False),
        ("Wards", "methods", 2, False),
        ("Results", "results", 1, False),
    ]
    by_table = (
        f"<table class='sectionHeading'><tr><th>METHODS</th><td>Section: <a href='#1'>Top</a></td></tr></table>"
        f"<span class='title2'>Wards</span><p>{LONG}</p><p class='txtTitle'><a id='s2'>RESULTS</a></p><p>{LONG}</p>"
    )
    assert sections(page(f"<main>{by_table}</main>")) == [
        ("METHODS", "methods", 1, False),
        ("Wards", "methods", 2, False),
        ("RESULTS", "results", 1, False),
    ]


def test_abstracts_and_references_in_other_languages() -> None:
    found = page(
        f"<main><h2>Resumo</h2><p>{LONG}</p><h2>Introduction</h2><p>{LONG}</p><h2>Referências</h2>"
        f"<ul><li>Meyer A. Chamadas.</li></ul></main>"
    )
    assert [kind for _, kind, _, _ in sections(found)] == ["abstract", "background", "references"]
    assert blocks(found, "note") == ["Meyer A. Chamadas."]


def test_the_front_by_what_the_page_shows_where_its_head_is_silent() -> None:
    head = (
        "<meta name='dc.Identifier' content='1135230'><meta name='dc.Identifier' content='10.1234/cn.17'>"
        "<meta name='dc.rights' content='https://creativecommons.org/licenses/by/3.0'>"
        "<meta name='dc.source' content='Care Notes'>"
    )
    names = (
        "<div class='author-group'><span class='given-name'>Anna B.</span> <span class='surname'>Meyer</span>"
        "<span class='given-name'>Bert</span> <span class='surname'>de Vries</span></div>"
    )
    cited = (
        "<ol class='references'><li><span class='given-names'>Carl</span> <span class='surname'>Other</span></li></ol>"
    )
    found = page(
        f"<main><h1 class='article-title'>Calls that nobody answers</h1>{names}<h1>Abstract</h1><p>{LONG}</p>"
        f"<h1>Results</h1><p>{LONG}</p>{cited}<a href='https://creativecommons.org/licenses/by/4.0/'>CC BY</a></main>",
        head,
    )
    told = [(told.field, told.value) for told in found.reading.told]
    assert [value for field, value in told if field == "author"] == ["Anna B. Meyer", "Bert de Vries"]
    assert ("journal", "Care Notes") in told
    assert found.document.doi == "10.1234/cn.17"
    assert found.document.licence == "https://creativecommons.org/licenses/by/4.0/"


def test_a_title_among_headings_of_its_own_depth() -> None:
    body = f"<h1 class='article-title'>Calls that nobody answers</h1><h1>Abstract</h1><p>{LONG}</p><h1>Results</h1>"
    body += f"<p>{LONG}</p>"
    found = read(f"<html><body><main>{body}</main></body></html>".encode(), "a.html")
    assert found.document.title == "Calls that nobody answers"
    assert [heading for heading, _, _, _ in sections(found)] == ["Abstract", "Results"]


@pytest.mark.parametrize(
    "quoted",
    [
        "<blockquote class='c-blockquote'><div class='c-blockquote__body'><p>{}</p></div></blockquote>",
        "<div class='u-margin-s displayed-quote'><p>{}</p></div>",
        "<div class='NLM_disp-quote'>{}</div>",
        "<disp-quote>{}</disp-quote>",
        "<p class='MsoQuote'>{}</p>",
    ],
)
def test_quotations_that_are_set_apart_under_the_names_of_publishers(quoted: str) -> None:
    found = page(f"<main><h2>Results</h2><p>{LONG}</p>{quoted.format(SAID)}<p>{LONG}</p></main>")
    assert blocks(found, "quote") == [SAID]


def test_what_only_has_quote_in_its_name_is_no_quotation() -> None:
    boxes = (
        f"<div class='quotes-of-the-day section'><h3>Wards</h3><p>{LONG}</p></div><p class='get-quote'>Of prices.</p>"
    )
    found = page(f"<main><h2>Results</h2><p>{LONG}</p>{boxes}</main>")
    assert blocks(found, "quote") == []


@pytest.mark.parametrize(
    "printed",
    [
        "<h2>Care Notes</h2><p>Volume 4, Issue 2, May 2021, Pages 17–25</p>",
        "<p>Care Notes, May 2021, Vol. 4, No. 2, Pages 17-25</p>",
        "<p>Care Notes 2021, 4(2), 17-25; doi:10.1234/cn.17</p>",
        "<p>Care Notes. 2021 May 7; 4(2): 17–25.</p>",
    ],
)
def test_journal_year_and_pages_that_only_the_page_prints(printed: str) -> None:
    found = page(f"<div>{printed}</div><main><h2>Abstract</h2><p>{LONG}</p><h2>Results</h2><p>{LONG}</p></main>")
    told = {told.field: told.value for told in found.reading.told}
    assert (told["journal"], told["publication_date"], told["volume"]) == ("Care Notes", "2021", "4")
    assert told["pages"].replace("–", "-") == "17-25"


def test_authors_as_one_list_and_a_doi_that_is_linked_as_the_page_s_own() -> None:
    head = "<meta name='citation_authors' content='Anna Meyer, Bert de Vries, Ward Group'>"
    head += "<meta name='citation_date' content='20 September 2007'>"
    own = "<dd class='doi'><a id='ddDoi' href='https://doi.org/10.1234/cn.17'>link</a></dd>"
    found = page(f"<main><h2>Results</h2><p>{LONG}</p>{own}</main>", head)
    told = [(told.field, told.value) for told in found.reading.told]
    assert [value for field, value in told if field == "author"] == ["Anna Meyer", "Bert de Vries", "Ward Group"]
    assert ("publication_date", "20 September 2007") in told
    assert found.document.doi == "10.1234/cn.17"


def test_links_that_lead_to_references_cite_whatever_their_names() -> None:
    cited = "<p>Calls are late <a href='#care.17-Meyer1'>[4]</a>, <a href='#care.17-Other1'>[5]</a>. "
    cited += "See <a href='#s2'>2</a>.</p>"
    entries = "<li id='care.17-Meyer1'>Meyer</li><li><a name='care.17-Other1'></a>Other</li>"
    found = page(f"<main><h2>Introduction</h2>{cited}<p id='s2'>{LONG}</p><h2>References</h2><ol>{entries}</ol></main>")
    assert "Calls are late. See 2." in text(found)
    opened = "<p>Calls are late (<a href='#B1' class='bibr tag_tooltip'>1</a>,<a href='#B2' class='bibr'>2</a>).</p>"
    assert "Calls are late." in text(page(f"<main><h2>Introduction</h2>{opened}<p>{LONG}</p></main>"))


def test_numbers_in_brackets_cite_where_nothing_is_linked() -> None:
    said = "<p>Call {} is late [{}], [{}] and [4–6].</p>"
    cited = "".join(said.format(word, n, n + 1) for n, word in enumerate("abcdef", 1))
    found = page(f"<main><h2>Introduction</h2>{cited}<p>{LONG}</p></main>")
    assert "Call a is late." in text(found)
    few = page(f"<main><h2>Introduction</h2><p>Nurse [1] rang.</p><p>{LONG}</p></main>")
    assert "Nurse [1] rang." in text(few)


def test_footnotes_inside_a_sentence_come_last() -> None:
    noted = (
        "<p>Calls are late<span class='ltx_note ltx_role_footnote'><sup>1</sup><span class='ltx_note_outer'>"
        "At night as well.</span></span> and nobody knows why.</p>"
    )
    found = page(f"<main><h2>Introduction</h2>{noted}<p>{LONG}</p></main>")
    assert "Calls are late and nobody knows why." in text(found)
    assert [note.lstrip("1") for note in blocks(found, "note")] == ["At night as well."]


def test_headings_are_no_navigation_and_parts_of_an_abstract_may_be_spans() -> None:
    part = "<span class='abstract-sub-heading'>Results: </span>"
    found = page(
        f"<main><h3 class='navigation-heading'>Abstract</h3><p>{part}{LONG}</p>"
        f"<h3 class='navigation-heading'>Introduction</h3><p>{LONG}</p><h3 class='nav-title'>Journals</h3></main>"
    )
    assert [(kind, inside) for _, kind, _, inside in sections(found)] == [
        ("abstract", True),
        ("results", True),
        ("background", False),
    ]
