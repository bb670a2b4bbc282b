"""Parts to a reading: the view, its offsets, sections, blocks and sentences."""

from dataclasses import replace

from ingest.readers.parts import Part
from ingest.reading import Block, CitationMark, Reading, Section, Sentence
from ingest.repair import Strand, Words, join
from ingest.sentences import sentence_spans

_GAP = "\n\n"


class _View:
    """The view while it grows."""

    def __init__(self, stored: str) -> None:
        self.stored = stored
        self.texts: list[str] = []
        self.offsets: list[int] = []
        self.cuts: list[int] = []
        self.blocks: list[Block] = []
        self.sections: list[Section] = []
        self.sentences: list[Sentence] = []
        self.citations: list[CitationMark] = []

    @property
    def length(self) -> int:
        return len(self.offsets)

    def gap(self) -> None:
        if self.offsets:
            last = self.offsets[-1]
            self.texts.append(_GAP)
            self.offsets.extend(min(last + step, len(self.stored) - 1) for step in range(1, len(_GAP) + 1))

    def add(self, strand: Strand) -> tuple[int, int]:
        start = self.length
        self.texts.append(strand.text)
        self.offsets.extend(strand.offsets)
        return start, self.length


def assemble(document: str, stored: str, parts: list[Part], notes: tuple[str, ...]) -> Reading:
    """Return the reading that `parts` make; those that stand aside come last, in the order of the source."""
    words = Words.of(stored)
    view = _View(stored)
    running = [part for part in parts if not part.aside]
    aside = [part for part in parts if part.aside]
    if running and running[0].kind != "heading":
        first = "front" if running[0].kind in ("title", "front") or not running[0].section else running[0].section
        view.sections.append(Section(first, "", 0, 0, 0, 0, 0))
    elif not running:
        view.sections.append(Section("other", "", 0, 0, 0, 0, 0))
    for number, part in enumerate([*running, *aside]):
        _place(view, part, words, cut=number >= len(running))
    sections = _close(view.sections, view.length)
    return Reading(
        document=document,
        stored=stored,
        text="".join(view.texts),
        offsets=tuple(view.offsets),
        cuts=tuple(sorted(set(view.cuts))),
        sections=sections,
        blocks=tuple(view.blocks),
        sentences=tuple(view.sentences),
        citations=tuple(view.citations),
        notes=notes,
    )


def _place(view: _View, part: Part, words: Words, *, cut: bool) -> None:
    strand = join(view.stored, part.ranges, words)
    if not strand.text.strip():
        return
    view.gap()
    if cut or part.cut:
        view.cuts.append(view.length)
    start, end = view.add(strand)
    if part.kind == "heading":
        _open(view, part, strand.text, start, end)
    section = len(view.sections) - 1
    block = len(view.blocks)
    view.blocks.append(Block(part.kind, start, end, section))
    if part.kind in ("heading", "title"):
        spans = [(0, len(strand.text))]
    else:
        spans = sentence_spans(strand.text)
    view.sentences.extend(Sentence(start + a, start + b, block, section) for a, b in spans)


def _open(view: _View, part: Part, words: str, start: int, end: int) -> None:
    kind = part.section
    if kind is None:
        parent = next((s for s in reversed(view.sections) if s.level < part.level), None)
        kind = parent.kind if parent else "other"
    heading = part.label or words.strip().rstrip(":").strip()
    view.sections.append(Section(kind, heading, start, end, start, end, part.level, part.in_abstract))


def _close(sections: list[Section], length: int) -> tuple[Section, ...]:
    closed = []
    for number, section in enumerate(sections):
        later = (s.start for s in sections[number + 1 :] if s.level <= section.level)
        closed.append(replace(section, end=next(later, length)))
    return tuple(closed)
