"""What participants said: found in the layouts that papers use, with exact bounds and the speaker's role."""

import pytest

from ingest.extract.context import Located, Refusal, RoleIndex
from ingest.extract.quotes.extraction import extract_quotes
from ingest.extract.roles.extraction import extract_roles
from ingest.readers import read
from ingest.reading import Reading
from ontology.identity import mint
from ontology.model import Quote

HEAD = """Who answers the phone: an interview study

METHODS

We interviewed 9 district nurses (DNs) and 6 ward clerks.

RESULTS

"""


def read_text(text: str) -> tuple[Reading, RoleIndex]:
    reading = read(text.encode(), "phones.txt").reading
    return reading, extract_roles(reading, "study")


def quotes_of(body: str, head: str = HEAD) -> list[Quote]:
    reading, roles = read_text(head + body)
    return [located.record for located in extract_quotes(reading, "study", roles)[0]]


def refusals_of(body: str, head: str = HEAD) -> dict[str, str]:
    reading, roles = read_text(head + body)
    return {refusal.words: refusal.reason for refusal in extract_quotes(reading, "study", roles)[1]}


def said(body: str, head: str = HEAD) -> list[str]:
    return [quote.exact for quote in quotes_of(body, head)]


def speakers(body: str, head: str = HEAD) -> list[tuple[str | None, list[str]]]:
    reading, roles = read_text(head + body)
    labels = {located.record.iri: located.record.label for located in roles.records}
    found = extract_quotes(reading, "study", roles)[0]
    return [(q.record.speaker, [labels[iri] for iri in q.record.speaker_roles]) for q in found]


def test_a_block_with_a_tag() -> None:
    body = "DNs had to wait. One DN explained:\n\nI ring at eight and nobody picks up. So I drive there. [DN]\n\nYes."
    (quote,) = quotes_of(body)
    assert quote.exact == "I ring at eight and nobody picks up. So I drive there."
    assert quote.quote_kind == "block"
    assert speakers(body) == [("DN", ["district nurse"])]


def test_an_editors_bracket_at_the_end_is_no_tag() -> None:
    body = "One DN said:\n\n… [clerks] never ring back, so we ask each other [DNs and clerks]. [DN]\n\nNobody rang."
    assert said(body) == ["… [clerks] never ring back, so we ask each other [DNs and clerks]."]


def test_speech_of_others_within_a_quotation_is_not_another_one() -> None:
    body = "One DN said:\n\nThe clerk goes, ‘You must ring again’, and I said, ‘I have rung you twice’. [DN]\n\nYes."
    assert said(body) == ["The clerk goes, ‘You must ring again’, and I said, ‘I have rung you twice’."]


def test_a_missing_closing_mark_and_full_stop() -> None:
    body = "One DN said:\n\nSo I tell them, ‘That is your part of it, if you rang [DN]\n\nOne clerk disagreed."
    assert said(body) == ["So I tell them, ‘That is your part of it, if you rang"]


def test_several_quotations_in_one_block_each_with_its_tag() -> None:
    body = (
        "Clerks were asked to ring back.\n\nWe never have the time to do it, really. C12 (north). "
        "I would do it if you gave me a list. C7 (south).\n\nNobody did."
    )
    assert said(body) == ["We never have the time to do it, really.", "I would do it if you gave me a list."]
    assert [name for name, _ in speakers(body)] == ["C12 (north)", "C7 (south)"]


def test_a_paragraph_that_extraction_glued_to_its_quotation() -> None:
    body = "Clerks felt that DNs ring too often.You can't put the phone down before it rings again. (Clerk, site 2)"
    assert said(body) == ["You can't put the phone down before it rings again."]


def test_marks_and_a_role_behind() -> None:
    body = "Lists were wanted. “Give me one list, that’s all I ask”. (Ward clerk) Nobody had one."
    (quote,) = quotes_of(body)
    assert (quote.exact, quote.quote_kind) == ("Give me one list, that’s all I ask", "inline")
    assert speakers(body) == [("Ward clerk", ["ward clerk"])]


def test_marks_and_the_speaker_in_front() -> None:
    body = "As one ward clerk put it, “We are the last to hear of it.” Another said: “Nobody asks us what we think.”"
    assert said(body) == ["We are the last to hear of it.", "Nobody asks us what we think."]
    assert speakers(body) == [("one ward clerk", ["ward clerk"]), ("Another", ["ward clerk"])]


def test_the_speaker_behind() -> None:
    body = "“We just guess who is on the ward,” said one district nurse, and others nodded."
    assert speakers(body) == [("district nurse", ["district nurse"])]


