"""The files of `neo4j-admin database import full`: the first load of a big graph, at the speed of the importer.

    nodes-Barrier-0001.csv   the nodes, in shards; the first begins with the columns and their types (the slot table)
    links-0001.csv           and so on: relationships of all types, which cost the importer time if each has files
    links-derived-0001.csv   shortcuts, with their assertions
    import.args              the options of the importer: `neo4j-admin database import full neo4j @import.args`
    manifest.json            the state, counts, and of each file the SHA-256, the rows and the bytes

Nodes are written once, with all that is attested of them, so that the importer need not merge. Before the manifest is
written, every row is held against every other: an IRI twice, or a relationship to a node that is not there, is an
error here, not in the importer. The importer has no way to quote a value within a list: the character that separates
them is one that occurs in no list of the store.

Format: Neo4j Operations Manual 5, "Import"; the tests run the importer of Neo4j 5.26 on it.
"""

import contextlib
import json
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from graph import sync
from graph.cypher.engine import ATTESTATION_LABEL, STAMP_LABEL
from graph.errors import ExportError
from graph.folder import State
from graph.project import ABSENT_LABELS, Node, Relationship, Rows
from graph.sorting import SEPARATOR, by_thing
from ontology.base import Passage
from ontology.model import CLASSES
from ontology.slots import slots_of

FORMAT = "carekg-neo4j-csv 1"
MANIFEST, ARGUMENTS = "manifest.json", "import.args"
SHARD = 500_000
"""Rows in one file."""
_TOGETHER = 500
"""Rows that are written at once."""
_TYPES = {"str": "string", "datetime": "string", "iri": "string", "int": "long", "float": "double", "bool": "boolean"}
_SEPARATORS = ("\x1f", "\x1e", "\x1d", "\x1c", "\u2063", *map(chr, range(0xE000, 0xE100)))
"""Characters that may separate the values of a list, the first choice first: control characters, then private use."""
_LEAST_BUFFER = 4 << 20
_END = SEPARATOR + b"\n"
_CLASSES: dict[str, type] = {"Passage": Passage, **CLASSES}


class _SeparatorTaken(Exception):
    """A value of a list holds the character that was to separate the values."""


@dataclass(slots=True)
class _Shard:
    """A file that is being written."""

    name: str
    out: IO[bytes]
    rows: int = 0
    size: int = 0
    digest: Any = field(default_factory=sha256)
    waiting: list[str] = field(default_factory=list)

    def add(self, line: str) -> None:
        """Write a row, together with others."""
        self.rows += 1
        self.waiting.append(line)
        if len(self.waiting) == _TOGETHER:
            self.flush()

    def flush(self) -> None:
        """Write the rows that wait."""
        data = "".join(self.waiting).encode()
        self.waiting.clear()
        self.out.write(data)
        self.digest.update(data)
        self.size += len(data)

    def told(self) -> dict[str, Any]:
        """Return what the manifest says of it."""
        return {"sha256": self.digest.hexdigest(), "rows": self.rows, "bytes": self.size}


