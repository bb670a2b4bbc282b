"""Two transactions that wait for one another on a real Neo4j: the server ends ours, and it is run again by itself."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import neo4j
import pytest

import graph.cypher.neo4j
from graph.cypher.engine import Change
from graph.cypher.neo4j import Neo4jEngine
from graph.project import Node

pytestmark = pytest.mark.neo4j
FIRST, THEN = "urn:first", "urn:then"
TOUCH = "MATCH (n:Entity {iri: $iri}) SET n.touched = true"
WAITING = "SHOW TRANSACTIONS YIELD status WHERE status STARTS WITH 'Blocked' RETURN count(*) AS waiting"
PATIENCE = 30


def change(label: str) -> Change:
    """Two nodes of kinds that are written one statement after the other."""
    nodes = [
        Node(iri, (kind, "Entity"), {"iri": iri, "label": label}) for iri, kind in ((FIRST, "Role"), (THEN, "Theme"))
    ]
    return Change(removed=(), written=tuple(nodes), relabelled=(), unlinked=(), linked=())


@pytest.fixture
def engine(neo4j_uri: str) -> Iterator[Neo4jEngine]:
    opened = Neo4jEngine(neo4j_uri)
    opened.apply(change("before"), "before")
    yield opened
    opened.apply(Change(removed=(FIRST, THEN), written=(), relabelled=(), unlinked=(), linked=()), "after")
    opened.close()


def test_a_transaction_that_the_server_ends_for_a_deadlock_is_run_again(
    engine: Neo4jEngine, neo4j_uri: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = graph.cypher.neo4j._run
    holds_first, go_on = threading.Event(), threading.Event()
    faults: list[str | None] = []
    starts = 0

    def stepwise(where: neo4j.ManagedTransaction, text: str, params: dict[str, object]) -> None:
        nonlocal starts
        try:
            plain(where, text, params)
        except neo4j.exceptions.Neo4jError as error:
            faults.append(error.code)
            raise
        if ":Role" in text:
            starts += 1
            holds_first.set()
            assert go_on.wait(PATIENCE)

    monkeypatch.setattr(graph.cypher.neo4j, "_run", stepwise)
    with (
        neo4j.GraphDatabase.driver(neo4j_uri) as driver,
        driver.session() as theirs,
        driver.session() as looking,
        ThreadPoolExecutor(2) as threads,
    ):
        ours = threads.submit(engine.apply, change("after"), "stamp")
        assert holds_first.wait(PATIENCE)
        other = theirs.begin_transaction()
        other.run(
            "UNWIND range(1, 1000) AS i CREATE (:Stranger)"
        ).consume()  # of two, the one with fewer locks is ended
        other.run(TOUCH, iri=THEN).consume()
        blocked = threads.submit(lambda: other.run(TOUCH, iri=FIRST).consume())
        while not looking.run(WAITING).single(strict=True)["waiting"]:
            assert not blocked.done()
        go_on.set()
        blocked.result(PATIENCE)
        other.rollback()
        ours.result(PATIENCE)
    assert faults == ["Neo.TransientError.Transaction.DeadlockDetected"]
    assert starts == 2
    found = engine.query(
        "MATCH (n:Entity) WHERE n.iri IN $iris RETURN n.label AS label, n.touched AS touched", {"iris": [FIRST, THEN]}
    )
    assert found.rows == (("after", None), ("after", None))
    assert engine.stamp() == "stamp"