def test_two_quotations_joined_by_and() -> None:
    body = "As two of them commented, “We ring more often now” and “Yes, we really do ring each other.” They smiled."
    assert said(body) == ["We ring more often now", "Yes, we really do ring each other."]


def test_turns_of_an_interview_leave_out_the_questions() -> None:
    body = (
        "One participant described the ward.\n\nQ: Do you ring them?\n\nA: I used to. I don’t ring them any more.\n\n"
        "Q: Why is that?\n\nA: Because nobody knows who I am. (Participant 4, 50–59 years old)\n\nOthers agreed."
    )
    assert said(body) == ["I used to. I don’t ring them any more.", "Because nobody knows who I am."]
    assert {name for name, _ in speakers(body)} == {"Participant 4, 50–59 years old"}


def test_an_answer_in_a_block_of_its_own() -> None:
    body = "They liked it.\n\nResearcher: What did you miss?\n\nParticipant: I missed the bell, I think.\n\nOthers did."
    assert said(body) == ["I missed the bell, I think."]


def test_flat_words_signed_with_sex_and_age() -> None:
    body = "Fears were named.\n\nThe wards are louder when the moon is full (retired male, 70 years).\n\nOthers agreed."
    assert said(body) == ["The wards are louder when the moon is full"]
    told = (
        "Fears were named.\n\nParticipants reported that wards are louder (retired male, 70 years).\n\nOthers agreed."
    )
    assert said(told) == []


def test_a_tag_of_unknown_letters_takes_no_role_from_the_words_before() -> None:
    body = (
        "One DN told us about it. They ring at eight:\n\nI can’t ring anybody from here. —QRX, Northtown (first group)"
    )
    assert speakers(body) == [("QRX, Northtown (first group)", [])]


def test_a_block_without_marks_or_tag_behind_a_colon() -> None:
    body = "One clerk explained it like this:\n\nWell, you know, I can’t be everywhere, so I don’t pick it up.\n\nYes."
    assert said(body) == ["Well, you know, I can’t be everywhere, so I don’t pick it up."]


def test_unmarked_words_within_a_paragraph_are_found_back_from_their_number() -> None:
    body = (
        "Most participants reported that rings went unheard. I couldn’t hear a thing in my room (1021). Some also "
        "described being sent elsewhere: it made me walk three wards (1007). Others told of letters. I wrote them one "
        "and I never heard from them (1033). Nobody read these. My letter is still on my desk (1021)."
    )
    assert said(body) == [
        "I couldn’t hear a thing in my room",
        "it made me walk three wards",
        "I wrote them one and I never heard from them",
        "My letter is still on my desk",
    ]


def test_a_few_words_of_one_person() -> None:
    body = "One DN described herself as the “spare” one on such days. One clerk noted that it was “really a mess now”."
    assert said(body) == ["spare", "really a mess now"]


def test_a_stance_that_goes_on_from_a_report() -> None:
    body = "Several DNs and clerks noted that rings come at night. Such rings should be “planned for” by both."
    assert said(body) == ["planned for"]


def test_first_names_behind_quotations() -> None:
    body = (
        "They waited. “I waited for an hour.” [Anna] They left. “I left at ten.” [Berta]\n\n"
        "Nobody came.\n\nI think they forgot me. [Clara]"
    )
    assert [name for name, _ in speakers(body)] == ["Anna", "Berta", "Clara"]


def test_a_line_that_names_the_speaker_of_the_block_before() -> None:
    body = (
        "Clerks were tired of it. One of them explained:\n\nIt rings and rings and you can’t even finish your tea, so "
        "I let it ring.\n\n— Ward clerk, site 3\n\nDNs knew that well, and they rang again."
    )
    assert speakers(body) == [("Ward clerk, site 3", ["ward clerk"])]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("The code “missed rings” captured all of it.", "term"),
        ("Clerks ticked “I would ring back” (n = 12, 40%).", "questionnaire"),
        ("Earlier authors note that “nobody rings back unless asked to” [12].", "reference"),
        ("Most DNs (n = 14; 60%) found the list “useful” and kept it.", "what many said"),
        ("The list is called “One Ring For All”, and clerks said so.", "name of a theme"),
        ("The “spare” phone was kept. One DN said so.", "not ascribed"),
    ],
)
def test_marked_words_that_nobody_said(body: str, reason: str) -> None:
    assert said(body) == []
    assert any(reason in why for why in refusals_of(body).values()), refusals_of(body)


def test_questions_of_the_interview_are_no_quotations() -> None:
    body = "Typical questions were: “How do you ring the ward?” and “How is it for you to wait?”\n\nRESULTS\n\nNone."
    assert said(body, "Phones\n\nMETHODS\n\n") == []


