"""Which media type a client is to get: the `Accept` header of RFC 9110, section 12.5.1."""

from collections.abc import Sequence

ALIASES = {
    "json": "application/sparql-results+json",
    "application/json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "application/xml": "application/sparql-results+xml",
    "text/xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "text/n3": "text/turtle",
    "application/x-turtle": "text/turtle",
    "text/plain": "application/n-triples",
}
"""Older and shorter names of the media types."""


def chosen(accept: str, offered: Sequence[str]) -> str | None:
    """Return the media type of `offered` that the client likes best, the first of them where it likes several alike.

    None where it accepts none of them. A header that says nothing accepts everything.

    >>> chosen("text/csv;q=0.5, application/json, */*;q=0.1", ("application/sparql-results+json", "text/csv"))
    'application/sparql-results+json'
    >>> chosen("image/png", ("text/csv",)) is None
    True
    """
    ranges = [_range(part) for part in accept.split(",") if part.strip()] or [("*/*", 1.0)]
    liked = {media: _liking(media, ranges) for media in offered}
    best = max(offered, key=lambda media: liked[media])
    return best if liked[best] > 0 else None


def _range(part: str) -> tuple[str, float]:
    """Return a media range and its weight; a weight that is no number counts as none."""
    media, *parameters = [piece.strip().lower() for piece in part.split(";")]
    weight = 1.0
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                weight = min(1.0, max(0.0, float(parameter[2:])))
            except ValueError:
                weight = 0.0
    return media, weight


def _liking(media: str, ranges: Sequence[tuple[str, float]]) -> float:
    """Return the weight of the most specific range that holds the media type, 0 where none does."""
    found = [
        (rank, weight)
        for name, weight in ranges
        for rank, wanted in enumerate(("*/*", media.split("/")[0] + "/*", media))
        if wanted in (name, ALIASES.get(name))
    ]
    return max(found)[1] if found else 0.0
