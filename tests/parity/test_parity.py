"""Parity finds nothing on what we ship, and whatever somebody planted in either store."""

from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph import shipped, sync
from graph.cypher.embedded import EmbeddedEngine
from graph.cypher.engine import CypherEngine
from graph.parity import Difference, compare
from graph.project import Rows, to_quads
from graph.store import EvidenceGraph
from ontology.base import Record
from ontology.model import Barrier
from tests.cli.runner import SAMPLE, run, told
from tests.contract.test_retraction import of_one_document
from tests.graph.samples import clinic, review, ward
from tests.strategies import record_sets

SAME = "10.1000/one"
BARRIER = next(record.iri for record in ward(doi=SAME) if isinstance(record, Barrier))
ONTOLOGY = "https://w3id.org/carekg/graph/ontology"


@pytest.fixture
def graph(tmp_path: Path) -> Iterator[EvidenceGraph]:
    """Two reports of one study, and a review; without vocabularies, which take a second to read."""
    with patch.object(shipped, "files", list), EvidenceGraph(tmp_path / "store") as opened:
        opened.apply(ward(doi=SAME))
        opened.apply(clinic(doi=SAME))
        opened.add(review(ward(doi=SAME)))
        yield opened


def found(graph: EvidenceGraph, engine: CypherEngine) -> list[Difference]:
    return list(compare(graph.snapshot(), {"engine": engine}))


def filled(graph: EvidenceGraph, engine: CypherEngine) -> CypherEngine:
    engine.rebuild(Rows(), "empty")
    engine.rebuild(sync.every_row(graph.snapshot().store), graph.stamp())
    return engine


def write(engine: CypherEngine, text: str) -> None:
    """Run a writing query past the store, as somebody with a console would."""
    if isinstance(engine, EmbeddedEngine):
        engine._graph.read_only(False)
        engine._graph.cypher(text.replace(".label", ".carekg_label"))
        engine._graph.read_only(True)
        return
    with engine._session() as session:
        session.execute_write(lambda transaction: transaction.run(text).consume())


@pytest.mark.parametrize(
    ("planted", "slots"),
    [
        (f"MATCH (b:Barrier {{iri: '{BARRIER}'}}) SET b.label = 'Other'", {"label"}),
        (f"MATCH (b:Barrier {{iri: '{BARRIER}'}}) SET b.own = 1", {"own"}),
        (f"MATCH (b:Barrier {{iri: '{BARRIER}'}}) REMOVE b.level", {"level"}),
        (f"MATCH (b:Barrier {{iri: '{BARRIER}'}}) SET b:Facilitator", {"labels"}),
        (
            f"MATCH (b:Barrier {{iri: '{BARRIER}'}})-[r:STATED_BY]->() DELETE r",
            {"stated_by", "number of relationships"},
        ),
        (
            f"MATCH (b:Barrier {{iri: '{BARRIER}'}}), (t:Theme) CREATE (b)-[:CODED]->(t)",
            {"codes", "number of relationships"},
        ),
        (
            f"MATCH (b:Barrier {{iri: '{BARRIER}'}})-[r:STATED_BY]->(x) CREATE (b)-[:STATED_BY]->(x)",
            {"number of relationships"},
        ),
        ("MATCH (:Quote)-[r:SUPPORTS]->() SET r.weight = 2", {"properties of SUPPORTS"}),
        ("MATCH (n:CarekgAttestation) DELETE n", {"attestation in"}),
        ("CREATE (:Entity:Role {iri: 'urn:planted'})", {"node", "number of nodes"}),
        ("MATCH (s:CarekgStore) SET s.stamp = 'other'", {"stamp"}),
        ("MATCH (t:Theme) SET t.variants = ['Other']", {"variants"}),
        ("MATCH (q:Quote) SET q.start = toFloat(q.start)", {"start"}),
    ],
)
def test_a_change_planted_in_a_cypher_engine_is_found(
    graph: EvidenceGraph, engine: CypherEngine, planted: str, slots: set[str]
) -> None:
    filled(graph, engine)
    assert found(graph, engine) == []
    write(engine, planted)
    differences = found(graph, engine)
    assert {d.slot.split(" https://")[0] for d in differences} == slots
    assert {d.between for d in differences} == {("rdf", "engine")}


def test_a_shortcut_that_no_assertion_gives_is_found(graph: EvidenceGraph, engine: CypherEngine) -> None:
    filled(graph, engine)
    write(
        engine,
        "MATCH (q:Quote)-[r:ILLUSTRATES]->(), (t:Theme) "
        "CREATE (q)-[:ILLUSTRATES {assertion: r.assertion, derived: true}]->(t)",
    )
    differences = found(graph, engine)
    assert {d.slot.split(" of http")[0] for d in differences} == {"ILLUSTRATES", "number of relationships"}
    assert all(d.left is None for d in differences if d.iri)


def _add(subject: str, predicate: str, value: str, name: str) -> Callable[[ox.Store, str], None]:
    def plant(store: ox.Store, document: str) -> None:
        where = ox.NamedNode(name or document)
        term = ox.NamedNode(value) if value.startswith("urn:") else ox.Literal(value)
        store.add(ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), term, where))

    return plant


def _lose(store: ox.Store, document: str) -> None:
    label = ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
    for quad in list(store.quads_for_pattern(ox.NamedNode(BARRIER), label, None, None)):
        store.remove(quad)


