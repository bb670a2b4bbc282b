"""What the fuzzer starts from: a small file of every format, and the ways to spoil one."""

import io
import random
import zipfile
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from pathlib import Path

from benchmarks.papers import as_docx, as_html, as_jats, as_pdf, as_ris, as_text, paper, zipped

Sample = tuple[str, bytes]
"""The name of a file and its bytes."""

_SAMPLES = Path(__file__).with_name("samples")
_MARKS = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xe2\x80\xa8", b"\r", b"&#0;", b"&#x110000;",
    b"&amp;" * 50, b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<?xml version='1.0' encoding='utf-7'?>", b"\n\n\n",
    b"\t" * 500, b'"' * 333, b"9" * 400, b"-2147483649", b"1e999", b"18446744073709551616", b"%n%s%x", b"NaN",
    b"../../../escaped", b"{" * 200,
)  # fmt: skip
_OPEN = (b"<sec>", b"<b>", b"<table><tr><td>", b"[", b"{", b"(", b"@prefix a: <", b"<< /Kids [ ")


def corpus(shared: Path | None = None) -> list[Sample]:
    """Return a small file of every format; with a folder of real papers, these too, real ones being rarer."""
    one, other = paper(1, paragraphs=2), paper(2, paragraphs=2)
    made = [
        ("paper.txt", as_text(one)),
        ("paper.xml", as_jats(one)),
        ("paper.html", as_html(one)),
        ("paper.docx", as_docx(one)),
        ("paper.pdf", as_pdf(one)),
        ("references.ris", as_ris(one) + as_ris(other)),
        ("sheet.xlsx", _xlsx()),
        ("project.qdpx", _qdpx()),
        ("page.mhtml", _mhtml(as_html(one))),
        ("old.doc", bytes.fromhex("D0CF11E0A1B11AE1") + bytes(512) + "WordDocument".encode("utf-16-le") + bytes(1024)),
        ("records.jsonl", _records(as_text(one))),
        ("papers.zip", zipped({"a.txt": as_text(other), "deep/b.xml": as_jats(other)})),
    ]
    real = sorted(shared.glob("corpus/*/*")) if shared else []
    made += [(path.name, path.read_bytes()) for path in sorted(_SAMPLES.iterdir())]
    return made * 3 + [(path.name, path.read_bytes()) for path in real if path.is_file()]


def spoil(rng: random.Random, samples: Sequence[Sample]) -> Sample:
    """Return one of the samples, spoilt in one to four ways; the same `rng` gives the same."""
    name, data = rng.choice(samples)
    for _ in range(rng.randint(1, 4)):
        ways = [*_WAYS, *([_zip_edited] * 6 if data.startswith(b"PK") else [])]
        data = rng.choice(ways)(rng, data, rng.choice(samples)[1])
    return (name if rng.random() < 0.8 else rng.choice(samples)[0]), data


def _flipped(rng: random.Random, data: bytes, _: bytes) -> bytes:
    out = bytearray(data)
    for _n in range(rng.randint(1, 30) if out else 0):
        out[rng.randrange(len(out))] ^= 1 << rng.randrange(8)
    return bytes(out)


def _cut(rng: random.Random, data: bytes, _: bytes) -> bytes:
    return data[: rng.randint(0, len(data))]


def _without(rng: random.Random, data: bytes, _: bytes) -> bytes:
    start = rng.randint(0, len(data))
    return data[:start] + data[start + rng.randint(1, 2000) :]


def _doubled(rng: random.Random, data: bytes, _: bytes) -> bytes:
    start = rng.randint(0, len(data))
    return data[:start] + data[start : start + rng.randint(1, 3000)] * rng.randint(2, 8) + data[start:]


def _spliced(rng: random.Random, data: bytes, other: bytes) -> bytes:
    return data[: rng.randint(0, len(data))] + other[rng.randint(0, len(other)) :]


def _marked(rng: random.Random, data: bytes, _: bytes) -> bytes:
    at = rng.randint(0, len(data))
    return data[:at] + rng.choice(_MARKS) + data[at:]


def _deep(rng: random.Random, data: bytes, _: bytes) -> bytes:
    at = rng.randint(0, len(data))
    return data[:at] + rng.choice(_OPEN) * rng.randint(10, 3000) + data[at:]


