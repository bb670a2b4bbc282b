"""One study in several forms is one study; what does not go together is told."""

from dataclasses import replace
from itertools import permutations

import pytest

from benchmarks.papers import as_jats, paper
from ingest.outcome import Meta
from ingest.stage import parse
from ingest.studies import Attested, Studies, attested
from ontology.identity import study_iri

TITLE = "Calling first, then writing: a qualitative study"
PAPER = Attested(
    "urn:paper", "urn:s", "paper.xml", doi="10.5555/a", pmid="11", pmcid="PMC1", title=TITLE, year="2020",
    authors=("Ada Brandt", "Jon Okafor"),
)  # fmt: skip
OTHER = Attested("urn:other", "urn:o", "other.pdf")


@pytest.mark.parametrize(
    "told",
    [
        {"doi": "10.5555/A"},
        {"pmid": "11"},
        {"pmcid": "pmc1", "title": TITLE.upper()},
        {"title": "Calling First — then Writing. A qualitative study☆", "year": "2020"},
        {"title": TITLE, "authors": ("Okafor J",)},
        {"title": TITLE},
        {"title": TITLE, "year": "2021", "authors": ("Brandt, A.",)},
        {"title": "Calling first, then writing in practice", "doi": "10.5555/a"},
        {"title": "Whole title: with another part", "pmid": "11", "authors": ("A. Brandt",)},
    ],
)
def test_a_document_joins_the_study_that_it_reports(told: dict[str, object]) -> None:
    assert Studies.of([PAPER]).match(replace(OTHER, **told)).study == PAPER.study


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"doi": "10.5555/b", "title": "Another title"},
        {"title": TITLE, "year": "2014"},
        {"title": TITLE, "authors": ("Mei Sato",)},
        {"title": "Editorial", "year": "2020"},
    ],
)
def test_what_tells_another_study_stays_one(told: dict[str, object]) -> None:
    match = Studies.of([PAPER]).match(replace(OTHER, **told))
    assert (match.study, match.notes) == (OTHER.study, ())


def test_a_short_title_needs_year_or_author() -> None:
    short = replace(PAPER, title="Editorial", doi=None, pmid=None, pmcid=None)
    studies = Studies.of([short])
    assert studies.match(replace(OTHER, title="Editorial")).study == OTHER.study
    assert studies.match(replace(OTHER, title="Editorial", year="2020")).study == PAPER.study


def test_a_title_without_its_subtitle_needs_year_and_author() -> None:
    studies = Studies.of([replace(PAPER, title="Calling first and then writing: a qualitative study")])
    bare = replace(OTHER, title="Calling first and then writing", year="2020")
    assert studies.match(bare).study == OTHER.study
    assert studies.match(replace(bare, authors=("Brandt",))).study == PAPER.study


def test_another_title_under_one_doi_is_told() -> None:
    studies = Studies.of([PAPER])
    same_author = replace(OTHER, doi="10.5555/a", title="Letters in the night", authors=("A. Brandt",))
    match = studies.match(same_author)
    assert match.study == PAPER.study
    assert "has the DOI of paper.xml, but not its title" in match.notes[0]
    apart = studies.match(replace(same_author, study=PAPER.study, authors=("Mei Sato",)))
    assert apart.study == study_iri(document=OTHER.document)
    assert "kept as a study of its own" in apart.notes[0]


def test_two_dois_for_one_title_are_told_and_kept_apart() -> None:
    match = Studies.of([PAPER]).match(replace(OTHER, title=TITLE, year="2020", doi="10.5555/preprint"))
    assert match.study == OTHER.study
    assert match.notes == ("has title and year of paper.xml, but another DOI: kept apart",)


def test_identifiers_of_two_studies_in_one_document_are_told() -> None:
    second = Attested("urn:second", "urn:s2", "second.txt", pmid="22")
    match = Studies.of([PAPER, second]).match(replace(OTHER, doi="10.5555/a", pmid="22"))
    assert match.study == PAPER.study
    assert match.notes == ("its PMID is that of second.txt, which is held as another study",)


def test_a_document_that_could_be_of_two_studies_is_of_neither() -> None:
    second = replace(
        PAPER, document="urn:second", study="urn:s2", source="second.xml", doi="10.5555/b", pmid=None, pmcid=None
    )
    match = Studies.of([PAPER, second]).match(replace(OTHER, title=TITLE))
    assert match.study == OTHER.study
    assert "could be of the study of any of" in match.notes[0]


def test_a_document_that_is_known_stays_with_its_study() -> None:
    studies = Studies.of([PAPER, replace(OTHER, pmid="22")])
    assert studies.match(replace(OTHER, doi="10.5555/a")).study == OTHER.study


def test_what_is_known_does_not_depend_on_the_order_in_which_it_is_told() -> None:
    known = [
        PAPER,
        replace(OTHER, title="Something else", pmid="22"),
        Attested("urn:third", "urn:s", "third.ris", pmcid="PMC9"),
    ]
    probe = Attested("urn:probe", "urn:p", "probe.txt", pmcid="PMC9", pmid="22", title=TITLE)
    assert len({Studies.of(order).match(probe) for order in permutations(known)}) == 1


def test_a_document_says_what_its_study_is_called() -> None:
    one = paper(3, paragraphs=1)
    (part,) = parse(as_jats(one), Meta("a.xml")).parts
    told = attested(part.records)
    assert told is not None
    assert (told.source, told.doi, told.title, told.year, told.authors) == (
        "a.xml", one.doi, one.title, one.year, one.authors,
    )  # fmt: skip
    assert told.study == study_iri(document=told.document, doi=told.doi)
    assert attested(part.records[1:]) is None
