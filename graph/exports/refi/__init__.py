"""The evidence as a QDA project in REFI-QDA 1.0 (.qdpx), for ATLAS.ti, MAXQDA, NVivo, QualCoder and others.

    Document                                     TextSource, its text a file (UTF-8, LF, no byte-order mark)
    Quote, Finding                               PlainTextSelections, coded "Quote", "Finding" and with what they show
    Theme, Barrier, Facilitator, Intervention, Role    Codes; their own words are selections coded "Mention" as well
    Study; speaker                               Cases: with variables and sources; with the selections of their quotes
    supports, addresses                          Links between selections; a broken quote: Links "continues"
    ReviewFinding, EvidenceLine                  a Note and a Set; Links that are named by the direction

Positions are code points from 0, the end excluded. The project is valid by the schema of REFI, and the same records
give the same bytes. What QDA programs have no place for (study facts, rules, limitations, decisions, confidence) stays
out, and so do coding sheets (documents of several studies): their quotes are in the papers, their barriers and themes
among the codes.

The codebook comes first and is known last: what records give is noted (`graph.exports.refi.notes`), sorted on disk, and
written when all were seen. In memory are the IRIs and names of documents, and what a synthesis says.
"""

import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from graph.canonical import merged
from graph.errors import ExportError
from graph.exports.refi.codes import guid
from graph.exports.refi.notes import Notes, Source
from graph.exports.refi.xml import write_project
from graph.exports.walk import Walk
from graph.reading import about, in_graph
from ontology.base import Record
from ontology.model import Document
from ontology.namespaces import CKG
from ontology.refi import invalidity

_STARTED = (1980, 1, 1, 0, 0, 0)
"""The time that every file of the archive has: the earliest that ZIP knows."""
_BLOCK = 1 << 20
_IN_STUDY = ox.NamedNode(CKG + "inStudy")
Find = Callable[[str], Record | None]


def project(walk: Walk) -> Iterator[bytes]:
    """Yield the project of a store as the bytes of a .qdpx file.

    Raises:
        ExportError: as for `pieces`.
    """

    def documents() -> Iterator[Document]:
        for graph in walk.graphs():
            found = walk.state.store.quads_for_pattern(None, _IN_STUDY, None, ox.NamedNode(graph))
            several = len({str(quad.object) for quad in found}) > 1
            for record in in_graph(walk.state, graph, Document):
                if isinstance(record, Document) and (record.study or not several):
                    yield record

    @lru_cache(maxsize=1 << 12)
    def find(iri: str) -> Record | None:
        return merged(about(walk.state, iri)).get(iri)

    return pieces(documents, walk.united(), find)


def write(records: Iterable[Record]) -> bytes:
    """Return the project of records (one for each IRI), which memory holds.

    Raises:
        ExportError: as for `pieces`.
    """
    every = sorted(records, key=lambda record: record.iri)
    by_iri = {record.iri: record for record in every}
    studies: dict[str, set[str]] = {}
    for record in every:
        if record.document and record.study and not isinstance(record, Document):
            studies.setdefault(record.document, set()).add(record.study)
    texts = [one for one in every if isinstance(one, Document) and (one.study or len(studies.get(one.iri, ())) < 2)]
    return b"".join(pieces(lambda: texts, [every], by_iri.get))


def pieces(documents: Callable[[], Iterable[Document]], groups: Iterable[list[Record]], find: Find) -> Iterator[bytes]:
    """Yield a project as the bytes of a .qdpx file.

    `documents` gives the sources of the project, each time it is called; `groups` the records, each once and a few at a
    time, in any order; `find` the record of an IRI.

    Raises:
        ExportError: there is no document, or the project would not be valid.
    """
    sources = {one.iri: Source(one.source, one.study) for one in documents()}
    if not sources:
        raise ExportError("refi-qda", "there is no document to export", "ingest one first")
    with tempfile.TemporaryDirectory() as home:
        xml, packed = Path(home, "project.qde"), Path(home, "project.qdpx")
        with Notes(sources, find) as notes:
            for records in groups:
                notes.add(records)
            write_project(notes, xml)
        broken = invalidity(xml)
        if broken:
            raise ExportError("refi-qda", f"the project is not valid: {broken}", "report it with the records")
        with zipfile.ZipFile(packed, "w") as archive:
            with xml.open("rb") as given, archive.open(_entry("project.qde"), "w") as out:
                shutil.copyfileobj(given, out, _BLOCK)
            for document in documents():
                archive.writestr(_entry(f"sources/{guid(document.iri)}.txt"), document.text.encode())
        with packed.open("rb") as file:
            while block := file.read(_BLOCK):
                yield block


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _STARTED)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
