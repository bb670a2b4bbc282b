"""Features that weigh statements: tests of significance, counts of people, good experiences, what is kept elsewhere."""

import pytest

from ingest.extract.claims.extraction import extract_claims
from ingest.extract.determinants import extract_determinants
from ingest.extract.phrasings import phrasings_in
from ingest.extract.quotes.extraction import extract_quotes
from ingest.extract.ranking import Drawn, draw
from ingest.extract.roles.extraction import extract_roles
from ingest.extract.scoring import TRIED, Features
from ingest.readers import read
from ontology.model import Limitation

HEAD = "How wards write letters\n\nMETHODS\n\nWe held qualitative interviews with ward nurses.\n\n"


def drawn_from(text: str, head: str = HEAD) -> Drawn:
    reading = read((head + text).encode(), "a.txt").reading
    roles = extract_roles(reading, "s")
    quotes, _ = extract_quotes(reading, "s", roles)
    claims = extract_claims(reading, "s", roles, quotes)
    return draw(reading, roles, quotes, claims.background, (*claims.limitations, *claims.recommendations))


def features_in(text: str, words: str, head: str = HEAD) -> Features:
    drawn = drawn_from(text, head)
    whole = drawn.around.reading.text
    return next(s.features for s in drawn.scored if words in whole[s.candidate.start : s.candidate.end])


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("older nurses wrote fewer letters (OR = 0.71, p = 0.02)", "reports tests"),
        ("there was no significant difference between the wards in late letters", "reports tests"),
        ("two nurses could not be reached and one withdrew", "counts people"),
        ("of the 31 nurses who were invited, 12 declined", "counts people"),
        ("the phone list made them feel supported at night", "felt good"),
        ("families were treated with respect and courtesy", "felt good"),
        ("the phone list was seen as very helpful by night staff", "found useful"),
        ("the most useful part of the visit was the talk with the porter", "found useful"),
        ("joint rounds reduced the initial sense of insecurity", "eased"),
        ("the form was not a burden for them", "no barrier"),
        ("neither of these two drawbacks was a major obstacle", "no barrier"),
        ("nurses indicated a clear preference for letters by fax", "people wish"),
        ("a phone list is indeed still very much needed", "need for"),
        ("the programme consisted of two calls and a letter", "consists of"),
        ("there was no agreement on who of the two should call first", "who should"),
        ("more evidence of its worth may help wards to take it up", "asks research"),
        ("the waiting room could also be improved", "could be better"),
        ("despite many meetings nurses were not asked", "despite"),
        ("some would have liked a call before the night", "would have"),
        ("there was no clear difference between the wards", "reports tests"),
        ("she feels the need for a call before the night", "people wish"),
        ("night staff acknowledged the effort of the porters", "appreciated"),
        ("porters might then hold a list of names", "can or should do"),
        ("it is important to also share the list at night", "can or should do"),
        ("a recent trial of phone lists is still going on", "tells of other work"),
        ("phone lists have previously been recommended", "tells of other work"),
        ("which most nurses found very convenient", "found good"),
        ("they were motivated by the thought of quiet nights", "motivated them"),
        ("the list gave them more control at night", "gave something"),
        ("night staff were very positive about the list", "appreciated"),
        ("the noise at night was also an issue", "was a barrier"),
        ("communicating the list by phone", "opens with doing"),
        ("this might be due to the noise at night", "explains"),
        ("tired porters may have walked less", "explains"),
        ("porters carry letters, as in the UK", "tells of other work"),
        ("this is put forward in the letter-writing literature", "tells of other work"),
        ("joint rounds were suggested by several night nurses", "people wish"),
        ("most porters were clearly in favour of a shared list", "people wish"),
        ("there is an urgent need to train porters", "need for"),
        ("future studies should follow wards over a year", "asks research"),
        ("the extent to which lists shorten calls needs to be shown", "asks research"),
        ("there is a need to examine how lists are kept", "asks research"),
        ("a key enabler was the porter who knew everybody", "names what helps"),
        ("the porter's list was described as a source of comfort", "names what helps"),
        ("a second list may well increase the risk of missed calls", "may harm"),
    ],
)
def test_turns_of_phrase(words: str, name: str) -> None:
    assert name in set(phrasings_in(words))


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("letters or (rarely) calls told them more than they knew", "reports tests"),
        ("nurses had to wait for a long time", "counts people"),
        ("the phone list was not helpful at night", "found useful"),
        ("late letters may act as a deterrent to calling", "may help"),
        ("information provided to nurses was late", "helped them"),
        ("our research nurse was busy", "our findings"),
        ("scolding is taken as an example of the concern they felt", "was a barrier"),
        ("the phone list was not needed at night", "need for"),
        ("letters were shortened as needed", "need for"),
        ("they told of the programme in which they were involved", "consists of"),
        ("it was easy to call when they wanted to talk about a case", "people wish"),
        ("some found their less preferred form easier to fill in", "people wish"),
        ("night staff acknowledged the challenges of calling", "appreciated"),
        ("porters might know the way at night", "can or should do"),
        ("nurses had to wait for a report", "tells of other work"),
        ("porters carry letters, as in the old ward", "tells of other work"),
        ("calls were closely tied up with worries and health concerns", "was a barrier"),
        ("the list that is recommended yet seldom kept", "people wish"),
        ("a second list made it very hard to find the number", "helped them"),
        ("porters are allowed to leave the ward", "helped them"),
        ("these lists should be read with care", "should"),
        ("what porters say should be understood in the light of their shifts", "should"),
    ],
)
def test_what_is_no_such_turn_of_phrase(words: str, name: str) -> None:
    assert name not in set(phrasings_in(words))


