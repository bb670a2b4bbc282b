"""Wrapped lines to paragraphs: over blank lines, columns and pages, and apart where no blank line says so."""

import re
from collections import Counter
from collections.abc import Sequence

from ingest.counted import counted_items
from ingest.readers.lines import Line
from ingest.readers.paragraphs import (
    LIST_ITEM,
    REFERS,
    THEME,
    Group,
    counts_deeper,
    is_heading,
    is_signature,
    is_speaker,
    looks_like_heading,
    tag_behind,
    unfinished,
    wants_more,
)
from ingest.sections import said_by
from ingest.talks import TURN, numbered_turns

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
_IMPRINT = re.compile(
    r"(?:doi|pmid|pmc(?:id)?|issn|received|accepted|published|correspond\w+|e-?mail|keywords?|citation|orcid)\b|https?:|"
    r"[\d*†‡§]{1,2}\s?(?:[A-Z][\w’'-]+ ){0,3}(?:Department|School|Faculty|Institute|University|Cent(?:re|er)|Division|"
    r"College|Hospital|Unit|Corresponding)\b",
    re.IGNORECASE,
)
"""What stands below the names of the authors: identifiers, dates, addresses."""
_LONGEST_TITLE = 8
_SHORT, _SHORT_IN_FRONT = 0.6, 0.5
"""Share of a full line below which a line ends where its writer wanted; titles have shorter lines."""
_GAPPED = 0.08
"""Share of lines behind a blank line from which on paragraphs are set apart by blank lines, as a rule."""
_NEARLY_FULL = 0.85
_LONG = 0.7
"""Share of a full line that the first line of running text has at the least."""
_SET_IN = 0.97
"""Share of a full line that the lines of what is set in from the margin have at the most."""
_OFTEN = 3
"""Times that the label of a turn or the tag of a speaker comes in a text that has such."""
_LONGEST_QUOTATION = 25
"""Lines that an opening quotation mark holds together at the most."""
_NUMBER = re.compile(r"\d+")
_CODE = re.compile(r"[.?!…][\"”’']?\s+[A-Z][A-Za-z]*(?:-[A-Z\d]+)*-?\d+\Z")
"""The code of who spoke, bare behind a whole sentence at the end of a line."""


def group_lines(lines: list[Line], width: int) -> list[Group]:
    """Return the paragraphs that wrapped lines make; `width` is the length of a full line."""
    gapped = sum(line.gap > 0 for line in lines) > _GAPPED * len(lines)
    texts = [line.text for line in lines]
    coded = sum(_CODE.search(text) is not None for text in texts) >= _OFTEN
    grouper = _Grouper(width, _tags(texts), gapped=gapped, coded=coded)
    counted, turns = counted_items(texts), _turns(texts)
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else None
        signs = is_speaker(line.text) and number not in counted
        grouper.add(line, following, signs=signs, turn=number in turns)
    return grouper.groups


def _turns(texts: Sequence[str]) -> frozenset[int]:
    """Return which of the lines begin the turn of somebody who talks."""
    labelled = [number for number, text in enumerate(texts) if TURN.match(text)]
    return numbered_turns(texts) | frozenset(labelled if len(labelled) >= _OFTEN else ())


def _tags(texts: Sequence[str]) -> Counter[str]:
    """Return how often each form of brackets stands at the end of a line and of a sentence."""
    return Counter(_form(found) for text in texts if (found := tag_behind(text)))


def _form(tag: re.Match[str]) -> str:
    return _NUMBER.sub("#", tag.group().rstrip("."))


