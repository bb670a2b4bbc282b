"""What several test modules share."""

from collections import Counter
from pathlib import Path

import pytest

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
