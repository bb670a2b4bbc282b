"""What is kept of patterns is what would be worked out, for all in use; others are worked out when asked for."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.extract import patterns
from ingest.extract.memo import Memo
from ingest.extract.patterns import Known, compiled, name_of, needed, work_out

ROOT = Path(__file__).resolve().parents[3]


def test_the_file_holds_what_is_worked_out_now() -> None:
    """Else run `python -m devtools.patterns --write`."""
    command = [sys.executable, "-m", "devtools.patterns"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(done.stdout.split()[0]) > 400


def test_what_is_kept_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    source = r"\b(?:oak|elm)s?\b"
    monkeypatch.setattr(patterns, "_kept", lambda: {name_of(source, re.IGNORECASE): ["k", [["ash"]]]})
    monkeypatch.setattr(patterns, "asked", Memo(patterns._look_up))
    assert needed(source, re.IGNORECASE | re.UNICODE) == (frozenset(["ash"]),)
    assert compiled(source, re.IGNORECASE).pattern.startswith("(?=[k])")
    assert needed(source, 0) == work_out(source, 0).signs != ()


def test_a_pattern_that_is_not_kept_is_worked_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "FILE", ROOT / "no such file")
    patterns._kept.cache_clear()
    try:
        assert Memo(patterns._look_up)[r"\b(?:oak|elm)s?\b", 0] == Known(
            "eo", (frozenset([" elm ", " elms ", " oak ", " oaks "]),)
        )
    finally:
        patterns._kept.cache_clear()
