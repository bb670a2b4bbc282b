"""What tables say about a sample with a column for each group: groups with their size, rows with a count a group."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.extract.context import RoleIndex
from ingest.extract.study.groups import Group
from ingest.extract.study.people import HEAD
from ingest.extract.study.tables import SAMPLE, SEXES, head_of, is_roster
from ingest.extract.study.text import Found, say
from ingest.reading import Reading

_CAPTION = re.compile(r"\bTable [\dIVX]{1,4}\b")
_TABLE = "Table "
_ABOUT, _LONGEST = 160, 2500
_CELL = r"\d{1,5}(?![\w.,%/–-]|\s?[(%±–-])"
_ROW = re.compile(rf"(?P<label>[A-Z][^\d()%;:=\n]{{1,70}}?)[\s:,]+(?P<cells>{_CELL}(?:\s+{_CELL})*)(?!\s*[\d(])")
_COLUMN = re.compile(
    r"(?P<label>[A-Z][\w/&’'-]*(?: [\w/&’'-]+){0,5}?)\s*(?P<bracket>\(\s?[nN]\s?=\s?(?P<n>\d{1,5})\s?\))(?:[\s,;]+|$)"
)
_TITLE = re.compile(r"^(?:\w+ )?(?:characteristics?|variables?|demographics?|items?)\s+(?=\S)", re.IGNORECASE)
_TOTAL = re.compile(
    r"(?:(?:the )?(?:total|overall|all)(?: number)?(?: of)?(?: participants| interviewees)?"
    r"|number(?: of (?:participants|interviewees|respondents))?|participants|sample size)",
    re.IGNORECASE,
)
_PERSON = re.compile(rf"(?:[\w/-]+ ){{0,4}}{HEAD}", re.IGNORECASE)
_PARTED = frozenset({"sex", "type", "arm", "location", "site"})
_PARTS = re.compile(r"(?:group|arm|site|practice|hospital|clinic)s?$", re.IGNORECASE)
_SEGMENT = re.compile(r"[A-Z][^A-Z]*$")


@dataclass(frozen=True, slots=True)
class Counts:
    """A row of a table with a whole number in each column, by view offsets; `columns` is empty where their heads
    are not known."""

    about: str
    label: str
    numbers: tuple[int, ...]
    start: int
    end: int
    columns: tuple[Group, ...] = ()

    @property
    def total(self) -> bool:
        """Whether the row tells how many there are in each column."""
        return _TOTAL.fullmatch(self.label) is not None

    @property
    def groups(self) -> list[Group]:
        """The participants that the row counts: all of a column, or those of them that a row on sex, place, type or
        arm tells apart; none of other rows."""
        if self.total:
            return [
                replace(c, n=n, start=self.start, end=self.end)
                for c, n in zip(self.columns, self.numbers, strict=False)
            ]
        if not self.columns and len(self.numbers) == 1:
            return [Group(self.label, self.numbers[0], self.start, self.end)]
        if self.about not in _PARTED and self.label.casefold() not in SEXES and not _PARTS.search(self.label):
            return []
        return [
            Group(f"{self.label} ({column.label})", n, self.start, self.end, role=column.role)
            for column, n in zip(self.columns, self.numbers, strict=False)
        ]

    @property
    def fact(self) -> Found:
        """The row as a fact: the numbers, each with its column where that is known."""
        sex = SEXES.get(self.label.casefold())
        label = sex or re.sub(r"\W+", "_", self.label.casefold()).strip("_")
        heads = [f" ({column.label})" for column in self.columns] or [""] * len(self.numbers)
        value = ", ".join(f"{n}{head}" for n, head in zip(self.numbers, heads, strict=True))
        return Found(f"sample_{'sex' if sex else self.about}_{label}", value, self.start, self.end)


def column_tables(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield the bounds of the tables whose captions say that they describe a sample, from caption to end."""
    for block in reading.blocks:
        section = reading.sections[block.section]
        if section.kind in ("references", "back") or is_roster(reading, block):
            continue
        named = reading.text.find(_TABLE, block.start, block.end) >= 0
        starts = [match.start() for match in _CAPTION.finditer(reading.text, block.start, block.end)] if named else []
        if block.kind == "table" and SAMPLE.search(section.heading):
            starts = starts or [block.start]
        for start, after in pairwise([*starts, block.end]):
            about = reading.text[start : start + _ABOUT] + (section.heading if block.kind == "table" else "")
            if SAMPLE.search(about):
                yield start, min(after, start + _LONGEST)


def heads(reading: Reading, start: int, end: int) -> Iterator[Group]:
    """Yield the groups that successive column heads of a table count: "Control group (n = 9)"."""
    run: list[re.Match[str]] = []
    for match in [*_COLUMN.finditer(reading.text, start, end), None]:
        if match and run and match.start() == run[-1].end():
            run.append(match)
            continue
        if len(run) > 1:
            yield from (_headed(one) for one in run)
        run = [match] if match else []


def _headed(match: re.Match[str]) -> Group:
    title = _TITLE.match(match["label"])
    at = match.start("label") + (title.end() if title else 0)
    return Group(say(match.string[at : match.end("label")]), int(match["n"]), at, match.end("bracket"))


def count_rows(reading: Reading, start: int, end: int, roles: RoleIndex) -> list[Counts]:
    """Return the rows of a table whose cells are not known that have a whole number in every column.

    Rows of one number are read only where they count people; those of several where two rows or more agree in how
    many columns there are, which are named by the roles or the counted groups in the head of the table.
    """
    found = [match for match in _ROW.finditer(reading.text, start, end) if match.start() > start]
    widths = [len(match["cells"].split()) for match in found]
    counted = list(heads(reading, start, end))
    read = []
    about = "other"
    for at, (match, width) in enumerate(zip(found, widths, strict=True)):
        begin, label = match.start("label"), match["label"]
        first = _SEGMENT.search(label) if at == 0 else None
        if first:
            begin, label = begin + first.start(), first.group()
        head = head_of(label)
        if head:
            about, begin, label = head[0], begin + head[1], label[head[1] :]
        label = say(label)
        people = label.casefold() in SEXES or roles.resolve(label) or _PERSON.fullmatch(label)
        if not label or (width == 1 and not people) or (width > 1 and widths.count(width) < 2):
            continue
        columns = _columns(reading, start, found[0], width, roles, counted)
        numbers = tuple(int(cell) for cell in match["cells"].split())
        read.append(Counts(about, label, numbers, begin, match.end(), columns))
    return read


def _columns(
    reading: Reading, start: int, first: re.Match[str], width: int, roles: RoleIndex, counted: list[Group]
) -> tuple[Group, ...]:
    """Return the columns of a table: its counted groups, or the roles side by side before its first row, if they are
    as many as the numbers in a row."""
    if width == 1 or len(counted) == width:
        return tuple(counted) if width > 1 else ()
    last = _SEGMENT.search(first["label"])
    named = roles.between(start, first.start() + (last.start() if last else 0))[-width:]
    beside = all(not reading.text[one.end : other.start].strip() for one, other in pairwise(named))
    if len(named) < width or not beside:
        return ()
    return tuple(Group(say(reading.text[m.start : m.end]), 0, m.start, m.end, role=m.role) for m in named)
