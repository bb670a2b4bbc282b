"""Texts compared by their letters: what stands together in another text, whatever signs and blanks are between."""

from ingest.letters import Letters, letters_of


def in_letters(text: str) -> Letters:
    """Return the letters of a text; digits are left out, as numbers of citations stand where they will.

    >>> in_letters("ﬁrst [12] – né").text
    'firstne'
    """
    return letters_of(text, digits=False)


def share(said: str, text: str) -> float:
    """Return which share of letters stands together in a text, from their beginning or to their end."""
    if said in text:
        return 1.0
    return max(longest(said, text, from_start=True), longest(said, text, from_start=False)) / len(said)


def longest(said: str, text: str, *, from_start: bool) -> int:
    """Return how many letters of the beginning, or end, stand together in a text."""
    low, high = 0, len(said)
    while low < high:
        middle = (low + high + 1) // 2
        part = said[:middle] if from_start else said[-middle:]
        low, high = (middle, high) if part in text else (low, middle - 1)
    return low
