"""Findings of small papers that were written for these tests."""

import pytest

from ingest.extract.context import Located
from ingest.extract.findings import FindingParts, extract_findings
from ingest.extract.quotes.extraction import extract_quotes
from ingest.extract.roles.extraction import extract_roles
from ingest.extract.statements import is_meta
from ingest.extract.themes.extraction import extract_themes
from ingest.extract.voices import AUTHORS
from ingest.readers import read
from ontology.model import Finding, Role

STUDY = "https://w3id.org/carekg/id/study/0"
PAPER = """Who looks after warts and all: skin clinics and practices

ABSTRACT

METHODS: We held qualitative interviews with 9 dermatologists and 8 general practitioners (GPs).
RESULTS: GPs wanted advice by phone.

METHODS

This was a qualitative interview study. We interviewed 9 dermatologists and 8 general practitioners (GPs).
Interviews were analysed by thematic analysis.

RESULTS

Table 1 shows the characteristics of the sample. Interviews lasted 30 minutes.

{body}

DISCUSSION

{discussion}
"""
QUOTE = (
    "“I ring them twice and then I give up, and the patient comes back to me with the same rash a week later.” (GP 3)"
)
OTHER = "“The letter says rash, nothing else, and I would have to guess what has been tried before.” (Dermatologist 2)"


def parts_of(body: str, discussion: str = "Advice was valued.") -> tuple[FindingParts, dict[str, str]]:
    """What the paper finds, and the label of each of its roles."""
    text = PAPER.format(body=body, discussion=discussion)
    reading = read(text.encode(), "paper.txt").reading
    roles = extract_roles(reading, STUDY)
    quotes, _ = extract_quotes(reading, STUDY, roles)
    parts = extract_findings(reading, STUDY, roles, quotes, extract_themes(reading, STUDY, quotes))
    return parts, {one.record.iri: name(one.record) for one in roles.records}


def name(role: Role) -> str:
    return role.abbreviation or role.label


def starting(parts: FindingParts, words: str) -> Finding:
    return next(one.record for one in parts.findings if one.record.statement.startswith(words))


def test_a_reporting_sentence_before_a_quote_is_an_unequivocal_finding() -> None:
    parts, names = parts_of(
        f"Most GPs felt that nobody answered the phone of the clinic:\n\n{QUOTE}\n\n{OTHER}\n\n{QUOTE}"
    )
    found = starting(parts, "Most GPs felt")
    assert found.statement == "Most GPs felt that nobody answered the phone of the clinic"
    assert [names[iri] for iri in found.held_by] == ["GP"]
    assert (found.frequency, found.credibility) == ("most", "unequivocal")
    assert found.score is not None and found.score >= 0.9


def test_one_persons_example_joins_the_claim_before_it() -> None:
    body = (
        "GPs felt left alone with rashes that do not heal. One GP described sending photographs that nobody looked at:"
        f"\n\n{QUOTE}\n\nDermatologists reported referrals without any history. As one dermatologist put it:\n\n{OTHER}"
    )
    parts, _ = parts_of(body)
    joined = starting(parts, "GPs felt left alone")
    assert joined.statement.endswith("photographs that nobody looked at")
    assert len(joined.spans) == 2
    assert not any("put it" in one.record.statement for one in parts.findings)
    assert starting(parts, "Dermatologists reported").credibility == "unequivocal"


def test_what_the_paper_says_of_itself_is_no_finding() -> None:
    parts, _ = parts_of(f"GPs reported long waits.\n\n{QUOTE}\n\n{OTHER}\n\n{QUOTE}")
    assert not any(is_meta(one.record.statement) for one in parts.findings)
    assert not any("Table 1" in one.record.statement for one in parts.findings)
    assert not any("ring them twice" in one.record.statement for one in parts.findings)


