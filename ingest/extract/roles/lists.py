"""People listed one by one, each with an article or a number: "a midwife, two ward clerks and a health visitor".

Whoever lists people so says who each of them was, so that the whole of each item names a role, however rare it is. The
same goes for the rows of a table that counts them.
"""

import re
from collections.abc import Iterator

from ingest.extract.roles.lexicon import lexicon, singular
from ingest.extract.tokens import Tokens
from ingest.extract.wording import any_of

_COUNT = any_of("a, an, one, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve")
_WORDS = r"(?P<words>(?!(?:and|plus)\s)[^\W\d_][\w’'-]*(?:[ /][^\W\d_][\w’'-]*){0,6}?)"
_TAIL = rf"(?:\s+{any_of('from, of, in, at, for, with, who, working')}\b[^,;:.()\[\]]{{1,80}}?)?"
_ASIDE = r"(?:\s*[(\[][^()\[\]]{1,40}[)\]])?"
_ENDS = r"(?=\s*(?:[,;.:)\n\]]|\Z)|\s+(?:and|plus)\s)"
_FORMS = (
    re.compile(rf"\b(?:{_COUNT}|\d{{1,3}})\s+{_WORDS}{_TAIL}{_ASIDE}{_ENDS}", re.IGNORECASE),
    re.compile(rf"\b{_WORDS}\s*[(\[]\s*[nN]\s*=\s*\d{{1,3}}[^()\[\]]{{0,12}}[)\]]{_ENDS}", re.IGNORECASE),
)
_NUMBERED = re.compile(r"[(\[]\s*[nN]\s*=")
"""What each item of the second form holds."""
_APART = re.compile(r"\s*[,;]\s*(?:(?:and|plus)\s+)?|\s+(?:and|plus)\s+")
_NEXT = re.compile(rf"(?:[,;]\s*|\b(?:and|plus)\s+)(?:(?:and|plus)\s+)?(?i:{_COUNT}|\d{{1,3}})\s")
"""What the second item of a list of the first form begins with, and every one behind it."""
_LEAST = 3
_ROW = re.compile(
    r"^\s*(?P<words>[^\W\d_][\w’'-]*(?:[ /][^\W\d_][\w’'-]*){0,5})[ ]?(?P<aside>\([^()\t\n]{1,80}\))?\s*\t\s*[\d.]",
    re.MULTILINE,
)
"""A row of a table that begins with words and goes on with a number."""
_OTHERS = re.compile(r"(?:all )?others?(?: staff| professions?| roles?)?", re.IGNORECASE)
_PART = re.compile(r"(?P<words>[^\W\d_][\w’' -]*[\w])")


def listed_people(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where the items of such lists in text[start:end] stand, without article, number and what follows the noun.

    >>> words = "Nine came: a midwife, two ward clerks, and a health visitor from the town."
    >>> [words[a:b] for a, b in listed_people(words, 0, len(words))]
    ['midwife', 'ward clerks', 'health visitor']
    """
    counted = text.find("=", start, end) >= 0 and sum(1 for _ in _NUMBERED.finditer(text, start, end)) >= _LEAST
    listed = len(_NEXT.findall(text, start, end)) >= _LEAST - 1
    for form, may_be in zip(_FORMS, (listed, counted), strict=True):
        if not may_be:
            continue
        row: list[re.Match[str]] = []
        for item in form.finditer(text, start, end):
            if row and _APART.fullmatch(text, row[-1].end(), item.start()) is None:
                yield from _long_enough(row)
                row = []
            row.append(item)
        yield from _long_enough(row)


def counted_rows(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where the rows of a table in text[start:end] name the people whom they count, and those whom a row for
    others names in brackets. At least three rows must name people, and most of them be known to the vocabulary: else
    they tell what participants live on.

    >>> words = "Nurses\\t12\\nWard clerk\\t3 (2%)\\nMidwife (MW)\\t4\\nOthers (porter, cook)\\t2\\nAge\\t40"
    >>> [words[a:b] for a, b in counted_rows(words, 0, len(words))]
    ['Nurses', 'Ward clerk', 'Midwife', 'porter', 'cook']
    """
    rows: list[tuple[int, int]] = []
    others: list[tuple[int, int]] = []
    for row in _ROW.finditer(text, start, end):
        if _OTHERS.fullmatch(row["words"]) and row["aside"]:
            others += (part.span("words") for part in _PART.finditer(text, *row.span("aside")))
        elif _ends_in_people(row["words"]):
            rows.append(row.span("words"))
    known = sum(_is_known(text[a:b]) for a, b in rows)
    if len(rows) >= _LEAST and 2 * known > len(rows):
        yield from rows
        yield from others


def _ends_in_people(words: str) -> bool:
    last = singular(re.split(r"[ /-]", words)[-1].casefold())
    return last in lexicon().heads


def _is_known(words: str) -> bool:
    keys = Tokens(words).keys
    keys[-1:] = [singular(keys[-1])]
    terms = lexicon().terms
    return any((term := terms.get(tuple(keys[at:]))) is not None and not term.is_field for at in range(len(keys)))


def _long_enough(row: list[re.Match[str]]) -> list[tuple[int, int]]:
    return [item.span("words") for item in row] if len(row) >= _LEAST else []
