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
        self._rdf = rdf.resolve()
        self._past = frozenset[str]()
        self._kept: dict[str, int | None] = {}
        self._open: dict[str, str] = {}

    def ends(self) -> dict[str, int | None]:
        """Return the files that may hold what no table does, by name, the newest last, each with how many of its bytes
        count: all of them where nobody writes to it, None where that is not known.

        One that RocksDB removes meanwhile is left out.
        """
        names = [name for name in self._names() if name not in self._past]
        found: dict[str, int | None] = {}
        for name in names:
            with contextlib.suppress(FileNotFoundError):
                size = (self._rdf / name).stat().st_size
                newest = name == names[-1] and size > 0
                written = self._written(name, search=newest)
                found[name] = size if written is None and not newest else written
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
        names = os.listdir(self._rdf)  # noqa: PTH208 - names are wanted, and nothing else
        return sorted((name for name in names if name.endswith(".log")), key=_number)

    def _written(self, name: str, *, search: bool) -> int | None:
        """Return how far a file is written, None where nobody is known to; `search` among all files that are open."""
        path = str(self._rdf / name)
        if (known := self._open.get(name)) and (place := _place(known, path)) is not None:
            return place
        if search and _FILES.is_dir():
            for descriptor in os.listdir(_FILES):  # noqa: PTH208 - names are wanted, and nothing else
                if (place := _place(descriptor, path)) is not None:
                    self._open = {older: self._open[older] for older in list(self._open)[-1:]} | {name: descriptor}
                    return place
        return None


def _number(name: str) -> int:
    return int(name.partition(".")[0])


def _place(descriptor: str, path: str) -> int | None:
    """Return how far a file is written, None where this descriptor of the process does not write to it.

    The system tells it as in "pos: 4096 flags: 0100001 ...", with flags as for `open`, in octal.
    """
    try:
        if str((_FILES / descriptor).readlink()) != path:
            return None
        _, place, _, flags, *_ = (_PLACES / descriptor).read_text(encoding="ascii").split()
    except FileNotFoundError:
        return None
    return None if int(flags, 8) & os.O_ACCMODE == os.O_RDONLY else int(place)


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
