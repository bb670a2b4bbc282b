"""What the tests of the command line share."""

from pathlib import Path

import pytest

from tests.cli.runner import run


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the shipped sample; for tests that only read."""
    path = tmp_path_factory.mktemp("cli") / "store"
    result = run("ingest", "--sample", store=path)
    assert result.exit_code == 0, result.stderr
    return path
