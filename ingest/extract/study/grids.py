"""What tables with known cells say about a sample: a row for each characteristic, a column for each group or measure.

Where a source parts the cells of a table by tabs, nothing needs to be guessed from the run of words and numbers.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import NamedTuple

from ingest.extract.context import RoleIndex
from ingest.extract.study.groups import Group
from ingest.extract.study.people import HEAD
from ingest.extract.study.tables import ABOUT, NO_LABEL, SAMPLE, SEXES, about_of, field_of, is_grid, is_roster
from ingest.extract.study.text import Found, say
from ingest.extract.table import rows_of
from ingest.reading import Block, Reading

_COUNT = re.compile(r"(?P<n>\d{1,3}(?:,\d{3})+|\d{1,6})(?:\s*\(\s*(?P<p>\d{1,3}(?:[.·]\d+)?)\s*%?\s*\)|[a-z*†‡]?)")
_SHARE = re.compile(r"\(?(?P<p>\d{1,3}(?:[.·]\d+)?)\s*%?\)?")
_NUMERIC = re.compile(r"[<>=.]*\d")
_SHARES = re.compile(r"%|\bper ?cent(?:age)?s?\b|\bproportions?\b", re.IGNORECASE)
_NUMBERS = re.compile(r"\b(?:n|no|nos|numbers?|frequenc(?:y|ies)|counts?)\b", re.IGNORECASE)
_TEST = re.compile(r"p(?:[- ]?values?)?\b", re.IGNORECASE)
_NOT_SAMPLE = re.compile(
    r"\bcensus\b|\bnational (?:data|averages?|figures?|population)|\bnon-?(?:respon\w+|participa\w+)", re.IGNORECASE
)
"""Columns of people who are set beside the sample."""
_ALL = re.compile(r"\b(?:total|overall|all|whole|combined)\b", re.IGNORECASE)
_TOTAL = re.compile(
    r"(?:(?:the )?(?:total|overall|all)(?: number)?(?: of)?(?: participants| interviewees)?"
    r"|number(?: of (?:participants|interviewees|respondents))?|participants|sample size|n)",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    r"\b(?:mean|median|average|md|sd|iqr|ranges?|scores?|years?,|min(?:imum)?|max(?:imum)?)\b|±", re.IGNORECASE
)
"""What numbers measure that count nobody."""
_UNIT = re.compile(
    r"[\s,;:–-]*\(?(?:\b(?:n|no\.?|number)\s*\(?\s*%?\s*\)?|\(?%\)?|\(?[nN]\s?=\s?\d[\d,]*\)?)\)?[\s.:]*$",
    re.IGNORECASE,
)
_SIZE = re.compile(r"\b[nN]\s?=\s?(?P<n>\d[\d,]*)")
_EMPTY = re.compile(
    r"[\W\d]*(?:(?:yes|no|others?|none|or|more|less|than|years?|months?|unknown)[\W\d]*)*", re.IGNORECASE
)
"""Labels that say nothing without what they are about."""
_GROUPED = frozenset({"sex", "type", "arm", "location", "site"})
_IN_YEARS = frozenset({"age", "experience"})
_YEARS = re.compile(r"\d|\b(?:young|old|elder|adult|adolescen|child|junior|senior|middle)", re.IGNORECASE)
"""What the label of a row on years holds: "with children" is no age."""
_PARTS = re.compile(r"(?<!focus )(?:group|arm|site|practice|hospital|clinic)s?$", re.IGNORECASE)
_PERSON = re.compile(rf"(?:[\w/-]+ ){{0,4}}{HEAD}", re.IGNORECASE)
_LONGEST, _LONGEST_HEAD = 60, 40
_LEAST = 3


class Cell(NamedTuple):
    """A cell: its words and where they begin in the view."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Where its words end."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Tally:
    """A row of a sample: what it is about ("sex"), its label, how many in each column ("12 (40%)"), view offsets;
    `columns` are the groups that the columns stand for, none where the table has one of all."""

    about: str
    label: str
    values: tuple[str, ...]
    start: int
    end: int
    columns: tuple[str, ...] = ()

    @property
    def fact(self) -> Found:
        """The row as a fact: the numbers, each with its column where there are several."""
        told = self.columns and zip(self.values, self.columns, strict=True)
        value = ", ".join(f"{value} ({head})" for value, head in told) if told else self.values[0]
        return Found(field_of(self.about, self.label), value, self.start, self.end)

    @property
    def total(self) -> bool:
        """Whether the row tells how many there are in each column."""
        return _TOTAL.fullmatch(self.label) is not None

    def groups(self, roles: RoleIndex) -> list[Group]:
        """The participants that the row counts, where it is about what they are or where."""
        numbers = [int(value.split(" ")[0]) for value in self.values]
        if 0 in numbers or _EMPTY.fullmatch(self.label):
            return []
        heads = [Group(head, n, self.start, self.end, role=roles.resolve(head)) for head, n in zip(
            self.columns, numbers, strict=False)]  # fmt: skip
        if self.total:
            return heads
        parted = self.about in _GROUPED or self.label.casefold() in SEXES or _PARTS.search(self.label)
        if not (parted or roles.resolve(self.label) or _PERSON.fullmatch(self.label)):
            return []
        if not self.columns:
            return [Group(self.label, numbers[0], self.start, self.end)]
        return [replace(head, label=f"{self.label} ({head.label})") for head in heads]


