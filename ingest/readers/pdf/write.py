"""A PDF's pages to the stored text, page by page, and the lines, tables and styles with where they are in it."""

from dataclasses import dataclass, field

from ingest.readers.parts import Stretch
from ingest.readers.pdf.flow import Column, Paragraph
from ingest.readers.pdf.layout import Layout, Page
from ingest.readers.pdf.rows import Row, table_rows
from ingest.readers.pdf.tables import Region
from ingest.readers.pdf.text import TextLine, joined
from ingest.readers.pdf.words import Word
from ingest.repair import Piece


@dataclass(slots=True)
class Written:
    """The stored text while it grows: `places` of lines by identity, table regions with the places of their rows,
    where italic and bold are `styled` in order, the raised numbers in `marks`, and the lines that are furniture."""

    texts: list[str] = field(default_factory=list)
    length: int = 0
    page_starts: list[int] = field(default_factory=list)
    places: dict[int, tuple[int, int]] = field(default_factory=dict)
    tables: list[tuple[Region, list[list[Piece]]]] = field(default_factory=list)
    notes: list[tuple[int, list[TextLine]]] = field(default_factory=list)
    styled: list[tuple[int, int, str]] = field(default_factory=list)
    marks: list[Stretch] = field(default_factory=list)
    furniture: int = 0
    line_numbers: int = 0

    @property
    def stretches(self) -> list[Stretch]:
        """What is set in italic or bold, in order."""
        return [Stretch(*place) for place in self.styled]

    @property
    def text(self) -> str:
        """The stored text."""
        return "".join(self.texts)

    def put(self, text: str) -> None:
        """Append characters."""
        self.texts.append(text)
        self.length += len(text)

    def line(self, line: TextLine) -> None:
        """Write a line and remember its place, without the number in its margin."""
        if line.margin:
            self.put(joined(line.words[: line.margin]) + " ")
            self.line_numbers += 1
        start = self.length
        self._words(line.words[line.margin :] if line.margin else line.words, line.text)
        self.places[id(line)] = (start, self.length)
        self.put("\n")

    def row(self, cells: Row) -> list[Piece]:
        """Write the row of a table, cell by cell with tabs between and each line of a cell by itself; return where
        these lines are."""
        found: list[Piece] = []
        opens = "\n"
        for number, cell in enumerate(cells):
            self.put("\t" if number else "")
            for line in cell or [[]]:
                self.put("" if opens else "\n")
                start = self.length
                self._words(line, joined(line))
                found.append(Piece(start, self.length, opens=opens))
                opens = ""
            opens = "\t"
        self.put("\n")
        return found

    def _words(self, words: list[Word], text: str) -> None:
        """Write words, which are `text`, and remember what is set in italic or bold."""
        if [word for word in words if word.style.italic or word.style.bold or word.raised]:
            end = self.length
            for number, word in enumerate(words):
                start = end if word.glued or not number else end + 1
                end = start + len(word.text)
                if word.style.italic or word.style.bold:
                    self._styled(start, end, "italic" if word.style.italic else "bold")
                if word.raised:
                    self.marks.append(Stretch(start + word.raised[0], start + word.raised[1], "citation"))
        self.put(text)

    def _styled(self, start: int, end: int, style: str) -> None:
        last = self.styled[-1] if self.styled else None
        if last and last[2] == style and start - last[1] <= 1:
            self.styled[-1] = (last[0], end, style)
        else:
            self.styled.append((start, end, style))


def write(layout: Layout, paragraphs: list[Paragraph]) -> Written:
    """Return the stored text: a page begins with a line end of its own, so that an empty one has a place as well."""
    opens = {id(paragraph.lines[0]) for paragraph in paragraphs if paragraph.gap}
    written = Written()
    for page in layout.pages:
        written.page_starts.append(written.length)
        if page is not layout.pages[0]:
            written.put("\n")
        _page(written, page, opens)
        if written.length == written.page_starts[-1]:
            written.put("\n")
    written.texts = [written.text]
    return written


def _page(written: Written, page: Page, opens: set[int]) -> None:
    for line in page.above:
        written.line(line)
    for entry in page.entries:
        if isinstance(entry, Column):
            for line in entry.lines:
                if id(line) in opens and written.length > written.page_starts[-1] + 1:
                    written.put("\n")
                written.line(line)
        else:
            _region(written, entry, page)
    if page.notes:
        written.put("\n")
        for line in page.notes:
            written.line(line)
        written.notes.append((page.number, page.notes))
    if page.below:
        written.put("\n")
    for line in page.below:
        written.line(line)
    written.furniture += len(page.above) + len(page.below)


def _region(written: Written, region: Region, page: Page) -> None:
    written.put("\n")
    for line in region.caption:
        written.line(line)
    rows = [written.row(cells) for cells in table_rows(region.body, page.rules)] if region.body else []
    written.tables.append((region, rows))
    written.put("\n")
