"""`carekg fetch`: open-access papers and their citations from Europe PMC, into a folder to ingest."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.common import Json, complain, emit, failure

if TYPE_CHECKING:
    from ingest.fetch.folder import Fetched, Papers

ENDPOINT = "https://www.ebi.ac.uk/europepmc/webservices/rest"


def fetch(
    identifiers: Annotated[
        list[str] | None, typer.Argument(metavar="ID...", help="PMCIDs, PMIDs or DOIs; - reads them from lines.")
    ] = None,
    search: Annotated[
        str | None, typer.Option("--search", metavar="QUERY", help="Fetch what a query of Europe PMC finds.")
    ] = None,
    most: Annotated[int, typer.Option("--max", min=1, help="The most results of a search to fetch.")] = 100,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FOLDER", help="Where the papers go.")] = Path(
        "papers"
    ),
    again: Annotated[bool, typer.Option("--again", help="Fetch also what is in the folder already.")] = False,
    rate: Annotated[float, typer.Option("--rate", min=0.01, max=10, help="The most requests a second.")] = 1.0,
    contact: Annotated[
        str, typer.Option("--contact", envvar="CAREKG_CONTACT", help="Your e-mail address, which goes along.")
    ] = "",
    endpoint: Annotated[
        str, typer.Option("--endpoint", envvar="CAREKG_EUROPEPMC", help="The address of the service.")
    ] = ENDPOINT,
    json: Json = False,
) -> None:
    """Fetch open-access full text and citations from Europe PMC.

    What is in the folder is not fetched again, and a search that was stopped goes on where it was: give the same
    command again. Papers without open-access full text are there as citations. Then: carekg ingest FOLDER

    \b
    Examples:
      carekg fetch PMC1234567 10.1000/xyz -o papers
      carekg fetch --search '"care coordination" AND qualitative AND OPEN_ACCESS:Y' --max 50
      carekg fetch - < identifiers.txt
    """
    from ingest.fetch.client import EuropePmc
    from ingest.fetch.folder import Papers

    wanted = [one for text in identifiers or () for one in (sys.stdin.read().split() if text == "-" else [text])]
    if not wanted and not search:
        raise typer.BadParameter("name at least one ID, or use --search", param_hint="ID...")
    found: list[Fetched] = []
    with EuropePmc(endpoint, rate=rate, contact=contact) as client:
        papers = Papers(output, client, again=again)
        for count, total, one in _all(papers, wanted, search, most):
            found.append(one)
            if one.error is not None:
                complain(one.error)
            elif not json:
                typer.echo(f"[{count}/{total}] {_told(one)}")
    if json:
        emit([_as_dict(one) for one in found])
    else:
        _sum_up(found, output)
    if any(one.error is not None for one in found):
        raise typer.Exit(1)


def _all(papers: "Papers", wanted: list[str], search: str | None, most: int) -> "Iterator[tuple[int, int, Fetched]]":
    """Yield each publication with its number and how many there are."""
    for number, text in enumerate(wanted, 1):
        yield number, len(wanted), papers.fetch(text)
    if search:
        for number, (total, one) in enumerate(papers.search(search, most), 1):
            if number == 1 and total > most:
                typer.echo(f"first {most:,} of {total:,} results", err=True)
            yield number, min(total, most), one


def _told(one: "Fetched") -> str:
    names = ", ".join(path.name for path in one.files)
    extra = [one.licence, "was there" if one.cached else "", f"citation only: {one.missing}" if one.missing else ""]
    return f"{one.wanted}: {names}" + "".join(f"; {text}" for text in extra if text)


def _sum_up(found: "list[Fetched]", output: Path) -> None:
    papers = sum(one.error is None and not one.missing for one in found)
    citations = sum(bool(one.missing) for one in found)
    failed = sum(one.error is not None for one in found)
    parts = [f"{papers} with full text", f"{citations} as citations only", f"{failed} not found"]
    typer.echo(f"{output}: {', '.join(parts)}")


def _as_dict(one: "Fetched") -> dict[str, object]:
    return {
        "wanted": one.wanted,
        "files": [str(path) for path in one.files],
        "cached": one.cached,
        "licence": one.licence or None,
        "missing": one.missing or None,
        "error": failure(one.error) if one.error else None,
    }
