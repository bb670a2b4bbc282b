"""The SPARQL 1.1 Protocol over a store (https://www.w3.org/TR/sparql11-protocol/): read-only, behind `graph.guard`.

Each answer runs in a process of a small pool, so that a query that is stopped at its deadline takes nothing down with
it, and so many queries run at once as there are processes; a few more wait for a moment, the rest are told to come
back. The application is an ASGI one: `carekg serve --sparql` runs it.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from graph.allow import MAX_QUERY, check_sparql
from graph.errors import GraphError, QueryError, QueryTimeout
from graph.guard import QueryRunner
from graph.negotiate import chosen
from graph.results import GRAPHS, RESULTS, Written
from graph.service import description

PATH = "/sparql"
MAX_BODY = 1 << 20
"""Bytes of a request."""
BODY_SECONDS = 10.0
"""How long a client may take to send its request."""
WAIT_SECONDS = 2.0
"""How long a query waits for a process that is free."""
PARTIAL = "Carekg-Partial"
"""The header that says that rows were left out, and how many there are."""
_FORM, _QUERY, _UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_METHODS = ["GET", "HEAD", "POST"]
_READ_ONLY = "this endpoint reads only: change the store with `carekg ingest` and `carekg retract`"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query, and all together, may take."""

    rows: int = 10_000
    seconds: float = 30.0
    queries: int = 2
    waiting: int = 8


@dataclass(frozen=True, slots=True)
class Asked:
    """A request of the protocol: the query, none for the service description, and the graphs of its data set."""

    query: str | None
    default: Sequence[str] | None = None
    named: Sequence[str] | None = None


class Full(Exception):
    """Every process is busy, and as many queries wait as may."""


class Pool:
    """So many runners, lent to one query at a time each."""

    def __init__(self, store: Path, limits: Limits) -> None:
        """Make the runners; their processes start with `start`."""
        self._runners = [QueryRunner(store) for _ in range(limits.queries)]
        self._limits = limits
        self._free: asyncio.LifoQueue[QueryRunner] = asyncio.LifoQueue()
        self._waiting = 0

    async def start(self) -> None:
        """Start every process, so that the first query need not wait."""
        for runner in self._runners:
            await run_in_threadpool(runner.graphs)
            self._free.put_nowait(runner)

    async def close(self) -> None:
        """End every process."""
        for runner in self._runners:
            runner.stop()
            await run_in_threadpool(runner.close)

    @contextlib.asynccontextmanager
    async def lent(self) -> AsyncIterator[QueryRunner]:
        """Lend a runner; raises Full where none is free in time, or too many wait."""
        if self._free.empty() and self._waiting >= self._limits.waiting:
            raise Full
        self._waiting += 1
        try:
            runner = await asyncio.wait_for(self._free.get(), WAIT_SECONDS)
        except TimeoutError as error:
            raise Full from error
        finally:
            self._waiting -= 1
        try:
            yield runner
        finally:
            self._free.put_nowait(runner)


def application(
    store: Path, limits: Limits = Limits(), origins: Sequence[str] = (), hosts: Sequence[str] = ()
) -> Starlette:
    """Return the endpoint over a store as an ASGI application.

    Scripts of web pages may use it from `origins` only, none by default. A request has to name one of `hosts`, this
    machine by default, so that no other name can be made to lead here.
    """
    pool = Pool(store, limits)

    @contextlib.asynccontextmanager
    async def living(_: Starlette) -> AsyncIterator[None]:
        await pool.start()
        yield
        await pool.close()

    async def sparql(request: Request) -> Response:
        asked = await read(request)
        async with pool.lent() as runner:
            if asked.query is None:
                return await _described(request, runner, limits)
            return await _answered(request, asked, runner, limits)

    return Starlette(
        routes=[Route(PATH, sparql, methods=["GET", "HEAD", "POST"])],
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts) or ["127.0.0.1", "localhost"]),
            *(_cors(origins) if origins else ()),
        ],
        exception_handlers={GraphError: _told, HTTPException: _refused, Full: partial(_full, limits.seconds)},
        lifespan=living,
    )


async def read(request: Request) -> Asked:
    """Return what a request asks, by section 2.1 of the protocol.

    Raises:
        HTTPException: 400 for a request that is not of the protocol, 403 for an update, 408, 413 and 415.
    """
    pairs = parse_qsl(request.url.query, keep_blank_values=True)
    if request.method == "POST":
        media, _, parameters = request.headers.get("content-type", "").lower().partition(";")
        body = await _body(request)
        if "charset" in parameters and "utf-8" not in parameters:
            raise HTTPException(415, "the text is to be UTF-8")
        match media.strip():
            case "application/sparql-query":
                pairs.append(("query", body))
            case "application/x-www-form-urlencoded":
                pairs += parse_qsl(body, keep_blank_values=True)
            case "application/sparql-update":
                raise HTTPException(403, _READ_ONLY)
            case _:
                raise HTTPException(415, f"send {_FORM} or {_QUERY}", {"Accept-Post": f"{_FORM}, {_QUERY}"})
    return _asked(pairs, described=request.method != "POST")