def test_only_authors_tell_of_other_work() -> None:
    text = (
        "RESULTS\n\nNurses told of a lack of time and of many difficulties with calls:\n\n"
        "“The phone rings the whole morning, we had another survey of our lists, and then we write.” (Nurse 2)\n"
    )
    assert "puts: tells of other work" not in features_in(text, "another survey of our lists")
    text = "DISCUSSION\n\nLists of names were praised in another survey of wards that write letters.\n"
    assert "puts: tells of other work" in features_in(text, "another survey of wards")


def test_a_pointer_to_a_table_makes_no_heading_of_methods() -> None:
    text = "RESULTS\n\nWork at night (see Table 2)\n\nNurses felt that letters came too late to plan the next day.\n"
    assert "heading method" not in features_in(text, "letters came too late")


def test_findings_set_beside_other_studies_are_no_methods() -> None:
    text = (
        "RESULTS\n\nNurses said that letters came late.\n\nDISCUSSION\n\n"
        "Our study and earlier ones\n\nLetters came too late on every ward to plan the next day.\n"
    )
    assert "heading method" not in features_in(text, "on every ward")
    assert "heading method" in features_in(text.replace("Our study and earlier ones", "Analysis of data"), "on every")


def test_a_heading_that_promises_what_helps_too_is_not_only_about_barriers() -> None:
    text = "RESULTS\n\n{}\n\nNurses felt that the porter knew every practice by name.\n"
    both = features_in(text.format("Strengths and barriers"), "the porter")
    assert "heading helping" in both and "heading only hindering" not in both
    assert "heading only hindering" in features_in(text.format("Barriers"), "the porter")


def test_who_spoke_is_no_statement() -> None:
    text = (
        "RESULTS\n\nNurses told of calls that nobody takes, and of long waits for a reply:\n\n"
        "“The phone rings the whole morning, nobody is there, and then we write a letter.” "
        "[“Ann,” head nurse of the east ward]\n\nLetters were written at night.\n"
    )
    drawn = drawn_from(text)
    whole = drawn.around.reading.text
    found = [whole[one.candidate.start : one.candidate.end] for one in drawn.scored]
    assert any("then we write" in words for words in found)
    assert not any("head nurse of the east" in words for words in found)


def test_factors_that_are_named_as_important_announce_no_list() -> None:
    text = "RESULTS\n\nTrust and regular contact were two factors identified by nurses as important for calling.\n"
    assert "announces" not in features_in(text, "Trust and regular contact")


def test_proposals_before_the_results_are_told_apart() -> None:
    asked = "BACKGROUND\n\nPolicy papers say that wards should call practices before each discharge.\n\n"
    told = "DISCUSSION\n\nWards should give each practice a named contact before each discharge.\n"
    text = f"{asked}RESULTS\n\nNurses said that nobody called.\n\n{told}"
    assert "proposes before results" in features_in(text, "wards should call practices")
    assert "proposes before results" not in features_in(text, "give each practice a named contact")


