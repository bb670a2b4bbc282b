"""Which record is which annotated thing: one matcher a kind, over places in the stored text."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from rapidfuzz import fuzz

from ingest.evaluate.gold import Placed
from ingest.evaluate.names import Names, fold, names_in, names_of, parts_of, same_field, same_roles, same_value
from ingest.evaluate.words import Place, Squeezed, overlap
from ingest.extract.voices import AUTHORS
from ontology.base import Record
from ontology.model import (
    CLASSES,
    PREDICATES,
    Assertion,
    BackgroundClaim,
    Concept,
    Determinant,
    Disagreement,
    Document,
    Intervention,
    ParticipantGroup,
    Quote,
    Role,
    Study,
    StudyFact,
    Theme,
)  # fmt: skip
from ontology.slots import slots_of

RANKED = frozenset({"Barrier", "Facilitator", "Intervention"})
"""Kinds that are shown best first."""

_SINGLE = frozenset({"Theme", "DecisionRule", "Circumstance"})
_NO_ROLE = frozenset({"authors", "participants"})
_ENDS = 3
_HALF = 0.5
_ALIKE = 85.0
_WIDE = 600
_ADDRESSES = next(iri for iri, (name, _, _) in PREDICATES.items() if name == "ADDRESSES")
_LEVELS = {"family": "patient", "organization": "organisation"}


@dataclass(frozen=True)
class PaperRecords:
    """What was found in one document, with the document's text as letters."""

    document: Document
    records: tuple[Record, ...]
    concepts: Mapping[str, Concept]
    words: Squeezed

    @cached_property
    def by_iri(self) -> dict[str, Record]:
        """The records by their IRI, the concepts among them."""
        return {**self.concepts, **{record.iri: record for record in self.records}}

    def of(self, *kinds: type[Record]) -> list[Record]:
        """Return the records of these classes, best score first, then as they stand in the text."""
        chosen = [record for record in self.records if isinstance(record, kinds)]
        return sorted(chosen, key=lambda r: (-(getattr(r, "score", None) or 0.0), self.places(r)[:1], r.iri))

    def places(self, record: Record) -> list[Place]:
        """Return where a record's words stand in this document."""
        return [(span.start, span.end) for span in record.spans if span.document == self.document.iri]

    def names(self, iris: Sequence[str]) -> list[Names]:
        """Return what the roles or concepts with these IRIs are called."""
        found = (self.by_iri.get(iri) for iri in iris)
        return [names_of(record, self.concepts) for record in found if isinstance(record, Role | Concept)]


@dataclass(frozen=True, slots=True)
class Match:
    """The annotated things of a kind that the text holds, those found (identifier to record), and the records that
    are right or wrong, in the order in which they are shown. `late` are things found, but only by records that come
    after the first twice as many as there are annotated."""

    gold: tuple[Placed, ...]
    found: Mapping[str, Record]
    right: tuple[Record, ...]
    wrong: tuple[Record, ...]
    details: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    late: frozenset[str] = frozenset()


def match_kind(kind: str, placed: Sequence[Placed], shown: PaperRecords) -> Match:
    """Return how the records of a kind match the annotations of a paper."""
    if kind == "Quote":
        return _quotes(placed, shown)
    if kind == "Role":
        return _roles(placed, shown)
    if kind == "StudyFact":
        return _facts(placed, shown)
    if kind == "Disagreement":
        return _disagreements(placed, shown)
    return _statements(kind, placed, shown)


def _of(kind: str, placed: Sequence[Placed]) -> tuple[Placed, ...]:
    return tuple(p for p in placed if p.item.kind == kind and p.places)


def _covers(gold: Place, shown: Place) -> bool:
    """Whether a record's words are about the annotated ones: half of the shorter, and not a whole passage around it."""
    return overlap(gold, shown) >= _HALF and shown[1] - shown[0] <= max(_WIDE, 4 * (gold[1] - gold[0]))


