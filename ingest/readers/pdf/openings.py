"""Headings that a paragraph of a PDF opens with, its text in the same line: bold or slanted, with a full stop."""

import re
from collections.abc import Sequence
from itertools import takewhile

from ingest.readers.paragraphs import LIST_ITEM
from ingest.readers.pdf.flow import Paragraph
from ingest.readers.pdf.fonts import Style
from ingest.readers.pdf.text import TextLine, joined
from ingest.readers.pdf.words import Word
from ingest.sections import number_level, said_by

Opening = tuple[int, int]
"""Where the text behind a heading begins: the number of its line, and of the word in it."""

_LONGEST = 140
_MOST_WORDS = 16
_LINES = 3
"""Lines that such a heading has at the most."""
_FEWEST = 3
"""Slanted openings that a document has at the least, for them to be headings: names of species are slanted as well."""
_SHORT = 8
"""Words of a heading that no stop ends at the most."""
_UNSTOPPED = re.compile(r"(?:\d+(?:\.\d+)+\.? )?[A-Z][a-z][\w’'-]+(?: (?:[\w’'/&-]+|\([A-Z]+\))){0,7}")
_AHEAD = 4
"""Words behind such a heading of which one at the least is set like running text."""
_STOPPED = re.compile(r"[^\W\d_]{2}[^\W_]*\W*[.:?]\Z")
SPOKEN = re.compile(r"\b(?:I|we|you|my|me|our|your|us)\b|[“”\"‘…]|\.{3}|\Wn[’']t\b")
_BEGINS = re.compile(r"[A-Z\d“\"(]")
_LETTER = re.compile(r"[^\W\d_]")
_UNNAMED = ("front", "abstract")


def find_openings(paragraphs: Sequence[Paragraph], body: Style) -> dict[int, Opening]:
    """Return the paragraphs, by number, that open with a heading, and where what follows it begins.

    What names a main section ("Methods: we asked") is left to `run_in`, which knows the labels of abstracts.
    """
    found: dict[int, Opening] = {}
    slanted: dict[int, Opening] = {}
    bare: dict[int, Opening] = {}
    labels: list[str] = []
    for number, paragraph in enumerate(paragraphs):
        opening, italic = _opening(paragraph, body)
        if opening:
            (slanted if italic else found)[number] = opening
        elif not italic and (unstopped := _unstopped(paragraph, body)):
            bare[number], label = unstopped
            labels.append(label)
    found |= slanted if len(slanted) >= _FEWEST else {}
    return found | bare if len(bare) >= _FEWEST and len(set(labels)) == len(labels) else found


def _unstopped(paragraph: Paragraph, body: Style) -> tuple[Opening, str] | None:
    """Return where the text behind bold words without a stop begins, and the words, which name no speaker."""
    line = paragraph.lines[0]
    words = line.words[line.margin :]
    label = list(takewhile(lambda word: _bold(word, body) or not _is_word(word), words))
    named = joined(label)
    rest = joined(words[len(label) :])
    if not label or len(label) == len(words) or not _UNSTOPPED.fullmatch(named) or len(label) > _SHORT:
        return None
    if (
        not paragraph.gap
        or not rest[0].isupper()
        or SPOKEN.search(named)
        or said_by(named)
        or _bold(line.words[-1], body)
    ):
        return None
    if any(other.style.bold for other in paragraph.lines[1:]) or not _is_set_off(
        paragraph, (0, len(label)), body, italic=False
    ):
        return None
    return (0, line.margin + len(label)), named


def _opening(paragraph: Paragraph, body: Style) -> tuple[Opening | None, bool]:
    first = next((word for word in paragraph.lines[0].words[paragraph.lines[0].margin :] if _is_word(word)), None)
    if first is None or not (_bold(first, body) or _italic(first, body)):
        return None, False
    italic = not _bold(first, body)
    label: list[Word] = []
    for number, line in enumerate(paragraph.lines[:_LINES]):
        for place, word in enumerate(line.words[line.margin :], line.margin):
            if label and _STOPPED.search(label[-1].text):
                opening = (number, place)
                if _is_label(label, _rest(paragraph, opening), italic=italic):
                    return (opening if _is_set_off(paragraph, opening, body, italic=italic) else None), italic
            if _is_word(word) and not (_italic(word, body) if italic else _bold(word, body)):
                return ((number, place) if not italic and _names_back(label) else None), italic
            label.append(word)
    return None, italic


def _names_back(label: list[Word]) -> bool:
    """Say whether bold words name a section of the back matter, which needs no stop: "Contributors AM wrote ..."."""
    said = said_by(joined(label)) if label else None
    return said is not None and said.kind == "back"


def _is_set_off(paragraph: Paragraph, opening: Opening, body: Style, *, italic: bool) -> bool:
    """Say whether the text behind a heading is set like running text, but for a name that it may begin with."""
    number, place = opening
    line = paragraph.lines[number]
    words = [*line.words[place:], *(word for other in paragraph.lines[number + 1 : number + 2] for word in other.words)]
    ahead = [word for word in words if _is_word(word)][:_AHEAD]
    return any(not (_italic(word, body) if italic else _bold(word, body)) for word in ahead)


def _is_label(label: list[Word], rest: str, *, italic: bool) -> bool:
    words = joined(label)
    if len(words) > _LONGEST or len(label) > _MOST_WORDS or not _BEGINS.match(rest):
        return False
    said = said_by(words)
    if said and (said.main or said.kind in _UNNAMED):
        return False
    numbered = number_level(words) is not None
    if LIST_ITEM.match(words) and not numbered:
        return False
    if not (words[0].isupper() or numbered) or (italic and (rest[0] == "(" or SPOKEN.search(words))):
        return False
    return len(words) > 3 and len(rest) > len(words) / 2


def _rest(paragraph: Paragraph, opening: Opening) -> str:
    number, place = opening
    line = paragraph.lines[number]
    return " ".join([joined(line.words[place:]), *(other.text for other in paragraph.lines[number + 1 : number + 3])])


def split_at(line: TextLine, place: int) -> int:
    """Return how many characters of a line's text stand before its word number `place`, the blank included."""
    before = len(joined(line.words[line.margin : place]))
    return before if not before or line.words[place].glued else before + 1


def _is_word(word: Word) -> bool:
    return _LETTER.search(word.text) is not None


def _bold(word: Word, body: Style) -> bool:
    return word.style.bold and not body.bold


def _italic(word: Word, body: Style) -> bool:
    return word.style.italic and not body.italic
