"""A small Europe PMC on 127.0.0.1: answers of the service's shape, of our own making, and faults on demand."""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

PAPER = (
    '<?xml version="1.0"?><article article-type="research-article"><front><article-meta>'
    '<article-id pub-id-type="pmc">{number}</article-id>'
    '<article-id pub-id-type="doi">10.9999/made.{number}</article-id>'
    "<title-group><article-title>Made-up paper {number}: an interview study</article-title></title-group>"
    "</article-meta></front><body><sec><title>Results</title><p>Nurses said that nobody called back about paper "
    "{number}.</p></sec></body></article>"
)


def result(number: int, *, licence: str = "cc by") -> dict[str, Any]:
    """A "core" result as the service gives it."""
    return {
        "id": str(1000 + number),
        "source": "MED",
        "pmid": str(1000 + number),
        "pmcid": f"PMC{number}",
        "doi": f"10.9999/made.{number}",
        "title": f"Made-up paper {number}: an <i>interview</i> study.",
        "authorList": {"author": [{"firstName": "Ann", "lastName": "Meyer", "fullName": "Meyer A"}]},
        "journalInfo": {"volume": "3", "yearOfPublication": 2019, "journal": {"title": "Journal of Made-up Care"}},
        "pageInfo": "1-9",
        "abstractText": "<h4>Aim</h4>To ask. <h4>Results</h4>Nurses said that nobody called back.",
        "language": "eng",
        "firstPublicationDate": "2019-05-02",
        "license": licence,
        "isOpenAccess": "Y",
    }


@dataclass
class Service:
    """What the server has, what it was asked, and the faults it is to give (status codes, first come first)."""

    results: list[dict[str, Any]]
    closed: set[str] = field(default_factory=set)
    faults: list[int] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    stop_after: int | None = None
    endpoint: str = ""

    def found(self, query: str) -> list[dict[str, Any]]:
        """The results of a query: by identifier, else all."""
        for pattern, name in ((r"PMCID:(\S+)", "pmcid"), (r"EXT_ID:(\d+)", "pmid"), (r'DOI:"([^"]+)"', "doi")):
            if told := re.search(pattern, query):
                return [one for one in self.results if one.get(name) == told.group(1)]
        return self.results


@contextmanager
def serving(service: Service) -> Iterator[Service]:
    """Serve until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            service.asked.append(self.path)
            if service.stop_after is not None and len(service.asked) > service.stop_after:
                self.close_connection = True
                return
            if service.faults:
                self._answer(service.faults.pop(0), b"busy", "text/plain")
                return
            parts = urlsplit(self.path)
            if parts.path.endswith("/search"):
                self._search(parse_qs(parts.query))
                return
            name = parts.path.split("/")[-2]
            if name in service.closed or not any(one.get("pmcid") == name for one in service.results):
                self._answer(404, b"", "text/plain")
            else:
                self._answer(200, PAPER.format(number=name.removeprefix("PMC")).encode(), "application/xml")

        def _search(self, asked: dict[str, list[str]]) -> None:
            found = service.found(asked["query"][0])
            at = 0 if asked["cursorMark"] == ["*"] else int(asked["cursorMark"][0])
            size = int(asked["pageSize"][0])
            page = found[at : at + size]
            following = str(at + len(page)) if page else asked["cursorMark"][0]
            body = {"hitCount": len(found), "nextCursorMark": following, "resultList": {"result": page}}
            self._answer(200, json.dumps(body).encode(), "application/json")

        def _answer(self, status: int, body: bytes, kind: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            if status in (429, 503):
                self.send_header("Retry-After", "0")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service.endpoint = f"http://127.0.0.1:{server.server_port}/rest"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
