"""Abbreviations that a paper defines: which letters stand for which words."""

import pytest

from ingest.extract.roles.definitions import find_definitions, matches_initials


def found(text: str) -> dict[str, str]:
    return {d.short: text[d.start : d.end].strip() for d in find_definitions(text)}


def test_brackets_behind_the_words() -> None:
    assert found("The community-based link workers (CLWs) met general practitioners [GPs].") == {
        "CLW": "community-based link workers",
        "GP": "general practitioners",
    }


def test_brackets_behind_the_abbreviation() -> None:
    assert found("HEWs (health extension workers) came.") == {"HEW": "health extension workers"}


def test_the_words_may_begin_before_small_words() -> None:
    text = "Children and young people with long illness (CYPLI) waited."
    assert found(text) == {"CYPLI": "Children and young people with long illness"}


def test_another_name_instead_of_an_abbreviation() -> None:
    (definition,) = find_definitions("Nurses in the home team (hereafter “visitors”) came.")
    assert (definition.short, definition.is_initials) == ("visitors", False)


def test_legends_of_tables() -> None:
    assert found("Note. PCN = primary care nurse; DSN: diabetes specialist nurse") == {
        "PCN": "primary care nurse",
        "DSN": "diabetes specialist nurse",
    }


@pytest.mark.parametrize(
    "text",
    [
        "Two authors (AB, CD) coded.",
        "Twelve nurses (12) and others (see Table 2) met.",
        "They met in the ward (Tuesdays) again.",
    ],
)
def test_other_brackets_define_nothing(text: str) -> None:
    assert found(text) == {}


def test_all_letters_must_be_found_in_order() -> None:
    assert matches_initials("WBS", "ward-based staff")
    assert not matches_initials("WBS", "staff based on wards")
    assert not matches_initials("GP", "GP")


def test_brackets_with_endless_blanks_are_given_up_soon() -> None:
    blanks = " " * 30_000
    assert found(f"Link workers (CLWs came.{blanks}[{blanks}Then pharmacists (P{blanks}) came.") == {}
    assert found(f"Link workers ({blanks}LWs{blanks}) came.") == {"LW": "Link workers"}
