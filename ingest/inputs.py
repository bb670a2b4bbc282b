"""The files that a run reads: their bytes within bounds, the members of archives, and what is known before parsing."""

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from ingest.errors import ReaderError
from ingest.readers import ARCHIVE, MAX_BYTES, format_of
from ingest.readers import records as interchange
from ingest.readers.archive import Archive, open_bounded
from ontology.errors import CarekgError

MAX_ARCHIVE = 500_000_000
"""The largest archive of papers that is opened, in bytes."""
_HEAD = 65_536
_ZIP = b"PK"
_HIDDEN = "__MACOSX"


@dataclass(frozen=True, slots=True)
class Input:
    """One file to read: a path, or the member of the archive at a path."""

    path: Path
    member: str = ""

    @property
    def name(self) -> str:
        """The name in messages and in the records: of the file, or "archive.zip/member"."""
        name = os.fsencode(self.path.name).decode("utf-8", "replace")
        return f"{name}/{self.member}" if self.member else name

    @property
    def place(self) -> Path:
        """Where it lies, the archive taken for a folder."""
        return self.path / self.member if self.member else self.path


@dataclass(frozen=True, slots=True)
class Looked:
    """An input as it was found: its bytes and their hash, or why it cannot be read. Once it is to be read, `turn` is
    when, and the bytes are let go."""

    input: Input
    file_sha256: str = ""
    data: bytes = b""
    turn: int = 0
    error: CarekgError | None = None

    def placed(self) -> "Looked":
        """Return it with its turn, which goes by its format: most files of a store are known and need none."""
        return replace(self, turn=format_of(self.data).turn, data=b"")


@dataclass(slots=True)
class Files:
    """Reads inputs. One archive stays open, so that its members are read in a row without opening it for each."""

    _open: tuple[Path, Archive] | None = field(default=None)

    def read(self, given: Input) -> bytes:
        """Return the bytes of an input.

        Raises:
            ReaderError: it cannot be read, or is larger than its format may be.
        """
        if not given.member:
            return _bytes(given.path, given.name)
        try:
            return self._archive(given.path)[given.member]
        except KeyError as error:
            raise ReaderError(given.name, "is no longer in the archive", "ingest the archive again") from error

    def look(self, paths: Iterable[Path | Input]) -> Iterator[Looked]:
        """Yield what there is to read: each file, and each member in place of an archive."""
        for path in paths:
            given = path if isinstance(path, Input) else Input(path)
            try:
                data = self.read(given)
                if not given.member and data.startswith(_ZIP) and format_of(data).name == ARCHIVE:
                    yield from self._members(given)
                else:
                    yield Looked(given, sha256(data).hexdigest(), data)
            except ReaderError as error:
                yield Looked(given, error=error)

    def _members(self, given: Input) -> Iterator[Looked]:
        archive = self._archive(given.path)
        names = [name for name in sorted(archive) if not _hidden(name)]
        if not names:
            raise ReaderError(given.name, "holds no files", "name another archive")
        yield from self.look([Input(given.path, name) for name in names])

    def _archive(self, path: Path) -> Archive:
        if self._open is None or self._open[0] != path:
            name = Input(path).name
            self._open = (path, open_bounded(_bytes(path, name), name))
        return self._open[1]


def _hidden(name: str) -> bool:
    return any(part.startswith(".") or part == _HIDDEN for part in name.split("/"))


def _bytes(path: Path, name: str) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise ReaderError(name, "is not a regular file", "name a file or a folder")
        limit = MAX_BYTES if status.st_size <= MAX_BYTES else _limit(path)
        if status.st_size > limit:
            size = f"{status.st_size / 1e6:.0f} MB"
            problem = f"is {size}, more than the {limit // 1_000_000} MB that are read"
            raise ReaderError(name, problem, "split it, or extract its text")
        return path.read_bytes()
    except OSError as error:
        raise ReaderError(name, f"cannot be read ({error.strerror})", "check the file and its permissions") from error


def _limit(path: Path) -> int:
    """Return how large a file may be, by the look of its beginning."""
    with path.open("rb") as file:
        start = file.read(_HEAD)
    if start.startswith(_ZIP):
        return MAX_ARCHIVE
    if path.suffix.lower() == interchange.SUFFIX:
        return interchange.MAX_BYTES
    return format_of(start).max_bytes
