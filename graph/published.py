"""The states of a store that readers open: how they are made, which one is the newest, when they go.

    published/<number>-<stamp>/         a checkpoint of RocksDB, written through to the disk
    published/<number>-<stamp>-<boot>/  the same made of what is in the files now: quick, and kept by the system's cache
    .../rdf/                            hard links to tables, which nobody changes; a copy of the log since the last
    .../manifest.jsonl                  a manifest and what changed it; states that follow each other share the file
    .../manifest.end                    how many bytes of it are of this state

A checkpoint makes RocksDB write ten tables and wait for the disk: too long for each single change. But what a killed
process leaves behind is a whole database: tables, and a log of the changes since. So a state may be a copy of these
files, made while no change is at work. It outlives any process, not the machine: its name ends with the number of the
system's boot, and after another boot the last checkpoint counts. The change itself outlives the machine too: the log of
the writer's own database is written through, and the next writer finds in it what the checkpoint lacks. Such copies
take turns: one that nobody reads any more becomes the next, so that only what came since is copied, however large the
store is.
"""

import contextlib
import fcntl
import os
import shutil
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from graph.beside import Work
from graph.manifest import Manifest
from graph.wal import Log, sync

LONG_LOG = 4 << 20
"""Bytes of log of RocksDB from which on its content is to be written to tables, beside what goes on."""
MOST_LOG = 16 << 20
"""Bytes of log that are copied at most: with more, a checkpoint is made, which waits until the log is empty."""
_TRIES = 20
_COPIES = 2
"""Copies that take turns."""
_MANIFEST, _END = "manifest.jsonl", "manifest.end"


class Hold:
    """A file that stays open, with the lock on it if there is one, until nobody holds on to this object any more."""

    def __init__(self, descriptor: int) -> None:
        """Take over the descriptor."""
        self._descriptor = descriptor

    def is_of(self, descriptor: int) -> bool:
        """Say whether it is the file of another descriptor."""
        return os.path.sameopenfile(self._descriptor, descriptor)

    def __del__(self) -> None:
        """Give the lock up."""
        os.close(self._descriptor)


class Published:
    """The published states of one store."""

    def __init__(self, path: Path) -> None:
        """Name the folder of the store; nothing is read or made yet."""
        self._path = path
        self._home = path / "published"
        self._current = path / "CURRENT"
        self._seen: tuple[Hold, int, Manifest] | None = None
        self._copies: list[str] = []
        self.log = Log(path / "rdf")
        self._head = (0, 0)

    def current(self) -> str | None:
        """Return the name of the newest state that can be relied on, or None where nothing was published yet."""
        try:
            name = self._current.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return None
        return name if name and lasts(name) else max(self._checkpoints(), default=name)

    def rdf(self, name: str) -> Path:
        """Return the folder of the database of a state."""
        return self._home / name / "rdf"

    def manifest(self, name: str) -> Manifest:
        """Return the manifest of a state; of one that follows the last one asked for, only the news are read.

        Raises:
            OSError: it cannot be read.
            ValueError: it is damaged.
        """
        end = int((self._home / name / _END).read_text(encoding="utf-8"))
        with (self._home / name / _MANIFEST).open("rb") as told:
            known = None
            if self._seen is not None and self._seen[0].is_of(told.fileno()) and self._seen[1] <= end:
                told.seek(self._seen[1])
                known = self._seen[2]
            text = told.read(end - told.tell())
            manifest = Manifest.loads(text.decode(), known)
            self._seen = (Hold(os.dup(told.fileno())), end, manifest)
        return manifest

    def share(self, name: str) -> Hold | None:
        """Return a hold on a state, or None where the writer has cleared it away meanwhile."""
        try:
            descriptor = os.open(self._home / name / "lock", os.O_RDONLY)
        except FileNotFoundError:
            return None
        hold = Hold(descriptor)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return None
        return hold if os.fstat(descriptor).st_nlink else None

    def copied(self, rdf: Path, manifest: Manifest, kept: Iterable[Work]) -> str | None:
        """Publish what is in the files of the database now; return the name, or None where that is not to be done.

        No change may be at work meanwhile; what RocksDB does by itself may be. It is shown once what is `kept` is done.

        Raises:
            OSError: the files cannot be written.
        """
        boot = boot_of()
        if not boot or self.log.size() > MOST_LOG:
            return None
        name = self._next(manifest, boot)
        draft = self._turned(name) or self._draft(name)
        if not any(_copied(rdf, draft / "rdf", self.log) for _ in range(_TRIES)):
            shutil.rmtree(draft)
            return None
        self._tell(draft, manifest, through=False)
        for work in kept:
            work.wait()
        draft.replace(self._home / name)
        write(self._current, name + "\n", through=False)
        self._copies.append(name)
        if len(self._copies) > _COPIES:
            self.clear()
        return name

    def checkpoint(self, store: ox.Store, manifest: Manifest, kept: Iterable[Work] = ()) -> str:
        """Publish a checkpoint of the writer's store, written through to the disk; return its name. It is shown once
        what is `kept` is done.

        Raises:
            OSError: the files cannot be written.
        """
        name = self._next(manifest)
        draft = self._draft(name)
        self.log.emptied(lambda: store.backup(str(draft / "rdf")))
        self._tell(draft, manifest, through=True)
        sync(draft)
        for work in kept:
            work.wait()
        draft.replace(self._home / name)
        sync(self._home)
        write(self._current, name + "\n")
        sync(self._path)
        self._copies.clear()
        self.clear()
        return name

    def clear(self) -> None:
        """Remove the states that nobody reads any more, save the newest and the last checkpoint; only the writer may.

        Raises:
            OSError: a file cannot be removed.
        """
        self._copies = self._copies[-_COPIES:]
        kept = {self.current(), max(self._checkpoints(), default=None), *self._copies}
        for home in self._home.iterdir() if self._home.is_dir() else ():
            if home.name not in kept:
                with _unread(home) as unread:
                    if unread:
                        shutil.rmtree(home)

    def _turned(self, name: str) -> Path | None:
        """Return the draft of a state, made of a copy that nobody reads any more, or None where there is none."""
        draft = self._home / f"{name}.new"
        for old in self._copies[:-1]:
            with _unread(self._home / old) as unread:
                if unread:
                    (self._home / old / "lock").unlink()
                    shutil.rmtree(draft, ignore_errors=True)
                    (self._home / old).replace(draft)
                    self._copies.remove(old)
                    (draft / "lock").touch()
                    return draft
        return None

    def _checkpoints(self) -> list[str]:
        names = [home.name for home in self._home.iterdir()] if self._home.is_dir() else []
        return [name for name in names if name.count("-") == 1 and not name.endswith(".new")]

    def _next(self, manifest: Manifest, *boot: str) -> str:
        numbers = [home.name.split("-")[0] for home in self._home.iterdir()] if self._home.is_dir() else []
        count = 1 + max((int(number) for number in numbers if number.isdigit()), default=0)
        return "-".join((f"{count:08d}", manifest.stamp[:12], *boot))

    def _draft(self, name: str) -> Path:
        for left in (self._home / name, self._home / f"{name}.new"):
            shutil.rmtree(left, ignore_errors=True)
        draft = self._home / f"{name}.new"
        draft.mkdir(parents=True)
        (draft / "lock").touch()
        return draft

    def _tell(self, draft: Path, manifest: Manifest, *, through: bool) -> None:
        """Write the manifest: the news behind that of the state before, where both are known and not too long."""
        for name in (_MANIFEST, _END):
            (draft / name).unlink(missing_ok=True)
        last, news = self.current(), manifest.news()
        if last is not None and news is not None and (self._home / last / _END).is_file():
            before, end = self._home / last / _MANIFEST, int((self._home / last / _END).read_text(encoding="utf-8"))
            with before.open("r+b") as out:
                file = os.fstat(out.fileno()).st_ino
                if self._head[0] != file:
                    self._head = (file, len(out.readline()))
                head = self._head[1]
                if end - head <= head:
                    out.truncate(end)
                    out.seek(end)
                    out.write(news.encode())
                    end = out.tell()
                    out.flush()
                    if through:
                        os.fsync(out.fileno())
                    os.link(before, draft / _MANIFEST)
                    write(draft / _END, str(end), through=through)
                    return
        text = manifest.dumps()
        write(draft / _MANIFEST, text, through=through)
        self._head = (0, 0)
        write(draft / _END, str(len(text.encode())), through=through)


