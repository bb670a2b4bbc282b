"""Plain text that programs took out of PDFs: hyphens, tables with a cell a line, quotations without blank lines."""

import pytest

from ingest.extract.quotes.extraction import extract_quotes
from ingest.extract.roles.extraction import extract_roles
from ingest.outcome import Meta
from ingest.readers import read
from ingest.reading import Reading
from ingest.repair import Words
from ingest.stage import parse
from ontology.errors import CarekgError

FULL = (
    "Nurses and doctors were asked in interviews how they share care\n"
    "for people who come home from hospital with a new plan, and who\n"
    "they call when it does not work. All of them named the one page\n"
    "letter that is sent on the day of discharge and the nurse there.\n"
)
HEAD = (
    "Handing over after discharge\n\nAbstract\n\nThis qualitative study tells how wards and practices hand over.\n\n"
    f"Methods\n\nWe held interviews and analysed them by thematic analysis.\n{FULL}\n"
)


def reading_of(results: str) -> Reading:
    return read(f"{HEAD}Results\n{FULL}{results}\nDiscussion\n{FULL * 2}".encode(), "a.txt").reading


def quoted(results: str) -> list[str]:
    reading = reading_of(results)
    records, _ = extract_quotes(reading, "study", extract_roles(reading, "study"))
    return [reading.text[one.start : one.end] for one in records]


def paragraphs(reading: Reading) -> list[str]:
    return [reading.text[b.start : b.end] for b in reading.blocks if b.kind in ("paragraph", "quote")]


def test_soft_hyphens_inside_lines_go() -> None:
    reading = reading_of("The treat\u00adment and its preven\u00adtion were hard, they said of the treat\u00adment.\n")
    assert "The treatment and its prevention were hard" in reading.text


def test_a_program_may_write_soft_hyphens_for_all_hyphens() -> None:
    words = Words.of("decision\u00admaking by smoking and non\u00adsmoking women, a decision, making one, a non")
    assert (words["decision-making"], words["non-smoking"], words["decisionmaking"]) == (1, 1, 0)


BOX = """Box 1

Letters that came late

“I waited for three weeks and then the letter came with
the wrong name on it”. (P12, woman, 44 years,
retired)

“Nobody told me who I had to call.” (P3, man, 71 years)
“I never saw one of these
letters”.
(P9, woman, 50 years)

"""


def test_quotations_of_a_box_run_over_its_lines() -> None:
    assert quoted(BOX) == [
        "I waited for three weeks and then the letter came with the wrong name on it",
        "Nobody told me who I had to call.",
        "I never saw one of these letters",
    ]


def test_the_caption_of_a_box_ends_before_a_quotation() -> None:
    box = (
        "Box 1\n"
        "Letters that came late\n"
        "“I waited for three weeks and then the letter came with\n"
        "the wrong name on it, so I did not go there”\n"
        "“Nobody told me who I had to call when I was at home”\n\n"
    )
    assert quoted(box) == [
        "I waited for three weeks and then the letter came with the wrong name on it, so I did not go there",
        "Nobody told me who I had to call when I was at home",
    ]


ROWS = "Table 1\nWho took part\nRole Number\nNurse 4\nDoctor 5\nOther 2\n"
BEHIND = (
    "Most of them waited for the letter at home, and they were angry.\n"
    "One woman of the first group said: “I waited for three weeks and\n"
    "then the letter came with the wrong name on it”. She told nobody\n"
    "of it and went to the ward to ask for the plan that was missing.\n"
)


def test_full_lines_close_under_a_short_row_are_text_again() -> None:
    reading = reading_of(ROWS + BEHIND)
    behind = next(block for block in reading.blocks if "Most of them" in reading.text[block.start : block.end])
    assert reading.section_at(behind.start).kind == "results"
    assert quoted(ROWS + BEHIND) == ["I waited for three weeks and then the letter came with the wrong name on it"]


def test_the_label_of_a_table_may_stand_close_under_the_rows_of_another() -> None:
    reading = reading_of(f"{ROWS}Table 2\nWhat they said before\nAgree 4\nDisagree 5\n{BEHIND}")
    tables = [section.heading for section in reading.sections if section.kind == "table"]
    assert [heading[:7] for heading in tables] == ["Table 1", "Table 2"]


def test_a_heading_may_stand_close_between_a_table_and_the_text() -> None:
    reading = reading_of(f"{ROWS}Waiting for letters\n{BEHIND}")
    assert "Waiting for letters" in [section.heading for section in reading.sections]


def test_a_raised_number_on_a_line_of_its_own_belongs_to_what_it_stands_behind() -> None:
    text = (
        'All of them were given the new plan that we call "letters for me" (LM\n2\n) or they were given the old one,'
        " with a\nweight in kg/m\n2\nand nothing else. Calls went to the ward and then to\n12\nof the practices.\n"
    )
    reading = reading_of(text)
    assert '"letters for me" (LM2) or' in reading.text
    assert "kg/m2 and" in reading.text
    assert "to 12 of" in reading.text


def test_numbers_in_front_of_lines_are_speakers_where_they_do_not_count_up() -> None:
    turns = (
        "8: I wanted to know whom I should call, and so I asked at the desk of the ward.\n"
        "12: I did not want to bother them. You know how it is when everybody is so busy,\n"
        "so I went home.\n"
        "8: It took weeks until I knew what they wanted me to take, I think.\n"
        "3: I never got one of those letters, and I did not know that I should get one.\n"
    )
    assert quoted(turns) == [
        "I wanted to know whom I should call, and so I asked at the desk of the ward.",
        "I did not want to bother them. You know how it is when everybody is so busy, so I went home.",
        "It took weeks until I knew what they wanted me to take, I think.",
        "I never got one of those letters, and I did not know that I should get one.",
    ]


