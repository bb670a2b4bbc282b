"""Lines to parts: paragraphs, headings, blocks set apart."""

import re
from dataclasses import dataclass

from ingest.readers.parts import Part
from ingest.sections import heading_kind, number_level

_PATH = re.compile(r"(TITLE|ABSTRACT|BODY|FRONT|BACK)(\.[^\n]*?)?:(?=\s|$)")
_ENDS = re.compile(r"[.?!:…][\"”’')\]]*(?:\d{1,3}(?:[,–-]\s?\d{1,3})*)?$")
_BULLET = re.compile(r"(?:[•▪●◦‣–*-]|\(?[ivx\d]{1,3}[.)])\s+\S")
_THEME = re.compile(
    r"(?:sub-?theme|theme|category|domain|finding)\s*(?:\d{1,2}|[IVX]{1,4}|[A-Z])\s*[:.–—-]", re.IGNORECASE
)
_RUN_IN = re.compile(r"(?:(?<=[.\s])|^)([A-Z][A-Za-z]+(?: (?:and|&|of|[A-Za-z]+)){0,3})\s?:\s?")
_GLUED = re.compile(r"(?<=[a-z)\]][.?!])[\"”’)]?(?=[A-Z“\"][a-z]?)")
_LONG_LINE = 160


@dataclass(slots=True)
class Line:
    """A line without the white space around it; `gap` counts the blank lines before it."""

    start: int
    end: int
    text: str
    gap: int
    indent: int


def split_lines(stored: str) -> list[Line]:
    """Return the lines of the stored text that hold anything."""
    lines: list[Line] = []
    gap, start = 0, 0
    for raw in stored.splitlines(keepends=True):
        text = raw.strip()
        if text:
            a = start + len(raw) - len(raw.lstrip())
            lines.append(Line(a, a + len(text), text, gap, a - start))
            gap = 0
        else:
            gap += 1
        start += len(raw)
    return lines


def is_wrapped(lines: list[Line]) -> bool:
    """Say whether paragraphs run over several lines: few characters lie in long ones."""
    total = sum(len(line.text) for line in lines)
    long = sum(len(line.text) for line in lines if len(line.text) > _LONG_LINE)
    return long < 0.25 * total


def find_parts(stored: str) -> list[Part]:
    """Return the parts of a text in reading order."""
    lines = split_lines(stored)
    groups = _wrapped(lines) if is_wrapped(lines) else [[line] for line in lines]
    parts: list[Part] = []
    abstract = False
    for group in groups:
        for part in _parts_of(stored, group, first=not parts, in_abstract=abstract):
            if part.kind == "heading" and part.section is not None:
                abstract = part.in_abstract
            parts.append(part)
    return parts


def _wrapped(lines: list[Line]) -> list[list[Line]]:
    widths = sorted(len(line.text) for line in lines)
    width = widths[int(len(widths) * 0.8)] if widths else 0
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _continues(groups[-1], line, width):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _continues(group: list[Line], line: Line, width: int) -> bool:
    last = group[-1].text
    if _is_heading(group, line.gap) or _BULLET.match(line.text):
        return False
    starts_low = line.text[0].islower()
    if line.gap:
        unfinished = not _ENDS.search(last) and len(last) > 0.5 * width
        return unfinished and (starts_low or last.endswith(("-", ",")))
    if heading_kind(line.text) and line.text[0].isupper() and len(line.text) < 40:
        return False
    short = len(last) < 0.75 * width
    return not (short and _ENDS.search(last) and not starts_low)


def _is_heading(group: list[Line], gap_after: int) -> bool:
    if len(group) > 1 or not gap_after:
        return len(group) == 1 and heading_kind(group[0].text) is not None and ":" not in group[0].text[:-1]
    return heading_kind(group[0].text) is not None


def _parts_of(stored: str, group: list[Line], *, first: bool, in_abstract: bool) -> list[Part]:
    ranges = [(line.start, line.end) for line in group]
    words = " ".join(line.text for line in group)
    path = _PATH.match(group[0].text)
    if path:
        return _path_parts(group, path)
    kind = heading_kind(words)
    if kind and len(words) < 90 and words[0].isupper():
        level = number_level(words) or 1
        return [Part("heading", ranges, kind, level, kind == "abstract")]
    if _THEME.match(words) and len(words) < 300 and len(group) < 6 and not in_abstract:
        return [Part("heading", ranges, None, 2)]
    run_in = [m for m in _RUN_IN.finditer(words) if heading_kind(m.group(1))]
    if run_in and len(run_in) >= (1 if in_abstract or run_in[0].group(1).isupper() else 2):
        return _run_in_parts(stored, ranges)
    if first and len(words) < 300:
        return [Part("title", ranges)]
    return [Part("list_item" if _BULLET.match(words) else "paragraph", ranges)]


def _path_parts(group: list[Line], path: re.Match[str]) -> list[Part]:
    root, below = path.group(1), [step.strip() for step in (path.group(2) or "").split(".") if step.strip()]
    start = group[0].start
    end = start + path.end()
    rest = [(end + len(group[0].text[path.end() :]) - len(group[0].text[path.end() :].lstrip()), group[0].end)]
    rest = [r for r in rest if r[0] < r[1]] + [(line.start, line.end) for line in group[1:]]
    if root == "TITLE":
        return [Part("title", rest)] if rest else []
    kind = next((k for k in (heading_kind(step) for step in reversed(below)) if k), None)
    kind = kind or ("abstract" if root == "ABSTRACT" else "other" if not below else None)
    head = Part(
        "heading", [(start, end)], kind, max(len(below), 1), root == "ABSTRACT", label=below[-1] if below else root
    )
    return [head, Part("paragraph", rest)] if rest else [head]


def _run_in_parts(stored: str, ranges: list[tuple[int, int]]) -> list[Part]:
    parts: list[Part] = []
    for a, b in ranges:
        at = a
        for found in _RUN_IN.finditer(stored, a, b):
            kind = heading_kind(found.group(1))
            if kind is None:
                continue
            _extend(parts, at, found.start())
            parts.append(Part("heading", [(found.start(), found.start(1) + len(found.group(1)) + 1)], kind, 2, True))
            parts.append(Part("paragraph", []))
            at = found.end()
        _extend(parts, at, b)
    return [part for part in parts if part.ranges]


def _extend(parts: list[Part], a: int, b: int) -> None:
    if a < b:
        if not parts:
            parts.append(Part("paragraph", []))
        parts[-1].ranges.append((a, b))
