"""Speakers named in front of their words, turns of talks, and tags that tell a session or a cell."""

import pytest

from tests.ingest.extract.test_quotes_jats import found, words


def quote(*lines: str) -> str:
    return f"<disp-quote>{''.join(f'<p>{line}</p>' for line in lines)}</disp-quote>"


@pytest.mark.parametrize(
    ("label", "speaker", "role"),
    [
        ("Nurse 4: ", "Nurse 4", "nurse"),
        ("Nurse B: ", "Nurse B", "nurse"),
        ("Practice nurse 3: ", "Practice nurse 3", "practice nurse"),
        ("GP 12, rural: ", "GP 12, rural", "general practitioner"),
        ("(Nurse, site 2): ", "Nurse, site 2", "nurse"),
        ("Practice nurse 3 – ", "Practice nurse 3", "practice nurse"),
        ("[P7, nurse] ", "P7, nurse", "nurse"),
        ("<bold>Nurse 3</bold> ", "Nurse 3", "nurse"),
        ("Nurse 4 quotes a doctor: ", "Nurse 4 quotes a doctor", "nurse"),
    ],
)
def test_a_speaker_in_front_of_a_quotation_is_no_part_of_it(label: str, speaker: str, role: str) -> None:
    assert found("<p>They compared notes.</p>" + quote(f"{label}They never ring back, you know.")) == [
        ("They never ring back, you know.", speaker, role)
    ]


@pytest.mark.parametrize("start", ["The nurse: ", "Patients: ", "[The nurse] ", "My doctor: "])
def test_speech_that_begins_with_a_role_keeps_its_beginning(start: str) -> None:
    assert words("<p>One patient said:</p>" + quote(f"{start}they never ring back, you know.")) == [
        f"{start}they never ring back, you know."
    ]


def test_first_names_take_turns() -> None:
    inside = "<p>Two mothers compared notes:</p>" + quote(
        "Anna: I ring the ward and nobody picks up.", "Maria: They never do.", "Anna: So I drive there."
    )
    assert [(one, speaker) for one, speaker, _ in found(inside)] == [
        ("I ring the ward and nobody picks up.", "Anna"),
        ("They never do.", "Maria"),
        ("So I drive there.", "Anna"),
    ]


def test_a_word_that_the_text_writes_small_is_no_first_name() -> None:
    inside = "<p>An example of a reason, and of an outcome:</p>" + quote(
        "Example: I ring the ward.", "Reason: I never heard from them.", "Example: I drive there."
    )
    assert all(speaker not in ("Example", "Reason") for _, speaker, _ in found(inside))


def test_turns_in_paragraphs_of_their_own() -> None:
    inside = (
        "<p>They compared notes.</p><p>Nurse: I ring the ward.</p><p>Patient: They never pick up.</p>"
        "<p>Nurse: So I drive there.</p><p>Patient: Do you?</p><p>Most nurses reported that this was usual.</p>"
    )
    assert [(one, role) for one, _, role in found(inside)] == [
        ("I ring the ward.", "nurse"),
        ("They never pick up.", "patient"),
        ("So I drive there.", "nurse"),
        ("Do you?", "patient"),
    ]


def test_each_turn_of_a_talk_is_of_its_own_speaker() -> None:
    inside = "<p>They went on:</p>" + quote(
        "Nurse: So what is the plan?", "Patient: So maybe—maybe—", "Nurse: Yes, a plan.", "Patient: I need to walk."
    )
    assert [role for _, _, role in found(inside)] == ["nurse", "patient", "nurse", "patient"]


def test_the_tag_behind_a_talk_is_that_of_the_one_whom_it_names() -> None:
    inside = (
        quote("Interviewer: Do they tell you?")
        + quote("Nurse: We do.")
        + quote("Patient: No. I look it up.")
        + quote("(Patient 12, female, north)")
    )
    assert [(speaker, role) for _, speaker, role in found(inside)] == [
        ("Nurse", "nurse"),
        ("Patient 12, female, north", "patient"),
    ]


@pytest.mark.parametrize("tag", ["(Phase 3)", "(Phase 1, FG1, part1)", "(FG 2)", "(Round 2)"])
def test_a_session_behind_a_turn_names_no_speaker(tag: str) -> None:
    inside = "<p>They said:</p>" + quote(f"E5: I never ring them before lunch. {tag}")
    assert [(one, speaker) for one, speaker, _ in found(inside)] == [("I never ring them before lunch.", "E5")]


def test_what_somebody_says_first_does_not_tell_what_a_number_means() -> None:
    inside = "<p>They said:</p>" + quote("E5: Patients never ring us, you know.") + quote("E6: A doctor told me so.")
    assert all(role not in ("patient", "doctor") for _, _, role in found(inside))


