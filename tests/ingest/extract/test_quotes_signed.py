"""Quotations whose signature tells much of the speaker, or only in which talk something was said."""

import pytest

from ingest.extract.quotes.extraction import extract_quotes
from ingest.extract.roles.extraction import extract_roles
from tests.ingest.extract.test_quotes_codes import table
from tests.ingest.extract.test_quotes_jats import found, words
from tests.ingest.jats_text import article, reading_of, results

TOLD = "(aged 61; on the list for 2–3 years; first and second call = always; third call = never (moved))"


@pytest.mark.parametrize("tag", [f"<italic>P7 {TOLD}</italic>", f"P7 {TOLD}", f"P7 {TOLD}."])
def test_what_a_long_bracket_tells_of_a_numbered_speaker_is_no_part_of_the_quote(tag: str) -> None:
    inside = f"<disp-quote><p>Nobody rings us back, so we drive there. {tag}</p></disp-quote>"
    ((said, speaker, _),) = found(inside)
    assert said == "Nobody rings us back, so we drive there."
    assert speaker == f"P7 {TOLD}"


def test_a_long_bracket_within_a_line_is_speech() -> None:
    inside = (
        "<disp-quote><p>I rang ward B4 (the one behind the old chapel, where they keep all of the letters that nobody "
        "ever opens) and waited. (Nurse 3)</p></disp-quote>"
    )
    assert [said.endswith("and waited.") for said in words(inside)] == [True]


@pytest.mark.parametrize(
    "said",
    [
        "Other nurses are saying that the list is full, so they send people home. They may lose the letter.",
        "The people on the list complain of the wait, so we tell them to ring. Those without a phone come by.",
    ],
)
def test_what_the_source_attributes_is_all_of_it_said(said: str) -> None:
    assert found(f"<disp-quote><p>{said}</p><attrib>(Nurse, north, ID#4)</attrib></disp-quote>") == [
        (said, "Nurse, north, ID#4", "nurse")
    ]


def test_a_talk_behind_a_dash_signs_a_cell() -> None:
    rows = (
        ("Theme", "Responses"),
        ("Waiting", "<italic>“The list is long, and letters get lost on the way”-</italic> FGD from North"),
        ("Room", "“Few of the wards have a room for talks”- FGD"),
        ("Calls", "“A phone rings all day in the hall”-IDI West"),
    )
    assert words(table(*rows)) == [
        "The list is long, and letters get lost on the way",
        "Few of the wards have a room for talks",
        "A phone rings all day in the hall",
    ]
    assert words(table(("Theme", "Responses"), ("Change", "“Staff change often”-an old saying"))) == []


def test_lines_that_the_source_attributes_are_all_of_them_said() -> None:
    lines = "<p>Other nurses are saying that the list is full.</p><p>They may lose the letter.</p>"
    assert words(f"<disp-quote>{lines}<attrib>Nurse, north</attrib></disp-quote>") == [
        "Other nurses are saying that the list is full.\nThey may lose the letter."
    ]
    led = "<p>One nurse said:</p><p>They may lose the letter.</p>"
    assert words(f"<disp-quote>{led}<attrib>Nurse, north</attrib></disp-quote>") == ["They may lose the letter."]


def test_numbered_cells_among_quotations_are_quotations_too() -> None:
    numbered = (
        "1. “We ring the ward, and I wait for my turn.” 2. “My letters never came to our house.” "
        "3. “I am glad that we have our own nurse.” 4. “The list was very long.” 5. “Sometimes the line was busy.”"
    )
    assert len(words(table(("Topic", "Responses"), ("Calls", numbered)))) == 5


def test_somebody_may_say_how_a_thing_is_defined() -> None:
    said = "When they can walk to the shop and back. Those who sit all day are out of breath."
    told = f"As one nurse shared, being well is defined in this way: “{said}”"
    assert words(f"<p>{told}</p>") == [said]
    assert words(f"<p>Being well was defined in this way: “{said}”</p>") == []


