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


def themes(body: str) -> list[Theme]:
    document = read(JATS.format(body=body).encode(), "paper.xml")
    return [record for record in extract(document).records if isinstance(record, Theme)]


def labels(body: str) -> list[str]:
    return [theme.label for theme in themes(body)]


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


TABLE = """<table-wrap><label>Table 2</label><caption><p>{caption}</p></caption><table><tr><th>Theme</th>
<th>Sub-theme</th>
</tr><tr><td>Trust in calls</td><td>{one}</td></tr><tr><td></td><td>{two}</td></tr><tr><td>Late letters</td>
<td>{three}</td></tr></table></table-wrap>"""


def test_a_table_with_a_column_of_themes() -> None:
    table = TABLE.format(caption="Themes", one="Knowing who rings", two="Being heard", three="Nobody reads")
    found = themes(f"<p>{CALLS}</p><p>{LETTERS}</p>{table}")
    assert [one.label for one in found] == [
        "Trust in calls", "Knowing who rings", "Being heard", "Late letters", "Nobody reads",
    ]  # fmt: skip
    above = {one.iri: one.label for one in found}
    assert [above.get(one.broader or "") for one in found] == [
        None, "Trust in calls", "Trust in calls", None, "Late letters",
    ]  # fmt: skip


def test_a_table_of_counts_lists_no_themes_and_headings_go_before_tables() -> None:
    counts = TABLE.format(caption="Themes", one="9/17 (53%)", two="4/17 (24%)", three="8/17 (47%)")
    assert labels(f"<p>{CALLS}</p><p>{LETTERS}</p>{counts}") == []
    table = TABLE.format(caption="Themes", one="Knowing who rings", two="Being heard", three="Nobody reads")
    headed = f"<sec><title>Trust in a call</title><p>{CALLS}</p></sec>"
    headed += f"<sec><title>Slow post</title><p>{LETTERS}</p></sec>"
    assert labels(headed + table) == ["Trust in a call", "Slow post"]


def test_what_a_theme_lacks_is_no_wording_of_it() -> None:
    table = TABLE.format(caption="Themes", one="a", two="b", three="c").replace("Trust in", "Lack of trust in")
    headed = f"<sec><title>Trust in calls</title><p>{CALLS}</p></sec>"
    headed += f"<sec><title>Late letters</title><p>{LETTERS}</p></sec>"
    assert [one.variants for one in themes(headed + table)] == [(), ()]


def test_themes_that_a_list_gives_one_a_line() -> None:
    items = "<list><list-item><p>trust in calls</p></list-item><list-item><p>late letters</p></list-item></list>"
    assert labels(f"<p>The analysis gave two themes:</p>{items}<p>{CALLS}</p><p>{LETTERS}</p>") == [
        "trust in calls", "late letters",
    ]  # fmt: skip


def test_as_many_themes_as_are_announced_behind_a_comma() -> None:
    assert labels(f"<p>We found two themes, trust in calls and late letters. {CALLS}</p><p>{LETTERS}</p>") == [
        "trust in calls", "late letters",
    ]  # fmt: skip
    assert labels(f"<p>We found three themes, and these were rich. {CALLS}</p><p>{LETTERS}</p>") == []


def sections(**parts: str) -> str:
    return "".join(f"<sec><title>{name.replace('_', ' ')}</title><p>{text}</p></sec>" for name, text in parts.items())


def test_an_overview_of_what_is_studied_is_a_theme_and_one_of_the_sample_is_none() -> None:
    body = sections(Overview_of_the_Letters_in_the_Wards=LETTERS, Trust_in_calls=CALLS)
    assert labels(body) == ["Overview of the Letters in the Wards", "Trust in calls"]
    body = sections(Overview_of_participants=LETTERS, Late_letters=LETTERS, Trust_in_calls=CALLS)
    assert labels(body) == ["Late letters", "Trust in calls"]


def test_reviews_and_the_name_of_the_analysis_are_no_themes() -> None:
    body = sections(Scoping_review=NUMBERS, Thematic_analysis_of_the_interview_data="", Trust_in_calls=CALLS)
    assert labels(body) == ["Trust in calls"]


@pytest.mark.parametrize(
    "sentence",
    [
        "This was told by nurses, who classified letters into three categories: long, short and lost.",
        "The reported barriers stand in the order of the framework's components: ward, practice and home.",
        "The categories below are not independent of one another, rather, they are often found together.",
    ],
)
def test_lists_that_name_no_themes(sentence: str) -> None:
    body = sections(Trust_in_calls=f"{sentence} {CALLS}", Late_letters=LETTERS)
    assert labels(body) == ["Trust in calls", "Late letters"]
