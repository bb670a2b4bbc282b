"""A process that parses files: it takes (bytes, meta) and gives back what `ingest.stage.parse` made of them.

It says that it is ready, then answers one file after the other until the connection ends. `ingest.pool` starts, feeds
and kills it: what a file may do to it is no harm to the run. It ends with the process that started it, even in the
midst of a file: standard input is a pipe that nothing comes through (`ontology.lifeline`).
"""

import resource
import signal
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection

from ingest.outcome import Meta, Parsed
from ontology import lifeline

MEMORY = 4_000_000_000
"""The most bytes of address space that the reading of one file may take, in a process of its own."""


def serve(connection: Connection, memory: int, parse: Callable[[bytes, Meta], Parsed]) -> None:
    """Answer until the other end is closed; `memory` is in bytes."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    connection.send(None)
    while True:
        try:
            data, meta = connection.recv()
        except EOFError:
            return
        connection.send(parse(data, meta))


def main(parse: Callable[[bytes, Meta], Parsed]) -> None:
    """Serve on the descriptor, with the memory, that the command line names."""
    lifeline.hold(sys.stdin.fileno())
    with Connection(int(sys.argv[1])) as link:
        serve(link, int(sys.argv[2]), parse)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from ingest.stage import parse

    main(parse)
