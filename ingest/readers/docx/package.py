"""A Word document (ECMA-376) as the parts of its package, opened within bounds."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ingest.errors import ReaderError
from ingest.readers.archive import Archive, open_bounded
from ingest.readers.safe_xml import local, parse_xml

MAX_MEMBERS = 5_000
"""The most parts of a Word document: every picture is one."""
MAX_TOTAL = 400_000_000
"""The most bytes that a Word document may unpack to."""
MAX_PART = 100_000_000
"""The most bytes of one part that is read: text and tables of a very long book."""
_MAIN = "word/document.xml"


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a document that hold text or say how it is set; empty elements for those that it lacks."""

    document: etree._Element
    styles: etree._Element
    numbering: etree._Element
    footnotes: etree._Element
    endnotes: etree._Element
    comments: etree._Element
    core: etree._Element


def open_docx(data: bytes, source: str) -> Package:
    """Return the parts of a Word document.

    Raises:
        ReaderError: the archive or a part is damaged, protected or beyond a bound, or it holds no text part.
    """
    archive = open_bounded(data, source, max_members=MAX_MEMBERS, max_total=MAX_TOTAL)
    main = next(iter(_targets(archive, "", source, "officeDocument")), _MAIN)
    if main not in archive:
        raise ReaderError(source, "is no Word document: its text is missing", "save it again as DOCX")

    def part(kind: str) -> etree._Element:
        name = next(iter(_targets(archive, main, source, kind)), "")
        return _part(archive, name, source) if name in archive else etree.Element(kind)

    core = next(iter(_targets(archive, "", source, "core-properties")), "")
    return Package(
        document=_part(archive, main, source),
        styles=part("styles"),
        numbering=part("numbering"),
        footnotes=part("footnotes"),
        endnotes=part("endnotes"),
        comments=part("comments"),
        core=_part(archive, core, source) if core in archive else etree.Element("core"),
    )


def _part(archive: Archive, name: str, source: str) -> etree._Element:
    if archive.size(name) > MAX_PART:
        problem = f"has a part of more than {MAX_PART // 1_000_000} MB, {name}"
        raise ReaderError(source, problem, "split the document")
    return parse_xml(archive[name], f"{source}/{name}")


def _targets(archive: Archive, name: str, source: str, kind: str) -> Iterator[str]:
    """Yield the parts that a part (or, for "", the package) names as being of a kind."""
    folder, base = posixpath.split(name)
    relations = posixpath.join(folder, "_rels", f"{base}.rels")
    if relations not in archive:
        return
    for relation in _part(archive, relations, source):
        named = relation.get("Type", "").rsplit("/", 1)[-1]
        if named == kind and relation.get("TargetMode") != "External":
            target = relation.get("Target", "")
            yield target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))


def child(element: etree._Element | None, *names: str) -> etree._Element | None:
    """Return what lies at a path of names below an element, the first of each; None where it ends."""
    for name in names:
        if element is None:
            return None
        element = next((part for part in element if local(part) == name), None)
    return element


def value(element: etree._Element | None, name: str = "val") -> str:
    """Return an attribute by its local name, "" where there is none."""
    if element is None:
        return ""
    return next((str(v) for key, v in element.attrib.items() if str(key).rpartition("}")[2] == name), "")


def is_on(element: etree._Element | None) -> bool:
    """Say whether a property that is there or not is there, and not switched off."""
    return element is not None and value(element) not in ("0", "false", "off", "none")
