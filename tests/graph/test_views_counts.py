"""What a search counts and ranks by marks is what counting row by row gives, whatever came and went."""

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.graphs import studies
from graph.store import EvidenceGraph
from graph.views import database, fulltext
from graph.views.database import FACETS, Views
from graph.views.fulltext import search
from graph.views.words import expression
from ontology.model import Document

CHOICES: tuple[dict[str, list[str]], ...] = (
    {},
    {"kind": ["Barrier"]},
    {"kind": ["Barrier", "Quote"], "level": ["team", "system"]},
    {"role": ["nurse"]},
    {"kind": ["Study", "StudyFact"]},
    {"kind": ["nothing of this kind"]},
)


@pytest.fixture(params=[64, 1 << 16])
def graph(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> EvidenceGraph:
    """A store whose documents came, changed and went; with marks in many blocks, too."""
    monkeypatch.setattr(database, "BLOCK", request.param)
    store = EvidenceGraph(tmp_path / "store")
    given = list(studies(12, filler=1))
    store.load(given)
    for records in given[:3]:
        store.apply([record for record in records if isinstance(record, Document)])
    store.retract(given[11][1].iri)
    store.apply(given[1])
    return store


def slowly(views: Views, text: str, chosen: dict[str, list[str]]) -> tuple[list[str], dict[str, dict[str, int]]]:
    """Every hit by rank, and the counts of facets, from the rows of the views."""
    rows = views.connection
    asked = expression(text)
    if asked:
        joined = "FROM words JOIN hits ON hits.id = words.rowid WHERE words MATCH ?"
        found = rows.execute(f"SELECT hits.id, iri, bm25(words), score {joined}", (asked,)).fetchall()
        if len(found) > fulltext.COMMON:
            found = rows.execute(f"SELECT hits.id, iri, length(body), score {joined}", (asked,)).fetchall()
    else:
        found = rows.execute("SELECT id, iri, 0.0, score FROM hits").fetchall()
    facets: dict[int, set[tuple[str, str]]] = {row[0]: set() for row in found}
    for hit, facet, value in rows.execute("SELECT hit, facet, value FROM facets"):
        if hit in facets:
            facets[hit].add((facet, value))

    def fits(hit: int, but: str = "") -> bool:
        return all(any((name, v) in facets[hit] for v in values) for name, values in chosen.items() if name != but)

    ordered = sorted((row for row in found if fits(row[0])), key=lambda row: (row[2], -(row[3] or 0.0), row[1]))
    counts = {
        facet: dict(Counter(v for hit, told in facets.items() if fits(hit, facet) for f, v in told if f == facet))
        for facet in FACETS
    }
    return [row[1] for row in ordered], counts


@pytest.mark.parametrize("common", [5, 10_000])
@pytest.mark.parametrize("text", ["", "nurse", "nurse medication", "GP", "every tim", "zebra"])
def test_counts_and_order_are_those_of_the_rows(
    graph: EvidenceGraph, text: str, common: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fulltext, "COMMON", common)
    views = graph.views()
    one_study = next(iter(views.names_of_studies()))
    for chosen in (*CHOICES, {"study": [one_study]}):
        iris, counts = slowly(views, text, chosen)
        found = search(views, text, chosen, limit=10_000)
        assert [hit.iri for hit in found.hits] == iris
        assert found.total == len(iris)
        assert found.facets == counts
        for offset in range(0, len(iris) + 3, 3):
            page = search(views, text, chosen, limit=3, offset=offset, counts=False)
            assert page.hits == found.hits[offset : offset + 3]


def test_a_reader_and_views_made_anew_find_the_same(graph: EvidenceGraph) -> None:
    found = search(graph.views(), "nurse")
    graph.close()
    with EvidenceGraph(graph.path, read_only=True) as reader:
        assert search(reader.views(), "nurse") == found
    (graph.path / "views.db").unlink()
    with EvidenceGraph(graph.path) as again:
        told = search(again.views(), "nurse")
        assert {hit.iri for hit in told.hits} == {hit.iri for hit in found.hits}
        assert told.facets == found.facets


def test_views_of_the_version_before_are_brought_to_this_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BLOCK", 1 << 16)
    with EvidenceGraph(tmp_path / "store") as store:
        store.load(studies(12, filler=1))
        store.views().connection.execute("UPDATE meta SET value = '5' WHERE key = 'version'")
    monkeypatch.setattr(database, "BLOCK", 64)
    wanted = search(Views(tmp_path / "store" / "views.db", read_only=True), "nurse", limit=100)
    with EvidenceGraph(tmp_path / "store") as store:
        views = store.views()
        lengths = {length for (length,) in views.connection.execute("SELECT DISTINCT length(bits) FROM bits")}
        assert lengths == {8}
        assert search(views, "nurse", limit=100) == wanted
        ordered, counts = slowly(views, "nurse", {})
        assert [hit.iri for hit in wanted.hits] == ordered[:100]
        assert wanted.facets == counts
