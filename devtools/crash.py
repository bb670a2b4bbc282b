"""Kill writers with SIGKILL at random moments and see that nothing is lost and nothing torn.

    python -m devtools.crash [--rounds N] [--seed N] [--trial NAME] [--keep FOLDER]

A round starts from a store that is empty, half full or full, begins to work on it (take files in, load them in bulk,
take documents out, replace them one by one, or `carekg ingest` with its processes), and kills the writer: at a random
time, or before a random one of its operations on files. Then the store is looked at (`devtools.crash_work.faults_of`),
the same work is done again, undisturbed, and what `carekg export --format nquads` writes must be, byte for byte, what a
store gives that nothing ever happened to. The same seed kills before the same operations; times are never the same
twice. A store with a fault is kept in the folder of --keep, as it was when its writer was killed.
"""

import argparse
import contextlib
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from devtools import crash_work
from devtools.crash_work import State
from ontology.base import Record

ROOT = Path(__file__).resolve().parents[1]
STUDIES = 6
WAIT_SECONDS = 300.0
"""How long anything may take before it is said to hang."""
END_SECONDS = 60.0
"""How long processes may outlive the one that started them."""
_ENDS = ("the documents", "the N-Quads", "the files in the ledger", "the files in quarantine")
_FORK = get_context("fork")
Work = Callable[[Path, Callable[[int], None]], None]


class Fault(Exception):
    """A process of the tool itself failed, or hangs."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A work to be killed: the store that it starts with, the states that it leads through, how it ends undisturbed.

    What is `whole` is acknowledged at the end only; a `command` is the real one, in a process that is not forked.
    """

    name: str
    start: Path | None
    work: Work
    states: list[State]
    end: tuple[Any, ...]
    seconds: float
    operations: int
    whole: bool = False
    command: bool = False


@dataclass(slots=True)
class Seen:
    """What became of a round: its trial, when the writer was killed, in which state it was found, what was wrong."""

    trial: str
    moment: str
    state: str
    wrong: list[str]


