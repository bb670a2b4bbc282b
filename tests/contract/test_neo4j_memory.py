"""A query that takes more memory than a real Neo4j gives: it is told at once, and the next one is answered."""

import logging
from pathlib import Path

import pytest

from devtools.neo4j_server import Neo4jMissing, free_port, running
from graph.cypher.neo4j import Neo4jEngine
from graph.errors import QueryError

pytestmark = pytest.mark.neo4j
GREEDY = "UNWIND range(1, 100000000) AS i WITH collect(toString(i)) AS every RETURN size(every) AS size"


def test_a_query_that_wants_too_much_is_run_once_and_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    try:
        with running(tmp_path, free_port(), {"db.memory.transaction.max": "16m"}, brief=True) as (uri, _):
            engine = Neo4jEngine(uri)
            with (
                caplog.at_level(logging.WARNING, "neo4j"),
                pytest.raises(QueryError, match="more memory than the server gives to one query; ask for less"),
            ):
                engine.query(GREEDY, {}, limit=10)
            assert not [record for record in caplog.records if "retried" in record.getMessage()]
            assert engine.query("RETURN 1 AS one", {}).rows == ((1,),)
            engine.close()
    except Neo4jMissing as missing:
        pytest.skip(f"no Neo4j: {missing}")
