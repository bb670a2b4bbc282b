"""Processes that end with the one that started them, even where that one is killed and cannot say so.

Here, below `ingest` and `graph`, as both start processes and neither imports the other.
"""

import fcntl
import os
import select
import sys


def hold(descriptor: int) -> None:
    """Let the kernel end this process as soon as the other end of a pipe is closed, whatever it is doing then.

    The other end belongs to the process that started this one, which never writes to it: it is closed when that
    process ends, however it ends. The kernel then sends SIGIO (fcntl(2), O_ASYNC), which nothing here handles, so
    that it ends the process even inside a long call of a library. A watching thread could not: it needs the
    interpreter, which such a call may keep. Nor could PR_SET_PDEATHSIG (prctl(2)), which tells of the end of the
    thread that started the process, and servers answer each request on another thread.
    """
    fcntl.fcntl(descriptor, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(descriptor, fcntl.F_SETFL, fcntl.fcntl(descriptor, fcntl.F_GETFL) | os.O_ASYNC)
    watched = select.poll()
    watched.register(descriptor, 0)
    if watched.poll(0):
        sys.exit("the process that started this one has ended")
