"""Authors and journal on the first page of a PDF: the names below the title, the name that a year or volume follows."""

import re
from collections.abc import Iterator, Sequence

from ingest.readers.parts import Part, Stretch
from ingest.readers.pdf.flow import Paragraph
from ingest.readers.pdf.layout import Layout
from ingest.readers.pdf.text import TextLine
from ingest.readers.pdf.write import Written
from ingest.repair import Piece
from ingest.sections import said_by

_BELOW = 8
"""Paragraphs below the title that may hold names of authors."""
_MOST_LINES = 3
"""Lines that the paragraph with the journal's name has at the most."""
_BETWEEN = re.compile(r"[,;•·&|\n]|\band\b|\d(?:[,\d*†‡§ ]|\s[a-z](?=[\s,]|\Z))*")
"""What stands between two names: signs, a word, or the numbers of affiliations."""
_TOKEN = re.compile(r"[^\W\d_](?:[^\W\d_]|[.’'´‐‑-])*")
_PARTICLES = frozenset(
    [
        "al", "bin", "da", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "e", "el", "ibn", "la", "le",
        "na", "ten", "ter", "van", "von", "y",
    ]
)  # fmt: skip
_DEGREE = re.compile(
    r"(?:Ph\.?D|M\.?D|M\.?Sc|B\.?Sc|M\.?P\.?H|M\.?D\.?S|B\.?D\.?S|RN|MS|MM|DPhil|FRCP|MBChB|MBBS|BA|BS|MA|MB|BN|DDS|RDH"
    r"|EdD|DrPH|MRCP|MHSc?|MSN|MBA|DNP|CNM|PharmD|Dr|Prof|ID)\.?[a-z]?\Z"
)
_RECORD = re.compile(r"(?<=[a-zà-ÿ])ID\Z")
"""What the picture that marks an author's record is called, if it is a letter of a font of its own."""
_NO_NAME = re.compile(
    r"\b(?:universit\w*|departments?|school|institut\w*|hospital|cent(?:er|re)|college|faculty|division|laborator\w+|"
    r"received|accepted|published|copyright|article|journal|volume|access|editor|correspond\w*|e-?mail|reviews?|"
    r"address|academy|section|original|research|abstract|the|of|for|in)\b|[@©:/]",
    re.IGNORECASE,
)
_IN_THE_NAME = re.compile(r",?\s(?:and )?(?:for|on behalf of) the\b", re.IGNORECASE)
"""What stands between the authors and the group for which they write."""
_MOST_TOKENS = 6
_SHORTEST = 8
"""Letters that the name of a journal has at the least."""
_INITIALS = re.compile(r"(?!J\b|BMC|BMJ|DNA)[A-Z]{1,3}(?:-[A-Z])?,?\Z")
"""What stands behind the surname of an author, where a paper says how it is to be cited."""
_MOSTLY = 0.8
_NAME = r"(?P<name>(?:The )?(?:[A-Z]|3 )[\w&’'-]*(?:,? (?:[A-Z][\w&’'-]*|and|of|in|for|on|&|-|–)){0,12})"
_DATED = re.compile(
    rf"{_NAME}[\s,.:]*(?:\(?(?:19|20)\d\d\b|[Vv]ol(?:ume)?\b|\d{{1,3}}\s?\((?:19|20)?\d{{1,2}}|E?ISSN\b)"
)
_NAMED = re.compile(
    rf"(?=[\w ]{{0,40}}\b(?:Journal|Annals|Archives|Bulletin)\b|BMC|BMJ|PLoS|PLOS|Frontiers in){_NAME}\Z"
)
_RUNNING = re.compile(rf"(?:.{{1,80}}?\bet al\.?,?[ /]+)?{_NAME}[\s,.:]*(?:\(?(?P<year>(?:19|20)\d\d)\b|\|\s*https?:)")
"""A running header or footer with the name of the journal, behind those of the authors, and its year or address."""
_SHORTEST_RUNNING = 4
_DATED_PAGE = re.compile(r"\b(?:published|publication date)[^.\n]{0,40}(?:19|20)\d\d", re.IGNORECASE)
_HEADED = 2
"""Pages of which the running headers tell the journal: the first often has none."""
_VOLUME = re.compile(r"Volume (?:19|20)\d\d, Article ID")
_NO_JOURNAL = re.compile(
    r"\b(?:received|accepted|published|publication|copyright|januar\w+|februar\w+|march|april|may|june|july|august|"
    r"september|october|november|december|university|section|homepage|volume|an international)\b|et al",
    re.IGNORECASE,
)


def told_by_front(paragraphs: Sequence[Paragraph], title: Paragraph | None, written: Written) -> list[Stretch]:
    """Return where the first page names the authors and the journal, in the order of the stored text."""
    if title is None:
        return []
    at = next(number for number, paragraph in enumerate(paragraphs) if paragraph is title)
    page = title.column.page
    below = [paragraph for paragraph in paragraphs[at + 1 : at + 1 + _BELOW] if paragraph.column.page == page]
    around = [p for p in paragraphs if p.column.page == page and p is not title and len(p.lines) <= _MOST_LINES]
    lines = [line for paragraph in around for line in paragraph.lines if line.text]
    return sorted(
        [*_authors(below, written), *(_journal(lines, written) if lines else ())], key=lambda stretch: stretch.start
    )


