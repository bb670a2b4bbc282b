"""Time `carekg ingest` and `carekg --help` as a user does, beside a named peer in the same run.

    python -m benchmarks.commands [FILE...]     files to ingest; the shipped sample by default

A ratio says more than a number of seconds: the peer runs on the same machine, under the same load. Each command is a
process of its own, run in turn with its peer; the median of the rounds is printed. As on any machine where carekg was
run before, the compiled modules (.pyc) are there: a first round that does not count writes them.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.resources import files
from pathlib import Path

ROUNDS = 5
CLI = str(Path(__file__).resolve().parents[1] / "cli.py")
SENTENCES = (
    "import pathlib, sys, nupunkt\n"
    "for name in sys.argv[1:]: nupunkt.sent_tokenize(pathlib.Path(name).read_text('utf-8'))"
)


def seconds(compiled: str, *command: str) -> float:
    """Return how long a command takes from start to end, with compiled modules in that folder; it must succeed."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = kept | {"PYTHONPYCACHEPREFIX": compiled}
    begun = time.perf_counter()
    subprocess.run([sys.executable, *command], check=True, capture_output=True, env=environment)
    return time.perf_counter() - begun


def compare(name: str, ours: list[str], peer_name: str, peer: list[str]) -> None:
    """Run a command and its peer in turn, and print both medians and their ratio."""
    pairs = []
    with tempfile.TemporaryDirectory() as compiled:
        for _ in range(1 + ROUNDS):
            with tempfile.TemporaryDirectory() as store:
                command = [part.replace("STORE", store) for part in ours]
                pairs.append((seconds(compiled, *command), seconds(compiled, *peer)))
    mine, theirs = (statistics.median(times) for times in zip(*pairs[1:], strict=True))
    print(f"{name:<34} {mine:6.2f} s   {peer_name:<40} {theirs:6.2f} s   {mine / theirs:5.1f} x")


def main(names: list[str]) -> None:
    """Print one line a comparison."""
    sample = [str(file) for file in files("ingest.sample").iterdir() if file.name.endswith(".txt")]
    given = names or sorted(sample)
    compare("carekg --help", [CLI, "--help"], "python -c 'import typer, rich'", ["-c", "import typer, rich"])
    ingest = [CLI, "ingest", *given, "--store", "STORE/store"]
    compare(
        f"carekg ingest ({len(given)} files)",
        ingest,
        "nupunkt's sentences of the same files",
        ["-c", SENTENCES, *given],
    )
    again = [CLI, "ingest", given[0], "--store", "STORE/store"]
    compare(
        "carekg ingest (1 file)", again, "python -c 'import pyoxigraph, kglite'", ["-c", "import pyoxigraph, kglite"]
    )


if __name__ == "__main__":
    main(sys.argv[1:])
