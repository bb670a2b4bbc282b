"""What to call a record where people read of it."""

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from ontology.base import Record
from ontology.model import Study

_SLOTS = (
    "label",
    "reading",
    "statement",
    "summary",
    "wording",
    "title",
    "objective",
    "source",
    "heading",
    "value",
    "exact",
    "iri",
)
NAME_LENGTH = 160


def words_of(record: Record) -> str:
    """Return the words that say what a record is: its label, statement, quoted words, title (of a study
    without one its objective) or file name, on one line.

    >>> from ontology.model import Barrier
    >>> words_of(Barrier(iri="urn:b", label="Late  letters"))
    'Late letters'
    """
    return _words(partial(getattr, record))


def name_of(record: Record, length: int = NAME_LENGTH) -> str:
    """Return `words_of` a record, cut at a word to at most `length` characters, the cut marked by an ellipsis.

    >>> from ontology.model import Barrier
    >>> name_of(Barrier(iri="urn:b", label="Late discharge letters"), 16)
    'Late discharge …'
    """
    return _cut(words_of(record), length)


def in_order(study: Study) -> Study:
    """Return a study with its authors in the order of the document that names most of them.

    A store keeps them as a set; where their names stand in a document tells who comes first.

    >>> from ontology.base import Passage
    >>> names = ("Abe Castro", "Vera Lindqvist")
    >>> at = [Passage(document="urn:d", start=n, end=n + 9, exact=name) for n, name in zip((60, 30), names)]
    >>> in_order(Study(iri="urn:s", authors=names, evidence_level="abstract", spans=tuple(at))).authors
    ('Vera Lindqvist', 'Abe Castro')
    """
    places: dict[str, dict[str, int]] = {}
    for span in study.spans:
        name = " ".join(span.exact.split())
        if name in study.authors:
            places.setdefault(span.document, {}).setdefault(name, span.start)
    if not places:
        return study
    place = max(places.values(), key=len)
    return replace(study, authors=tuple(sorted(study.authors, key=lambda name: place.get(name, math.inf))))


def name_of_node(properties: Mapping[str, Any]) -> str:
    """Return `name_of` the record that the node of the property graph with these properties was made of.

    >>> name_of_node({"iri": "urn:b", "label": "Late  letters"})
    'Late letters'
    """
    return _cut(_words(properties.get), NAME_LENGTH)


def _words(told: Callable[[str, None], Any]) -> str:
    """Return the words of the first slot that has any; `told` gives the value of a slot, or the second argument."""
    for slot in _SLOTS:
        if value := told(slot, None):
            return " ".join(str(value).split())
    return str(told("iri", None))


def _cut(words: str, length: int) -> str:
    if len(words) <= length:
        return words
    return words[: length - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"
