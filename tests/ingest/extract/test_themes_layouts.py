"""Layouts in which papers name their themes: counted items, sentences, lists and tables."""

import pytest

from ingest.extract.quotes.extraction import extract_quotes
from ingest.extract.roles.extraction import extract_roles
from ingest.extract.themes.extraction import extract_themes
from tests.ingest.jats_text import article, reading_of, results

STUDY = "urn:study"
METHODS = (
    "<sec><title>Methods</title><p>We interviewed ten nurses and eight patients. Data were analysed by thematic "
    "analysis.</p></sec>"
)
QUOTES = (
    "<p>Nurses told us so.</p><disp-quote><p>“We ring twice before lunch and I never get an answer.” (Nurse 4)</p>"
    "</disp-quote><p>Most nurses felt that nobody read the letters.</p><disp-quote><p>“I don’t read them.” (Nurse 5)"
    "</p></disp-quote>"
)
NAMES = ["Trust in colleagues", "Time to talk", "Late letters"]


def labels(inside: str) -> list[str]:
    reading = reading_of(article(METHODS + results(inside))).reading
    quotes, _ = extract_quotes(reading, STUDY, extract_roles(reading, STUDY))
    return [one.record.label for one in extract_themes(reading, STUDY, quotes)]


@pytest.mark.parametrize("codes", ["A1 |A2 |A3 ", "– B1 |– B2 |– B3 ", "A. |B. |C. "])
def test_items_counted_by_letters(codes: str) -> None:
    items = zip(codes.split("|"), NAMES, strict=True)
    inside = "".join(f"<p>{code}{name}</p><p>Definition: What nurses said of it.</p>{QUOTES}" for code, name in items)
    assert labels(inside) == NAMES


def test_counted_items_below_headings_are_themes_of_their_own() -> None:
    inside = (
        f"<sec><title>Working together</title><p>A1 Trust in colleagues</p>{QUOTES}<p>A2 Time to talk</p>{QUOTES}"
        f"<p>A3 Late letters</p>{QUOTES}</sec><sec><title>Working alone</title>{QUOTES}</sec>"
    )
    assert labels(inside) == ["Working together", *NAMES, "Working alone"]


def test_counted_questions_are_no_themes() -> None:
    questions = "".join(f"<p>A{n} What did you do on day {n}?</p>{QUOTES}" for n in range(1, 4))
    assert not [label for label in labels(questions) if label.startswith("What")]


@pytest.mark.parametrize(
    "sentences",
    [
        ("Theme one, trust in colleagues, describes how nurses worked.", "Theme two, time to talk, captures delays."),
        ("Trust in colleagues emerged as a key theme.", "Time to talk was also identified as an important theme."),
        ("Theme A: Trust in colleagues", "Theme B: Time to talk"),
    ],
)
def test_sentences_that_name_one_theme_each(sentences: tuple[str, str]) -> None:
    assert labels("".join(f"<p>{sentence}</p>{QUOTES}" for sentence in sentences)) == NAMES[:2]


@pytest.mark.parametrize(
    "sentence",
    [
        "Three main themes were identified, namely trust in colleagues, time to talk and late letters (see Table 2).",
        "Three themes emerged: “trust in colleagues,” “time to talk,” and “late letters.”",
        "The three categories that emerged were (1) trust in colleagues, (2) time to talk and later (3) late letters.",
    ],
)
def test_sentences_that_list_themes(sentence: str) -> None:
    assert [label.capitalize() for label in labels(f"<p>{sentence}</p>{QUOTES}")] == NAMES


def test_a_numbered_list_may_name_themes_in_clauses() -> None:
    sentence = "Two categories emerged: (1) the ward was seen as too busy and (2) nurses were worried about letters."
    assert labels(f"<p>{sentence}</p>{QUOTES}") == [
        "the ward was seen as too busy",
        "nurses were worried about letters",
    ]


def test_a_sentence_that_tells_the_first_and_the_second_theme() -> None:
    sentence = "Two themes emerged, the first related to trust in wards, while the second related to late letters."
    assert labels(f"<p>{sentence}</p>{QUOTES}") == ["Trust in wards", "Late letters"]


def test_a_list_that_two_of_many_headings_repeat_names_the_others_too() -> None:
    sentence = "<p>Five themes were identified: trust, time, age, cost and dislikes.</p>"
    sections = "".join(
        f"<sec><title>{name}</title>{QUOTES}</sec>" for name in ("Trust", "Time", "Wards", "Calls", "Homes", "Towns")
    )
    assert {"age", "cost", "dislikes"} < set(labels(sentence + sections))


