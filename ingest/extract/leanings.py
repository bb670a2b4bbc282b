"""Which way the cues of a statement lean where it stands, and who or what it is about."""

import re

_MOST = 3
"""Groups of cues beyond which more tell nothing more."""
_OF_MANY = (
    r"(?:(?:some|many|most|several|few|all|both|other|one|two|three|of|the|these|those|a|majority|number|our|female|male|"
    r"rural|older|younger|primary|care|health|healthcare|professional)\b[ ,]*)*"
)
_PEOPLE = re.compile(
    rf"{_OF_MANY}(?:participants?|patients?|respondents?|interviewees?|informants?|providers?|nurses?|doctors?|physicians?|"
    r"gps?|staff|professionals?|clinicians?|women|men|mothers|parents|carers|caregivers|families|students|users|people|"
    r"coordinators?|managers?|educators?|they)\b",
    re.IGNORECASE,
)
_PROGRAMME = re.compile(
    r"(?:(?:the|this|our|an?) )?(?:\w+ ){0,3}?(?:interventions?|program(?:me)?s?|training|services?|models?|tools?|"
    r"platforms?|apps?|websites?|courses?|sessions?|groups?|systems?|records?|clinics?|approach(?:es)?|consultations?)\b",
    re.IGNORECASE,
)
_POINTS = re.compile(r"[\"“'‘(]*(?:it|this|these|that|such|there|he|she|which)\b", re.IGNORECASE)
_SPEAKER = re.compile(r"\b(?:I|me|my|we|us|our)\b", re.IGNORECASE)
_SUBJECTS = (("people", _PEOPLE), ("programme", _PROGRAMME), ("points back", _POINTS))
"""What a statement may open with."""


def leanings(hindering: int, helping: int, acting: int, place: str) -> dict[str, float]:
    """Return which of two kinds of cues prevails, by the number of their groups, and how many stand in which place.

    Words of both kinds say less than the same words of one, and cues say more in results than in a discussion; sums of
    weights can tell neither by the cues alone.

    >>> sorted(leanings(2, 0, 0, "results"))
    ['hindering prevails', 'hindering words, results', 'only hindering']
    >>> sorted(leanings(1, 1, 0, "quote"))
    ['as much helping as hindering', 'helping words, quote', 'hindering words, quote']
    """
    found: dict[str, float] = {}
    if hindering > helping:
        found["hindering prevails"] = 1.0
    elif helping > hindering:
        found["helping prevails"] = 1.0
    elif helping:
        found["as much helping as hindering"] = 1.0
    if hindering and not helping:
        found["only hindering"] = 1.0
    elif helping and not hindering:
        found["only helping"] = 1.0
    for name, count in (("hindering", hindering), ("helping", helping), ("acting", acting)):
        if count:
            found[f"{name} words, {place}"] = min(count, _MOST) / _MOST
    return found


def subject(words: str, *, quoted: bool) -> dict[str, float]:
    """Return whom or what a statement opens with, and whether the speaker of a quote tells of themselves.

    >>> subject("Most of the nurses never called", quoted=False), subject("we had no phone", quoted=True)
    ({'about people': 1.0}, {'speaks of oneself': 1.0})
    """
    found = {f"about {name}": 1.0 for name, opens in _SUBJECTS if opens.match(words)}
    if quoted and _SPEAKER.search(words):
        found["speaks of oneself"] = 1.0
    return found
