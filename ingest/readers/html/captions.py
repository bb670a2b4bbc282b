"""Tables and figures of a page with their labels, captions and notes, which stand around them."""

from lxml import etree

from ingest.readers.captions import is_caption
from ingest.readers.html.furniture import HEADS, words_in
from ingest.readers.html.page import words_of
from ingest.readers.safe_xml import local
from ingest.readers.tables import CAPTION

_FIGURES = frozenset({"fig", "figure", "figures", "graphic"})
_TABLES = frozenset(
    {"table", "tablewrap", "tw", "tbl", "table-wrap", "tableblock", "figuretable", *_FIGURES},
)
_FAR = 5
"""Elements around a table that are looked at for its name."""
_LONGEST_CAPTION = 1_500
_LONGEST_NOTES = 4_000
_LONGEST_FIGURE = 4_000


def around_table(table: etree._Element, main: etree._Element) -> etree._Element | None:
    """Return the outermost element that is there for this table alone, and is called so; None where none is."""
    best: etree._Element | None = None
    inside = len(words_of(table))
    for above in list(table.iterancestors())[:_FAR]:
        if above is main or next(above.iter("article"), None) is not None or sum(1 for _ in above.iter("table")) > 1:
            break
        if len(words_of(above)) - inside > _LONGEST_CAPTION + _LONGEST_NOTES or _has_headings(above):
            break
        if local(above) == "figure" or _is_called(above, _TABLES):
            best = above
    return best


def is_figure(element: etree._Element) -> bool:
    """Say whether an element shows a figure and its caption, and nothing else: it is called so, or begins as one."""
    if local(element) != "figure" and not (local(element) in ("div", "section") and _is_called(element, _FIGURES)):
        return False
    if element.find(".//table") is not None or element.find(".//blockquote") is not None or _has_headings(element):
        return False
    if sum(1 for _ in element.iter("figcaption")) > 1 or sum(1 for _ in element.iter("figure")) > 1:
        return False
    words = words_of(element)
    return len(words) <= _LONGEST_FIGURE and (local(element) == "figure" or CAPTION.match(words) is not None)


def _is_called(element: etree._Element, names: frozenset[str]) -> bool:
    said = element.get("class", "")
    if not said:
        return False
    return not names.isdisjoint(said.lower().split()) or not names.isdisjoint(words_in(said))


def _has_headings(element: etree._Element) -> bool:
    return any(not is_caption(words) for head in element.iter(*HEADS) if (words := words_of(head)))
