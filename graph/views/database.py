"""The file that holds the views: SQLite, brought up to date study by study, in one transaction a published state."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from graph.beside import Work, aside
from graph.errors import StoreError
from graph.names import name_of, words_of
from graph.views import older, packed
from graph.views.ends import End, ends_of
from graph.views.facets import NONE, StudyRecords
from graph.views.matrix import Cell, Numbers, part_of, shared
from graph.views.orders import BY_LENGTH, BY_SCORE, length_class, score_class
from graph.views.words import TOKENS
from ontology.base import Record
from ontology.model import Quote

VERSION = "6"
BLOCK = 1 << 13
"""Hits whose marks are in one row of `bits`: a change writes all of a row."""
LONG = 5_000
"""Rows of changes after which what is in the log of SQLite is written to the file."""
FACETS = ("kind", "study", "role", "level", "section")
KINDS = (
    "Quote", "Finding", "Position", "Barrier", "Facilitator", "Intervention", "Theme", "DecisionRule", "Circumstance",
    "Disagreement", "Limitation", "ResearchRecommendation", "BackgroundClaim", "Role", "Study", "StudyFact",
    "UnverifiedQuote",
)  # fmt: skip
"""The kinds of record that can be searched."""

_TEXT_SLOTS = (
    "label", "variants", "alternatives", "abbreviation", "statement", "reading", "question", "answer", "condition",
    "title", "objective", "design", "authors", "journal", "speaker", "field", "value",
)  # fmt: skip
_SCHEMA = f"""
CREATE TABLE IF NOT EXISTS meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS graphs(name TEXT PRIMARY KEY, hash TEXT NOT NULL, studies TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS parts(
  study TEXT PRIMARY KEY, name TEXT NOT NULL, cells BLOB NOT NULL, ends BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS ends(
  iri TEXT, type TEXT, direction TEXT, links INTEGER NOT NULL, PRIMARY KEY (iri, type, direction)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS totals(
  kind TEXT, row_axis TEXT, row TEXT, column_axis TEXT, column_ TEXT,
  records INTEGER, quotes INTEGER, studies INTEGER, participants INTEGER, disagreements INTEGER,
  PRIMARY KEY (kind, row_axis, column_axis, row, column_)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS hits(
  id INTEGER PRIMARY KEY AUTOINCREMENT, iri TEXT NOT NULL UNIQUE, study TEXT NOT NULL, kind TEXT NOT NULL,
  name TEXT NOT NULL, score REAL, length INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS hits_of_study ON hits(study);
CREATE INDEX IF NOT EXISTS hits_by_score ON hits({BY_SCORE.columns});
CREATE INDEX IF NOT EXISTS hits_by_length ON hits({BY_LENGTH.columns});
CREATE TABLE IF NOT EXISTS runs(study TEXT PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS bits(
  facet TEXT, value TEXT, block INTEGER, bits BLOB NOT NULL, PRIMARY KEY (facet, value, block)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS facets(
  facet TEXT, value TEXT, hit INTEGER, PRIMARY KEY (facet, value, hit)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS facets_of_hit ON facets(hit);
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(body, tokenize = '{TOKENS}');
CREATE VIRTUAL TABLE IF NOT EXISTS stems USING fts5vocab(words, 'row');
"""
_ADD = """
INSERT INTO totals VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET records = records + excluded.records, quotes = quotes + excluded.quotes,
  studies = studies + excluded.studies, participants = participants + excluded.participants,
  disagreements = disagreements + excluded.disagreements
"""
_DROP = (
    "DELETE FROM totals WHERE kind = ? AND row_axis = ? AND row = ? AND column_axis = ? AND column_ = ? AND studies = 0"
)
_ADD_END = "INSERT INTO ends VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET links = links + excluded.links"
_DROP_END = "DELETE FROM ends WHERE iri = ? AND type = ? AND direction = ? AND links = 0"


class Runs(NamedTuple):
    """The numbers of the hits of each study, which follow each other: from `starts` to before `ends`; by study."""

    studies: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]


class Views:
    """The views of one store. Changes stay in an open transaction until `commit`; readers see the last committed."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Open the file; a writer makes it where there is none, and makes a damaged or older one anew.

        Raises:
            StoreError: the file cannot be opened.
        """
        self.path = path
        self._work: Work | None = None
        self._through = 0
        self._begin_anew()
        try:
            self.connection = self._opened(read_only=read_only)
        except sqlite3.DatabaseError as error:
            if read_only:
                raise StoreError(str(path), f"cannot be read ({error})", "open the store once for writing") from error
            with self._told():
                for name in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
                    name.unlink(missing_ok=True)
                self.connection = self._opened(read_only=False)

    @classmethod
    def in_memory(cls) -> "Views":
        """Return empty views that no file holds."""
        views = cls.__new__(cls)
        views.path = Path(":memory:")
        views._work, views._through = None, 0
        views._begin_anew()
        views.connection = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        views.connection.executescript(_SCHEMA)
        return views

    def _begin_anew(self) -> None:
        """Know of nothing that waits to be kept."""
        self._marks: dict[tuple[str, str, int], tuple[int, int]] = {}
        self._cells: dict[Cell, list[int]] = {}
        self._links: Counter[End] = Counter()
        self._runs: tuple[tuple[int, int], Runs] | None = None

    def _opened(self, *, read_only: bool) -> sqlite3.Connection:
        mode = "ro" if read_only else "rwc"
        connection = sqlite3.connect(
            f"{self.path.absolute().as_uri()}?mode={mode}", uri=True, check_same_thread=False, isolation_level=None
        )
        if not read_only:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA wal_autocheckpoint = 0")
            connection.execute("PRAGMA cache_size = -16000")
            connection.executescript(_SCHEMA)
        version = self._meta(connection, "version")
        if version == older.VERSION and not read_only:
            older.renew(connection, BLOCK, VERSION)
        elif version not in ("", older.VERSION, VERSION):
            connection.close()
            raise sqlite3.DatabaseError("it is of another version")
        return connection

    @staticmethod
    def _meta(connection: sqlite3.Connection, key: str) -> str:
        found = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(found[0]) if found else ""

    def stamp(self) -> str:
        """Return the state of the store that the views are of; "" where they are of none.

        Raises:
            StoreError: the file is no longer what it was.
        """
        with self._told():
            return self._meta(self.connection, "stamp")

    def hashes(self) -> dict[str, str]:
        """Return the named graphs that are in the views, each with its hash."""
        with self._told():
            return dict(self.connection.execute("SELECT name, hash FROM graphs"))

    def studies_of(self, graph: str) -> set[str]:
        """Return the studies of which a named graph has records in the views."""
        with self._told():
            found = self.connection.execute("SELECT studies FROM graphs WHERE name = ?", (graph,)).fetchone()
        return set(json.loads(found[0])) if found else set()

    def replace_graph(self, graph: str, digest: str, studies: Iterable[str]) -> None:
        """Remember that a named graph is in the views; without a digest that it is not."""
        with self._told():
            self._begin()
            if digest:
                told = (graph, digest, json.dumps(sorted(studies)))
                self.connection.execute("INSERT OR REPLACE INTO graphs VALUES (?, ?, ?)", told)
            else:
                self.connection.execute("DELETE FROM graphs WHERE name = ?", (graph,))

    def replace_study(self, study: StudyRecords) -> None:
        """Make the records of a study all that the views hold of it; without records it is gone."""
        with self._told():
            self._begin()
            self._replace_part(study)
            self._replace_hits(study)

    def commit(self, stamp: str) -> None:
        """Let readers see all that was changed, as the views of this state."""
        with self._told():
            self._begin()
            self._keep_marks()
            self._keep_totals()
            for told in (("stamp", stamp), ("version", VERSION)):
                self.connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", told)
            self.connection.execute("COMMIT")
            if self.connection.total_changes - self._through > LONG and (self._work is None or self._work.is_done()):
                self._settled()
                self._through = self.connection.total_changes
                self._work = aside(_written, self.path)

    def forget(self) -> None:
        """Take back all that was changed since the last commit."""
        with self._told():
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
        self._begin_anew()

    def _settled(self) -> None:
        """Wait until nothing is at work beside."""
        work, self._work = self._work, None
        if work is not None:
            work.wait()

    def close(self) -> None:
        """Let go of the file; what was not committed is lost."""
        try:
            self._settled()
        finally:
            self.connection.close()

    def names_of_studies(self) -> dict[str, str]:
        """Return the studies by IRI with what to call each."""
        return dict(self.connection.execute("SELECT study, name FROM parts"))

    def parts(self) -> Iterator[tuple[str, dict[Cell, Numbers]]]:
        """Yield the name of each study with its part of the matrices."""
        for name, blob in self.connection.execute("SELECT name, cells FROM parts ORDER BY name, study"):
            yield name, packed.cells(blob)

    def runs(self) -> Runs:
        """Return the hits of each study; they are read anew only where the file has changed."""
        (version,) = self.connection.execute("PRAGMA data_version").fetchone()
        now = (version, self.connection.total_changes)
        kept = self._runs
        if kept is None or kept[0] != now:
            rows = self.connection.execute("SELECT study, first, last + 1 FROM runs ORDER BY study").fetchall()
            kept = self._runs = (now, Runs(*zip(*rows, strict=True)) if rows else Runs((), (), ()))
        return kept[1]

    def links_at(self, iri: str) -> dict[tuple[str, str], int]:
        """Return how many links of the studies meet at a shared thing, by relationship type and direction."""
        with self._told():
            rows = self.connection.execute("SELECT type, direction, links FROM ends WHERE iri = ?", (iri,))
            return {(kind, direction): links for kind, direction, links in rows}

    def _begin(self) -> None:
        if not self.connection.in_transaction:
            self.connection.execute("BEGIN IMMEDIATE")

    def _replace_part(self, study: StudyRecords) -> None:
        found = self.connection.execute("SELECT cells, ends FROM parts WHERE study = ?", (study.iri,)).fetchone()
        old, old_ends = (packed.cells(found[0]), packed.ends(found[1])) if found else ({}, Counter[End]())
        new, new_ends = part_of(study), ends_of(study)
        if new or new_ends:
            own = study.study
            told = (
                study.iri,
                words_of(own) if own else study.iri,
                packed.packed(new.items()),
                packed.packed(new_ends.items()),
            )
            self.connection.execute("INSERT OR REPLACE INTO parts VALUES (?, ?, ?, ?)", told)
        elif found:
            self.connection.execute("DELETE FROM parts WHERE study = ?", (study.iri,))
        for cells, sign in ((old, -1), (new, 1)):
            for cell, numbers in cells.items():
                if shared(cell):
                    total = self._cells.setdefault(cell, [0, 0, 0, 0, 0])
                    for at, number in enumerate(numbers):
                        total[at] += sign * number
        self._links.update(new_ends)
        self._links.subtract(old_ends)

    def _keep_totals(self) -> None:
        """Add to the sums what the studies that were replaced add to them, or take away, together."""
        self.connection.executemany(_ADD, [(*cell, *numbers) for cell, numbers in self._cells.items() if any(numbers)])
        self.connection.executemany(_DROP, [cell for cell, numbers in self._cells.items() if numbers[2] < 0])
        self.connection.executemany(_ADD_END, [(*end, links) for end, links in self._links.items() if links])
        self.connection.executemany(_DROP_END, [end for end, links in self._links.items() if links < 0])
        self._cells.clear()
        self._links.clear()

    def _replace_hits(self, study: StudyRecords) -> None:
        records = [record for record in study.records if type(record).__name__ in KINDS]
        self._drop_hits("study = ?", study.iri)
        # What is named by its document may come from a study that the document was of before.
        self._drop_hits("iri IN (SELECT value FROM json_each(?))", json.dumps([record.iri for record in records]))
        self.connection.execute("DELETE FROM runs WHERE study = ?", (study.iri,))
        if records:
            last = self.connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'hits'").fetchone()
            first = 1 + (last[0] if last else 0)
            self._add_hits(study, records, first)
            told = (study.iri, first, first + len(records) - 1)
            self.connection.execute("INSERT INTO runs VALUES (?, ?, ?)", told)

    def _drop_hits(self, where: str, value: str) -> None:
        found = self.connection.execute(f"SELECT id, length, score FROM hits WHERE {where}", (value,)).fetchall()
        gone = [(number,) for number, *_ in found]
        for number, length, score in found:
            told = self.connection.execute("SELECT facet, value FROM facets WHERE hit = ?", (number,)).fetchall()
            self._mark(number, [*told, *_classes(length, score)], there=False)
        for table, key in (("hits", "id"), ("facets", "hit"), ("words", "rowid")):
            self.connection.executemany(f"DELETE FROM {table} WHERE {key} = ?", gone)

    def _mark(self, number: int, values: Iterable[tuple[str, str]], *, there: bool) -> None:
        """Note that a hit has, or no longer has, these values of facets. Marks are bits, so that a search counts the
        values of hundreds of thousands of hits by a few operations on whole numbers."""
        block, at = divmod(number, BLOCK)
        bit = 1 << at
        for facet, value in values:
            if facet != "study":
                on, off = self._marks.get((facet, value, block), (0, 0))
                told = (on | bit, off & ~bit) if there else (on & ~bit, off | bit)
                self._marks[facet, value, block] = told

    def _keep_marks(self) -> None:
        for place, (on, off) in sorted(self._marks.items()):
            where = "facet = ? AND value = ? AND block = ?"
            found = self.connection.execute(f"SELECT bits FROM bits WHERE {where}", place).fetchone()
            bits = (int.from_bytes(found[0], "little") if found else 0) & ~off | on
            if bits:
                told = (*place, bits.to_bytes(BLOCK // 8, "little"))
                self.connection.execute("INSERT OR REPLACE INTO bits VALUES (?, ?, ?, ?)", told)
            else:
                self.connection.execute(f"DELETE FROM bits WHERE {where}", place)
        self._marks.clear()

    def _add_hits(self, study: StudyRecords, records: Sequence[Record], first: int) -> None:
        """Add records as hits with numbers from `first` on."""
        hits, pairs, words = [], [], []
        for number, record in enumerate(records, first):
            facets = study.facets(record)
            kind, score = type(record).__name__, getattr(record, "score", None)
            roles = dict.fromkeys((*facets["role"], *facets["attributed to"]))
            text = _text(record, roles)
            hits.append((number, record.iri, study.iri, kind, name_of(record), score, len(text)))
            words.append((number, text))
            values = {
                "kind": (kind,),
                "study": (study.iri,),
                "role": tuple(roles),
                "level": facets["level"],
                "section": (study.section_of(record),),
            }
            told = [(facet, value) for facet, found in values.items() for value in _without_none(found)]
            pairs += [(facet, value, number) for facet, value in told]
            self._mark(number, [*told, *_classes(len(text), score)], there=True)
        self.connection.executemany("INSERT INTO hits VALUES (?, ?, ?, ?, ?, ?, ?)", hits)
        self.connection.executemany("INSERT OR IGNORE INTO facets VALUES (?, ?, ?)", pairs)
        self.connection.executemany("INSERT INTO words(rowid, body) VALUES (?, ?)", words)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            remedy = "make room and open the store again; the views are made anew"
            raise StoreError(str(self.path), f"cannot be used ({error})", remedy) from error


def _written(path: Path) -> None:
    """Write what is in the log of SQLite to the file, as far as no reader needs it there."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()


def _classes(length: int, score: float | None) -> tuple[tuple[str, str], ...]:
    return (BY_LENGTH.mark, length_class(length)), (BY_SCORE.mark, score_class(score))


def _without_none(values: tuple[str, ...]) -> tuple[str, ...]:
    """Return values without the one that says nothing, where another does."""
    said = tuple(value for value in values if value != NONE)
    return said or (NONE,)


def _text(record: Record, roles: Iterable[str]) -> str:
    parts = [words_of(record)]
    for slot in _TEXT_SLOTS:
        value = getattr(record, slot, None)
        if value is None or (slot == "reading" and not isinstance(record, Quote)):
            continue
        parts += [str(one) for one in value] if isinstance(value, tuple) else [str(value)]
    return "\n".join(dict.fromkeys([*parts, *(role for role in roles if role != NONE)]))
