"""A saved web page: decoded, parsed without scripts or network, and cut down to the text that it is about."""

import re
from collections.abc import Callable, Container, Iterator

from lxml import etree, html

from ingest.errors import ReaderError
from ingest.readers.decode import decode
from ingest.readers.html.furniture import (
    HEADS,
    is_figure_link,
    is_furniture,
    is_hidden,
    is_link_alone,
    is_popup,
    is_pressed,
    is_pulled,
    letters,
    names_of,
)
from ingest.readers.safe_xml import local
from ingest.sections import said_by

MAX_ELEMENTS = 300_000
"""The most elements that a page may have."""
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_DECLARED = re.compile(rb"\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,40})[\"']")
_XML = re.compile(r"\A\s*<\?xml[^>]{0,500}\?>")
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_HEAD = 8_192
_NOTHING = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]"
    r"|&#0*(?:[0-8]|1[124-9]|2\d|3[01]|127|6553[45])(?!\d);?|&#x0*(?:[0-8bcef]|1[\da-f]|7f|fff[ef])(?![\da-f]);?",
    re.IGNORECASE,
)
"""Characters that no text has, as themselves or by number."""
_NO_TEXT = frozenset(
    [
        "script", "style", "noscript", "template", "nav", "button", "input", "select", "textarea", "svg",
        "iframe", "object", "embed", "dialog", "canvas", "audio", "video", "link", "meta", "annotation",
        "annotation-xml", "menu", "aside",
    ]
)  # fmt: skip
_MAIN = (
    "//article[not(ancestor::article)]", "//main", "//*[@role='main']", "//*[@itemprop='articleBody']",
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' article-body ')]",
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' jig-ncbiinpagenav ')]",
    "//*[@id='maincontent' or @id='main-content' or @id='content' or @id='article' or @id='mc']",
)  # fmt: skip
"""Where pages of journals and institutions have their text."""
_MOST = 0.6
"""Share of the running text of a page that an element marked as its text holds at the least."""
_NEARLY_ALL = 0.9
_KEPT = 0.5
"""Share of the words of the text from which on an element is no furniture whatever it is called."""
_SHORTEST = 80
"""Characters of a paragraph that is counted as running text."""


def parse_page(data: bytes, source: str) -> etree._Element:
    """Return the root of a page; broken markup is mended as browsers do.

    Raises:
        ReaderError: it is no text, or holds no markup, or too much of it.
    """
    text = _NOTHING.sub("", _XML.sub("", _decoded(data, source)))
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ReaderError(source, "is a page without text", "save it again once it has loaded") from error
    if sum(1 for _ in root.iter()) > MAX_ELEMENTS:
        raise ReaderError(source, f"has more than {MAX_ELEMENTS:,} elements", "save the article alone")
    return root


def _decoded(data: bytes, source: str) -> str:
    """Return the text by byte-order mark, by what the page says of itself, or as text is decoded otherwise."""
    told = _DECLARED.search(data[:_HEAD]) or _CHARSET.search(data[:_HEAD])
    if told and not data.startswith(_BOMS):
        name = told.group(1).decode("ascii").lower()
        name = "cp1252" if name in ("iso-8859-1", "latin-1", "latin1", "ascii", "us-ascii") else name
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            pass
    return decode(_NULS.sub(b"", data) if not data.startswith(_BOMS) else data, source)[0]


_NULS = re.compile(rb"\x00")


def main_part(root: etree._Element) -> etree._Element | None:
    """Return the element that holds the text of a page, without furniture; None where the page has no running text.

    Elements that publishers mark as the text come first, then what jusText (Pomikálek, 2011) finds.
    """
    body = root.find("body")
    if body is None:
        return None
    _drop(body, lambda element: local(element) in _NO_TEXT or is_hidden(element) or is_popup(element))
    prose = [(part, len(words)) for part, words in _prose(body)]
    if not prose:
        return body if len(words_of(body)) >= _SHORTEST else None
    main = _marked(root, prose)
    if main is None:
        main = _found(root, body)
    _bring_abstract(body, main)
    limit = _KEPT * len(words_of(main))
    _drop(main, lambda element: is_furniture(element) and len(words_of(element)) < limit and not is_abstract(element))
    _drop(main, lambda element: is_pulled(element) and _is_repeated(element, main))
    _drop_buttons(main)
    return main


def is_abstract(element: etree._Element) -> bool:
    """Say whether the name of an element tells that it holds an abstract, and it holds running text."""
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return "bstract" in names and "abstract" in names_of(element) and has_prose(element)


def has_prose(element: etree._Element) -> bool:
    """Say whether an element holds running text."""
    return next(_prose(element), None) is not None


