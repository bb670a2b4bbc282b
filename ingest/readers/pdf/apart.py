"""Quotations that a PDF sets apart: what is set in, who said it in a line of its own, what goes on below."""

import re
from collections import Counter
from collections.abc import Sequence

from ingest.readers.paragraphs import LIST_ITEM, is_bare_name, may_name, tag_behind, unfinished
from ingest.readers.pdf.flow import Paragraph
from ingest.readers.pdf.fonts import Style, same_style
from ingest.talks import TURN

_LARGER = 0.7
"""Points by which letters are larger than running text that are none of a quotation."""
_INDENT = 0.6
"""Font sizes by which a line is set in at the least."""
_FEW = 5
"""Blanks in a sentence that is set otherwise than running text at the least."""
_SMALLER, _SMALLEST = 0.6, 2.5
"""Points by which its letters are smaller."""
_ALIGNED = 2.0
"""Points by which margins differ that are one."""
_LONGEST_NAME = 60
_DIGITS = re.compile(r"\d+")
_LETTERS = re.compile(r"[^\W\d_]{3}")
_OPENS = "“\"‘'«"


class Apart:
    """Which paragraphs are set apart as quotations: `set_in`, those that are a line of who said it (`signs`), and
    those that belong to the quotation above them, these lines among them (`goes_on`)."""

    def __init__(self, paragraphs: Sequence[Paragraph], body: Style) -> None:
        """Look at the paragraphs in order."""
        self._paragraphs = paragraphs
        self._body = body
        self._again = Counter(_DIGITS.sub("#", p.lines[0].text) for p in paragraphs if len(p.lines) == 1)
        self.set_in: list[bool] = []
        self.signs: set[int] = set()
        self.goes_on: set[int] = set()
        first = 0
        for number, paragraph in enumerate(paragraphs):
            quoted = number > 0 and self.set_in[-1] and number - 1 not in self.signs
            signed = (
                quoted and not paragraphs[number - 1].style.bold and self._may_sign(paragraph, paragraphs[number - 1])
            )
            if signed:
                self.signs.add(number)
            self.set_in.append(signed or self._is_set_in(number))
            if signed or (number and self._continues(paragraphs[first], number)):
                self.goes_on.add(number)
            else:
                first = number

    def _is_set_in(self, number: int) -> bool:
        """Say whether a paragraph is set in from the text around it, as quotations are."""
        paragraph = self._paragraphs[number]
        words = " ".join(line.text for line in paragraph.lines)
        if LIST_ITEM.match(words) or paragraph.style.size > self._body.size + _LARGER or not _LETTERS.search(words):
            return False
        behind = self._paragraphs[number + 1] if number + 1 < len(self._paragraphs) else None
        if number and self._is_set_otherwise(paragraph, words) and self._announces(number - 1):
            return not unfinished(words) or (behind is not None and self._may_sign(behind, paragraph))
        begins = paragraph.gap or (number > 0 and self.set_in[-1])
        apart = begins and (behind is None or behind.gap or self._may_sign(behind, paragraph))
        if len(paragraph.lines) > 1:
            return paragraph.indent > _INDENT and (_first_indent(paragraph) > _INDENT or apart)
        return paragraph.indent > _INDENT and apart

    def _is_set_otherwise(self, paragraph: Paragraph, words: str) -> bool:
        """Say whether a whole sentence is slanted throughout, or in smaller letters, where running text is not."""
        style, body = paragraph.style, self._body
        if style.bold or words.count(" ") < _FEW:
            return False
        slanted = style.italic and not body.italic and all(line.style.italic for line in paragraph.lines)
        return slanted or (style.font == body.font and _SMALLER < body.size - style.size < _SMALLEST)

    def _announces(self, number: int) -> bool:
        """Say whether a paragraph announces words that are set apart, or is a part of them that nobody signs."""
        above = self._paragraphs[number]
        if above.lines[-1].text[-1] == ":":
            return not above.style.bold
        slanted = above.style.italic and not self._body.italic
        smaller = above.style.size < self._body.size - _SMALLER and number not in self.signs
        return self.set_in[number] and (slanted or smaller)

    def _may_sign(self, paragraph: Paragraph, above: Paragraph) -> bool:
        """Say whether a paragraph is one line that is set in, or slanted as all that is above, and holds nothing but
        who may have said that."""
        words = paragraph.lines[0].text
        slanted = paragraph.style.italic and above.style.italic and not self._body.italic
        if len(paragraph.lines) > 1 or paragraph.style.bold or (_first_indent(paragraph) <= _INDENT and not slanted):
            return False
        again = self._again[_DIGITS.sub("#", words)] > 1 and len(words) <= _LONGEST_NAME and is_bare_name(words)
        return again or may_name(words)

    def _continues(self, first: Paragraph, number: int) -> bool:
        """Say whether a paragraph is the next of the quotation that begins with `first`: nothing above tells who
        spoke, and its first line is set in from the others, that of `first` is not, or a label names who begins."""
        above, paragraph = self._paragraphs[number - 1], self._paragraphs[number]
        if not (self.set_in[number - 1] and self.set_in[number]) or number - 1 in self.signs:
            return False
        if above.style.bold or not same_style(above.style, paragraph.style) or paragraph.lines[0].text[0] in _OPENS:
            return False
        words = " ".join(line.text for line in above.lines[-2:])
        if tag_behind(words) or words.endswith(("”", '"')):
            return False
        margin = _margin(first)
        flush = abs(first.lines[0].x0 - first.column.left - margin) < _ALIGNED
        same = len(paragraph.lines) == 1 or abs(_margin(paragraph) - margin) < _ALIGNED
        step = paragraph.lines[0].x0 - paragraph.column.left - margin
        if TURN.match(first.lines[0].text) and same and abs(_first_step(first) - _first_step(paragraph)) < _ALIGNED:
            return True
        return flush and same and _INDENT * paragraph.style.size < step < 4 * paragraph.style.size


def _first_indent(paragraph: Paragraph) -> float:
    """Return how far the first line of a paragraph is set in, in font sizes."""
    return (paragraph.lines[0].x0 - paragraph.column.left) / max(paragraph.style.size, 1)


def _first_step(paragraph: Paragraph) -> float:
    """Return how far its first line is set in, in points."""
    return paragraph.lines[0].x0 - paragraph.column.left


def _margin(paragraph: Paragraph) -> float:
    """Return how far the lines of a paragraph, but for its first if there are several, are set in, in points."""
    return paragraph.indent * max(paragraph.style.size, 1)
