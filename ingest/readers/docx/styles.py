"""Styles of a Word document: what a paragraph is by the name of its style, its outline level or its indents."""

import re
from dataclasses import dataclass, replace

from lxml import etree

from ingest.readers.docx.package import child, is_on, value
from ingest.readers.safe_xml import local

_HEADING = re.compile(
    r"(?:heading|überschrift|titre|título|titulo|titolo|kop|rubrik|overskrift|otsikko|nagłówek|nadpis|címsor|başlık|"
    r"заголовок|標題|标题|見出し|제목)\s*([1-9])\b"
)
_QUOTE = re.compile(
    r"quot|zitat|citat(?!ion(?:al)?\s+(?:number|mark))|\bcita\b|citaat|citazione|sitat|sitaatti|cytat|citace|idézet|alıntı|"
    r"цитата|引用|인용|block ?text|blocktext|extract|participant ?voice"
)
_TITLE = re.compile(r"(?:title|titel|titre|título|titulo|titolo|tittel|titul|otsikko|tytuł|название|标题|表題)\Z")
_CAPTION = re.compile(
    r"caption|beschriftung|légende|legende|leyenda|didascalia|bijschrift|beskrivning|billedtekst|legenda"
)
_LIST = re.compile(r"list\b|liste|aufzählung|lista|lijst|bullet|puce")
_LEFT_OUT = re.compile(
    r"toc |toc\d|table of (?:contents|figures)|verzeichnis \d|header|footer|kopfzeile|fußzeile|annotation text"
)
_REFERENCES = re.compile(r"bibliography|literaturverzeichnis|bibliographie|bibliografía|references?\Z")
_MAX_BASED = 20
"""Styles that may rest on each other in a row."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph or a run is set: `kind` is "", "title", "heading", "quote", "caption", "list", "reference" or
    "none" (left out), `level` that of a heading, `left` the indent in twentieths of a point. None: not said."""

    kind: str = ""
    level: int = 0
    bold: bool | None = None
    italic: bool | None = None
    size: int | None = None
    left: int | None = None
    first: int | None = None
    centred: bool = False
    numbered: bool = False

    def over(self, below: "Look") -> "Look":
        """Return this look where it says something, else the one below it."""
        return Look(
            self.kind or below.kind,
            self.level or below.level,
            below.bold if self.bold is None else self.bold,
            below.italic if self.italic is None else self.italic,
            below.size if self.size is None else self.size,
            below.left if self.left is None else self.left,
            below.first if self.first is None else self.first,
            self.centred or below.centred,
            self.numbered or below.numbered,
        )


class Styles:
    """The styles of a document by identifier, each with all that it rests on."""

    def __init__(self, styles: etree._Element) -> None:
        """Read the part of the package that holds them."""
        self._elements = {value(part, "styleId"): part for part in styles if local(part) == "style"}
        self._looks: dict[str, Look] = {}
        defaults = child(styles, "docDefaults")
        self._base = run_look(child(defaults, "rPrDefault", "rPr")).over(
            paragraph_look(child(defaults, "pPrDefault", "pPr"))
        )
        self._default = next(
            (
                key
                for key, part in self._elements.items()
                if value(part, "type") == "paragraph" and is_on_attribute(part, "default")
            ),
            "",
        )

    def paragraph(self, properties: etree._Element | None) -> Look:
        """Return the look of a paragraph: its own properties over those of its style."""
        style = value(child(properties, "pStyle")) or self._default
        return paragraph_look(properties).over(self.of(style)).over(self._base)

    def run(self, properties: etree._Element | None) -> Look:
        """Return what a run says of its letters, by itself or by a style of its own."""
        style = value(child(properties, "rStyle"))
        own = run_look(properties)
        return own.over(replace(self.of(style), kind="")) if style else own

    def of(self, style: str, depth: int = 0) -> Look:
        """Return the look of a style."""
        known = self._looks.get(style)
        if known is not None:
            return known
        element = self._elements.get(style)
        if element is None or depth > _MAX_BASED:
            return Look()
        properties = child(element, "pPr")
        look = _named(value(child(element, "name")) or style, properties)
        look = look.over(run_look(child(element, "rPr"))).over(paragraph_look(properties))
        look = look.over(self.of(value(child(element, "basedOn")), depth + 1))
        self._looks[style] = look
        return look


def is_on_attribute(element: etree._Element, name: str) -> bool:
    """Say whether an attribute is "1" or "true"."""
    return value(element, name) in ("1", "true", "on")


def _named(name: str, properties: etree._Element | None) -> Look:
    """Return what the name of a style tells, in the languages that word processors have names in."""
    words = " ".join(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).replace("_", " ").replace("-", " ").casefold().split())
    heading = _HEADING.match(words)
    if heading:
        return Look("heading", int(heading.group(1)))
    for kind, pattern in (
        ("title", _TITLE),
        ("none", _LEFT_OUT),
        ("quote", _QUOTE),
        ("caption", _CAPTION),
        ("reference", _REFERENCES),
        ("list", _LIST),
    ):
        if pattern.match(words) or (kind == "quote" and pattern.search(words)):
            return Look(kind)
    return Look()


def paragraph_look(properties: etree._Element | None) -> Look:
    """Return what the properties of a paragraph say by themselves."""
    if properties is None:
        return Look()
    outline = value(child(properties, "outlineLvl"))
    level = int(outline) + 1 if outline.isdigit() and int(outline) < 9 else 0
    indent = child(properties, "ind")
    left = _number(value(indent, "left") or value(indent, "start"))
    hanging = _number(value(indent, "hanging"))
    first = -hanging if hanging else _number(value(indent, "firstLine"))
    number = child(properties, "numPr")
    return Look(
        kind="heading" if level else "",
        level=level,
        left=left,
        first=first,
        centred=value(child(properties, "jc")) == "center",
        numbered=number is not None and value(child(number, "numId")) != "0",
    )


def run_look(properties: etree._Element | None) -> Look:
    """Return what the properties of a run say by themselves."""
    if properties is None:
        return Look()
    bold, italic = child(properties, "b"), child(properties, "i")
    return Look(
        bold=None if bold is None else is_on(bold),
        italic=None if italic is None else is_on(italic),
        size=_number(value(child(properties, "sz"))),
    )


def _number(said: str) -> int | None:
    digits = said.removeprefix("-")
    if not digits.isdigit() or len(digits) > 6:
        return None
    return -int(digits) if said.startswith("-") else int(digits)
