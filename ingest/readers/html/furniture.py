"""What stands on a journal's page and is no text of the article: menus, banners, buttons, lists of other papers."""

import re

from lxml import etree

from ingest.readers.safe_xml import local
from ingest.readers.tables import CAPTION
from ingest.sections import said_by

_ROLES = frozenset(
    ["navigation", "banner", "search", "complementary", "contentinfo", "dialog", "menu", "alert", "toolbar"]
)
_FURNITURE = frozenset(
    [
        "ad", "ads", "advert", "advertisement", "alert", "altmetric", "altmetrics", "banner", "breadcrumb",
        "breadcrumbs", "comments", "consent", "cookie", "cookies", "dropdown", "editsection", "footer", "gdpr",
        "goto", "login", "menu", "metrics", "modal", "nav", "navbar", "navigation", "navlinks", "newsletter",
        "overlay", "pager", "pagination", "paywall", "popup", "promo", "promotion", "recommendations",
        "recommended", "related", "share", "sharing", "sidebar", "signup", "skip", "skiplink", "social", "sponsor",
        "subscribe", "subscription", "teaser", "toc", "toolbar", "tooltip", "trending", "widget",
    ]
)  # fmt: skip
"""Words in the class or identifier of an element that say it is no part of the text."""
_PULLED = "pullquote"
_NAMES = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
HEADS = ("h1", "h2", "h3", "h4", "h5", "h6")
"""The headings of the markup, the outermost first."""
_BUTTON = 80
"""Characters of a block at the most that is a button, or a link that stands alone."""
_IN_WORDS = frozenset(["td", "th", "blockquote", "figcaption", *HEADS])
_ADDRESS = re.compile(r"https?://|www\.|\bdoi\b|10\.\d{4}", re.IGNORECASE)
_PRESSED = re.compile(
    r"(?:\(?opens? in (?:a |an )?(?:new|separate|external|figure)? ?(?:tab|window|viewer|image viewer)\)?|"
    r"view (?:larger|full[- ]?size|high[- ]res)[\w -]*|view (?:this )?(?:table|figure|image)(?: inline)?|"
    r"view (?:inline|abstract|pdf|full text|options|all citing articles.*|author publications|article)|"
    r"in (?:this|a new) window|(?:ppt |png |tiff )?(?:powerpoint slide|(?:larger|original) image)(?: \([^)]*\))?|"
    r"download(?: (?:as )?(?:an? )?(?:figures?|images?|slides?|videos?|pdf|csv|citations?|table|high-res|full-size|"
    r"powerpoint|ppt|original|file|asset|article|here|xml)[\w ()]*)?|"
    r".{0,60}\bdownload (?:file|figure|slide|hi-res image)|"
    r"go to (?:figure|table|citation|top|reference)s?|(?:back to )?top(?: of page)?|(?:low|high) resolution version.*|"
    r"(?:display|show|hide)(?: (?:full size|table|figure|all|more|less|details|abstract))?|thumbnail|"
    r"full[- ]size (?:table|image)|click (?:here|on [\w ]{3,30}) (?:to|for) .*|track citations?|"
    r"add to (?:favou?rites|reading list|library)|get (?:pdf|xml|rights and content|permissions?|citation).*|get|"
    r"pdf(?:/epub)?|reprints and permissions|request permissions?|"
    r"(?:search|find) (?:for more papers|this author|via|scope|string).*|view in (?:article|scopus).*|google scholar|"
    r"cross ?ref|pub ?med(?: central| abstract)?|web of science.*|scopus|reference quickview|"
    r"(?:csv|pdf)+ ?display table|powerpoint slide ?original jpg.*|figure viewer|edit comment|loading\.*|"
    r"please wait.*|\[?math processing error\]?|share(?: this (?:article|page))?|print|e-?mail|tweet|cite(?: this)?|"
    r"save|[\d.,]+ ?[km]b)\s*[:.>»…]?",
    re.IGNORECASE,
)
"""What is there to be pressed, wherever it stands."""
_FIGURE_LINK = re.compile(
    r"\(?(?:opens? in|download|view (?:larger|in|full|high|figure|table|inline)|powerpoint|original jpe?g|full[- ]size|"
    r"(?:larger?|original|high[- ]res\w*) image|display full|ppt|png|tiff?)\b.{0,40}",
    re.IGNORECASE,
)
"""What links at the captions of figures say."""
_OTHER = re.compile(
    r"(?:(?:this article is |articles? )?(?:cited by|citing (?:this )?articles?|citing literature)(?: \(?\d+\)?)?|"
    r"(?:article |usage )?metrics(?: and citations)?|article access statistics|(?:share(?: and cite)?|(?:how to )?cite)"
    r"(?: (?:this|the))?(?: (?:article|paper|page))?|share|(?:related|recommended|similar|suggested|popular) "
    r"(?:articles?|content|papers|links|information)|(?:people|readers|viewers) (?:who|also) .{3,40}|"
    r"(?:most|recently) (?:read|cited|viewed|downloaded)(?: articles?)?|view options|information & authors|"
    r"information, rights and permissions|(?:rights|reprints) and permissions|publication (?:history|dates)|"
    r"(?:export|download) (?:citations?|to .{3,30}|pdf|options)|search(?: by citation)?|about this article|"
    r"journal menu|(?:article )?navigation|links to ncbi databases|save(?: citation to file)?|e-?letters?)",
    re.IGNORECASE,
)
"""Headings of what publishers add to an article, wherever they stand."""
_ADDED = re.compile(
    r"(?:history|dates|information|details|figures?(?: and tables)?|figures? & (?:media|data)|tables?|media|citations?|"
    r"copyright(?: information)?|license|published in|in this (?:issue|article)|authors?|keywords?|versions?|login|"
    r"comments?(?: \(?\d+\)?)?|subjects|edited by|additional information|bibliographic information|options|sign in|"
    r"log in|follow .{2,30}|contact .{0,20}|advertisement|review(?:er)? (?:reports?|[ivx\d]+)|open peer review.*|"
    r"referee .{3,20}|actions|resources|associated data|supplemental material|issue|section)",
    re.IGNORECASE,
)
"""Headings of the same where they stand behind the references."""
_UNSEEN = frozenset(
    ["hidden", "sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "u-visually-hidden"]
)
_POPUPS = frozenset(["closed", "refctt", "popover", "popup", "tooltip", "ref-popup", "citation-popup", "hovertext"])
_UNSEEN_WORDS = 600
"""Characters at the most of what only its class hides: pages open longer parts of theirs by a press."""


def is_hidden(element: etree._Element) -> bool:
    """Say whether an element is not shown."""
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return local(element) not in ("math", "body")
    if _HIDDEN.search(element.get("style", "")) is not None:
        return True
    called = element.get("class")
    if not called or _UNSEEN.isdisjoint(called.split()):
        return False
    return element.find(".//table") is None and sum(len(words) for words in element.itertext()) <= _UNSEEN_WORDS


def is_furniture(element: etree._Element) -> bool:
    """Say whether name or role of an element tell that it is no text: menus, banners, buttons to share."""
    if element.get("role") in _ROLES:
        return True
    above = element.getparent()
    if local(element) == "footer":
        return above is None or local(above) not in ("blockquote", "figure")
    if local(element) == "header":
        return above is not None and local(above) == "body" and element.find(".//h1") is None
    names = names_of(element)
    found = _FURNITURE & names
    if not found or (found == {"footer"} and names & {"table", "fig", "figure"}):
        return False
    # Citations open a tooltip, and headings are what a page's own navigation leads to.
    if local(element) == "a":
        return bool(found - {"tooltip", "popup", "overlay", "goto", "modal"})
    return local(element) not in HEADS or said_by("".join(element.itertext()).strip()) is None


def is_popup(element: etree._Element) -> bool:
    """Say whether an element opens over a citation when it is pressed, with the whole reference in it."""
    return local(element) == "span" and not _POPUPS.isdisjoint(element.get("class", "").lower().split())


def is_pulled(element: etree._Element) -> bool:
    """Say whether an element is called a pull quote; PubMed Central calls quotations so that stand nowhere else."""
    return _PULLED in element.get("class", "").lower()


def names_of(element: etree._Element) -> set[str]:
    """Return the words that class and identifier of an element are made of, in small letters."""
    said = f"{element.get('class', '')} {element.get('id', '')}"
    return words_in(said) if said != " " else set()


def words_in(name: str) -> set[str]:
    """Return the words that a name in markup is made of, in small letters.

    >>> sorted(words_in("articleBody table-2"))
    ['2', 'article', 'body', 'table']
    """
    return {word.lower() for word in _NAMES.findall(name)}


def is_pressed(words: str) -> bool:
    """Say whether a line is there to be pressed, by its words.

    >>> is_pressed("Open in a new tab"), is_pressed("View larger version:"), is_pressed("Share plans with the ward")
    (True, True, False)
    """
    return len(words) <= _BUTTON and _PRESSED.fullmatch(words) is not None


def is_figure_link(words: str) -> bool:
    """Say whether a link is one that publishers put to captions: to open, enlarge or download the figure."""
    return len(words) <= _BUTTON and _FIGURE_LINK.fullmatch(words) is not None


def is_link_alone(element: etree._Element, words: str) -> bool:
    """Say whether all letters of a short block are links, and no address, label of a table or name of a file."""
    if len(words) > _BUTTON or CAPTION.match(words) or _ADDRESS.search(words):
        return False
    if any(local(above) in _IN_WORDS for above in element.iterancestors()):
        return False
    linked = sum(len(letters("".join(link.itertext()))) for link in element.iter("a"))
    return 0 < linked >= len(letters(words))


def letters(words: str) -> str:
    """Return the letters and digits of words alone."""
    return "".join(letter for letter in words if letter.isalnum())


def heads_other(words: str, *, behind: bool) -> bool:
    """Say whether a heading is that of what publishers add to an article; `behind` says that the article has ended.

    >>> heads_other("Cited by (12)", behind=False), heads_other("History", behind=False)
    (True, False)
    """
    said = words.strip(" :.\u00a0")
    return _OTHER.fullmatch(said) is not None or (behind and _ADDED.fullmatch(said) is not None)
