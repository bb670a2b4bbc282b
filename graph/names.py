"""What to call a record where people read of it."""

from ontology.base import Record

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
    for slot in _SLOTS:
        value = getattr(record, slot, None)
        if value:
            return " ".join(str(value).split())
    return record.iri


def name_of(record: Record, length: int = NAME_LENGTH) -> str:
    """Return `words_of` a record, cut at a word to at most `length` characters, the cut marked by an ellipsis.

    >>> from ontology.model import Barrier
    >>> name_of(Barrier(iri="urn:b", label="Late discharge letters"), 16)
    'Late discharge …'
    """
    words = words_of(record)
    if len(words) <= length:
        return words
    return words[: length - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"
