"""Marks that cite, where links do not say it by their form: by what they lead to, or by plain numbers in brackets; and
the signs of notes."""

import re
from collections.abc import Iterator

from lxml import etree

from ingest.readers.builder import Run
from ingest.readers.html.furniture import names_of
from ingest.readers.html.headings import HEADINGS
from ingest.readers.html.inline import BLOCKS, CALLED, CALLS, cites, is_mark
from ingest.readers.html.page import words_of
from ingest.readers.safe_xml import local
from ingest.sections import said_by

_LISTS = frozenset(
    ["ref", "refs", "reference", "references", "bib", "bibliography", "biblio", "citations", "literature"]
)
_NUMBERS = re.compile(r"\s?\[\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*\](?:\s?[,–-]\s?\[\d{1,3}\])*")
_FEWEST = 10
_SIGN = re.compile(r"[\[(]?(?:\d{1,3}|[a-z]|[*†‡§¶#]{1,3})[\])]?")
"""The sign of a note: "1", "[b]", "*"."""


def mark_citations(main: etree._Element) -> None:
    """Give the class of citations to links that are marks and lead to an entry of the list of references."""
    links = {
        link: link.get("href", "").rpartition("#")[2]
        for link in main.iter("a")
        if "#" in link.get("href", "") and not cites(link) and is_mark(link)
    }
    if not links:
        return
    entries = _entries(main, set(links.values()))
    for link, target in links.items():
        if target in entries:
            link.set("class", f"{link.get('class', '')} bibr".strip())


def mark_notes(main: etree._Element) -> None:
    """Tell the raised signs that lead to a note further on, and the notes that they lead to, apart from other links."""
    links = {link: link.get("href", "")[1:] for link in main.iter("a") if _calls(link)}
    if not links:
        return
    passed: set[str] = set()
    found: set[str] = set()
    for element in main.iter():
        passed.update([links[element]] if element in links else [])
        name = element.get("id") or element.get("name") or ""
        if name in passed and name not in found:
            _first(element).set(CALLED, name)
            found.add(name)
    for link, name in links.items():
        if name in found:
            link.set(CALLS, name)


def _calls(link: etree._Element) -> bool:
    """Say whether a link may be the sign of a note: raised, or called so."""
    href = link.get("href", "")
    if not href.startswith("#") or cites(link) or not _SIGN.fullmatch(words_of(link)):
        return False
    above = link.getparent()
    raised = above is not None and local(above) == "sup" and words_of(above) == words_of(link)
    return raised or link.find("sup") is not None or link.get("role") == "doc-noteref"


def _first(element: etree._Element) -> etree._Element:
    """Return the innermost block that an element begins with."""
    while not (element.text or "").strip() and len(element) and local(element[0]) in BLOCKS:
        element = element[0]
    return element


def _entries(main: etree._Element, wanted: set[str]) -> set[str]:
    """Return the identifiers, of those wanted, that lie in a list of references."""
    found: set[str] = set()
    behind = False
    for element in main.iter():
        if local(element) in HEADINGS:
            said = said_by(words_of(element))
            behind = said.kind == "references" if said else behind
        named = {element.get("id", ""), element.get("name", "")} & wanted
        if named and (behind or _is_listed(element)):
            found |= named
    return found


def _is_listed(element: etree._Element) -> bool:
    around = (element, *element.iterancestors())
    return any(not _LISTS.isdisjoint(names_of(part)) for part in around if part.get("class"))


def numbers_cite(main: etree._Element) -> bool:
    """Say whether a page that links no citation has so many numbers in brackets that they are its citations."""
    found = _NUMBERS.finditer(words_of(main))
    return sum(1 for _ in zip(found, range(_FEWEST), strict=False)) >= _FEWEST


def with_numbers(runs: list[Run]) -> Iterator[Run]:
    """Yield runs with numbers in brackets as citations."""
    for run in runs:
        at = 0
        for found in _NUMBERS.finditer(run.text) if "citation" not in run.style else ():
            yield Run(run.text[at : found.start()], run.style)
            yield Run(found.group(), "citation", found.group().strip())
            at = found.end()
        yield Run(run.text[at:], run.style, run.label) if at else run
