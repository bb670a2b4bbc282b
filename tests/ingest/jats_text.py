"""Small JATS articles for tests, in words of our own."""

from ingest.readers import ReadDocument, read

META = """<journal-meta><journal-title-group><journal-title>Annals of Shared Care</journal-title></journal-title-group>
</journal-meta><article-meta>
<article-id pub-id-type="pmid">11223344</article-id><article-id pub-id-type="pmc">7654321</article-id>
<article-id pub-id-type="doi">10.5555/ASC.2021.07</article-id>
<title-group><article-title>Who calls <italic>whom</italic>?<xref ref-type="fn" rid="n1">*</xref></article-title>
<subtitle>Handover in two towns</subtitle></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>Moor</surname><given-names>Ada B.</given-names></name>
<xref ref-type="aff" rid="a1">1</xref></contrib>
<contrib contrib-type="author"><name><surname>van Dale</surname><given-names>Kees</given-names></name></contrib>
<contrib contrib-type="editor"><name><surname>Nobody</surname><given-names>Ed</given-names></name></contrib>
</contrib-group><aff id="a1"><label>1</label>School of Nursing, Northtown</aff>
<pub-date pub-type="collection"><year>2022</year></pub-date>
<pub-date pub-type="epub"><day>05</day><month>3</month><year>2021</year></pub-date>
<volume>12</volume><issue>3</issue><fpage>101</fpage><lpage>110</lpage>
<permissions><copyright-statement>© The Authors 2021</copyright-statement>
<license xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="https://creativecommons.org/licenses/by/4.0/">
<license-p>Free to share.</license-p></license></permissions>
{abstract}
<kwd-group><kwd>handover</kwd><kwd>nurses</kwd></kwd-group></article-meta>"""
ABSTRACT = "<abstract><p>We asked nurses who calls whom.</p></abstract>"


def article(
    body: str = "", *, front: str | None = None, abstract: str = ABSTRACT, back: str = "", rest: str = ""
) -> str:
    """Return an article with this body."""
    matter = META.format(abstract=abstract) if front is None else front
    parts = f"<front>{matter}</front><body>{body}</body><back>{back}</back>{rest}"
    return f'<article article-type="research-article">{parts}</article>'


def results(inside: str) -> str:
    """Return a body whose results hold this."""
    return f'<sec sec-type="results"><title>Results</title>{inside}</sec>'


def reading_of(xml: str) -> ReadDocument:
    """Return what the reader makes of an article."""
    return read(xml.encode(), "a.xml")


def blocks(xml: str) -> list[tuple[str, str, str]]:
    """Return the blocks behind the front as (kind, kind of section, words)."""
    reading = reading_of(xml).reading
    return [
        (block.kind, reading.sections[block.section].kind, reading.text[block.start : block.end])
        for block in reading.blocks
        if block.kind not in ("front", "title")
    ]
