"""Many files to records: each is read, extracted and checked on its own, with a report or a reason why not.

One bad file never stops the others, and nothing of a bad file is handed on.
"""

import os
import stat
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ingest.errors import ReaderError
from ingest.extract import extract
from ingest.extract.context import Refusal
from ingest.readers import MAX_BYTES, read
from ingest.readers import records as interchange
from ingest.readers.contents import RecordGroup
from ontology.base import Record
from ontology.errors import CarekgError
from ontology.model import (
    Circumstance,
    DecisionRule,
    Determinant,
    Document,
    Finding,
    Quote,
    Run,
    Section,
    Study,
    Theme,
)
from ontology.slots import slots_of

Progress = Callable[[int, int, str], None]
"""Told before each file: how many are done, how many there are, and its name."""

FINDINGS = (Quote, Theme, Finding, Determinant, DecisionRule, Circumstance)
"""What makes a document worth a place among the evidence; interventions alone (a protocol) do not."""

_WITHOUT_WORDS = (Document, Section, Study, Run)
_FAULTS = (LookupError, ValueError, TypeError, AttributeError, ArithmeticError, RecursionError)


class NoFindings(CarekgError):
    """A document was read, and holds nothing that a study found: no evidence to store."""


class UnexpectedFault(CarekgError):
    """Extraction broke on a document: a fault of carekg, kept to this document."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was made of one document: counts by kind, what was refused and why, characters read, seconds taken."""

    source: str
    document: str
    sha256: str
    characters: int
    seconds: float
    evidence_level: str | None
    found: dict[str, int]
    refused: tuple[Refusal, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """One document's records and report, or why a file gave none. Records that belong to no document have no report."""

    path: Path
    records: tuple[Record, ...] = ()
    report: Report | None = None
    error: CarekgError | None = None


def ingest(files: Sequence[Path], *, progress: Progress | None = None) -> Iterator[Outcome]:
    """Yield an outcome for every document of the files, in their order.

    A file in the interchange format (.jsonl) gives one outcome a document; any other file is one document. A text that
    came before under another name gives an outcome with a note and no records.
    """
    seen: dict[str, str] = {}
    for done, path in enumerate(files):
        if progress is not None:
            progress(done, len(files), path.name)
        for outcome in _of_file(path):
            report = outcome.report
            if report is not None and report.document in seen:
                note = f"holds the same text as {seen[report.document]}, which was read before it"
                yield replace(outcome, records=(), report=replace(report, notes=(*report.notes, note)))
                continue
            if report is not None:
                seen[report.document] = report.source
            yield outcome


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


def _of_file(path: Path) -> Iterator[Outcome]:
    name = os.fsencode(path.name).decode("utf-8", "replace")
    begun = time.perf_counter()
    try:
        if path.suffix.lower() == interchange.SUFFIX:
            groups = interchange.read_records(_bytes(path, name, interchange.MAX_BYTES), name)
            for group in groups:
                yield _imported(path, group, time.perf_counter() - begun)
        else:
            yield _extracted(path, name, begun)
    except CarekgError as error:
        yield Outcome(path, error=error)


def _bytes(path: Path, name: str, limit: int) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise ReaderError(name, "is not a regular file", "name a file or a folder")
        if status.st_size > limit:
            size = f"{status.st_size / 1e6:.0f} MB"
            problem = f"is {size}, more than the {limit // 1_000_000} MB that are read"
            raise ReaderError(name, problem, "split it, or extract its text")
        return path.read_bytes()
    except OSError as error:
        raise ReaderError(name, f"cannot be read ({error.strerror})", "check the file and its permissions") from error


def _extracted(path: Path, name: str, begun: float) -> Outcome:
    data = _bytes(path, name, MAX_BYTES)
    try:
        document = read(data, name)
        extraction = extract(document)
    except _FAULTS as error:
        raise UnexpectedFault(
            name, f"could not be analysed ({type(error).__name__}: {error})", "report it with the file"
        ) from error
    kept, refused = check(extraction.records, document.document)
    if not any(isinstance(record, FINDINGS) for record in kept):
        raise NoFindings(name, "holds no findings of a study", "give the full text, or an abstract with its results")
    report = _report(document.document, kept, time.perf_counter() - begun)
    notes = document.reading.notes
    return Outcome(path, kept, replace(report, refused=(*extraction.refused, *refused), notes=notes))


def _imported(path: Path, group: RecordGroup, seconds: float) -> Outcome:
    report = _report(group.document, group.records, seconds) if group.document else None
    return Outcome(path, group.records, report)


def _report(document: Document, records: Sequence[Record], seconds: float) -> Report:
    levels = [record.evidence_level for record in records if isinstance(record, Study)]
    return Report(
        source=document.source,
        document=document.iri,
        sha256=document.sha256,
        characters=len(document.text),
        seconds=seconds,
        evidence_level=levels[0] if levels else None,
        found=dict(sorted(Counter(type(record).__name__ for record in records).items())),
    )


def _unfounded(record: Record, document: Document) -> str:
    """Return why a record does not stand on the words of its document, or nothing where it does.

    A quote that something interrupts is the passages before and after it, joined by line ends.
    """
    if not record.spans and not isinstance(record, _WITHOUT_WORDS):
        return "it has no words in the document"
    for span in record.spans:
        if span.document != document.iri:
            return "its words are of another document"
        if document.text[span.start : span.end] != span.exact:
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
