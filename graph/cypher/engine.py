"""What a Cypher engine is to the store, and the Cypher that both engines are filled with."""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.project import Attestation, Node, Relationship, Rows
from graph.table import Table

BATCH = 2_000
"""Rows in one statement."""
CONSTRAINT = "CREATE CONSTRAINT carekg_entity_iri IF NOT EXISTS FOR (n:Entity) REQUIRE n.iri IS UNIQUE"
STAMP_LABEL = "CarekgStore"
"""Label of the one node that holds the stamp of the state that the engine has; it is no entity."""
ATTESTATION_LABEL = "CarekgAttestation"
"""Label of the nodes that hold `graph.project.Attestation`s; they are no entities, and nothing links to them."""
ATTESTATION_CONSTRAINT = (
    f"CREATE CONSTRAINT carekg_attestation_key IF NOT EXISTS FOR (n:{ATTESTATION_LABEL}) REQUIRE n.key IS UNIQUE"
)
_NODES = "RETURN labels(n) AS labels, properties(n) AS properties"
_LINKS = "RETURN a.iri AS a, type(r) AS t, b.iri AS b, r.assertion AS n"
_SAID = "RETURN n.iri AS iri, n.graph AS graph, n.record AS record"


@dataclass(frozen=True, slots=True)
class Change:
    """What turns one state of the property graph into another."""

    removed: tuple[str, ...]
    written: tuple[Node, ...]
    relabelled: tuple[tuple[str, str], ...]
    unlinked: tuple[Relationship, ...]
    linked: tuple[Relationship, ...]
    unattested: tuple[Attestation, ...] = ()
    attested: tuple[Attestation, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything changes at all."""
        links = (self.unlinked, self.linked, self.unattested, self.attested)
        return any((self.removed, self.written, self.relabelled, *links))


def difference(before: Rows, after: Rows) -> Change:
    """Return what turns `before` into `after`; everything sorted, so that concurrent writers lock in one order."""
    old, new = before.nodes, after.nodes
    return Change(
        removed=tuple(sorted(old.keys() - new.keys())),
        written=tuple(new[iri] for iri in sorted(new) if old.get(iri) != new[iri]),
        relabelled=tuple(
            sorted((i, lost) for i in new.keys() & old.keys() for lost in set(old[i].labels) - set(new[i].labels))
        ),
        unlinked=tuple(sorted(before.relationships - after.relationships)),
        linked=tuple(sorted(after.relationships - before.relationships)),
        unattested=tuple(sorted(before.attestations - after.attestations)),
        attested=tuple(sorted(after.attestations - before.attestations)),
    )


class CypherEngine(ABC):
    """A property graph that the store fills and people query; how it is read back is the same for every engine."""

    @abstractmethod
    def rebuild(self, rows: Rows, stamp: str) -> None:
        """Make `rows` the whole content."""

    def fill(self, parts: Iterable[Rows], stamp: str) -> None:
        """Make the rows of all parts, no two of which share anything, the whole content."""
        whole = Rows()
        for part in parts:
            whole.nodes |= part.nodes
            whole.relationships |= part.relationships
            whole.attestations |= part.attestations
        self.rebuild(whole, stamp)

    @abstractmethod
    def apply(self, change: Change, stamp: str) -> None:
        """Apply a change, all of it or nothing, and note the stamp that it leads to."""

    @abstractmethod
    def query(
        self, text: str, params: Mapping[str, Any], *, limit: int | None = None, timeout: float | None = None
    ) -> Table:
        """Run a reading query; `timeout` in seconds."""

    @abstractmethod
    def close(self) -> None:
        """Let go of everything; safe to call twice."""

    def stamp(self) -> str | None:
        """Return the stamp of the state that the engine holds, None where it holds none."""
        found = self._read(f"MATCH (s:{STAMP_LABEL}) RETURN s.stamp AS stamp")
        return found[0]["stamp"] if found else None

    def rows(self) -> Rows:
        """Read everything back."""
        return Rows(
            {node.iri: node for node in map(_node, self._read(f"MATCH (n:Entity) {_NODES}"))},
            set(map(_link, self._read(f"MATCH (a:Entity)-[r]->(b:Entity) {_LINKS}"))),
            {Attestation(**row) for row in self._read(f"MATCH (n:{ATTESTATION_LABEL}) {_SAID}")},
        )

    def part(self, iris: Iterable[str]) -> Rows:
        """Read the nodes of these IRIs back, the relationships that leave them, and what is attested of them."""
        given = {"iris": sorted(iris)}
        which = "UNWIND $iris AS iri MATCH"
        found = Rows(
            {node.iri: node for node in map(_node, self._read(f"{which} (n:Entity {{iri: iri}}) {_NODES}", given))},
            set(map(_link, self._read(f"{which} (a:Entity {{iri: iri}})-[r]->(b:Entity) {_LINKS}", given))),
        )
        said = self._read(f"{which} (n:{ATTESTATION_LABEL} {{iri: iri}}) {_SAID}", given)
        found.attestations.update(Attestation(**row) for row in said)
        return found

    def iris(self, after: str = "", size: int = BATCH, label: str = "Entity") -> list[str]:
        """Return the next `size` IRIs of nodes of a label, in their order, behind the IRI `after`."""
        text = f"MATCH (n:Entity:{label}) WHERE n.iri > $after RETURN n.iri AS iri ORDER BY n.iri LIMIT $size"
        return [row["iri"] for row in self._read(text, {"after": after, "size": size})]

    def every_iri(self, label: str = "Entity", size: int = BATCH) -> Iterator[list[str]]:
        """Yield the IRIs of all nodes of a label, in their order, `size` at a time."""
        page = self.iris("", size, label)
        while page:
            yield page
            page = self.iris(page[-1], size, label)

    def sources(self, end: str, kind: str = "IN_DOCUMENT") -> list[str]:
        """Return the IRIs of the nodes that a relationship of this type leads from, to `end`, sorted."""
        text = f"MATCH (n:Entity)-[:{kind}]->(:Entity {{iri: $end}}) RETURN DISTINCT n.iri AS iri ORDER BY iri"
        return [row["iri"] for row in self._read(text, {"end": end})]

    def odd_relationships(self) -> list[tuple[Relationship, dict[str, Any]]]:
        """Return relationships with other properties than those of shortcuts, with them; a thousand at most."""
        found = self._read(
            "MATCH (a:Entity)-[r]->(b:Entity) WHERE any(key IN keys(r) WHERE NOT key IN ['assertion', 'derived']) "
            f"OR (r.assertion IS NULL) = coalesce(r.derived, false) {_LINKS}, properties(r) AS told LIMIT 1000"
        )
        return [(_link(row), dict(row["told"])) for row in found]

    def counts(self) -> tuple[int, int]:
        """Return how many nodes (entities) and relationships there are."""
        nodes = self._read("MATCH (n:Entity) RETURN count(n) AS n")[0]["n"]
        return nodes, self._read("MATCH (:Entity)-[r]->(:Entity) RETURN count(r) AS n")[0]["n"]

    def _read(self, text: str, params: Mapping[str, Any] | None = None) -> Sequence[dict[str, Any]]:
        return self.query(text, params or {}).dicts()


def _node(row: Mapping[str, Any]) -> Node:
    """Return a node that an engine holds as `graph.project` would have made it, save the order of its labels."""
    return Node(str(row["properties"]["iri"]), tuple(row["labels"]), dict(row["properties"]))


def _link(row: Mapping[str, Any]) -> Relationship:
    return Relationship(row["a"], row["t"], row["b"], row["n"] or "")


def statements(
    change: Change, stamp: str, size: int = BATCH, *, place: Callable[[str], str] = lambda _: "Entity"
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the Cypher, with parameters, that applies a change, `size` rows at a time: nodes before relationships.

    `place` gives the label by which a node is looked for before it is made, from its IRI.
    """
    for (kind, derived), links in _by_type(change.unlinked).items():
        which = "r.assertion = row.assertion" if derived else "r.assertion IS NULL"
        text = f"MATCH (:Entity {{iri: row.a}})-[r:{kind}]->(:Entity {{iri: row.b}}) WHERE {which} DELETE r"
        yield from _batches(size, text, [_row(link) for link in links])
    yield from _batches(size, "MATCH (n:Entity {iri: row}) DETACH DELETE n", change.removed)
    gone = [f"{told.iri} {told.graph}" for told in change.unattested]
    yield from _batches(size, f"MATCH (n:{ATTESTATION_LABEL} {{key: row}}) DELETE n", gone)
    lost: dict[str, list[str]] = defaultdict(list)
    for iri, label in change.relabelled:
        lost[label].append(iri)
    for label, iris in lost.items():
        yield from _batches(size, f"MATCH (n:Entity {{iri: row}}) REMOVE n:{label}", iris)
    alike: dict[tuple[str, tuple[str, ...]], list[dict[str, Any]]] = defaultdict(list)
    for node in change.written:
        alike[place(node.iri), node.labels].append({"iri": node.iri, "properties": node.properties})
    for (found_by, labels), nodes in alike.items():
        extra = "".join(f":{label}" for label in labels if label != found_by)
        text = f"MERGE (n:{found_by} {{iri: row.iri}}) SET n = row.properties SET n{extra}"
        yield from _batches(size, text, nodes)
    for (kind, derived), links in _by_type(change.linked).items():
        key = " {assertion: row.assertion}" if derived else ""
        then = " SET r.derived = true" if derived else ""
        # With both ends in one MATCH, KGLite counts the links of the whole graph again at every 128th statement.
        ends = "MATCH (a:Entity {iri: row.a}) MATCH (b:Entity {iri: row.b})"
        text = f"{ends} MERGE (a)-[r:{kind}{key}]->(b){then}"
        yield from _batches(size, text, [_row(link) for link in links])
    said = [{"key": f"{told.iri} {told.graph}", **told._asdict()} for told in change.attested]
    yield from _batches(size, f"MERGE (n:{ATTESTATION_LABEL} {{key: row.key}}) SET n = row", said)
    yield f"MERGE (s:{STAMP_LABEL}) SET s.stamp = $stamp", {"stamp": stamp}


def _row(link: Relationship) -> dict[str, str]:
    return {"a": link.start, "b": link.end, "assertion": link.assertion}


def _by_type(links: Iterable[Relationship]) -> dict[tuple[str, bool], list[Relationship]]:
    found: dict[tuple[str, bool], list[Relationship]] = defaultdict(list)
    for link in links:
        found[link.type, bool(link.assertion)].append(link)
    return found


def _batches(size: int, text: str, rows: Iterable[Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    every = list(rows)
    for at in range(0, len(every), size):
        yield f"UNWIND $rows AS row {text}", {"rows": every[at : at + size]}
