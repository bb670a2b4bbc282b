"""XML of unknown origin, parsed so that it can do no harm: no network, no DTD, no entity of its own making."""

import re
from html.entities import html5

from lxml import etree

from ingest.errors import ReaderError

MAX_DEPTH = 100
"""How deep elements may lie in each other: several times what papers have, and few enough to go down by recursion."""
MAX_RUN = 10_000_000
"""How many characters may follow each other without an element; the parser's own bound."""
_PREDEFINED = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})
_ENTITY = re.compile(rb"<!\[CDATA\[.*?\]\]>|<!--.*?-->|&([A-Za-z][A-Za-z0-9]{0,31});", re.DOTALL)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_DECLARED = re.compile(r"\A<\?xml[^>]{0,200}\?>")
_BEYOND = {
    "amplification": "declares entities that grow without bound",
    "entity reference loop": "declares entities that name each other",
    "too long": f"has more than {MAX_RUN:,} characters without an element between them",
}
"""What the parser says beyond its own bounds, and what that means."""
_TOO_DEEP = "Excessive depth"
_PREFIXES = {
    b"xlink": b"http://www.w3.org/1999/xlink",
    b"mml": b"http://www.w3.org/1998/Math/MathML",
    b"xsi": b"http://www.w3.org/2001/XMLSchema-instance",
    b"ali": b"http://www.niso.org/schemas/ali/1.0/",
}
"""Prefixes that the DTDs of JATS and NLM declare for every article, so that a file need not."""
_ROOT = re.compile(rb"<!--.*?-->|(?P<name><[A-Za-z_][\w:.-]*)(?P<attributes>[^>]*)", re.DOTALL)
_UNDECLARED = "Namespace prefix"
_too_deep_in = etree.XPath(f"boolean({'/*' * (MAX_DEPTH + 1)})")
"""Whether a tree has an element deeper than it may be."""


def parse_xml(data: bytes, source: str) -> etree._Element:
    """Return the root of an XML file.

    Character entities by name (`&nbsp;`, `&eacute;`) and the prefixes of JATS (`xlink:href`) are known without a DTD.
    Other entities are left as nodes of the tree, never expanded, so that none can fetch a file or grow.

    Raises:
        ReaderError: it is not well-formed, too deep, or declares entities that grow.

    >>> parse_xml(b"<p>caf&eacute;</p>", "a.xml").text
    'café'
    >>> parse_xml(b'<article><ext-link xlink:href="x"/></article>', "a.xml")[0].attrib.values()
    ['x']
    """
    text = _ENTITY.sub(_named, _utf8(data, source))
    try:
        root = _tree(text)
    except etree.XMLSyntaxError as error:
        if _TOO_DEEP in error.msg:
            raise _too_deep(source) from error
        beyond = next((problem for sign, problem in _BEYOND.items() if sign in error.msg), None)
        if beyond:
            raise ReaderError(source, beyond, "no paper does: leave it out") from error
        problem = f"is not well-formed XML: {error.msg}"
        raise ReaderError(f"{source}, line {error.lineno}", problem, "download or export it again") from error
    if _too_deep_in(root):
        raise _too_deep(source)
    return root


def _tree(text: bytes) -> etree._Element:
    try:
        return etree.fromstring(text, _parser())
    except etree.XMLSyntaxError as error:
        if not error.msg.startswith(_UNDECLARED):
            raise
        return etree.fromstring(_declared(text), _parser())


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False)


def _declared(text: bytes) -> bytes:
    """Return an article that declares what its DTD would have declared for it."""
    root = next((m for m in _ROOT.finditer(text) if m["name"]), None)
    if root is None:
        return text
    missing = ((name, uri) for name, uri in _PREFIXES.items() if b"xmlns:" + name not in root["attributes"])
    names = b"".join(b' xmlns:%s="%s"' % pair for pair in missing)
    return text[: root.end("name")] + names + text[root.end("name") :]


def local(element: etree._Element) -> str:
    """Return the name of an element without its namespace; "" for comments, instructions and entities.

    >>> local(etree.fromstring('<a:p xmlns:a="urn:a"/>'))
    'p'
    """
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def line_of(element: etree._Element | None) -> str:
    """Return the words of an element and all in it on one line; "" where there is none.

    >>> line_of(etree.fromstring("<p>Who  <i>calls</i> whom?</p>")), line_of(None)
    ('Who calls whom?', '')
    """
    return "" if element is None else " ".join("".join(map(str, element.itertext())).split())


def _too_deep(source: str) -> ReaderError:
    return ReaderError(source, f"has elements more than {MAX_DEPTH} deep", "no paper is: leave it out")


def _utf8(data: bytes, source: str) -> bytes:
    """Return the file in an encoding in which names can be looked for as bytes."""
    if not data.startswith(_UTF16):
        return data
    try:
        text = data.decode("utf-16")
    except UnicodeDecodeError as error:
        raise ReaderError(source, f"is not UTF-16 at byte {error.start}", "download or export it again") from error
    return _DECLARED.sub("", text.lstrip()).encode("utf-8", "replace")


def _named(found: "re.Match[bytes]") -> bytes:
    name = found.group(1)
    if name is None or name in _PREDEFINED:
        return found.group()
    letters = html5.get(name.decode("ascii") + ";")
    return "".join(f"&#{ord(letter)};" for letter in letters).encode() if letters else found.group()
