"""RDF of our own model: told by its first words which syntax it is in; `graph.imports` makes records of it."""

import re

from ingest.errors import ReaderError
from ingest.readers.contents import Statements
from ingest.readers.sniff import Head

MAX_BYTES = 200_000_000
"""The largest file of RDF that is read."""

_TURTLE = re.compile(r"(?:#[^\n]*\n\s*)*(?:@prefix|@base|prefix\s+[\w.-]*:\s*<|base\s+<)")
_LINE = re.compile(r"(?:#[^\n]*\n\s*)*(?:<[a-z][a-z\d+.-]*:[^<>\s]*>|_:\w+)\s+<[a-z][a-z\d+.-]*:[^<>\s]*>\s+[<\"_]")
_JSONLD = re.compile(r"[\[{]\s*(?:\{\s*)?\"@(?:context|graph|id|type)\"")


def syntax_of(head: Head) -> str:
    """Return the syntax of a file of RDF, or nothing where it is none.

    >>> syntax_of(Head.of(b"@prefix ckg: <https://w3id.org/carekg/vocab/> .")), syntax_of(Head.of(b"<b>words</b>"))
    ('trig', '')
    """
    if head.root == "rdf":
        return "rdfxml"
    for syntax, pattern in (("trig", _TURTLE), ("nquads", _LINE), ("jsonld", _JSONLD)):
        if pattern.match(head.text):
            return syntax
    return ""


def read_rdf(data: bytes, source: str) -> Statements:
    """Return the file with its syntax.

    Raises:
        ReaderError: it is too large.
    """
    if len(data) > MAX_BYTES:
        limit = f"{MAX_BYTES // 1_000_000} MB"
        raise ReaderError(source, f"is {len(data) / 1e6:.0f} MB, more than {limit}", "export fewer documents at a time")
    return Statements(source, data, syntax_of(Head.of(data)))
