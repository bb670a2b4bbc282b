"""`carekg serve`: the explorer, or the SPARQL endpoint, on this machine."""

import os
import socket
import sys
from pathlib import Path
from typing import Annotated

import typer

from commands.common import DEFAULT_STORE, Json, Store, emit
from ontology.errors import CarekgError

HOST = "127.0.0.1"
"""Where both listen: this machine only."""
EXPLORER_PORT = 8501
SPARQL_PORT = 7878


def serve(
    port: Annotated[
        int | None,
        typer.Option("--port", min=1, max=65535, help="The port on 127.0.0.1; 8501, or 7878 with --sparql."),
    ] = None,
    sparql: Annotated[
        bool, typer.Option("--sparql", help="Offer the SPARQL 1.1 protocol, read-only, instead of the explorer.")
    ] = False,
    limit: Annotated[
        int, typer.Option("--limit", min=1, help="With --sparql: at most so many rows in one answer.")
    ] = 10_000,
    timeout: Annotated[
        float, typer.Option("--timeout", min=0.1, help="With --sparql: seconds that one query may take.")
    ] = 30.0,
    queries: Annotated[
        int,
        typer.Option("--queries", min=1, max=64, help="With --sparql: queries that run at once, each in a process."),
    ] = 2,
    allow_origin: Annotated[
        list[str] | None,
        typer.Option(
            "--allow-origin",
            metavar="ORIGIN",
            help="With --sparql: scripts of pages from this origin may ask (CORS); none may by default. Repeatable.",
        ),
    ] = None,
    store: Store = DEFAULT_STORE,
    json: Json = False,
) -> None:
    """Open the explorer, or a SPARQL endpoint, on this machine (127.0.0.1) until Ctrl-C.

    \b
    Examples:
      carekg serve
      carekg serve --store demo --port 8600
      carekg serve --sparql --timeout 10
      carekg serve --sparql --allow-origin https://yasgui.example
    """
    from graph.folder import Folder

    Folder(store).check()
    chosen = port or (SPARQL_PORT if sparql else EXPLORER_PORT)
    _check_port(chosen)
    if sparql:
        _endpoint(store, chosen, allow_origin or [], rows=limit, seconds=timeout, queries=queries, json=json)
    else:
        _explorer(store, chosen, json=json)


def _explorer(store: Path, port: int, *, json: bool) -> None:
    from importlib.util import find_spec

    app = find_spec("app")
    if app is None or app.origin is None:
        raise CarekgError("explorer", "app.py is not installed", "install carekg again")
    _say(f"http://{HOST}:{port}", store, "The explorer", json=json)
    command = [sys.executable, "-m", "streamlit", "run", app.origin]
    options = [f"--server.address={HOST}", f"--server.port={port}", "--server.headless=true"]
    sys.stdout.flush()
    os.dup2(sys.stderr.fileno(), 1)
    environment = os.environ | {"CAREKG_STORE": str(store.resolve())}
    os.execve(sys.executable, [*command, *options], environment)  # noqa: S606 - the signals are to reach it


def _endpoint(
    store: Path, port: int, origins: list[str], *, rows: int, seconds: float, queries: int, json: bool
) -> None:
    import uvicorn

    from graph.endpoint import PATH, Limits, application

    app = application(store, Limits(rows, seconds, queries, waiting=4 * queries), origins)
    _say(f"http://{HOST}:{port}{PATH}", store, "The SPARQL endpoint", json=json)
    sys.stdout.flush()
    uvicorn.run(
        app,
        host=HOST,
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=1,
        limit_concurrency=256,
    )


def _say(url: str, store: Path, what: str, *, json: bool) -> None:
    if json:
        emit({"url": url, "store": str(store)})
    else:
        typer.echo(f"{what} of {store} opens on {url} (Ctrl-C ends it)", err=True)


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            problem = f"cannot be used ({error.strerror})"
            raise CarekgError(f"port {port}", problem, "end what uses it, or name another with --port") from error
