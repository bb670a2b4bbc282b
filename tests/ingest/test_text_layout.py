"""Paragraphs, page furniture, tables and quotes of texts as programs leave them."""

import pytest

from ingest.readers import read
from ingest.readers.lines import Line, body_width, drop_furniture, is_wrapped, split_lines
from ingest.readers.tables import is_caption
from ingest.reading import Reading

COLUMN = (
    "Nurses and doctors were asked how they share the care of people\n"
    "who come home from hospital with a new plan, and who they call\n"
    "when the plan does not work. All of them named the letter that\n"
    "is sent on the day of discharge as what they have to work with.\n"
)


def reading_of(text: str) -> Reading:
    return read(text.encode(), "a.txt").reading


def blocks(reading: Reading, *kinds: str) -> list[str]:
    return [reading.text[b.start : b.end] for b in reading.blocks if b.kind in kinds]


def test_lines_know_their_gaps_and_pages() -> None:
    lines = split_lines("a\n\n\n  b\n\fc\r")
    assert [(line.text, line.gap, line.indent, line.page) for line in lines] == [
        ("a", 0, 0, False),
        ("b", 2, 2, False),
        ("c", 0, 0, True),
    ]


def test_wrapped_text_is_told_from_long_lines() -> None:
    assert is_wrapped(split_lines(COLUMN))
    assert not is_wrapped(split_lines(COLUMN.replace("\n", " ")))
    assert body_width(split_lines(COLUMN)) == 63


def paged(*pages: str) -> str:
    return "\n".join(f"Lee et al. Journal of Calls 2020, 4:{n}\n{page}\n{n}" for n, page in enumerate(pages, 1))


def test_running_headers_and_page_numbers_go_and_spans_do_not_run_across() -> None:
    pages = [
        COLUMN * 5,
        COLUMN * 4 + "The letter was late in most of the cases that they could think\n",
        "of. " + COLUMN * 5,
    ]
    reading = reading_of("Results\n\n" + paged(*pages))
    assert "Journal of Calls" not in reading.text
    assert "that they could think of. Nurses" in reading.text
    at = reading.text.index("cases that they could think of.")
    first, second = reading.spans(at, at + len("cases that they could think of."))
    assert (first.exact, second.exact) == ("cases that they could think", "of.")
    assert any("running headers" in note for note in reading.notes)


@pytest.mark.parametrize("again", ["(Nurse 3)", "[PCP]", "Yes, they do.", "“Nobody called.”"])
def test_lines_that_come_again_for_another_reason_stay(again: str) -> None:
    text = "\n".join([COLUMN * 5 + again] * 4)
    kept, dropped = drop_furniture(split_lines(text))
    assert dropped == []
    assert sum(line.text == again for line in kept) == 4


def test_numbers_in_a_list_are_no_page_numbers() -> None:
    lines = [Line(0, 1, text) for text in ("Who took part", "4", "7", "Men", "12", "Women", "9")]
    assert drop_furniture([*lines, Line(0, 9, "the end of it")])[1] == []


def test_a_sentence_goes_on_over_blank_lines_columns_and_pages() -> None:
    text = (
        "Results\n\n" + COLUMN + "Some doctors said that they would rather be called by phone on\n\n"
        "the day itself, and that a call\n\n\f takes less time than a letter does in the end of the day.\n"
        "Others did not agree with this.\n\nIn the end nobody called. " + COLUMN
    )  # fmt: skip
    paragraphs = blocks(reading_of(text), "paragraph")
    whole = next(p for p in paragraphs if "rather be called" in p)
    assert "by phone on the day itself, and that a call takes less time than a letter does" in whole
    assert whole.endswith("Others did not agree with this.")
    assert paragraphs[-1].startswith("In the end nobody called.")


def test_paragraphs_part_at_short_lines_where_no_blank_line_does() -> None:
    text = (
        "Results\n"
        + COLUMN
        + "This was the same for all.\n"
        + COLUMN
        + "Waiting for a call\n"
        + COLUMN
        + "Discussion\n"
        + COLUMN
    )
    reading = reading_of(text)
    assert [s.heading for s in reading.sections if s.heading] == ["Results", "Waiting for a call", "Discussion"]
    assert len(blocks(reading, "paragraph")) == 4


TABLE = """Table 1 Who took part

Step 1 Step 2 Step 3

Interview sample Make a list of
codes

KL, MO KL

Use sampling to
find 20 people.

Table 2 Characteristics

Sex
Male 6 30%
Female 14 70%
"""