def test_a_heading_that_announces_themes_is_none() -> None:
    inside = f"<sec><title>Identified categories</title>{QUOTES}<sec><title>Late letters</title>{QUOTES}</sec></sec>"
    assert labels(inside) == ["Late letters"]


def test_goals_that_are_numbered_are_no_themes() -> None:
    sentence = "Domains of the talks included: (1) goals that were set for the week and (2) goals that had been missed."
    assert not [label for label in labels(f"<p>{sentence}</p>{QUOTES}") if label.startswith("goals")]


def test_a_list_behind_a_sentence_that_announces_it() -> None:
    items = "".join(f"<list-item><p><bold>{name}:</bold> what nurses said of it.</p></list-item>" for name in NAMES)
    assert labels(f"<p>We identified three themes.</p><list>{items}</list>{QUOTES}") == NAMES


def test_differences_within_a_theme_are_no_themes() -> None:
    inside = f"<p>Within this theme there were differences between nurses and patients.</p>{QUOTES}"
    assert not [label for label in labels(inside) if label.startswith("differences")]


def test_reasons_that_are_counted_are_no_themes() -> None:
    sentence = "Reasons were grouped into three categories: holidays (n = 12), illness (n = 7) and exams (n = 3)."
    assert not [label for label in labels(f"<p>{sentence}</p>{QUOTES}") if "n =" in label]


def test_a_table_with_some_of_the_themes_lists_the_others() -> None:
    rows = "".join(f"<tr><td>{name}</td><td>X</td></tr>" for name in [*NAMES, "Being left alone"])
    table = f"<table-wrap><table><tr><th>Themes</th><th>Found</th></tr>{rows}</table></table-wrap>"
    inside = "".join(f"<sec><title>{name}</title>{QUOTES}</sec>" for name in NAMES[:2])
    assert labels(inside + table) == [*NAMES, "Being left alone"]
    unknown = table.replace(NAMES[0], "Cost").replace(NAMES[1], "Staff")
    assert labels(inside + unknown) == NAMES[:2]


def test_a_table_adds_what_stands_below_the_themes_of_headings() -> None:
    head = "<tr><th>Themes</th><th>Basic themes</th><th>Talks in which the theme was raised</th></tr>"
    below = ("Knowing who rings (nurses, doctors)", "Time at lunch", "Nobody reads")
    rows = "".join(
        f"<tr><td>Theme {number}. {name}</td><td>{sub}</td><td>{number}</td></tr>"
        for number, (name, sub) in enumerate(zip(["Whom to trust", *NAMES[1:]], below, strict=True), 1)
    )
    caption = "<label>Table 2</label><caption><p>Summary of the themes</p></caption>"
    table = f"<table-wrap>{caption}<table>{head}{rows}</table></table-wrap>"
    inside = "".join(
        f"<sec><label>3.{number}</label><title>Theme {number}: {name}</title>{QUOTES}</sec>"
        for number, name in enumerate(NAMES, 1)
    )
    assert labels(inside + table) == [*NAMES, "Knowing who rings", "Time at lunch", "Nobody reads"]
    assert labels(inside + table.replace("of the themes", "of a survey")) == NAMES


def test_reasons_below_headings_with_quotes_are_no_themes() -> None:
    told = "<p>Two reasons for this were given: (1) having no phone at hand, and (2) lack of a quiet room.</p>"
    rest = "".join(f"<sec><title>{name}</title>{told}{QUOTES}</sec>" for name in NAMES)
    assert labels(rest) == NAMES
    assert labels(told + QUOTES) == ["having no phone at hand", "lack of a quiet room"]


def test_one_theme_is_no_list() -> None:
    told = (
        "<p>The theme of time showed the calls that nurses were willing to make at lunch, in breaks and at night.</p>"
    )
    rest = "".join(f"<sec><title>{name}</title>{QUOTES}</sec>" for name in NAMES)
    assert labels(told + rest) == NAMES


