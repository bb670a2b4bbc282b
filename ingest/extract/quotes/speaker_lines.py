"""Speakers that the layout tells: a line under a quotation that is set apart, the end of a line, the end of a cell."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice, pairwise, takewhile
from operator import attrgetter

from ingest.extract.context import RoleIndex
from ingest.extract.quotes.italics import italic_stretches
from ingest.extract.quotes.speaker_tags import (
    PSEUDONYM,
    TURN,
    Tag,
    explains_letters,
    is_person,
    names_no_speaker,
    names_session,
    role_in,
    tag_line,
)
from ingest.extract.quotes.speech import speech_score
from ingest.extract.screening import Pattern
from ingest.reading import Block, Reading

_LINE = re.compile(r"[^\n]+")
_DASH = re.compile(r"[\s.?!…”\"’)]\s?[–—-]{1,2}\s?(?P<words>[A-Z][^.!?“”\"\n]{1,90})[.]?\s*\Z")
_LEADING_DASH = re.compile(r"\s*[–—-]{1,2}\s?(?P<words>[^\n“”\"]{2,90}?)[.]?\s*\Z")
_BRACKET = Pattern(r"[.?!…”\"’'\w)\]]\s*(?P<all>[(\[](?P<words>[“\"‘']?[A-Za-z][^()\[\]\n]{2,110})[)\]])\s*[.]?\s*\Z")
_BARE_END = re.compile(r"(?<=[.?!…”\"])\s+(?P<words>[A-Z][^.!?“”\"\n()]{1,50}(?:\([^()\n]{1,40}\))?)[.]?\s*\Z")
_PARTED_END = re.compile(r"[”\"]\s+(?P<words>\d{1,3}-\d{1,3})\s*\.?\s*\Z")
"""A number in parts behind the closing mark at the end of a line: "“They wait” 4-6."."""
_MEMBER = re.compile(
    r"(?:\w+ ){0,2}(?:member|participant|respondent|informant|interviewee)"
    r"(?: (?:said|added|explained|answered|replied|noted|stated|commented|remarked))?",
    re.IGNORECASE,
)
"""One of those who took part, whom nothing else is told of: "FGD member", "Another member explained"."""
_BARE_LINE = re.compile(r"\s*[(\[]?(?P<words>[A-Z][^\n()\[\]“”\"]{1,80}?(?:\([^()\n]{1,40}\))?)[)\]]?\s*\Z")
_CELL = re.compile(
    r"(?<=[”\"])[.,]?(?:\s+|\s?(?P<dash>[–—-]{1,2})\s?)(?P<words>[A-Z][^.!?“”\"\n\t]{2,70}?)\s*(?=[\n\t“]|\Z)"
)
_GAP = re.compile(r"[\s.,”\"’]*(?P<all>[–—-]*\s*(?P<words>[A-Z][^.!?“”\"\n\t]{1,70}?))\s*")
_CELL_END = re.compile(r"[\t\n]")
_ENDS = (".", "?", "!", "…", ":", ",", ";")
_MOST_WORDS = 12
_at = attrgetter("at")
_BEHIND_SIGN = re.compile(r"[.,;]?[”\"’'»]?[.,;]?")
"""What may stand between a sign and the end of the words that it belongs to."""
_FINISHED = re.compile(r"[.?!…”\"’'»][,;]?\s?\Z")
_LEADS_BACK = " ↩↑⏎^\ufe0e\ufe0f"
_SIGN = re.compile(r"\s*(?:[(\[]?(?:[a-z]|\d{1,3}|[^\w\s(\[“\"]{1,4})[)\]]?[.:]?(?:\s+|(?=[A-Z])))?")


def layout_tags(reading: Reading, block: Block, roles: RoleIndex) -> list[Tag]:
    """Return the tags of a block that only its layout makes sure, in order; in running text those of notes."""
    noted = list(_noted(reading, block, roles)) if reading.calls else []
    if block.kind == "quote":
        return [*_attributed(reading, block), *_of_lines(reading, block, roles), *noted]
    if block.kind == "table":
        return [*_of_cells(reading, block, roles), *_between_italics(reading, block, roles), *noted]
    return noted


def _noted(reading: Reading, block: Block, roles: RoleIndex) -> Iterator[Tag]:
    """Yield the speakers whom notes name that are called behind somebody's words; the tag is empty at the sign. A role
    without a number may be what the last word before a sign means, unless that ends a sentence or a quotation."""
    text = reading.text
    first = bisect_left(reading.calls, block.start, key=_at)
    for call in takewhile(lambda one: one.at <= block.end, islice(reading.calls, first, None)):
        sign = _SIGN.match(text, call.start, call.end)
        start = sign.end() if sign else call.start
        tag = tag_line(text, start, start + len(text[start : call.end].rstrip(_LEADS_BACK)), roles)
        if tag is None or explains_letters(tag.words):
            continue
        behind = _BEHIND_SIGN.match(text, call.at, block.end)
        at = behind.end() if behind else call.at
        if is_person(tag.words) or _FINISHED.search(text, max(block.start, at - 3), at):
            yield Tag(at, at, tag.words, block.kind == "quote")


def _attributed(reading: Reading, block: Block) -> Iterator[Tag]:
    """Yield what the source itself marks as attribution."""
    for emphasis in reading.emphases:
        if emphasis.style == "attribution" and block.start <= emphasis.start < block.end:
            words = reading.text[emphasis.start : emphasis.end].strip(" –—-()[].,")
            if words and emphasis.start > block.start:
                yield Tag(emphasis.start, emphasis.end, words, True)


def _of_lines(reading: Reading, block: Block, roles: RoleIndex) -> Iterator[Tag]:
    for line in _LINE.finditer(reading.text, block.start, block.end):
        first = line.start() == block.start
        found = _of_line(line.group(), roles, first=first)
        if found is not None:
            yield Tag(line.start() + found[0], line.start() + found[1], found[2], True)


def _of_line(line: str, roles: RoleIndex, *, first: bool) -> tuple[int, int, str] | None:
    """Return where the tag of one line is and its words: all of the line, or what stands at its end."""
    if not first:
        alone = None if TURN.match(line) else _LEADING_DASH.match(line) or _BARE_LINE.match(line)
        if alone and _may_name(alone.group("words")):
            words = alone.group("words").strip()
            led = line.lstrip()[:1] in "–—-"
            if led or (not words.endswith(_ENDS) and (role_in(words, roles) or is_person(words))):
                return 0, len(line), words
    for pattern in (_DASH, _BRACKET):
        found = pattern.search(line)
        if found and _may_name(found.group("words")):
            start = found.start("all") if pattern is _BRACKET else found.start() + 1
            ended = line[:start].rstrip().endswith((".", "?", "!", "…", "”", '"', "’", "'"))
            words = found.group("words")
            pseudonym = PSEUDONYM.match(words) is not None
            named = pattern is _BRACKET and (pseudonym or is_person(words) or role_in(words, roles) is not None)
            numbered = pseudonym or words[0].isupper() or words[-1].isdigit()
            if (ended and words[0].isupper()) or (named and numbered):
                return start, len(line), words.strip()
    parted = _PARTED_END.search(line)
    if parted:
        return parted.start("words"), len(line), parted["words"]
    bare = _BARE_END.search(line)
    told = bare.group("words") if bare else ""
    if bare and _may_name(told) and (role_in(told, roles) or _MEMBER.fullmatch(told)):
        return bare.start("words"), len(line), bare.group("words").strip()
    return None


def _may_name(words: str) -> bool:
    """Say whether words can name a speaker: few, nothing that tags never hold, and not speech themselves."""
    return len(words.split()) <= _MOST_WORDS and not names_no_speaker(words) and not speech_score(words)


def _between_italics(reading: Reading, block: Block, roles: RoleIndex) -> Iterator[Tag]:
    """Yield what stands between the quotations of one cell that are set in italics: "– Nurse, North"."""
    text = reading.text
    bolds = [emphasis.start for emphasis in reading.emphases if emphasis.style == "bold"]
    for (_, end), (after, _) in pairwise([*italic_stretches(reading, block.start, block.end), (block.end, block.end)]):
        cell = _CELL_END.search(text, end, after)
        heading = bisect_left(bolds, end)
        stops = [cell.start() if cell else after, *bolds[heading : heading + 1]]
        gap = _GAP.fullmatch(text, end, min(stops))
        if gap is None or not _may_name(gap.group("words")):
            continue
        if roles.between(*gap.span("words")) or is_person(gap.group("words")):
            yield Tag(gap.start("all"), gap.end("words"), gap.group("words"), True)


def _of_cells(reading: Reading, block: Block, roles: RoleIndex) -> Iterator[Tag]:
    for found in _CELL.finditer(reading.text, block.start, block.end):
        words = found.group("words").strip()
        below = "\n" in reading.text[found.start() : found.start("words")]
        if below and "\t" in reading.text[found.end("words") : found.end() + 1]:
            continue  # the first cell of the next row, which tells of what stands beside it
        named = is_person(words) or (role_in(words, roles) if below else roles.between(*found.span("words")))
        dash = found.start("dash")
        if _may_name(words) and (named or (dash >= 0 and names_session(words))):
            start = found.start("words")
            yield Tag(dash if dash >= 0 else start, start + len(words), words, True)
