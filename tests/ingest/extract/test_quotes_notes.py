"""Speakers whom a note names that a sign behind the quotation calls."""

import pytest

from ingest.extract.quotes.extraction import extract_quotes
from ingest.extract.roles.extraction import extract_roles
from ingest.readers import read
from ingest.reading import Reading
from tests.ingest.docx_maker import docx, p, run
from tests.ingest.extract.test_quotes_jats import METHODS
from tests.ingest.jats_text import article, reading_of, results

NOTES = {
    "f1": "Nurse 3, rural.",
    "f2": "Patient 4",
    "f3": "GP, general practitioner",
    "f4": "See the appendix.",
    "f5": "Registered nurse",
}
SAID = "I never wait for them, you know"


def sign(note: str, kind: str = "fn") -> str:
    return f'<xref ref-type="{kind}" rid="{note}"><sup>1</sup></xref>'


def jats(inside: str, back: str = "") -> Reading:
    notes = "".join(f'<fn id="{key}"><label>1</label><p>{words}</p></fn>' for key, words in NOTES.items())
    return reading_of(article(METHODS + results(inside), back=back or f"<fn-group>{notes}</fn-group>")).reading


def spoken(reading: Reading) -> list[tuple[str, str | None, str | None]]:
    """Return (words, speaker, role) of the quotes."""
    roles = extract_roles(reading, "study")
    labels = {located.record.iri: located.record.label for located in roles.records}
    quotes = [quote.record for quote in extract_quotes(reading, "study", roles)[0]]
    for quote in quotes:
        assert all(reading.stored[span.start : span.end] == span.exact for span in quote.spans)
    return [(quote.reading, quote.speaker, labels.get(quote.speaker_role or "")) for quote in quotes]


@pytest.mark.parametrize("words", ["“{}.”{} Others do.", "“{}{}.” Others do.", "“{}”{}. Others do.", "“{}.”.{}"])
def test_a_sign_at_the_end_of_a_quotation_in_marks(words: str) -> None:
    (found,) = spoken(jats(f"<p>One told us: {words.format(SAID, sign('f1'))}</p>"))
    assert (found[0].rstrip("."), *found[1:]) == (SAID, "Nurse 3, rural", "nurse")


def test_a_sign_at_the_end_of_what_is_set_apart() -> None:
    inside = f"<p>They wait.</p><disp-quote><p>We ring them and nobody answers.{sign('f2')}</p></disp-quote>"
    assert spoken(jats(inside)) == [("We ring them and nobody answers.", "Patient 4", "patient")]


def test_a_note_inside_the_sentence() -> None:
    inside = f"<p>One<fn><p>See above.</p></fn> told us: “{SAID}”<fn><p>Patient 4</p></fn>.</p>"
    assert spoken(jats(inside)) == [(SAID, "Patient 4", "patient")]


@pytest.mark.parametrize("note", ["<fn id='t1'><p><sup>a</sup>Nurse 7</p></fn>", "<fn id='t1'><p>*  Nurse 7</p></fn>"])
def test_a_note_of_a_table(note: str) -> None:
    row = f"<tr><td>Bells</td><td>“{SAID}”{sign('t1', 'table-fn')}</td></tr>"
    table = f"<table>{row}</table><table-wrap-foot>{note}</table-wrap-foot>"
    inside = f"<table-wrap><caption><p>What they said</p></caption>{table}</table-wrap>"
    assert spoken(jats(inside)) == [(SAID, "Nurse 7", "nurse")]


@pytest.mark.parametrize("note", ["f3", "f4", "f9"])
def test_a_note_that_names_no_speaker_is_nothing(note: str) -> None:
    inside = f"<p>One told us: “I never told the GP, you know”{sign(note)}</p>"
    assert spoken(jats(inside)) == spoken(jats(inside.replace(sign(note), "")))


def test_a_role_that_explains_the_last_word_is_no_speaker() -> None:
    inside = f"<p>They say this: “I never told an RN{sign('f5')}, you know, in all these years.”</p>"
    assert spoken(jats(inside)) == spoken(jats(inside.replace(sign("f5"), "")))


def test_what_authors_tell_is_no_quotation_because_a_note_names_a_person() -> None:
    inside = f"<p>Several patients described how they waited.{sign('f1')} Nurses rang the ward.{sign('f2')}</p>"
    assert spoken(jats(inside)) == []


def test_a_footnote_of_a_word_document() -> None:
    called = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/></w:r>'
    body = (
        p("Methods", "Heading1"),
        p("We interviewed ten nurses and eight patients."),
        p("Results", "Heading1"),
        p(run(f"One told us: “{SAID}.”") + called + run(" Others do.")),
        p(run("They ring and ring.") + called.replace('"2"', '"3"'), "Quote"),
    )
    found = read(docx(*body, footnotes={2: "Nurse 3, rural", 3: "Patient 4"}), "a.docx").reading
    assert spoken(found) == [(f"{SAID}.", "Nurse 3, rural", "nurse"), ("They ring and ring.", "Patient 4", "patient")]


PAGE = """<html><head><title>Waiting</title></head><body><main><h1>Waiting for a bell to ring</h1><h2>Methods</h2>
<p>We interviewed ten nurses and eight patients{cites}.</p><h2>Results</h2>
<p>One told us: “{said}.”<sup><a href="#n1" id="r1">1</a></sup> Others do.</p>
<blockquote><p>They ring and ring.<a href="#_ftn2" name="_ftnref2"><sup>[2]</sup></a></p></blockquote>
<h2>Notes</h2><ol><li id="n1"><p>Nurse 3, rural <a href="#r1">↩</a></p></li></ol>
<p><a href="#_ftnref2" name="_ftn2">[2]</a> Patient 4</p>{refs}</main></body></html>"""
REFERENCES = "<h2>References</h2><ol><li id='ref-1'>Hill A. Bells. 2001.</li></ol>"


@pytest.mark.parametrize("linked", [True, False])
def test_the_notes_of_a_page(linked: bool) -> None:
    cites = ' [<a href="#ref-1">1</a>]' if linked else ""
    page = PAGE.format(cites=cites, refs=REFERENCES if linked else "", said=SAID)
    found = read(page.encode(), "a.html").reading
    assert spoken(found) == [(f"{SAID}.", "Nurse 3, rural", "nurse"), ("They ring and ring.", "Patient 4", "patient")]
    assert [mark.label for mark in found.citations] == ["1"]