def _asked(pairs: Sequence[tuple[str, str]], *, described: bool) -> Asked:
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        given.setdefault(name, []).append(value)
    if "update" in given or given.keys() & {"using-graph-uri", "using-named-graph-uri"}:
        raise HTTPException(403, _READ_ONLY)
    queries = given.get("query", [])
    if len(queries) > 1:
        raise HTTPException(400, f"there are {len(queries)} queries: send one")
    if not queries and (given or not described):
        raise HTTPException(400, "there is no query: send one as `query`; GET without parameters describes the service")
    return Asked(queries[0] if queries else None, given.get("default-graph-uri"), given.get("named-graph-uri"))


async def _body(request: Request) -> str:
    parts, size = [], 0
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for part in request.stream():
                size += len(part)
                if size > MAX_BODY:
                    raise HTTPException(413, f"the request has more than {MAX_BODY:,} bytes", {"Connection": "close"})
                parts.append(part)
        return b"".join(parts).decode()
    except TimeoutError as error:
        raise HTTPException(408, f"the request did not come in {BODY_SECONDS:g} s") from error
    except UnicodeDecodeError as error:
        raise HTTPException(400, "the request is no UTF-8") from error


async def _described(request: Request, runner: QueryRunner, limits: Limits) -> Response:
    media = _media(request, tuple(GRAPHS))
    graphs = await run_in_threadpool(runner.graphs)
    url = str(request.url.replace(query="", fragment=""))
    comment = (
        f"Reads only. An answer has at most {limits.rows:,} rows and takes at most {limits.seconds:g} s; "
        f"the header {PARTIAL} says where rows were left out. SERVICE and FROM are refused."
    )
    return _document(Written(description(url, graphs, media, comment), media, 0))


async def _answered(request: Request, asked: Asked, runner: QueryRunner, limits: Limits) -> Response:
    query = asked.query or ""
    if len(query) > MAX_QUERY:
        raise HTTPException(413, f"the query has {len(query):,} characters: keep it under {MAX_QUERY:,}")
    form = await run_in_threadpool(check_sparql, query)
    media = _media(request, tuple(GRAPHS if form in ("construct", "describe") else RESULTS))
    work = partial(runner.document, query, media, limit=limits.rows, seconds=limits.seconds)
    gone = asyncio.create_task(_stopped_when_gone(request, runner))
    try:
        written = await run_in_threadpool(work, default=asked.default, named=asked.named)
    finally:
        gone.cancel()
    return _document(written)


async def _stopped_when_gone(request: Request, runner: QueryRunner) -> None:
    """Stop the query when its client hangs up: nobody waits for the answer."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
    runner.stop()


def _media(request: Request, offered: Sequence[str]) -> str:
    media = chosen(request.headers.get("accept", ""), offered)
    if media is None:
        raise HTTPException(406, f"there is {', '.join(offered)}")
    return media


def _document(written: Written) -> Response:
    headers = {"Vary": "Accept", "Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
    if written.partial:
        headers[PARTIAL] = f"rows={written.rows}; {written.partial}"
    return Response(written.body.encode(), media_type=f"{written.media}; charset=utf-8", headers=headers)


def _cors(origins: Sequence[str]) -> list[Middleware]:
    methods = {"allow_methods": _METHODS, "allow_headers": ["Accept", "Content-Type"], "expose_headers": [PARTIAL]}
    return [Middleware(CORSMiddleware, allow_origins=list(origins), **methods)]  # type: ignore[arg-type]


def _text(status: int, words: str, headers: Mapping[str, str] | None = None) -> Response:
    return PlainTextResponse(words + "\n", status, headers=dict(headers or {}) | {"X-Content-Type-Options": "nosniff"})


async def _told(_: Request, error: Exception) -> Response:
    """Tell an error of ours: what is wrong with the query is the client's, the rest is not."""
    if isinstance(error, QueryTimeout):
        return _text(504, str(error))
    return _text(400 if isinstance(error, QueryError) else 500, str(error))


async def _refused(_: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    return _text(error.status_code, error.detail, error.headers)


async def _full(seconds: float, _: Request, error: Exception) -> Response:
    return _text(503, "every process is busy: try again", {"Retry-After": str(max(1, round(seconds)))})
