"""Citation marks in running text: which style a document uses, and where its marks are."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

Style = Literal["bracket", "superscript", "parenthesis", "none"]

_LIST = r"\d{1,3}(?:\s?[,;–‑-]\s?\d{1,3})*"
_SPACED = re.compile(r"(?<=[a-z][.,])\d{1,3} \d{1,3}(?= [A-Za-z])")
_WHOLE = r"(?!\.\d|,\d{3})"
"""Behind digits that are no part of "0.05" or "5,000"."""
_BRACKET = re.compile(rf"\[\^?({_LIST})\]")
_PARENTHESIS = re.compile(rf"\(({_LIST})\)")
_AFTER_STOP = re.compile(
    rf"(?<=[^\W\d_)\]”’\"'%][.,;?!])(?:(?<=[.?!])[”’\"])?({_LIST}){_WHOLE}(?=[\s,;.)”’]|$|[A-Z“‘(])"
    rf"|(?<=[.?!][”’\"])({_LIST})(?=\s|$|[A-Z“‘(])"
)
_AFTER_WORD = re.compile(rf"(?<=[^\W\d_])({_LIST}){_WHOLE}(?=[\s.,;:)”’?!]|$)|(?<=[a-z][)\]”’])({_LIST})(?=[\s.,;:]|$)")
_STOP = re.compile(r"[.,;?!](?=[”’\"]?\d)")
_DIGITS = re.compile(r"\d+")
"""Where a mark behind a stop or a word may begin: to look there alone takes a fifth of the time."""
_RAISED_SIGN = re.compile(r"[⁰¹²³⁴-⁹]")
_RAISED = re.compile(r"(?<=[^\W\d_.,;:)\]”’])[⁰¹²³⁴-⁹]+(?:[,–⁻˒ ]+[⁰¹²³⁴-⁹]+)*")
_MARKABLE = re.compile(r"(?:[^\W\d_]{3}|[\d.,;:?!)\]”’\"%])\Z")
_POWER = re.compile(r"(?<![\d.])10\Z")
_UNIT = re.compile(r"(?:\b(?:[kcm]?m|ft|R|χ|x|n|s|in)|/\s?m)\Z")
_WORD = re.compile(r"[^\W\d_]+(?:[.'’-][^\W\d_]+)*\Z")
_ABBREVIATED = re.compile(
    r"\b(?:no|nos|p|pp|vol|fig|figs|ref|refs|eq|ch|sec|tab|ver|v|vs|e\.g|i\.e|cf|ca|approx|st)[.,:]\Z", re.IGNORECASE
)
_NUMBERED = frozenset(
    [
        "type", "phase", "day", "week", "month", "year", "group", "stage", "level", "table", "figure", "fig",
        "page", "version", "site", "grade", "patient", "participant", "nurse", "doctor", "physician", "pharmacist",
        "interview", "interviewee", "respondent", "case", "step", "theme", "question", "box", "appendix", "chapter",
        "section", "part", "round", "time", "wave", "arm", "item", "visit", "session", "study", "practice",
        "clinic", "hospital", "provider", "oncologist", "carer", "caregiver", "parent", "gp", "pcp", "hcp",
        "id", "number", "no", "covid", "file", "form", "nvivo", "informant", "user", "ward", "team", "unit", "room",
        "focus", "vitamin", "model", "track", "line", "tier", "zone",
    ]
)  # fmt: skip
"""Words that carry a number of their own: what follows them glued is no citation."""
_AUTHOR = r"[A-ZÀ-Þ][\w’'‑-]+(?:,? (?:and|&|et al\.?,?|[A-Z]\.|[A-ZÀ-Þ][\w’'‑-]+|de|van|von|der)){0,8}"
_YEAR = r"(?:19|20)\d\d[a-z]?"
_NAMED = re.compile(
    rf"\((?=[^()]{{0,400}}?{_YEAR})((?:e\.g\.,? |see,? (?:also )?|cf\.? |for example,? )?[A-ZÀ-Þ][^()]{{1,400}}?)\)"
)
_ONE_NAMED = re.compile(rf"{_AUTHOR},? {_YEAR}")
_NARRATED = re.compile(
    rf"([A-ZÀ-Þ][\w’'‑-]{{1,60}}(?: et al\.?| (?:and|&) [A-ZÀ-Þ][\w’'‑-]+|[’']s?)?) \(({_YEAR})(?:[:,][^()]{{0,20}})?\)"
)
_MONTH = re.compile(
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|spring|summer|autumn|fall|winter|table|box|fig)", re.I
)
_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Mark:
    """A citation mark at text[start:end]; `removed` says whether it is to go, `label` what it cites."""

    start: int
    end: int
    label: str
    removed: bool


@dataclass(frozen=True, slots=True)
class MarkStyle:
    """How a document cites by number, and whether a list of numbers may stand apart by blanks ("9 10")."""

    style: Style
    spaced: bool = False


def style_of(texts: list[str]) -> MarkStyle:
    """Return the style in which most citation numbers of a document are set; numbers in round brackets that mostly
    stand behind closing marks are those of speakers.

    >>> style_of(["Pain is common.1 It is costly.2, 3 It lasts.4"])
    MarkStyle(style='superscript', spaced=False)
    >>> style_of(["Pain is common [1]. It is costly [2, 3]. It lasts [4]."])
    MarkStyle(style='bracket', spaced=False)
    """
    counts: dict[Style, int] = {"bracket": 0, "superscript": 0, "parenthesis": 0}
    commas, stopped, signing = 0, 0, 0
    ascending: list[int] = []
    for text in texts:
        counts["bracket"] += sum(1 for _ in _BRACKET.finditer(text))
        stops = [m for m in _after_stops(text) if not _ABBREVIATED.search(text, max(0, m.start() - 8), m.start())]
        counts["superscript"] += len(stops)
        commas += sum("," in m.group() for m in stops)
        for match in _PARENTHESIS.finditer(text):
            ascending.append(int(re.split(r"\D", match.group(1))[0]))
            stopped += text[match.end() : match.end() + 1] in tuple(".,;:")
            signing += text[max(0, match.start() - 3) : match.start()].rstrip(" .,")[-1:] in ("”", '"', "’", "»")
    if _counts_up(ascending) and stopped >= 0.4 * len(ascending) and 2 * signing < len(ascending):
        counts["parenthesis"] = len(ascending)
    best = max(counts, key=lambda style: counts[style])
    if counts[best] < _ENOUGH:
        return MarkStyle("none")
    return MarkStyle(best, best == "superscript" and sum(len(_SPACED.findall(text)) for text in texts) > commas)


def _after_stops(text: str) -> Iterator[re.Match[str]]:
    """Yield the numbers behind stops, in order and apart: those of `_AFTER_STOP`."""
    end = 0
    for stop in _STOP.finditer(text):
        for at in (stop.end(), stop.end() + 1):
            found = _AFTER_STOP.match(text, at) if at >= end else None
            if found:
                yield found
                end = found.end()


def _after_words(text: str) -> Iterator[re.Match[str]]:
    """Yield the numbers that are glued to words, in order and apart: those of `_AFTER_WORD`."""
    end = 0
    for digits in _DIGITS.finditer(text):
        found = _AFTER_WORD.match(text, digits.start()) if digits.start() >= end else None
        if found:
            yield found
            end = found.end()


def _counts_up(numbers: list[int]) -> bool:
    """Say whether the numbers come in like those of a reference list: from 1 on, far, and hardly ever leaping ahead.

    Lists in a sentence, "(1) ... (2) ...", begin again and again.
    """
    if len(numbers) < 8 or min(numbers) > 2 or max(numbers) < 12 or numbers.count(1) > 3:
        return False
    highest, leaps = 0, 0
    for number in numbers:
        leaps += number > highest + 4
        highest = max(highest, number)
    return leaps <= 0.1 * len(numbers)


class MarkFinder:
    """Finds the marks of one document; it goes through the text in order, as numbers count up."""

    def __init__(self, style: MarkStyle) -> None:
        """Begin at the first reference."""
        self.style = style
        self.highest = 0

    def find(self, text: str, raised: Sequence[tuple[int, int]] = ()) -> list[Mark]:
        """Return the citation marks of a paragraph, in order and apart; `raised` is where its layout raises numbers,
        which are marks of notes and references behind words, signs and numbers other than ten."""
        found = [*self._numbers(text), *_named(text), *_raised(text)]
        for a, b in raised:
            before = text[max(0, a - 4) : a]
            if a < b and _MARKABLE.search(before) and not _POWER.search(before):
                found.append(Mark(a, b, text[a:b], True))
        found.sort(key=lambda mark: (mark.start, -mark.end))
        reached = [0, *accumulate((mark.end for mark in found), max)]
        return [mark for mark, end in zip(found, reached, strict=False) if mark.start >= end]

    def _numbers(self, text: str) -> Iterator[Mark]:
        for match in _BRACKET.finditer(text):
            yield self._mark(text, _with_blank(text, match.start()), match.end(), match.group(1))
        if self.style.style == "parenthesis":
            for match in _PARENTHESIS.finditer(text):
                if self._plausible(match.group(1)):
                    yield self._mark(text, _with_blank(text, match.start()), match.end(), match.group(1))
        if self.style.style == "superscript":
            yield from self._superscripts(text)

    def _superscripts(self, text: str) -> Iterator[Mark]:
        stops = {m.start(): m for m in _after_stops(text)}
        words = {m.start(): m for m in _after_words(text)}
        for start in sorted({*stops, *words}):
            match = stops.get(start) or words[start]
            group = 1 if match.group(1) is not None else 2
            a, b, label = match.start(group), match.end(group), match.group(group)
            if start in stops:
                fits = not _ABBREVIATED.search(text, max(0, a - 8), a)
            else:
                fits = self._follows_word(text, a, label)
            if not fits:
                continue
            if self.style.spaced:
                more = re.compile(r"(?: \d{1,3}(?:[–-]\d{1,3})?)+(?= [A-Za-z]|$)").match(text, b)
                if more and self._plausible(more.group().split()[0]):
                    b, label = more.end(), label + more.group()
            yield self._mark(text, a, b, label)

    def _follows_word(self, text: str, at: int, label: str) -> bool:
        """Say whether digits glued to a word cite: the number is due, and the word has none of its own."""
        word = _WORD.search(text, max(0, at - 30), at)
        if word is None:
            return self._plausible(label)
        last = re.split(r"[.'’-]", word.group())[-1]
        if last.casefold() in _NUMBERED or _in_tag(text, at):
            return False
        numbers = [int(n) for n in re.findall(r"\d+", label)]
        if last.islower() and len(last) > 2:
            return self._plausible(label)
        return numbers[0] == self.highest + 1 and numbers[0] > 2 and len(word.group()) > 1

    def _plausible(self, label: str) -> bool:
        first = int(re.findall(r"\d+", label)[0])
        together = len(label) == 2 and label.isdigit() and int(label[0]) < int(label[1]) <= self.highest + 4
        return 0 < first <= self.highest + 6 or together

    def _mark(self, text: str, start: int, end: int, label: str) -> Mark:
        numbers = [int(n) for n in re.findall(r"\d+", label)]
        due = [n for n in numbers if n <= self.highest + 12]
        self.highest = max([self.highest, *due])
        if text[start].isspace() and end < len(text) and text[end].isalnum():
            start += 1
        return Mark(start, end, " ".join(label.split()), True)


def _with_blank(text: str, at: int) -> int:
    return at - 1 if at and text[at - 1].isspace() else at


def _in_tag(text: str, at: int) -> bool:
    """Say whether a short pair of brackets stands around the place, as around the tag of a speaker."""
    opened = max(text.rfind("(", max(0, at - 40), at), text.rfind("[", max(0, at - 40), at))
    closed = max(text.rfind(")", max(0, at - 40), at), text.rfind("]", max(0, at - 40), at))
    return opened > closed


def _raised(text: str) -> Iterator[Mark]:
    for match in _RAISED.finditer(text) if _RAISED_SIGN.search(text) else ():
        if not _UNIT.search(text, max(0, match.start() - 6), match.start()):
            digits = match.group().translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-"))
            yield Mark(match.start(), match.end(), digits, True)


def _named(text: str) -> Iterator[Mark]:
    for match in _NAMED.finditer(text):
        if any(not _MONTH.match(one.group()) for one in _ONE_NAMED.finditer(match.group(1))):
            yield Mark(match.start(), match.end(), match.group(1), False)
    for match in _NARRATED.finditer(text):
        if not _MONTH.match(match.group(1)):
            yield Mark(match.start(), match.end(), f"{match.group(1)} {match.group(2)}", False)
