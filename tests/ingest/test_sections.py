"""Headings: what their words say, where they stand, and what the abstract is."""

import pytest

from ingest.readers import read
from ingest.reading import Reading, Section
from ingest.sections import heading_kind, number_level, said_by
from ontology.model import SECTION_KINDS

PROSE = "Nurses said that letters came late, and that nobody had told them who was to call. They waited for days."


def reading_of(text: str) -> Reading:
    return read(text.encode(), "a.txt").reading


def outline(text: str) -> list[tuple[str, str, int, bool]]:
    return [(s.heading, s.kind, s.level, s.in_abstract) for s in reading_of(text).sections if s.heading]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Introduction", "background"),
        ("1. Background and aims", "background"),
        ("MATERIALS AND METHODS", "methods"),
        ("2.3 Data collection and analysis", "methods"),
        ("Study design", "methods"),
        ("Research methodology", "methods"),
        ("SETTING", "methods"),
        ("Ethical approval", "methods"),
        ("## Findings", "results"),
        ("Results and discussion", "results"),
        ("Presentation and discussion of results", "results"),
        ("Analysis and interpretation of the findings", "results"),
        ("Methodological procedures", "methods"),
        ("Emergent themes", "results"),
        ("Discussion:", "discussion"),
        ("Focus group discussions", "methods"),
        ("Implications for practice", "discussion"),
        ("Clinical and policy implications", "discussion"),
        ("Strengths and limitations of this study", "limitations"),
        ("Limitations", "limitations"),
        ("Conclusions and recommendations", "conclusions"),
        ("Acknowledgments", "back"),
        ("Competing interests", "back"),
        ("Authors’ contributions", "back"),
        ("Abbreviations", "back"),
        ("References", "references"),
        ("Key words", "front"),
    ],
)
def test_headings_are_known_by_their_words(words: str, kind: str) -> None:
    assert heading_kind(words) == kind
    assert kind in SECTION_KINDS


@pytest.mark.parametrize(
    "words",
    [
        "Waiting for a call back",
        "Lack of results in time",
        "Trust",
        "",
        "Nurses discussed methods of payment",
        "x" * 200,
    ],
)
def test_other_words_say_nothing(words: str) -> None:
    assert said_by(words) is None


@pytest.mark.parametrize(("words", "level"), [("3 Results", 1), ("3.2 Trust", 2), ("3.2.1. Calls", 3), ("Trust", None)])
def test_numbers_tell_the_depth(words: str, level: int | None) -> None:
    assert number_level(words) == level


def test_headings_set_apart_make_a_tree() -> None:
    text = (
        f"METHODS\n\nParticipants\n\n{PROSE}\n\nRESULTS\n\n{PROSE}\n\nParticipants\n\n{PROSE}\n\n"
        f"Waiting for a call back\n\n{PROSE}\n\nDISCUSSION\n\n{PROSE}\n\nLimitations\n\n{PROSE}\n\n"
        "REFERENCES\n\n1. A.\n"
    )
    assert outline(text) == [
        ("METHODS", "methods", 1, False),
        ("Participants", "methods", 2, False),
        ("RESULTS", "results", 1, False),
        ("Participants", "results", 2, False),
        ("Waiting for a call back", "results", 2, False),
        ("DISCUSSION", "discussion", 1, False),
        ("Limitations", "limitations", 2, False),
        ("REFERENCES", "references", 1, False),
    ]


def test_a_section_reaches_to_the_next_of_its_rank() -> None:
    text = (
        f"Results\n\n{PROSE}\n\nTheme 1: Waiting\n\n{PROSE}\n\nTheme 2: Calling\n\n{PROSE}\n\nDiscussion\n\n{PROSE}\n"
    )
    reading = reading_of(text)
    by_heading = {s.heading: s for s in reading.sections}
    results, first, second = (by_heading[h] for h in ("Results", "Theme 1: Waiting", "Theme 2: Calling"))
    assert (first.kind, first.level) == ("results", 2)
    assert results.start < first.start < first.end == second.start < second.end == results.end
    assert reading.text[first.heading_start : first.heading_end] == "Theme 1: Waiting"
    assert reading.section_at(first.end - 1) == first
    block = next(b for b in reading.blocks if reading.sections[b.section] == second and b.kind == "paragraph")
    assert reading.text[block.start : block.end] == PROSE


