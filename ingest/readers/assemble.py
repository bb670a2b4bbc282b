"""Parts to a reading: the view, its offsets, sections, blocks and sentences."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from ingest.readers.parts import Part, Stretch
from ingest.readers.repaired import Joined, data_in, repair_parts
from ingest.reading import Block, CitationMark, Emphasis, NoteCall, Reading, Section, Sentence, Told
from ingest.repair import Strand, Words
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
        self.emphases: list[Emphasis] = []
        self.told: list[Told] = []
        self.calls: list[tuple[int, str]] = []
        self.named: dict[str, tuple[int, int]] = {}

    @property
    def length(self) -> int:
        """How many characters the view has."""
        return len(self.offsets)

    def add(self, strand: Strand, *, cut: bool) -> tuple[int, int]:
        """Append a block behind a blank line and return where it lies."""
        if self.offsets:
            last, first = self.offsets[-1], strand.offsets[0]
            most = first - 1 if first > last else last
            self.texts.append(_GAP)
            self.offsets.extend(max(last, min(last + step, most)) for step in range(1, len(_GAP) + 1))
            if cut or first < last or self.stored[last + 1 : first].strip():
                self.cuts.append(self.length)
        start = self.length
        self.texts.append(strand.text)
        self.offsets.extend(strand.offsets)
        return start, self.length


def assemble(
    document: str, stored: str, parts: list[Part], words: Words, notes: tuple[str, ...], *, marked_up: bool = False
) -> Reading:
    """Return the reading that `parts` make; those that stand aside come last, in the order of the source.

    `marked_up` says that the source itself marks its citations: then the stretches of the parts tell them, and
    nothing is taken for one by its looks.
    """
    view = _View(stored)
    data = data_in(stored)
    if data:
        notes = (*notes, f"{data} stretch{'es' * (data > 1)} of data without a blank left out")
    ordered = [part for part in parts if not part.aside] + [part for part in parts if part.aside]
    for part, joined in zip(ordered, repair_parts(ordered, stored, words, marked_up=marked_up), strict=True):
        _place(view, part, joined)
    return Reading(
        document=document,
        stored=stored,
        text="".join(view.texts),
        offsets=tuple(view.offsets),
        cuts=tuple(sorted(set(view.cuts))),
        sections=_close(view.sections, view.length),
        blocks=tuple(view.blocks),
        sentences=tuple(view.sentences),
        citations=tuple(view.citations),
        notes=notes,
        emphases=tuple(view.emphases),
        told=tuple(view.told),
        marked_up=marked_up,
        calls=tuple(NoteCall(at, *view.named[note]) for at, note in view.calls if note in view.named),
    )


def _place(view: _View, part: Part, joined: Joined) -> None:
    strand = joined.strand
    if not strand.text:
        return
    start, end = view.add(strand, cut=part.pieces[0].cut)
    view.cuts.extend(start + cut for cut in joined.cuts)
    view.citations.extend(CitationMark(start + at, label) for at, label in joined.marks)
    for stretch, a, b in _stretches(part, strand, start):
        if stretch.style == "call":
            view.calls.append((a, stretch.label))
        elif stretch.style == "note":
            view.named.setdefault(stretch.label, (a, end))
        elif stretch.style == "told":
            view.told.append(Told(stretch.label, strand.text[a - start : b - start].strip(), a, b))
        elif stretch.style != "citation":
            view.emphases.append(Emphasis(a, b, stretch.style))
    if part.kind == "heading":
        label = part.label if part.path or part.runs_in else strand.text.strip("#* ").removesuffix(":")
        view.sections.append(Section(part.section, label, start, end, start, end, part.level, part.in_abstract))
    elif part.section:
        view.sections.append(Section(part.section, "", start, start, start, end, part.level, part.in_abstract))
    elif not view.sections:
        view.sections.append(Section("front", "", 0, 0, 0, 0, 0))
    section, block = len(view.sections) - 1, len(view.blocks)
    view.blocks.append(Block(part.kind, start, end, section))
    view.sentences.extend(Sentence(start + a, start + b, block, section) for a, b in _sentences(part.kind, strand.text))


def _stretches(part: Part, strand: Strand, start: int) -> Iterator[tuple[Stretch, int, int]]:
    """Yield the stretches of a part with where they lie in the view; the offsets of a strand ascend."""
    for stretch in part.stretches:
        first = bisect_left(strand.offsets, stretch.start)
        last = bisect_left(strand.offsets, stretch.end)
        if first < last or stretch.start == stretch.end:
            yield stretch, start + first, start + last


def _sentences(kind: str, text: str) -> list[tuple[int, int]]:
    if kind in ("heading", "title"):
        return [(0, len(text))]
    if kind != "table":
        return sentence_spans(text)
    spans: list[tuple[int, int]] = []
    at = 0
    for row in text.split("\n"):
        spans.extend((at + a, at + b) for a, b in sentence_spans(row))
        at += len(row) + 1
    return spans


def _close(sections: list[Section], length: int) -> tuple[Section, ...]:
    if not sections:
        return (Section("other", "", 0, 0, 0, length, 0),)
    closed = []
    for number, section in enumerate(sections):
        later = (s.start for s in sections[number + 1 :] if s.level <= section.level)
        closed.append(replace(section, end=next(later, length)))
    return tuple(closed)
