"""Readers: the bytes of a file to what it holds. The content decides which reader takes it, not the name alone.

A format is a line of `FORMATS`: how it is recognised, and its reader, which is imported when the first such file comes.
What none of them recognises is text.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from ingest.errors import ReaderError
from ingest.readers.contents import Project, RecordGroup, Sheet, Statements
from ingest.readers.contents import ReadDocument as ReadDocument
from ingest.readers.office import SIGN as OFFICE_SIGN
from ingest.readers.rdf import MAX_BYTES as RDF_BYTES
from ingest.readers.rdf import syntax_of
from ingest.readers.records import MAX_BYTES as RECORD_BYTES
from ingest.readers.sheet.columns import separator_of
from ingest.readers.sniff import Head, is_docx, is_html, is_jats, is_mhtml

ARCHIVE = "a ZIP archive"
"""The format of an archive that holds files of its own, each of which is read."""
MAX_BYTES = 20_000_000
"""The largest file that is read: far more than the text of a book; whatever is larger is no paper."""

_PDF = re.compile(r"\A%pdf-|%pdf-[12]\.\d\s.{0,80}?\d \d+ obj\b", re.DOTALL)
_PDF_HEADER = 2_048
"""Bytes in which the sign of a PDF stands: some programs put a few of their own before it."""

Content = ReadDocument | RecordGroup | Statements | Sheet | Project
"""What a file may hold: a document to extract from, records that are ready, RDF or what people coded to make records
of."""


_RIS = re.compile(r"(?:[^\n]{0,200}\n){0,20}?(?:\d+\.\s+)?ty  ?- [a-z]+\s")
"""A type of reference, at once or below a few lines on where the export is from."""
_RIS_PARTS = (
    re.compile(r"(?:[^\n]{0,200}\n){0,20}?[a-z][a-z\d]  - \S"),
    re.compile(r"^(?:ti|t1|bt|ct|au|a1)  - \S", re.MULTILINE),
    re.compile(r"^er  -[ \t]*$", re.MULTILINE),
)
"""A first line with a tag, a title or author, and the end of a reference: no other tagged format has this one."""
_NBIB = re.compile(r"(?:pmid- ?\d|own {0,2}- [a-z])")
_REFER = re.compile(r"%[0a-z] [^\n]+\n%[0-9a-z@] ")
_WOS = re.compile(r"(?:fn [^\n]+\n)?(?:vr [^\n]+\n)?pt [a-z]\s*\n(?:[a-z]\w [^\n]+\n)")
_BIBTEX = re.compile(
    r"^[ \t]*@(?:(?:string|comment|preamble)\s*+[{(]"
    r"|[a-z]+\s*+[{(]\s*+(?:[^\s,{}()\"=]*+\s*+,\s*+)?[a-z][\w-]*+\s*+=\s*+[\"{\w])",
    re.MULTILINE,
)
"""An entry with or without a key; no blank is tried twice, so that a spoilt file takes no longer."""
_RECORDS = re.compile(r"\{\s*\"kind\"\s*:")
_CSL = re.compile(r"\[?\s*\{(?=.*\"(?:container-title|issued|doi|pmid)\"\s*:)(?!\s*\"kind\")", re.DOTALL)
_TAGGED = "ingest.readers.citation.tagged:{}"


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: what it is called, how it is recognised, and its reader as "module:function".

    A reader takes the bytes and the name of the file and returns one content or several. Without a reader, `remedy`
    says what to do with such a file instead. `turn` puts the files of a run in order: what says best which study it is
    of comes first (0), then references (1), then the rest.
    """

    name: str
    recognise: Callable[[Head], bool]
    reader: str = ""
    remedy: str = ""
    max_bytes: int = MAX_BYTES
    turn: int = 2

    def read(self, data: bytes, source: str) -> tuple[Content, ...]:
        """Return what `data` holds.

        Raises:
            ReaderError: there is no reader, or it cannot read this file.
        """
        if not self.reader:
            raise ReaderError(source, f"is {self.name}, which is not read", self.remedy)
        module, function = self.reader.split(":")
        contents = getattr(import_module(module), function)(data, source)
        return contents if isinstance(contents, tuple) else (contents,)


