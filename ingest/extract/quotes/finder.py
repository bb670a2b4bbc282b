"""Candidates for quotations: what stands between marks, is signed, is a turn of an interview or is set apart."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import attrgetter

from ingest.extract.context import RoleIndex
from ingest.extract.quotes.cells import quoted_cells
from ingest.extract.quotes.italics import before_tag, italic_stretches, signed_italics
from ingest.extract.quotes.leads import Talks, label_before, tag_left_over
from ingest.extract.quotes.marks import Marked, marks_within
from ingest.extract.quotes.speaker_lines import layout_tags
from ingest.extract.quotes.speaker_tags import (
    Tag,
    find_tags,
    has_sex_and_age,
    names_session,
    tag_line,
    tag_within,
)
from ingest.extract.quotes.speech import (
    OPENING,
    behind_colon,
    behind_introduction,
    hard_breaks,
    is_led,
    is_narration,
    reports,
    reports_speech,
    speaks_on,
    speech_score,
    start_of_speech,
)
from ingest.extract.quotes.turns import LABEL, Turn, find_turns, turn_under_label
from ingest.reading import Block, Reading

_block, _size = attrgetter("block"), attrgetter("size")
_NEAR = re.compile(r"\s*[.,;:!?]?\s*\Z")
_LAST_BRACKET = re.compile(r"[.?!…”\"’']\s*(?P<tag>[(\[](?P<words>[A-Z(][^()\[\]\n=%]{1,70}|\d{1,5})[)\]])\s*\.?\s*\Z")
_IN_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]+[)\]]\s*\.?\s*")
_SHORT = 70
_SPOKEN, _WITHIN_SPEECH = 3, 30
"""So many blanks before words in marks show that speech goes before; so many characters are a few words."""
_CLOSING = re.compile(r"(?P<mark>[\"”’'»])[.,]?\Z")
_PAIRS = {"“": "”", "”": "”", '"': '"', "‘": "’", "'": "'", "«": "»", "„": "“”"}
_CELL_END = re.compile(r"[\t\n]")
"""What ends a cell of a table: marks that open in one and close in another hold nothing that somebody said."""


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
    marks = [
        mark
        for mark in marks_within(reading.text, block.start, block.end, cells=block.kind == "table")
        if not any(a <= mark.outer_start < b for a, b in taken)
    ]
    tags = [t for t in tags if not any(a <= t.start < b for a, b in taken)]
    italics = italic_stretches(reading, block.start, block.end)
    pairs = _signed_marks(reading, number, marks, tags, italics)
    inside = {id(t) for t in tags for m in marks if m.outer_start < t.start and t.end <= m.end}
    signed: list[Candidate] = []
    table = block.kind == "table"
    floor = block.start
    for tag in tags:
        mark = next((m for m, t in pairs if t is tag), None)
        if mark is not None:
            floor = tag.end
        elif id(tag) not in inside:
            floor = max(floor, *(reading.text.rfind(sign, floor, tag.start) + 1 for sign in "\t\n")) if table else floor
            words = _signed(reading, number, floor, tag, marks)
            if words is not None:
                signed.append(_within_italics(reading.text, words, italics, floor, tag))
                floor = tag.end
    found += signed
    by_mark = {id(m): t for m, t in pairs}
    for mark in marks:
        if not any(c.start <= mark.outer_start < c.end for c in signed):
            found.append(_marked(reading.text, number, mark, by_mark.get(id(mark))))
    if italics:
        spoken = [*taken, *((c.outer_start, c.outer_end) for c in found)]
        for start, end, behind in signed_italics(reading, block.start, block.end, tags, spoken):
            first, stop = _without_marks(reading.text, start, end)
            found.append(Candidate(first, stop, start, behind.end if behind else end, "italic", number, behind))
    if block.kind == "table":
        for start, end, beside in quoted_cells(reading, block, roles):
            within = [c for c in found if c.start < end and start < c.end]
            signed_within = any(c.tag or c.form != "marked" for c in within)
            if reading.text[start] in OPENING and within:
                found = [_beside(c, beside) if c in within else c for c in found]
            elif not signed_within and sum(map(_size, within)) < (end - start) // 2:
                first, stop = _without_marks(reading.text, start, end)
                cell = Candidate(first, stop, start, end, "cell", number, beside)
                found = [*(c for c in found if c not in within), cell]
        found = [c for c in found if not _CELL_END.search(reading.text, c.start, c.end)]
    if block.kind not in ("heading", "title", "list_item", "table"):
        signed_words = [c for c in found if c.form not in ("marked", "italic") or c.tag is not None]
        signed_words += [c for c in found if c.form == "marked" and is_led(reading.text[block.start : c.outer_start])]
        found += _apart(reading, number, [*taken, *((c.outer_start, c.outer_end) for c in signed_words)])
    numbered = any(turn.label[-1:].isdigit() for turn in turns)
    signature = _line_of_speaker(reading, number + 1, roles) if not tags and not numbered else None
    signature = signature or tag_left_over(reading, number + 1, talks)
    if signature is not None:
        found = [replace(c, tag=signature) if c.tag is None and c.outer_end + 3 > block.end else c for c in found]
    return sorted(found, key=lambda c: c.start)


def _tags(reading: Reading, block: Block, roles: RoleIndex, talks: Talks) -> list[Tag]:
    """Return the tags of a block in order and apart, those of the layout before those of the words."""
    kept = layout_tags(reading, block, roles)
    for tag in find_tags(reading.text, block.start, block.end, roles, talks.names, talks.firsts | talks.dashed):
        apart = not any(tag.start < other.end and other.start < tag.end for other in kept)
        if apart and (block.kind != "table" or tag.in_brackets or _ends_cell(reading.text, tag)):
            kept.append(tag)
    found: list[Tag] = []
    for tag in sorted(kept, key=lambda t: (t.start, -t.end)):
        if not found or tag.start >= found[-1].end:
            found.append(tag)
    return found


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


def _signed_marks(
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
    apart = block.kind == "quote" or _introduced(reading, number)
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


def _signed(reading: Reading, number: int, floor: int, tag: Tag, marks: Sequence[Marked]) -> Candidate | None:
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
    elif alone and (block.kind == "quote" or _introduced(reading, number)):
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
    start, end = _without_marks(text, start, tag.start)
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
    start, end = _without_marks(text, *stretch)
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


def _without_marks(text: str, start: int, end: int) -> tuple[int, int]:
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
    found = _LAST_BRACKET.search(text, start, end)
    if found is None or not names_session(found.group("words")):
        return None
    return Tag(found.start("tag"), found.end(), found.group("words"), True)


def _apart(reading: Reading, number: int, taken: Sequence[tuple[int, int]]) -> list[Candidate]:
    """Return the paragraphs of a block, or all of it, that an introduction with a colon or the layout sets apart."""
    block = reading.blocks[number]
    found = []
    for piece, (start, end) in enumerate(_pieces(reading, block, taken)):
        introduced = reading.text[block.start : start].rstrip().endswith(":") if piece else _introduced(reading, number)
        if not introduced and block.kind == "paragraph" and not reading.marked_up:
            start = behind_colon(reading.text, start, end) or start
            introduced = reading.text[block.start : start].rstrip().endswith(":")
        if not introduced and (block.kind != "quote" or (piece and "\n" not in reading.text[block.start : start])):
            continue
        begins = reading.text[start:end].lstrip()[:1]
        if any(a < end and start < b for a, b in taken) or begins in OPENING:
            continue
        signed = _LAST_BRACKET.search(reading.text, start, end)
        tag = Tag(signed.start("tag"), signed.end(), signed.group("words"), True) if signed else None
        first, stop = _without_marks(reading.text, start, tag.start if tag else end)
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


def _introduced(reading: Reading, number: int) -> bool:
    if number == 0:
        return False
    before = reading.blocks[number - 1]
    words = reading.text[before.start : before.end]
    return before.kind in ("paragraph", "quote", "list_item") and words.rstrip().endswith(":")
