"""CSL-JSON, the form in which Zotero, citeproc and Crossref give references (schema csl-data.json 1.0.2)."""

import json
from typing import Any

from ingest.errors import ReaderError
from ingest.identifiers import doi_of, pmcid_of, pmid_of
from ingest.readers.citation.documents import (
    Citation,
    date_in,
    documents_of,
    parts_of_abstract,
)
from ingest.readers.contents import ReadDocument
from ingest.readers.decode import decode

MEDIA_TYPE = "application/vnd.citationstyles.csl+json"
_TYPES = {
    "article-journal": "Journal article",
    "journal-article": "Journal article",
    "book": "Book",
    "chapter": "Book chapter",
    "thesis": "Thesis",
    "report": "Report",
}
_WRAPPERS = ("items", "references", "message")


def read_csl(data: bytes, source: str) -> tuple[ReadDocument, ...]:
    """Return the references of a CSL-JSON file: a list of items, or one item.

    Raises:
        ReaderError: it is no JSON, or no CSL-JSON.
    """
    text, _ = decode(data, source)
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ReaderError(source, f"is no JSON ({error})", "export it again as CSL-JSON") from error
    items = _items(value)
    if not items:
        raise ReaderError(source, "holds no list of CSL-JSON items", "export references as CSL-JSON")
    return documents_of([_citation(item, n) for n, item in enumerate(items, 1)], source, MEDIA_TYPE)


def _items(value: object) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        inner = next((value[name] for name in _WRAPPERS if isinstance(value.get(name), (list, dict))), None)
        value = inner if inner is not None else value
    listed = value if isinstance(value, list) else [value]
    return [item for item in listed if isinstance(item, dict) and ("title" in item or "DOI" in item or "PMID" in item)]


def _citation(item: dict[str, Any], number: int) -> Citation:
    def said(*names: str) -> str:
        return next((_text(item[name]) for name in names if item.get(name)), "")

    words = said("keyword")
    return Citation(
        key=said("id") or f"item {number}",
        title=said("title"),
        authors=_authors(item.get("author")),
        date=_date(item.get("issued")),
        journal=said("container-title"),
        volume=said("volume"),
        issue=said("issue"),
        pages=said("page"),
        doi=doi_of(said("DOI", "doi")) or doi_of(said("URL")),
        pmid=pmid_of(said("PMID", "pmid")),
        pmcid=pmcid_of(said("PMCID", "pmcid")),
        language=said("language"),
        kind=_TYPES.get(said("type"), ""),
        licence=said("license"),
        keywords=tuple(word.strip() for word in words.split(";" if ";" in words else ",") if word.strip()),
        abstract=parts_of_abstract(said("abstract")),
    )


def _text(value: object) -> str:
    """Return a value as text on one line; Crossref gives titles as lists."""
    return " ".join(str(value[0] if isinstance(value, list) and value else value).split())


def _authors(value: object) -> tuple[str, ...]:
    found = []
    for name in value if isinstance(value, list) else ():
        if not isinstance(name, dict):
            continue
        parts = [name.get(part) for part in ("given", "non-dropping-particle", "family", "suffix")]
        whole = " ".join(str(part) for part in parts if part) or str(name.get("literal") or name.get("name") or "")
        if whole.strip():
            found.append(" ".join(whole.split()))
    return tuple(found)


def _date(value: object) -> str:
    if not isinstance(value, dict):
        return ""
    parts = value.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list):
        numbers = [str(part) for part in parts[0][:2] if part is not None]
        return date_in("-".join(number.zfill(2) for number in numbers))
    return date_in(str(value.get("raw") or value.get("literal") or ""))
