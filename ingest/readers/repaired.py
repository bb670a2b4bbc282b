"""Parts to runs of view text: lines joined, citation numbers taken out, glued words parted."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from ingest.readers.parts import Part, Stretch
from ingest.repair import Edit, Strand, Words, edit, join, shifts, stack
from ingest.repair.marks import Mark, MarkFinder, style_of
from ingest.repair.words import Evidence, glued_places

_LABEL_END = re.compile(r"(?<=[a-z)])(?=[A-Z\d])")
_MARKUP = re.compile(r"\s?\b(?:xmlns(?::\w+)?|xlink:\w+|id|rid)=\"[^\"<>]{0,200}\"\s?>?")
"""What careless tools leave of XML tags: an attribute and the end of the tag."""
_LONGEST_LABELLED = 80
_WIDE = re.compile(r"\s(\s{40,})")
"""A blank and all those beyond what stands between columns: of no use to anybody, and slow to search for patterns that
begin with blanks."""
_ENDLESS = 1000
_DATA = re.compile(rf" ?[A-Za-z0-9+/=_-]{{{_ENDLESS},}}")
"""Letters and signs without a blank, more than any language has in a row: a picture written as text, or a rule."""
_DOUBLE = re.compile(r"(?<=\S) ([ \t]+)(?=\S)")
"""A blank and those behind it inside running text, where justified lines have several."""


class Joined(NamedTuple):
    """One block's text, where in it stored text was left out, and its citation marks as (place, label)."""

    strand: Strand
    cuts: tuple[int, ...]
    marks: tuple[tuple[int, str], ...] = ()


def repair_parts(parts: list[Part], stored: str, words: Words, *, marked_up: bool = False) -> list[Joined]:
    """Return every part's text repaired; what a citation or a word is, the whole document decides.

    In a source with markup the citations are those that it marks, no words are glued, and the paragraphs of a
    quotation that is set apart stay lines.
    """
    lined = ("table", "quote") if marked_up else ("table",)
    raw = [stack(stored, part.pieces, words) if part.kind in lined else _joined(part, stored, words) for part in parts]
    raw = [_without_data(strand, cuts) for strand, cuts in raw]
    prose = [strand.text for part, (strand, _) in zip(parts, raw, strict=True) if part.kind in _PROSE]
    if marked_up:
        return [_told(part, strand, cuts) for part, (strand, cuts) in zip(parts, raw, strict=True)]
    evidence = Evidence.of(prose, words)
    finder = MarkFinder(style_of(prose))
    return [_repair(part, strand, cuts, finder, evidence) for part, (strand, cuts) in zip(parts, raw, strict=True)]


def data_in(stored: str) -> int:
    """Return how many stretches of a text are no words but data that a program wrote there.

    >>> data_in(f"See the figure {'AOkA6QDp' * 500} below."), data_in("Llanfairpwllgwyngyllgogerych")
    (1, 0)
    """
    return sum(1 for _ in _data(stored))


def _data(text: str) -> Iterator[re.Match[str]]:
    """Yield where data stand; to look at the lengths of words first takes a third of the time."""
    endless = len(text) >= _ENDLESS and max(map(len, text.split()), default=0) >= _ENDLESS
    return _DATA.finditer(text) if endless else iter(())


def _without_data(strand: Strand, cuts: list[int]) -> tuple[Strand, list[int]]:
    """Return a run without what is no words, and where stored text was left out."""
    edits: list[Edit] = [(found.start(), found.end(), "") for found in _data(strand.text)]
    if not edits:
        return strand, cuts
    shift = shifts(edits)
    return edit(strand, edits), sorted({shift(cut) for cut in [*cuts, *(end for _, end, _ in edits)]})


def _joined(part: Part, stored: str, words: Words) -> tuple[Strand, list[int]]:
    """Return the lines of a part as one run, or the paragraphs of a quotation as runs below each other."""
    texts: list[str] = []
    offsets: list[int] = []
    cuts: list[int] = []
    for a, b in pairwise([0, *part.breaks, len(part.pieces)]):
        strand, found = join(stored, part.pieces[a:b], words)
        if a:
            texts.append("\n")
            offsets.append(offsets[-1] + 1)
            if part.pieces[a].cut:
                cuts.append(len(offsets))
        cuts += [len(offsets) + cut for cut in found]
        texts.append(strand.text)
        offsets.extend(strand.offsets)
    return Strand("".join(texts), tuple(offsets)), cuts


