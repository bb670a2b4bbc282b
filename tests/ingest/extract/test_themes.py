"""Themes of small papers that were written for these tests."""

from ingest.extract.context import Located
from ingest.extract.quotes.extraction import extract_quotes
from ingest.extract.roles.extraction import extract_roles
from ingest.extract.themes.extraction import extract_themes
from ingest.readers import read
from ontology.model import Theme

STUDY = "https://w3id.org/carekg/id/study/0"
FRONT = """How wards and practices share the care of people with gout

ABSTRACT

BACKGROUND: Little is known about who follows up gout after discharge.
METHODS: We held qualitative interviews with ward nurses and general practitioners (GPs).
RESULTS: {results}
CONCLUSIONS: A named contact may help.

INTRODUCTION

Gout is common and follow-up is often late.

METHODS

This was a qualitative interview study. We held semi-structured interviews with 9 ward nurses and 8 GPs. Interviews were
analysed by thematic analysis.

RESULTS

{body}

DISCUSSION

{discussion}
"""
TRUST = """Several GPs said that they trusted the wards that phoned them.

“When they phone me I know that somebody has thought about it and I can plan the next blood test myself.” (GP 3)

GPs felt that a call was worth more than a letter."""
LETTERS = """Ward nurses described letters that came after the patient had already been seen.

“The letter goes out when the doctor signs it and that can be a fortnight after the patient has gone home.” (Nurse 2)

Most nurses felt that nobody read the letters."""
TIME = """GPs reported that there was no time to call back.

“I would have to do it between two patients and the ward never picks up the phone at that hour of the day.” (GP 7)

One GP said that this was true of all wards."""


def paper(body: str, results: str = "GPs and nurses wanted calls.", discussion: str = "Calls were valued.") -> str:
    return FRONT.format(body=body, results=results, discussion=discussion)


def themes_of(text: str) -> tuple[Located[Theme], ...]:
    reading = read(text.encode(), "paper.txt").reading
    quotes, _ = extract_quotes(reading, STUDY, extract_roles(reading, STUDY))
    return extract_themes(reading, STUDY, quotes)


def labels(text: str) -> list[str]:
    return [one.record.label for one in themes_of(text)]


def test_labelled_themes_join_the_wordings_of_abstract_and_results() -> None:
    body = f"Theme 1: A call is worth more than a letter\n\n{TRUST}\n\nTheme 2: Letters that come too late\n\n{LETTERS}"
    told = (
        "Theme 1: Calls between wards and practices are valued. Theme 2: Letters arrive late (e.g., after two weeks)."
    )
    found = themes_of(paper(body, told))
    assert [one.record.label for one in found] == ["A call is worth more than a letter", "Letters that come too late"]
    assert [one.record.order for one in found] == [1, 2]
    assert found[1].record.variants == ("Letters arrive late",)
    assert [len(one.record.spans) for one in found] == [2, 2]
    assert all(one.record.score == 0.95 for one in found)


def test_every_span_holds_its_words() -> None:
    text = paper(
        f"Trust in calls\n\n{TRUST}\n\nLate letters\n\n{LETTERS}",
        "Two themes emerged: trust in calls and late letters.",
    )
    stored = read(text.encode(), "paper.txt").reading.stored
    spans = [span for one in themes_of(text) for span in one.record.spans]
    assert spans
    assert all(stored[span.start : span.end] == span.exact for span in spans)


def test_an_announced_list_and_the_headings_are_the_same_themes() -> None:
    body = (
        "Three themes were identified: trust that grows with calls; letters that are late; and having no time.\n\n"
        f"Theme 1: Trust grows with calls\n\n{TRUST}\n\nTheme 2: Late letters\n\n{LETTERS}\n\n"
        f"Theme 3: No time\n\n{TIME}"
    )
    found = themes_of(paper(body))
    assert [one.record.label for one in found] == ["Trust grows with calls", "Late letters", "No time"]
    assert [len(one.record.spans) for one in found] == [2, 2, 2]


def test_a_list_in_the_abstract_names_themes_where_no_heading_does() -> None:
    told = "Four main themes emerged: trust in calls, late letters, time to call back and fear of blame."
    assert labels(paper(f"{TRUST}\n\n{LETTERS}", told)) == [
        "trust in calls",
        "late letters",
        "time to call back",
        "fear of blame",
    ]


def test_numbered_lines_inside_the_results_are_themes() -> None:
    body = f"1. Trust grows with every call.\n\n{TRUST}\n\n2. Letters come too late.\n\n{LETTERS}"
    assert labels(paper(body))[:2] == ["Trust grows with every call", "Letters come too late"]


def test_methods_and_interview_guides_announce_no_themes() -> None:
    body = (
        f"Topics in the interview guide included: history of gout, drugs, and diet.\n\n{TRUST}\n\n{LETTERS}\n\n{TIME}"
    )
    assert not any("diet" in label for label in labels(paper(body)))


def test_an_abstract_without_themes_is_sorted_by_its_kinds_of_barriers() -> None:
    text = """Referral of frail people: what district nurses think

Background: District nurses refer late. Methods: We held focus groups with district nurses and used content analysis.
Results: Participants knew the criteria. However, district nurses identified family-related and clinic-related barriers
to early referral. Family-related barriers included fear of admission. In addition, nurses described how the clinic was
a barrier because it was slow. District nurses depicted themselves as having the last word on the timing of referral.
Conclusions: Nurses refer late."""
    found = themes_of(text)
    assert [one.record.label for one in found] == [
        "Family-related barriers to early referral",
        "Clinic-related barriers to early referral",
        "The last word on the timing of referral",
    ]
    assert [one.record.score for one in found] == sorted((one.record.score for one in found), reverse=True)


def test_a_plan_for_a_study_has_no_themes() -> None:
    plan = paper(f"Trust in calls\n\n{TRUST}", discussion="Interviews will be held. " * 25)
    assert labels(plan) == []


def test_headings_of_the_sample_and_of_numbers_are_no_themes() -> None:
    body = (
        "BODY.RESULTS.SAMPLE CHARACTERISTICS:\nNine nurses took part; 60 % were women (mean age 41, SD 8).\n\n"
        "BODY.RESULTS.ADVERSE EVENTS:\nThere were 3 events (5 %).\n\n"
        f"BODY.RESULTS.PART ONE.TRUST IN CALLS BY GPS:\n{TRUST}\n\nBODY.RESULTS.PART ONE.LATE LETTERS:\n{LETTERS}"
    )
    text = paper(body).replace("\nRESULTS\n", "\nBODY.RESULTS:\nGPs and nurses agreed.\n")
    text = text.replace("\nMETHODS\n", "\nBODY.METHODS:\n").replace("\nDISCUSSION\n", "\nBODY.DISCUSSION:\n")
    text = text.replace("\nINTRODUCTION\n", "\nBODY.BACKGROUND:\n")
    found = themes_of(text)
    assert [one.record.label for one in found] == ["Part one", "Trust in calls by GPs", "Late letters"]
    assert {one.record.broader for one in found[1:]} == {found[0].record.iri}
