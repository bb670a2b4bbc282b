"""What stands around quotations: numbers in front, who speaks, columns of responses, and words that nobody said."""

import pytest

from tests.ingest.extract.test_quotes import quotes_of, said
from tests.ingest.extract.test_quotes_jats import found, words

ON = "Some went home. "


def test_a_turn_in_marks_ends_with_its_mark() -> None:
    inside = (
        '<p>All were cold. P4: "I ring the ward and nobody comes." the others felt lonely. P9: "I wait in the rain." '
        "Later many slept. P2: “My door is shut.” Most went home.</p>"
    )
    assert words(inside) == ["I ring the ward and nobody comes.", "I wait in the rain.", "My door is shut."]


def test_a_turn_in_marks_goes_on_where_marks_follow() -> None:
    inside = '<p>All were cold. P4: "I ring," and then "we wait for hours." Nobody came. P9: "I wait in the rain."</p>'
    assert "I wait in the rain." in words(inside)
    assert any(one.endswith("we wait for hours.") for one in words(inside))


@pytest.mark.parametrize("front", ["P11: ", "P11 said: ", "P11, "])
def test_a_number_in_front_of_words_in_marks_names_who_speaks(front: str) -> None:
    inside = f"<p>The stairs were wet and many fell. {front}“I never take the stairs when it rains.”</p>"
    assert [(one, speaker) for one, speaker, _ in found(inside)] == [("I never take the stairs when it rains.", "P11")]


def test_a_number_in_parts_signs_a_line_that_is_set_apart() -> None:
    lines = ["“I ring the ward myself” 4-6.", "“We wait in the rain” 3-5."]
    inside = f"<disp-quote>{''.join(f'<p>{line}</p>' for line in lines)}</disp-quote>"
    assert [(one, speaker) for one, speaker, _ in found(inside)] == [
        ("I ring the ward myself", "4-6"),
        ("We wait in the rain", "3-5"),
    ]


def test_the_words_of_one_person_behind_a_colon_end_with_the_paragraph() -> None:
    spoken = "I ring them every day. You know, I never get through to anybody."
    text = f"{ON}For instance, one nurse stated: {spoken}\n\nOthers left early."
    assert said(text) == [spoken]


@pytest.mark.parametrize(
    "paragraph",
    [
        "One nurse stated: letters are late. I think that you know.",
        "One nurse stated: I ring them, you know. Most nurses reported that they did so too.",
        "The nurses had three tasks: We list them below, and you can see them in Table 2.",
    ],
)
def test_no_words_of_one_person_behind_a_colon(paragraph: str) -> None:
    assert said(f"{ON}{paragraph}\n\nOthers left early.") == []


def test_columns_of_sample_responses() -> None:
    rows = [("Responses indicating haste", "Responses indicating calm")]
    rows += [("I just want it done, you know.", "I like to take my time with them.")]
    rows += [("All day I run from door to door.", "It is as if my day is never full.")]
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    table = f"<table-wrap><caption><p>Sample responses by group</p></caption><table>{cells}</table></table-wrap>"
    assert sorted(words(table)) == sorted(cell for row in rows[1:] for cell in row)


@pytest.mark.parametrize(
    "sentence",
    [
        "Therefore we strengthened the text by adding ‘there is no right way to climb the stairs. It is up to you.’",
        "The draft was revised to address this by stating “You may ring us and we will come to you.”",
        "Many patients used old idioms, including “Who climbs must fall.” and “If you don’t fall, you will rise.”",
        "One patient described how her limp had been put down to age and to what was known as ‘stair problems’.",
        "We put a box around the ‘nine steps’ and wrote a word, and we moved the box as ‘new’ to the front.",
    ],
)
def test_words_that_nobody_said(sentence: str) -> None:
    assert words(f"<p>The stairs were wet. {sentence}</p>") == []


def test_a_straight_mark_that_opens_ends_a_possessive() -> None:
    assert words("<p>We moved the '3 steps' box to the front. Later it was called 'new' by us.</p>") == []


def test_what_somebody_talks_about_does_not_speak() -> None:
    inside = "<p>The third one, in her forties, had this to say about her nurse: “She never rings me, you know.”</p>"
    assert [role for _, _, role in found(inside)] == [None]


def test_a_quotation_before_tells_nothing_of_who_speaks_next() -> None:
    first = "We ring, and the nurses say that they could come."
    apart = "".join(f"<disp-quote><p>{one}</p></disp-quote>" for one in (first, "I wait here, you know."))
    inside = f"<p>See below.</p>{apart}"
    assert ("I wait here, you know.", None, None) in found(inside)


def test_what_somebody_quotes_at_the_end_is_part_of_what_is_set_apart() -> None:
    told = "It is weighing the one against the other. They have claims on us, like, look! “This door has to be shut!”"
    inside = f"<disp-quote><p>{told} (Nurse 6)</p></disp-quote>"
    assert found(inside) == [(told, "Nurse 6", "nurse")]


def test_small_numbers_behind_closing_marks_sign_quotations() -> None:
    numbers = (31, 6, 2, 7, 12, 4, 9, 15)
    lines = [f"“The stairs were wet on the day when we came in by number {number}” ({number})." for number in numbers]
    text = "Some went home.\n\n" + "\n\n".join(lines) + "\n\nOthers left early."
    assert [quote.speaker for quote in quotes_of(text)] == [str(number) for number in numbers]
    few = "\n\n".join(["Some went home.", *lines[:3], "Others left early."])
    assert [quote.speaker for quote in quotes_of(few)] == [None] * 3


