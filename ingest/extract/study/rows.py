"""Rows of tables: a label, a number and its share."""

import re
from collections.abc import Iterator

from ingest.extract.screening import Pattern

ROW = Pattern(
    r"(?P<label>[A-Z][^\d()%;:\n]{1,60}?)[\s:,]*(?:\(?[nN] ?= ?)?(?P<n>\d{1,5})\)?\s*"
    r"(?:\(\s?(?P<p>\d{1,3}(?:[.·]\d+)?)\s*%?\s?\)|(?<=\s)(?P<q>\d{1,3}(?:\.\d+)?)\s*%)"
)
"""A row: groups label, n, and the percentage in brackets (p) or with its sign (q)."""
_SHARE = re.compile(r"\d\)?\s*\(\s?\d|\s\d{1,3}(?:\.\d+)?\s*%")
"""What every row holds."""


_LEAST = 3


def rows_in(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Return the rows of text[start:end]; where nothing in it is a share, there are none."""
    return ROW.finditer(text, start, end) if _SHARE.search(text, start, end) else iter(())


def is_rows(text: str) -> bool:
    """Return whether a sentence is rows of a table that ran into the text.

    >>> is_rows("Sex Male 6 30% Female 14 70% Site A 11 55%"), is_rows("Of 20, 14 (70%) were women.")
    (True, False)
    """
    ends = text.count(")") + text.count("%")
    return ends >= _LEAST and len(ROW.findall(text)) >= _LEAST
