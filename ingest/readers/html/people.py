"""The authors that a page prints, where its head names none."""

import re
from collections.abc import Iterator

from lxml import etree

from ingest.readers.safe_xml import local
from ingest.readers.section_writer import bare
from ingest.sections import said_by

_GIVEN = frozenset(["given-name", "given-names", "givenname", "given", "firstname", "first-name"])
_FAMILY = frozenset(["surname", "family-name", "familyname", "family", "lastname", "last-name"])
_NAMED = frozenset(["authorname", "author-name", "author_name", "contribauthor", "contrib-author"])
_LISTS = frozenset(["authorgroup", "author-group", "authors", "author-list", "authorlist", "authors-list"])
_MARKS = _GIVEN | _FAMILY | _NAMED | _LISTS
_HEADS = frozenset(f"h{n}" for n in range(1, 7))
_NAME = re.compile(r"(?:[^\W\d_]['’.-]?\w*['’.\w-]*\s+){1,5}[^\W\d_][\w'’-]+\.?")
_SIGNS = re.compile(r"[\d,;*†‡§¶#\u200b]+|\b(?:and|by)\b|&")
_LONGEST = 100
_OTHERS = re.compile(r"ref|cit(?:e|ation)|bib|comment|editor|review", re.IGNORECASE)
"""Elements that name other people."""


def printed_authors(root: etree._Element) -> list[str]:
    """Return the names that a page marks as those of its authors, before its first section."""
    found: dict[str, str] = {}
    for name in _names(root):
        words = " ".join(_SIGNS.sub(" ", name).split())
        if _NAME.fullmatch(words) and len(words) < _LONGEST:
            found.setdefault(bare(words), words)
    return list(found.values())


def _names(root: etree._Element) -> Iterator[str]:
    body = root.find("body")
    given = ""
    for element in body.iter() if body is not None else ():
        tag = local(element)
        if tag in _HEADS and (said := said_by(_words(element))) and said.main:
            return
        names = set(element.get("class", "").lower().split()) if tag else set()
        if not names:
            continue
        if not names & _MARKS or any(_OTHERS.search(above.get("class", "")) for above in element.iterancestors()):
            continue
        if names & _GIVEN:
            given = _words(element)
        elif names & _FAMILY:
            yield f"{given} {_words(element)}"
            given = ""
        elif names & _NAMED:
            yield _words(element)
        elif names & _LISTS:
            yield from (_words(link) for link in element.iter("a"))


def _words(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())
