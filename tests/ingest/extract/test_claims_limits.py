"""Limitations in the boxes of journals and in words that limit a study."""

import pytest

from ingest.extract.claims.extraction import extract_claims
from ingest.extract.roles.extraction import extract_roles
from tests.ingest.jats_text import article, blocks, reading_of

BOX = (
    "<boxed-text><caption><title>Strengths and limitations of this study</title></caption><list><list-item><p>"
    "We asked nurses of all wards in both of the towns.</p></list-item><list-item><p>The number of patients who took "
    "part was small.</p></list-item></list></boxed-text>"
)
INTRODUCTION = "<sec><title>Introduction</title><p>Letters are late.</p></sec>"


def limits(body: str) -> list[str]:
    reading = reading_of(article(body)).reading
    found = extract_claims(reading, "urn:study", extract_roles(reading, "urn:study"), ())
    return [one.record.statement for one in found.limitations]


def test_a_box_of_limitations_before_the_text_is_a_section() -> None:
    assert blocks(article(BOX + INTRODUCTION))[-5:] == [
        ("heading", "limitations", "Strengths and limitations of this study"),
        ("list_item", "limitations", "We asked nurses of all wards in both of the towns."),
        ("list_item", "limitations", "The number of patients who took part was small."),
        ("heading", "background", "Introduction"),
        ("paragraph", "background", "Letters are late."),
    ]
    assert limits(BOX + INTRODUCTION) == ["The number of patients who took part was small"]


def test_text_without_a_heading_behind_such_a_box_is_the_background() -> None:
    methods = "<sec><title>Methods</title><p>We asked nurses.</p></sec>"
    assert blocks(article(f"{BOX}<p>Letters are late.</p>{methods}"))[-3] == (
        "paragraph", "background", "Letters are late.",
    )  # fmt: skip


def test_a_box_inside_a_section_stays_a_box() -> None:
    inside = f"<sec><title>Discussion</title><p>Calls help.</p>{BOX}<p>Letters do not.</p></sec>"
    found = blocks(article(inside))
    assert ("paragraph", "discussion", "Letters do not.") in found
    assert "table" in [kind for kind, _, _ in found]


@pytest.mark.parametrize(
    "sentence",
    [
        "The findings of this study rest on what nurses told us and are open to bias.",
        "Our questionnaire has not yet been validated in this country.",
        "In our study the data that wards recorded were incomplete.",
        "Our interviews cannot provide information on the views of doctors.",
    ],
)
def test_what_a_study_does_not_tell(sentence: str) -> None:
    assert limits(f"<sec><title>Discussion</title><p>Calls help nurses. {sentence}</p></sec>")


def test_whom_a_study_could_not_ask_is_told_in_its_methods() -> None:
    methods = "<p>We asked nurses. As letters had no names, we were unable to compare our patients over time.</p>"
    assert limits(f"<sec><title>Methods</title>{methods}</sec>")


@pytest.mark.parametrize("words", ["limited by the few wards that took part", "limited to the nurses of one town"])
def test_a_study_that_is_limited(words: str) -> None:
    body = f"<sec><title>Discussion</title><p>Calls help nurses. This study was {words}.</p></sec>"
    assert [one for one in limits(body) if "limited" in one]
