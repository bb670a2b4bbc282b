"""Typed access to the SKOS schemes that lie beside this module, as records of the model."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import pyoxigraph

from ontology.base import Record
from ontology.errors import VocabularyError
from ontology.model import Concept, ConceptScheme, class_iri
from ontology.namespaces import RDF, SCHEME
from ontology.slots import slots_of

_CLASSES: dict[str, type[Concept | ConceptScheme]] = {class_iri(cls): cls for cls in (ConceptScheme, Concept)}
_JOINTS = re.compile(r"[\s\-\u2010\u2011]+")
_TAIL = re.compile(
    r" (?=(?:of|for|with|who|living|in|at|on|after|beyond|affected|diagnosed|experiencing|receiving|under) )"
)
_IRREGULAR = {"person": ("people", "persons"), "child": ("children",)}
_UNCHANGED = {"next", "kin", "staff", "personnel", "leadership", "police", "clergy", "faculty", "people"}
_UNCHANGED |= {"women", "children", "public"}

_Values = Mapping[str, list[str]]


def normalise_label(label: str) -> str:
    """Return a label as it is compared: case folded, hyphens and runs of white space one blank, curly quotes plain.

    >>> normalise_label("Primary-care  Physician")
    'primary care physician'
    """
    return _JOINTS.sub(" ", label.replace("\u2019", "'")).strip().casefold()


def plurals_of(label: str) -> tuple[str, ...]:
    """Return the plural forms of a singular noun phrase; its head stands before the first preposition.

    >>> plurals_of("primary care physician"), plurals_of("person with dementia"), plurals_of("family")
    (('primary care physicians',), ('people with dementia', 'persons with dementia'), ('families',))
    """
    head, *rest = _TAIL.split(label, maxsplit=1)
    start, _, noun = head.rpartition(" ")
    front, back = f"{start} " if start else "", f" {rest[0]}" if rest else ""
    return tuple(f"{front}{plural}{back}" for plural in _plural_nouns(noun))


def _plural_nouns(noun: str) -> tuple[str, ...]:
    if noun in _UNCHANGED or (noun.endswith("s") and not noun.endswith(("ss", "us"))):
        return (noun,)
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith("man"):
        return (noun.removesuffix("man") + "men",)
    if noun.endswith("wife"):
        return (noun.removesuffix("wife") + "wives",)
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return (noun.removesuffix("y") + "ies",)
    return (noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s"),)


class Vocabulary:
    """Schemes and concepts, with the ways to find them. Immutable; get the shipped one from `load_vocabulary`."""

    def __init__(self, schemes: Iterable[ConceptScheme], concepts: Iterable[Concept]) -> None:
        """Take the records, sorted by IRI.

        Raises:
            VocabularyError: a concept names a scheme or a concept that does not exist, or two concepts share an IRI.
        """
        self.schemes = tuple(sorted(schemes, key=lambda s: s.iri))
        self.concepts = tuple(sorted(concepts, key=lambda c: c.iri))
        self._forms: dict[str, Mapping[str, Concept]] = {}
        self._by_iri = {concept.iri: concept for concept in self.concepts}
        if len(self._by_iri) != len(self.concepts):
            raise VocabularyError("vocabulary", "two concepts share an IRI", "give each its own notation")
        known = {scheme.iri for scheme in self.schemes}
        for concept in self.concepts:
            linked = (*concept.broader, *concept.related, *concept.profession, *concept.specialty)
            missing = [iri for iri in linked if iri not in self._by_iri]
            if concept.scheme not in known:
                missing.append(concept.scheme)
            if missing:
                raise VocabularyError(concept.iri, f"names {missing[0]}, which is not defined", "define it or mend it")

    def concept(self, iri: str) -> Concept | None:
        """Return the concept of that IRI."""
        return self._by_iri.get(iri)

    def scheme(self, name: str) -> tuple[Concept, ...]:
        """Return the concepts of a scheme by its short name, such as "role", sorted by IRI.

        Raises:
            VocabularyError: there is no such scheme.
        """
        found = self._by_scheme.get(name)
        if found is None:
            raise VocabularyError(name, "is not a scheme", f"use one of {', '.join(sorted(self._by_scheme))}")
        return found

    def lookup(self, label: str, scheme: str = "role") -> Concept | None:
        """Return the concept that a label, synonym, plural or (with its case) abbreviation names.

        >>> found = load_vocabulary().lookup("Family physicians")
        >>> found.notation if found else None
        'general-practitioner'
        """
        found = self._labels(scheme).get(normalise_label(label))
        if found is None and scheme == "role":
            return self.abbreviations.get(label.strip())
        return found

    @cached_property
    def abbreviations(self) -> Mapping[str, Concept]:
        """Abbreviation to role, matched with its case; plurals ("PCPs") are among them."""
        found = {}
        for concept in self.scheme("role"):
            for short in concept.abbreviations:
                found[short] = found[short + "s"] = concept
        return MappingProxyType(found)

    def surface_forms(self, scheme: str = "role") -> Iterator[tuple[str, Concept]]:
        """Yield every label and synonym as `normalise_label` gives it, with its concept; of roles plurals too.

        A field of care (facet "specialty") is no role by itself: tell it apart by `Concept.facet`.
        """
        yield from self._labels(scheme).items()

    def cues(self, scheme: str) -> Iterator[tuple[str, Concept]]:
        """Yield the cues of a scheme, as `normalise_label` gives them, and what each points to, maybe several.

        >>> sorted(c.notation for cue, c in load_vocabulary().cues("mechanism") if cue == "shared record")
        ['information-transfer']
        """
        for concept in self.scheme(scheme):
            for cue in concept.cues:
                yield normalise_label(cue), concept

    def broader_of(self, iri: str) -> tuple[Concept, ...]:
        """Return the concepts directly above a concept; none for a top concept or an IRI that is no concept."""
        concept = self._by_iri.get(iri)
        return tuple(self._by_iri[above] for above in concept.broader) if concept else ()

    def ancestors(self, iri: str) -> tuple[Concept, ...]:
        """Return all concepts above a concept, nearest first, each once.

        >>> role = load_vocabulary().lookup("GP")
        >>> [c.label for c in load_vocabulary().ancestors(role.iri)][:2] if role else None
        ['primary care physician', 'physician']
        """
        found: dict[str, Concept] = {}
        level = self.broader_of(iri)
        while level:
            fresh = {c.iri: c for c in level if c.iri not in found}
            found.update(fresh)
            level = tuple(above for c in fresh.values() for above in self.broader_of(c.iri))
        return tuple(found.values())

    def records(self) -> tuple[Record, ...]:
        """Return every scheme and concept, in the order in which they may be written."""
        return (*self.schemes, *self.concepts)

    @cached_property
    def _by_scheme(self) -> dict[str, tuple[Concept, ...]]:
        grouped: dict[str, list[Concept]] = {scheme.iri.removeprefix(SCHEME): [] for scheme in self.schemes}
        for concept in self.concepts:
            grouped[concept.scheme.removeprefix(SCHEME)].append(concept)
        return {name: tuple(concepts) for name, concepts in grouped.items()}

    def _labels(self, scheme: str) -> Mapping[str, Concept]:
        if scheme not in self._forms:
            forms: dict[str, Concept] = {}
            for concept in self.scheme(scheme):
                for label in (concept.label, *concept.alternatives):
                    forms[normalise_label(label)] = concept
            for concept in self.scheme(scheme):
                if concept.facet not in (None, "specialty"):
                    for label in (concept.label, *concept.alternatives):
                        for plural in plurals_of(label):
                            forms.setdefault(normalise_label(plural), concept)
            self._forms[scheme] = forms
        return self._forms[scheme]


@cache
def load_vocabulary() -> Vocabulary:
    """Return the vocabulary that is shipped, read once.

    Raises:
        VocabularyError: a file is not Turtle, or a scheme or concept lacks what the slot table requires.
    """
    records: list[Concept | ConceptScheme] = []
    folder = files("ontology.vocabulary")
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".ttl"):
            records += read_records(file.read_bytes(), file.name)
    return Vocabulary(
        (r for r in records if isinstance(r, ConceptScheme)), (r for r in records if isinstance(r, Concept))
    )


def read_records(turtle: bytes, name: str) -> list[Concept | ConceptScheme]:
    """Return the schemes and concepts of a Turtle file, in the order of the file.

    Raises:
        VocabularyError: the file is not Turtle, or lacks what the slot table requires.
    """
    subjects: dict[str, dict[str, list[str]]] = {}
    try:
        for quad in pyoxigraph.parse(turtle, format=pyoxigraph.RdfFormat.TURTLE):
            values = subjects.setdefault(str(getattr(quad.subject, "value", "")), defaultdict(list))
            values[quad.predicate.value].append(getattr(quad.object, "value", ""))
    except SyntaxError as error:
        raise VocabularyError(name, f"is not Turtle ({error})", "mend the file") from error
    return [
        _record(_CLASSES[kind], iri, values, name)
        for iri, values in subjects.items()
        for kind in values.get(RDF + "type", ())
        if kind in _CLASSES
    ]


def _record(cls: type[Concept | ConceptScheme], iri: str, values: _Values, name: str) -> Concept | ConceptScheme:
    given: dict[str, Any] = {}
    for slot in slots_of(cls):
        found = values.get(slot.path, [])
        if slot.required and not found:
            raise VocabularyError(f"{name}, {iri}", f"has no {slot.name}", f"add {slot.path}")
        if slot.many:
            given[slot.name] = tuple(sorted(found))
        elif found:
            given[slot.name] = found[0]
    return cls(iri=iri, **given)
