"""Candidates for quotations: what stands between marks, is signed, is a turn of an interview or is set apart."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.extract.context import RoleIndex
from ingest.extract.quotes.apart import set_apart
from ingest.extract.quotes.candidate import LAST_BRACKET, Candidate, without_marks
from ingest.extract.quotes.cells import quoted_cells
from ingest.extract.quotes.italics import italic_stretches, signed_italics
from ingest.extract.quotes.leads import Talks, label_before, tag_left_over
from ingest.extract.quotes.marks import Marked, marks_within
from ingest.extract.quotes.signed import signed_marks, signed_words
from ingest.extract.quotes.speaker_lines import layout_tags
from ingest.extract.quotes.speaker_tags import (
    Tag,
    find_tags,
    first_of,
    names_session,
    tag_line,
    tag_within,
)
from ingest.extract.quotes.speech import (
    OPENING,
    is_led,
)
from ingest.extract.quotes.turns import Turn, find_turns, turn_under_label
from ingest.reading import Block, Reading

_IN_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]+[)\]]\s*\.?\s*")
_SHORT = 70
_CELL_END = re.compile(r"[\t\n]")
"""What ends a cell of a table: marks that open in one and close in another hold nothing that somebody said."""


def find_candidates(reading: Reading, number: int, roles: RoleIndex, talks: Talks) -> list[Candidate]:
    """Return the candidates of the block reading.blocks[number], in order and apart.

    Forms: "turn", "signed" (no marks, a tag behind), "marked", "italic" (set so by the source), "cell" (under
    a head that says so), and "apart" for a whole block without marks or tag.
    """
    block = reading.blocks[number]
    if number and _line_of_speaker(reading, number, roles) is not None:
        return []
    tags = _tags(reading, block, roles, talks)
    turns = find_turns(reading, number, tags, roles, talks) or turn_under_label(reading, number, tags)
    found = list(_spoken(reading, number, turns, tags))
    taken = [(turn.start, turn.end) for turn in turns]
    tags = [tag for tag in tags if not any(a <= tag.start < b for a, b in taken)]
    marks = marks_within(reading.text, block.start, block.end, cells=block.kind == "table")
    marks = [mark for mark in marks if not any(a <= mark.outer_start < b for a, b in taken)]
    italics = italic_stretches(reading, block.start, block.end)
    pairs = signed_marks(reading, number, marks, tags, italics)
    signed = signed_words(reading, number, marks, tags, pairs, italics)
    found += signed
    by_mark = {id(mark): tag for mark, tag in pairs}
    free = [mark for mark in marks if not any(one.start <= mark.outer_start < one.end for one in signed)]
    found += [_marked(reading.text, number, mark, by_mark.get(id(mark))) for mark in free]
    if italics:
        found += _in_italics(reading, number, tags, [*taken, *((one.outer_start, one.outer_end) for one in found)])
    if block.kind == "table":
        found = _with_cells(reading, number, roles, found)
    elif block.kind not in ("heading", "title", "list_item"):
        sure = [one for one in found if one.form not in ("marked", "italic") or one.tag is not None]
        sure += [one for one in found if one.form == "marked" and is_led(reading.text[block.start : one.outer_start])]
        found += set_apart(reading, number, [*taken, *((one.outer_start, one.outer_end) for one in sure)])
    numbered = any(turn.label[-1:].isdigit() for turn in turns)
    signature = _line_of_speaker(reading, number + 1, roles) if not tags and not numbered else None
    signature = signature or tag_left_over(reading, number + 1, talks)
    if signature is not None:
        found = [replace(c, tag=signature) if c.tag is None and c.outer_end + 3 > block.end else c for c in found]
    return sorted(found, key=lambda c: c.start)


def _in_italics(
    reading: Reading, number: int, tags: Sequence[Tag], taken: Sequence[tuple[int, int]]
) -> Iterator[Candidate]:
    """Yield the words that the source sets in italics, but for those that are `taken`."""
    block = reading.blocks[number]
    for start, end, behind in signed_italics(reading, block.start, block.end, tags, taken):
        first, stop = without_marks(reading.text, start, end)
        yield Candidate(first, stop, start, behind.end if behind else end, "italic", number, behind)


def _with_cells(reading: Reading, number: int, roles: RoleIndex, found: list[Candidate]) -> list[Candidate]:
    """Return the candidates of a table with the cells that the head of their column or row calls quotations."""
    for start, end, beside in quoted_cells(reading, reading.blocks[number], roles):
        within = [one for one in found if one.start < end and start < one.end]
        signed_within = any(one.tag or one.form != "marked" for one in within)
        if reading.text[start] in OPENING and within:
            found = [_beside(one, beside) if one in within else one for one in found]
        elif not signed_within and sum(one.size for one in within) < (end - start) // 2:
            first, stop = without_marks(reading.text, start, end)
            cell = Candidate(first, stop, start, end, "cell", number, beside)
            found = [*(one for one in found if one not in within), cell]
    return [one for one in found if not _CELL_END.search(reading.text, one.start, one.end)]


def _tags(reading: Reading, block: Block, roles: RoleIndex, talks: Talks) -> list[Tag]:
    """Return the tags of a block in order and apart, those of the layout before those of the words."""
    kept = layout_tags(reading, block, roles)
    for tag in find_tags(reading.text, block.start, block.end, roles, talks.names, talks.firsts | talks.dashed):
        apart = not any(tag.start < other.end and other.start < tag.end for other in kept)
        if apart and (block.kind != "table" or tag.in_brackets or _ends_cell(reading.text, tag)):
            kept.append(tag)
    return first_of(kept)


def _ends_cell(text: str, tag: Tag) -> bool:
    """Say whether nothing but another quotation follows a tag in its cell, and the tag is not all of the cell."""
    line = max(0, text.rfind("\n", 0, tag.start))
    before, behind = text[line : tag.start].rstrip(" ")[-1:], text[tag.end : tag.end + 4].lstrip(" .")[:1]
    return before not in ("\n", "\t", "") and behind in ("", "\n", "\t", *OPENING)


def _line_of_speaker(reading: Reading, number: int, roles: RoleIndex) -> Tag | None:
    """Return the tag that a block is which only names the speaker of the block before it."""
    if number >= len(reading.blocks):
        return None
    block = reading.blocks[number]
    if block.kind not in ("paragraph", "quote", "list_item") or block.end - block.start > _SHORT:
        return None
    before = reading.blocks[number - 1]
    bracketed = _IN_BRACKETS.fullmatch(reading.text, block.start, block.end) is not None
    if before.kind not in ("paragraph", "quote") or (before.end - before.start < _SHORT and not bracketed):
        return None
    return tag_line(reading.text, block.start, block.end, roles)


def _marked(text: str, number: int, mark: Marked, tag: Tag | None) -> Candidate:
    start, end, label = mark.start, mark.end, ""
    within = tag_within(text[start:end])
    if within and tag is None:
        end, label = start + within[0], within[1]
    elif tag is None:
        label = label_before(text, mark.outer_start)
    while end > start and text[end - 1].isspace():
        end -= 1
    outer = tag.end if tag and tag.start - mark.outer_end < 6 else mark.outer_end
    return Candidate(start, end, mark.outer_start, outer, "marked", number, tag, label, mark.style)


def _beside(candidate: Candidate, tag: Tag | None) -> Candidate:
    """Return words in marks that nothing in their cell signs with the cell beside it that names the speaker."""
    unsigned = candidate.form == "marked" and candidate.tag is None and not candidate.label
    return replace(candidate, tag=tag) if unsigned else candidate


def _spoken(reading: Reading, number: int, turns: Sequence[Turn], tags: Sequence[Tag]) -> Iterator[Candidate]:
    text = reading.text
    for turn in turns:
        if turn.asks:
            continue
        tag = next((t for t in tags if t.start >= turn.words_start), None)
        start, end = turn.words_start, turn.end
        own = tag if tag is not None and tag.end <= turn.end else _session_behind(text, start, end)
        if own is not None:
            end = own.start
            tag = own
        while end > start and (text[end - 1].isspace() or text[end - 1] in '"”“'):
            end -= 1
        while start < end and text[start] in '"“” ':
            start += 1
        if start < end:
            yield Candidate(start, end, turn.start, turn.end, "turn", number, tag, turn.label)


def _session_behind(text: str, start: int, end: int) -> Tag | None:
    """Return the brackets at the end of a turn that tell in which talk or phase it was said."""
    found = LAST_BRACKET.search(text, start, end)
    if found is None or not names_session(found.group("words")):
        return None
    return Tag(found.start("tag"), found.end(), found.group("words"), True)
