"""The parts of a document in reading order: what a reader finds and `assemble` makes a reading of."""

from dataclasses import dataclass
from typing import NamedTuple

from ingest.repair import Piece


class Stretch(NamedTuple):
    """stored[start:end] of a part that markup sets apart: `style` is "italic", "bold", "citation" (a mark that cites
    literature; `label` says what), "told" (metadata of the source; `label` names the field), or, where `start` is
    `end`, "call" (a sign that was left out and calls the note `label`) or "note" (where the note `label` begins)."""

    start: int
    end: int
    style: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A block before it is in the view: the pieces it is made of and what it is.

    `kind` is a kind of block. A heading opens a section: `label` is the heading as it is to be shown, `path` its place
    where the text itself gives one ("BODY.RESULTS.TRUST"), `runs_in` that its text goes on in the same line, `theme`
    that its words say it is a theme (1) or a sub-theme (2). `place_headings` decides `section`, the kind, `level`, the
    depth, and `in_abstract`. A part that stands `aside` (a table, box or caption) goes behind the running text.
    `stretches` are what the source itself sets in italic or bold or marks as a citation. `breaks` are the numbers of
    the pieces that begin another paragraph of a quotation.
    """

    kind: str
    pieces: tuple[Piece, ...]
    label: str = ""
    path: tuple[str, ...] = ()
    runs_in: bool = False
    theme: int = 0
    section: str = ""
    level: int = 0
    in_abstract: bool = False
    aside: bool = False
    stretches: tuple[Stretch, ...] = ()
    breaks: tuple[int, ...] = ()

    @property
    def length(self) -> int:
        """How many characters of stored text it has."""
        return sum(piece.end - piece.start for piece in self.pieces)
