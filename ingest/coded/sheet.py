"""A coding sheet to records: what each row says of its study, and its quotes where the study's text bears them out.

A row's words are spans of the sheet's own document. A quote is looked for in the texts of its study: found, it is a
`Quote` with the exact words of that text; not found, it stays an `UnverifiedQuote` with the reason, and is looked for
again whenever the sheet is resolved with more texts.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from ingest.coded.quoted import Anchored, find_quote, parted_quote
from ingest.coded.records import STATED, concept_of, finding, link, named, passages, run_of, study_of, theme_iri
from ingest.coded.rows import Entry, Part, entries_of
from ingest.extract import united
from ingest.library import Library
from ingest.mapping.sheet import SheetMapping, guess_sheet, read_sheet, write_sheet
from ingest.quote import quote_iri, quote_of
from ingest.readers.contents import RecordGroup, Sheet
from ontology.base import Passage, Record
from ontology.identity import mint, normalise_statement
from ontology.model import (
    LEVELS,
    Determinant,
    Document,
    Intervention,
    Quote,
    Role,
    Study,
    Theme,
    UnverifiedQuote,
)

_LEVEL_WORDS = {"organization": "organisation", "organizational": "organisation", "organisational": "organisation",
                "health system": "system", "professional": "provider", "clinician": "provider", "individual": "patient",
                "interprofessional": "team", "systemic": "system", "policy": "system"}  # fmt: skip


def resolve_sheet(sheet: Sheet, library: Library, text: str | None) -> RecordGroup:
    """Return the records of a sheet; its notes tell how columns were read and what became of the quotes.

    Raises:
        MappingError: `text` is no mapping of this sheet.
    """
    mapping = read_sheet(text, sheet) if text else guess_sheet(sheet)
    maker = _Maker(sheet, library)
    rows, notes = entries_of(sheet, mapping)
    for entry in rows:
        maker.take(entry)
    run = run_of(sheet.document, "a coding sheet", write_sheet(sheet, mapping))
    records = (sheet.document, *maker.studies.values(), run, *maker.records.values())
    return RecordGroup(sheet.document, records, (*sheet.notes, _summary(mapping), *notes, *maker.notes()))


class _Maker:
    """Makes the records of the rows, each thing once."""

    def __init__(self, sheet: Sheet, library: Library) -> None:
        self.document: Document = sheet.document
        self.library = library
        self.studies: dict[str, Study] = {}
        self.records: dict[str, Record] = {}
        self.quoted: Counter[str] = Counter()
        self._named: dict[tuple[tuple[str, str], ...], Study] = {}

    def take(self, entry: Entry) -> None:
        """Make the records of a row."""
        study = self._study(entry.study)
        reason = f"row {entry.number} of {self.document.source}"
        role = self._role(entry, study)
        themes = self._themes(entry, study)
        found: list[Record] = [
            self._keep(finding(p.words, self.document.iri, study.iri, self._at(p))) for p in entry.parts("finding")
        ]
        level = _level(entry.first("level"))
        for kind, cls in STATED.items():
            for part in entry.parts(kind):
                thing = named(cls, part.words, self.document.iri, study.iri, self._at(part), reason)
                found.append(self._keep(_with(thing, role, level)))
        lowest = themes[-1:]
        self._link("inTheme", found, lowest, entry, reason)
        self._link("addresses", found, found, entry, reason)
        about = [*found, *lowest]
        for part in entry.parts("quote"):
            self._quote(entry, part, study, role, about, reason)

    def notes(self) -> list[str]:
        """Return what became of the quotes."""
        return [f"{count} quotes {words}" for words, count in sorted(self.quoted.items())]

    def _at(self, *parts: Part) -> tuple[Passage, ...]:
        return passages(self.document, ((part.start, part.end) for part in parts))

    def _keep(self, record: Record) -> Record:
        """Keep a record; one that other rows name too rests on the words of all."""
        known = self.records.get(record.iri)
        self.records[record.iri] = record if known is None else _united(known, record)
        return self.records[record.iri]

    def _study(self, told: Mapping[str, str]) -> Study:
        key = tuple(sorted(told.items()))
        if key not in self._named:
            names = dict(told)
            label = names.pop("label", "")
            if "authors" not in names:
                names.setdefault("title", label)
            own = f"sheet|{self.document.source}|{normalise_statement(label or names.get('title', ''))}"
            study = study_of(self.document.iri, names, self.library, key=own, level="citation", label=label)
            self._named[key] = self.studies.setdefault(study.iri, study)
        return self._named[key]

    def _role(self, entry: Entry, study: Study) -> str | None:
        """Return the role of who speaks in a row: a role of the study if the row names one, else a concept."""
        part = next(iter(entry.parts("role")), None)
        if part is None:
            return concept_of(entry.first("speaker"))
        iri = mint("Role", study.iri, "Role", normalise_statement(part.words))
        self._keep(
            Role(
                iri=iri,
                document=self.document.iri,
                study=study.iri,
                spans=self._at(part),
                label=part.words,
                concept=concept_of(part.words),
                participant=True,
            )
        )
        return iri

    def _themes(self, entry: Entry, study: Study) -> list[Record]:
        """Return the themes of a row; sub-themes stand below the first theme of the row and come last."""
        made: list[Record] = []
        broader: str | None = None
        for kind in ("theme", "subtheme"):
            for part in entry.parts(kind):
                iri = theme_iri(study.iri, part.words)
                theme = Theme(
                    iri=iri,
                    document=self.document.iri,
                    study=study.iri,
                    spans=self._at(part),
                    label=part.words,
                    broader=broader if kind == "subtheme" and broader != iri else None,
                )
                made.append(self._keep(theme))
            broader = made[0].iri if made else None
        return made

    def _link(self, name: str, ones: list[Record], others: list[Record], entry: Entry, reason: str) -> None:
        for one in ones:
            for other in others:
                made = link(name, one, other, self._at(*entry.coded), reason) if one.iri != other.iri else None
                if made is not None:
                    self._keep(made)

    def _quote(
        self, entry: Entry, part: Part, study: Study, role: str | None, about: list[Record], reason: str
    ) -> None:
        start, end, said_by = parted_quote(part.words)
        words = part.words[start:end]
        speaker = entry.first("speaker") or said_by or None
        role = role or concept_of(said_by)
        texts = [d for d in self.library.documents(study.iri) if d.iri != self.document.iri]
        found = find_quote(words, texts)
        if isinstance(found, Anchored):
            self.quoted["found in the text of their study" + (" in other wording" if found.differs else "")] += 1
            quote = self._keep(self._verified(found, study, speaker, role))
            self._link("supports", [quote], about, entry, reason)
            self._link("illustrates", [quote], about, entry, reason)
            return
        self.quoted[f"not verified: {found}"] += 1
        self._keep(
            UnverifiedQuote(
                iri=mint("UnverifiedQuote", study.iri, normalise_statement(words)),
                document=self.document.iri,
                study=study.iri,
                spans=self._at(Part(words, part.start + start, part.start + end)),
                exact=words,
                speaker=speaker,
                speaker_role=role,
                page=entry.first("page") or None,
                about=tuple(sorted({one.iri for one in about})),
                reason=found,
            )
        )

    def _verified(self, found: Anchored, study: Study, speaker: str | None, role: str | None) -> Quote:
        """Return the quote of the sheet, in agreement with the paper's own where the sheet says nothing else."""
        known = self.library.quote(quote_iri(found.passages))
        own_role = role if role in self.records or known is None or known.speaker_role in (None, role) else None
        return quote_of(
            found.passages,
            found.text,
            document=self.document.iri,
            study=study.iri,
            kind=known.quote_kind if known else "block",
            speaker=speaker,
            roles=(own_role,) if own_role else (),
        )


def _with(thing: Record, role: str | None, level: str | None) -> Record:
    """Return a barrier, facilitator or intervention with who states it and its level, as far as the row says."""
    if isinstance(thing, Intervention):
        return replace(thing, proposer=(role,), proposed_by=("participants",)) if role else thing
    if isinstance(thing, Determinant):
        told = replace(thing, level=level) if level else thing
        return replace(told, stated_by=(role,)) if role else told
    return thing


def _united(known: Record, other: Record) -> Record:
    (one,) = united([known, other])
    return one


def _level(words: str) -> str | None:
    """Return the level of the model that words name.

    >>> _level("Organizational level"), _level("unclear")
    ('organisation', None)
    """
    plain = words.casefold().removesuffix("level").strip(" -")
    plain = _LEVEL_WORDS.get(plain, plain)
    return plain if plain in LEVELS else None


def _summary(mapping: SheetMapping) -> str:
    told = "; ".join(
        ", ".join(f"{header} = {meaning}" for header, meaning in table.items()) for table in mapping.columns.values()
    )
    if not mapping.guessed:
        return f"columns by the mapping: {told}"
    return f"columns guessed from their headers: {told}; `carekg mapping` writes this to a file to edit"
