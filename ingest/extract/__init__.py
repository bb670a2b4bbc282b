"""Document -> records: study, roles, quotes, themes, findings, determinants, interventions and the links between them.

The stages run in one order, each with what those before it found; every stage is a pure function of its arguments.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ingest.configuration import TOOL, current
from ingest.extract.claims.extraction import extract_claims
from ingest.extract.context import Located, Refusal
from ingest.extract.determinants import extract_determinants
from ingest.extract.findings import extract_findings
from ingest.extract.interventions import extract_interventions
from ingest.extract.links import extract_links
from ingest.extract.quotes.extraction import extract_quotes
from ingest.extract.ranking import MOST
from ingest.extract.roles.extraction import extract_roles
from ingest.extract.study.extraction import extract_study, study_identity
from ingest.extract.study.text import lines
from ingest.extract.themes.extraction import extract_themes
from ingest.parted import parted
from ingest.readers import ReadDocument
from ingest.reading import Reading
from ontology.base import Record
from ontology.identity import mint
from ontology.model import Document, Run, Section
from ontology.slots import slots_of


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was found in one document, in a fixed order, one record an IRI; what was seen and not kept; and `notes` on
    what was cut."""

    records: tuple[Record, ...]
    refused: tuple[Refusal, ...]
    notes: tuple[str, ...] = ()


def extract(read: ReadDocument, study: str | None = None) -> Extraction:
    """Return every record of a document: itself, its sections, what its study reports, the links and the run.

    The document is in itself and the study is of itself, so that records can be grouped by either. `study` is the IRI
    of the study where it is known already, under another name than the one that the document itself would give it.

    >>> from ingest.readers import read
    >>> found = extract(read(b"Handing over\\n\\nRESULTS\\n\\nNurses said that nobody called back.", "a.txt"))
    >>> [type(record).__name__ for record in found.records][:2]
    ['Document', 'Section']
    """
    reading = parted(read.reading)
    study = study or study_identity(read)
    document = replace(read.document, document=read.document.iri, study=study)
    roles = extract_roles(reading, study)
    quotes, refused = extract_quotes(reading, study, roles)
    told = tuple(lines(reading, quotes))
    about = extract_study(reading, document, study, roles, quotes, told)
    claims = extract_claims(reading, study, roles, quotes, told)
    themes = extract_themes(reading, study, quotes)
    findings = extract_findings(reading, study, roles, quotes, themes)
    aside = (*claims.limitations, *claims.recommendations)
    determinants = extract_determinants(
        reading, study, roles, quotes, themes, claims.background, aside, findings.voices
    )
    interventions, cut = extract_interventions(reading, study, roles, quotes, determinants, claims.background)
    itself = about.study._replace(record=replace(about.study.record, study=study))
    groups: tuple[Sequence[Located[Record]], ...] = (
        (itself,), about.facts, about.groups, roles.records, quotes,
        claims.limitations, claims.recommendations, claims.background, themes,
        findings.findings, findings.positions, findings.rules, findings.circumstances, findings.disagreements,
        determinants.barriers, determinants.facilitators, interventions,
    )  # fmt: skip
    located = [one for group in groups for one in group]
    links = extract_links(reading, study, located)
    found = (document, *_sections(reading, study), *(one.record for one in located), *links, _run(document))
    left = zip(("barriers", "facilitators", "interventions"), (*determinants.left, cut), strict=True)
    notes = (f"beyond the {MOST} likeliest {kind} {count} statements are left out" for kind, count in left if count)
    return Extraction(tuple(united(found)), refused, tuple(notes))


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


def _sections(reading: Reading, study: str) -> Iterator[Section]:
    """Yield the sections of the view as records; their offsets are in the stored text, their words are the heading."""
    for order, section in enumerate(reading.sections):
        first, last = _stored(reading, section.start, section.end)
        yield Section(
            iri=mint("Section", reading.document, str(order), section.kind, section.heading),
            document=reading.document,
            study=study,
            spans=reading.spans(section.heading_start, section.heading_end),
            section_kind=section.kind,
            heading=section.heading or None,
            in_abstract=section.in_abstract,
            order=order,
            start=first,
            end=last,
        )


def _stored(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """Return where the stored words of view[start:end] begin and end; between two cuts they follow each other."""
    if start == end:
        return 0, 0
    cuts = reading.cuts[bisect_right(reading.cuts, start) : bisect_left(reading.cuts, end)]
    first = min(reading.offsets[at] for at in (start, *cuts))
    return first, max(reading.offsets[at - 1] for at in (*cuts, end)) + 1


def _run(document: Document) -> Run:
    """Return the run: the same tool, version and configuration over the same text is the same run."""
    settings = current()
    return Run(
        iri=mint("Run", TOOL, settings.version, settings.settings, document.iri),
        document=document.iri,
        tool=TOOL,
        version=settings.version,
        configuration=settings.settings,
    )
