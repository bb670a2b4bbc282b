"""The title of a Word document: by its style, by the properties of the file, or as it stands out on the first page."""

import re
from collections import Counter

from ingest.readers.builder import Run
from ingest.readers.docx.text import Paragraph
from ingest.readers.section_writer import bare
from ingest.sections import said_by

_LONGEST = 350
_SHORTEST = 8
_PROSE = 350
"""Characters of a paragraph that no title page has."""
_FIRST = 25
"""Paragraphs of a title page at the most."""
_NAMED = 10
"""Paragraphs of which one may be the title that the properties of the file tell."""
_OTHER = re.compile(
    r"(?:by|von|par|por)\b.{0,40}\Z|(?:of|and|for|date|title|draft|manuscript)\b.{0,15}\Z|"
    r"(?:the )?(?:departments?|faculty|school|institut\w*|college|universit\w+|fakultät|degree programm?e?|u\.?r\.?n|"
    r"field of study|supervisors?|advis[eo]rs?|betreuer\w*|students?['’]?s? (?:name|id|number)|matri[ck]\w+|"
    r"word count|running head|type of (?:the )?paper|research article|affiliations?|correspond\w+|e-?mail|orcid|"
    r"[bm]sc cohort)\b.{0,90}\Z|"
    r".{0,60}\b(?:university|universität|college|fakultät|faculty|universidade?)(?: (?:of|in) [\w ]{2,30}| \w+)?\W*\Z|"
    r".*\b(?:submitted (?:to|in|for)|fulfil+ment of|requirements for)\b|(?:of )?(?:bachelor|master|doctor) of\b|"
    r"\W*(?:an? )?(?:(?:ph\.? ?d|doctoral|master|bachelor|diploma|[bm]sc)\.?['’]?s? ?)?(?:thesis|dissertation)\W*\Z|"
    r"\W*(?:19|20)\d\d\b.{0,12}\Z|(?:\d{1,2}\w{0,2} )?\w{3,12}\.? (?:\d{1,2},? )?(?:19|20)\d\d\W*\Z|\S*@",
    re.IGNORECASE | re.DOTALL,
)
"""What else stands on a title page."""
_NAME = re.compile(
    r"(?:[A-ZÀ-Ý][\w.'’-]*\s){1,3}(?:[A-ZÀ-Ý][\w'’-]*)?\s?(?:[\d*†]+,?)+(?:\Z|\s?,|\s(?:and|&)\s|\s[A-ZÀ-Ý]\w+\s[A-ZÀ-Ý])"
)
"""A name with the mark of its affiliation."""


def title_of(texts: list[Paragraph], told: str, author: str) -> list[Paragraph]:
    """Return the paragraphs that are the title, several where it is set line by line; none where none stands out.

    `texts` are the paragraphs that have words, `told` and `author` what the properties of the file tell.
    """
    styled = [block for block in texts if block.look.kind == "title" and said_by(block.text) is None]
    if found := next((block for block in styled if not _is_other(block)), None):
        return [found]
    for block in texts[:_NAMED]:
        if told and bare(block.text) == bare(told):
            return [block]
    if not texts:
        return []
    if texts[0].look.kind == "heading":
        return texts[:1] if _heads_all(texts) else []
    usual = _usual_size(texts)
    page = _first_page(texts, _words(author))
    largest = max((block.size for block in page), default=0)
    if largest > usual:
        first = next(block for block in page if block.size == largest)
    elif page and (page[0].look.centred or _is_bold(page[0])):
        first = page[0]
    else:
        return []
    return _lines(first, texts)


def _first_page(texts: list[Paragraph], author: set[str]) -> list[Paragraph]:
    """Return what may be the title of the paragraphs before the first section and the first running text."""
    found: list[Paragraph] = []
    for block in texts[:_FIRST]:
        if block.look.kind not in ("", "title") or len(block.text) > _PROSE or _begins(block):
            break
        if len(block.text) >= _SHORTEST and not block.look.numbered and block.text[-1] not in ":;,":
            found.append(block)
    return [block for block in found if not _is_other(block) and not _words(block.text) <= author]


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def _begins(block: Paragraph) -> bool:
    said = said_by(block.text)
    return said is not None and said.kind != "front"


def _lines(first: Paragraph, texts: list[Paragraph]) -> list[Paragraph]:
    """Return a title that is set in capitals line by line as its lines, any other as its paragraph."""
    lines = [first]
    for block in texts[texts.index(first) + 1 :]:
        alike = block.text.isupper() and first.text.isupper() and (block.size, block.look) == (first.size, first.look)
        if not alike or _is_other(block) or lines[-1].text.endswith("."):
            break
        lines.append(block)
    return lines if sum(len(block.text) for block in lines) <= _LONGEST else [first]


def _heads_all(texts: list[Paragraph]) -> bool:
    """Say whether a first heading is the title: the only one of its depth, or one before the authors or abstract."""
    first = texts[0]
    if len(first.text) > _LONGEST or said_by(first.text):
        return False
    level_one = [block for block in texts if block.look.kind == "heading" and block.look.level == 1]
    if level_one == [first] and len(texts) > 1:
        return True
    behind = next(
        (block for block in texts[1:_NAMED] if block.look.kind == "heading" or len(block.text) > _PROSE), None
    )
    said = said_by(behind.text) if behind is not None else None
    return said is not None and said.kind in ("front", "abstract") and first.look.kind == "heading"


def _is_other(block: Paragraph) -> bool:
    return _OTHER.match(block.text) is not None or _NAME.match(block.text) is not None


def _is_bold(block: Paragraph) -> bool:
    runs = [run for run in block.runs if run.text.strip()]
    return bool(runs) and all("bold" in run.style.split() for run in runs)


def _usual_size(texts: list[Paragraph]) -> int:
    sizes: Counter[int] = Counter()
    for block in texts:
        sizes[block.size] += len(block.text)
    return max(sizes, key=lambda size: sizes[size])


def joined_runs(title: list[Paragraph]) -> list[Run]:
    """Return the runs of the lines of a title as those of one."""
    runs: list[Run] = []
    for line in title:
        runs += [*([Run(" ")] if runs else []), *line.runs]
    return runs
