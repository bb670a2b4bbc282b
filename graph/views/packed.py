"""What a study adds to sums over all studies, as it is kept with the study: compressed lines of JSON."""

import json
import zlib
from collections import Counter
from collections.abc import Iterable
from typing import Any

from graph.views.ends import End
from graph.views.matrix import Cell, Numbers


def packed(told: Iterable[tuple[Iterable[str], Numbers | int]]) -> bytes:
    """Return cells with their numbers, or ends with how many links there are, in few bytes."""
    rows = [[*key, *([value] if isinstance(value, int) else value)] for key, value in sorted(told)]
    return zlib.compress(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode(), 3)


def cells(blob: bytes) -> dict[Cell, Numbers]:
    """Return the cells that were packed."""
    return {Cell(*row[:5]): Numbers(*row[5:]) for row in _unpacked(blob)}


def ends(blob: bytes) -> Counter[End]:
    """Return the ends that were packed."""
    return Counter({End(*row[:3]): row[3] for row in _unpacked(blob)})


def _unpacked(blob: bytes) -> list[list[Any]]:
    rows: list[list[Any]] = json.loads(zlib.decompress(blob))
    return rows
