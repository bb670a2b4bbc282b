"""Whether two names mean the same role, two fields the same fact and two values the same thing."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ontology.model import Concept, Role

_PARENTHESES = re.compile(r"\(([^()]*)\)")
_PARTS = re.compile(r"\s+and\s+|\s*[/+,;]\s*")
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_SMALL = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_EMPTY = frozenset({"a", "an", "and", "for", "from", "in", "of", "on", "or", "the", "to", "were", "with"})

_FILLERS = frozenset({"n", "method", "methods", "min", "sample", "study", "total"})
_COUNTING = ("n", "sample")
FACT_FIELDS: dict[str, frozenset[str]] = {
    "analysis": frozenset({"analysis", "coding", "software"}),
    "code": frozenset({"analysis", "coding"}),
    "codebook": frozenset({"analysis", "coding"}),
    "coders": frozenset({"analysis", "coding"}),
    "coding": frozenset({"analysis", "coding", "data"}),
    "country": frozenset({"country", "setting", "sites", "site"}),
    "eligibility": frozenset({"sampling", "recruitment", "inclusion"}),
    "health": frozenset({"setting"}),
    "interview": frozenset({"data", "period", "duration", "recording"}),
    "interviewer": frozenset({"data"}),
    "participant": frozenset({"participant", "sampling"}),
    "period": frozenset({"period", "interview"}),
    "publication": frozenset({"publication", "year", "published", "journal"}),
    "reconciliation": frozenset({"analysis", "coding"}),
    "recording": frozenset({"data", "interview"}),
    "recruitment": frozenset({"sampling"}),
    "sample": frozenset({"sampling", "participant", "setting"}),
    "setting": frozenset({"setting", "sites", "site", "country"}),
    "site": frozenset({"sites", "country", "setting"}),
    "topic": frozenset({"objective", "aim"}),
}
"""First word of an annotated fact's field to the first words of fields that may report the same; numbers
(`n_...`, `sample_...`) are compared by value, and fields that share all their words always agree."""


@dataclass(frozen=True, slots=True)
class Names:
    """What a role is called: by the study itself, and by the vocabulary's concept that it is coded with."""

    own: frozenset[str]
    concept: frozenset[str]


def fold(name: str) -> str:
    """Return a name for comparison: case, hyphens, punctuation, possessives, articles and plurals do not count.

    >>> fold("The Primary-care Nurses’")
    'primary care nurse'
    """
    plain = re.sub(r"['’]s?\b", "", unicodedata.normalize("NFKC", name).casefold())
    words = [_singular(word) for word in _WORD.findall(plain)]
    return " ".join(word for word in words if word not in ("a", "an", "the"))


def names_in(label: str) -> frozenset[str]:
    """Return the folded names that an annotated label gives: its parts, and an abbreviation made of its initials.

    >>> sorted(names_in("primary care provider (PCP)"))
    ['pcp', 'primary care provider']
    """
    bare = _PARENTHESES.sub(" ", label)
    found = {fold(label), fold(bare), *(fold(part) for part in _PARTS.split(bare))}
    initials = "".join(word[0] for word in _WORD.findall(bare.replace("-", " ").casefold()))
    for inside in _PARENTHESES.findall(label):
        if fold(inside) and fold(inside) == _singular(initials):
            found.add(fold(inside))
            found.discard(fold(label))
    return frozenset(found - {""})


def parts_of(label: str) -> list[str]:
    """Return the roles that an annotated label joins, e.g. two groups that hold the same.

    >>> parts_of("nurse and doctor (several)")
    ['nurse', 'doctor']
    """
    return [part for part in (p.strip() for p in _PARTS.split(_PARENTHESES.sub(" ", label))) if part]


def names_of(role: Role | Concept, concepts: Mapping[str, Concept]) -> Names:
    """Return what a role record, or a concept that stands for one, is called."""
    if isinstance(role, Concept):
        return Names(_labels(role), frozenset())
    own = {role.label, role.abbreviation or "", *role.alternatives}
    concept = concepts.get(role.concept or "")
    return Names(frozenset(map(fold, own)) - {""}, _labels(concept) if concept else frozenset())


def same_roles(wanted: Iterable[frozenset[str]], given: Iterable[Names]) -> bool:
    """Return whether each wanted role is among those given and none is given that is not wanted."""
    wants = list(wanted)
    gives = [names.own | names.concept for names in given]
    return all(any(want & give for give in gives) for want in wants) and all(
        any(want & give for want in wants) for give in gives
    )


def same_field(annotated: str, ours: str) -> bool:
    """Return whether two names of a study fact's field may report the same.

    >>> same_field("data_collection_method", "data_collection"), same_field("software", "country")
    (True, False)
    """
    one, other = _WORD.findall(annotated.replace("_", " ")), _WORD.findall(ours.replace("_", " "))
    if not one or not other or (one[0] in _COUNTING and len(one) > 1):
        return one == other
    mine, theirs = set(one) - _FILLERS, set(other) - _FILLERS
    if mine and theirs and (mine <= theirs or theirs <= mine):
        return True
    return other[0] in FACT_FIELDS.get(one[0], frozenset())


def same_value(annotated: str, ours: str) -> bool:
    """Return whether two values agree: the first number of the annotated one occurs, or half of the shorter's words.

    >>> same_value("20", "twenty interviews"), same_value("20 (50%)", "20 patients"), same_value("NVivo 10", "NVivo")
    (False, True, True)
    """
    wanted, given = _numbers(annotated), _numbers(ours)
    if wanted and wanted[0] in given:
        return True
    mine, theirs = _telling(annotated), _telling(ours)
    if not mine or not theirs:
        return False
    return len(mine & theirs) * 2 >= min(len(mine), len(theirs))


def _labels(concept: Concept) -> frozenset[str]:
    return frozenset(map(fold, (concept.label, *concept.alternatives, *concept.abbreviations)))


def _numbers(text: str) -> list[str]:
    folded = text.casefold()
    for number, word in enumerate(_SMALL):
        folded = re.sub(rf"\b{word}\b", str(number), folded)
    return [found.replace(",", "") for found in _NUMBER.findall(folded)]


def _telling(text: str) -> set[str]:
    return {word for word in fold(text).split() if word not in _EMPTY and not word.isdigit()}


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 2 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
