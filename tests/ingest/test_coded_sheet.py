"""What a coding sheet becomes: each row something of its study; quotes only where the study's text holds the words."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from ingest.coded import resolve
from ingest.errors import MappingError
from ingest.library import Shelf
from ingest.mapping import complete
from ingest.readers.contents import RecordGroup, Sheet
from ingest.readers.records import read_records
from ingest.readers.sheet.csv import read_csv
from ontology.base import Record
from ontology.identity import document_iri, mint, sha256_of
from ontology.interchange import dumps
from ontology.model import (
    Assertion,
    Barrier,
    Document,
    Finding,
    Quote,
    Role,
    Study,
    Theme,
    UnverifiedQuote,
)
from ontology.namespaces import CKG, SCHEME
from tests.ingest.test_coded_project import links, of

TEXT = (
    "Calling after discharge\n\nOne nurse said: “Nobody rang us back that\nday.” A doctor had no time for let-\nters.\n"
)
STUDY = Study(iri="urn:calling", title="Calling after discharge", authors=("Anna Berg",), year="2021",
              doi="10.5555/calls.1", evidence_level="full text")  # fmt: skip
PAPER = Document(iri=document_iri(sha256_of(TEXT)), study=STUDY.iri, source="berg.txt", sha256=sha256_of(TEXT),
                 media_type="text/plain", text=TEXT)  # fmt: skip


def sheet(text: str) -> Sheet:
    return read_csv(text.encode(), "sheet.csv")


def group(text: str, known: Sequence[Record] = (), mapping: str | None = None) -> RecordGroup:
    found = resolve(sheet(text), Shelf(known), mapping)
    assert len(found) == 1
    texts = {r.iri: r.text for r in (*found[0].records, *known) if isinstance(r, Document)}
    for record in found[0].records:
        for span in record.spans:
            assert texts[span.document][span.start : span.end] == span.exact
    return found[0]


ROW = (
    "Study;Quote;Role;Page;Barrier;Theme\n"
    'Berg 2021;"""Nobody rang us back that day."" (nurse 2)";nurse;4;no call;Trust\n'
)


def test_words_of_a_study_that_nobody_has_read_are_kept_and_not_verified() -> None:
    found = group(ROW)
    assert of(found.records, Quote) == []
    (words,), (study,) = of(found.records, UnverifiedQuote), of(found.records, Study)
    assert isinstance(words, UnverifiedQuote) and isinstance(study, Study)
    assert (words.exact, words.speaker, words.page) == ("Nobody rang us back that day.", "nurse 2", "4")
    assert words.reason == "no text of the study has been read"
    assert set(words.about) == {r.iri for r in found.records if isinstance(r, Barrier | Theme)}
    assert (study.title, study.authors, study.year, study.evidence_level) == (
        "Berg 2021",
        ("Berg",),
        "2021",
        "citation",
    )
    assert "1 quotes not verified: no text of the study has been read" in found.notes


def test_with_the_text_of_the_study_they_are_a_quote_in_the_words_of_that_text() -> None:
    found = group(ROW, [STUDY, PAPER])
    (quote,), (role,) = of(found.records, Quote), of(found.records, Role)
    assert of(found.records, UnverifiedQuote) == []
    assert isinstance(quote, Quote) and isinstance(role, Role)
    assert quote.exact == "Nobody rang us back that\nday."
    assert quote.spans[0].document == PAPER.iri
    assert (quote.document, quote.study) == (found.document.iri if found.document else "", STUDY.iri)
    assert (quote.speaker, quote.speaker_role, role.concept) == ("nurse 2", role.iri, SCHEME + "role/nurse")
    assert links(found.records) == {
        ("Quote", "illustrates", "Barrier"), ("Quote", "illustrates", "Theme"), ("Barrier", "inTheme", "Theme"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Study", "Berg 2021"), ("Study", "Berg et al. (2021)"), ("Study", "Berg & Dahl, 2021a"),
        ("Study", "calling after discharge."), ("Study", "https://doi.org/10.5555/CALLS.1"), ("DOI", "10.5555/calls.1"),
        ("Title", "Calling after discharge"),
    ],
)  # fmt: skip
def test_a_study_is_known_by_many_names(header: str, name: str) -> None:
    found = group(f"{header}\tQuote\n{name}\tNobody rang us back that day.\n", [STUDY, PAPER])
    assert len(of(found.records, Quote)) == 1


def test_what_a_sheet_itself_said_of_a_study_is_no_rival_to_the_study() -> None:
    before = [r for r in group(ROW).records if isinstance(r, Study)]
    assert len(of(group(ROW, [*before, STUDY, PAPER]).records, Quote)) == 1


def test_two_studies_of_one_author_and_year_are_not_mixed_up() -> None:
    other = Study(iri="urn:other", title="Other", authors=("B. Berg",), year="2021", evidence_level="full text")
    assert of(group(ROW, [STUDY, PAPER, other]).records, Quote) == []


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("Somebody did ring us back in the end", "the study's text does not hold these words"),
        ("No.", "too short to be found for sure"),
    ],
)
def test_words_that_the_text_does_not_bear_out_are_never_a_quote(words: str, reason: str) -> None:
    found = group(f"Study\tQuote\nBerg 2021\t{words}\n", [STUDY, PAPER])
    assert of(found.records, Quote) == []
    (one,) = of(found.records, UnverifiedQuote)
    assert isinstance(one, UnverifiedQuote) and one.reason == reason and one.exact == words


