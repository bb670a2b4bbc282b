"""What people type as a question to the full text: stems, unfinished words and other names of roles."""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import closing
from functools import cache

from ontology.vocabulary import load_vocabulary

TOKENS = "porter unicode61 remove_diacritics 2"
"""How FTS5 parts text into stems; the same for the records and for what is asked."""
_FEW = 6
"""Words of which any may be left out to ask again."""
_WORD = re.compile(r"\w+")


def words_in(text: str) -> list[str]:
    """Return the words of a text, in lower case.

    >>> words_in("GPs' letters: late!")
    ['gps', 'letters', 'late']
    """
    return _WORD.findall(text.casefold())


def expression(text: str) -> str:
    """Return what FTS5 is asked: every word, or another name of the role that it names; the last may go on.

    A name that holds the word itself says nothing new, and takes time: "nursing staff" is found by "nurse".

    >>> expression("late letters ")
    '("late") AND ("letters")'
    >>> expression("late lett")
    '("late") AND ("lett" OR "lett" *)'
    """
    words = words_in(text)
    names = _names()
    stems = stems_of([*words, *(name for word in words for name in names.get(word, ()))])
    parts = []
    for at, word in enumerate(words):
        unfinished = at == len(words) - 1 and text[-1:].isalnum() and len(word) > 1
        options = [f'"{word}"', *([f'"{word}" *'] if unfinished else [])]
        told = [stems[word]]
        for name in sorted(names.get(word, ()), key=lambda name: (len(stems[name]), name)):
            if not any(_holds(stems[name], known) for known in told):
                options.append(f'"{name}"')
                told.append(stems[name])
        parts.append(f"({' OR '.join(options)})")
    return " AND ".join(parts)


def fewer(text: str) -> tuple[str, ...]:
    """Return what else to ask where no record holds all words of a text: all but one of them, then each alone.

    >>> fewer("late drug letters")
    ('drug letters', 'late letters', 'late drug', 'late', 'drug', 'letters')
    >>> fewer("late late"), len(fewer("a b c d e f g h i"))
    ((), 9)
    """
    words = list(dict.fromkeys(words_in(text)))
    if len(words) < 2:
        return ()
    without = [" ".join(words[:at] + words[at + 1 :]) for at in range(len(words) if len(words) <= _FEW else 0)]
    return tuple(dict.fromkeys([*(part for part in without if " " in part), *words]))


def stems_of(texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the stems of texts as FTS5 makes them: by FTS5, in memory.

    >>> stems_of(["Nursing staff"])
    {'Nursing staff': ('nurs', 'staff')}
    """
    every = list(dict.fromkeys(texts))
    if not every:
        return {}
    with closing(sqlite3.connect(":memory:")) as memory:
        memory.execute(f"CREATE VIRTUAL TABLE words USING fts5(body, tokenize = '{TOKENS}')")
        memory.execute("CREATE VIRTUAL TABLE places USING fts5vocab(words, 'instance')")
        memory.executemany("INSERT INTO words(rowid, body) VALUES (?, ?)", enumerate(every))
        found: list[list[str]] = [[] for _ in every]
        for stem, row in memory.execute("SELECT term, doc FROM places ORDER BY doc, offset"):
            found[row].append(stem)
    return {text: tuple(stems) for text, stems in zip(every, found, strict=True)}


def _holds(stems: Sequence[str], part: Sequence[str]) -> bool:
    """Say whether stems hold others in a row: then every text that holds the former holds the latter."""
    width = len(part)
    return any(stems[at : at + width] == part for at in range(len(stems) - width + 1))


@cache
def _names() -> dict[str, tuple[str, ...]]:
    """One-word names and abbreviations of roles, each with all other names of the same role as words with blanks."""
    by_concept: dict[str, list[str]] = defaultdict(list)
    for form, concept in load_vocabulary().surface_forms("role"):
        known = by_concept[concept.iri] or [" ".join(words_in(short)) for short in concept.abbreviations]
        by_concept[concept.iri] = [*known, " ".join(words_in(form))]
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for forms in by_concept.values():
        for form in forms:
            if _WORD.fullmatch(form):
                found[form] |= dict.fromkeys(forms)
    return {word: tuple(names) for word, names in found.items()}
