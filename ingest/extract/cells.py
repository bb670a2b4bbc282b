"""Tables and boxes that say of themselves that they list barriers, what helps, or proposals: their cells."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ingest.extract.cues import CueIndex
from ingest.extract.likeness import trimmed
from ingest.extract.table import rows_of
from ingest.reading import Block, Reading

_TELLING = (
    ("hindering", frozenset({"named", "concern"})),
    ("helping", frozenset({"aiding", "helping"})),
    ("acting", frozenset({"means", "recommend"})),
)
_NAMES = re.compile(
    r"\b(?:(?P<hindering>barriers?|obstacles?|challenges|difficulties|hindrances|impediments|concerns|disadvantages|"
    r"constraints|(?:inhibiting|hindering) factors?|reasons for (?:non-?|not |declin|refus|drop))|"
    r"(?P<helping>facilitators(?!['’])|enablers?|facilitating factors?|helping factors?|drivers|advantages|"
    r"success factors?|motivators)|"
    r"(?P<acting>recommend(?:ed|ations?)|(?:proposed |possible |suggested |potential )?(?:strateg(?:y|ies)|solutions?)|"
    r"suggest(?:ed|ions?)|suggested improvements|implications for (?:practice|policy)))\b",
    re.IGNORECASE,
)
"""Words by which a caption, a column or a row says what it lists."""
_COPING = re.compile(r"\b(?:coping|cope[sd]?|coped)\b", re.IGNORECASE)
"""What people do to cope helps them; nobody proposes it."""
_NO_STATEMENTS = re.compile(
    r"\b(?:interviews?|topic|guides?|schedules?|questions?|questionnaires?|characteristics|demographics?|ratings?|"
    r"scores?|scales?|items?|outcomes?|regression|odds|baseline|measures?|search|included studies|definitions?|"
    r"methods?|indicators?|data|analys[ei]s|analysing|analyzing|outline|taxonomy|components|schema|coding)\b",
    re.IGNORECASE,
)
"""Captions of tables that tell how or on whom the study was done."""
_NO_COLUMN = re.compile(
    r"\b(?:quotes?|quotations?|examples?|illustrat\w+|excerpts?|participants?|source|definitions?|reference|"
    r"n|no\.?|number|frequency|codes?|domains?|constructs?|themes?|categor(?:y|ies))\b|%",
    re.IGNORECASE,
)
_BULLET = re.compile(r"\s*[•▪●◦·‣]\s*|\n|;\s+(?=[A-Z•])")
_NUMBER = re.compile(r"(?<!\S)\(?(\d{1,2})[.)]\s+(?=[^\W\d_])")
"""What numbers the items of a cell."""
_CLOSING = " \t)]”’\"'"
_QUOTED = ("“", '"', "‘", "'")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_LEAST_WORDS = 3
_LONGEST_HEAD = 60
_LONGEST_LABEL = 80


@dataclass(frozen=True, slots=True)
class Item:
    """A statement in a table: start..end of the view, the words that say what it lists, and its block."""

    start: int
    end: int
    listed: str
    block: int


@cache
def listed_as(announced: str) -> str:
    """Return what the words that announce a list name first: what is "hindering", "helping" or "acting", or "other".

    >>> listed_as("the main barriers were"), listed_as("they took part because")
    ('hindering', 'other')
    """
    return "helping" if _COPING.search(announced) else next(iter(_named(announced)), "other")


def _named(words: str) -> list[str]:
    return [name for group in CueIndex(words).groups for name, telling in _TELLING if group in telling]


@cache
def _rules(words: str) -> bool:
    """Say whether a heading of a table says what stands below it: not where it names what hinders and what helps."""
    named = [found.lastgroup for found in _NAMES.finditer(words)]
    return bool(named) and (named[0] == "acting" or not {"hindering", "helping"} <= set(named))


def items_of(reading: Reading) -> Iterator[Item]:
    """Yield the statements of every table and box whose caption, column or row says what it lists, in order.

    A column under "Barriers" holds barriers whatever the caption is about; a row that holds one such word alone rules
    the rows below it; a caption rules what neither says. Cells with a number or a word or two are no statements.
    """
    for number, block in enumerate(reading.blocks):
        section = reading.sections[block.section]
        if block.kind == "table" and not _NO_STATEMENTS.search(section.heading):
            yield from _of_table(reading.text, block, number, section.heading)


def _of_table(text: str, block: Block, number: int, caption: str) -> Iterator[Item]:
    rows = list(rows_of(text, block.start, block.end))
    if not rows:
        return
    heads = [text[a:b] for a, b in rows[0]]
    is_headed = len(heads) > 1 and all(len(head) <= _LONGEST_HEAD for head in heads)
    columns = [head if _rules(head) else "" for head in heads] if is_headed else []
    ruling = caption if _rules(caption) else ""
    for row in rows[1:] if is_headed else rows:
        filled = [text[a:b] for a, b in row if b > a]
        if len(filled) == 1 and len(filled[0]) <= _LONGEST_LABEL and _is_label(filled[0]):
            ruling = filled[0]
            continue
        for column, (start, end) in enumerate(row):
            if any(columns):
                listed = columns[column] if column < len(columns) else ""
            elif is_headed and column < len(heads) and _NO_COLUMN.search(heads[column]):
                listed = ""
            else:
                listed = ruling
            if listed:
                yield from (Item(a, b, listed, number) for a, b in _statements(text, start, end))


def _is_label(words: str) -> bool:
    return _rules(words) and len(_LETTERS.findall(words)) <= 2 * _LEAST_WORDS


def _statements(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for mark in [*_marks(text, start, end), None]:
        piece = trimmed(text, at, mark.start() if mark else end)
        is_quoted = text[piece.start : piece.start + 1] in _QUOTED
        asks = text[piece.start : piece.end].rstrip(_CLOSING).endswith("?")
        if not (is_quoted or asks) and len(_LETTERS.findall(text, piece.start, piece.end)) >= _LEAST_WORDS:
            yield piece.start, piece.end
        at = mark.end() if mark else end


def _marks(text: str, start: int, end: int) -> list[re.Match[str]]:
    """Return what parts the items of a cell: bullets, else numbers that count from one."""
    bullets = [*_BULLET.finditer(text, start, end)]
    if bullets:
        return bullets
    numbers, last = list[re.Match[str]](), 0
    for number in _NUMBER.finditer(text, start, end):
        if (counted := int(number[1])) in (1, last + 1):
            numbers.append(number)
            last = counted
    return numbers if len(numbers) > 1 else []
