"""The stage: the bytes of one file to its records. Pure, and free of any engine.

`parse` needs nothing but its arguments, and what it takes and gives can be pickled. So the same stage runs in a
loop, in the processes of `ingest.pipeline`, or on a cluster; what it gave can be kept under `key`, as the same key
means the same result:

    from concurrent.futures import ProcessPoolExecutor
    from pathlib import Path
    from ingest.stage import Meta, parse

    if __name__ == "__main__":
        paths = sorted(Path("papers").iterdir())
        with ProcessPoolExecutor() as pool:
            for parsed in pool.map(parse, [p.read_bytes() for p in paths], [Meta(p.name) for p in paths]):
                for part in parsed.parts:
                    print(part.report or part.error)

A runner must bound the time and the memory of each call itself: some readers are libraries in C.
"""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from ingest.check import check
from ingest.configuration import current
from ingest.errors import ReaderError
from ingest.extract import extract
from ingest.extract.context import Refusal
from ingest.readers import read_contents
from ingest.readers import records as interchange
from ingest.readers.contents import Project, ReadDocument, RecordGroup, Sheet
from ontology.base import Record
from ontology.errors import CarekgError
from ontology.model import Circumstance, DecisionRule, Determinant, Document, Finding, Quote, Study, Theme

FINDINGS = (Quote, Theme, Finding, Determinant, DecisionRule, Circumstance)
"""What makes a document worth a place among the evidence; interventions alone (a protocol) do not."""

_FAULTS = (LookupError, ValueError, TypeError, AttributeError, ArithmeticError, RecursionError, AssertionError)


class NoFindings(CarekgError):
    """A document was read, and holds nothing that a study found: no evidence to store."""


class UnexpectedFault(CarekgError):
    """Reading or extraction broke on a file: a fault of carekg, kept to this file."""


@dataclass(frozen=True, slots=True)
class Meta:
    """What is known of a file beside its bytes.

    `name` stands in messages and in the records. `studies` maps documents (IRIs) to the studies that they are of,
    where these go by another name than the document itself would give; of such a file only those documents are parsed.
    """

    name: str
    studies: tuple[tuple[str, str], ...] = ()


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
class Part:
    """One thing that a file holds: the records of a document with their report; records that belong to no document,
    without one; what somebody coded by hand, whose records need the other studies; or why there is nothing."""

    records: tuple[Record, ...] = ()
    report: Report | None = None
    coded: Sheet | Project | None = None
    error: CarekgError | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    """All that a file holds, in its order, under the key of the work that was done."""

    key: str
    file_sha256: str
    parts: tuple[Part, ...]


def key(file_sha256: str, meta: Meta) -> str:
    """Return the key of the work on a file with this hash: hash, version, configuration and studies.

    The name is no part of it: the same bytes under another name are the same work.

    >>> key("00", Meta("a.xml")) == key("00", Meta("b.xml")) != key("01", Meta("a.xml"))
    True
    """
    settings = current()
    told = (file_sha256, settings.version, settings.settings, *(iri for pair in meta.studies for iri in pair))
    return sha256("\x1f".join(told).encode()).hexdigest()


def parse(data: bytes, meta: Meta) -> Parsed:
    """Return what the bytes of a file hold, document by document; what fails is told in its part, never raised.

    >>> text = "Handing over\\n\\nRESULTS\\n\\nA nurse said: 'Nobody called me back that day.'"
    >>> (part,) = parse(text.encode(), Meta("a.txt")).parts
    >>> part.report.found["Quote"]
    1
    """
    digest = sha256(data).hexdigest()
    try:
        parts = tuple(_parts(data, digest, meta))
    except CarekgError as error:
        parts = (Part(error=error),)
    return Parsed(key(digest, meta), digest, parts)


def report_of(document: Document, records: Sequence[Record], seconds: float) -> Report:
    """Return the report of a document with its records."""
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


def group_report(group: RecordGroup, seconds: float) -> Report | None:
    """Return the report of records that were ready, or None where they belong to no document."""
    if group.document is None:
        return None
    return replace(report_of(group.document, group.records, seconds), notes=group.notes)


def _parts(data: bytes, digest: str, meta: Meta) -> Iterator[Part]:
    begun = time.perf_counter()
    studies = dict(meta.studies)
    try:
        contents = _contents(data, meta.name)
    except _FAULTS as error:
        raise _fault(meta.name, error) from error
    except MemoryError as error:
        raise ReaderError(meta.name, "needs more memory than one file may take", "split it") from error
    for content in contents:
        if isinstance(content, ReadDocument):
            if not studies or content.document.iri in studies:
                yield _extracted(content, digest, meta.name, studies.get(content.document.iri), begun)
        elif isinstance(content, RecordGroup):
            yield Part(content.records, group_report(content, time.perf_counter() - begun))
        elif isinstance(content, Sheet):
            yield Part(coded=replace(content, document=replace(content.document, file_sha256=digest)))
        else:
            sources = (replace(one, document=replace(one.document, file_sha256=digest)) for one in content.sources)
            yield Part(coded=replace(content, sources=tuple(sources)))
        begun = time.perf_counter()


def _contents(data: bytes, name: str) -> Sequence[ReadDocument | RecordGroup | Sheet | Project]:
    if name.lower().endswith(interchange.SUFFIX):
        return interchange.read_records(data, name)
    return read_contents(data, name)


def _extracted(read: ReadDocument, digest: str, name: str, study: str | None, begun: float) -> Part:
    document = replace(read.document, file_sha256=digest)
    try:
        extraction = extract(replace(read, document=document), study)
    except _FAULTS as error:
        return Part(error=_fault(name, error))
    except MemoryError:
        return Part(error=ReaderError(name, "needs more memory than one file may take", "split it"))
    kept, refused = check(extraction.records, document)
    if not read.citation and not any(isinstance(record, FINDINGS) for record in kept):
        remedy = "give the full text, or an abstract with its results"
        return Part(error=NoFindings(name, "holds no findings of a study", remedy))
    report = report_of(document, kept, time.perf_counter() - begun)
    return Part(kept, replace(report, refused=(*extraction.refused, *refused), notes=read.reading.notes))


def _fault(name: str, error: Exception) -> UnexpectedFault:
    problem = f"could not be analysed ({type(error).__name__}: {error})"
    return UnexpectedFault(name, problem, "report it with the file")
