"""The codebook of an exported QDA project: a code for every theme, barrier, facilitator, intervention and role."""

import re
import uuid
from collections.abc import Callable

from ontology.base import Record
from ontology.model import Concept, Role, Theme
from ontology.refi import PASSAGES, ROOTS

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold."""
COLOURS = {"Themes": "#4C6FA5", "Barriers": "#C4572E", "Facilitators": "#3A8A4D", "Interventions": "#1F8A8A",
           "Roles": "#A14D7D", PASSAGES: "#777777"}  # fmt: skip
_SPACE = uuid.UUID("6c6d2d63-6172-656b-672d-72656669716b")
Path = tuple[str, ...]
"""The names of a code and of those above it, from the root down. Two studies' records of the same name share a code:
which study a coded segment belongs to, its source says."""


def guid(*key: str) -> str:
    """Return the GUID that this key always gives.

    >>> guid("urn:a") == guid("urn:a") != guid("urn:a", "0")
    True
    """
    return str(uuid.uuid5(_SPACE, "\x1f".join(key))).upper()


def clean(text: str) -> str:
    """Return a text with what XML cannot hold replaced by U+FFFD."""
    return NOT_XML.sub("\ufffd", text)


def path_of(record: Record | None, find: Callable[[str], Record | None]) -> Path | None:
    """Return the code of a record or a concept of a role; `find` gives the record of an IRI. None: it has no code.

    >>> path_of(Theme(iri="urn:a", label="Calls", broader="urn:b"), {"urn:b": Theme(iri="urn:b", label="Talk")}.get)
    ('Themes', 'Talk', 'Calls')
    """
    if isinstance(record, Concept):
        return ROOTS[Role.__name__], _label(record)
    root = next((ROOTS[kind.__name__] for kind in type(record).__mro__ if kind.__name__ in ROOTS), None)
    if root is None or record is None:
        return None
    return (root, *(_names(record, find) if isinstance(record, Theme) else (_label(record),)))


def _names(theme: Theme, find: Callable[[str], Record | None]) -> Path:
    """Return the names of a theme and of those above it, outermost first; a circle ends where it closes."""
    names: list[str] = []
    seen: set[str] = set()
    at: Record | None = theme
    while isinstance(at, Theme) and at.iri not in seen:
        names.append(_label(at))
        seen.add(at.iri)
        at = find(at.broader) if at.broader else None
    return tuple(reversed(names))


def _label(record: Record) -> str:
    return " ".join(clean(str(getattr(record, "label", ""))).split()) or record.iri
