"""The words of a text in columns: what they hold, and that a sequence of tokens comes out of them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extract.tokens import APART, Token, Tokens, key_of

_PLAIN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+")
LETTERS = "aZé’'ß-/ .,\n_9٣!Ω"


@given(st.text(LETTERS, max_size=40), st.integers(0, 5))
def test_every_word_stands_where_its_columns_say(text: str, start: int) -> None:
    tokens = Tokens(text, start, len(text) - 1)
    assert [token.text for token in tokens] == _PLAIN.findall(text[start : len(text) - 1])
    for token in tokens:
        assert text[token.start : token.end] == token.text
        assert token.key == key_of(token.text)


@given(st.text(LETTERS, max_size=40))
def test_columns_and_tokens_tell_the_same(text: str) -> None:
    tokens = Tokens(text)
    assert [tokens[at] for at in range(len(tokens))] == list(tokens) == tokens[:]
    assert [token.joint for token in tokens] == tokens.joints
    assert tokens.joints[:1] in ([], [APART])


def test_joints_tell_what_parts_phrases() -> None:
    assert Tokens("ward nurse, bed-side/GP’s own").joints == ["|", " ", "|", "-", "/", " "]


def test_places_count_from_the_beginning_of_the_text() -> None:
    tokens = Tokens("Every ward has nurses.", 6)
    assert tokens[0] == Token(6, 10, "ward", "ward", "|")
    assert tokens[1:3] == [Token(11, 14, "has", "has", " "), Token(15, 21, "nurses", "nurses", " ")]
    with pytest.raises(IndexError):
        tokens[3]
