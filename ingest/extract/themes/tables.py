"""Themes that a table lists: a column headed "Theme" or "Category", and one of what stands below each of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.extract.likeness import trimmed
from ingest.extract.roles.groups import names_people
from ingest.extract.table import Cell, rows_of
from ingest.extract.themes.sources import Wording, clean_label, label_number
from ingest.reading import Reading

_KIND = r"(?:themes?|categor(?:y|ies)|domains?)"
_MAIN = re.compile(
    r"(?:(?:main|key|major|core|overarching|super-?ordinate|higher[- ]order|emergent|global|organi[sz]ing)[ -])*"
    rf"{_KIND}(?: \(.*\))?",
    re.IGNORECASE,
)
_BELOW = re.compile(rf"(?:sub-?\s?|sub-?ordinate |basic |lower[- ]order ){_KIND}(?: \(.*\))?", re.IGNORECASE)
_CODES = re.compile(r"codes?(?: ?/ ?themes?)?|themes?(?: ?/ ?codes?)?|sub-?codes?", re.IGNORECASE)
"""The head of what stands below the categories of a table."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?\s?%|\b\d+/\d+\b|\A\W*\d+(?:\.\d+)?(?:\s?\(.*\))?\W*\Z")
_QUOTED = ("“", '"', "‘", "…", "«")
_COUNTED = 0.3
"""The share of cells with a count from which a table is of a survey."""
_BOTH = re.compile(rf"(?:main )?{_KIND}(?: and |/| / |, | \()sub-?\s?{_KIND}\)?", re.IGNORECASE)
"""The head of a column of themes and, below each, its parts."""
_THEME = re.compile(r"theme", re.IGNORECASE)
_OF_THEMES = re.compile(r"\b(?:(?:sub-?)?themes|sub-?categories)\b", re.IGNORECASE)
"""A caption by which the counts of a table are of those who raised its themes."""
_OF_SURVEY = re.compile(r"\b(?:surveys?|questionnaires?|scales?|scores?)\b", re.IGNORECASE)
_OF_FOUND = re.compile(
    r"\b(?:identified|emerg\w+|main|key|derived|final|reported|raised) (?:sub-?)?(?:themes|categories)\b|"
    r"\b(?:themes|categories) (?:identified|that emerged|emerging|derived|reported|raised|by|and (?:number|frequency))"
    r"\b",
    re.IGNORECASE,
)
"""A caption by which the rows of a table of counts are what the analysis found."""
_EXAMPLES = re.compile(r"(?<=\w)\s+\([^()]*\w[,;]\s+\w[^()]*\)\Z")
"""What a cell lists in brackets: "Saving time (school, work)"."""
_LONGEST = 16
_LEAST = 2
_MOST_CODES = 24
"""Codes of a table of which no reader makes parts of themes: it is the codebook."""


@dataclass(frozen=True, slots=True)
class Tabled:
    """A theme of a table; `above` is the index of the theme that it stands below, `table` the number of the block.

    The rows of a table that `counts` who raised what are themes and, below each, its parts, without a sign of which.
    """

    wording: Wording
    table: int
    above: int | None = None
    counts: bool = False


def tabulated(reading: Reading) -> list[Tabled]:
    """Return the themes of the tables whose heads name a column of them, in order; of a table of counts only where its
    caption or the head of their parts says that these are of themes.

    A theme holds for the rows below it whose cell is empty or the same; one that has a row for itself for the rows
    below it that have counts.
    """
    found: list[Tabled] = []
    for number, block in enumerate(reading.blocks):
        if block.kind == "table" and reading.sections[block.section].kind not in ("references", "back"):
            themes = _of_table(reading, number, len(found))
            found += themes if sum(one.above is None for one in themes) >= _LEAST else []
    return found


