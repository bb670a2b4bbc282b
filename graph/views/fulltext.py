"""Full text and facets over the records that people look for: stems, names of roles, the same ranking everywhere.

Ranking is BM25 (Robertson and Zaragoza 2009, as SQLite's FTS5 has it), then the record's own score, then its IRI.
Words that more than `COMMON` records hold hardly tell these apart, and weighing each record takes long: how often it
holds them does not count then, only how short it is, which is what BM25 makes of words that each record holds once.
"""

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice, repeat
from operator import itemgetter

from graph.errors import StoreError
from graph.views.database import FACETS, Views
from graph.views.orders import BY_LENGTH, BY_SCORE, Order
from graph.views.words import TOKENS, expression, fewer, stems_of, words_in

_OPEN, _CLOSE = "\x02", "\x03"
_MARKED = re.compile(f"{_OPEN}(.*?){_CLOSE}", re.DOTALL)
_AROUND = 24
"""Words of a hit that are shown around what was found."""
_AT_ONCE = 500
"""Hits that are asked for in one statement."""
COMMON = 10_000
"""Records that may hold what is asked for and are still weighed by how often they do."""


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
    choosing a value of it would give while the other facets stay as they are. Where words are in no record together,
    `apart` tells how many records each of them finds, and all of them but one."""

    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, Mapping[str, int]]
    close: tuple[str, ...] = ()
    apart: Mapping[str, int] = field(default_factory=dict)


def search(
    views: Views,
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
    asked = expression(text)
    try:
        return _found(views, text, asked, wanted, (limit, offset), counts=counts)
    except sqlite3.Error as error:
        raise StoreError(str(views.path), f"cannot be searched ({error})", "open the store once for writing") from error


def _found(
    views: Views,
    text: str,
    asked: str,
    wanted: Mapping[str, tuple[str, ...]],
    place: tuple[int, int],
    *,
    counts: bool,
) -> Found:
    connection = views.connection
    matches = _matches(connection, asked) if asked else []
    chosen = {facet: _with_values(connection, facet, names) for facet, names in wanted.items()}
    within = _marks(matches) if asked else None
    every = _all(within, chosen.values())
    total = (_every(connection) if every is None else every).bit_count()
    ranks = _ranks(connection, asked) if 0 < len(matches) <= COMMON and place[0] else {}
    hits = tuple(_hits(connection, asked, ranks, every, place)) if total and place[0] else ()
    facets = {}
    for facet in FACETS if counts else ():
        others = _all(within, (marks for name, marks in chosen.items() if name != facet))
        facets[facet] = _counts(views, facet, others)
    if total or not asked:
        return Found(hits, total, facets)
    apart = {} if matches else {part: _count(connection, part, chosen.values()) for part in fewer(text)}
    return Found(hits, total, facets, tuple(_close(connection, text)), apart)


def _count(connection: sqlite3.Connection, text: str, chosen: Iterable[int]) -> int:
    return (_all(_marks(_matches(connection, expression(text))), chosen) or 0).bit_count()


def _matches(connection: sqlite3.Connection, asked: str) -> list[int]:
    # As one value: rows of which each is an object of its own take twice as long.
    told = connection.execute("SELECT json_group_array(rowid) FROM words WHERE words MATCH ?", (asked,)).fetchone()
    found: list[int] = json.loads(told[0])
    return found


def _ranks(connection: sqlite3.Connection, asked: str) -> dict[int, float]:
    """Return the hits that match, each with its rank: the smaller the better, as FTS5 has it."""
    return dict(connection.execute("SELECT rowid, bm25(words) FROM words WHERE words MATCH ?", (asked,)))


def _marks(numbers: Sequence[int]) -> int:
    """Return hits as a whole number with a bit for each."""
    last = max(numbers, default=0)
    digits = bytearray(b"0") * (last + 1)
    for number in numbers:
        digits[last - number] = 49  # the digit 1
    return int(digits, 2)


def _all(first: int | None, more: Iterable[int]) -> int | None:
    """Return the hits that are in all of these, None for all there are."""
    for marks in more:
        first = marks if first is None else first & marks
    return first


def _with_values(connection: sqlite3.Connection, facet: str, values: tuple[str, ...]) -> int:
    """Return the hits that have one of these values of a facet."""
    slots = ", ".join("?" * len(values))
    found = 0
    if facet == "study":
        for first, last in connection.execute(f"SELECT first, last FROM runs WHERE study IN ({slots})", values):
            found |= (1 << last + 1) - (1 << first)
        return found & _every(connection)
    for marks in _by_value(connection, facet, f"AND value IN ({slots})", values).values():
        found |= marks
    return found


def _every(connection: sqlite3.Connection) -> int:
    """Return all hits: each is of a kind."""
    found = 0
    for marks in _by_value(connection, "kind").values():
        found |= marks
    return found


def _by_value(
    connection: sqlite3.Connection, facet: str, where: str = "", values: tuple[str, ...] = ()
) -> dict[str, int]:
    found: dict[str, bytearray] = defaultdict(bytearray)
    told = f"SELECT value, block, bits FROM bits WHERE facet = ? {where} ORDER BY value, block"
    for value, block, bits in connection.execute(told, (facet, *values)):
        marks = found[value]
        marks += bytes(block * len(bits) - len(marks))
        marks += bits
    return {value: int.from_bytes(marks, "little") for value, marks in found.items()}


def _hits(
    connection: sqlite3.Connection, asked: str, ranks: Mapping[int, float], every: int | None, place: tuple[int, int]
) -> Iterator[Hit]:
    if ranks:
        numbers = _best(connection, ranks, every, place)
    else:
        numbers = _first(connection, BY_LENGTH if asked else BY_SCORE, every, place)
    slots = ", ".join("?" * len(numbers))
    told = f"SELECT id, iri, kind, name, study, score, length FROM hits WHERE id IN ({slots})"
    rows = {row[0]: row[1:] for row in connection.execute(told, numbers)}
    facets: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for number, facet, value in connection.execute(
        f"SELECT hit, facet, value FROM facets WHERE hit IN ({slots})", numbers
    ):
        facets[number][facet].append(value)
    studies = list({row[3] for row in rows.values()})
    of = ", ".join("?" * len(studies))
    names = dict(connection.execute(f"SELECT study, name FROM parts WHERE study IN ({of})", studies))
    marked: dict[int, str] = {}
    if asked:
        held = connection.execute(f"SELECT rowid, body FROM words WHERE rowid IN ({slots})", numbers)
        marked = dict(_marked(held, asked))
    for number in numbers:
        iri, kind, name, study, score, length = rows[number]
        values = {facet: tuple(sorted(found)) for facet, found in facets[number].items()}
        rank = -ranks[number] if ranks else 1 / length if asked else 0.0
        yield Hit(
            iri, kind, name, study, names.get(study, study), values, score, rank, _snippet(marked.get(number, ""))
        )


def _marked(held: Iterable[tuple[int, str]], asked: str) -> Iterator[tuple[int, str]]:
    """Yield the number of each hit with the words around what was found, which is marked.

    They are put into a table of their own: FTS5 would go through all hits of a common word to find these.
    """
    with closing(sqlite3.connect(":memory:")) as memory:
        memory.execute(f"CREATE VIRTUAL TABLE words USING fts5(body, tokenize = '{TOKENS}')")
        memory.executemany("INSERT INTO words(rowid, body) VALUES (?, ?)", held)
        shown = f"snippet(words, 0, '{_OPEN}', '{_CLOSE}', '…', {_AROUND})"
        yield from memory.execute(f"SELECT rowid, {shown} FROM words WHERE words MATCH ?", (asked,))


def _best(
    connection: sqlite3.Connection, ranks: Mapping[int, float], every: int | None, place: tuple[int, int]
) -> list[int]:
    """Return the numbers of the hits in these places of the ranking."""
    limit, offset = place
    kept = ranks
    if every is not None and every.bit_count() < len(ranks):
        held = every.to_bytes(every.bit_length() // 8 + 1, "little") + bytes(1)
        end = len(held) * 8
        kept = {n: rank for n, rank in ranks.items() if n < end and held[n >> 3] >> (n & 7) & 1}
    ordered = sorted(kept.values())[: offset + limit]
    if offset >= len(ordered):
        return []
    near = [number for number, rank in kept.items() if ordered[offset] <= rank <= ordered[-1]]
    before = sum(rank < ordered[offset] for rank in ordered)
    told: dict[int, tuple[float, str]] = {}
    for at in range(0, len(near), _AT_ONCE):
        some = near[at : at + _AT_ONCE]
        slots = ", ".join("?" * len(some))
        rows = connection.execute(f"SELECT id, COALESCE(score, 0.0), iri FROM hits WHERE id IN ({slots})", some)
        told |= {number: (-score, iri) for number, score, iri in rows}
    near.sort(key=lambda number: (kept[number], *told[number]))
    return near[offset - before : offset - before + limit]


def _first(connection: sqlite3.Connection, order: Order, every: int | None, place: tuple[int, int]) -> list[int]:
    """Return the numbers of the hits in these places of an order that is kept."""
    limit, offset = place
    if every is None:
        plain = f"SELECT id FROM hits ORDER BY {order.columns} LIMIT ? OFFSET ?"
        return [row[0] for row in connection.execute(plain, place)]
    classes = f"SELECT DISTINCT value FROM bits WHERE facet = '{order.mark}' ORDER BY value"
    for (value,) in connection.execute(classes).fetchall():
        size = (_by_value(connection, order.mark, "AND value = ?", (value,)).get(value, 0) & every).bit_count()
        if offset < size:
            begun = f"SELECT id FROM hits WHERE {order.condition} ORDER BY {order.columns}"
            rows = connection.execute(begun, (order.bound(value),))
            held = every.to_bytes(every.bit_length() // 8 + 1, "little")
            end = len(held) * 8
            numbers = (n for (n,) in rows if n < end and held[n >> 3] >> (n & 7) & 1)
            return list(islice(numbers, offset, offset + limit))
        offset -= size
    return []


def _counts(views: Views, facet: str, within: int | None) -> dict[str, int]:
    """Return how many of the hits have each value of a facet: the most first, and then by value."""
    if within == 0:
        return {}
    rows: Iterable[tuple[str, int]]
    if facet == "study":
        rows = _of_studies(views, _every(views.connection) if within is None else within)
    else:
        by_value = _by_value(views.connection, facet).items()
        rows = ((value, (marks if within is None else marks & within).bit_count()) for value, marks in by_value)
    return dict(sorted(filter(itemgetter(1), rows), key=itemgetter(1), reverse=True))


def _of_studies(views: Views, within: int) -> Iterable[tuple[str, int]]:
    """Return the studies with how many of the hits each has: those of a study have numbers that follow each other."""
    digits = f"{within:b}"[::-1]
    runs = views.runs()
    return zip(runs.studies, map(digits.count, repeat("1"), runs.starts, runs.ends), strict=True)


def _snippet(marked: str) -> tuple[tuple[str, bool], ...]:
    parts = [(part, at % 2 == 1) for at, part in enumerate(_MARKED.split(" ".join(marked.split())))]
    return tuple((text, hit) for text, hit in parts if text)


def _close(connection: sqlite3.Connection, text: str) -> Iterator[str]:
    """Yield words of the records that are like those that nothing holds; the first letter is taken to be right."""
    from rapidfuzz import process

    for word in words_in(text):
        if connection.execute("SELECT 1 FROM words WHERE words MATCH ? LIMIT 1", (f'"{word}" *',)).fetchone():
            continue
        alike = "SELECT term FROM stems WHERE term >= ? AND term < ?"
        letter = "".join(stems_of([word])[word])[:1] or word[0]
        stems = [row[0] for row in connection.execute(alike, (letter, chr(ord(letter) + 1)))]
        stems = [stem for stem in stems if 2 * len(stem) > len(word)]
        for stem, _, _ in process.extract(word, stems, limit=3, score_cutoff=70):
            held = connection.execute(
                f"SELECT highlight(words, 0, '{_OPEN}', '{_CLOSE}') FROM words WHERE words MATCH ? LIMIT 1",
                (f'"{stem}"',),
            ).fetchone()
            found = _MARKED.search(held[0]) if held else None
            if found:
                yield found.group(1).casefold()
