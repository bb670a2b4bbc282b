"""Links between the records of a small paper that was written for these tests."""

from dataclasses import replace
from functools import cache

import pytest

from ingest.extract import extract
from ingest.extract.context import Located, make
from ingest.extract.links import extract_links
from ingest.extract.places import ViewPlaces
from ingest.extract.remedies import remedies
from ingest.readers import read
from ontology.base import Record
from ontology.identity import mint
from ontology.model import (
    PREDICATES,
    Assertion,
    Barrier,
    Finding,
    Intervention,
    Limitation,
    Quote,
    ResearchRecommendation,
    Theme,
)
from ontology.namespaces import CKG

PAPER = """How wards and practices share the care of people with gout

ABSTRACT

BACKGROUND: Little is known about who follows up gout after discharge.
METHODS: We held qualitative interviews with ward nurses and general practitioners (GPs).
RESULTS: GPs reported a lack of time to call the ward back. Ward nurses described letters that arrived too late.
CONCLUSIONS: A named contact on each ward could help GPs to plan blood tests.

METHODS

This was a qualitative interview study. We held semi-structured interviews with 9 ward nurses and 8 GPs. Interviews were
recorded, transcribed and analysed by thematic analysis.

RESULTS

Time for calls

GPs felt that they had no time to call the ward back. One GP said:

“I would have no time between two patients and the ward never picks up the phone at that hour of the day.” (GP 7)

“It can take a morning to get through, and by then my patients have been waiting for an hour.” (GP 2)

Letters that arrive late

Ward nurses described letters that came after the patient had already been seen in the practice.

“The letter goes out when the doctor signs it and that can be a fortnight after the patient has gone home.” (Nurse 2)

DISCUSSION

GPs often had no time to call wards back. Late letters are a barrier to planning blood tests.
To overcome late letters, wards should send letters on the day of discharge.

LIMITATIONS

A limitation is that we interviewed no patients with gout. Future research should interview patients with gout at home.
"""


@cache
def records() -> tuple[Record, ...]:
    return extract(read(PAPER.encode(), "paper.txt")).records


def links(predicate: str) -> list[tuple[Record, Record, Assertion]]:
    by_iri = {record.iri: record for record in records()}
    return [
        (by_iri[one.subject], by_iri[one.object], one)
        for one in records()
        if isinstance(one, Assertion) and one.predicate == CKG + predicate
    ]


def test_every_link_is_one_the_model_has_with_a_reason_and_words() -> None:
    made = [
        link
        for predicate in ("supports", "illustrates", "inTheme", "addresses", "motivates")
        for link in links(predicate)
    ]
    assert len(made) == sum(isinstance(one, Assertion) for one in records())
    for subject, object_, one in made:
        _, subjects, objects = PREDICATES[one.predicate]
        assert type(subject).__name__ in subjects
        assert type(object_).__name__ in objects
        assert one.method == "rule"
        assert one.status == "proposed"
        assert one.confidence is not None
        assert 0 < one.confidence <= 1
        assert one.reason is not None
        assert one.reason.endswith(".")
        assert one.spans
        assert one.iri == mint("Assertion", one.subject, one.predicate, one.object, one.study or "")


def test_no_link_is_made_twice() -> None:
    iris = [one.iri for one in records() if isinstance(one, Assertion)]
    assert len(iris) == len(set(iris))


def test_quotes_support_the_finding_that_introduces_them() -> None:
    told = {
        (quote.exact[:12], finding.statement[:20])
        for quote, finding, _ in links("supports")
        if isinstance(quote, Quote) and isinstance(finding, Finding)
    }
    assert {start for start, _ in told} == {"I would have", "It can take ", "The letter g"}
    assert all(("time" in finding or "GPs" in finding) for start, finding in told if start == "I would have")
    assert all("Ward nurses" in finding for start, finding in told if start == "The letter g")


def test_a_further_quote_is_less_sure_than_the_first() -> None:
    sure = {quote.exact[:12]: one.confidence or 0.0 for quote, _, one in links("supports") if isinstance(quote, Quote)}
    assert sure["It can take "] < sure["I would have"]


def test_findings_and_barriers_are_in_the_theme_they_stand_under() -> None:
    themes = {
        finding.statement: theme.label
        for finding, theme, one in links("inTheme")
        if isinstance(finding, Finding) and isinstance(theme, Theme) and (one.confidence or 0) >= 0.9
    }
    late = next(label for statement, label in themes.items() if "already been seen" in statement)
    assert late == "Letters that arrive late"
    assert any(isinstance(barrier, Barrier) for barrier, _, _ in links("inTheme"))


