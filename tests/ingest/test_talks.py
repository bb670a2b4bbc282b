"""Plain text: turns of talks, lines that sign the words before them, and what only looks like such a line."""

from ingest.extract.quotes.extraction import extract_quotes
from ingest.extract.roles.extraction import extract_roles
from ingest.readers import read
from ingest.talks import turns_of_talk

TEXT = """How wards and practices share the care of people with gout

ABSTRACT

We held qualitative interviews with ward nurses and patients about follow-up after discharge from hospital.

INTRODUCTION

Gout is common and follow-up is often late.

METHODS

We held semi-structured interviews with 9 ward nurses and 8 patients. Interviews were analysed by thematic analysis.

RESULTS

Waiting

{inside}

DISCUSSION

Calls were valued by nurses and by patients, as earlier work on the follow-up of chronic conditions has shown.
"""


def blocks(inside: str) -> list[tuple[str, str]]:
    reading = read(TEXT.format(inside=inside).encode(), "a.txt").reading
    start = reading.text.index("Waiting") + len("Waiting")
    stop = reading.text.index("DISCUSSION")
    return [(b.kind, reading.text[b.start : b.end]) for b in reading.blocks if start <= b.start < stop]


def speakers(inside: str) -> list[tuple[str, str | None]]:
    reading = read(TEXT.format(inside=inside).encode(), "a.txt").reading
    quotes, _ = extract_quotes(reading, "urn:study", extract_roles(reading, "urn:study"))
    return [(quote.record.reading, quote.record.speaker) for quote in quotes]


def test_turns_of_a_talk_are_quotations_and_no_headings() -> None:
    talk = "Nurse: Does that make sense to you?\n\nPatient: It does.\n\nNurse: Yeah?\n\nPatient: I will try it."
    assert [kind for kind, _ in blocks(f"They went on as before.\n\n{talk}\n\nMost nurses reported so.")] == [
        "paragraph", "quote", "quote", "quote", "quote", "paragraph",
    ]  # fmt: skip
    assert speakers(f"They went on as before.\n\n{talk}\n\nMost nurses reported so.") == [
        ("Does that make sense to you?", "Nurse"),
        ("It does.", "Patient"),
        ("Yeah?", "Nurse"),
        ("I will try it.", "Patient"),
    ]


def test_numbered_speakers_take_turns() -> None:
    inside = "They were sure.\n\nNurse 4: We protect them, that's our job.\n\nNurse 14: I ask them once a year."
    assert speakers(inside) == [
        ("We protect them, that's our job.", "Nurse 4"),
        ("I ask them once a year.", "Nurse 14"),
    ]


def test_those_who_answer_one_who_asks_take_turns() -> None:
    asked = ["Moderator: Why?", "“Ama”: It was late.", "Moderator: And?", "“Bea”: Nothing."]
    assert turns_of_talk(["“Cleo”: Oh.", "They met.", *asked]) == {2, 3, 4, 5}
    assert turns_of_talk(["Aim: One.", "Setting: Two.", "Aim: Three."]) == frozenset()


def test_captions_and_definitions_are_no_turns() -> None:
    texts = ["Figure 1: Flow", "Figure 2: Chart", "Definition: a", "B", "Definition: c", "Step 1: Go", "Step 2: Stop"]
    assert turns_of_talk(texts) == frozenset()


def test_a_line_that_signs_words_without_a_full_stop() -> None:
    words = "She wants to put me on this tablet and I say I will try and get my weight down instead"
    more = "I get a call from the ward every week and I like it, so I keep to my tablets as they say"
    inside = f"Most tried.\n\n{words}\n\n(Patient 13, male, 60 years)\n\n{more}\n\n(GP 4)\n\nOthers were tired of it."
    assert speakers(inside) == [(words, "Patient 13, male, 60 years"), (more, "GP 4")]


def test_items_that_are_counted_sign_nothing() -> None:
    items = [f"– A{number} {name}" for number, name in enumerate(("Nurses help", "Patients wait", "Wards call"), 1)]
    told = "Definition: What nurses and patients said of it in all of the interviews that we held with them."
    inside = "\n\n".join(f"{item}\n\n{told}" for item in items)
    assert [kind for kind, _ in blocks(inside)] == ["list_item", "paragraph"] * 3
    assert speakers(inside) == []
