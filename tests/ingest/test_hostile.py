"""Files that are made to harm, or harmed themselves: each is refused or read, in time, and nothing else happens."""

import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.papers import as_docx, as_html, as_jats, as_pdf, as_ris, as_text, paper, zipped
from devtools.fuzz import SECONDS, fuzz
from devtools.fuzz_corpus import corpus, spoil
from devtools.fuzz_worker import examine
from ingest.errors import ReaderError
from ingest.outcome import Meta, UnexpectedFault
from ingest.pipeline import Limits, run
from ingest.readers import FORMATS, format_of
from ingest.stage import parse
from ontology.errors import CarekgError
from ontology.model import Document

ONE = paper(1, paragraphs=2)
OLE = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(512)
ROOT = Path(__file__).resolve().parents[2]
SECRET = "do not read this aloud"


def errors(data: bytes, name: str = "bad") -> list[CarekgError]:
    return [part.error for part in examine(data, Meta(name)).parts if part.error is not None]


def texts(data: bytes, name: str = "bad") -> str:
    return "".join(
        one.text for part in examine(data, Meta(name)).parts for one in part.records if isinstance(one, Document)
    )


class Canary(BaseHTTPRequestHandler):
    """Counts who asks."""

    asked = 0

    def do_GET(self) -> None:
        type(self).asked += 1
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"<!ENTITY x 'asked'>")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def canary() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Canary)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Canary.asked = 0
    yield f"http://127.0.0.1:{server.server_port}/canary"
    server.shutdown()


def bomb(kind: str) -> bytes:
    many = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    entities = {
        "laughs": f'<!ENTITY e0 "ha">{many}',
        "quadratic": f'<!ENTITY e11 "{"a" * 200_000}">',
        "loop": '<!ENTITY e11 "&e12;"><!ENTITY e12 "&e11;">',
    }
    body = "&e11;" * (500 if kind == "quadratic" else 1)
    article = as_jats(ONE).decode().split("?>", 1)[1].replace("<body>", f"<body><p>{body}</p>")
    return f'<?xml version="1.0"?><!DOCTYPE article [{entities[kind]}]>{article}'.encode()


@pytest.mark.parametrize("kind", ["laughs", "quadratic", "loop"])
def test_entities_never_grow(kind: str) -> None:
    data = bomb(kind)
    begun = time.monotonic()
    told = errors(data, "bomb.xml")
    assert time.monotonic() - begun < 20
    assert all(isinstance(error, ReaderError) for error in told)
    assert len(texts(data)) < 2 * len(as_jats(ONE))


@pytest.mark.parametrize("place", ["general", "parameter", "dtd", "stylesheet", "include"])
def test_nothing_outside_a_file_is_asked_for(place: str, tmp_path: Path, canary: str) -> None:
    (tmp_path / "secret.txt").write_text(SECRET, encoding="utf-8")
    for target in (f"file://{tmp_path / 'secret.txt'}", canary):
        heads = {
            "general": f'<!DOCTYPE article [<!ENTITY x SYSTEM "{target}">]>',
            "parameter": f'<!DOCTYPE article [<!ENTITY % p SYSTEM "{target}"> %p;]>',
            "dtd": f'<!DOCTYPE article SYSTEM "{target}">',
            "stylesheet": f'<?xml-stylesheet type="text/xsl" href="{target}"?>',
            "include": "",
        }
        included = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{target}" parse="text"/>'
        body = {"general": "&x;", "parameter": "&x;", "include": included}.get(place, "")
        article = as_jats(ONE).decode().split("?>", 1)[1].replace("<body>", f"<body><p>Here: {body}</p>")
        page = as_html(ONE).decode().replace("<article>", f"<article><p>{body}</p>")
        for data in (f'<?xml version="1.0"?>{heads[place]}{article}', heads[place] + page, page + body):
            assert SECRET not in texts(data.encode())
            assert not any(isinstance(error, UnexpectedFault) for error in errors(data.encode()))
    assert Canary.asked == 0


