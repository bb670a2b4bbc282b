"""Quotation marks of a paragraph: which opens, which closes, which is an apostrophe."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from ingest.extract.quotes.speech import is_narration, speech_score

_CURLY = {"“": "”", "„": "“”", "«": "»", "‟": "”"}
_DOUBLE_CLOSERS = "”»"
_DOUBLE = re.compile('[“„«‟"”»]')
_SINGLE = re.compile("[‘']")
_LETTER = re.compile(r"[^\W_]")
_outer_start, _start = attrgetter("outer_start"), attrgetter("start")
_ELISION = re.compile(r"['’‘](?:em|til|cause|cos|cuz|n|bout|round|tis|twas|d|ll|s|\d\d)\b", re.IGNORECASE)
_PLURAL_OWNER = re.compile(r"s['’]\s+[a-z]")
_TAG_AHEAD = re.compile(r"(?<!\s)\s*+(?:[.,]\s*+)?[\[(][^\[\]()]{1,60}[\])]\s*+(?:[.;]\s*+)?$")
_BEHIND_END = re.compile(r"[.?!…,]\s?\Z")
_TAG_NEXT = re.compile(r"[.,]?\s*(?:[\[(]|[A-Z]{1,6}[ -]?\d)")
_DASH_AND_TAG = re.compile(r"[–—-]+\s?[\[(]")
_CLOSES_ALL = re.compile(r"\s*(?P<words>[^“”\"„«»]{25,})”[.,?!]?\s*(?:[(\[][^()\[\]]{1,60}[)\]])?[.]?\s*", re.DOTALL)
_FIRST = re.compile(r"[\s.…]*[^.?!:]*[.?!:]?")
_OPENS_AT_END = re.compile(r"(?<=[.?!…])“(?=\s?[—–(\[]|\s{0,3}\Z)")
"""An opening mark that closes: behind the end of a sentence, and before a tag or nothing."""
_STOP = re.compile(r"(?<=[.?!…])\s+(?=[A-Z])")
_STATEMENT = re.compile(
    r"\b(?:his|her|this|these|th(?:is|e) \w+['’]s) "
    r"(?:statement|account|quot(?:e|ation)|excerpt|comment|response|testimony)s?\b"
)
"""How authors go on to speak of what somebody said."""
_MOST_UNCLOSED = 4
"""Marks of a paragraph that never close and are passed over; where there are more, nothing behind them is believed."""
_REACH = 10_000
"""Characters behind such a mark in which the authors' own words are looked for."""
_SURE = 2
_MARKED_CELL = re.compile("(?<![^\\t\\n])[^\\t\\n“„«‟\"”»‘']*[“„«‟\"”»‘'][^\\t\\n]*")
"""A cell of a table that holds a mark."""
_AFTER_OPEN = "…[(.-–—$£€‘'"


