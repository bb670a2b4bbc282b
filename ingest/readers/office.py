"""Files of Office in the old container (OLE), which hold documents of before 2007 and encrypted ones of today."""

from typing import NoReturn

from ingest.errors import ReaderError

SIGN = bytes.fromhex("D0CF11E0A1B11AE1")
"""The first bytes of the container (Microsoft, MS-CFB)."""
_STREAMS = (
    ("EncryptedPackage", "is protected by a password", "save it without a password"),
    ("WordDocument", "is an old Word document (DOC)", "save it as DOCX"),
    ("Workbook", "is an old Excel workbook (XLS)", "save it as XLSX or CSV"),
    ("Book", "is an old Excel workbook (XLS)", "save it as XLSX or CSV"),
    ("PowerPoint Document", "is a PowerPoint presentation (PPT)", "save its text as DOCX or PDF"),
)
"""What the names of the streams in a container say it is; they stand in its directory as UTF-16."""


def refuse_office(data: bytes, source: str) -> NoReturn:
    """Say what a file in the old container is and what to do with it.

    Raises:
        ReaderError: always; nothing in this container is read.
    """
    for name, problem, remedy in _STREAMS:
        if name.encode("utf-16-le") + b"\x00\x00" in data:
            raise ReaderError(source, problem, remedy)
    raise ReaderError(source, "is an old Office file of a kind that is not read", "save it as DOCX, XLSX or PDF")
