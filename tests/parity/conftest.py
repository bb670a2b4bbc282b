"""What the tests of parity share."""

from collections.abc import Iterator

import pytest

from graph.cypher.embedded import EmbeddedEngine
from graph.cypher.engine import CypherEngine


@pytest.fixture(scope="module", params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def engine(request: pytest.FixtureRequest) -> Iterator[CypherEngine]:
    """A Cypher engine by itself, to be filled with rows."""
    if request.param == "embedded":
        made: CypherEngine = EmbeddedEngine()
    else:
        from graph.cypher.neo4j import Neo4jEngine

        made = Neo4jEngine(request.getfixturevalue("neo4j_uri"))
    yield made
    made.close()
