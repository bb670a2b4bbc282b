"""Front matter of JATS: what identifies the article, and the lines that say it in the stored text."""

import re
from collections.abc import Iterator

from lxml import etree

from ingest.identifiers import doi_of
from ingest.readers.builder import Builder, Run
from ingest.readers.jats.inline import runs_of, words_of
from ingest.readers.publication import MONTHS, Front, Person, write_publication
from ingest.readers.safe_xml import local

_DATES = ("epub", "epreprint", "ppub", "collection", "pub", "electronic", "print", "epub-ppub", "")
_HREF = "{http://www.w3.org/1999/xlink}href"
_PMCID = re.compile(r"(?:PMC)?(\d{1,10})")
_PMID = re.compile(r"\d{1,9}")
_LICENCE_LINK = re.compile(r"https?://creativecommons\.org/\S*[^\s).,;]")
_KEYWORDS = "Keywords"


def front_of(article: etree._Element) -> Front:
    """Read the front matter of an article; parts that it lacks stay empty."""
    meta = next((part for part in article.iter() if local(part) in ("article-meta", "front-stub")), None)
    journal = next((part for part in article.iter() if local(part) == "journal-meta"), None)
    if meta is None:
        return Front()
    date = _date(meta)
    ids = _identifiers(meta)
    return Front(
        title=_title(meta),
        authors=tuple(_authors(meta)),
        groups=tuple(words_of(part) for part in _below(meta, "contrib-group") for part in _below(part, "collab")),
        affiliations=tuple(dict.fromkeys(_affiliations(meta))),
        journal=_journal(journal),
        year=date[0],
        date=date[1],
        volume=_words(meta, "volume"),
        issue=_words(meta, "issue"),
        pages=_pages(meta),
        doi=ids.get("doi", ""),
        pmid=ids.get("pmid", ""),
        pmcid=ids.get("pmcid", ""),
        subjects=tuple(_subjects(meta)),
        keywords=tuple(_keywords(meta)),
        permissions=tuple(_permissions(meta)),
        licence=_licence(meta),
    )


def write_front(builder: Builder, article: etree._Element, front: Front) -> None:
    """Write title and front matter, a line for each thing, as the pages of publishers have them."""
    titles = [part for group in _below(article, "title-group") for part in group if local(part) == "article-title"]
    if titles:
        builder.title(_title_runs(titles[0]))
    if front.authors or front.groups:
        builder.front("author", *(person.printed for person in front.authors), *front.groups)
    for place in front.affiliations:
        builder.paragraph([Run(place)], kind="front")
    for subject in front.subjects:
        builder.front("publication_type", subject)
    write_publication(builder, front)
    for label, listed in front.keywords:
        if label == _KEYWORDS:
            builder.front("keyword", *listed, label=f"{label}: ", between="; ")
        else:
            builder.paragraph([Run(f"{label}: {'; '.join(listed)}")], kind="front")
    for line in front.permissions:
        builder.paragraph([Run(line)], kind="front")


def _title_runs(title: etree._Element) -> list[Run]:
    subtitles = [part for part in title.itersiblings() if local(part) == "subtitle"]
    runs = runs_of(title)
    for subtitle in subtitles:
        runs += [Run(": "), *runs_of(subtitle)]
    return runs


def _title(meta: etree._Element) -> str:
    title = next(iter(_below(meta, "article-title")), None)
    return "" if title is None else " ".join("".join(run.text for run in _title_runs(title)).split())


def _below(element: etree._Element, name: str) -> list[etree._Element]:
    """Return the elements of this name that lie in an element, those of related articles left out."""
    return [
        part
        for part in element.iter(f"{{*}}{name}")
        if not any(
            local(above) in ("related-article", "sub-article", "response", "product") for above in part.iterancestors()
        )
    ]


def _words(element: etree._Element | None, name: str) -> str:
    if element is None:
        return ""
    return next((words_of(part) for part in element if local(part) == name), "")


def _journal(journal: etree._Element | None) -> str:
    if journal is None:
        return ""
    titles = _below(journal, "journal-title") or _below(journal, "abbrev-journal-title")
    return words_of(titles[0]) if titles else ""


def _authors(meta: etree._Element) -> Iterator[Person]:
    for contributor in _below(meta, "contrib"):
        if contributor.get("contrib-type", "author") != "author":
            continue
        for name in contributor:
            if local(name) in ("name", "name-alternatives", "string-name"):
                person = person_of(name)
                if person.printed:
                    yield person
                break


