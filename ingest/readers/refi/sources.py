"""The sources of a QDA project: their text, and where their coded segments lie in it.

Plain text, transcripts of sound and film, and the text that a program drew from a PDF are read by position. Of a PDF or
a Word file without such a text the reader of that format gives the text, and segments are found by their words.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from ingest.anchor import anchor
from ingest.errors import ReaderError
from ingest.readers.contents import CodedSource, ReadDocument, Segment
from ingest.readers.decode import decode
from ingest.readers.refi.positions import Counting, Selected, excerpt, place
from ingest.readers.refi.xml import child, children, code_refs, guid, number, values_of, words_of
from ingest.readers.safe_xml import local
from ontology.identity import document_iri, sha256_of
from ontology.model import Document

_INTERNAL = "internal://"
_BOM = b"\xef\xbb\xbf"
_TORN = 0.3
"""Share of segments that begin or end inside a word from which on a source is reported as drifted."""
_MEDIA = {"PictureSource": "picture", "AudioSource": "sound", "VideoSource": "film"}


@dataclass(slots=True)
class Found:
    """The sources that have a text, what was dropped (by words for it), and notes on single sources."""

    sources: list[CodedSource] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Text:
    """A stored text, whether its file began with a byte-order mark, and the reading where a reader of ours gave it."""

    text: str
    bom: bool = False
    read: ReadDocument | None = None


def sources_of(root: etree._Element, members: Mapping[str, bytes], source: str, variables: dict[str, str]) -> Found:
    """Return the sources of a project; `members` are the files of its archive, `variables` names by GUID.

    Two sources of the same text are one document with the segments of both.
    """
    found = Found()
    files = {name.lower().removesuffix("/"): name for name in members}
    reader = _Reader(members, files, source, variables, found)
    for element in children(child(root, "Sources"), "TextSource", "PDFSource", *_MEDIA):
        found.sources.extend(reader.read(element))
    merged: dict[str, CodedSource] = {}
    for one in found.sources:
        same = merged.get(one.document.iri)
        if same is not None:
            found.notes.append(f"{one.name} has the same text as {same.name}: they are one document")
            one = CodedSource(
                same.guid, same.name, same.document, (*same.segments, *one.segments), same.codes, same.variables,
                (*same.notes, *one.notes),
            )  # fmt: skip
        merged[one.document.iri] = one
    found.sources = list(merged.values())
    return found


@dataclass(frozen=True, slots=True)
class _Reader:
    members: Mapping[str, bytes]
    files: dict[str, str]
    source: str
    variables: dict[str, str]
    found: Found

    def read(self, element: etree._Element) -> Iterator[CodedSource]:
        """Yield the source of an element as a document; several where sound or film has several transcripts."""
        kind = local(element)
        if kind == "TextSource":
            yield from self._text_source(element, element)
        elif kind == "PDFSource":
            yield from self._pdf_source(element)
        else:
            transcripts = list(children(element, "Transcript"))
            for transcript in transcripts:
                yield from self._text_source(transcript, element)
            selections = list(children(element, "PictureSelection", "AudioSelection", "VideoSelection"))
            coded = sum(bool(code_refs(one)) for one in selections)
            word = _MEDIA[kind]
            if not transcripts:
                self.found.dropped[f"{word} sources ({word} holds no text)"] += 1
            if coded:
                self.found.dropped[f"coded segments of {word} sources"] += coded

    def _text_source(self, element: etree._Element, whole: etree._Element) -> Iterator[CodedSource]:
        selections = [s for s in element if local(s) in ("PlainTextSelection", "TranscriptSelection")]
        name = _name(element) or _name(whole)
        try:
            text = self._text(element, name)
        except ReaderError as error:
            self._without_text(name, selections, f"{error.problem}")
            return
        if text.read is not None:
            yield self._by_words(whole, name, text.read, selections)
        else:
            points = {guid(p): number(p, "position") for p in children(element, "SyncPoint")}
            yield self._by_position(whole, name, text, [(s, _selected(s, points)) for s in selections])

    def _pdf_source(self, element: etree._Element) -> Iterator[CodedSource]:
        selections = list(children(element, "PDFSelection"))
        name = _name(element)
        representation = child(element, "Representation")
        try:
            if representation is not None:
                text = self._text(representation, name)
                inner = [(s, _selected(s, {})) for s in children(representation, "PlainTextSelection")]
                placed = self._by_position(element, name, text, inner)
                yield self._with_pdf_selections(placed, selections)
                return
        except ReaderError as error:
            self.found.notes.append(f"{name}: the text drawn from this PDF {error.problem}: the PDF itself is read")
        try:
            yield self._by_words(element, name, self._file(element.get("path") or "", name), selections)
        except ReaderError as error:
            self._without_text(name, selections, error.problem)

    def _without_text(self, name: str, selections: list[etree._Element], problem: str) -> None:
        coded = sum(bool(code_refs(one)) for one in selections)
        told = f", {coded} coded segments with it" if coded else ""
        self.found.notes.append(f"dropped source {name}{told}: it {problem}")

    def _text(self, element: etree._Element, name: str) -> _Text:
        """Return the text of a source: inside the XML, else of its plain text file, else of its rich text file."""
        inside = words_of(element, "PlainTextContent")
        if inside.strip():
            text, _ = decode(inside.removeprefix("\ufeff").encode(), name)
            return _Text(text, bom=inside.startswith("\ufeff"))
        plain = element.get("plainTextPath") or ""
        if plain:
            data = self._bytes(plain, name)
            text, _ = decode(data, name)
            return _Text(text, bom=data.startswith(_BOM))
        rich = element.get("richTextPath") or ""
        if rich:
            return _Text("", read=self._file(rich, name))
        raise ReaderError(name, "names no text", "export the project with its sources")

    def _bytes(self, path: str, name: str) -> bytes:
        inner = path.lower().removeprefix(_INTERNAL)  # some programs write the bare name of a file in the archive
        for candidate in (f"sources/{inner}", inner):
            if candidate in self.files:
                return self.members[self.files[candidate]]
        where = "is not in" if path.lower().startswith(_INTERNAL) else "lies outside"
        raise ReaderError(name, f"{where} the project file ({path})", "export it with its sources")

    def _file(self, path: str, name: str) -> ReadDocument:
        from ingest.readers import read  # the registry knows this reader: it must not be asked before it is complete

        return read(self._bytes(path, name), f"{self.source}/{name}")

    def _by_position(
        self, whole: etree._Element, name: str, text: _Text, selections: list[tuple[etree._Element, Selected | None]]
    ) -> CodedSource:
        timed = [one for one, selected in selections if selected is None]
        if timed:
            self.found.dropped["coded segments of transcripts without a position"] += len(timed)
        placing = place(text.text, [s for _, s in selections if s is not None], bom=text.bom)
        notes = _notes_on(placing.counting, placing.torn, len(placing.places))
        moved = sum(placed.moved for placed in placing.places.values())
        notes += [f"{moved} segments had drifted: found again by their words"] if moved else []
        segments = []
        for element, selected in selections:
            if selected is None:
                continue
            codes = code_refs(element)
            if not codes:
                self.found.dropped["selections without a code"] += 1
            elif selected.guid in placing.refused:
                notes.append(f"refused segment {selected.name or selected.guid}: {placing.refused[selected.guid]}")
            else:
                at = placing.places[selected.guid]
                segments.append(Segment(selected.guid, at.start, at.end, codes))
        document = _document(text.text, f"{self.source}/{name}")
        return self._source(whole, name, document, segments, notes)

    def _by_words(
        self, whole: etree._Element, name: str, read: ReadDocument, selections: list[etree._Element]
    ) -> CodedSource:
        placed = self._source(whole, name, read.document, [], list(read.reading.notes))
        return self._with_pdf_selections(placed, selections, read)

    def _with_pdf_selections(
        self, source: CodedSource, selections: list[etree._Element], read: ReadDocument | None = None
    ) -> CodedSource:
        """Add the segments whose words the document holds: a PDF selection is an area of a page, with words or not."""
        segments = list(source.segments)
        for selection in selections:
            codes = code_refs(selection)
            words = words_of(child(selection, "Representation"), "PlainTextContent") or excerpt(_name(selection))
            if not codes:
                self.found.dropped["selections without a code"] += 1
                continue
            where = read.reading if read is not None else source.document.text
            passages = anchor(where, words, document=source.document.iri) if words.strip() else None
            if passages:
                start, end = passages[0].start, passages[-1].end
                segments.append(Segment(guid(selection), start, end, codes))
            else:
                self.found.dropped["coded areas of PDF pages whose words are not known"] += 1
        return CodedSource(
            source.guid, source.name, source.document, tuple(segments), source.codes, source.variables, source.notes
        )

    def _source(
        self, whole: etree._Element, name: str, document: Document, segments: list[Segment], notes: list[str]
    ) -> CodedSource:
        return CodedSource(
            guid=guid(whole),
            name=name,
            document=document,
            segments=tuple(segments),
            codes=code_refs(whole),
            variables=values_of(whole, self.variables),
            notes=tuple(f"{name}: {note}" for note in notes),
        )


def _name(element: etree._Element) -> str:
    path = element.get("plainTextPath") or element.get("path") or ""
    return " ".join((element.get("name") or path.removeprefix(_INTERNAL)).split()) or guid(element)


def _selected(element: etree._Element, points: dict[str, int | None]) -> Selected | None:
    """Return what a selection says of its place; None where it gives times only."""
    if local(element) == "TranscriptSelection":
        start = points.get(guid(element, "fromSyncPoint"))
        end = points.get(guid(element, "toSyncPoint"))
    else:
        start, end = number(element, "startPosition"), number(element, "endPosition")
    if start is None or end is None:
        return None
    return Selected(guid(element), element.get("name") or "", start, end)


def _notes_on(counting: Counting, torn: int, placed: int) -> list[str]:
    notes = [] if counting == Counting() else [f"its positions count {counting}: brought to those of the text"]
    if placed and torn > _TORN * placed:
        notes.append(f"{torn} of {placed} segments begin or end inside a word: look at them, they may have drifted")
    return notes


def _document(text: str, source: str) -> Document:
    sha256 = sha256_of(text)
    return Document(iri=document_iri(sha256), source=source, sha256=sha256, media_type="text/plain", text=text)
