"""Words of statements: their stems, how alike two wordings are, and lists taken apart."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

from rapidfuzz.fuzz import ratio

from ingest.extract.memo import Memo

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_FUNCTION_WORDS = """
a about across after all also among an and any are as at be been being between both but by can could did do
does during each especially for from had has have having how i if in into is it its itself may might more most
not of on one or other our own s should so some such than that the their them themselves there these they this
those through to towards was we were what when where whether which while who whom whose why will with within
would you your theme themes
"""
_EMPTY = frozenset(_FUNCTION_WORDS.split())
_ENDINGS = (
    ("abilities", "ab"), ("ability", "ab"), ("ations", ""), ("ation", ""), ("itions", ""), ("ition", ""), ("ional", ""),
    ("ions", ""), ("ion", ""), ("ities", ""), ("ity", ""), ("ements", ""), ("ments", ""), ("ement", ""), ("ment", ""),
    ("ating", ""), ("ated", ""), ("ates", ""), ("ate", ""), ("ators", ""), ("ator", ""), ("ized", ""), ("ised", ""),
    ("ises", ""), ("izes", ""), ("ness", ""), ("ings", ""), ("ing", ""), ("ively", ""), ("ive", ""), ("able", "ab"),
    ("ible", "ib"), ("ances", ""), ("ance", ""), ("ences", ""), ("ence", ""), ("ies", "y"), ("ers", ""), ("ors", ""),
    ("er", ""), ("or", ""), ("ed", ""), ("es", ""), ("ly", ""), ("al", ""), ("s", ""), ("e", ""), ("y", ""),
)  # fmt: skip
_LETTERS = re.compile(r"[^\W\d_]+")
_INSIDE = 3
"""Weight of a word inside a sentence, where a capital is its own, not the sentence's."""
_MARKER = re.compile(r"(?<![\w.])\(?(?:\d{1,2}|[a-h]|i{1,3}|iv|vi{0,3}|ix)\)\s*", re.IGNORECASE)
_AND = re.compile(r"(?:(?:and|or|as well as|plus)(?: also| finally)?|finally|lastly)\s+", re.IGNORECASE)
_LAST_AND = re.compile(r",\s*(?:and|or|as well as)\s+|\s+(?:and|or|as well as)\s+(?:(?:finally|lastly),?\s+)?")
_EXAMPLES = re.compile(
    r"(?:including|such as|particularly|especially|notably|namely|for example|e\.g\.)\b", re.IGNORECASE
)
_QUOTED = re.compile(r"[“\"](?P<words>[^“”\"]{3,120})[”\"]")
_FEW = 2
_JOINT = re.compile(r"[\s,;]*(?:(?:and|or|and finally)\s+)?")
"""What stands between the items of a list of which each has its own marks; the comma may stand inside them."""
_OPEN, _CLOSE = "([{“‘", ")]}”’"


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return the part of a word that its forms share, crudely; only for comparing.

    >>> stem("prescribing") == stem("prescriber") == stem("prescribed")
    True
    """
    bare = re.sub(r"['’]s?$", "", word.casefold())
    for ending, instead in _ENDINGS:
        if bare.endswith(ending) and len(bare) - len(ending) >= 4:
            bare = bare[: -len(ending)] + instead
            break
    return bare[:-1] if len(bare) > 4 and bare[-1] == bare[-2] else bare


def _stems_of_run(run: str) -> tuple[str, ...]:
    return tuple([stem(word) for word in _WORD.findall(run) if word.casefold() not in _EMPTY])


_of_run = Memo(_stems_of_run).__getitem__
"""The stems of the words with a meaning in a run of text without a blank."""


@lru_cache(maxsize=1024)
def stems(text: str) -> frozenset[str]:
    """Return the stems of the words of `text` that carry meaning.

    >>> sorted(stems("The barriers to sharing of a record"))
    ['barri', 'record', 'shar']
    """
    return frozenset(chain.from_iterable(map(_of_run, text.split())))


def likeness(one: str, other: str) -> float:
    """Return how far two wordings say the same, 0 to 1: the words they share, measured by the shorter one.

    Two wordings that share a single word are alike only where that word is nearly all that either has.

    >>> likeness("Waiting for results", "GPs were waiting for the results") > likeness("Waiting", "GPs were waiting")
    True
    """
    a, b = stems(one), stems(other)
    if not a or not b:
        return 0.0
    shared = sum(_near(word, b) for word in a)
    if shared < 2 and len(a | b) > 1 + (shared == 1):
        return ratio(one.casefold(), other.casefold()) / 200
    return 0.8 * shared / min(len(a), len(b)) + 0.2 * shared / max(len(a), len(b))


def _near(word: str, others: frozenset[str]) -> bool:
    return word in others or any(_akin(word, other) for other in others)


def _akin(one: str, other: str) -> bool:
    """Say whether two stems begin alike, by five letters and two thirds of the shorter: not "interact", "intervent"."""
    shared = max(5, -(-2 * min(len(one), len(other)) // 3))
    return len(one) >= shared and one[:shared] == other[:shared]


class Piece(NamedTuple):
    """A stretch of a text: start..end, end-exclusive."""

    start: int
    end: int


def trimmed(text: str, start: int, end: int, marks: str = " \t\n,;:.") -> Piece:
    """Return text[start:end] without blanks and marks at its edges."""
    while start < end and text[start] in marks:
        start += 1
    while end > start and text[end - 1] in marks:
        end -= 1
    return Piece(start, end)


def items(text: str, start: int, end: int, expected: int | None = None) -> list[Piece]:
    """Return the items of the list that text[start:end] is: numbered, parted by semicolons, or by commas.

    `expected` is how many the text announced, which settles where the last "and" parts two items.

    >>> line = "trust; time, and training"
    >>> [line[p.start : p.end] for p in items(line, 0, len(line))]
    ['trust', 'time', 'training']
    >>> line = "(1) trust and respect, (2) time"
    >>> [line[p.start : p.end] for p in items(line, 0, len(line))]
    ['trust and respect', 'time']
    """
    if start >= end:
        return []
    marks = list(_MARKER.finditer(text, start, end))
    if len(marks) >= 2:
        edges = [*(m.start() for m in marks[1:]), end]
        return [p for m, edge in zip(marks, edges, strict=True) if (p := _bare(text, m.end(), edge)).start < p.end]
    quoted = list(_QUOTED.finditer(text, start, end))
    apart = all(_JOINT.fullmatch(text, a.end(), b.start()) for a, b in pairwise(quoted))
    if len(quoted) >= 2 and apart and len(text[start : quoted[0].start()].split()) <= _FEW:
        return [trimmed(text, *mark.span("words")) for mark in quoted]
    for mark in (";", ","):
        parts = list(_parts(text, start, end, mark))
        if len(parts) > 1 or mark == ",":
            break
    if not parts:
        return []
    parts = _with_examples(text, parts)
    last = parts[-1]
    if not _AND.match(text, last.start) and (expected is None or len(parts) < expected):
        cuts = [m for m in _LAST_AND.finditer(text, last.start, last.end) if not _inside(text, last.start, m.start())]
        if mark == ";":
            cuts = [m for m in cuts if m.group().startswith(",")]
        if cuts:
            cut = cuts[-1]
            parts[-1:] = [Piece(last.start, cut.start()), Piece(cut.end(), last.end)]
    return [p for part in parts if (p := _bare(text, part.start, part.end)).start < p.end]


def _with_examples(text: str, parts: list[Piece]) -> list[Piece]:
    """Join "including x, and y" to the item before it: these are no items of their own."""
    for number, part in enumerate(parts):
        if number and _EXAMPLES.match(text, part.start, part.end):
            return [*parts[: number - 1], Piece(parts[number - 1].start, parts[-1].end)]
    return parts


def _bare(text: str, start: int, end: int) -> Piece:
    piece = trimmed(text, start, end)
    tail = re.search(
        r"[\s,;]+(?:and|or)(?: later(?: on)?| then| also| finally| lastly)?$", text[piece.start : piece.end]
    )
    if tail:
        piece = trimmed(text, piece.start, piece.start + tail.start())
    lead = _AND.match(text, piece.start, piece.end)
    return trimmed(text, lead.end(), piece.end) if lead else piece


def _parts(text: str, start: int, end: int, mark: str) -> Iterator[Piece]:
    depth, at = 0, start
    for i in range(start, end):
        depth += text[i] in _OPEN
        depth -= text[i] in _CLOSE and not _apostrophe(text, i) and depth > 0
        if text[i] == mark and depth == 0:
            if i > at:
                yield trimmed(text, at, i)
            at = i + 1
    if at < end:
        yield trimmed(text, at, end)


def _apostrophe(text: str, at: int) -> bool:
    return text[at] == "’" and at > 0 and text[at - 1].isalpha() and "‘" not in text[max(0, at - 40) : at]


def _inside(text: str, start: int, at: int) -> bool:
    held = text[start:at]
    return held.count("(") > held.count(")") or held.count("“") > held.count("”")


def recased(label: str, prose: str) -> str:
    """Return a label that is all in capitals as the prose of the document writes its words; other labels stay.

    >>> recased("GPS' ROLE IN CARE", "Many GPs spoke of their role in care.")
    "GPs' role in care"
    """
    letters = [c for c in label if c.isalpha()]
    if not letters or not all(c.isupper() for c in letters):
        return label
    forms: dict[str, Counter[str]] = {word.casefold(): Counter() for word in _LETTERS.findall(label)}
    for found in _LETTERS.finditer(prose):
        word = found.group()
        if word.casefold() in forms:
            opens = found.start() == 0 or prose[found.start() - 2 : found.start()] in (". ", ": ", "\n\n")
            forms[word.casefold()][word] += 1 if opens else _INSIDE
    plain = _LETTERS.sub(lambda m: _form(m.group(), forms[m.group().casefold()]), label)
    first = _LETTERS.match(plain)
    return plain[:1].upper() + plain[1:] if first and first.group().islower() else plain


def _form(word: str, forms: Counter[str]) -> str:
    if forms:
        return forms.most_common(1)[0][0]
    return word.lower() if any(c in "AEIOUY" for c in word) else word