def test_a_table_in_a_sentence_moves_behind_the_text() -> None:
    text = (
        f"Results\n\n{COLUMN}Several nurses described the plan by saying that a written plan\n\n{TABLE}"
        f"is of more use to them than a call that nobody keeps a note of\nin the clinic.\n\n"
        f"{COLUMN}\nDiscussion\n\n{COLUMN}"
    )
    reading = reading_of(text)
    sentence = "Several nurses described the plan by saying that a written plan is of more use to them"
    at = reading.text.index(sentence)
    assert len(reading.spans(at, at + len(sentence))) == 2
    tables = [s for s in reading.sections if s.kind == "table"]
    assert [s.heading for s in tables] == ["Table 1 Who took part", "Table 2 Characteristics"]
    assert tables[0].start > reading.text.rindex("Discussion")
    rows = blocks(reading, "table")
    assert rows[1].split("\n") == ["Sex", "Male 6 30%", "Female 14 70%"]
    assert "KL, MO KL" in rows[0]
    one = reading.text.index("Female 14")
    (passage,) = reading.spans(one, one + 13)
    assert passage.exact == "Female 14 70%"


@pytest.mark.parametrize(
    ("line", "before", "caption"),
    [
        ("Table 2. Characteristics of nurses", "They agreed.", True),
        ("Table 2Characteristics of nurses", "They agreed.", True),
        ("Box 1 Topics of the interviews", "They agreed.", True),
        ("FIGURE 3: How people were found", "They agreed.", True),
        ("Table 2 shows who took part.", "They agreed.", False),
        ("Table 2, most of them women.", "They agreed.", False),
        ("Table 2. Most of them were women and", "Who took part is told in", False),
        ("Table 2) and were paid for it", "as a plan (see", False),
        ("Tables were laid.", "They agreed.", False),
    ],
)
def test_captions_are_told_from_sentences_that_name_a_table(line: str, before: str, caption: bool) -> None:
    assert is_caption(Line(0, len(line), line), Line(0, len(before), before)) is caption


def test_cells_without_a_caption_are_a_table_too() -> None:
    cells = "Sex\nMen\n6 (30%)\nWomen\n14 (70%)\nAge\n31 (4.2)\n45.1\n"
    long = COLUMN.replace("\n", " ") * 2
    reading = reading_of(f"Results\n\n{long}\n{cells}{long}\n\nDiscussion\n\n{long}\n")
    assert blocks(reading, "table") == [cells.strip()]
    assert reading.sections[-1].kind == "table"


QUOTED = (
    "Results\n\n" + COLUMN + "One doctor explained what this meant for the people at home:\n\n"
    "I ring the ward, and the ward rings the clinic,\nand in the evening I still do not know who\n\n"
    "has the plan. It was the same last week. [GP]\n\nIn contrast, the nurses had found a way to reach each other and\n"
    "did not need the letter any more.\n\n" + COLUMN
)  # fmt: skip


def test_a_quote_set_apart_is_one_block_in_spite_of_a_blank_line() -> None:
    reading = reading_of(QUOTED)
    (quote,) = blocks(reading, "quote")
    assert quote.startswith("I ring the ward")
    assert quote.endswith("who has the plan. It was the same last week. [GP]")
    assert any(p.startswith("In contrast, the nurses") for p in blocks(reading, "paragraph"))
    at = reading.text.index(quote)
    assert len(reading.spans(at, at + len(quote))) == 1


@pytest.mark.parametrize(
    ("paragraph", "kind"),
    [
        ("“Nobody called me at all that week.” (Nurse 3, hospital B)", "quote"),
        ("> Nobody called me at all that week.", "quote"),
        ("I was told to wait, and so I did. [Nurse]", "quote"),
        ("Interviewer: And who called you?", "paragraph"),
        ("Nurses said that nobody called them “at all”. They were told to wait (Table 2).", "paragraph"),
        ("Participants described that they had to wait for a call that never came. (Nurse 3)", "paragraph"),
        ("As one nurse put it:", "paragraph"),
        ("• a call on the day itself", "list_item"),
        ("2. A plan that both sides have", "list_item"),
    ],
)
def test_kinds_of_paragraphs(paragraph: str, kind: str) -> None:
    long = COLUMN.replace("\n", " ").strip()
    reading = reading_of(f"Results\n\n{long}\n\n{paragraph}\n\n{long}\n\n{long}\n")
    words = paragraph.removeprefix("> ")
    assert next(b.kind for b in reading.blocks if reading.text[b.start : b.end] == words) == kind