def test_methods_without_that_word_are_methods() -> None:
    text = (
        f"BACKGROUND\n\n{PROSE}\n\nDESIGN\n\n{PROSE}\n\nSETTING\n\n{PROSE}\n\nAPPROACH\n\n{PROSE}\n"
        f"\nRESULTS\n\n{PROSE}\n"
    )
    kinds = [kind for _, kind, _, _ in outline(text)]
    assert kinds == ["background", "methods", "methods", "methods", "results"]


RUN_IN = (
    "Who calls whom after discharge: an interview study\n\n{abstract}\n\nBACKGROUND\n\n"
    + PROSE
    + "\n\nMETHODS\n\n"
    + PROSE
    + "\n"
)


@pytest.mark.parametrize(
    "abstract",
    [
        "Background: We know little. Objective: To ask. Methods: We asked nurses. Results: They "
        "wait. Conclusions: Call them.",
        "BACKGROUND:We know little.\nOBJECTIVE: To ask.\nMETHODS: We asked nurses.\nRESULTS: They "
        "wait.\nCONCLUSIONS: Call them.",
        "BACKGROUND We know little. OBJECTIVE To ask. METHODS We asked nurses. RESULTS They wait. "
        "CONCLUSIONS Call them.",
        "Background. We know little. Objective. To ask. Methods. We asked nurses. Results. They "
        "wait. Conclusions. Call them.",
        "**Background.** We know little.\n**Objective.** To ask.\n**Methods.** We asked nurses.\n"
        "**Results.** They wait.\n**Conclusions.** Call them.",
    ],
)
def test_a_structured_abstract_is_parted(abstract: str) -> None:
    reading = reading_of(RUN_IN.format(abstract=abstract))
    inside = [(s.kind, reading.text[s.heading_end : s.end].strip()) for s in reading.sections if s.in_abstract]
    assert inside == [
        ("background", "We know little."),
        ("background", "To ask."),
        ("methods", "We asked nurses."),
        ("results", "They wait."),
        ("conclusions", "Call them."),
    ]
    assert [s.kind for s in reading.sections if s.heading and not s.in_abstract] == ["background", "methods"]


def test_an_abstract_without_parts_ends_at_the_introduction() -> None:
    reading = reading_of(
        f"Who calls whom after discharge\n\nAbstract\n\n{PROSE * 4}\n\nIntroduction\n\n{PROSE}\n\nMethods\n\n{PROSE}\n"
    )
    assert [(s.kind, s.in_abstract) for s in reading.sections if s.heading] == [
        ("abstract", True),
        ("background", False),
        ("methods", False),
    ]


def test_an_abstract_with_headings_of_its_own_ends_where_they_come_again() -> None:
    heads = ("Background", "Methods", "Results", "Conclusions")
    parts = "".join(f"{head}\n\nShort words here.\n\n" for head in heads)
    body = "".join(f"{head}\n\n{PROSE * 5}\n\n" for head in heads)
    sections = [s for s in reading_of(f"Abstract\n\n{parts}{body}").sections if s.heading]
    assert [s.in_abstract for s in sections] == [True] * 5 + [False] * 4
    unnamed = [s for s in reading_of(parts + body).sections if s.heading]
    assert [s.in_abstract for s in unnamed] == [True] * 4 + [False] * 4


def test_dotted_paths_tell_kind_depth_and_abstract() -> None:
    text = (
        "TITLE: Who calls whom\n\n  ABSTRACT.AIMS:\nTo ask.\n\nABSTRACT.RESULTS:\nThey wait.\n\n"
        f"BODY.INTRODUCTION:\n{PROSE}\n\nBODY.RESULTS.WAITING.AT NIGHT:\n{PROSE}\n\n"
        f"BODY.DISCUSSION.CONCLUSIONS:\n{PROSE}\n\nBODY.FUNDING:\nNone.\n"
    )
    assert outline(text) == [
        ("AIMS", "background", 1, True),
        ("RESULTS", "results", 1, True),
        ("INTRODUCTION", "background", 1, False),
        ("AT NIGHT", "results", 3, False),
        ("CONCLUSIONS", "conclusions", 2, False),
        ("FUNDING", "back", 1, False),
    ]
    assert read(text.encode(), "a.txt").document.title == "Who calls whom"


