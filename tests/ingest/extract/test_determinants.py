"""Barriers and facilitators of small papers that were written for these tests."""

import re

import pytest

from ingest.extract import extract, ranking
from ingest.extract.claims.extraction import extract_claims
from ingest.extract.determinants import DeterminantParts, extract_determinants
from ingest.extract.quotes.extraction import extract_quotes
from ingest.extract.ranking import FLOORS, MOST
from ingest.extract.roles.extraction import extract_roles
from ingest.extract.themes.extraction import extract_themes
from ingest.readers import read
from ingest.reading import Reading
from ontology.model import LEVELS, Determinant

STUDY = "https://w3id.org/carekg/id/study/0"
PAPER = """How wards and practices share the care of people with gout

ABSTRACT

BACKGROUND: Little is known about who follows up gout after discharge.
METHODS: We held qualitative interviews with ward nurses and general practitioners (GPs).
RESULTS: GPs reported a lack of time to call the ward back. Ward nurses described letters that arrived too late.
CONCLUSIONS: A named contact on each ward could help GPs to plan blood tests.

INTRODUCTION

Gout is common. Earlier work found that poor communication between hospitals and practices was a
barrier to follow-up [1].

METHODS

This was a qualitative interview study. We held semi-structured interviews with 9 ward nurses and 8 GPs. Interviews were
recorded, transcribed and analysed by thematic analysis.

RESULTS

Barriers to shared follow-up

GPs felt that they had no time to call the ward back. One GP said:

“I have no time to do it between two patients and the ward never picks up the phone at that hour of the day.” (GP 7)

Other barriers included unclear responsibility for blood tests, missing discharge letters, and a high turnover of
ward staff.
Several ward nurses were reluctant to call practices because they had been told off before. Ward nurses said that
they did not know whom to ask in a practice.

Most interviews took place in the afternoon and lasted 40 minutes.

What helped

GPs appreciated ward nurses who phoned them before discharge, which made it easier to plan the next test.

“When they phone me I know that somebody has thought about it and I can plan the next blood test myself.” (GP 3)

DISCUSSION

Lack of time to call the ward back was a barrier for most GPs. Unclear responsibility has been described before [2].
Ward managers should give each practice a named contact. Further research is needed to find out who prefers letters.
"""


def reading_of(text: str) -> Reading:
    return read(text.encode(), "paper.txt").reading


def determinants_of(text: str = PAPER) -> DeterminantParts:
    reading = reading_of(text)
    roles = extract_roles(reading, STUDY)
    quotes, _ = extract_quotes(reading, STUDY, roles)
    themes = extract_themes(reading, STUDY, quotes)
    background = extract_claims(reading, STUDY, roles, quotes).background
    return extract_determinants(reading, STUDY, roles, quotes, themes, background)


def labelled(parts: tuple, words: str) -> Determinant:  # type: ignore[type-arg]
    found = [one.record for one in parts if words in one.record.label]
    assert found, f"{words!r} is not among {[one.record.label for one in parts]}"
    return found[0]


def roles_by_iri(text: str = PAPER) -> dict[str, str]:
    return {one.record.iri: one.record.label for one in extract_roles(reading_of(text), STUDY).records}


def test_items_of_an_announced_list_are_barriers_of_their_own() -> None:
    labels = {one.record.label for one in determinants_of().barriers}
    assert {
        "Unclear responsibility for blood tests",
        "Missing discharge letters",
        "A high turnover of ward staff",
    } <= labels


def test_what_is_said_again_is_one_barrier_with_a_span_for_each_place() -> None:
    barrier = next(one.record for one in determinants_of().barriers if len(one.record.spans) > 1)
    assert all("call the ward back" in " ".join(span.exact.split()) for span in barrier.spans)
    assert len({span.start for span in barrier.spans}) == len(barrier.spans)


