"""The ontology and the vocabularies that ship with carekg, as the lines of the ontology graph."""

from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox

import ontology
from ontology.errors import VocabularyError
from ontology.namespaces import ONTOLOGY_GRAPH


def files() -> list[Path]:
    """Return the Turtle files of the ontology graph: the ontology and the vocabularies, not the shapes."""
    home = Path(ontology.__file__).parent
    return [path for path in (home / "carekg.ttl", *sorted((home / "vocabulary").glob("*.ttl"))) if path.is_file()]


def version(paths: list[Path]) -> str:
    """Return the SHA-256 of the files, which is the version of the ontology graph."""
    digest = sha256()
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def lines(paths: list[Path]) -> list[str]:
    """Return the files as sorted lines of N-Quads in the ontology graph.

    Raises:
        VocabularyError: a file is not Turtle; names line and column.
    """
    found = set()
    for path in paths:
        try:
            for triple in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE, rename_blank_nodes=True):
                found.add(f"{triple.subject} {triple.predicate} {triple.object} <{ONTOLOGY_GRAPH}> .\n")
        except SyntaxError as error:
            raise VocabularyError(path.name, f"is not Turtle ({error})", "mend the file") from error
    return sorted(found)