_WORD, _AND = re.compile(r"[^\W\d_]"), re.compile(r"\band\b")
_PROSE = ("paragraph", "quote", "list_item")


def _told(part: Part, strand: Strand, cuts: list[int]) -> Joined:
    """Return a part without the numbers that its own markup says are citations; names with years stay in the text."""
    edits: list[Edit] = []
    marks: list[tuple[int, str]] = []
    for stretch in part.stretches:
        a, b = _span(strand, stretch)
        if stretch.style != "citation" or a >= b:
            continue
        marks.append((a, stretch.label or strand.text[a:b]))
        if not _WORD.search(_AND.sub("", strand.text[a:b])) and not _YEAR.search(strand.text, a, b):
            edits.append(_widened(strand.text, a, b))
    edits = _apart(edits)
    repaired, shift = edit(strand, edits), shifts(edits)
    return Joined(
        repaired,
        tuple(_within(shift(cut), repaired) for cut in cuts),
        tuple((_within(shift(at), repaired), label) for at, label in marks),
    )


def _span(strand: Strand, stretch: Stretch) -> tuple[int, int]:
    return bisect_left(strand.offsets, stretch.start), bisect_left(strand.offsets, stretch.end)


def _widened(text: str, a: int, b: int) -> Edit:
    """Return the edit that takes a citation mark out, with the brackets around it and the blank before it."""
    while (text[a - 1 : a] in _OPEN and a) and text[b : b + 1] == _OPEN[text[a - 1]]:
        a, b = a - 1, b + 1
    if text[a - 1 : a] == " " and (b == len(text) or text[b] in " .,;:)?!"):
        a -= 1
    return a, b, ""


_OPEN = {"[": "]", "(": ")"}
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def _repair(part: Part, strand: Strand, cuts: list[int], finder: MarkFinder, evidence: Evidence) -> Joined:
    text = strand.text
    raised = [_span(strand, stretch) for stretch in part.stretches if stretch.style == "citation"]
    marks: list[Mark] = finder.find(text, raised) if part.kind in _PROSE else []
    left_out = [mark.start for mark in marks if (mark.start, mark.end) in raised]
    edits: list[Edit] = []
    if '="' in text:
        edits += [(found.start(), found.end(), "") for found in _MARKUP.finditer(text)]
    edits += [(mark.start, mark.end, _filler(text, mark)) for mark in marks if mark.removed]
    if part.kind != "table":
        wide = _DOUBLE if part.kind in (*_PROSE, "heading", "title") else _WIDE
        edits += [(found.start(1), found.end(), "") for found in wide.finditer(text)]
    taken = {place for a, b, _ in edits for place in range(a, b + 1)}
    if part.kind in (*_PROSE, "heading", "title"):
        edits += [(place, place, " ") for place in glued_places(text, evidence) if place not in taken]
    elif part.kind == "front" and len(text) < _LONGEST_LABELLED and "," not in text and "@" not in text:
        label = _LABEL_END.search(text)
        edits += [(label.start(), label.start(), " ")] if label else []
    edits = _apart(edits)
    repaired, shift = edit(strand, edits), shifts(edits)
    lead = len(repaired.text) - len(repaired.text.lstrip())
    end = len(repaired.text.rstrip())
    trimmed = Strand(repaired.text[lead:end], repaired.offsets[lead:end])
    placed = tuple((_within(shift(mark.start) - lead, trimmed), mark.label) for mark in marks)
    return Joined(trimmed, tuple(_within(shift(cut) - lead, trimmed) for cut in sorted([*cuts, *left_out])), placed)


def _apart(edits: list[Edit]) -> list[Edit]:
    """Return the edits in order, without those that reach into the one before."""
    kept: list[Edit] = []
    for found in sorted(edits):
        if not kept or found[0] >= kept[-1][1]:
            kept.append(found)
    return kept


def _within(at: int, strand: Strand) -> int:
    return max(0, min(at, len(strand.text)))


def _filler(text: str, mark: Mark) -> str:
    before = text[mark.start - 1 : mark.start]
    after = text[mark.end : mark.end + 1]
    return " " if before and after and not before.isspace() and after.isalnum() else ""
