"""Time the exports of a store and measure their memory, beside Oxigraph's own dump of the same store.

    python -m benchmarks.export [--studies N [N ...]] [--store FOLDER] [--report FILE]

The studies are made up (`benchmarks.graphs`); with --store, a store that is there is taken. With several sizes it says
how much more memory each form takes for 1,000 studies more. Each form is a process of
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
from graph.export import FOLDERS, FORMATS

FORMS = (*FORMATS, *FOLDERS)
"""The forms that are measured where none is named: all."""
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
    parser.add_argument("--studies", type=int, nargs="+", default=[2000], help="how many studies to make up")
    parser.add_argument("--store", type=Path, help="a store to export instead")
    parser.add_argument("--form", action="append", help="only this form; may be repeated")
    parser.add_argument("--report", type=Path, help="a page to write")
    options = parser.parse_args()
    forms = tuple(options.form or FORMS)
    found: dict[str, list[Measured]] = {}
    with tempfile.TemporaryDirectory() as home:
        for count in [0] if options.store else options.studies:
            folder = options.store or Path(home, str(count))
            if options.store is None:
                store(folder, count)
            name = f"The store {folder.name}" if options.store else f"{count:,} studies"
            print(name, flush=True)
            found[name] = []
            for told in measured(folder, forms):
                found[name].append(told)
                print("  ".join(f"{cell:>16}" for cell in _line(told, found[name][0])), flush=True)
    growth = [] if options.store else _growth(options.studies, list(found.values()))
    for line in growth:
        print("  ".join(f"{cell:>16}" for cell in line))
    if options.report is not None:
        what = f"--store {options.store.name}" if options.store else f"--studies {' '.join(map(str, options.studies))}"
        options.report.write_text(page(found, growth, what), encoding="utf-8")


def _line(told: Measured, peer: Measured) -> tuple[str, ...]:
    name, size, taken, memory = told
    return (
        name, f"{size / 1e6:,.0f} MB", f"{taken:.1f} s", f"{taken / peer[2]:.1f}", f"{memory:.0f} MB",
        f"{memory / peer[3]:.1f}", "yes" if memory <= BOUND else "NO",
    )  # fmt: skip


def _growth(studies: list[int], found: list[list[Measured]]) -> list[tuple[str, str, str]]:
    """Return, for each form, the megabytes of memory that 1,000 more studies take, and those of them beyond what they
    take in the peer: what is mapped of the store's files."""
    if len(studies) < 2:
        return []
    slopes = [
        (first[0], (last[3] - first[3]) / (studies[-1] - studies[0]) * 1000)
        for first, last in zip(found[0], found[-1], strict=True)
    ]
    return [(name, f"{slope:+.1f} MB", f"{slope - slopes[0][1]:+.1f} MB") for name, slope in slopes]


def page(found: dict[str, list[Measured]], growth: list[tuple[str, str, str]], what: str) -> str:
    """Return the page of the report."""
    head = f"| form | written | time | x peer | memory | x peer | within {BOUND} MB |\n"
    head += "|---|---:|---:|---:|---:|---:|---|\n"
    parts = [
        "# How much time and memory exports take",
        f"Printed by `python -m benchmarks.export {what}`. The peer is the first line, Oxigraph's own dump of the same "
        "store, unsorted; memory is the largest resident set of the process, with the pages of the store's files that "
        "it mapped.",
        f"Python {platform.python_version()}, pyoxigraph {version('pyoxigraph')}, "
        f"{len(os.sched_getaffinity(0))} cores, load {os.getloadavg()[0]:.1f} at the end.",
    ]
    for name, told in found.items():
        rows = "".join(f"| {' | '.join(_line(one, told[0]))} |\n" for one in told)
        parts += [f"## {name}", (head + rows).rstrip("\n")]
    if growth:
        rows = "".join(f"| {' | '.join(line)} |\n" for line in growth)
        table = "| form | memory for 1,000 studies more | beyond the peer |\n|---|---:|---:|\n" + rows
        parts += ["## What memory grows by", table.rstrip("\n")]
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    main()
