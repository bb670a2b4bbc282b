"""A store with two small studies and a review of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from graph.store import EvidenceGraph
from tests.graph.samples import clinic, filled, review, ward


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a test makes a store of its own."""
    return tmp_path / "store"


@contextmanager
def reviewed(folder: Path) -> Iterator[EvidenceGraph]:
    first = ward()
    with filled(folder, first, clinic()) as opened:
        opened.add(review(first))
        yield opened


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EvidenceGraph]:
    """The store for tests that only read."""
    with reviewed(tmp_path_factory.mktemp("read") / "store") as opened:
        yield opened


@pytest.fixture
def changing(tmp_path: Path) -> Iterator[EvidenceGraph]:
    """A store of one's own for a test that writes."""
    with reviewed(tmp_path / "store") as opened:
        yield opened
