"""`carekg` as a process of its own: what it loads, how it ends, what it leaves behind."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEAVY = (
    "pyoxigraph",
    "rdflib",
    "streamlit",
    "kglite",
    "neo4j",
    "nupunkt",
    "networkx",
    "ingest",
    "graph",
    "rich.markdown",
)


def carekg(*arguments: object, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "cli.py"), *map(str, arguments)]
    env = {name: value for name, value in os.environ.items() if name != "CAREKG_STORE"} | environment
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, timeout=120, check=False)


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys, cli\n"
        "cli.app(['--help'], standalone_mode=False)\n"
        f"sys.exit(','.join(name for name in {HEAVY!r} if name in sys.modules) or None)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Usage: " in done.stdout


def test_bad_input_ends_with_exit_code_1_and_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "nul.txt").write_bytes(b"\x00\x01" * 4000)
    done = carekg("ingest", "empty.txt", "nul.txt", "--store", "store", cwd=tmp_path)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    lines = done.stderr.splitlines()
    assert [line.split(":")[1].strip() for line in lines] == ["empty.txt", "nul.txt"]
    assert all(line.startswith("carekg: ") and "; " in line for line in lines)


def test_wrong_use_ends_with_exit_code_2(tmp_path: Path) -> None:
    assert carekg("ingest", cwd=tmp_path).returncode == 2
    assert carekg("nonsense", cwd=tmp_path).returncode == 2
    assert carekg("query", "--nonsense", cwd=tmp_path).returncode == 2
    assert list(tmp_path.iterdir()) == []


def test_the_default_store_is_beside_the_user(tmp_path: Path) -> None:
    assert carekg("ingest", "--sample", cwd=tmp_path).returncode == 0
    assert (tmp_path / "carekg-store").is_dir()
    done = carekg("status", "--json", cwd=tmp_path)
    assert len(json.loads(done.stdout)["documents"]) == 6


def test_progress_and_colours_stay_out_of_what_is_piped(tmp_path: Path) -> None:
    done = carekg("ingest", "--sample", "--store", "store", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout


def test_a_reader_that_stops_early_is_no_error(tmp_path: Path) -> None:
    carekg("ingest", "--sample", "--store", "store", cwd=tmp_path)
    command = [sys.executable, str(ROOT / "cli.py"), "export", "--format", "nquads", "--store", "store"]
    process = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    problems = process.stderr.read().decode()
    process.wait(timeout=60)
    assert "Traceback" not in problems


def test_serve_answers_on_this_machine_only_and_ends_when_told(tmp_path: Path) -> None:
    if not (ROOT / "app.py").exists():
        pytest.skip("app.py is absent")
    carekg("ingest", "--sample", "--store", "store", cwd=tmp_path)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, str(ROOT / "cli.py"), "serve", "--store", "store", "--port", str(port), "--json"]
    process = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE)
    try:
        assert answered(f"http://127.0.0.1:{port}/_stcore/health") == b"ok"
        second = carekg("serve", "--store", "store", "--port", port, cwd=tmp_path)
        assert second.returncode == 1
        assert f"carekg: port {port}: cannot be used" in second.stderr
    finally:
        process.send_signal(signal.SIGINT)
        told, _ = process.communicate(timeout=60)
    assert json.loads(told) == {"url": f"http://127.0.0.1:{port}", "store": "store"}
    assert process.returncode == 0


def answered(url: str) -> bytes:
    for _ in range(120):
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310
                return answer.read()
        except OSError:
            time.sleep(0.5)
    return b""
