"""Words that lost the blank between them, parted where the document itself or the writing shows two words."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ingest.repair import Words

_CAMEL = re.compile(r"[A-Z](?<=[a-z][A-Z])")
"""A capital right behind a small letter. Here and below what is rarer in a text is looked for first, then what stands
before it: that takes a fraction of the time."""
_TOKEN = re.compile(r"[^\W\d_]+")
_SIGN = re.compile(r"[,;.?!:\])](?=[A-Za-z])")
_OPENED = re.compile(r"\((?<=[a-z]{3}\()(?:[A-Z]{2}|[a-z]{3,} )")
_UNIT = re.compile(r"\d(?=(?:min|mins|minutes|hours?|hrs|years?|months?|weeks?|days?|participants|interviews)\b)")
_NUMBER = re.compile(r"\d(?<=[a-z]\d)\d?\b")
_SENTENCE = re.compile(r"[A-Z][a-z]+[ ,]")
_ADDRESS = re.compile(r"://|www\.|@|\.(?:org|com|net|edu|gov)\b")
_PREFIX = re.compile(
    r"(?<!\w)[(\[](?:hypo|hyper|non|pre|post|sub|multi|inter|intra|dis|mis|over|under|self|socio)[)\]]\Z"
)
"""A part of a word in brackets: "(non)commercial"."""
_NUMBERED = frozenset(
    [
        "Appendix", "Box", "Category", "Chapter", "Figure", "Group", "Phase", "Section", "Stage", "Step", "Table",
        "Tables", "Theme", "Themes",
    ]
)  # fmt: skip
_CONJOINED = frozenset(["and", "by", "for", "from", "in", "of", "the", "to", "with"])
_FUNCTION = frozenset(
    [
        "a", "an", "and", "are", "as", "at", "be", "between", "but", "by", "during", "for", "from", "had", "has",
        "have", "in", "into", "is", "of", "on", "or", "our", "since", "than", "that", "the", "their", "this", "to",
        "until", "was", "we", "were", "when", "where", "which", "while", "who", "with", "within",
    ]
)  # fmt: skip
_NAMES = ("mc", "mac", "de", "la", "le", "di", "du", "van", "fitz", "e", "m", "i", "o")
_OFTEN = 3
_SHORTEST = 6
"""Both halves of a glued word that only the words of the document part have this many letters: compounds rarely do."""


@dataclass(frozen=True)
class Evidence:
    """What a document says about where its words end: how often each word and each pair of words occurs."""

    words: Words
    pairs: Counter[tuple[str, str]]
    leaky: bool
    plain: dict[str, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, texts: Sequence[str], words: Words) -> "Evidence":
        """Return the evidence of a document; it is leaky where blanks are plainly missing elsewhere too.

        Pairs are counted only then, as only then they are asked for; where blanks are `plain`ly missing in each text
        is kept.
        """
        plain = {text: [*_plain(text)] for text in texts}
        leaks = 0
        for text in texts:
            leaks += len(plain[text])
            leaks += sum(_before(text, m.start()) in _CONJOINED for m in _CAMEL.finditer(text))
        pairs: Counter[tuple[str, str]] = Counter()
        for text in texts if leaks > 1 else ():
            pairs.update(pairwise(re.findall(r"[^\W\d_]+|[^\w\s]", text.casefold())))
        return cls(words, pairs, leaks > 1, plain)


def glued_places(text: str, evidence: Evidence) -> list[int]:
    """Return the places of `text` where a blank is missing, in order.

    >>> text = "Pain management in Theme1 and inTheme 2, where pain management and ofTen painmanagement"
    >>> [text[place - 2 : place + 2] for place in glued_places(text, Evidence.of([text], Words.of(text)))]
    ['me1 ', 'inTh', 'ofTe', 'inma']
    """
    plain = evidence.plain.get(text)
    found = {*(_plain(text) if plain is None else plain), *_camels(text, evidence)}
    found.update(match.start() for match in _OPENED.finditer(text))
    found.update(match.end() for match in _UNIT.finditer(text))
    if evidence.leaky:
        found.update(_runs(text, evidence))
    return sorted(place for place in found if not _in_address(text, place))


def _plain(text: str) -> Iterator[int]:
    """Yield where a blank is missing behind a sign, or before the number of a "Theme1"."""
    for match in _SIGN.finditer(text):
        place, sign = match.end(), match.group()
        before, after = text[max(0, place - 7) : place - 1], text[place : place + 3]
        if sign in ",;":
            plain = before[-2:].isalpha() and len(before) > 1 and after[:2].isalpha() and len(after) > 1
        elif sign in "])":
            plain = after.islower() and len(after) == 3 and after.isalpha() and _word_in_brackets(text, place, before)
        else:
            plain = before[-2:].islower() and before[-2:].isalpha() and _SENTENCE.match(text, place) is not None
            shouted = sign == ":" and len(before) > 4 and before[-5:].isupper() and after[:1].isupper()
            plain = plain or (shouted and before[-5:].isalpha() and after[1:2].islower())
        if plain:
            yield place
    for match in _NUMBER.finditer(text):
        if _before(text, match.start()) in _NUMBERED:
            yield match.start()


def _word_in_brackets(text: str, place: int, before: str) -> bool:
    whole = (before[-3:].islower() and before[-3:].isalpha()) or (before[-2:].isupper() and before[-2:].isalpha())
    return whole and _PREFIX.search(text, max(0, place - 9), place) is None


def _in_address(text: str, place: int) -> bool:
    start = max(text.rfind(" ", 0, place), text.rfind("\n", 0, place)) + 1
    end = text.find(" ", place)
    return _ADDRESS.search(text, start, end if end >= 0 else len(text)) is not None


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
        if len(word) < 8 or not word.islower() or len(word) > 40 or evidence.words[word] > _OFTEN:
            continue
        split = _split(word, evidence)
        if split:
            yield match.start() + split


def _split(word: str, evidence: Evidence) -> int | None:
    """Return where one word is two: they stand side by side elsewhere, or both are long words of the document."""
    halves = [(word[:at], word[at:], at) for at in range(3, len(word) - 2)]
    count = evidence.words[word]
    paired = [at for left, right, at in halves if evidence.pairs[left, right] > max(1, 4 * (count - 1))]
    if len(paired) == 1:
        return paired[0]
    if count > 1:
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
