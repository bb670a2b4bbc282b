"""What goes into the stage and what comes out of it; light, as a process that only feeds others loads no extraction."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from hashlib import sha256
from typing import Any

from ingest.configuration import current
from ingest.readers.contents import Project, RecordGroup, Sheet, Statements
from ingest.refusal import Refusal
from ontology.base import Record
from ontology.errors import CarekgError
from ontology.model import Document, Study

Pending = Sheet | Project | Statements
"""What becomes records only with the help of others: the studies that were read, or the graph."""


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

    def told(self) -> dict[str, Any]:
        """Return the report as JSON-ready values; `asdict` would copy what is in it, and there may be thousands."""
        return {name: getattr(self, name) for name in _REPORT} | {"refused": [asdict(one) for one in self.refused]}


_REPORT = tuple(field.name for field in fields(Report))


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a file holds: the records of a document with their report; records that belong to no document,
    without one; what is pending; or why there is nothing. `ready` says that the records came as they are, so that
    their names stay."""

    records: tuple[Record, ...] = ()
    report: Report | None = None
    pending: Pending | None = None
    error: CarekgError | None = None
    ready: bool = False


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
    """Return the report of records that came as they are, or None where they belong to no document."""
    if group.document is None:
        return None
    return replace(report_of(group.document, group.records, seconds), notes=group.notes)