@dataclass(frozen=True, slots=True)
class Marked:
    """Words between marks: text[start:end] without the marks, text[outer_start:outer_end] with them.

    `style` is "double", "single" or "guillemet"; `closed` is false where the closing mark is missing.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    style: str
    closed: bool = True

    @property
    def size(self) -> int:
        """How many characters lie between the marks."""
        return self.end - self.start


def find_marked(text: str) -> list[Marked]:
    """Return the outermost quotations of one paragraph in order; what is quoted inside them is not listed.

    A double quotation that never closes runs to the speaker tag at the end of the paragraph, or to its end, unless the
    authors go on there; one that is closed there and never opened begins with the paragraph.

    >>> [m.style for m in find_marked("One said “it’s ‘theirs’ to do” and 'ours' too.")]
    ['double', 'single']
    """
    doubles = _doubles(text) or _unopened(text)
    singles = [m for m in _singles(text) if not _within(m, _last(doubles, m.outer_start, _outer_start))]
    doubles = [d for d in doubles if not _holds(_last(singles, d.outer_start, _start), d)]
    return [_trimmed(text, m) for m in sorted([*doubles, *singles], key=lambda m: m.start) if m.start < m.end]


def marks_within(text: str, start: int, end: int, *, cells: bool) -> list[Marked]:
    r"""Return the quotations of text[start:end] with their places in the text; those of a table cell by cell, so that a
    mark which never closes takes nothing from the cells behind it.

    >>> [mark.start for mark in marks_within("a\t“b\t“c”", 0, 8, cells=True)]
    [3, 6]
    """
    pieces = [match.span() for match in _MARKED_CELL.finditer(text, start, end)] if cells else [(start, end)]
    return [
        replace(
            mark,
            start=mark.start + at,
            end=mark.end + at,
            outer_start=mark.outer_start + at,
            outer_end=mark.outer_end + at,
        )
        for at, stop in pieces
        for mark in find_marked(text[at:stop])
    ]


def _last(found: Sequence[Marked], at: int, place: Callable[[Marked], int]) -> Marked | None:
    """Return the last of quotations in order, which never overlap, that begins at a place or before it."""
    number = bisect_right(found, at, key=place)
    return found[number - 1] if number else None


def _within(single: Marked, double: Marked | None) -> bool:
    return double is not None and single.outer_start < double.outer_end


def _holds(single: Marked | None, double: Marked) -> bool:
    """Say whether a double quotation stands within a single one; one that never closes does when it begins there."""
    if single is None:
        return False
    begins = single.start <= double.outer_start < single.end
    return begins and (double.outer_end <= single.end or not double.closed)


def _trimmed(text: str, marked: Marked) -> Marked:
    start, end = marked.start, marked.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Marked(start, end, marked.outer_start, marked.outer_end, marked.style, marked.closed)


def _doubles(text: str) -> list[Marked]:
    """Return quotations in double marks; from a mark that never closes, where the authors go on, comes nothing."""
    found: list[Marked] = []
    for _ in range(_MOST_UNCLOSED):
        found, unclosed = _paired(text)
        if not unclosed:
            return found
        opened = unclosed[0]
        found = [m for m in found if m.outer_end <= opened]
        if not _runs_on(text[opened + 1 : opened + 1 + _REACH]):
            return [*found, _unclosed(text, opened)]
        text = f"{text[:opened]} {text[opened + 1 :]}"
    return found


def _paired(text: str) -> tuple[list[Marked], list[int]]:
    """Return what double marks enclose, and where those stand that open and never close."""
    found: list[Marked] = []
    stack: list[int] = []
    places = [(place.start(), place.group()) for place in _DOUBLE.finditer(text)]
    left = Counter(mark for _, mark in places)
    for at, mark in places:
        left[mark] -= 1
        closes = mark == "“" and stack and (text[stack[-1]] == "„" or _OPENS_AT_END.match(text, at))
        if mark in _CURLY and not closes:
            stack.append(at)
        elif mark == '"':
            if stack and not _opens(text, at):
                _close(text, stack, at, found)
            elif (not stack and not _strays(text, at, left)) or (stack and _nests(text, stack[-1], left)):
                stack.append(at)
            elif not stack:
                continue
            else:
                _close(text, stack, at, found)
        elif stack and (mark in _DOUBLE_CLOSERS or mark == "“"):
            _close(text, stack, at, found)
    return found, stack


def _unopened(text: str) -> list[Marked]:
    """Return a paragraph that ends in a closing mark and has no other, if it sounds like speech from its beginning."""
    found = _CLOSES_ALL.fullmatch(text)
    if found is None or is_narration(_FIRST.match(text).group()) or speech_score(text) < _SURE:  # type: ignore[union-attr]
        return []
    return [Marked(0, found.end("words"), 0, found.end("words") + 1, "double")]


def _opens(text: str, at: int) -> bool:
    """Say whether a straight mark can only open: nothing, a blank or a bracket before it and a word after it."""
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    if not (before.isspace() or before in "([—–-/:") or _DASH_AND_TAG.match(text, at + 1):
        return False
    return _LETTER.match(after) is not None or after in _AFTER_OPEN


def _strays(text: str, at: int, left: Counter[str]) -> bool:
    """Say whether a straight mark closes what another paragraph opened: nothing follows that it could open; `left`
    counts the marks behind it."""
    if _opens(text, at):
        return False
    if _BEHIND_END.search(text, max(0, at - 2), at) and _TAG_NEXT.match(text, at + 1):
        return True
    return not left['"'] and text[at + 1 : at + 2] in ("", " ", ".", ",", ";", ")")


def _nests(text: str, opened: int, left: Counter[str]) -> bool:
    """Say whether a second opening mark is a quotation inside the first one: a closing mark must be left for both."""
    return left['"'] + max(0, left["”"] - left["“"]) > 1 or text[opened] != '"'


def _close(text: str, stack: list[int], at: int, found: list[Marked]) -> None:
    opened = stack.pop()
    if not stack:
        style = "guillemet" if text[opened] == "«" else "double"
        found.append(Marked(opened + 1, at, opened, at + 1, style))


def _unclosed(text: str, opened: int) -> Marked:
    tag = _TAG_AHEAD.search(text, opened)
    end = tag.start() if tag else len(text)
    return Marked(opened + 1, end, opened, end, "double", closed=False)


def _runs_on(words: str) -> bool:
    """Say whether words that nothing closes go on to the authors' own: where they end cannot be told."""
    stops = list(_STOP.finditer(words))
    # What stands behind a sentence has no more signs of speech than what stands behind the one before it.
    first = bisect_left(stops, True, key=lambda stop: speech_score(words[stop.end() :]) < _SURE)
    ends = [*(stop.start() for stop in stops[first + 1 :]), len(words)]
    return any(_is_authors(words[stop.end() : end]) for stop, end in zip(stops[first:], ends, strict=False))


def _is_authors(sentence: str) -> bool:
    """Say whether a sentence reports on people or speaks of what somebody said."""
    return is_narration(sentence) or (_STATEMENT.search(sentence) is not None and not speech_score(sentence))


def _singles(text: str) -> list[Marked]:
    found: list[Marked] = []
    unclosed = ""
    place = _SINGLE.search(text)
    while place is not None:
        at = place.start()
        opens = text[at] not in unclosed and _opens_single(text, at)
        end = _single_end(text, at) if opens else None
        if end is not None:
            found.append(Marked(at + 1, end, at, end + 1, "single"))
            at = end
        elif opens:
            unclosed += text[at]  # what closes none from here on closes none further on
        place = _SINGLE.search(text, at + 1)
    return found


def _opens_single(text: str, at: int) -> bool:
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    if text[at] == "'" and (_ELISION.match(text, at) or not (before.isspace() or before in '([—–-/:“"')):
        return False
    return (text[at] == "‘" and not _LETTER.match(before)) or _LETTER.match(after) is not None or after in '…[.(“"'


def _single_end(text: str, opened: int) -> int | None:
    """Return the mark that closes a single quotation: the first one that is neither an apostrophe nor a possessive."""
    closer = "’'" if text[opened] == "‘" else "'"
    possible: int | None = None
    for at in range(opened + 2, len(text)):
        if text[at] not in closer:
            if text[at] == "‘" and possible is not None:
                return possible
            continue
        after = text[at + 1] if at + 1 < len(text) else " "
        if _LETTER.match(after) or text[at - 1].isspace():
            if possible is not None and _opens_single(text, at):
                return possible
            continue
        if _PLURAL_OWNER.match(text, at - 1):
            possible = possible or at
            continue
        return at
    return possible
