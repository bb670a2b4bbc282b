"""Limitations, calls for research and cited claims: what is one, where it ends, and what is none."""

import pytest

from ingest.extract.claims.extraction import ClaimParts, extract_claims
from ingest.extract.context import RoleIndex
from ingest.readers import read

ROLES = RoleIndex((), (), {})


def claims_of(text: str) -> ClaimParts:
    return extract_claims(read(text.encode(), "paper.txt").reading, "study", ROLES, ())


def limitations(text: str) -> list[str]:
    return [one.record.statement for one in claims_of(text).limitations]


def calls(text: str) -> list[str]:
    return [one.record.statement for one in claims_of(text).recommendations]


def background(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.record.statement, one.record.citations) for one in claims_of(text).background]


LIMITATIONS = """A title of a study

Discussion

Nurses wanted a shared record. This may be difficult to build. Wards differ in size.

Limitations

This study has several limitations. First, it was conducted in one city alone; therefore the findings cannot be \
generalised to rural areas. Second, we interviewed only nurses. A strength of our study is the diversity of wards, but \
this limits the depth of our analysis. In future, this work could expand to other cities and also by incorporating the \
views of patients.
"""


def test_each_clause_that_limits_the_study_is_a_limitation() -> None:
    assert limitations(LIMITATIONS)[:3] == [
        "it was conducted in one city alone",
        "the findings cannot be generalised to rural areas",
        "we interviewed only nurses",
    ]


def test_what_follows_a_strength_with_but_is_a_limitation_and_the_strength_is_none() -> None:
    found = limitations(LIMITATIONS)
    assert "this limits the depth of our analysis" in found
    assert not any("diversity" in statement for statement in found)


def test_perspectives_that_research_should_add_were_left_out_here() -> None:
    implied = [one.record for one in claims_of(LIMITATIONS).limitations if one.record.scope == "implied"]
    assert [one.statement for one in implied] == ["by incorporating the views of patients"]


def test_a_list_of_calls_is_parted() -> None:
    assert calls(LIMITATIONS) == [
        "this work could expand to other cities",
        "by incorporating the views of patients",
    ]


def test_difficulties_that_participants_had_are_no_limitations() -> None:
    text = "Discussion\n\nNurses lacked time and could not reach doctors. Staffing was limited and beds were few.\n"
    assert limitations(text) == []


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("A limitation of our study is that all wards were in one town.", "all wards were in one town"),
        (
            "Our findings may not be transferable to other settings.",
            "Our findings may not be transferable to other settings",
        ),
        ("Our sample was small.", "Our sample was small"),
        (
            "Self-selection bias is possible in our sample; one limitation is recall bias.",
            "one limitation is recall bias",
        ),
    ],
)
def test_a_limitation_is_found_in_the_discussion(sentence: str, said: str) -> None:
    found = limitations(f"Discussion\n\nNurses agreed with each other. {sentence}\n")
    assert any(said in statement or statement in said for statement in found)


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("We acknowledge that the wards were all in one town.", "the wards were all in one town"),
        ("Our sample may under-represent night staff.", "Our sample may under-represent night staff"),
        ("The views of our sample are unlikely to represent all nurses.", "unlikely to represent all nurses"),
        ("This could affect the external validity of our results.", "affect the external validity"),
    ],
)
def test_a_limitation_needs_no_announcement(sentence: str, said: str) -> None:
    assert any(said in statement for statement in limitations(f"Discussion\n\nNurses agreed. {sentence}\n"))


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("Only one nurse was interviewed who had left the study.", 1),
        ("Our sample under-represents night staff.", 1),
        ("We are unlikely to have reached saturation in our sample.", 1),
        ("We recruited until saturation was reached in our sample.", 0),
        ("We varied the wards to avoid selection bias in our sample.", 0),
    ],
)
def test_results_state_whom_the_study_did_not_reach(sentence: str, count: int) -> None:
    assert len(limitations(f"Results\n\nTen nurses were asked. {sentence}\n")) == count


HEADED = """Discussion

Nurses wanted a shared record.

Methodological considerations

A strength of this study is that we asked two wards. It is possible, however, that nurses who were already interested \
took part. Observations would probably have been more suitable for a further exploration of habits. The interviewers \
were known to participants, which may have influenced what they said. However, both wards gave similar answers in \
interviews only.
"""


def test_after_a_turn_strengths_are_over() -> None:
    found = limitations(HEADED)
    assert "It is possible, however, that nurses who were already interested took part" in found
    assert "may have influenced what they said" in found
    assert not any("two wards" in statement for statement in found)


def test_what_would_have_been_better_is_a_limitation_and_no_call() -> None:
    assert any("more suitable" in statement for statement in limitations(HEADED))
    assert calls(HEADED) == []


