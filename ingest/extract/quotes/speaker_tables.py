"""Speakers whom a table of the participants explains: a row gives a number, code or first name and what one is."""

import re

from ingest.extract.context import RoleIndex
from ingest.extract.screening import Pattern
from ingest.extract.table import Cell, rows_of
from ingest.extract.wording import word_set
from ingest.reading import Block, Reading

_HEAD = Pattern(
    r"\b(?:participants?|respondents?|interviewees?|informants?|code|ids?|identifier|identification|pseudonym|no|number|"
    r"name)\b|#",
    re.IGNORECASE,
)
"""The head of a column that may number or name the participants."""
_NUMBERED = re.compile(r"(?P<letters>[A-Za-z]*)[\s.#_-]*(?P<number>\d{1,3})(?P<side>[a-z]?)")
_NAMED = re.compile(r"[A-Z][a-zà-ÿ’'-]{1,14}")
_GENERIC = word_set("p part participant r resp respondent i int interview interviewee informant id no nr code s")
"""Letters before a number that tell no more than that somebody took part."""
_SPLIT = re.compile(r"\s*[,;:|(/)&]\s*|\s+(?:and|[–—-])\s+")
_LONGEST_HEAD = 40
_FEWEST = 3
"""So many rows make a table of participants."""
_MOSTLY = 0.6
"""Share of the rows whose cell names a role of the study in the column that tells the roles."""

Rows = list[tuple[str, str | None]]


class SpeakerTables:
    """What the tables of a document tell of the numbers and names that sign its quotations."""

    def __init__(self, reading: Reading, roles: RoleIndex) -> None:
        """Take the document and its roles."""
        self._reading = reading
        self._roles = roles
        self._found: dict[str, str | None] | None = None

    def of(self, tag: str) -> tuple[str, ...]:
        """Return the roles of those whom a tag numbers or names, in its order: "P4, 5" are two people."""
        if self._found is None:
            self._found = self._read()
        keys = (_key(part) for part in _SPLIT.split(tag)) if self._found else ()
        return tuple(dict.fromkeys(role for key in keys if key and (role := self._found.get(key))))

    def _read(self) -> dict[str, str | None]:
        """Return the role of each number or name, None where two rows disagree."""
        found: dict[str, str | None] = {}
        for block in self._reading.blocks:
            if block.kind == "table":
                for key, role in self._rows(block):
                    found[key] = role if found.get(key, role) == role else None
        return found

    def _rows(self, block: Block) -> Rows:
        text = self._reading.text
        heads, *body = [*rows_of(text, block.start, block.end)] or [[]]
        for column, head in enumerate(heads):
            if head[1] - head[0] > _LONGEST_HEAD or not _HEAD.search(text, *head):
                continue
            rows = [row for row in body if column < len(row) and _key(text[slice(*row[column])])]
            keys = [_key(text[slice(*row[column])]) for row in rows]
            if len(set(keys)) < max(_FEWEST, len(keys)):
                continue
            for other in range(len(heads)):
                told = [self._role(row[other]) if other < len(row) and other != column else None for row in rows]
                if sum(role is not None for role in told) >= max(_FEWEST, _MOSTLY * len(rows)):
                    return list(zip(keys, told, strict=True))
        return []

    def _role(self, cell: Cell) -> str | None:
        """Return the role that ends a cell or is all of it: "Female ward nurse"."""
        text = self._reading.text
        mentions = [one for one in self._roles.between(*cell) if one.end == cell[1]]
        return mentions[-1].role if mentions else self._roles.resolve(text[slice(*cell)])


def _key(words: str) -> str:
    """Return a number or name for comparison, nothing for other words.

    >>> _key("P07"), _key("#7"), _key("Participant 7"), _key("GP-7"), _key("Ama"), _key("in 2012")
    ('7', '7', '7', 'gp7', 'ama', '')
    """
    words = words.strip()
    if numbered := _NUMBERED.fullmatch(words):
        letters = numbered["letters"].casefold()
        return ("" if letters in _GENERIC else letters) + str(int(numbered["number"])) + numbered["side"]
    return words.casefold() if _NAMED.fullmatch(words) else ""
