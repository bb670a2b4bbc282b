"""The text of a JATS article block by block, in reading order, for a `Builder`."""

from collections.abc import Callable, Iterable, Iterator

from lxml import etree

from ingest.readers.builder import Builder, Run, Runs
from ingest.readers.cells import rows_of
from ingest.readers.grouping import grouped
from ingest.readers.jats.inline import name_of, one, words_of
from ingest.readers.jats.references import references_of
from ingest.readers.jats.sections import Place, places, told_kind, type_kind
from ingest.readers.safe_xml import local
from ingest.sections import said_by

_LEFT_OUT = frozenset({"graphic", "media", "alternatives", "object-id", "sec-meta", "alt-text", "long-desc"})
_LINES = frozenset(
    [
        "p", "title", "subtitle", "list", "list-item", "disp-quote", "attrib", "speech", "def-list", "def-item", "sec",
        "caption", "statement", "verse-group", "verse-line", "boxed-text", "fn", "disp-formula", "preformat", "code",
        "fn-group", "table-wrap-foot", "permissions", "def",
    ]
)  # fmt: skip
"""Elements that begin a line of their own inside a quotation, a box, a note or a cell."""
_FLOATS = frozenset({"table-wrap", "fig"})
"""What never runs on inside a line: it is written behind what holds it."""
_TEXT = frozenset({"list", "p", "disp-quote", "boxed-text"})
_LEADS: dict[str, Callable[[str], str]] = {
    "label": lambda _: " ",
    "speaker": lambda words: " " if words.endswith(":") else ": ",
    "term": lambda words: " " if words.endswith(":") else ": ",
}
"""Elements that lead the line behind them, with what stands between."""
_PLAIN = frozenset({"abstract", "structured", "unstructured", "main", "normal", "full"})
"""Types that say no more of an abstract than how it is written."""
_SUMMARIES = _PLAIN | {"plain-language-summary", "executive-summary", "summary", "key-points", "short"}


