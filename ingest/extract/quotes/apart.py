"""Words that stand for themselves: those that an introduction with a colon or the layout sets apart."""

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.extract.quotes.candidate import LAST_BRACKET, Candidate, without_marks
from ingest.extract.quotes.speaker_tags import Tag
from ingest.extract.quotes.speech import OPENING, behind_colon, hard_breaks, is_narration
from ingest.reading import Block, Reading


def set_apart(reading: Reading, number: int, taken: Sequence[tuple[int, int]]) -> list[Candidate]:
    """Return the paragraphs of a block, or all of it, that an introduction with a colon or the layout sets apart."""
    block = reading.blocks[number]
    found = []
    for piece, (start, end) in enumerate(_pieces(reading, block, taken)):
        before = reading.text[block.start : start]
        introduced = before.rstrip().endswith(":") if piece else is_introduced(reading, number)
        if not introduced and block.kind == "paragraph" and not reading.marked_up:
            start = behind_colon(reading.text, start, end) or start
            before = reading.text[block.start : start]
            introduced = before.rstrip().endswith(":")
        if not introduced and (block.kind != "quote" or (piece and "\n" not in before)):
            continue
        begins = reading.text[start:end].lstrip()[:1]
        if any(a < end and start < b for a, b in taken) or begins in OPENING:
            continue
        signed = LAST_BRACKET.search(reading.text, start, end)
        tag = Tag(signed.start("tag"), signed.end(), signed.group("words"), True) if signed else None
        first, stop = without_marks(reading.text, start, tag.start if tag else end)
        while first < stop and reading.text[first].isspace():
            first += 1
        found.append(Candidate(first, stop, start, end, "apart", number, tag))
    return found


def _pieces(reading: Reading, block: Block, taken: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the paragraphs of a block; the lines of a quotation that is set apart belong together as long as they
    are neither narration nor `taken` by turns and signed quotations."""
    if block.kind != "quote" or "\n" not in reading.text[block.start : block.end]:
        return list(pairwise([block.start, *hard_breaks(reading, block.start, block.end), block.end]))
    pieces: list[tuple[int, int]] = []
    goes_on = False
    for line in re.finditer(r"[^\n]+", reading.text[block.start : block.end]):
        start, end = block.start + line.start(), block.start + line.end()
        alone = is_narration(line.group()) or line.group().rstrip().endswith(":")
        alone = alone or any(a < end and start < b for a, b in taken)
        if goes_on and not alone:
            pieces[-1] = pieces[-1][0], end
        else:
            pieces.append((start, end))
        goes_on = not alone
    return pieces


def is_introduced(reading: Reading, number: int) -> bool:
    """Say whether the block before one ends in a colon."""
    if number == 0:
        return False
    before = reading.blocks[number - 1]
    words = reading.text[before.start : before.end]
    return before.kind in ("paragraph", "quote", "list_item") and words.rstrip().endswith(":")
