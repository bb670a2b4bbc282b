"""RocksDB's own work on its tables, done in what time the machine has left.

Its threads bring tables together, so that fewer are to be looked through. How much work that is depends on how often it
is done: each time, all that a store has up to half a gigabyte of an index is written anew. While a run takes papers in,
both cores are at work, and tables that came meanwhile are brought together once instead of one by one. Nobody waits for
these threads, except where an index has near twenty tables that were not brought together yet: then RocksDB holds up
what comes, and the run waits.
"""

import contextlib
import os
from pathlib import Path

NICE = 5
"""How much RocksDB's threads stand back: as `nice` has it, of 19 at most. Beside others they get a third of what these
get: with 10 it was a tenth, and a run on a machine that others filled waited two minutes for them."""
_THREADS = Path("/proc/self/task")
_NAME = "rocksdb:low"


def stand_back() -> None:
    """Let the threads of this process that bring tables together come after all others.

    They are there once a database is open, and stay as they are from then on. Where a system does not tell of threads,
    or forbids it, the work is done as ever.
    """
    for thread in threads():
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, thread, max(NICE, os.getpriority(os.PRIO_PROCESS, thread)))


def threads() -> list[int]:
    """Return the numbers of the threads of this process that bring tables together."""
    found = list[int]()
    for thread in _THREADS.iterdir() if _THREADS.is_dir() else ():
        with contextlib.suppress(OSError):  # a thread may end meanwhile
            if (thread / "comm").read_text(encoding="utf-8", errors="replace").startswith(_NAME):
                found.append(int(thread.name))
    return found