def test_spans_hold_the_stored_words() -> None:
    reading = reading_of(PAPER)
    parts = determinants_of()
    for one in (*parts.barriers, *parts.facilitators):
        assert one.record.spans
        assert all(reading.stored[s.start : s.end] == s.exact for s in one.record.spans)
        assert one.start < one.end


def test_best_come_first_and_none_is_below_the_floor() -> None:
    scores = [one.record.score or 0.0 for one in determinants_of().barriers]
    assert scores == sorted(scores, reverse=True)
    assert all(FLOORS["Barrier"] <= score <= 1 for score in scores)
    assert len(scores) <= MOST


def test_what_is_cut_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    every = determinants_of()
    assert every.left == (0, 0)
    most = len(every.barriers) - 2
    monkeypatch.setattr(ranking, "MOST", most)
    cut = determinants_of()
    assert [one.record for one in cut.barriers] == [one.record for one in every.barriers[:most]]
    assert cut.left[0] >= 2
    (note, *_) = extract(read(PAPER.encode(), "a.txt")).notes
    assert re.fullmatch(r"beyond the \d+ likeliest barriers \d+ statements are left out", note)


def test_what_helps_is_a_facilitator_and_what_hinders_ranks_above_talk_of_methods() -> None:
    parts = determinants_of()
    assert "phoned them before discharge" in parts.facilitators[0].record.label
    assert not any("lasted 40 minutes" in one.record.label for one in parts.barriers[:8])


def test_literature_ranks_below_what_was_found() -> None:
    labels = [one.record.label for one in determinants_of().barriers]
    cited = [n for n, label in enumerate(labels) if "between hospitals and practices" in label]
    assert not cited or cited[0] > labels.index("Missing discharge letters")


def test_a_quote_is_stated_by_its_speaker_and_a_report_by_whom_it_names() -> None:
    names = roles_by_iri()
    parts = determinants_of()
    quoted = labelled(parts.barriers, "the ward never picks up")
    told = labelled(parts.barriers, "reluctant to call practices")
    assert [names[iri] for iri in quoted.stated_by] == ["general practitioner"]
    assert [names[iri] for iri in told.stated_by] == ["ward nurse"]


def test_they_are_those_who_state_it() -> None:
    names = roles_by_iri()
    barrier = labelled(determinants_of().barriers, "know whom to ask")
    assert [names[iri] for iri in barrier.attributed_to] == ["ward nurse"]
    assert barrier.self_attributed is True


def test_what_the_text_calls_a_barrier_is_explicit() -> None:
    assert labelled(determinants_of().barriers, "Missing discharge letters").explicit is True


def test_levels_and_codes_come_from_the_vocabularies() -> None:
    barrier = labelled(determinants_of().barriers, "Unclear responsibility")
    assert all(one.record.level in (*LEVELS, None) for one in determinants_of().barriers)
    assert any(iri.endswith("/accountability") for iri in barrier.codes)


def test_reasons_quote_the_cues() -> None:
    reason = labelled(determinants_of().barriers, "Missing discharge letters").reason
    assert reason is not None
    assert "item of a list of barriers" in reason
    assert "section: results" in reason


def test_reasons_name_the_words_the_section_and_the_role() -> None:
    reason = labelled(determinants_of().barriers, "Several ward nurses").reason or ""
    assert "cue: reluctant" in reason
    assert reason.endswith("section: results; role: ward nurse")
    shared = labelled(determinants_of().barriers, "They did not know whom").reason or ""
    assert shared.endswith("role: ward nurse near by")


def test_a_plan_of_a_trial_has_no_determinants() -> None:
    plan = """Calls after discharge: study protocol for a randomised trial

ABSTRACT

BACKGROUND: Lack of time is a barrier to calls after discharge.
METHODS: We will randomise 40 practices. The primary outcome will be the rate of blood tests at six months.

METHODS

Practices will be randomised to calls or letters. Difficulties with recruitment will be recorded.
"""
    assert determinants_of(plan) == DeterminantParts((), ())


def test_the_same_text_gives_the_same_records() -> None:
    assert determinants_of() == determinants_of()
