"""Quotations that a source sets in italics instead of marks: where exactly they begin and end."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter

from ingest.extract.quotes.speaker_tags import Tag, is_aside, names_no_speaker
from ingest.extract.quotes.speech import is_narration, speech_score
from ingest.reading import Reading

_start = attrgetter("start")

LEAST_WORDS = 4
"""Fewer words in italics are stressed, foreign or a term."""
_JOINT = re.compile(r"[\s.,;:!?…–—’'-]*(?:[\[(][^\[\]()\n]{0,40}[\])])?[\s.,;:!?…–—’'-]*")
_STOP = re.compile(r"[.?!…]{1,3}")
_BEHIND = re.compile(r"[\s.,;:!?…”\"’']*")
_LAST = re.compile(r"[.?!…”\"’]\s*(?P<all>[(\[](?P<words>[A-Z][^\[\]\n]{0,60})[)\]])\s*\.?\Z")
_BRACKET = re.compile(r"\s*[.,]?\s*(?P<all>[(\[](?P<words>[A-Z][^()\[\]\n]{2,110})[)\]])")


def italic_stretches(reading: Reading, start: int, end: int) -> list[tuple[int, int]]:
    """Return the stretches in italics of view[start:end] that have words enough to be a quotation.

    What stands between two of them in brackets ("[laughs]"), or is punctuation, belongs to them, and so does the end
    mark behind the last.
    """
    joined: list[tuple[int, int]] = []
    first = bisect_left(reading.emphases, start, key=_start)
    for emphasis in reading.emphases[first : bisect_left(reading.emphases, end, key=_start)]:
        if emphasis.style != "italic":
            continue
        if joined and _JOINT.fullmatch(reading.text, joined[-1][1], emphasis.start):
            joined[-1] = joined[-1][0], emphasis.end
        else:
            joined.append((emphasis.start, emphasis.end))
    return [_trimmed(reading.text, a, b) for a, b in joined if len(reading.text[a:b].split()) >= LEAST_WORDS]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    stop = _STOP.match(text, end)
    return start, stop.end() if stop and text[end - 1] not in ".?!…" else end


def before_tag(text: str, stretches: Sequence[tuple[int, int]], floor: int, tag: Tag) -> tuple[int, int] | None:
    """Return the stretch that ends right before a tag, if what precedes it from `floor` on is not speech as well."""
    for start, end in stretches:
        if floor <= start and end <= tag.start and _BEHIND.fullmatch(text, end, tag.start):
            lead = text[floor:start]
            return (start, end) if not lead.strip() or is_narration(lead) or not speech_score(lead) else None
    return None


def signed_italics(
    reading: Reading, start: int, end: int, tags: Sequence[Tag], taken: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int, Tag | None]]:
    """Yield the stretches in italics of a block that no other rule took, each with the tag behind it if any."""
    text = reading.text
    for a, b in italic_stretches(reading, start, end):
        if any(x < b and a < y for x, y in taken):
            continue
        last = _LAST.search(text, a, b)
        if last and not is_aside(last.group("words")) and not speech_score(last.group("words")):
            yield a, last.start() + 1, Tag(last.start("all"), b, last.group("words"), True)
            continue
        tag = next((t for t in tags if t.start >= b and _BEHIND.fullmatch(text, b, t.start)), None)
        if tag is None and (found := _BRACKET.match(text, b, end)) and not names_no_speaker(found.group("words")):
            tag = Tag(found.start("all"), found.end(), found.group("words"), True)
        yield a, b, tag
