"""Document -> records: study, roles, quotes, themes, findings, determinants, interventions, links."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from ingest.extract.context import Located, Refusal, RoleIndex
from ontology.base import Record
from ontology.identity import mint
from ontology.model import Run, Section
from ontology.slots import slots_of

if TYPE_CHECKING:
    from ingest.readers import ReadDocument

CONFIGURATION = "rules"
"""What the stages were told; part of the identity of a run."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was found in one document, in a fixed order, and what was seen and not kept."""

    records: tuple[Record, ...]
    refused: tuple[Refusal, ...]


def extract(read: ReadDocument) -> Extraction:
    """Return every record of a document: itself, its sections, what its study reports, the links and the run."""
    reading, document = read.reading, read.document
    study = _call("study", "study_identity", read, default="study:" + document.iri)
    roles = _call("roles", "extract_roles", reading, study, default=RoleIndex((), (), {}))
    quotes, refused = _call("quotes", "extract_quotes", reading, study, roles, default=((), ()))
    parts = _call("study", "extract_study", reading, document, study, roles, quotes, default=None)
    claims = _call("claims", "extract_claims", reading, study, roles, quotes, default=None)
    themes = _call("themes", "extract_themes", reading, study, quotes, default=())
    findings = _call("findings", "extract_findings", reading, study, roles, quotes, themes, default=None)
    background = getattr(claims, "background", ())
    determinants = _call(
        "determinants", "extract_determinants", reading, study, roles, quotes, themes, background, default=None
    )
    interventions = _call(
        "interventions", "extract_interventions", reading, study, roles, quotes, determinants, background, default=()
    )
    located: list[Located[Record]] = [
        *_parts(parts), *roles.records, *quotes, *_parts(claims), *themes, *_parts(findings), *_parts(determinants),
        *interventions,
    ]  # fmt: skip
    links = _call("links", "extract_links", reading, study, located, default=())
    records = (
        document,
        *_sections(read),
        *(one.record for one in located),
        *links,
        _run(document.sha256, document.iri),
    )
    return Extraction(tuple(records), tuple(refused))


def united(records: Iterable[Record]) -> Iterator[Record]:
    """Yield one record an IRI, in the order in which each came first.

    What is stated twice is one thing with the words of both places: many-valued slots are joined, of the others the
    first value stays.
    """
    groups: dict[str, list[Record]] = {}
    for record in records:
        groups.setdefault(record.iri, []).append(record)
    for first, *others in groups.values():
        changed: dict[str, Any] = {}
        for slot in slots_of(type(first)) if others else ():
            values = [getattr(record, slot.name) for record in (first, *others)]
            if slot.many:
                changed[slot.name] = tuple(dict.fromkeys(value for many in values for value in many))
            else:
                changed[slot.name] = next((value for value in values if value is not None), None)
        yield replace(first, **changed) if changed else first


def _call(module: str, function: str, *arguments: Any, default: Any) -> Any:  # noqa: ANN401
    try:
        loaded = importlib.import_module(f"ingest.extract.{module}")
    except ImportError as error:
        if not (error.name or "").startswith("ingest.extract."):
            raise
        return default
    return getattr(loaded, function)(*arguments) if hasattr(loaded, function) else default


def _parts(parts: Any) -> Iterator[Located[Record]]:  # noqa: ANN401
    if parts is None:
        return
    for field in fields(parts):
        value = getattr(parts, field.name)
        if isinstance(value, Sequence):
            yield from value
        else:
            yield value


def _sections(read: ReadDocument) -> Iterator[Section]:
    """Yield the sections of the view as records; their offsets are in the stored text."""
    reading = read.reading
    for order, section in enumerate(reading.sections):
        spans = reading.spans(section.heading_start, section.heading_end)
        start = reading.offsets[section.start] if section.start < len(reading.offsets) else len(reading.stored)
        end = reading.offsets[section.end - 1] + 1 if section.end > section.start else start
        yield Section(
            iri=mint("Section", reading.document, str(order), section.kind, section.heading),
            document=reading.document,
            spans=spans,
            section_kind=section.kind,
            heading=section.heading or None,
            in_abstract=section.in_abstract,
            order=order,
            start=start,
            end=end,
        )


def _run(document_hash: str, document: str) -> Run:
    try:
        number = version("carekg")
    except PackageNotFoundError:
        number = "0"
    return Run(
        iri=mint("Run", "carekg", number, CONFIGURATION, document_hash),
        document=document,
        tool="carekg",
        version=number,
        configuration=CONFIGURATION,
    )
