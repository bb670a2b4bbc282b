"""Ways of doing a study that a paper names and did not go: what others should do, and what was not chosen."""

import re

from ingest.extract.study.text import Found
from ingest.reading import Reading

_INSTEAD = re.compile(
    r"\b(?:rather than|instead of|as opposed to|in contrast to|unlike"
    r"|alternative\b[^.;]{0,80}\b(?:such as|like|including))\s+(?:[\w-]+\s+){0,2}\Z",
    re.IGNORECASE,
)
_PROPOSED = re.compile(
    r"\bfuture (?:[\w-]+ ){0,3}(?:work|research|stud(?:y|ies)|investigations?|trials?|evaluations?|researchers)\b",
    re.IGNORECASE,
)
_LATER = frozenset({"discussion", "limitations", "conclusions", "other"})
_NOT = re.compile(r"\b(?:not|non|never)[- ](?:\w+ )?\Z", re.IGNORECASE)
_UNFIT = re.compile(
    r"\b(?:sampl|select)\w+\b[^.;,]{0,60}\b(?:was|were|is|are) not (?:\w+ )?(?:practical|practicable|possible"
    r"|feasible|appropriate|used"
    r"|suitable|done)",
    re.IGNORECASE,
)
_THINGS = re.compile(
    r"\b(?:comments|excerpts|quot(?:e|ation)s|transcripts|recordings|items|questions|charts|records|responses|pages"
    r"|segments|images|photographs)\b[^.;]{0,20}\Z",
    re.IGNORECASE,
)
"""What is drawn at random beside people."""
_TALK = re.compile(
    r"\binterview|\bfocus[- ]group|\bguides?\b|\bmoderator|\bfacilitator|\bdiscussion|\basking\b", re.IGNORECASE
)
_WRITTEN = re.compile(r"\b(?:survey|questionnaire|written|free[- ]text|e-?mail|form\b|forms\b|comment)", re.IGNORECASE)
_METHODS = frozenset({"data_collection_method", "sampling_method", "analysis_method"})
_LASTING = re.compile(
    r"\binterview|\bfocus[- ]group|\bdiscussion|\bsession|\bconversation|\bmeeting|\bworkshop|\bsurvey|\bquestionnaire"
    r"|\bthey\b|\beach\b|\b(?-i:IDIs?|FGDs?|FGs?|KIIs?)\b|\bduration|\blength\b|\ball\b",
    re.IGNORECASE,
)
"""What lasts where data are collected."""
_TAUGHT = re.compile(
    r"\b(?:training|exercise|treatment|therapy|therapeutic|teaching|intervention|education\w*|counselling|yoga)"
    r" (?:\w+ ){0,2}sessions?\b",
    re.IGNORECASE,
)
FREE_TEXT = "free-text questions"


def was_not_done(reading: Reading, fact: Found) -> bool:
    """Say whether the sentence of a fact only proposes its method, or sets it against the one that was chosen.

    Questions that an interviewer leaves open are no questions of a form.
    """
    sentence = reading.sentence_at(fact.start)
    if sentence is None:
        return False
    words = reading.text[sentence.start : sentence.end]
    if fact.field == "interview_duration":
        return _LASTING.search(words) is None or _TAUGHT.search(words) is not None
    if fact.field not in _METHODS:
        return False
    before, upto = reading.text[sentence.start : fact.start], reading.text[sentence.start : fact.end]
    proposed = reading.section_at(fact.start).kind in _LATER and _PROPOSED.search(upto) is not None
    spoken = fact.value == FREE_TEXT and _TALK.search(words) is not None and _WRITTEN.search(words) is None
    refused = _INSTEAD.search(before) or _NOT.search(before)
    sampled = fact.field == "sampling_method" and (_UNFIT.search(words[len(before) :]) or _is_of_things(fact, words))
    return bool(proposed or spoken or refused or sampled)


def _is_of_things(fact: Found, words: str) -> bool:
    drawn = re.search(r"\brandom(?:ly)?\b", words, re.IGNORECASE)
    return fact.value == "random sampling" and drawn is not None and _THINGS.search(words[: drawn.start()]) is not None
