"""Europe PMC's REST service: search, citation and open-access full text, at a polite rate.

Source: Europe PMC RESTful web service (europepmc.org/RestfulWebService): `search` with cursorMark paging and
`{PMCID}/fullTextXML`, which is there for the open-access subset only.
"""

import json
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from ontology.errors import CarekgError

ENDPOINT = "https://www.ebi.ac.uk/europepmc/webservices/rest"
MAX_BYTES = 20_000_000
"""The largest answer that is taken."""
MAX_PAGE = 1_000
"""The most results that the service gives at once."""
FIRST = "*"
"""The cursor of the first page of a search."""

_TRIES = 5
_TRIES_TO_CONNECT = 1
"""Who is off-line should not wait for it to be said."""
_TIMEOUT = (10.0, 60.0)
_WAIT_AGAIN = (429, 500, 502, 503, 504)
_PMCID = re.compile(r"(?:https?://\S*/)?(PMC\d+)/?", re.IGNORECASE)
_PMID = re.compile(r"(?:pmid:?\s*)?(\d{1,9})", re.IGNORECASE)
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:?\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)


class FetchError(CarekgError):
    """Something cannot be had from Europe PMC."""


class Unreachable(FetchError):
    """Europe PMC cannot be reached, or does not answer as it should: going on makes no sense."""


@dataclass(frozen=True, slots=True)
class Identifier:
    """A publication by `kind` ("pmcid", "pmid" or "doi") and `value`.

    >>> Identifier.of("https://doi.org/10.1000/ABC"), Identifier.of("pmc123").value, Identifier.of("27").kind
    (Identifier(kind='doi', value='10.1000/abc'), 'PMC123', 'pmid')
    """

    kind: str
    value: str

    @classmethod
    def of(cls, text: str) -> "Identifier":
        """Return what `text` names.

        Raises:
            FetchError: it is none of PMCID, PMID and DOI.
        """
        for kind, pattern in (("pmcid", _PMCID), ("pmid", _PMID), ("doi", _DOI)):
            if found := pattern.fullmatch(text.strip()):
                value = found.group(1)
                return cls(kind, value.upper() if kind == "pmcid" else value.lower())
        raise FetchError(text, "is no PMCID, PMID or DOI", "write PMC123456, 12345678 or 10.1000/xyz")

    @property
    def query(self) -> str:
        """The query that finds exactly this publication."""
        escaped = self.value.replace("\\", "\\\\").replace('"', '\\"')
        return {
            "pmcid": f"PMCID:{self.value}",
            "pmid": f"EXT_ID:{self.value} AND SRC:MED",
            "doi": f'DOI:"{escaped}"',
        }[self.kind]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a search: how many results there are in all, these ones, and the cursor of the next page."""

    total: int
    results: tuple[Mapping[str, Any], ...]
    cursor: str | None


class EuropePmc:
    """A connection that asks at most `rate` times a second, waits as it is told to and tries again when refused.

    Use as a context manager, or `close` it. `contact` (an e-mail address) goes along, so that the service can write
    before it blocks.
    """

    def __init__(self, endpoint: str = ENDPOINT, *, rate: float = 1.0, contact: str = "", backoff: float = 1.0) -> None:
        """Prepare; nothing is sent yet. `backoff` is the first wait in seconds before a second try; it doubles."""
        self.endpoint = endpoint.rstrip("/")
        self._pause = 1.0 / rate
        self._last = 0.0
        retry = Retry(
            total=_TRIES,
            connect=_TRIES_TO_CONNECT,
            backoff_factor=backoff,
            backoff_jitter=backoff / 2,
            status_forcelist=_WAIT_AGAIN,
            allowed_methods=("GET",),
            respect_retry_after_header=True,
            raise_on_status=False,
        )
        self._session = requests.Session()
        for scheme in ("https://", "http://"):
            self._session.mount(scheme, HTTPAdapter(max_retries=retry))
        self._session.headers["User-Agent"] = "carekg" + (f" (mailto:{contact})" if contact else "")

    def find(self, wanted: Identifier) -> Mapping[str, Any]:
        """Return what Europe PMC knows of a publication (its "core" result).

        Raises:
            FetchError: it knows no such publication.
            Unreachable: the service does not answer.
        """
        page = self.page(wanted.query, size=5)
        for result in page.results:
            if str(result.get(wanted.kind, "")).lower() == wanted.value.lower():
                return result
        raise FetchError(wanted.value, "is not known to Europe PMC", "check it, or get the paper elsewhere")

    def page(self, query: str, *, cursor: str = FIRST, size: int = 100) -> Page:
        """Return the page of a search that begins at `cursor`.

        Raises:
            Unreachable: the service does not answer, or not with a page.
        """
        asked = {
            "query": query,
            "format": "json",
            "resultType": "core",
            "cursorMark": cursor,
            "pageSize": str(min(size, MAX_PAGE)),
        }
        response = self._get(f"{self.endpoint}/search", asked)
        if response.status != requests.codes.ok:
            raise Unreachable(self.endpoint, f"answers {response.status} to a search", "try again later")
        try:
            answer = json.loads(response.body)
            results = tuple(answer["resultList"]["result"])
            total, following = int(answer["hitCount"]), answer.get("nextCursorMark")
        except (ValueError, KeyError, TypeError) as error:
            raise Unreachable(self.endpoint, "answers with something that is no result", "try again later") from error
        return Page(total, results, following if results and following != cursor else None)

    def pages(self, query: str, *, cursor: str = FIRST, size: int = 100) -> Iterator[tuple[str, Page]]:
        """Yield the pages of a search with the cursor of each, from `cursor` on."""
        at: str | None = cursor
        while at is not None:
            page = self.page(query, cursor=at, size=size)
            yield at, page
            at = page.cursor

    def full_text(self, pmcid: str) -> bytes:
        """Return the JATS XML of an open-access paper.

        Raises:
            FetchError: its full text is not in the open-access subset, or too large.
            Unreachable: the service does not answer.
        """
        response = self._get(f"{self.endpoint}/{pmcid}/fullTextXML", {})
        if response.status == requests.codes.not_found:
            raise FetchError(pmcid, "has no open-access full text at Europe PMC", "ingest its PDF, if you have it")
        if response.status != requests.codes.ok:
            raise Unreachable(self.endpoint, f"answers {response.status} for {pmcid}", "try again later")
        if b"<article" not in response.body[:_HEAD]:
            raise FetchError(pmcid, "came without an article in it", "try again later")
        return response.body

    def close(self) -> None:
        """Let go of the connections."""
        self._session.close()

    def __enter__(self) -> "EuropePmc":
        """Return the client itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def _get(self, url: str, params: Mapping[str, str]) -> "_Answer":
        wait = self._last + self._pause - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        try:
            with self._session.get(url, params=params, timeout=_TIMEOUT, stream=True) as response:
                body = bytearray()
                for chunk in response.iter_content(_CHUNK):
                    body += chunk
                    if len(body) > MAX_BYTES:
                        problem = f"answers with more than {MAX_BYTES // 1_000_000} MB"
                        raise FetchError(url, problem, "get it by hand")
                return _Answer(response.status_code, bytes(body))
        except requests.RequestException as error:
            reason = type(error).__name__
            remedy = "check the connection; what was fetched is kept, and the same command goes on from there"
            raise Unreachable(self.endpoint, f"cannot be reached ({reason})", remedy) from error
        finally:
            self._last = time.monotonic()


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    body: bytes


_HEAD = 4_096
_CHUNK = 65_536