def tallies(reading: Reading, roles: RoleIndex) -> Iterator[Tally]:
    """Yield the rows that count participants in tables with known cells.

    A table describes a sample where its caption says so, or where it tells women and men apart; and it says of some
    row what it is about.
    """
    for block in reading.blocks:
        if not is_grid(reading, block) or is_roster(reading, block):
            continue
        section = reading.sections[block.section]
        if section.kind in ("references", "back"):
            continue
        named = SAMPLE.search(section.heading) is not None
        if not named and not any(sex in reading.text[block.start : block.end].casefold() for sex in ("male", "men")):
            continue
        found = list(_rows(_cells(reading, block), roles))
        sexes = any(row.label.casefold() in SEXES for row in found)
        if (named and any(row.about in ABOUT for row in found)) or (sexes and len(found) >= _LEAST):
            yield from found


def sizes(reading: Reading) -> Iterator[Found]:
    """Yield the size of a sample that the caption or the head of its table gives, where they give one size alone."""
    for block in reading.blocks:
        section = reading.sections[block.section]
        if not is_grid(reading, block) or not SAMPLE.search(section.heading):
            continue
        head = takewhile(lambda row: not _counts(row), _cells(reading, block))
        upto = max((cell.end for row in head for cell in row), default=block.start)
        places = ((section.heading_start, section.heading_end), (block.start, upto))
        found = [match for start, end in places for match in _SIZE.finditer(reading.text, start, end)]
        if len({match["n"] for match in found}) == 1:
            yield Found("sample_total", found[0]["n"].replace(",", ""), *found[0].span())


def _cells(reading: Reading, block: Block) -> list[list[Cell]]:
    text = reading.text
    return [[Cell(text[a:b], a) for a, b in row] for row in rows_of(text, block.start, block.end)]


def _counts(row: Sequence[Cell]) -> bool:
    return any(_COUNT.fullmatch(cell.text) for cell in row[1:])


def _rows(lines: list[list[Cell]], roles: RoleIndex) -> Iterator[Tally]:
    """Yield the rows with counts, each under the head that the table has for it."""
    top = list(takewhile(_is_head, lines))
    body = lines[len(top) :]
    heads = _heads(top)
    columns = _columns(body, heads)
    if not columns:
        return
    about = "other"
    for row in body:
        labels = [cell for cell in row[: min(columns)] if cell.text]
        found = [(at, _value(row, at, columns)) for at in columns if at < len(row)]
        counted = [(at, value) for at, value in found if value]
        filled = any(row[at].text for at in columns if at < len(row))
        if (labels and not filled) or len(labels) > 1:
            about = _about(labels[0])
        elif (row[0].text and not counted) or (row[0].text and min(columns) > 1):
            about = "other"
        apart = _told_apart(labels[-1]) if labels else None
        if not labels or not counted or (len(labels) == 1 and about_of(labels[0].text) and not apart):
            continue
        here, label = apart or (about, _label(labels[-1]))
        if here in _IN_YEARS and not _YEARS.search(label):
            here = "other"
        if here not in ABOUT and min(columns) == 1 and not _EMPTY.fullmatch(label):
            here = "other"
        if _no_count(labels, label) or (here == "other" and _EMPTY.fullmatch(label)):
            continue
        people = label.casefold() in SEXES or _PERSON.fullmatch(label) or roles.resolve(label)
        alone = all("(" not in value for _, value in counted)
        if not alone or people or here in ABOUT or _TOTAL.fullmatch(label) or _PARTS.search(label):
            yield from _tally(here, label, labels[-1], row, counted, heads, len(columns))


