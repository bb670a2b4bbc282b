"""ZIP archives that can be opened without fear: bounded before and while they are read, nothing written to disk."""

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ingest.errors import ReaderError
from ingest.readers.sniff import MAX_MEMBERS

MAX_TOTAL = 500_000_000
"""The most bytes that the files of an archive, and of the archives in it, may hold when they are unpacked."""
MAX_RATIO = 200
"""How many times its own size an archive may unpack to; honest XML stays far below a hundred."""
MAX_DEPTH = 3
"""How many archives may lie inside each other."""
SMALL = 5_000_000
"""Bytes unpacked up to which the ratio does not count: repetitive but short files are no harm."""
_CHUNK = 1_048_576
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_ABSOLUTE = re.compile(r"[/\\]|[A-Za-z]:")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Ways of packing that unpack chunk by chunk; the standard library unpacks the others without a bound."""
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, OverflowError, RuntimeError)
"""What the standard library raises on damaged members; NotImplementedError is a RuntimeError."""


@dataclass(slots=True)
class _Budget:
    """What an archive and all the archives in it may still unpack to."""

    left: int
    limit: int
    max_members: int
    max_ratio: float


class Archive(Mapping[str, bytes]):
    """The files of an archive by name, in the order of its directory; folders are left out.

    A member is unpacked each time it is asked for and not kept, so that memory holds one at a time.
    """

    def __init__(self, data: bytes, source: str, budget: _Budget, depth: int) -> None:
        """Look through the directory; `open_bounded` is the way in."""
        self.source = source
        self._budget = budget
        self._depth = depth
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _DAMAGED as error:
            raise ReaderError(source, f"is a damaged ZIP archive ({error})", "get or save the file again") from error
        infos = self._zip.infolist()
        if len(infos) > budget.max_members:
            problem = f"holds {len(infos)} files, more than {budget.max_members}"
            raise ReaderError(source, problem, "split the archive")
        self._members: dict[str, zipfile.ZipInfo] = {}
        for info in infos:
            self._check(info)
            if not info.is_dir():
                self._members[info.filename] = info
        total = sum(info.file_size for info in self._members.values())
        if total > SMALL and total > budget.max_ratio * max(len(data), 1):
            problem = f"unpacks to more than {budget.max_ratio:g} times its size, as archives do that are made to harm"
            raise ReaderError(source, problem, "unpack it yourself and look at it")
        budget.left -= total
        if budget.left < 0:
            problem = f"unpacks to more than {budget.limit // 1_000_000} MB"
            raise ReaderError(source, problem, "split the archive, or unpack it")

    def __getitem__(self, name: str) -> bytes:
        """Return the bytes of a member.

        Raises:
            KeyError: there is no such member.
            ReaderError: it is damaged, or larger than the directory says.
        """
        info = self._members[name]
        try:
            with self._zip.open(info) as file:
                return b"".join(iter(lambda: file.read(_CHUNK), b""))
        except _DAMAGED as error:
            problem = f"{name} in it is damaged ({error})"
            raise ReaderError(self.source, problem, "get or save the file again") from error

    def __iter__(self) -> Iterator[str]:
        """Go through the names of the files."""
        return iter(self._members)

    def __len__(self) -> int:
        """How many files there are."""
        return len(self._members)

    def __contains__(self, name: object) -> bool:
        """Say whether there is such a file, without unpacking it."""
        return name in self._members

    def size(self, name: str) -> int:
        """Return how many bytes a member unpacks to."""
        return self._members[name].file_size

    def inner(self, name: str) -> "Archive":
        """Return the archive that a member is; it lives on what is left of this one's bounds.

        Raises:
            ReaderError: as for `open_bounded`, or archives lie too deep inside each other.
        """
        source = f"{self.source}/{name}"
        if self._depth + 1 >= MAX_DEPTH:
            raise ReaderError(source, f"is an archive {MAX_DEPTH} archives deep", "unpack the outer ones")
        return Archive(self[name], source, self._budget, self._depth + 1)

    def _check(self, info: zipfile.ZipInfo) -> None:
        name = info.filename
        if _ABSOLUTE.match(name) or ".." in re.split(r"[/\\]", name) or "\\" in name or not name:
            problem = f"holds a file named {name!r}, which would lie outside the archive's own folder"
            raise ReaderError(self.source, problem, "do not trust it; get it from its makers again")
        if info.flag_bits & _ENCRYPTED:
            raise ReaderError(self.source, "is protected by a password", "unpack it, or save it without a password")
        if stat.S_ISLNK(info.external_attr >> 16):
            raise ReaderError(self.source, f"holds a link, {name!r}, instead of a file", "pack the files themselves")
        if info.compress_type not in _METHODS:
            problem = f"packs {name!r} by a method that is not known here ({info.compress_type})"
            raise ReaderError(self.source, problem, "pack it again as an ordinary ZIP")
        if name in self._members:
            raise ReaderError(self.source, f"holds {name!r} twice", "get or save the file again")


def open_bounded(
    data: bytes,
    source: str,
    *,
    max_members: int = MAX_MEMBERS,
    max_total: int = MAX_TOTAL,
    max_ratio: float = MAX_RATIO,
) -> Archive:
    """Return the files of the ZIP archive `data`, named `source` in messages.

    `max_members` counts files, `max_total` bytes unpacked, `max_ratio` is bytes unpacked per byte of the archive.

    Raises:
        ReaderError: the archive is damaged, protected by a password, beyond a bound, or holds links or names that
            lead out of it.

    >>> packed = io.BytesIO()
    >>> with zipfile.ZipFile(packed, "w") as made:
    ...     made.writestr("notes/a.txt", "Nobody called back.")
    >>> archive = open_bounded(packed.getvalue(), "a.zip")
    >>> list(archive), archive["notes/a.txt"]
    (['notes/a.txt'], b'Nobody called back.')
    """
    return Archive(data, source, _Budget(max_total, max_total, max_members, max_ratio), 0)
