"""The views that a store holds open, and which of its named graphs may have changed since they were brought up to date.

SQLite and what the views need are imported with the first of them: many a process asks for none.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from graph.folder import State
from ontology.base import Record

if TYPE_CHECKING:
    from graph.views.database import Views

KEPT = 200
"""Named graphs whose records are held until the views are brought up to date, where they come one by one; those of
others are read again."""


class KeptViews:
    """The views of a store. At first nothing is known of what changed, so that every named graph is compared."""

    def __init__(self, path: Path) -> None:
        """Open nothing yet; `path` is that of their file."""
        self._path = path
        self._views: Views | None = None
        self._changed: dict[str, Sequence[Record] | None] | None = None

    def touch(self, graph: str, records: Sequence[Record]) -> None:
        """Take note that a named graph holds these records now, or soon."""
        if self._changed is not None:
            self._changed[graph] = records if len(self._changed) < KEPT else None

    def touch_all(self, graphs: Mapping[str, Sequence[Record]]) -> None:
        """Take note of what many named graphs hold now."""
        if self._changed is not None:
            self._changed |= graphs

    def doubt(self) -> None:
        """Take back what was not committed, as a change failed: all is to be compared."""
        if self._views is not None:
            self._views.forget()
        self._changed = None

    def bring_to(self, state: State) -> "Views":
        """Return the views of a writer, brought to its state: only the named graphs that were touched."""
        from graph.views import keep

        if self._views is None:
            self._views = keep.made(self._path)
        keep.refresh(self._views, state, changed=self._changed)
        self._changed = {}
        return self._views

    def look_ahead(self, coming: State) -> None:
        """Bring the views to a state that is being written, as far as nobody sees it: they are committed with it."""
        from graph.views import keep

        if self._views is not None and self._changed and None not in self._changed.values():
            keep.take_over(self._views, coming, self._changed)
            self._changed = {}

    def seen(self, state: State) -> "Views":
        """Return views for a reader of a state."""
        from graph.views import keep

        if self._views is None or self._views.stamp() != state.manifest.stamp:
            # Another thread may still read the views of before: they close with the last who holds them.
            self._views = keep.opened(self._path, state)
        return self._views

    def close(self) -> None:
        """Let go of the views; safe to call twice."""
        if self._views is not None:
            self._views.close()
        self._views = None
