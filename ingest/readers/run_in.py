"""Headings that run in: "Methods: We asked ...", in abstracts and at the start of paragraphs."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.readers.outline import ORDER
from ingest.readers.paragraphs import Group
from ingest.readers.parts import Part
from ingest.repair import Piece
from ingest.sections import said_by

_START = r"(?:(?<=[.?!)\]\d”\"] )|(?<=[.?!)\]\d”\"]\n)|\A)"
_LABEL = re.compile(rf"(?:{_START}|(?<=[.?!]))(?P<label>[A-Z][A-Za-z]+(?:[ \n](?:&|[A-Za-z]+)){{0,4}})\s?:\s*(?=\S)")
_STOPPED = re.compile(
    rf"{_START}(?P<mark>(?P<bold>\*\*|__)?(?P<label>[A-Z][a-z]+(?: (?:and )?[a-z]+){{0,3}})[.:](?(bold)(?:\*\*|__)))"
    r"\s+(?=[A-Z\d])"
)
_SHOUTED = re.compile(rf"{_START}(?P<label>[A-Z]{{5,}}(?: (?:AND|&|OF|[A-Z]{{3,}})){{0,4}})\s+(?=[A-Z][a-z]|[AI] )")
_BARE = re.compile(r"(?P<label>[A-Z](?:[a-z]+|[A-Z]+)(?: (?:[a-z/]+|[A-Z]{2,})){0,4})\s+(?=[A-Z\d]\S* )")
_BARE_WITHIN = re.compile(_START + _BARE.pattern)
_LONG_ABSTRACT = 200
_FEWEST_BARE = 3
"""Paragraphs with a label and neither colon nor full stop, for them to be an abstract that lost its headings' lines."""


def bare_labels(paragraphs: Sequence[str]) -> dict[int, int]:
    """Return the paragraphs that begin with a heading of an abstract and nothing behind it, with its length.

    One that is an abstract and says so is enough; of its parts there must be several.

    >>> bare_labels(["Aim We asked nurses.", "Design Interviews, in 2012.", "Results All felt alone.", "Setting out."])
    {0: 3, 1: 6, 2: 7}
    >>> bare_labels(["Results All felt alone.", "Nurses called back."])
    {}
    """
    found: dict[int, int] = {}
    mains = set()
    for number, words in enumerate(paragraphs):
        match = _BARE.match(words)
        said = said_by(match["label"]) if match else None
        if match and said and said.kind == "abstract" and len(words) > _LONG_ABSTRACT:
            return {number: match.end("label")}
        if match and said and _is_part(match["label"]):
            found[number] = match.end("label")
            mains |= {said.kind} if said.main else set()
        elif len(found) >= _FEWEST_BARE:
            break
        elif not words.endswith(":") and said_by(words) is None:
            found, mains = {}, set()
    return found if len(found) >= _FEWEST_BARE and mains else {}


def _bare_within(text: str) -> list[re.Match[str]]:
    """Return the headings in an abstract of one paragraph that have nothing behind them, where there are several."""
    bare = [match for match in _BARE_WITHIN.finditer(text) if _is_part(match["label"])]
    return bare if len({match["label"] for match in bare}) >= _FEWEST_BARE else []


def _is_part(label: str) -> bool:
    said = said_by(label)
    return said is not None and said.kind in ORDER


def cut_bare(stored: str, group: Group, label: int) -> list[Part]:
    """Return the heading of so many characters that a paragraph begins with, and what stands behind it."""
    first = group.lines[0]
    words = first.text[:label]
    heading = Part("heading", _pieces(group, first.start, first.start + label), label=words, runs_in=True)
    gap = len(first.text[label:]) - len(first.text[label:].lstrip())
    rest = replace(first, start=first.start + label + gap, text=first.text[label + gap :])
    behind = Group([rest, *group.lines[1:]] if rest.text else group.lines[1:])
    body = Part("paragraph", _pieces(behind, behind.lines[0].start, behind.last.end))
    return [heading, *(split_run_ins(stored, behind, early=True) or [body])]


def split_run_ins(stored: str, group: Group, *, early: bool) -> list[Part]:
    """Return the headings and paragraphs of a paragraph with run-in headings, nothing where it has none.

    One at the very start is enough; `early` says that no main heading has come yet, so that an abstract may begin
    here, of which two anywhere are enough.
    """
    first, last = group.lines[0], group.lines[-1]
    text = stored[first.start : last.end]
    early = early or bool(_BARE.match(text) and _bare_within(text))
    if not early and not any(pattern.match(text) for pattern in (_LABEL, _STOPPED, _SHOUTED)):
        return []
    found = _labels(text)
    if not found:
        return []
    main = [label for label in found if (said := said_by(label[2])) and said.main]
    if found[0][0] > 0 and not (early and len(main) > 1):
        return []
    if not early:
        found = [label for label in found if label is found[0] or label in main]
    parts: list[Part] = []
    at = 0
    for a, b, label, end in found:
        body = _pieces(group, first.start + at, first.start + a)
        if body:
            parts.append(Part("paragraph", body))
        parts.append(Part("heading", _pieces(group, first.start + a, first.start + b), label=label, runs_in=True))
        at = end
    body = _pieces(group, first.start + at, last.end)
    return [*parts, Part("paragraph", body)] if body else parts


def _labels(text: str) -> list[tuple[int, int, str, int]]:
    """Return (start, end with colon, label, start of what follows) of every run-in heading."""
    found: dict[int, tuple[int, int, str, int]] = {}
    for pattern in (_LABEL, _SHOUTED):
        for match in pattern.finditer(text):
            label = " ".join(match.group("label").split())
            if said_by(label):
                end = match.end("label")
                colon = text.find(":", end, end + 2)
                found.setdefault(match.start(), (match.start(), colon + 1 if colon >= 0 else end, label, match.end()))
    stopped = [m for m in _STOPPED.finditer(text) if said_by(m.group("label"))]
    for match in stopped if len(stopped) > 2 else [m for m in stopped if m.start() == 0]:
        found.setdefault(match.start(), (match.start(), match.end("mark"), match.group("label"), match.end()))
    for match in _bare_within(text):
        found.setdefault(match.start(), (*match.span("label"), match["label"], match.end()))
    ordered = sorted(found.values())
    return [label for n, label in enumerate(ordered) if not n or label[0] >= ordered[n - 1][3]]


def _pieces(group: Group, a: int, b: int) -> tuple[Piece, ...]:
    """Return the part of the group that lies in stored[a:b], without white space at the ends."""
    pieces: list[Piece] = []
    for line in group.lines:
        start, end = max(a, line.start), min(b, line.end)
        text = line.text[start - line.start : end - line.start] if start < end else ""
        if text.strip():
            start += len(text) - len(text.lstrip())
            pieces.append(Piece(start, start + len(text.strip()), line.cut and start == line.start))
    return tuple(pieces)
