"""A store that tells how long its views took."""

import time
from collections.abc import Callable
from pathlib import Path

from graph.folder import State
from graph.store import EvidenceGraph


class Timed(EvidenceGraph):
    """A store that adds up the seconds of `clock` that its views took, and can do without them."""

    def __init__(self, path: Path, *, clock: Callable[[], float] = time.perf_counter) -> None:
        """Open the store to write."""
        self.views_seconds = 0.0
        self.without_views = False
        self._clock = clock
        super().__init__(path)

    def _look_ahead(self, coming: State) -> None:
        if not self.without_views:
            super()._look_ahead(coming)

    def _keep_views(self) -> None:
        if self.without_views:
            return
        begun = self._clock()
        super()._keep_views()
        self.views_seconds += self._clock() - begun
