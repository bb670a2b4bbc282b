"""How likely a candidate states a barrier, a facilitator or an intervention: features with weights that can be read."""

import json
import math
import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import repeat
from operator import mul
from typing import Any

from ingest.extract.candidates import Candidate, Surroundings
from ingest.extract.cells import listed_as
from ingest.extract.cues import ACTS, HELPS, HINDERS, CueIndex
from ingest.extract.leanings import leanings, subject
from ingest.extract.phrasings import phrasings_in
from ingest.extract.screening import Pattern
from ingest.extract.wording import word_set

Features = dict[str, float]

TRIED = "names what was tried"
"""The feature of the statement of an abstract that names the programme which the study is about."""
_OPPOSED = {"hindering": HELPS, "helping": HINDERS}
"""Groups of cues that tell nothing in an item of a list: what is called a barrier is one, however good it sounds."""
_KINDS = (("hindering", HINDERS), ("helping", HELPS), ("acting", ACTS))
_DIGITS = re.compile(r"\d")
_STATISTIC = Pattern(r"%|\bp ?[<=>]|±|\bCI\b|\bn ?= ?\d")
_ANNOUNCES = Pattern(
    r"\b(?:several|various|multiple|number of|following|different|both|range of|variety of|two|three|four|"
    r"five|main|these|"
    r"major|key|common|many|some)\b.{0,40}\b(?:barriers|facilitators|challenges|obstacles|difficulties|"
    r"concerns|themes|factors|"
    r"issues|problems|strategies|enablers|ways|reasons)\b"
    r"(?! (?:\w+ ){0,3}?as (?:\w+ ){0,2}(?:important|key|crucial|essential|central)\b)",
    re.IGNORECASE,
)
_TAG_QUESTION = re.compile(r"(?:,|…|\.\.\.) ?[\w’']+(?: [\w’']+){0,2}\??$")
"""The end of what only sounds like a question: "…, you know?", "…, isn't it?"."""
_WE = Pattern(r"\b(?:we|our)\b", re.IGNORECASE)
_PLACES = {
    "results": "results", "abstract results": "results", "discussion": "discussion", "conclusions": "discussion",
    "abstract conclusions": "discussion", "abstract discussion": "discussion",
}  # fmt: skip
"""Zones that turns of phrase are told apart by."""
_BEFORE_RESULTS = frozenset({"background", "abstract background", "methods"})
"""Zones in which what should be done is what others think, or what was asked."""
_HEADINGS = {
    "hindering": word_set("named concern lack cannot unclear burden conflict frustration unwilling worse"),
    "helping": frozenset(["aiding", "helping", "easing"]),
    "method": frozenset(["method", "study"]),
}
"""Groups of cues in a heading that say what stands below it."""
_GOOD_BELOW = Pattern(
    r"\b(?:opportunit(?:y|ies)|strengths|advantages|benefits|enablers|success(?:es)?|assets|pros|"
    r"positives?|what (?:works|worked|helps|helped))\b",
    re.IGNORECASE,
)
"""A heading that promises what helps, if only beside what hinders."""
_PROPOSALS_BELOW = Pattern(
    r"\b(?:recommend(?:ed|ations?)|implications?|solutions|suggestions (?:for|to)|improvements?|lessons|"
    r"(?:proposed|suggested|recommended|possible|potential|desired) (?:\w+ )?(?:strategies|interventions?|changes|"
    r"approach(?:es)?)|strategies (?:for|to)|ways? (?:forward|to improve)|"
    r"future (?:directions?|practice|developments?|interventions?|services?|care)|"
    r"what (?:is|would|should|could|can|needs)\b.{0,30}\b(?:done|needed|help|change))\b",
    re.IGNORECASE,
)
"""A heading below which people put what should be done."""
_OF_AUTHORS = frozenset(
    {"about the study", "our findings", "compares groups", "asks research", "research", "tells of other work"}
)
"""Turns of phrase that mean the study only where its authors speak: who says "we" in an interview means the clinic."""
_OF_AIMS = frozenset(
    ["says method", "says study", "only cited", "proposes before results"]
    + [f"puts: {name}" for name in ("about the study", "our findings", "compares groups", "asks research", "evaluated")]
)
"""What an aim says of every study, and what tells nothing of the programme that it names."""
_PROPOSING = frozenset(
    ["may help", "should", "need for", "opens with do", "opens with doing", "others suggest", "strategy to", "wished"]
)
"""Turns of phrase by which a claim with a citation is still put forward, not only reported."""
_POINTER = re.compile(
    r"\s*[(\[](?:see |also )*(?:table|box|fig(?:ure|\.)?|appendix|additional file)s?\b[^)\]]*[)\]]", re.IGNORECASE
)
"""Words in a heading that point to a table or figure: they say nothing of what stands below."""
_NUMBERED = re.compile(r"^(?:Table|Box|Fig(?:ure|\.)?)\s*\w+[.:]?\s*", re.IGNORECASE)
"""What a caption opens with: by itself no sign that a table is about methods."""
_MOST_OF = 0.6
_NEAR = 2
"""Sentences before and after that count as near."""


