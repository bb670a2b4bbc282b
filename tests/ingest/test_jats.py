"""JATS: front matter, sections by meaning, blocks in reading order, citations, entities, bad files."""

import pytest

from ingest.errors import ReaderError
from ingest.readers import ReadDocument, format_of, read, read_contents
from ingest.readers.safe_xml import MAX_DEPTH, MAX_RUN
from tests.ingest.jats_text import article, blocks, reading_of, results


def text_of(xml: str) -> str:
    return reading_of(xml).reading.text


def kinds(xml: str) -> list[tuple[str, str, int]]:
    return [(s.heading, s.kind, s.level) for s in reading_of(xml).reading.sections if s.heading]


# Front matter


def test_the_front_gives_identifiers_title_citation_and_licence() -> None:
    document = reading_of(article()).document
    assert (document.doi, document.pmid, document.pmcid) == ("10.5555/asc.2021.07", "11223344", "PMC7654321")
    assert document.title == "Who calls whom?: Handover in two towns"
    assert document.licence == "https://creativecommons.org/licenses/by/4.0/"
    assert document.media_type == "application/jats+xml"
    assert document.citation == (
        "Moor AB, van Dale K. Who calls whom?: Handover in two towns. Annals of Shared Care. "
        "2021;12(3):101-110. doi:10.5555/asc.2021.07."
    )


def test_the_front_stands_in_the_stored_text_line_by_line() -> None:
    lines = reading_of(article()).document.text.split("\n\n")
    for line in (
        "Ada B. Moor, Kees van Dale",
        "School of Nursing, Northtown",
        "Journal: Annals of Shared Care",
        "Published: 5 March 2021",
        "DOI: 10.5555/asc.2021.07",
        "PMCID: PMC7654321",
        "Keywords: handover; nurses",
    ):
        assert line in lines
    assert "Nobody" not in lines[1]


def test_an_article_without_front_matter_is_read() -> None:
    document = reading_of("<article article-type='x'><body><p>Nobody called.</p></body></article>").document
    assert document.text == "Nobody called.\n"
    assert document.doi is None


def test_a_structured_abstract_keeps_its_parts() -> None:
    abstract = (
        "<abstract><sec><title>Background</title><p>Calls go astray.</p></sec>"
        "<sec><title>Results</title><p>Nurses wait.</p></sec></abstract>"
    )
    reading = reading_of(article(abstract=abstract)).reading
    told = [(s.heading, s.kind, s.in_abstract) for s in reading.sections if s.heading]
    assert told == [("Abstract", "abstract", True), ("Background", "background", True), ("Results", "results", True)]


def test_an_abstract_that_is_said_to_be_unstructured_is_the_abstract() -> None:
    abstract = '<abstract abstract-type="unstructured"><p>Nurses wait.</p></abstract>'
    reading = reading_of(article(abstract=abstract)).reading
    told = [(s.heading, s.kind, s.in_abstract) for s in reading.sections if s.heading]
    assert told == [("Abstract", "abstract", True)]


def test_teasers_and_abstracts_in_other_languages_are_no_abstract_of_the_study() -> None:
    abstract = (
        "<abstract><p>We asked nurses.</p></abstract>"
        '<abstract abstract-type="teaser"><p>Read on.</p></abstract>'
        '<trans-abstract xml:lang="de"><title>Zusammenfassung</title><p>Wir fragten.</p></trans-abstract>'
    )
    found = {words: kind for _, kind, words in blocks(article(abstract=abstract))}
    assert (found["We asked nurses."], found["Read on."], found["Wir fragten."]) == ("abstract", "front", "back")


# Sections


def test_sections_by_type_and_by_words() -> None:
    body = (
        '<sec sec-type="intro"><title>Why calls matter</title><p>Calls matter.</p></sec>'
        "<sec><title>Patients and methods</title><sec><title>Sites</title><p>Two towns.</p></sec></sec>"
        '<sec sec-type="results|discussion"><title>What nurses told</title><p>They wait.</p></sec>'
    )
    assert kinds(article(body)) == [
        ("Abstract", "abstract", 1),
        ("Why calls matter", "background", 1),
        ("Patients and methods", "methods", 1),
        ("Sites", "methods", 2),
        ("What nurses told", "results", 1),
    ]


