"""The folder of a store: what lies where, who may write, and what readers see while somebody writes.

    FORMAT            says that this is a store, and of which version
    lock              held by the one process that writes
    rdf/              Oxigraph; only the writer opens it
    published/<name>/ states for readers: rdf/ with its manifest, hard-linked; never written again (graph.published)
    CURRENT           the name of the state that readers are to open
    dirty             there while rdf/ is ahead of the last checkpoint; names the newest state if it is level with it
    cypher/           the embedded Cypher engine's cache
    views.db          matrices and full text, kept ready (SQLite); made anew where it does not fit
    log.jsonl         clock times of changes, kept out of the graph so that the same input gives the same bytes

RocksDB does not let anybody read a database beside its writer safely, so readers open published states only.
"""

import contextlib
import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from graph.beside import Work
from graph.errors import StoreError, StoreFormatError, StoreLocked, StoreMissing
from graph.manifest import GraphState, Manifest
from graph.published import LONG_LOG, Hold, Published, write
from graph.wal import Log, sync

FORMAT = "carekg-store 1"
_TRIES = 20
_IN_DOUBT = "in doubt\n"
_AHEAD = "ahead\n"


@dataclass(frozen=True, slots=True)
class State:
    """A store that can be read and what is in it; `hold` keeps the writer from clearing the files away."""

    name: str
    store: ox.Store
    manifest: Manifest
    hold: Hold | None = None

    def with_graph(self, name: str, graph: GraphState | None) -> "State":
        """Return the state with one graph changed in the manifest, or left out of it."""
        return self.with_graphs({name: graph})

    def with_graphs(self, changed: Mapping[str, GraphState | None]) -> "State":
        """Return the state with some graphs changed in the manifest, or left out of it."""
        return self.with_manifest(self.manifest.with_graphs(changed))

    def with_manifest(self, manifest: Manifest) -> "State":
        """Return the state with another manifest of the same store."""
        return replace(self, manifest=manifest)


