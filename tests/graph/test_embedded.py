"""The embedded Cypher engine under change: whole states for every reader, and nothing kept of what breaks off."""

import threading
from collections.abc import Mapping
from typing import Any

import pytest

from graph.cypher import embedded
from graph.cypher.embedded import EmbeddedEngine
from graph.cypher.engine import Change, difference
from graph.errors import EngineUnavailable
from graph.project import Rows, to_rows
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

    def broken(change: Change, stamp: str) -> list[tuple[str, Mapping[str, Any]]]:
        return [*list(right(change, stamp))[:3], ("THIS is no Cypher", {})]

    with monkeypatch.context() as patch:
        patch.setattr(embedded, "statements", broken)
        with pytest.raises(EngineUnavailable, match="refuses a change"):
            engine.apply(difference(one, both), "both")
    assert (engine.stamp(), engine.counts()) == (None, (0, 0))
    engine.rebuild(both, "both")
    assert (engine.stamp(), engine.counts()[0]) == ("both", len(both.nodes))
    engine.apply(difference(both, Rows()), "none")
    assert engine.counts() == (0, 0)