def test_a_word_with_the_same_beginning_is_no_other_form_of_it() -> None:
    rows = "".join(f"<tr><td>{name}</td><td>X</td></tr>" for name in ("Interaction with wards", "Time to talk"))
    table = f"<table-wrap><table><tr><th>Category</th><th>Found</th></tr>{rows}</table></table-wrap>"
    inside = f"<sec><title>Interventions of wards</title>{QUOTES}</sec><sec><title>Time to talk</title>{QUOTES}</sec>"
    reading = reading_of(article(METHODS + results(inside + table))).reading
    quotes, _ = extract_quotes(reading, STUDY, extract_roles(reading, STUDY))
    themes = extract_themes(reading, STUDY, quotes)
    assert [one.record.variants for one in themes if one.record.label == "Interventions of wards"] == [()]


SECTIONS = "".join(f"<sec><title>{name}</title>{QUOTES}</sec>" for name in NAMES)


@pytest.mark.parametrize("heading", ["4 Discussions", "Discussion, conclusion and recommendations"])
def test_what_stands_below_a_discussion_is_no_theme(heading: str) -> None:
    below = "<sec><title>Relating it to other studies</title><p>Nurses felt so before.</p></sec>"
    inside = f"{SECTIONS}</sec><sec><title>{heading}</title><p>Nurses said this.</p>{below}"
    assert labels(inside) == NAMES


def test_headings_of_comparisons_and_of_single_cases_name_no_theme() -> None:
    other = ["Between-group comparisons at baseline", "The story of a nurse", "Overarching themes of responses"]
    below = "".join(f"<sec><title>{name}</title><p>Nurses rang more (p = 0.01).</p></sec>" for name in other[:2])
    assert labels(f"<sec><title>{other[2]}</title>{SECTIONS}</sec>{below}") == NAMES


def test_lists_of_the_literature_are_no_themes() -> None:
    review = (
        "<sec><title>Results of the scoping review</title><p>Thematic analysis of the papers highlighted three themes: "
        "1) wider stairs; 2) louder bells; and 3) nicer letters.</p></sec>"
    )
    others = (
        "<p>Lee categorises letters into three categories: a) early letters, b) late letters that nobody reads and c) "
        'lost letters <xref ref-type="bibr" rid="B1">[1]</xref>.</p>'
    )
    assert labels(f"{review}{SECTIONS}") == NAMES
    assert labels(f"{SECTIONS}{others}") == NAMES


def test_a_number_before_the_word_theme_is_no_part_of_its_name() -> None:
    inside = "".join(f"<sec><title>3.{n} Theme {n}: {name}</title>{QUOTES}</sec>" for n, name in enumerate(NAMES, 1))
    assert labels(inside) == NAMES


def test_headings_that_call_themselves_themes_name_them_without_a_number_or_quotes() -> None:
    inside = (
        f"<sec><title>Theme: Late letters</title>{QUOTES}<sec><title>Sub- themes: Trust in colleagues</title>{QUOTES}"
        "</sec></sec><sec><title>Theme: Time to talk</title><p>Of ten nurses 7 (70%) had none (p = 0.03).</p></sec>"
        f"<sec><title>Survey results</title><p>Of ten nurses 7 (70%) were men (p = 0.04).</p></sec>"
    )
    assert labels(inside) == ["Late letters", "Trust in colleagues", "Time to talk"]


def test_headings_with_numbers_are_read_once() -> None:
    parts = "".join(
        f"<sec><title>{n}. {name} in the clinic</title>{QUOTES}<sec><title>{n}.1 Day and night on ward {n}</title>"
        f"{QUOTES}</sec></sec>"
        for n, name in enumerate(NAMES, 1)
    )
    assert [label for label in labels(parts) if "clinic" in label] == [f"{name} in the clinic" for name in NAMES]


@pytest.mark.parametrize("title", ["Analytical themes", "Core themes", "Minor themes"])
def test_a_heading_that_only_says_themes_is_none(title: str) -> None:
    rest = "".join(f"<sec><title>{name}</title>{QUOTES}</sec>" for name in NAMES)
    assert labels(f"<sec><title>{title}</title><p>Nurses said three things.</p></sec>{rest}") == NAMES


def test_a_heading_over_the_findings_on_one_group_is_none() -> None:
    below = "".join(f"<sec><title>{name}</title>{QUOTES}</sec>" for name in NAMES)
    assert labels(f"<sec><title>Thematic findings by length of service</title>{below}</sec>") == NAMES


def test_what_holds_for_all_themes_is_no_list_of_them() -> None:
    told = "<p>The analysis revealed that themes were consistent across both wards, often told in talks or jokes.</p>"
    rest = "".join(f"<sec><title>{name}</title>{QUOTES}</sec>" for name in NAMES)
    assert labels(told + rest) == NAMES


