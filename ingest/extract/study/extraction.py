"""A study as one document reports it: its facts with their words, its participants, and a summary of both."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.extract.context import Located, RoleIndex, make
from ingest.extract.screening import Pattern
from ingest.extract.study.aims import aims
from ingest.extract.study.analysis import ANALYSIS
from ingest.extract.study.collection import COLLECTION
from ingest.extract.study.columns import Counts, column_tables, count_rows, heads
from ingest.extract.study.design import PARENT, counts, designs, with_parents
from ingest.extract.study.flow import flow
from ingest.extract.study.front import front_facts, title_place
from ingest.extract.study.grids import sizes, tallies
from ingest.extract.study.groups import Group, groups
from ingest.extract.study.not_done import was_not_done
from ingest.extract.study.numbers import dates, number_of
from ingest.extract.study.people import counts_people
from ingest.extract.study.places import of_addresses, places
from ingest.extract.study.rules import apply
from ingest.extract.study.tables import rows, sample_tables, total
from ingest.extract.study.text import Found, Line, lines, say
from ingest.readers import ReadDocument
from ingest.reading import Reading
from ontology.base import Passage
from ontology.identity import study_iri
from ontology.model import Document, ParticipantGroup, Quote, Study, StudyFact

_MOST_SPANS = 8
_BODY = frozenset({"methods", "results"})
_FULL_TEXT = 6000
_STRUCTURED = 4000
_PERIOD_CUE = Pattern(
    r"\b(?:interview\w*|focus[- ]?groups?|data|collect\w*|recruit\w*|conduct\w*|carried out|took place|occurred|held"
    r"|study|fieldwork|enrol\w*|selected|admitted|invit\w+|surveys?|survey\w*|observ\w+|trial ran|session\w*)\b",
    re.IGNORECASE,
)
_ALL = "participants"
"""Of those who are only called so, fewer than in another place are a part of the sample."""
_PLACES = frozenset({"location", "site"})
_GROUPED = frozenset({"type", "arm"}) | _PLACES
_SINGLE = re.compile(r"(?<!group )\w+ interview\Z")
"""A kind of interview that is no group's."""
_SINCE = re.compile(
    r"(?:\b(?:data|(?:semi[- ]structured |in[- ]depth )?interviews?|(?:the )?focus groups?(?: interviews?)?"
    r"|recruitment|fieldwork) (?:was|were|took|occurred|collection)(?: \w+){0,3} )?"
    r"\b(?:between|from|during|in|conducted|over) (?:the period )?$",
    re.IGNORECASE,
)
_NO_PERIOD = Pattern(
    r"\b(?:ethic\w*|approv\w*|version|published|guideline|act\b|census|policy|registration|launched"
    r"|introduced|born|Ltd|conference|congress|symposium)\b|\b(?:trial|study|protocol)\b[^.;]{0,40}\bregistered\b",
    re.IGNORECASE,
)
_NUMBERS = frozenset({"analysis_rounds", "number_of_pages", "citation_count"})
_SLOTS = {
    "objective": ("objective",), "title": ("title",), "journal": ("journal",), "doi": ("doi",), "design": ("design",),
    "data_collection": ("data_collection_method",), "analysis": ("analysis_method",), "software": ("software",),
    "sampling": ("sampling_method",), "setting": ("setting",), "sites": ("site",), "country": ("country",),
    "period": ("interview_dates",), "authors": ("author",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class StudyParts:
    """What a document says about the study that it reports."""

    study: Located[Study]
    facts: tuple[Located[StudyFact], ...]
    groups: tuple[Located[ParticipantGroup], ...]


def study_identity(read: ReadDocument) -> str:
    """Return the IRI of the study that a document reports, from the best key that the document gives."""
    document = read.document
    front = list(front_facts(read.reading, document))
    first_author = next((fact.value for fact in front if fact.field == "author"), None)
    published = next((fact.value[:4] for fact in front if fact.field == "publication_date"), None)
    doi = document.doi or next((fact.value for fact in front if fact.field == "doi"), None)
    return study_iri(
        document=document.iri,
        doi=doi,
        pmid=document.pmid,
        pmcid=document.pmcid,
        title=document.title,
        year=published,
        first_author=first_author,
    )


def extract_study(
    reading: Reading,
    document: Document,
    study: str,
    roles: RoleIndex,
    quotes: Sequence[Located[Quote]],
    told: Sequence[Line] | None = None,
) -> StudyParts:
    """Return the study that a document reports, its facts and its groups of participants, in the order of the text.

    Every fact rests on the words that report it. The study's own slots sum up the facts, and its spans are theirs.
    `told` are the sentences that nobody is quoted in, where another stage has them.
    """
    told = list(lines(reading, quotes)) if told is None else told
    sampled = [line for line in told if counts_people(line)]
    counted = list(groups(sampled, roles))
    listed: list[Counts] = []
    for start, end in column_tables(reading):
        counted.extend(heads(reading, start, end))
        if not reading.text.count("\t", start, end):
            listed.extend(count_rows(reading, start, end, roles))
    counted.extend(group for row in listed if row.total for group in row.groups)
    tallied = list(tallies(reading, roles))
    counted.extend(group for tally in tallied if tally.total for group in tally.groups(roles))
    found = [*front_facts(reading, document), *_reported(reading, document, told, sampled, roles), *_of_groups(counted)]
    found.extend(row.fact for row in listed if not row.total)
    counted.extend(group for row in listed if not row.total for group in row.groups)
    made = [_group(reading, study, roles, group, _site(group.label)) for group in counted]
    for tally in (one for one in tallied if not one.total):
        found.append(tally.fact)
        site = tally.label if tally.about in _PLACES else None
        made.extend(_group(reading, study, roles, group, site) for group in tally.groups(roles))
    found.extend(sizes(reading))
    for start, end in sample_tables(reading):
        whole = total(reading, start, end)
        found.extend([whole] if whole else [])
        for row in rows(reading, start, end):
            found.append(row.fact)
            if row.sex or row.about in _GROUPED or roles.resolve(row.label):
                site = row.label if row.about in _PLACES else None
                made.append(_group(reading, study, roles, Group(row.label, row.n, row.start, row.end), site))
    facts = _merged(reading, study, found)
    return StudyParts(_study(reading, document, study, facts), facts, tuple(_unique(made)))


def _reported(
    reading: Reading, document: Document, told: Sequence[Line], sampled: Sequence[Line], roles: RoleIndex
) -> Iterator[Found]:
    """The facts that sentences report; `sampled` are those that count people."""
    place = title_place(reading, document)
    titled = [*told]
    if place:
        words = reading.text[place[0] : place[1]]
        titled.insert(0, Line(words, place[0], place[1], "abstract", "", True, -1, True))
    yield from designs(titled)
    yield from aims(told)
    done = (fact for fact in apply((*COLLECTION, *ANALYSIS, *PARENT), told) if not was_not_done(reading, fact))
    yield from _special(reading, done)
    yield from counts(told)
    yield from flow(sampled, roles)
    where = list(places(with_parents(titled)))
    yield from where
    if not any(found.field == "country" for found in where):
        yield from of_addresses(reading)
    yield from _periods(told)
    yield from _participants(told, roles)


def _special(reading: Reading, found: Iterable[Found]) -> Iterator[Found]:
    """Leave out that there were interviews where the same words say of what kind, or where they were focus groups."""
    told = list(found)
    kinds = sorted((fact.start, fact.end) for fact in told if _is_kind(fact) and fact.value != "interview")
    talked = any("interview" in reading.text[start:end] for start, end in kinds)
    groups_only = talked and not any(_is_kind(fact) and _SINGLE.search(fact.value) for fact in told)
    for fact in told:
        before = bisect_left(kinds, (fact.end, 0))
        beside = before > 0 and kinds[before - 1][1] > fact.start
        if not ((beside or groups_only) and _is_kind(fact) and fact.value == "interview"):
            yield fact


def _is_kind(fact: Found) -> bool:
    return fact.field == "data_collection_method"


def _participants(told: Iterable[Line], roles: RoleIndex) -> Iterator[Found]:
    """The roles that took part, where abstract or methods name them first."""
    labels = {role.record.iri: role.record.label for role in roles.records if role.record.participant}
    for line in told:
        if line.zone not in ("abstract", "methods"):
            continue
        for mention in roles.between(line.start, line.end):
            label = labels.pop(mention.role, None)
            if label:
                yield Found("participant_role", label, mention.start, mention.end)


def _periods(told: Iterable[Line]) -> Iterator[Found]:
    for line in told:
        if line.kind not in ("methods", "abstract", "results") and not line.in_abstract:
            continue
        if not _PERIOD_CUE.search(line.text) or _NO_PERIOD.search(line.text):
            continue
        for start, end, value in dates(line.text):
            if len(value) > 4:
                lead = _SINCE.search(line.text[:start])
                yield Found("interview_dates", value, line.start + (lead.start() if lead else start), line.start + end)


def _of_groups(counted: Iterable[Group]) -> Iterator[Found]:
    told = list(counted)
    most = max((group.n for group in told if group.label.casefold() == _ALL), default=0)
    for group in told:
        if group.label.casefold() == _ALL and group.n < most:
            continue
        slug = re.sub(r"\W+", "_", group.label.casefold()).strip("_")
        if 0 < len(slug) <= 40 and group.stage in (None, "completed"):
            yield Found(f"n_{slug}", str(group.n), group.start, group.end)
        if group.credentials:
            yield Found("credentials", "", *group.credentials)


def _sex(label: str) -> str | None:
    words = label.casefold().split()
    female = any(word in ("women", "woman", "female", "females") for word in words)
    male = any(word in ("men", "man", "male", "males") for word in words)
    return None if female == male else "female" if female else "male"


def _site(label: str) -> str | None:
    return label.removeprefix("from ") if label.startswith("from ") else None


def _group(reading: Reading, study: str, roles: RoleIndex, group: Group, site: str | None) -> Located[ParticipantGroup]:
    role = group.role or roles.resolve(group.label)
    if role is None:
        inside = roles.between(group.start, group.end)
        role = inside[-1].role if inside else None
    return make(
        ParticipantGroup,
        reading,
        study,
        group.start,
        group.end,
        key=f"{group.label}\x1f{group.n}",
        label=group.label,
        role=role,
        n=group.n,
        sex=_sex(group.label),
        site=site,
        stage=group.stage,
    )


def _unique(made: Iterable[Located[ParticipantGroup]]) -> list[Located[ParticipantGroup]]:
    kept: dict[str, Located[ParticipantGroup]] = {}
    for group in sorted(made, key=lambda located: (located.start, located.end)):
        if group.record.iri in kept:
            first = kept[group.record.iri]
            record = replace(
                first.record,
                spans=(*first.record.spans, *group.record.spans)[:_MOST_SPANS],
                stage=first.record.stage or group.record.stage,
                role=first.record.role or group.record.role,
            )
            kept[group.record.iri] = first._replace(record=record)
        else:
            kept[group.record.iri] = group
    return list(kept.values())


def _merged(reading: Reading, study: str, found: Iterable[Found]) -> tuple[Located[StudyFact], ...]:
    """One fact for each field and value, with all places that report it, the first of them leading."""
    places_of: dict[tuple[str, str], list[Found]] = {}
    for fact in sorted(found, key=lambda fact: (fact.start, -fact.end, fact.field)):
        value = fact.value or say(reading.text[fact.start : fact.end])
        number = number_of(value) if fact.field in _NUMBERS or fact.field.startswith("n_") else None
        value = value if number is None else str(number)
        same = places_of.setdefault((fact.field, value.casefold()), [])
        if not same or same[-1].end <= fact.start:
            same.append(fact if fact.value == value else fact._replace(value=value))
    facts = []
    for (name, key), same in places_of.items():
        first = same[0]
        made = make(
            StudyFact, reading, study, first.start, first.end, key=f"{name}\x1f{key}", field=name, value=first.value
        )
        spans = tuple(span for fact in same[:_MOST_SPANS] for span in reading.spans(fact.start, fact.end))
        if spans:
            facts.append(made._replace(record=replace(made.record, spans=spans)))
    return tuple(facts)


def _study(reading: Reading, document: Document, study: str, facts: Sequence[Located[StudyFact]]) -> Located[Study]:
    values: dict[str, list[str]] = {}
    for fact in facts:
        values.setdefault(fact.record.field, []).append(fact.record.value)

    def all_of(slot: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value for name in _SLOTS[slot] for value in values.get(name, ())))

    def first_of(slot: str) -> str | None:
        return next(iter(all_of(slot)), None)

    published = next(iter(values.get("publication_date", ())), None)
    spans: dict[tuple[int, int], Passage] = {}
    for fact in facts:
        for span in fact.record.spans:
            spans.setdefault((span.start, span.end), span)
    numbers = [int(value) for value in values.get("n_participants", values.get("sample_total", ()))]
    record = Study(
        iri=study,
        document=reading.document,
        study=study,
        spans=tuple(spans[key] for key in sorted(spans)),
        title=first_of("title") or document.title,
        authors=all_of("authors"),
        year=published[:4] if published else None,
        journal=first_of("journal"),
        doi=document.doi or first_of("doi"),
        objective=first_of("objective"),
        design=all_of("design"),
        data_collection=all_of("data_collection"),
        analysis=all_of("analysis"),
        software=all_of("software"),
        sampling=all_of("sampling"),
        setting=all_of("setting"),
        sites=all_of("sites"),
        country=all_of("country"),
        period=first_of("period"),
        n_participants=numbers[0] if numbers else None,
        evidence_level=_evidence_level(reading),
    )
    return Located(record, 0, len(reading.text))


def _is_all_abstract(reading: Reading) -> bool:
    """Say whether a short text that cites nothing is an abstract whose headings have a paragraph each, without
    "Abstract" above them."""
    paragraphs = Counter(block.section for block in reading.blocks if block.kind == "paragraph")
    return (
        len(reading.text) <= _STRUCTURED
        and not reading.citations
        and not any(section.in_abstract for section in reading.sections)
        and {"background", "methods", "results"} <= {section.kind for section in reading.sections}
        and max(paragraphs.values(), default=0) == 1
    )


def _evidence_level(reading: Reading) -> str:
    """Return "full text" where methods or results stand outside the abstract, or the text is too long for one, and
    "citation" where there is nothing but front matter."""
    if reading.told and all(block.kind in ("title", "front") for block in reading.blocks):
        return "citation"
    told = any(s.kind in _BODY and not s.in_abstract for s in reading.sections) and not _is_all_abstract(reading)
    return "full text" if told or len(reading.text) > _FULL_TEXT else "abstract"