def test_quotes_illustrate_the_barrier_in_them_and_their_theme() -> None:
    shown = links("illustrates")
    inside = [
        (quote, barrier)
        for quote, barrier, one in shown
        if isinstance(quote, Quote)
        and isinstance(barrier, Barrier)
        and one.reason == "Its words are part of the quote."
    ]
    assert inside
    assert all(
        any(quote.start <= span.start and span.end <= quote.end for span in barrier.spans) for quote, barrier in inside
    )
    quotes = {quote.iri for quote, theme, _ in shown if isinstance(theme, Theme)}
    assert quotes == {record.iri for record in records() if isinstance(record, Quote)}


def test_an_intervention_addresses_the_barrier_it_shares_rare_words_with() -> None:
    made = [
        (intervention.label, barrier.label)
        for intervention, barrier, _ in links("addresses")
        if isinstance(intervention, Intervention) and isinstance(barrier, Barrier)
    ]
    assert any("day of discharge" in what and "letters" in why.casefold() for what, why in made)


def addressed(proposal: float, *told: tuple[str, float]) -> list[str]:
    """Return the barriers, words and score each, that "wards should send letters" is linked to."""
    reading = read(PAPER.encode(), "paper.txt").reading

    def place(words: str) -> tuple[int, int]:
        start = reading.text.index(words)
        return start, start + len(words)

    words = "wards should send letters on the day of discharge"
    made: list[Located[Record]] = [
        make(Intervention, reading, "s", *place(words), key=words, label=words, score=proposal),
        *(make(Barrier, reading, "s", *place(one), key=one, label=one, score=score) for one, score in told),
    ]
    labels = {one.record.iri: one.record.label for one in made if isinstance(one.record, Barrier)}
    return [labels[one.object] for one in extract_links(reading, "s", made) if one.predicate == CKG + "addresses"]


def test_a_proposal_does_not_address_its_own_words() -> None:
    own, other = "wards should send letters on the day", "Late letters are a barrier to planning blood tests"
    assert addressed(0.9, (own, 0.2), (other, 0.2)) == [other]
    assert set(addressed(0.9, (own, 0.8), (other, 0.2))) == {own, other}


def test_a_proposal_does_not_address_what_it_says_a_second_time() -> None:
    reading = read(PAPER.encode(), "paper.txt").reading

    def place(words: str) -> tuple[int, int]:
        start = reading.text.index(words)
        return start, start + len(words)

    first, again = "wards should send letters on the day of discharge", "GPs often had no time to call wards back"
    one = make(Intervention, reading, "s", *place(first), key="i", label=first, score=0.9)
    twin = make(Intervention, reading, "s", *place(again), key="j", label=again, score=0.9)
    barrier = make(
        Barrier, reading, "s", *place(again), key="b", label=f"{again} about letters of discharge", score=0.2
    )
    told = one._replace(record=replace(one.record, spans=(*one.record.spans, *twin.record.spans)))
    addressed = [link.predicate for link in extract_links(reading, "s", [told, barrier])]
    assert CKG + "addresses" not in addressed


def test_of_many_barriers_the_likelier_are_addressed() -> None:
    some = (
        "GPs often had no time to call wards back", "often had no time", "no time to call wards",
        "Late letters are a barrier", "letters are a barrier to planning",
    )  # fmt: skip
    even = addressed(0.9, *((one, 0.5) for one in some))
    left = next(one for one in some if one not in even)
    assert len(even) == 3
    assert left in addressed(0.9, *((one, 0.95 if one == left else 0.05) for one in some))


def test_a_limitation_motivates_the_research_behind_it() -> None:
    made = [(a, b) for a, b, _ in links("motivates")]
    assert [(type(a), type(b)) for a, b in made] == [(Limitation, ResearchRecommendation)]


def test_stored_places_are_found_again_in_the_view() -> None:
    reading = read(PAPER.encode(), "paper.txt").reading
    places = ViewPlaces(reading)
    assert all(places.at(stored) == at for at, stored in enumerate(reading.offsets) if not reading.text[at].isspace())
    assert places.at(len(reading.stored) + 5) is None
    for record in records():
        if isinstance(record, Barrier):
            for (start, end), span in zip(places.of(record), record.spans, strict=True):
                assert reading.text[start:end].split() == span.exact.split()


def test_what_addresses_a_barrier_says_why() -> None:
    reasons = {
        one.reason or ""
        for intervention, barrier, one in links("addresses")
        if isinstance(intervention, Intervention) and isinstance(barrier, Barrier)
    }
    assert any("the authors say that it is to overcome what stands there" in reason for reason in reasons)
    assert all(reason.startswith("The intervention may address the barrier: ") for reason in reasons)


@pytest.mark.parametrize(
    ("intervention", "barrier", "usual"),
    [
        ("Training of ward nurses", "GPs did not know how to taper", True),
        ("An incentive for each visit", "visits were not paid", True),
        ("Evening clinics", "patients could not attend because of distance", True),
        ("Peer groups", "a fear of being judged", True),
        ("A new logo", "a lack of time", False),
    ],
)
def test_usual_answers_to_kinds_of_difficulty(intervention: str, barrier: str, usual: bool) -> None:
    assert bool(remedies(intervention, barrier)) is usual
