"""Papers in JATS that a browser set as PDFs: the same quotes are found in both forms."""

import re

import pypdfium2
import pytest
from lxml import etree
from playwright.sync_api import Browser

from benchmarks.papers import as_jats, paper
from devtools.typeset import as_html, as_pdf, text_of
from ingest.outcome import Meta
from ingest.stage import parse
from ontology.model import Document, Quote

pytestmark = pytest.mark.browser


def quotes(data: bytes, name: str) -> dict[str, str | None]:
    """The letters of each quote, and who said it."""
    (part,) = parse(data, Meta(name)).parts
    assert part.error is None
    (document,) = (record for record in part.records if isinstance(record, Document))
    found = [record for record in part.records if isinstance(record, Quote)]
    for quote in found:
        for span in quote.spans:
            assert document.text[span.start : span.end] == span.exact
    return {re.sub(r"\W", "", quote.exact): quote.speaker for quote in found}


@pytest.mark.parametrize("columns", [1, 2])
def test_a_paper_has_the_same_quotes_as_a_pdf(chromium: Browser, columns: int) -> None:
    jats = as_jats(paper(3))
    pdf = as_pdf(chromium, jats, columns)
    printed = pypdfium2.PdfDocument(pdf)
    text = "".join(page.get_textpage().get_text_range() for page in printed)
    assert len(printed) > 2
    assert "Page 2 of" in text, "there are page numbers to be told from the text"
    assert re.search(r"[a-z][-\N{HYPHEN}\N{SOFT HYPHEN}\ufffe][\r\n]*[a-z]", text), "some words go on in the next line"
    assert quotes(pdf, "a.pdf") == quotes(jats, "a.xml") != {}


@pytest.mark.parametrize("columns", [1, 2])
def test_a_paper_has_the_same_quotes_in_the_text_that_a_program_takes_from_a_pdf(
    chromium: Browser, columns: int
) -> None:
    jats = as_jats(paper(3))
    text = text_of(as_pdf(chromium, jats, columns))
    assert "\n\n" not in text, "no blank line tells where a paragraph ends"
    assert quotes(text.encode(), "a.txt") == quotes(jats, "a.xml") != {}


def test_tables_that_stand_behind_the_text_are_set_too() -> None:
    floats = "<floats-group><table-wrap><table><tr><td>We rang at night.</td></tr></table></table-wrap></floats-group>"
    article = etree.fromstring(f"<article><body><p>Told in Table 1.</p></body>{floats}</article>")
    assert "We rang at night." in as_html(article, 2, parted=False)