def features_of(candidate: Candidate, around: Surroundings) -> Features:
    """Return what speaks for or against a candidate, by name; values lie between 0 and 1."""
    text = around.reading.text
    words = text[candidate.start : candidate.end]
    listed = listed_as(candidate.listed) if candidate.listed else ""
    own = around.cues.groups_in(candidate.start, candidate.end) - _OPPOSED.get(listed, frozenset())
    place = _PLACES.get(candidate.zone, "elsewhere")
    found: Features = {"always": 1.0}
    found.update(_cued(own, around.sentence_groups[candidate.number] - own))
    found.update(_neighbours(candidate, around))
    found[f"in {candidate.zone}"] = 1.0
    hindering, helping, acting = len(own & HINDERS), len(own & HELPS), len(own & ACTS)
    found.update(leanings(hindering, helping, acting, place if candidate.quote is None else "quote"))
    found.update(subject(words, quoted=candidate.quote is not None))
    _weigh_phrasings(found, candidate, words, place)
    found.update(_place(candidate))
    if candidate.quote is not None:
        before = around.before_quote(candidate.quote.start)
        for name, groups in _KINDS:
            found[f"led by {name}"] = min(len(before & groups), 3) / 3
    found.update(_headings(candidate.headings[:2], place == "discussion"))
    if listed:
        found[f"listed: {listed}"] = 1.0
    if around.roles.between(candidate.start, candidate.end) or "people" in own:
        found["names people"] = 1.0
    found.update(_echoes(candidate, around))
    found.update(_form(candidate, text))
    if TRIED in found:
        found = {name: value for name, value in found.items() if name.split(",")[0] not in _OF_AIMS}
    return {name: value for name, value in found.items() if value}


def _cued(own: Set[str], rest: Set[str]) -> Features:
    """Return what the cue words of a candidate say, and those of the `rest` of its sentence."""
    found: Features = {f"says {group}": 1.0 for group in sorted(own)}
    hindering, helping, acting = len(own & HINDERS), len(own & HELPS), len(own & ACTS)
    found["hindering words"] = min(hindering, 3) / 3
    found["helping words"] = min(helping, 3) / 3
    found["acting words"] = min(acting, 4) / 4
    found["no cue"] = float(not hindering and not helping)
    for name, groups in _KINDS:
        found[f"sentence {name}"] = min(len(rest & groups), 3) / 3
    if "named" in rest:
        found["sentence names it"] = 1.0
    return found


def _weigh_phrasings(found: Features, candidate: Candidate, words: str, place: str) -> None:
    """Add how a candidate is put; what is proposed before the results is no proposal of the study, nor are the words
    for it that were found already."""
    put = [name for name in phrasings_in(words) if candidate.quote is None or name not in _OF_AUTHORS]
    proposes = not _PROPOSING.isdisjoint(put)
    of_others = candidate.cited or candidate.background
    if of_others and candidate.zone != "methods" and not proposes:
        found["only cited"] = 1.0
    if proposes and candidate.zone in _BEFORE_RESULTS:
        found["proposes before results"] = 1.0
        put = [name for name in put if name not in _PROPOSING]
        for group in ("must", "might", "recommend", "hope"):
            found.pop(f"says {group}", None)
    elif proposes and of_others:
        found["cited proposal"] = 1.0
    if candidate.aside:
        found[f"kept as {candidate.aside}"] = 1.0
    for name in put:
        found[f"puts: {name}"] = 1.0
        found[f"puts: {name}, {place}"] = 1.0


def _echoes(candidate: Candidate, around: Surroundings) -> Features:
    """Return how far a candidate has the words of the title, and those that are central to the paper."""
    found: Features = {}
    sentence = candidate.sentence
    if candidate.number == around.tried and around.echo(candidate.start, candidate.end) >= _MOST_OF * around.echo(
        sentence.start, sentence.end
    ):
        found[TRIED] = 1.0
    if candidate.zone.startswith("abstract ") or candidate.zone in _BEFORE_RESULTS:
        found["echoes the title"] = around.echo(candidate.start, candidate.end)
    content = around.stems(candidate.start, candidate.end)
    found["central words"] = len(content & around.central) / len(content) if content else 0.0
    return found


