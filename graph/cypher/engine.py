"""What a Cypher engine is to the store, and the Cypher that both engines are filled with."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from graph.project import Node, Relationship, Rows
from graph.table import Table

Read = Callable[[str], Sequence[Mapping[str, Any]]]
"""How an engine runs a query of ours: its rows by column."""
BATCH = 2_000
"""Rows in one statement."""
CONSTRAINT = "CREATE CONSTRAINT carekg_entity_iri IF NOT EXISTS FOR (n:Entity) REQUIRE n.iri IS UNIQUE"
STAMP_LABEL = "CarekgStore"
"""Label of the one node that is no entity: it holds the stamp of the state that the engine has."""


@dataclass(frozen=True, slots=True)
class Change:
    """What turns one state of the property graph into another."""

    removed: tuple[str, ...]
    written: tuple[Node, ...]
    relabelled: tuple[tuple[str, str], ...]
    unlinked: tuple[Relationship, ...]
    linked: tuple[Relationship, ...]

    def __bool__(self) -> bool:
        """Whether anything changes at all."""
        return any((self.removed, self.written, self.relabelled, self.unlinked, self.linked))


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
    )


class CypherEngine(Protocol):
    """A property graph that the store fills and people query."""

    def stamp(self) -> str | None:
        """Return the stamp of the state that the engine holds, None where it holds none."""

    def rebuild(self, rows: Rows, stamp: str) -> None:
        """Make `rows` the whole content."""

    def apply(self, change: Change, stamp: str) -> None:
        """Apply a change, all of it or nothing, and note the stamp that it leads to."""

    def query(
        self, text: str, params: Mapping[str, Any], *, limit: int | None = None, timeout: float | None = None
    ) -> Table:
        """Run a reading query; `timeout` in seconds."""

    def rows(self) -> Rows:
        """Read everything back."""

    def counts(self) -> tuple[int, int]:
        """Return how many nodes (entities) and relationships there are."""

    def close(self) -> None:
        """Let go of everything; safe to call twice."""


def statements(change: Change, stamp: str, size: int = BATCH) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the Cypher, with parameters, that applies a change, `size` rows at a time: nodes before relationships."""
    for (kind, derived), links in _by_type(change.unlinked).items():
        which = "r.assertion = row.assertion" if derived else "r.assertion IS NULL"
        text = f"MATCH (:Entity {{iri: row.a}})-[r:{kind}]->(:Entity {{iri: row.b}}) WHERE {which} DELETE r"
        yield from _batches(size, text, [_row(link) for link in links])
    yield from _batches(size, "MATCH (n:Entity {iri: row}) DETACH DELETE n", change.removed)
    lost: dict[str, list[str]] = defaultdict(list)
    for iri, label in change.relabelled:
        lost[label].append(iri)
    for label, iris in lost.items():
        yield from _batches(size, f"MATCH (n:Entity {{iri: row}}) REMOVE n:{label}", iris)
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for node in change.written:
        alike[node.labels].append({"iri": node.iri, "properties": node.properties})
    for labels, nodes in alike.items():
        extra = "".join(f":{label}" for label in labels if label != "Entity")
        text = f"MERGE (n:Entity {{iri: row.iri}}) SET n = row.properties SET n{extra}"
        yield from _batches(size, text, nodes)
    for (kind, derived), links in _by_type(change.linked).items():
        key = " {assertion: row.assertion}" if derived else ""
        then = " SET r.derived = true" if derived else ""
        text = f"MATCH (a:Entity {{iri: row.a}}), (b:Entity {{iri: row.b}}) MERGE (a)-[r:{kind}{key}]->(b){then}"
        yield from _batches(size, text, [_row(link) for link in links])
    yield f"MERGE (s:{STAMP_LABEL}) SET s.stamp = $stamp", {"stamp": stamp}


def node_of(labels: Iterable[str], properties: Mapping[str, Any]) -> Node:
    """Return a node that an engine holds as `graph.project` would have made it, save the order of its labels."""
    return Node(str(properties["iri"]), tuple(labels), dict(properties))


def _row(link: Relationship) -> dict[str, str]:
    return {"a": link.start, "b": link.end, "assertion": link.assertion}


def read_back(nodes: Iterable[Node], read: Read) -> Rows:
    """Return what an engine holds: these nodes, and the relationships between them."""
    found = Rows()
    found.nodes.update((node.iri, node) for node in nodes)
    links = read("MATCH (a:Entity)-[r]->(b:Entity) RETURN a.iri AS a, type(r) AS t, b.iri AS b, r.assertion AS n")
    found.relationships.update(Relationship(r["a"], r["t"], r["b"], r["n"] or "") for r in links)
    return found


def counted(read: Read) -> tuple[int, int]:
    """Return how many nodes (entities) and relationships an engine holds."""
    nodes = read("MATCH (n:Entity) RETURN count(n) AS n")[0]["n"]
    return nodes, read("MATCH (:Entity)-[r]->(:Entity) RETURN count(r) AS n")[0]["n"]


def _by_type(links: Iterable[Relationship]) -> dict[tuple[str, bool], list[Relationship]]:
    found: dict[tuple[str, bool], list[Relationship]] = defaultdict(list)
    for link in links:
        found[link.type, bool(link.assertion)].append(link)
    return found


def _batches(size: int, text: str, rows: Iterable[Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    every = list(rows)
    for at in range(0, len(every), size):
        yield f"UNWIND $rows AS row {text}", {"rows": every[at : at + size]}
