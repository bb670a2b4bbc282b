"""Set papers in JATS as PDFs, as a publisher would: to measure what is found in a PDF whose annotations are known.

    python -m devtools.typeset PAPER.xml... --to FOLDER [--columns N] [--whole-words] [--texts FOLDER]

Chromium prints them: justified columns with words parted at line ends, quotes and tables across pages, running heads
and page numbers. Annotated papers come as JATS, seldom with their PDF, so this stands in for it; it is kinder than
many a publisher, and `devtools.pdf_against_jats` tells how theirs are read. The soft hyphens by which words are parted
stay in the PDF, where some programs take them for blanks: with `--whole-words` there are none. `--texts` has the text
that PDFium finds on the pages written too, line by line, as programs without a reading of their own give it.
"""

import argparse
import html
import re
import sys
from pathlib import Path

import pypdfium2
from lxml import etree
from playwright.sync_api import Browser

from devtools.browser import browser

_STYLE = """
@page { size: A4; margin: 20mm 16mm; @top-left { content: %(head)s; font: italic 8pt serif }
        @bottom-right { content: "Page " counter(page) " of " counter(pages); font: 8pt serif } }
body { font: 9.5pt/1.25 serif; margin: 0 } h1 { font: bold 17pt sans-serif } .front { margin-bottom: 6mm }
.text { column-count: %(columns)d; column-gap: 7mm; text-align: justify }
h2 { font: bold 12pt sans-serif; margin: 4mm 0 1mm } h3 { font: bold 10pt sans-serif; margin: 3mm 0 1mm }
h4 { font: italic 10pt sans-serif; margin: 2mm 0 1mm } p { margin: 0 0 1.5mm } p + p { text-indent: 4mm }
h2, h3, h4 { break-after: avoid } blockquote { margin: 1.5mm 5mm; font-size: 9pt } sup { font-size: 6pt }
table { font-size: 8pt; border-collapse: collapse; border-top: 1px solid; border-bottom: 1px solid; text-align: left }
th, td { padding: .5mm 1mm; vertical-align: top } caption { text-align: left; font-weight: bold }
ol.references { font-size: 7.5pt }
"""
_PLAIN = {
    "p": "p", "disp-quote": "blockquote", "verse-group": "blockquote", "italic": "i", "bold": "b", "sup": "sup",
    "sub": "sub", "list": "ul", "list-item": "li", "table": "table", "thead": "thead", "tbody": "tbody", "tr": "tr",
    "th": "th", "td": "td", "boxed-text": "div", "abstract": "div", "ref": "li", "break": "br", "attrib": "div",
    "caption": "div", "label": "b", "disp-formula": "div", "fn": "p", "verse-line": "div", "speech": "div",
    "def-list": "div", "def-item": "div", "table-wrap": "div", "fig": "div", "ack": "div", "table-wrap-foot": "div",
}  # fmt: skip
"""What an element becomes; of one that is not named here, only its content stays."""
_LEFT_OUT = frozenset({"graphic", "media", "object-id", "supplementary-material", "tex-math", "processing-meta"})
_SPREAD = """columns => {
    const text = document.querySelector(".text");
    const width = (178 * 96 / 25.4 - (columns - 1) * 7 * 96 / 25.4) / columns;
    text.style.columnCount = 1;
    text.style.width = width + "px";
    const wide = [...text.querySelectorAll("table")].filter(table => table.offsetWidth > width + 1);
    text.style.columnCount = columns;
    text.style.width = "";
    for (const table of wide) (table.closest(".wrap") || table).style.columnSpan = "all";
}"""
"""Sets a table that is wider than a column over all of them: the browser would cut it off."""
_SEAM = re.compile(r"(?<=[^\W\d_]{3})(?<=[aeiou][bcdfglmnprstv])(?=[bcdfghlmnprstv][aeiou][^\W\d_]{2})")
"""Where a word may be parted: between two consonants that stand between vowels, not near its ends."""


