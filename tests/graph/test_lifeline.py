"""Processes that end with the one that started them."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.graph.samples import filled, ward

ROOT = Path(__file__).resolve().parents[2]
CALLER = """
import sys, threading
from pathlib import Path
from graph.guard import QueryRunner

runner = QueryRunner(Path(sys.argv[1]))
starter = threading.Thread(target=runner.graphs)
starter.start()
starter.join()
assert runner.run("sparql", "ASK {}").rows == ((True,),), "it does not end with the thread that started it"
print(runner._processes[None]._popen.pid, flush=True)
runner.run(sys.argv[2], sys.argv[3], seconds=600)
"""
ENDLESS = {
    "sparql": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "cypher": "MATCH (a), (b), (c), (d), (e), (f) RETURN count(*) AS n",
}


def ended(pid: int, seconds: float = 60) -> bool:
    """Whether a process ends, or has ended."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        time.sleep(0.05)
    return False


def busy(pid: int) -> float:
    """Seconds of processor time that a process has had."""
    told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="this system tells of processes in another way")
@pytest.mark.parametrize("language", ENDLESS)
def test_a_query_does_not_outlive_the_process_that_asked(folder: Path, language: str) -> None:
    filled(folder, ward()).close()
    command = [sys.executable, "-c", CALLER, str(folder), language, ENDLESS[language]]
    caller = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert caller.stdout is not None
    worker = int(caller.stdout.readline())
    begun = busy(worker)
    while busy(worker) < begun + 0.3:
        assert caller.poll() is None
        time.sleep(0.05)
    caller.send_signal(signal.SIGKILL)
    caller.wait()
    try:
        assert ended(worker)
    finally:
        if Path(f"/proc/{worker}").exists():
            os.kill(worker, signal.SIGKILL)


def test_a_process_that_comes_too_late_ends_at_once() -> None:
    held, lifeline = os.pipe()
    os.close(lifeline)
    code = f"from ontology import lifeline\nlifeline.hold({held})\nprint('lives')"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, pass_fds=(held,), capture_output=True, check=False)
    os.close(held)
    assert done.stdout == b""
    assert done.returncode != 0