def test_arms_of_a_trial_are_no_themes() -> None:
    below = "".join(f"<sec><title>{name}</title>{QUOTES}</sec>" for name in ("Intervention group", "Control group"))
    rest = "".join(f"<sec><title>{name}</title>{QUOTES}</sec>" for name in NAMES)
    assert labels(f"<sec><title>Qualitative interviews and results</title>{below}{rest}</sec>") == NAMES


def test_a_heading_that_only_counts_themes_names_none() -> None:
    inside = f"<sec><title>Five themes</title>{QUOTES}</sec>" + "".join(
        f"<sec><title>{name}</title>{QUOTES}</sec>" for name in NAMES
    )
    assert labels(inside) == NAMES


@pytest.mark.parametrize("above", ["Stage 1 (qualitative)", "Qualitative survey of nurses’ experiences"])
def test_a_part_of_the_study_is_no_theme(above: str) -> None:
    below = "".join(f"<sec><title>{name}</title>{QUOTES}</sec>" for name in NAMES)
    assert labels(f"<sec><title>{above}</title>{below}</sec>") == NAMES


def test_themes_that_a_sentence_counts_and_names_in_turn() -> None:
    lead = "<p>Two main themes emerged, the first related to late letters, while the second related to trust.</p>"
    assert labels(f"{lead}{QUOTES}")[:2] == ["Late letters", "Trust"]


def test_a_long_heading_goes_by_its_name() -> None:
    told = "nurses that are inclined to ring appear to be more at ease with the ward whereas those who write " * 3
    inside = "".join(f"<sec><title>{name}—{told}</title>{QUOTES}</sec>" for name in NAMES)
    assert labels(inside) == NAMES


def test_names_of_headings_that_a_list_repeats() -> None:
    lead = "<p>Three themes emerged: trust in colleagues, time to talk, and late letters.</p>"
    inside = lead + "".join(f"<sec><title>{name}—nurses ring or write</title>{QUOTES}</sec>" for name in NAMES)
    assert labels(inside) == [f"{name}—nurses ring or write" for name in NAMES]


def table_of(caption: str, rows: list[list[str]]) -> str:
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table-wrap><caption><p>{caption}</p></caption><table>{cells}</table></table-wrap>"


def test_parts_of_themes_in_a_table_of_who_raised_them() -> None:
    rows = [["Categories", "Nurses", "Patients"], ["Trust in colleagues", "7", "3"], ["Knowing names", "2", "1"]]
    rows += [["Time to talk", "5", "4"], ["Late letters", "6", "2"], ["Lost letters", "1", "1"]]
    inside = "".join(f"<sec><title>{name}</title>{QUOTES}</sec>" for name in NAMES)
    found = labels(table_of("Summary of identified categories", rows) + inside)
    assert sorted(found) == sorted([*NAMES, "Knowing names", "Lost letters"])
    assert labels(table_of("Characteristics of nurses", rows) + inside) == NAMES


def test_what_a_table_words_otherwise_is_the_heading_left_over() -> None:
    below = ["Wards should ring first", "Nobody reads them"]
    parts = "".join(f"<sec><title>{name}</title>{QUOTES}</sec>" for name in below)
    inside = f"<sec><title>{NAMES[0]}</title>{parts}</sec><sec><title>{NAMES[1]}</title>{QUOTES}</sec>"
    rows = [["Theme", "Sub-theme"], [NAMES[0], "First call is ours"], ["", "Nobody reads them"], [NAMES[1], ""]]
    assert labels(table_of("Themes", rows) + inside) == [NAMES[0], *below, NAMES[1]]


@pytest.mark.parametrize(
    "heading", ["Trial participation", "Numbers analysed", "Quality appraisal", "Retrieved studies"]
)
def test_headings_that_reporting_guidelines_ask_for_name_no_theme(heading: str) -> None:
    told = "<p>Nurses felt that letters come late. Others said that they never came. One thought of bells.</p>"
    assert labels(f"<sec><title>{heading}</title>{told}</sec>{SECTIONS}") == NAMES


def test_sub_themes_behind_a_colon_stand_below_the_heading_above_them() -> None:
    inside = (
        f"<sec><title>Trust theme</title><p>Nurses told of a range of barriers which reflected two subthemes: blame "
        f"and fear, and late letters.</p>{QUOTES}</sec><sec><title>Time theme</title>{QUOTES}</sec>"
    )
    reading = reading_of(article(METHODS + results(inside))).reading
    quotes, _ = extract_quotes(reading, STUDY, extract_roles(reading, STUDY))
    themes = [one.record for one in extract_themes(reading, STUDY, quotes)]
    trust = next(one for one in themes if one.label == "Trust theme")
    below = [one.label for one in themes if one.broader == trust.iri]
    assert below == ["blame and fear", "late letters"]


