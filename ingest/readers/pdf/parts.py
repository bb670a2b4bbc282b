"""The paragraphs of a PDF to the parts of a document: fonts and margins say what is a heading and what is set in."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from ingest.readers.blocks import classify
from ingest.readers.lines import Line, body_width
from ingest.readers.outline import place_headings
from ingest.readers.paragraphs import FUNCTION, LIST_ITEM, SAID, Group, is_speaker
from ingest.readers.parts import Part, Stretch
from ingest.readers.pdf.apart import Apart
from ingest.readers.pdf.asides import aside_parts
from ingest.readers.pdf.flow import Paragraph
from ingest.readers.pdf.fonts import Style, family
from ingest.readers.pdf.front import imprint, told_by_front
from ingest.readers.pdf.layout import Layout
from ingest.readers.pdf.openings import SPOKEN, Opening, find_openings, split_at
from ingest.readers.pdf.write import Written
from ingest.repair import Piece
from ingest.sections import Said, number_level, said_by
from ingest.talks import TURN

_LARGER = 0.7
"""Points by which a heading is larger than running text, if nothing else tells it."""
_TITLE = 1.25
"""Times the size of running text that a title has at the least."""
_SUBTITLE = 1.4
"""Times the size of running text that a subtitle has at the least."""
_TITLE_LEADING = 1.8
"""Font sizes from one line of a title to the next at the most."""
_JOURNAL = re.compile(
    r"(?:the )?(?:\w+ ){0,4}(?:journal|annals|archives|bulletin|transactions)\b(?: (?:of|in|for) [\w ,&]{3,60})?\Z"
    r"|(?:BMC|BMJ|PLoS|Frontiers in|Ancient Science) [\w ,&]{3,60}\Z",
    re.IGNORECASE,
)
"""Names of journals, which some set larger than the titles of their papers."""
_LONGEST_HEADING = 180
_HEADING_LINES = 4
_FEWEST_HEADINGS = 4
"""Headings that fonts tell, from which on nothing else is taken for one by its looks."""
_PROSE_LINES = 4
"""Lines that a paragraph of running text, of whatever font, has at the least."""
_KEYWORDS = re.compile(r"(?:key ?words?|index terms)\s*[:–—-]\s*\w", re.IGNORECASE)
_LISTED = 6
"""Paragraphs behind the heading of a reference list that tell that it is one."""
_SHORTEST_REFERENCE = 40
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_QUOTES = "“\"‘'«…["
_LETTERS = re.compile(r"[^\W\d_]{3}")
_CLOSED = re.compile(r"([”\"])[.,]?(?:\s*(?:[–—-]\s?|[(\[])[^.?!]{1,40})?\Z")
"""The mark that closes a quotation, and who said it."""
_CODE = re.compile(r"[A-Z][\w-]{0,9}\d:\Z")
"""A label that numbers who speaks."""
_FIRST = re.compile(r"1\.?\s+[A-Z][A-Za-z]{3}")
"""The first of the numbered sections."""
_SET_IN = 0.6
"""Font sizes by which a quotation is set in at the least."""


def find_parts(layout: Layout, paragraphs: list[Paragraph], written: Written) -> list[Part]:
    """Return the parts of the document in the order of the view."""
    prose = {(p.style.font, round(p.style.size)) for p in paragraphs if len(p.lines) >= _PROSE_LINES}
    named = _fonts_of_headings(paragraphs)
    title = _title(paragraphs, layout.body)
    paragraphs = _joined_title(paragraphs, title, layout.body)
    apart = Apart(paragraphs, layout.body)
    headings = [
        number + 1 not in apart.goes_on and _is_heading(paragraph, layout.body, prose, named)
        for number, paragraph in enumerate(paragraphs)
    ]
    front = _end_of_front(paragraphs, title, headings)
    openings = {n: opening for n, opening in find_openings(paragraphs, layout.body).items() if n > front}
    openings = {
        n: opening for n, opening in openings.items() if not (apart.set_in[n] and _labels(paragraphs[n], opening))
    }
    laid_out = sum(headings[front + 1 :]) + len(openings) >= _FEWEST_HEADINGS
    cells = _cells(paragraphs) | {number for number, p in enumerate(paragraphs[: front + 1]) if _says_back(p)}
    groups: list[Group] = []
    styles: dict[int, Style] = {}
    chosen: Group | None = None
    for number, paragraph in enumerate(paragraphs):
        lines = _lines(paragraph, written, groups[-1].last.end if groups else 0)
        if number in apart.goes_on:
            groups[-1].breaks.append(len(groups[-1].lines))
            for line in lines:
                groups[-1].add(line)
            continue
        if groups:
            groups[-1].after = lines[0].gap
        styles[lines[0].start] = paragraph.style
        if number in openings:
            at, place = openings[number]
            opened, lines = _split(lines, at, split_at(paragraph.lines[at], place))
            styles[lines[0].start] = paragraph.style
            styles[opened[0].start] = paragraph.lines[0].words[paragraph.lines[0].margin].style
            groups.append(Group(opened, heading=True, laid_out=True))
        group = Group(lines, heading=headings[number] and number > front and number not in openings, laid_out=laid_out)
        group.cell = number in cells
        group.set_in = not group.heading and apart.set_in[number]
        groups.append(group)
        chosen = group if paragraph is title else chosen
    width = body_width([line for group in groups for line in group.lines])
    parts = _run_in(classify(written.text, groups, width, title=chosen), written.text)
    parts = place_headings(_levelled(parts, styles))
    told, stretches = told_by_front(paragraphs, title, written), written.stretches
    asides = aside_parts(written)
    if title and not any(stretch.label == "journal" for stretch in told) and (found := imprint(layout, written)):
        asides.append(found[0])
        told = sorted([*told, *found[1]], key=lambda stretch: stretch.start)
    told = sorted([*told, *written.marks], key=lambda stretch: stretch.end) if written.marks else told
    return [_styled(part, stretches, told) for part in parts + asides]


def _labels(paragraph: Paragraph, opening: Opening) -> bool:
    """Say whether what a paragraph opens with is the label of a turn, as of a talk that is set apart."""
    at, place = opening
    return paragraph.lines[at].words[place - 1].text.endswith(":") if place else False


def _split(lines: list[Line], at: int, length: int) -> tuple[list[Line], list[Line]]:
    """Return the lines of a heading, which ends in line number `at` after `length` characters, and those behind it."""
    line = lines[at]
    head = replace(line, end=line.start + length, text=line.text[:length])
    head = replace(head, end=head.start + len(head.text.rstrip()), text=head.text.rstrip())
    rest = replace(line, start=line.start + length, text=line.text[length:], gap=0, cut=False)
    return ([*lines[:at], head] if length else lines[:at]), [rest, *lines[at + 1 :]]


def _cells(paragraphs: list[Paragraph]) -> set[int]:
    """Return which paragraphs are called like a reference list and are none: heads of columns of a table.

    The last so called is the list, and others are if years stand in what follows.
    """
    called = [
        number
        for number, paragraph in enumerate(paragraphs)
        if len(paragraph.lines) == 1 and (said := said_by(paragraph.lines[0].text)) and said.kind == "references"
    ]
    return {number for number in called[:-1] if not _lists_references(paragraphs[number + 1 : number + 1 + _LISTED])}


def _says_back(paragraph: Paragraph) -> bool:
    """Say whether a paragraph is called like a section of the back matter, as a journal's mark "Open Access" is."""
    said = said_by(_text(paragraph)) if len(paragraph.lines) == 1 else None
    return said is not None and said.kind == "back"