class _Grouper:
    """Takes one line after the other and decides whether the paragraph goes on."""

    def __init__(self, width: int, tags: Counter[str], *, gapped: bool, coded: bool) -> None:
        self.width = width
        self.tags = tags
        self.coded = coded
        self.gapped = gapped
        self.groups: list[Group] = []
        self.following: Line | None = None
        self.in_front = True

    def add(self, line: Line, following: Line | None, *, signs: bool, turn: bool) -> None:
        """Put the line to the last paragraph, as one that `signs` it or as its next, or begin a new one with it; so
        does a `turn` of a talk."""
        group = self.groups[-1] if self.groups else None
        named = _is_main_heading(line, following)
        heading = named or (group is not None and self._stands_as_heading(group, line, following))
        self.following = following
        if group and signs and (not unfinished(group.last.text) or is_signature(line.text)):
            group.add(line)
            group.spoken = True
        elif group and not heading and not self._ends_speech(group, line, turn=turn) and self._goes_on(group, line):
            group.add(line)
        else:
            if group:
                group.after = line.gap
            self.groups.append(Group([line], heading=heading))
        self.in_front = self.in_front and not named and not _runs_in(line)

    def _ends_speech(self, group: Group, line: Line, *, turn: bool) -> bool:
        """Say whether somebody else begins to speak, or the tag of who spoke stands before the line."""
        if self._breaks_off(group.last.text):
            return False
        return turn or (_OPENS.match(line.text) is not None and self._is_signed(group))

    def _breaks_off(self, last: str) -> bool:
        """Say whether a line breaks off inside a sentence, and not behind the code of who spoke."""
        return unfinished(last) and not (self.coded and _CODE.search(last))

    def _is_signed(self, group: Group) -> bool:
        if self.coded and _CODE.search(group.last.text):
            return True
        words = " ".join(line.text for line in group.lines[-2:])
        tag = tag_behind(words)
        if tag is None or REFERS.search(tag.group()):
            return False
        form = _form(tag)
        often = self.tags[form] >= _OFTEN and ("#" in form or "," in form)
        return often or is_signature(tag.group().strip(), again=self.tags[form] > 1)

    def _goes_on(self, group: Group, line: Line) -> bool:
        last, text = group.last.text, line.text
        if LIST_ITEM.match(text) and (line.gap or text[0] not in "(0123456789abcdefghivx" or self._fits(group, line)):
            return False
        if THEME.match(text) and (line.gap or not unfinished(last) or tag_behind(last) is not None):
            return False
        if counts_deeper(group.lines[0].text, text):
            return False
        if group.heading or is_heading(group, line):
            return False
        if self.in_front and _parts_front(group, line):
            return False
        if len(group.lines) == 1 and THEME.match(last) and len(last) < 0.8 * self.width and _OPENS.match(text):
            return False
        if line.gap or line.cut:
            return self._goes_on_over_gap(group, line)
        return _is_in_marks(group) or not self._ends_paragraph(group, line)

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
        goes_on = wants_more(last) or ((line.cut or line.page) and len(group.lines) > 1)
        return len(last) >= 0.75 * local and goes_on

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
        told = (len(group.lines) > 1 and not item) or self._is_set_in(last, text)
        local = max(group.width, len(text)) if told else max(self.width, len(text))
        return len(last) + 1 + len(text.split(maxsplit=1)[0]) < min(local, self.width) - 1

    def _is_set_in(self, *texts: str) -> bool:
        """Say whether lines and the one behind them are about as long, and shorter than those of running text."""
        following = self.following
        if following is None or following.gap or following.cut:
            return False
        sizes = [*map(len, texts), len(following.text)]
        return _SHORT * self.width < min(sizes) and max(sizes) <= _SET_IN * self.width

    def _breaks_early(self, group: Group, line: Line) -> bool:
        """Say whether a line ends that far from the margin, before a capital or what was left out of a quotation, that
        its end was meant."""
        last = group.last.text
        width = min(self.width, max(group.width, len(line.text))) if len(group.lines) > 1 else self.width
        share = _SHORT_IN_FRONT if self.in_front else _SHORT
        begins = (line.text[0].isupper() and not wants_more(last)) or line.text.startswith(("…", "..."))
        return len(last) < share * width and begins

    def _stands_as_heading(self, group: Group, line: Line, following: Line | None) -> bool:
        """Say whether a line that stands close under the text is a heading: short, no full stop, between sentences."""
        if following is None or following.cut or not _OPENS.match(following.text):
            return False
        if following.gap and (line.gap or line.cut or line.text.endswith("?")):
            return False
        if not looks_like_heading(line.text, self.width) or not self._may_end(group, line.text):
            return False
        return len(following.text) > _LONG * self.width and not self.in_front

    def _may_end(self, group: Group, text: str) -> bool:
        """Say whether a paragraph may end above a heading: with a sentence, as a heading, or under its number."""
        return group.heading or not self._breaks_off(group.last.text) or counts_deeper(group.lines[0].text, text)


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
    """Say whether a line of the first page begins something new: the title under a kicker, authors under a title, what
    identifies the paper under its authors."""
    if len(group.lines) > _LONGEST_TITLE:
        return False
    kicker = _KICKER.match(re.sub(r"\s", "", group.words).casefold()) is not None
    authors = _AUTHORS.match(line.text) is not None and _AUTHORS.match(group.last.text) is None
    below = _IMPRINT.match(line.text) is not None and _AUTHORS.match(group.last.text) is not None
    return kicker or below or (authors and any(c in line.text for c in ",*0123456789"))


def _is_in_marks(group: Group) -> bool:
    """Say whether a quotation that the paragraph opens with has not been closed."""
    if len(group.lines) > _LONGEST_QUOTATION or group.lines[0].text[0] != "“":
        return False
    words = group.words
    return words.count("“") > words.count("”") and tag_behind(words) is None


def _starts_quote(text: str) -> bool:
    return text[0] in "\"“‘'…" or text.startswith(("I ", "I’", "I'"))
