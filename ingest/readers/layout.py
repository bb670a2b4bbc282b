"""A text to its parts: which lines belong together, and which of them are headings, quotes, lists, tables, front."""

from dataclasses import replace

from ingest.readers.blocks import classify
from ingest.readers.flattened import split_long_lines
from ingest.readers.lines import Line, body_width, drop_furniture, is_wrapped, split_lines
from ingest.readers.outline import place_headings
from ingest.readers.paragraphs import group_loose
from ingest.readers.parts import Part
from ingest.readers.tables import Aside, find_asides, find_loose_asides, quoted_on
from ingest.readers.wrapped import group_lines
from ingest.repair import Piece, Words


def find_parts(stored: str, words: Words) -> tuple[list[Part], tuple[str, ...]]:
    """Return the parts of a text in the order of the view, and notes on what was taken out or moved."""
    lines = split_lines(stored)
    dropped: list[Line] = []
    if is_wrapped(lines):
        lines, dropped = drop_furniture(lines)
        width = body_width(lines)
        asides = find_asides(lines, width)
        groups = group_lines(_without(lines, asides), width)
    else:
        lines = split_long_lines(stored, lines, words)
        width = 0
        asides = find_loose_asides(lines)
        groups = group_loose(_without(lines, asides))
    parts = place_headings(classify(stored, groups, width))
    notes = [f"{len(dropped)} running headers and page numbers left out"] if dropped else []
    notes += [f"{len(asides)} tables, boxes and captions moved behind the text"] if asides else []
    return parts + [part for aside in asides for part in _aside_parts(aside, lines)], tuple(notes)


def _without(lines: list[Line], asides: list[Aside]) -> list[Line]:
    gone = {number for aside in asides for number in range(aside.first, aside.last)}
    kept: list[Line] = []
    cut = False
    for number, line in enumerate(lines):
        if number in gone:
            cut = True
            continue
        kept.append(replace(line, cut=True) if cut else line)
        cut = False
    return kept


def _aside_parts(aside: Aside, lines: list[Line]) -> list[Part]:
    caption = lines[aside.first : aside.body]
    rows = lines[aside.body : aside.last]
    if not caption:
        return [Part("table", _rows(rows), section="table", level=1, aside=True)]
    label = " ".join(line.text for line in caption)
    head = Part("heading", _pieces(caption), label=label, section="table", level=1, aside=True)
    return [head, Part("table", _rows(rows), aside=True)] if rows else [head]


def _pieces(lines: list[Line]) -> tuple[Piece, ...]:
    return tuple(Piece(line.start, line.end, line.cut and number > 0) for number, line in enumerate(lines))


def _rows(lines: list[Line]) -> tuple[Piece, ...]:
    """Return the lines of a table as pieces, each a row but for those that go on with a quotation."""
    inside = quoted_on([line.text for line in lines])
    pieces = _pieces(lines)
    return tuple(piece._replace(opens="") if number in inside else piece for number, piece in enumerate(pieces))
