"""What every paragraph of a text is: heading, title, front matter, quote, list item, running text."""

import re
from collections import Counter
from dataclasses import replace

from ingest.readers.front import LICENCE, find_title
from ingest.readers.lines import Line
from ingest.readers.paragraphs import (
    LIST_ITEM,
    PATH,
    REFERS,
    THEME,
    Group,
    is_heading,
    looks_like_heading,
    tag_behind,
    unfinished,
)
from ingest.readers.parts import Part
from ingest.readers.run_in import bare_labels, cut_bare, split_run_ins
from ingest.repair import Piece
from ingest.sections import said_by
from ingest.talks import TURN, numbered_turns, turns_of_talk

_QUOTE_MARKS = "\"“‘'«"
_FIRST_PERSON = re.compile(
    r"(?:…|\.{3})?\s*(?:I|I[’'](?:m|ve|d|ll)|We|We[’'](?:re|ve|d|ll)|My|You|Yeah|Yes|No|Well|So|But|And)\b"
)
_IMPRINT = re.compile(
    r"to cite:|\bdoi:|@\w|corresponding author|correspondence|\breceived:?\s\d|https?://", re.IGNORECASE
)
_SENTENCE = re.compile(r"[a-z\d)\]”\"%][.?!][”\"’)]*(?:\s|\d|\Z)")
_REPORTS = re.compile(
    r"\b(?:participants?|respondents?|interviewees?|informants?|said|stated|described|explained|reported|noted|commented|"
    r"expressed|mentioned|highlighted|recalled|emphasi[sz]ed|for example|illustrates?|quotes?|themes?)\b",
    re.IGNORECASE,
)
_TOLD = re.compile(r"[.?!…\"”’'](?:\s*[A-Z]{1,4}\s?\d{0,3})?\s*[(\[–—-]|[(\[][A-Z]")
_MARKED = re.compile(r"[\"“”]")
_MARKDOWN = re.compile(r"(?:#{1,6}|>+)\s+(?=\S)")
_FIRST_SENTENCE = re.compile(r"(?<=[.?!])[”\"]?\s")
_LONGEST_THEME = 300
_LONG_ABSTRACT = 400
_LONGEST_ABSTRACT = 3500
_ALONE = 2
"""Full lines that a heading between blank lines has at the most."""
_NARROW = 0.92
"""Share of the width of a full line that a block set in from both sides has at the most."""


def classify(stored: str, groups: list[Group], width: int, title: Group | None = None) -> list[Part]:
    """Return the parts that the paragraphs make; `width` is that of a full line, 0 where every line is a paragraph.

    `title` is the paragraph that the layout shows to be the title; without it the words decide.
    """
    reader = _Classifier(stored, groups, width, title)
    parts: list[Part] = []
    for number in range(len(groups)):
        parts.extend(reader.parts_of(number))
    return _open_untitled(parts)