def _lists_references(behind: list[Paragraph]) -> bool:
    texts = [" ".join(line.text for line in paragraph.lines[:_PROSE_LINES]) for paragraph in behind]
    return sum(len(text) > _SHORTEST_REFERENCE and _YEAR.search(text) is not None for text in texts) > len(texts) / 2


def _run_in(parts: list[Part], stored: str) -> list[Part]:
    """Return the parts of an abstract alike: a label that happens to fill its line is as "Methods: we asked" is."""
    found: list[Part] = []
    runs_in = False
    for part in parts:
        if part.kind == "heading" and part.pieces:
            colon = stored[part.pieces[-1].end - 1] == ":"
            part = replace(part, runs_in=part.runs_in or (runs_in and colon))
            runs_in = part.runs_in
        found.append(part)
    return found


def _lines(paragraph: Paragraph, written: Written, before: int) -> list[Line]:
    found: list[Line] = []
    stored = written.text
    for number, line in enumerate(paragraph.lines):
        start, end = written.places[id(line)]
        skipped = start - before > 1 and stored[before:start].strip() != ""
        gap = 1 if number == 0 and paragraph.gap else 0
        indent = max(round((line.x0 - paragraph.column.left) / max(line.size, 1) * 2), 0)
        found.append(Line(start, end, line.text, gap, indent, number in paragraph.turns, skipped))
        before = end
    return found


