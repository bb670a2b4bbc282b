"""The parts of an evaluation: reading annotations, finding words again, comparing names and values."""

from pathlib import Path

import pytest

from ingest.evaluate.gold import GoldError, load_gold
from ingest.evaluate.names import names_in, same_field, same_value
from ingest.evaluate.words import Squeezed, overlap


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("{", "is not JSON"),
        ("{}", "has neither 'studies' nor 'items'"),
        ('{"studies": [{"id": "a"}]}', "does not follow its layout"),
        ('{"key": "a", "file": "b", "flat_sha256": "c", "items": [{"type": "quote"}]}', "does not follow its layout"),
    ],
)
def test_a_file_that_holds_no_annotations_is_named(tmp_path: Path, content: str, problem: str) -> None:
    path = tmp_path / "gold.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(GoldError, match=problem) as raised:
        load_gold(path)
    assert str(path) in str(raised.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="cannot be read"):
        load_gold(tmp_path / "none.json")


def test_words_are_found_across_breaks_numbers_and_interruptions() -> None:
    text = "One co-\nordinated plan,12 they said, would\n\nJournal 7\n\nspare everybody the guessing about doses."
    words = Squeezed.of(text)
    assert words.find("coordinated plan") == [(4, text.index(","))]
    assert words.find("One coordinated plan they said would") == [(0, text.index("\n\n"))]
    whole = "One coordinated plan they said would spare everybody the guessing about doses"
    assert words.find(whole) == [(0, len(text) - 1)]
    assert words.find("another plan") == []
    assert words.find("…") == []


def test_overlap_is_a_share_of_the_shorter() -> None:
    assert overlap((0, 10), (10, 20)) == 0
    assert overlap((0, 100), (10, 20)) == 1
    assert overlap((5, 5), (0, 10)) == 0


def test_names_fields_and_values() -> None:
    assert names_in("physician assistant (PCP)") == {"physician assistant", "physician assistant pcp"}
    assert same_field("interview_duration_min", "interview_duration")
    assert not same_field("n_pharmacists", "n_nurses")
    assert not same_field("software", "country")
    assert same_value("four", "4 focus groups")
    assert not same_value("quota sampling", "NVivo")
