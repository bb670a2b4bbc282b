"""Speakers whom the sentence around a quotation names by a code or a first name."""

import pytest

from ingest.extract.context import RoleIndex
from ingest.extract.quotes.leads import first_names
from tests.ingest.extract.test_quotes_jats import METHODS, found

SAID = "I ring them because I don’t know who is in"
OTHERS = "<p>“I never wait, you know” (KI1-7). “I can’t ring them” (KI2-9).</p>"
GROUPS = METHODS.replace(
    "ten nurses and eight patients", "ten nurses (KI1), eight patients (KI2) and four porters (KI3)"
)


def speaker(sentence: str, methods: str = METHODS) -> tuple[str | None, str | None]:
    inside = f"<p>They wait for days. {sentence}</p>{OTHERS}"
    return next((who, role) for words, who, role in found(inside, methods) if words.startswith(SAID))


@pytest.mark.parametrize(
    "sentence",
    [
        f"KI2-4 explains: “{SAID}.”",
        f"As KI2-4 put it, “{SAID}.”",
        f"KI2-4, who came last, also said that “{SAID}.”",
        f"KI1-7 told us nothing, but KI2-4 described the ward with some care: “{SAID}.”",
        f"According to the elderly KI2-4, “{SAID}.”",
        f"And from somebody else, KI2-4: “{SAID}.”",
        f"“{SAID}”, added KI2-4.",
        f"“{SAID}”, KI2-4 recalled.",
    ],
)
def test_a_code_in_the_sentence_around_names_the_speaker_and_its_group(sentence: str) -> None:
    assert speaker(sentence, GROUPS) == ("KI2-4", "patient")


def test_a_code_that_signs_other_quotations_at_the_end_of_lines_signs_this_one_within_a_paragraph() -> None:
    others = "".join(
        f"<p>They wait. “I can’t ring them {when}” (KI2-{n}).</p>" for n, when in ((1, "now"), (2, "then"))
    )
    assert speaker(f"“{SAID}” (KI2-3). This is common. {others}<p>“I never wait, you know” (KI3-1).</p>") == (
        "KI2-3",
        None,
    )


def test_the_noun_before_a_code_gives_the_role() -> None:
    assert speaker(f"The nurse KI2-4 complains of it: “{SAID}.”") == ("KI2-4", "nurse")


def test_the_letters_of_a_code_mean_a_role_where_its_first_part_is_no_group() -> None:
    methods = METHODS.replace("ten nurses", "ten nurses (N1-N10)")
    assert speaker(f"N3-2 explains: “{SAID}.” N4-1 and N4-2 agreed.", methods) == ("N3-2", "nurse")


def test_the_verb_behind_a_number_is_no_part_of_it() -> None:
    numbered = "P3 said: “I can’t ring them.” P5 said: “I never wait, you know.” "
    assert speaker(f"{numbered}“{SAID}”, P9 recalled.")[0] == "P9"


@pytest.mark.parametrize(
    "sentence",
    [
        f"KI2-4 was said to wait, and somebody explained: “{SAID}.”",
        f"KI2-4 told us of others. One of these said: “{SAID}.”",
        f"Those with NT7-3 stated: “{SAID}.”",
    ],
)
def test_a_code_of_others_names_nobody(sentence: str) -> None:
    assert speaker(sentence)[0] not in ("KI2-4", "NT7-3")


def test_first_names_behind_a_comma_and_in_brackets_before_the_verb() -> None:
    inside = (
        f"<p>One nurse (Ama) said: “{SAID}.”</p><p>Another patient (Eve) also explained, “I never wait, you know.”</p>"
        "<p>“I can’t ring them in the night”, Ama.</p><p>They wait. “I don’t wait for my letters”, Eve.</p>"
    )
    assert [(who, role) for _, who, role in found(inside)] == [
        ("Ama", "nurse"),
        ("Eve", "patient"),
        ("Ama", "nurse"),
        ("Eve", "patient"),
    ]


def test_a_name_that_comes_once_or_that_is_a_word_signs_nothing() -> None:
    inside = (
        f"<p>One nurse (Overall) said: “{SAID}.”</p><p>“I can’t ring them in the night”, Overall.</p>"
        "<p>“I never wait, overall, you know”, Overall.</p>"
    )
    assert "Overall" not in [who for _, who, _ in found(inside)]
    once = f"<p>One nurse (Ama) said: “{SAID}.”</p><p>“I can’t ring them in the night”, Eve.</p>"
    assert [who for _, who, _ in found(once)] == ["nurse", None]


PLACED = f"<p>One {{who}} (Ness) reported: “{SAID}.”</p><p>Another {{who}} (Ness) said: “I never wait, you know.”</p>"
BEHIND = "<p>“I can’t ring them in the night”, Ness.</p>"


@pytest.mark.parametrize("who", ["clinic", "ward", "school", "team", "group of nurses", "tool"])
def test_what_is_told_in_brackets_of_a_thing_or_of_many_names_nobody(who: str) -> None:
    assert "Ness" not in [who for _, who, _ in found(PLACED.format(who=who) + BEHIND)]


def test_a_name_that_the_text_uses_of_a_place_or_that_is_a_country_names_nobody() -> None:
    told = PLACED.format(who="nurse") + BEHIND
    assert {who for _, who, _ in found(told)} == {"Ness"}
    assert {who for _, who, _ in found(told + "<p>They live in Ness’s house.</p>")} == {"Ness"}
    assert "Ness" not in [who for _, who, _ in found(told + "<p>They live in Hill, Barra and Ness.</p>")]
    assert "Mali" not in [who for _, who, _ in found(told.replace("Ness", "Mali"))]


def test_words_that_never_end_are_looked_through_once() -> None:
    # Begun anew at every letter, this would take minutes.
    assert first_names("none-" * 60_000, RoleIndex((), (), {})) == frozenset()