def test_the_tag_of_a_speaker_ends_a_paragraph_at_a_full_line() -> None:
    said = "\n".join(
        f"I waited for {n} weeks at home and nobody from the clinic called me\n"
        f"about the plan or the tablets that I was to take. (Tutor, FG {n}).\n"
        f"{FULL}Then they said:"
        for n in ("1", "2", "3")
    )
    signed = [one for one in paragraphs(reading_of(f"One said:\n{said}\n{FULL}")) if one.endswith(").")]
    assert len(signed) == 3
    assert all(one.startswith("I waited for") for one in signed)


def test_an_opening_mark_holds_a_quotation_together_over_short_lines() -> None:
    said = (
        "One man said so.\n"
        "“When I was at home I felt tense, but that is past now.\n"
        "I cooked my own food.\n"
        "I did it with joy. It was not easy but I did\n"
        "not give up.” (Male, 64, usual care)\n"
    )
    whole = "When I was at home I felt tense, but that is past now. I cooked my own food. I did it with joy. It was"
    assert any(one.startswith(whole) for one in quoted(said))


def test_what_is_set_in_goes_on_behind_its_first_line() -> None:
    said = (
        "Some doctors said so.\n"
        "It is a help for all of us since we are so busy at times.\n"
        "We have no time for talks. As a young doctor I have a bit\n"
        "more of it than those who run the place do. GP70 (Rural).\n"
    )
    assert any(one.startswith("It is a help") and "We have no time" in one for one in paragraphs(reading_of(said)))


def test_a_main_heading_ends_a_table_without_a_blank_line() -> None:
    text = f"{HEAD}Table 1\nWho took part\nNurse 4\nDoctor 5\nOther 2\nResults\n{FULL}{FULL}\nDiscussion\n{FULL}"
    reading = read(text.encode(), "a.txt").reading
    assert [s.heading for s in reading.sections if s.kind == "results"] == ["Results"]


@pytest.mark.parametrize("rows", [20, 70])
def test_a_table_with_a_cell_a_line_is_one_table(rows: int) -> None:
    cells = "".join(f"{n}\n\n{n + 20}\n\nFemale\n\nRural\n\n" for n in range(rows))
    reading = reading_of(f"\nTable 1 Who took part\n\nPerson\n\nAge\n\nSex\n\nPlace\n\n{cells}\f{FULL}{FULL}")
    outside = [block for block in reading.blocks if reading.section_at(block.start).kind != "table"]
    assert not any("Rural" in reading.text[block.start : block.end] for block in outside)
    assert any(reading.text[b.start : b.end].startswith("Nurses and doctors") for b in outside)


def test_a_paper_full_of_interviews_lets_people_speak_though_rows_stand_among_its_sentences() -> None:
    told = "Some nurses felt that the letter was late.\n"
    rows = "".join(f"Letters of ward {n} are kept in a box there.\n" for n in range(8))
    named = "The interviews were open-ended and about calls.\n"
    few, many = (
        f"Title of the paper\n\nMethods\n\n{named * n}\nResults\n\n{told}{rows}\nDiscussion\n\n{FULL}" for n in (5, 20)
    )
    assert isinstance(parse(few.encode(), Meta("a.txt")).parts[0].error, CarekgError)
    assert parse(many.encode(), Meta("a.txt")).parts[0].error is None


def test_a_heading_may_stand_close_under_the_text_before_it() -> None:
    reading = reading_of(
        f"That was so.\nRecruitment: pressure of numbers\n\n‘{'We were worried at it. ' * 2}’ (D3)\n{FULL}"
    )
    assert "Recruitment: pressure of numbers" in [section.heading for section in reading.sections]


def test_a_running_head_comes_on_short_pages_too() -> None:
    pages = [FULL * 5, FULL * 5, "Rate 4\nRate 5\n", FULL * 5, FULL * 5, FULL * 5]
    reading = reading_of("".join(f"\fOpen Access\n{page}" for page in pages))
    assert "Open Access" not in reading.text


def test_a_heading_may_stand_under_the_bare_code_of_who_spoke() -> None:
    said = "I ring the ward and they tell me to ring the practice, which I\ndid before I rang them. GRP-N-{}\n"
    told = "".join(f"{FULL}{said.format(n)}" for n in range(3))
    reading = reading_of(f"{told}Letters of the ward\n{FULL}")
    assert "Letters of the ward" in [section.heading for section in reading.sections]


def test_numbered_headings_may_stand_below_each_other() -> None:
    reading = reading_of(f"That was so.\n2. Letters of the ward\n2.1. Letters to come\n{FULL}")
    headings = [section.heading for section in reading.sections]
    assert "2.1. Letters to come" in headings
    assert not any("ward 2.1." in heading for heading in headings)


def test_what_was_left_out_of_a_quotation_opens_it_below_a_short_line() -> None:
    said = (
        "… every week with the new porter, but the one before him used\nto take me there every month, and I liked it.\n"
    )
    reading = reading_of(f"{FULL}It was unlike that for others on\nthe two wards\n{said}(Patient 4, ward 2)\n{FULL}")
    assert any(words.startswith("… every week") for words in paragraphs(reading))
