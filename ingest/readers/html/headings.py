"""Headings of a page: those of the markup, and paragraphs that only their class calls headings."""

import re
from collections.abc import Callable

from lxml import etree

from ingest.readers.captions import is_caption
from ingest.readers.html.furniture import HEADS
from ingest.readers.html.page import words_of
from ingest.readers.safe_xml import local
from ingest.readers.section_writer import flat_depth
from ingest.sections import said_by

HEADINGS = {name: depth for depth, name in enumerate(HEADS, 1)}
_CALLED = frozenset(["p", "div", "span", "table"])
_LEVEL = re.compile(r"(?:h|heading|head|title)[-_]?([1-6])")
_TITLE = re.compile(r"title|heading", re.IGNORECASE)
_SECTIONS = frozenset({"abstract", "background", "methods", "results", "discussion", "conclusions", "references"})
_LONGEST = 120
_PROSE = 200
_FRONT = 1_500
"""Characters of running text before the first section at the most where what stands there opens the page."""


class Headings:
    """The headings of the main part of a page; `top` is the outermost level."""

    def __init__(self, main: etree._Element, is_title: Callable[[str], bool]) -> None:
        """Look at the main part of a page; headings that are the title of the article are none of its sections."""
        self._called: dict[etree._Element, int] = {}
        heads: list[tuple[etree._Element, int]] = []
        named = False
        for element in main.iter(*HEADINGS, *_CALLED):
            if local(element) in HEADINGS:
                if (words := words_of(element)) and not is_title(words):
                    heads.append((element, HEADINGS[local(element)]))
            elif element.get("class") and (level := _called(element)) is not None:
                if any(above in self._called or local(above) in HEADINGS for above in element.iterancestors()):
                    continue
                self._called[element] = level
                heads += [(element, level)] if level else []
                named = named or not level
        self.found = bool(heads) or named
        """Whether there are headings at all."""
        self._opening = self._before_sections(main)
        heads = [(head, level) for head, level in heads if head not in self._opening]
        self.top = min((level for _, level in heads), default=2) - named
        told = ((words_of(text_of(head)), self.level(head) or 0) for head, _ in heads)
        self.flat = flat_depth((words, level) for words, level in told if not is_caption(words))
        """The depth of main sections and of their parts alike; 0 where parts are deeper."""
        found = (said_by(words_of(text_of(head))) for head in (*self._called, *main.iter(*HEADINGS)))
        self.kinds = {said.kind for said in found if said}
        """The kinds of sections that the headings name."""

    def level(self, element: etree._Element) -> int | None:
        """Return the depth of a heading, 1 the outermost; None if an element is no heading."""
        level = HEADINGS.get(local(element))
        if level is None:
            level = self._called.get(element)
            if level is None:
                return None
        return max((level or self.top) - self.top + 1, 1)

    def opens(self, heading: etree._Element) -> bool:
        """Say whether a heading stands before all sections: the name of the journal, the kind of the article."""
        return heading in self._opening

    def _before_sections(self, main: etree._Element) -> set[etree._Element]:
        opening: set[etree._Element] = set()
        prose = 0
        for element in main.iter(*HEADINGS, *_CALLED):
            if local(element) in HEADINGS or element in self._called:
                said = said_by(words_of(text_of(element)))
                if said and said.main:
                    return opening
                if said is None:
                    opening.add(element)
            elif local(element) == "p" and len(words := words_of(element)) >= _PROSE:
                prose += len(words)
                if prose > _FRONT:
                    break
        return set()


def text_of(heading: etree._Element) -> etree._Element:
    """Return the element that holds the words of a heading: the first cell, where a table is there to set it."""
    if local(heading) == "table":
        return next(heading.iter("th", "td"), heading)
    return heading


def _called(element: etree._Element) -> int | None:
    """Return the level that the class of an element gives it as a heading, 0 where it only says that it is one."""
    said = element.get("class", "").lower()
    if local(element) == "table" and "heading" not in said:
        return None
    above = element.getparent()
    if local(element) == "span" and above is not None and local(above) in ("p", "li", "td"):
        return None
    level = next((int(found.group(1)) for token in said.split() if (found := _LEVEL.fullmatch(token))), None)
    if level is None and not _TITLE.search(said):
        return None
    words = words_of(text_of(element))
    if not words or len(words) >= _LONGEST or words[-1] in ".,;" or element.find(".//p") is not None:
        return None
    if level is not None:
        return level if any(letter.isalpha() for letter in words) else None
    told = said_by(words)
    if told is None or told.kind == "front":
        return None
    return 0 if words.isupper() or (told.main and told.kind in _SECTIONS) else None
