"""Quotes in every layout that JATS gives them, and what only looks like one."""

import pytest

from ingest.extract.context import RoleIndex
from ingest.extract.quotes.extraction import extract_quotes
from ingest.extract.roles.extraction import extract_roles
from ingest.reading import Reading
from tests.ingest.jats_text import article, reading_of, results

STUDY = "urn:study"
METHODS = "<sec><title>Methods</title><p>We interviewed ten nurses and eight patients.</p></sec>"


def found(inside: str, methods: str = METHODS) -> list[tuple[str, str | None, str | None]]:
    """Return (words, speaker, role) of the quotes in results that hold this."""
    reading, roles = _read(methods + results(inside))
    labels = {located.record.iri: located.record.label for located in roles.records}
    quotes, _ = extract_quotes(reading, STUDY, roles)
    for quote in quotes:
        for span in quote.record.spans:
            assert reading.stored[span.start : span.end] == span.exact
    return [(q.record.reading, q.record.speaker, labels.get(q.record.speaker_role or "")) for q in quotes]


def words(inside: str, methods: str = METHODS) -> list[str]:
    return [one for one, _, _ in found(inside, methods)]


def _read(body: str) -> tuple[Reading, RoleIndex]:
    reading = reading_of(article(body)).reading
    return reading, extract_roles(reading, STUDY)


# The six layouts


def test_set_apart_with_marks() -> None:
    inside = "<p>Nurses wait.</p><disp-quote><p>“We ring twice before lunch.” (Nurse 4)</p></disp-quote>"
    assert found(inside) == [("We ring twice before lunch.", "Nurse 4", "nurse")]


def test_set_apart_without_marks_or_tag() -> None:
    inside = "<p>One nurse explained:</p><disp-quote><p>Letters come late in the north.</p></disp-quote>"
    assert found(inside) == [("Letters come late in the north.", "One nurse", "nurse")]


def test_several_paragraphs_in_italics_each_with_its_speaker() -> None:
    inside = (
        "<disp-quote><p><italic>I ring the ward myself.</italic> Nurse 2 (North).</p>"
        "<p><italic>My sister drives me there.</italic> Patient 5 (South).</p></disp-quote>"
    )
    assert found(inside) == [
        ("I ring the ward myself.", "Nurse 2 (North)", "nurse"),
        ("My sister drives me there.", "Patient 5 (South)", "patient"),
    ]


def test_several_paragraphs_of_one_speaker() -> None:
    inside = (
        "<disp-quote><p>I ring the ward.</p><p>Then I wait for my turn.</p><attrib>Nurse, north</attrib></disp-quote>"
    )
    assert found(inside) == [("I ring the ward.\nThen I wait for my turn.", "Nurse, north", "nurse")]


def test_questions_and_answers() -> None:
    inside = (
        "<disp-quote><p>Interviewer: Who rings whom?</p><p>Nurse 3: I do, mostly.</p>"
        "<p>Interviewer: Every day?</p><p>Nurse 3: No, not on Mondays.</p></disp-quote>"
    )
    assert words(inside) == ["I do, mostly.", "No, not on Mondays."]


def test_turns_led_by_the_number_of_a_participant() -> None:
    inside = "<p>Some went on:</p><p>3: I wanted to get through it myself.</p><p>11: I think my son told me to.</p>"
    assert [(one, speaker) for one, speaker, _ in found(inside)] == [
        ("I wanted to get through it myself.", "3"),
        ("I think my son told me to.", "11"),
    ]


def test_narration_and_several_quotes_mixed() -> None:
    inside = (
        "<disp-quote><p><italic>“We ring twice.”</italic> A patient nodded and said: <italic>“I hear it ring.”</italic>"
        "</p></disp-quote>"
    )
    assert words(inside) == ["We ring twice.", "I hear it ring."]


