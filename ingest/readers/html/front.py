"""What the head of a page says of an article: the `citation_` names of Google Scholar, Dublin Core, PRISM."""

import re
from collections import defaultdict
from html import unescape

from lxml import etree

from ingest.identifiers import DOI, doi_of, without_end
from ingest.readers.builder import Builder, Run
from ingest.readers.html.furniture import HEADS
from ingest.readers.html.printed import Issue, is_cited, printed_authors, printed_issue
from ingest.readers.publication import MONTHS, Front, Person, write_publication
from ingest.readers.safe_xml import local
from ingest.sections import said_by

_SAID_DOI = re.compile(rf"(?:doi\.org/|\bdoi:?\s*)({DOI})", re.IGNORECASE)
_DATE = re.compile(r"(?P<year>(?:19|20)\d\d)(?:[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?)?")
_IN_WORDS = re.compile(r"(?:\b(?P<day>\d{1,2}) )?\b(?P<month>[A-Za-z]{3,9})\.?(?: (?P<after>\d{1,2})\b)?")
_PMCID = re.compile(r"PMC\d{4,9}", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[A-Z]\.?-?){1,4}")
_SITE = re.compile(r"\s+[|–—-]\s+[^|–—]{2,60}\Z")
_TAG = re.compile(r"</?(?:i|em|b|strong|su[bp]|sc|span|p|italic|bold)\b[^<>]*>", re.IGNORECASE)
"""Markup that some heads have in the title, as if it were none."""
_CREATIVE = re.compile(r"https?://creativecommons\.org/(?:licenses|publicdomain)/[^\s\"'<>]+")

_DOIS = ("citation_doi", "prism.doi", "dc.identifier.doi", "bepress_citation_doi", "dc.identifier")

_MOST = 0.8
"""Share of the parts of a list that are of several words from which on they are names: groups may be of one."""

Metas = dict[str, list[str]]


def front_of_page(root: etree._Element) -> Front:
    """Return what the head of a page says; parts that it lacks stay empty."""
    metas = _metas(root)
    date = _date(
        _first(
            metas,
            "citation_publication_date",
            "citation_online_date",
            "citation_date",
            "citation_cover_date",
            "citation_year",
            "prism.publicationdate",
            "dc.date",
            "dcterms.issued",
            "dc.date.issued",
            "article:published_time",
        )
    )
    first, last = _first(metas, "citation_firstpage", "prism.startingpage"), _first(metas, "citation_lastpage")
    doi = next((found for name in _DOIS for value in metas.get(name, ()) if (found := doi_of(value))), "")
    pmid = _first(metas, "citation_pmid")
    pmcid = _PMCID.search(_first(metas, "citation_pmcid", "ncbi_pmcid") or _first(metas, "citation_fulltext_html_url"))
    keywords = [
        part.strip()
        for value in metas.get("citation_keywords", metas.get("citation_keyword", []))
        for part in re.split(r"[;,]", value)
    ]
    names = next(
        (metas[name] for name in ("citation_author", "bepress_citation_author", "dc.creator") if name in metas), []
    )
    if not names and "citation_authors" in metas:
        names = _listed(metas["citation_authors"][0])
    names = names or printed_authors(root)
    journal = _first(metas, "citation_journal_title", "prism.publicationname", "bepress_citation_journal_title")
    journal = journal or _source(metas)
    printed = Issue() if journal and date[0] else printed_issue(root)
    return Front(
        title=_title(root, metas),
        authors=tuple(person(name) for name in names if name.strip()),
        journal=journal or printed.journal,
        year=date[0] or printed.year,
        date=date[1] or printed.year,
        volume=_first(metas, "citation_volume", "prism.volume") or printed.volume,
        issue=_first(metas, "citation_issue", "prism.number") or printed.issue,
        pages=(f"{first}-{last}" if last and first != last else first) if first else printed.pages,
        doi=doi or _printed_doi(root),
        pmid=pmid if pmid.isdigit() else "",
        pmcid=pmcid.group().upper() if pmcid else "",
        keywords=(("Keywords", tuple(word for word in keywords if word)),) if any(keywords) else (),
        licence=_licence(root),
    )


def _source(metas: Metas) -> str:
    """Return the journal by the name that Dublin Core has for what something is taken from, where it is a name."""
    said = _first(metas, "dc.source", "dc.relation.ispartof")
    return said if said and not re.search(r"\d|://|;", said) else ""


def _licence(root: etree._Element) -> str:
    """Return the licence that the page links, before what its head says: heads of journals keep an old one."""
    linked = [link.get("href", "") for link in root.iter("a") if "creativecommons.org" in link.get("href", "")]
    for said in (*linked, etree.tostring(root, encoding="unicode")):
        if found := _CREATIVE.search(said):
            return found.group().rstrip(").,\\")
    return ""