def test_archives_that_grow_are_refused(tmp_path: Path) -> None:
    zeros = b"\0" * 60_000_000
    for name, members in {
        "bomb.zip": {"a.txt": zeros},
        "bomb.docx": {"word/document.xml": zeros, "[Content_Types].xml": b"<Types/>"},
        "bomb.xlsx": {"xl/workbook.xml": zeros, "[Content_Types].xml": b"<Types/>"},
        "bomb.qdpx": {"project.qde": zeros},
    }.items():
        begun = time.monotonic()
        told = errors(zipped(dict(members)), name)
        assert time.monotonic() - begun < 20
        assert told, name
        assert not any(isinstance(error, UnexpectedFault) for error in told)


@pytest.mark.parametrize("name", ["../out.txt", "/out.txt", "a/../../out.txt", "C:\\out.txt", "..\\out.txt"])
def test_members_that_lead_out_are_refused_and_nothing_is_written(name: str, tmp_path: Path) -> None:
    before = sorted(Path.cwd().iterdir())
    for fixed in ({}, {"project.qde": "<Project/>"}, {"word/document.xml": "<w/>"}, {"xl/workbook.xml": "<w/>"}):
        path = tmp_path / "out.zip"
        path.write_bytes(zipped({name: "x", **fixed}))
        found = [one for result in run([path], limits=Limits(jobs=0)) for one in result.outcomes]
        assert all(one.error is not None and not isinstance(one.error, UnexpectedFault) for one in found)
        assert sorted(tmp_path.iterdir()) == [path]
    assert sorted(Path.cwd().iterdir()) == before
    assert not (tmp_path.parent / "out.txt").exists()


def test_passwords_are_named() -> None:
    keys = b"/O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b">"
    locking = b"/Root 1 0 R /ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -1 " + keys + b" >>"
    locked = as_pdf(ONE).replace(b"/Root 1 0 R", locking)
    (pdf,) = errors(locked, "locked.pdf")
    assert "password" in str(pdf)
    packed = bytearray(zipped({"a.txt": "x"}))
    packed[6] |= 1
    packed[packed.index(b"PK\x01\x02") + 8] |= 1
    (archive,) = errors(bytes(packed), "locked.zip")
    assert "password" in str(archive)
    (docx,) = errors(OLE + "EncryptedPackage".encode("utf-16-le") + bytes(4096), "locked.docx")
    assert "password" in str(docx)