def test_flat_sections_behind_the_results_are_parts_of_them() -> None:
    body = "".join(f"<sec><title>{t}</title><p>x y.</p></sec>" for t in ("Methods", "Results", "Trust", "Discussion"))
    assert kinds(article(body))[1:] == [
        ("Methods", "methods", 1),
        ("Results", "results", 1),
        ("Trust", "results", 2),
        ("Discussion", "discussion", 1),
    ]


def test_main_sections_nested_in_another_keep_their_meaning() -> None:
    body = "<sec><title>Methods</title><p>We asked.</p><sec><title>Results</title><p>They told.</p></sec></sec>"
    assert kinds(article(body))[1:] == [("Methods", "methods", 1), ("Results", "results", 2)]


def test_a_section_without_title_is_what_its_type_says() -> None:
    body = '<p>Calls matter.</p><sec sec-type="methods"><p>We asked.</p></sec>' + results("<p>They wait.</p>")
    found = {words: kind for _, kind, words in blocks(article(body))}
    assert (found["Calls matter."], found["We asked."], found["They wait."]) == ("background", "methods", "results")


# Blocks


def test_what_is_set_apart_inside_a_paragraph_parts_it() -> None:
    inside = "<p>Nurses wait:<disp-quote><p>We ring twice.</p></disp-quote>and then drive.</p>"
    assert blocks(article(results(inside)))[-3:] == [
        ("paragraph", "results", "Nurses wait:"),
        ("quote", "results", "We ring twice."),
        ("paragraph", "results", "and then drive."),
    ]


def test_the_paragraphs_of_a_quotation_are_lines_and_its_attribution_is_marked() -> None:
    inside = "<disp-quote><p>We ring.</p><p>Nobody answers.</p><attrib>Nurse, north</attrib></disp-quote>"
    reading = reading_of(article(results(inside))).reading
    assert "We ring.\nNobody answers.\nNurse, north" in reading.text
    assert [reading.text[e.start : e.end] for e in reading.emphases if e.style == "attribution"] == ["Nurse, north"]


def test_turns_of_speech_are_led_by_their_speakers() -> None:
    inside = "<disp-quote><speech><speaker>Nurse</speaker><p>We ring.</p></speech></disp-quote>"
    assert blocks(article(results(inside)))[-1] == ("quote", "results", "Nurse: We ring.")


def test_lists_and_definitions() -> None:
    body = results(
        "<list><list-item><label>a)</label><p>ring</p></list-item><list-item><p>drive</p></list-item></list>"
    )
    back = (
        "<glossary><def-list><def-item><term>GP</term><def><p>family doctor</p></def></def-item></def-list></glossary>"
    )
    found = blocks(article(body, back=back))
    assert ("list_item", "results", "a) ring") in found
    assert ("list_item", "results", "drive") in found
    assert ("list_item", "back", "GP: family doctor") in found


def test_tables_are_rows_with_cells_at_their_columns() -> None:
    table = (
        "<table-wrap><label>Table 1</label><caption><title>Calls</title></caption><table><thead><tr><th>Site</th>"
        '<th colspan="2">Calls</th></tr></thead><tbody><tr><td rowspan="2">North</td><td>day</td><td>4</td></tr>'
        "<tr><td>night</td><td>9</td></tr></tbody></table>"
        "<table-wrap-foot><fn><label>a</label><p>By telephone.</p></fn></table-wrap-foot></table-wrap>"
    )
    found = blocks(article(results(f"<p>See below.</p>{table}<p>More.</p>")))
    assert found[-3:] == [
        ("heading", "table", "Table 1 Calls"),
        ("table", "table", "Site\tCalls\nNorth\tday\t4\n\tnight\t9"),
        ("note", "table", "a By telephone."),
    ]
    assert ("paragraph", "results", "More.") in found


def test_boxes_stand_aside_and_tables_in_them_are_tables() -> None:
    box = (
        "<boxed-text><label>Box 1</label><caption><title>Advice</title></caption><p>Ring early.</p>"
        "<list><list-item><p>Ring often.</p></list-item></list></boxed-text>"
        "<boxed-text><caption><title>Box 2</title></caption><p><table-wrap><table><tr><td>a</td><td>b</td></tr></table>"
        "</table-wrap></p></boxed-text>"
    )
    assert blocks(article(results(f"<p>Text.</p>{box}")))[-4:] == [
        ("heading", "table", "Box 1 Advice"),
        ("table", "table", "Ring early.\nRing often."),
        ("heading", "table", "Box 2"),
        ("table", "table", "a\tb"),
    ]


