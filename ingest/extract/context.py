"""What the stages of extraction hand on to each other: records with their place in the reading view."""

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, NamedTuple, TypeVar

from ingest.reading import Reading
from ingest.refusal import Refusal as Refusal
from ontology.base import Record
from ontology.identity import mint, normalise_statement
from ontology.model import Role

R = TypeVar("R", bound=Record)
R_co = TypeVar("R_co", bound=Record, covariant=True)


class Located(NamedTuple, Generic[R_co]):
    """A record and where it stands in the view: code points start..end, end-exclusive."""

    record: R_co
    start: int
    end: int


class RoleMention(NamedTuple):
    """A place in the view that names a role of the study; `role` is the IRI of its Role record."""

    start: int
    end: int
    role: str


@dataclass(frozen=True)
class RoleIndex:
    """The roles of a study and where they are named; `names` maps every case-folded name and abbreviation to a role."""

    records: tuple[Located[Role], ...]
    mentions: tuple[RoleMention, ...]
    names: dict[str, str]

    @cached_property
    def _starts(self) -> list[int]:
        return [mention.start for mention in self.mentions]

    def between(self, start: int, end: int) -> tuple[RoleMention, ...]:
        """Return the mentions that begin in view[start:end], in order."""
        return self.mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def resolve(self, words: str) -> str | None:
        """Return the IRI of the role that `words` name exactly (case and a plural s aside), or None."""
        key = normalise_statement(words)
        return self.names.get(key) or self.names.get(key.removesuffix("s"))


def make(
    cls: type[R],
    reading: Reading,
    study: str,
    start: int,
    end: int,
    *,
    key: str = "",
    **slots: Any,  # noqa: ANN401 - the slots of any class
) -> Located[R]:
    """Return a record of `cls` that rests on view[start:end].

    Its identity is the study, the class and `key` (by default its words), so that the same statement at another
    place is the same thing. More passages may be added by the caller with `dataclasses.replace`.
    """
    identity = normalise_statement(key or reading.text[start:end])
    record = cls(
        iri=mint(cls.__name__, study, cls.__name__, identity),
        document=reading.document,
        study=study,
        spans=reading.spans(start, end),
        **slots,
    )
    return Located(record, start, end)
