"""Hypothesis strategies for records, made from the slot table: what the model and the shapes allow."""

import re
from typing import Any

from hypothesis import strategies as st

from ontology.base import Passage, Record
from ontology.identity import document_iri, mint, sha256_of
from ontology.model import (
    CLASSES,
    PREDICATES,
    ComponentAssessment,
    Concept,
    ConceptScheme,
    ConfidenceAssessment,
    Decision,
    Document,
    EvidenceLine,
    Quote,
    Recommendation,
    ReviewFinding,
    Run,
    Section,
    Study,
)
from ontology.slots import Slot, slots_of

_SYNTHESIS = (ReviewFinding, EvidenceLine, ConfidenceAssessment, ComponentAssessment, Recommendation)
FROM_NO_DOCUMENT = (Concept, ConceptScheme, Decision, *_SYNTHESIS)
"""What people add over all documents."""
WITHOUT_WORDS = (*FROM_NO_DOCUMENT, Document, Section, Study, Run)
"""What rests on no words of a document."""

HOSTILE = (
    "\"it's\" \\'both\\' `and` \\", "two\nlines\r\nthree\rfour\u2028five\u0085six", "\\n \\u0041 \\", " lead, trail\t",
    "\u202eright to left\u202c \u2066isolated\u2069 \u200f", "شرح و توضيح עברית", "\U0001f469\u200d\u2695\ufe0f",
    "\u0301", "e\u0301 \u00e9", "\u20dd\u0489", "\ufeffmark", "\u00a0\u3000", "\x01\x1f\x7f\ufffe\U0010ffff",
    "<b>&amp;</b>]]>", "'); MATCH (n) DETACH DELETE n //", "\" } ; DROP ALL #", "$iri {{x}} ${y} %s", "null", "true",
    "1e3", "[laughs]", "a;b,c|d", "^^<http://www.w3.org/2001/XMLSchema#integer>", "@en", "<http://example.org/>",
    "_:b0", "\u2063\ue000", "\U0001f1eb\U0001f1ee",
)  # fmt: skip
"""Text that some tool once took for something else than text."""
_any = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=40)
_long = st.tuples(st.sampled_from(HOSTILE), st.integers(100, 2_000)).map(lambda t: t[0] * t[1])
texts = st.one_of(_any, _any, st.sampled_from(HOSTILE))
"""Any text that every store can hold: quotes, newlines, combining marks and astral characters included."""
long_texts = st.one_of(texts, texts, texts, _long)
"""The same, and at times some ten thousand characters of it."""

_IDENTIFIERS = {
    "doi": st.integers(0, 99).map(lambda n: f"10.5555/example.{n}"),
    "pmid": st.integers(1, 10**8).map(str),
    "file_sha256": st.integers(0, 99).map(lambda n: sha256_of(str(n))),
    "pmcid": st.integers(1, 10**8).map(lambda n: f"PMC{n}"),
}
_UNIT_SLOTS = ("score", "confidence")

Pool = dict[str, list[str]]
"""Kind to the IRIs of the records of that kind."""


def iris(kind: str) -> st.SearchStrategy[str]:
    """IRIs of a kind, few enough that records meet."""
    return st.integers(0, 7).map(lambda n: mint(kind, str(n)))


@st.composite
def moments(draw: st.DrawFn) -> str:
    """ISO 8601 text with an offset, in whole seconds or finer."""
    at = draw(st.datetimes()).replace(microsecond=draw(st.sampled_from([0, 0, 120_000, 1])))
    return canonical_moment(at.isoformat() + draw(st.sampled_from(["Z", "+02:00", "-05:30"])))


def canonical_moment(text: str) -> str:
    """The point in time without zeros at the end of its fraction."""
    return re.sub(r"(\.\d*?)0+(?=[Z+-])", r"\1", text)


def passages_of(document: str, text: str) -> st.SearchStrategy[Passage]:
    """Spans of a text, of at least one character."""
    ends = st.lists(st.integers(0, len(text)), min_size=2, max_size=2, unique=True).map(sorted)
    return ends.map(lambda e: Passage(document=document, start=e[0], end=e[1], exact=text[e[0] : e[1]]))


def span_tuples(document: str, text: str, least: int = 0) -> st.SearchStrategy[tuple[Passage, ...]]:
    """Several spans of a text, each once, in their order."""
    found = st.lists(passages_of(document, text), min_size=least, max_size=3, unique=True)
    return found.map(lambda spans: tuple(sorted(spans, key=lambda p: (p.start, p.end))))


def numbers(name: str) -> st.SearchStrategy[float]:
    """Finite numbers, between 0 and 1 where the slot asks for it; never minus zero."""
    low, high = (0.0, 1.0) if name in _UNIT_SLOTS else (None, None)
    return st.floats(low, high, allow_nan=False, allow_infinity=False).map(lambda x: x + 0.0)