def _touches(gold: Placed, record: Record, shown: PaperRecords) -> bool:
    return any(_covers(there, here) for there in gold.places for here in shown.places(record))


def _pair(pairs: Mapping[int, Sequence[int]]) -> dict[int, int]:
    """Return a largest matching of annotated things (keys) with records (values), each used once."""
    taken: dict[int, int] = {}

    def seek(gold: int, seen: set[int]) -> bool:
        for record in pairs[gold]:
            if record not in seen:
                seen.add(record)
                if record not in taken or seek(taken[record], seen):
                    taken[record] = gold
                    return True
        return False

    for gold in pairs:
        seek(gold, set())
    return {gold: record for record, gold in taken.items()}


def _sorted_out(
    gold: Sequence[Placed], records: Sequence[Record], fits: Callable[[Placed, Record], bool], *, single: bool
) -> Match:
    """Match by `fits`; with `single`, one record stands for one annotated thing at most (firm ones come first)."""
    order = sorted(gold, key=lambda placed: placed.item.doubtful)
    table = {i: [j for j, record in enumerate(records) if fits(placed, record)] for i, placed in enumerate(order)}
    chosen = _pair(table) if single else {i: js[0] for i, js in table.items() if js}
    found = {order[i].item.id: records[j] for i, j in chosen.items()}
    firm = {j for i, js in table.items() if not order[i].item.doubtful for j in js}
    any_ = {j for js in table.values() for j in js}
    right = tuple(record for j, record in enumerate(records) if j in firm)
    wrong = tuple(record for j, record in enumerate(records) if j not in any_)
    return Match(tuple(gold), found, right, wrong)


def _quotes(placed: Sequence[Placed], shown: PaperRecords) -> Match:
    gold = _of("Quote", placed)
    others = _of("NonQuote", placed)
    quotes = [record for record in shown.of(Quote) if isinstance(record, Quote)]

    def near(there: Placed, record: Record) -> bool:
        start, end = _hull(shown.places(record))
        return any(
            abs(shown.words.index(a) - shown.words.index(start)) <= _ENDS
            and abs(shown.words.index(b) - shown.words.index(end)) <= _ENDS
            for a, b in there.places
        )

    exact = _sorted_out(gold, quotes, near, single=True)
    partly = [
        r for r in exact.wrong if any(overlap(_hull(shown.places(r)), p) >= _HALF for g in gold for p in g.places)
    ]
    false = tuple(record for record in exact.wrong if record not in partly)
    marked = sum(any(overlap(_hull(shown.places(r)), p) > _HALF for g in others for p in g.places) for r in false)
    roles = [names for _, names in _role_names(placed)]
    right = spoken = silent = unnamed = 0
    for one in gold:
        quote = exact.found.get(one.item.id)
        if not isinstance(quote, Quote) or one.item.doubtful:
            continue
        told = one.item.told.get("speaker_role") or one.item.told.get("role")
        given = shown.names(quote.speaker_roles)
        if told:
            spoken += 1
            right += same_roles([_known(part, roles) for part in parts_of(told)], given)
        else:
            unnamed += 1
            silent += not quote.speaker_roles
    details = {
        "speaker role right": (right, spoken),
        "no role where none is told": (silent, unnamed),
        "quotes with other bounds": (len(partly), len(quotes)),
        "no quotes at all": (len(false), len(quotes)),
        "annotated as no quotes": (marked, len(others)),
    }
    return Match(exact.gold, exact.found, exact.right, (*false, *partly), details)


def _hull(places: Sequence[Place]) -> Place:
    return (min(a for a, _ in places), max(b for _, b in places)) if places else (0, 0)


def _known(name: str, roles: Sequence[frozenset[str]]) -> frozenset[str]:
    """Return a name with all names of the annotated roles that share it."""
    wanted = frozenset({fold(name)})
    return wanted.union(*(names for names in roles if wanted & names))