def test_a_reply_to_a_limitation_is_none() -> None:
    assert not any("similar answers" in statement for statement in limitations(HEADED))


def test_a_list_of_limitations_goes_on_in_the_next_paragraph() -> None:
    text = "Discussion\n\nThere are two limitations of this study. First, we asked one ward alone.\n\n\
Second, the instruments could be improved.\n\nWards could be improved.\n"
    found = limitations(text)
    assert "the instruments could be improved" in found
    assert not any("Wards" in statement for statement in found)


def test_limitations_have_a_scope() -> None:
    scopes = {one.record.statement: one.record.scope for one in claims_of(LIMITATIONS).limitations}
    assert scopes["the findings cannot be generalised to rural areas"] == "generalisability"


@pytest.mark.parametrize(
    "sentence",
    [
        "Future research should explore how families see the handover.",
        "More research is needed on the cost of a shared record.",
        "Further studies in other countries are warranted.",
        "These links are offered as hypotheses to be tested in a trial.",
        "It would be interesting to examine what patients expect.",
        "How this works at night needs to be investigated in further studies.",
        "It would also be interesting to study what patients expect.",
        "Mediation can be examined in future studies.",
        "A large-scale trial of the letter should be conducted.",
        "We welcome further work on night shifts.",
        "The cost of letters should be further studied with other methods.",
        "It is important to carry out cost-effectiveness studies of phone lists.",
    ],
)
def test_a_call_for_research_is_found(sentence: str) -> None:
    assert calls(f"Conclusions\n\nNurses agreed. {sentence}\n") == [sentence.rstrip(".")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Hospitals should name one prescriber.",
        "Future efforts to share records may improve care.",
        "This study adds to research on handover.",
        "Several more recent studies have shown that calls can help.",
    ],
)
def test_advice_for_care_is_no_call_for_research(sentence: str) -> None:
    assert calls(f"Conclusions\n\n{sentence}\n") == []


BACKGROUND = """A title of a study

Background

More than two million people take warfarin [1], many of them at home [2]. Costs of tests are high; one in five \
tests comes late [3, 4]. With rising workloads [5], practices may be less willing to take over [6]. A recent study \
found that pharmacists lacked access to records [7]. We interviewed nurses about this [8]. Little is known about \
handover at night.

Methods

We used thematic analysis [9].

Discussion

We found that nurses waited for letters [10]. Delays have been described elsewhere as harmful [11].
"""


def test_a_claim_ends_where_its_citation_stands() -> None:
    found = dict(background(BACKGROUND))
    assert found["Costs of tests are high"] == ("3", "4")
    assert found["one in five tests comes late"] == ("3", "4")
    assert ("1",) in found.values() or ("1", "2") in found.values()


def test_what_is_no_clause_joins_the_clause_beside_it() -> None:
    joined = [(said, cited) for said, cited in background(BACKGROUND) if "rising workloads" in said]
    assert joined == [("With rising workloads, practices may be less willing to take over", ("5", "6"))]


def test_the_words_that_introduce_a_claim_are_left_out() -> None:
    assert ("pharmacists lacked access to records", ("7",)) in background(BACKGROUND)


def test_a_gap_in_knowledge_needs_no_citation() -> None:
    assert ("Little is known about handover at night", ()) in background(BACKGROUND)


def test_what_the_authors_did_or_found_is_no_claim_of_others() -> None:
    cited = {label for _, labels in background(BACKGROUND) for label in labels}
    assert not cited & {"8", "9", "10"}
    assert "11" in cited


def test_a_claim_says_whether_it_names_a_barrier() -> None:
    named = {one.record.statement: one.record.names_barrier for one in claims_of(BACKGROUND).background}
    assert named["pharmacists lacked access to records"] is True
    assert named["Costs of tests are high"] is False


def test_the_opening_of_an_abstract_is_background_without_citations() -> None:
    text = (
        "A title\n\nBackground: Early referral is recommended but seldom used. We asked nurses why.\nMethods: We held \
ten interviews.\n\nIntroduction\n\nReferral is an old problem.\n"
    )
    assert background(text)[0] == ("Early referral is recommended but seldom used", ())


def test_every_claim_quotes_the_stored_text() -> None:
    for text in (LIMITATIONS, BACKGROUND):
        found = claims_of(text)
        stored = read(text.encode(), "paper.txt").document.text
        for one in (*found.limitations, *found.recommendations, *found.background):
            assert one.record.spans
            assert all(stored[span.start : span.end] == span.exact for span in one.record.spans)


def test_the_same_words_twice_are_one_claim_with_two_passages() -> None:
    text = "Discussion\n\nMore research is needed on costs.\n\nConclusions\n\nMore research is needed on costs.\n"
    (only,) = claims_of(text).recommendations
    assert len(only.record.spans) == 2
