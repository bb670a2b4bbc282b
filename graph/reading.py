"""The reading half of the store: everything that can be asked of one state of it."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from graph import rdf, sparql
from graph.canonical import document_graph, merged, order_key
from graph.errors import NotFound, QueryError
from graph.folder import State
from graph.project import TYPE, from_quads
from graph.results import Written
from graph.table import Table
from ontology.base import Record
from ontology.model import ABSTRACT, CLASSES, Document, class_iri
from ontology.namespaces import CKG, DCTERMS, DECISIONS_GRAPH, ONTOLOGY_GRAPH, SYNTHESIS_GRAPH

if TYPE_CHECKING:
    import rdflib

    from graph.views.database import Views

_SPAN = CKG + "span"
_KINDS = {cls.__name__: cls for cls in (*ABSTRACT, *CLASSES.values())}
_STATUS = "`carekg status` lists the documents"


@dataclass(frozen=True, slots=True)
class Source:
    """A document in the store, without its text: IRI, file name, SHA-256 of the text, title where it is known."""

    iri: str
    source: str
    sha256: str
    title: str | None


class Reading(ABC):
    """What can be asked of a store; each call sees one state, the newest."""

    @abstractmethod
    def _state(self) -> State:
        """Return the newest state; who holds on to it can read it to the end."""

    @abstractmethod
    def views(self) -> "Views":
        """Return the matrices and the full text of the store (`graph.views`), brought to its newest state."""

    def snapshot(self) -> State:
        """Return the newest state, for what reads it piece by piece: it stays readable while somebody holds it."""
        return self._state()

    def find(self, source: str) -> Source:
        """Return the document of this file name, SHA-256 (or the start of it, 8 digits or more) or IRI.

        Raises:
            NotFound: nothing or more than one document has this name; names what comes close.
        """
        every = self.documents()
        digits = source if len(source) >= 8 else "none so short"
        found = [d for d in every if source in (d.iri, d.source) or d.sha256.startswith(digits)]
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(f"{d.source} ({d.sha256[:12]})" for d in found)
            raise NotFound(source, f"names several documents: {names}", "name one by its SHA-256")
        names_of_all = [name for d in every for name in (d.source, d.sha256, d.iri)]
        close = get_close_matches(source, names_of_all, n=3, cutoff=0.5)
        remedy = f"did you mean {', '.join(close)}?" if close else _STATUS
        raise NotFound(source, "no document of the store has this name", remedy)

    def documents(self) -> list[Source]:
        """Return the documents, sorted by file name, then IRI."""
        query = (
            f"SELECT ?d ?s ?h ?t {{ ?d a <{class_iri(Document)}> ; <{DCTERMS}source> ?s ; <{CKG}sha256> ?h "
            f"OPTIONAL {{ ?d <{DCTERMS}title> ?t }} }}"
        )
        return sorted((Source(*row) for row in self.sparql(query).rows), key=lambda d: (d.source, d.iri))

    def text(self, document: str) -> str:
        """Return the stored text of a document by its IRI.

        Raises:
            NotFound: the store has no such document.
        """
        state = self._state()
        for told in rdf.statements(state.store, document_graph(document), document):
            if told.predicate == CKG + "text":
                return told.value
        raise NotFound(document, "the store has no such document", _STATUS)

    def records(self, document: str | None = None, kind: str | None = None) -> list[Record]:
        """Return records in reading order: Document, Study, then by kind, document and place.

        With `document` (an IRI) as that document attests them; without, one record for each IRI, in which what several
        documents attest is united (`graph.canonical.merged`), decisions and synthesis included, vocabularies not.
        `kind` is a class of the model; its subclasses are included ("Finding" gives positions too).

        Raises:
            NotFound: the store has no such document, or the model no such class.
        """
        if kind is not None and kind not in _KINDS:
            close = get_close_matches(kind, _KINDS, n=1)
            remedy = f"did you mean {close[0]}?" if close else f"use one of {', '.join(CLASSES)}"
            raise NotFound(kind, "is not a class of the model", remedy)
        cls = _KINDS[kind] if kind else Record
        state = self._state()
        if document is None:
            every = (record for graph in data_graphs(state) for record in in_graph(state, graph, cls))
            return sorted(merged(every).values(), key=order_key)
        graph = document_graph(document)
        if graph not in state.manifest.graphs:
            raise NotFound(document, "the store has no such document", _STATUS)
        return sorted(in_graph(state, graph, cls), key=order_key)

    def attested(self) -> Iterator[Record]:
        """Yield every record as each document attests it: document by document (sorted by IRI), each in reading order,
        then synthesis and decisions. `apply` of each document and `add` of the rest make the same store of it."""
        state = self._state()
        for graph in data_graphs(state):
            yield from sorted(in_graph(state, graph), key=order_key)

    def concepts(self) -> list[Record]:
        """Return the concept schemes and the concepts of the vocabularies."""
        return sorted(in_graph(self._state(), ONTOLOGY_GRAPH), key=order_key)

    def get(self, iri: str) -> Record:
        """Return the record of this IRI, united over all documents that attest it; concepts included.

        Raises:
            NotFound: nothing in the store has this IRI.
        """
        state = self._state()
        for record in merged(about(state, iri)).values():
            return record
        raise NotFound(iri, "nothing in the store has this IRI", "`carekg list` shows what there is")

    def counts(self) -> dict[str, int]:
        """Return how many things of each class there are, its subclasses and those of vocabularies left out."""
        query = (
            "SELECT ?t (COUNT(DISTINCT ?x) AS ?n) { GRAPH ?g { ?x a ?t } "
            f"FILTER(?g != <{ONTOLOGY_GRAPH}>) }} GROUP BY ?t"
        )
        told: dict[str, int] = {row[0]: row[1] for row in self.sparql(query).rows}
        below = {cls: [sub for sub in CLASSES.values() if cls in sub.__bases__] for cls in CLASSES.values()}
        own = {
            name: told.get(class_iri(cls), 0) - sum(told.get(class_iri(sub), 0) for sub in below[cls])
            for name, cls in CLASSES.items()
        }
        return {name: count for name, count in own.items() if count}

    def state(self, document: str) -> str | None:
        """Return the hash of all that a document (by IRI) attests, or None where the store has no such document."""
        there = self._state().manifest.graphs.get(document_graph(document))
        return there.hash if there else None

    def stamp(self) -> str:
        """Return 32 hexadecimal digits that change if and only if the content does: poll it to notice changes."""
        return self._state().manifest.stamp

    def sparql(self, query: str, params: Mapping[str, Any] | None = None, *, limit: int | None = None) -> Table:
        """Run a SPARQL query over the union of all named graphs; see `graph.sparql` for parameters and results.

        The query is trusted: `graph.guard` checks what people type.

        Raises:
            QueryError: the query is no SPARQL, or an update; names line and column.
        """
        state = self._state()
        return sparql.run(state.store, query, params, limit)

    def sparql_document(
        self,
        query: str,
        media: str,
        *,
        limit: int,
        default: Sequence[str] | None = None,
        named: Sequence[str] | None = None,
    ) -> Written:
        """Return the result of a SPARQL query as a document of a media type, see `graph.sparql.document`.

        Raises:
            QueryError: as for `sparql`, or `default` or `named` name a graph that the store does not hold.
        """
        state = self._state()
        for name in (*(default or ()), *(named or ())):
            if name not in state.manifest.graphs:
                raise QueryError("data set", f"the store has no graph <{name}>", "name graphs of the store only")
        return sparql.document(state.store, query, media, limit, default, named)

    def graphs(self) -> dict[str, int]:
        """Return the named graphs of the store, sorted, and how many quads each has."""
        return {name: state.quads for name, state in sorted(self._state().manifest.graphs.items())}

    def rdf(self) -> "rdflib.Dataset":
        """Return the state as an `rdflib.Dataset` whose default graph is the union of the named ones.

        It is to be read only: what would change it raises StoreReadOnly.
        """
        from graph.rdflib_view import dataset

        return dataset(self._state())

    def nquads(self, *, vocabularies: bool = False) -> list[str]:
        """Return the lines of N-Quads of the store, sorted, each with its line end; the same content gives the same.

        The ontology graph (ontology and vocabularies), the same in every store, comes only with `vocabularies`.
        """
        state = self._state()
        names = [*data_graphs(state), *([ONTOLOGY_GRAPH] if vocabularies else [])]
        return sorted(line for name in names for line in rdf.lines_of(state.store, name))


def in_graph(state: State, graph: str, cls: type[Record] = Record) -> Iterator[Record]:
    """Yield the records of a class, subclasses included, in one named graph; unordered."""
    if cls is Record:
        yield from from_quads(rdf.statements(state.store, graph))
        return
    subjects = state.store.quads_for_pattern(
        None, ox.NamedNode(TYPE), ox.NamedNode(class_iri(cls)), ox.NamedNode(graph)
    )
    for quad in subjects:
        if isinstance(quad.subject, ox.NamedNode):
            yield from about(state, quad.subject.value, graph)


def about(state: State, iri: str, graph: str | None = None) -> Iterator[Record]:
    """Yield what one named graph, or each of them, attests of one thing."""
    try:
        told = list(rdf.statements(state.store, graph, iri))
    except ValueError as error:
        raise NotFound(iri, f"is no IRI ({error})", "`carekg list` shows what there is") from error
    for where, passage in {(t.graph, t.value) for t in told if t.predicate == _SPAN}:
        told += rdf.statements(state.store, where, passage)
    return from_quads(told)


def data_graphs(state: State) -> Iterable[str]:
    """Return the named graphs of data: documents sorted by IRI, then synthesis, then decisions."""
    shared = (SYNTHESIS_GRAPH, DECISIONS_GRAPH)
    documents = sorted(name for name in state.manifest.graphs if name not in (ONTOLOGY_GRAPH, *shared))
    return [*documents, *(name for name in shared if name in state.manifest.graphs)]