def test_a_number_before_how_it_was_put() -> None:
    inside = "<p>The stairs were hard to climb or, as P6 put it, “an absolute mess”, and many fell.</p>"
    assert [(one, speaker) for one, speaker, _ in found(inside)] == [("an absolute mess", "P6")]


def test_all_before_a_tag_with_sex_and_age_in_a_cell_is_speech() -> None:
    told = [
        "It felt very high up there (Participant F, male, age 50)",
        "[Men are] a lot slower than women on these stairs. Just stairs was a big thing (Participant E, male, age 50).",
        "The way I put it to them is, ‘Just climb and you will see’ (Participant M, male, age 48)",
    ]
    rows = f"<tr><td>Stairs</td><td>Quotes</td></tr><tr><td>Steep, wet</td><td>{' '.join(told)}</td></tr>"
    table = f"<table-wrap><caption><p>Themes and illustrative quotes</p></caption><table>{rows}</table></table-wrap>"
    assert words(table) == [one.split(" (Part")[0] for one in told]


def test_letters_behind_closing_marks_sign_quotations() -> None:
    lines = [f"• “Noise in number {number} is quite bad all day.” ({letter})" for number, letter in enumerate("QABOD")]
    text = "Some went home. Many told of noise:\n\n" + "\n".join(lines) + "\n\nOthers left early."
    assert [quote.speaker for quote in quotes_of(text)] == list("QABOD")


@pytest.mark.parametrize(
    "inside",
    [
        "<p>The review concluded that “wards that ring their nurses twice a day lose fewer of their letters”.</p>",
        "<p>The NIHWT concluded that “wards that ring their nurses twice a day lose fewer letters of patients”.</p>",
        "<p>The form was shortened for nurses, replacing “try to work out how often you rang” with other words.</p>",
        "<p>The recall period was described to nurses as “over all of the last month” in the end.</p>",
    ],
)
def test_what_a_document_states_or_a_form_says_is_no_quotation(inside: str) -> None:
    assert words(inside) == []


def test_what_nurses_hold_with_an_example_of_it() -> None:
    inside = "<p>Nurses wrote letters, holding beliefs such as: “That’s what the ward is waiting for”.</p>"
    assert words(inside) == ["That’s what the ward is waiting for"]


def test_examples_in_the_discussion_of_a_paper_that_quotes_nobody() -> None:
    said = "<sec><title>Discussion</title><p>As one nurse said, “I ring the ward twice before lunch”{tag}.</p></sec>"
    assert words("<p>Letters were lost.</p></sec>" + said.format(tag="").removesuffix("</sec>")) == []
    assert len(words("<p>Letters were lost.</p></sec>" + said.format(tag=" (Nurse 3)").removesuffix("</sec>"))) == 1
    quoted = "<p>One nurse said, “I wait for the letters at noon”.</p></sec>"
    assert len(words(quoted + said.format(tag="").removesuffix("</sec>"))) == 2


@pytest.mark.parametrize(
    ("lead", "speaker"),
    [
        ("Parcels are heavy, in the words of one of the respondents:", "one of the respondents"),
        ("The words of one respondent were plain:", "one respondent"),
    ],
)
def test_whose_words_come_next(lead: str, speaker: str) -> None:
    inside = f"<p>Respondents reported that parcels come late. {lead} “I carry them myself, and I never ask.”</p>"
    assert [(words, who) for words, who, _ in found(inside)] == [("I carry them myself, and I never ask.", speaker)]


def test_places_behind_a_dash_sign_where_they_come_again() -> None:
    tags = ["North County", "Upper Marsh", "North County"]
    spoken = ["I carry them myself.", "We never ask, you know.", "Parcels come and go."]
    inside = "".join(f"<p>“{said}” —{tag}</p>" for said, tag in zip(spoken, tags, strict=True))
    assert [(words, who) for words, who, _ in found(inside)] == list(zip(spoken, tags, strict=True))


def test_numbers_of_specimens_sign_no_speech() -> None:
    rows = ["Pinus nigra (L.) Mill. ex K. (AB01)", "Ulmus minor (L.) R. (AB02)", "Salix alba L. (AB03)"]
    cells = "".join(f"<tr><td>{row}</td><td>Leaf</td></tr>" for row in rows)
    inside = f"<table-wrap><caption><title>Trees of nurses</title></caption><table>{cells}</table></table-wrap>"
    assert words(inside) == []


def test_entries_of_a_list_of_references_are_no_speech() -> None:
    entry = "SMITH, T. I., POOL, I. &amp; REED, A. 2011. Parcels in winter. Parcel Monitor, 20."
    inside = f"<disp-quote><p>{entry}</p></disp-quote>"
    assert words(inside) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Nurses told of reasons: the old (“I don’t think that I need it”; OR = 2.1, p = 0.01) and the young.",
        "No difference was observed by nurses in the subscales of “trouble in lifting all of the parcels”.",
    ],
)
def test_answers_and_scales_are_no_speech(sentence: str) -> None:
    assert words(f"<p>{sentence}</p>") == []


def test_reasons_are_given_in_words_of_those_who_have_them() -> None:
    inside = "<p>Those who waited gave reasons such as “I was not sure of my own hands” and rain.</p>"
    assert words(inside) == ["I was not sure of my own hands"]
