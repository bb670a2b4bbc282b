"""Work that goes on beside the caller's: it waits for the disk, or is done by a library without the interpreter."""

import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import cache
from types import TracebackType
from typing import Any

_MOST = 32
"""Threads at the most; a few are at work at once for each store that is open to write."""


class Work:
    """Something that is at work, or is done."""

    def __init__(self, future: Future[Any]) -> None:
        """Take over what the pool of threads gave."""
        self._future: Future[Any] | None = future

    def is_done(self) -> bool:
        """Say whether it has come to its end."""
        return self._future is None or self._future.done()

    def wait(self) -> None:
        """Wait for its end, and raise what it raised; once."""
        # Who keeps the error keeps the frames that it went through: none of them may keep the error in turn, or what
        # they hold, such as a database that is to be closed, would stay until a collection of cycles.
        future, self._future = self._future, None
        try:
            if future is not None:
                future.result()
        finally:
            del future


class Beside:
    """Work that is waited for where the block ends, whether it failed or not.

    The threads are those of the process: one that has come to its end does the next piece of work. A new thread for
    each would be given memory of its own by the allocator, and a long run keep what the largest piece of each took.

    >>> with Beside() as beside:
    ...     work = beside.begin(print, "done")
    ...     work.wait()
    done
    """

    def __init__(self) -> None:
        """Begin with nothing at work."""
        self._futures: list[Future[Any]] = []

    def begin(self, act: Callable[..., object], *args: object, **more: object) -> Work:
        """Begin an act in a thread."""
        future = _threads().submit(act, *args, **more)
        self._futures.append(future)
        return Work(future)

    def __enter__(self) -> "Beside":
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Wait for what is still at work."""
        futures, self._futures = self._futures, []
        wait(futures)


def aside(act: Callable[..., object], *args: object) -> Work:
    """Begin an act that goes on until it is done, whatever the caller does."""
    return Work(_threads().submit(act, *args))


@cache
def _threads() -> ThreadPoolExecutor:
    """Return the threads of this process: as many as were ever at work at once."""
    return ThreadPoolExecutor(_MOST, "beside")


os.register_at_fork(after_in_child=_threads.cache_clear)
