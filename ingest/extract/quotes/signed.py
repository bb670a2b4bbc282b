"""Words that a tag behind them signs: which marks are its own, and where words without marks begin."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter

from ingest.extract.quotes.apart import is_introduced
from ingest.extract.quotes.candidate import Candidate, without_marks
from ingest.extract.quotes.italics import before_tag
from ingest.extract.quotes.marks import Marked
from ingest.extract.quotes.speaker_tags import Tag, has_sex_and_age
from ingest.extract.quotes.speech import (
    behind_introduction,
    hard_breaks,
    is_narration,
    reports,
    reports_speech,
    speaks_on,
    speech_score,
    start_of_speech,
)
from ingest.extract.quotes.turns import LABEL
from ingest.reading import Block, Reading

_block = attrgetter("block")
_NEAR = re.compile(r"\s*[.,;:!?]?\s*\Z")
_SPOKEN, _WITHIN_SPEECH = 3, 30
"""So many blanks before words in marks show that speech goes before; so many characters are a few words."""


def signed_marks(
    reading: Reading,
    number: int,
    marks: Sequence[Marked],
    tags: Sequence[Tag],
    italics: Sequence[tuple[int, int]],
) -> list[tuple[Marked, Tag]]:
    """Return which tag signs which quotation: right behind it, or behind a few words of narration.

    Single marks within speech that has no marks, a few words in marks at the end of speech in italics, and marks at
    the end of speech that is set apart are what the speaker quotes: the tag signs all of it.
    """
    text, block = reading.text, reading.blocks[number]
    floor = block.start
    apart = block.kind == "quote" or is_introduced(reading, number)
    pairs = []
    for tag in tags:
        before = [m for m in marks if m.outer_end <= tag.start]
        if not before:
            continue
        last = before[-1]
        between = text[last.outer_end : tag.start]
        begin = max([floor, *(t.end for t in tags if t.end <= last.outer_start)])
        around = [text[max(a, begin) : last.outer_start] for a, b in italics if a < last.outer_start < b]
        if any(s.count(" ") >= _SPOKEN and (last.size < _WITHIN_SPEECH or speaks_on(s)) for s in around):
            continue
        spoken = text[max(begin, last.outer_start - 400) : last.outer_start]
        if last.style == "single" and speech_score(spoken) > 1 and not is_narration(spoken):
            continue
        cell = text[max(begin, *(text.rfind(sign, 0, last.outer_start) + 1 for sign in "\t\n")) : last.outer_start]
        if last.style == "single" and _fills_cell(block, tag) and speech_score(cell) and not is_narration(cell):
            continue
        if apart and begin == floor and reports_speech(text[floor : last.outer_start]):
            continue
        told = len(between) < 70 and not re.search(r"[.?!]\s", between) and (reports(between) or " by " in between)
        if told or _NEAR.match(between):
            pairs.append((last, tag))
    return pairs


def signed_words(
    reading: Reading,
    number: int,
    marks: Sequence[Marked],
    tags: Sequence[Tag],
    pairs: Sequence[tuple[Marked, Tag]],
    italics: Sequence[tuple[int, int]],
) -> list[Candidate]:
    """Return the words without marks that tags sign: tags which sign no marks and stand in none, as `pairs` tells."""
    text, block = reading.text, reading.blocks[number]
    signing = {id(tag) for _, tag in pairs}
    inside = {id(tag) for tag in tags for mark in marks if mark.outer_start < tag.start and tag.end <= mark.end}
    found: list[Candidate] = []
    floor = block.start
    for tag in tags:
        if id(tag) in signing:
            floor = tag.end
        elif id(tag) not in inside:
            if block.kind == "table":
                floor = max(floor, *(text.rfind(sign, floor, tag.start) + 1 for sign in "\t\n"))
            words = _signed(reading, number, floor, tag, marks)
            if words is not None:
                found.append(_within_italics(text, words, italics, floor, tag))
                floor = tag.end
    return found


def _signed(reading: Reading, number: int, floor: int, tag: Tag, marks: Sequence[Marked]) -> Candidate | None:
    """Return the words from `floor` on that a tag signs, if they are somebody's."""
    text = reading.text
    sentences = reading.sentences
    first, last = bisect_left(sentences, number, key=_block), bisect_right(sentences, number, key=_block)
    spans = [(s.start, s.end) for s in sentences[first:last]]
    closing = [m for m in marks if floor <= m.start and m.outer_end <= tag.start]
    block = reading.blocks[number]
    stop = floor + len(text[floor : tag.start].rstrip())
    alone = floor == block.start and not text[tag.end : block.end].strip(" .") and not hard_breaks(reading, floor, stop)
    lines = _lines_spoken(reading, floor, tag) if block.kind == "quote" and "\n" in text[floor:stop] else None
    if lines is not None:
        start: int | None = lines
    elif alone and (block.kind == "quote" or is_introduced(reading, number)):
        start = None if reading.marked_up else behind_introduction(text, spans)
        before = text[floor:start] if start is not None else ""
        start = floor if start is None or (speech_score(before) and not is_narration(before)) else start
    elif _fills_cell(block, tag):
        start = behind_introduction(text, [(max(a, floor), min(b, stop)) for a, b in spans if a < stop and b > floor])
        start = floor if start is None else start
        while start < stop and text[start] in " .,;" and not text.startswith("...", start):
            start += 1
    else:
        start = start_of_speech(reading, floor, tag.start, spans)
    if start is None:
        return None
    start, end = without_marks(text, start, tag.start)
    label = LABEL.match(text, start, end)
    if label and tag.words.startswith(label.group("label")):
        start = label.end()
    words, firm = text[start:end], tag.is_firm or (block.kind == "table" and has_sex_and_age(tag))
    if not firm and (is_narration(words) or (speech_score(words) == 0 and not (alone and has_sex_and_age(tag)))):
        return None
    if not words or (closing and closing[-1].outer_end >= end and closing[-1].outer_start <= start):
        return None
    within = [m.outer_start for m in closing if start < m.outer_start and block.kind == "paragraph" and not alone]
    if within and is_narration(text[start : within[0]]):
        return None  # the authors tell what somebody said, and quote a part of it
    return Candidate(start, end, start, tag.end, "signed", number, tag)


def _fills_cell(block: Block, tag: Tag) -> bool:
    """Say whether a tag of a table tells sex and age: what stands before it in its cell is all that this one said."""
    return block.kind == "table" and tag.in_brackets and has_sex_and_age(tag)


def _within_italics(
    text: str, candidate: Candidate, italics: Sequence[tuple[int, int]], floor: int, tag: Tag
) -> Candidate:
    """Return a signed candidate with the bounds of the italics before its tag, where the source sets speech in them."""
    stretch = before_tag(text, italics, floor, tag)
    if stretch is None:
        return candidate
    start, end = without_marks(text, *stretch)
    return replace(candidate, start=start, end=end, outer_start=start)


def _lines_spoken(reading: Reading, floor: int, tag: Tag) -> int | None:
    """Return where the lines before a tag begin that are one speaker's: behind the last that is narration, which what
    the source attributes to somebody never is."""
    text, start, end = reading.text, floor, tag.start
    attributed = any(e.start == tag.start and e.style == "attribution" for e in reading.emphases)
    for line in re.finditer(r"[^\n]+", text[floor:end]):
        words = line.group()
        narrates = not attributed and is_narration(words)
        if narrates or (words.rstrip().endswith(":") and not speech_score(words)):
            start = floor + line.end()
    while start < end and text[start].isspace():
        start += 1
    return start if start < end else None