def test_the_name_of_a_theme_is_no_quotation() -> None:
    body = "Ringing in vain\n\nThe theme was large. One DN spoke of “ringing in vain” as well."
    head = HEAD.replace("RESULTS\n\n", "RESULTS\n\nTheme 1: ringing in vain\n\n")
    assert "ringing in vain" not in said(body, head)


def test_references_hold_no_quotations() -> None:
    body = "Nothing.\n\nReferences\n\n1. Ring A. “I ring, you ring, we ring.” Phones 2011;3:4–5.\n"
    assert said(body) == []


def test_slots_are_the_stored_words() -> None:
    text = (
        HEAD
        + "DNs wait. One DN explained:\n\nI ring at eight and no-\nbody picks up. So I\ndrive there. [DN]\n\nDNs left."
    )
    reading, roles = read_text(text)
    (located,) = extract_quotes(reading, "study", roles)[0]
    quote = located.record
    assert (
        quote.exact
        == reading.stored[quote.start : quote.end]
        == "I ring at eight and no-\nbody picks up. So I\ndrive there."
    )
    assert quote.reading == "I ring at eight and nobody picks up. So I drive there."
    assert quote.prefix == reading.stored[quote.start - 32 : quote.start]
    assert quote.suffix == reading.stored[quote.end : quote.end + 32]
    assert quote.iri == mint("Quote", reading.document, str(quote.start), str(quote.end))
    assert quote.document == reading.document
    assert quote.study == "study"
    assert quote.score is not None
    assert 0.5 <= quote.score <= 1
    assert reading.text[located.start : located.end] == quote.reading


def test_every_passage_holds_its_words() -> None:
    body = "One DN said:\n\nI ring, and then I ring again, and I can’t wait. [DN]\n\nAs one clerk put it, “We hear it.”"
    reading, roles = read_text(HEAD + body)
    for located in extract_quotes(reading, "study", roles)[0]:
        assert located.record.exact == "\n".join(span.exact for span in located.record.spans)
        for span in located.record.spans:
            assert reading.stored[span.start : span.end] == span.exact


def test_the_same_text_gives_the_same_quotations() -> None:
    body = "One DN said:\n\nI ring and I wait, you know. [DN]\n\nAs one clerk put it, “We hear it.”"

    def run() -> tuple[tuple[Located[Quote], ...], tuple[Refusal, ...]]:
        reading, roles = read_text(HEAD + body)
        return extract_quotes(reading, "study", roles)

    assert run() == run()


def test_all_groups_speak_where_the_text_says_so() -> None:
    head = HEAD.replace(
        "We interviewed 9 district nurses (DNs) and 6 ward clerks.",
        "We interviewed 8 health professionals (3 GPs and 5 midwives).",
    )
    body = (
        "Health professionals of both kinds noted that rings come late. Rings should be “counted by hand” from now on."
    )
    ((_, roles),) = speakers(body, head)
    assert sorted(roles) == ["general practitioner", "midwife"]


def test_no_role_where_the_text_does_not_say() -> None:
    body = "Waiting was common: “You just sit there and you wait for it to ring.” Then it stopped."
    assert speakers(body) == [(None, [])]


def test_where_only_one_role_took_part_it_speaks() -> None:
    head = HEAD.replace("9 district nurses (DNs) and 6 ward clerks", "9 ward clerks")
    body = "Waiting was common: “You just sit there and you wait for it to ring.” (P4) Then it stopped."
    assert speakers(body, head) == [("P4", ["ward clerk"])]


def test_numbers_whose_letters_the_paper_explains() -> None:
    head = HEAD.replace(
        "RESULTS", "Quotations are signed with N referring to a district nurse and W to a ward clerk.\n\nRESULTS"
    )
    body = "It rang. ‘I couldn’t find my phone at all’ (N3) and ‘we just let it ring’ (W11). Then it stopped."
    assert speakers(body, head) == [("N3", ["district nurse"]), ("W11", ["ward clerk"])]


def test_a_block_in_single_marks_is_found_once_and_without_them() -> None:
    body = "One of them explained it:\n\n‘I’ve no time, you know, and it’s my third phone.’ (Ward clerk)\n\nDNs agreed."
    assert said(body) == ["I’ve no time, you know, and it’s my third phone."]


def test_a_turn_without_tag_has_the_speaker_of_the_interview() -> None:
    body = (
        "They talked.\n\nI: Do you ring?\n\nP: I do, yes.\n\nI: Often?\n\nP: I ring every day. [DN]\n\nThen they left."
    )
    assert speakers(body) == [("DN", ["district nurse"]), ("DN", ["district nurse"])]