def _form(candidate: Candidate, text: str) -> Features:
    """Return what the length and the form of the words tell: numbers, a question, who speaks."""
    words = text[candidate.start : candidate.end]
    found: Features = {"short": float(len(words) < 35), "long": float(len(words) > 160)}
    if _STATISTIC.search(words) or len(_DIGITS.findall(words)) > 4:
        found["numbers"] = 1.0
    if candidate.quote is None and _ANNOUNCES.search(words):
        found["announces"] = 1.0
    if candidate.quote is None and _WE.search(words):
        found["authors speak"] = 1.0
    if "?" in text[candidate.end - 1 : candidate.end + 1] and not _TAG_QUESTION.search(words):
        found["question"] = 1.0
    return found


def _place(candidate: Candidate) -> Features:
    found: Features = {}
    if candidate.quote is not None:
        found["in a quote"] = 1.0
        if candidate.start - candidate.quote.start < 5:
            found["begins a quote"] = 1.0
    if candidate.leads is not None:
        found["leads to a quote"] = 1.0
    if candidate.cited:
        found["cited"] = 1.0
    if candidate.background:
        found["background"] = 1.0
    return found


def _neighbours(candidate: Candidate, around: Surroundings) -> Features:
    number, sentences, counts = candidate.number, around.sentences, around.sentence_counts
    section = candidate.sentence.section
    size = hindering = helping = acting = 0
    for n in range(max(0, number - _NEAR), min(len(sentences), number + _NEAR + 1)):
        if n != number and sentences[n].section == section:
            size += 1
            hindering += counts[n][0]
            helping += counts[n][1]
            acting += counts[n][2]
    found: Features = {}
    if size:
        found["near hindering"] = min(hindering / size, 3) / 3
        found["near helping"] = min(helping / size, 3) / 3
        found["near acting"] = min(acting / size, 3) / 3
    if number and sentences[number - 1].section == section and "named" in around.sentence_groups[number - 1]:
        found["names it before"] = 1.0
    return found


@cache
def _heading_groups(heading: str) -> frozenset[str]:
    return frozenset(CueIndex(heading).groups)


@lru_cache(maxsize=1024)
def _headings(headings: tuple[str, ...], is_discussion: bool) -> Features:
    """Return what headings above a candidate say; one about barriers alone is no place for what helps.

    A discussion that is headed "our study and earlier ones" tells of findings, not of methods.
    """
    told: set[str] = set()
    for heading in headings:
        groups = _heading_groups(_POINTER.sub("", _NUMBERED.sub("", heading)))
        if is_discussion:
            groups -= {"study"}
        told |= {name for name, telling in _HEADINGS.items() if groups & telling}
        if _GOOD_BELOW.search(heading):
            told.add("helping")
        if _PROPOSALS_BELOW.search(heading):
            told.add("acting")
    found: Features = {f"heading {name}": 1.0 for name in sorted(told)}
    if len(told & {"hindering", "helping"}) == 1:
        found[f"heading only {'hindering' if 'hindering' in told else 'helping'}"] = 1.0
    if "method" in told:
        found.pop("heading acting", None)
    return found


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of one kind of record by feature, and the line that makes a chance of their sum.

    Slope and offset are fitted to the sums that papers get from weights learned without them
    (`devtools/train_ranker.py`), so that of statements with a score of 0.6 six in ten are what a reviewer would mark.
    """

    by_feature: Mapping[str, float]
    slope: float = 1.0
    offset: float = 0.0

    def of(self, feature: str) -> float:
        """Return the weight of a feature; one that was never seen has none."""
        return self.by_feature.get(feature, 0.0)

    def total(self, features: Features) -> float:
        """Return the sum of the weights of features."""
        worth = map(self.by_feature.get, features, repeat(0.0))
        total: float = sum(map(mul, worth, features.values()))
        return total

    def chance(self, total: float) -> float:
        """Return the chance, 0 to 1, that a reviewer would mark a candidate whose features have this sum."""
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.slope * total + self.offset))))

    def telling(self, features: Features) -> list[str]:
        """Return the features that speak for a candidate, the strongest first."""
        worth = self.by_feature.get
        parts = [(worth(name, 0.0) * value, name) for name, value in features.items() if name != "always"]
        return [name for added, name in sorted(parts, reverse=True) if added > 0]

    def stored(self) -> dict[str, Any]:
        """Return the weights as they are kept in weights.json."""
        features = dict(sorted(self.by_feature.items()))
        return {"slope": self.slope, "offset": self.offset, "features": features}


@cache
def weights(kind: str) -> Weights:
    """Return the shipped weights of "Barrier", "Facilitator" or "Intervention"."""
    shipped = json.loads(files("ingest.extract").joinpath("weights.json").read_text(encoding="utf-8"))[kind]
    return Weights(shipped["features"], shipped["slope"], shipped["offset"])
