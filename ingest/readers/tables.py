"""Tables, boxes and figure captions that lie between the lines of running text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.lines import Line
from ingest.readers.paragraphs import FUNCTION, LIST_ITEM, PATH, looks_like_heading, unfinished
from ingest.sections import said_by

CAPTION = re.compile(
    r"(?P<kind>supplementary table|table|box|panel|exhibit|figure|fig\.?|chart|scheme)"
    r"(?:[\s-]?(?P<number>[A-Z]?\d{1,2}(?:[a-z]\b)?|[IVX]{1,4}\b)(?=\b|(?-i:[A-Z]))|(?<=[ex])(?=\.\s(?-i:[A-Z])))"
    r"(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
"""A paper with one table may not number it: "Table. Who took part"."""
_PROSE_VERB = re.compile(
    r"(?:\s?\([a-z](?:\s?[,–-]\s?[a-z])*\))?[\s,]*"
    r"(?:and|or|to|in|for|on|of|with|also|below|above|displays?|shows?|presents?|summari[sz]es?|provides?|lists?|"
    r"illustrates?|describes?|gives?|contains?|outlines?|details?|is|are|was|were|has|have|can|reports?|includes?|"
    r"depicts?|highlights?|offers?|indicates?|demonstrates?|represents?|identif(?:y|ies)|compares?|reveals?|showed|shown|presented|illustrated|depicted)\b|[);,]"
)
_LEADS_IN = frozenset(
    [
        "above", "also", "and", "below", "by", "cf", "for", "from", "in", "of", "on", "or", "our", "per", "refer",
        "see", "the", "to", "under", "with",
    ]
)  # fmt: skip
_FUNCTION = re.compile(
    r"\b(?:the|of|and|to|in|a|that|is|was|were|with|for|as|by|on|are|be|their|this|it|they|from|an|had|have|not|or)\b",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"(?<!\w)[<>=±]?\d[\d.,]*%?(?!\w)|\(\s?\d[\d.,–-]*\s?%?\)")
_NUMERIC = 0.3
_FEWEST_CELLS = 5
_FULL_SENTENCE = re.compile(r"[a-z]{3}[.?!][”\"’)]*(?:\s|\Z)|:\Z")
_OPENED = re.compile(r"[“\"](?=[\w…\[(])")
_CLOSED = re.compile(r"(?<=[\w.,;:?!…)\]])[”\"]")
_TAGGED = re.compile(r"[”\"’][.,]?\s*([(\[][^()\[\]]*)?\Z")
"""The end of a quotation, with what there is of a tag that goes on."""
_LONGEST_QUOTATION = 15
"""Lines that a quotation in a table has at the most, with its tag."""
_LONG_CAPTION = 250
_LONG_CELL = 150
_LEAST_OF_PROSE = 0.72
"""Share of a full line that a line of running text has at the least."""
_FULL = 0.85
"""Share of a full line that a line of running text has at the least where it stands close under a cell."""
_LONGEST, _LONGEST_OF_CELLS = 150, 600
"""Lines that a table has at the most, and one with a cell a line: where the text has not gone on by then, the table was
none."""
_FEW = 0.2
"""Share of lines as long as those of running text that a table with a cell a line has at the most."""


@dataclass(frozen=True, slots=True)
class Aside:
    """Lines `first`..`last` (end-exclusive) that are no running text: a table, box or figure.

    The caption is `first`..`body`; what follows are its rows, or nothing.
    """

    first: int
    body: int
    last: int


def is_caption(line: Line, before: Line | None) -> bool:
    """Say whether a line is the caption of a table, box or figure and no sentence that mentions one.

    >>> is_caption(Line(0, 0, "Table 1 Who took part"), None)
    True
    >>> is_caption(Line(0, 0, "Table 1 shows who took part."), None)
    False
    """
    found = CAPTION.match(line.text)
    if not found or not line.text[0].isupper():
        return False
    rest = found.group("rest")
    if _PROSE_VERB.match(rest) or (rest and rest[0] not in " .:|–—-(" and not rest[0].isupper()):
        return False
    if before is not None and not line.gap and not line.cut:
        last = re.split(r"[\s(]", before.text)[-1].casefold()
        if last in _LEADS_IN:
            return False
        if unfinished(before.text) and not re.match(r"[.:\s]*[A-Z]", rest):
            return _is_label(line, before)
    return True


def _is_label(line: Line, before: Line) -> bool:
    """Say whether nothing but the label of a table stands behind a row of numbers."""
    found = CAPTION.fullmatch(line.text)
    return found is not None and not found.group("rest").strip(" .:") and before.text[-1] in "0123456789%)—–−*"


def find_asides(lines: list[Line], width: int) -> list[Aside]:
    """Return the tables, boxes and captions between wrapped lines whose full length is `width`, in order."""
    found: list[Aside] = []
    number = 0
    broken = False
    while number < len(lines):
        before = lines[number - 1] if number else None
        if not is_caption(lines[number], before):
            number += 1
            continue
        match = CAPTION.match(lines[number].text)
        kind = "figure" if match and match.group("kind").lower().startswith(("fig", "chart", "scheme")) else "table"
        kind = "box" if match and match.group("kind").lower() in ("box", "panel") else kind
        joins = found and found[-1].last == number
        broken = broken if joins else before is not None and unfinished(before.text)
        last = _end(lines, number, kind, width, broken=broken)
        found.append(Aside(number, min(_caption_end(lines, number, width), last), last))
        number = last
    return found


def _end(lines: list[Line], first: int, kind: str, width: int, *, broken: bool) -> int:
    stop = _farthest(lines, first, width)
    for number in range(first + 1, stop):
        line = lines[number]
        before = lines[number - 1]
        if is_caption(line, before) and (line.gap or not unfinished(before.text) or _is_label(line, before)):
            return number
        said = said_by(line.text)
        named = said is not None and said.main and line.text[0].isupper() and len(line.text) < 60
        if named and (line.gap or line.page or _opens_text(lines, number, width)):
            return number
        if _resumes(lines, number, width, broken=broken):
            return number if broken else _with_heading(lines, first, number, width)
        if kind == "figure" and line.gap and not broken:
            return number
    return stop if stop == len(lines) else _caption_end(lines, first, width)


def _farthest(lines: list[Line], first: int, width: int) -> int:
    """Return the line that a table ends before at the latest."""
    stop, long = first + 1, 0
    while stop < min(len(lines), first + _LONGEST_OF_CELLS):
        long += len(lines[stop].text) >= _LEAST_OF_PROSE * width
        stop += 1
        if stop - first >= _LONGEST and long > _FEW * (stop - first):
            break
    return stop


def _opens_text(lines: list[Line], number: int, width: int) -> bool:
    """Say whether running text begins behind a heading that no blank line sets apart."""
    ahead = lines[number + 1 : number + 3]
    return len(ahead) == 2 and ahead[0].text[0].isupper() and all(_is_prose(line, width) for line in ahead)


def _with_heading(lines: list[Line], first: int, number: int, width: int) -> int:
    """Return where the text goes on if a heading stands before line `number`, between blank lines or where no blank
    lines are, and no cell that the table has elsewhere too."""
    before = lines[number - 1]
    alone = number - 1 > first and (lines[number].gap > 0) == (before.gap > 0)
    if not alone or any(line.text == before.text for line in lines[first : number - 1]):
        return number
    return number - 1 if looks_like_heading(before.text, width) else number


def _resumes(lines: list[Line], number: int, width: int, *, broken: bool) -> bool:
    """Say whether running text goes on at `number`: after a broken sentence in lower case, else as whole sentences."""
    line = lines[number]
    low = line.text[0].islower()
    if not _is_prose(line, width):
        return False
    if broken:
        if not low:
            return False
        boundary = line.gap or line.page or line.cut or line.indent
        following = lines[number + 1] if number + 1 < len(lines) else None
        goes_on = following is not None and (_is_prose(following, width) or not unfinished(following.text))
        return bool(boundary) or (goes_on and lines[number - 1].text[-1] != ",")
    before = lines[number - 1]
    apart = line.gap or line.page or line.cut or not unfinished(before.text)
    if low or not (apart or _ends_rows(before, line, width)):
        return False
    ahead = lines[number : number + 3]
    return len(ahead) == 3 and all(_is_prose(a, width) or (a is ahead[-1] and not unfinished(a.text)) for a in ahead)


def _ends_rows(row: Line, line: Line, width: int) -> bool:
    """Say whether a line that stands close under a short cell, in which no sentence breaks off, is a full one."""
    return (
        len(row.text) < _LEAST_OF_PROSE * width
        and not is_caption(row, None)
        and line.text[0].isupper()
        and len(line.text) >= _FULL * width
        and row.text.split()[-1].casefold() not in FUNCTION
        and row.text[-1] not in ",-–/"
    )


def _is_prose(line: Line, width: int) -> bool:
    text = line.text
    if not _LEAST_OF_PROSE * width <= len(text) <= 1.2 * width:
        return False
    words = text.split()
    numbers = len(_NUMBERS.findall(text))
    return numbers <= 0.2 * len(words) and len(_FUNCTION.findall(text)) >= 0.12 * len(words)


def _caption_end(lines: list[Line], first: int, width: int) -> int:
    number = first + 1
    while number < len(lines) and number < first + 4 and unfinished(lines[number - 1].text) and not lines[number].gap:
        if number > first + 1 and lines[number].text[0] in '“"':
            break
        number += 1
    return number


def quoted_on(rows: Sequence[str]) -> set[int]:
    """Return the numbers of the lines of a table that go on with a quotation, or tell in brackets who said it.

    >>> sorted(quoted_on(["Doubts", "“I waited", "for hours” (P1,", "nurse)", "“Nobody", "came”.", "(P2)", "Delays"]))
    [2, 3, 5, 6]
    """
    found: set[int] = set()
    number = 0
    while number < len(rows):
        end = _end_of_quotation(rows, number) if rows[number][:1] in ("“", '"') else number + 1
        found.update(range(number + 1, end))
        number = end
    return found


def _end_of_quotation(rows: Sequence[str], first: int) -> int:
    """Return the number of the line behind a quotation that line `first` opens; the next one where it does not end."""
    depth, words = 0, ""
    for number in range(first, min(len(rows), first + _LONGEST_QUOTATION)):
        words = f"{words} {rows[number]}".strip()
        depth += len(_OPENED.findall(rows[number])) - len(_CLOSED.findall(rows[number]))
        if depth > 0:
            continue
        following = rows[number + 1] if number + 1 < len(rows) else ""
        ended = _TAGGED.search(words)
        if ended is None or not (ended.group(1) or following[:1] in ("(", "[")):
            return number + 1
    return first + 1


def find_loose_asides(lines: list[Line]) -> list[Aside]:
    """Return the tables, boxes and captions where every line is a paragraph or a cell: until a long sentence comes.

    Cells without a caption count as a table where many of them follow each other and most hold little but numbers.
    """
    found: list[Aside] = []
    number = 0
    while number < len(lines):
        captioned = is_caption(lines[number], None) and len(lines[number].text) <= _LONG_CAPTION
        body = number + 1 if captioned else number
        last = body
        while last < len(lines) and _is_cell(lines[last].text) and not is_caption(lines[last], None):
            last += 1
        if captioned or _is_numeric(lines[body:last]):
            found.append(Aside(number, body, last))
            number = last
        else:
            number = max(last, number + 1)
    return found


def _is_cell(text: str) -> bool:
    if len(text) > _LONG_CELL or LIST_ITEM.match(text) or PATH.match(text):
        return False
    said = said_by(text)
    if said and said.main:
        return False
    return _FULL_SENTENCE.search(text) is None or _share_of_numbers(text) > _NUMERIC


def _is_numeric(lines: list[Line]) -> bool:
    numeric = sum(_share_of_numbers(line.text) >= _NUMERIC for line in lines)
    return len(lines) >= _FEWEST_CELLS and numeric > 2 and numeric >= 0.35 * len(lines)


def _share_of_numbers(text: str) -> float:
    tokens = text.split()
    return sum(any(c.isdigit() for c in token) and not any(c.isalpha() for c in token) for token in tokens) / len(
        tokens
    )