def _fonts_of_headings(paragraphs: list[Paragraph]) -> set[str]:
    """Return the families of the bold fonts that several headings are set in by their words."""
    fonts = Counter(
        family(paragraph.style)
        for paragraph in paragraphs
        if len(paragraph.lines) == 1
        and paragraph.style.bold
        and (said := said_by(paragraph.lines[0].text))
        and said.main
    )
    return {font for font, count in fonts.items() if count > 1}


def _is_heading(paragraph: Paragraph, body: Style, prose: set[tuple[str, int]], named: set[str]) -> bool:
    """Say whether a paragraph is set as headings are: larger, bolder, slanted or in another font, and short.

    `prose` are the fonts and sizes of running text, that of abstracts and quotations included; `named` are those of
    headings that say what they are, which may be smaller than running text.
    """
    text = " ".join(line.text for line in paragraph.lines)
    style = paragraph.style
    if len(paragraph.lines) > _HEADING_LINES or len(text) > _LONGEST_HEADING or not _LETTERS.search(text):
        return False
    stopped = style.bold or (style.italic and number_level(text) is not None)
    if text[-1] in ".,;:" and said_by(text) is None and not (stopped and text[-1] in ".:"):
        return False
    if text[-1] == "." and len(paragraph.lines) > 1 and (style.font, round(style.size)) in prose:
        return False
    if _KEYWORDS.match(text) or (is_speaker(text) and said_by(text) is None):
        return False
    if not style.bold and (TURN.match(text) or (text[-1] == "." and SPOKEN.search(text))):
        return False
    if not style.bold and (text[0] in _QUOTES or SAID.search(text)) and said_by(text) is None:
        return False
    if _is_quoted(text, paragraph):
        return False
    if LIST_ITEM.match(text) and text[0] not in "0123456789ivxIVXabcdefgh(":
        return False
    words = [word for line in paragraph.lines for word in line.words[line.margin :]]
    slanted = all(word.style.italic for word in words if _LETTERS.search(word.text))
    bold = all(word.style.bold for word in words if _LETTERS.search(word.text))
    if style.size < body.size - _LARGER and (
        not (style.bold or style.italic) or family(style) not in named - {family(body)}
    ):
        return False
    if words[-1].text.casefold() in FUNCTION and words[-1].text not in ("I", "A"):
        return False
    distinct = (bold and not body.bold) or style.size > body.size + _LARGER or (slanted and not body.italic)
    other = (style.font, round(style.size)) not in prose and paragraph.gap
    return distinct or other or (text.isupper() and paragraph.gap and len(text) > 3)


def _is_quoted(text: str, paragraph: Paragraph) -> bool:
    """Say whether words are what a label in front of them says, or the rest of a quotation that opens above."""
    found = _CLOSED.search(text)
    if not found or found.group(1) not in '”"':
        return False
    opens = [place for place, letter in enumerate(text[: found.start(1)]) if letter in '“"']
    label = text[: opens[0]].rstrip() if opens else ""
    spoken = text[found.start(1) - 1] in ".…!?" or _CODE.match(label) is not None
    return not opens or (label.endswith(":") and spoken and paragraph.indent > _SET_IN)


def _title(paragraphs: list[Paragraph], body: Style) -> Paragraph | None:
    """Return the paragraph of the first pages in the largest letters, if they are large and words, and name no journal
    where there is another."""
    first = [p for p in paragraphs if p.column.page < 2 and p.style.size >= _TITLE * body.size]
    bold = [p for p in paragraphs if p.column.page < 1 and p.style.bold and p.style.size > body.size + _LARGER]
    for some in (first, bold):
        worded = [p for p in some if len(_text(p).split()) > 2]
        telling = [p for p in worded if not _JOURNAL.match(_text(p))]
        if worded:
            return max(telling or worded, key=lambda p: (round(p.style.size), -p.column.page))
    return None


def _joined_title(paragraphs: list[Paragraph], title: Paragraph | None, body: Style) -> list[Paragraph]:
    """Return the paragraphs with what the title goes on with put to it: lines in letters as large, or a subtitle in
    smaller ones, right below it."""
    if title is None:
        return paragraphs
    at = next(number for number, paragraph in enumerate(paragraphs) if paragraph is title)
    end = at + 1
    while end < len(paragraphs) and _goes_on(title, paragraphs[end], body):
        title.lines.extend(paragraphs[end].lines)
        end += 1
    return [*paragraphs[: at + 1], *paragraphs[end:]]


