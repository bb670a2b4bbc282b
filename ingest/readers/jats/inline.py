"""Running text of JATS as runs: styles, citations as wholes, formulas as they read."""

import re
from collections.abc import Iterator

from lxml import etree

from ingest.readers.builder import Run
from ingest.readers.grouping import grouped, with_style
from ingest.readers.safe_xml import local

_STYLES = {"italic": "italic", "bold": "bold"}
_SILENT = frozenset(
    [
        "alt-text", "long-desc", "index-term", "object-id", "graphic", "inline-graphic", "inline-media", "media",
        "alt-title", "processing-meta", "target",
    ]
)  # fmt: skip
"""What stands in a paragraph and is no part of its words."""
_BREAKS = frozenset({"break", "hr"})
_CITING = frozenset({"bibr", "ref"})
_CALLING = frozenset({"fn", "table-fn"})
_NOTES = _CALLING | {"aff", "corresp", "author-notes", "author-note"}
_LONGEST_SIGN = 4
_TEX = re.compile(r"\\begin\{document\}(.*?)\\end\{document\}", re.DOTALL)
_STYLED = re.compile(r"font-style\s*:\s*italic", re.IGNORECASE)


def runs_of(element: etree._Element, *, linked: bool = True) -> list[Run]:
    """Return the words of an element with their styles; a group of citations with its brackets is one run.

    Where the paper does not link its citations (`linked` is false), raised numbers behind words are citations.
    """
    return grouped(list(within(element)), linked=linked)


def words_of(element: etree._Element | None) -> str:
    """Return the plain words of an element, white space made single; "" where there is none.

    >>> words_of(etree.fromstring("<p>Trust <italic>in</italic>\\n teams<!-- x --></p>"))
    'Trust in teams'
    """
    return "" if element is None else " ".join("".join(run.text for run in within(element)).split())


def within(element: etree._Element, style: str = "") -> Iterator[Run]:
    """Yield what an element holds, as it stands, without what is behind it."""
    if element.text:
        yield Run(element.text, style)
    for child in element:
        yield from one(child, style)
        if child.tail:
            yield Run(child.tail, style)


def one(child: etree._Element, style: str = "") -> Iterator[Run]:
    """Yield the runs of one element of running text."""
    name = local(child)
    if not name:
        yield from _entity(child, style)
    elif name in _STYLES or (name == "styled-content" and _STYLED.search(child.get("style", ""))):
        yield from within(child, with_style(style, _STYLES.get(name, "italic")))
    elif name == "xref":
        yield from _reference(child, style)
    elif name == "sup" and not len(child):
        yield Run(child.text or "", with_style(style, "raised"))
    elif name == "fn":
        yield Run("", "call", name_of(child))  # the footnote itself is written behind the paragraph
    elif name in _BREAKS:
        yield Run(" ", style)
    elif name in ("inline-formula", "disp-formula", "alternatives", "chem-struct"):
        yield Run(f"{_formula(child)}", style)
    elif name not in _SILENT:
        yield from within(child, style)


def _entity(node: etree._Element, style: str) -> Iterator[Run]:
    """Yield what an entity stands for where the file itself says so in plain words."""
    if not isinstance(node, etree._Entity):
        return
    declared = node.getroottree().docinfo.internalDTD
    name = (node.text or "")[1:-1]
    content = next((e.content for e in declared.entities() if e.name == name), None) if declared is not None else None
    if content and "&" not in content and "<" not in content:
        yield Run(content, style)


def _reference(xref: etree._Element, style: str) -> Iterator[Run]:
    kind = xref.get("ref-type", "")
    if kind in _CITING:
        text = words_of(xref)
        yield Run(text, with_style(style, "citation"), text)
    elif kind in _NOTES and len(words_of(xref)) <= _LONGEST_SIGN:
        if kind in _CALLING:
            yield Run("", "call", xref.get("rid", ""))
    else:
        yield from within(xref, style)


def name_of(note: etree._Element) -> str:
    """Return what calls a note by: its identifier, else its place in the file."""
    return note.get("id") or note.getroottree().getpath(note)


def _formula(element: etree._Element) -> str:
    """Return a formula as it reads: of its forms, MathML before plain text before TeX."""
    forms = {local(part): part for part in element.iter() if local(part)}
    if "math" in forms:
        return " ".join("".join(str(text) for text in forms["math"].itertext()).split())
    tex = forms.get("tex-math")
    if tex is None:
        return " ".join("".join(str(text) for text in element.itertext()).split())
    source = "".join(str(text) for text in tex.itertext())
    body = _TEX.search(source)
    return (body.group(1) if body else source).strip().strip("$").strip()
