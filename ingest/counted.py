"""Items that a text counts up by letters, alone or with a number: "A. Trust", "B. Time"; "A1 Trust", "A2 Time"."""

import re
from collections.abc import Sequence

_CODE = re.compile(r"\W{0,3}(?P<letter>[A-H])(?:(?P<number>\d{1,2})[.:)]?|[.)])\s+(?P<name>[A-Z“‘].*)", re.DOTALL)
_FEWEST = 3
_LONGEST = 120


def counted_items(texts: Sequence[str]) -> dict[int, int]:
    """Return which of the texts are such items, each with where in it the words behind the number begin: at least
    three in a row, none longer than a heading.

    >>> counted_items(["– B1 Trust in wards", "Some text.", "– B2 Time to call", "– B3 Letters", "C1 None"])
    {0: 5, 2: 5, 3: 5}
    >>> counted_items(["A. Trust in wards", "B. Time to call", "C. Letters"])
    {0: 3, 1: 3, 2: 3}
    """
    runs: list[list[tuple[int, int]]] = []
    awaited = ""
    for at, text in enumerate(texts):
        found = _CODE.match(text) if len(text) <= _LONGEST else None
        if found is None:
            continue
        letter, number = found["letter"], found["number"]
        if f"{letter}{number or ''}" != awaited:
            runs.append([])
        runs[-1].append((at, found.start("name")))
        awaited = f"{letter}{int(number) + 1}" if number else chr(ord(letter) + 1)
    return {at: start for run in runs if len(run) >= _FEWEST for at, start in run}
