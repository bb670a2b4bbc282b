"""One suite for every Cypher engine: what the store promises must hold on each of them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph.store import EvidenceGraph

Opener = Callable[..., EvidenceGraph]


@pytest.fixture(params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def uri(request: pytest.FixtureRequest) -> str | None:
    """The Bolt URI of the engine under test, None for the embedded one."""
    return request.getfixturevalue("neo4j_uri") if request.param == "neo4j" else None


@pytest.fixture
def opened(uri: str | None, tmp_path: Path) -> Iterator[Opener]:
    """Opens stores by name with the engine under test; they are closed at the end."""
    every: list[EvidenceGraph] = []

    def open_store(name: str = "store", **more: bool) -> EvidenceGraph:
        every.append(EvidenceGraph(tmp_path / name, neo4j=uri, **more))
        return every[-1]

    yield open_store
    for graph in every:
        graph.close()