def test_signs_of_markdown_make_headings_and_leave_no_trace() -> None:
    text = (
        f"# Who calls whom after discharge\n\n## Methods\n\n{PROSE}\n\n## Results\n\n### Waiting "
        f"for a call\n\n{PROSE}\n"
    )
    found = read(text.encode(), "a.md")
    assert found.document.title == "Who calls whom after discharge"
    assert [(h, k) for h, k, _, _ in outline(text)] == [
        ("Methods", "methods"),
        ("Results", "results"),
        ("Waiting for a call", "results"),
    ]
    assert "#" not in found.reading.text


def test_numbered_headings_nest_by_their_numbers() -> None:
    text = (
        f"1 Introduction\n\n{PROSE}\n\n3 Results\n\n3.1 Waiting\n\n{PROSE}\n\n3.1.1 At night\n\n"
        f"{PROSE}\n\n4 Discussion\n\n{PROSE}\n"
    )
    assert [(kind, level) for _, kind, level, _ in outline(text)] == [
        ("background", 1),
        ("results", 1),
        ("results", 2),
        ("results", 3),
        ("discussion", 1),
    ]


def test_back_matter_words_between_methods_and_results_do_not_end_the_body() -> None:
    text = (
        f"Methods\n\n{PROSE}\n\nConsent\n\n{PROSE}\n\nResults\n\n{PROSE}\n\nFunding and pay\n\n"
        f"{PROSE}\n\nDiscussion\n\n{PROSE}\n\nFunding\n\nNone.\n"
    )
    assert [kind for _, kind, _, _ in outline(text)] == [
        "methods",
        "methods",
        "results",
        "results",
        "discussion",
        "back",
    ]


def test_a_text_without_headings_has_one_section_of_no_kind() -> None:
    reading = reading_of(PROSE * 3)
    assert [s.kind for s in reading.sections] == ["other"]
    assert isinstance(reading.section_at(0), Section)


@pytest.mark.parametrize(
    ("front", "doi", "pmid", "pmcid"),
    [
        ("https://doi.org/10.1234/ABC.5 (2020). PMID: 12345678. PMC7654321", "10.1234/abc.5", "12345678", "PMC7654321"),
        ("doi: 10.1234/abc-\nOther words. doi: 10.1234/abc-77.", "10.1234/abc-77", None, None),
        ("No number at all", None, None, None),
    ],
)
def test_identifiers_come_from_the_front(front: str, doi: str | None, pmid: str | None, pmcid: str | None) -> None:
    text = (
        f"Who calls whom after discharge: an interview study\n\n{front}\n\nINTRODUCTION\n\n"
        f"{PROSE}\n\nREFERENCES\n\n1. Lee A. Calls. doi:10.9999/other PMID: 999999\n"
    )
    document = read(text.encode(), "a.txt").document
    assert (document.doi, document.pmid, document.pmcid) == (doi, pmid, pmcid)
    assert document.title == "Who calls whom after discharge: an interview study"


def test_a_line_that_calls_itself_a_theme_is_a_heading_without_a_number() -> None:
    text = (
        f"Results\n\n{PROSE}\n\n“We ring them”- FGD North\n\nTheme: Waiting for a bed\n\nSub-theme: Nights\n\n"
        f"{PROSE}\n\nTheme: as one of us said, waiting is hard.\n\n{PROSE}\n\nDiscussion\n\n{PROSE}\n"
    )
    reading = reading_of(text)
    found = {s.heading: s.level for s in reading.sections if s.heading.startswith(("Theme", "Sub"))}
    assert found.get("Theme: Waiting for a bed") == 2
    assert found.get("Sub-theme: Nights") == 3
    assert not any(heading.endswith("hard") for heading in found)


def test_a_short_form_with_a_number_in_it_may_stand_in_a_heading() -> None:
    text = f"Results\n\n{PROSE}\n\nLow awareness of the risks of T2DM\n\n{PROSE}\n\nLetters in table2\n\n{PROSE}\n"
    assert "Low awareness of the risks of T2DM" in {s.heading for s in reading_of(text).sections}
    assert "Letters in table2" not in {s.heading for s in reading_of(text).sections}