@pytest.mark.parametrize("make", [as_text, as_jats, as_html, as_docx, as_pdf, as_ris], ids=lambda make: make.__name__)
def test_a_file_that_breaks_off_is_read_or_refused(make) -> None:  # noqa: ANN001
    data = make(ONE)
    for share in (0, 1, 3, 10, 40, 60, 90, 99):
        assert not any(isinstance(error, UnexpectedFault) for error in errors(data[: len(data) * share // 100], "half"))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-7", "cp1252", "shift_jis", "cp500", "mac-roman"])
@pytest.mark.parametrize("make", [as_text, as_jats, as_html, as_ris], ids=lambda make: make.__name__)
def test_another_encoding_is_read_or_refused(make, encoding: str) -> None:  # noqa: ANN001
    data = make(ONE).decode().encode(encoding, "replace")
    assert not any(isinstance(error, UnexpectedFault) for error in errors(data, "strange"))


@pytest.mark.parametrize(
    "line",
    [
        b"a" * 10_000_000,
        b"Nobody called. " * 666_666,
        b"<!DOCTYPE html><html><body><p>" + b"word " * 2_000_000 + b"</p></body></html>",
        b"<article><front/><body><p>" + b"word " * 2_000_000 + b"</p></body></article>",
        b"TY  - JOUR\nTI  - " + b"word " * 2_000_000 + b"\nER  - \n",
        b"Study,Barrier\n" + b"late," * 2_000_000,
        b"@article{a, title={" + b"{" * 10_000_000,
        b"PMID- 1\nAB  - " + b"word\n      " * 900_000,
        b"%0 Book\n%T " + b"a\n" * 5_000_000,
    ],
    ids=["letters", "text", "html", "jats", "ris", "csv", "bibtex", "nbib", "refer"],
)
def test_a_line_of_ten_million_characters_is_no_end(line: bytes, tmp_path: Path) -> None:
    path = tmp_path / "line.txt"
    path.write_bytes(line)
    begun = time.monotonic()
    (outcome,) = (one for result in run([path], limits=Limits(jobs=1, seconds=20)) for one in result.outcomes[:1])
    assert time.monotonic() - begun < 120
    assert not isinstance(outcome.error, UnexpectedFault), str(outcome.error)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("signs.csv", 'Study,Barrier\n"Brandt 1","' + "-\n" * 200_000 + 'x"\n'),
        ("data.txt", as_text(ONE).decode() + "\n\nNobody called " + "AOkA6QDp" * 20_000 + " back.\n"),
    ],
    ids=["signs", "data"],
)
def test_a_cell_or_a_word_without_end_is_no_end(name: str, data: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(data, encoding="utf-8")
    code = (
        "import sys; from pathlib import Path; from devtools.fuzz_worker import examine;"
        "from ingest.outcome import Meta;"
        "path = Path(sys.argv[1]); print(len(examine(path.read_bytes(), Meta(path.name)).parts))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], timeout=90, check=True, capture_output=True, cwd=ROOT, text=True
    )
    assert int(done.stdout) > 0


def test_deep_nesting_is_no_end() -> None:
    for opening, closing in (("<sec>", "</sec>"), ("<p><italic>", "</italic></p>")):
        deep = f"<article><front/><body>{opening * 5000}words{closing * 5000}</body></article>"
        assert not any(isinstance(error, UnexpectedFault) for error in errors(deep.encode(), "deep.xml"))
    for data in (b"[" * 100_000, b'{"a":' * 100_000, b"<div>" * 50_000, b"{\\rtf1" + b"{" * 50_000, b"(" * 100_000):
        assert not any(isinstance(error, UnexpectedFault) for error in errors(data, "deep"))


def test_spoilt_files_do_no_harm() -> None:
    harms = [one.harm.what for one in fuzz(corpus(), 300, 20, jobs=2) if one.harm is not None]
    assert harms == []
    assert SECONDS == 30


def test_the_same_seed_spoils_the_same_way() -> None:
    samples = corpus()
    first, again = (spoil(random.Random("1 1"), samples) for _ in range(2))  # noqa: S311
    assert first == again
    assert {format_of(data).name for _, data in samples} >= {known.name for known in FORMATS if known.reader}


def test_the_watch_sees_a_file_outside_and_a_connection(tmp_path: Path) -> None:
    import subprocess
    import sys

    inside, outside = tmp_path / "inside", tmp_path / "outside"
    inside.mkdir()
    for act, status in {
        f"open({str(inside / 'a')!r}, 'w').close()": 0,
        f"open({str(outside)!r}, 'w')": 99,
        f"import os; os.mkdir({str(outside)!r})": 99,
        "import socket; socket.socket().connect(('127.0.0.1', 9))": 99,
        "import os; os.system('true')": 99,
        f"open({str(inside / 'a')!r}).close()": 0,
    }.items():
        code = f"import pathlib\nfrom devtools.fuzz_worker import watch\nwatch(pathlib.Path({str(inside)!r}))\n{act}"
        assert subprocess.run([sys.executable, "-c", code], check=False).returncode == status, act
    assert not outside.exists()


STARTS = (
    b"%PDF-1.4\n", b"<article>", b'<?xml version="1.0"?><article>', b"<!DOCTYPE html><html>", b"TY  - JOUR\n",
    b"@article{a,", b'[{"title": ', b'{"kind": "', b"<PubmedArticleSet>", b"@prefix ckg: <", b"Study,Barrier\n",
    b"PK\x03\x04", b"{\\rtf1", b'<Project xmlns="urn:QDA-XML:project:1.0">', b"\xff\xfe", b"\xef\xbb\xbf", b"",
)  # fmt: skip


@given(
    st.sampled_from(STARTS),
    st.one_of(st.binary(max_size=600), st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace"))),
)
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_bytes_behind_any_beginning_are_read_or_refused(start: bytes, rest: bytes) -> None:
    for part in parse(start + rest, Meta("any")).parts:
        assert not isinstance(part.error, UnexpectedFault), str(part.error)


@given(
    st.dictionaries(
        st.sampled_from(
            ["word/document.xml", "[Content_Types].xml", "xl/workbook.xml", "project.qde", "_rels/.rels", "a"]
        ),
        st.binary(max_size=200),
        max_size=4,
    )
)
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_members_of_an_archive_are_read_or_refused(members: dict[str, bytes]) -> None:
    told = errors(zipped(dict(members)), "any.zip")
    assert not any(isinstance(error, UnexpectedFault) for error in told), told
