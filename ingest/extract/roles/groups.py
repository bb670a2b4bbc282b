"""Which names are one role: the same words, the paper's own abbreviation, or the same concept of the vocabulary."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ingest.extract.roles.definitions import Definition
from ingest.extract.roles.fields import is_term
from ingest.extract.roles.lexicon import HEADS, Lexicon, is_studied, lexicon, singular
from ingest.extract.roles.names import Name
from ingest.extract.tokens import Tokens
from ingest.extract.wording import word_set
from ontology.model import Concept

PATIENT = "patient"
_PATIENT_HEADS = frozenset({"patient", "client", "consumer", "inpatient", "outpatient"})
_PEOPLE = word_set("person people man woman adult individual child adolescent mother participant youth")
_CLAUSES = word_set("with who living diagnosed affected suffering experiencing having undergoing receiving")
WIDE = frozenset(
    {"health-care-provider", "organisational-role", "person-served", "multidisciplinary-team", "executive"}
)
"""Concepts so wide that two of their names may well be two roles."""
_TAILS = word_set("of in at that from for")
_BODIES = word_set(
    "company organisation organization ministry industry board fund facility service services plan enforcement"
)
_STATIONS = frozenset(
    {"older-person", "young-person", "child-patient", "care-home-resident", "pregnant-person", "migrant", "veteran"}
)
_SPELT = 4
"""Words that share so many letters at their beginning are two spellings of one."""
_PASSING = word_set("colleague peer")
"""Heads that say what people are to each other: a role only where the paper comes back to them."""
_SEXES = dict.fromkeys(word_set("mother grandmother wife daughter sister aunt"), "female") | dict.fromkeys(
    word_set("father grandfather husband son brother uncle"), "male"
)
"""Relatives whom a word names by their sex: "mother" is no other word for "father"."""
_NEAR_BY = word_set("friend neighbour neighbor")
"""Those beside the family whom the vocabulary takes together; a paper that comes back to both has two roles."""
_COME_BACK_TO = 3
_TEAM = "team"
_STAFF = (("staff",), ("personnel",))
SPEAKER = "representative"
"""Who speaks for a body."""
_CHILD = "child-patient"
_MEMBER = "member"
_OF_GROUP = ("group", "member")
_CARER = "caregiver"


@dataclass(slots=True)
class Group:
    """The names of one role. `own` are those that it had before others were joined to it; `definition` is where the
    paper gives the abbreviation that its mentions use, `phrase` the words that it stands for."""

    key: str
    names: list[Name] = field(default_factory=list)
    own: list[Name] = field(default_factory=list)
    definition: Definition | None = None
    phrase: tuple[str, ...] = ()

    @property
    def concept(self) -> Concept | None:
        """The concept that most of the names point to; of equally many, the one that is named first."""
        known = [name.concept for name in self.own or self.names if name.concept is not None]
        iris = [concept.iri for concept in known]
        concepts = dict(zip(iris, known, strict=True))
        return concepts[max(concepts, key=iris.count)] if concepts else None

    @property
    def head(self) -> str:
        """The head noun of the role's name."""
        return core_of_key(self.phrase or max((n.key for n in self.names if not n.is_short), key=len, default=("",)))

    @property
    def is_of_a_group(self) -> bool:
        """Whether all that is said of these people is that they are in a group, as the patients of one are."""
        return all(name.key[-2:] == _OF_GROUP for name in self.names)


def core_of(tokens: Tokens) -> tuple[str, ...]:
    """Return the words of a noun phrase up to its head, which is put in the singular.

    >>> core_of(Tokens("primary care nurses who took part"))
    ('primary', 'care', 'nurse')
    """
    keys = tokens.keys
    end = next((n for n, key in enumerate(keys) if n and (key in _CLAUSES or key in _TAILS)), None)
    keys = keys[:end]
    return (*keys[:-1], singular(keys[-1])) if keys else ()


def names_people(words: str) -> bool:
    """Say whether a phrase, such as the words that an abbreviation stands for, names people by their role.

    >>> names_people("hospital-based personnel"), names_people("people living with HIV"), names_people("care plan")
    (True, True, False)
    """
    tokens = Tokens(words)
    core = core_of(tokens)
    if not core:
        return False
    if core[-1] in _PEOPLE:
        return len(core) < len(tokens)
    term = lexicon().terms.get(tuple(tokens.keys)) or lexicon().terms.get(core)
    known = term is not None and not term.is_field
    return known or core[-1] in HEADS or core[-1] in lexicon().heads or (core[-1] == "member" and len(core) > 1)


def is_patient(key: Sequence[str], concept: Concept | None) -> bool:
    """Say whether a name means the patients of a study, whatever they suffer from; those of one age or station in
    life are people of their own ("older patients")."""
    if concept is not None and concept.notation in _STATIONS:
        return False
    if core_of_key(key) in _PATIENT_HEADS:
        return concept is None or concept.facet in (None, "patient side")
    if concept is None or concept.facet != "patient side":
        return False
    return concept.notation == PATIENT or (core_of_key(key) in _PEOPLE and any(word in _CLAUSES for word in key))


