"""Level and codes of a barrier, facilitator or intervention, from the cues that the shipped vocabularies give."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from ingest.extract.likeness import stems
from ingest.extract.screening import Pattern
from ingest.extract.tokens import keys_in
from ontology.model import Concept
from ontology.vocabulary import load_vocabulary

_FLAGS = re.IGNORECASE
_LEVELS: tuple[tuple[str, Pattern], ...] = (
    ("system", Pattern(
        r"\b(?:health ?care system|health system|medicare|medicaid|government|polic(?:y|ies)|regulat\w+|"
        r"legislat\w+|laws?|"
        r"national|federal|state-?wide|funding|funded|reimburs\w+|remunerat\w+|rebates?|payments?|insur\w+|"
        r"fee[- ]for[- ]service|"
        r"billing|item numbers?|formal criteria|market|benefits? (?:system|payments?)|affordable housing|licen[cs]\w+|"
        r"department of health|ministr(?:y|ies)|public transport|human resources|global econom\w+|"
        r"economic (?:factors|crisis|policy)|cash flow|budgets?|"
        r"professional bod\w+|interoperab\w+|not integrated|sectors?|levels of (?:health )?care)\b", _FLAGS)),
    ("team", Pattern(
        r"\b(?:communicat\w+|co-?ordinat\w+|collaborat\w+|team(?:s|work)?|colleagues?|between (?:providers|disciplines|"
        r"professionals|specialt\w+|primary)|hand-?(?:off|over)s?|roles?\b.{0,90}\b(?:defined|unclear|agreement|"
        r"delineat\w+|confus\w+|ambigu\w+)|role (?:agreement|ambiguity|clarity)|whose role|responsib\w+|disciplin\w+|"
        r"inter-?profession\w+|"
        r"inter-?disciplinary|cross-?disciplin\w+|refer(?:ral|red|ring)? (?:\w+ )?(?:back|between)|"
        r"turn it back|territory|"
        r"other (?:providers|staff|professionals|clinical team members)|hierarch\w+|competitor|autonomy|"
        r"feedback)\b", _FLAGS)),
    ("organisation", Pattern(
        r"\b(?:staff shortage|short-?staffed|turnover|hiring|hire|rooms?|space|facilit(?:y|ies)|clinic(?:s)?|"
        r"hospital(?:s)?|"
        r"management|managers?|administrat\w+|organi[sz]ation\w*|waiting (?:times?|lists?|rooms?)|wait(?:s|"
        r"ing)?|appointments?|"
        r"schedul\w+|resources?|equipment|documentation|records?|paperwork|letters?|discharge summar\w+|"
        r"workload|caseload|staffing|opening hours|"
        r"reorgani[sz]\w+|leadership|leaders?|recruitment|assignments?|infrastructure|procedures?|"
        r"process(?:es)?|protocols?|equipment|laborator(?:y|ies)|computer\w*|database|paper-based|fax|understaff\w*|"
        r"drug (?:supply|stocks?)|stock-?outs?|crowd\w+|opening times|"
        r"shortage of (?:\w+ )?(?:staff|personnel|nurses|doctors)|"
        r"large number|patient load|sessions?|program(?:me)?|time[- ]restraint|practice (?:level|"
        r"management))\b", _FLAGS)),
    ("patient", Pattern(
        r"\b(?:patients?|famil(?:y|ies)|clients?|users?|women|mothers?|men|parents?|caregivers?|carers?|"
        r"people|stigma|disclos\w+|adheren\w+|medications?|side effects?|symptoms?|transport\w*|travel\w*|"
        r"housing|homeless|"
        r"poverty|childcare|depress\w+|illness|diagnos\w+|attend(?:ing|ance)?|"
        r"drop(?:ped)? out)\b", _FLAGS)),
    ("provider", Pattern(
        r"\b(?:providers?|clinicians?|doctors?|physicians?|nurses?|practitioners?|GPs?|oncologists?|pharmacists?|"
        r"professionals?|coaches?|therapists?|workers?|staff|counsel\w+|skills?|knowledge|confiden\w+|training|"
        r"willing\w*|reluctan\w+|attitudes?|time pressure|lack(?:ed)? time|not have time|limited time|busy|"
        r"burden\w*)\b", _FLAGS)),
)  # fmt: skip
_REPORTS = re.compile(
    r"\W*(?:[\w’'-]+ ){0,6}?(?:women|men|patients?|participants?|respondents?|interviewees?|individuals|people|nurses?|"
    r"doctors?|physicians?|(?-i:[A-Z]{2,4}s?)|providers?|professionals?|staff|some|many|most|others|they) "
    r"(?:\w+ ){0,2}?(?:said|says?|complain(?:s|ed)?|report(?:s|ed)?|felt|feel|stated?|noted?|argued?|thought|think|"
    r"believed?|explain(?:s|ed)?|mention(?:s|ed)?|(?:expressed|had) the (?:view|opinion)|described how)(?: that)?\b",
    _FLAGS,
)
"""Words that only tell whose view a statement is: they say nothing of what it is about."""
_WIDER = 1.2
"""What a word about a team, an organisation or a system counts beside one that names a person."""
_SCHEMES = ("mechanism", "tdf")
_ALIKE = 2
_ERIC_SHARE = 0.6


@dataclass(frozen=True)
class _Cues:
    """The cues of a scheme by their first word."""

    by_first: dict[str, tuple[tuple[tuple[str, ...], Concept], ...]]

    def count(self, keys: tuple[str, ...]) -> dict[str, int]:
        """Return how much words point to each concept: longer cues count more."""
        found: dict[str, int] = {}
        for at, key in enumerate(keys):
            for words, concept in self.by_first.get(key, ()):
                if keys[at : at + len(words)] == words:
                    found[concept.iri] = found.get(concept.iri, 0) + len(words)
        return found


@lru_cache(maxsize=1024)
def _keys(words: str) -> tuple[str, ...]:
    """Return words as cues compare; they are asked for level and codes."""
    return tuple(keys_in(words))


@cache
def _cues(scheme: str) -> _Cues:
    by_first: dict[str, list[tuple[tuple[str, ...], Concept]]] = {}
    for cue, concept in load_vocabulary().cues(scheme):
        words = tuple(keys_in(cue))
        if words:
            by_first.setdefault(words[0], []).append((words, concept))
    return _Cues({first: tuple(some) for first, some in by_first.items()})


def codes_of(words: str) -> tuple[str, ...]:
    """Return the concept of each scheme of determinants that the words point to most, where they point to any.

    >>> [iri.rsplit("/", 1)[1] for iri in codes_of("lack of training and skills")]
    ['skills']
    """
    found = []
    for scheme in _SCHEMES:
        counts = _cues(scheme).count(_keys(words))
        if counts:
            best = max(counts.values())
            found.append(min(iri for iri, count in counts.items() if count == best))
    return tuple(sorted(found))


def strategies_of(words: str) -> tuple[str, ...]:
    """Return the coordination mechanism and the implementation strategies whose names the words hold.

    >>> [iri.rsplit("/", 1)[1] for iri in strategies_of("conduct ongoing training of all staff")]
    ['conduct-ongoing-training']
    """
    counts = _cues("mechanism").count(_keys(words))
    best = max(counts.values(), default=0)
    found = {min(iri for iri, count in counts.items() if count == best)} if counts else set()
    content = stems(words)
    found.update(iri for iri, name, least in _strategies() if len(name & content) >= least)
    return tuple(sorted(found))


@cache
def _strategies() -> tuple[tuple[str, frozenset[str], float], ...]:
    """Return the strategies with the stems of their names, and how many of these words must share."""
    named = [(c.iri, stems(c.label)) for c in load_vocabulary().scheme("eric") if c.broader]
    return tuple((iri, name, max(_ALIKE, _ERIC_SHARE * len(name))) for iri, name in named)


def level_of(words: str, headings: Iterable[str] = (), facets: Iterable[str] = ()) -> str | None:
    """Return the level that a statement is about, one of the model's LEVELS; None if no word tells.

    `headings` above it count half; `facets` are "patient side" for each person on the side of the patient whom it is
    attributed to, else anything.

    >>> level_of("roles are not clearly defined between disciplines"), level_of("nurses were reluctant to ask")
    ('team', 'provider')
    """
    weights: dict[str, float] = dict.fromkeys((level for level, _ in _LEVELS), 0.0)
    told = _REPORTS.match(words)
    _weigh(words[told.end() :] if told else words, weights, 1.0)
    for heading in list(headings)[:1]:
        _weigh(heading, weights, 0.5)
    for facet in facets:
        weights["patient" if facet == "patient side" else "provider"] += 1
    best = max(weights.values())
    return next(level for level, weight in weights.items() if weight == best) if best else None


def _weigh(words: str, weights: dict[str, float], share: float) -> None:
    for level, count in _told_by(words):
        weights[level] += share * count


@lru_cache(maxsize=1024)
def _told_by(words: str) -> tuple[tuple[str, float], ...]:
    """Return what words tell of levels; a heading is asked for every statement below it."""
    told: list[tuple[str, float]] = []
    for level, pattern in _LEVELS:
        found = len(set(map(str.casefold, pattern.findall(words))))
        told.append((level, min(found, 1) if level in ("patient", "provider") else min(found, 3) * _WIDER))
    counts = _cues("level").count(_keys(words))
    return (*told, *((iri.rsplit("/", 1)[1], count) for iri, count in counts.items()))
