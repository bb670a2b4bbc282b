"""The XML of REFI-QDA, read as programs write it: with or without the namespace, GUIDs with or without braces."""

from collections.abc import Iterator

from lxml import etree

from ingest.errors import ReaderError
from ingest.readers.contents import Code
from ingest.readers.safe_xml import local, parse_xml

MAX_XML = 50_000_000
"""The most bytes that the XML of a project may have: hundreds of thousands of codings."""
_SEPARATOR = "::"
"""How ATLAS.ti writes a code below another where all codes are in one list."""


def project_root(data: bytes, source: str, wanted: str) -> etree._Element:
    """Return the root element, whose local name must be `wanted`.

    Raises:
        ReaderError: it is too large, no XML, or something else.
    """
    if len(data) > MAX_XML:
        problem = f"has {len(data) / 1e6:.0f} MB of XML, more than {MAX_XML // 1_000_000} MB"
        raise ReaderError(source, problem, "export fewer sources at a time")
    root = parse_xml(data.lstrip(b" \t\r\n"), source)
    if local(root) != wanted:
        raise ReaderError(source, f"is no REFI-QDA: its XML begins with {local(root)}", f"export a {wanted} again")
    return root


def guid(element: etree._Element, attribute: str = "guid") -> str:
    """Return a GUID as all are compared here: capital letters, no braces."""
    return (element.get(attribute) or "").strip().strip("{}").upper()


def children(element: etree._Element | None, *names: str) -> Iterator[etree._Element]:
    """Yield the children of these local names, in order; none of nothing."""
    for child in element if element is not None else ():
        if local(child) in names:
            yield child


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """Return the first child of this local name."""
    return next(children(element, name), None)


def words_of(element: etree._Element | None, name: str) -> str:
    """Return the text of the first child of this local name, or nothing."""
    found = child(element, name)
    return (found.text or "") if found is not None else ""


def number(element: etree._Element, attribute: str) -> int | None:
    """Return a whole number, or None where the attribute has none."""
    value = (element.get(attribute) or "").strip()
    return int(value) if value.removeprefix("-").isdecimal() and len(value) < 16 else None


def codes_of(codebook: etree._Element | None, *, flat: bool) -> tuple[Code, ...]:
    """Return the codes of a codebook in its order, each with the names from the root down to its own.

    `flat` says that names hold those of the codes above, parted by "::", as ATLAS.ti writes them.
    """
    found: list[Code] = []
    _gather(child(codebook, "Codes"), (), found, flat=flat)
    return tuple(found)


def _gather(parent: etree._Element | None, above: tuple[str, ...], found: list[Code], *, flat: bool) -> None:
    for code in children(parent, "Code"):
        name = " ".join((code.get("name") or "").split()) or guid(code)
        parts = tuple(part.strip() for part in name.split(_SEPARATOR) if part.strip()) if flat else ()
        path = (*above, *(parts or (name,)))
        found.append(Code(guid(code), path, words_of(code, "Description").strip()))
        _gather(code, path, found, flat=flat)


def code_refs(element: etree._Element) -> tuple[str, ...]:
    """Return the GUIDs of the codes that a selection or a source is coded with, each once."""
    refs = [ref for coding in children(element, "Coding") for ref in children(coding, "CodeRef")]
    return tuple(dict.fromkeys(guid(ref, "targetGUID") for ref in refs))


def values_of(element: etree._Element, variables: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the values of variables that an element has, under their names; empty ones are left out."""
    found = []
    for value in children(element, "VariableValue"):
        ref = child(value, "VariableRef")
        told = next((held for held in value if local(held).endswith("Value")), None)
        name = variables.get(guid(ref, "targetGUID")) if ref is not None else None
        words = " ".join((told.text or "").split()) if told is not None else ""
        if name and words:
            found.append((name, words))
    return tuple(found)