def core_of_key(key: Sequence[str]) -> str:
    """Return the head of a key, in the singular."""
    end = next((n for n, word in enumerate(key) if n and (word in _CLAUSES or word in _TAILS)), len(key))
    return singular(key[end - 1]) if key else ""


def group_names(names: Iterable[Name], definitions: dict[str, tuple[Definition, tuple[str, ...]]]) -> list[Group]:
    """Return the names by role. `definitions` are the paper's abbreviations of roles, with the words they stand for."""
    words = lexicon()
    groups: dict[str, Group] = {}
    keys = {short: _key_of_phrase(phrase, words) for short, (_, phrase) in definitions.items()}
    for short, (definition, phrase) in definitions.items():
        group = groups.setdefault(keys[short], Group(keys[short], phrase=phrase))
        group.definition = group.definition or definition
    names = list(names)
    defined = {keys[short]: phrase for short, (_, phrase) in definitions.items() if keys[short] != PATIENT}
    longest = _longest_names(names, defined)
    for name in names:
        key = _key_of(name, keys, longest, words)
        groups.setdefault(key, Group(key)).names.append(name)
    return [part for group in groups.values() if group.names for part in _told_apart(group)]


def _told_apart(group: Group) -> list[Group]:
    """Return the groups that single words make which the vocabulary takes for one function ("clerk", "secretary"), or
    for one tie ("mother", "father"): where a paper uses both, they are two roles, unless they are two spellings."""
    words = Counter(name.key[0] for name in group.names if len(name.key) == 1 and not name.is_short)
    concept = group.concept
    if concept is None or concept.notation in WIDE or len(words) < 2:
        return [group]
    most = words.most_common(1)[0][0]
    if concept.facet == "function":
        others = [word for word in words if word[:_SPELT] != most[:_SPELT]]
    else:
        sex = _SEXES.get(most)
        others = [word for word in words if sex and _SEXES.get(word, sex) != sex]
        if most in _NEAR_BY:
            often = _NEAR_BY & {word for word, times in words.items() if times >= _COME_BACK_TO}
            others += [word for word in often if word[:_SPELT] != most[:_SPELT]]
    found = {word: Group(f"{group.key} {word}") for word in others}
    for name in group.names:
        if name.key[0] in found and len(name.key) == 1:
            found[name.key[0]].names.append(name)
    group.names = [name for name in group.names if len(name.key) > 1 or name.key[0] not in found]
    return [group, *found.values()]


def _longest_names(names: Iterable[Name], defined: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return for every defined role its longest name that ends in the words of the definition."""
    found = dict(defined)
    for name in names:
        for key, phrase in defined.items():
            if name.key[-len(phrase) :] == phrase and len(name.key) > len(found[key]):
                found[key] = name.key
    return found


def _key_of_phrase(phrase: tuple[str, ...], words: Lexicon) -> str:
    term = words.terms.get(phrase)
    if is_patient(phrase, term.concept if term else None) or core_of_key(phrase) in _PEOPLE:
        return PATIENT
    if term and not term.is_field and term.concept.notation not in WIDE:
        return term.concept.iri
    return " ".join(phrase)


def _key_of(name: Name, keys: dict[str, str], longest: dict[str, tuple[str, ...]], words: Lexicon) -> str:
    if name.is_short and name.key[0] in keys:
        return keys[name.key[0]]
    if is_patient(name.key, name.concept):
        return PATIENT
    for key, known in longest.items():
        if len(name.key) > 1 and name.key[-1] == known[-1] and set(known) >= set(name.key):
            return key
    if name.concept is not None and (name.is_short or name.is_field or is_term(name.key)):
        if name.concept.notation in WIDE and not name.is_short:
            return f"{name.concept.iri} {name.key[-1]}"
        return name.concept.iri
    return " ".join(name.key)


def _is_in_passing(group: Group) -> bool:
    """Say whether one mention says too little of a group: people by a tie or a team, and those whom neither the
    vocabulary nor the paper itself knows, by an abbreviation, a list or a body that they speak for."""
    name = group.names[0]
    if group.head in _PASSING or name.key[-1] == _TEAM:
        return True
    if name.key in _STAFF and name.is_definite:
        return False
    return group.concept is None and not (group.definition or name.is_listed or SPEAKER in name.key)


def is_kept(group: Group, took_part: bool, least: int) -> bool:
    """Say whether a group is a role of the study: not its authors, not an organisation, not a word in passing.

    Those beside the patients must be named `least` times where they took no part.
    """
    concept = group.concept
    actors = [name for name in group.names if not name.is_thing]
    if not actors:
        return False
    if group.head in _BODIES:
        return False
    if len(actors) == 1 and not took_part and _is_in_passing(group):
        return False
    if concept is None:
        return took_part or group.head != _MEMBER or (len(actors) >= least and not group.is_of_a_group)
    if not is_studied(concept):
        return took_part
    if concept.facet == "patient side" and group.key != PATIENT and concept.notation != _CARER:
        of_their_own = actors if concept.notation != _CHILD else [name for name in actors if not name.is_owned]
        return took_part or len(of_their_own) >= least
    return True