class BodyWriter:
    """Writes the parts of an article; `linked` says that it links its citations to its references."""

    def __init__(self, builder: Builder, *, linked: bool) -> None:
        """Write to `builder`."""
        self._builder = builder
        self._linked = linked
        self._opens = ""
        self._handlers: dict[str, Callable[[etree._Element, int], None]] = {
            "sec": self._section, "p": self._paragraph, "list": self._list, "disp-quote": self._quote,
            "def-list": self._definitions, "glossary": self._definitions, "table-wrap": self._table,
            "table-wrap-group": self._children, "fig": self._table, "fig-group": self._children,
            "boxed-text": self._box, "speech": self._quote, "verse-group": self._quote, "statement": self._statement,
            "supplementary-material": self._supplement, "fn-group": self._notes, "fn": self._note,
            "ref-list": self._references, "disp-formula": self._line, "disp-formula-group": self._children,
            "preformat": self._line, "code": self._line, "title": self._line, "attrib": self._line,
            "block-alternatives": self._children, "app-group": self._children, "chem-struct-wrap": self._line,
            "question-wrap": self._children, "question": self._children, "answer": self._children,
        }  # fmt: skip

    def abstract(self, abstract: etree._Element) -> None:
        """Write an abstract, structured or not; one in another language or a teaser is no abstract of the study."""
        kind = abstract.get("abstract-type", "abstract") or "abstract"
        counts = local(abstract) == "abstract" and kind in _SUMMARIES
        section = "abstract" if counts else "front" if local(abstract) == "abstract" else "back"
        title = _title_of(abstract)
        default = "Abstract" if kind in _PLAIN else kind.replace("-", " ").capitalize()
        heading = self._runs(title) if title is not None else [Run(default)]
        self._builder.heading(heading, level=1, section=section, in_abstract=counts)
        for part in abstract:
            if local(part) == "sec":
                self._part_of_abstract(part, section, counts)
            elif part is not title:
                self._block(part, 2)

    def body(self, body: etree._Element) -> None:
        """Write the body; its main sections get their kind from each other where they do not say it."""
        parts = [part for part in body if local(part)]
        while len(parts) == 1 and local(parts[0]) == "sec" and _title_of(parts[0]) is None:
            parts = [part for part in parts[0] if local(part)]
        sections = [part for part in parts if local(part) == "sec"]
        told = [(part.get("sec-type"), words_of(_title_of(part))) for part in sections]
        found = dict(zip(sections, places(told), strict=True))
        kinds = {place.kind for place in found.values()}
        self._opens = "background" if kinds & {"methods", "results", "discussion"} else "other"
        for part in parts:
            if part in found:
                self._main(part, found[part])
            else:
                self._block(part, 1)

    def back(self, part: etree._Element) -> None:
        """Write one part of the back matter: acknowledgements, notes, appendices, references."""
        name = local(part)
        if name in ("ref-list", "fn-group", "glossary", "app-group"):
            self._handlers[name](part, 1)
        elif name == "sec":
            self._main(part, Place(_back_kind(part)))
        elif name in ("ack", "app", "notes", "bio"):
            self._headed(part, 1, "back", {"ack": "Acknowledgements", "app": "Appendix"}.get(name, "Notes"))
        elif name:
            self._block(part, 1)

    def floats(self, group: etree._Element) -> None:
        """Write the tables, figures and boxes that a file keeps behind the text."""
        self._children(group, 1)

    def _part_of_abstract(self, part: etree._Element, section: str, counts: bool) -> None:
        title = _title_of(part)
        if title is not None:
            kind = told_kind(part.get("sec-type"), words_of(title)) if counts else ""
            kind = section if kind in ("", "front", "back", "references") else kind
            self._builder.heading(self._runs(title), level=2, section=kind, in_abstract=counts)
        self._rest(part, title, 3)

    def _main(self, part: etree._Element, place: Place) -> None:
        title = _title_of(part)
        level = 2 if place.part else 1
        if title is None:
            self._opens = place.kind
            self._rest(part, None, 1)
            return
        self._opens = ""
        self._builder.heading(self._labelled(part, title), level=level, section=place.kind)
        self._rest(part, title, level + 1)

    def _section(self, part: etree._Element, level: int) -> None:
        title = _title_of(part)
        if title is None:
            self._rest(part, None, level)
            return
        self._opens = ""
        self._builder.heading(self._labelled(part, title), level=level, section=type_kind(part.get("sec-type")))
        self._rest(part, title, level + 1)

    def _headed(self, part: etree._Element, level: int, section: str, default: str) -> None:
        title = _title_of(part)
        heading = self._labelled(part, title) if title is not None else [Run(default)]
        self._builder.heading(heading, level=level, section=section)
        self._rest(part, title, level + 1)

    def _rest(self, part: etree._Element, title: etree._Element | None, level: int) -> None:
        for child in part:
            if child is not title and not (title is not None and local(child) == "label"):
                self._block(child, level)

    def _children(self, part: etree._Element, level: int) -> None:
        self._rest(part, None, level)

    def _block(self, part: etree._Element, level: int) -> None:
        name = local(part)
        if name == "p" and "quot" in (part.get("content-type") or part.get("specific-use") or ""):
            name = "disp-quote"
        handler = self._handlers.get(name)
        if handler is not None:
            handler(part, level)
        elif name == "app":
            self._headed(part, level, "back", "Appendix")
        elif name and name not in _LEFT_OUT:
            self._paragraph(part, level)

    def _paragraph(self, part: etree._Element, level: int, kind: str = "paragraph", lead: Runs = ()) -> None:
        """Write a paragraph; what is set apart inside parts it in two."""
        runs: list[Run] = [*lead]
        notes: list[etree._Element] = []
        if part.text:
            runs.append(Run(part.text))
        for child in part:
            name = local(child)
            if name == "fn":
                runs += one(child)
                notes.append(child)
            elif name in self._handlers and name != "title":
                self._write(runs, kind)
                runs = []
                self._block(child, level)
            else:
                runs += one(child)
                notes += [note for note in child.iter() if local(note) == "fn"]
            if child.tail:
                runs.append(Run(child.tail))
        self._write(runs, kind)
        for note in notes:
            self._note(note, level)

    def _write(self, runs: list[Run], kind: str) -> None:
        found = grouped(runs, linked=self._linked)
        if _told(found):
            section, self._opens = self._opens, ""
            self._builder.paragraph(found, kind=kind, section=section)

    def _line(self, part: etree._Element, level: int) -> None:
        self._write([*one(part)], "paragraph")

    def _list(self, part: etree._Element, level: int) -> None:
        for item in part:
            if local(item) == "list-item":
                lead = self._label(item)
                for child in item:
                    name = local(child)
                    if name == "label":
                        continue
                    if name in self._handlers and name != "p":
                        self._block(child, level)
                    else:
                        self._paragraph(child, level, "list_item", lead)
                        lead = []
            elif local(item) == "title":
                self._line(item, level)

    def _definitions(self, part: etree._Element, level: int) -> None:
        title = _title_of(part)
        if local(part) == "glossary":
            self._headed(part, level, "back", "Abbreviations")
            return
        if title is not None:
            self._line(title, level)
        for item in part:
            if local(item) == "def-item":
                for line in self._lines(item):
                    self._write([*line], "list_item")
            elif local(item) == "def-list":
                self._definitions(item, level)

    def _quote(self, part: etree._Element, level: int) -> None:
        self._builder.quote(*self._lines(part))
        self._floating(part, level)

    def _statement(self, part: etree._Element, level: int) -> None:
        for line in self._lines(part):
            self._write([*line], "paragraph")
        self._floating(part, level)

    def _supplement(self, part: etree._Element, level: int) -> None:
        for line in self._lines(part):
            self._builder.paragraph(line, kind="note")

    def _floating(self, part: etree._Element, level: int, caption: Runs = ()) -> None:
        """Write the tables and figures that lie in something else; the first takes `caption` where it has none."""
        for child in part.iter():
            above = next((local(e) for e in child.iterancestors() if e is part or local(e) in _FLOATS), "")
            if child is not part and local(child) in _FLOATS and above == local(part):
                self._captioned(child, level, caption)
                caption = ()

    def _notes(self, part: etree._Element, level: int) -> None:
        self._headed(part, level, "back", "Footnotes")

    def _note(self, part: etree._Element, level: int) -> None:
        for line in self._lines(part):
            self._builder.paragraph(line, kind="note")

    def _references(self, part: etree._Element, level: int) -> None:
        title = _title_of(part)
        heading = self._runs(title) if title is not None else [Run("References")]
        self._builder.heading(heading, level=1, section="references")
        for reference in references_of(part):
            self._builder.paragraph(reference, kind="note")

    def _table(self, part: etree._Element, level: int) -> None:
        self._captioned(part, level, ())

    def _captioned(self, part: etree._Element, level: int, caption: Runs) -> None:
        caption = self._caption(part) or caption
        tables = [table for table in part.iter() if local(table) in ("table", "tgroup") and not _nested_table(table)]
        notes = [line for foot in part if local(foot) == "table-wrap-foot" for line in self._lines(foot)]
        lines = [line for inside in part if local(inside) in _TEXT for line in self._lines(inside)]
        for table in tables:
            self._builder.table(rows_of(table, self._cell), caption=caption)
        if lines or not tables:
            self._builder.table([[line] for line in lines], caption=() if tables else caption)
        self._builder.table([], notes=notes)

    def _cell(self, cell: etree._Element) -> Runs:
        return _spaced(self._lines(cell))

    def _box(self, part: etree._Element, level: int) -> None:
        caption, title = self._caption(part), _title_of(part)
        said = said_by("".join(run.text for run in caption))
        above = part.getparent()
        if said is not None and said.kind == "limitations" and above is not None and local(above) == "body":
            self._section_in_box(part, caption, level)
            return
        told = (child for child in part if child is not title and local(child) not in ("caption", "label", ""))
        rows = [[line] for child in told for line in self._lines(child)]
        if rows:
            self._builder.table(rows, caption=caption)
        self._floating(part, level, () if rows else caption)

    def _section_in_box(self, part: etree._Element, caption: Runs, level: int) -> None:
        """Write a box that is a section by its heading, as journals set "Strengths and limitations of this study"."""
        opens, self._opens = self._opens, ""
        self._builder.heading(caption, level=1, section="limitations")
        for child in part:
            if local(child) not in ("caption", "label", "title"):
                self._block(child, level + 1)
        self._opens = opens or "background"

    def _caption(self, part: etree._Element) -> Runs:
        """Return label, title and text of a caption as one line."""
        heads = [child for child in part if local(child) in ("label", "caption")]
        title = _title_of(part)
        heads += [title] if title is not None and local(title) == "title" else []
        return _spaced(line for head in heads for line in self._lines(head))

    def _labelled(self, part: etree._Element, title: etree._Element) -> list[Run]:
        return [*self._label(part), *self._runs(title)]

    def _label(self, part: etree._Element) -> list[Run]:
        labels = [words_of(child) for child in part if local(child) == "label"]
        return [Run(f"{labels[0]} ")] if labels and labels[0] else []

    def _runs(self, part: etree._Element) -> list[Run]:
        return _spaced(self._lines(part))

    def _lines(self, part: etree._Element) -> Iterator[Runs]:
        """Yield the lines of an element that holds paragraphs, lists, turns of speech; a label leads the first."""
        for line in _lines(part):
            yield grouped(line, linked=self._linked)


