"""The embedded Cypher engine under change: whole states for every reader, and nothing kept of what breaks off."""

import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from graph.cypher import embedded
from graph.cypher.dialect import PLACE
from graph.cypher.embedded import EmbeddedEngine
from graph.cypher.engine import STAMP_LABEL, Change, difference
from graph.errors import EngineUnavailable
from graph.project import Rows, to_rows
from ontology.identity import mint
from ontology.model import Study, Theme
from tests.graph.samples import clinic, ward

COUNTS = "MATCH (n:Entity) WITH count(n) AS nodes MATCH (:Entity)-[r]->(:Entity) RETURN nodes, count(r)"


def test_readers_beside_a_writer_see_whole_states() -> None:
    one, both = to_rows(ward()), to_rows([*ward(), *clinic()])
    wanted = {(len(rows.nodes), len(rows.relationships)) for rows in (one, both)}
    engine = EmbeddedEngine()
    engine.rebuild(one, "one")
    seen: set[object] = set()
    stop = threading.Event()

    def read() -> None:
        try:
            while not stop.is_set():
                seen.update(engine.query(COUNTS, {}).rows)
        except Exception as error:
            seen.add(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for _ in range(10):
        engine.apply(difference(one, both), "both")
        engine.apply(difference(both, one), "one")
    stop.set()
    for reader in readers:
        reader.join(60)
    assert seen <= wanted
    assert engine.query(COUNTS, {}).rows == ((len(one.nodes), len(one.relationships)),)


def test_a_change_that_breaks_off_leaves_nothing_that_could_be_taken_for_a_state(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    engine = EmbeddedEngine()
    one, both = to_rows(ward()), to_rows([*ward(), *clinic()])
    engine.rebuild(one, "one")
    right = embedded.statements

    def broken(change: Change, stamp: str, **more: Callable[[str], str]) -> list[tuple[str, Mapping[str, Any]]]:
        return [*list(right(change, stamp, **more))[:3], ("THIS is no Cypher", {})]

    with monkeypatch.context() as patch:
        patch.setattr(embedded, "statements", broken)
        with pytest.raises(EngineUnavailable, match="refuses a change"):
            engine.apply(difference(one, both), "both")
    assert (engine.stamp(), engine.counts()) == (None, (0, 0))
    engine.rebuild(both, "both")
    assert (engine.stamp(), engine.counts()[0]) == ("both", len(both.nodes))
    engine.apply(difference(both, Rows()), "none")
    assert engine.counts() == (0, 0)


def held(engine: EmbeddedEngine) -> tuple[object, ...]:
    rows = engine.rows()
    nodes = {iri: (set(node.labels), node.properties) for iri, node in rows.nodes.items()}
    return nodes, rows.relationships, rows.attestations, engine.stamp()


def test_an_engine_that_is_only_asked_leaves_its_graph_in_the_file(tmp_path: Path) -> None:
    both = to_rows([*ward(), *clinic()])
    plain = EmbeddedEngine()
    plain.rebuild(both, "both")
    filled = EmbeddedEngine(tmp_path / "graph.kgl", mapped=True)
    filled.rebuild(both, "both")
    opened = EmbeddedEngine(tmp_path / "graph.kgl", mapped=True)
    assert held(filled) == held(opened) == held(plain)
    assert held(plain)[1] == both.relationships
    opened.rebuild(to_rows(ward()), "one")
    assert EmbeddedEngine(tmp_path / "graph.kgl").stamp() == "one"
    assert filled.stamp() == "both", "who reads the file of before goes on reading it"


def test_a_file_of_another_layout_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(embedded, "_LAYOUT", 1)
        EmbeddedEngine(tmp_path / "graph.kgl").rebuild(to_rows(ward()), "one")
    assert EmbeddedEngine(tmp_path / "graph.kgl").stamp() is None


def test_where_nodes_are_kept_is_not_seen() -> None:
    engine = EmbeddedEngine()
    engine.rebuild(to_rows(ward()), "one")
    for text in (
        "labels(n)", "size(labels(n))", "any(x IN labels(n) WHERE x STARTS WITH 'C')", "'Theme' IN LABELS(n)",
        "[x IN labels(n) WHERE x <> 'Entity']", "labels(head([n]))", "labels(head(tail([n, n])))", "{kinds: labels(n)}",
        "collect(labels(n))", "'iri' IN keys(n)", "size(keys(head([n])))", "n",
    ):  # fmt: skip
        table = engine.query(f"MATCH (n:Theme) RETURN {text}", {})
        assert table.columns == (text,)
        assert PLACE not in repr(table.rows)
    assert engine.query("MATCH (n:Theme) RETURN DISTINCT labels(n), size(labels(n))", {}).rows == (
        (["Entity", "Theme"], 2),
    )
    assert engine.query(f"MATCH (s:{STAMP_LABEL}) RETURN labels(s)", {}).rows == (([STAMP_LABEL],),)


def test_things_whose_iri_says_another_kind_are_kept_too() -> None:
    odd = Theme(iri=mint("Passage", "odd"), label="A theme", variants=("b", "a"))
    odder = Study(iri="urn:odder", design=("interviews",), title="A study", evidence_level="abstract")
    one, both = to_rows([odd]), to_rows([odd, odder])
    engine = EmbeddedEngine()
    engine.rebuild(both, "both")
    whole = held(engine)
    assert whole[0] == {iri: (set(node.labels), node.properties) for iri, node in both.nodes.items()}
    engine.rebuild(Rows(), "none")
    engine.apply(difference(Rows(), one), "one")
    engine.apply(difference(one, both), "both")
    assert held(engine) == whole