def as_html(article: etree._Element, columns: int, *, parted: bool = True) -> str:
    """Return a paper as a page to print, its words `parted` at line ends or not."""
    front = article.find(".//article-meta")
    title = _content(article.find(".//article-meta/title-group/article-title"), 1)
    people = ", ".join(
        " ".join(filter(None, (name.findtext("given-names"), name.findtext("surname"))))
        for name in article.iterfind(".//article-meta/contrib-group/contrib[@contrib-type='author']/name")
    )
    surname = article.findtext(".//article-meta//contrib/name/surname") or ""
    head = f"{surname} et al. {article.findtext('.//journal-title') or ''}"
    style = _STYLE % {"head": _quoted(head), "columns": columns}
    ids = [f"{one.get('pub-id-type')}: {one.text}" for one in article.iterfind(".//article-meta/article-id")]
    abstracts = [] if front is None else [_section(one, 2, "Abstract") for one in front.iterfind("abstract")]
    body = article.find("body")
    parts = [
        f"<!doctype html><html lang=en><meta charset=utf-8><style>{style}</style>",
        f"<div class=front><h1>{title}</h1><p>{html.escape(people)}</p><p>{html.escape('; '.join(ids))}</p></div>",
        "<div class=text>",
        *abstracts,
        "" if body is None else _content(body, 2),
        *(_content(one, 2) for one in article.iterfind("floats-group")),
        *(_content(one, 2) for one in article.iterfind("back/*")),
        "</div></html>",
    ]
    page = "".join(parts)
    return page if parted else page.replace("\N{SOFT HYPHEN}", "")


def _quoted(text: str) -> str:
    return '"' + re.sub(r'["\\\n<]', " ", text) + '"'


def _section(element: etree._Element, depth: int, heading: str = "") -> str:
    title = element.find("title")
    told = heading if title is None else _content(title, depth)
    rest = "".join(_of(child, depth + 1) + _words(child.tail) for child in element if child is not title)
    size = min(depth, 4)
    return (f"<h{size}>{told}</h{size}>" if told else "") + rest


def _content(element: etree._Element | None, depth: int) -> str:
    if element is None:
        return ""
    return _words(element.text) + "".join(_of(child, depth) + _words(child.tail) for child in element)


def _of(element: etree._Element, depth: int) -> str:
    if not isinstance(element.tag, str) or element.tag in _LEFT_OUT:
        return ""
    if element.tag in ("sec", "app", "ack", "abstract", "fn-group", "glossary"):
        return _section(element, depth)
    if element.tag == "ref-list":
        return f"<h2>References</h2><ol class=references>{''.join(_of(ref, depth) for ref in element.iter('ref'))}</ol>"
    if element.tag == "title":
        return f"<h4>{_content(element, depth)}</h4>"
    noted = element.tag == "xref" and element.get("ref-type") in ("fn", "table-fn") and element.find("sup") is None
    name = "sup" if noted else _PLAIN.get(element.tag)
    inner = _content(element, depth)
    if name is None:
        return inner
    spans = "".join(
        f" {key}={element.get(key)}" for key in ("colspan", "rowspan") if (element.get(key) or "").isdigit()
    )
    wrap = " class=wrap" if element.tag == "table-wrap" else ""
    return f"<{name}{spans}{wrap}>{inner}</{name}>"


def _words(text: str | None) -> str:
    return html.escape(_SEAM.sub("\N{SOFT HYPHEN}", text)) if text else ""


def as_pdf(chromium: Browser, paper: bytes, columns: int = 2, *, parted: bool = True) -> bytes:
    """Return a paper in JATS as a PDF.

    Raises:
        etree.XMLSyntaxError: the paper is no XML.
    """
    article = etree.fromstring(paper, etree.XMLParser(resolve_entities=False, no_network=True))
    page = chromium.new_page()
    try:
        page.set_content(as_html(article, columns, parted=parted))
        page.emulate_media(media="print")
        page.evaluate(_SPREAD, columns)
        return page.pdf(prefer_css_page_size=True)
    finally:
        page.close()


def text_of(pdf: bytes) -> str:
    """Return the text of the pages of a PDF as PDFium gives it, without blank lines."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]
    finally:
        document.close()
    return "\n".join(pages).replace("\ufffe", "-")


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description="Set papers in JATS as PDFs.")
    parser.add_argument("papers", type=Path, nargs="+", metavar="PAPER.xml")
    parser.add_argument("--to", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--columns", type=int, default=2)
    parser.add_argument("--whole-words", action="store_true", help="part no words at line ends")
    parser.add_argument("--texts", type=Path, metavar="FOLDER", help="where the text of the PDFs is written too")
    given = parser.parse_args()
    for folder in filter(None, (given.to, given.texts)):
        folder.mkdir(parents=True, exist_ok=True)
    with browser() as chromium:
        for paper in given.papers:
            file = given.to / f"{paper.stem}.pdf"
            pdf = as_pdf(chromium, paper.read_bytes(), given.columns, parted=not given.whole_words)
            file.write_bytes(pdf)
            if given.texts:
                (given.texts / f"{paper.stem}.txt").write_text(text_of(pdf), encoding="utf-8")
            print(file)
    return 0


if __name__ == "__main__":
    sys.exit(main())