class _Classifier:
    """Looks at one paragraph after the other, with what stands around it."""

    def __init__(self, stored: str, groups: list[Group], width: int, title: Group | None) -> None:
        self.stored = stored
        self.groups = groups
        self.width = width
        self.in_body = False
        self.in_references = False
        self.in_abstract = False
        self.in_imprint = False
        self.title = title or find_title(groups)
        self.before_title = title is not None
        self.after_heading = False
        self.quoting = False
        self.pathed = any(PATH.match(group.lines[0].text) for group in groups)
        self.turns = sum(TURN.match(group.words) is not None for group in groups)
        words = [group.words for group in groups]
        self.talk = {id(groups[at]) for at in turns_of_talk(words) | numbered_turns(words)}
        self.bare = {} if self.pathed else bare_labels(words)
        self.tags = Counter(_tag(group.words) for group in groups)

    def parts_of(self, number: int) -> list[Part]:
        group = self.groups[number]
        before = self.groups[number - 1] if number else None
        behind = self.groups[number + 1] if number + 1 < len(self.groups) else None
        self.before_title = self.before_title and group is not self.title
        if self.before_title:
            return [Part("front", pieces_of(group.lines))]
        if group.lines[0].opens == "references":
            self.in_references = True
            return [Part("note", pieces_of(group.lines), section="references", level=1)]
        bare = cut_bare(self.stored, group, self.bare[number]) if number in self.bare else []
        parts = bare or self._path(group) or ([] if self.pathed else self._named(group, before, behind))
        if not parts and group.heading and self._looks(group, before, behind):
            parts = [_heading(group)]
        parts = parts or (
            [] if self.in_references or self.pathed else split_run_ins(self.stored, group, early=not self.in_body)
        )
        if not parts and not self.pathed and self._looks(group, before, behind):
            parts = [_heading(group)]
        if parts:
            self._note(next((part for part in parts if part.kind == "heading"), parts[0]))
            self.after_heading = parts[-1].kind == "heading"
            return parts
        kind = self._kind(group, before, behind)
        self.quoting = kind == "quote"
        self.after_heading = False
        if kind == "front" and self.in_abstract and self.in_body and not self.in_imprint:
            self.in_imprint = True
            return [Part(kind, pieces_of(group.lines), section="front", level=1)]
        return [Part(kind, pieces_of(group.lines), breaks=tuple(group.breaks) if kind == "quote" else ())]

    def _note(self, heading: Part) -> None:
        self.quoting = False
        if heading.kind != "heading":
            return
        said = said_by(heading.path[-1] if heading.path else heading.label)
        self.in_body = self.in_body or said is None or said.kind not in ("front",)
        self.in_references = said is not None and said.kind == "references"
        self.in_imprint = said is not None and said.kind == "front"
        self.in_abstract = heading.runs_in or (said is not None and said.kind in ("abstract", "front"))

    def _path(self, group: Group) -> list[Part]:
        first = group.lines[0]
        found = PATH.match(first.text)
        if not found:
            return []
        root = found.group(1) or found.group(3)
        steps = tuple(step.strip() for step in (found.group(2) or "").split(".") if step.strip())
        end = first.start + found.end()
        rest = _trimmed(self.stored, end, first.end) + list(pieces_of(group.lines[1:]))
        if root == "TITLE":
            return [Part("title", tuple(rest))] if rest else [Part("front", pieces_of(group.lines))]
        head = Part(
            "heading", (Piece(first.start, end, first.cut),), label=steps[-1] if steps else root, path=(root, *steps)
        )
        return [head, Part("paragraph", tuple(rest))] if rest else [head]

    def _named(self, group: Group, before: Group | None, behind: Group | None) -> list[Part]:
        """Return the heading that a paragraph is by its words."""
        words = group.words
        if group is self.title or group.cell:
            return []
        if self.in_references and not (said_by(words) and len(words) < 60):
            return []
        theme = len(words) < _LONGEST_THEME and self.in_body and THEME.match(words) is not None
        known = is_heading(group, behind.lines[0] if behind and not group.after else None)
        return [_heading(group)] if known or (theme and self._stands_alone(group, before, behind)) else []

    def _stands_alone(self, group: Group, before: Group | None, behind: Group | None) -> bool:
        apart = group.lines[0].gap > 0 and group.after > 0
        finished = before is None or not unfinished(before.last.text) or self.after_heading or apart
        return finished and behind is not None and (group.after > 0 or len(group.lines) == 1)

    def _looks(self, group: Group, before: Group | None, behind: Group | None) -> bool:
        """Say whether a paragraph is a heading by its looks and place alone."""
        limit = self.width or 150
        if group.cell or group.breaks or id(group) in self.talk:
            return False
        if group.laid_out or (group.heading and behind is not None):
            return group.heading and behind is not None and not self.in_references
        if len(group.lines) > 2 or behind is None or not self.in_body or before is None:
            return False
        alone = group.lines[0].gap > 0 and group.after > 0
        if not (looks_like_heading(group.words, _ALONE * limit) if alone else self._lines_look(group, limit)):
            return False
        last = before.last.text
        finished = not unfinished(last) or self.after_heading or (alone and self.width > 0 and last[-1].isdigit())
        prose = behind.lines[0].text
        long = len(behind.words) > max(50, len(group.words)) and _SENTENCE.search(behind.words) is not None
        again = looks_like_heading(prose, limit) and len(prose) < 0.8 * limit and not self.after_heading
        return finished and prose[0] not in "([" and (long or again) and not prose[0].islower()

    def _lines_look(self, group: Group, limit: int) -> bool:
        return all(looks_like_heading(line.text, max(limit, 60)) for line in group.lines)

    def _kind(self, group: Group, before: Group | None, behind: Group | None) -> str:
        words = group.words
        if self.in_references:
            return "note"
        if group is self.title:
            return "title"
        if LIST_ITEM.match(words) and len(words) < 600:
            return "list_item" if self.in_body else "front"
        if not self.in_body or (self.in_abstract and _is_metadata(words, before, behind)):
            return "paragraph" if _is_prose(words) else "front"
        return "quote" if self._is_quote(group, before, behind) else "paragraph"

    def _is_quote(self, group: Group, before: Group | None, behind: Group | None) -> bool:
        words = group.words
        if words.startswith("> ") or (group.set_in and not words.endswith(":")):
            return True
        if words.endswith(":"):
            return False
        if group.spoken and not _REPORTS.search(_FIRST_SENTENCE.split(words, maxsplit=1)[0]):
            return True
        tag = tag_behind(words)
        tagged = tag is not None and not REFERS.search(tag.group())
        told = tag is not None and _TOLD.search(words, max(0, tag.start() - 12), tag.start() + 2) is not None
        marked = words.lstrip("…. ")[:1] in tuple(_QUOTE_MARKS) and (tagged or words.rstrip(".")[-1] in "\"”’'»…")
        led = before is not None and before.last.text.endswith(":") and not self.after_heading
        spoken = _FIRST_PERSON.match(words) is not None or words[0] in "…."
        narrow = bool(self.width) and len(group.lines) > 1 and group.width <= _NARROW * self.width
        apart = group.lines[0].gap > 0 or not self.width
        if (TURN.match(words) and self.turns > 1) or id(group) in self.talk:
            return True
        if marked and (apart or led):
            return True
        if tagged and not led and _REPORTS.search(_FIRST_SENTENCE.split(words, maxsplit=1)[0]):
            return False
        if narrow and apart and (tagged or led or (self.quoting and spoken)):
            return True
        if not tagged:
            return led and spoken and apart
        if led:
            return told or spoken or narrow
        return apart and told and (spoken or self._is_tag_of_speaker(words)) and not _MARKED.search(words)

    def _is_tag_of_speaker(self, words: str) -> bool:
        """Say whether the words end in brackets that other paragraphs end in too, as the tags of speakers do."""
        return self.tags[_tag(words)] > 1