def _goes_on(title: Paragraph, below: Paragraph, body: Style) -> bool:
    last, first = title.lines[-1], below.lines[0]
    near = 0 < first.top - last.top < _TITLE_LEADING * last.size and below.column.page == title.column.page
    if not near or first.style.bold != last.style.bold:
        return False
    return abs(first.size - last.size) < _LARGER or (first.size >= _SUBTITLE * body.size and _is_worded(below))


def _is_worded(paragraph: Paragraph) -> bool:
    """Say whether a paragraph has words in small letters, as a subtitle has and a line of names has not."""
    words = [word.text for line in paragraph.lines for word in line.words]
    small = sum(word[0].islower() for word in words)
    return small > 1 and 2 * small >= len(words) and not any(letter.isdigit() for word in words for letter in word)


def _text(paragraph: Paragraph) -> str:
    return " ".join(line.text for line in paragraph.lines)


def _end_of_front(paragraphs: list[Paragraph], title: Paragraph | None, headings: list[bool]) -> int:
    """Return the number of the last paragraph before the first heading that names a section, or is number one: title,
    authors and so on are set as headings are."""
    for number, paragraph in enumerate(paragraphs):
        said = said_by(_text(paragraph))
        if (said and said.kind not in ("front", "back")) or (headings[number] and _FIRST.match(_text(paragraph))):
            return number - 1
    return next((number for number, paragraph in enumerate(paragraphs) if paragraph is title), -1)


def _levelled(parts: list[Part], styles: dict[int, Style]) -> list[Part]:
    """Return the parts with the depth of headings that their fonts tell: as deep as those of main sections, or less.

    The style of the headings that name main sections is the first; the others follow by size and weight.
    """
    heads = [(part, styles.get(part.pieces[0].start)) for part in parts if part.kind == "heading" and part.pieces]
    said = [(part, style, said_by(part.label)) for part, style in heads if style]
    mains: Counter[tuple[float, bool, bool, str]] = Counter(
        _look(style, part.label) for part, style, what in said if what and what.main and not part.runs_in
    )
    if not mains or max(mains.values()) < 2:
        return parts
    main = max(mains, key=lambda look: mains[look])
    first = next((n for n, (part, _, what) in enumerate(said) if _in_body(part, what)), 0)
    last = next(
        (n for n, (part, _, what) in enumerate(said) if n > first and what and what.kind == "references"), len(said)
    )
    ranks = {_rank(_look(style, part.label)) for part, style, _ in said[first:last] if not part.runs_in}
    below = sorted((rank for rank in ranks if rank < _rank(main)), reverse=True)
    depth = {rank: 2 + n for n, rank in enumerate(below)}
    levelled: list[Part] = []
    for part in parts:
        style = styles.get(part.pieces[0].start) if part.pieces else None
        if part.kind == "heading" and style and not part.runs_in and not part.path:
            look = _look(style, part.label)
            level = depth.get(_rank(look), 1 if look == main else 0)
            what = said_by(part.label)
            counted = (number_level(part.label) or 0) > 1
            if level and not counted and not (what and what.main and level > 1):
                part = replace(part, level=level)
        levelled.append(part)
    return levelled


def _in_body(part: Part, said: Said | None) -> bool:
    return said is not None and said.main and said.kind in ("background", "methods", "results") and not part.runs_in


def _look(style: Style, label: str) -> tuple[float, bool, bool, str]:
    return (round(style.size), style.bold, label.isupper(), "" if style.italic else style.font)


def _rank(look: tuple[float, bool, bool, str]) -> tuple[float, bool, bool, bool]:
    size, bold, upper, font = look
    return (size, upper, bold, font != "")


def _styled(part: Part, stretches: list[Stretch], told: list[Stretch]) -> Part:
    """Return a part with what its letters are set in, where they are not all alike as those of headings are, and with
    what it tells of the publication."""
    if part.kind in ("heading", "title", "front", "note"):
        stretches = []
    inside = [found for piece in part.pieces for some in (stretches, told) for found in _inside(some, piece)]
    return replace(part, stretches=tuple(inside)) if inside else part


def _inside(stretches: list[Stretch], piece: Piece) -> Iterator[Stretch]:
    at = bisect_right(stretches, piece.start, key=lambda stretch: stretch.end)
    while at < len(stretches) and stretches[at].start < piece.end:
        stretch = stretches[at]
        if stretch.style != "told":
            yield stretch._replace(start=max(stretch.start, piece.start), end=min(stretch.end, piece.end))
        elif piece.start <= stretch.start:
            yield stretch
        at += 1
