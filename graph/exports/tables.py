"""Tables for people: a kind of record each, a record a row, whose cells no spreadsheet takes for formulas.

A cell of several values has them parted by " | "; a bar or backslash within a value has a backslash before it. Where a
column points to other records, a second column says what they are called. Passages have a table of their own, which
says which record rests on them.
"""

import csv
import json
import re
from collections import ChainMap
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from graph.canonical import merged
from graph.exports.walk import Walk
from graph.names import name_of
from graph.project import lexical
from graph.reading import about
from ontology.base import Record
from ontology.model import CLASSES
from ontology.slots import Slot, slots_of

PASSAGES = "Passage"
PACKAGE = "datapackage.json"
BETWEEN = " | "
_FORMULA = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
"""What a spreadsheet may take for a formula (OWASP, "CSV Injection"; also in their wide forms), or what we guard."""
_TYPES = {"int": "integer", "float": "number", "bool": "boolean"}
_UNSHOWN = ("Document", "Study")
"""Kinds whose names beside their IRIs would only repeat: a row has the source or the title elsewhere."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its name, its type (of Table Schema) and what it holds."""

    name: str
    type: str
    about: str


def guarded(cell: str) -> str:
    """Return a cell that a spreadsheet takes for text: a formula gets an apostrophe before it.

    >>> guarded("=1+1"), guarded("'=1"), guarded("'tis")
    ("'=1+1", "''=1", "'tis")
    """
    return "'" + cell if _FORMULA.match(cell) else cell


def joined(values: Iterable[str]) -> str:
    r"""Return several values as one cell.

    >>> joined(["a", "b|c"])
    'a | b\\|c'
    """
    return BETWEEN.join(re.sub(r"[|\\]", r"\\\g<0>", value) for value in values)


@cache
def columns(kind: str) -> tuple[Column, ...]:
    """Return the columns of the table of a kind."""
    if kind == PASSAGES:
        return (
            Column("iri", "string", "IRI of the passage"),
            Column("record", "string", "IRI of the record that rests on it"),
            Column("document", "string", "IRI of the document"),
            Column("start", "integer", "first character, counted from 0"),
            Column("end", "integer", "the character after the last"),
            Column("exact", "string", "the words"),
        )
    found = [Column("iri", "string", "IRI of the record"), Column("name", "string", "what to call it")]
    for slot in _slots(kind):
        several = "; several, parted by a bar" if slot.many else ""
        found.append(Column(slot.name, "string" if slot.many else _TYPES.get(slot.kind, "string"), slot.path + several))
        if _is_named(slot):
            found.append(Column(f"{slot.name}_name", "string", f"what {slot.name} is called{several}"))
    return tuple(found)


def _slots(kind: str) -> list[Slot]:
    return [slot for slot in slots_of(CLASSES[kind]) if slot.kind != "passage"]


def _is_named(slot: Slot) -> bool:
    return slot.kind == "ref" and not set(slot.target) & set(_UNSHOWN)


def rows(walk: Walk) -> Iterator[tuple[str, list[Any]]]:
    """Yield the kind of each row and its cells: text, whole numbers, numbers, truth values or None.

    Concepts come first, then documents by IRI and what comes with each, synthesis and decisions.
    """
    concepts = walk.concepts()
    shared = {one.iri: name_of(one) for one in concepts}

    @lru_cache(maxsize=1 << 14)
    def elsewhere(iri: str) -> str:
        found = merged(about(walk.state, iri)).get(iri)
        return name_of(found) if found else ""

    yield from _rows_of(concepts, lambda iri: shared.get(iri, ""))
    for records in walk.united():
        names = ChainMap({one.iri: name_of(one) for one in records}, shared)
        yield from _rows_of(records, lambda iri, names=names: names.get(iri) or elsewhere(iri))  # type: ignore[misc]


def _rows_of(records: Iterable[Record], name: Callable[[str], str]) -> Iterator[tuple[str, list[Any]]]:
    for record in records:
        kind = type(record).__name__
        cells: list[Any] = [record.iri, name_of(record)]
        for slot in _slots(kind):
            value = getattr(record, slot.name)
            cells.append(joined(lexical(slot.kind, one) for one in value) if slot.many else value)
            if _is_named(slot):
                ends = value if slot.many else (value,) if value else ()
                cells.append(joined(name(end) for end in ends))
        yield kind, cells
        for span in record.spans:
            yield PASSAGES, [span.iri, record.iri, span.document, span.start, span.end, span.exact]


def write_csv(walk: Walk, folder: Path) -> None:
    """Write a CSV file for each kind that there is, and `datapackage.json` (Frictionless Tabular Data Package 1),
    which has their columns and checksums. UTF-8 with a byte order mark, which spreadsheets want; RFC 4180."""
    with ExitStack() as stack:
        files: dict[str, _Table] = {}
        for kind, cells in rows(walk):
            if kind not in files:
                files[kind] = _Table(kind, stack.enter_context((folder / f"{kind}.csv").open("wb")))
            files[kind].row([_cell(cell) for cell in cells])
    told = {
        "profile": "tabular-data-package",
        "name": "carekg",
        "version": walk.stamp,
        "resources": [files[kind].told() for kind in sorted(files)],
    }
    (folder / PACKAGE).write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _cell(value: Any) -> str:  # noqa: ANN401 - as many types as there are kinds
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return guarded(value) if isinstance(value, str) else repr(value)


class _Table:
    """A CSV file that is being written."""

    def __init__(self, kind: str, out: IO[bytes]) -> None:
        self._kind, self._out = kind, out
        self._digest, self._size, self._rows = sha256(), 0, 0
        self._writer = csv.writer(self, lineterminator="\r\n")
        self._write(b"\xef\xbb\xbf")
        self._writer.writerow([column.name for column in columns(kind)])

    def write(self, text: str) -> None:
        """Take a line from the writer of CSV."""
        self._write(text.encode())

    def row(self, cells: list[str]) -> None:
        self._writer.writerow(cells)
        self._rows += 1

    def told(self) -> dict[str, Any]:
        fields = [{"name": one.name, "type": one.type, "description": one.about} for one in columns(self._kind)]
        return {
            "name": self._kind.lower(),
            "path": f"{self._kind}.csv",
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "bytes": self._size,
            "hash": f"sha256:{self._digest.hexdigest()}",
            "rows": self._rows,
            "schema": {"fields": fields},
        }

    def _write(self, data: bytes) -> None:
        self._out.write(data)
        self._digest.update(data)
        self._size += len(data)