def test_in_italics_without_marks_and_with_the_role_behind() -> None:
    inside = (
        "<p>Most nurses reported delays. <italic>I never know who has my letter</italic> (Nurse, ward 2). More.</p>"
    )
    assert found(inside) == [("I never know who has my letter", "Nurse, ward 2", "nurse")]


def test_a_paragraph_in_italics_with_a_speaker_whom_no_role_names() -> None:
    inside = (
        "<p><italic>We sit together and we share our fears</italic>. (Stallholder, north valley, second meeting).</p>"
    )
    assert found(inside) == [
        ("We sit together and we share our fears.", "Stallholder, north valley, second meeting", None)
    ]


@pytest.mark.parametrize(
    "cell",
    [
        "“I ring before lunch.” (Nurse 4)",
        "“I ring before lunch.” Nurse 4",
        "<italic>I ring before lunch.</italic> (Nurse 4)",
    ],
)
def test_only_in_tables(cell: str) -> None:
    inside = f"<p>See below.</p><table-wrap><table><tr><td>Calls</td><td>{cell}</td></tr></table></table-wrap>"
    assert found(inside) == [("I ring before lunch.", "Nurse 4", "nurse")]


def test_in_a_column_of_quotes_with_speakers_beside_them() -> None:
    table = (
        "<table-wrap><table><tr><td>Theme</td><td>Illustrative quotes</td><td>Who</td></tr>"
        '<tr><td rowspan="2">Calls</td><td>The ward was very slow on Mondays.</td><td>Nurse, site 2</td></tr>'
        "<tr><td>I ring before lunch.</td><td>Patient, site 1</td></tr></table></table-wrap>"
    )
    assert found(f"<p>See below.</p>{table}") == [
        ("The ward was very slow on Mondays.", "Nurse, site 2", "nurse"),
        ("I ring before lunch.", "Patient, site 1", "patient"),
    ]


def test_in_boxes() -> None:
    inside = (
        "<p>See below.</p><boxed-text><caption><title>Box 1 Voices</title></caption>"
        "<p>“I ring before lunch.” (Nurse 4)</p><p>“I wait for my letter.” (Patient 2)</p></boxed-text>"
    )
    assert [(one, role) for one, _, role in found(inside)] == [
        ("I ring before lunch.", "nurse"),
        ("I wait for my letter.", "patient"),
    ]


# Attributions


@pytest.mark.parametrize(
    "behind",
    ["<attrib>Patient, south</attrib>", "<p>— Patient, south</p>", "<p>(Patient, south)</p>", "<p>Patient, south</p>"],
)
def test_a_line_that_names_the_speaker_is_no_part_of_the_quote(behind: str) -> None:
    inside = f"<disp-quote><p>The letter came too late.</p>{behind}</disp-quote>"
    assert found(inside) == [("The letter came too late.", "Patient, south", "patient")]


def test_a_quotation_of_its_own_that_only_names_the_speaker() -> None:
    inside = (
        "<disp-quote><p><italic>The letter came too late and then I had no one to ask about it at all.</italic></p>"
        "</disp-quote><disp-quote><p>Female patient, wife of a farmer, south</p></disp-quote>"
    )
    assert found(inside) == [
        (
            "The letter came too late and then I had no one to ask about it at all.",
            "Female patient, wife of a farmer, south",
            "patient",
        )
    ]


def test_sex_and_age_describe_a_patient() -> None:
    inside = "<disp-quote><p>“I take my pills at night.” (Female, 61, arm B)</p></disp-quote>"
    assert found(inside) == [("I take my pills at night.", "Female, 61, arm B", "patient")]


def test_a_label_that_repeats_the_tag_is_no_part_of_the_quote() -> None:
    inside = "<disp-quote><p>WN: No, I never ring on Mondays. (WN 4)</p></disp-quote>"
    assert words(inside) == ["No, I never ring on Mondays."]


def test_general_words_before_a_quote_are_not_the_role_that_they_speak_about() -> None:
    inside = "<p>As for the nurses, one participant explained: “They have never told me anything.”</p>"
    assert found(inside) == [("They have never told me anything.", "one participant", None)]