def test_a_woman_who_is_an_activist_speaks_as_one() -> None:
    methods = "<sec><title>Methods</title><p>We interviewed ten women and two activists.</p></sec>"
    inside = "<disp-quote><p>“We ring the ward, but I wait.” (Woman activist from the north)</p></disp-quote>"
    abstract = "<abstract><p>This qualitative study explores the experiences of women.</p></abstract>"
    reading = reading_of(article(methods + results(inside), abstract=abstract)).reading
    roles = extract_roles(reading, "urn:study")
    (quote,), _ = extract_quotes(reading, "urn:study", roles)
    labels = {one.record.iri: one.record.label for one in roles.records}
    assert "woman" in labels.values()
    assert labels[quote.record.speaker_role or ""] == "activist"


def test_numbers_in_parts_sign_quotations_where_the_paper_does_so_again() -> None:
    said = (
        "They say that the list is long.",
        "A man waits from the first week on.",
        "The line is never free at night.",
    )
    signed = [
        f"“{words}” ({number})" for words, number in zip(said, ("0602_001-80", "0514_005", "0709-2-1"), strict=True)
    ]
    inside = "".join(f"<disp-quote><p><italic>{one}</italic></p></disp-quote>" for one in signed)
    assert [(words, speaker) for words, speaker, _ in found(inside)] == list(
        zip(said, ("0602_001-80", "0514_005", "0709-2-1"), strict=True)
    )


def test_a_closing_mark_may_open() -> None:
    inside = "<disp-quote><p>”I ring the ward and nobody comes to us.” (Nurse 3)</p></disp-quote>"
    assert words(inside) == ["I ring the ward and nobody comes to us."]


def test_turns_within_marks() -> None:
    inside = (
        "<disp-quote><p>“Men 8 (M8): But the bell is not here that rings.”</p><p>“M6: With the two or three bells.”</p>"
        "<p>“M2: Some wards have four.” (Focus group Weavers of the north)</p></disp-quote>"
    )
    assert [(said, role) for said, _, role in found(inside)] == [
        ("But the bell is not here that rings.", None),
        ("With the two or three bells.", None),
        ("Some wards have four.", None),
    ]


def test_a_member_of_a_talk_signs_behind_the_mark() -> None:
    inside = (
        "<p>Lists were long:</p><disp-quote><p>“We wait for days and nobody rings.” FGD member</p></disp-quote>"
        "<p>They added:</p><disp-quote><p>“We write, and we wait.” Another member explained</p></disp-quote>"
    )
    assert [(said, speaker) for said, speaker, _ in found(inside)] == [
        ("We wait for days and nobody rings.", "FGD member"),
        ("We write, and we wait.", "Another member explained"),
    ]


def test_a_conjunction_is_no_part_of_the_speaker() -> None:
    inside = "<p>Doors were shut, although one nurse said: “We ring the bell of the ward, and I wait.”</p>"
    assert [speaker for _, speaker, _ in found(inside)] == ["one nurse"]


def test_only_people_are_named_as_speakers() -> None:
    told = "<p>A widely held view of the long waits explained the following: “{}”</p>"
    assert [speaker for _, speaker, _ in found(told.format("I ring the ward and we wait."))] == [None]
    had = "<p>Another elderly participant had this to say: “I ring the ward and we wait.”</p>"
    assert [speaker for _, speaker, _ in found(had)] == ["Another elderly participant"]


def test_what_the_authors_tell_around_a_part_of_it_in_marks_is_no_quotation() -> None:
    inside = (
        "<p>The nurses had more to learn than lists. P2 talked about how she “would just ring and ask what I don’t "
        "know” to find the list of the day, calling ward after ward (P9).</p>"
        "<p>P9 agreed and even said it was more than a job, that “you do what you do, and nobody rings.”</p>"
    )
    assert words(inside) == ["would just ring and ask what I don’t know", "you do what you do, and nobody rings."]
