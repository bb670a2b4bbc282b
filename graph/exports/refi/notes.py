"""What a QDA project is made of, noted record by record in lines that are sorted on disk."""

import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from itertools import pairwise
from typing import NamedTuple

from graph.exports.refi.codes import Path, clean, guid, path_of
from graph.names import name_of
from graph.sorting import ordered
from ontology.base import Passage, Record
from ontology.model import (
    Assertion,
    Determinant,
    EvidenceLine,
    Finding,
    Intervention,
    Quote,
    ReviewFinding,
    Role,
    Study,
    Theme,
)
from ontology.namespaces import CKG
from ontology.refi import CONTINUES, FINDING, MENTION, PASSAGES, QUOTE, ROOTS

VARIABLES = {
    "DOI": "doi", "Title": "title", "Authors": "authors", "Year": "year", "Journal": "journal",
    "Objective": "objective", "Design": "design", "Data collection": "data_collection", "Analysis": "analysis",
    "Software": "software", "Sampling": "sampling", "Setting": "setting", "Sites": "sites", "Country": "country",
    "Period": "period", "Participants": "n_participants", "Evidence level": "evidence_level", "carekg IRI": "iri",
}  # fmt: skip
"""Variable of a case to the slot of its study."""
STEP = "\x1f"
"""Between the names of a code: less than whatever a name holds, so that a code stands right before those below it."""
_FIELD = "\x1d"
_EXCERPT = 60
_LINKED = (CKG + "supports", CKG + "addresses")
_CODED = (CKG + "illustrates", CKG + "inTheme")
_SELECTED = (Quote, Finding, Theme, Determinant, Intervention, Role)


class Source(NamedTuple):
    """A document that is a source of the project: its file name, and its study where it names one."""

    name: str
    study: str | None


class Lines:
    """Lines of fields, given in any order and read sorted, each once. A field has no line end and no U+001D."""

    def __init__(self) -> None:
        """Make the file."""
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - `close` ends it

    def add(self, *fields: str) -> None:
        """Note a line."""
        self._file.write((_FIELD.join(fields) + "\n").encode())

    def __iter__(self) -> Iterator[list[str]]:
        """Yield the fields of every line."""
        self._file.seek(0)
        for line in ordered(self._file):
            yield line.decode().rstrip("\n").split(_FIELD)

    def close(self) -> None:
        """Remove the file."""
        self._file.close()