def _heading(group: Group) -> Part:
    words = group.words
    theme = THEME.match(words)
    depth = (2 if theme.group("sub") else 1) if theme else 0
    hashes = len(words) - len(words.lstrip("#"))
    label = words.strip("#* ").rstrip(":").strip()
    return Part("heading", pieces_of(group.lines), label=label, theme=depth, level=hashes)


def _tag(words: str) -> str:
    found = tag_behind(words)
    return re.sub(r"\d+", "#", found.group()) if found else ""


def pieces_of(lines: list[Line]) -> tuple[Piece, ...]:
    """Return the lines as pieces, without the signs of Markdown for headings and quotations."""
    return tuple(Piece(line.start + _signs(line.text), line.end, line.cut) for line in lines)


def _signs(text: str) -> int:
    found = _MARKDOWN.match(text)
    return found.end() if found else 0


def _trimmed(stored: str, a: int, b: int) -> list[Piece]:
    while a < b and stored[a].isspace():
        a += 1
    return [Piece(a, b)] if a < b else []


def _is_prose(words: str) -> bool:
    sentences = len(_SENTENCE.findall(words))
    return len(words) > 200 and sentences > 1 and not LICENCE.search(words) and not _IMPRINT.search(words)


def _is_metadata(words: str, before: Group | None, behind: Group | None) -> bool:
    """Say whether a short line without a sentence stands among others like it, as on the page of a repository."""

    def bare(text: str) -> bool:
        return len(text) < 100 and not _SENTENCE.search(text) and not text.endswith(":")

    neighbours = [g for g in (before, behind) if g is not None]
    return bare(words) and all(bare(g.words) or g is before for g in neighbours) and not THEME.match(words)


def _open_untitled(parts: list[Part]) -> list[Part]:
    """Open a section for running text before the first heading: an abstract if a body follows, else text of no kind.

    What is too long for an abstract is one paragraph of it and then an introduction that no heading names.
    """
    first = next((n for n, part in enumerate(parts) if part.kind == "heading"), len(parts))
    prose = [n for n, part in enumerate(parts[:first]) if part.kind not in ("title", "front")]
    if not prose:
        return parts
    total = sum(parts[n].length for n in prose)
    opened = list(parts)
    kind = "abstract" if first < len(parts) and total >= _LONG_ABSTRACT else "other"
    opened[prose[0]] = replace(parts[prose[0]], section=kind, level=1, in_abstract=kind == "abstract")
    if kind == "abstract" and total > _LONGEST_ABSTRACT and len(prose) > 1:
        opened[prose[1]] = replace(parts[prose[1]], section="background", level=1)
    return opened