def _of_table(reading: Reading, table: int, base: int) -> list[Tabled]:
    text, caption = reading.text, reading.sections[reading.blocks[table].section].heading
    lines = list(rows_of(text, reading.blocks[table].start, reading.blocks[table].end))
    for number, cells in enumerate(lines):
        if len(cells) < _LEAST:
            continue
        words = [text[start:end] for start, end in cells]
        main = next((at for at, word in enumerate(words) if _MAIN.fullmatch(word)), None)
        below = next((at for at, word in enumerate(words) if _BELOW.fullmatch(word)), None)
        if below is None and main is not None:
            coded = next((at for at, word in enumerate(words) if at > main and _CODES.fullmatch(word)), None)
            below = coded if coded is not None and len(lines) - number <= _MOST_CODES else None
        if main is None and below != 0 and not _BOTH.fullmatch(words[0]):
            continue
        rows = lines[number + 1 :]
        parts = words[below] if below is not None else words[0] if main is None else ""
        told = _OF_THEMES.search(caption) or (_THEME.search(parts) and not _OF_SURVEY.search(caption))
        one_column = not main and not below and (told or _OF_FOUND.search(caption))
        groups = _of_groups(text, rows, base) if one_column else []
        if groups or main is None:
            return [Tabled(words, table, above) for words, above in groups]
        rows = [cells for cells in rows if len(cells) >= _LEAST]
        found = _of_rows(text, rows, main, below, base)
        names = {main, below} if below is not None and told else set(range(len(words)))
        counts = _counts(text, [[cell for at, cell in enumerate(cells) if at in names] for cells in rows])
        if counts and (main or below is not None or not _OF_FOUND.search(caption)):
            return []
        return [Tabled(words, table, above, counts) for words, above in found]
    return []


def _of_rows(
    text: str, rows: Sequence[Sequence[Cell]], main: int, below: int | None, base: int
) -> list[tuple[Wording, int | None]]:
    found: list[tuple[Wording, int | None]] = []
    last: int | None = None
    for cells in rows:
        theme = _wording(text, cells, main)
        if theme is not None and (last is None or found[last][0].label != theme.label):
            last = len(found)
            found.append((theme, None))
        sub = _wording(text, cells, below) if below is not None else None
        if sub is not None and last is not None:
            found.append((sub, base + last))
    return found


def _of_groups(text: str, rows: Sequence[Sequence[Cell]], base: int) -> list[tuple[Wording, int | None]]:
    """Return the themes that have a row for themselves, each with the rows with counts below it; none where one of them
    has none, where a row with counts stands before the first, or where groups of people have the same rows."""
    found: list[tuple[Wording, int | None]] = []
    last: int | None = None
    for cells in rows:
        wording = _wording(text, cells, 0)
        others = [text[start:end] for start, end in cells[1:]]
        if wording is None:
            continue
        if any(others):
            if last is None or not any(_NUMBER.search(other) for other in others):
                return []
            found.append((wording, base + last))
        elif last is not None and last == len(found) - 1:
            return []
        else:
            last = len(found)
            found.append((wording, None))
    names = [wording.label.casefold() for wording, _ in found]
    people = any(above is None and names_people(wording.label) for wording, above in found)
    return [] if people or len(set(names)) < len(names) else found


def _wording(text: str, cells: Sequence[Cell], column: int) -> Wording | None:
    """Return a cell as a theme, or None where it is empty, a quotation or longer than a name."""
    if column >= len(cells):
        return None
    piece = trimmed(text, *cells[column], " \t\n,;:.")
    words = text[piece.start : piece.end]
    label = _EXAMPLES.sub("", clean_label(words))
    if not label or not label[0].isalpha() or words.startswith(_QUOTED) or len(label.split()) > _LONGEST:
        return None
    return Wording(piece.start, piece.end, label, "table", label_number(words)[0])


def _counts(text: str, rows: Sequence[Sequence[Cell]]) -> bool:
    cells = [text[start:end] for row in rows for start, end in row]
    filled = [cell for cell in cells if cell]
    return sum(_NUMBER.search(cell) is not None for cell in filled) > _COUNTED * max(1, len(filled))
