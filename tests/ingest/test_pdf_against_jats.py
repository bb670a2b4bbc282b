"""The measure of PDFs against markup counts what is right and what is wrong, on a paper of our own in both forms."""

from pathlib import Path

import pytest

from devtools.pdf_against_jats import Score, compare, measure, report
from ingest.readers import read
from tests.ingest.pdf_maker import Page, pdf

SENTENCES = [
    "The nurses of both wards kept a list of calls that nobody had answered.",
    "They read it aloud at the end of every shift of the week.",
    "Most of the calls were about tablets that had been changed.",
]
MARKUP = f"""<article><front><journal-meta><journal-title>Ward Calls</journal-title></journal-meta><article-meta>
<title-group><article-title>Calls that nobody answers</article-title></title-group>
<pub-date><year>2019</year></pub-date></article-meta></front>
<body><sec><title>Methods</title><p>{SENTENCES[0]} {SENTENCES[1]}</p></sec>
<sec><title>Results</title><p>{SENTENCES[2]}</p></sec></body></article>""".encode()


def printed(*paragraphs: str, heading: str = "Results") -> bytes:
    page = Page()
    page.text(50, 60, "Calls that nobody answers", font="hb", size=18)
    page.text(50, 100, "Methods", font="hb", size=12)
    for number, words in enumerate(paragraphs[:-1]):
        page.text(50, 116 + 24 * number, words)
    page.text(50, 240, heading, font="hb", size=12)
    page.text(50, 256, paragraphs[-1])
    return pdf(page)


def scored(data: bytes) -> Score:
    return compare(read(MARKUP, "a.xml"), read(data, "a.pdf"), "a")


def test_what_is_right_is_counted_as_right() -> None:
    counts = scored(printed(*SENTENCES)).counts
    assert counts["whole"] == counts["sentences"] == 3
    assert not counts["foreign"]
    assert not counts["heading lost"]
    assert counts["title right"] == 1


@pytest.mark.parametrize(
    ("paragraphs", "kind"),
    [
        ((SENTENCES[0], SENTENCES[2]), "missing"),
        ((SENTENCES[0].replace("calls", "bells"), SENTENCES[1], SENTENCES[2]), "differs"),
        ((SENTENCES[0].replace("a list", "a Page 4 of the journal list"), *SENTENCES[1:]), "interrupted"),
        ((SENTENCES[0].replace("of calls", "ofcalls"), *SENTENCES[1:]), "words"),
        ((*SENTENCES[:2], "The weather of that week was fine and dry throughout.", SENTENCES[2]), "foreign"),
    ],
)
def test_what_is_wrong_is_named(paragraphs: tuple[str, ...], kind: str) -> None:
    assert scored(printed(*paragraphs)).counts[kind] == 1


def test_headings_that_are_lost_and_made_are_counted() -> None:
    counts = scored(printed(*SENTENCES, heading="Conclusion")).counts
    assert counts["heading lost"] == 1
    assert counts["heading made"] == 1


def test_pairs_of_a_folder_are_reported_and_others_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(printed(*SENTENCES))
    (tmp_path / "a.xml").write_bytes(MARKUP)
    (tmp_path / "b.pdf").write_bytes(printed(*SENTENCES))
    scores = list(measure(tmp_path))
    assert [score.name for score in scores] == ["a"]
    assert scores[0].counts["page"] == 0
    assert "| a | Ward Calls | 1 |" in report(scores)
