"""RocksDB's log of the writer's database: which of its files hold what no table does, and how far each goes.

RocksDB keeps up to ten logs whose content is in tables, and writes the next one over the oldest of them. So the size of
a file says little: behind what was written lies what an older log had there. How far the process that writes has come
is told by the system, for each file that is open.
"""

import contextlib
import os
from collections.abc import Callable
from pathlib import Path

_FILES, _PLACES = Path("/proc/self/fd"), Path("/proc/self/fdinfo")


class Log:
    """The log of one database, which this process writes to."""

    def __init__(self, rdf: Path) -> None:
        """Name the folder of the database; nothing is read yet."""
        self._rdf = rdf
        self._past = frozenset[str]()
        self._kept: dict[str, int | None] = {}

    def ends(self) -> dict[str, int | None]:
        """Return the files that may hold what no table does, by name, the newest last, each with how many of its bytes
        count: all of them where nobody writes to it, None where that is not known.

        One that RocksDB removes meanwhile is left out.
        """
        names = [name for name in self._names() if name not in self._past]
        written = _written(self._rdf)
        found: dict[str, int | None] = {}
        for name in names:
            with contextlib.suppress(FileNotFoundError):
                size = (self._rdf / name).stat().st_size
                found[name] = written.get(name, size if name != names[-1] or not size else None)
        return found

    def size(self) -> int:
        """Return how many bytes came since the log was last begun anew."""
        ends = self.ends()
        newest = max(ends, key=_number, default=None)
        if newest is None:
            return 0
        known = ends[newest]
        return (self._rdf / newest).stat().st_size if known is None else known

    def emptied(self, act: Callable[[], object]) -> None:
        """Do what writes all that is in memory to tables, and remember that what the log had before is in them."""
        before = set(self._names())
        act()
        after = self._names()
        self._past = (self._past | before).intersection(after[:-1])

    def through(self) -> None:
        """Wait until all that the log holds is on the disk; a file that is no longer there has its content in tables.

        Raises:
            OSError: the disk says that it is not.
        """
        ends = self.ends()
        for name, end in ends.items():
            if end is None or end != self._kept.get(name, 0):
                with contextlib.suppress(FileNotFoundError), (self._rdf / name).open("rb") as held:
                    os.fdatasync(held.fileno())
        if ends.keys() - self._kept.keys():
            sync(self._rdf)
        self._kept = ends

    def _names(self) -> list[str]:
        return sorted((file.name for file in self._rdf.glob("*.log")), key=_number)


def _number(name: str) -> int:
    return int(name.partition(".")[0])


def _written(folder: Path) -> dict[str, int]:
    """Return how far the files of a folder are written that this process has open, where the system tells."""
    start = f"{folder.resolve()}/"
    found: dict[str, int] = {}
    try:
        for descriptor in os.listdir(_FILES):  # noqa: PTH208 - names are wanted, and nothing else
            try:
                path = str((_FILES / descriptor).readlink())
                if path.startswith(start) and path.endswith(".log"):
                    # "pos: 4096 flags: 0100001 ...", flags as for `open`, in octal
                    _, place, _, flags, *_ = (_PLACES / descriptor).read_text(encoding="ascii").split()
                    if int(flags, 8) & os.O_ACCMODE != os.O_RDONLY:
                        found[path.removeprefix(start)] = int(place)
            except FileNotFoundError:
                continue
    except FileNotFoundError:
        return {}
    return found


def sync(folder: Path) -> None:
    """Wait until the names in a folder are on the disk.

    Raises:
        OSError: the disk says that they are not.
    """
    held = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(held)
    finally:
        os.close(held)