def lasts(name: str) -> bool:
    """Whether a state of this name is as it was made: a checkpoint, or a copy that was made since the system booted."""
    return name.count("-") < 2 or name.rsplit("-", 1)[-1] == boot_of()


@cache
def boot_of() -> str:
    """Return eight digits that are others after each boot of the system; none where it does not tell."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii")[:8]
    except OSError:
        return ""


@contextlib.contextmanager
def _unread(home: Path) -> Iterator[bool]:
    """Hold a state so that nobody begins to read it; false where somebody does."""
    held = os.open(home / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield True
    except BlockingIOError:
        yield False
    finally:
        os.close(held)


def _copied(rdf: Path, target: Path, log: Log) -> bool:
    """Copy a database that no change is at work on, or what `target` lacks of it; say whether it is of one moment.

    Tables are written once, and a log of one name only grows. RocksDB may bring tables together at any time: it notes
    that in its own manifest, which only grows too, before it removes one. Where that is the same before and after,
    nothing is missing.
    """
    target.mkdir(exist_ok=True)
    told = (rdf / "CURRENT").read_bytes()
    own = rdf / told.decode().strip()
    try:
        size = own.stat().st_size
        tables = {file.name: file for file in rdf.glob("*.sst")}
        grown: dict[str, int | None] = {**log.ends(), own.name: size}
        there = set(os.listdir(target))  # noqa: PTH208 - names are wanted, and nothing else
        for name in there - tables.keys() - {name for name, end in grown.items() if end is not None}:
            (target / name).unlink()
        for name in tables.keys() - there:
            os.link(tables[name], target / name)
        for name, end in grown.items():
            _grow(rdf / name, target / name, (rdf / name).stat().st_size if end is None else end)
        (target / "CURRENT").write_bytes(told)
        return (rdf / "CURRENT").read_bytes() == told and own.stat().st_size == size
    except FileNotFoundError:
        return False


def _grow(file: Path, copy: Path, size: int) -> None:
    """Bring a copy of a file that only grows to this size."""
    with file.open("rb") as told, copy.open("ab") as out:
        told.seek(out.tell())
        while (left := size - out.tell()) > 0 and (part := told.read(min(left, 1 << 20))):
            out.write(part)


def write(path: Path, text: str, *, through: bool = True) -> None:
    """Write a small file so that a reader sees the old one or the new one, never half of it.

    Raises:
        OSError: it cannot be written.
    """
    draft = path.with_name(path.name + ".new")
    with draft.open("w", encoding="utf-8") as out:
        out.write(text)
        if through:
            out.flush()
            os.fsync(out.fileno())
    draft.replace(path)