def _apart(*quoted: str) -> str:
    return "".join(f"<p>Letters came late.</p><disp-quote><p>{said}</p></disp-quote>" for said in quoted)


SPOKEN = tuple(f"I never knew what my letter number {number} would be about." for number in range(4))


@pytest.mark.parametrize("said", ["Letters that lie in the hall bring bad news.", "100% of it is the late post."])
def test_what_is_set_apart_as_nearly_all_quotations_are(said: str) -> None:
    tag = "" if said.startswith("Letters") else " (Participant # 4)"
    assert words(_apart(*SPOKEN, said + tag)) == [*SPOKEN, said]
    assert words(_apart(*SPOKEN[:1], said)) == [*SPOKEN[:1]]


def test_company_makes_no_quotation_of_a_signature_or_a_report() -> None:
    report = "The nurses reported that letters came late in every town."
    assert words(_apart(*SPOKEN, "Female carer, wife of a postman, North Town", report)) == [*SPOKEN]


def test_numbers_without_a_role_mean_the_only_kind_of_participants() -> None:
    asked = "We interviewed 12 college students. Most of the participants were undergraduate students (9%) compared "
    asked += "to graduate students (3%). "
    methods = f"<p>{3 * asked}</p>"
    said = results("<p>“I never had my letter in time” (P7).</p>")
    reading = reading_of(article(f"<sec><title>Methods</title>{methods}</sec>{said}", abstract="")).reading
    roles = extract_roles(reading, STUDY)
    labels = {located.record.iri: located.record.label for located in roles.records if located.record.participant}
    (quote,) = extract_quotes(reading, STUDY, roles)[0]
    assert len(labels) > 1
    assert labels[quote.record.speaker_role or ""].endswith("student")


# What is no quote


@pytest.mark.parametrize(
    "inside",
    [
        '<p>Guidance says:</p><disp-quote><p>You must ring first <xref ref-type="bibr">3</xref>.</p></disp-quote>',
        "<disp-quote><p>Session 1: an introduction to the ward and its routines.</p></disp-quote>",
        "<p>Three themes emerged: <italic>Waiting for our letters</italic> and <italic>Ringing again</italic>.</p>",
        "<p><italic>Why we ring the ward:</italic> most nurses reported delays.</p>",
    ],
)
def test_what_is_set_apart_or_in_italics_and_is_no_speech(inside: str) -> None:
    assert words(inside) == []


def test_the_questions_of_an_interview_guide() -> None:
    table = (
        "<table-wrap><caption><title>Table 1 Interview questions</title></caption><table><tr><td>Calls</td>"
        "<td>“Can you tell me how you felt when you rang the ward?”</td></tr></table></table-wrap>"
    )
    assert words(f"<p>See below.</p>{table}") == []


def test_numbers_of_rows_are_no_speakers() -> None:
    table = (
        "<table-wrap><table><tr><td>A3. Letters</td><td>Sent to the ward in every session.</td></tr>"
        "<tr><td>A4. Calls</td><td>Made by the ward in every session.</td></tr></table></table-wrap>"
    )
    assert words(f"<p>See below.</p>{table}") == []


def test_a_saying_is_nobodys_quotation() -> None:
    said = "“We ring once and we wait twice, as my letters do”"
    assert words(f"<p>Nurses confirmed the Irish saying {said}.</p>") == []
    assert words(f"<p>One nurse confirmed it, saying: {said}.</p>") == [said.strip("“”")]


def test_pages_in_brackets_are_no_speakers() -> None:
    body = "<sec><title>Discussion</title><p>It was called “a slow opening of many doors” (p. 26) before.</p></sec>"
    reading, roles = _read(METHODS + results("<p>Nurses wait.</p>") + body)
    assert extract_quotes(reading, STUDY, roles)[0] == ()
