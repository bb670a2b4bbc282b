"""The authors, the journal and the year that a page prints, where its head tells none."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ingest.readers.html.furniture import HEADS, names_of
from ingest.readers.safe_xml import local
from ingest.readers.section_writer import bare
from ingest.sections import said_by

_GIVEN = frozenset(["given-name", "given-names", "givenname", "given", "firstname", "first-name"])
_FAMILY = frozenset(["surname", "family-name", "familyname", "family", "lastname", "last-name"])
_NAMED = frozenset(["authorname", "author-name", "author_name", "contribauthor", "contrib-author", "ltx_personname"])
_LISTS = frozenset(["authorgroup", "author-group", "authors", "author-list", "authorlist", "authors-list"])
_MARKS = _GIVEN | _FAMILY | _NAMED | _LISTS
_NAME = re.compile(r"(?:[^\W\d_]['’.-]?\w*['’.\w-]*\s+){1,5}[^\W\d_][\w'’-]+\.?")
_SIGNS = re.compile(r"[\d,;*†‡§¶#\u200b]+|\b(?:and|by)\b|&")
_LONGEST = 100
_LINES = frozenset(["p", "div", "li", "dd", "h2", "h3", "td"])
_LONGEST_LINE = 250
_JOURNAL = re.compile(r"[^\W\d_][^\d@/|]{2,90}")
_MONTH = r"(?:(?:\d{1,2} )?[A-Z][a-z]{2,8}\.?(?:[-–/][A-Z][a-z]{2,8})? )?"
_PAGES = r"(?:pages?|pp?\.?)?\s?(?P<pages>[A-Za-z]?\d+(?:\s?[-–]\s?[A-Za-z]?\d+)?)\.?"
_ISSUES = tuple(
    re.compile(pattern + r"(?: ?[|•;,.].{0,120})?", re.IGNORECASE)
    for pattern in (
        rf"volume (?P<volume>\d+)(?:, (?:issues?|number) (?P<issue>[\d–-]+))?, {_MONTH}(?P<year>(?:19|20)\d\d),? "
        rf"{_PAGES}",
        rf"(?P<journal>[A-Z][^\d]{{3,80}}?),? {_MONTH}(?P<year>(?:19|20)\d\d), vol\. ?(?P<volume>\d+), "
        rf"no\. ?(?P<issue>[\d–-]+), {_PAGES}",
        rf"(?P<journal>[A-Z][^\d]{{3,80}}?)[.,]? (?P<year>(?:19|20)\d\d)(?: [A-Z][a-z]{{2}}(?: \d{{1,2}})?)?\s?[,;] ?"
        rf"(?P<volume>\d+)\s?(?:\((?P<issue>[\w–-]+)\))?\s?[,:]\s?{_PAGES}",
    )
)
"""How journals print where an article was published."""
_OTHERS = frozenset(
    [
        "ref", "refs", "reference", "references", "bib", "bibliography", "cit", "comment", "comments", "editor",
        "editors", "reviewer", "reviewers", "review", "reviews",
    ]
)  # fmt: skip
"""Elements that name other people."""


@dataclass(frozen=True, slots=True)
class Issue:
    """Where a page says that it was published; what it does not say is ""."""

    journal: str = ""
    year: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""


def printed_issue(root: etree._Element) -> Issue:
    """Return journal, year, volume and pages as a line before the first section tells them; the journal may stand in
    the line before it.

    >>> from lxml import html
    >>> page = html.document_fromstring("<body><h2>Care Notes</h2><p>Volume 4, May 2021, Pages 3–9</p></body>")
    >>> printed_issue(page).journal
    'Care Notes'
    """
    before = ""
    for words in _front_lines(root):
        for pattern in _ISSUES:
            if found := pattern.fullmatch(words):
                told = {key: (value or "").strip(" .,") for key, value in found.groupdict().items()}
                named = told.pop("journal", before)
                return Issue(journal=named if _JOURNAL.fullmatch(named) else "", **told)
        before = words
    return Issue()


def _front_lines(root: etree._Element) -> Iterator[str]:
    """Yield the lines of a page before its first section: elements that hold words and no element of their kind."""
    body = root.find("body")
    for element in body.iter(*_LINES, *HEADS) if body is not None else ():
        if any(local(part) in _LINES for part in element.iterdescendants()):
            continue
        words = _words(element)
        if local(element) in HEADS and (said := said_by(words)) and said.main:
            return
        if words and len(words) < _LONGEST_LINE:
            yield words


def printed_authors(root: etree._Element) -> list[str]:
    """Return the names that a page marks as those of its authors, before its first section."""
    found: dict[str, str] = {}
    for name in _names(root):
        words = " ".join(_SIGNS.sub(" ", name).split())
        if _NAME.fullmatch(words) and len(words) < _LONGEST:
            found.setdefault(bare(words), words)
    return list(found.values())


def is_cited(element: etree._Element) -> bool:
    """Say whether an element lies in one that by its class names other papers or people."""
    return any(not _OTHERS.isdisjoint(names_of(above)) for above in element.iterancestors() if above.get("class"))


def _names(root: etree._Element) -> Iterator[str]:
    body = root.find("body")
    given = ""
    for element in body.iter() if body is not None else ():
        tag = local(element)
        if tag in HEADS and (said := said_by(_words(element))) and said.main:
            return
        names = set(element.get("class", "").lower().split()) if tag else set()
        if not names:
            continue
        if not names & _MARKS or is_cited(element):
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
