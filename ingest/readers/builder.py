"""What every reader of marked-up sources shares: text is written down block by block, and becomes a document.

JATS, HTML, DOCX and the like say themselves what a heading, a quotation or a table is. Their readers hand runs of text
to a `Builder`, in reading order; it writes the stored text and remembers what each block is, so that offsets are
right by construction.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from ingest.errors import ReaderError
from ingest.readers.assemble import assemble
from ingest.readers.contents import ReadDocument
from ingest.readers.parts import Part, Stretch
from ingest.repair import Piece, Words
from ingest.sections import heading_kind, main_kind, reports_within_methods
from ontology.identity import document_iri, sha256_of
from ontology.model import Document

_OTHER_SPACES = r"\t\r\n\f\v\u00a0\u2002-\u200a\u202f\u205f\u3000"
_SPACES = re.compile(rf" [ {_OTHER_SPACES}]+|[{_OTHER_SPACES}][ {_OTHER_SPACES}]*")
"""White space that is more, or something else, than one blank."""
_CELL = "\t"
_GAP = "\n\n"
_MAINS = frozenset({"background", "methods", "results", "discussion"})
_STYLES = frozenset({"italic", "bold", "citation", "attribution", "told"})
PLACES = frozenset({"call", "note"})
"""Styles of runs without text, which only mark a place."""
_WHOLE = frozenset({"citation", "told"})
"""Styles whose runs stay apart, as each has a label of its own."""


class Run(NamedTuple):
    """Text of one style or of several parted by blanks: "" (plain), "italic", "bold", "attribution" (whose words a
    quotation is), "citation" (a mark that cites; `label` says what) or "told" (a value of the field that `label`
    names). Of no width and kept apart are "call" (a sign is left out there that calls the note `label`) and "note"
    (that note begins there)."""

    text: str
    style: str = ""
    label: str = ""


Runs = Sequence[Run]

LABELS = {
    "journal": "Journal: ",
    "publication_date": "Published: ",
    "volume": "Volume: ",
    "issue": "Issue: ",
    "pages": "Pages: ",
    "doi": "DOI: ",
    "pmid": "PMID: ",
    "pmcid": "PMCID: ",
    "language": "Language: ",
    "publication_type": "Type: ",
}
"""Fields of a publication, with what stands before each in the stored text."""


class Builder:
    """Writes the stored text of a structured source: white space folded, one blank line between blocks.

    Headings carry their depth; the kind of a section is what the source says, else what the words of the heading say,
    else that of the section around it.

    >>> builder = Builder()
    >>> builder.heading([Run("Results")], level=1)
    >>> builder.quote([Run("Nobody called back.", "italic")])
    >>> read = builder.finish(source="a.xml", media_type="text/xml")
    >>> read.document.text, read.reading.blocks[1].kind
    ('Results\\n\\nNobody called back.\\n', 'quote')
    """

    def __init__(self) -> None:
        """Begin with nothing written."""
        self._texts: list[str] = []
        self._length = 0
        self._parts: list[Part] = []
        self._path: list[tuple[int, str]] = []
        self._title = ""

    def title(self, runs: Runs) -> None:
        """Write the title of the document."""
        part = self._block("title", [[Run("".join(run.text for run in runs), "told", "title")]])
        if part is not None and not self._title:
            self._title = "".join(self._texts[-1:]).strip()

    def front(self, field: str, *values: str, label: str = "", between: str = ", ") -> None:
        """Write a line of front matter: what the metadata of the source say of one field of the publication.

        `label` stands before the values ("Journal: "), `between` between them. Each value is kept with its words.

        >>> builder = Builder()
        >>> builder.front("author", "A. Meyer", "B. de Vries")
        >>> builder.front("journal", "Care", label="Journal: ")
        >>> read = builder.finish(source="a.xml", media_type="text/xml")
        >>> [(told.field, read.reading.text[told.start : told.end]) for told in read.reading.told]
        [('author', 'A. Meyer'), ('author', 'B. de Vries'), ('journal', 'Care')]
        """
        runs = [Run(label)] if label else []
        for number, value in enumerate(values):
            runs += [Run(between)] if number else []
            runs.append(Run(value, "told", field))
        self._block("front", [runs])

    def publication(self, **values: str) -> None:
        """Write what identifies the publication, a line for each field that is given, in the order of `LABELS`.

        >>> builder = Builder()
        >>> builder.publication(doi="10.1000/x", journal="Care")
        >>> builder.finish(source="a.xml", media_type="text/xml").document.text
        'Journal: Care\\n\\nDOI: 10.1000/x\\n'
        """
        for field, label in LABELS.items():
            if values.get(field):
                self.front(field, values[field], label=label)

    def heading(
        self,
        runs: Runs,
        *,
        level: int,
        section: str = "",
        in_abstract: bool = False,
        theme: int = 0,
        aside: bool = False,
    ) -> None:
        """Open a section of this depth (1 is the outermost); `section` is its kind where the source says it."""
        part = self._block("heading", [runs], aside=aside)
        if part is None:
            return
        label = self._texts[-1].strip()
        if not aside:
            while self._path and self._path[-1][0] >= level:
                self._path.pop()
        kind = section or self._kind(label, self._path[-1][1] if self._path else "")
        if not aside:
            self._path.append((level, kind))
        self._parts[-1] = replace(part, label=label, section=kind, level=level, in_abstract=in_abstract, theme=theme)

    def paragraph(self, runs: Runs, *, kind: str = "paragraph", section: str = "", in_abstract: bool = False) -> None:
        """Write a block: "paragraph", "list_item", "front" or "note"; with `section` it opens one without heading."""
        part = self._block(kind, [runs])
        if part is not None and section:
            self._path = [(1, section)]
            self._parts[-1] = replace(part, section=section, level=1, in_abstract=in_abstract)

    def quote(self, *paragraphs: Runs) -> None:
        """Write a quotation that is set apart; each of its paragraphs is a line of it."""
        self._block("quote", paragraphs)

    def table(self, rows: Iterable[Sequence[Runs]], *, caption: Runs = (), notes: Iterable[Runs] = ()) -> None:
        """Write a table (or a box, as rows of one cell): a line a row, tabs between cells; it stands aside with its
        caption before it and its notes behind it."""
        if any(run.text.strip() for run in caption):
            self.heading(caption, level=1, section="table", aside=True)
            opened = True
        else:
            opened = False
        lines = [_row(cells) for cells in rows]
        part = self._block("table", [line for line in lines if any(run.text.strip() for run in line)], aside=True)
        if part is not None and not opened:
            self._parts[-1] = replace(part, section="table", level=1)
        for note in notes:
            self._block("note", [note], aside=True)

    def finish(
        self,
        *,
        source: str,
        media_type: str,
        title: str | None = None,
        doi: str | None = None,
        pmid: str | None = None,
        pmcid: str | None = None,
        citation: str | None = None,
        licence: str | None = None,
        notes: Sequence[str] = (),
    ) -> ReadDocument:
        """Return the document and its reading.

        Raises:
            ReaderError: nothing was written.
        """
        stored = _GAP.join(self._texts) + "\n" if self._texts else ""
        if not stored.strip():
            raise ReaderError(source, "holds no text", "export it again, or leave it out")
        sha256 = sha256_of(stored)
        document = Document(
            iri=document_iri(sha256),
            source=source,
            sha256=sha256,
            media_type=media_type,
            text=stored,
            title=title or self._title or None,
            doi=doi.lower() if doi else None,
            pmid=pmid,
            pmcid=pmcid,
            citation=citation,
            licence=licence,
        )
        reading = assemble(document.iri, stored, self._parts, Words.of(stored), tuple(notes), marked_up=True)
        return ReadDocument(document, reading)

    def _kind(self, label: str, above: str) -> str:
        said = heading_kind(label)
        if above in ("", "other"):
            return said or "other"
        main = main_kind(label)
        if main and main != above and above in _MAINS:
            return main
        if above == "methods" and reports_within_methods(label):
            return "results"
        if said == "limitations" and above in ("discussion", "conclusions"):
            return said
        return above

    def _block(self, kind: str, lines: Iterable[Runs], *, aside: bool = False) -> Part | None:
        """Write lines as one block and return its part, or None where there is nothing to write."""
        start = self._length + (len(_GAP) if self._texts else 0)
        written: list[str] = []
        pieces: list[Piece] = []
        stretches: list[Stretch] = []
        at = start
        for line in lines:
            text, found = _folded(line)
            if not text.strip():
                continue
            at += 1 if written else 0
            pieces.append(Piece(at, at + len(text)))
            stretches += [Stretch(s.start + at, s.end + at, s.style, s.label) for s in found]
            written.append(text)
            at += len(text)
        if not written:
            return None
        self._texts.append("\n".join(written))
        self._length = at
        self._parts.append(Part(kind, tuple(pieces), aside=aside, stretches=tuple(stretches)))
        return self._parts[-1]


def _row(cells: Sequence[Runs]) -> list[Run]:
    """Return the runs of a row: cells parted by tabs, which are no white space to fold."""
    runs: list[Run] = []
    for number, cell in enumerate(cells):
        if number:
            runs.append(Run(_CELL, "cell"))
        runs += cell
    return runs


def _folded(runs: Runs) -> tuple[str, list[Stretch]]:
    """Return runs as one line with every white space one blank, none at either end, and the styled stretches of it."""
    parts: list[str] = []
    stretches: list[Stretch] = []
    length = 0
    for run in runs:
        if run.style in PLACES:
            stretches.append(Stretch(length, length, run.style, run.label))
            continue
        if run.style == "cell":
            text = _CELL
            if parts and parts[-1].endswith(" "):
                parts[-1] = parts[-1][:-1]
                length -= 1
        else:
            text = _SPACES.sub(" ", run.text)
            if text.startswith(" ") and (not parts or parts[-1].endswith((" ", _CELL))):
                text = text[1:]
        if not text:
            continue
        for style in sorted(_STYLES.intersection(run.style.split())) if run.style else ():
            _stretch(stretches, Stretch(length, length + len(text), style, run.label))
        parts.append(text)
        length += len(text)
    text = "".join(parts)
    bare = text.rstrip(" ")
    stretches.sort(key=lambda stretch: stretch.start)
    size = len(bare)
    kept = (s for s in stretches if s.start < size or s.style in PLACES)
    return bare, [s if s.end <= size else s._replace(start=min(s.start, size), end=size) for s in kept]


def _stretch(stretches: list[Stretch], found: Stretch) -> None:
    """Add a stretch, or lengthen the last of its style that it goes on."""
    for at in range(len(stretches) - 1, max(len(stretches) - 1 - len(_STYLES), -1), -1):
        last = stretches[at]
        if last.style == found.style not in _WHOLE and last.end == found.start:
            stretches[at] = last._replace(end=found.end)
            return
    stretches.append(found)