def test_what_is_kept_as_a_limitation_is_known_as_one() -> None:
    limit = "A limitation of this study is that the small number of wards makes it difficult to generalise."
    before = "RESULTS\n\nNurses said that letters came late.\n\nDISCUSSION\n\nLetters were late."
    text = f"{before}\n\nLIMITATIONS\n\n{limit}\n"
    reading = read((HEAD + text).encode(), "a.txt").reading
    roles = extract_roles(reading, "s")
    claims = extract_claims(reading, "s", roles, ())
    assert [type(one.record) for one in claims.limitations] == [Limitation]
    assert "kept as Limitation" in features_in(text, "small number of wards")
    parts = extract_determinants(reading, "s", roles, (), (), claims.background, claims.limitations)
    drawn = parts.drawn
    assert drawn is not None
    assert any("kept as Limitation" in scored.features for scored in drawn.scored)


def test_a_heading_that_names_a_group_is_no_place_for_proposals() -> None:
    text = "RESULTS\n\nIntervention group\n\nNurses felt that letters came too late to plan the next day.\n"
    assert "heading acting" not in features_in(text, "letters came too late")
    text = "DISCUSSION\n\nImplications for practice\n\nWards could write their letters one day before.\n"
    assert "heading acting" in features_in(text, "one day before")


def test_the_abstract_names_what_was_tried_in_the_words_of_the_title() -> None:
    head = "A writing programme for wards that discharge older people: qualitative study\n\nABSTRACT\n\n"
    text = (
        "BACKGROUND: Little is known of letters. We explored a programme for wards that discharge older people.\n"
        "RESULTS: Nurses liked how the writing programme made wards discharge older people with a letter.\n\n"
        "RESULTS\n\nNurses felt that letters came too late to plan the next day.\n"
    )
    assert TRIED in features_in(text, "We explored", head)
    assert TRIED not in features_in(text, "Nurses liked how", head)


def test_an_aim_to_explore_names_nothing_that_was_tried() -> None:
    head = "What nurses of small wards think of letters to old people\n\nABSTRACT\n\n"
    text = (
        "BACKGROUND: {} what nurses of small wards think of support by letters to old people.\n"
        "RESULTS: Nurses liked letters.\n\n"
        "RESULTS\n\nNurses felt that letters came too late to plan the next day.\n"
    )
    assert TRIED not in features_in(text.format("We explored"), "of support by letters", head)
    assert TRIED in features_in(text.format("We changed"), "of support by letters", head)


def test_the_words_before_a_quote_shed_light_on_it() -> None:
    text = (
        "RESULTS\n\nNurses told of a lack of time and of many difficulties with calls:\n\n"
        "“The phone rings the whole morning, nobody is there, and then we write a letter.” (Nurse 2)\n"
    )
    assert features_in(text, "The phone rings")["led by hindering"] > 0.5


def test_only_what_asks_is_a_question() -> None:
    text = "RESULTS\n\n{}\n\nNurses felt that letters came too late to plan the next day.\n"
    assert "question" in features_in(text.format("And is that list helpful to nurses at night?"), "helpful")
    assert "question" not in features_in(
        text.format("That list is so helpful to nurses at night, you know?"), "helpful"
    )


def test_a_study_that_suggests_what_is_so_proposes_nothing() -> None:
    assert not {"others suggest", "wished"} & set(phrasings_in("the study suggests that wards differ in their lists"))
    assert "others suggest" in set(phrasings_in("two studies suggest more lists"))


def test_cues_of_both_kinds_say_less_than_those_of_one() -> None:
    mixed = features_in("RESULTS\n\nThe list was helpful but nobody had the time to read it.\n", "helpful")
    alone = features_in("RESULTS\n\nNurses feared the heavy workload, and the wait was long.\n", "feared")
    assert "only hindering" in alone
    assert "only hindering" not in mixed
    assert alone["hindering words, results"] > mixed["hindering words, results"] / 2


def test_competence_is_no_competition() -> None:
    found = features_in("RESULTS\n\nCompetent porters carried the letters to the wards.\n", "porters")
    assert "says conflict" not in found
    assert "says readiness" in found


def test_what_may_explain_something_does_not_help() -> None:
    assert not {"may help", "can or should do"} & set(
        phrasings_in("more beds could help to explain the noise at night")
    )
    assert "explains" not in set(phrasings_in("a list might have been helpful at night"))
