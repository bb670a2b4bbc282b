"""What a store remembers of the files that it was fed: what need not be read again, and what could not be read.

Two files of JSON lines in the store's folder, one object a line. The records of a store do not depend on them: without
`inputs.jsonl` files are read again, which changes nothing; without `quarantine.jsonl` nothing is offered for `--retry`.
A line is written when what it tells is in the store, so a run that is killed forgets at most what it did last, and does
that again. They belong to who holds the store's lock.
"""

import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ingest.errors import LedgerError
from ingest.inputs import Input
from ontology.errors import CarekgError

INPUTS = "inputs.jsonl"
QUARANTINE = "quarantine.jsonl"


@dataclass(frozen=True, slots=True)
class Done:
    """A file that was taken in: the key of the work (`ingest.outcome.key`), and for each document that came of it its
    IRI, the state of the store's graph of it, and its report as JSON-ready values."""

    key: str
    path: str
    documents: tuple[tuple[str, str, dict[str, Any]], ...] = ()

    @property
    def states(self) -> list[tuple[str, str]]:
        """The documents and their states, without the reports."""
        return [(iri, state) for iri, state, _ in self.documents]


@dataclass(slots=True)
class Ledger:
    """The files that were taken in, by key; lines are added as files are done, so that a run that is killed goes on."""

    path: Path
    _done: dict[str, Done] = field(default_factory=dict)

    @classmethod
    def of(cls, folder: Path) -> "Ledger":
        """Return the ledger of a store; a line that is damaged is a file that is read again."""
        ledger = cls(folder / INPUTS)
        for told in _lines(ledger.path):
            if told.keys() == _DONE:
                documents = tuple((iri, state, report) for iri, state, report in told["documents"])
                ledger._done[told["key"]] = Done(told["key"], told["path"], documents)
        return ledger

    def files(self) -> list[Done]:
        """Return the files that were taken in, sorted by place, then key."""
        return sorted(self._done.values(), key=lambda done: (done.path, done.key))

    def unchanged(self, key: str, state: Callable[[str], str | None]) -> Done | None:
        """Return what came of this work, if the store still holds all of it as it was; `state` tells of a document."""
        done = self._done.get(key)
        if done is None or any(state(iri) != then for iri, then, _ in done.documents):
            return None
        return done

    def add(self, done: Done) -> None:
        """Remember a file that is in the store.

        Raises:
            LedgerError: it cannot be written.
        """
        before = self._done.get(done.key)
        if before is None or before.states != done.states:
            self._done[done.key] = done
            _append(self.path, asdict(done))


@dataclass(frozen=True, slots=True)
class Held:
    """A file in quarantine: where it is, what was wrong and what to do. `lasting` says that the same work would fail in
    the same way again, so that it need not be tried; a file that took too long may be luckier another time."""

    path: str
    member: str
    key: str
    kind: str
    thing: str
    problem: str
    remedy: str
    at: str
    lasting: bool = False

    @property
    def input(self) -> Input:
        """The file, to be read again."""
        return Input(Path(self.path), self.member)

    @property
    def error(self) -> CarekgError:
        """What was wrong, as it was told."""
        return CarekgError(self.thing, self.problem, self.remedy)


@dataclass(slots=True)
class Quarantine:
    """The files of a store that failed, by place; each change is written at once."""

    path: Path
    _held: dict[str, Held] = field(default_factory=dict)

    @classmethod
    def of(cls, folder: Path) -> "Quarantine":
        """Return the quarantine of a store."""
        quarantine = cls(folder / QUARANTINE)
        for told in _lines(quarantine.path):
            if told.keys() == _HELD:
                held = Held(**told)
                quarantine._held[_place(held.input)] = held
            elif told.keys() == {_LEFT}:
                quarantine._held.pop(told[_LEFT], None)
        return quarantine

    def __len__(self) -> int:
        """How many files are in quarantine."""
        return len(self._held)

    def files(self) -> list[Held]:
        """Return the files in quarantine, sorted by place."""
        return [held for _, held in sorted(self._held.items())]

    def known(self, given: Input, key: str) -> Held | None:
        """Return why this work must fail again, or None where it may be tried."""
        held = self._held.get(_place(given))
        return held if held is not None and held.lasting and held.key == key else None

    def add(self, given: Input, key: str, error: CarekgError, *, lasting: bool) -> None:
        """Put a file into quarantine.

        Raises:
            LedgerError: it cannot be written.
        """
        held = Held(
            path=str(given.path.absolute()),
            member=given.member,
            key=key,
            kind=type(error).__name__,
            thing=error.thing,
            problem=error.problem,
            remedy=error.remedy,
            at=datetime.now(UTC).isoformat(timespec="seconds"),
            lasting=lasting,
        )
        self._held[_place(given)] = held
        _append(self.path, asdict(held))

    def release(self, given: Input) -> None:
        """Let a file go that was read after all.

        Raises:
            LedgerError: it cannot be written.
        """
        if self._held.pop(_place(given), None) is not None:
            _append(self.path, {_LEFT: _place(given)})

    def tidy(self) -> None:
        """Write the file anew with what is in quarantine now, or remove it where that is nothing.

        Raises:
            LedgerError: it cannot be written.
        """
        with _written(self.path):
            if not self._held:
                self.path.unlink(missing_ok=True)
                return
            draft = self.path.with_name(self.path.name + ".new")
            draft.write_text("".join(_line(asdict(held)) for held in self.files()), encoding="utf-8")
            draft.replace(self.path)


_DONE = {field.name for field in fields(Done)}
_HELD = {field.name for field in fields(Held)}
_LEFT = "left"


def _place(given: Input) -> str:
    return str(given.path.absolute() / given.member) if given.member else str(given.path.absolute())


def _lines(path: Path) -> Iterable[dict[str, Any]]:
    if not path.exists():
        return
    with path.open(encoding="utf-8", errors="replace") as file:
        for line in file:
            try:
                told = json.loads(line)
            except ValueError:
                continue
            if isinstance(told, dict):
                yield told


def _line(told: dict[str, Any]) -> str:
    return json.dumps(told) + "\n"


def _append(path: Path, told: dict[str, Any]) -> None:
    """Add a line, on a line of its own also where somebody who was killed left half of one."""
    with _written(path), path.open("ab+") as file:
        if file.tell():
            file.seek(-1, os.SEEK_END)
            if file.read(1) != b"\n":
                file.write(b"\n")
        file.write(_line(told).encode())


@contextmanager
def _written(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        problem = f"cannot be written to ({error.strerror or error})"
        raise LedgerError(
            str(path), problem, "make room there, or get the right to write, then do the same again"
        ) from error
