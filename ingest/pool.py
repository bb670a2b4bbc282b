"""Processes that each parse one file at a time, so that a file that hangs or kills its process costs that file only.

A pool of the standard library cannot do this: one process that ends breaks all of it, and a task cannot be stopped.
"""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path
from types import TracebackType
from typing import Generic, TypeVar

from ingest.errors import StoppedError, WorkerError
from ingest.outcome import Meta, Parsed
from ingest.worker import MEMORY

SECONDS = 120.0
"""How long the reading of one file may take."""
_START_SECONDS = 120.0
T = TypeVar("T")


@dataclass(slots=True)
class Here(Generic[T]):
    """In place of a pool: this process, which parses a file when it is waited for. Nothing bounds what a file takes."""

    jobs: int = 1
    _task: tuple[T, bytes, Meta] | None = None

    def start(self, wanted: int) -> None:
        """Do nothing: this process runs already."""

    def idle(self) -> bool:
        """Say whether a file can be given."""
        return self._task is None

    def give(self, ticket: T, data: bytes, meta: Meta) -> None:
        """Take a file."""
        self._task = (ticket, data, meta)

    def wait(self) -> Iterator[tuple[T, Parsed | StoppedError]]:
        """Parse the file that was given."""
        from ingest.stage import parse

        if self._task is not None:
            ticket, data, meta = self._task
            self._task = None
            yield ticket, parse(data, meta)

    def __enter__(self) -> "Here[T]":
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Do nothing."""


@dataclass(slots=True, eq=False)
class _Worker(Generic[T]):
    """One process, what it works on and until when; `ready` once it has loaded what it needs."""

    process: subprocess.Popen[bytes]
    connection: Connection
    deadline: float
    ready: bool = False
    task: tuple[T, Meta] | None = None

    def end(self) -> int:
        """Kill the process and return its status."""
        self.connection.close()
        self.process.kill()
        self.process.communicate()
        return self.process.returncode


@dataclass(slots=True)
class Pool(Generic[T]):
    """Up to `jobs` processes that run `module`; use it as a context manager. `seconds` and `memory` (bytes) bound each
    file."""

    jobs: int
    seconds: float = SECONDS
    memory: int = MEMORY
    module: str = "ingest.worker"
    _workers: list["_Worker[T]"] = field(default_factory=list)

    def start(self, wanted: int) -> None:
        """Start processes until there are as many as are wanted, or as there may be."""
        while len(self._workers) < min(wanted, self.jobs):
            self._workers.append(_started(self.module, self.memory))

    def idle(self) -> bool:
        """Say whether a file can be given to a process at once."""
        return any(worker.ready and worker.task is None for worker in self._workers)

    def give(self, ticket: T, data: bytes, meta: Meta) -> None:
        """Give a file to an idle process; what comes of it bears the ticket."""
        worker = next(worker for worker in self._workers if worker.ready and worker.task is None)
        worker.task = (ticket, meta)
        worker.deadline = time.monotonic() + self.seconds
        with contextlib.suppress(ConnectionError):
            worker.connection.send((data, meta))

    def wait(self) -> Iterator[tuple[T, Parsed | StoppedError]]:
        """Wait until something happens, and yield what was parsed, or why it could not be.

        Raises:
            WorkerError: a process cannot be started.
        """
        busy = [worker for worker in self._workers if worker.task is not None or not worker.ready]
        due = min((worker.deadline for worker in busy), default=time.monotonic())
        talking = wait([worker.connection for worker in self._workers], max(0.0, due - time.monotonic()))
        for worker in list(self._workers):
            if worker.connection in talking:
                yield from self._heard(worker)
            elif worker in busy and time.monotonic() >= worker.deadline:
                yield from self._late(worker)

    def close(self) -> None:
        """End all processes, whatever they do."""
        while self._workers:
            self._workers.pop().end()

    def __enter__(self) -> "Pool[T]":
        """Return the pool itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End all processes."""
        self.close()

    def _heard(self, worker: "_Worker[T]") -> Iterator[tuple[T, Parsed | StoppedError]]:
        try:
            answer = worker.connection.recv()
        except (EOFError, ConnectionError):
            yield from self._lost(worker)
            return
        if not worker.ready:
            worker.ready = True
        elif worker.task is not None:
            ticket, _ = worker.task
            worker.task = None
            yield ticket, answer

    def _lost(self, worker: "_Worker[T]") -> Iterator[tuple[T, Parsed | StoppedError]]:
        with contextlib.suppress(subprocess.TimeoutExpired):
            worker.process.wait(timeout=1)
        status = self._replace(worker)
        if not worker.ready:
            problem = f"ended with status {status} before it could begin"
            raise WorkerError("a process that reads files", problem, "check the installation, and the free memory")
        if worker.task is None:
            return
        ticket, meta = worker.task
        if status < 0:
            problem = f"made the process that read it end (signal {-status}), for lack of memory perhaps"
            yield ticket, StoppedError(meta.name, problem, "split it, or give it in another format")
        else:
            problem = f"made the process that read it end (status {status})"
            yield ticket, StoppedError(meta.name, problem, "report it with the file")

    def _late(self, worker: "_Worker[T]") -> Iterator[tuple[T, Parsed | StoppedError]]:
        self._replace(worker)
        if worker.task is None:
            raise WorkerError("a process that reads files", "did not begin in time", "try when the machine is idle")
        ticket, meta = worker.task
        problem = f"took longer than {self.seconds:g} s and was stopped"
        yield ticket, StoppedError(meta.name, problem, "split it, or allow more with --time-limit")

    def _replace(self, worker: "_Worker[T]") -> int:
        """End a process and start another one in its place; return the status of the first."""
        self._workers.remove(worker)
        status = worker.end()
        if worker.ready:
            self.start(len(self._workers) + 1)
        return status


def _started(module: str, memory: int) -> "_Worker[T]":
    """Start a process with a connection of its own, in the environment of this one."""
    root = str(Path(__file__).resolve().parents[1])
    path = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
    ours, theirs = socket.socketpair()
    with theirs:
        number = theirs.fileno()
        process = subprocess.Popen(
            [sys.executable, "-m", module, str(number), str(memory)],
            stdin=subprocess.PIPE,  # nothing is written to it: it is the lifeline of the process
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=(number,),
            env=os.environ | {"PYTHONPATH": path},
        )
    return _Worker(process, Connection(ours.detach()), time.monotonic() + _START_SECONDS)
