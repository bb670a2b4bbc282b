"""A quotation that somebody wrote down to the words of the study's own text, or why it cannot be found there."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.anchor import anchor
from ontology.base import Passage
from ontology.model import Document

NO_TEXT = "no text of the study has been read"
NOT_THERE = "the study's text does not hold these words"
TOO_SHORT = "too short to be found for sure"
_MARKS = " \t\"'“”„‘’«»‹›"
_TAG = re.compile(r"\s*[(\[–—-]\s*([^()\[\]]{2,60}?)\s*[)\]]?\s*\.?\s*\Z")
_FEWEST = 10
"""Letters that a quotation has at the least."""


@dataclass(frozen=True, slots=True)
class Anchored:
    """Where a quotation stands: passages of one document, and its text. `differs` says that its letters are not quite
    the ones that were written down; `speaker` is what stood in brackets behind them."""

    passages: tuple[Passage, ...]
    text: str
    differs: bool
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class NotFound:
    """Why a quotation has no place."""

    reason: str
    speaker: str = ""


def find_quote(words: str, documents: Sequence[Document], *, apart_from: str = "") -> Anchored | NotFound:
    """Return where a quotation stands in the first of the documents that holds it.

    Quotation marks around it do not count, nor does a speaker in brackets behind it.

    >>> paper = Document(iri="urn:d", source="a.txt", sha256="0" * 64, media_type="text/plain",
    ...                  text="One nurse said: “Nobody rang us back.”")
    >>> found = find_quote('"Nobody rang us back" (Nurse 3)', [paper])
    >>> found.passages[0].exact, found.speaker
    ('Nobody rang us back', 'Nurse 3')
    """
    texts = [document for document in documents if document.iri != apart_from]
    bare = words.strip(_MARKS)
    tag = _TAG.search(bare)
    wordings = [(bare, "")]
    if tag and tag.start():
        wordings.append((bare[: tag.start()].strip(_MARKS), tag.group(1)))
    speaker = wordings[-1][1]
    if not texts:
        return NotFound(NO_TEXT, speaker if words.rstrip().endswith((")", "]")) else "")
    if len(_letters(wordings[-1][0])) < _FEWEST:
        return NotFound(TOO_SHORT)
    for wording, said_by in wordings:
        for document in texts:
            passages = anchor(document.text, wording, document=document.iri)
            if passages:
                there = "".join(_letters(passage.exact) for passage in passages)
                return Anchored(passages, document.text, there != _letters(wording), said_by)
    return NotFound(NOT_THERE, speaker if words.rstrip().endswith((")", "]")) else "")


def _letters(words: str) -> str:
    return "".join(char for char in words.casefold() if char.isalnum())
