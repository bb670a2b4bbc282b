"""Wrapped lines to paragraphs: over blank lines, columns and pages, and apart where no blank line says so."""

import re

from ingest.counted import counted_items
from ingest.readers.lines import Line
from ingest.readers.paragraphs import (
    FUNCTION,
    LIST_ITEM,
    THEME,
    Group,
    is_heading,
    is_signature,
    is_speaker,
    looks_like_heading,
    unfinished,
)
from ingest.sections import said_by

_OPENS = re.compile(r"[\"“‘'…(\[]*[A-ZÀ-Þ]|[\"“‘]|…")
_STOP = re.compile(r"[.?!…][\"”’')\]*]*(?:\s?\[?\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\]?)?$|[)\]]\.?$")
_KICKER = re.compile(
    r"(?:original|research|qualitative|review|short|brief|full|open|article|paper|report|study|access|protocol|clinical|"
    r"health|services|investigation|contribution|communication|:|-)+\Z"
)
"""What journals print above a title, letters put together again: "R E S E A R C H  Open Access"."""
_AUTHORS = re.compile(
    r"(?:(?:and |& |, ?)?[A-ZÀ-Þ][\w’'-]+(?: (?:[A-Z]\.?-?){1,3}| [A-ZÀ-Þ][\w’'-]+| (?:van|von|de|der|la|le)){1,4}"
    r"[\s\d*†‡§,;]*){2,}(?:and|&)?\Z"
)
_LONGEST_TITLE = 8
_SHORT, _SHORT_IN_FRONT = 0.6, 0.5
"""Share of a full line below which a line ends where its writer wanted; titles have shorter lines."""
_GAPPED = 0.08
"""Share of lines behind a blank line from which on paragraphs are set apart by blank lines, as a rule."""
_NEARLY_FULL = 0.85
_LONG = 0.7
"""Share of a full line that the first line of running text has at the least."""


def group_lines(lines: list[Line], width: int) -> list[Group]:
    """Return the paragraphs that wrapped lines make; `width` is the length of a full line."""
    gapped = sum(line.gap > 0 for line in lines) > _GAPPED * len(lines)
    grouper = _Grouper(width, gapped=gapped)
    counted = counted_items([line.text for line in lines])
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else None
        grouper.add(line, following, signs=is_speaker(line.text) and number not in counted)
    return grouper.groups


