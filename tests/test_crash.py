"""A few rounds of `python -m devtools.crash`; many of them are its own business."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="this system tells of processes in another way")
def test_writers_that_are_killed_lose_nothing_and_leave_nothing_torn() -> None:
    command = [sys.executable, "-m", "devtools.crash", "--rounds", "6", "--seed", "5"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    assert "6 rounds, seed 5: 0 with a fault" in done.stdout
