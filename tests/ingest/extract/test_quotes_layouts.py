"""Speakers and bounds in layouts that papers use beside the common ones: rows, commas, brackets before the words."""

import pytest

from tests.ingest.extract.test_quotes_jats import found, words


def rows(*lines: tuple[str, str], heads: tuple[str, str] = ("Participant", "Illustrative quotation")) -> str:
    head = "".join(f"<th>{cell}</th>" for cell in heads)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in line)}</tr>" for line in lines)
    return (
        "<table-wrap><caption><p>What they said</p></caption>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></table-wrap>"
    )


def test_the_first_cell_of_a_row_signs_the_quotation_beside_it() -> None:
    inside = rows(("Nurse 3", "“I ring the ward twice.”"), ("Patient 5", "“They never ring me back.”"))
    assert found(inside) == [
        ("I ring the ward twice.", "Nurse 3", "nurse"),
        ("They never ring me back.", "Patient 5", "patient"),
    ]


def test_one_word_in_marks_within_a_cell_is_no_quotation_of_its_own() -> None:
    inside = rows(("Nurse 3", "I ask them for the “why” behind it, and I think that helps me."))
    assert words(inside) == ["I ask them for the “why” behind it, and I think that helps me."]


@pytest.mark.parametrize("tag", ["Nurse 3", "P3", "Nurse 3, north"])
def test_a_speaker_behind_a_comma_at_the_end(tag: str) -> None:
    inside = f"<p>Letters came late. “I ring the ward twice before lunch”, {tag}.</p>"
    assert [(one, speaker) for one, speaker, _ in found(inside)] == [("I ring the ward twice before lunch", tag)]


def test_a_number_in_brackets_between_who_it_is_and_what_was_said() -> None:
    inside = "<p>One nurse (N6, rural) said: “I ring the ward twice before lunch.” Others wrote.</p>"
    assert found(inside) == [("I ring the ward twice before lunch.", "N6, rural", "nurse")]


def test_what_a_bracket_tells_of_a_thing_is_no_speaker() -> None:
    inside = "<p>One nurse said of the ward (W6) next door: “I ring them twice before lunch.” Others wrote.</p>"
    assert [speaker for _, speaker, _ in found(inside)] == ["One nurse"]


def test_an_introduced_paragraph_that_narrates_holds_a_quotation_and_is_none() -> None:
    inside = (
        "<p>Two of them disagreed on letters:</p>"
        "<p>One of the nurses then told us: “I ring the ward twice before lunch.” This was heard elsewhere too.</p>"
    )
    assert words(inside) == ["I ring the ward twice before lunch."]


def test_speech_in_italics_that_ends_with_the_words_of_somebody_else() -> None:
    inside = (
        "<p>They were careful:</p><p><italic>We cannot ask too much of them. If they feel that we meddle, they say: "
        "“Oh, I do not want you to come here any more”</italic> (P1).</p>"
    )
    assert [(one, speaker) for one, speaker, _ in found(inside)] == [
        (
            "We cannot ask too much of them. If they feel that we meddle, they say: "
            "“Oh, I do not want you to come here any more”",
            "P1",
        )
    ]


def test_a_role_at_the_end_of_a_quotation_does_not_explain_the_number_that_signs_it() -> None:
    inside = (
        "<p>They said:</p><p><italic>I was surprised by what I heard from the patients</italic> (P8).</p>"
        "<p>And:</p><p><italic>We have more to give to them now</italic> (P1).</p>"
    )
    assert "patient" not in [role for _, _, role in found(inside)]


def test_a_range_or_a_bracket_within_a_sentence_explains_letters() -> None:
    methods = "<sec><title>Methods</title><p>We interviewed ten nurses (K1-K10) and eight patients.</p></sec>"
    inside = "<p>They said:</p><p>“We have more to give to them now” (K1).</p>"
    assert [role for _, _, role in found(inside, methods)] == ["nurse"]


def test_letters_with_a_number_in_parts_sign_quotations() -> None:
    inside = "".join(
        f"<p>And so:</p><disp-quote><p>{said} (KI{number}).</p></disp-quote>"
        for said, number in (
            ("I ring the ward twice before lunch", "1-4"),
            ("They never ring me back when I ask", "2-14"),
            ("I get my letters at the wrong house", "1-5"),
        )
    )
    assert [(one[-5:], speaker) for one, speaker, _ in found(inside)] == [
        ("lunch", "KI1-4"),
        ("I ask", "KI2-14"),
        ("house", "KI1-5"),
    ]


def test_one_range_in_brackets_signs_nothing() -> None:
    inside = "<p>We met nurses:</p><disp-quote><p>I ring the ward twice before lunch (KI1-4).</p></disp-quote>"
    assert "KI1-4" not in [speaker for _, speaker, _ in found(inside)]