def _bring_abstract(body: etree._Element, main: etree._Element) -> None:
    """Put an abstract that stands before the main part of a page, and not in it, at its beginning: what is named so,
    or stands under a heading that says so."""
    around = {*main.iterancestors()}
    if any(is_abstract(element) or _heads_abstract(element) for element in main.iter()):
        return
    headed: etree._Element | None = None
    for element in body.iter():
        if element is main:
            break
        if element not in around and is_abstract(element):
            headed = element
            break
        if headed is None and _heads_abstract(element):
            headed = prose_around(element, around)
    if headed is not None:
        remove(headed)
        headed.tail, main.text = main.text, None
        main.insert(0, headed)


def _heads_abstract(element: etree._Element) -> bool:
    if local(element) not in HEADS:
        return False
    said = said_by(words_of(element))
    return said is not None and said.kind == "abstract"


def prose_around(heading: etree._Element, outside: Container[etree._Element]) -> etree._Element | None:
    """Return the smallest element around a heading that holds running text too, below those that are `outside`."""
    for above in heading.iterancestors():
        if above in outside:
            return None
        if has_prose(above):
            return above
    return None


def _is_repeated(element: etree._Element, main: etree._Element) -> bool:
    return letters(words_of(main)).count(letters(words_of(element))) > 1


def _drop_buttons(main: etree._Element) -> None:
    """Take out the blocks that are there to be pressed, and behind the first heading links that stand alone."""
    begun = False
    for element in list(main.iter("a", "p", "div", "li", "dd", "ul", "ol", *HEADS)):
        if local(element) == "a":
            if is_figure_link(words_of(element)):
                remove(element)
        elif local(element) in HEADS:
            said = said_by(words_of(element))
            begun = begun or (said is not None and said.main)
        elif any(local(child) in _BLOCKS for child in element):
            if element.text and is_pressed(element.text.strip()):
                element.text = None
        else:
            words = words_of(element)
            if words and (is_pressed(words) or (begun and is_link_alone(element, words))):
                remove(element)


def _marked(root: etree._Element, prose: list[tuple[etree._Element, int]]) -> etree._Element | None:
    """Return the smallest of the elements that publishers mark as the text which holds most of the prose."""
    best: tuple[int, etree._Element] | None = None
    for path in _MAIN:
        for element in _elements(root, path):
            inside = {element, *element.iterdescendants()}
            held = sum(count for part, count in prose if part in inside)
            if held >= _MOST * sum(count for _, count in prose) and (best is None or len(inside) < best[0]):
                best = (len(inside), element)
    return best[1] if best else None


def _elements(root: etree._Element, path: str) -> list[etree._Element]:
    found = root.xpath(path)
    return [element for element in found if isinstance(element, etree._Element)] if isinstance(found, list) else []


def _found(root: etree._Element, body: etree._Element) -> etree._Element:
    """Return the smallest element that holds most of the paragraphs which jusText does not take for boilerplate."""
    from justext import get_stoplist, justext

    page = etree.tostring(root, encoding="unicode", method="html")
    good = {letters(part.text) for part in justext(page, get_stoplist("English")) if not part.is_boilerplate}
    prose = list(_prose(body))
    held = [part for part, words in prose if letters(words) in good] or [part for part, _ in prose]
    best = body
    for element in reversed([*held[0].iterancestors()]):
        inside = {element, *element.iterdescendants()}
        if local(element) not in ("html", "body") and sum(part in inside for part in held) >= _NEARLY_ALL * len(held):
            best = element
    return best


def _drop(root: etree._Element, unwanted: Callable[[etree._Element], bool]) -> None:
    for element in [element for element in root.iterdescendants() if unwanted(element)]:
        remove(element)


def remove(element: etree._Element) -> None:
    """Take an element out of its page; what follows it stays."""
    above, before = element.getparent(), element.getprevious()
    if above is None:
        return
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        above.text = (above.text or "") + element.tail
    above.remove(element)


def _prose(element: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Yield the running text of an element: long paragraphs that are not mostly links."""
    for part in element.iter("p", "div", "li", "td", "blockquote", "section"):
        if local(part) != "p" and any(local(child) in _BLOCKS for child in part):
            continue
        words = words_of(part)
        if len(words) >= _SHORTEST and sum(len(words_of(link)) for link in part.iter("a")) < 0.5 * len(words):
            yield part, words


_BLOCKS = frozenset(
    [
        "p", "div", "ul", "ol", "li", "table", "section", "article", "blockquote", *HEADS,
        "dl", "figure", "pre", "main", "td", "tr", "tbody",
    ]
)  # fmt: skip


def words_of(element: etree._Element) -> str:
    """Return the words of an element, white space folded."""
    return " ".join("".join(element.itertext()).split())
