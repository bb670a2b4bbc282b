"""A store with two small studies and a review of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from graph.store import EvidenceGraph
from tests.graph.samples import clinic, review, ward


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a test makes a store of its own."""
    return tmp_path / "store"


@contextmanager
def filled(folder: Path) -> Iterator[EvidenceGraph]:
    with EvidenceGraph(folder) as opened:
        first = ward()
        opened.apply(first)
        opened.apply(clinic())
        opened.add(review(first))
        yield opened


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EvidenceGraph]:
    """The store for tests that only read."""
    with filled(tmp_path_factory.mktemp("read") / "store") as opened:
        yield opened


@pytest.fixture
def changing(tmp_path: Path) -> Iterator[EvidenceGraph]:
    """A store of one's own for a test that writes."""
    with filled(tmp_path / "store") as opened:
        yield opened
