"""Wordings of study facts that papers use beside the usual ones, and what is no such fact."""

import pytest

from ingest.extract.context import RoleIndex
from ingest.extract.study.extraction import extract_study
from ingest.readers import read


def facts_of(methods: str, front: str = "") -> dict[str, list[str]]:
    article = (
        "<article><front><article-meta><title-group><article-title>Letters at night</article-title></title-group>"
        f"{front}</article-meta></front><body><sec><title>Methods</title><p>{methods}</p></sec></body></article>"
    )
    found = read(article.encode(), "a.xml")
    parts = extract_study(found.reading, found.document, "study", RoleIndex((), (), {}), ())
    told: dict[str, list[str]] = {}
    for fact in parts.facts:
        told.setdefault(fact.record.field, []).append(fact.record.value)
    return told


@pytest.mark.parametrize(
    ("words", "field", "value"),
    [
        ("Two researchers analysed the recordings and field notes for themes.", "analysis_method", "thematic analysis"),
        ("All diaries were coded using standard procedures.", "analysis_method", "coding"),
        ("We used multivariable logistic regression.", "analysis_method", "regression"),
        ("Text files were sorted with Ethnograph.", "software", "Ethnograph"),
        ("Data were kept in QSRNVivo V.9.", "software", "NVivo"),
        ("The form had one free-text question on letters.", "data_collection_method", "free-text questions"),
        ("Data were analysed using the Colaizzi method.", "analysis_method", "phenomenological analysis"),
        ("We followed Giorgi's five steps.", "analysis_method", "phenomenological analysis"),
        ("A non-probability sampling technique was adopted.", "sampling_method", "non-probability sampling"),
        ("Data was gathered through interviews with open questions.", "data_collection_method", "interview"),
        ("Twelve nurses were selected from two wards.", "n_participants", "12"),
        ("Nine subjects who had taken part were interviewed.", "n_subjects", "9"),
        ("In stage 2, 34 additional nurses were interviewed.", "n_participants", "34"),
        ("Nine nurses from May 1st to June 20th 2020 were selected.", "interview_dates", "2020-05/2020-06"),
    ],
)
def test_wordings(words: str, field: str, value: str) -> None:
    assert value in facts_of(words).get(field, [])


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ("Discussions were guided by a fixed list of nine points.", "interview_guide"),
        ("A questioning route was tried out with two nurses.", "interview_guide"),
        ("The approach was grounded in pragmatism.", "theory"),
        ("The study was reviewed by the Ethics Committee of the First Hospital.", "ethics"),
        ("After receiving IRB approval, we asked six nurses.", "ethics"),
        ("IRB protocol was followed.", "ethics"),
        ("The interviews averaged an hour in length.", "interview_duration"),
        ("The structured interviews lasted for thirty minutes.", "interview_duration"),
    ],
)
def test_wordings_without_a_fixed_value(words: str, field: str) -> None:
    assert field in facts_of(words)


def test_a_study_within_a_trial_by_its_short_form() -> None:
    assert (
        "nested in randomised controlled trial"
        in facts_of("This study was embedded within a multicentre RCT.")["design"]
    )
    assert "design" not in facts_of("Nurses were told what an RCT is.")


def test_named_institutions_where_something_was_done_are_a_setting() -> None:
    held = facts_of("Interviews were held at the University of Nowhere and Saint Mark Hospital.")
    assert any("University of Nowhere and Saint Mark Hospital" in value for value in held["setting"])
    assert "setting" not in facts_of("The form was written by the University of Nowhere.")


def test_ethnographers_use_no_software() -> None:
    assert "software" not in facts_of("An ethnographer joined the ward; ethnography takes time.")


ADDRESS = '<contrib-group><aff id="a{n}">Ward Institute, {place}</aff></contrib-group>'


def test_the_country_of_all_addresses_stands_in_where_the_paper_names_none() -> None:
    front = ADDRESS.format(n=1, place="Perth, Australia") + ADDRESS.format(n=2, place="Hobart, Australia")
    assert facts_of("We held interviews.", front)["country"] == ["Australia"]
    assert facts_of("We held interviews in Norway.", front)["country"] == ["Norway"]


def test_addresses_in_several_countries_tell_nothing() -> None:
    front = ADDRESS.format(n=1, place="Perth, Australia") + ADDRESS.format(n=2, place="Oslo, Norway")
    assert "country" not in facts_of("We held interviews.", front)


@pytest.mark.parametrize(
    ("words", "field", "value"),
    [
        ("Interviews were read again with a thematic approach.", "analysis_method", "thematic analysis"),
        ("Two nurses did naturalistic observation on wards.", "data_collection_method", "observation"),
        ("In-depth individual and focus group interviews took place.", "data_collection_method", "in-depth interview"),
        ("Qualitative interviews with nurses and clerks were held in May.", "data_collection_method", "interview"),
    ],
)
def test_more_wordings(words: str, field: str, value: str) -> None:
    assert value in facts_of(words).get(field, [])
