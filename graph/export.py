"""The whole store in other forms; the same store gives the same bytes.

A file, or standard output (`FORMATS`):

records    JSON Lines, what `carekg ingest` reads back; document by document, then synthesis and decisions
nquads     N-Quads of the data, named graph by named graph, sorted
turtle     the union of all named graphs of the data
trig       the data with its named graphs
rdf12      the same as RDF 1.2: each assertion is also the reifier of the triple that it makes
jsonld     the same, with a context that says what each slot means (`graph/context.jsonld`)
graphml    the property graph for graph tools; lists as JSON text
cypher     a script that makes the same property graph in Neo4j, vocabularies included
nanopubs   a nanopublication for each link that nobody rejected (TriG)
sssom      which concepts roles, determinants and interventions are tied to (SSSOM, TSV)
xlsx       a workbook with a sheet for each kind
html       a picture that opens without a network; at most `graph.picture.LIMIT` things
refi-qda   a coded project (.qdpx) for QDA programs

A folder (`FOLDERS`):

csv        a table for each kind, and `datapackage.json`
ro-crate   an RO-Crate: records, N-Quads, texts, checksums
neo4j-csv  files for `neo4j-admin database import full`

All of them read and write piece by piece, so that memory stays small; what must be sorted or waits lies in temporary
files.
"""

import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO

from graph import jsonld
from graph.errors import ExportError
from graph.exports import properties, statements
from graph.exports.walk import Note, Tell, Walk
from graph.exports.walk import Publication as Publication
from graph.reading import Reading
from ontology.interchange import dumps

_Pieces = Iterable[str] | Iterable[bytes]


def export(
    graph: Reading,
    form: str,
    out: IO[bytes],
    publication: Publication | None = None,
    tell: Tell | None = None,
    note: Note | None = None,
) -> None:
    """Write the store to a binary file in one of `FORMATS`; text is UTF-8.

    `publication` is what nanopubs and sssom say of themselves that the store does not know; `tell` hears of progress,
    `note` of what the form leaves out.

    Raises:
        ExportError: there is no such form, or the form cannot hold the store.
    """
    if form not in _WRITERS:
        raise ExportError(form, "is no form of export", f"use one of {', '.join(FORMATS)}")
    for piece in _WRITERS[form](Walk(graph, publication, tell, note)):
        out.write(piece if isinstance(piece, bytes) else piece.encode())


def export_folder(
    graph: Reading, form: str, folder: Path, publication: Publication | None = None, tell: Tell | None = None
) -> None:
    """Write the store in one of `FOLDERS` into a folder that does not exist yet or is empty; nothing is left behind
    where it fails.

    Raises:
        ExportError: there is no such form, the folder is not empty or cannot be written, or as for `export`.
    """
    if form not in _FOLDERS:
        raise ExportError(form, "is no form of export into a folder", f"use one of {', '.join(FOLDERS)}")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ExportError(str(folder), "is not an empty folder", "name a new one")
    draft = folder.with_name(folder.name + ".part")
    shutil.rmtree(draft, ignore_errors=True)
    try:
        draft.mkdir(parents=True)
        _FOLDERS[form](Walk(graph, publication, tell), draft)
        draft.replace(folder)
    except OSError as error:
        problem = f"cannot be written ({error.strerror})"
        raise ExportError(str(folder), problem, "make room, or name another folder") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def export_around(graph: Reading, iri: str, out: IO[bytes], depth: int = 1) -> None:
    """Write the picture (`html`) of what lies within `depth` steps of one thing.

    Raises:
        NotFound: the store has no such thing.
    """
    from graph import picture
    from graph.views.around import around

    near = around(graph, iri, depth=depth, limit=picture.LIMIT - 1)
    title = str(near.graph.nodes[iri]["name"])
    out.write(picture.draw(near.graph, title, focus=iri, left_out=near.left_out).encode())


def _records(walk: Walk) -> Iterator[str]:
    return dumps(walk.attested())


def _jsonld(walk: Walk) -> Iterator[str]:
    return jsonld.write(walk.attested())


def _nanopubs(walk: Walk) -> Iterator[str]:
    from graph.exports import nanopubs

    return nanopubs.nanopubs(walk)


def _sssom(walk: Walk) -> Iterator[str]:
    from graph.exports import mappings

    return mappings.sssom(walk)


def _xlsx(walk: Walk) -> Iterator[bytes]:
    from graph.exports import workbook

    return workbook.xlsx(walk)


def _html(walk: Walk) -> Iterator[str]:
    from graph import picture
    from graph.exports.overview import overview

    shown, total = overview(walk, picture.LIMIT)
    if total > len(shown):
        walk.note(f"{len(shown):,} of {total:,} things are shown, the best connected; --around shows what is near one")
    yield picture.page(shown, "carekg", total)


def _refi_qda(walk: Walk) -> Iterator[bytes]:
    from graph.exports import refi

    return refi.project(walk)


def _csv(walk: Walk, folder: Path) -> None:
    from graph.exports import tables

    tables.write_csv(walk, folder)


def _crate(walk: Walk, folder: Path) -> None:
    from graph.exports import crate

    crate.write(walk, folder)


def _import_files(walk: Walk, folder: Path) -> None:
    from graph import neo4j_import

    neo4j_import.write(walk.state, folder)


_WRITERS: dict[str, Callable[[Walk], _Pieces]] = {
    "records": _records,
    "nquads": statements.nquads,
    "turtle": statements.turtle,
    "trig": statements.trig,
    "rdf12": statements.rdf12,
    "jsonld": _jsonld,
    "graphml": properties.graphml,
    "cypher": properties.cypher,
    "nanopubs": _nanopubs,
    "sssom": _sssom,
    "xlsx": _xlsx,
    "html": _html,
    "refi-qda": _refi_qda,
}
_FOLDERS: dict[str, Callable[[Walk, Path], None]] = {"csv": _csv, "ro-crate": _crate, "neo4j-csv": _import_files}
FORMATS = tuple(_WRITERS)
"""The forms that `export` writes: one file."""
FOLDERS = tuple(_FOLDERS)
"""The forms that `export_folder` writes."""
