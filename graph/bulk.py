"""The first load of many documents: Oxigraph's bulk loader has a piece of their lines while the next is being made."""

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import accumulate

import pyoxigraph as ox

from graph import rdf
from graph.beside import Beside, Work
from graph.canonical import canonical, document_graph
from graph.checks import check_span, one_document
from graph.errors import StoreError
from graph.folder import State
from graph.manifest import GraphState, Manifest
from graph.project import quads_of
from ontology.base import Record
from ontology.errors import RecordError, SpanError

SIZE = 1_000
"""Documents that readers come to see at once."""
PIECE = 16 << 20
"""Bytes of N-Quads that Oxigraph is given at once."""
SMALL = 1 << 20
"""Bytes of N-Quads below which a piece of its own costs more than it saves."""
AT_ONCE = 2
"""Pieces that Oxigraph loads at once; one more is in memory."""


class Coming:
    """Documents on their way into a store: `graphs` are those that are new to it, `sources` their names and `given`
    their records; `others` are those that it has with other content or that have words of another document."""

    def __init__(self, there: Manifest) -> None:
        """Begin, with what is there already."""
        self._there = there
        self.graphs: dict[str, GraphState] = {}
        self.given: dict[str, list[Record]] = {}
        self.sources: list[str] = []
        self.records: int = 0
        self.others: list[list[Record]] = []
        self._error: RecordError | SpanError | None = None

    def lines(self, documents: Iterable[Iterable[Record]]) -> Iterator[bytes]:
        """Yield the N-Quads of each new document; end before the first that breaks a rule, and keep the error."""
        try:
            for records in documents:
                given = [canonical(record) for record in records]
                document = one_document(given)
                graph = document_graph(document.iri)
                text, made = rdf.text_of(quads_of(given))
                there = self.graphs.get(graph) or self._there.graphs.get(graph)
                elsewhere = any(span.document != document.iri for record in given for span in record.spans)
                if there is not None or elsewhere:
                    self.others += [given] if there != made else []
                    continue
                for record in given:
                    for span in record.spans:
                        check_span(record, span, document.text)
                self.graphs[graph], self.given[graph] = made, given
                self.sources.append(document.source)
                self.records += len(given)
                yield rdf.everywhere(text, graph)
        except (RecordError, SpanError) as error:
            self._error = error

    def end(self) -> None:
        """Raise what is wrong with the document that broke a rule, where one did; once."""
        # Kept here or by this frame, the error would keep itself, and what it went through, until cycles are collected.
        error, self._error = self._error, None
        try:
            if error is not None:
                raise error
        finally:
            del error


def loaded(state: State, documents: Iterable[Iterable[Record]]) -> Coming:
    """Load the documents that are new to a store; return what came of all of them.

    Raises:
        StoreError: the files cannot be written, and what is in them is not known.
    """
    coming = Coming(state.manifest)
    try:
        stream(state.store, coming.lines(documents))
    except (OSError, SyntaxError) as error:
        problem = f"could not be filled ({error})"
        raise StoreError("the store", problem, "make room there, open it again, and do the same again") from error
    return coming


def stream(store: ox.Store, parts: Iterable[bytes]) -> None:
    """Load N-Quads piece by piece: while Oxigraph loads some, the next is made.

    It is no transaction: where this raises, what is in the store is not known.

    Raises:
        OSError: the files cannot be written.
        SyntaxError: Oxigraph refuses a line.
    """
    with Beside() as beside:
        work = deque[Work]()
        for piece in _pieces(parts):
            if len(work) == AT_ONCE:
                work.popleft().wait()
            # Each makes its own tables, and the database takes those of one piece in as a whole.
            work.append(beside.begin(store.bulk_load, piece, format=ox.RdfFormat.N_QUADS, lenient=True))
        while work:
            work.popleft().wait()


def _pieces(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Yield parts put together: little at first, so that loading begins soon, then twice as much, up to `PIECE`. Of
    what is left there are as many as are loaded at once, if none is too small for that."""
    some, size, wanted = list[bytes](), 0, PIECE >> 2
    for part in parts:
        some.append(part)
        size += len(part)
        if size >= wanted:
            yield b"".join(some)
            some, size, wanted = [], 0, min(PIECE, wanted * 2)
    each = size / max(1, min(AT_ONCE, size // SMALL))
    while some:
        end = next((end for end, sum_ in enumerate(accumulate(map(len, some)), 1) if sum_ >= each), len(some))
        yield b"".join(some[:end])
        del some[:end]
