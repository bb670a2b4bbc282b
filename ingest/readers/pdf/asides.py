"""What stands beside the running text of a PDF: its tables, boxes and figures, and its footnotes."""

from dataclasses import replace
from itertools import takewhile

from ingest.readers.paragraphs import is_open, unfinished
from ingest.readers.parts import Part
from ingest.readers.pdf.write import Written
from ingest.repair import Piece


def aside_parts(written: Written) -> list[Part]:
    """Return the tables of a PDF with their captions, and its footnotes; what goes on over a page is one table."""
    parts: list[Part] = []
    head: list[list[Piece]] = []
    for region, rows in written.tables:
        if region.rest and parts and parts[-1].kind == "table":
            last = parts.pop()
            rest = rows[_heads_again(head, rows, written.text) :]
            if rest and _goes_on(last.pieces, rest[0], written.text):
                rest[0] = [piece._replace(opens="") for piece in rest[0] if piece.end > piece.start]
            more = [piece for row in rest for piece in row]
            more[:1] = [piece._replace(cut=True) for piece in more[:1]]
            parts.append(replace(last, pieces=(*last.pieces, *more)))
            continue
        head, pieces = rows, tuple(piece for row in rows for piece in row)
        if not region.caption:
            parts.append(Part("table", pieces, aside=True))
            continue
        caption = tuple(Piece(*written.places[id(line)]) for line in region.caption)
        label = " ".join(line.text for line in region.caption)
        parts.append(Part("heading", caption, label=label, section="table", level=1, aside=True))
        if rows:
            parts.append(Part("table", pieces, aside=True))
    for page, lines in written.notes:
        pieces = tuple(Piece(*written.places[id(line)]) for line in lines)
        kind, section = ("front", "front") if page == 0 else ("note", "back")
        parts.append(Part(kind, pieces, section=section, level=1, aside=True))
    return parts


def _heads_again(table: list[list[Piece]], rows: list[list[Piece]], stored: str) -> int:
    """Return how many rows at the top of a page only repeat the head of their table, or of those columns that go on."""
    both = zip(table, rows, strict=False)
    return sum(1 for _ in takewhile(lambda pair: _repeats(_words(pair[0], stored), _words(pair[1], stored)), both))


def _repeats(head: list[str], row: list[str]) -> bool:
    return bool(row) and row == head[-len(row) :]


def _words(row: list[Piece], stored: str) -> list[str]:
    return [stored[piece.start : piece.end] for piece in row if piece.end > piece.start]


def _goes_on(pieces: tuple[Piece, ...], row: list[Piece], stored: str) -> bool:
    """Say whether the first row of a page is the rest of the cell that ends the page before: nothing else stands in
    it, and a quotation is open, or a sentence goes on in a small letter."""
    full = [piece for piece in row if piece.end > piece.start]
    if not full or not pieces or any(piece.opens for piece in full[1:]):
        return False
    first = next(number for number in range(len(pieces) - 1, -1, -1) if pieces[number].opens or not number)
    above = [stored[piece.start : piece.end] for piece in pieces[first:]]
    opening = stored[full[0].start]
    words = " ".join(above)
    return is_open(words) or (len(above) > 1 and opening.islower() and unfinished(words))