def person_of(name: etree._Element) -> Person:
    """Return the name of a person.

    >>> person_of(etree.fromstring("<name><surname>Doe</surname><given-names>Jane Q.</given-names></name>"))
    Person(printed='Jane Q. Doe', cited='Doe JQ')
    """
    if local(name) == "name-alternatives" and len(name):
        return person_of(name[0])
    parts = {local(part): words_of(part) for part in name}
    surname, given = parts.get("surname", ""), parts.get("given-names", "")
    if not surname:
        return Person(words_of(name), words_of(name))
    suffix = f" {parts['suffix']}" if parts.get("suffix") else ""
    initials = (
        given
        if given.isupper() and given.isalpha()
        else "".join(part[0] for part in re.split(r"[\s.-]+", given) if part)
    )
    return Person(" ".join(f"{given} {surname}{suffix}".split()), f"{surname} {initials}{suffix}".strip())


def _affiliations(meta: etree._Element) -> Iterator[str]:
    for place in _below(meta, "aff"):
        parts = [words_of(part) for part in place.iter() if local(part) in ("label", "sup", "institution-id")]
        words = words_of(place)
        for sign in parts:
            words = words.removeprefix(sign).strip()
        if words:
            yield words


def _date(meta: etree._Element) -> tuple[str, str]:
    """Return year and day of publication; the earliest form that has a day counts, then any."""
    found: list[tuple[bool, int, str, str]] = []
    for date in meta:
        if local(date) != "pub-date":
            continue
        kind = date.get("pub-type") or date.get("date-type") or date.get("publication-format") or ""
        if kind not in _DATES:
            continue
        year, month, day = (_words(date, part) for part in ("year", "month", "day"))
        if year.isdigit():
            said = " ".join(part for part in (day.lstrip("0"), _month(month), year) if part)
            found.append((not (day and month), _DATES.index(kind), year, said))
    if not found:
        return "", ""
    best = min(found)
    return best[2], best[3]


def _month(said: str) -> str:
    return MONTHS[int(said) - 1] if said.isascii() and said.isdigit() and 1 <= int(said) <= 12 else said


def _pages(meta: etree._Element) -> str:
    first, last = _words(meta, "fpage"), _words(meta, "lpage")
    if first and last and first != last:
        return f"{first}-{last}"
    return first or _words(meta, "elocation-id")


def _identifiers(meta: etree._Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in meta:
        if local(part) != "article-id":
            continue
        kind, value = part.get("pub-id-type", ""), words_of(part)
        if kind == "doi" and (doi := doi_of(value)):
            found.setdefault("doi", doi)
        elif kind == "pmid" and _PMID.fullmatch(value):
            found.setdefault("pmid", value)
        elif kind in ("pmc", "pmcid", "pmcaid") and (digits := _PMCID.fullmatch(value)):
            found.setdefault("pmcid", f"PMC{digits.group(1)}")
    return found


def _subjects(meta: etree._Element) -> Iterator[str]:
    for group in _below(meta, "subj-group"):
        if group.get("subj-group-type") == "heading":
            yield from (words_of(part) for part in group if local(part) == "subject")


def _keywords(meta: etree._Element) -> Iterator[tuple[str, tuple[str, ...]]]:
    for group in _below(meta, "kwd-group"):
        listed = [words_of(part) for part in group.iter() if local(part) in ("kwd", "compound-kwd")]
        label = "Abbreviations" if "abbr" in group.get("kwd-group-type", "") else _KEYWORDS
        if any(listed):
            yield label, tuple(word for word in listed if word)


def _permissions(meta: etree._Element) -> Iterator[str]:
    for name in ("copyright-statement", "license-p", "p"):
        for permissions in _below(meta, "permissions"):
            yield from (words_of(part) for part in permissions.iter() if local(part) == name)


def _licence(meta: etree._Element) -> str:
    """Return the address of the licence, else its words."""
    for permissions in _below(meta, "permissions"):
        for part in permissions.iter():
            name = local(part)
            link = part.get(_HREF, "") if name in ("license", "ext-link", "uri") else ""
            said = words_of(part) if name == "license_ref" else ""
            if name == "license_ref" and said.startswith("http"):
                return said
            if link and (name == "license" or _LICENCE_LINK.match(link)):
                return link
            if name in ("license-p", "p") and (told := _LICENCE_LINK.search(words_of(part))):
                return told.group()
    licences = [part for permissions in _below(meta, "permissions") for part in permissions if local(part) == "license"]
    return words_of(licences[0]) or licences[0].get("license-type", "") if licences else ""
