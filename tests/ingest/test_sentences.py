"""Sentences as papers write them."""

import pytest

from ingest.readers import read
from ingest.sentences import sentence_spans


def sentences(text: str) -> list[str]:
    return [text[a:b] for a, b in sentence_spans(text)]


@pytest.mark.parametrize(
    "parts",
    [
        ["We met Dr. Lee and Prof. Marsh in St. Olaf.", "They agreed."],
        ["Roles differ (e.g., nurses vs. doctors, i.e. staff) as Lee et al. found.", "This is known."],
        ["It is shown in Fig. 2 of the report.", "Nobody saw it."],
        ["The MOVE! programme ran for a year.", "It ended."],
        ["“I never know…", "And then they call.”"],
        ["“Do they call?” she asked us.", "They do."],
        ["They never call. [Nurse]", "One doctor said so."],
        ["“They never call.” (Nurse 3, hospital B)", "In contrast, doctors called."],
        ["I waited. [...]", "They called."],
        ["They never call. GP34 (Rural).", "We wait."],
        ["Nobody called at night.", "2. The plan was lost.", "3. Keys were missing."],
        ["p was 0.05 in 3.5 years.", "We stopped."],
        ["Care was shared alike.", "The rest was not."],
        ["One sentence without an end"],
    ],
)
def test_sentences_end_where_people_end_them(parts: list[str]) -> None:
    assert sentences(" ".join(parts)) == parts


def test_nothing_gives_nothing() -> None:
    assert sentences("") == sentences("  \n ") == []


def test_citation_numbers_at_the_stop_do_not_hide_the_end() -> None:
    text = "Background\n\nPain is common.1 Care is split.2, 3 It lasts.4–6 More is needed.7\n"
    reading = read(text.encode(), "a.txt").reading
    found = [reading.text[s.start : s.end] for s in reading.sentences]
    assert found == ["Background", "Pain is common.", "Care is split.", "It lasts.", "More is needed."]


def test_a_heading_is_a_sentence_of_its_own() -> None:
    text = "Results\n\nTheme 1: Who calls. And who does not.\n\nNurses call. They said so.\n"
    reading = read(text.encode(), "a.txt").reading
    assert [reading.text[s.start : s.end] for s in reading.sentences][:2] == [
        "Results",
        "Theme 1: Who calls. And who does not.",
    ]
    assert reading.sentence_at(reading.text.index("They said")) == reading.sentences[-1]