def _role_names(placed: Sequence[Placed]) -> Iterator[tuple[Placed, frozenset[str]]]:
    for one in placed:
        if one.item.kind == "Role":
            told = names_in(str(one.item.told.get("canonical") or one.item.label))
            yield one, told | {fold(words) for words in one.item.words}


def _roles(placed: Sequence[Placed], shown: PaperRecords) -> Match:
    gold = _of("Role", placed)
    roles = [record for record in shown.of(Role) if isinstance(record, Role)]
    wanted = {one.item.id: names for one, names in _role_names(placed)}
    given = {role.iri: names_of(role, shown.concepts) for role in roles}
    own = _sorted_out(gold, roles, lambda g, r: bool(wanted[g.item.id] & given[r.iri].own), single=True)
    left = [role for role in roles if role not in own.found.values()]
    rest = [one for one in gold if one.item.id not in own.found]
    coded = _sorted_out(rest, left, lambda g, r: bool(wanted[g.item.id] & given[r.iri].concept), single=True)
    found = {**own.found, **coded.found}
    used = {record.iri for record in found.values()}
    right = tuple(role for role in roles if role.iri in used)
    details = {"by the vocabulary's name only": (len(coded.found), len(found))}
    return Match(gold, found, right, tuple(role for role in roles if role.iri not in used), details)


def _facts(placed: Sequence[Placed], shown: PaperRecords) -> Match:
    def fits(gold: Placed, record: Record) -> bool:
        if not _touches(gold, record, shown):
            return False
        annotated, value = str(gold.item.told["field"]), f"{gold.item.told['value']}"
        n = gold.item.told.get("n")
        return any(
            same_field(annotated, name) or same_value(value if n is None else f"{n}", told) or same_value(value, told)
            for name, told in _told(record)
        )

    records = shown.of(StudyFact, ParticipantGroup, Study, BackgroundClaim, Role)
    return _sorted_out(_of("StudyFact", placed), records, fits, single=False)


def _told(record: Record) -> Iterator[tuple[str, str]]:
    """Yield the fields and values that a record reports about its study."""
    if isinstance(record, StudyFact):
        yield record.field, record.value
    elif isinstance(record, ParticipantGroup):
        parts = (record.label, record.n, record.sex, record.site, record.stage)
        yield "participant_group", " ".join(str(part) for part in parts if part is not None)
    elif isinstance(record, Role) and record.participant:
        yield "participant_role", record.label
    elif isinstance(record, BackgroundClaim):
        yield "background_claim", record.statement
    elif isinstance(record, Study):
        for slot in slots_of(Study):
            value = getattr(record, slot.name)
            if value and slot.kind in ("str", "int"):
                yield slot.name, " ".join(value) if slot.many else str(value)


def _disagreements(placed: Sequence[Placed], shown: PaperRecords) -> Match:
    """A disagreement is found when what it stands between touches both annotated sides."""
    by_id = {one.item.id: one for one in placed}
    gold = tuple(
        one
        for one in placed
        if one.item.kind == "Disagreement"
        and all(end in by_id and by_id[end].places for end in one.item.told["between"])
    )

    def fits(one: Placed, record: Record) -> bool:
        between = record.between if isinstance(record, Disagreement) else ()
        ends = [shown.by_iri[iri] for iri in between if iri in shown.by_iri]
        return all(any(_touches(by_id[side], end, shown) for end in ends) for side in one.item.told["between"])

    return _sorted_out(gold, shown.of(Disagreement), fits, single=False)


