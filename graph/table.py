"""What a query gives, whichever engine answered it."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of a result under named columns.

    Values are plain Python: str (also for IRIs and points in time), int, float, bool, None, and from Cypher also lists
    and dicts. A node of Cypher is `{"labels": [...sorted], "properties": {...}}`, a relationship
    `{"type": ..., "properties": {...}}`, a path `{"nodes": [...], "relationships": [...]}`.
    `truncated` says that there were more rows than the limit that the caller set.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    truncated: bool = False

    def dicts(self) -> list[dict[str, Any]]:
        """Return the rows as dicts by column.

        >>> Table(("n",), ((1,), (2,))).dicts()
        [{'n': 1}, {'n': 2}]
        """
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def column(self, name: str) -> list[Any]:
        """Return the values of one column; raises ValueError where there is none of this name."""
        at = self.columns.index(name)
        return [row[at] for row in self.rows]
