"""A real Neo4j that is killed in a transaction and comes back: the folder is whole, and the server catches up."""

import functools
import gc
import logging
from pathlib import Path

import neo4j
import pytest

import graph.cypher.neo4j
from devtools.neo4j_server import Neo4jMissing, free_port, running
from graph.parity import compare
from graph.store import EvidenceGraph
from tests.cli.runner import SAMPLE as EVERY
from tests.cli.runner import run as carekg

pytestmark = pytest.mark.neo4j
SAMPLE = EVERY[:4]
_KILL_AT = 60
"""The statement before which the server is killed: of those that the second document or a later one gives."""


def run(*arguments: object, store: Path) -> tuple[int, str]:
    """The exit code of a command and what it complained of; its error is let go of, as that would hold the store."""
    done = carekg(*arguments, store=store)
    told = done.exit_code, done.stderr
    del done
    gc.collect()
    return told


def documents(store: Path) -> dict[str, str | None]:
    with EvidenceGraph(store, read_only=True) as there:
        return {document.iri: there.state(document.iri) for document in there.documents()}


def test_a_server_that_goes_in_the_midst_and_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    impatient = functools.partial(neo4j.GraphDatabase.driver, max_transaction_retry_time=1)
    monkeypatch.setattr(neo4j.GraphDatabase, "driver", impatient)
    monkeypatch.setattr(logging.getLogger("neo4j.session"), "disabled", True)  # a line kept would keep its error
    home, port, store, undisturbed = tmp_path / "neo4j", free_port(), tmp_path / "store", tmp_path / "undisturbed"
    assert run("ingest", *SAMPLE, store=undisturbed) == (0, "")
    try:
        with running(home, port, {}, brief=True) as (uri, process):
            with monkeypatch.context() as patch:
                whole, done = graph.cypher.neo4j._run, 0

                def cut(*given: object) -> None:
                    nonlocal done
                    done += 1
                    if done == _KILL_AT:
                        process.kill()
                        process.wait(60)
                    whole(*given)

                patch.setattr(graph.cypher.neo4j, "_run", cut)
                code, told = run("ingest", *SAMPLE, "--neo4j", uri, store=store)
            assert done >= _KILL_AT
    except Neo4jMissing as missing:
        pytest.skip(f"no Neo4j: {missing}")
    assert code == 1
    assert told.startswith(f"carekg: {uri}: cannot be reached (")
    assert "start it" in told
    there = documents(store)
    assert 0 < len(there) < len(SAMPLE)
    assert there.items() < documents(undisturbed).items(), "what is there is whole"
    assert run("retract", next(iter(there)), "--neo4j", uri, store=store)[0] == 1
    assert documents(store) == there

    with running(home, port, {}, brief=True):
        assert run("ingest", *SAMPLE, "--neo4j", uri, store=store) == (0, "")
        assert documents(store) == documents(undisturbed)
        with EvidenceGraph(store, read_only=True, neo4j=uri) as reader:
            assert list(compare(reader.snapshot(), {"neo4j": reader.engine()})) == []
