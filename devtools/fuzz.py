"""Spoil files of every format and see that the stage survives: no crash, no hang, no fault, nothing outside its folder.

    python -m devtools.fuzz [--count N] [--seed N] [--jobs N] [--seconds S] [--keep FOLDER] [--shared FOLDER]

The same seed gives the same files. A file that does harm is written to the folder of --keep, and named.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from devtools.fuzz_corpus import Sample, corpus, spoil
from devtools.fuzz_worker import LOG
from ingest.errors import StoppedError
from ingest.outcome import Meta, Parsed, UnexpectedFault
from ingest.pool import Pool
from ingest.readers import format_of
from ontology.errors import CarekgError
from ontology.model import Document

SECONDS = 30.0
"""How long a spoilt file may take: the samples are small."""
MEMORY = 3_000_000_000
_SECRET = "root:x:0:"  # noqa: S105
"""What no record may hold: the beginning of a file that external entities ask for."""


@dataclass(frozen=True, slots=True)
class Harm:
    """A file that did harm: its number, name, bytes, and what it did."""

    number: int
    name: str
    data: bytes
    what: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What became of a file: its format, a word for how it ended, and the harm that it did, if any."""

    format: str
    ending: str
    harm: Harm | None = None


def fuzz(samples: Sequence[Sample], count: int, seed: int, *, jobs: int, seconds: float = SECONDS) -> Iterator[Seen]:
    """Yield what becomes of `count` spoilt files; each takes at most `seconds` and 3 GB in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        before = os.environ.get("TMPDIR")
        os.environ["TMPDIR"] = folder
        try:
            with Pool[Harm](jobs, seconds, MEMORY, "devtools.fuzz_worker") as pool:
                yield from _run(pool, samples, count, seed, Path(folder))
        finally:
            if before is None:
                del os.environ["TMPDIR"]
            else:
                os.environ["TMPDIR"] = before


def _run(pool: Pool[Harm], samples: Sequence[Sample], count: int, seed: int, folder: Path) -> Iterator[Seen]:
    given = done = 0
    while done < count:
        pool.start(pool.jobs)
        while given < count and pool.idle():
            name, data = spoil(random.Random(f"{seed} {given}"), samples)  # noqa: S311 - to be the same each time
            pool.give(Harm(given, name, data, ""), data, Meta(name))
            given += 1
        for case, answer in pool.wait():
            done += 1
            yield _seen(case, answer, folder, over=done == count)


def _seen(case: Harm, answer: Parsed | CarekgError, folder: Path, *, over: bool) -> Seen:
    errors = [answer] if isinstance(answer, CarekgError) else [part.error for part in answer.parts if part.error]
    records = [] if isinstance(answer, CarekgError) else [one for part in answer.parts for one in part.records]
    log = folder / LOG
    outside = log.read_text("utf-8") if log.exists() else ""
    log.write_text("", "utf-8")
    left = sorted(path.name for path in folder.iterdir() if path.name != LOG) if over else []
    harms = [str(error) for error in errors if isinstance(error, UnexpectedFault | StoppedError)]
    harms += [f"outside its folder: {outside}"] if outside else []
    harms += [f"left behind by this or another file: {', '.join(left)}"] if left else []
    harms += ["read a file"] if any(_SECRET in one.text for one in records if isinstance(one, Document)) else []
    ending = "harm" if harms else "refused" if errors and not records else "in part" if errors else "read"
    harm = Harm(case.number, case.name, case.data, "; ".join(harms)) if harms else None
    return Seen(format_of(case.data).name, ending, harm)


def main() -> None:
    """Spoil files and print what became of them; the exit code is 1 where one did harm."""
    parser = argparse.ArgumentParser(description="Spoil files of every format and see that the stage survives.")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--keep", type=Path, help="where files that do harm go")
    parser.add_argument("--shared", type=Path, help="a folder of real papers to spoil too")
    options = parser.parse_args()
    begun = time.monotonic()
    counts: Counter[tuple[str, str]] = Counter()
    harms = 0
    for seen in fuzz(corpus(options.shared), options.count, options.seed, jobs=options.jobs, seconds=options.seconds):
        counts[seen.format, seen.ending] += 1
        if seen.harm is not None:
            harms += 1
            print(f"{seen.harm.number} {seen.harm.name} ({seen.format}): {seen.harm.what}", flush=True)
            if options.keep is not None:
                options.keep.mkdir(parents=True, exist_ok=True)
                kept = options.keep / f"{options.seed}-{seen.harm.number}-{seen.harm.name}"
                kept.write_bytes(seen.harm.data)
    endings = ("read", "in part", "refused", "harm")
    print(f"\n{'format':<48}" + "".join(f"{ending:>10}" for ending in endings))
    for name in sorted({name for name, _ in counts}):
        print(f"{name:<48}" + "".join(f"{counts[name, ending]:>10}" for ending in endings))
    print(f"\n{sum(counts.values())} files, seed {options.seed}: {harms} did harm; {time.monotonic() - begun:.0f} s")
    sys.exit(1 if harms else 0)


if __name__ == "__main__":
    main()
