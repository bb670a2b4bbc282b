"""RO-Crate: a folder with everything that a store holds, what each file is, and its checksum.

    ro-crate-metadata.json   what the files are, and which publication each text is
    records.jsonl            what `carekg ingest` makes the same store of
    evidence.nq              the same as N-Quads, named graphs kept
    vocabularies.nq          ontology and vocabularies
    context.jsonld           what the slots of the records mean
    texts/<sha256>.txt       the stored texts, into which all offsets point
    checksums.sha256         `sha256sum --check checksums.sha256`

Source: RO-Crate 1.1, https://w3id.org/ro/crate/1.1; `sha256` is schema.org's, which its context does not have yet.
"""

import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import chain
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from graph import jsonld
from graph.errors import ExportError
from graph.exports.statements import nquads
from graph.exports.walk import Walk
from graph.sorting import ordered
from ontology.interchange import dumps
from ontology.model import Document
from ontology.namespaces import ONTOLOGY_GRAPH

METADATA, CHECKSUMS = "ro-crate-metadata.json", "checksums.sha256"
SPECIFICATION = "https://w3id.org/ro/crate/1.1"
LICENCES = (
    "Each text has the licence of its publication, named at its file where the publication names it; a text whose "
    "file names none may not be passed on. Codes and links are the work of who made the store."
)
_DOI = "https://doi.org/"


def write(walk: Walk, folder: Path) -> None:
    """Write the crate into an empty folder.

    Raises:
        ExportError: no date was given: a crate must say when it was published.
    """
    if walk.publication.date is None:
        raise ExportError("ro-crate", "needs the day of its publication", "give it with --date")
    with TemporaryFile() as entities, TemporaryFile() as articles:
        _write(walk, _Files(folder, entities), articles)


def _write(walk: Walk, files: "_Files", articles: IO[bytes]) -> None:
    files.write("records.jsonl", "Records, one a line", "application/jsonl", _encoded(dumps(walk.attested())))
    files.write("evidence.nq", "The records as RDF, a named graph a document", "application/n-quads", nquads(walk))
    files.write(
        "vocabularies.nq", "Ontology and vocabularies", "application/n-quads", ordered(walk.lines(ONTOLOGY_GRAPH))
    )
    files.write(
        "context.jsonld", "What the slots of the records mean", "application/ld+json", [jsonld.document().encode()]
    )
    documents = 0
    for document in walk.attested(Document):
        if isinstance(document, Document):
            told: dict[str, Any] = {"about": {"@id": document.iri}}
            if document.licence:
                told["license"] = document.licence
            name = f"texts/{document.sha256}.txt"
            if name not in files.sha256:  # two documents may hold the same words
                title = f"Stored text of {document.source}"
                files.write(name, title, "text/plain", [document.text.encode()], told)
            articles.write(_json(_article(document)) + b"\n")
            documents += 1
    files.put(METADATA, _metadata(walk, files, articles, documents))
    files.sums()


def _metadata(walk: Walk, files: "_Files", articles: IO[bytes], documents: int) -> Iterator[bytes]:
    """Yield the metadata piece by piece: there is an entity for every file, and one for every publication."""
    told = walk.publication
    root: dict[str, Any] = {
        "@id": "./",
        "@type": "Dataset",
        "name": f"Evidence of {documents} documents",
        "description": "A knowledge graph of care-coordination evidence from qualitative studies, with their texts.",
        "datePublished": told.date,
        "license": {"@id": told.licence or "#licences"},
        "version": walk.stamp,
        "hasPart": [{"@id": name} for name in (*files.sha256, CHECKSUMS)],
    }
    sums = {"@id": CHECKSUMS, "@type": "File", "name": "Checksums of all files", "encodingFormat": "text/plain"}
    around: list[dict[str, Any]] = [
        {"@id": told.licence, "@type": "CreativeWork", "name": told.licence}
        if told.licence
        else {"@id": "#licences", "@type": "CreativeWork", "name": "Licences of the texts", "description": LICENCES}
    ]
    if told.creator:
        root["creator"] = {"@id": told.creator}
        around.append({"@id": told.creator, "@type": "Person", "name": told.creator})
    descriptor = {
        "@id": METADATA,
        "@type": "CreativeWork",
        "conformsTo": {"@id": SPECIFICATION},
        "about": {"@id": "./"},
    }
    context = [f"{SPECIFICATION}/context", {"sha256": "http://schema.org/sha256"}]
    yield b'{"@context": ' + _json(context) + b', "@graph": [\n' + _json(descriptor)
    few = map(_json, [sums, *around])
    for entity in chain([_json(root)], _lines(files.entities), few, _lines(articles)):
        yield b",\n" + entity
    yield b"\n]}\n"


def _json(told: object) -> bytes:
    return json.dumps(told, ensure_ascii=False).encode()


def _lines(spool: IO[bytes]) -> Iterator[bytes]:
    spool.seek(0)
    return (line.rstrip() for line in spool)


def _article(document: Document) -> dict[str, Any]:
    told: dict[str, Any] = {"@id": document.iri, "@type": "ScholarlyArticle", "name": document.title or document.source}
    if document.doi:
        told["identifier"] = _DOI + document.doi
    if document.citation:
        told["alternateName"] = document.citation
    return told


def _encoded(lines: Iterable[str]) -> Iterator[bytes]:
    return (line.encode() for line in lines)


class _Files:
    """The files of one crate: their checksums by name, and a line of JSON for each, in the order of writing."""

    def __init__(self, folder: Path, entities: IO[bytes]) -> None:
        self.sha256: dict[str, str] = {}
        self.entities = entities
        self._folder = folder

    def write(
        self, name: str, title: str, media: str, pieces: Iterable[bytes], more: dict[str, Any] | None = None
    ) -> None:
        """Write a file of which the metadata tell."""
        size = self.put(name, pieces)
        told = {"@id": name, "@type": "File", "name": title, "encodingFormat": media, "contentSize": str(size)}
        self.entities.write(_json(told | {"sha256": self.sha256[name]} | (more or {})) + b"\n")

    def put(self, name: str, pieces: Iterable[bytes]) -> int:
        """Write a file, remember its checksum and return its size in bytes."""
        path = self._folder / name
        path.parent.mkdir(exist_ok=True)
        digest, size = sha256(), 0
        with path.open("wb") as out:
            for piece in pieces:
                out.write(piece)
                digest.update(piece)
                size += len(piece)
        self.sha256[name] = digest.hexdigest()
        return size

    def sums(self) -> None:
        """Write the checksums of all files."""
        lines = "".join(f"{told}  {name}\n" for name, told in sorted(self.sha256.items()))
        (self._folder / CHECKSUMS).write_text(lines, encoding="utf-8", newline="\n")