def _long(rng: random.Random, data: bytes, _: bytes) -> bytes:
    at = rng.randint(0, len(data))
    return data[:at] + rng.choice((b"a", b" ", b"\xc3\xa9", b"word ", b"-\n")) * rng.randint(1000, 60_000) + data[at:]


def _recoded(rng: random.Random, data: bytes, _: bytes) -> bytes:
    text = data.decode("utf-8", "replace")
    return text.encode(rng.choice(("utf-16", "utf-32", "cp1252", "utf-7", "shift_jis", "cp500")), "replace")


def _numbered(rng: random.Random, data: bytes, _: bytes) -> bytes:
    digits = [at for at in range(len(data)) if data[at : at + 1].isdigit()]
    if not digits:
        return data
    at = rng.choice(digits)
    return data[:at] + rng.choice((b"-1", b"0", b"999999999", b"4294967296", b"1" * 300)) + data[at + 1 :]


def _with_entity(rng: random.Random, data: bytes, _: bytes) -> bytes:
    """Ask for a file of the machine, or for very much text, by an entity."""
    start = max(data.find(b"?>") + 2, 0) if data.startswith(b"<?xml") else 0
    many = b"".join(b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 10) for n in range(1, 10))
    entity = rng.choice(
        (b'<!ENTITY e9 SYSTEM "file:///etc/passwd">', b'<!ENTITY e0 "ha">' + many, b'<!ENTITY % e9 "x">')
    )
    at = data.find(b">", data.find(b">", start) + 1) + 1
    return data[:start] + b"<!DOCTYPE article [" + entity + b"]>" + data[start:at] + b"&e9;" + data[at:]


def _zip_edited(rng: random.Random, data: bytes, other: bytes) -> bytes:
    """Spoil a member, its name or its place instead of the archive's own bytes."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, RuntimeError, zipfile.zlib.error):
        return data
    if not members:
        return data
    name = rng.choice(sorted(members))
    told = members.pop(name)
    if rng.random() < 0.6:
        members[name] = rng.choice(_WAYS)(rng, told, other)
    elif rng.random() < 0.7:
        members[rng.choice(("../out.txt", "/out.txt", "C:\\out.txt", "a\x00b", "x/" * 60 + name, "", name.upper()))] = (
            told
        )
    try:
        return zipped(dict(members))
    except (ValueError, UnicodeEncodeError):
        return data


_Way = Callable[[random.Random, bytes, bytes], bytes]
_WAYS: tuple[_Way, ...] = (
    _flipped, _flipped, _cut, _without, _doubled, _spliced, _marked, _marked, _deep, _long, _recoded, _numbered,
    _with_entity,
)  # fmt: skip


def _mhtml(page: bytes) -> bytes:
    message = EmailMessage()
    message["Subject"] = "Made up"
    message["Snapshot-Content-Location"] = "https://example.org/paper"
    message.set_content(page.decode(), subtype="html")
    message.make_related(boundary="made-up")
    return message.as_bytes()


def _xlsx() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    for line in (_SAMPLES / "sheet.csv").read_text("utf-8").splitlines():
        sheet.append(line.replace('"', "").split(","))
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def _qdpx() -> bytes:
    one, two, code = (f"{n:08d}-0000-4000-8000-000000000000" for n in range(3))
    text = "Nobody called me back that day, and the letter came late.\n"
    project = (
        '<?xml version="1.0" encoding="utf-8"?><Project name="Made up" xmlns="urn:QDA-XML:project:1.0">'
        f'<CodeBook><Codes><Code guid="{code}" name="Barrier" isCodable="true"/></Codes></CodeBook><Sources>'
        f'<TextSource guid="{one}" name="Ada" plainTextPath="internal://{one}.txt">'
        f'<PlainTextSelection guid="{two}" startPosition="0" endPosition="30"><Coding guid="{two}">'
        f'<CodeRef targetGUID="{code}"/></Coding></PlainTextSelection></TextSource></Sources></Project>'
    )
    return zipped({"project.qde": project, f"Sources/{one}.txt": text})


def _records(text: bytes) -> bytes:
    from ingest.stage import Meta, parse
    from ontology.interchange import dumps

    records = [record for part in parse(text, Meta("paper.txt")).parts for record in part.records]
    return "".join(dumps(records[:60])).encode()
