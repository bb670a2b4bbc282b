"""What the front of a paper or its landing page says: title, authors, journal, dates, keywords."""

import re
from collections.abc import Iterable, Iterator

from ingest.extract.study.numbers import date_of, dates
from ingest.extract.study.text import Found, say
from ingest.reading import Block, Reading
from ontology.model import Document

_PARTICLE = r"(?:van|von|de|der|den|del|della|di|da|dos|la|le|el|al|bin|ter|ten)"
_NAME = rf"[A-ZÀ-Þ][\w’'.-]*(?: (?:[A-ZÀ-Þ][\w’'.-]*|{_PARTICLE})){{1,4}}"
_AUTHORS = re.compile(
    rf"(?P<first>{_NAME})(?P<mark>[*†‡§\d,]*)(?:(?:, | and |; | & |,? and ){_NAME}[*†‡§\d]*)*(?:,? (?:MD|PhD|MPH|RN"
    rf"|MSc|BSc|DPhil|MS|FRCP)\b)*\.?"
)
_ONE = re.compile(rf"{_NAME}[*†‡§]?")
_TITLES = re.compile(r"^(?:MD|PhD|MPH|RN|MSc|BSc|DPhil|MS|FRCP)$")
_CORRESPONDING = re.compile(r"\*\s?Corresponding author[^\n]{0,30}", re.IGNORECASE)
_NO_AUTHOR = re.compile(
    r"\b(?:Universit\w+|Department|School|Institute|Hospital|Cent(?:er|re)|Journal|Medicine|Research|Abstract|Article"
    r"|Published|Copyright|College|Contribution|Note|Care|Health|Study)\b"
)
_LABELS: tuple[tuple[str, str], ...] = (
    ("language", r"(?:Original )?[Ll]anguage(?: of publication)?\s*:?\s*(?P<v>(?!s\b)[A-Z][a-z]+(?: \([A-Z]{2}\))?)"),
    ("pages", r"Pages?(?: \(from-to\))?\s*:?\s*(?P<v>[A-Z]?\d+\s?[-–]\s?[A-Z]?\d+)"),
    ("number_of_pages", r"(?P<all>Number of pages\s*:?\s*(?P<v>\d+))"),
    ("journal", r"(?:Journal|Published in|Source)(?: title)?\s*:?\s*(?P<v>[A-Z][^\n]{3,120}?)(?=\s*(?:Issue|Volume"
                r"|State|Pages|Number of pages|Publication|Early online|$))"),
    ("volume", r"(?P<all>Volume\s*:?\s*(?P<v>\d+))"),
    ("issue", r"(?P<all>Issue(?: number)?\s*:?\s*(?P<v>\d+))"),
    ("doi", r"(?:https?://(?:dx\.)?doi\.org/|\bdoi\s*:?\s*|DOIs?\s*:?\s*)(?P<v>10\.(?!13039)"
            r"\d{4,9}/[^\s;,\"<>]+[^\s;,.\"<>)])"),
    ("pmid", r"PMID\s*:?\s*(?P<v>\d{5,9})\b"),
    ("publication_type", r"(?P<all>Contribution to journal\s?(?P<v>[A-Z][a-z]+?(?=peer|[A-Z]|\W|$)))"
                         r"|^(?P<w>(?:Original |Research "
                         r"|Review |Short )?(?:Research )?(?:Article|Paper|Report|Contribution))$"),
    ("peer_review", r"(?P<v>peer[- ]reviewed|peer[- ]review)\b"),
    ("citation_count", r"(?P<all>(?P<v>\d+)\s+(?:Scopus |Web of Science |Crossref )?citations?\b)"
                       r"|Cited by:?\s*(?P<w>\d+)"),
    ("publication_status", r"(?:State|Status)\s*:?\s*(?P<v>Published|Accepted(?:/In press)?|In press"
                           r"|E-pub ahead of print)"),
)  # fmt: skip
_LABELLED = tuple(
    (name, re.compile(source, re.MULTILINE | re.IGNORECASE if name in ("doi", "peer_review") else re.MULTILINE))
    for name, source in _LABELS
)
_DATE = re.compile(
    r"(?:State\s*:?\s*)?(?:Published|Publication date|Published online|First published)(?: online)?\s*:?[- –]*(?=\S)"
)
_ACCEPTED = re.compile(r"(?:State\s*:?\s*)?Accepted(?: online)?\s*:?[- –]*(?=\S)")
_COPYRIGHT = re.compile(r"(?:©|\bCopyright\b)\D{0,80}?(?P<year>(?:19|20)\d\d)(?!\d)")
_KEYWORDS = re.compile(r"^\W*key ?words?\b\W*(?P<rest>.*)$", re.IGNORECASE | re.DOTALL)
_SUBJECTS = re.compile(r"subject areas?\W*$", re.IGNORECASE)
_HEADING = 25
_ISO = re.compile(r"\d{4}(?:-\d\d)?")
_BULLET = re.compile(r"^[\s•▪●◦‣*–-]+")


def title_place(reading: Reading, document: Document) -> tuple[int, int] | None:
    """Return where the title stands in the view, or None where it does not."""
    for block in reading.blocks:
        if block.kind == "title":
            mark = re.compile(r"\s*TITLE:\s*").match(reading.text, block.start)
            return (mark.end() if mark else block.start), block.end
    at = reading.text.find(document.title) if document.title else -1
    return (at, at + len(document.title or "")) if at >= 0 else None


