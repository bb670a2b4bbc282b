"""What it takes a store to put papers away, as more and more are there: processor time a paper, by what it was for.

    python -m benchmarks.storing [--papers N] [--together N]

Made-up papers (`benchmarks.papers`) are read first, which is not timed; then they are put away so many together, as
`carekg ingest` does it. Processor time is told for each quarter: of all threads, of those in which RocksDB brings
tables together, and of the views. A quarter that takes more than the one before is growth.
"""

import argparse
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.papers import as_jats, paper
from benchmarks.timed import Timed
from ingest.outcome import Meta
from ingest.stage import parse
from ontology.base import Record


class Quarter(NamedTuple):
    """Papers that were there at its end, and milliseconds of processor time a paper."""

    there: int
    every: float
    tables: float
    views: float


def quarters(papers: Iterable[list[Record]], count: int, together: int) -> Iterator[Quarter]:
    """Put papers away and yield what each quarter took."""
    given = iter(papers)
    with tempfile.TemporaryDirectory() as home, Timed(Path(home), clock=time.thread_time) as graph:
        there, before = 0, (time.process_time(), _tables(), 0.0)
        for quarter in range(1, 5):
            end, begun = count * quarter // 4, there
            while there < end:
                some = [next(given) for _ in range(min(together, end - there))]
                graph.load(some)
                there += len(some)
            now = (time.process_time(), _tables(), graph.views_seconds)
            each = [(after - then) * 1000 / max(1, there - begun) for then, after in zip(before, now, strict=True)]
            yield Quarter(there, *each)
            before = now


def _tables() -> float:
    """Return the seconds of processor time of the threads that bring tables together."""
    threads = (
        thread for thread in Path("/proc/self/task").glob("*") if (thread / "comm").read_text() == "rocksdb:low\n"
    )
    return sum(int((thread / "schedstat").read_text(encoding="ascii").split()[0]) for thread in threads) / 1e9


def main() -> None:
    """Print a line a quarter."""
    parser = argparse.ArgumentParser(description="Time how papers are put away, as more and more are there.")
    parser.add_argument("--papers", type=int, default=200, help="how many papers are put away")
    parser.add_argument("--together", type=int, default=16, help="how many at once")
    options = parser.parse_args()
    given = [
        list(part.records)
        for number in range(options.papers)
        for part in parse(as_jats(paper(number)), Meta(f"{number}.xml")).parts
    ]
    print("papers there  ms a paper  of these: tables brought together  views")
    for there, every, tables, views in quarters(given, options.papers, options.together):
        print(f"{there:12}  {every:10.0f}  {tables:33.0f}  {views:5.0f}", flush=True)


if __name__ == "__main__":
    main()