def write(state: State, folder: Path, size: int = SHARD) -> dict[str, Any]:
    """Write the property graph of a state into a folder that does not exist yet or is empty; return the manifest.

    The same state gives the same bytes. Nothing is left behind where it fails.

    Raises:
        ExportError: the folder is not empty or cannot be written, an IRI is there twice, a relationship leads nowhere,
            or a list holds what the importer would lose.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ExportError(str(folder), "is not an empty folder", "name a new one")
    draft = folder.with_name(folder.name + ".part")
    shutil.rmtree(draft, ignore_errors=True)
    try:
        for separator in _SEPARATORS:
            draft.mkdir(parents=True)
            try:
                manifest = _written(state, draft, separator, size)
                break
            except _SeparatorTaken:
                shutil.rmtree(draft)
        else:
            raise ExportError("the store", "has a list with every separator", "fill Neo4j by `carekg ingest --neo4j`")
        draft.replace(folder)
    except OSError as error:
        raise ExportError(str(folder), f"cannot be written ({error})", "make room, or name another folder") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return manifest


def check(folder: Path) -> dict[str, Any]:
    """Return the manifest of a folder, after every file was compared with it.

    Raises:
        ExportError: a file is missing or is not what the manifest says.
    """
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        for name, told in manifest["files"].items():
            if _sha256_of(folder / name) != told["sha256"]:
                raise ExportError(str(folder / name), "is not the file that was written", "export again")
    except (OSError, ValueError, KeyError) as error:
        raise ExportError(str(folder), f"holds no whole export ({error})", "export again") from error
    return manifest


def _sha256_of(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _written(state: State, folder: Path, separator: str, size: int) -> dict[str, Any]:
    files = _Files(folder, separator, size)
    with contextlib.closing(files):
        nodes = _nodes(_written_parts(files, state))
        files.row(
            "nodes-" + STAMP_LABEL,
            (":ID", "stamp:string", ":LABEL"),
            (STAMP_LABEL, state.manifest.stamp, [STAMP_LABEL]),
        )
    buffer = max(_LEAST_BUFFER, 4 * files.longest)
    arguments = files.arguments(buffer)
    (folder / ARGUMENTS).write_text("".join(f"{line}\n" for line in arguments), encoding="utf-8")
    manifest = {
        "format": FORMAT,
        "stamp": state.manifest.stamp,
        "nodes": nodes,
        "relationships": files.rows("links"),
        "list_separator": f"U+{ord(separator):04X}",
        "command": f"neo4j-admin database import full neo4j @{ARGUMENTS}",
        "files": dict(sorted(files.told.items())) | {ARGUMENTS: {"sha256": _sha256_of(folder / ARGUMENTS)}},
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return manifest


class _Files:
    """The CSV files of one export."""

    def __init__(self, folder: Path, separator: str, size: int) -> None:
        self.told: dict[str, dict[str, Any]] = {}
        self.longest = 0
        self._folder = folder
        self._separator = separator
        self._size = size
        self._groups: dict[str, list[_Shard]] = {}

    def row(self, group: str, header: tuple[str, ...], values: Iterable[Any]) -> None:
        """Write a row of a group of files, of which the first begins with the header: in a file of its own it takes the
        importer as long as many rows."""
        shards = self._groups.setdefault(group, [])
        if not shards or shards[-1].rows >= self._size:
            self._end(shards)
            name = f"{group}-{len(shards) + 1:04d}.csv"
            shards.append(_Shard(name, (self._folder / name).open("wb")))
            if len(shards) == 1:
                shards[0].waiting.append(",".join(header) + "\n")
        shards[-1].add(",".join([self._cell(value) for value in values]) + "\n")

    def rows(self, kind: str) -> int:
        """Return how many rows the groups of files of a kind have."""
        return sum(shard.rows for group, shards in self._groups.items() if group.startswith(kind) for shard in shards)

    def close(self) -> None:
        """End every file."""
        for shards in self._groups.values():
            self._end(shards)

    def arguments(self, buffer: int) -> list[str]:
        """Return the options of the importer for these files."""
        found = [
            "--multiline-fields=true",
            f"--array-delimiter=U+{ord(self._separator):04X}",
            f"--read-buffer-size={buffer}",
        ]
        for group, shards in sorted(self._groups.items(), key=lambda item: (item[0].startswith("links"), item[0])):
            option = "--relationships" if group.startswith("links") else "--nodes"
            found.append(f"{option}={','.join(shard.name for shard in shards)}")
        return found

    def _end(self, shards: list[_Shard]) -> None:
        if shards and not shards[-1].out.closed:
            shards[-1].flush()
            shards[-1].out.close()
            self.told[shards[-1].name] = shards[-1].told()

    def _cell(self, value: Any) -> str:  # noqa: ANN401 - as many types as there are kinds
        """Return a value as the importer reads it: text always in quotes, so that it is neither trimmed nor nothing."""
        if isinstance(value, str):
            if len(value) > self.longest:
                self.longest = len(value)
            return '"' + value.replace('"', '""') + '"'
        if value is None:
            return ""
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, list | tuple):
            if any(self._separator in item for item in value):
                raise _SeparatorTaken
            return self._cell(self._separator.join(value))
        return repr(value)


def _written_parts(files: _Files, state: State) -> Iterator[bytes]:
    """Write a state part by part; yield a line for every node, and one for every end of a relationship."""
    for number, part in enumerate(sync.parts(state.store, state.manifest.graphs)):
        _add(files, part)
        yield from (iri.encode() + SEPARATOR + b"%d\n" % number for iri in part.nodes)
        ends = {end for link in part.relationships for end in (link.start, link.end)}
        yield from (end.encode() + _END for end in ends)


def _nodes(lines: Iterable[bytes]) -> int:
    """Return how many nodes lines of `_written_parts` tell of; raise ExportError where not each is there once."""
    nodes = 0
    for iri, told in by_thing(lines):
        times = sum(not line.endswith(_END) for line in told)
        if times != 1:
            problem = "is given as a node twice" if times else "is pointed to and is no node"
            raise ExportError(iri, problem, "see `carekg parity`")
        nodes += 1
    return nodes


def _add(files: _Files, part: Rows) -> None:
    for _, node in sorted(part.nodes.items()):
        files.row(f"nodes-{node.labels[0]}", _header_of(node.labels), _values_of(node))
    for link in sorted(part.relationships):
        files.row(*_link_row(link))
    for told in sorted(part.attestations):
        header = ("key:ID", "iri:string", "graph:string", "record:string", ":LABEL")
        files.row(f"nodes-{ATTESTATION_LABEL}", header, (f"{told.iri} {told.graph}", *told, (ATTESTATION_LABEL,)))


@cache
def _header_of(labels: tuple[str, ...]) -> tuple[str, ...]:
    return ("iri:ID", *(f"{name}:{kind}" for name, kind in _columns(labels)), ":LABEL")


@cache
def _columns(labels: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    if labels == ABSENT_LABELS:
        return ()
    return tuple((s.name, _TYPES[s.kind] + "[]" * s.many) for s in slots_of(_CLASSES[labels[0]]) if not s.is_link)


def _values_of(node: Node) -> list[Any]:
    values: list[Any] = [node.iri]
    for name, _ in _columns(node.labels):
        value = node.properties.get(name)
        if value == [""]:
            raise ExportError(f"{node.iri}, {name}", "is a list of nothing but an empty text", "give it words")
        values.append(value)
    values.append(node.labels)
    return values


def _link_row(link: Relationship) -> tuple[str, tuple[str, ...], tuple[Any, ...]]:
    if link.assertion:
        header = (":START_ID", ":END_ID", "assertion:string", "derived:boolean", ":TYPE")
        return "links-derived", header, (link.start, link.end, link.assertion, True, link.type)
    return "links", (":START_ID", ":END_ID", ":TYPE"), (link.start, link.end, link.type)
