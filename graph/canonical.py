"""The one form of a record that both graphs hold, where it is filed, and how two attestations of a thing unite."""

import math
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any

import pyoxigraph as ox

from ontology.base import Passage, Record
from ontology.errors import RecordError
from ontology.model import (
    CLASSES,
    ComponentAssessment,
    Concept,
    ConceptScheme,
    ConfidenceAssessment,
    Decision,
    Document,
    EvidenceLine,
    Recommendation,
    ReviewFinding,
    Study,
)
from ontology.namespaces import DECISIONS_GRAPH, GRAPH, ONTOLOGY_GRAPH, SYNTHESIS_GRAPH
from ontology.slots import Slot, slots_of, values_of

SYNTHESIS = (ReviewFinding, EvidenceLine, ConfidenceAssessment, ComponentAssessment, Recommendation)
"""Classes of what a review adds over all documents; they are filed in the synthesis graph."""

_RANK = {cls: at for at, cls in enumerate(dict.fromkeys([Document, Study, *CLASSES.values()]))}
_MAX_INT = 2**63


@lru_cache(maxsize=64)
def document_graph(document: str) -> str:
    """Return the named graph that holds everything that a document attests.

    >>> document_graph("https://w3id.org/carekg/id/document/0f")
    'https://w3id.org/carekg/graph/document/0f'
    """
    return f"{GRAPH}document/{document.rsplit('/', 1)[-1]}"


def graph_of(record: Record) -> str:
    """Return the named graph that a record is filed in.

    Raises:
        RecordError: a record that must come from a document names none.
    """
    if isinstance(record, Concept | ConceptScheme):
        return ONTOLOGY_GRAPH
    if isinstance(record, Decision):
        return DECISIONS_GRAPH
    if isinstance(record, SYNTHESIS):
        return SYNTHESIS_GRAPH
    document = record.iri if isinstance(record, Document) else record.document
    if document is None:
        raise RecordError(record.iri, f"a {type(record).__name__} names no document", "set its slot `document`")
    return document_graph(document)


def canonical(record: Record) -> Record:
    """Return the record as both graphs hold it: many-valued slots are sorted sets, points in time have one spelling.

    Raises:
        RecordError: a required slot is empty, an IRI is none, a number is not finite or too big, text cannot be
            written as UTF-8, or a point in time is not ISO 8601.

    >>> from ontology.model import Theme
    >>> canonical(Theme(iri="urn:t", label="Trust", variants=("b", "a", "b"))).variants
    ('a', 'b')
    """
    _check_iri(record.iri, "iri", record.iri)
    other = {}
    cls: type = type(record)
    for slot, given in zip(slots_of(cls), values_of(cls)(record), strict=True):
        if given is None:
            if slot.required:
                raise RecordError(f"{record.iri}, {slot.name}", "is missing", f"every {cls.__name__} needs it")
            continue
        value = _value(record, slot, given)
        if value is not given:
            other[slot.name] = value
    return replace(record, **other) if other else record


def order_key(record: Record) -> tuple[int, str, int, str]:
    """Return the key that puts records in reading order: Document, Study, then by kind, document and place."""
    first = record.spans[0].start if record.spans else -1
    return (_RANK[type(record)], record.document or "", first, record.iri)


def merged(records: Iterable[Record]) -> dict[str, Record]:
    """Unite records that several documents attest under one IRI, independently of the order in which they come.

    Many-valued slots and spans are united; a reference takes the smallest IRI; other single values come from the
    document that ranks highest (of a study: full text before abstract before citation), then has the smallest IRI, and
    has one. The class is the most specific one. The result is by IRI, sorted.
    """
    groups: dict[str, list[Record]] = {}
    for record in records:
        groups.setdefault(record.iri, []).append(record)
    return {iri: _united(group) if len(group) > 1 else group[0] for iri, group in sorted(groups.items())}


def _united(group: list[Record]) -> Record:
    cls = max((type(record) for record in group), key=lambda c: (len(c.__mro__), c.__name__))
    ordered = sorted(group, key=lambda record: (_standing(record), record.document or "", type(record).__name__))
    values: dict[str, Any] = {}
    for slot in slots_of(cls):
        told = [getattr(record, slot.name, None) for record in ordered]
        if slot.many:
            every = {item for items in told for item in items or ()}
            values[slot.name] = tuple(sorted(every, key=place_key if slot.kind == "passage" else None))
        else:
            there = [value for value in told if value is not None]
            values[slot.name] = (min(there) if slot.kind == "ref" else there[0]) if there else None
    return cls(iri=group[0].iri, **values)


def _standing(record: Record) -> tuple[int, ...]:
    """Return the key that puts records with the most in their ranked slots first."""
    return tuple(
        -slot.choices.index(value) if (value := getattr(record, slot.name)) in slot.choices else 1
        for slot in slots_of(type(record))
        if slot.ranked
    )


def place_key(passage: Passage) -> tuple[str, int, int, str]:
    """Return the key that sorts passages by document and place."""
    return (passage.document, passage.start, passage.end, passage.exact)


def _value(record: Record, slot: Slot, value: Any) -> Any:  # noqa: ANN401 - as many types as there are kinds
    """Return a value as both graphs hold it: the very one where it is so already."""
    if not slot.many:
        return _scalar(record, slot, value)
    if slot.kind == "passage":
        for passage in value:
            _check_iri(passage.document, "document", record.iri, slot.name)
            _check_text(passage.exact, record.iri, slot.name)
        held = tuple(sorted(set(value), key=place_key)) if len(value) > 1 else tuple(value)
    else:
        held = tuple(sorted({_scalar(record, slot, item) for item in value}))
    return value if held == value else held


def _scalar(record: Record, slot: Slot, value: Any) -> Any:  # noqa: ANN401
    kind = slot.kind
    if kind == "str":
        _check_text(value, record.iri, slot.name)
    elif kind in ("iri", "ref"):
        _check_iri(value, slot.name, record.iri, slot.name)
    elif kind == "float":
        if type(value) is not float or not value:
            value = float(value) + 0.0
        if not math.isfinite(value):
            raise RecordError(f"{record.iri}, {slot.name}", f"is {value}", "use a finite number")
    elif kind == "int":
        if not -_MAX_INT <= value < _MAX_INT:
            raise RecordError(f"{record.iri}, {slot.name}", f"{value} is too big", "use a whole number of 64 bits")
    elif kind == "datetime":
        return _moment(value, f"{record.iri}, {slot.name}")
    return value


def _moment(value: str, where: str) -> str:
    try:
        at = datetime.fromisoformat(value)
    except ValueError as error:
        raise RecordError(where, f"{value!r} is no point in time", "write ISO 8601 with an offset") from error
    text = at.isoformat()
    if at.microsecond:
        head, _, tail = text.partition(".")
        text = f"{head}.{tail[:6].rstrip('0')}{tail[6:]}"
    return text.removesuffix("+00:00") + "Z" if text.endswith("+00:00") else text


def _check_text(value: str, *where: str) -> None:
    if value.isascii():
        return
    try:
        value.encode()
    except UnicodeEncodeError as error:
        problem = f"holds half a surrogate pair at character {error.start}"
        raise RecordError(", ".join(where), problem, "decode the source as it was encoded") from error


def _check_iri(value: str, slot: str, *where: str) -> None:
    if not _is_iri(value):
        problem = f"{slot} {value!r} is not an absolute IRI"
        raise RecordError(", ".join(where), problem, "mint it with ontology.identity")


@lru_cache(maxsize=65536)
def _is_iri(value: str) -> bool:
    try:
        ox.NamedNode(value)
    except ValueError:
        return False
    return True