def table(*rows: str, caption: str = "Table 2 What they said") -> str:
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row.split('|'))}</tr>" for row in rows)
    return f"<table-wrap><caption><p>{caption}</p></caption><table>{cells}</table></table-wrap>"


def test_several_signed_quotations_in_one_cell() -> None:
    inside = table(
        "Welcome|I felt at home from the first day (Participant M, male, age 48) They are always friendly "
        "(Participant F, female, age 50)"
    )
    assert [(one, speaker) for one, speaker, _ in found(inside)] == [
        ("I felt at home from the first day", "Participant M, male, age 48"),
        ("They are always friendly", "Participant F, female, age 50"),
    ]


def test_the_next_row_does_not_sign_a_quotation() -> None:
    inside = table(
        "A1 Nurses help", "Quotation: “I found that very good.”", "A2 Doctors teach", "Quotation: “It was just clear.”"
    )
    assert [(one, speaker) for one, speaker, _ in found(inside)] == [
        ("I found that very good.", None),
        ("It was just clear.", None),
    ]


def test_a_label_says_that_few_words_are_a_quotation() -> None:
    assert words(table("Quotation: “Were always well prepared.”")) == ["Were always well prepared."]


@pytest.mark.parametrize("caption", ["Quotations of nurses", "Table 3 Nurse quotes on letters", "Excerpts from nurses"])
def test_a_caption_tells_whose_words_a_table_holds(caption: str) -> None:
    rows = ("Quotation: “I found that very good.”", "Quotation: “It was just clear.”")
    assert [role for _, _, role in found(table(*rows, caption=caption))] == ["nurse", "nurse"]


def test_a_question_that_one_who_took_part_asks_is_a_quotation() -> None:
    inside = "<p>Nurses asked patients, “What do you want your plan to be for the next weeks?” every time.</p>"
    assert words(inside) == ["What do you want your plan to be for the next weeks?"]
    assert words(inside.replace("Nurses asked patients", "Nurses were asked")) == []


@pytest.mark.parametrize(
    "lead", ["We renamed it ", "We also added to the letter ", "The booklet said: ", "It has the title "]
)
def test_what_authors_and_documents_write_is_no_quotation(lead: str) -> None:
    assert words(f"<p>{lead}“It is your choice whether you would like to go”.</p>") == []


def test_the_note_of_a_table_holds_no_quotation() -> None:
    inside = table("a|b").replace(
        "</table-wrap>", "<table-wrap-foot><p>SF-36: a health survey of 36 items.</p></table-wrap-foot></table-wrap>"
    )
    assert words(inside) == []


def test_a_number_behind_a_report_is_no_speaker() -> None:
    assert words("<p>Levels rose in all patients who were given the drug. CD40 Ligand was measured twice.</p>") == []
    assert words("<p>Group 1: Syrup alone (n = 46)</p><p>Group 2: Syrup and tablets (n = 39)</p>") == []


@pytest.mark.parametrize(
    "told", ["We used the EQ-5D-5L scores of our patients.", "Genes of CYP3A4 act in our patients as I showed."]
)
def test_a_name_that_begins_like_a_number_is_no_speaker(told: str) -> None:
    assert words(f"<p>Nurses told us that letters were late. {told}</p>") == []


def test_a_bracket_of_several_groups_is_no_speaker() -> None:
    assert (
        words("<p>We had four of our lists (Young male, Young female, Old male and Old female). They were long.</p>")
        == []
    )


def test_the_corrections_of_an_erratum_are_no_quotations() -> None:
    inside = "<p>On page 5 (line 1):</p><p>“Data showed that we were affected by noise and that you were not”.</p>"
    assert words(inside) == []


def test_lines_of_a_quotation_that_are_signed_in_small_letters() -> None:
    inside = "<p>Nurses wrote:</p>" + quote("I sigh and finish my coffee (nurse 3)", "I lay my burdens down (nurse 5)")
    assert [(one, speaker) for one, speaker, _ in found(inside)] == [
        ("I sigh and finish my coffee", "nurse 3"),
        ("I lay my burdens down", "nurse 5"),
    ]


def test_names_in_marks_before_the_items_of_a_talk() -> None:
    turns = ("Moderator: Where do they lie?", "“Ama”: In the hall.", "Moderator: Why?", "“Bea”: They come late.")
    items = "".join(f"<list-item><p>{turn}</p></list-item>" for turn in (*turns, "“Ama”: Very late."))
    assert [(one, speaker) for one, speaker, _ in found(f"<p>They talked:</p><list>{items}</list>")] == [
        ("In the hall.", "Ama"),
        ("They come late.", "Bea"),
        ("Very late.", "Ama"),
    ]
