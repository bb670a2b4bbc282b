"""Quotation marks: which open, which close, which are apostrophes, and what is missing."""

import pytest

from ingest.extract.quotes.marks import find_marked


def marked(text: str) -> list[tuple[str, str]]:
    return [(m.style, text[m.start : m.end]) for m in find_marked(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said, “Go home.” Then “stay”.", [("double", "Go home."), ("double", "stay")]),
        ('He said, "Go home." Then "stay".', [("double", "Go home."), ("double", "stay")]),
        ("Sie sagte: „Ja, gern.“ Und ging.", [("double", "Ja, gern.")]),
        ("Elle dit « oui » et part.", [("guillemet", "oui")]),
        ("They call it 'the list' and don't use it.", [("single", "the list")]),
        ("They call it ‘the nurses’ list’ and leave.", [("single", "the nurses’ list")]),
        ("The nurses' list and the clerks' list.", []),
        ("It’s theirs, and that’s that.", []),
        ("“ It is patient work”.", [("double", "It is patient work")]),
    ],
)
def test_styles(text: str, expected: list[tuple[str, str]]) -> None:
    assert marked(text) == expected


def test_what_is_quoted_inside_is_not_listed() -> None:
    assert marked("“She said ‘no’ and ‘never’, so I left.” ‘Fine’.") == [
        ("double", "She said ‘no’ and ‘never’, so I left."),
        ("single", "Fine"),
    ]


def test_straight_marks_inside_straight_marks() -> None:
    assert marked('"They are very "kind" here, aren\'t they." He left.') == [
        ("double", 'They are very "kind" here, aren\'t they.')
    ]


def test_a_mark_glued_to_the_sentence_before() -> None:
    assert marked('They had to wait."I waited for hours." Others left.') == [("double", "I waited for hours.")]


def test_a_quotation_that_never_closes_ends_at_its_tag() -> None:
    (mark,) = find_marked("“I thought that they had gone [Anna]")
    assert not mark.closed
    assert mark.size == len("I thought that they had gone")


@pytest.mark.parametrize(
    "authors",
    [
        "This participant described a ward in which nobody answers. We come back to this below.",
        "Such views are common among nurses [12].",
        "In the second half of her statement she turns to a ward that is calm.",
    ],
)
def test_a_quotation_that_never_closes_is_none_where_the_authors_go_on(authors: str) -> None:
    assert marked(f"One said: “I ring them. Nobody ever comes. {authors}") == []
    assert marked(f"One said: “I ring them. {authors} Another said: “I wait.”") == [("double", "I wait.")]


def test_a_quotation_that_never_closes_may_tell_what_others_said() -> None:
    words = "I ring them. They said that it was late. I told you, my son went there."
    assert marked(f"One said: “{words}") == [("double", words)]


def test_a_closing_mark_of_another_paragraph_opens_nothing() -> None:
    assert marked('so I left. " [Anna] Others stayed.') == []
    assert marked('so I left." C12 Others said: "We stayed."') == [("double", "We stayed.")]


def test_marks_of_feet_and_elisions_open_nothing() -> None:
    assert marked("Back in '98 they took 'em all, 'cause they could.") == []


def test_double_marks_that_never_close_within_single_ones() -> None:
    assert marked("It was ‘they say, “do you mind… and off they go’ (N4). Then") == [
        ("single", "they say, “do you mind… and off they go")
    ]


def test_endless_blanks_behind_a_mark_that_never_closes_are_given_up_soon() -> None:
    blanks = " " * 30_000
    assert marked(f"She said: “I wait{blanks}for days") == [("double", f"I wait{blanks}for days")]
    assert marked(f"She said: “I wait{blanks}. (Nurse 2)") == [("double", "I wait")]


@pytest.mark.parametrize("mark", ["“", '"', "„", "«"])
def test_marks_that_never_close_by_the_thousand_are_passed_over(mark: str) -> None:
    assert len(find_marked(f"{mark}They wait. The participant explained that it was so. " * 1001)) <= 1


@pytest.mark.parametrize(
    "words",
    ['They "wait a "day or ', "They 'wait a day. ", "They ‘wait a day. ", 'They wait." (P1) ', "They “wait. I go. "],
)
def test_a_paragraph_of_very_many_marks_comes_to_an_end(words: str) -> None:
    assert len(find_marked(words * (400_000 // len(words)))) <= 1


def test_an_opening_mark_closes_behind_the_end_of_a_sentence_and_before_a_tag() -> None:
    text = "One clerk spoke. “I carry them myself. We never ask.“—Nurse 3"
    assert marked(text) == [("double", "I carry them myself. We never ask.")]
