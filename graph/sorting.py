"""Sorting of more lines than memory holds."""

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import groupby
from typing import IO

RUN = 8 << 20
"""Bytes that are sorted in memory; beyond, sorted runs lie in temporary files and are merged."""
SEPARATOR = b"\0"
"""What parts the name of a thing from what a line says of it; no IRI holds it."""
MOST = 100
"""Files that are open at once; when there are as many, they are merged into one."""


def ordered(lines: Iterable[bytes], run: int = RUN) -> Iterator[bytes]:
    """Yield lines sorted, each once, holding about `run` bytes of them: a merge sort over temporary files.

    >>> list(ordered([b"b\\n", b"a\\n", b"c\\n", b"a\\n"], run=3))
    [b'a\\n', b'b\\n', b'c\\n']
    """
    with ExitStack() as stack:
        runs: list[IO[bytes]] = []
        held: list[bytes] = []
        size = 0
        for line in lines:
            held.append(line)
            size += len(line)
            if size > run:
                held.sort()
                runs.append(stack.enter_context(_written(held)))
                held, size = [], 0
            if len(runs) == MOST:
                whole = stack.enter_context(_written(_once(heapq.merge(*runs))))
                for file in runs:
                    file.close()
                runs = [whole]
        held.sort()
        yield from _once(heapq.merge(*runs, held) if runs else held)


def by_thing(lines: Iterable[bytes]) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Yield each thing that lines begin with, sorted, with its lines, each once, as `ordered` gives them.

    >>> [(thing, [*told]) for thing, told in by_thing([b"b\\0x\\n", b"a\\0y\\n", b"b\\0\\n"])]
    [('a', [b'a\\x00y\\n']), ('b', [b'b\\x00\\n', b'b\\x00x\\n'])]
    """
    for thing, told in groupby(ordered(lines), lambda line: line.partition(SEPARATOR)[0]):
        yield thing.decode(), told


def _written(lines: Iterable[bytes]) -> IO[bytes]:
    """Return a temporary file of the lines, to be read from its beginning."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - who asked for it closes it
    try:
        file.writelines(lines)
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return file


def _once(lines: Iterable[bytes]) -> Iterator[bytes]:
    return (line for line, _ in groupby(lines))
