"""Speakers told by codes, behind dashes and between quotations that share a cell; quotations behind an introduction."""

from ingest.extract.quotes.extraction import extract_quotes
from ingest.extract.roles.extraction import extract_roles
from tests.ingest.extract.test_quotes import said
from tests.ingest.extract.test_quotes_jats import METHODS, found, words
from tests.ingest.extract.test_quotes_tags import tags
from tests.ingest.jats_text import article, reading_of, results

TWO_GROUPS = (
    "<sec><title>Methods</title><p>We interviewed community members (CM) and community leaders (CL) of two "
    "towns.</p></sec>"
)


def apart(*paragraphs: str) -> str:
    return "<p>They waited.</p>" + "".join(f"<disp-quote><p>{words}</p></disp-quote>" for words in paragraphs)


def test_a_code_without_brackets_names_speaker_and_role() -> None:
    inside = apart("I ring twice… and nobody comes… FGD-NORTH-CM-M-03", "We told the ward [twice]. IDI-SOUTH-CL-05")
    assert found(inside, TWO_GROUPS) == [
        ("I ring twice… and nobody comes…", "FGD-NORTH-CM-M-03", "community member"),
        ("We told the ward [twice].", "IDI-SOUTH-CL-05", "community leader"),
    ]


def test_what_looks_like_a_code_names_nobody() -> None:
    assert tags("We were tested. SARS-COV-2 came. HLA-DR-X was not. I left.") == []


def test_a_bracket_behind_a_dash() -> None:
    inside = apart("<italic>“We wait for days”-</italic> [nurse].", '" I drive there myself "- [patient].')
    assert found(inside) == [("We wait for days", "nurse", "nurse"), ("I drive there myself", "patient", "patient")]


def test_two_quotations_set_apart_with_straight_marks_stay_two() -> None:
    inside = '<disp-quote><p>" We ring the ward "- [nurse].</p><p>"I ring my son"- [patient].</p></disp-quote>'
    assert words(inside) == ["We ring the ward", "I ring my son"]


def test_straight_marks_within_marks_that_end_curly() -> None:
    assert words(apart('"They gave me a "red slip" (a letter), which I kept” [patient].')) == [
        'They gave me a "red slip" (a letter), which I kept'
    ]


def test_what_the_interviewer_asks_is_no_quote() -> None:
    assert words(apart("“Did you ring them?” [interviewer]", "“No, I never did.” [patient]")) == ["No, I never did."]


def test_quotations_in_italics_that_share_a_cell() -> None:
    cell = (
        "<bold>i. Waiting</bold><italic>The letters are late.</italic> –Patient, North <italic>They think that nobody "
        "reads “the red slip.”</italic> –Nurse, South<break/><bold>ii. Calling</bold> <italic>Nobody answers the "
        "bell.</italic> –Nurse, North"
    )
    table = f"<table-wrap><caption><p>What they said</p></caption><table><tr><td>{cell}</td></tr></table></table-wrap>"
    assert found(table) == [
        ("The letters are late.", "Patient, North", "patient"),
        ("They think that nobody reads “the red slip.”", "Nurse, South", "nurse"),
        ("Nobody answers the bell.", "Nurse, North", "nurse"),
    ]


def test_a_series_of_numbers_that_signs_quotations_signs_all_of_them() -> None:
    inside = apart(
        "I ring them. (R1)", "I ring my son. (R2)", "My son drives me. (R7)", "I like to choose by myself (R12)."
    )
    assert words(inside) == ["I ring them.", "I ring my son.", "My son drives me.", "I like to choose by myself"]


def test_numbers_with_a_hash() -> None:
    assert tags("I left it there. (RD#2) “They came by.” (SI#26 from the second group)") == [
        "RD#2",
        "SI#26 from the second group",
    ]


def test_a_role_behind_closing_marks_needs_no_end_of_sentence() -> None:
    inside = "<p>They said: “we never see the letters at all” (nurse in the north (Hill)) and went on.</p>"
    assert found(inside) == [("we never see the letters at all", "nurse in the north (Hill)", "nurse")]


def test_plain_text_behind_an_introduction() -> None:
    body = "Letters were valued for the bond with the ward they gave: The bag is full of them. Nobody reads it. [DN]\n"
    assert said(body) == ["The bag is full of them. Nobody reads it."]


def test_plain_text_behind_a_verb_of_saying_and_a_comma() -> None:
    body = "The ward is far from the town. As one DN explains, Every road ends here. So we wait most days. [DN]\n"
    assert said(body) == ["Every road ends here. So we wait most days."]


def test_plain_text_behind_an_introduction_that_is_reported_again_is_left_to_the_other_rules() -> None:
    body = (
        "One DN explained: I wait for them. Most participants in this study reported other waits. I drive there "
        "myself. [DN]\n"
    )
    assert said(body)[-1] == "I drive there myself."


def test_a_tag_that_tells_an_illness_is_a_patients() -> None:
    inside = apart(
        "I bake bread. (Woman with asthma, 48 years old)", "I ring them. (Woman with two children, 30 years)"
    )
    methods = "<sec><title>Methods</title><p>We interviewed ten nurses, six carers and eight patients.</p></sec>"
    assert [role for _, _, role in found(inside, methods)] != ["patient", "child"]
    assert found(inside, methods)[0][2] == "patient"