class _Grouper:
    """Takes one line after the other and decides whether the paragraph goes on."""

    def __init__(self, width: int, *, gapped: bool) -> None:
        self.width = width
        self.gapped = gapped
        self.groups: list[Group] = []
        self.in_front = True

    def add(self, line: Line, following: Line | None, *, signs: bool) -> None:
        """Put the line to the last paragraph, as one that `signs` it or as its next, or begin a new one with it."""
        group = self.groups[-1] if self.groups else None
        named = _is_main_heading(line, following)
        heading = named or (group is not None and self._stands_as_heading(group, line, following))
        if group and signs and (not unfinished(group.last.text) or is_signature(line.text)):
            group.add(line)
            group.spoken = True
        elif group and not heading and self._goes_on(group, line):
            group.add(line)
        else:
            if group:
                group.after = line.gap
            self.groups.append(Group([line], heading=heading))
        self.in_front = self.in_front and not named and not _runs_in(line)

    def _goes_on(self, group: Group, line: Line) -> bool:
        last, text = group.last.text, line.text
        if LIST_ITEM.match(text) and (line.gap or text[0] not in "(0123456789abcdefghivx" or self._fits(group, line)):
            return False
        if THEME.match(text) and (line.gap or not unfinished(last)):
            return False
        if group.heading or is_heading(group, line):
            return False
        if self.in_front and _parts_front(group, line):
            return False
        if len(group.lines) == 1 and THEME.match(last) and len(last) < 0.8 * self.width and _OPENS.match(text):
            return False
        if line.gap or line.cut:
            return self._goes_on_over_gap(group, line)
        return not self._ends_paragraph(group, line)

    def _goes_on_over_gap(self, group: Group, line: Line) -> bool:
        last, text = group.last.text, line.text
        if self.in_front and not line.cut:
            return False
        local = max(group.width if len(group.lines) > 2 else self.width, 1)
        if not unfinished(last):
            return last[-1] in ')]”’"' and last[-2:-1].isalnum() and text[0].islower() and len(last) >= 0.75 * local
        if text[0] in "([" and not LIST_ITEM.match(text):
            return len(last) >= 0.75 * local
        if text[0].islower() or (text[0].isdigit() and not LIST_ITEM.match(text)):
            return len(last) >= 0.5 * local or line.cut or len(group.lines) > 1
        word = re.split(r"[\s(]", last)[-1].casefold()
        broken = last.endswith((",", "-", "–", "/")) or word in FUNCTION
        return len(last) >= 0.75 * local and (broken or ((line.cut or line.page) and len(group.lines) > 1))

    def _ends_paragraph(self, group: Group, line: Line) -> bool:
        last, text = group.last.text, line.text
        if last.endswith(":") and _starts_quote(text) and (not self.gapped or self._fits(group, line)):
            return True
        if unfinished(last) or not _OPENS.match(text):
            return self._breaks_early(group, line)
        if self.gapped and len(last) > _NEARLY_FULL * self.width:
            return False
        return self._fits(group, line) and (_STOP.search(last) is not None or last.endswith((":", ";")))

    def _fits(self, group: Group, line: Line) -> bool:
        """Say whether the first word of the line would have had room on the line before: that break was meant."""
        last, text = group.last.text, line.text
        item = LIST_ITEM.match(group.lines[0].text) is not None
        local = max(group.width, len(text)) if len(group.lines) > 1 and not item else max(self.width, len(text))
        return len(last) + 1 + len(text.split(maxsplit=1)[0]) < min(local, self.width) - 1

    def _breaks_early(self, group: Group, line: Line) -> bool:
        """Say whether a line ends that far from the margin, before a capital, that its end was meant."""
        last = group.last.text
        width = min(self.width, max(group.width, len(line.text))) if len(group.lines) > 1 else self.width
        share = _SHORT_IN_FRONT if self.in_front else _SHORT
        word = re.split(r"[\s(]", last)[-1].casefold()
        open_end = last.endswith((",", "-", "–", "/")) or word in FUNCTION
        return len(last) < share * width and line.text[0].isupper() and not open_end

    def _stands_as_heading(self, group: Group, line: Line, following: Line | None) -> bool:
        """Say whether a line that no blank line sets apart is a heading: short, no full stop, between sentences."""
        if following is None or following.gap or following.cut or not _OPENS.match(following.text):
            return False
        if not looks_like_heading(line.text, self.width) or (unfinished(group.last.text) and not group.heading):
            return False
        return len(following.text) > _LONG * self.width and not self.in_front


def _is_main_heading(line: Line, following: Line | None) -> bool:
    """Say whether a line by itself names a main section, whatever the line before it ends with."""
    if len(line.text) > 60 or not (line.text[0].isupper() or line.text[0].isdigit()):
        return False
    said = said_by(line.text)
    if said is None or not said.main or said.kind == "front" or line.text[-1] in ".,;":
        return False
    return following is None or not following.text[0].islower()


def _runs_in(line: Line) -> bool:
    """Say whether a line begins with the heading of a part of an abstract: "Methods: we asked"."""
    label, colon, _ = line.text.partition(":")
    said = said_by(label) if colon and len(label) < 60 else None
    return said is not None and said.kind not in ("front", "back")


def _parts_front(group: Group, line: Line) -> bool:
    """Say whether a line of the first page begins something new: the title under a kicker, authors under a title."""
    if len(group.lines) > _LONGEST_TITLE:
        return False
    kicker = _KICKER.match(re.sub(r"\s", "", group.words).casefold()) is not None
    authors = _AUTHORS.match(line.text) is not None and _AUTHORS.match(group.last.text) is None
    return kicker or (authors and any(c in line.text for c in ",*0123456789"))


def _starts_quote(text: str) -> bool:
    return text[0] in "\"“‘'…" or text.startswith(("I ", "I’", "I'"))