def forked(work: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever the work gives
    """Return what work gives that is done in a process of its own, None where it becomes another program.

    This process must never open a store: its threads would not outlive a fork.

    Raises:
        Fault: it fails, or hangs.
    """
    here, there = _FORK.Pipe(duplex=False)
    process = _FORK.Process(target=_send, args=(there, work))
    process.start()
    there.close()
    try:
        told = here.recv() if here.poll(WAIT_SECONDS) else None
    except EOFError:
        told = None
    here.close()
    process.join(WAIT_SECONDS)
    if process.exitcode is None:
        process.kill()
        raise Fault("a process hangs")
    if process.exitcode:
        raise Fault(f"a process ended with status {process.exitcode}")
    return told


def _send(pipe: Connection, work: Callable[[], Any]) -> None:
    pipe.send(work())


def trials(folder: Path) -> list[Trial]:
    """Write files, make the stores that the rounds start with, and do each work once that nothing disturbs."""
    files = crash_work.corpus(folder / "files", STUDIES)
    papers = crash_work.read(files)
    half, full = folder / "half", folder / "full"
    for store, some in ((half, files[: STUDIES // 2]), (full, files)):
        forked(partial(crash_work.ingest, store, some, _nothing))
    there, _ = forked(partial(crash_work.states_of, full))
    order = [paper[0].iri for paper in papers]
    grown = [{iri: there[iri] for iri in order[:count]} for count in range(STUDIES + 1)]
    left = [{iri: there[iri] for iri in order[count:]} for count in range(STUDIES + 1)]
    scratch = folder / "scratch"
    shutil.copytree(full, scratch)
    changed = forked(partial(crash_work.states_between, scratch, papers))
    shutil.rmtree(scratch)
    make = partial(_trial, folder)
    take = partial(_ingest, files)
    command = partial(_command, files[0].parent)
    return [
        make("ingest into nothing", None, take, grown, whole=True),
        make("ingest into half", half, take, grown[STUDIES // 2 :], whole=True),
        make("load", None, partial(_load, papers), grown, whole=True),
        make("retract", full, partial(_retract, order), left),
        make("replace", full, partial(_change, papers), changed),
        make("carekg ingest", half, command, grown[STUDIES // 2 :], whole=True, command=True),
    ]


def _trial(
    folder: Path,
    name: str,
    start: Path | None,
    work: Work,
    states: list[State],
    *,
    whole: bool = False,
    command: bool = False,
) -> Trial:
    with _copy(start, folder / "undisturbed") as store:
        begun = time.monotonic()
        operations = forked(partial(crash_work.count_operations, store, partial(work, store, _nothing))) or 0
        seconds, end = time.monotonic() - begun, _end(store)
    if end[0] != states[-1]:
        raise Fault(f"{name}: does not end in the state that it should, though nothing disturbed it")
    return Trial(name, start, work, states, end, seconds, operations, whole, command)


def _end(store: Path) -> tuple[Any, ...]:
    return (*forked(partial(crash_work.states_of, store)), *forked(partial(crash_work.remembered, store)))


@contextlib.contextmanager
def _copy(start: Path | None, store: Path) -> Iterator[Path]:
    if start is not None:
        shutil.copytree(start, store)
    try:
        yield store
    finally:
        shutil.rmtree(store, ignore_errors=True)


def _nothing(done: int) -> None:
    """Acknowledge to nobody."""


def _ingest(files: list[Path], store: Path, acknowledge: Callable[[int], None]) -> None:
    crash_work.ingest(store, files, acknowledge)


def _load(papers: list[list[Record]], store: Path, acknowledge: Callable[[int], None]) -> None:
    crash_work.load(store, papers, acknowledge)


def _retract(documents: list[str], store: Path, acknowledge: Callable[[int], None]) -> None:
    crash_work.retract(store, documents, acknowledge)


def _change(papers: list[list[Record]], store: Path, acknowledge: Callable[[int], None]) -> None:
    crash_work.change(store, papers, acknowledge)


def _command(files: Path, store: Path, acknowledge: Callable[[int], None]) -> None:
    """Become the command; its exit code tells whether it came to its end."""
    command = [sys.executable, str(ROOT / "cli.py"), "ingest", str(files), "--store", str(store), "--jobs", "2"]
    with Path(os.devnull).open("w") as nothing:
        os.dup2(nothing.fileno(), 1)
        os.dup2(nothing.fileno(), 2)
    os.execv(command[0], command)  # noqa: S606 - no shell is wanted


def round_of(trial: Trial, chance: random.Random, folder: Path, keep: Path | None, number: int) -> Seen:
    """Do one round in a folder of its own."""
    log, left = folder / "acknowledged", folder / "as it was"
    log.write_bytes(b"")
    after, operation = chance.random() * trial.seconds * 1.1, chance.randint(1, max(1, trial.operations))
    by_time = trial.command or chance.randint(0, 1) == 0
    moment = f"after {after:.3f} s" if by_time else f"before operation {operation} of {trial.operations}"
    with _copy(trial.start, folder / "store") as store:
        process = _FORK.Process(target=_begin, args=(trial, store, log, None if by_time else operation))
        process.start()
        ended = _killed(process, after if by_time else None)
        last = len(trial.states) - 1
        done = ended if trial.command else log.stat().st_size
        acknowledged = last if trial.whole and done else int(done)
        with _copy(store if keep is not None and store.exists() else None, left):
            wrong = [f"process {pid} lives on" for pid in _left_of(process.pid)]
            found = 0
            try:
                faults, found = forked(partial(crash_work.faults_of, store, trial.states, acknowledged))
                forked(partial(trial.work, store, _nothing))
                ends = zip(_ENDS, _end(store), trial.end, strict=True)
                wrong += [
                    *faults,
                    *(f"{name} are not those of a run that nothing disturbed" for name, a, b in ends if a != b),
                ]
            except Fault as fault:
                wrong.append(str(fault))
            if wrong and keep is not None and left.exists():
                shutil.copytree(left, keep / str(number))
    return Seen(trial.name, moment, "before" if found == 0 else "after" if found == last else "between", wrong)


def _begin(trial: Trial, store: Path, log: Path, operation: int | None) -> None:
    os.setsid()
    acknowledged = os.open(log, os.O_WRONLY)
    if operation is not None:
        crash_work.kill_at(operation, store)
    trial.work(store, lambda done: os.truncate(acknowledged, done))


def _killed(process: BaseProcess, after: float | None) -> bool:
    """Kill a process after so many seconds, or wait until it has killed itself; return whether it ended before."""
    deadline = time.monotonic() + (WAIT_SECONDS if after is None else after)
    while process.exitcode is None and time.monotonic() < deadline:  # `join` waits on when it became another program
        time.sleep(0.002)
    if after is None and process.exitcode is None:
        process.kill()
        raise Fault("a writer hangs")
    process.kill()
    process.join()
    return process.exitcode != -signal.SIGKILL


def _left_of(session: int | None) -> list[int]:
    """Return the processes of a session that live on though its first was killed a while ago."""
    deadline = time.monotonic() + END_SECONDS
    while True:
        left = [pid for pid in _processes() if _session(pid) == session]
        if not left or time.monotonic() > deadline:
            return left
        time.sleep(0.05)


def _processes() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def _session(pid: int) -> int | None:
    try:
        return os.getsid(pid)
    except ProcessLookupError:
        return None


def main() -> None:
    """Do the rounds and print what was seen; the exit code is 1 where something was wrong."""
    parser = argparse.ArgumentParser(description="Kill writers at random moments and look at what is left.")
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--trial", action="append", help="the name of a trial, when not all are wanted")
    parser.add_argument("--keep", type=Path, help="where stores with a fault go, as they were left")
    options = parser.parse_args()
    begun = time.monotonic()
    chance = random.Random(options.seed)  # noqa: S311 - to be the same each time
    counts: Counter[tuple[str, str]] = Counter()
    faulty = 0
    with tempfile.TemporaryDirectory() as name:
        every = [trial for trial in trials(Path(name)) if not options.trial or trial.name in options.trial]
        for number in range(options.rounds):
            seen = round_of(every[number % len(every)], chance, Path(name), options.keep, number)
            counts[seen.trial, seen.state] += 1
            faulty += bool(seen.wrong)
            for what in seen.wrong:
                print(f"round {number}, {seen.trial}, killed {seen.moment}: {what}", flush=True)
            if not (number + 1) % 10:
                print(f"{number + 1} of {options.rounds} rounds", file=sys.stderr, flush=True)
    states = ("before", "between", "after")
    print(f"{'found in the state':<24}" + "".join(f"{state:>10}" for state in states))
    for trial in every:
        print(f"{trial.name:<24}" + "".join(f"{counts[trial.name, state]:>10}" for state in states))
    print(f"\n{options.rounds} rounds, seed {options.seed}: {faulty} with a fault; {time.monotonic() - begun:.0f} s")
    sys.exit(1 if faulty else 0)


if __name__ == "__main__":
    main()
