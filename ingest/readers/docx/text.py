"""The words of a Word document: paragraphs as runs, changes accepted, fields resolved, text boxes set apart."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ingest.readers.builder import PLACES, Run
from ingest.readers.docx.package import child, is_on, value
from ingest.readers.docx.styles import Look, Styles
from ingest.readers.safe_xml import local

_LEFT_OUT = frozenset(
    ["del", "moveFrom", "delText", "instrText", "delInstrText", "pPr", "rPr", "tblPr", "sectPr", "rubyPr", "rt"]
)
_CITING = (
    "ADDIN EN.CITE",
    "ADDIN ZOTERO_ITEM",
    "ADDIN CSL_CITATION",
    "ADDIN MENDELEY",
    "CITATION ",
    "ADDIN REFMGR.CITE",
)
_HYPHENS = {"noBreakHyphen": "-", "softHyphen": "\u00ad"}
LINE = "\n"
"""A line break inside a paragraph."""


@dataclass(slots=True)
class Paragraph:
    """A paragraph: its runs, its look, and the text boxes that are anchored in it.

    `joins` says that its end was deleted, so that the next paragraph goes on in it; `size` is that of most of its
    letters, in half points, and `formula` how many of its letters are those of formulas.
    """

    runs: list[Run]
    look: Look
    boxes: list[etree._Element] = field(default_factory=list)
    joins: bool = False
    sizes: Counter[int] = field(default_factory=Counter)
    formula: int = 0

    @property
    def size(self) -> int:
        """The size of most of its letters in half points, 0 where nothing says it."""
        return self.sizes.most_common(1)[0][0] if self.sizes else self.look.size or 0

    @property
    def text(self) -> str:
        """Its words, white space folded."""
        return " ".join("".join(run.text for run in self.runs).split())


@dataclass(slots=True)
class Changes:
    """What was met on the way: tracked changes, and the notes that the text refers to, in order."""

    tracked: int = 0
    notes: list[tuple[str, str]] = field(default_factory=list)


class TextReader:
    """Reads the paragraphs of a document."""

    def __init__(self, styles: Styles) -> None:
        """Read with these styles."""
        self._styles = styles
        self.changes = Changes()

    def paragraph(self, element: etree._Element) -> Paragraph:
        """Return a paragraph."""
        properties = child(element, "pPr")
        found = Paragraph([], self._styles.paragraph(properties))
        fields: list[str] = []
        for part in element:
            self._inside(part, found, fields, "")
        mark = child(properties, "rPr")
        found.joins = child(mark, "del") is not None or child(mark, "moveFrom") is not None
        self.changes.tracked += found.joins or child(mark, "ins") is not None
        return found

    def _inside(self, part: etree._Element, found: Paragraph, fields: list[str], style: str) -> None:
        name = local(part)
        if name in ("ins", "del", "moveFrom", "moveTo"):
            self.changes.tracked += 1
        if name in _LEFT_OUT or not name:
            return
        if name == "r":
            self._run(part, found, fields, style)
        elif name == "AlternateContent":
            chosen = child(part, "Choice")
            for inner in chosen if chosen is not None else (child(part, "Fallback") or ()):
                self._inside(inner, found, fields, style)
        elif name == "txbxContent":
            found.boxes.append(part)
        elif name == "oMath":
            before = len(found.runs)
            for inner in part:
                self._inside(inner, found, fields, style)
            found.formula += sum(len(run.text) for run in found.runs[before:])
        elif name == "t" and part.text:
            found.runs.append(Run(part.text, style))
        elif name == "fldSimple" and value(part, "instr").strip().startswith(_CITING):
            words = "".join(text.text or "" for text in part.iter() if local(text) == "t")
            found.runs.append(Run(words, "citation", words.strip()))
        else:
            for inner in part:
                self._inside(inner, found, fields, style)

    def _run(self, run: etree._Element, found: Paragraph, fields: list[str], style: str) -> None:
        """Add the words of a run in its style; what a field shows is text, what it is made from is not."""
        properties = child(run, "rPr")
        if is_on(child(properties, "vanish")):
            return
        own = self._styles.run(properties).over(found.look)
        look = " ".join(word for word, on in (("bold", own.bold), ("italic", own.italic)) if on)
        if value(child(properties, "vertAlign")) == "superscript":
            look = f"{look} raised".strip()
        for part in run:
            name = local(part)
            if name == "fldChar":
                _field(value(part, "fldCharType"), fields)
            elif name == "instrText" and fields and fields[-1] != _SHOWN:
                fields[-1] += part.text or ""
            elif name in ("footnoteReference", "endnoteReference"):
                note = name.removesuffix("Reference"), value(part, "id")
                self.changes.notes.append(note)
                found.runs.append(Run("", "call", " ".join(note)))
            elif any(told != _SHOWN and not told.startswith(_SHOWN) for told in fields):
                continue
            elif name == "t":
                cites = any(_CITED in told for told in fields)
                found.runs.append(Run(part.text or "", "citation" if cites else look))
                found.sizes[own.size or 0] += len(part.text or "")
            elif name in ("tab", "ptab"):
                found.runs.append(Run(" ", look))
            elif name in ("br", "cr"):
                found.runs.append(Run(LINE, look))
            elif name in _HYPHENS:
                found.runs.append(Run(_HYPHENS[name], look))
            elif name not in ("sym", "annotationRef", "footnoteRef", "endnoteRef"):
                self._inside(part, found, fields, look)

    def cell(self, element: etree._Element) -> Iterator[Paragraph]:
        """Yield the paragraphs of a cell, a box or a note, those of tables in it too."""
        for part in element:
            name = local(part)
            if name == "p":
                yield self.paragraph(part)
            elif name not in _LEFT_OUT:
                yield from self.cell(part)


_SHOWN = "\x00"
_CITED = "\x01"


def _field(kind: str, fields: list[str]) -> None:
    """Follow a field: from its beginning to what separates its code from what it shows, to its end."""
    if kind == "begin":
        fields.append("")
    elif kind == "separate" and fields:
        fields[-1] = _SHOWN + (_CITED if fields[-1].strip().startswith(_CITING) else "")
    elif kind == "end" and fields:
        fields.pop()


def merged(runs: list[Run]) -> list[Run]:
    """Return runs with neighbours of one style put together; a citation says what it cites."""
    found: list[Run] = []
    for run in runs:
        if found and found[-1].style == run.style and run.style not in PLACES:
            found[-1] = found[-1]._replace(text=found[-1].text + run.text)
        elif run.text or run.style in PLACES:
            found.append(run)
    return [run._replace(label=run.text.strip()) if "citation" in run.style else run for run in found]


def split_lines(runs: list[Run]) -> Iterator[list[Run]]:
    """Yield the lines of a paragraph that line breaks part."""
    line: list[Run] = []
    for run in runs:
        first, *rest = run.text.split(LINE)
        line.append(run._replace(text=first))
        for text in rest:
            yield line
            line = [run._replace(text=text)]
    yield line