def scalars(slot: Slot, targets: list[str] | None = None) -> st.SearchStrategy[Any]:
    """One value of a slot; `targets` are the IRIs that a reference may point to, or None for any."""
    if slot.kind == "ref":
        return iris(slot.target[0]) if targets is None else st.sampled_from(targets)
    if slot.kind == "str":
        return st.sampled_from(slot.choices) if slot.choices else _IDENTIFIERS.get(slot.name, texts)
    return {
        "int": st.integers(0, 2**31),
        "float": numbers(slot.name),
        "bool": st.booleans(),
        "datetime": moments(),
        "iri": st.sampled_from(sorted(PREDICATES)),
    }[slot.kind]


def values(slot: Slot, targets: list[str] | None = None) -> st.SearchStrategy[Any]:
    """What a slot may hold: a value, several as a sorted tuple, or nothing."""
    if targets == []:
        return st.just(() if slot.many else None)
    one = scalars(slot, targets)
    if slot.many:
        return st.lists(one, max_size=3, unique=True).map(lambda found: tuple(sorted(found)))
    return one if slot.required else st.none() | one


@st.composite
def records_of(draw: st.DrawFn, cls: type[Record]) -> Record:
    """A record of a class, with references to anything, whether or not it exists."""
    document, text = mint("Document", "any"), draw(texts)
    given = {s.name: draw(span_tuples(document, text) if s.kind == "passage" else values(s)) for s in slots_of(cls)}
    return cls(iri=draw(iris(cls.__name__)), **_ordered(cls, given))


def records() -> st.SearchStrategy[Record]:
    """A record of any class, with references to anything."""
    return st.sampled_from(sorted(CLASSES)).flatmap(lambda name: records_of(CLASSES[name]))


@st.composite
def record_sets(draw: st.DrawFn, max_size: int = 8) -> tuple[Record, ...]:
    """Records that stand together and conform to the shapes: one document with its study, spans cut from its text,
    references that lead somewhere, no IRI twice. Sorted by IRI."""
    text = draw(texts)
    document = document_iri(sha256_of(text))
    kinds = st.sampled_from(sorted(CLASSES.keys() - {"Document"}))
    plan = _closed(["Document", "Study", *draw(st.lists(kinds, max_size=max_size))])
    named = [(kind, document if kind == "Document" else mint(kind, str(n))) for n, kind in enumerate(plan)]
    pool: Pool = {}
    for kind, iri in named:
        pool.setdefault(kind, []).append(iri)
    made = [draw(_standing(CLASSES[kind], iri, document, text, pool)) for kind, iri in named]
    return tuple(sorted(made, key=lambda record: record.iri))


@st.composite
def _standing(draw: st.DrawFn, cls: type[Record], iri: str, document: str, text: str, pool: Pool) -> Record:
    given: dict[str, Any] = {}
    for slot in slots_of(cls):
        if slot.kind == "passage":
            words = span_tuples(document, text, 0 if cls in WITHOUT_WORDS else 1)
            given[slot.name] = draw(st.just(()) if cls in FROM_NO_DOCUMENT else words)
        elif slot.kind == "ref":
            given[slot.name] = draw(values(slot, reachable(slot, pool)))
        else:
            given[slot.name] = draw(values(slot))
    given["document"] = None if cls in FROM_NO_DOCUMENT or cls is Document else document
    if cls is Document:
        given |= {"text": text, "sha256": sha256_of(text)}
    if cls.__name__ == "Assertion":
        _, subjects, objects = PREDICATES[given["predicate"]]
        fitting = [[iri for kind in kinds for iri in pool.get(kind, ())] for kinds in (subjects, objects)]
        if all(fitting):
            given["subject"], given["object"] = (draw(st.sampled_from(found)) for found in fitting)
        else:
            given["status"] = "rejected"
    return cls(iri=iri, **_ordered(cls, given))


def reachable(slot: Slot, pool: Pool) -> list[str]:
    """The IRIs of a pool that a reference may point to, sorted."""
    wanted = tuple(CLASSES[name] for name in slot.target if name in CLASSES) or (Record,)
    return sorted(iri for kind, found in pool.items() if issubclass(CLASSES[kind], wanted) for iri in found)


def _closed(plan: list[str]) -> list[str]:
    """Add a record of every kind that a record of the plan cannot do without."""
    queue = list(plan)
    while queue:
        for slot in slots_of(CLASSES[queue.pop()]):
            if slot.kind == "ref" and slot.required and not reachable(slot, {kind: [kind] for kind in plan}):
                plan.append(slot.target[0])
                queue.append(slot.target[0])
    return plan


def _ordered(cls: type[Record], given: dict[str, Any]) -> dict[str, Any]:
    """Let a section or quote start before it ends."""
    if cls in (Section, Quote):
        start, end = sorted((given["start"], given["end"]))
        given |= {"start": start, "end": end + (start == end)}
    return given