def _about(cell: Cell) -> str:
    """Return what the rows below a cell are about: in one word where it is known, else in the cell's own."""
    own = re.sub(r"\([^()]*\)", " ", cell.text)
    slug = re.sub(r"\W+", "_", _UNIT.sub("", own).casefold()).strip("_")
    slug = re.sub(r"_[a-z]$", "", slug)
    return about_of(cell.text) or (f"other_{slug}" if 0 < len(slug) <= _LONGEST_HEAD else "other")


def _tally(
    about: str,
    label: str,
    first: Cell,
    row: Sequence[Cell],
    counted: Sequence[tuple[int, str]],
    heads: dict[int, str],
    wide: int,
) -> Iterator[Tally]:
    """Yield a row: of several columns the one of all where there is one, else each under its head, which it must
    have."""
    whole = [(at, value) for at, value in counted if _ALL.search(heads.get(at, ""))][:1]
    kept = whole or counted
    names = () if whole or wide == 1 else tuple(_short(heads.get(at, "")) for at, _ in kept)
    if all(names):
        yield Tally(about, label, tuple(value for _, value in kept), first.start, row[kept[-1][0]].end, names)


def _is_head(row: Sequence[Cell]) -> bool:
    """Say whether a row stands over columns: it names several, and holds no number."""
    return sum(bool(cell.text) for cell in row) > 1 and not any(_NUMERIC.match(cell.text) for cell in row[1:])


def _heads(top: Sequence[Sequence[Cell]]) -> dict[int, str]:
    """Return what stands over each column."""
    heads: dict[int, str] = {}
    for row in top:
        for at, cell in enumerate(row):
            if cell.text:
                heads[at] = f"{heads[at]} {cell.text}" if at in heads else cell.text
    return heads


def _columns(body: Sequence[Sequence[Cell]], heads: dict[int, str]) -> list[int]:
    """Return the columns that count: those whose cells are whole numbers, with a share or alone, and whose heads name
    no share, no test and nobody outside the sample."""
    found = []
    for at in range(1, max((len(row) for row in body), default=0)):
        words = [row[at].text for row in body if at < len(row) and row[at].text.strip("—–-")]
        counts = [match for match in map(_COUNT.fullmatch, words) if match]
        head = heads.get(at, "")
        shares = _SHARES.search(head) and not _NUMBERS.search(head) and not any(match["p"] for match in counts)
        numbers = sum(word[:1].isdigit() for word in words)
        if shares or _TEST.match(head) or _NOT_SAMPLE.search(head) or 2 * numbers < len(words):
            continue
        if len(counts) > 1 or len(counts) == len(words) > 0:
            found.append(at)
    return found


def _value(row: Sequence[Cell], at: int, columns: Sequence[int]) -> str:
    """Return the number of a cell, with the share beside it or in a column of its own behind it."""
    match = _COUNT.fullmatch(row[at].text)
    if match is None:
        return ""
    share = match["p"]
    if share is None and at + 1 < len(row) and at + 1 not in columns:
        behind = _SHARE.fullmatch(row[at + 1].text)
        share = behind["p"] if behind else None
    n = match["n"].replace(",", "")
    return f"{n} ({share.replace('·', '.')}%)" if share else n


def _label(cell: Cell) -> str:
    return say(_UNIT.sub("", cell.text))


def _told_apart(cell: Cell) -> tuple[str, str] | None:
    """Return what a row is about and its label where one cell names both: "Sex (female)", "Gender: male"."""
    label = _label(cell)
    for size in range(1, 3):
        words = re.split(r"[\s:,(–-]+", label, maxsplit=size)
        rest = say(words[-1].strip("() "))
        about = about_of(" ".join(words[:-1])) if len(words) > size else None
        if about and rest and (rest.casefold() in SEXES or ":" in label):
            return about, rest
    return None


def _no_count(labels: Sequence[Cell], label: str) -> bool:
    """Say whether a row measures, is empty of meaning or is a sentence."""
    return (
        not re.search(r"[^\W\d_]{2}|\d", label)
        or len(label) > _LONGEST
        or (NO_LABEL.search(label) is not None and not _TOTAL.fullmatch(label))
        or any(_MEASURE.search(cell.text) for cell in labels)
    )


def _short(head: str) -> str:
    """Return the name of a column: without its size and what its numbers are."""
    bare = re.sub(r"\(?\s*\b(?:[nN]\s?=\s?\d[\d,]*|No\.? ?\(%\)|[nN] ?\(%\))\s*\)?", " ", head)
    return say(re.sub(r"\(\s*\)|\bNo\.?\s*$|[*†‡]", "", bare))
