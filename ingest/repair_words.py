"""Words that lost the blank between them, parted where the document itself or the writing shows two words."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from ingest.repair import Words

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_TOKEN = re.compile(r"[^\W\d_]+")
_PUNCTUATION = re.compile(
    r"(?<=[A-Za-z]{2}[,;])(?=[A-Za-z]{2})|(?<=[a-z]{2}[.?!:])(?=[A-Z][a-z]+[ ,])|(?<=[A-Z]{5}:)(?=[A-Z][a-z])"
)
_BRACKET = re.compile(
    r"(?<=[a-z]{3}[\])])(?=[a-z]{3})|(?<=[A-Z]{2}[\])])(?=[a-z]{3})|(?<=[a-z]{3})(?=\((?:[A-Z]{2,}|[a-z]{3,} ))"
)
_NOUN_NUMBER = re.compile(
    r"\b(?:Theme|Themes|Table|Tables|Figure|Box|Appendix|Phase|Step|Stage|Section|Chapter|Category|Group)(?=\d{1,2}\b)"
)
_NUMBER_UNIT = re.compile(
    r"(?<=\d)(?=(?:min|mins|minutes|hours?|hrs|years?|months?|weeks?|days?|participants|interviews)\b)"
)
_ADDRESS = re.compile(r"\S*(?:://|www\.|@|\.org|\.com|\.net|\.edu|\.gov)\S*")
_FUNCTION = frozenset(
    [
        "a", "an", "and", "are", "as", "at", "be", "between", "but", "by", "during", "for", "from", "had", "has",
        "have", "in", "into", "is", "of", "on", "or", "our", "since", "than", "that", "the", "their", "this", "to",
        "until", "was", "we", "were", "when", "where", "which", "while", "who", "with", "within",
    ]
)  # fmt: skip
_NAMES = ("mc", "mac", "de", "la", "le", "di", "du", "van", "fitz", "e", "m", "i", "o")
_SHORTEST = 6
"""Both halves of a glued word that only the words of the document part have this many letters: compounds rarely do."""


@dataclass(frozen=True)
class Evidence:
    """What a document says about where its words end: how often each word and each pair of words occurs."""

    words: Words
    pairs: Counter[tuple[str, str]]
    leaky: bool

    @classmethod
    def of(cls, texts: Iterable[str], words: Words) -> "Evidence":
        """Count the pairs of neighbouring words; a document is leaky where blanks are plainly missing elsewhere."""
        pairs: Counter[tuple[str, str]] = Counter()
        leaks = 0
        for text in texts:
            tokens = [token.casefold() for token in re.findall(r"[^\W\d_]+|[^\w\s]", text)]
            pairs.update(pairwise(tokens))
            leaks += sum(1 for _ in _PUNCTUATION.finditer(text)) + sum(1 for _ in _NOUN_NUMBER.finditer(text))
        return cls(words, pairs, leaks > 1)


def glued_places(text: str, evidence: Evidence) -> list[int]:
    """Return the places of `text` where a blank is missing, in order.

    >>> evidence = Evidence.of(["pain management and pain management"], Words.of("pain management and pain management"))
    >>> glued_places("painmanagement in Theme1", evidence)
    [4, 23]
    """
    addresses = [(match.start(), match.end()) for match in _ADDRESS.finditer(text)]
    found = {match.start() for pattern in (_PUNCTUATION, _BRACKET, _NUMBER_UNIT) for match in pattern.finditer(text)}
    found |= {match.end() for match in _NOUN_NUMBER.finditer(text)}
    found |= set(_camels(text, evidence)) | set(_runs(text, evidence))
    return sorted(place for place in found if not any(a < place < b for a, b in addresses))


def _camels(text: str, evidence: Evidence) -> Iterator[int]:
    words = evidence.words
    for match in _CAMEL.finditer(text):
        place = match.start()
        left = _before(text, place)
        right = _TOKEN.match(text, place)
        if right is None or left.casefold() in _NAMES:
            continue
        whole = left + right.group()
        function = left in _FUNCTION and words[whole] <= 1
        attested = len(left) > 2 and words[left] > 1 and words[right.group()] > 1 and words[whole] <= 1
        if function or attested:
            yield place


def _runs(text: str, evidence: Evidence) -> Iterator[int]:
    for match in _TOKEN.finditer(text):
        word = match.group()
        if len(word) < 8 or not word.islower() or len(word) > 40 or evidence.words[word] > 1:
            continue
        split = _split(word, evidence)
        if split:
            yield match.start() + split


def _split(word: str, evidence: Evidence) -> int | None:
    """Return where one word is two: they stand side by side elsewhere, or both are long words of the document."""
    halves = [(word[:at], word[at:], at) for at in range(3, len(word) - 2)]
    paired = [at for left, right, at in halves if evidence.pairs[left, right] > 1]
    if len(paired) == 1:
        return paired[0]
    if not evidence.leaky:
        return None
    known = [
        at
        for left, right, at in halves
        if min(len(left), len(right)) >= _SHORTEST and evidence.words[left] and evidence.words[right]
    ]
    return known[0] if len(known) == 1 else None


def _before(text: str, place: int) -> str:
    start = place
    while start > 0 and text[start - 1].isalpha():
        start -= 1
        if place - start > 40:
            break
    return text[start:place]
