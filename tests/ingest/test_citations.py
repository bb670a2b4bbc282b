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
    assert any("1 reference that cannot be read, at line" in note for note in found.reading.notes)


def _read(data: bytes) -> tuple[list[str | None], list[str]]:
    """Return the titles of the references of a RIS file, and the notes on it."""
    assert format_of(data).name == "RIS"
    found = [one for one in read_contents(data, "r.ris") if isinstance(one, ReadDocument)]
    return [one.document.title for one in found], [note for one in found for note in one.reading.notes]


_CALLS, _LOGS = (f"AU  - Meyer, Ann\nTI  - {title}\nPY  - 2020\nER  - \n" for title in ("Calls", "Logs"))
_TYPE = "TY  - JOUR\n"


@pytest.mark.parametrize(
    "data",
    [
        f"\n\n\n{_TYPE}{_CALLS}\n{_TYPE}{_LOGS}".encode(),
        f"\n{_TYPE}{_CALLS}\n{_TYPE}{_LOGS}".encode("utf-8-sig"),
        f"\n{_TYPE}{_CALLS}\n{_TYPE}{_LOGS}".encode("utf-16"),
        f"Shelf of loans\nSaved: today\n\n{_TYPE}{_CALLS}\n{_TYPE}{_LOGS}".encode(),
        f"1. {_TYPE}{_CALLS}\n2. {_TYPE}{_LOGS}".encode(),
        f"{_TYPE}{_CALLS}\n{_TYPE}{_LOGS}".replace("  -", " -").encode(),
        f"{_TYPE}\n{_CALLS}\n{_TYPE}\n{_LOGS}".replace("\n", "\r\n").encode(),
        f"{_TYPE}{_CALLS}\n{_TYPE}{_LOGS}".replace("ER  - \n", "").encode(),
    ],
    ids=["blank lines", "mark", "utf-16", "header", "numbered", "one blank", "blank line in it", "no ER"],
)
def test_a_ris_file_is_read_whatever_stands_before_its_records(data: bytes) -> None:
    titles, notes = _read(data)
    assert titles == ["Calls", "Logs"]
    assert not any("reference" in note for note in notes)


@pytest.mark.parametrize(("first", "line"), [(_CALLS, 6), (_TYPE + _CALLS, 7)])
def test_a_ris_record_without_a_type_is_read_and_named(first: str, line: int) -> None:
    titles, notes = _read(f"{first}\n{_LOGS}\n{_TYPE}{_CALLS.replace('Calls', 'Lists')}".encode())
    assert titles == ["Calls", "Logs", "Lists"]
    lines = f"1, {line}" if line == 6 else f"{line}"
    assert [note for note in notes if "without TY" in note and note.endswith(f"at line {lines}")]


def test_ris_records_that_name_nothing_are_told() -> None:
    titles, notes = _read(f"{_TYPE}{_CALLS}\n{_TYPE}ID  - a7\nAU  - Meyer, Ann\nER  - \n".encode())
    assert titles == ["Calls"]
    assert "1 reference without title and identifier left out, namely a7" in notes


def test_references_that_name_nothing_count_each_also_under_one_key() -> None:
    nameless = f"{_TYPE}ID  - a7\nAU  - Meyer, Ann\nER  - \n"
    _, notes = _read(f"{_TYPE}{_CALLS}\n{nameless}\n{nameless}".encode())
    assert "2 references without title and identifier left out, namely a7, a7" in notes


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
