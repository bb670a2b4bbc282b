"""The last look before records are handed on: words that are not where they should be take their record with them."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from ingest.refusal import Refusal
from ontology.base import Record
from ontology.model import Document, Quote, Run, Section, Study
from ontology.slots import slots_of

_WITHOUT_WORDS = (Document, Section, Study, Run)


def check(records: Iterable[Record], document: Document) -> tuple[tuple[Record, ...], tuple[Refusal, ...]]:
    """Return the records whose words are where they say, and what was refused with the reason.

    A record is refused when a span does not hold its words, when it has no words where it needs some, or when it
    cannot be without a record that was refused.
    """
    kept: list[Record] = []
    refused: list[Refusal] = []
    lost: set[str] = set()
    for record in records:
        reason = _unfounded(record, document)
        if reason:
            refused.append(_refusal(record, reason))
            lost.add(record.iri)
        else:
            kept.append(record)
    fresh = set(lost)
    while fresh:
        lost, fresh, checked = fresh, set(), kept
        kept = []
        for record in checked:
            rest = _without(record, lost)
            if rest is None:
                refused.append(_refusal(record, "it needs a record that was refused"))
                fresh.add(record.iri)
            else:
                kept.append(rest)
    return tuple(kept), tuple(refused)


def _unfounded(record: Record, document: Document) -> str:
    """Return why a record does not stand on the words of its document, or nothing where it does.

    A quote that something interrupts is the passages before and after it, joined by line ends.
    """
    if not record.spans and not isinstance(record, _WITHOUT_WORDS):
        return "it has no words in the document"
    for span in record.spans:
        if span.document != document.iri:
            return "its words are of another document"
        if not span.stands_in(document.text):
            return f"its words are not at {span.start} to {span.end}"
    if isinstance(record, Quote):
        whole = document.text[record.start : record.end] == record.exact
        joined = "\n".join(span.exact for span in record.spans) == record.exact
        at_its_ends = (record.start, record.end) == (record.spans[0].start, record.spans[-1].end)
        if not (at_its_ends and (whole or joined)):
            return f"the quote is not at {record.start} to {record.end}"
    return ""


def _refusal(record: Record, reason: str) -> Refusal:
    words = " / ".join(span.exact for span in record.spans)
    return Refusal(type(record).__name__, words or str(getattr(record, "label", record.iri)), reason)


def _without(record: Record, lost: set[str]) -> Record | None:
    """Return a record without its links to what was refused, or None where it cannot be without one of them."""
    changed: dict[str, Any] = {}
    for slot in slots_of(type(record)):
        if slot.kind != "ref":
            continue
        value = getattr(record, slot.name)
        if slot.many and any(iri in lost for iri in value):
            changed[slot.name] = tuple(iri for iri in value if iri not in lost)
        elif value in lost:
            if slot.required:
                return None
            changed[slot.name] = None
    return replace(record, **changed) if changed else record
