"""Quotes in the column of a table whose head says that it holds some, and speakers in the column beside it."""

import re
from collections.abc import Iterator

from ingest.extract.context import RoleIndex
from ingest.extract.quotes.speaker_tags import Tag, is_person, names_no_speaker, role_in
from ingest.extract.quotes.speech import speech_score
from ingest.extract.table import Cell, rows_of
from ingest.reading import Block, Reading

_HEAD = re.compile(
    r"\b(?:quot(?:es?|ations?)|excerpts?|extracts?|verbatims?|in their own words|participants?['’]? words"
    r"|(?:sample|example|exemplar|illustrative|verbatim|typical|representative) (?:responses?|comments?|statements?)"
    r"|responses? (?:indicating|illustrating|showing|reflecting))\b",
    re.IGNORECASE,
)
_SPEAKER_HEAD = re.compile(
    r"\b(?:participants?|respondents?|interviewees?|informants?|speakers?|sources?|roles?|professions?|who|discipline)\b",
    re.IGNORECASE,
)
_LONGEST_HEAD = 60
_MOST_WORDS = 10


def quoted_cells(reading: Reading, block: Block, roles: RoleIndex) -> Iterator[tuple[int, int, Tag | None]]:
    """Yield where in the view the cells are that stand under a head such as "Illustrative quotes", each with the cell
    of its row that names the speaker, if there is one.

    Rows without a cell in that column are left out, and so is the row of heads; several columns may have such a head.
    """
    columns, heads = list[int](), list[Cell]()
    for cells in rows_of(reading.text, block.start, block.end):
        if not columns:
            found = [n for n, (a, b) in enumerate(cells) if b - a < _LONGEST_HEAD and _HEAD.search(reading.text, a, b)]
            columns, heads = (found, cells) if len(cells) > 1 else (columns, heads)
            continue
        for quotes in columns:
            if quotes < len(cells) and cells[quotes][0] < cells[quotes][1]:
                yield *cells[quotes], _speaker(reading.text, cells, quotes, heads, roles)


def _speaker(text: str, cells: list[Cell], quotes: int, heads: list[Cell], roles: RoleIndex) -> Tag | None:
    """Return the cell that names the speaker: under a head that says so, else the one behind the quote."""
    for number, (start, end) in enumerate(cells):
        words = text[start:end]
        if number == quotes or not words or len(words.split()) > _MOST_WORDS:
            continue
        told = number < len(heads) and _SPEAKER_HEAD.search(text, *heads[number]) is not None
        named = role_in(words, roles) is not None or is_person(words)
        if (told or (named and number == quotes + 1)) and not names_no_speaker(words) and not speech_score(words):
            return Tag(start, end, words, True)
    return None
