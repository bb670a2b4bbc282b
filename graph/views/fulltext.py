"""Full text and facets over the records that people look for: stems, names of roles, the same ranking everywhere.

Ranking is BM25 (Robertson and Zaragoza 2009, as SQLite's FTS5 has it), then the record's own score, then its IRI.
"""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from graph.errors import StoreError
from graph.views.shelf import FACETS, Shelf
from ontology.vocabulary import load_vocabulary

_WORD = re.compile(r"\w+")
_OPEN, _CLOSE = "\x02", "\x03"
_MARKED = re.compile(f"{_OPEN}(.*?){_CLOSE}", re.DOTALL)
_AROUND = 24
"""Words of a hit that are shown around what was found."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that was found: what to call it, its facets, its place in the ranking (higher is better), and words of
    it as (text, whether it is what was asked for)."""

    iri: str
    kind: str
    name: str
    study: str
    study_name: str
    facets: Mapping[str, tuple[str, ...]]
    score: float | None
    rank: float
    snippet: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What a search gave: `hits` are rows offset .. offset + limit of `total`; `facets` counts, for each facet, what
    choosing a value of it would give while the other facets stay as they are."""

    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, Mapping[str, int]]
    close: tuple[str, ...] = ()


def search(
    shelf: Shelf,
    text: str = "",
    chosen: Mapping[str, Iterable[str]] | None = None,
    *,
    limit: int = 50,
    offset: int = 0,
    counts: bool = True,
) -> Found:
    """Return the records that hold every word of `text` and have one of the chosen values of every facet.

    The last word may be the beginning of one. Words match by their stems; a word that names a role of the vocabulary
    ("GP") is found under all the role's names. Without `counts` the facets are not counted.

    Raises:
        KeyError: `chosen` names a facet that is none of `FACETS`.
        StoreError: the views cannot be read.
    """
    wanted = {name: tuple(dict.fromkeys(values)) for name, values in (chosen or {}).items() if values}
    if unknown := wanted.keys() - set(FACETS):
        raise KeyError(f"{sorted(unknown)} is no facet; use one of {', '.join(FACETS)}")
    asked = _expression(text)
    try:
        return _found(shelf.connection, text, asked, wanted, (limit, offset), counts=counts)
    except sqlite3.Error as error:
        raise StoreError(str(shelf.path), f"cannot be searched ({error})", "open the store once for writing") from error


def _found(
    connection: sqlite3.Connection,
    text: str,
    asked: str,
    wanted: Mapping[str, tuple[str, ...]],
    place: tuple[int, int],
    *,
    counts: bool,
) -> Found:
    where, values = _where(asked, wanted)
    total = connection.execute(f"SELECT COUNT(*) FROM {_source(asked)} WHERE {where}", values).fetchone()[0]
    hits = tuple(_hits(connection, asked, where, values, place)) if total else ()
    facets = {facet: _counts(connection, asked, wanted, facet) for facet in FACETS} if counts else {}
    return Found(hits, total, facets, () if total or not asked else tuple(_close(connection, text)))


def _source(asked: str) -> str:
    return "words JOIN hits ON hits.id = words.rowid" if asked else "hits"


def _where(asked: str, wanted: Mapping[str, tuple[str, ...]]) -> tuple[str, list[str]]:
    parts, values = (["words MATCH ?"], [asked]) if asked else (["1"], [])
    for facet, names in wanted.items():
        marks = ", ".join("?" * len(names))
        parts.append(f"hits.id IN (SELECT hit FROM facets WHERE facet = ? AND value IN ({marks}))")
        values += [facet, *names]
    return " AND ".join(parts), values


def _hits(
    connection: sqlite3.Connection, asked: str, where: str, values: list[str], place: tuple[int, int]
) -> Iterator[Hit]:
    rank = "-bm25(words)" if asked else "0.0"
    words = f"snippet(words, 0, '{_OPEN}', '{_CLOSE}', '…', {_AROUND})" if asked else "''"
    rows = connection.execute(
        f"SELECT hits.id, iri, kind, name, study, score, {rank} AS rank, {words} FROM {_source(asked)} WHERE {where} "
        "ORDER BY rank DESC, COALESCE(score, 0.0) DESC, iri LIMIT ? OFFSET ?",
        (*values, *place),
    ).fetchall()
    facets: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for number in (row[0] for row in rows):
        for facet, value in connection.execute("SELECT facet, value FROM facets WHERE hit = ?", (number,)):
            facets[number][facet].append(value)
    names = dict(
        connection.execute(
            f"SELECT study, name FROM parts WHERE study IN ({', '.join('?' * len(rows))})", [row[4] for row in rows]
        )
    )
    for number, iri, kind, name, study, score, ranked, marked in rows:
        told = {facet: tuple(sorted(found)) for facet, found in facets[number].items()}
        yield Hit(iri, kind, name, study, names.get(study, study), told, score, ranked, _snippet(marked))


def _counts(
    connection: sqlite3.Connection, asked: str, wanted: Mapping[str, tuple[str, ...]], facet: str
) -> dict[str, int]:
    others = {name: values for name, values in wanted.items() if name != facet}
    where, values = _where(asked, others)
    within = f"AND hit IN (SELECT hits.id FROM {_source(asked)} WHERE {where})" if asked or others else ""
    rows = connection.execute(
        f"SELECT value, COUNT(*) FROM facets WHERE facet = ? {within} GROUP BY value", (facet, *values)
    )
    return dict(sorted(rows, key=lambda row: (-row[1], row[0])))


def _snippet(marked: str) -> tuple[tuple[str, bool], ...]:
    parts = [(part, at % 2 == 1) for at, part in enumerate(_MARKED.split(" ".join(marked.split())))]
    return tuple((text, hit) for text, hit in parts if text)


def _expression(text: str) -> str:
    """Return what FTS5 is asked: every word, or another name of the role that it names; the last may go on."""
    words = _WORD.findall(text.casefold())
    parts = []
    for at, word in enumerate(words):
        unfinished = at == len(words) - 1 and text[-1:].isalnum() and len(word) > 1
        options = [f'"{word}"', *([f'"{word}" *'] if unfinished else [])]
        options += [f'"{name}"' for name in _names().get(word, ())]
        parts.append(f"({' OR '.join(options)})")
    return " AND ".join(parts)


def _close(connection: sqlite3.Connection, text: str) -> Iterator[str]:
    """Yield words of the records that are like those that nothing holds."""
    from rapidfuzz import process

    stems: list[str] = []
    for word in _WORD.findall(text.casefold()):
        if connection.execute("SELECT 1 FROM words WHERE words MATCH ? LIMIT 1", (f'"{word}" *',)).fetchone():
            continue
        stems = stems or [row[0] for row in connection.execute("SELECT term FROM stems")]
        for stem, _, _ in process.extract(word, stems, limit=3, score_cutoff=70):
            held = connection.execute(
                f"SELECT highlight(words, 0, '{_OPEN}', '{_CLOSE}') FROM words WHERE words MATCH ? LIMIT 1",
                (f'"{stem}"',),
            ).fetchone()
            found = _MARKED.search(held[0]) if held else None
            if found:
                yield found.group(1).casefold()


@cache
def _names() -> dict[str, tuple[str, ...]]:
    """One-word names and abbreviations of roles, each with all other names of the same role as words with blanks."""
    by_concept: dict[str, list[str]] = defaultdict(list)
    for form, concept in load_vocabulary().surface_forms("role"):
        by_concept[concept.iri].append(" ".join(_WORD.findall(form.casefold())))
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for forms in by_concept.values():
        for form in forms:
            if _WORD.fullmatch(form):
                found[form] |= dict.fromkeys(forms)
    return {word: tuple(names) for word, names in found.items()}