def test_hyphens_at_line_ends_do_not_hide_words() -> None:
    (quote,) = of(group("Study\tQuote\nBerg 2021\ta doctor had no time for letters\n", [STUDY, PAPER]).records, Quote)
    assert isinstance(quote, Quote) and quote.exact == "A doctor had no time for let-\nters"


def test_lists_in_a_cell_are_parted_and_rows_without_a_study_are_about_the_one_above() -> None:
    text = "Study,Barrier,Intervention,Theme\nLund 2020,no time; no phone,,Trust\n,noise,a quiet room,\n"
    found = group(text)
    assert sorted(r.label for r in found.records if isinstance(r, Barrier)) == ["no phone", "no time", "noise"]
    assert len(of(found.records, Study)) == 1
    assert ("Intervention", "addresses", "Barrier") in links(found.records)


def test_commas_part_labels_that_come_again_but_not_sentences() -> None:
    text = (
        "Study|Theme|Barrier\nA 2020|Trust, Time|no staff, no rooms and long queues\nB 2020|Time, Trust|it was loud\n"
    )
    found = group(text)
    assert {r.label for r in found.records if isinstance(r, Theme)} == {"Trust", "Time"}
    assert "no staff, no rooms and long queues" in {r.label for r in found.records if isinstance(r, Barrier)}


def test_sub_themes_stand_below_their_theme_and_levels_are_those_of_the_model() -> None:
    text = (
        "Study,Theme,Sub-theme,Barrier,Level,Finding\nLund 2020,Trust,Calls,no call,Organizational level,Calls fail.\n"
    )
    found = group(text)
    themes = {r.label: r for r in found.records if isinstance(r, Theme)}
    assert themes["Calls"].broader == themes["Trust"].iri
    (barrier,) = of(found.records, Barrier)
    assert isinstance(barrier, Barrier) and barrier.level == "organisation"
    in_theme = {r.object for r in found.records if isinstance(r, Assertion) and r.predicate == CKG + "inTheme"}
    assert in_theme == {themes["Calls"].iri}
    assert len(of(found.records, Finding)) == 1


def test_the_same_thing_in_two_rows_is_one_with_the_words_of_both() -> None:
    found = group("Study,Barrier\nLund 2020,no time\nLund 2020,No time.\n")
    (barrier,) = of(found.records, Barrier)
    assert [span.exact for span in barrier.spans] == ["no time", "No time."]


def test_what_is_left_out_is_told() -> None:
    found = group("Study,Barrier,Comment\n,no time,\nLund 2020,n/a,check this\nLund 2020,noise,\n")
    assert "left out 1 rows that name no study: 2" in found.notes
    assert "dropped 1 comments" in found.notes
    assert len(of(found.records, Barrier)) == 1


def test_a_mapping_changes_what_columns_mean() -> None:
    text = "Paper;What got in the way;Words of theirs;x\nBerg 2021;no call;Nobody rang us back that day.;1\n"
    told = sheet(text)
    mapping = complete(told)
    assert '"What got in the way" = "nothing"' in mapping
    edited = mapping.replace('in the way" = "nothing"', 'in the way" = "barrier"')
    edited = edited.replace('theirs" = "nothing"', 'theirs" = "quote"')
    found = group(text, [STUDY, PAPER], edited)
    assert len(of(found.records, Barrier)) == len(of(found.records, Quote)) == 1
    assert complete(told, edited) == edited
    assert any(note.startswith("columns by the mapping: Paper = study") for note in found.notes)


@pytest.mark.parametrize(
    ("mapping", "problem"),
    [
        ('format = "sheet"\n[columns]\n"Barier" = "barrier"', "did you mean 'Barrier'"),
        ('format = "sheet"\n[columns]\n"Barrier" = "bar"', "no meaning of a column"),
        ('format = "sheet"\n[split]\n"Barrier" = "x"', "no separator"),
        ('format = "refi-qda"', "not for 'sheet'"),
    ],
)
def test_a_mapping_that_does_not_fit_says_where(mapping: str, problem: str) -> None:
    with pytest.raises(MappingError, match=problem):
        group(ROW, mapping=mapping)


def test_the_same_sheet_gives_the_same_records() -> None:
    assert group(ROW, [STUDY, PAPER]) == group(ROW, [STUDY, PAPER])


def test_records_of_a_sheet_come_back_behind_those_of_the_papers_that_they_quote() -> None:
    found = group(ROW, [STUDY, PAPER])
    paper = [PAPER, replace(STUDY, document=PAPER.iri)]
    lines = "".join(dumps([*found.records, *paper])).encode()
    first, second = read_records(lines, "records.jsonl")
    assert (first.document, second.document) == (PAPER, found.document)


def test_a_quote_that_the_paper_has_too_is_of_the_same_kind_and_keeps_its_role() -> None:
    words = "Nobody rang us back that\nday."
    start = TEXT.index(words)
    own = Quote(
        iri=mint("Quote", PAPER.iri, str(start), str(start + len(words))), document=PAPER.iri, study=STUDY.iri,
        exact=words, start=start, end=start + len(words), quote_kind="inline", speaker_role="urn:nurse",
    )  # fmt: skip
    text = "Study,Quote\nBerg 2021,Nobody rang us back that day. (nurse 2)\n"
    (quote,) = of(group(text, [STUDY, PAPER, own]).records, Quote)
    assert isinstance(quote, Quote)
    assert (quote.iri, quote.quote_kind, quote.speaker_role) == (own.iri, "inline", None)
    (alone,) = of(group(text, [STUDY, PAPER]).records, Quote)
    assert isinstance(alone, Quote) and alone.speaker_role == SCHEME + "role/nurse"
