"""Lines joined to runs of text: hyphens, dashes, glued words, and the way back."""

import pytest

from ingest.readers import read
from ingest.reading import Reading
from ingest.repair import Strand, Words, edit, keeps_hyphen, shifts
from ingest.repair.words import Evidence, glued_places


def reading_of(text: str) -> Reading:
    return read(text.encode(), "a.txt").reading


def paragraph(text: str) -> str:
    reading = reading_of(text)
    return next(reading.text[b.start : b.end] for b in reading.blocks if b.kind == "paragraph")


def wrapped(*lines: str) -> str:
    """A body of running text around `lines`, so that line breaks are breaks inside paragraphs."""
    filler = "Nurses and doctors were asked how they share the care of patients\n" * 4
    return f"Results\n\n{filler}in the clinic.\n\n" + "\n".join(lines) + f"\n\nDiscussion\n\n{filler}in the end.\n"


@pytest.mark.parametrize(
    ("first", "second", "elsewhere", "kept"),
    [
        ("pre", "scriber", "one prescriber", False),
        ("co", "ordinate", "they co-ordinate care", True),
        ("co", "ordinate", "they coordinate care", False),
        ("cross", "disciplinary", "", True),
        ("self", "management", "", True),
        ("semi", "structured", "", True),
        ("high", "lighted", "", False),
        ("long", "term", "in the term of office", True),
        ("VA", "based", "", True),
        ("primary", "care", "primary needs, primary goals, care for all, care at home", True),
        ("manage", "ment", "", False),
        ("case", "by-case", "", True),
        ("post", "Brexit", "", True),
    ],
)
def test_the_document_decides_whether_a_broken_word_keeps_its_hyphen(
    first: str, second: str, elsewhere: str, kept: bool
) -> None:
    assert keeps_hyphen(first, second, Words.of(elsewhere)) is kept


def test_a_word_broken_at_a_line_end_does_not_count_as_evidence() -> None:
    assert Words.of("the pre-\nscriber and the prescriber")["pre-scriber"] == 0
    assert Words.of("the pre-\nscriber and the prescriber")["prescriber"] == 1


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (("We asked about the manage-", "ment of pain and who leads it."), "the management of pain"),
        (("We asked about the cross-", "disciplinary roles and who leads."), "the cross-disciplinary roles"),
        (("We followed them for a 12-", "month period and called them up."), "a 12-month period"),
        (("Interviews took between 20–", "60 minutes and were recorded."), "between 20–60 minutes"),
        (("We asked about the handover –", "who does it and when it is late."), "the handover – who does"),
        (
            ("We asked about tele\u00adphone calls and soft\u00ad", "ware that was used on the ward."),
            "telephone calls and software",
        ),
        (
            ("We asked about manage\ufffement plans", "and about self\ufffecare on the ward."),
            "management plans and about self-care",
        ),
    ],
)
def test_line_ends_are_joined(lines: tuple[str, ...], joined: str) -> None:
    assert joined in reading_of(wrapped(*lines)).text


def test_a_span_over_a_joined_word_holds_the_stored_characters() -> None:
    reading = reading_of(wrapped("We asked about the manage-", "ment of pain and who leads it."))
    at = reading.text.index("management of pain")
    (passage,) = reading.spans(at, at + len("management of pain"))
    assert passage.exact == "manage-\nment of pain"
    assert reading.stored[passage.start : passage.end] == passage.exact


def test_edits_keep_the_offsets() -> None:
    strand = edit(Strand("pain.2 andHCPs", tuple(range(14))), [(5, 6, ""), (10, 10, " ")])
    assert strand.text == "pain. and HCPs"
    assert [strand.offsets[i] for i in (4, 5, 9, 10)] == [4, 6, 9, 10]
    assert shifts([(5, 6, ""), (10, 10, " ")])(12) == 12


LEAKY = """Results

Theme1: Trust between teams was named by all.
Nurses talked about pain management often. They said that pain management takes time.
Interviews took place fromMarch through June and lasted 20–60min.
Barriers to painmanagement were many, and the mood [mood]actually got worse.
They described processes,LTOT risks and the behavior of staff. One person conducted all interviews.
Another one was on behaviorconducted by staff, said Dr. McDonald of the NVivo team at www.example.org/CareTeam.
"""


@pytest.mark.parametrize(
    "parted",
    [
        "Theme 1:",
        "from March",
        "20–60 min",
        "pain management were",
        "[mood] actually",
        "processes, LTOT",
        "behavior conducted",
    ],
)
def test_words_that_lost_their_blank_are_parted(parted: str) -> None:
    assert parted in reading_of(LEAKY).text


@pytest.mark.parametrize("whole", ["McDonald", "NVivo", "www.example.org/CareTeam"])
def test_capitals_that_belong_inside_a_word_stay(whole: str) -> None:
    assert whole in reading_of(LEAKY).text


@pytest.mark.parametrize("word", ["healthcare", "caregivers", "understanding", "throughout", "background"])
def test_compounds_stay_whole_in_a_sound_text(word: str) -> None:
    text = f"The health care givers went through the ground at the back, under a standing order. The {word} was new."
    assert glued_places(text, Evidence.of([text], Words.of(text))) == []


def test_labels_of_a_repository_page_are_parted() -> None:
    page = (
        "Who adjusts the dose after discharge from hospital?\n\nResearch output: Contribution to journalArticle\n\n"
        "Background: We know little. Methods: We asked nurses. Conclusions: More is to be done.\n\n"
        "Original languageEnglish (US)\nPages (from-to)112-119\nNumber of pages8\nIssue number2\n"
    )
    reading = reading_of(page)
    for words in ("Original language English (US)", "Pages (from-to) 112-119", "Number of pages 8", "journal Article"):
        assert words in reading.text
    front = [reading.text[b.start : b.end] for b in reading.blocks if b.kind == "front"]
    assert "Number of pages 8" in front
    assert reading.sections[reading.blocks[-1].section].kind == "front"


def test_blanks_without_end_are_one_blank_in_the_view_and_as_many_in_the_stored_text() -> None:
    wide = " " * 500
    reading = reading_of(f"Results\n\nNurses wait{wide}for letters from the hospital, and nobody tells them when.\n")
    assert "Nurses wait for letters" in reading.text
    at = reading.text.index("Nurses")
    (span,) = reading.spans(at, at + len("Nurses wait for"))
    assert span.exact == f"Nurses wait{wide}for"


def test_data_without_a_blank_is_left_out_and_told() -> None:
    data = "AOkA6QDp" * 5000
    reading = reading_of(f"Results\n\nNurses wait for letters {data} from the hospital, and nobody tells them when.\n")
    assert "letters from the hospital" in reading.text
    assert "AOkA6QDp" not in reading.text
    assert "1 stretch of data without a blank left out" in reading.notes
    at = reading.text.index("letters")
    spans = reading.spans(at, reading.text.index("hospital"))
    assert [span.exact.strip() for span in spans] == ["letters", "from the"]