def _tagged(store: ox.Store, document: str) -> None:
    label = ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
    for quad in list(store.quads_for_pattern(ox.NamedNode(BARRIER), label, None, None)):
        store.remove(quad)
        tagged = ox.Literal(quad.object.value, language="en")
        store.add(ox.Quad(quad.subject, quad.predicate, tagged, quad.graph_name))


@pytest.mark.parametrize(
    ("plant", "iri", "slot"),
    [
        (_add(BARRIER, "urn:p", "x", ""), BARRIER, "urn:p"),
        (_add("urn:other", "urn:p", "x", ""), "urn:other", "urn:p"),
        (_add("urn:other", "urn:p", "x", "https://w3id.org/carekg/graph/document/unknown"), "urn:other", "urn:p"),
        (_add(BARRIER, "https://w3id.org/carekg/vocab/codes", "urn:code", ""), BARRIER, "codes"),
        (_tagged, BARRIER, "prefLabel"),
        (_lose, BARRIER, ""),
    ],
)
def test_a_change_planted_in_rdf_is_found(
    graph: EvidenceGraph, plant: Callable[[ox.Store, str], None], iri: str, slot: str
) -> None:
    engine = graph.engine()
    assert found(graph, engine) == []
    documents = [name for name in graph.snapshot().manifest.graphs if "/document/" in name]
    plant(graph.snapshot().store, documents[0])
    differences = found(graph, engine)
    assert any(d.iri.startswith(iri) and (not slot or d.slot == slot) for d in differences)
    assert any(d.slot == "hash" for d in differences)


def test_a_change_planted_in_the_vocabularies_is_found(tmp_path: Path) -> None:
    with EvidenceGraph(tmp_path / "store") as graph:
        assert found(graph, graph.engine()) == []
        _add("urn:other", "urn:p", "x", ONTOLOGY)(graph.snapshot().store, "")
        told = {(d.iri, d.slot, d.between) for d in found(graph, graph.engine())}
        assert told == {("urn:other", "urn:p", ("records", "rdf")), ("urn:other", "urn:p", ("rdf", "default graph"))}


def test_a_default_graph_that_is_not_the_union_is_found(graph: EvidenceGraph) -> None:
    store, default = graph.snapshot().store, ox.DefaultGraph()
    label = ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
    for quad in list(store.quads_for_pattern(ox.NamedNode(BARRIER), label, None, default)):
        store.remove(quad)
    store.add(ox.Quad(ox.NamedNode(BARRIER), label, ox.Literal("Nobody says so"), default))
    *lost, extra = found(graph, graph.engine())
    told = {(one.iri, one.slot, one.between, one.right) for one in lost}
    assert told == {(BARRIER, "prefLabel", ("rdf", "default graph"), None)}
    assert "Nobody says so" in extra.iri and extra.right == "stands in no named graph"


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(first=record_sets(max_size=8), second=record_sets(max_size=8), size=st.integers(1, 30))
def test_the_pieces_are_the_whole_and_share_nothing(
    first: tuple[Record, ...], second: tuple[Record, ...], size: int
) -> None:
    store, lines = ox.Store(), set[str]()
    for records in (first, second):
        lines.update(to_quads(of_one_document(records)))
    store.load("".join(sorted(lines)).encode(), format=ox.RdfFormat.N_QUADS)
    whole, joined = sync.every_row(store), Rows()
    for part in sync.parts(store, [name.value for name in store.named_graphs()], size):
        assert joined.nodes.keys().isdisjoint(part.nodes)
        assert joined.relationships.isdisjoint(part.relationships)
        joined.nodes |= part.nodes
        joined.relationships |= part.relationships
        joined.attestations |= part.attestations
    assert joined == whole


def test_what_we_ship_has_no_difference(tmp_path: Path) -> None:
    assert run("ingest", "--sample", store=tmp_path / "store").exit_code == 0
    assert told("parity", store=tmp_path / "store") == {"sides": ["rdf", "embedded"], "differences": 0, "shown": []}
    result = run("parity", store=tmp_path / "store")
    assert (result.exit_code, result.stdout) == (0, "rdf, embedded: 0 differences\n")
    assert len(SAMPLE) > 1


def test_the_command_prints_what_differs_and_fails(tmp_path: Path) -> None:
    with EvidenceGraph(tmp_path / "store") as graph:
        graph.apply(ward(doi=SAME))
        engine = graph.engine()
        write(engine, "MATCH (n:Theme) SET n.label = 'Planted'")
        engine._saved = None
    result = run("parity", store=tmp_path / "store")
    assert result.exit_code == 1
    assert "Planted" in result.stdout and "label" in result.stdout and "1 difference\n" in result.stdout
    result = run("parity", "--limit", "1", "--json", store=tmp_path / "store")
    assert (result.exit_code, '"differences": 1' in result.stdout) == (1, True)
    result = run("parity", "--rebuild", store=tmp_path / "store")
    assert (result.exit_code, result.stdout) == (0, "rdf, embedded: 0 differences\n")
    assert run("parity", store=tmp_path / "store").exit_code == 0


def test_a_store_that_is_not_there_is_named(tmp_path: Path) -> None:
    for command in ("parity", "import"):
        more = ["--neo4j", "bolt://127.0.0.1:1"] if command == "import" else []
        result = run(command, *more, store=tmp_path / "none")
        assert (result.exit_code, result.stderr.count("\n")) == (1, 1)


def test_progress_is_told_to_the_end(graph: EvidenceGraph) -> None:
    said: list[tuple[int, int]] = []
    assert list(compare(graph.snapshot(), {"e": graph.engine()}, lambda done, of: said.append((done, of)))) == []
    assert said == sorted(said)
    assert said[-1][0] == said[-1][1]
