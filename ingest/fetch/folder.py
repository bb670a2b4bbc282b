"""A folder of fetched papers: what is there is not fetched again, and a search goes on where it stopped.

A paper is `PMC123.xml` (JATS, which holds its licence) beside `PMC123.citation.json` (CSL-JSON, with the licence that
Europe PMC gives); `carekg ingest` reads both as one study. How far searches came is in a hidden file.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.fetch.client import FIRST, EuropePmc, FetchError, Identifier, Unreachable

STATE = ".carekg-fetch.json"
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_HEADING = re.compile(r"<h4>(.*?)</h4>\s*", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^<>]{1,200}>")


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of one publication: the files that hold it, whether they were there before, and what is missing."""

    wanted: str
    files: tuple[Path, ...] = ()
    cached: bool = False
    licence: str = ""
    missing: str = ""
    error: FetchError | None = None


class Papers:
    """The folder that papers are fetched into."""

    def __init__(self, folder: Path, client: EuropePmc, *, again: bool = False) -> None:
        """Use `folder`, which is made where there is none; `again` fetches also what is there.

        Raises:
            FetchError: the folder cannot be used.
        """
        self._folder = folder
        self._client = client
        self._again = again
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FetchError(str(folder), f"cannot be made ({error.strerror})", "name another folder") from error

    def fetch(self, text: str) -> Fetched:
        """Fetch one publication by PMCID, PMID or DOI. What is wrong with this one alone is in the answer.

        Raises:
            Unreachable: the service does not answer.
        """
        try:
            wanted = Identifier.of(text)
            there = self._there(wanted)
            return there or self._keep(text, self._client.find(wanted))
        except Unreachable:
            raise
        except FetchError as error:
            return Fetched(text, error=error)

    def search(self, query: str, most: int) -> Iterator[tuple[int, Fetched]]:
        """Yield how many results a search has in all, and each of the first `most` of them once it is fetched.

        A search that was stopped goes on at the page where it was; one that had come to its end begins anew.

        Raises:
            Unreachable: the service does not answer.
        """
        state = self._state()
        begun = state.get(query, {})
        done = int(begun.get("done", 0))
        if done >= most:
            done, begun = 0, {}
        size = min(most, _PAGE)
        for cursor, page in self._client.pages(query, cursor=str(begun.get("cursor", FIRST)), size=size):
            self._remember(query, {"cursor": cursor, "done": done, "total": page.total})
            for result in page.results[: most - done]:
                yield page.total, self._found(result)
            done += len(page.results[: most - done])
            if done >= most:
                break
        state = self._state()
        state.pop(query, None)
        self._write(self._folder / STATE, json.dumps(state, indent=1).encode())

    def _found(self, result: Mapping[str, Any]) -> Fetched:
        name = _name(result)
        try:
            return self._there_as(name) or self._keep(name, result)
        except Unreachable:
            raise
        except FetchError as error:
            return Fetched(name, error=error)

    def _there(self, wanted: Identifier) -> Fetched | None:
        """Return the publication if a citation in the folder has this identifier."""
        if self._again:
            return None
        key = {"pmcid": "PMCID", "pmid": "PMID", "doi": "DOI"}[wanted.kind]
        for path in sorted(self._folder.glob("*.citation.json")):
            item = _read(path)
            if str(item.get(key, "")).lower() == wanted.value.lower():
                return self._there_as(path.name.removesuffix(".citation.json"), wanted.value)
        return None

    def _there_as(self, name: str, wanted: str = "") -> Fetched | None:
        citation, paper = self._folder / f"{name}.citation.json", self._folder / f"{name}.xml"
        if self._again or not citation.exists():
            return None
        item = _read(citation)
        if not paper.exists() and not item.get("custom", {}).get("missing"):
            return None
        files = (paper, citation) if paper.exists() else (citation,)
        missing = "" if paper.exists() else str(item["custom"]["missing"])
        return Fetched(wanted or name, files, True, str(item.get("license", "")), missing)

    def _keep(self, wanted: str, result: Mapping[str, Any]) -> Fetched:
        name = _name(result)
        pmcid = str(result.get("pmcid") or "")
        citation, paper = self._folder / f"{name}.citation.json", self._folder / f"{name}.xml"
        files: tuple[Path, ...] = (citation,)
        missing = ""
        try:
            if not pmcid:
                raise FetchError(name, "is not in PubMed Central", "ingest its PDF, if you have it")
            self._write(paper, self._client.full_text(pmcid))
            files = (paper, citation)
        except Unreachable:
            raise
        except FetchError as error:
            missing = error.problem
        item = csl_of(result, missing)
        self._write(citation, json.dumps([item], ensure_ascii=False, indent=1).encode() + b"\n")
        return Fetched(wanted, files, False, str(item.get("license", "")), missing)

    def _state(self) -> dict[str, Any]:
        try:
            value = json.loads((self._folder / STATE).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return value if isinstance(value, dict) else {}

    def _remember(self, query: str, where: dict[str, Any]) -> None:
        self._write(self._folder / STATE, json.dumps({**self._state(), query: where}, indent=1).encode())

    def _write(self, path: Path, data: bytes) -> None:
        """Write a file so that it is whole or not there."""
        draft = path.with_name(f".{path.name}.part")
        try:
            draft.write_bytes(data)
            draft.replace(path)
        except OSError as error:
            raise FetchError(str(path), f"cannot be written ({error.strerror})", "make room, then go on") from error


_PAGE = 100


def csl_of(result: Mapping[str, Any], missing: str = "") -> dict[str, Any]:
    """Return a "core" result of Europe PMC as a CSL-JSON item; `missing` says why there is no full text beside it.

    >>> csl_of({"title": "Who calls back?", "doi": "10.1000/x", "license": "cc by"})["license"]
    'cc by'
    """
    journal = result.get("journalInfo") or {}
    listed = (result.get("authorList") or {}).get("author") or []
    words = (result.get("keywordList") or {}).get("keyword") or []
    date = str(result.get("firstPublicationDate") or journal.get("yearOfPublication") or "")
    abstract = _TAG.sub("", _HEADING.sub(lambda found: f" {found.group(1)}: ", str(result.get("abstractText") or "")))
    told = {
        "id": _name(result),
        "type": "article-journal",
        "title": _TAG.sub("", str(result.get("title") or "")).rstrip("."),
        "author": [_author(author) for author in listed if isinstance(author, Mapping)],
        "issued": {"date-parts": [[int(part) for part in re.findall(r"\d+", date)[:3]]]} if date else None,
        "container-title": (journal.get("journal") or {}).get("title"),
        "volume": journal.get("volume"),
        "issue": journal.get("issue"),
        "page": result.get("pageInfo"),
        "DOI": result.get("doi"),
        "PMID": result.get("pmid"),
        "PMCID": result.get("pmcid"),
        "language": result.get("language"),
        "keyword": "; ".join(str(word) for word in words),
        "abstract": " ".join(abstract.split()),
        "license": result.get("license"),
        "custom": {"missing": missing} if missing else None,
    }
    return {name: value for name, value in told.items() if value}


def _author(author: Mapping[str, Any]) -> dict[str, str]:
    if author.get("lastName"):
        given = author.get("firstName") or author.get("initials") or ""
        return {"family": str(author["lastName"]), "given": str(given)}
    return {"literal": str(author.get("collectiveName") or author.get("fullName") or "")}


def _name(result: Mapping[str, Any]) -> str:
    """Return the file name of a publication: its PMCID, else source and number as Europe PMC has them."""
    named = result.get("pmcid") or f"{result.get('source') or 'EPMC'}-{result.get('id') or result.get('doi') or ''}"
    return _UNSAFE.sub("_", str(named)).strip("._")[:120] or "publication"


def _read(path: Path) -> dict[str, Any]:
    try:
        items = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return items[0] if isinstance(items, list) and items and isinstance(items[0], dict) else {}