FORMATS: tuple[Format, ...] = (
    Format(
        "a PDF",
        lambda head: _PDF.search(head.text, 0, _PDF_HEADER) is not None,
        "ingest.readers.pdf.reader:read_pdf",
        max_bytes=100_000_000,
    ),
    Format(
        "a Word document (DOCX)",
        is_docx,
        "ingest.readers.docx.reader:read_docx",
        max_bytes=100_000_000,
    ),
    Format(
        "a spreadsheet (XLSX)",
        lambda head: "xl/workbook.xml" in head.members,
        "ingest.readers.citation.listed:read_xlsx_table",
    ),
    Format(
        "a REFI-QDA project",
        lambda head: (
            any(name.lower().endswith(".qde") and "/" not in name for name in head.members)
            or (head.root == "project" and ("urn:qda-xml" in head.text or "<codebook" in head.text))
        ),
        "ingest.readers.refi.reader:read_refi",
        max_bytes=200_000_000,
    ),
    Format(
        "a REFI-QDA codebook",
        lambda head: head.root == "codebook",
        remedy="export the project with its sources (.qdpx): codes without sources hold no evidence",
    ),
    Format(
        "an old or encrypted Office file",
        lambda head: head.start.startswith(OFFICE_SIGN),
        "ingest.readers.office:refuse_office",
        max_bytes=100_000_000,
    ),
    Format(
        "an Office, OpenDocument or EPUB file of another kind",
        lambda head: "[Content_Types].xml" in head.members or "mimetype" in head.members,
        remedy="save it as DOCX, XLSX or PDF",
    ),
    Format(
        ARCHIVE,
        lambda head: head.start.startswith((b"PK\x03\x04", b"PK\x05\x06")),
        remedy="unpack it: archives inside archives are left alone",
    ),
    Format(
        "PubMed XML",
        lambda head: head.root in ("pubmedarticleset", "pubmedarticle"),
        "ingest.readers.citation.pubmed:read_pubmed",
        turn=1,
    ),
    Format(
        "RDF (Turtle, TriG, N-Quads, JSON-LD, RDF/XML)",
        lambda head: bool(syntax_of(head)),
        "ingest.readers.rdf:read_rdf",
        max_bytes=RDF_BYTES,
    ),
    Format(
        "records (JSON Lines)",
        lambda head: _RECORDS.match(head.text) is not None,
        "ingest.readers.records:read_records",
        max_bytes=RECORD_BYTES,
        turn=0,
    ),
    Format("RIS", lambda head: _is_ris(head), "ingest.readers.citation.ris:read_ris", turn=1),
    Format(
        "BibTeX",
        lambda head: not head.root and _BIBTEX.search(head.text) is not None,
        "ingest.readers.citation.bibtex:read_bibtex",
        turn=1,
    ),
    Format("CSL-JSON", lambda head: _CSL.match(head.text) is not None, "ingest.readers.citation.csl:read_csl", turn=1),
    Format("NBIB", lambda head: _NBIB.match(head.text) is not None, _TAGGED.format("read_nbib"), turn=1),
    Format(
        "EndNote's refer format (ENW)",
        lambda head: _REFER.match(head.text) is not None,
        _TAGGED.format("read_refer"),
        turn=1,
    ),
    Format(
        "a Web of Science export",
        lambda head: _WOS.match(head.text) is not None,
        "ingest.readers.citation.ris:read_wos",
        turn=1,
    ),
    Format(
        "EndNote XML",
        lambda head: head.root in ("xml", "records") and "<record>" in head.text,
        "ingest.readers.citation.endnote:read_endnote",
        turn=1,
    ),
    Format("JATS XML", is_jats, "ingest.readers.jats.reader:read_jats", turn=0),
    Format("a web page (HTML)", is_html, "ingest.readers.html.reader:read_html"),
    Format("a web page in one file (MHTML)", is_mhtml, "ingest.readers.html.reader:read_mhtml", max_bytes=100_000_000),
    Format(
        "XML of a kind that is not known here",
        lambda head: head.text.startswith("<?xml"),
        remedy="save its text as plain text (UTF-8)",
    ),
    Format(
        "rich text (RTF)",
        lambda head: head.text.startswith("{\\rtf"),
        remedy="save it as DOCX or as plain text (UTF-8)",
    ),
    Format(
        "a table (CSV)",
        lambda head: bool(separator_of(head.text)),
        "ingest.readers.citation.listed:read_csv_table",
    ),
)
_TEXT = Format("text", lambda head: True, "ingest.readers.text:read_text")


def read_contents(data: bytes, source: str) -> tuple[Content, ...]:
    """Return what `data`, a file named `source` in messages and in the records, holds.

    Raises:
        ReaderError: the file is too large, empty, binary, in an encoding or a format that is not known.
    """
    found = format_of(data)
    if len(data) > found.max_bytes:
        limit = f"{found.max_bytes // 1_000_000} MB"
        raise ReaderError(source, f"is {len(data) / 1e6:.0f} MB, more than {limit}", "split it, or extract its text")
    return found.read(data, source)


def read(data: bytes, source: str) -> ReadDocument:
    """Return the one document that `data` holds.

    Raises:
        ReaderError: as for `read_contents`, or it holds no document to extract from, or several.

    >>> read(b"Trust in teams\\n\\nRESULTS\\n\\nNurses were not told.", "a.txt").document.title
    'Trust in teams'
    """
    contents = read_contents(data, source)
    if len(contents) == 1 and isinstance(contents[0], ReadDocument):
        return contents[0]
    raise ReaderError(source, "is not one document", "use `read_contents`")


def _is_ris(head: Head) -> bool:
    """Say whether a file is RIS, also where its first reference does not say its type.

    >>> _is_ris(Head.of(b"AU  - Meyer, Ann\\nTI  - Calls\\nER  -\\n")), _is_ris(Head.of(b"PMID- 1\\nTI  - Calls\\n"))
    (True, False)
    """
    begin, *parts = _RIS_PARTS
    if _RIS.match(head.text):
        return True
    return not head.root and begin.match(head.text) is not None and all(part.search(head.text) for part in parts)


def format_of(data: bytes) -> Format:
    """Return the format that the content tells.

    >>> format_of(b"%PDF-1.7").name
    'a PDF'
    """
    head = Head.of(data)
    return next((known for known in FORMATS if known.recognise(head)), _TEXT)
