"""N-Quads, Turtle, TriG and RDF 1.2: sorted, streamed, written by Oxigraph a stretch at a time."""

from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from graph.exports.walk import Walk
from graph.reading import in_graph
from graph.sorting import ordered
from ontology.model import Assertion
from ontology.namespaces import PREFIXES, RDF

STRETCH = 1 << 20
"""Bytes of lines that are written at a time, at least; what is said of one thing is never parted."""


def nquads(walk: Walk) -> Iterator[bytes]:
    """Yield N-Quads, named graph by named graph, sorted within each."""
    for graph in walk.graphs():
        yield from ordered(walk.lines(graph))


def turtle(walk: Walk) -> Iterator[str]:
    """Yield the union of all named graphs; what several documents say alike is there once."""
    yield heading(PREFIXES)
    yield from _written(ordered(_triples(walk)), ox.RdfFormat.N_TRIPLES, ox.RdfFormat.TURTLE)


def trig(walk: Walk) -> Iterator[str]:
    """Yield TriG; a big named graph comes in several blocks of its name."""
    yield heading(PREFIXES)
    for graph in walk.graphs():
        yield from _written(ordered(walk.lines(graph)), ox.RdfFormat.N_QUADS, ox.RdfFormat.TRIG)


def rdf12(walk: Walk) -> Iterator[str]:
    """Yield TriG of RDF 1.2: all that `trig` gives, and each assertion as the reifier of the triple that it makes.

    A triple that is only reified is not asserted: this is how a rejected assertion stays. Source: RDF 1.2 Concepts,
    section "Triple terms and reification"; RDF 1.2 TriG.
    """
    yield 'VERSION "1.2"\n'
    yield heading(PREFIXES)
    for graph in walk.graphs():
        lines = ordered(line for part in (walk.lines(graph), _reifying(walk, graph)) for line in part)
        yield from _written(lines, ox.RdfFormat.N_QUADS, ox.RdfFormat.TRIG)


def _triples(walk: Walk) -> Iterator[bytes]:
    for graph in walk.graphs():
        tail = f" <{graph}> .\n".encode()
        for line in walk.lines(graph):
            yield line.removesuffix(tail) + b" .\n"


def _reifying(walk: Walk, graph: str) -> Iterator[bytes]:
    for record in in_graph(walk.state, graph, Assertion):
        if isinstance(record, Assertion):
            term = f"<<( <{record.subject}> <{record.predicate}> <{record.object}> )>>"
            yield f"<{record.iri}> <{RDF}reifies> {term} <{graph}> .\n".encode()


def heading(prefixes: Mapping[str, str]) -> str:
    """Return the prefixes sorted, as Turtle and TriG have them: Oxigraph writes them in an order that changes."""
    return "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(prefixes.items()))


def without_prefixes(data: bytes | None) -> str:
    """Return what Oxigraph serialised without its prefixes."""
    text = (data or b"").decode()
    while text.startswith("@prefix "):
        text = text[text.index("\n") + 1 :]
    return text


def _written(lines: Iterable[bytes], given: ox.RdfFormat, wanted: ox.RdfFormat) -> Iterator[str]:
    for stretch in _stretches(lines):
        yield without_prefixes(ox.serialize(ox.parse(stretch, format=given), format=wanted, prefixes=PREFIXES))


def _stretches(lines: Iterable[bytes]) -> Iterator[bytes]:
    held: list[bytes] = []
    size, last = 0, b""
    for line in lines:
        subject = line.partition(b" ")[0]
        if size >= STRETCH and subject != last:
            yield b"".join(held)
            held, size = [], 0
        held.append(line)
        size += len(line)
        last = subject
    if held:
        yield b"".join(held)
