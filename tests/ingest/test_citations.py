"""References in nine forms: the same publication, the same document; broken ones are named."""

from itertools import pairwise

import pytest

from ingest.errors import ReaderError
from ingest.extract import extract
from ingest.readers import ReadDocument, format_of, read_contents
from ontology.model import Study, StudyFact
from tests.ingest.citation_forms import BIBTEX, FORMS, PUBMED, RIS, only


@pytest.mark.parametrize("form", FORMS)
def test_a_reference_is_known_by_its_content(form: str) -> None:
    assert format_of(FORMS[form].encode()).name == form


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same_study(form: str) -> None:
    read = only(FORMS[form])
    assert read.citation
    document = read.document
    assert (document.doi, document.pmid) == ("10.9999/abc.1", "12345678")
    assert document.title == "Handing over the drug list: an illustrative study"
    records = extract(read).records
    (study,) = (record for record in records if isinstance(record, Study))
    assert study.authors == ("Máire O'Brien", "J. P. de Vries")
    assert (study.year, study.journal, study.evidence_level) == ("2019", "Journal of Made-up Care", "abstract")
    facts = {(fact.field, fact.value) for fact in records if isinstance(fact, StudyFact)}
    assert {("volume", "9"), ("issue", "5"), ("pages", "28-33"), ("publication_date", "2019-05")} <= facts
    assert {("keyword", "handover"), ("keyword", "drug list"), ("language", "English")} <= facts
    for fact in records:
        for span in fact.spans:
            assert document.text[span.start : span.end] == span.exact


def test_the_forms_agree_to_the_letter_where_they_say_the_same() -> None:
    abstracts = [only(data).document.text.partition("Abstract")[2].casefold() for data in FORMS.values()]
    assert all(one == other for one, other in pairwise(abstracts))


def test_a_reference_without_abstract_is_a_citation() -> None:
    read = only("TY  - JOUR\nTI  - Who calls back?\nAU  - Meyer, Ann\nPY  - 2020\nER  - \n")
    (study,) = (record for record in extract(read).records if isinstance(record, Study))
    assert study.evidence_level == "citation"
    assert study.authors == ("Ann Meyer",)


def test_two_references_are_two_documents_and_the_same_twice_is_one() -> None:
    other = RIS.replace("10.9999/ABC.1", "10.9999/abc.2").replace("12345678", "87654321")
    found = read_contents((RIS + other + RIS).encode(), "r.ris")
    assert [one.document.doi for one in found if isinstance(one, ReadDocument)] == ["10.9999/abc.1", "10.9999/abc.2"]


def test_a_broken_entry_is_named_and_the_others_are_read() -> None:
    (found,) = read_contents((BIBTEX + "\n@article{broken, title = {Nobody\n").encode(), "r.bib")
    assert isinstance(found, ReadDocument)
    assert any("1 entries could not be read, at line" in note for note in found.reading.notes)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ("TY  - JOUR\nAU  - Meyer, Ann\nER  - \n", "has no title and no identifier"),
        ("@comment{nothing}\n", "holds no references"),
        ('[{"DOI": ', "is no JSON"),
        ("<PubmedArticleSet><PubmedArticle>", "is no XML that can be read"),
        ("<PubmedArticleSet/>", "holds no references"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(data: str, problem: str) -> None:
    with pytest.raises(ReaderError, match=problem) as caught:
        read_contents(data.encode(), "references")
    assert caught.value.remedy


def test_entities_of_a_reference_are_not_followed() -> None:
    data = PUBMED.replace(
        '"none.dtd">', '"none.dtd" [<!ENTITY secret SYSTEM "file:///etc/hostname"><!ENTITY a "b">]>'
    ).replace("We interviewed 12 nurses.", "We &secret; interviewed 12 nurses.")
    assert "We &secret; interviewed 12 nurses." in only(data).document.text


def test_a_page_that_shows_how_to_cite_it_in_bibtex_is_a_page() -> None:
    page = f"<!DOCTYPE html><html><body><h1>How to cite us</h1><pre>\n{BIBTEX}</pre></body></html>"
    assert format_of(page.encode()).name == "a web page (HTML)"
