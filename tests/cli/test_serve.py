"""`carekg serve --sparql` as a process: it answers on this machine only, and leaves nothing behind when it ends."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from tests.graph.conftest import reviewed

ROOT = Path(__file__).resolve().parents[2]


def children(pid: int) -> list[int]:
    """The processes that a process started and that still run."""
    told = [path.read_text(encoding="ascii") for path in Path(f"/proc/{pid}/task").glob("*/children")]
    return [int(child) for child in " ".join(told).split()]


@pytest.mark.parametrize("ended_by", [signal.SIGINT, signal.SIGTERM])
def test_the_endpoint_answers_and_ends_with_its_processes(tmp_path: Path, ended_by: signal.Signals) -> None:
    with reviewed(tmp_path / "store"):
        pass
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    command = [sys.executable, str(ROOT / "cli.py"), "serve", "--sparql", "--store", "store", "--port", port, "--json"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as running:
        try:
            assert running.stdout is not None
            url = json.loads("".join(running.stdout.readline() for _ in range(4)))["url"]
            assert url == f"http://127.0.0.1:{port}/sparql"
            with _when_up(f"{url}?{urllib.parse.urlencode({'query': 'ASK { ?s a ckg:Role }'})}") as reply:
                assert json.load(reply)["boolean"] is True
            workers = children(running.pid)
            assert len(workers) == 2
            running.send_signal(ended_by)
            running.wait(timeout=20)
        finally:
            running.kill()
    for worker in workers:
        with pytest.raises(ProcessLookupError):
            os.kill(worker, 0)


def _when_up(url: str) -> http.client.HTTPResponse:
    for _ in range(200):
        try:
            return urllib.request.urlopen(url, timeout=30)  # noqa: S310 - an address of this test
        except urllib.error.URLError:
            time.sleep(0.1)
    raise AssertionError("the endpoint did not start")
