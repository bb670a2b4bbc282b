"""The graph as networkx, and what lies around a thing."""

from collections.abc import Iterator

import networkx as nx
import pytest

from graph import network
from graph.store import EvidenceGraph
from ontology.model import Barrier, Quote
from tests.graph.samples import clinic, review, ward


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[nx.MultiDiGraph]:
    with EvidenceGraph(tmp_path_factory.mktemp("network") / "store") as store:
        store.apply(ward())
        store.apply(clinic())
        store.add(review(ward()))
        yield network.graph(store)


def one(graph: nx.MultiDiGraph, kind: str, name: str) -> str:
    (found,) = [i for i, told in graph.nodes(data=True) if told["kind"] == kind and told["name"].startswith(name)]
    return str(found)


def test_it_holds_every_record_and_no_concept_that_nothing_points_to(graph: nx.MultiDiGraph) -> None:
    wanted = {r.iri for r in [*ward(), *clinic(), *review(ward())]}
    assert wanted <= set(graph)
    assert not [i for i, told in graph.nodes(data=True) if told["kind"] in ("Concept", "ConceptScheme")]
    assert list(graph) == sorted(graph)


def test_two_links_between_the_same_things_stay_two(graph: nx.MultiDiGraph) -> None:
    quote = next(r for r in ward() if isinstance(r, Quote))
    barrier = next(r for r in ward() if isinstance(r, Barrier))
    edges = graph.get_edge_data(quote.iri, barrier.iri)
    assert [told["type"] for told in edges.values()] == ["ILLUSTRATES"]
    assert all(key == f"ILLUSTRATES {told['assertion']}" for key, told in edges.items())


def test_the_story_leaves_out_how_it_is_recorded(graph: nx.MultiDiGraph) -> None:
    kinds = {told["kind"] for _, told in network.story(graph).nodes(data=True)}
    assert {"Quote", "Barrier", "Role", "Study", "Recommendation"} <= kinds
    assert kinds.isdisjoint({"Assertion", "Passage", "Document", "Section", "Decision"})


def test_what_lies_around_is_counted_by_relation_and_limited(graph: nx.MultiDiGraph) -> None:
    barrier = next(r for r in ward() if isinstance(r, Barrier)).iri
    around = network.neighbourhood(graph, barrier)
    assert around.relations == {
        ("ADDRESSES", "in"): 1, ("ILLUSTRATES", "in"): 1, ("IN_DOCUMENT", "out"): 1, ("IN_STUDY", "out"): 1,
        ("OBJECT", "in"): 2, ("SPAN", "out"): 1, ("STATED_BY", "out"): 1,
    }  # fmt: skip
    assert set(around.graph) == {barrier, *graph.predecessors(barrier), *graph.successors(barrier)}
    assert around.left_out == 0
    few = network.neighbourhood(graph, barrier, limit=2)
    assert len(few.graph) == 3
    assert few.left_out == len(around.graph) - 3
    best = sorted(set(around.graph) - {barrier}, key=lambda i: (-graph.degree(i), i))[:2]
    assert set(few.graph) == {barrier, *best}


def test_depth_and_relations_choose_the_way(graph: nx.MultiDiGraph) -> None:
    intervention = one(graph, "Intervention", "A shared diary")
    near = network.neighbourhood(graph, intervention, depth=2, relations=["ADDRESSES", "ILLUSTRATES"])
    assert sorted(told["kind"] for _, told in near.graph.nodes(data=True)) == ["Barrier", "Intervention", "Quote"]
    assert network.neighbourhood(graph, intervention, depth=3, limit=500).left_out == 0
    with pytest.raises(KeyError):
        network.neighbourhood(graph, "urn:nothing")