class Folder:
    """Paths and locks of one store."""

    def __init__(self, path: Path) -> None:
        """Name the folder; nothing is read or made yet."""
        self.path = path
        self.rdf = path / "rdf"
        self.cypher = path / "cypher"
        self.views = path / "views.db"
        self._log = path / "log.jsonl"
        self._published = Published(path)
        self._dirty = path / "dirty"

    def check(self) -> None:
        """Make sure that a store of this version is here.

        Raises:
            StoreMissing: there is nothing.
            StoreFormatError: there is something else.
            StoreError: it may not be read.
        """
        try:
            if not self.path.exists():
                raise StoreMissing(str(self.path), "there is no store here", "make one with `carekg ingest`")
            told = (self.path / "FORMAT").read_text(encoding="utf-8").strip()
        except PermissionError as error:
            raise StoreError(str(self.path), "may not be read by you", "ask for the right to read it") from error
        except (FileNotFoundError, NotADirectoryError, UnicodeDecodeError) as error:
            raise StoreFormatError(str(self.path), "is not a carekg store", "name another folder") from error
        if told != FORMAT:
            problem = f"is a store of another version ({told!r}, not {FORMAT!r})"
            raise StoreFormatError(str(self.path), problem, "ingest the sources into a new folder")

    def create(self) -> None:
        """Make the folder of a new store, or do nothing where there is one.

        Raises:
            StoreFormatError: the folder exists and holds something else.
            StoreError: the folder cannot be made.
        """
        try:
            if not self.path.exists() or (self.path.is_dir() and _unmade(self.path)):
                self.path.mkdir(parents=True, exist_ok=True)
                write(self.path / "FORMAT", FORMAT + "\n")
        except OSError as error:
            raise StoreError(str(self.path), f"cannot be made ({error.strerror})", "choose another folder") from error
        self.check()

    def lock(self) -> int:
        """Return the descriptor that holds the right to write; closing it gives the right up.

        Raises:
            StoreLocked: another process, or another `EvidenceGraph` of this one, has it.
            StoreError: the folder may not be written to.
        """
        try:
            held = os.open(self.path / "lock", os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise StoreError(
                str(self.path), f"cannot be written to ({error.strerror})", "mend its permissions"
            ) from error
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            owner = os.pread(held, 32, 0).decode(errors="replace").strip() or "unknown"
            os.close(held)
            problem = f"process {owner} is writing to this store"
            raise StoreLocked(str(self.path), problem, "wait until it is done; reading goes on meanwhile") from error
        os.ftruncate(held, 0)
        os.pwrite(held, str(os.getpid()).encode(), 0)
        return held

    def mark_dirty(self, *, in_doubt: bool = False) -> None:
        """Note that `rdf/` is about to be ahead of what is published; `in_doubt`: and not in transactions.

        Raises:
            StoreError: the folder cannot be written to.
        """
        with self._written():
            if in_doubt:
                write(self._dirty, _IN_DOUBT)
            elif self._dirty.exists():
                _overwrite(self._dirty, _AHEAD)
            else:
                write(self._dirty, _AHEAD)
                sync(self.path)

    def take_back(self) -> None:
        """Put `rdf/` back to what is published, where what is there came by halves: a bulk load was cut short.

        Raises:
            StoreError: the folder cannot be written to.
        """
        name = self.current()
        if name is None or self._told() != _IN_DOUBT.strip():
            return
        draft = self.path / "rdf.new"
        with self._written():
            shutil.rmtree(draft, ignore_errors=True)
            shutil.copytree(self._published.rdf(name), draft, copy_function=_linked)
            shutil.rmtree(self.rdf, ignore_errors=True)
            draft.replace(self.rdf)
            self._dirty.unlink()

    def ahead(self) -> bool:
        """Say whether a writer has done what it has not published, because it is at work or because it was killed."""
        return self._told() not in (None, self.current())

    def is_through(self) -> bool:
        """Say whether all of `rdf/` is in a checkpoint, on the disk."""
        return self._told() is None

    def _told(self) -> str | None:
        """Return what `dirty` says, None where it is not there."""
        try:
            return self._dirty.read_text(encoding="utf-8").partition("\n")[0]
        except FileNotFoundError:
            return None

    def note(self, told: Mapping[str, Any]) -> None:
        """Add a line to the log, with the time.

        Raises:
            StoreError: the folder cannot be written to.
        """
        line = json.dumps({"at": datetime.now(UTC).isoformat(timespec="seconds"), **told}, ensure_ascii=False)
        with self._written(), self._log.open("a", encoding="utf-8") as log:
            log.write(line + "\n")

    def current(self) -> str | None:
        """Return the name of the published state, or None where nothing was published yet."""
        return self._published.current()

    def known(self) -> Manifest | None:
        """Return the manifest of `rdf/`, or None where a writer was killed before it published, the system was before
        all was on the disk, or it is damaged."""
        name = self.current()
        if name is None or self.ahead():
            return None
        try:
            return self._published.manifest(name)
        except (OSError, ValueError):
            return None

    @property
    def log(self) -> Log:
        """The log of the database, for who writes to it."""
        return self._published.log

    def log_through(self) -> None:
        """Wait until the last change is on the disk, in the log of the database.

        Raises:
            StoreError: the disk says that it is not.
        """
        with self._written():
            self.log.through()

    def has_long_log(self) -> bool:
        """Say whether the log of the database is to be made shorter."""
        return self.log.size() > LONG_LOG

    def publish(self, store: ox.Store, manifest: Manifest, *, through: bool, kept: Sequence[Work] = ()) -> bool:
        """Let readers see the state of the writer's store from now on, no change being at work; say whether it is
        written through to the disk, as it is where that is asked for. It is shown once what is `kept` is done, of which
        one is `log_through` where it is not to be written through.

        Raises:
            StoreError: the files cannot be written; readers still see the last state, and nothing is lost.
        """
        with self._written():
            name = None if through else self._published.copied(self.rdf, manifest, kept)
            if name is not None:
                _overwrite(self._dirty, name + "\n")
                return False
            self._published.checkpoint(store, manifest, kept)
            self._dirty.unlink(missing_ok=True)
            return True

    def open_published(self) -> State:
        """Open the state that is published now.

        Raises:
            StoreMissing: nothing was published yet.
            StoreError: the files cannot be read.
        """
        for _ in range(_TRIES):
            name = self.current()
            if name is None:
                break
            hold = self._published.share(name)
            if hold is None:
                continue
            try:
                store = ox.Store.read_only(str(self._published.rdf(name)))
                return State(name, store, self._published.manifest(name), hold)
            except (OSError, ValueError) as error:
                problem = f"cannot be read ({error})"
                raise StoreError(str(self.path), problem, "open it once for writing, or ingest again") from error
        raise StoreMissing(str(self.path), "holds no published state", "finish `carekg ingest` first")

    def clear(self) -> None:
        """Remove the published states that nobody reads any more; only the writer may."""
        with self._written():
            self._published.clear()

    @contextlib.contextmanager
    def _written(self) -> Iterator[None]:
        """Make of an error of the system one of ours; a change that it broke off is all there or not at all."""
        try:
            yield
        except OSError as error:
            raise unwritable(self.path, error) from error


def unwritable(place: Path | str, error: OSError) -> StoreError:
    """Return what is said of a store where a file cannot be written: no room, no right, no disk."""
    problem = f"cannot be written to ({error.strerror or error})"
    return StoreError(str(place), problem, "make room there, or get the right to write, then do the same again")


def _unmade(path: Path) -> bool:
    """Whether a folder is empty, or as somebody left it who was killed while making a store of it."""
    return {entry.name for entry in path.iterdir()} <= {"FORMAT.new"}


def _linked(source: str, target: str) -> None:
    """Copy a file of a database; those that are never written again may be one with the copy."""
    if source.endswith(".sst"):
        os.link(source, target)
    else:
        shutil.copy2(source, target)


def _overwrite(path: Path, line: str) -> None:
    """Write a short line over the beginning of a file, which costs less than another file."""
    with path.open("r+", encoding="utf-8") as out:
        out.write(line)
