"""Citation marks: taken out where they are numbers, kept where they are names, and never a real number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers import read
from ingest.repair.marks import (
    _AFTER_STOP,
    _AFTER_WORD,
    MarkFinder,
    MarkStyle,
    _after_stops,
    _after_words,
    style_of,
)

RAISED = """Background

More than two million people live with pain,1 many with low mood.2 Pain is a burden;3 it is undertreated.4, 5
Care is split between clinics.6–8 Next, a review found gaps.9 We used the programme Dedoose10 and a method of
constant comparison11 for this. In COVID-19 wards, HbA1c and stage 4 disease were common in 20 patients (n=4).
Type 2 diabetes, grade 3 tumours and 5,000 visits were counted by nurse3 (nurse3) in 2020. See p.5 and Fig.2 there.
It was “unclear.”12 Guidance is needed.13
"""

BRACKETS = """Background

Pain is common [1]. Care is split [2, 3] between clinics [4-6], and the mean was 4.5 [range 2 to 9].
One nurse said “they [doctors] never call” and left [7]. They were seen in 2019 [8].
"""

NAMES = """Background

Trust is built slowly (Lee et al., 2010; Marsh & Oyelaran, 2014). Okafor and Lind (2012) saw this too (see Table 2).
It was the same in spring (May 2015). Brandt et al. (2018) disagree (e.g., Sato, 2019).
"""


def view(text: str) -> tuple[str, list[tuple[str, str]]]:
    reading = read(text.encode(), "a.txt").reading
    return reading.text, [(reading.text[max(0, c.at - 10) : c.at], c.label) for c in reading.citations]


def test_raised_numbers_leave_the_text_and_are_recorded_where_they_stood() -> None:
    text, marks = view(RAISED)
    assert "live with pain, many with low mood. Pain is a burden; it is undertreated. Care" in text
    assert "split between clinics. Next" in text
    assert [label for _, label in marks] == ["1", "2", "3", "4, 5", "6–8", "9", "10", "11", "12", "13"]
    assert marks[0][0].endswith("pain,")
    assert "constant comparison for this" in text
    assert "“unclear.” Guidance is needed." in text


@pytest.mark.parametrize(
    "kept",
    [
        "COVID-19",
        "HbA1c",
        "stage 4",
        "20 patients (n=4)",
        "Type 2",
        "grade 3",
        "5,000",
        "(nurse3)",
        "2020",
        "p.5",
        "Fig.2",
        "nurse3 ",
    ],
)
def test_real_numbers_stay(kept: str) -> None:
    assert kept in view(RAISED)[0]


def test_numbers_in_brackets_leave_the_text_and_words_in_brackets_stay() -> None:
    text, marks = view(BRACKETS)
    assert "Pain is common. Care is split between clinics, and the mean was 4.5 [range 2 to 9]." in text
    assert "“they [doctors] never call” and left. They were seen in 2019." in text
    assert [label for _, label in marks] == ["1", "2, 3", "4-6", "7", "8"]


def test_names_with_years_stay_and_are_recorded() -> None:
    text, marks = view(NAMES)
    assert "(Lee et al., 2010; Marsh & Oyelaran, 2014)" in text
    labels = [label for _, label in marks]
    assert "Lee et al., 2010; Marsh & Oyelaran, 2014" in labels
    assert "Okafor and Lind 2012" in labels
    assert "Brandt et al. 2018" in labels
    assert not any("May" in label or "Table" in label for label in labels)


def test_a_text_without_references_loses_no_number() -> None:
    sentence = "We asked 12 nurses.3 of them left. Ward2 was closed."
    assert style_of([sentence]) == MarkStyle("none")
    assert MarkFinder(MarkStyle("none")).find(sentence) == []


def test_numbers_behind_closing_marks_are_those_of_speakers() -> None:
    said = [f"One said: “They wait for me” ({number})." for number in range(1, 14)]
    cited = [f"They wait for most ({number})." for number in range(1, 14)]
    assert style_of(said) == MarkStyle("none")
    assert style_of(cited) == MarkStyle("parenthesis")


def test_numbers_apart_by_blanks_are_a_style_of_their_own() -> None:
    style = style_of(["Pain is common.1 2 It lasts.3 4 It is costly.5 6 It is known.7"])
    assert style == MarkStyle("superscript", spaced=True)
    found = MarkFinder(style).find("Pain is common.1 2 It lasts long.")
    assert [mark.label for mark in found] == ["1 2"]


def test_the_numbers_of_a_reference_list_stay() -> None:
    text = RAISED + (
        "\nReferences\n\n1. Lee A. Pain in care. J Illustr Care 2010;3:11.\n2. Marsh B. Mood.4 J "
        "Illustr Care 2011;4:1.\n"
    )
    reading = read(text.encode(), "a.txt").reading
    assert "Mood.4 J Illustr" in reading.text
    entries = [b for b in reading.blocks if reading.sections[b.section].kind == "references" and b.kind == "note"]
    assert len(entries) == 2


@given(
    st.lists(st.sampled_from(["ab", "C", "1", "12", " ", ".", ",", "?", "”", ")", "–", "(", "\n"]), max_size=24).map(
        "".join
    )
)
def test_where_a_mark_may_begin_is_where_its_pattern_finds_one(text: str) -> None:
    assert [m.span() for m in _after_stops(text)] == [m.span() for m in _AFTER_STOP.finditer(text)]
    assert [m.span() for m in _after_words(text)] == [m.span() for m in _AFTER_WORD.finditer(text)]
