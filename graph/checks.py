"""What is checked of records before they are put into a store."""

from collections.abc import Callable, Iterable

from graph.canonical import document_graph, graph_of
from graph.errors import NotFound
from ontology.base import Passage, Record
from ontology.errors import RecordError, SpanError
from ontology.identity import sha256_of
from ontology.model import Document
from ontology.slots import slots_of

_SHOWN = 120
"""Characters of a value that an error shows."""


def check_span(record: Record, span: Passage, text: str) -> None:
    """Compare the words of a span with the text of its document.

    Raises:
        SpanError: the span does not hold the words that it claims.
    """
    if span.stands_in(text):
        return
    place = f"characters {span.start} to {span.end}"
    if not 0 <= span.start < span.end <= len(text):
        raise SpanError(record.iri, f"{place} are not in the text, which has {len(text)}", "anchor it again")
    found = text[span.start : span.end]
    raise SpanError(record.iri, f"{place} are {found[:80]!r}, not {span.exact[:80]!r}", "anchor it again")


def check_spans(records: Iterable[Record], texts: dict[str, str], text_of: Callable[[str], str]) -> None:
    """Compare the words of all spans with the texts of their documents: those in `texts`, which is added to, or else
    what `text_of` returns.

    Raises:
        SpanError: a span does not hold the words that it claims, or lies in an unknown document.
    """
    for record in records:
        for span in record.spans:
            if span.document not in texts:
                try:
                    texts[span.document] = text_of(span.document)
                except NotFound as error:
                    problem = f"has a span in {span.document}, which the store does not hold"
                    raise SpanError(record.iri, problem, "apply that document first") from error
            check_span(record, span, texts[span.document])


def check_once(records: Iterable[Record]) -> None:
    """Make sure that no two canonical records say different things of one: a store would hold a bit of both.

    Raises:
        RecordError: two do; names the thing, the slot and both values.
    """
    known: dict[str, Record] = {}
    for record in records:
        other = known.setdefault(record.iri, record)
        if other is not record and other != record:
            raise RecordError(record.iri, f"comes twice: {_told_apart(other, record)}", "keep one, or unite them")


def _told_apart(one: Record, other: Record) -> str:
    if type(one) is not type(other):
        return f"as a {type(one).__name__} and as a {type(other).__name__}"
    slot = next(s.name for s in slots_of(type(one)) if getattr(one, s.name) != getattr(other, s.name))
    return f"{slot} is {_short(getattr(one, slot))} and {_short(getattr(other, slot))}"


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def one_document(records: list[Record]) -> Document:
    """Return the one document that all the records are of.

    Raises:
        RecordError: there is none or more than one, its text is not the one that was hashed, a record is not of it, or
            two of them say different things of one.
    """
    check_once(records)
    documents = {record.iri: record for record in records if isinstance(record, Document)}
    if len(documents) != 1:
        problem = f"hold {len(documents)} Document records, not one"
        raise RecordError("records to apply", problem, "apply each document by itself")
    (document,) = documents.values()
    if document.sha256 != sha256_of(document.text):
        raise RecordError(document.source, "the text is not the one that was hashed", "read the source again")
    graph = document_graph(document.iri)
    for record in records:
        if graph_of(record) != graph:
            kind = type(record).__name__
            raise RecordError(record.iri, f"this {kind} is not of {document.source}", "apply each document by itself")
    return document
