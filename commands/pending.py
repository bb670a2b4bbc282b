"""What becomes records only with the help of a store: coding sheets, coded projects, RDF."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from commands.attested import attested_by
from graph.errors import NotFound
from graph.imports import records_of
from graph.names import in_order
from graph.store import EvidenceGraph
from ingest.errors import ReaderError
from ingest.inputs import Input
from ingest.library import Naming, Shelf
from ingest.outcome import Pending
from ingest.readers.contents import RecordGroup, Statements
from ingest.readers.records import grouped
from ontology.model import Document, Quote, Study


class StoreLibrary:
    """The studies of a store and their documents, as `ingest.library.Library` has it; texts are read when asked for."""

    def __init__(self, graph: EvidenceGraph) -> None:
        """Look through the studies and the names of the documents."""
        told = list(attested_by(graph))
        named = [
            Document(iri=one.document, study=one.study, source=one.source, sha256="", media_type="", text="",
                     title=one.title, doi=one.doi, pmid=one.pmid, pmcid=one.pmcid)
            for one in told
        ]  # fmt: skip
        studies = [in_order(study) for study in graph.records(kind="Study") if isinstance(study, Study)]
        self._shelf = Shelf([*studies, *named])
        self._held = {one.document for one in told}
        self._read = cache(graph.get)

    def study(self, names: Naming) -> Study | None:
        """Return the one study that has these names."""
        return self._shelf.study(names)

    def documents(self, study: str) -> Sequence[Document]:
        """Return the documents of a study with their texts, the longest first."""
        found = [self.document(document.iri) for document in self._shelf.documents(study)]
        return sorted((one for one in found if one is not None), key=lambda one: (-len(one.text), one.iri))

    def document(self, iri: str) -> Document | None:
        """Return the document of this IRI with its text."""
        found = self._read(iri) if iri in self._held else None
        return found if isinstance(found, Document) else None

    def quote(self, iri: str) -> Quote | None:
        """Return the quote of this IRI."""
        try:
            found = self._read(iri)
        except NotFound:
            return None
        return found if isinstance(found, Quote) else None


def groups_of(
    pending: Pending, library: StoreLibrary, given: Input, mapping: Path | None = None
) -> Sequence[RecordGroup]:
    """Return the records of what was pending; a mapping file, or the one beside the input, says what columns and codes
    mean.

    Raises:
        CarekgError: the mapping is wrong, or the content is not what it should be.
    """
    if isinstance(pending, Statements):
        records, notes = records_of(pending.data, pending.syntax, pending.source)
        groups = grouped(records, pending.source)
        return [RecordGroup(g.document, g.records, (*g.notes, *notes)) for g in groups]
    from ingest.coded import resolve

    return resolve(pending, library, _text_of(mapping_of(given, mapping)))


def mapping_of(given: Input, named: Path | None) -> Path | None:
    """Return the mapping file of an input: the one that was named, else the one beside it, or None."""
    from ingest.mapping import SUFFIX

    beside = given.path.with_name(given.path.name + SUFFIX)
    if named is None and (given.member or not beside.is_file()):
        return None
    return named or beside


def _text_of(path: Path | None) -> str | None:
    try:
        return path.read_text(encoding="utf-8") if path is not None else None
    except (OSError, UnicodeDecodeError) as error:
        raise ReaderError(str(path), f"cannot be read ({error})", "save it as UTF-8") from error
