"""General nouns that name people although nothing stands before them: those who work somewhere, and those of whom a
paper says what only people are or do.

"Facilitators" are what helps, far more often than those who lead a group; "the facilitators were trained" says which.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from ingest.extract.roles.phrases import COLLECTIVES, Phrase, is_bare_singular
from ingest.extract.screening import Pattern
from ingest.extract.tokens import Tokens
from ingest.extract.wording import any_of, word_set

_STAFF = word_set("staff personnel professional worker volunteer")
_OFTEN = 3
"""So many times a paper must name people by such a word alone for it to be a role."""
_TOLD = word_set(
    "facilitator champion mentor instructor supervisor planner advocate tracer supporter visitor buddy cleaner"
)
"""Words that a paper may use for things or in passing, and for people of its own."""
_SIGNS = 2
_MADE = any_of(
    "acting as, acted as, serve as, served as, serves as, serving as, working as, worked as, trained as, training as, "
    "employed as, appointed as, selected as, role as, role of, roles of, led by, run by, delivered by, conducted by, "
    "moderated by, visited by, taught by, supervised by, facilitated by, discussions with, interviews with"
)
_WHICH = any_of(
    "trained, designated, selected, self-selected, appointed, formal, local, recruited, paid, unpaid, external, "
    "internal, experienced, weaker, two, three, four, all"
)
_DOES = any_of(
    "were trained, was trained, were recruited, were selected, were appointed, were paid, were asked, were female, "
    "were women, were able, said, felt, reported, explained, told, helped, visited, noted, described, received, "
    "contended, earned, conducted"
)
_OWN = any_of("role, roles, training, experience, experiences, characteristics, salary, income, skills, perceptions")
_BEFORE = Pattern(rf"(?:\b{_MADE}\s+(?:the\s+|an?\s+)?|\b{_WHICH}\s+)\Z", re.IGNORECASE)
_AFTER = re.compile(rf"(?:['’]s?|s['’])\s+{_OWN}\b|\s+(?:who\b|whose\b|{_DOES}\b)", re.IGNORECASE)
_DEALT_WITH = re.compile(r"\b(?:with|by|from|to|that|when|if|because)\s+the\s+\Z", re.IGNORECASE)
_BY_THEMSELVES = re.compile(
    r"\s*(?:[^\w\s-]|\Z)|\s+(?:(?:who|at|in|of|on|to|for|about|as|from|with|by|and|or|when|if|because|after|before|during|"
    r"was|were|are|had|have|would|could|did|do)\b|\w+(?:ed|ly)\b)"
)
"""Around "staff": these are people whom others deal with, or who are said to do something; they describe no thing."""
_OF_THINGS = re.compile(r"\b(?:barriers?|obstacles?|hind(?:er|rance)\w*|inhibitors?|constraints?|enablers?)\b", re.I)
_FOR = re.compile(r"\s+(?:to|of|for|in)\b")
_NEAR = 60


def people_alone(text: str, blocks: Sequence[Tokens], found: Sequence[Sequence[Phrase]]) -> frozenset[str]:
    """Return the general nouns that name people of the paper by themselves."""
    often = Counter[str]()
    told = Counter[str]()
    dealt = set[str]()
    for tokens, phrases in zip(blocks, found, strict=True):
        for phrase in phrases:
            word = phrase.key[0]
            if is_bare_staff(tokens, phrase):
                often[word] += 1
                start = tokens.starts[phrase.last - 1]
                by_themselves = _BY_THEMSELVES.match(text, tokens.ends[phrase.last - 1])
                if by_themselves and word in COLLECTIVES and _DEALT_WITH.search(text, max(0, start - _NEAR), start):
                    dealt.add(word)
            elif _is_bare(phrase) and word in _TOLD and _is_person(text, tokens, phrase):
                told[word] += 1
    return frozenset((*_at_least(often, _OFTEN), *_at_least(told, _SIGNS), *dealt))


def is_alone(text: str, tokens: Tokens, phrase: Phrase, people: frozenset[str]) -> bool:
    """Say whether a general noun without a word before it names people here, `people` being those that do so at all."""
    if not _is_bare(phrase) or phrase.key[0] not in people:
        return False
    if phrase.key[0] in _STAFF:
        return is_bare_staff(tokens, phrase)
    return _is_person(text, tokens, phrase) or not _is_thing(text, tokens, phrase)


def is_bare_staff(tokens: Tokens, phrase: Phrase) -> bool:
    """Say whether a phrase is a word for those who work somewhere, in the plural and without more."""
    last = tokens[phrase.last - 1]
    many = last.key in COLLECTIVES or not is_bare_singular(last)
    return _is_bare(phrase) and phrase.key[0] in _STAFF and many


def _is_bare(phrase: Phrase) -> bool:
    return phrase.concept is None and len(phrase.key) == 1


def _is_person(text: str, tokens: Tokens, phrase: Phrase) -> bool:
    start, end = tokens.starts[phrase.last - 1], tokens.starts[phrase.last - 1] + len(tokens.keys[phrase.last - 1])
    return (_BEFORE.search(text[max(0, start - _NEAR) : start]) or _AFTER.match(text, end)) is not None


def _is_thing(text: str, tokens: Tokens, phrase: Phrase) -> bool:
    """Say whether what stands around tells of hindrances, or the noun of what helps something ("facilitators to")."""
    start, end = tokens.starts[phrase.last - 1], tokens.ends[phrase.last - 1]
    if _FOR.match(text[end : end + 6]):
        return True
    return _OF_THINGS.search(text, max(0, start - _NEAR), end + _NEAR) is not None


def _at_least(counts: Counter[str], least: int) -> Iterable[str]:
    return (word for word, number in counts.items() if number >= least)
