"""A QDA project to records: what was coded in each of its sources, as the mapping says.

A segment is a quote where it lies in a transcript or has a code that means "quote"; in a paper, and wherever it has a
code that means "finding", it is a finding in the authors' words. Its other codes say what it illustrates or belongs to.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from ingest.coded.records import (
    STATED,
    Stated,
    concept_of,
    finding,
    link,
    named,
    passages,
    run_of,
    study_of,
    theme_iri,
)
from ingest.coded.units import Unit, speakers, units_of
from ingest.errors import ReaderError
from ingest.extract import united
from ingest.library import Library
from ingest.mapping.project import ProjectMapping, guess_project, label_of, path_of, read_project, write_project
from ingest.quote import quote_of
from ingest.readers.contents import Case, CodedSource, Project, RecordGroup
from ingest.readers.refi.reader import shortened
from ontology.base import Passage, Record
from ontology.identity import mint, normalise_statement
from ontology.model import PREDICATES, Assertion, Finding, Intervention, Quote, Role, Study, Theme
from ontology.namespaces import CKG
from ontology.refi import CONTINUES

_LINKS = {predicate.removeprefix(CKG).casefold(): predicate.removeprefix(CKG) for predicate in PREDICATES}


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What a code means, what the thing is called that it stands for, and where it stands in the codebook."""

    kind: str
    label: str
    path: tuple[str, ...]


def resolve_project(project: Project, library: Library, text: str | None) -> tuple[RecordGroup, ...]:
    """Return the records of a project, a group for each source that has coded segments.

    Raises:
        MappingError: `text` is no mapping of this project.
        ReaderError: no source has both a text and a coded segment.
    """
    mapping = read_project(text, project) if text else guess_project(project)
    codes = {c.guid: _Meaning(mapping.codes[path_of(c)], label_of(c), c.path) for c in project.codes}
    written = write_project(project, mapping)
    notes = list(project.notes)
    groups: list[RecordGroup] = []
    linked: set[tuple[str, str]] = set()
    for source in project.sources:
        reason = _left_out(source, mapping, project, library)
        if reason:
            notes.append(f"left out {source.name}: {reason}")
            continue
        maker = _Maker(project, mapping, codes, source, _study(project, mapping, source, library))
        records, used = maker.records()
        linked |= used
        document = replace(source.document, document=source.document.iri, study=maker.study.iri)
        told = (document, maker.study, run_of(document, "REFI-QDA", written), *records)
        groups.append(RecordGroup(document, told, source.notes))
    if not groups:
        raise _nothing(project, notes)
    notes += _unused(project, codes, linked)
    notes.append(_summary(mapping, guessed=mapping.guessed))
    groups[0] = replace(groups[0], notes=(*notes, *groups[0].notes))
    return tuple(groups)


def _nothing(project: Project, notes: list[str]) -> ReaderError:
    """Return the error of a project that gives no records."""
    if not project.sources:
        told = f"none of its sources is in the file with its text ({notes[0]})" if notes else "it has no sources"
        return ReaderError(project.source, told, "export the project together with its sources")
    if not any(source.segments for source in project.sources):
        problem = f"gives no records: none of its {len(project.sources)} sources has a coded segment"
        return ReaderError(project.source, problem, "export the project together with its coding")
    return ReaderError(
        project.source, f"gives no records ({notes[-1]})", "see `carekg mapping`, or retract what stands"
    )


def _left_out(source: CodedSource, mapping: ProjectMapping, project: Project, library: Library) -> str:
    """Return why a source gives no records, or nothing."""
    if mapping.sources[source.name] == "nothing":
        return f"the mapping says so ({len(source.segments)} coded segments)"
    if not source.segments:
        return "it has no coded segments"
    known = library.document(source.document.iri)
    if known is not None and not known.source.startswith(project.source):
        return (
            f"its text is in the store as {known.source}, with what was found there: retract that first to import this"
        )
    return ""


def _study(project: Project, mapping: ProjectMapping, source: CodedSource, library: Library) -> Study:
    """Return the study that a source belongs to: its case, else itself for a paper, else the one of all transcripts."""
    iri = source.document.iri
    inside = {segment.guid for segment in source.segments}
    studies = _of_kind(project, mapping, "study")
    cases = [case for case in studies if source.guid in case.sources]
    cases = cases or [case for case in studies if inside & set(case.segments)]
    if not cases and mapping.sources[source.name] != "paper":
        told = {name: _text(value) for name, value in mapping.study.items()}
        return study_of(iri, told, library, key=f"refi-qda|{project.key}", level="full text")
    variables = dict(source.variables) | (dict(cases[0].variables) if cases else {})
    told = {mapping.variables[name]: value for name, value in variables.items()}
    stem = PurePosixPath(source.name).stem
    label = source.document.title or (cases[0].name if cases else stem)
    given = {"doi": source.document.doi or ""} | {name: value for name, value in told.items() if value}
    key = f"refi-qda|{project.key}|{cases[0].guid}" if cases else iri
    return study_of(iri, given, library, key=key, level="full text", label=label)


