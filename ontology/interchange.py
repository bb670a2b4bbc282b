"""Records as JSON Lines, the public interchange: one record a line, spans embedded, slots by their names."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from ontology.base import Passage, Record
from ontology.errors import RecordError
from ontology.model import CLASSES
from ontology.slots import Slot, slots_of

_PYTHON = {"str": str, "datetime": str, "iri": str, "ref": str, "int": int, "float": float, "bool": bool}
_COMMON = ("document", "study", "spans")


def to_dict(record: Record) -> dict[str, Any]:
    """Return a record as JSON-ready values: `kind`, `iri`, `document`, `study`, `spans`, then its own slots.

    >>> from ontology.model import Limitation
    >>> to_dict(Limitation(iri="i", statement="One site."))["statement"]
    'One site.'
    """
    out: dict[str, Any] = {
        "kind": type(record).__name__,
        "iri": record.iri,
        "document": record.document,
        "study": record.study,
        "spans": [{"document": p.document, "start": p.start, "end": p.end, "exact": p.exact} for p in record.spans],
    }
    for slot in slots_of(type(record)):
        if slot.name not in _COMMON:
            value = getattr(record, slot.name)
            out[slot.name] = list(value) if slot.many else value
    return out


def from_dict(values: dict[str, Any], where: str = "record") -> Record:
    """Return the record that `to_dict` wrote.

    Raises:
        RecordError: the kind is unknown, a slot is missing, has the wrong type or is not in the slot table.
    """
    kind = values.get("kind")
    cls = CLASSES.get(kind) if isinstance(kind, str) else None
    if cls is None:
        raise RecordError(where, f"kind {kind!r} is not a class of the model", f"use one of {', '.join(CLASSES)}")
    slots = {slot.name: slot for slot in slots_of(cls)}
    unknown = values.keys() - slots.keys() - {"kind", "iri"}
    if unknown:
        raise RecordError(where, f"{kind} has no slot {', '.join(sorted(unknown))}", "see ontology/model.py")
    if not isinstance(values.get("iri"), str):
        raise RecordError(where, f"{kind} has no iri", "give every record an IRI")
    given = {name: _value(slot, values.get(name), f"{where}, {kind}.{name}") for name, slot in slots.items()}
    return cls(iri=values["iri"], **given)


def dumps(records: Iterable[Record]) -> Iterator[str]:
    """Yield one JSON line a record, in the order given."""
    for record in records:
        yield json.dumps(to_dict(record), ensure_ascii=False) + "\n"


def loads(lines: Iterable[str], source: str = "records.jsonl") -> Iterator[Record]:
    """Yield the records of JSON lines; blank lines are passed over.

    Raises:
        RecordError: a line is not JSON or not a record; names the line.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = f"{source}, line {number}"
        try:
            values = json.loads(line)
        except ValueError as error:
            raise RecordError(where, f"is not JSON ({error})", "write one JSON object a line") from error
        if not isinstance(values, dict):
            raise RecordError(where, "is not a JSON object", "write one JSON object a line")
        yield from_dict(values, where)


def _value(slot: Slot, value: object, where: str) -> Any:  # noqa: ANN401 - as many types as there are kinds
    if slot.kind == "passage":
        return tuple(_passage(item, where) for item in _list(value, where))
    if slot.many:
        return tuple(_scalar(slot, item, where) for item in _list(value, where))
    if value is None:
        if slot.required:
            raise RecordError(where, "is missing", "every record of this kind needs it")
        return None
    return _scalar(slot, value, where)


def _list(value: object, where: str) -> list[object]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise RecordError(where, f"is {type(value).__name__}, not a list", "write a JSON list")
    return value


def _scalar(slot: Slot, value: object, where: str) -> object:
    wanted = _PYTHON[slot.kind]
    if wanted is float and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if type(value) is not wanted:
        raise RecordError(where, f"is {type(value).__name__}, not {wanted.__name__}", "see ontology/model.py")
    if slot.choices and value not in slot.choices:
        raise RecordError(where, f"is {value!r}", f"use one of {', '.join(slot.choices)}")
    return value


def _passage(value: object, where: str) -> Passage:
    if not isinstance(value, dict) or value.keys() != {"document", "start", "end", "exact"}:
        raise RecordError(where, "is not a span", "write document, start, end and exact")
    fits = (
        isinstance(value["document"], str)
        and isinstance(value["exact"], str)
        and type(value["start"]) is int
        and type(value["end"]) is int
    )
    if not fits:
        raise RecordError(where, "has a span of wrong types", "start and end are whole numbers, the rest is text")
    return Passage(document=value["document"], start=value["start"], end=value["end"], exact=value["exact"])