def _authors(below: list[Paragraph], written: Written) -> list[Stretch]:
    found: list[Stretch] = []
    for paragraph in below:
        names = _names(paragraph, written)
        if names:
            found.extend(names)
        elif found or said_by(paragraph.lines[0].text) is not None:
            break
    return found


def _names(paragraph: Paragraph, written: Written) -> list[Stretch]:
    """Return the names that a paragraph consists of, nothing where it holds anything else."""
    first = written.places[id(paragraph.lines[0])][0]
    text = written.text[first : written.places[id(paragraph.lines[-1])][1]]
    text = _IN_THE_NAME.split(text, maxsplit=1)[0]
    if _NO_NAME.search(text):
        return []
    pieces: list[tuple[int, int]] = []
    at = 0
    for between in _BETWEEN.finditer(text.replace("\n", " ")):
        pieces.append((at, between.start()))
        at = between.end()
    pieces = [(a, b) for a, b in [*pieces, (at, len(text))] if _TOKEN.search(text, a, b)]
    names = [name for a, b in pieces if (name := _name(text, a, b))]
    others = [text[a:b] for a, b in pieces if not _name(text, a, b) and not _is_mark(text[a:b])]
    pieces = [(a, b) for a, b in pieces if not _is_mark(text[a:b])]
    if not names or len(others) > (1 - _MOSTLY) * len(pieces):
        return []
    return [Stretch(first + a, first + b, "told", "author") for a, b in names]


def _is_mark(words: str) -> bool:
    """Say whether what stands between two names is a degree, or the letter of an affiliation."""
    bare = words.strip(" .*†‡§∗⇑#")
    return _DEGREE.match(bare) is not None or (len(bare) == 1 and bare.islower())


def _name(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return where in text[start:end] a person's name lies, without the marks of affiliations around it."""
    tokens = [found for found in _TOKEN.finditer(text, start, end) if not _DEGREE.match(found.group())]
    while tokens and len(tokens[-1].group()) == 1 and tokens[-1].group().islower():
        tokens.pop()
    while tokens and len(tokens[0].group()) == 1 and tokens[0].group().islower():
        tokens.pop(0)
    if not 2 <= len(tokens) <= _MOST_TOKENS and not (len(tokens) == 1 and tokens[0].group().count(".") > 1):
        return None
    if not all(token.group()[0].isupper() or token.group().casefold() in _PARTICLES for token in tokens):
        return None
    last = tokens[-1].group()
    rest = 2 if _RECORD.search(last) else 1 if last.endswith(".") and len(last) > 3 else 0
    return (tokens[0].start(), tokens[-1].end() - rest)


def _journal(lines: list[TextLine], written: Written) -> Iterator[Stretch]:
    """Yield the name of the journal: dated or numbered or above its volume, else what calls itself one."""
    for number, line in enumerate(lines):
        found = _DATED.match(line.text)
        above = number + 1 < len(lines) and _VOLUME.match(lines[number + 1].text) is not None
        name = line.text if above else found.group("name").rstrip(" ,.–-") if found else ""
        if _is_journal(name):
            break
    else:
        named = ((line, found.group("name")) for line in lines[: 2 * _BELOW] if (found := _NAMED.match(line.text)))
        line, name = next(((line, name) for line, name in named if _is_journal(name)), (lines[0], ""))
    if name:
        start = written.places[id(line)][0]
        yield Stretch(start, start + len(name), "told", "journal")


def imprint(layout: Layout, written: Written) -> tuple[Part, list[Stretch]] | None:
    """Return the name of the journal in the first running header or footer that has one, as a part of the front.

    The rest of the header stays furniture. Its year counts where the first page gives no date of publication.
    """
    for page in layout.pages[:_HEADED]:
        for first in (*page.above, *page.below):
            row = [o for o in (*page.above, *page.below) if abs(o.middle - first.middle) < 1 and o.x0 >= first.x0]
            row.sort(key=lambda line: line.x0)
            found = _RUNNING.match(" ".join(line.text for line in row))
            name = found.group("name").rstrip(" ,.–-") if found else ""
            if found is None or not _is_journal(name, _SHORTEST_RUNNING) or found.end("name") > len(first.text):
                continue
            start = written.places[id(first)][0] + found.start("name")
            told = [Stretch(start, start + len(name), "told", "journal")]
            year, last = found.group("year"), written.places[id(row[-1])][1]
            end = written.page_starts[1] if len(written.page_starts) > 1 else written.length
            if year and not _DATED_PAGE.search(written.text, 0, end):
                at = written.text.index(year, start + len(name), last)
                told.append(Stretch(at, at + len(year), "told", "publication_date"))
            pieces = tuple(Piece(stretch.start, stretch.end) for stretch in told)
            return Part("front", pieces, section="front", level=1, aside=True), told
    return None


def _is_journal(name: str, shortest: int = _SHORTEST) -> bool:
    words = name.split()
    if len(name) <= shortest or _NO_JOURNAL.search(name) or words[-1] in ("and", "of", "in", "for", "&"):
        return False
    return not any(_INITIALS.match(word) for word in words)
