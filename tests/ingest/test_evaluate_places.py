"""Where annotated things stand in a text other than the annotator's."""

from ingest.evaluate.gold import GoldItem, GoldPaper, place
from ingest.evaluate.words import Squeezed

TEXT = (
    "Sharing insulin changes between clinics\n\nNurses said that letters arrived late and that nobody knew "
    "who adjusts the dose.\n"
)
SHIFT = 70
"""By how much further on everything stands in the annotator's text."""
RESTATED = "nobody knew who adjusts the dose"


def item(number: int, words: str, at: int, *restated: tuple[int, int]) -> GoldItem:
    return GoldItem(f"B{number}", "Barrier", "", (words,), ((at, at + len(words)),), restated, False, {})


def restated_in(*others: GoldItem) -> bool:
    start = TEXT.index(RESTATED)
    again = (start + SHIFT, start + SHIFT + len(RESTATED))
    late = "Nurses said that letters arrived late"
    items = (item(1, late, TEXT.index(late) + SHIFT, again), *others)
    placed = place(GoldPaper("p", "p.xml", "0" * 64, items), TEXT, Squeezed.of(TEXT))
    return (start, start + len(RESTATED)) in placed[0].places


def test_behind_the_last_annotated_words_those_before_tell_where_a_restatement_stands() -> None:
    assert restated_in()


def test_no_restatement_is_placed_where_the_text_lacks_annotated_words() -> None:
    assert not restated_in(item(2, "a table that this text does not hold", 900))


def test_no_restatement_is_placed_by_words_that_are_far_away() -> None:
    start = TEXT.index(RESTATED)
    items = (item(1, "Nurses said that letters arrived late", 5000, (start + SHIFT, start + SHIFT + 30)),)
    placed = place(GoldPaper("p", "p.xml", "0" * 64, items), TEXT, Squeezed.of(TEXT))
    assert len(placed[0].places) == 1
