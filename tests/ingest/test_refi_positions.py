"""Positions of a project: every way of counting is found, words win over numbers, what has no place is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.refi.positions import Counting, Placed, Selected, place

TEXT = "I: What happened?\nN: Nobody rang us back.\nI: And then?\nN: We waited for an hour.\nN: That was all.\n"
WORDS = ("Nobody rang us back.", "We waited for an hour.", "That was all.")


def counted(text: str, at: int, counting: Counting) -> int:
    """The position of a place, counted so; written independently of the code under test."""
    before = text[:at]
    extra = before.count("\n") * (counting.line_end - 1)
    astral = sum(ord(c) > 0xFFFF for c in before) if counting.utf16 else 0
    return at + extra + astral + counting.bom


def selected(text: str, words: str, counting: Counting, *, name: str = "") -> Selected:
    start = text.index(words)
    return Selected(words, name, counted(text, start, counting), counted(text, start + len(words), counting))


@pytest.mark.parametrize("named", [True, False], ids=["by names", "by the edges of words"])
@pytest.mark.parametrize("counting", [Counting(), Counting(line_end=2), Counting(utf16=True), Counting(bom=1)], ids=str)
def test_the_way_of_counting_is_found(counting: Counting, named: bool) -> None:
    text = "😀😀 start\n" + TEXT
    selections = [selected(text, words, counting, name=words[:12] + "…" if named else "") for words in WORDS]
    placing = place(text, selections, bom=True)
    assert placing.refused == {}
    assert [text[p.start : p.end] for p in placing.places.values()] == list(WORDS)
    assert placing.counting == counting
    assert placing.torn == 0


def test_a_segment_that_drifted_is_found_by_its_words() -> None:
    placing = place(TEXT, [Selected("a", "Nobody rang us…", 3, 23), Selected("b", "I: And then?", 41, 53)])
    assert placing.places["a"].moved
    assert TEXT[placing.places["a"].start : placing.places["a"].end] == "Nobody rang us back."


def test_words_that_the_text_does_not_hold_are_refused() -> None:
    placing = place(TEXT, [Selected("a", "Somebody did ring us, twice", 20, 47)])
    assert placing.places == {}
    assert "does not hold" in placing.refused["a"]


def test_a_title_that_quotes_nothing_leaves_the_positions_alone() -> None:
    start = TEXT.index("We waited")
    placing = place(TEXT, [Selected("a", "waiting as harm", start, start + 22)])
    assert placing.places["a"] == Placed(start, start + 22)


@pytest.mark.parametrize(("start", "end"), [(-5, 10), (10, 10), (20, 10), (5000, 5010), (0, 5000)])
def test_positions_outside_the_text_are_refused(start: int, end: int) -> None:
    placing = place(TEXT, [Selected("a", "a title", start, end)])
    assert placing.places == {}
    assert "a" in placing.refused


def test_white_space_at_the_ends_is_left_out_and_nothing_but_white_space_is_refused() -> None:
    text = "One line.\n\nAnother.\n"
    placing = place(text, [Selected("a", "", 0, 11), Selected("b", "", 9, 11)])
    assert placing.places["a"] == Placed(0, 9)
    assert list(placing.refused) == ["b"]


def test_segments_that_tear_words_are_counted() -> None:
    placing = place("alpha beta gamma", [Selected("a", "", 2, 10), Selected("b", "", 6, 10)])
    assert placing.torn == 1


@given(
    st.lists(st.sampled_from(["word", "😀", "é", "\n", " and "]), min_size=1, max_size=30).map("".join),
    st.data(),
)
def test_no_place_leaves_the_text(text: str, data: st.DataObject) -> None:
    number = st.integers(-3, len(text) + 3)
    selections = [
        Selected(str(n), data.draw(st.sampled_from(["", "word", "and word…"])), data.draw(number), data.draw(number))
        for n in range(4)
    ]
    placing = place(text, selections, bom=data.draw(st.booleans()))
    assert placing.places.keys() | placing.refused.keys() == {s.guid for s in selections}
    for placed in placing.places.values():
        assert 0 <= placed.start < placed.end <= len(text)
        assert text[placed.start : placed.end].strip() == text[placed.start : placed.end]
