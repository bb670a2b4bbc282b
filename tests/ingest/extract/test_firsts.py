"""A pattern that is tried only where a match may begin finds what the pattern finds."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.extract.patterns import compiled

_SOURCES = (
    r"\b(?:may|might|could)(?: also)? help\b",
    r"\bkin(?:d|ship)s?\b|\bſick\b|\bn['’]t\b",
    r"(?:the |an? )?(?:study|survey)",
    r"(?<!not )\b(?:is|was)\b",
    r"(?:[•\-–(\d). ]*|the )(?:use|role) of",
    r"\b(?-i:[A-Z]{2,4}s?|us)\b",
    r"\b(?P<n>\d{1,2}|one|two)(?= (?:men|women))",
    r"(?:x|\]|\^|\\|-)+",
    r"\b(?:\w+ly )?put\b",
    r"(?:so )?",
)
_TEXT = (
    "may MIGHT also help kind Kinship KIND ſick SICK n't can’t the an study Survey not is was • - – (3). use role of "
    "GP GPs us US 12 one two men women x ] ^ \\ quickly put so ٣"
)
_words = st.lists(st.sampled_from(_TEXT.split()), max_size=10)


@pytest.mark.parametrize("source", _SOURCES)
@pytest.mark.parametrize("flags", [0, re.IGNORECASE])
@settings(deadline=None)
@given(words=_words, joint=st.sampled_from([" ", "", "-"]))
def test_a_match_is_found_where_it_was(source: str, flags: int, words: list[str], joint: str) -> None:
    text = joint.join(words)
    ours, theirs = compiled(source, flags), re.compile(source, flags)
    assert [m.span() for m in ours.finditer(text)] == [m.span() for m in theirs.finditer(text)]
    assert [m.groupdict() for m in ours.finditer(text)] == [m.groupdict() for m in theirs.finditer(text)]


@pytest.mark.parametrize("source", [r"\b\w+", "^a", "abc", r"\b(?:so )?", r"\b.x", r"\b[^a]", "(?i)(?:a|bc)d"])
def test_what_begins_anywhere_or_at_one_place_is_left_as_it_is(source: str) -> None:
    assert compiled(source, re.IGNORECASE).pattern == source


def test_what_may_open_a_match_is_looked_for() -> None:
    assert compiled(r"(?:the )?\d+|\b[a-c]x", re.I).pattern == r"(?=[\da-ct])(?:(?:the )?\d+|\b[a-c]x)"
