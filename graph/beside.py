"""Work that goes on beside the caller's: it waits for the disk, or is done by a library without the interpreter."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any


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


class Beside(ThreadPoolExecutor):
    """Threads for work beside the caller's; where the block ends they are waited for.

    >>> with Beside() as beside:
    ...     work = beside.begin(print, "done")
    ...     work.wait()
    done
    """

    def begin(self, act: Callable[..., object], *args: object, **more: object) -> Work:
        """Begin an act in a thread."""
        return Work(self.submit(act, *args, **more))


def aside(act: Callable[..., object], *args: object) -> Work:
    """Begin an act in a thread of its own, which goes on until it is done."""
    beside = Beside(1)
    work = beside.begin(act, *args)
    beside.shutdown(wait=False)
    return work
