"""Hypothesis strategies for records, made from the slot table: what the model allows, and nothing else."""

from collections.abc import Iterable
from typing import Any

from hypothesis import strategies as st

from ontology.base import Passage, Record
from ontology.identity import document_iri, mint, sha256_of
from ontology.model import CLASSES, Document, Quote, Section
from ontology.slots import Slot, slots_of

UNIT_SLOTS = ("score", "confidence")
"""Number slots that lie between 0 and 1."""
MAX_WHOLE = 2**31

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=40)
"""Any text that every store can hold: quotes, newlines, combining marks and astral characters included."""
hexes = st.integers(0, 15).map(lambda n: f"{n:032x}")


def iris(kind: str) -> st.SearchStrategy[str]:
    """IRIs of a kind, few enough that records meet."""
    return st.integers(0, 7).map(lambda n: mint(kind, str(n)))


@st.composite
def moments(draw: st.DrawFn) -> str:
    """ISO 8601 text with an offset, in whole seconds."""
    return draw(st.datetimes()).replace(microsecond=0).isoformat() + draw(st.sampled_from(["Z", "+02:00", "-05:30"]))


def numbers(name: str) -> st.SearchStrategy[float]:
    """Finite numbers, between 0 and 1 where the slot asks for it."""
    low, high = (0.0, 1.0) if name in UNIT_SLOTS else (None, None)
    return st.floats(low, high, allow_nan=False, allow_infinity=False).map(lambda x: x + 0.0)


def passages_of(document: str, text: str) -> st.SearchStrategy[Passage]:
    """Spans of a text that hold at least one character."""
    ends = st.lists(st.integers(0, len(text)), min_size=2, max_size=2, unique=True).map(sorted)
    return ends.map(lambda e: Passage(document=document, start=e[0], end=e[1], exact=text[e[0] : e[1]]))


def sorted_tuple(items: st.SearchStrategy[Any], *, least: int = 0, most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    """Several values as both graphs hold them: a set, in order."""
    return st.lists(items, min_size=least, max_size=most, unique=True).map(lambda xs: tuple(sorted(xs)))


def scalars(slot: Slot, targets: Iterable[str] | None) -> st.SearchStrategy[Any]:
    """One value of a slot; `targets` are the IRIs that a reference may point to, or None for any."""
    if slot.kind == "ref":
        return iris(slot.target[0]) if targets is None else st.sampled_from(sorted(targets))
    if slot.kind == "str":
        return st.sampled_from(slot.choices) if slot.choices else texts
    return {
        "int": st.integers(0, MAX_WHOLE),
        "float": numbers(slot.name),
        "bool": st.booleans(),
        "datetime": moments(),
        "iri": st.sampled_from(["https://w3id.org/carekg/vocab/addresses", "https://w3id.org/carekg/vocab/supports"]),
    }[slot.kind]


@st.composite
def records_of(
    draw: st.DrawFn,
    cls: type[Record],
    *,
    iri: str | None = None,
    source: tuple[str, str] | None = None,
    pool: dict[str, list[str]] | None = None,
) -> Record:
    """A record of a class. `source` is the IRI and text of its document; `pool` maps kinds to the IRIs that exist."""
    document, text = source or (mint("Document", "any"), draw(texts.filter(bool)))
    given: dict[str, Any] = {}
    for slot in slots_of(cls):
        if slot.kind == "passage":
            given[slot.name] = tuple(
                sorted(
                    draw(st.lists(passages_of(document, text), max_size=3, unique=True)), key=lambda p: (p.start, p.end)
                )
            )
            continue
        targets = None if pool is None or slot.kind != "ref" else reachable(slot, pool)
        if targets is not None and not targets:
            given[slot.name] = () if slot.many else None
            continue
        values = scalars(slot, targets)
        if slot.many:
            given[slot.name] = draw(sorted_tuple(values))
        else:
            given[slot.name] = draw(values if slot.required else st.none() | values)
    if cls in (Section, Quote):
        given["start"], given["end"] = sorted((given["start"], given["end"] + 1))
        given["end"] += given["start"] == given["end"]
    return cls(iri=iri or draw(iris(cls.__name__)), **given)


def reachable(slot: Slot, pool: dict[str, list[str]]) -> list[str]:
    """The IRIs of a pool that a reference may point to."""
    wanted = tuple(CLASSES[name] for name in slot.target if name in CLASSES) or (Record,)
    return [iri for kind, iris_of in pool.items() if issubclass(CLASSES[kind], wanted) for iri in iris_of]


def records() -> st.SearchStrategy[Record]:
    """A record of any class, with references to anything."""
    return st.sampled_from(sorted(CLASSES)).flatmap(lambda name: records_of(CLASSES[name]))


@st.composite
def record_sets(draw: st.DrawFn, max_size: int = 8) -> tuple[Record, ...]:
    """Records that stand together: one document with its study, spans cut from its text, references that lead
    somewhere, no IRI twice. Sorted by IRI."""
    text = draw(texts.filter(bool))
    document = document_iri(sha256_of(text))
    plan: list[str] = ["Document", "Study"]
    queue = draw(st.lists(st.sampled_from(sorted(CLASSES.keys() - {"Document"})), max_size=max_size))
    while queue:
        kind = queue.pop()
        plan.append(kind)
        for slot in slots_of(CLASSES[kind]):
            wanted = tuple(CLASSES[name] for name in slot.target if name in CLASSES)
            if (
                slot.kind == "ref"
                and slot.required
                and wanted
                and not any(issubclass(CLASSES[k], wanted) for k in plan)
            ):
                queue.append(slot.target[0])
    named = [(kind, document if kind == "Document" else mint(kind, str(n))) for n, kind in enumerate(plan)]
    pool: dict[str, list[str]] = {}
    for kind, iri in named:
        pool.setdefault(kind, []).append(iri)
    out = []
    for kind, iri in named:
        cls: type[Record] = CLASSES[kind]
        made = draw(records_of(cls, iri=iri, source=(document, text), pool=pool))
        if isinstance(made, Document):
            made = Document(
                iri=iri,
                source=made.source,
                sha256=sha256_of(text),
                media_type=made.media_type,
                text=text,
                title=made.title,
            )
        out.append(made)
    return tuple(sorted(out, key=lambda r: r.iri))