@pytest.mark.parametrize(
    "sentence",
    [
        "This is in line with views of other clinics.",
        "Future research must look at what letters hold.",
        "Each of these themes includes what helps and what does not.",
        "It would be interesting to study how letters are read.",
        "Of the 8 GPs interviewed, 5 were from small towns.",
        "Efforts must be made to write shorter letters.",
        "The practices with no phone are currently being investigated.",
    ],
)
def test_what_authors_add_about_the_study_and_other_work_is_no_finding(sentence: str) -> None:
    parts, _ = parts_of(f"Most GPs felt that nobody answered the phone of the clinic. {sentence}\n\n{QUOTE}\n\n{OTHER}")
    assert any(one.record.statement.startswith("Most GPs felt") for one in parts.findings)
    assert not any(sentence[:-1] in one.record.statement for one in parts.findings)


def test_results_without_a_quote_are_not_supported() -> None:
    parts, names = parts_of(
        f"Long waits were reported by several dermatologists.\n\nGPs agreed.\n\n{QUOTE}\n\n{OTHER}\n\n{QUOTE}"
    )
    found = starting(parts, "Long waits")
    assert found.credibility == "not supported"
    assert ([names[iri] for iri in found.held_by], found.frequency) == (["dermatologist"], "several")


def test_a_pronoun_holds_what_the_subject_before_it_holds() -> None:
    parts, names = parts_of(
        f"Dermatologists wanted photographs. They also felt that letters were late.\n\n{OTHER}\n\n{QUOTE}\n\n{QUOTE}"
    )
    assert [names[iri] for iri in starting(parts, "They also felt").held_by] == ["dermatologist"]


def test_participants_are_all_who_speak_in_quotes() -> None:
    parts, names = parts_of(f"Participants described the wait as unsafe.\n\n{OTHER}\n\n{QUOTE}\n\n{QUOTE}")
    assert {names[iri] for iri in starting(parts, "Participants described").held_by} == {"GP", "dermatologist"}


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("We found that GPs rarely get an answer.", True),
        ("Respondents felt that advice by phone saves referrals.", True),
        ("Waiting for an answer leaves people with an itch for weeks.", True),
        ("Earlier work found long waits in many clinics [12].", False),
        ("Future research should look at photographs.", False),
        ("A limitation is the small sample of one region.", False),
    ],
)
def test_which_sentences_of_a_discussion_are_findings(sentence: str, found: bool) -> None:
    parts, _ = parts_of(f"GPs reported long waits.\n\n{QUOTE}\n\n{OTHER}\n\n{QUOTE}", sentence)
    assert any(one.record.statement == sentence.rstrip(".") + "." for one in parts.findings) is found


def test_what_the_authors_make_of_it_is_theirs() -> None:
    sentence = "Waiting for an answer leaves people with an itch for weeks."
    parts, _ = parts_of(f"GPs reported long waits.\n\n{QUOTE}\n\n{OTHER}\n\n{QUOTE}", sentence)
    assert starting(parts, "Waiting").held_by == (AUTHORS,)
    assert starting(parts, "Waiting").credibility is None


def test_numbers_alone_are_no_findings_and_a_paper_without_people_has_none() -> None:
    parts, _ = parts_of(
        "The mean wait was 14 days (SD 3). In all, 31 % of letters had a photograph (p < 0.01).", "It was long."
    )
    assert parts == FindingParts((), (), (), (), ())


def test_every_record_rests_on_exact_words() -> None:
    text = PAPER.format(
        body=f"GPs felt that dermatologists should answer the phone.\n\n{QUOTE}\n\n{OTHER}\n\n{QUOTE}", discussion="No."
    )
    reading = read(text.encode(), "paper.txt").reading
    roles = extract_roles(reading, STUDY)
    quotes, _ = extract_quotes(reading, STUDY, roles)
    parts = extract_findings(reading, STUDY, roles, quotes, ())
    found: list[Located[Finding]] = [*parts.findings, *parts.positions]
    assert parts.positions
    assert all(reading.stored[s.start : s.end] == s.exact for one in found for s in one.record.spans)
    assert all(one.record.spans for one in found)
