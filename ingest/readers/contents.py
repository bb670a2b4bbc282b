"""What a file turns out to hold, once its reader has seen it."""

from dataclasses import dataclass

from ingest.reading import Reading
from ontology.base import Record
from ontology.model import Document


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document as it is stored, and as extraction sees it.

    `citation` says that it is a reference, not a paper: it is kept for its study even where it holds no findings.
    """

    document: Document
    reading: Reading
    citation: bool = False


@dataclass(frozen=True, slots=True)
class RecordGroup:
    """A document with its records, the document first; without a document: what a review adds, which belongs to none
    and whose words may lie in documents that the file does not hold. `notes` are for the document's report."""

    document: Document | None
    records: tuple[Record, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statements:
    """RDF of our own model, not parsed yet; `syntax` is "trig" (Turtle is a part of it), "nquads" (N-Triples is),
    "jsonld" or "rdfxml". Whoever has the graph makes records of it (`graph.imports`)."""

    source: str
    data: bytes
    syntax: str


@dataclass(frozen=True, slots=True)
class Cell:
    """Words of a coding sheet, start..end of its stored text, and the header of their column."""

    column: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table with its filled cells; `number` is the one that the spreadsheet shows, from 1."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a sheet: its name ("" in a CSV), its headers in order, and the rows below them."""

    name: str
    headers: tuple[str, ...]
    header_row: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A coding sheet (CSV, XLSX): tables of what somebody coded in several studies.

    The stored text of its document has a line for each row and tabs between cells. What the columns mean a mapping
    says; `ingest.coded.resolve` makes records of it, once the studies that its rows name have been read. `listed` says
    that all its rows were read as references: without a mapping there is nothing more in it.
    """

    document: Document
    tables: tuple[Table, ...]
    notes: tuple[str, ...] = ()
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """A code of a QDA project; `path` are the names from the root of the codebook down to its own."""

    guid: str
    path: tuple[str, ...]
    description: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A coded stretch of a source: start..end of its stored text, and the GUIDs of its codes."""

    guid: str
    start: int
    end: int
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A case of a project: its variables by name, and the sources and segments (GUIDs) that belong to it."""

    guid: str
    name: str
    variables: tuple[tuple[str, str], ...] = ()
    codes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CodedSource:
    """A source of a project as a document with its coded segments; `variables` are its own."""

    guid: str
    name: str
    document: Document
    segments: tuple[Segment, ...] = ()
    codes: tuple[str, ...] = ()
    variables: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A named link between two things of a project, by their GUIDs."""

    name: str
    origin: str
    target: str


@dataclass(frozen=True, slots=True)
class Project:
    """A coded QDA project (REFI-QDA): sources, codes, cases and links, positions already checked against the text.

    `key` tells this project from others over repeated exports. What its codes, sources and cases mean a mapping says;
    `ingest.coded.resolve` makes records of it. `notes` are the report of what was repaired and what was dropped.
    """

    source: str
    name: str
    key: str
    codes: tuple[Code, ...]
    sources: tuple[CodedSource, ...]
    cases: tuple[Case, ...] = ()
    links: tuple[Link, ...] = ()
    notes: tuple[str, ...] = ()
