"""What several test modules share."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from devtools.browser import browser, chromium_path
from tests.neo4j_fixture import neo4j_uri as neo4j_uri

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
BACKENDS = ("neo4j", "browser", "shared")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the annotated papers, which lies beside the checkout and is not part of it."""
    if not SHARED.is_dir():
        pytest.skip("../shared is absent: the annotated papers are not part of the project")
    return SHARED


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's own browser, one for all tests of a process: Playwright allows no second one beside it."""
    if chromium_path() is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    with browser() as opened:
        yield opened


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark what needs ../shared, so that it is counted."""
    if "shared" in getattr(item, "fixturenames", ()):
        item.add_marker("shared")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say for each backend how many tests ran and how many were skipped, so that none is silently absent."""
    counts: dict[str, Counter[str]] = {backend: Counter() for backend in BACKENDS}
    for outcome in ("passed", "failed", "error", "skipped"):
        for report in terminalreporter.stats.get(outcome, ()):
            for backend in BACKENDS:
                if backend in getattr(report, "keywords", ()):
                    counts[backend]["skipped" if outcome == "skipped" else "ran"] += 1
    for backend, count in counts.items():
        terminalreporter.write_line(f"backend {backend}: {count['ran']} ran, {count['skipped']} skipped")