def _lines(part: etree._Element) -> Iterator[list[Run]]:
    runs: list[Run] = [Run(part.text)] if part.text else []
    leading = local(part) == "fn"
    if leading:
        runs.insert(0, Run("", "note", name_of(part)))
    for child in part:
        name = local(child)
        if name in _FLOATS:
            leading = False
        elif name in _LEADS or name in _LINES:
            inside = [[*one(child), Run(_LEADS[name](words_of(child)))]] if name in _LEADS else list(_lines(child))
            if name == "attrib":
                inside = [[run._replace(style=f"{run.style} attribution") for run in line] for line in inside]
            if leading and inside:
                inside[0] = [*runs, *inside[0]]
            elif _told(runs):
                yield runs
            runs, leading = [], False
            if name in _LEADS:
                runs, leading = inside[0], True
            else:
                yield from inside
        else:
            runs += one(child)
            leading = leading and not name
        if child.tail:
            runs.append(Run(child.tail))
            leading = leading and not child.tail.strip()
    if _told(runs):
        yield runs


def _told(runs: Runs) -> bool:
    return any(run.text.strip() for run in runs)


def _spaced(lines: Iterable[Runs]) -> list[Run]:
    """Return lines as one, a blank between them."""
    runs: list[Run] = []
    for line in lines:
        runs += [Run(" "), *line] if runs else line
    return runs


def _title_of(part: etree._Element) -> etree._Element | None:
    """Return the title of a section or box if it says anything; that of a caption is the caption's."""
    return next((child for child in part if local(child) == "title" and words_of(child)), None)


def _nested_table(table: etree._Element) -> bool:
    return any(local(above) in ("table", "tgroup") for above in table.iterancestors())


def _back_kind(part: etree._Element) -> str:
    said = said_by(words_of(_title_of(part)))
    return said.kind if said and said.main else type_kind(part.get("sec-type")) or "back"
