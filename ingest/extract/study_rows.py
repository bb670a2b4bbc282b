"""Rows of tables: a label, a number and its share."""

from ingest.extract.screening import Pattern

ROW = Pattern(
    r"(?P<label>[A-Z][^\d()%;:\n]{1,60}?)[\s:,]*(?:\(?[nN] ?= ?)?(?P<n>\d{1,5})\)?\s*"
    r"(?:\(\s?(?P<p>\d{1,3}(?:[.·]\d+)?)\s*%?\s?\)|(?<=\s)(?P<q>\d{1,3}(?:\.\d+)?)\s*%)"
)
"""A row: groups label, n, and the percentage in brackets (p) or with its sign (q)."""


def is_rows(text: str) -> bool:
    """Return whether a sentence is rows of a table that ran into the text.

    >>> is_rows("Sex Male 6 30% Female 14 70% Site A 11 55%"), is_rows("Of 20, 14 (70%) were women.")
    (True, False)
    """
    return len(ROW.findall(text)) >= 3
