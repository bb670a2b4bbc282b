"""What can go wrong between a file and its records."""

from ontology.errors import CarekgError


class ReaderError(CarekgError):
    """A file cannot be read as a document: empty, binary, too large or in an unknown encoding."""
