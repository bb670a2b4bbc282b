"""One state of a store, read named graph by named graph, so that an export needs little memory."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from graph import rdf, sync
from graph.canonical import merged, order_key
from graph.project import Rows
from graph.reading import Reading, about, data_graphs, in_graph
from ontology.base import Record
from ontology.namespaces import ONTOLOGY_GRAPH

Tell = Callable[[int, int], None]
"""Takes how many named graphs (of documents, synthesis, decisions) are done, and of how many."""


Note = Callable[[str], None]
"""Takes a sentence on what an export leaves out."""


@dataclass(frozen=True, slots=True)
class Publication:
    """What whoever publishes an export says of it, because the store does not know it.

    `date` is a day (ISO 8601), `licence` the IRI of the licence of the export, `creator` the IRI (an ORCID, say) of who
    answers for it.
    """

    date: str | None = None
    licence: str | None = None
    creator: str | None = None


class Walk:
    """A way through the newest state of a store; what it yields is sorted, so the same content gives the same."""

    def __init__(
        self,
        graph: Reading,
        publication: Publication | None = None,
        tell: Tell | None = None,
        note: Note | None = None,
    ) -> None:
        """Hold on to the state."""
        self.reading = graph
        self.state = graph.snapshot()
        self.publication = publication or Publication()
        self._tell = tell
        self._note = note

    @property
    def stamp(self) -> str:
        """The stamp of the state."""
        return self.state.manifest.stamp

    def graphs(self) -> Iterator[str]:
        """Yield the named graphs of data: documents sorted by IRI, then synthesis, then decisions."""
        names = list(data_graphs(self.state))
        for done, name in enumerate(names):
            self._told(done, len(names))
            yield name
        self._told(len(names), len(names))

    def lines(self, graph: str) -> Iterator[bytes]:
        """Yield the lines of N-Quads of a named graph, unordered."""
        for line in rdf.lines_of(self.state.store, graph):
            yield line.encode()

    def attested(self, cls: type[Record] = Record) -> Iterator[Record]:
        """Yield the records of a class as each named graph attests them, in reading order."""
        for graph in self.graphs():
            yield from sorted(in_graph(self.state, graph, cls), key=order_key)

    def united(self, *kinds: type[Record]) -> Iterator[list[Record]]:
        """Yield the records (of these classes) graph by graph, each thing once and united over all that attest it,
        with the first that does."""
        for graph in self.graphs():
            found = []
            wanted = (record for record in in_graph(self.state, graph) if not kinds or isinstance(record, kinds))
            for record in sorted(wanted, key=order_key):
                told = sync.attesting(self.state.store, record.iri)
                if told[:1] == [graph]:
                    found.append(merged(about(self.state, record.iri))[record.iri] if len(told) > 1 else record)
            yield found

    def concepts(self) -> list[Record]:
        """Return the concept schemes and concepts."""
        return sorted(in_graph(self.state, ONTOLOGY_GRAPH), key=order_key)

    def parts(self) -> Iterator[Rows]:
        """Yield the property graph, vocabularies included, piece by piece (see `graph.sync.parts`)."""
        names = self.state.manifest.graphs
        total, done = len(list(data_graphs(self.state))), 0
        for part in sync.parts(self.state.store, names):
            yield part
            done += sum(node.labels[0] == "Document" for node in part.nodes.values())
            self._told(done, total)

    def network(self) -> Iterator[Rows]:
        """Yield the property graph piece by piece as `graph.network.graph` has it: of the vocabularies only what is
        pointed to, as the last piece. A relationship may come before the nodes that it is between."""
        known = {concept.iri for concept in self.concepts()}
        held, met = Rows(), set[str]()
        for part in self.parts():
            held.nodes |= {iri: node for iri, node in part.nodes.items() if iri in known}
            within = {link for link in part.relationships if link.start in known}
            held.relationships |= within
            links = part.relationships - within
            met |= known & {link.end for link in links}
            yield Rows({iri: node for iri, node in part.nodes.items() if iri not in known}, links)
        front = met
        while front:
            front = known & {link.end for link in held.relationships if link.start in front} - met
            met |= front
        links = {
            link for link in held.relationships if link.start in met and (link.end in met or link.end not in known)
        }
        yield Rows({iri: held.nodes[iri] for iri in sorted(met)}, links)

    def note(self, sentence: str) -> None:
        """Say what the export leaves out."""
        if self._note is not None:
            self._note(sentence)

    def _told(self, done: int, total: int) -> None:
        if self._tell is not None:
            self._tell(done, total)
