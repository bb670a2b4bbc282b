"""Words to their place: where a quotation that somebody gives stands in a document, or that it does not."""

import re
from collections.abc import Iterable

from ingest.letters import Letters, letters_of
from ingest.reading import Reading
from ontology.base import Passage
from ontology.errors import SpanError

CUT_OFF = 90.0
"""The least partial ratio (0 to 100) at which words that are not there letter by letter still count as found."""
_SHORTEST_NEAR = 25
"""Letters and digits that a quotation has at the least to be looked for by likeness: short words are like too much."""
_SHORTEST_LOOSE = 8
"""Characters that words have at the least to be found verbatim in the middle of a longer, glued word."""
_SIGNS = {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "‐": "-", "‑": "-"}
_ELISION = re.compile(r"\s*(?:\[\s*(?:…|\.\s?\.\s?\.)\s*\]|\(\s*(?:…|\.\s?\.\s?\.)\s*\)|…|\.\s?\.\s?\.)\s*")


def anchor(source: Reading | str, words: str, *, document: str = "") -> tuple[Passage, ...] | None:
    """Return the stored passages that hold `words`, or None where the document does not have them.

    Both sides are compared by their letters and digits alone, so that hyphens at line ends, curly quotes, ligatures,
    dashes, lost or doubled blanks and citation numbers (which the view leaves out) do not matter. Words that are not
    found so are looked for by likeness (partial ratio of rapidfuzz, at least `CUT_OFF`). An ellipsis in the words
    stands for text that was left out. `source` is a reading, or a stored text whose IRI is `document`.

    >>> [p.exact for p in anchor("They were often over-\\nlooked by us.", "often overlooked") or ()]
    ['often over-\\nlooked']
    >>> anchor("They were often overlooked.", "never mentioned") is None
    True
    """
    if isinstance(source, str):
        places = _verbatim(source, words) or _found(source, words) or _alike(source, words)
        return tuple(Passage(document=document, start=a, end=b, exact=source[a:b]) for a, b in places) or None
    for search in (_verbatim, _found):
        in_view = search(source.text, words)
        if in_view:
            return _passages(source, in_view)
        in_stored = search(source.stored, words)
        if in_stored:
            return tuple(
                Passage(document=source.document, start=a, end=b, exact=source.stored[a:b]) for a, b in in_stored
            )
    alike = _alike(source.text, words)
    return _passages(source, alike) if alike else None


def _passages(reading: Reading, places: list[tuple[int, int]]) -> tuple[Passage, ...]:
    return tuple(passage for a, b in places for passage in reading.spans(a, b))


def verify(text: str, passages: Iterable[Passage]) -> None:
    """Check that every passage holds exactly the words of the stored text that it claims to hold.

    Raises:
        SpanError: one does not; names the place and both wordings.

    >>> verify("abc", [Passage(document="d", start=0, end=2, exact="ab")])
    """
    for passage in passages:
        if not passage.stands_in(text):
            found = text[max(0, passage.start) : passage.end]
            where = f"{passage.document}, characters {passage.start} to {passage.end}"
            told, there = _short(passage.exact), _short(found)
            raise SpanError(where, f"hold {there!r}, not {told!r}", "read the document again: its text has changed")


def _verbatim(text: str, words: str) -> list[tuple[int, int]]:
    """Return where the words stand as they are: between the borders of words, or anywhere if they are many."""
    wanted = words.strip()
    at = text.find(wanted) if wanted else -1
    first = at
    while at >= 0:
        if _bordered(text, at, at + len(wanted)):
            return [(at, at + len(wanted))]
        at = text.find(wanted, at + 1)
    return [(first, first + len(wanted))] if first >= 0 and len(wanted) >= _SHORTEST_LOOSE else []


def _found(text: str, words: str) -> list[tuple[int, int]]:
    """Return where the letters and digits of the words stand, in one piece or in pieces around ellipses."""
    whole = letters_of(text)
    one = _one(text, whole, words, 0)
    if one:
        return [one[0]]
    pieces = [piece for piece in _ELISION.split(words) if letters_of(piece).text]
    places: list[tuple[int, int]] = []
    at = 0
    for piece in pieces if len(pieces) > 1 else []:
        hit = _one(text, whole, piece, at)
        if hit is None:
            return []
        places.append(hit[0])
        at = hit[1]
    return places


def _one(text: str, whole: Letters, words: str, begin: int) -> tuple[tuple[int, int], int] | None:
    """Return the first place of the words from letter `begin` on, and the number of the letter behind it."""
    wanted = letters_of(words).text
    found = whole.text.find(wanted, begin) if wanted else -1
    loose: tuple[tuple[int, int], int] | None = None
    while found >= 0:
        behind = found + len(wanted)
        place = (whole.places[found], whole.places[behind - 1] + 1)
        if _bordered(text, *place):
            return _with_signs(text, place, words), behind
        loose = loose or (_with_signs(text, place, words), behind)
        found = whole.text.find(wanted, found + 1)
    return loose if len(wanted) >= _SHORTEST_NEAR else None


def _bordered(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isalpha() and text[start].isalpha()) and not (after.isalpha() and text[end - 1].isalpha())


def _with_signs(text: str, place: tuple[int, int], words: str) -> tuple[int, int]:
    """Widen the place by the signs that the words have at their ends, as far as the text has the same."""
    start, end = place
    stripped = words.strip()
    letters = [at for at, char in enumerate(stripped) if char.isalnum()]
    for sign in stripped[letters[-1] + 1 :]:
        if _folded(text[end : end + 1]) != _folded(sign):
            break
        end += 1
    for sign in reversed(stripped[: letters[0]]):
        if start == 0 or _folded(text[start - 1]) != _folded(sign):
            break
        start -= 1
    return start, end


def _folded(sign: str) -> str:
    """Return one sign for all that look like it: quotes, dashes, an ellipsis."""
    return _SIGNS.get(sign, sign)


def _alike(text: str, words: str) -> list[tuple[int, int]]:
    """Return the place that is most like the words, widened to whole words, if it is like enough."""
    from rapidfuzz.distance import Levenshtein  # both slow to import, and seldom needed
    from rapidfuzz.fuzz import partial_ratio_alignment

    whole, wanted = letters_of(text), letters_of(words).text
    if not _SHORTEST_NEAR <= len(wanted) <= len(whole.text):
        return []
    found = partial_ratio_alignment(wanted, whole.text, score_cutoff=CUT_OFF)
    if found is None or found.dest_start >= found.dest_end:
        return []
    # the window is as long as the words: cut what it has before the first and behind the last stretch that is the same
    window = whole.text[found.dest_start : found.dest_end]
    same = [block for block in Levenshtein.opcodes(wanted, window) if block.tag == "equal"]
    start = whole.places[found.dest_start + same[0].dest_start]
    end = whole.places[found.dest_start + same[-1].dest_end - 1] + 1
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return [(start, end)]


def _short(words: str) -> str:
    return words if len(words) <= 60 else f"{words[:57]}..."
