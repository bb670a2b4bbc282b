"""Full text and facets over the records that people look for: words with their stems, and roles with all their names.

The index is made once for a state of the store and held in memory by whoever asks often (`SearchIndex.of`).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import snowballstemmer

from graph.names import name_of, words_of
from graph.store import EvidenceGraph
from ontology.base import Record
from ontology.model import Concept, Quote, Role, Section
from ontology.vocabulary import Vocabulary, load_vocabulary

KINDS = (
    "Quote", "Finding", "Position", "Barrier", "Facilitator", "Intervention", "Theme", "DecisionRule", "Circumstance",
    "Disagreement", "Limitation", "ResearchRecommendation", "BackgroundClaim", "Role", "Study", "StudyFact",
)  # fmt: skip
"""The kinds of record that can be searched."""

FACETS = ("kind", "study", "role", "level", "section")
NONE = "(not said)"
"""The value of a facet for records that have none."""

_ROLE_SLOTS = (
    "speaker_role",
    "co_speakers",
    "held_by",
    "stated_by",
    "attributed_to",
    "proposer",
    "roles",
    "role",
    "answer_role",
)
_TEXT_SLOTS = (
    "label", "variants", "alternatives", "abbreviation", "statement", "reading", "question", "answer", "condition",
    "title", "objective", "design", "authors", "journal", "speaker", "field", "value",
)  # fmt: skip
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that was found: what to call it, its facets, and its place in the ranking (higher is better)."""

    iri: str
    kind: str
    name: str
    study: str
    study_name: str
    facets: Mapping[str, tuple[str, ...]]
    score: float | None
    rank: float


@dataclass(frozen=True, slots=True)
class Found:
    """What a search gave: `hits` are rows offset .. offset + limit of `total`; `facets` counts, for each facet, what
    choosing a value of it would give while the other facets stay as they are."""

    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, Mapping[str, int]]
    close: tuple[str, ...] = ()


@dataclass(slots=True)
class SearchIndex:
    """Which records hold which stems, for one state of a store."""

    hits: list[Hit] = field(default_factory=list)
    postings: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    words: Counter[str] = field(default_factory=Counter)
    names: dict[str, list[frozenset[str]]] = field(default_factory=dict)

    @classmethod
    def of(cls, graph: EvidenceGraph) -> "SearchIndex":
        """Return the index of what the store holds now."""
        index = cls()
        records = {record.iri: record for record in graph.records()}
        concepts = {record.iri: record for record in graph.concepts()}
        sections = _sections(records.values())
        known = records | concepts
        for record in records.values():
            if type(record).__name__ in KINDS:
                index._add(record, known, sections)
        index.names = _names_of_roles(load_vocabulary())
        return index

    def search(
        self, text: str = "", chosen: Mapping[str, Iterable[str]] | None = None, *, limit: int = 50, offset: int = 0
    ) -> Found:
        """Return the records that hold every word of `text` and have one of the chosen values of every facet.

        The last word may be the beginning of one. Words match by their stems; a word that names a role of the
        vocabulary ("GP") is found under all the role's names. Best first: rarer words count more, then the record's
        own score.

        Raises:
            KeyError: `chosen` names a facet that is none of `FACETS`.
        """
        ranks = self._match(text)
        wanted = {name: frozenset(values) for name, values in (chosen or {}).items() if values}
        if unknown := wanted.keys() - set(FACETS):
            raise KeyError(f"{sorted(unknown)} is no facet; use one of {', '.join(FACETS)}")
        facets = {}
        for facet in FACETS:
            others = {name: values for name, values in wanted.items() if name != facet}
            within = (at for at in ranks if self._fits(at, others))
            counts = Counter(value for at in within for value in self.hits[at].facets[facet])
            facets[facet] = dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
        kept = [at for at in ranks if self._fits(at, wanted)]
        kept.sort(key=lambda at: (-ranks[at], -(self.hits[at].score or 0.0), at))
        rows = tuple(replace(self.hits[at], rank=ranks[at]) for at in kept[offset : offset + limit])
        return Found(rows, len(kept), facets, () if ranks else tuple(self._close(text)))

    def _add(self, record: Record, known: Mapping[str, Record], sections: "_Sections") -> None:
        roles = dict.fromkeys(_role_name(iri, known) for slot in _ROLE_SLOTS for iri in _many(record, slot))
        facets = {
            "kind": (type(record).__name__,),
            "study": (record.study or NONE,),
            "role": tuple(roles) or (NONE,),
            "level": (getattr(record, "level", None) or NONE,),
            "section": (sections.kind_at(record),),
        }
        study = known.get(record.study or "")
        at = len(self.hits)
        score: float | None = getattr(record, "score", None)
        name = name_of(record)
        self.hits.append(
            Hit(
                record.iri,
                facets["kind"][0],
                name,
                record.study or "",
                name_of(study) if study else "",
                facets,
                score,
                0,
            )
        )
        held = " ".join(
            [words_of(record), *(str(part) for slot in _TEXT_SLOTS for part in _many(record, slot)), *roles]
        )
        found = [word.casefold() for word in _WORD.findall(held)]
        self.words.update(set(found))
        for stem in set(_stems(found)):
            self.postings[stem].add(at)

    def _match(self, text: str) -> dict[int, float]:
        asked = [word.casefold() for word in _WORD.findall(text)]
        if not asked:
            return dict.fromkeys(range(len(self.hits)), 0.0)
        ranks: dict[int, float] | None = None
        for at, word in enumerate(asked):
            holding = self._holding(word, beginning=at == len(asked) - 1 and text[-1:].isalnum())
            weight = 1.0 / (1 + len(holding))
            now = {n: weight for n in holding}
            ranks = now if ranks is None else {n: ranks[n] + weight for n in ranks.keys() & now.keys()}
        return ranks or {}

    def _holding(self, word: str, *, beginning: bool) -> set[int]:
        found = set(self.postings.get(_stems([word])[0], ()))
        if beginning and len(word) > 1:
            for stem in {stem for stem in self.postings if stem.startswith(word)}:
                found |= self.postings[stem]
        for stems in self.names.get(word, ()):
            found |= set.intersection(*(self.postings.get(stem, set()) for stem in stems))
        return found

    def _fits(self, at: int, wanted: Mapping[str, frozenset[str]]) -> bool:
        return all(not values.isdisjoint(self.hits[at].facets[name]) for name, values in wanted.items())

    def _close(self, text: str) -> Iterator[str]:
        from rapidfuzz import process

        for word in _WORD.findall(text):
            if not self._holding(word.casefold(), beginning=True):
                yield from (
                    match[0] for match in process.extract(word.casefold(), list(self.words), limit=3, score_cutoff=70)
                )