def test_footnotes_follow_their_paragraph_and_their_marks_are_left_out() -> None:
    inside = '<p>Nurses wait<xref ref-type="fn" rid="f">a</xref> long.<fn id="f"><p>In the north.</p></fn></p>'
    assert blocks(article(results(inside)))[-2:] == [
        ("paragraph", "results", "Nurses wait long."),
        ("note", "results", "In the north."),
    ]


def test_references_are_notes_in_their_section() -> None:
    back = (
        "<ref-list><title>References</title><ref><label>1.</label><element-citation><person-group><name><surname>Doe"
        "</surname><given-names>J</given-names></name></person-group><article-title>On calls</article-title>"
        "<source>Calls</source><year>2001</year><volume>2</volume><fpage>3</fpage></element-citation></ref>"
        "<ref><mixed-citation>Roe A. Calls. 2002.</mixed-citation></ref></ref-list>"
    )
    assert blocks(article("<p>Text.</p>", back=back))[-3:] == [
        ("heading", "references", "References"),
        ("note", "references", "1. Doe J. On calls. Calls. 2001. 2:3."),
        ("note", "references", "Roe A. Calls. 2002."),
    ]


def test_reports_and_replies_are_left_out_with_a_note() -> None:
    rest = "<sub-article><front-stub/><body><p>I reviewed this.</p></body></sub-article>"
    read = reading_of(article("<p>Text.</p>", rest=rest))
    assert "reviewed" not in read.document.text
    assert any("left out" in note for note in read.reading.notes)


def test_formulas_read_as_text_without_the_frame_of_tex() -> None:
    tex = r"<inline-formula><tex-math>\documentclass{x}\begin{document}$n=4$\end{document}</tex-math></inline-formula>"
    assert text_of(article(results(f"<p>With {tex} nurses.</p>"))).endswith("With n=4 nurses.")


# Citations and styles

BIBR = '<xref ref-type="bibr" rid="b{0}">{0}</xref>'


@pytest.mark.parametrize(
    ("cited", "view"),
    [
        (f"Calls fail [{BIBR.format(1)}, {BIBR.format(2)}–{BIBR.format(4)}] often.", "Calls fail often."),
        (f"Calls fail<sup>{BIBR.format(1)},{BIBR.format(2)}</sup>.", "Calls fail."),
        (f"Calls fail ({BIBR.format(3)}), often.", "Calls fail, often."),
        (f"As Doe ({BIBR.format(2001)}) says.", "As Doe (2001) says."),
        ('Calls fail (<xref ref-type="bibr">Doe, 2001</xref>).', "Calls fail (Doe, 2001)."),
    ],
)
def test_a_group_of_citations_is_one_mark(cited: str, view: str) -> None:
    reading = reading_of(article(results(f"<p>{cited}</p>"))).reading
    assert reading.text.endswith(view)
    assert len(reading.citations) == 1


def test_raised_numbers_are_citations_where_none_is_linked() -> None:
    reading = reading_of(article(results("<p>Calls fail.<sup>1,2</sup> It took 3 m<sup>2</sup>.</p>"))).reading
    assert reading.text.endswith("Calls fail. It took 3 m2.")
    assert [mark.label for mark in reading.citations] == ["1,2"]


def test_styles_in_each_other_are_both_kept_and_join() -> None:
    inside = "<p>Say <bold><italic>never</italic></bold><italic> again</italic> please.</p>"
    reading = reading_of(article(results(inside))).reading
    found = {(e.style, reading.text[e.start : e.end]) for e in reading.emphases}
    assert found == {("bold", "never"), ("italic", "never again")}


# Encodings, entities, wrappers


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings(encoding: str) -> None:
    xml = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>' + article(
        results("<p>Café — “ring”.</p>")
    )
    assert read(xml.encode(encoding), "a.nxml").document.text.rstrip().endswith("Café — “ring”.")


def test_latin_1_is_read_as_declared() -> None:
    xml = '<?xml version="1.0" encoding="ISO-8859-1"?>' + article(results("<p>Café.</p>")).replace("©", "")
    assert "Café." in read(xml.encode("latin-1"), "a.xml").document.text