def _listed(names: str) -> list[str]:
    """Return the names of a list, which semicolons part, or commas if they do not part last names from first ones.

    >>> _listed("Anna Meyer, Bert de Vries, Carl Other"), _listed("Meyer, Anna; de Vries, Bert"), _listed("Meyer, Anna")
    (['Anna Meyer', ' Bert de Vries', ' Carl Other'], ['Meyer, Anna', ' de Vries, Bert'], ['Meyer, Anna'])
    """
    if ";" in names:
        return names.split(";")
    parts = names.split(",")
    return parts if sum(len(part.split()) > 1 for part in parts) > _MOST * len(parts) else [names]


def _printed_doi(root: etree._Element) -> str:
    """Return the DOI that a page prints or links before its first section, or links as its own, where its head tells
    none."""
    body = root.find("body")
    for link in body.iter("a") if body is not None else ():
        called = f"{link.get('id', '')} {link.get('class', '')}".lower()
        if "doi" in called and (found := _SAID_DOI.search(link.get("href", ""))) and not is_cited(link):
            return without_end(found.group(1)).lower()
    for element in body.iter() if body is not None else ():
        if local(element) in HEADS and (said := said_by("".join(element.itertext()))) and said.main:
            break
        for words in (element.get("href", ""), element.text or "", element.tail or ""):
            found = _SAID_DOI.search(words) if local(element) not in ("script", "style") else None
            if found:
                return without_end(found.group(1)).lower()
    return ""


def write_told(builder: Builder, front: Front) -> None:
    """Write what the head of a page says, a line for each thing."""
    if front.title:
        builder.title([Run(front.title)])
    if front.authors:
        builder.front("author", *(author.printed for author in front.authors))
    write_publication(builder, front)
    for label, listed in front.keywords:
        builder.front("keyword", *listed, label=f"{label}: ", between="; ")


def person(name: str) -> Person:
    """Return a name as printed and as cited; "Last, First" and "First Last" are both usual.

    >>> person("Meyer, Anna B.")
    Person(printed='Anna B. Meyer', cited='Meyer AB')
    >>> person("Bert de Vries").cited
    'de Vries B'
    """
    words = " ".join(name.split())
    last, comma, first = words.partition(",")
    if not comma:
        *given, last = words.split(" ")
        if given and _INITIALS.fullmatch(last):
            given, last = [last], " ".join(given)
        small = next((n for n, word in enumerate(given) if n and word.islower()), len(given))
        first, last = " ".join(given[:small]), " ".join([*given[small:], last])
    first = first.strip()
    initials = "".join(part[0].upper() for part in re.split(r"[\s.-]+", first) if part)
    return Person(f"{first} {last}".strip(), f"{last} {initials}".strip())


def _metas(root: etree._Element) -> Metas:
    found: Metas = defaultdict(list)
    for meta in root.iter("meta"):
        value = " ".join((meta.get("content") or "").split())
        for name in {(meta.get(key) or "").strip().lower() for key in ("name", "property")}:
            if name and value:
                found[name].append(value)
    return dict(found)


def _first(metas: Metas, *names: str) -> str:
    return next((metas[name][0] for name in names if name in metas), "")


def _title(root: etree._Element, metas: Metas) -> str:
    told = _first(metas, "citation_title", "bepress_citation_title", "dc.title", "prism.title", "og:title")
    if told:
        return " ".join(_TAG.sub("", unescape(told)).split())
    heads = [(" ".join("".join(head.itertext()).split()), head.get("class", "").lower()) for head in root.iter("h1")]
    heads = [(head, called) for head, called in heads if head and not said_by(head)]
    if len(heads) == 1:
        return heads[0][0]
    title = root.find(".//title")
    words = " ".join((title.text or "").split()) if title is not None else ""
    told = next((head for head, _ in heads if head in words), "") or _SITE.sub("", words)
    return told or next((head for head, called in heads if "title" in called), "")


def _month(said: str) -> str:
    return next((month for month in MONTHS if len(said) > 2 and month.lower().startswith(said.lower())), "")


def _date(said: str) -> tuple[str, str]:
    """Return year and day of a date in figures or words.

    >>> _date("January 22, 2014"), _date("2010 Aug")
    (('2014', '22 January 2014'), ('2010', 'August 2010'))
    >>> _date("2016/03/07")
    ('2016', '7 March 2016')
    """
    found = _DATE.search(said)
    if not found:
        return "", ""
    if (words := _IN_WORDS.search(said)) and (month := _month(words.group("month"))):
        day = words.group("day") or words.group("after") or ""
        return found.group("year"), f"{day} {month} {found.group('year')}".strip()
    year, month, day = found.group("year"), found.group("month"), found.group("day")
    if not month or not 1 <= int(month) <= len(MONTHS):
        return year, year
    name = MONTHS[int(month) - 1]
    return year, f"{int(day)} {name} {year}" if day else f"{name} {year}"
