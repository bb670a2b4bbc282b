"""What holds for the journal PDFs that lie beside the checkout; nothing here is about the words of one of them."""

from pathlib import Path

import pytest

from ingest.readers import read
from ingest.readers.contents import ReadDocument

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def papers(shared: Path) -> list[ReadDocument]:
    return [read(file.read_bytes(), file.name) for file in sorted((shared / "corpus" / "pdf").glob("*.pdf"))]


def test_title_and_doi_are_found(papers: list[ReadDocument]) -> None:
    assert len(papers) == 3
    for paper in papers:
        assert paper.document.doi
        assert paper.document.title
        assert len(paper.document.title.split()) > 8


def test_sections_come_in_the_order_of_a_paper(papers: list[ReadDocument]) -> None:
    for paper in papers:
        kinds = [section.kind for section in paper.reading.sections if section.level == 1]
        first = [
            kinds.index(kind) for kind in ("abstract", "background", "methods", "results", "discussion", "references")
        ]
        assert first == sorted(first)


def test_running_headers_are_stored_and_not_in_the_view(papers: list[ReadDocument]) -> None:
    for paper in papers:
        for mark in ("Page 3 of", "Downloaded from", "et al. Trials", "et al. BMC Health", "et al. BMJ Open 2016;6"):
            if paper.document.text.count(mark) > 1:
                assert paper.reading.text.count(mark) <= 1


def test_no_paragraph_breaks_off_inside_a_sentence_more_than_now_and_then(papers: list[ReadDocument]) -> None:
    for paper in papers:
        view = paper.reading.text
        running = [b for b in paper.reading.blocks if b.kind == "paragraph" and b.end - b.start > 200]
        low = [b for b in running if view[b.start].islower()]
        assert len(low) <= 0.05 * len(running)


def test_the_sentences_of_the_markup_are_in_the_pdf_of_the_same_paper(shared: Path) -> None:
    marked = read((shared / "corpus" / "jats" / "PMC5129050.xml").read_bytes(), "PMC5129050.xml").reading
    printed = read((shared / "corpus" / "pdf" / "PMC5129050.pdf").read_bytes(), "PMC5129050.pdf").reading
    letters = "".join(letter for letter in printed.text.casefold() if letter.isalpha())
    sentences = [
        "".join(letter for letter in marked.text[s.start : s.end].casefold() if letter.isalpha())
        for s in marked.sentences
        if marked.blocks[s.block].kind == "paragraph" and marked.sections[s.section].kind in ("results", "discussion")
    ]
    found = sum(sentence in letters for sentence in sentences)
    assert len(sentences) > 50
    assert found >= 0.9 * len(sentences)
