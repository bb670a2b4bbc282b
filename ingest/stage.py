"""The stage: the bytes of one file to its records. Pure, and free of any engine.

`parse` needs nothing but its arguments, and what it takes and gives can be pickled. So the same stage runs in a
loop, in the processes of `ingest.pipeline`, or on a cluster; what it gave can be kept under `key`, as the same key
means the same result:

    from concurrent.futures import ProcessPoolExecutor
    from pathlib import Path
    from ingest.stage import Meta, parse

    if __name__ == "__main__":
        paths = sorted(Path("papers").iterdir())
        with ProcessPoolExecutor() as pool:
            for parsed in pool.map(parse, [p.read_bytes() for p in paths], [Meta(p.name) for p in paths]):
                for part in parsed.parts:
                    print(part.report or part.error)

A runner must bound the time and the memory of each call itself: some readers are libraries in C.
"""

import gc
import struct
import time
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256

from lxml.etree import LxmlError

from ingest.check import check
from ingest.errors import ReaderError, StoppedError
from ingest.extract import extract
from ingest.extract.qualitative import ABSTRACT
from ingest.outcome import Meta as Meta
from ingest.outcome import NoFindings, Parsed, Part, Pending, UnexpectedFault, group_report, key, report_of
from ingest.readers import Content, read_contents
from ingest.readers import records as interchange
from ingest.readers.contents import Project, ReadDocument, RecordGroup, Sheet
from ontology.errors import CarekgError
from ontology.model import Circumstance, DecisionRule, Determinant, Finding, Quote, Theme

FINDINGS = (Quote, Theme, Finding, Determinant, DecisionRule, Circumstance)
"""What makes a document worth a place among the evidence; interventions alone (a protocol) do not."""

MAX_CHARACTERS = 3_000_000
"""The longest text that is analysed, in characters: a long book; whatever is longer is no study."""

_FAULTS = (
    LookupError, ValueError, TypeError, AttributeError, ArithmeticError, AssertionError, RuntimeError, SyntaxError,
    OSError, ImportError, EOFError, BufferError, LxmlError, struct.error, zlib.error, zipfile.BadZipFile,
)  # fmt: skip
"""What a reader or a rule may run into on a file that it was not made for."""


def parse(data: bytes, meta: Meta) -> Parsed:
    """Return what the bytes of a file hold, document by document; what fails is told in its part, never raised.

    >>> text = "Handing over\\n\\nRESULTS\\n\\nA nurse said: 'Nobody called me back that day.'"
    >>> (part,) = parse(text.encode(), Meta("a.txt")).parts
    >>> part.report.found["Quote"]
    1
    """
    digest = sha256(data).hexdigest()
    with _no_collections():
        try:
            parts = tuple(_parts(data, digest, meta))
        except CarekgError as error:
            parts = (Part(error=error),)
    return Parsed(key(digest, meta), digest, parts)


@contextmanager
def _no_collections() -> Iterator[None]:
    """Let the collector of cyclic garbage rest: reading makes many small things and next to no cycles, and to look
    through them again and again takes an eighth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _parts(data: bytes, digest: str, meta: Meta) -> Iterator[Part]:
    begun = time.perf_counter()
    studies = dict(meta.studies)
    try:
        contents = _contents(data, meta.name)
    except _FAULTS as error:
        raise _fault(meta.name, error) from error
    except MemoryError as error:
        raise _too_large(meta.name) from error
    for content in contents:
        if isinstance(content, ReadDocument):
            if not studies or content.document.iri in studies:
                yield _extracted(content, digest, meta.name, studies.get(content.document.iri), begun)
        elif isinstance(content, RecordGroup):
            yield Part(content.records, group_report(content, time.perf_counter() - begun), ready=True)
        else:
            yield Part(pending=_hashed(content, digest))
        begun = time.perf_counter()


def _hashed(content: Pending, digest: str) -> Pending:
    """Return what is pending with the hash of its file in its documents."""
    if isinstance(content, Sheet):
        return replace(content, document=replace(content.document, file_sha256=digest))
    if isinstance(content, Project):
        sources = (replace(one, document=replace(one.document, file_sha256=digest)) for one in content.sources)
        return replace(content, sources=tuple(sources))
    return content


def _contents(data: bytes, name: str) -> Sequence[Content | Sheet | Project]:
    if name.lower().endswith(interchange.SUFFIX):
        return interchange.read_records(data, name)
    return read_contents(data, name)


def _extracted(read: ReadDocument, digest: str, name: str, study: str | None, begun: float) -> Part:
    document = replace(read.document, file_sha256=digest)
    if len(document.text) > MAX_CHARACTERS:
        problem = f"holds {len(document.text):,} characters, more than the {MAX_CHARACTERS:,} that are analysed"
        return Part(error=ReaderError(name, problem, "split it"))
    try:
        extraction = extract(replace(read, document=document), study)
    except _FAULTS as error:
        return Part(error=_fault(name, error))
    except MemoryError:
        return Part(error=_too_large(name))
    kept, refused = check(extraction.records, document)
    if not read.citation and not any(isinstance(record, FINDINGS) for record in kept):
        short = len(document.text) <= ABSTRACT
        remedy = "give the full text, or an abstract with its results" if short else "leave it out, or code it by hand"
        return Part(error=NoFindings(name, "holds no findings of a study", remedy))
    report = report_of(document, kept, time.perf_counter() - begun)
    return Part(
        kept, replace(report, refused=(*extraction.refused, *refused), notes=(*read.reading.notes, *extraction.notes))
    )


def _too_large(name: str) -> StoppedError:
    return StoppedError(name, "needs more memory than one file may take", "split it")


def _fault(name: str, error: Exception) -> UnexpectedFault:
    problem = f"could not be analysed ({type(error).__name__}: {error})"
    return UnexpectedFault(name, problem, "report it with the file")
