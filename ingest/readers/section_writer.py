"""Headings, paragraphs and list items of a page or a manuscript, written to a `Builder` as what their place makes them.

Web pages and word processors say what a heading is, but not that a line before the first one is front matter, that
"Methods:" inside an abstract opens a part of it, or that what lies behind "References" is no text.
"""

import re
from collections.abc import Iterable

from ingest.readers.builder import Builder, Run
from ingest.readers.outline import ORDER, UNSTRUCTURED, begins_again
from ingest.sections import Said, said_by

_ABSTRACT = "abstract"
_NO_PARTS = ("front", "back", "references")
_WITH_PARTS = ("methods", "results", "discussion")
_PROSE = 200
"""Characters of a paragraph in an abstract without heading at the least; what is shorter there names its authors."""
_LONGEST_LABEL = 60
_KEYWORDS = re.compile(r"(?:key ?words?|index terms)\b", re.IGNORECASE)
LONGEST_KEYWORDS = 300
"""Characters of a paragraph behind an abstract, or under "Keywords", that is no running text."""
LONGEST_FRONT = 600
"""Characters of a line before the first heading that is front matter; longer ones are text."""


class SectionWriter:
    """Writes blocks in order and knows where in the document they are."""

    def __init__(self, builder: Builder, title: str) -> None:
        """Write to `builder`; lines before the first heading, and headings, that only repeat `title` are left out.

        `unnamed` is to be set while the source says that this is the abstract, and it has no heading.
        """
        self._builder = builder
        self._title = bare(title)
        self._abstract = 0
        self._ranked = -1
        self._length = 0
        self._deeper = 0
        self._opened = False
        self.unnamed = False
        self.references = False
        self.begun = False
        self.flat = 0
        """The depth of main sections where their parts have it too (`flat_depth`), else 0."""
        self._within = False
        """Whether methods, results or discussion are being written."""
        self.ended = False
        """Whether the back matter or the references have begun."""
        self.unheaded = ""
        """The kind of the text that goes on behind the abstract without a heading."""
        self._behind = False
        self._closed = 0
        """The depth of an abstract that has ended, until the first heading behind it."""

    @property
    def in_abstract(self) -> bool:
        """Whether the abstract is being written."""
        return self._abstract > 0

    def heading(self, runs: list[Run], level: int) -> None:
        """Write a heading of this depth, 1 the outermost."""
        words = plain(runs)
        if not words or bare(words) == self._title:
            return
        said = said_by(words)
        level = max(level - self._deeper, 1)
        if level == self._abstract == self.flat and said and said.kind in ORDER and not self._ends_flat(said):
            level += 1
        elif level <= self._abstract:
            self._abstract = 0
        elif self._abstract and said and self._ends_abstract(said):
            self._deeper += level - self._abstract
            level, self._abstract = self._abstract, 0
        elif self._closed and said and said.main and level > self._closed:
            self._deeper += level - self._closed
            level = self._closed
        self._closed = self._closed if level > self._closed else 0
        if level == self.flat:
            self._within = said.kind in _WITH_PARTS if said and said.main else self._within
            level += self._within and not (said and said.main)
        in_abstract, section = self._abstract > 0, ""
        if said and said.kind == _ABSTRACT:
            self._abstract, in_abstract, section = level, True, _ABSTRACT
            self._ranked, self._length = -1, 0
        elif said and ((in_abstract and said.kind not in _NO_PARTS) or said.kind == "references"):
            section = said.kind
        self.references = section == "references" or (self.references and level > 1 and said is None)
        self.ended = self.references or (said is not None and said.kind in ("back", "references") and said.main)
        self._behind = said is not None and said.kind == "front" and _KEYWORDS.match(words) is not None
        self.begun = True
        self._builder.heading(runs, level=level, section=section, in_abstract=in_abstract)

    def end_abstract(self) -> None:
        """Say that the abstract has ended, where no heading need come: a paper may go on without one."""
        self._behind = self._abstract > 0
        self._closed, self._abstract = self._abstract, 0

    def _ends_abstract(self, said: Said) -> bool:
        """Say whether a heading inside an abstract, as the page nests them, is that of a main section behind it."""
        rank = ORDER.get(said.kind, -1) if said.main else -1
        if rank < 0:
            return False
        structured, highest = self._ranked >= 0, self._ranked
        self._ranked = max(rank, highest)
        if not structured:
            return rank == ORDER["background"] and self._length >= UNSTRUCTURED
        return begins_again(rank, highest)

    def _ends_flat(self, said: Said) -> bool:
        """Say whether a heading behind that of the abstract, of its depth, opens no part of it."""
        whole = self._ranked < 0 and self._length >= UNSTRUCTURED
        ends = self._ends_abstract(said) or whole
        self._ranked = max(self._ranked, ORDER["background"])
        return ends

    def paragraph(self, runs: list[Run]) -> None:
        """Write a paragraph."""
        words = plain(runs)
        if not words or (not self.begun and bare(words) == self._title):
            return
        self._length += len(words)
        if self.references:
            self._builder.paragraph(runs, kind="note")
        elif self.unnamed and not self._abstract and len(words) >= _PROSE:
            self._builder.paragraph(runs, section="" if self._opened else _ABSTRACT, in_abstract=True)
            self._opened = True
        elif (not self.begun and len(words) < LONGEST_FRONT) or (self._behind and len(words) < LONGEST_KEYWORDS):
            self._builder.paragraph(runs, kind="front")
        elif self._behind:
            self._behind = False
            self._builder.paragraph(runs, section=self.unheaded or "other")
        elif self._abstract:
            self._part_of_abstract(runs)
        else:
            self._builder.paragraph(runs)

    def item(self, runs: list[Run]) -> None:
        """Write an item of a list."""
        if plain(runs):
            kind = "note" if self.references else "list_item" if self.begun else "front"
            self._builder.paragraph(runs, kind=kind)

    def quote(self, lines: Iterable[list[Run]]) -> None:
        """Write a quotation that is set apart, line by line."""
        kept = [line for line in lines if plain(line)]
        if self.references:
            for line in kept:
                self._builder.paragraph(line, kind="note")
        else:
            self._builder.quote(*kept)

    def _part_of_abstract(self, runs: list[Run]) -> None:
        """Write a paragraph of an abstract; a bold "Methods:" at its beginning is the heading of a part."""
        filled = [number for number, run in enumerate(runs) if run.text.strip()]
        first = filled[0]
        label = runs[first].text.strip().rstrip(".:") if "bold" in runs[first].style else ""
        said = said_by(label) if 0 < len(label) < _LONGEST_LABEL else None
        if said and len(filled) > 1:
            kind = said.kind if said.kind not in _NO_PARTS else _ABSTRACT
            head = runs[first]._replace(style="")
            runs = runs[first + 1 :]
            if runs[0].text.lstrip().startswith(":"):
                head = head._replace(text=f"{head.text.rstrip()}:")
                runs = [runs[0]._replace(text=runs[0].text.lstrip()[1:]), *runs[1:]]
            self._builder.heading([head], level=self._abstract + 1, section=kind, in_abstract=True)
        self._builder.paragraph(runs)


def flat_depth(headings: Iterable[tuple[str, int]]) -> int:
    """Return the depth of main sections, given words and depth of all headings, where no part of one is deeper; else 0.

    >>> flat_depth([("Methods", 1), ("Setting", 1), ("Results", 1), ("Waiting for a call", 1)])
    1
    >>> flat_depth([("Methods", 1), ("Setting", 2), ("Results", 1), ("Waiting for a call", 1)])
    0
    """
    told = [(said if (said := said_by(words)) and said.main else None, level) for words, level in headings]
    depth = min((level for main, level in told if main and main.kind in _WITH_PARTS), default=0)
    within = False
    for main, level in told:
        if main:
            within = main.kind in _WITH_PARTS and level == depth
        elif within and level > depth:
            return 0
    return depth


def plain(runs: Iterable[Run]) -> str:
    """Return the words of runs, white space folded."""
    return " ".join("".join(run.text for run in runs).split())


def bare(words: str) -> str:
    """Return the letters and digits of words alone, in small letters."""
    return "".join(letter for letter in words.casefold() if letter.isalnum())
