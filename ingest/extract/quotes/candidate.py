"""Words that somebody may have said, as they are found before they are judged."""

import re
from dataclasses import dataclass

from ingest.extract.quotes.speaker_tags import Tag

_CLOSING = re.compile(r"(?P<mark>[\"”’'»])[.,]?\Z")
_PAIRS = {"“": "”", "”": "”", '"': '"', "‘": "’", "'": "'", "«": "»", "„": "“”"}
LAST_BRACKET = re.compile(r"[.?!…”\"’']\s*(?P<tag>[(\[](?P<words>[A-Z(][^()\[\]\n=%]{1,70}|\d{1,5})[)\]])\s*\.?\s*\Z")
"""The brackets at the end of words, with what may name a speaker or a talk."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that somebody may have said: view[start:end]. `form` tells how they were found; `outer_start` and
    `outer_end` take in the marks and the tag; `label` is a speaker named in front ("P07:")."""

    start: int
    end: int
    outer_start: int
    outer_end: int
    form: str
    block: int
    tag: Tag | None = None
    label: str = ""
    style: str = ""

    @property
    def size(self) -> int:
        """How many characters it holds."""
        return self.end - self.start


def without_marks(text: str, start: int, end: int) -> tuple[int, int]:
    """Return words without blanks, without marks around all of them and without a closing mark that nothing opens."""
    while end > start and text[end - 1].isspace():
        end -= 1
    stop = _CLOSING.search(text, start, end)
    if stop is None:
        return start, end
    opening, closing = text[start : start + 1], stop.group("mark")
    if opening and closing in _PAIRS.get(opening, ""):
        return start + 1, stop.start()
    if text.count('"', start, end) % 2 + text.count("”", start, end) - text.count("“", start, end) == 1:
        return start, stop.start()
    return start, end
