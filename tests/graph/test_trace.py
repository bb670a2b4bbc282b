"""Chains of evidence, up and down, to words that are compared with the stored text."""

from dataclasses import replace
from pathlib import Path

import pytest

from graph.errors import NotFound
from graph.store import EvidenceGraph
from graph.trace import neighbours, trace
from ontology.base import Record
from ontology.identity import mint
from ontology.model import Barrier, Decision, Document, Quote, Recommendation
from tests.graph.samples import WARD, Paper, clinic


def one(graph: EvidenceGraph, kind: str, source: str = "ward.txt") -> Record:
    document = graph.find(source).iri
    return graph.records(document, kind)[0]


def test_a_recommendation_goes_down_to_the_quote_and_its_exact_words(graph: EvidenceGraph) -> None:
    recommendation = next(r for r in graph.records() if isinstance(r, Recommendation))
    chain = trace(graph, recommendation.iri)
    assert [(type(s.record).__name__, s.depth) for s in chain.down] == [
        ("ReviewFinding", 1),
        ("Finding", 2),
        ("Quote", 3),
    ]
    quote = chain.down[-1]
    assert quote.speaker == "nurse"
    (words,) = quote.words
    assert words.source == "ward.txt"
    assert words.holds
    assert WARD[words.start : words.end] == words.exact
    assert chain.strength == "1 study, 1 quote, 1 speaking role"


def test_a_chain_tells_what_was_decided_and_which_studies_it_rests_on(changing: EvidenceGraph) -> None:
    link, barrier = one(changing, "Assertion"), one(changing, "Barrier")
    told = [
        Decision(
            iri=mint("Decision", target, "Bo", time),
            target=target,
            person="Bo",
            time=time,
            action=action,
            reason="Read.",
        )
        for target, action, time in (
            (link.iri, "reject", "2026-11-25T10:00:00+00:00"),
            (barrier.iri, "accept", "2026-11-24T10:00:00+00:00"),
        )
    ]
    changing.add(told)
    quote = trace(changing, one(changing, "Quote").iri)
    assert [(made.action, made.person) for made in quote.decisions] == [
        ("accept", "Ada"),
        ("accept", "Bo"),
        ("reject", "Bo"),
    ]
    recommendation = next(r for r in changing.records() if isinstance(r, Recommendation))
    assert [study.title for study in trace(changing, recommendation.iri).studies] == ["The ward study"]


def test_a_quote_goes_up_to_everything_that_rests_on_it(graph: EvidenceGraph) -> None:
    chain = trace(graph, one(graph, "Quote").iri)
    above = {(type(s.record).__name__, s.relation) for s in chain.up}
    assert above == {
        ("Barrier", "illustrates"),
        ("Finding", "supports"),
        ("Intervention", "addresses"),
        ("ReviewFinding", "supports"),
        ("Theme", "inTheme"),
        ("Recommendation", "basedOn"),
    }
    assert chain.down == ()


def test_a_rejected_link_is_no_link(graph: EvidenceGraph) -> None:
    theme = one(graph, "Theme")
    below = trace(graph, theme.iri, depth=1).down
    assert [type(step.record).__name__ for step in below] == ["Finding"]


def test_an_intervention_rests_on_the_barrier_that_it_addresses(graph: EvidenceGraph) -> None:
    chain = trace(graph, one(graph, "Intervention").iri)
    assert [type(s.record) for s in chain.down] == [Barrier, Quote]
    assert chain.down[0].confidence == pytest.approx(0.75)
    assert chain.down[0].status == "proposed"


def test_a_disagreement_shows_the_positions_that_it_sets_against_each_other(graph: EvidenceGraph) -> None:
    below = trace(graph, one(graph, "Disagreement", "clinic.txt").iri, depth=1).down
    assert "Doctors should prescribe." in [getattr(step.record, "statement", None) for step in below]


def test_depth_ends_a_chain(graph: EvidenceGraph) -> None:
    recommendation = next(r for r in graph.records() if isinstance(r, Recommendation))
    assert len(trace(graph, recommendation.iri, depth=1).down) == 1


def test_an_unknown_record_is_not_found(graph: EvidenceGraph) -> None:
    with pytest.raises(NotFound):
        trace(graph, "https://w3id.org/carekg/id/barrier/" + "0" * 32)


def test_a_lone_quote_has_no_neighbours(graph: EvidenceGraph) -> None:
    quote = one(graph, "Quote")
    assert isinstance(quote, Quote)
    assert neighbours(graph, quote) == (None, None, 1, 1)


def test_words_of_a_paper_that_was_retracted_are_left_out_of_what_a_sheet_quotes(tmp_path: Path) -> None:
    paper, sheet = Paper("ward.txt", WARD), Paper("sheet.csv", "Study\tQuote\n")
    span = paper.span("Late letters were a barrier.")
    quote = replace(paper.quote(span.exact, ""), document=sheet.iri, study=None, speaker_role=None)
    with EvidenceGraph(tmp_path / "store") as graph:
        graph.apply([paper.document])
        graph.apply([sheet.document, quote])
        assert [words.holds for words in trace(graph, quote.iri).words] == [True]
        graph.retract("ward.txt")
        assert trace(graph, quote.iri).words == ()


def test_words_of_a_paged_source_have_their_pages(folder: Path) -> None:
    paper = [replace(r, page_starts=(0, 60)) if isinstance(r, Document) else r for r in clinic()]
    with EvidenceGraph(folder) as graph:
        graph.apply(paper)
        (words,) = trace(graph, one(graph, "Quote", "clinic.txt").iri).words
        assert (words.pages, words.page) == ((1, 1), "p. 1")
        (words,) = trace(graph, one(graph, "Barrier", "clinic.txt").iri).words
        assert (words.pages, words.page) == ((1, 2), "p. 1-2")


def test_words_of_a_source_without_pages_have_none(graph: EvidenceGraph) -> None:
    (words,) = trace(graph, one(graph, "Quote").iri).words
    assert (words.pages, words.page) == (None, "")
