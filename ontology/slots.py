"""The machinery of the slot table: how a field of a record says what it is in both graphs."""

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import Any, Literal, TypeVar, dataclass_transform

from ontology.namespaces import CKG

Kind = Literal["str", "int", "float", "bool", "datetime", "iri", "ref", "passage"]
"""What a slot holds: a literal, an IRI that is no node of ours, a node, or words of a document."""

_KEY = "carekg"
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Slot:
    """One field of one record class, as both projections, both inverses and the shapes see it.

    `path` is the RDF property; `relationship` the Neo4j relationship type of "ref" and "passage" slots (literals
    become a node property called `name`); `target` the class names that a reference may point to; `choices` the
    values that a literal may have. Where they are `ranked` (from the least to the most) and several documents attest a
    thing, the most counts, and what the document says that attests it goes before what others say.
    """

    name: str
    path: str
    kind: Kind
    many: bool
    required: bool
    relationship: str
    target: tuple[str, ...]
    choices: tuple[str, ...]
    ranked: bool

    @property
    def is_link(self) -> bool:
        """Whether the slot is a relationship between nodes."""
        return self.kind in ("ref", "passage")


def camel(name: str) -> str:
    """Return a Python field name as the local name of an RDF property.

    >>> camel("self_attributed")
    'selfAttributed'
    """
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


def _slot(
    kind: Kind,
    path: str = "",
    *,
    many: bool = False,
    required: bool = False,
    rel: str = "",
    target: str = "",
    choices: tuple[str, ...] = (),
    ranked: bool = False,
) -> Any:  # noqa: ANN401 - dataclasses.field has no honest type for a field with metadata
    told = {
        "path": path,
        "kind": kind,
        "many": many,
        "required": required,
        "relationship": rel,
        "target": tuple(target.split()),
        "choices": choices,
        "ranked": ranked,
    }
    if required:
        return dataclasses.field(metadata={_KEY: told})
    return dataclasses.field(default=() if many else None, metadata={_KEY: told})


def string(
    path: str = "",
    *,
    many: bool = False,
    required: bool = False,
    choices: tuple[str, ...] = (),
    ranked: bool = False,
) -> Any:  # noqa: ANN401
    """Declare a slot that holds text; `choices` closes the list of its values, `ranked` says that the last is most."""
    return _slot("str", path, many=many, required=required, choices=choices, ranked=ranked)


def whole(path: str = "", *, many: bool = False, required: bool = False) -> Any:  # noqa: ANN401
    """Declare a slot that holds a whole number."""
    return _slot("int", path, many=many, required=required)


def number(path: str = "", *, required: bool = False) -> Any:  # noqa: ANN401
    """Declare a slot that holds a floating-point number."""
    return _slot("float", path, required=required)


def flag(path: str = "") -> Any:  # noqa: ANN401
    """Declare a slot that holds true or false, or nothing where the text does not say."""
    return _slot("bool", path)


def moment(path: str = "", *, required: bool = False) -> Any:  # noqa: ANN401
    """Declare a slot that holds a point in time, as ISO 8601 text with an offset."""
    return _slot("datetime", path, required=required)


def resource(path: str = "", *, many: bool = False, required: bool = False) -> Any:  # noqa: ANN401
    """Declare a slot that holds an IRI which is not a node of the graph."""
    return _slot("iri", path, many=many, required=required)


def ref(target: str, path: str = "", *, many: bool = False, required: bool = False, rel: str = "") -> Any:  # noqa: ANN401
    """Declare a slot that points to a record of one of the classes named in `target` (split at blanks)."""
    return _slot("ref", path, many=many, required=required, rel=rel, target=target)


def passages(path: str, *, rel: str) -> Any:  # noqa: ANN401
    """Declare the slot that holds the exact words of a document, as embedded passages."""
    return _slot("passage", path, many=True, rel=rel, target="Passage")


@dataclass_transform(frozen_default=True, kw_only_default=True)
def record(cls: type[_T]) -> type[_T]:
    """Make a class of the model: a frozen, slotted dataclass with keyword arguments only."""
    return dataclass(frozen=True, slots=True, kw_only=True)(cls)


def slots_of(cls: type) -> tuple[Slot, ...]:
    """Return the slots of a record class, inherited ones first, in the order of declaration."""
    return _cached(cls)


@cache
def values_of(cls: type) -> Callable[[Any], tuple[Any, ...]]:
    """Return what reads the values of all slots of a record of this class, in the order of `slots_of`."""
    return attrgetter(*(slot.name for slot in slots_of(cls)))


@cache
def _cached(cls: type) -> tuple[Slot, ...]:
    return tuple(_read(cls))


def _read(cls: type) -> Iterator[Slot]:
    for field in dataclasses.fields(cls):
        told = field.metadata.get(_KEY)
        if told is None:
            continue
        yield Slot(
            name=field.name,
            path=told["path"] or CKG + camel(field.name),
            kind=told["kind"],
            many=told["many"],
            required=told["required"],
            relationship=(told["relationship"] or field.name.upper()) if told["kind"] in ("ref", "passage") else "",
            target=told["target"],
            choices=told["choices"],
            ranked=told["ranked"],
        )
