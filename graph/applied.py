"""What a change of the store did, told in numbers of records."""

from collections.abc import Iterable
from dataclasses import dataclass

from ontology.base import Record


@dataclass(frozen=True, slots=True)
class Applied:
    """What a change did: records by IRI that came, that went, and that stayed with other content.

    >>> Applied(True, added=2) + Applied(False)
    Applied(changed=True, added=2, removed=0, updated=0)
    """

    changed: bool
    added: int = 0
    removed: int = 0
    updated: int = 0

    def told(self) -> dict[str, int]:
        """Return the numbers by name."""
        return {"added": self.added, "removed": self.removed, "updated": self.updated}

    def __add__(self, other: "Applied") -> "Applied":
        """Return what two changes did together."""
        return Applied(
            self.changed or other.changed,
            self.added + other.added,
            self.removed + other.removed,
            self.updated + other.updated,
        )


def between(old: Iterable[Record], new: Iterable[Record]) -> Applied:
    """Return what it is to have the new records in place of the old."""
    before = {record.iri: record for record in old}
    after = {record.iri: record for record in new}
    same = before.keys() & after.keys()
    updated = sum(before[iri] != after[iri] for iri in same)
    return Applied(True, len(after) - len(same), len(before) - len(same), updated)
