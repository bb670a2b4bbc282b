"""The words that name roles: the vocabulary as a table of word sequences, and the nouns that head a role's name."""

from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from ingest.extract.tokens import APART, Tokens
from ingest.extract.wording import word_set
from ontology.model import Concept
from ontology.vocabulary import load_vocabulary

_TAILS = word_set("of with who whom whose that which living in at on from after beyond affected diagnosed to")

HEADS = word_set(
    "nurse doctor physician practitioner clinician provider professional worker specialist consultant therapist "
    "counsellor counselor pharmacist assistant coordinator manager administrator director officer leader leadership "
    "staff personnel coach champion educator facilitator navigator advocate adviser advisor planner supervisor "
    "investigator instructor trainer mentor volunteer healer carer caregiver midwife surgeon psychologist technician "
    "aide registrar trainee maker representative executive prescriber interpreter liaison receptionist commissioner "
    "dietitian dietician physiotherapist oncologist psychiatrist paramedic teacher tutor researcher "
    "colleague inspector auditor councillor dispatcher responder lawyer solicitor engineer developer designer "
    "attendant helper official activist secretary clerk farmer herder fisher trader vendor shopkeeper singer musician "
    "athlete soldier householder gardener member employee porter superintendent chairperson tracer "
    "interventionist supporter visitor buddy fieldworker phlebotomist mobiliser mobilizer guard cleaner"
)
"""Nouns that make a role's name together with what stands before them, whatever that is ("site investigator")."""

_ALONE = word_set(
    "author baby chemist citizen consumer elder elderly employer evaluator expert executive head leader member proxy "
    "regulator relative supplier surrogate minister user public chief lead fellow guide attending principal peer kin "
    "personnel staff"
)
"""Words that are too common in other senses to name a role in the singular by themselves."""

RANKS = word_set("lead senior junior regular usual locum salaried referring treating attending visiting trainee own")
"""Words that tell people of one profession apart by their standing or by their tie to a patient."""

STUDIED_NOUNS = word_set("woman man couple girl boy adult")
"""Plain nouns that name participants only where their views are studied."""

STUDY_MAKERS = frozenset({"researcher", "guideline-developer", "expert"})
"""Concepts whose people, narrower concepts included, make or inform studies: roles of one only where they took part."""
TOPS = frozenset({"organisational-role", "person-served"})
"""Concepts that are too wide to be a role."""


@dataclass(frozen=True, slots=True)
class Term:
    """What a sequence of words names: a concept of the vocabulary, and whether the words are a field, not a person."""

    concept: Concept
    is_field: bool


@lru_cache(maxsize=65536)
def singular(word: str) -> str:
    """Return the singular of a role's head noun, in the case of the word.

    >>> [singular(w) for w in ("nurses", "families", "women", "PCPs", "staff", "people", "midwives", "coaches")]
    ['nurse', 'family', 'woman', 'PCP', 'staff', 'person', 'midwife', 'coach']
    """
    low = word.casefold()
    for plural, one in (("people", "person"), ("children", "child"), ("wives", "wife")):
        if low.endswith(plural):
            return word[: -len(plural)] + one
    if low.endswith("men"):
        return word[:-2] + "an"
    if low.endswith("ies") and len(low) > 4:
        return word[:-3] + "y"
    if low.endswith(("ches", "shes", "xes")):
        return word[:-2]
    if low.endswith("s") and not low.endswith(("ss", "us", "is")) and len(low) > 2:
        return word[:-1]
    return word


@dataclass(frozen=True)
class Lexicon:
    """The role vocabulary by word sequences; `words` are the words that stand before the head in any name of it,
    `alone` what common words mean that name a role by themselves only where the text makes it plain ("staff")."""

    terms: dict[tuple[str, ...], Term]
    words: frozenset[str]
    heads: frozenset[str]
    abbreviations: dict[str, Concept]
    alone: dict[str, Concept]

    @cached_property
    def lengths(self) -> dict[str, tuple[int, ...]]:
        """How many words the terms have that a word begins, the longest first."""
        found: dict[str, set[int]] = {}
        for keys in self.terms:
            found.setdefault(keys[0], set()).add(len(keys))
        return {first: tuple(sorted(some, reverse=True)) for first, some in found.items()}

    def longest_at(self, tokens: Tokens, at: int) -> tuple[int, Term] | None:
        """Return where the longest term that begins at tokens[at] ends (exclusive) and what it names."""
        for length in self.lengths.get(tokens.keys[at], ()):
            keys = tuple(tokens.keys[at : at + length])
            term = self.terms.get(keys)
            if term is not None and APART not in tokens.joints[at + 1 : at + length]:
                return at + len(keys), term
        return None

    def concept(self, iri: str | None) -> Concept | None:
        """Return the concept with an IRI."""
        return load_vocabulary().concept(iri) if iri else None

    def named(self, words: str) -> Concept | None:
        """Return the concept of the role that `words` are a name of, an abbreviation included."""
        term = self.terms.get(tuple(Tokens(words).keys))
        if term is not None and not term.is_field:
            return term.concept
        return self.abbreviations.get(words.strip())


@cache
def lexicon() -> Lexicon:
    """Return the lexicon of the shipped role vocabulary, made once."""
    vocabulary = load_vocabulary()
    terms: dict[tuple[str, ...], Term] = {}
    words: set[str] = set()
    heads = set(HEADS)
    alone: dict[str, Concept] = {}
    for form, concept in vocabulary.surface_forms("role"):
        keys = tuple(Tokens(form).keys)
        if not keys:
            continue
        if len(keys) == 1 and keys[0] in _ALONE:
            alone[keys[0]] = concept
            continue
        is_field = concept.facet == "specialty"
        terms[keys] = Term(concept, is_field)
        core = keys[: next((n for n, key in enumerate(keys) if key in _TAILS), len(keys))]
        words.update(keys if is_field else core[:-1])
        if not is_field and core and len(core) == len(keys) == 1:
            heads.add(keys[0])
    return Lexicon(terms, frozenset(words), frozenset(heads), dict(vocabulary.abbreviations), alone)


def is_studied(concept: Concept) -> bool:
    """Say whether a concept names people whom studies of care are about, rather than those who make the studies."""
    above = {wider.notation for wider in load_vocabulary().ancestors(concept.iri)}
    return concept.notation not in TOPS and not STUDY_MAKERS & {concept.notation, *above}
