"""Numbers of people that are no groups of the sample, and those of one that are easily taken for all."""

import pytest

from ingest.extract.roles.extraction import extract_roles
from ingest.extract.study.extraction import StudyParts, extract_study
from ingest.readers import read


def parts_of(methods: str, results: str = "") -> StudyParts:
    source = f"Letters at night\n\nMethods\n\n{methods}\n" + (f"\nResults\n\n{results}\n" if results else "")
    found = read(source.encode(), "paper.txt")
    return extract_study(found.reading, found.document, "study", extract_roles(found.reading, "study"), ())


def groups_of(methods: str, results: str = "") -> set[tuple[str, int | None]]:
    return {(group.record.label, group.record.n) for group in parts_of(methods, results).groups}


def values(methods: str, field: str) -> list[str]:
    return [fact.record.value for fact in parts_of(methods).facts if fact.record.field == field]


@pytest.mark.parametrize(
    "sentence",
    [
        "Of those interviewed, 23 nurses out of 31 on the ward kept the letters.",
        "Letters reached 14 of the 20 porters, and all participants saw them.",
        "The participants gave 128 patient observations on the ward.",
        "Participants came from 2 porter teams.",
        "We enrolled participants in two small RCTs.",
        "Participants named 84 plant species of 44 families.",
        "Two nurses conducted all interviews with participants.",
        "Four senior midwives validated the questions that participants answered.",
        "All participants but nobody else saw them, except for three nurses.",
        "Between 7 and 10 nurses participated in each session.",
        "Each focus group comprised six nurses who took part.",
        "Eight nurses were not available when participants met.",
        "There were 340 nurses employed where participants worked.",
        "Of those who took part, 9 of 12 (75%) nurses slept.",
    ],
)
def test_whom_a_sentence_counts_without_their_taking_part(sentence: str) -> None:
    assert not groups_of(sentence)


def test_a_part_that_took_part_is_a_group() -> None:
    assert ("nurses", 10) in groups_of("Ten out of a total of 13 nurses participated.")
    assert ("eligible nurses", 15) in groups_of("Out of the 15 eligible nurses that we invited, 10 agreed.")
    assert ("nurse", 1) in groups_of("One nurse was interviewed.")


def test_the_numbers_in_brackets_behind_things() -> None:
    found = groups_of("Participants were patients (n = 30); we saw waiting areas for patient visitors outside (n = 6).")
    assert ("patients", 30) in found
    told = groups_of("Participants were asked.", "The sample of 20 participants comprised nurses (n = 9).")
    assert ("nurses", 9) in told


def test_a_share_with_its_number_in_brackets_ends_before_the_next() -> None:
    told = groups_of(
        "We met people.", "In all 80% (n = 32) in the letter group and 55% (n = 22) in the lunch group took part."
    )
    assert ("in the letter group", 32) in told


def test_the_stage_of_a_group_is_that_of_its_own_verb() -> None:
    parts = parts_of("In total 45 porters were approached and 30 nurses were interviewed.")
    stages = {group.record.label: group.record.stage for group in parts.groups}
    assert (stages["porters"], stages["nurses"]) == ("approached", "completed")


@pytest.mark.parametrize(
    "sentence",
    [
        "Ten nurses and 10 porters participated.",
        "We selected 26 nurses from Leeds and 30 nurses from York.",
        "A total of 900 patients were treated there and some of them enrolled.",
        "Each of two arms was alike, each group consisting of 22 participants who took part.",
    ],
)
def test_a_part_is_not_the_number_of_participants(sentence: str) -> None:
    assert values(sentence, "n_participants") == []


def test_the_number_of_participants_in_other_words() -> None:
    assert values("The trial included 48 low-paid, older nurses.", "n_participants") == ["48"]
    assert values("We randomly selected 56 farmers.", "n_participants") == ["56"]
    assert values("A total of 27 folk healers were interviewed.", "n_participants") == ["27"]


def test_of_several_numbers_of_participants_the_smaller_are_parts() -> None:
    parts = parts_of("There were 70 participants enrolled.", "Of 33 participants who completed a form, some slept.")
    told = [fact.record.value for fact in parts.facts if fact.record.field == "n_participants"]
    assert told == ["70"]