def front_facts(reading: Reading, document: Document) -> Iterator[Found]:
    """Yield title, authors, identifiers and what a landing page lists of the publication.

    What the source's own metadata say stands; only where there are none are the words of the front searched for it.
    Where a layout tells some of it, as that of a PDF does, the front is searched for the rest.
    """
    told = {told.field for told in reading.told}
    for fact in reading.told if told != {"title"} else ():
        dated = fact.field == "publication_date" and not _ISO.fullmatch(fact.value)
        yield Found(fact.field, date_of(fact.value) if dated else fact.value, fact.start, fact.end)
    if told - {"title"} and reading.marked_up:
        return
    yield from (found for found in _searched(reading, document) if found.field not in told - {"title"})


def _searched(reading: Reading, document: Document) -> Iterator[Found]:
    """Yield what the words of the front say."""
    place = title_place(reading, document)
    if place:
        yield Found("title", say(reading.text[place[0] : place[1]]), *place)
    blocks = [block for block in reading.blocks if _is_front(reading, block)]
    yield from _authors(reading, blocks, place)
    listed = [found for block in blocks for found in _labelled(reading, block)]
    yield from listed
    if not any(found.field == "publication_date" for found in listed):
        dated = list(_copyright(reading, blocks))
        yield from dated or (found for block in blocks for found in _dated(reading, block, _ACCEPTED))
    yield from _keywords(reading)


def _copyright(reading: Reading, blocks: Iterable[Block]) -> Iterator[Found]:
    """The year of the copyright, where nothing else dates the publication."""
    for block in blocks:
        match = _COPYRIGHT.search(reading.text, block.start, block.end)
        if match:
            yield Found("publication_date", match["year"], match.start("year"), match.end("year"))
            return


def _is_front(reading: Reading, block: Block) -> bool:
    """Whether a block is front matter, or a short line without a full stop as landing pages have them."""
    if block.kind in ("quote", "table", "heading", "title"):
        return False
    if block.kind == "front" or reading.sections[block.section].kind == "front":
        return True
    words = reading.text[block.start : block.end].rstrip()
    return len(words) < 160 and not words.endswith(".") and reading.sections[block.section].in_abstract


def _authors(reading: Reading, blocks: list[Block], title: tuple[int, int] | None) -> Iterator[Found]:
    after = title[1] if title else 0
    for block in blocks[:6]:
        words = reading.text[block.start : block.end].strip()
        if block.start < after or _NO_AUTHOR.search(words) or not _AUTHORS.fullmatch(words):
            continue
        names = [m for m in _ONE.finditer(reading.text, block.start, block.end) if not _TITLES.match(m.group())]
        if len(names) == 1 and len(words.split()) > 5:
            continue
        for name in names:
            bare = name.group().rstrip("*†‡§ .0123456789")
            yield Found("author", bare, name.start(), name.start() + len(bare))
            mark = _CORRESPONDING.search(reading.text) if name.group().endswith("*") else None
            if mark:
                yield Found("author", bare, mark.start(), mark.end())
        return


def _labelled(reading: Reading, block: Block) -> Iterator[Found]:
    for name, pattern in _LABELLED:
        match = pattern.search(reading.text, block.start, block.end)
        if match:
            groups = match.groupdict()
            value = groups.get("v") or groups.get("w") or match.group()
            start, end = (
                match.span("all") if groups.get("all") else match.span("v") if groups.get("v") else match.span()
            )
            yield Found(name, "yes" if name == "peer_review" else say(value), start, end)
    yield from _dated(reading, block, _DATE)


def _dated(reading: Reading, block: Block, by: re.Pattern[str]) -> Iterator[Found]:
    """Yield the date behind a label."""
    label = by.search(reading.text, block.start, block.end)
    if label:
        for start, end, _ in dates(reading.text[label.end() : min(block.end, label.end() + 40)]):
            place = (label.end() + start, label.end() + end)
            yield Found("publication_date", date_of(reading.text[place[0] : place[1]]), *place)
            break


def _keywords(reading: Reading) -> Iterator[Found]:
    field = ""
    for block in reading.blocks:
        words = reading.text[block.start : block.end]
        if block.kind == "heading":
            named = _KEYWORDS.match(words) and len(words) < _HEADING
            field = "keyword" if named else "subject_area" if _SUBJECTS.search(words) else ""
            continue
        start = block.start
        listed = _KEYWORDS.match(words)
        if len(words) < 60 and _SUBJECTS.search(words):
            field = "subject_area"
        elif listed and len(words) < 600:
            start += listed.start("rest")
            yield from _split(reading, start, block.end, "keyword")
        elif block.kind == "list_item" and (field or _bullets_of_front(reading, block)):
            bullet = _BULLET.match(words)
            start += bullet.end() if bullet else 0
            yield Found(field or "keyword", say(reading.text[start : block.end]), start, block.end)
        elif field == "keyword":
            yield from _split(reading, start, block.end, "keyword")
            field = ""
        else:
            field = ""


def _bullets_of_front(reading: Reading, block: Block) -> bool:
    return len(reading.text[block.start : block.end]) < 60 and _is_front(reading, block)


def _split(reading: Reading, start: int, end: int, name: str) -> Iterator[Found]:
    mark = ";" if ";" in reading.text[start:end] else "," if "," in reading.text[start:end] else "\n"
    at = start
    for word in reading.text[start:end].split(mark):
        bare = say(word)
        if bare and len(bare) < 60:
            lead = len(word) - len(word.lstrip(" .\n"))
            yield Found(name, bare, at + lead, at + lead + len(bare))
        at += len(word) + len(mark)
