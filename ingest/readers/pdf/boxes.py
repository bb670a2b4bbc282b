"""Boxes beside the text of a PDF page that no caption tells: a frame or a ground of colour, in it other letters."""

import re
from itertools import pairwise

from ingest.readers.pdf.fonts import Style
from ingest.readers.pdf.tables import Region, is_body
from ingest.readers.pdf.text import PageText, Rule, TextLine
from ingest.sections import said_by

_NEAR = 3.0
"""Points by which lines reach over the edge of a box at the most."""
_SAME = 0.5
"""Points by which the upper and the lower edge of a box differ in where they begin and end."""
_HIGHEST = 0.5
"""Share of a page that a box is high at the most: a frame around more is that of the page."""
_CONTINUED = re.compile(r"\(?continued from (?:the )?previous page", re.IGNORECASE)
_BEHIND = ("front", "back", "references")
"""Kinds of sections that no abstract has."""
_FEWEST = 3
"""Lines below each other in a box at the least, and lines of running text above or below it."""


def find_boxes(page: PageText, lines: list[TextLine], body: Style) -> list[Region]:
    """Return the boxes that stand in a column of running text, which goes on above or below them.

    What they hold is in another font than all running text. The first page has none: its abstract may be set so.
    """
    if page.number == 0:
        return []
    found: list[Region] = []
    for upper, lower in pairwise(page.rules):
        inside = _inside(upper, lower, lines) if _is_frame(upper, lower, page.height) else []
        if len({round(line.middle) for line in inside}) < _FEWEST or any(
            word.style.font == body.font for line in inside for word in line.words
        ):
            continue
        if any(_opens_abstract(line.text) for line in inside):
            continue
        if sum(is_body(line, body) and line.x0 < upper.x1 and line.x1 > upper.x0 for line in lines) >= _FEWEST:
            found.append(Region([], inside, figure=False, closed=True))
            known = {id(line) for line in inside}
            lines = [line for line in lines if id(line) not in known]
    return found


def _opens_abstract(words: str) -> bool:
    """Say whether a line begins as a part of an abstract does, which some journals frame, on whatever page it is."""
    label, colon, _ = words.partition(":")
    said = said_by(label)
    part = said is not None and said.kind not in _BEHIND and (said.main or colon != "")
    return part or _CONTINUED.match(words) is not None


def _is_frame(upper: Rule, lower: Rule, height: float) -> bool:
    """Say whether two rules are the edges of one shape, neither too flat nor too high for a box."""
    same = abs(upper.x0 - lower.x0) < _SAME and abs(upper.x1 - lower.x1) < _SAME
    return same and 0 < lower.y - upper.y < _HIGHEST * height


def _inside(upper: Rule, lower: Rule, lines: list[TextLine]) -> list[TextLine]:
    """Return the lines between two edges, nothing if some run over them."""
    found = [line for line in lines if upper.y < line.middle < lower.y and line.x0 < upper.x1 and line.x1 > upper.x0]
    whole = all(line.x0 > upper.x0 - _NEAR and line.x1 < upper.x1 + _NEAR for line in found)
    return found if whole else []
