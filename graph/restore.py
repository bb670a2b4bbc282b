"""A store made anew from a Cypher engine: nothing that the store held is lost on the way there and back."""

from collections.abc import Callable, Iterator

from graph.canonical import SYNTHESIS, document_graph, graph_of
from graph.cypher.engine import CypherEngine
from graph.errors import StoreError
from graph.project import attested_from_rows
from graph.store import EvidenceGraph
from ontology.base import Record
from ontology.model import Decision, Document
from ontology.namespaces import DECISIONS_GRAPH, SYNTHESIS_GRAPH

Progress = Callable[[int, int], None]
"""Told how many of how many documents are in the store."""


def restore(engine: CypherEngine, store: EvidenceGraph, progress: Progress = lambda done, of: None) -> int:
    """Fill an empty store with all that the engine holds, document by document; return how many there were.

    Raises:
        StoreError: the store is not empty.
        RecordError, SpanError: the engine holds what no store ever held: it was changed by hand.
        EngineUnavailable: the engine cannot be read.
    """
    if store.documents() or store.counts():
        raise StoreError(str(store.path), "is not empty", "name a new folder")
    documents = [iri for page in engine.every_iri("Document") for iri in page]
    with store.batch():
        for done, iri in enumerate(documents, 1):
            store.apply(of_document(engine, iri))
            progress(done, len(documents))
        store.add(_of_people(engine))
    return len(documents)


def of_document(engine: CypherEngine, document: str) -> list[Record]:
    """Return the records of one document as it attests them, the document among them.

    Raises:
        RecordError: the engine holds what is no record.
        EngineUnavailable: it cannot be read.
    """
    found = _records(engine, [document, *engine.sources(document)])
    return [record for record in found if _graph_of(record) == document_graph(document)]


def _of_people(engine: CypherEngine) -> Iterator[Record]:
    for cls in (*SYNTHESIS, Decision):
        for page in engine.every_iri(cls.__name__):
            for record in _records(engine, page):
                if graph_of(record) in (SYNTHESIS_GRAPH, DECISIONS_GRAPH):
                    yield record


def _records(engine: CypherEngine, iris: list[str]) -> Iterator[Record]:
    """Yield the records of these IRIs, as each named graph attests them."""
    rows = engine.part(iris)
    words = {link.end for link in rows.relationships if link.type == "SPAN"} - rows.nodes.keys()
    if words:
        more = engine.part(words)
        rows.nodes |= more.nodes
        rows.relationships |= more.relationships
    return attested_from_rows(rows)


def _graph_of(record: Record) -> str | None:
    """Return the named graph of a record, None for one that stands beside the documents and names none."""
    return graph_of(record) if record.document or isinstance(record, Document) else None
