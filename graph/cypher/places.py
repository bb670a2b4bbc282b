"""Where KGLite keeps the nodes: a few primary types, chosen by IRI, beside the labels that people see.

KGLite keeps a column for each property of a primary type, as long as the type has nodes; one of lists takes 32 bytes a
node, whether it has a list or not. With one type for all, lists alone took 1.2 GB with 20,000 studies. So passages and
links, which are more than half of the nodes, are apart, and so are the kinds that have lists. The type hangs on the IRI
only: labels come and go, the primary type of a node of KGLite never changes. `graph.cypher.dialect` hides it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from graph.cypher.dialect import PLACES
from graph.cypher.engine import ATTESTATION_LABEL, BATCH, STAMP_LABEL
from graph.project import Node, Relationship, Rows
from ontology.base import Passage
from ontology.model import CLASSES
from ontology.namespaces import ID
from ontology.slots import slots_of

_PASSAGES, _LINKS, _LISTS, _PLAIN = PLACES
_CLASSES: tuple[type, ...] = (Passage, *CLASSES.values())
_ALONE = {"passage": _PASSAGES, "assertion": _LINKS}


def _has_lists(cls: type) -> bool:
    return any(slot.many and not slot.is_link for slot in slots_of(cls))


_OF_KIND = {cls.__name__.lower(): _LISTS if _has_lists(cls) else _PLAIN for cls in _CLASSES} | _ALONE


def _known() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {place: {"iri": ""} for place in PLACES}
    for cls in _CLASSES:
        for slot in slots_of(cls):
            found[_OF_KIND[cls.__name__.lower()]][slot.name] = [""] if slot.many and not slot.is_link else ""
    return found


KNOWN = _known()
"""For each primary type the properties of its nodes, with values of their kind, and links, which no node has as
properties: KGLite refuses a pattern with a property that it never saw."""
_Statement = tuple[str, dict[str, Any]]


def place_of(iri: str) -> str:
    """Return the primary type of the node of an IRI; any type holds any node, this one in the least memory.

    >>> from ontology.identity import mint
    >>> [place_of(mint(kind, "key"))[10:] for kind in ("Passage", "Assertion", "Study", "Finding")]
    ['passages', 'links', 'lists', 'plain']
    """
    kind = iri.removeprefix(ID).partition("/")[0] if iri.startswith(ID) else ""
    return _OF_KIND.get(kind, _LISTS)


def filling(parts: Iterable[Rows], stamp: str, size: int = BATCH) -> Iterator[_Statement]:
    """Yield the Cypher, with parameters, that makes an empty graph of parts no two of which share anything.

    Everything is created, nothing looked for or written twice: texts that KGLite wrote over it cannot leave
    in its file. Relationships to other parts, one in twenty-five, wait until every node is there.
    """
    waiting: list[Relationship] = []
    for part in parts:
        yield from _nodes(part.nodes.values(), size)
        within = {link for link in part.relationships if link.start in part.nodes and link.end in part.nodes}
        yield from _links(within, size)
        waiting += part.relationships - within
        said = [{"key": f"{told.iri} {told.graph}", **told._asdict()} for told in part.attestations]
        yield from _batches(f"CREATE (n:{ATTESTATION_LABEL} {_map(['key', 'iri', 'graph', 'record'])})", said, size)
    yield from _links(waiting, size)
    yield f"CREATE (s:{STAMP_LABEL} {{stamp: $stamp}})", {"stamp": stamp}


def _nodes(nodes: Iterable[Node], size: int) -> Iterator[_Statement]:
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for node in nodes:
        alike[place_of(node.iri), *node.labels].append(node.properties)
    for labels, told in alike.items():
        names = {name for properties in told for name in properties}
        if names <= KNOWN[labels[0]].keys():
            yield from _batches(f"CREATE (n:{':'.join(labels)} {_map(sorted(names))})", told, size)
        else:
            text = f"CREATE (n:{':'.join(labels)} {{iri: row.iri}}) SET n = row"
            yield from _batches(text, told, size)


def _links(links: Iterable[Relationship], size: int) -> Iterator[_Statement]:
    alike: dict[tuple[str, bool, str, str], list[dict[str, str]]] = defaultdict(list)
    for link in links:
        row = {"a": link.start, "b": link.end, "assertion": link.assertion}
        alike[link.type, bool(link.assertion), place_of(link.start), place_of(link.end)].append(row)
    for (kind, derived, start, end), rows in alike.items():
        told = " {assertion: row.assertion, derived: true}" if derived else ""
        # With both ends in one MATCH, KGLite counts the links of the whole graph again at every 128th statement.
        ends = f"MATCH (a:{start} {{iri: row.a}}) MATCH (b:{end} {{iri: row.b}})"
        yield from _batches(f"{ends} CREATE (a)-[r:{kind}{told}]->(b)", rows, size)


def _map(names: Iterable[str]) -> str:
    return "{" + ", ".join(f"{name}: row.{name}" for name in names) + "}"


def _batches(text: str, rows: list[Any], size: int) -> Iterator[_Statement]:
    for at in range(0, len(rows), size):
        yield f"UNWIND $rows AS row {text}", {"rows": rows[at : at + size]}
