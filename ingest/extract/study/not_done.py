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
_TALK = re.compile(r"\binterview|\bfocus[- ]group|\bguides?\b", re.IGNORECASE)
_WRITTEN = re.compile(r"\b(?:survey|questionnaire|written|free[- ]text|e-?mail|form\b|forms\b|comment)", re.IGNORECASE)
_METHODS = frozenset({"data_collection_method", "sampling_method", "analysis_method"})
FREE_TEXT = "free-text questions"


def was_not_done(reading: Reading, fact: Found) -> bool:
    """Say whether the sentence of a fact only proposes its method, or sets it against the one that was chosen.

    Questions that an interviewer leaves open are no questions of a form.
    """
    sentence = reading.sentence_at(fact.start)
    if fact.field not in _METHODS or sentence is None:
        return False
    words = reading.text[sentence.start : sentence.end]
    before, upto = reading.text[sentence.start : fact.start], reading.text[sentence.start : fact.end]
    proposed = reading.section_at(fact.start).kind in _LATER and _PROPOSED.search(upto) is not None
    spoken = fact.value == FREE_TEXT and _TALK.search(words) is not None and _WRITTEN.search(words) is None
    return proposed or spoken or _INSTEAD.search(before) is not None
