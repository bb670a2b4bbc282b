"""Paragraphs that are the turns of a talk: "Nurse: ...", "Anna: ..."."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

TURN = re.compile(
    r"(?:[A-Z][A-Za-z]{0,2}\d{0,3}|Interviewer|Moderator|Facilitator|Participant \d+|Respondent \d+)\s?:\s+\S"
)
"""What begins with the label of somebody who talks: "P2: ...", "Interviewer: ..."."""
_LABEL = re.compile(
    r"(?P<mark>[“\"])?(?P<who>[A-Z][A-Za-zà-ÿ’'-]{0,14})(?(mark)[”\"])"
    r"(?:[ _-]?(?P<number>\d{1,3}))?(?:\s\([^()]{1,20}\))?\s?:\s+\S"
)
_ASKS = frozenset({"Moderator", "Interviewer", "Facilitator", "Researcher"})
_NOBODY = re.compile(
    r"(?:table|fig(?:ure)?|box|step|stage|phase|theme|aim|objective|note|question|hypothesis|study|appendix|file|box|"
    r"panel|rq|quot(?:e|ation)|excerpt|extract|example|definition|keyword|section|chapter|level|category|domain|supplement\w*|volume|issue|pages?|doi|pmid|pmcid)s?\Z",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"(\d{1,3}):\s+(?=[A-Z“\"‘'(\[…])")
_OFTEN = 2
_FEWEST = 4


def turns_of_talk(texts: Sequence[str]) -> frozenset[int]:
    """Return which of the paragraphs are turns: a label that comes again stands next to another such label, or to
    that of the one who asks.

    >>> sorted(turns_of_talk(["They met.", "Ann: No.", "Ben: Why?", "Ann: It was late.", "Ben: Oh.", "Aim: none"]))
    [1, 2, 3, 4]
    """
    labels = [(found["who"], found["number"]) if (found := _LABEL.match(text)) else None for text in texts]
    labels = [None if label is None or _NOBODY.match(label[0]) else label for label in labels]
    often = Counter(label[0] for label in labels if label)
    beside = {
        who
        for one, other in pairwise(labels)
        if one and other and one != other
        for who in (one[0], other[0])
        if max(often[one[0]], often[other[0]]) >= _OFTEN
        and all(often[who] >= _OFTEN or not _ASKS.isdisjoint((one[0], other[0])) for who in (one[0], other[0]))
    }
    return frozenset(at for at, label in enumerate(labels) if label and label[0] in beside)


def numbered_turns(texts: Sequence[str]) -> frozenset[int]:
    """Return which of the texts begin with the number of who speaks: there are several such, and they do not count up
    as a list does.

    >>> sorted(numbered_turns(["They met.", "8: I came late.", "12: I did not.", "It was so.", "8: No.", "3: Yes."]))
    [1, 2, 4, 5]
    >>> numbered_turns(["1: Ask.", "2: Listen.", "3: Write.", "4: Send."])
    frozenset()
    """
    found = {at: int(label[1]) for at, text in enumerate(texts) if (label := _COUNTED.match(text))}
    numbers = list(found.values())
    counts_up = all(a < b for a, b in pairwise(numbers))
    return frozenset(found) if len(found) >= _FEWEST and not counts_up else frozenset()
