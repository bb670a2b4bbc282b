"""Names of roles that only describe a thing: "patient record", "nurse-led clinic", "child health"."""

import re

from ingest.extract.roles.phrases import COLLECTIVES, FUNCTION_WORDS, VERBS, Phrase, is_bare_singular
from ingest.extract.tokens import Tokens
from ingest.extract.wording import any_of, word_set

_DESCRIBES = any_of(
    "centered, centred, based, led, reported, level, facing, specific, related, focused, focussed, driven, initiated, "
    "delivered, administered, patient, doctor, physician, provider, nurse, to"
)
_ATTRIBUTIVE = re.compile(rf"[-‐‑–/]{_DESCRIBES}\b|[-‐‑–][a-z]{{3,}}ed\b", re.IGNORECASE)
_THINGS = word_set(
    "record records home homes safety health history database flow volume load panel room rooms portal id "
    "satisfaction questionnaire questionnaires mortality survival population characteristics demographics "
    "education leaflet leaflets advice card cards practice practices schedule schedules life lives planning income "
    "size bias sample samples background circumstances duties obligations responsibilities commitments environment "
    "dynamics structure community communities skills expertise competence competency competencies"
)
_ARTICLES = word_set("a an the this that each every one another his her their our my your its any no")
_CONNECTS = word_set("for of in to with")
_OWNS = ("'s", "’s", "s'", "s’")
_INSTITUTIONS = word_set("affairs hospital association union society council centre center fund act foundation college")
_FIELDS = re.compile(
    r"(?:,\s+(?:and\s+|or\s+)?|\s+(?:and|or)\s+|/)(?:(?!(?:an?|one|two|the)\s)[a-z][\w-]*(?:,\s+|\s+)(?:and\s+|or\s+)?){0,2}?"
    r"(?:health|care|medicine|mortality|nutrition|survival|deaths?)\b",
    re.IGNORECASE,
)
"""Behind the first words of a field of care that names several ("newborn and child health")."""
_PEOPLE_DO = word_set(
    "respond perceive feel believe think want need lack face know say report describe express find see understand "
    "tend appear seem care deal work treat act try come go get take spend talk speak learn fear"
)
"""Verbs behind "staff" that tell what they do: no noun that they would describe."""


def describes_thing(text: str, tokens: Tokens, phrase: Phrase, end: int) -> bool:
    """Say whether the words of a phrase, which ends at text[end], only describe what stands around them."""
    return (
        is_thing(text, tokens, phrase.last, end)
        or _is_adjunct(text, tokens, phrase.first, phrase.last)
        or _is_end_of_title(tokens, phrase)
    )


def is_thing(text: str, tokens: Tokens, following: int, end: int) -> bool:
    """Say whether the thing that a name describes stands behind it, at tokens[following]."""
    if _ATTRIBUTIVE.match(text, end):
        return True
    if following >= len(tokens) or tokens.joints[following] != " ":
        return False
    key, name = tokens.keys[following], tokens.texts[following - 1]
    return key in _THINGS or (key in _INSTITUTIONS and name.endswith(_OWNS) and tokens.texts[following].istitle())


def _is_adjunct(text: str, tokens: Tokens, first: int, last: int) -> bool:
    """Say whether a name in the singular without an article only describes the noun behind it ("insurer reports")."""
    head = tokens[last - 1]
    if not is_bare_singular(head):
        return False
    before = tokens[first - 1] if first and tokens[first].joint != "|" else None
    if before is not None and (before.key in _ARTICLES or before.text.isdigit() or before.text.endswith(_OWNS)):
        return False
    if head.key not in COLLECTIVES and _FIELDS.match(text, tokens.ends[last - 1]):
        return True
    if last >= len(tokens) or tokens[last].joint != " ":
        return False
    follows = tokens[last]
    if head.text.istitle() and follows.text.istitle():
        return True
    if follows.text[:2].isupper():
        return len(follows.text) > 1 and head.text.islower()
    if head.key in COLLECTIVES and follows.key in _PEOPLE_DO:
        return False
    inflected = follows.key.endswith(("s", "ed", "ing"))
    return follows.text.islower() and follows.key not in FUNCTION_WORDS | VERBS and not inflected


def _is_end_of_title(tokens: Tokens, phrase: Phrase) -> bool:
    """Say whether a name ends the name of something else, such as "Better Care for Screen Positive Elders"."""
    at = phrase.last - 1
    while at and tokens.texts[at].istitle() and tokens.joints[at] == " ":
        at -= 1
    begun = at and tokens.keys[at] in _CONNECTS and tokens.joints[at] == " " and tokens.texts[at - 1].istitle()
    return bool(begun) and at < phrase.first - 1
