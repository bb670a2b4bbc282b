"""The real Neo4j server, started once for a test session; where it cannot be, its tests are skipped and say why."""

from collections.abc import Iterator

import pytest

from devtools.neo4j_server import Neo4jMissing, server


@pytest.fixture(scope="session")
def neo4j_uri(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The Bolt URI of an empty Neo4j without a password. Mark what uses it with `neo4j`."""
    try:
        with server(tmp_path_factory.mktemp("neo4j"), brief=True) as uri:
            yield uri
    except Neo4jMissing as missing:
        pytest.skip(f"no Neo4j: {missing}")
