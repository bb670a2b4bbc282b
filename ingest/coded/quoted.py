"""A quotation that somebody wrote down to the words of the study's own text, or why it cannot be found there."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.anchor import anchor
from ingest.coded.records import concept_of
from ontology.base import Passage
from ontology.model import Document

NO_TEXT = "no text of the study has been read"
NOT_THERE = "the study's text does not hold these words"
TOO_SHORT = "too short to be found for sure"
_MARKS = " \t\"'“”„‘’«»‹›"
_TAG = re.compile(
    r"\s*(?:[(\[]\s*(?P<bracketed>[^()\[\]]{2,60}?)\s*[)\]]|\s[–—-]\s*(?P<dashed>[^()\[\]–—]{2,40}))\s*\.?\s*\Z"
)
_FEWEST = 10
"""Letters that a quotation has at the least."""


@dataclass(frozen=True, slots=True)
class Anchored:
    """Where a quotation stands: passages of one document, and its text. `differs` says that its letters are not quite
    the ones that were written down."""

    passages: tuple[Passage, ...]
    text: str
    differs: bool


def parted_quote(words: str) -> tuple[int, int, str]:
    """Return where the quotation itself begins and ends in what was written down, and the speaker noted behind it.

    Quotation marks around it are no part of it, nor is a speaker in brackets, or a role behind a dash.

    >>> parted_quote("“Nobody rang” (Nurse 3)"), parted_quote("We rang - twice"), parted_quote("We rang - GP")
    ((1, 12, 'Nurse 3'), (0, 15, ''), (0, 7, 'GP'))
    """
    tag = _TAG.search(words)
    speaker = tag.group("bracketed") or tag.group("dashed") if tag else ""
    if tag and (tag.start() == 0 or (tag.group("dashed") and concept_of(speaker) is None)):
        tag, speaker = None, ""
    start, end = 0, tag.start() if tag else len(words)
    while start < end and words[start] in _MARKS:
        start += 1
    while end > start and words[end - 1] in _MARKS:
        end -= 1
    return (start, end, speaker) if start < end else (0, len(words), "")


def find_quote(words: str, documents: Sequence[Document]) -> Anchored | str:
    """Return where a quotation stands in the first of the documents that holds it, or why it cannot be found.

    >>> paper = Document(iri="urn:d", source="a.txt", sha256="0" * 64, media_type="text/plain",
    ...                  text="One nurse said: “Nobody rang us back.”")
    >>> found = find_quote("nobody rang us back", [paper])
    >>> found.passages[0].exact, find_quote("somebody rang us back", [])
    ('Nobody rang us back', 'no text of the study has been read')
    """
    if not documents:
        return NO_TEXT
    letters = _letters(words)
    if len(letters) < _FEWEST:
        return TOO_SHORT
    for document in documents:
        passages = anchor(document.text, words, document=document.iri)
        if passages:
            there = "".join(_letters(passage.exact) for passage in passages)
            return Anchored(passages, document.text, there != letters)
    return NOT_THERE


def _letters(words: str) -> str:
    return "".join(char for char in words.casefold() if char.isalnum())
