"""Themes that paragraphs open with, and headings of mixed studies that report numbers."""

import pytest

from ingest.extract import extract
from ingest.readers import read
from ontology.model import Theme

JATS = """<article article-type="research-article"><front><article-meta><title-group><article-title>How wards and
practices share the care of people with gout: a qualitative study</article-title></title-group></article-meta></front>
<body><sec><title>Methods</title><p>This was a qualitative interview study. We held semi-structured interviews with 9
ward nurses and 8 GPs. Interviews were analysed by thematic analysis. Each interview took half an hour.</p></sec>
<sec><title>Results</title>{body}</sec>
<sec><title>Discussion</title><p>Calls were valued in the interviews.</p></sec></body></article>"""
CALLS = (
    "Several GPs said that they trusted the wards that phoned them.</p><disp-quote><p>“When they phone me I know that "
    "somebody has thought about it and I can plan the next blood test.” (GP 3)</p></disp-quote><p>GPs felt that a "
    "call was worth more than a letter."
)
LETTERS = (
    "Ward nurses described letters that came late.</p><disp-quote><p>“The letter goes out when the doctor signs it and "
    "that can be a fortnight after the patient has gone home.” (Nurse 2)</p></disp-quote><p>Nurses felt unread."
)
NUMBERS = "Of the letters, 52% were late (p = 0.03). The mean delay was 9 days (SD 4)."


def labels(body: str) -> list[str]:
    document = read(JATS.format(body=body).encode(), "paper.xml")
    return [record.label for record in extract(document).records if isinstance(record, Theme)]


@pytest.mark.parametrize("style", ["bold", "italic"])
def test_words_set_apart_at_the_beginning_of_paragraphs_are_headings(style: str) -> None:
    body = f"<p><{style}>Trust in calls.</{style}> {CALLS}</p><p><{style}>Late letters</{style}>: {LETTERS}</p>"
    assert labels(body) == ["Trust in calls", "Late letters"]


def test_one_emphasis_or_a_turn_of_a_conversation_is_no_heading() -> None:
    once = f"<p><bold>Trust in calls.</bold> {CALLS}</p><p>{LETTERS}</p>"
    assert "Trust in calls" not in labels(once)
    turns = f"<p><bold>Interviewer:</bold> {CALLS}</p><p><bold>Nurse 2:</bold> {LETTERS}</p>"
    assert not {"Interviewer", "Nurse 2"} & set(labels(turns))


def test_themes_that_are_named_one_at_a_time() -> None:
    body = f"<p>The first theme was trust in calls. {CALLS}</p>"
    body += f"<p>A second theme identified was late letters. {LETTERS}</p>"
    assert labels(body) == ["Trust in calls", "Late letters"]


def test_a_list_of_themes_in_brackets() -> None:
    body = f"<p>Two emergent themes (trust in calls and late letters) were found. {CALLS}</p><p>{LETTERS}</p>"
    assert labels(body) == ["trust in calls", "late letters"]


def test_headings_of_numbers_are_no_themes_beside_those_with_quotes() -> None:
    body = (
        f"<sec><title>Delay of letters</title><p>{NUMBERS}</p></sec>"
        f"<sec><title>Trust in calls</title><p>{CALLS}</p></sec>"
        f"<sec><title>Finding my own way</title><p>{LETTERS}</p></sec>"
    )
    assert labels(body) == ["Trust in calls", "Finding my own way"]


def test_aims_and_what_stands_below_outcomes_are_no_themes() -> None:
    body = (
        "<sec><title>Treatment effects</title><p>Two things changed.</p>"
        f"<sec><title>Late letters</title><p>{NUMBERS}</p></sec></sec>"
        f"<sec><title>Aim 2: views</title><sec><title>Trust in calls</title><p>{CALLS}</p></sec></sec>"
    )
    assert labels(body) == ["Trust in calls"]


def test_a_number_before_a_heading_is_no_part_of_its_label() -> None:
    body = f"<sec><title>3.1 Trust in calls</title><p>{CALLS}</p></sec>"
    body += f"<sec><title>3.2 Late letters</title><p>{LETTERS}</p></sec>"
    assert labels(body) == ["Trust in calls", "Late letters"]