def test_letters_that_stand_for_a_profession_name_nobody_else() -> None:
    patients = "<sec><title>Methods</title><p>We interviewed ten patients. A nurse called them.</p></sec>"
    inside = apart("I ring my son. (P1)", "I bake for them. (P2)", "We listen to them first. (RN 2)")
    assert [role for _, _, role in found(inside, patients)] == ["patient", "patient", "nurse"]


def test_initials_of_those_who_took_part() -> None:
    methods = "<sec><title>Methods</title><p>We interviewed ten nurses and eight village heads.</p></sec>"
    assert [role for _, _, role in found(apart("We open the gate. (VH3)"), methods)] == ["village head"]


def test_who_is_counted_in_a_long_quotation_of_a_table_took_no_part() -> None:
    told = "They ring me and I ring them, and we never meet. " * 8
    cell = f"“{told}Then I saw two doctors who said other things.” “I bake bread for them all.”"
    table = f"<table-wrap><caption><p>Table 2 Quotes</p></caption><table><tr><td>{cell}</td></tr></table></table-wrap>"
    methods = "<sec><title>Methods</title><p>We interviewed ten nurses.</p></sec>"
    assert {role for _, _, role in found(table, methods)} == {"nurse"}


def test_marked_cells_among_quotations_are_quotations_too() -> None:
    told = (
        "• “I ring them all the time, you know.” • “I don’t ring, you know, I just write to my son.”",
        "“I really don’t know why I drive there myself, you know.”",
    )
    rows = "".join(f"<tr><td>{n}. Bells</td><td>{cell}</td></tr>" for n, cell in enumerate(told, 1))
    rows += "<tr><td>3. Letters</td><td>“Slips came late [in spring].”</td></tr>"
    table = f"<table-wrap><caption><p>Table 2 What keeps them</p></caption><table>{rows}</table></table-wrap>"
    assert words(table)[-1] == "Slips came late [in spring]."


def test_marks_around_all_that_is_set_apart() -> None:
    assert words(apart("“The bell of the ward rings twice before the doctors come.”")) == [
        "The bell of the ward rings twice before the doctors come."
    ]


def test_a_question_that_a_participant_asks_when_asked() -> None:
    inside = "<p>One patient of the ward stated when asked about bells, “we are deaf, so how can we hear it?”</p>"
    assert words(inside) == ["we are deaf, so how can we hear it?"]


def test_what_a_form_holds_is_nobodys_words() -> None:
    inside = "<p>One nurse showed the consent form (version 1.0), which held what it stated, “you will get tea”.</p>"
    assert words(inside) == []


def table(*rows: tuple[str, ...]) -> str:
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table-wrap><caption><p>Table 2 Sample</p></caption><table>{cells}</table></table-wrap>"


def test_rows_of_numbers_are_no_turns_of_a_talk() -> None:
    assert words(table(("Male: female (%)", "40: 60"), ("Surgical (n: 45)", "(F: 25, M: 20)"))) == []
    assert words(table(("C18: 2n-6 Linoleic acid of seeds", "4"), ("C20: 4n-6 Other acid of seeds", "2"))) == []


def test_terms_with_a_short_form_behind_them_are_no_quotations() -> None:
    assert words("<p>They planned by “implementation intentions” (MI2) and went on.</p>") == []


def test_arms_of_a_trial_say_nothing() -> None:
    inside = "<p>Nurses saw them. We drew lots for care (Group 1), for visits (Group 2) and for letters. (Group 3)</p>"
    assert words(inside) == []


def test_a_correction_holds_no_quotations() -> None:
    told = "<p>One nurse said: “I ring them all the time.”</p>"
    title = "<title-group><article-title>{}: who calls whom</article-title></title-group>"
    for kind, expected in (("Erratum to", 0), ("Correction officers", 1)):
        front = f"<article-meta>{title.format(kind)}</article-meta>"
        reading = reading_of(article(METHODS + results(told), front=front)).reading
        assert len(extract_quotes(reading, "study", extract_roles(reading, "study"))[0]) == expected


def test_marked_quotations_in_one_stretch_of_italics_stay_apart() -> None:
    cell = (
        "<italic>What pupils said of it “I never wait because you know how long it is” (Girl, School 7) “I wait "
        "because the bell rings late for us” (Boy, School 9)</italic>"
    )
    assert words(table((cell, "12")))[-2:] == [
        "I never wait because you know how long it is",
        "I wait because the bell rings late for us",
    ]


def test_a_pseudonym_in_marks_begins_a_tag() -> None:
    inside = apart(
        "I sell what I bake [“Ann,” 30 years, Women's FGD#3, North].",
        "We ring them every day [“Bob,” Key Informant, North].",
    )
    assert found(inside, METHODS.replace("ten nurses and ", "")) == [
        ("I sell what I bake", "“Ann,” 30 years, Women's FGD#3, North", "patient"),
        ("We ring them every day", "“Bob,” Key Informant, North", None),
    ]


def test_a_father_is_no_mother() -> None:
    methods = "<sec><title>Methods</title><p>We interviewed eight mothers.</p></sec>"
    inside = apart("I ring my son. (20 year-old mother)", "I drive them there. (21 year-old father)")
    assert [role for _, _, role in found(inside, methods)] == ["mother", "father"]
