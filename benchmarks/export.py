"""Time the exports of a store and measure their memory, beside Oxigraph's own dump of the same store.

    python -m benchmarks.export [--studies N] [--store FOLDER] [--report FILE]

The studies are made up (`benchmarks.graphs`); with --store, a store that is there is taken. Each form is a process of
its own, written to a file that is removed again; the memory is the largest that the process ever had (maximum resident
set, from the operating system), which counts pages of the store's files that are mapped, too. The peer is
pyoxigraph's `Store.dump` of the same store to N-Quads, which sorts nothing.
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from benchmarks.graphs import store

FORMS = (
    "records", "nquads", "turtle", "trig", "rdf12", "jsonld", "cypher", "nanopubs", "sssom", "csv", "neo4j-csv",
    "ro-crate", "xlsx",
)  # fmt: skip
"""The forms that are written piece by piece."""
BOUND = 300
"""Megabytes that a form may take, whatever the size of the store."""
CLI = str(Path(__file__).resolve().parents[1] / "cli.py")
DUMP = (
    "import sys, pyoxigraph as ox; from graph.folder import Folder; from pathlib import Path\n"
    "state = Folder(Path(sys.argv[1])).open_published()\n"
    "state.store.dump(sys.argv[2], format=ox.RdfFormat.N_QUADS)"
)
Measured = tuple[str, int, float, float]
"""Form, bytes written, seconds, megabytes of memory."""


def run(name: str, command: list[str], written: Path) -> Measured:
    """Run a command that writes to a path; it must succeed."""
    begun = time.perf_counter()
    process = subprocess.Popen([sys.executable, *command], stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise RuntimeError(f"{name} ended with status {status}")
    taken = time.perf_counter() - begun
    files = [written] if written.is_file() else [path for path in written.rglob("*") if path.is_file()]
    return name, sum(path.stat().st_size for path in files), taken, used.ru_maxrss / 1000


def measured(folder: Path, forms: tuple[str, ...]) -> Iterator[Measured]:
    """Measure the peer, then every form."""
    with tempfile.TemporaryDirectory() as home:
        dump = Path(home, "dump.nq")
        yield run("pyoxigraph dump", ["-c", DUMP, str(folder), str(dump)], dump)
        dump.unlink()
    for form in forms:
        with tempfile.TemporaryDirectory() as home:
            out = Path(home, "out")
            options = ["--date", "2000-01-01"] if form == "ro-crate" else []
            command = [CLI, "export", "--format", form, "-o", str(out), "--store", str(folder), *options]
            yield run(form, command, out)


def main() -> None:
    """Print a line for each form, and write them as a page where asked to."""
    parser = argparse.ArgumentParser(description="Time exports and measure their memory.")
    parser.add_argument("--studies", type=int, default=2000, help="how many studies to make up")
    parser.add_argument("--store", type=Path, help="a store to export instead")
    parser.add_argument("--form", action="append", help="only this form; may be repeated")
    parser.add_argument("--report", type=Path, help="a page to write")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        folder = options.store or Path(home, "store")
        if options.store is None:
            store(folder, options.studies)
        lines: list[tuple[str, ...]] = []
        peer: tuple[float, float] | None = None
        for name, size, taken, memory in measured(folder, tuple(options.form or FORMS)):
            peer = peer or (taken, memory)
            lines.append((
                name, f"{size / 1e6:,.0f} MB", f"{taken:.1f} s", f"{taken / peer[0]:.1f}", f"{memory:.0f} MB",
                f"{memory / peer[1]:.1f}", "yes" if memory <= BOUND else "NO",
            ))  # fmt: skip
            print("  ".join(f"{cell:>16}" for cell in lines[-1]), flush=True)
    if options.report is not None:
        what = f"--store {options.store.name}" if options.store else f"--studies {options.studies}"
        options.report.write_text(page(lines, what), encoding="utf-8")


def page(lines: list[tuple[str, ...]], what: str) -> str:
    """Return the page of the report."""
    head = f"| form | written | time | x peer | memory | x peer | within {BOUND} MB |\n"
    head += "|---|---:|---:|---:|---:|---:|---|\n"
    return (
        "# How much time and memory exports take\n\n"
        f"Printed by `python -m benchmarks.export {what}`. The peer is the first line, Oxigraph's own dump of the same "
        "store, unsorted; memory is the largest resident set of the process, with the pages of the store's files that "
        "it mapped.\n\n"
        f"Python {platform.python_version()}, pyoxigraph {version('pyoxigraph')}, "
        f"{len(os.sched_getaffinity(0))} cores, load {os.getloadavg()[0]:.1f} at the end.\n\n"
        + head + "".join(f"| {' | '.join(line)} |\n" for line in lines)
    )  # fmt: skip


if __name__ == "__main__":
    main()
