"""Rows as files to download."""

import csv
import io
from collections.abc import Iterable, Sequence


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return rows under their columns as CSV.

    >>> as_csv(["a", "b"], [[1, "x, y"]])
    'a,b\\r\\n1,"x, y"\\r\\n'
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()