def _statements(kind: str, placed: Sequence[Placed], shown: PaperRecords) -> Match:
    gold = _of(kind, placed)
    records = shown.of(CLASSES[kind])

    def fits(one: Placed, record: Record) -> bool:
        return _touches(one, record, shown) or (isinstance(record, Theme) and _alike(one, record))

    match = _sorted_out(gold, records, fits, single=kind in _SINGLE)
    if kind not in RANKED:
        return match
    first = _sorted_out(gold, records[: 2 * len(gold)], fits, single=False)
    ten = _sorted_out(gold, records[:10], fits, single=False)
    firm = [one for one in gold if not one.item.doubtful]
    own = _sorted_out(firm, records, fits, single=True)
    details = {
        "within the first 2 x annotated": (sum(one.item.id in first.found for one in firm), len(firm)),
        "right among the first 10": (len(ten.right), len(ten.right) + len(ten.wrong)),
        "with a record of their own": (len(own.found), len(firm)),
        **(_links(match, placed, shown) if kind == "Intervention" else _holders(match, placed, shown)),
    }
    late = frozenset(match.found.keys() - first.found.keys())
    return Match(match.gold, match.found, match.right, match.wrong, details, late)


def _alike(gold: Placed, theme: Theme) -> bool:
    wanted = (fold(words) for words in (gold.item.label, *gold.item.words))
    given = [fold(label) for label in (theme.label, *theme.variants)]
    return any(fuzz.ratio(one, other) >= _ALIKE for one in wanted for other in given)


def _holders(match: Match, placed: Sequence[Placed], shown: PaperRecords) -> dict[str, tuple[int, int]]:
    """Level, who states it and whom it is attributed to: judgements, so for information."""
    known = [names for _, names in _role_names(placed)]
    counts = {"level agrees": [0, 0], "stated by agrees": [0, 0], "attributed to agrees": [0, 0]}
    for one in match.gold:
        record, told = match.found.get(one.item.id), one.item.told
        if not isinstance(record, Determinant) or one.item.doubtful:
            continue
        if told.get("level"):
            levels = {_LEVELS.get(level, level) for level in str(told["level"]).split("/")}
            _add(counts["level agrees"], record.level in levels)
        for slot in ("stated_by", "attributed_to"):
            if told.get(slot):
                _add(
                    counts[f"{slot.replace('_', ' ')} agrees"],
                    _same_people(told[slot], getattr(record, slot), known, shown),
                )
    return {name: (right, of) for name, (right, of) in counts.items()}


def _same_people(
    told: Sequence[str], given: Sequence[str], known: Sequence[frozenset[str]], shown: PaperRecords
) -> bool:
    """Say whether roles agree with those annotated; "authors" are nobody's role, "participants" whoever took part."""
    roles = [iri for iri in given if iri != AUTHORS]
    wanted = [_known(part, known) for name in told for part in parts_of(name) if name not in _NO_ROLE]
    if not wanted and "participants" in told:
        return bool(roles)
    return same_roles(wanted, shown.names(roles))


def _add(count: list[int], right: bool) -> None:
    count[0] += right
    count[1] += 1


def _links(match: Match, placed: Sequence[Placed], shown: PaperRecords) -> dict[str, tuple[int, int]]:
    """Who proposes it, and which of the annotated links between found interventions and found barriers were made."""
    proposed = [0, 0]
    barriers = {one.item.id: one for one in _of("Barrier", placed)}
    made = {(r.subject, r.object) for r in shown.records if isinstance(r, Assertion) and r.predicate == _ADDRESSES}
    linked = [0, 0]
    for one in match.gold:
        record, told = match.found.get(one.item.id), one.item.told
        if not isinstance(record, Intervention) or one.item.doubtful:
            continue
        by = set(str(told.get("proposed_by") or "").split("+"))
        _add(proposed, bool(by & set(record.proposed_by)))
        subjects = {r.iri for r in shown.of(Intervention) if _touches(one, r, shown)}
        for end in told.get("addresses") or ():
            objects = {
                r.iri for r in shown.of(CLASSES["Barrier"]) if end in barriers and _touches(barriers[end], r, shown)
            }
            if objects:
                _add(linked, any((subject, object_) in made for subject in subjects for object_ in objects))
    return {"proposed by agrees": (proposed[0], proposed[1]), "addresses the annotated barrier": (linked[0], linked[1])}
