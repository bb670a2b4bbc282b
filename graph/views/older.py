"""Views of the version before this one, brought to the form of today without looking at a record."""

import sqlite3

VERSION = "5"
"""The version of which these are."""


def renew(connection: sqlite3.Connection, block: int, version: str) -> None:
    """Cut the marks of hits into shorter rows, of `block` hits each, and note the version that the views are of now."""
    size = block // 8
    connection.execute("BEGIN IMMEDIATE")
    told = connection.execute("SELECT facet, value, block, bits FROM bits").fetchall()
    connection.execute("DELETE FROM bits")
    for facet, value, number, bits in told:
        first = number * len(bits) // size
        parts = (bits[at : at + size] for at in range(0, len(bits), size))
        rows = [(facet, value, first + at, part) for at, part in enumerate(parts) if any(part)]
        connection.executemany("INSERT INTO bits VALUES (?, ?, ?, ?)", rows)
    connection.execute("UPDATE meta SET value = ? WHERE key = 'version'", (version,))
    connection.execute("COMMIT")
