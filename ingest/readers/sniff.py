"""What the first bytes of a file tell about it, whatever its name says."""

import codecs
import io
import re
import zipfile
from dataclasses import dataclass

_HEAD = 65_536
_PROLOG = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->|<!doctype[^\[>]*(?:\[.*?\])?\s*>)", re.DOTALL)
_ROOT = re.compile(r"\s*<(?:[\w.-]+:)?([a-z][\w.-]*)", re.DOTALL)
_UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
MAX_MEMBERS = 10_000
"""The most files that an archive may hold."""


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of a file: `text` in small letters without byte-order mark and leading blanks, the local name of
    the `root` element if it is XML or HTML, and the `members` if it is a ZIP archive whose directory can be read."""

    start: bytes
    text: str
    root: str
    members: tuple[str, ...]

    @classmethod
    def of(cls, data: bytes) -> "Head":
        """Look at the beginning of `data`.

        >>> Head.of(b'<?xml version="1.0"?><!-- x --><nlm:Article>').root
        'article'
        >>> Head.of(b"plain words").root
        ''
        """
        text = _text(data[:_HEAD])
        return cls(data[:16], text, _root(text), _members(data))


def _text(start: bytes) -> str:
    encoding = next((name for bom, name in _UTF16.items() if start.startswith(bom)), "utf-8")
    return start.decode(encoding, "replace").removeprefix("\ufeff").lstrip().lower()


def _root(text: str) -> str:
    at = 0
    while found := _PROLOG.match(text, at):
        at = found.end()
    root = _ROOT.match(text, at)
    return root.group(1) if root else ""


def _members(data: bytes) -> tuple[str, ...]:
    if not data.startswith((_ZIP, _EMPTY_ZIP)):
        return ()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return tuple(archive.namelist()[: MAX_MEMBERS + 1])
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError):
        return ()


_SETS = frozenset({"pmc-articleset", "articles", "oai-pmh", "getrecord", "listrecords"})
_JATS_SIGNS = ("article-type=", "front>", "article-meta>", "journal-meta>", "jats", "//nlm", "body>")


def is_jats(head: Head) -> bool:
    """Say whether a file begins as a JATS article or a set of them, not as a piece of HTML with the same root.

    >>> is_jats(Head.of(b'<article article-type="research-article"><front>'))
    True
    >>> is_jats(Head.of(b'<article class="post"><h1>News</h1>'))
    False
    """
    named = head.root == "article" or (head.root in _SETS and "article" in head.text)
    return named and any(sign in head.text for sign in _JATS_SIGNS)


_HTML_ROOTS = frozenset(
    [
        "html", "head", "body", "title", "meta", "main", "article", "section", "header", "div", "span", "p", "h1", "h2",
        "h3", "table", "ul", "ol", "blockquote", "center", "font", "a", "b", "br", "hr", "link", "script", "style",
    ]
)  # fmt: skip
_MAIL_HEADER = re.compile(r"\A[a-z][a-z-]{1,40}:[ \t]")
_MHTML_HEADERS = 4_000


def is_html(head: Head) -> bool:
    """Say whether a file begins as a web page, or a piece of one.

    >>> is_html(Head.of(b"<!DOCTYPE html><html><body>")), is_html(Head.of(b'<?xml version="1.0"?><data>'))
    (True, False)
    """
    return head.root in _HTML_ROOTS or head.text.startswith("<!doctype html")


def is_mhtml(head: Head) -> bool:
    """Say whether a file begins as a web page that a browser saved with all its parts in one file.

    >>> is_mhtml(Head.of(b"From: <Saved by Blink>\\nMIME-Version: 1.0\\nContent-Type: multipart/related;"))
    True
    """
    start = head.text[:_MHTML_HEADERS]
    return _MAIL_HEADER.match(start) is not None and "mime-version:" in start and "multipart/related" in start


_WORD = re.compile(r"word/document\d*\.xml\Z")


def is_docx(head: Head) -> bool:
    """Say whether an archive is a Word document."""
    return any(_WORD.match(name) for name in head.members)
