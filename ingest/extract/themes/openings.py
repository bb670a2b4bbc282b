"""Themes that a paragraph opens with: its first words set in bold or italics, or a sentence such as "A second theme
was ...". Papers without sub-headings name their themes so."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ingest.counted import counted_items
from ingest.extract.likeness import Piece, trimmed
from ingest.extract.quotes.speech import speech_score
from ingest.extract.screening import Pattern
from ingest.extract.themes.headings import names_no_theme
from ingest.extract.themes.sources import NUMBERS, Wording, clean_label
from ingest.extract.wording import any_of
from ingest.reading import Block, Emphasis, Reading

_LEAST = 2
_LONGEST = 110
_ENDS = re.compile(r"\s*[.:–—]")
_MARKS = "“”\"‘’'"
_TURN = re.compile(
    r"(?:[A-Z]{1,3}\d*|\w+ \d{1,3}|interviewer|moderator|participant|facilitator|note|table|figure)\b\s*\d*:?\Z", re.I
)
_ORDER = any_of(
    "first, second, third, fourth, fifth, sixth, seventh, final, last, next, dominant, main, major, key, secondary, "
    "overarching, central, most common, most prominent, further, additional, recurring, strong, prominent, common, "
    "important, related"
)
_FOUND = any_of(
    "identified, that emerged, to emerge, emerging, which emerged, found, we identified, that was identified, discussed"
)
_SAID = (
    r"(?:,\s*|\s*[:–—]\s*|\s+(?:was|is)\s*[:,]?\s*(?:that\s+)?|\s+(?:concerned|related to|concerns|relates to|"
    r"centred on|centered on|focused on|focuses on)\s+)"
)
_ORDINAL = re.compile(
    rf"\b(?:the|a|an|another|one|our)\s+(?:(?:other|\w+ly)\s+)?(?:{_ORDER}\s+){{0,2}}(?:sub-?)?(?:theme|category)"
    rf"(?:\s+{_FOUND}(?:\s+(?:in|from|by|during|across)\s+[\w’' -]{{1,40}}?)?)?{_SAID}"
    r"(?P<words>[“‘\"']?[^\W\d_][^.;:()“”\n]{3,120}?)(?=[”’\"']?\s*(?:[.;:(\n]|,\s+(?:which|was|is|and|where|with|as)\b|"
    r",\s+(?:describe|capture|reflect|refer|relate|concern|include|illustrate|emerged))|\Z)",
    re.IGNORECASE,
)
_APPOSED = re.compile(
    r"\b(?:sub-?)?theme\s(?:\d{1,2}|one|two|three|four|five|six|seven|eight),\s"
    r"(?P<words>[“‘\"']?[^\W\d_][^.;:,()“”\n]{3,80}?)[”’\"']?,\s+"
    r"(?:which |was |is )?(?:describe|capture|reflect|refer|relate|concern|include|illustrate|explore|highlight|show)",
    re.IGNORECASE,
)
_AS_THEME = re.compile(
    rf"(?P<words>[“‘\"']?[A-Z][^.;:()“”\n]{{3,80}}?)[”’\"']? (?:(?:has |have )?(?:also )?(?:emerged|arose|featured)|"
    rf"(?:was|were)(?: also)? (?:identified|found|described|recogni[sz]ed)) as (?:a|an|another|one|our|the)\s"
    rf"(?:(?:of|the)\s)*(?:{_ORDER}\s){{0,3}}(?:sub-?)?(?:themes?|categor(?:y|ies))\b",
)
_THEMES = re.compile(r"\b(?:sub-?)?(?:themes|categories)\b", re.IGNORECASE)
_COUNTED = Pattern(rf"\b(?P<n>{'|'.join(NUMBERS)})\s+(?:[\w’'-]+\s+){{0,2}}?(?:themes|categories)\b", re.IGNORECASE)
_WHICH = r"\bthe (?:first|second|third|fourth|other|last)"
_NTH = re.compile(
    rf"{_WHICH}(?: (?:one|theme|category))?,? (?:related to|relates to|concerned|concerns|was|is|being|focused on|"
    r"centred on|centered on|about|described)\s(?P<words>[^.;:()“”\n]{3,120}?)"
    rf"(?=,?\s(?:while|whereas|and) {_WHICH}\b|[.;(]|\Z)",
    re.IGNORECASE,
)
_MOST_WORDS = 16
_EMPTY = re.compile(
    r"(?:not\b|also\b|then\b|identified|the (?:most|one|same)|that\b|related\b|present|evident|common)", re.I
)


def emphasised(reading: Reading, within: Sequence[Piece], quotes: Sequence[Piece]) -> list[Wording]:
    """Return what the source sets in bold or italics at the beginning of paragraphs of the results, as a heading is.

    The words must end in a full stop, a colon or a dash, or be all there is of the paragraph; a paper must have at
    least two in one style. Quotations and turns of a conversation are none.
    """
    blocks = {block.start: block for block in reading.blocks if block.kind == "paragraph"}
    found = [
        (emphasis.style, wording)
        for emphasis in reading.emphases
        if (block := blocks.get(emphasis.start)) is not None
        and any(piece.start <= emphasis.start < piece.end for piece in within)
        and not any(quote.start < emphasis.end and emphasis.start < quote.end for quote in quotes)
        and (wording := _heads(reading, emphasis, block)) is not None
    ]
    counts = Counter(style for style, _ in found)
    return [wording for style, wording in found if counts[style] >= _LEAST]


def _heads(reading: Reading, emphasis: Emphasis, block: Block) -> Wording | None:
    text = reading.text
    words = text[emphasis.start : emphasis.end].rstrip()
    whole = block.end - emphasis.end <= 1
    closed = words.endswith((".", ":")) or _ENDS.match(text, emphasis.end, block.end) is not None
    piece = trimmed(text, emphasis.start, emphasis.end)
    label = clean_label(words)
    if not (whole or closed) or not 3 < len(label) <= _LONGEST or not label[0].isupper() or words.endswith("?"):
        return None
    if label[0] in _MARKS or label.endswith("…") or _TURN.match(label) or names_no_theme(label):
        return None
    return Wording(piece.start, piece.end, label, "run-in")


def counted(reading: Reading, within: Sequence[Piece], quotes: Sequence[Piece]) -> list[Wording]:
    """Return the names behind a letter and a number ("A1 Trust", "A2 Time") that stand alone in the results."""
    blocks = [
        block
        for block in reading.blocks
        if block.kind in ("paragraph", "list_item")
        and any(piece.start <= block.start < piece.end for piece in within)
        and not any(quote.start < block.end and block.start < quote.end for quote in quotes)
    ]
    found = []
    for at, start in counted_items([reading.text[block.start : block.end] for block in blocks]).items():
        piece = trimmed(reading.text, blocks[at].start + start, blocks[at].end)
        label = clean_label(reading.text[piece.start : piece.end])
        if label and not label.endswith("?") and not names_no_theme(label) and not speech_score(label):
            found.append(Wording(piece.start, piece.end, label, "run-in"))
    return found


def ordinals(reading: Reading, within: Sequence[Piece], quotes: Sequence[Piece]) -> Iterator[Wording]:
    """Yield the themes that sentences of the results name one at a time ("A second theme was lack of time")."""
    for sentence in reading.sentences:
        if reading.blocks[sentence.block].kind != "paragraph":
            continue
        if not any(piece.start <= sentence.start < piece.end for piece in within):
            continue
        if any(quote.start <= sentence.start < quote.end for quote in quotes):
            continue
        found = (
            pattern.search(reading.text, sentence.start, sentence.end) for pattern in (_ORDINAL, _APPOSED, _AS_THEME)
        )
        mark = next((one for one in found if one is not None), None)
        marks = [mark] if mark is not None else list(_one_by_one(reading.text, sentence.start, sentence.end))
        for one in marks:
            piece = trimmed(reading.text, *one.span("words"), " \t\n,;:.“”‘’\"'")
            label = clean_label(reading.text[piece.start : piece.end])
            if not _EMPTY.match(one["words"]) and 1 <= len(label.split()) <= _MOST_WORDS:
                yield Wording(piece.start, piece.end, label[:1].upper() + label[1:], "ordinal")


def numbered_off(reading: Reading, within: Sequence[Piece], quotes: Sequence[Piece]) -> Iterator[tuple[Wording, ...]]:
    """Yield the themes that a sentence counts and names in turn: "Two themes emerged, the first related to time, while
    the second related to trust"."""
    for sentence in reading.sentences:
        if reading.blocks[sentence.block].kind != "paragraph":
            continue
        head = _COUNTED.search(reading.text, sentence.start, sentence.end)
        if head is None:
            continue
        inside = any(piece.start <= sentence.start < piece.end for piece in within)
        marks = list(_one_by_one(reading.text, sentence.start, sentence.end)) if inside else []
        if len(marks) != NUMBERS[head["n"].casefold()] or any(q.start <= sentence.start < q.end for q in quotes):
            continue
        pieces = [trimmed(reading.text, *mark.span("words"), " \t\n,;:.“”‘’\"'") for mark in marks]
        labels = [clean_label(reading.text[piece.start : piece.end]) for piece in pieces]
        yield tuple(
            Wording(piece.start, piece.end, label[:1].upper() + label[1:], "numbered")
            for piece, label in zip(pieces, labels, strict=True)
        )


def _one_by_one(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield what a sentence says of "the first" and "the second" of the themes that it announces."""
    head = _THEMES.search(text, start, end)
    marks = list(_NTH.finditer(text, head.end(), end)) if head else []
    yield from marks if len(marks) > 1 else ()
