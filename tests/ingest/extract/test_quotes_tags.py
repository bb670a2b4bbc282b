"""Speaker tags: what behind a quotation names a speaker, and what only looks like it."""

import pytest

from ingest.extract.context import RoleIndex
from ingest.extract.quotes.signatures import names_of_speakers
from ingest.extract.quotes.speaker_tags import (
    find_tags,
    is_patient_like,
    is_person,
    tag_line,
    tag_within,
)

ROLES = RoleIndex((), (), {"gp": "role:gp", "practice nurse": "role:nurse", "ward clerk": "role:clerk"})


def tags(text: str) -> list[str]:
    return [tag.words for tag in find_tags(text, 0, len(text), ROLES, names_of_speakers(text))]


@pytest.mark.parametrize(
    "tag",
    [
        "[GP]",
        "(GP3, female)",
        "(Practice nurse)",
        "(P12)",
        "(Participant 004, 40–49 years old)",
        "(Female, 46)",
        "(ID 7)",
        "(GP, focus group 2)",
        "(HCP-3)",
        "(unaffected woman, 30 years)",
        "(GP12 (rural))",
    ],
)
@pytest.mark.parametrize("before", ["I left it there.", "“I left it there.”", "“I left it there”."])
def test_brackets_that_name_a_speaker(tag: str, before: str) -> None:
    assert tags(f"{before} {tag}") == [tag[1:-1]]


@pytest.mark.parametrize(
    "text",
    [
        "I met the clerk [GP] again.",
        "It was long ago (see Table 2).",
        "It was reported before (Smith et al., 2012).",
        "Half of them left (n = 14, 50%).",
        "They left early (12, 14).",
        "They laughed. (Laughs) And went.",
        "They met all of them (GPs).",
        "They met both [GPs and clerks]. We left.",
        "We met a general practitioner (GP). She left.",
        "It was the first visit (T1).",
        "We used two lists (Theme 3).",
    ],
)
def test_brackets_that_do_not(text: str) -> None:
    assert tags(text) == []


def test_numbers_without_brackets_behind_a_sentence() -> None:
    assert tags("I never saw it. GP65 (rural). Others did. PT6") == ["GP65 (rural)", "PT6"]


def test_what_owns_something_signs_nothing() -> None:
    assert tags("The link holds two parts together. KRT5's tail binds the other. GP6's list was longer.") == []


def test_speakers_behind_a_dash_or_on_their_own() -> None:
    assert tags("I never saw it. — Ward clerk 3, north") == ["Ward clerk 3, north"]
    assert tags("I never saw it. Woman, group 3") == ["Woman, group 3"]
    assert tags("I never saw it. —QRX, Northtown (first group)") == ["QRX, Northtown (first group)"]
    assert tags("I never saw it. —Nothing, Northtown") == []


def test_first_names_count_when_the_paper_uses_them_again() -> None:
    once = "I saw it. [Anna]"
    assert tags(once) == []
    assert tags(f"{once} Then I left. [Berta] And I came. [Clara]") == ["Anna", "Berta", "Clara"]


def test_plain_numbers_count_when_the_paper_uses_them_again() -> None:
    text = "I saw it (1021). It hurt (1033); and it hurt (1021). I left. (1044)"
    assert tags(text) == ["1021", "1033", "1021", "1044"]
    assert tags("Half of them saw it (1021).") == []


def test_a_number_inside_the_marks() -> None:
    assert tag_within("they keep moving, P01") == (16, "P01")
    assert tag_within("they keep moving, carer of P04") is None
    assert tag_within("they keep moving (ID013C)") == (16, "ID013C")
    assert tag_within("they keep moving (as ever)") is None


def test_several_numbers_behind_a_report_are_no_tag() -> None:
    assert tags("Some of them left early (ID987B, ID827F).") == []
    assert tags("I left early. (ID987B, ID827F)") == ["ID987B, ID827F"]


def test_lines_that_only_name_a_speaker() -> None:
    line = "— Practice nurse, town 2"
    found = tag_line(line, 0, len(line), ROLES)
    assert found is not None
    assert found.words == "Practice nurse, town 2"
    sentence = "Practice nurses were asked again."
    assert tag_line(sentence, 0, len(sentence), ROLES) is None


def test_persons_and_patients() -> None:
    assert is_person("Participant 12")
    assert not is_person("Box 3")
    assert is_patient_like("Female, 46")
    assert not is_patient_like("P12, female")


def test_a_talk_behind_a_dash_and_a_closing_mark() -> None:
    assert tags("“Few of the wards have a room for talks”- FGD") == ["FGD"]
    assert tags("Few of the wards have a room for talks - FGD") == []


def test_a_first_name_in_marks_with_more_of_the_person() -> None:
    assert tags("We wait for the letters [“Ama,” Town Key Informant, North].") == ["“Ama,” Town Key Informant, North"]
    assert tags("They call it a post day [“Mail”].") == []


def test_first_names_joined_to_what_somebody_is() -> None:
    signed = ("We wait at night. (Ama-teacher)", "It rains. (Bea-“B” ward)", "They ring. (Cleo-teacher)")
    assert names_of_speakers("\n\n".join(signed)) == {"Ama-teacher", "Bea-“B” ward", "Cleo-teacher"}
    assert names_of_speakers("\n\n".join(signed[:2])) == frozenset()
