"""What can go wrong between a file and its records."""

from ontology.errors import CarekgError


class ReaderError(CarekgError):
    """A file cannot be read as a document: empty, binary, too large or in an unknown encoding."""


class StoppedError(ReaderError):
    """The reading of a file was stopped: it took too long or too much memory, or ended the process that read it."""


class WorkerError(CarekgError):
    """The processes that read files cannot be started."""


class LedgerError(CarekgError):
    """What a store remembers of the files that it was fed cannot be written."""


class MappingError(CarekgError):
    """A mapping file cannot be read, or does not fit the sheet or project that it is given with."""