class _Sections:
    """Where the sections of every document lie."""

    def __init__(self) -> None:
        self._by_document: dict[str, list[Section]] = defaultdict(list)

    def add(self, section: Section) -> None:
        self._by_document[section.document or ""].append(section)

    def kind_at(self, record: Record) -> str:
        if not record.spans:
            return NONE
        at, document = record.spans[0].start, record.spans[0].document
        inside = [s for s in self._by_document.get(document, ()) if s.start <= at < s.end]
        if not inside:
            return NONE
        if any(section.in_abstract for section in inside):
            return "abstract"
        return min(inside, key=lambda s: s.end - s.start).section_kind


def _sections(records: Iterable[Record]) -> _Sections:
    found = _Sections()
    for record in records:
        if isinstance(record, Section):
            found.add(record)
    return found


def _many(record: Record, slot: str) -> tuple[object, ...]:
    value = getattr(record, slot, None)
    if value is None or (slot == "reading" and not isinstance(record, Quote)):
        return ()
    return value if isinstance(value, tuple) else (value,)


def _role_name(iri: object, known: Mapping[str, Record]) -> str:
    """The name that a role has across studies: that of its concept, else its own."""
    role = known.get(str(iri))
    concept = known.get(role.concept or "") if isinstance(role, Role) else role
    named = concept if isinstance(concept, Concept) else role
    return words_of(named) if named else str(iri)


def _names_of_roles(vocabulary: Vocabulary) -> dict[str, list[frozenset[str]]]:
    """One-word names and abbreviations of roles, each with the stems of all other names of the same role."""
    by_concept: dict[str, list[str]] = defaultdict(list)
    for form, concept in vocabulary.surface_forms("role"):
        by_concept[concept.iri].append(form)
    found: dict[str, list[frozenset[str]]] = {}
    for forms in by_concept.values():
        others = [frozenset(_stems(_WORD.findall(form.casefold()))) for form in forms]
        for form in forms:
            if _WORD.fullmatch(form):
                found.setdefault(form.casefold(), []).extend(others)
    return found


def _stems(words: list[str]) -> list[str]:
    return list(snowballstemmer.stemmer("english").stemWords(words))
