"""The way from the stored text back to the view: where the words of a record's spans stand."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise

from ingest.reading import Reading
from ontology.base import Record


class ViewPlaces:
    """The stretches of a view between its cuts, in the order in which they stand in the stored text."""

    def __init__(self, reading: Reading) -> None:
        """Sort the stretches; within one, stored offsets never decrease."""
        self._reading = reading
        edges = [0, *reading.cuts, len(reading.text)]
        self._stretches = sorted((reading.offsets[a], a, b) for a, b in pairwise(edges) if a < b)
        self._firsts = [first for first, _, _ in self._stretches]

    def at(self, stored: int) -> int | None:
        """Return the view offset of a stored character; None where it was left out of the view."""
        index = bisect_right(self._firsts, stored) - 1
        if index < 0:
            return None
        _, start, end = self._stretches[index]
        found = bisect_left(self._reading.offsets, stored, start, end)
        return found if found < end and self._reading.offsets[found] == stored else None

    def of(self, record: Record) -> Iterator[tuple[int, int]]:
        """Yield where the spans of a record stand in the view: start, end (end-exclusive)."""
        for span in record.spans:
            start, last = self.at(span.start), self.at(span.end - 1)
            if start is not None and last is not None and start <= last:
                yield start, last + 1
