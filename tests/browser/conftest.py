"""The explorer on the shipped sample, in the machine's own Chromium."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from devtools.browser import ROOT, explorer


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("browser") / "store"
    command = [sys.executable, "-m", "cli", "ingest", "--sample", "--store", str(store)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return store


@pytest.fixture(scope="session")
def address(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with explorer(sample_store, tmp_path_factory.mktemp("log") / "explorer.log") as served:
        yield served


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page that fails the test when a script on it fails or when it asks for anything outside this machine."""
    context = chromium.new_context(viewport={"width": 1360, "height": 1000})
    opened = context.new_page()
    outside: list[str] = []
    failures: list[str] = []
    opened.on(
        "request", lambda r: None if r.url.startswith(("http://127.0.0.1", "data:", "blob:")) else outside.append(r.url)
    )
    opened.on("pageerror", lambda error: failures.append(str(error)))
    yield opened
    context.close()
    assert outside == []
    assert failures == []
