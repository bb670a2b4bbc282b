"""What several test modules share."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the annotated papers, which lies beside the checkout and is not part of it."""
    if not SHARED.is_dir():
        pytest.skip("../shared is absent: the annotated papers are not part of the project")
    return SHARED
