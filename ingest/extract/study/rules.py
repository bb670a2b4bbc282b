"""What a rule about study facts is, and how rules are applied to sentences."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ingest.extract.screening import Screen
from ingest.extract.study.text import Found, Line, clause, say, trim

Extent = Literal["match", "clause", "sentence"]


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A pattern that reports `field`; a rule is like no other, so that tables of rules are found fast.

    `value` is what it means, or empty where the words are the value (of the named group that took part, if there is
    one); `extent` says how much of the sentence is evidence; `where` names zones of lines ("abstract" is any part of
    an abstract); a line without any of the words `near` is not looked at.
    """

    field: str
    source: str
    value: str
    extent: Extent
    where: frozenset[str]
    near: tuple[str, ...] = ()


@cache
def _screen(rules: tuple[Rule, ...]) -> Screen:
    return Screen((each.source, re.IGNORECASE) for each in rules)


def rule(
    field: str, source: str, value: str = "", extent: Extent = "match", where: str = "methods abstract", near: str = ""
) -> Rule:
    """Return a rule from the source of a pattern, which ignores case."""
    return Rule(field, source, value, extent, frozenset(where.split()), tuple(near.split()))


def apply(rules: Iterable[Rule], lines: Iterable[Line], *, chosen: bool = False) -> Iterator[Found]:
    """Yield what the rules find, by line, then by rule; a rule may find several places in a line.

    With `chosen`, the lines are known to speak of the study and `where` does not count.
    """
    known = tuple(rules)
    screen = _screen(known)
    for line in lines:
        zone = line.zone
        if not (zone or chosen):
            continue
        asked = [(number, known[number]) for number in screen.passing(line.text)]
        asked = [(number, each) for number, each in asked if chosen or zone in each.where]
        folded = line.text.casefold() if asked else ""
        for number, each in asked:
            if not each.near or any(word in folded for word in each.near):
                yield from _matches(each, screen.pattern(number), line)


def _matches(each: Rule, pattern: re.Pattern[str], line: Line) -> Iterator[Found]:
    ends = -1
    for match in pattern.finditer(line.text):
        start, end = match.span()
        if start < ends:
            continue
        if each.extent == "clause":
            start, end = clause(line.text, start, end)
        elif each.extent == "sentence":
            start, end = trim(line.text, 0, len(line.text))
        else:
            start, end = trim(line.text, start, end)
        ends = end
        words = next((group for group in match.groupdict().values() if group), None)
        value = each.value or say(words or line.text[start:end])
        if end > start and value:
            yield Found(each.field, value, line.start + start, line.start + end)
