"""Minting of IRIs from what a thing is, so that the same input always gets the same name."""

import hashlib
import unicodedata
from functools import lru_cache

from ontology.namespaces import ID

_SEPARATOR = "\x1f"


def mint(kind: str, *key: str) -> str:
    """Return the IRI of a thing of `kind` whose identity is `key`.

    The key parts are NFC-normalised, joined by U+001F and hashed with SHA-256, of which 32 hexadecimal digits stay.

    >>> mint("Theme", "s", "trust")
    'https://w3id.org/carekg/id/theme/09b66b9b5d1118f22dbe5946e0671e6e'
    >>> mint("Theme", "Cafe\\u0301") == mint("Theme", "Caf\\u00e9")
    True
    """
    joined = _SEPARATOR.join(unicodedata.normalize("NFC", part) for part in key)
    return f"{ID}{kind.lower()}/{hashlib.sha256(joined.encode()).hexdigest()[:32]}"


def normalise_statement(text: str) -> str:
    """Return `text` as an identity key: case, spacing and outer punctuation do not make a new thing.

    >>> normalise_statement("  Lack of  TIME. ")
    'lack of time'
    """
    return " ".join(unicodedata.normalize("NFKC", text).split()).strip(".,;:").casefold()


def sha256_of(text: str) -> str:
    """Return the SHA-256 of the UTF-8 bytes of `text`, 64 hexadecimal digits.

    >>> sha256_of("")[:16]
    'e3b0c44298fc1c14'
    """
    return hashlib.sha256(text.encode()).hexdigest()


def document_iri(sha256: str) -> str:
    """Return the IRI of the document whose stored text has this hash."""
    return mint("Document", sha256)


@lru_cache(maxsize=8192)
def passage_iri(document: str, start: int, end: int) -> str:
    """Return the IRI of the characters start..end of a document (code points, end-exclusive)."""
    return mint("Passage", document, str(start), str(end))


def study_iri(
    *,
    document: str,
    doi: str | None = None,
    pmid: str | None = None,
    pmcid: str | None = None,
    title: str | None = None,
    year: str | None = None,
    first_author: str | None = None,
) -> str:
    """Return the IRI of a study from the best key there is: DOI, PMID, PMCID, title with year and author, document.

    >>> study_iri(document="d", doi="10.1/ABC") == study_iri(document="e", doi="10.1/abc")
    True
    """
    if doi:
        return mint("Study", "doi", doi.lower())
    if pmid:
        return mint("Study", "pmid", pmid)
    if pmcid:
        return mint("Study", "pmcid", pmcid.upper())
    if title and year and first_author:
        return mint("Study", "title", normalise_statement(title), year, normalise_statement(first_author))
    return mint("Study", "document", document)