def test_entities_by_name_by_number_and_by_declaration() -> None:
    doctype = '<!DOCTYPE article [<!ENTITY site "North Clinic">]>'
    inside = "<p>caf&eacute;&nbsp;&#x2019;&amp; &site;<!-- note --><?page 3?> &ge;<![CDATA[ <b>&nbsp;]]></p>"
    assert text_of(doctype + article(results(inside))).endswith("café ’& North Clinic ≥ <b>&nbsp;")


def test_namespaces_are_looked_through() -> None:
    xml = article(results("<p>Nurses wait.</p>")).replace("<article ", '<article xmlns="https://jats.nlm.nih.gov/ns/" ')
    assert reading_of(xml).document.pmid == "11223344"


@pytest.mark.parametrize("wrap", ["<pmc-articleset>{}</pmc-articleset>", "<OAI-PMH><record>{}</record></OAI-PMH>"])
def test_several_articles_are_several_documents(wrap: str) -> None:
    data = wrap.format(article("<p>One.</p>") + article("<p>Two.</p>")).encode()
    found = read_contents(data, "set.xml")
    assert [one.document.source for one in found if isinstance(one, ReadDocument)] == ["set.xml#1", "set.xml#2"]


def test_the_format_is_known_with_and_without_doctype() -> None:
    assert format_of(article().encode()).name == "JATS XML"
    doctype = b'<?xml version="1.0"?>\n<!DOCTYPE article PUBLIC "-//NLM//DTD JATS//EN" "JATS.dtd">\n'
    assert format_of(doctype + article().encode("utf-8")).name == "JATS XML"
    assert format_of(b"<article class='post'><h1>News</h1><div>x</div></article>").name != "JATS XML"


def test_prefixes_that_only_the_dtd_declares_are_known() -> None:
    bare = article().replace(' xmlns:xlink="http://www.w3.org/1999/xlink"', "")
    assert "xmlns" not in bare
    with_comment = f"<!-- <article> of the press -->\n{bare}"
    assert reading_of(with_comment).document.licence == "https://creativecommons.org/licenses/by/4.0/"


def test_a_prefix_that_no_dtd_declares_is_refused() -> None:
    with pytest.raises(ReaderError, match="prefix press on p"):
        read(b"<article article-type='x'><body><press:p>one</press:p></body></article>", "a.xml")


# Bad files


def test_broken_xml_names_the_line() -> None:
    with pytest.raises(ReaderError, match=r"line 2.*not well-formed"):
        read(b"<article article-type='x'><body>\n<p>one</body></article>", "a.xml")


def test_an_external_entity_is_never_fetched(tmp_path: object) -> None:
    xml = '<!DOCTYPE article [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + article(results("<p>Here: &x;.</p>"))
    assert text_of(xml).endswith("Here: .")


def test_entities_that_grow_are_refused() -> None:
    grown = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    xml = f'<!DOCTYPE article [<!ENTITY l0 "ha">{grown}]>' + article(results("<p>One &l8; two.</p>"))
    with pytest.raises(ReaderError, match="entities that grow"):
        text_of(xml)


def test_depth_has_a_bound() -> None:
    deep = "<sec>" * MAX_DEPTH + "<p>x</p>" + "</sec>" * MAX_DEPTH
    with pytest.raises(ReaderError, match=f"more than {MAX_DEPTH} deep"):
        read(article(deep).encode(), "a.xml")
    with pytest.raises(ReaderError, match=f"more than {MAX_DEPTH} deep"):
        read(article("<sec>" * 400 + "</sec>" * 400).encode(), "a.xml")


def test_a_run_of_text_has_a_bound() -> None:
    with pytest.raises(ReaderError, match=f"more than {MAX_RUN:,} characters"):
        read(article(results(f"<p>{'a' * (MAX_RUN + 9)}</p>")).encode(), "a.xml")


def test_a_set_without_article_is_refused() -> None:
    with pytest.raises(ReaderError, match="no JATS article"):
        read(b"<pmc-articleset><error>no article: //nlm</error></pmc-articleset>", "a.xml")


def test_an_article_without_words_is_refused() -> None:
    with pytest.raises(ReaderError, match="holds no text"):
        read(b"<article article-type='x'><body><sec/></body></article>", "a.xml")
