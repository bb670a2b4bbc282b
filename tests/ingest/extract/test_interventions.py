"""Interventions of small papers that were written for these tests."""

from ingest.extract.claims.extraction import extract_claims
from ingest.extract.context import Located
from ingest.extract.determinants import DeterminantParts, extract_determinants
from ingest.extract.interventions import extract_interventions
from ingest.extract.quotes.extraction import extract_quotes
from ingest.extract.roles.extraction import extract_roles
from ingest.extract.voices import AUTHORS
from ingest.readers import read
from ontology.model import Intervention

STUDY = "https://w3id.org/carekg/id/study/0"
PAPER = """How wards and practices share the care of people with gout

ABSTRACT

BACKGROUND: Little is known about who follows up gout after discharge.
METHODS: We held qualitative interviews with ward nurses and general practitioners (GPs) in a trial of a nurse-led call
programme.
RESULTS: GPs reported a lack of time to call the ward back.
CONCLUSIONS: A named contact on each ward could help GPs to plan blood tests.

INTRODUCTION

Strategies suggested to improve follow-up include training pharmacists and clinics of their own [1].

METHODS

This was a qualitative interview study. We held semi-structured interviews with 9 ward nurses and 8 GPs. Interviews were
analysed by thematic analysis.

The intervention

The call programme consisted of two phone calls by a trained ward nurse and a written plan for the practice.

RESULTS

Time

GPs felt that they had no time to call the ward back.

“I think there should be one number for each ward and somebody who picks up the phone.” (GP 7)

Ward nurses suggested a shared list of open blood tests. GPs wanted a letter on the day of discharge.

“The letter goes out when the doctor signs it and that can be a fortnight after the patient has gone home.” (Nurse 2)

DISCUSSION

Ward managers should give each practice a named contact.
Strategies to share open blood tests, providing one phone number for each ward, and training ward nurses in calls may be
helpful.
Further research is needed to find out whether patients prefer letters.
"""


def interventions_of(text: str = PAPER, *, with_drawn: bool = True) -> tuple[Located[Intervention], ...]:
    reading = read(text.encode(), "paper.txt").reading
    roles = extract_roles(reading, STUDY)
    quotes, _ = extract_quotes(reading, STUDY, roles)
    background = extract_claims(reading, STUDY, roles, quotes).background
    found = extract_determinants(reading, STUDY, roles, quotes, (), background)
    if not with_drawn:
        found = DeterminantParts(found.barriers, found.facilitators)
    return extract_interventions(reading, STUDY, roles, quotes, found, background)[0]


def with_words(words: str) -> Intervention:
    found = [
        one.record for one in interventions_of() if any(words in " ".join(s.exact.split()) for s in one.record.spans)
    ]
    assert found, f"{words!r} was not found"
    return found[0]


def test_the_discussion_is_the_authors() -> None:
    found = with_words("named contact")
    assert "authors" in found.proposed_by
    assert AUTHORS in found.proposer


def test_participants_propose_in_quotes_and_reported_wishes() -> None:
    quoted = with_words("one number for each ward and somebody")
    wished = with_words("shared list of open blood tests")
    assert quoted.proposed_by == ("participants",)
    assert wished.proposed_by == ("participants",)
    assert wished.proposer
    assert AUTHORS not in wished.proposer


def test_methods_tell_what_was_evaluated() -> None:
    assert with_words("consisted of two phone calls").proposed_by == ("evaluated",)


def test_what_others_suggest_is_only_cited() -> None:
    found = with_words("training pharmacists")
    assert found.proposed_by == ("cited",)
    assert found.proposer == ()


def test_a_guarded_proposal_is_hedged() -> None:
    assert with_words("may be helpful").hedged is True
    assert with_words("shared list of open blood tests").hedged is False


def test_research_is_not_among_the_first_proposals() -> None:
    labels = [one.record.label for one in interventions_of()]
    assert not any("find out whether patients prefer" in label for label in labels[:4])


def test_best_come_first_with_reasons() -> None:
    found = [one.record for one in interventions_of()]
    assert [r.score for r in found] == sorted((r.score for r in found), key=lambda s: -(s or 0.0))
    assert all(record.reason for record in found)


def test_what_was_drawn_before_makes_no_difference() -> None:
    assert interventions_of(with_drawn=True) == interventions_of(with_drawn=False)


def test_a_table_of_proposals_is_the_authors_unless_it_says_whose_they_are() -> None:
    xml = """<article><front><article-meta><title-group><article-title>Gout calls: a qualitative interview study
    </article-title></title-group></article-meta></front><body><sec><title>Methods</title><p>We held qualitative
    interviews and focus groups. Interviews were analysed by thematic analysis, a qualitative method.</p></sec>
    <sec><title>Results</title><p>Nurses felt that nobody called. GPs said that they had no time.
    Nurses wanted to be told.</p><table-wrap><label>Table 1</label><caption><p>{caption}</p></caption><table><tbody>
    <tr><td>Offer each practice a named contact on the ward</td></tr>
    </tbody></table></table-wrap></sec></body></article>"""
    for caption, by in (
        ("Recommended strategies", ("authors",)),
        ("Strategies suggested by nurses", ("participants",)),
    ):
        found = interventions_of(xml.format(caption=caption))
        assert [one.record.proposed_by for one in found if "named contact" in one.record.label] == [by]
