"""The codebook of an exported QDA project: a code for every theme, barrier, facilitator, intervention and role."""

import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from ontology.base import Record
from ontology.model import Concept, Determinant, Role, Theme
from ontology.refi import FINDING, MENTION, PASSAGES, PROJECT_NAMESPACE, QUOTE, ROOTS

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold."""
_SPACE = uuid.UUID("6c6d2d63-6172-656b-672d-72656669716b")
_COLOURS = {"Themes": "#4C6FA5", "Barriers": "#C4572E", "Facilitators": "#3A8A4D", "Interventions": "#1F8A8A",
            "Roles": "#A14D7D", PASSAGES: "#777777"}  # fmt: skip
Path = tuple[str, ...]


def guid(*key: str) -> str:
    """Return the GUID that this key always gives.

    >>> guid("urn:a") == guid("urn:a") != guid("urn:a", "0")
    True
    """
    return str(uuid.uuid5(_SPACE, "\x1f".join(key))).upper()


def element(
    parent: etree._Element | None, tag: str, text: str | None = None, /, **attributes: str | None
) -> etree._Element:
    """Append an element of QDA-XML, without the attributes that are None, and return it."""
    full = f"{{{PROJECT_NAMESPACE}}}{tag}"
    given = {key: clean(value) for key, value in attributes.items() if value is not None}
    if parent is None:
        made = etree.Element(full, given, nsmap={None: PROJECT_NAMESPACE})
    else:
        made = etree.SubElement(parent, full, given)
    if text is not None:
        made.text = clean(text)
    return made


def clean(text: str) -> str:
    """Return a text with what XML cannot hold replaced by U+FFFD."""
    return NOT_XML.sub("\ufffd", text)


@dataclass(slots=True)
class Codebook:
    """Codes by their names from the root down. Two studies' records of the same name share a code: which study a coded
    segment belongs to, its source says."""

    paths: dict[Path, str] = field(default_factory=dict)
    descriptions: dict[Path, str] = field(default_factory=dict)
    of_record: dict[str, Path] = field(default_factory=dict)

    @classmethod
    def of(cls, records: Iterable[Record], concepts: Mapping[str, Concept]) -> "Codebook":
        """Return the codebook of records; `concepts` are roles of the vocabulary, for speakers that have no other."""
        made = cls()
        every = list(records)
        themes = {record.iri: record for record in every if isinstance(record, Theme)}
        for root in (*ROOTS.values(), PASSAGES):
            made._add((root,))
        for name in (QUOTE, FINDING, MENTION):
            made._add((PASSAGES, name))
        for record in every:
            root = next((ROOTS[kind.__name__] for kind in type(record).__mro__ if kind.__name__ in ROOTS), "")
            if not root:
                continue
            names = _names(record, themes) if isinstance(record, Theme) else (_label(record),)
            path = (root, *names)
            made.of_record[record.iri] = path
            made._add(path)
            if isinstance(record, Determinant) and record.level:
                made.descriptions.setdefault(path, f"level: {record.level}")
        for iri, concept in concepts.items():
            made.of_record[iri] = (ROOTS[Role.__name__], concept.label)
        return made

    def code(self, iri: str) -> str | None:
        """Return the GUID of the code of a record or concept; it is in the codebook from then on."""
        path = self.of_record.get(iri)
        return self._add(path) if path else None

    def passage(self, name: str) -> str:
        """Return the GUID of a code for what a passage is: `QUOTE`, `FINDING` or `MENTION`."""
        return self.paths[PASSAGES, name]

    def write(self, project: etree._Element) -> None:
        """Append the codebook to a project, sorted by names."""
        codes = element(element(project, "CodeBook"), "Codes")
        made: dict[Path, etree._Element] = {}
        for path in sorted(self.paths):
            code = element(
                made.get(path[:-1], codes),
                "Code",
                guid=self.paths[path],
                name=path[-1],
                isCodable="true" if len(path) > 1 else "false",
                color=_COLOURS[path[0]],
            )
            if path in self.descriptions:
                element(code, "Description", self.descriptions[path])
            made[path] = code

    def _add(self, path: Path) -> str:
        for length in range(1, len(path) + 1):
            self.paths.setdefault(path[:length], guid("code", *path[:length]))
        return self.paths[path]


def _names(theme: Theme, themes: Mapping[str, Theme]) -> Path:
    """Return the names of a theme and of those above it, outermost first; a circle ends where it closes."""
    names: list[str] = []
    seen: set[str] = set()
    at: Theme | None = theme
    while at is not None and at.iri not in seen:
        names.append(_label(at))
        seen.add(at.iri)
        at = themes.get(at.broader or "")
    return tuple(reversed(names))


def _label(record: Record) -> str:
    return " ".join(clean(str(getattr(record, "label", ""))).split()) or record.iri