def test_turns_of_talk_are_quotes() -> None:
    long = COLUMN.replace("\n", " ").strip()
    reading = reading_of(
        f"Results\n\n{long}\n\nI: Who called you?\n\nP: Nobody did.\n\nI: And then?\n\nP: I called.\n\n{long}\n"
    )
    assert len(blocks(reading, "quote")) == 4


def test_who_speaks_on_a_line_of_its_own_belongs_to_the_quote() -> None:
    long = COLUMN.replace("\n", " ").strip()
    reading = reading_of(
        f"Results\n\n{long}\n\nNobody called me at all that whole week, and I had asked for it.\n\n"
        f"(Nurse 3)\n\n{long}\n"
    )
    assert blocks(reading, "quote") == ["Nobody called me at all that whole week, and I had asked for it. (Nurse 3)"]


FLAT = (
    "J CallsJournal of Calls1234-567810.1234/calls-77Research ArticleWho calls whom after discharge: an interview study"
    "MerrowAdaada@example.orgThis is an Open Access article.BackgroundWe know little about "
    "calls.MethodsWe asked 20 nurses."
    "ResultsThey wait for letters.ConclusionsSomebody should call.IntroductionCalls are part of care "
    "[1].Nobody knows who calls."
    "MethodsParticipantsWe asked nurses and doctors of two wards about it [2].Data analysisWe read "
    "what they said many times."
    "ResultsWaiting for a letterNurses said that they wait for letters. One nurse said:I waited for "
    "a week. (Nurse 3)In contrast,"
    " doctors did not wait at all.Who may callDoctors said that nobody may call at night, as "
    "McDonald told them.DiscussionNurses "
    "wait and doctors do not.We asked too few of them.Competing interestsNone declared by us."
    "ReferencesLeeABMarshCDCalls in careJ Calls20101112310.1234/a1OkaforEFLindGHMore callsJ Calls20112245610.1234/a2"
    "SatoIJBrandtKLLettersJ Calls20123378910.1234/a3FeldMNMerrowOPWardsJ Calls20134411210.1234/a4"
    "LeeABMarshCDCalls at nightJ Calls20141112310.1234/a5"
)


def test_text_that_lost_its_line_breaks_is_parted_again() -> None:
    found = read(FLAT.encode(), "flat.txt")
    reading = found.reading
    assert found.document.title == "Who calls whom after discharge: an interview study"
    assert found.document.doi == "10.1234/calls-77"
    heads = [(s.heading, s.kind, s.in_abstract) for s in reading.sections if s.heading]
    assert [h for h in heads if h[2]] == [
        ("Background", "background", True),
        ("Methods", "methods", True),
        ("Results", "results", True),
        ("Conclusions", "conclusions", True),
    ]
    body = [h[:2] for h in heads if not h[2]]
    assert body[:8] == [
        ("Introduction", "background"),
        ("Methods", "methods"),
        ("Participants", "methods"),
        ("Data analysis", "methods"),
        ("Results", "results"),
        ("Waiting for a letter", "results"),
        ("Who may call", "results"),
        ("Discussion", "discussion"),
    ]
    assert "I waited for a week. (Nurse 3)" in blocks(reading, "quote")
    assert any(p.startswith("In contrast, doctors") for p in blocks(reading, "paragraph"))
    assert "McDonald told them" in reading.text
    assert [s.kind for s in reading.sections][-1] == "references"


def test_a_sentence_that_a_link_broke_is_whole_again() -> None:
    long = COLUMN.replace("\n", " ").strip()
    reading = reading_of(
        f"Background\n\n{long} Calls are part of care\n[1,2]\n. They were studied (Lee et al.,\n2010). {long}\n"
    )
    assert "Calls are part of care. They were studied (Lee et al., 2010). Nurses" in reading.text


def test_short_paragraphs_in_one_line_are_told_from_two_blanks_after_every_sentence() -> None:
    quotes = [f"“The porter rings at {hour}. Nobody comes.”" for hour in range(1, 7)]
    body = "  ".join(part for quote in quotes for part in ("Some of them waited. Others went home:", quote))
    reading = reading_of("RESULTS:\n" + body + "\n\nDISCUSSION:\nWe asked porters. They waited.\n")
    assert [text for text in blocks(reading, "paragraph", "quote") if text.startswith("“")] == quotes

    typed = "The porter rings.  Nobody comes.  He waits until six.  Then he goes home.  "
    reading = reading_of(f"RESULTS:\n{typed * 4}\n\nDISCUSSION:\nWe asked porters.  They waited. All did.\n")
    assert sum(text.startswith("The porter rings.") for text in blocks(reading, "paragraph")) == 1