@pytest.mark.parametrize(
    "sentence",
    [
        "There are several reasons which might account for lost letters: (1) wards move often, (2) stamps are dear.",
        "Wards with most mentions for all categories were east with 20 mentions of rain, and west with 12 of snow.",
    ],
)
def test_what_authors_suppose_or_count_is_no_list_of_themes(sentence: str) -> None:
    found = labels(f"<p>{sentence}</p>{QUOTES}")
    assert not [one for one in found if one.startswith(("wards move", "stamps", "east", "west"))]


def test_a_list_below_a_heading_names_the_themes_that_a_sentence_announces() -> None:
    items = "".join(f"<list-item><p>{name} ({n})</p></list-item>" for n, name in enumerate(NAMES, 3))
    inside = (
        f"<p>Nurses wrote a lot. These are the themes that we found, as follows:</p>"
        f"<sec><title>Thematic analysis (frequency of letters)</title><list>{items}</list></sec>"
    )
    assert labels(inside + QUOTES) == NAMES


@pytest.mark.parametrize(
    "heading", ["Ward surveys", "Cognitive debriefing", "Interviewers", "Allocation and reception of letters"]
)
def test_instruments_and_the_course_of_a_trial_are_no_themes(heading: str) -> None:
    silent = "<p>Most nurses felt that nobody read the letters.</p>"
    inside = f"<sec><title>{heading}</title>{silent}</sec><sec><title>Late letters</title>{QUOTES}</sec>"
    assert labels(inside) == ["Late letters"]


def test_codes_below_the_categories_of_a_table() -> None:
    rows = [("Wards", "Lack of stamps"), ("", "Lost keys"), ("People", "Fear of rain"), ("", "Vacant posts")]
    body = "".join(f"<tr><td>{one}</td><td>{other}</td></tr>" for one, other in rows)
    table = (
        "<table-wrap><caption><p>What nurses told</p></caption><table><thead><tr><th>Categories</th>"
        f"<th>Codes/ Themes</th></tr></thead><tbody>{body}</tbody></table></table-wrap>"
    )
    assert labels(QUOTES + table) == ["Wards", "Lack of stamps", "Lost keys", "People", "Fear of rain", "Vacant posts"]


def test_headings_of_a_paper_that_sorts_nothing_and_quotes_nobody_are_no_themes() -> None:
    told = "<p>Nurses in interviews said that rain came. They reported that letters were lost. They felt it.</p>"
    body = f"<sec><title>Kinds of rain</title>{told}</sec><sec><title>Kinds of wind</title>{told}</sec>"
    plain = "<sec><title>Methods</title><p>We interviewed nurses in interviews.{more}</p></sec>"
    for more, expected in (("", []), (" The interviews were coded.", ["Kinds of rain", "Kinds of wind"])):
        reading = reading_of(article(plain.format(more=more) + results(body))).reading
        assert [one.record.label for one in extract_themes(reading, STUDY, ())] == expected


@pytest.mark.parametrize(
    "heading", ["Nurse questionnaire", "Randomized trial", "Comments from nurses", "Nurses’ comments"]
)
def test_names_of_instruments_and_of_who_speaks_are_no_themes(heading: str) -> None:
    inside = f"<sec><title>{heading}</title>{QUOTES}</sec><sec><title>Late letters</title>{QUOTES}</sec>"
    assert labels(inside) == ["Late letters"]


def test_no_themes_stand_behind_the_end() -> None:
    inside = f"<sec><title>Late letters</title>{QUOTES}</sec></sec><sec><title>Appendix</title></sec>"
    inside += f"<sec><title>Results</title><sec><title>Trust</title>{QUOTES}</sec></sec>"
    inside += "<sec><title>Acknowledgements</title><p>We thank all who felt well.</p>"
    assert labels(inside) == ["Late letters", "Trust"]


def test_sentences_that_count_name_no_theme() -> None:
    inside = "".join(
        f"<p>{first} {QUOTES.removeprefix('<p>')}" for first in ("Then 40 letters came late.", "They cried.")
    )
    assert labels(inside) == ["Most nurses felt that nobody read the letters", "They cried"]
