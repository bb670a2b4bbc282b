"""Words to their place, or nowhere."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.anchor import anchor, verify
from ingest.readers import read
from ontology.base import Passage
from ontology.errors import SpanError

TEXT = """Results

Nurses said that pain manage-
ment was split between clinics,1 and that nobody told
them.2 They were “often over-
looked” by the difficult ﬁrst team, who–as one said–“did not
know us”.3, 4 A plan forcare was made.

I waited for a week, and then
they called me. It was too late. [Nurse]
"""


@pytest.fixture(scope="module")
def reading():  # noqa: ANN201
    return read(TEXT.encode(), "a.txt").reading


@pytest.mark.parametrize(
    ("words", "exact"),
    [
        ("pain manage-\nment", "pain manage-\nment"),
        (
            "pain management was split between clinics, and that nobody",
            "pain manage-\nment was split between clinics,1 and that nobody",
        ),
        ("split between clinics,1 and", "split between clinics,1 and"),
        ('They were "often overlooked" by', "They were “often over-\nlooked” by"),
        ("the difficult first team", "the difficult ﬁrst team"),
        ("who - as one said - did not know us", "who–as one said–“did not\nknow us"),
        ("a plan for care was made.", "A plan forcare was made."),
        ("i  waited for a week and then they called me", "I waited for a week, and then\nthey called me"),
        ("“I waited for a week”", "I waited for a week"),
    ],
)
def test_words_are_found_in_spite_of_signs_and_breaks(reading, words: str, exact: str) -> None:  # noqa: ANN001
    passages = anchor(reading, words)
    assert passages is not None
    assert [p.exact for p in passages] == [exact]
    verify(reading.stored, passages)


def test_an_ellipsis_parts_the_passages(reading) -> None:  # noqa: ANN001
    passages = anchor(reading, "I waited for a week [...] It was too late.")
    assert passages is not None
    assert [p.exact for p in passages] == ["I waited for a week", "It was too late."]
    assert anchor(reading, "It was too late … I waited for a week") is None


def test_words_that_are_nearly_there_are_found(reading) -> None:  # noqa: ANN001
    passages = anchor(reading, "I waited for one week and then they called me. It was too late")
    assert passages is not None
    assert passages[0].exact.startswith("I waited for a week")
    verify(reading.stored, passages)


@pytest.mark.parametrize(
    "words",
    [
        "",
        " … ",
        "nobody at all was told about this by the doctors of the ward",
        "lit",
        "ward",
        "Nurses said that they liked the plan for care a lot",
    ],
)
def test_words_that_are_not_there_are_refused(reading, words: str) -> None:  # noqa: ANN001
    assert anchor(reading, words) is None


def test_a_plain_text_can_be_searched_too() -> None:
    (passage,) = anchor("They were over-\nlooked.", "overlooked", document="d") or ()
    assert passage == Passage(document="d", start=10, end=22, exact="over-\nlooked")


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_every_stretch_of_words_is_found_where_it_stands(data: st.DataObject) -> None:
    reading = read(TEXT.encode(), "a.txt").reading
    sentence = data.draw(st.sampled_from([s for s in reading.sentences if s.end - s.start > 40]))
    passages = anchor(reading, reading.text[sentence.start : sentence.end])
    assert passages == reading.spans(sentence.start, sentence.end)


def test_verify_names_the_place_and_both_wordings() -> None:
    good = Passage(document="d", start=0, end=3, exact="one")
    verify("one two", [good])
    for bad in (
        Passage(document="d", start=4, end=7, exact="one"),
        Passage(document="d", start=4, end=70, exact="two"),
        Passage(document="d", start=-1, end=3, exact="one"),
        Passage(document="d", start=3, end=3, exact=""),
    ):
        with pytest.raises(SpanError, match="read the document again"):
            verify("one two", [good, bad])