class Notes:
    """The parts of a project. `codes` has lines of (path, IRI, description); `selections` of (document, start, end,
    GUID, "0", name) and (..., GUID, "1", rank, code); `cases` of ("0", study, JSON) and ("1", study, speaker as JSON,
    quote, place, selection); `links` of (rank, key, name, origin, target)."""

    def __init__(self, sources: Mapping[str, Source], find: Callable[[str], Record | None]) -> None:
        """Begin; `find` gives the record of an IRI that is not among those that are being added."""
        self.sources = sources
        self.reviews: list[ReviewFinding] = []
        self.evidence: list[EvidenceLine] = []
        self._find = find
        self._here: dict[str, Record] = {}
        self._of_study: dict[str, list[str]] = {}
        for iri, source in sources.items():
            if source.study:
                self._of_study.setdefault(source.study, []).append(iri)
        self._stack = ExitStack()
        self.codes, self.selections, self.cases, self.links = (self._lines() for _ in range(4))
        for path in (*((root,) for root in ROOTS.values()), *((PASSAGES, name) for name in (QUOTE, FINDING, MENTION))):
            self._code(path)

    def __enter__(self) -> "Notes":
        """Return the notes."""
        return self

    def __exit__(self, *error: object) -> None:
        """Remove the files."""
        self._stack.close()

    def add(self, records: list[Record]) -> None:
        """Note what records give."""
        self._here = {record.iri: record for record in records}
        for record in records:
            if isinstance(record, Study):
                self._case(record)
            elif isinstance(record, Assertion) and record.status != "rejected":
                self._link(record)
            elif isinstance(record, ReviewFinding):
                self.reviews.append(record)
            elif isinstance(record, EvidenceLine):
                self.evidence.append(record)
            elif isinstance(record, _SELECTED):
                self._select(record)
        self._here = {}

    def record(self, iri: str) -> Record | None:
        """Return the record of an IRI."""
        return self._here.get(iri) or self._find(iri)

    def code(self, iri: str) -> str | None:
        """Return the GUID of the code of a record or concept, which is in the codebook from then on."""
        path = path_of(self.record(iri), self.record)
        return self._code(path) if path else None

    def selections_of(self, record: Record | None) -> list[tuple[str, Passage]]:
        """Return the GUIDs of the selections of a record: one for each of its spans that lies in a source."""
        if not isinstance(record, _SELECTED):
            return []
        return [(guid(record.iri, span.iri), span) for span in record.spans if span.document in self.sources]

    def finish(self) -> None:
        """Note the links of a synthesis, whose records may come in any order."""
        reviews = {review.iri for review in self.reviews}
        for line in self.evidence:
            origins = self.selections_of(self.record(line.evidence))
            if origins and line.review_finding in reviews:
                self.links.add("2", line.iri, line.direction, origins[0][0], guid(line.review_finding))
            self.code(line.evidence)

    def _lines(self) -> Lines:
        lines = Lines()
        self._stack.callback(lines.close)
        return lines

    def _code(self, path: Path, iri: str = "", description: str = "") -> str:
        for length in range(1, len(path)):
            self.codes.add(STEP.join(path[:length]), "", "")
        self.codes.add(STEP.join(path), iri, description)
        return guid("code", *path)

    def _select(self, record: Record) -> None:
        """Note a selection for each span of a record; those of a quote or finding are tied together."""
        codes: list[str | None] = []
        passage = MENTION
        if isinstance(record, Quote):
            passage = QUOTE
            codes = [self.code(role) for role in record.speaker_roles]
        elif isinstance(record, Finding):
            passage = FINDING
        else:
            path = path_of(record, self.record)
            level = record.level if isinstance(record, Determinant) else None
            codes = [self._code(path, record.iri, f"level: {' '.join(level.split())}" if level else "")] if path else []
        found = self.selections_of(record)
        for own, span in found:
            self.selections.add(*_place(own, span), "0", _excerpt(span.exact))
            self._coded(own, span, "0", guid("code", PASSAGES, passage))
            for code in filter(None, codes):
                self._coded(own, span, "3" if isinstance(record, Quote) else "1", code)
        if isinstance(record, Quote | Finding):
            for (origin, _), (target, _) in pairwise(found):
                self.links.add("0", f"{origin}|{target}", CONTINUES, origin, target)
        if isinstance(record, Quote) and record.speaker and record.speaker.strip():
            for at, (own, _) in enumerate(found):
                self.cases.add("1", record.study or "", json.dumps(record.speaker), record.iri, f"{at:06}", own)

    def _coded(self, own: str, span: Passage, rank: str, code: str) -> None:
        self.selections.add(*_place(own, span), "1", rank, code)

    def _case(self, study: Study) -> None:
        values = []
        for name, slot in VARIABLES.items():
            value = getattr(study, slot)
            words = "; ".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
            values += [(name, words)] if words else []
        held = set(self._of_study.get(study.iri, ()))
        own = study.document
        if own and own in self.sources and not self.sources[own].study:
            held.add(own)
        told = {"name": name_of(study), "values": values, "sources": sorted(held)}
        self.cases.add("0", study.iri, json.dumps(told))

    def _link(self, link: Assertion) -> None:
        if link.predicate in _CODED:
            code = self.code(link.object)
            for own, span in self.selections_of(self.record(link.subject)) if code else ():
                self._coded(own, span, "2", code or "")
        elif link.predicate in _LINKED:
            origins, targets = (self.selections_of(self.record(end)) for end in (link.subject, link.object))
            if origins and targets:
                self.links.add("1", link.iri, link.predicate.removeprefix(CKG), origins[0][0], targets[0][0])


def _place(own: str, span: Passage) -> tuple[str, str, str, str]:
    return span.document, f"{span.start:012}", f"{span.end:012}", own


def _excerpt(words: str) -> str:
    """Return the beginning of the words of a selection as its name, as other programs do.

    >>> _excerpt("Nobody  rang\\nus back.")
    'Nobody rang us back.'
    """
    flat = " ".join(clean(words).split())
    return flat if len(flat) <= _EXCERPT else flat[:_EXCERPT].rstrip() + "…"
