"""Bytes to the stored text: decoded, line ends made LF, and nothing else."""

import codecs
import re

from ingest.errors import ReaderError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")
"""The first bytes of PNG, JPEG, GIF and TIFF."""
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_MAX_CONTROL_SHARE = 0.01
_C1 = re.compile(r"[\x80-\x9f]")


def decode(data: bytes, source: str) -> tuple[str, tuple[str, ...]]:
    """Return the stored text of `data` and notes on what decoding had to do.

    UTF-8 is expected; a byte-order mark tells UTF-8, UTF-16 or UTF-32 and is dropped; bytes that are not UTF-8 are
    read as Windows-1252, or Latin-1 where that has no character for them. CRLF and CR become LF.

    Raises:
        ReaderError: nothing to read, or bytes that are no text.

    >>> decode(b"caf\\xc3\\xa9\\r\\n", "a.txt")
    ('café\\n', ('line ends made LF',))
    """
    if data.startswith(_PICTURES):
        raise ReaderError(source, "is a picture", "run it through text recognition (OCR) first, or leave it out")
    notes: list[str] = []
    text = _characters(data, source, notes)
    if not text.strip():
        raise ReaderError(source, "holds no text", "export it again, or leave it out")
    found = len(_CONTROL.findall(text))
    if "\x00" in text or found > _MAX_CONTROL_SHARE * len(text):
        raise ReaderError(source, "is binary, not text", "export it as plain text (UTF-8)")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        notes.append("line ends made LF")
    return text, tuple(notes)


def _characters(data: bytes, source: str, notes: list[str]) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            notes.append(f"byte-order mark dropped ({encoding})")
            try:
                return data[len(bom) :].decode(encoding)
            except UnicodeDecodeError as error:
                remedy = "save it as UTF-8"
                raise ReaderError(source, f"says it is {encoding} but is not (byte {error.start})", remedy) from error
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        encoding = "cp1252"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        encoding = "latin-1"
        text = data.decode(encoding)
        if _C1.search(text) or b"\x00" in data:
            raise ReaderError(source, "is in no encoding that is known here", "save it as UTF-8") from None
    notes.append(f"not UTF-8: read as {encoding}")
    return text