def _of_kind(project: Project, mapping: ProjectMapping, kind: str) -> list[Case]:
    return [case for case in project.cases if mapping.cases[case.name] == kind]


def _text(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


class _Maker:
    """Makes the records of one source."""

    def __init__(
        self,
        project: Project,
        mapping: ProjectMapping,
        codes: Mapping[str, _Meaning],
        source: CodedSource,
        study: Study,
    ) -> None:
        self.project = project
        self.codes = codes
        self.source = source
        self.study = study
        self.is_paper = mapping.sources[source.name] == "paper"
        self.reason = f"coded in {project.name}"
        joins = [(one.origin, one.target) for one in project.links if one.name.casefold() == CONTINUES]
        mentions = {guid for guid, meaning in codes.items() if meaning.kind == "mention"}
        self.units = units_of(source, joins, mentions)
        self.by_code: dict[str, list[Unit]] = defaultdict(list)
        for unit in self.units:
            for code in unit.codes:
                self.by_code[code].append(unit)
        self.roles = self._roles()
        participants = _of_kind(project, mapping, "participant")
        variables = {name for name, meaning in mapping.variables.items() if meaning == "role"}
        is_role = {guid: meaning.label for guid, meaning in codes.items() if meaning.kind == "role"}
        self.speakers = speakers(source, self.units, participants, is_role, variables)
        self.by_guid: dict[str, list[Record]] = defaultdict(list)
        self.voices: dict[str, set[str]] = defaultdict(set)

    def records(self) -> tuple[list[Record], set[tuple[str, str]]]:
        """Return the records, and which links of the project they hold."""
        themes = self._themes()
        stated = self._stated()
        things: dict[str, Record] = {**themes, **stated}
        made: list[Record] = []
        links: list[Assertion | None] = []
        for unit in self.units:
            own = self._of_unit(unit)
            made += own
            for record in own:
                for guid in unit.guids:
                    self.by_guid[guid].append(record)
            for guid in unit.guids:
                self.by_guid[guid] += [things[code] for code in self._named_in(unit) if code in things]
            links += self._links_of(unit, own, things)
        for guid, thing in things.items():
            self.by_guid[guid].append(thing)
        used: set[tuple[str, str]] = set()
        for one in self.project.links:
            explicit = self._explicit(one.name, one.origin, one.target)
            links += explicit
            if explicit or one.name.casefold() == CONTINUES:
                used.add((one.origin, one.target))
        known = [*themes.values(), *(self._with_voices(thing) for thing in stated.values())]
        every = [*self.roles.values(), *known, *made, *(one for one in links if one is not None)]
        return list(united(every)), used

    def _passages(self, units: Iterable[Unit]) -> tuple[Passage, ...]:
        return passages(self.source.document, (place for unit in units for place in unit.places))

    def _coded(self, guid: str) -> list[Unit]:
        """Return the units of a code: those that name it where there are any, else all."""
        every = self.by_code[guid]
        return [unit for unit in every if guid in self._named_in(unit)] or every

    def _named_in(self, unit: Unit) -> list[str]:
        """Return the codes of what a mention names: a barrier and the like, which may be in a theme, else all."""
        if "mention" not in self._kinds(unit):
            return []
        return [guid for guid in unit.codes if self.codes[guid].kind in STATED] or list(unit.codes)

    def _kinds(self, unit: Unit) -> set[str]:
        return {self.codes[guid].kind for guid in unit.codes}

    def _roles(self) -> dict[str, Role]:
        """Return the roles that segments are coded with, by label; their words are these segments."""
        found: dict[str, list[Unit]] = defaultdict(list)
        for guid, meaning in self.codes.items():
            if meaning.kind == "role":
                found[meaning.label] += self._coded(guid)
        return {
            label: Role(
                iri=mint("Role", self.study.iri, "Role", normalise_statement(label)),
                document=self.source.document.iri,
                study=self.study.iri,
                spans=self._passages(units),
                label=label,
                concept=concept_of(label),
                participant=None if self.is_paper else True,
            )
            for label, units in found.items()
            if units
        }

    def _themes(self) -> dict[str, Theme]:
        """Return the themes by code; one that only its sub-themes are coded for rests on their words."""
        codes = {guid: meaning for guid, meaning in self.codes.items() if meaning.kind == "theme"}
        by_path = {meaning.path: guid for guid, meaning in codes.items()}
        found: dict[str, Theme] = {}
        for order, (guid, meaning) in enumerate(codes.items()):
            own = self._coded(guid)
            below = [u for other, m in codes.items() if m.path[: len(meaning.path)] == meaning.path
                     for u in self._coded(other)]  # fmt: skip
            if not below:
                continue
            above = next((by_path[p] for p in _prefixes(meaning.path) if p in by_path), None)
            found[guid] = Theme(
                iri=theme_iri(self.study.iri, meaning.label),
                document=self.source.document.iri,
                study=self.study.iri,
                spans=self._passages(own or below),
                label=meaning.label,
                order=order,
                broader=theme_iri(self.study.iri, codes[above].label) if above else None,
            )
        return found

    def _stated(self) -> dict[str, Stated]:
        """Return the barriers, facilitators and interventions that codes name, by code."""
        found: dict[str, Stated] = {}
        for guid, meaning in self.codes.items():
            spans = self._passages(self._coded(guid)) if meaning.kind in STATED else ()
            if spans:
                cls = STATED[meaning.kind]
                iri, study = self.source.document.iri, self.study.iri
                found[guid] = named(cls, meaning.label, iri, study, spans, self.reason)
        return found

    def _of_unit(self, unit: Unit) -> list[Record]:
        """Return what a segment is by itself: a quote or a finding, and what its words state."""
        kinds = self._kinds(unit)
        told = bool(kinds & {"quote", "finding", "mention"})
        is_finding = "finding" in kinds or (self.is_paper and "theme" in kinds and not told)
        is_quote = "quote" in kinds or (not self.is_paper and not told and bool(kinds - {"role", "nothing"}))
        spans = self._passages([unit])
        words = " ".join(" ".join(span.exact.split()) for span in spans)
        iri, study = self.source.document.iri, self.study.iri
        found: list[Record] = [
            named(STATED[kind.removeprefix("stated ")], words, iri, study, spans, self.reason)
            for kind in sorted(kinds)
            if kind.startswith("stated ")
        ]
        if is_finding:
            found.append(finding(words, iri, study, spans))
        if is_quote:
            found.append(self._quote(unit, spans))
        return found

    def _quote(self, unit: Unit, spans: tuple[Passage, ...]) -> Quote:
        said = self.speakers[unit]
        roles = [self.roles[role].iri if role in self.roles else concept_of(role) for role in said.roles]
        known = list(dict.fromkeys(role for role in roles if role))
        return quote_of(
            spans,
            self.source.document.text,
            document=self.source.document.iri,
            study=self.study.iri,
            kind="block",
            speaker=said.name or (said.roles[0] if said.roles and not known else None),
            roles=known,
        )

    def _links_of(self, unit: Unit, own: list[Record], things: Mapping[str, Record]) -> list[Assertion | None]:
        """Return the links between what a segment is and what it is coded with."""
        coded = [things[guid] for guid in unit.codes if guid in things]
        themes = [thing for thing in coded if isinstance(thing, Theme)]
        spans = self._passages([unit])
        found: list[Assertion | None] = []
        for record in own:
            if isinstance(record, Quote):
                others = [*coded, *(one for one in own if not isinstance(one, Quote | Finding))]
                found += [link("illustrates", record, one, spans, self.reason) for one in others]
                found += [link("supports", record, one, spans, self.reason) for one in own]
                for one in others:
                    self.voices[one.iri].update(record.speaker_roles)
            else:
                found += [link("inTheme", record, theme, spans, self.reason) for theme in themes]
        for thing in coded:
            found += [link("inTheme", thing, theme, spans, self.reason) for theme in themes if thing is not theme]
        return found

    def _explicit(self, name: str, origin: str, target: str) -> list[Assertion]:
        """Return what a link of the project says, where the model has such a link between these two."""
        known = _LINKS.get(name.casefold())
        pairs = [(a, b) for a in self.by_guid.get(origin, ()) for b in self.by_guid.get(target, ())] if known else []
        made = [link(known or "", a, b, (*a.spans[:1], *b.spans[:1]), self.reason) for a, b in pairs]
        return [one for one in made if one is not None]

    def _with_voices(self, thing: Stated) -> Stated:
        """Return a thing with the roles that speak of it in this source."""
        roles = tuple(sorted(self.voices.get(thing.iri, ())))
        if isinstance(thing, Intervention):
            by = () if self.is_paper and not roles else ("participants",)
            return replace(thing, proposer=roles, proposed_by=by)
        return replace(thing, stated_by=roles)


def _prefixes(path: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [path[:length] for length in range(len(path) - 1, 0, -1)]


def _unused(project: Project, codes: Mapping[str, _Meaning], linked: set[tuple[str, str]]) -> list[str]:
    """Return the report of codes and links that gave no record."""
    used = {codes[guid].path for source in project.sources for one in source.segments for guid in one.codes}
    above = {path[:length] for path in used for length in range(1, len(path) + 1)}
    idle = [" > ".join(m.path) for m in codes.values() if m.path not in above and m.kind != "nothing"]
    links = [one.name or "unnamed" for one in project.links if (one.origin, one.target) not in linked]
    notes = [f"{len(idle)} codes have no segment: {shortened(idle)}"] if idle else []
    notes += [f"dropped {len(links)} links that the model does not have: {shortened(links)}"] if links else []
    described = sum(bool(code.description) for code in project.codes)
    return notes + ([f"dropped the descriptions of {described} codes"] if described else [])


def _summary(mapping: ProjectMapping, *, guessed: bool) -> str:
    counts: Counter[str] = Counter(mapping.codes.values())
    told = ", ".join(f"{kind}: {count}" for kind, count in counts.most_common())
    if not guessed:
        return f"codes by the mapping ({told})"
    return f"meaning of the codes guessed from their names ({told}); `carekg mapping` writes it to a file to edit"
