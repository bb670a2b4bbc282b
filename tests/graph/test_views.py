"""What is kept ready (matrices, full text), and what is asked of the store (neighbours, paths, gaps, sensitivity)."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.graphs import studies
from graph import network, rdf
from graph.errors import NotFound, StoreError
from graph.project import relationships_of
from graph.store import EvidenceGraph
from graph.views.around import _TYPES as TYPES
from graph.views.around import around, relations
from graph.views.database import Views
from graph.views.ends import End, ends_of, is_shared
from graph.views.facets import NONE, StudyRecords
from graph.views.fulltext import search
from graph.views.gaps import REASONS, gaps
from graph.views.keep import matrix, refresh
from graph.views.paths import paths
from graph.views.sensitivity import LeaveOut, sensitivity
from ontology.errors import RecordError
from ontology.model import Barrier, Document, Intervention, Quote, Role
from ontology.namespaces import SCHEME
from tests.graph import samples
from tests.graph.samples import clinic, review, ward

TABLES = ("graphs", "parts", "totals", "ends")


def filled(graph: EvidenceGraph, views: Views | None = None) -> Views:
    views = views or Views.in_memory()
    refresh(views, graph._state())
    return views


def content(views: Views) -> dict[str, list[tuple[object, ...]]]:
    """All that the views hold, with hits by IRI instead of their numbers."""
    found = {table: sorted(views.connection.execute(f"SELECT * FROM {table}"), key=repr) for table in TABLES}
    by_hit = "FROM hits JOIN {table} ON hits.id = {key}"
    found["hits"] = sorted(views.connection.execute("SELECT iri, study, kind, name, score FROM hits"), key=repr)
    for table, key, columns in (("facets", "facets.hit", "iri, facet, value"), ("words", "words.rowid", "iri, body")):
        query = f"SELECT {columns} " + by_hit.format(table=table, key=key)
        found[table] = sorted(views.connection.execute(query), key=repr)
    return found


@pytest.fixture(scope="module")
def views(graph: EvidenceGraph) -> Views:
    return filled(graph)


def test_a_matrix_counts_records_quotes_and_studies(views: Views) -> None:
    by_level = matrix(views, "Barrier", "role", "level")
    assert by_level.cells == {("nurse", "organisation"): 1, (NONE, "provider"): 1}
    assert matrix(views, "Barrier", "level", "role", "quotes").cells[("organisation", "nurse")] == 1
    assert matrix(views, "Quote", "role", "evidence level", "studies").cells == {
        ("nurse", "full text"): 1, ("nurse", "abstract"): 1,
    }  # fmt: skip
    assert matrix(views, "Intervention", "proposed by", "evidence level").rows == ("authors", "participants")


def test_a_matrix_of_studies_or_themes_is_put_together_when_asked_for(views: Views) -> None:
    assert matrix(views, "Barrier", "study", "level").cells == {
        ("The clinic study", "provider"): 1, ("The ward study", "organisation"): 1,
    }  # fmt: skip
    assert matrix(views, "Finding", "theme", "role").cells[("Silence", "nurse")] == 1


def test_what_a_matrix_leaves_out_is_said(views: Views) -> None:
    cut = matrix(views, "Barrier", "role", "level", rows=1)
    assert (len(cut.rows), cut.left_out) == (1, (1, 0))


def test_an_axis_that_does_not_exist_is_refused(views: Views) -> None:
    with pytest.raises(RecordError, match="use one of level"):
        matrix(views, "Barrier", "colour", "level")


def test_disagreements_are_counted_with_the_findings_between_which_they_are(changing: EvidenceGraph) -> None:
    views = filled(changing)
    counted = matrix(views, "Position", "role", "evidence level", "disagreements")
    assert counted.cells == {("nurse", "abstract"): 1}


def test_changes_one_by_one_leave_what_a_fresh_count_gives(folder: Path) -> None:
    with EvidenceGraph(folder) as graph:
        views = Views.in_memory()
        for step in (
            lambda: graph.apply(ward(doi="10.1000/one")),
            lambda: graph.apply(clinic(doi="10.1000/one")),
            lambda: graph.add(review(ward(doi="10.1000/one"))),
            lambda: graph.apply(clinic(end="Nurses rang.\n")),
            lambda: graph.apply(ward()),
            lambda: graph.retract("ward.txt"),
        ):
            step()
            filled(graph, views)
            fresh = content(filled(graph))
            assert content(views) == fresh
            assert content(graph.views()) == fresh


def test_readers_follow_the_views_and_make_their_own_where_there_are_none(folder: Path) -> None:
    with EvidenceGraph(folder) as graph, EvidenceGraph(folder, read_only=True) as reader:
        assert search(reader.views(), "letters").total == 0
        graph.apply(ward())
        assert search(reader.views(), "letters").total == search(graph.views(), "letters").total == 1
        graph.apply(clinic())
        assert search(reader.views(), "letters").total == 2
    (folder / "views.db").unlink()
    with EvidenceGraph(folder, read_only=True) as reader:
        assert search(reader.views(), "letters").total == 2
    with EvidenceGraph(folder) as graph:
        assert search(graph.views(), "letters").total == 2
    assert (folder / "views.db").exists()


def test_a_study_of_two_documents_is_counted_once(folder: Path) -> None:
    with EvidenceGraph(folder) as graph:
        graph.apply(ward(doi="10.1000/one"))
        graph.apply(clinic(doi="10.1000/one"))
        counted = matrix(filled(graph), "Quote", "role", "level", "studies")
        assert counted.cells == {("nurse", NONE): 1}


def test_what_was_not_committed_is_not_seen_and_a_damaged_file_is_made_anew(
    graph: EvidenceGraph, tmp_path: Path
) -> None:
    path = tmp_path / "views.db"
    writer = Views(path)
    refresh(writer, graph._state())
    reader = Views(path, read_only=True)
    writer.replace_study(StudyRecords.of(ward()[1].iri, [], {}))
    assert search(reader, "").total == 15
    writer.commit("another")
    assert reader.stamp() == "another"
    assert search(reader, "").total < 15
    reader.close()
    writer.close()
    path.write_bytes(b"no database at all" * 100)
    with pytest.raises(StoreError, match="is not a database"):
        Views(path, read_only=True).stamp()
    assert Views(path).stamp() == ""


def test_words_are_found_by_their_stems_and_shown_where_they_stand(views: Views) -> None:
    found = search(views, "letter")
    assert [hit.kind for hit in found.hits] == ["Barrier", "Barrier"]
    assert ("letters", True) in [(text.casefold(), hit) for text, hit in found.hits[0].snippet]


def test_hostile_questions_are_words(views: Views) -> None:
    for text in ('"', "' OR 1 --", "NEAR(", "body:letters", "a AND", "*", "\x00", "(", "letters) OR ("):
        search(views, text)


def test_what_lies_around_is_what_the_whole_network_has(graph: EvidenceGraph) -> None:
    whole = network.graph(graph)
    for kind in (Barrier, Quote, Role, Intervention):
        iri = next(record.iri for record in ward() if isinstance(record, kind))
        near = around(graph, iri, limit=500)
        assert set(near.graph) == {iri, *whole.predecessors(iri), *whole.successors(iri)}
        assert near.left_out == 0
        ends = [(told["type"], "out") for _, _, told in whole.out_edges(iri, data=True)]
        ends += [(told["type"], "in") for _, _, told in whole.in_edges(iri, data=True)]
        assert relations(graph, iri) == {end: ends.count(end) for end in sorted(set(ends))}


def test_what_lies_around_can_be_narrowed_and_is_limited(graph: EvidenceGraph) -> None:
    barrier = next(record.iri for record in ward() if isinstance(record, Barrier))
    near = around(graph, barrier, only=["ADDRESSES"])
    assert {told["kind"] for _, told in near.graph.nodes(data=True)} == {"Barrier", "Intervention"}
    few = around(graph, barrier, limit=2)
    assert len(few.graph) == 3
    assert few.left_out > 0
    with pytest.raises(NotFound):
        around(graph, "urn:nothing")


def test_paths_follow_the_kinds_and_the_best_attested_come_first(graph: EvidenceGraph) -> None:
    found = paths(graph, ("Intervention", "Barrier", "Quote", "Role"))
    assert [path.relations for path in found.paths] == [("addresses", "^illustrates", "speakerRole")]
    assert found.paths[0].names[0] == "A shared diary"
    assert (found.paths[0].quotes, found.paths[0].studies, found.cut) == (1, 1, False)
    every = paths(graph, ("Barrier", "Role")).paths
    assert [path.quotes for path in every] == sorted((path.quotes for path in every), reverse=True)
    barrier = next(record.iri for record in ward() if isinstance(record, Barrier))
    assert {path.things[0] for path in paths(graph, ("Barrier", "Role"), start=barrier).paths} == {barrier}
    with pytest.raises(NotFound, match="are not linked in the model"):
        paths(graph, ("Limitation", "Quote"))


def test_gaps_say_what_is_lacking(graph: EvidenceGraph) -> None:
    found = {gap.level: gap.reasons for gap in gaps(graph)}
    assert found == {"provider": (REASONS[0],)}


def test_leaving_a_source_out_shows_what_loses_its_support(graph: EvidenceGraph) -> None:
    study = next(record.study for record in ward() if isinstance(record, Barrier))
    lost = sensitivity(graph, LeaveOut(studies=frozenset({study or ""})), only_lost=True)
    assert [(effect.kind, effect.supports) for effect in lost] == [
        ("Recommendation", (1, 0)),
        ("ReviewFinding", (1, 0)),
    ]
    without_rules = sensitivity(graph, LeaveOut(methods=frozenset({"rule"})))
    assert {effect.kind for effect in without_rules} == {"Barrier", "Finding"}
    assert sensitivity(graph, LeaveOut(levels=frozenset({"citation"}))) == ()


def test_a_study_that_was_read_in_full_is_not_left_out_with_the_abstracts(folder: Path) -> None:
    paper = ward(doi="10.1000/one")
    with EvidenceGraph(folder) as graph:
        for records in (paper, clinic(doi="10.1000/one")):
            graph.apply(records)
        graph.add(review(paper))
        assert sensitivity(graph, LeaveOut(levels=frozenset({"abstract"}))) == ()
        lost = sensitivity(graph, LeaveOut(levels=frozenset({"full text"})), only_lost=True)
    assert [effect.kind for effect in lost] == ["Recommendation", "ReviewFinding"]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EvidenceGraph]:
    with EvidenceGraph(tmp_path_factory.mktemp("views") / "store") as opened:
        opened.apply(ward())
        opened.apply(clinic())
        opened.add(review(ward()))
        assert len(opened.records(kind=Document.__name__)) == 2
        yield opened


def test_a_quote_that_two_documents_of_a_study_have_counts_once(folder: Path) -> None:
    with EvidenceGraph(folder) as graph:
        graph.apply(clinic(doi="10.1000/one"))
        graph.apply(clinic(doi="10.1000/one", end="Printed again.\n"))
        assert matrix(graph.views(), "Barrier", "attributed to", "level", "quotes").cells == {("nurse", "provider"): 1}


COUNT = "SELECT ?p (COUNT(*) AS ?n) { SELECT DISTINCT ?p ?x { %s FILTER(isIRI(?x)) } } GROUP BY ?p"


def test_links_at_what_studies_share_are_counted_as_the_store_has_them(folder: Path) -> None:
    with EvidenceGraph(folder) as graph:
        given = list(studies(8, filler=1))
        barrier = next(record for record in given[2] if isinstance(record, Barrier))
        elsewhere = replace(barrier, codes=(*barrier.codes, "urn:scheme:no-vocabulary-of-ours"))
        given[2] = [elsewhere if record is barrier else record for record in given[2]]
        graph.load(given)
        graph.retract(given[0][1].iri)
        graph.apply([record for record in given[1] if isinstance(record, Document)])
        ends = [row[0] for row in graph.views().connection.execute("SELECT DISTINCT iri FROM ends")]
        assert {f"{SCHEME}role/nurse", "urn:scheme:no-vocabulary-of-ours"} <= set(ends)
        for iri in ends:
            told = {}
            for direction, pattern in (("out", "$iri ?p ?x"), ("in", "?x ?p $iri")):
                rows = graph.sparql(COUNT % pattern, {"iri": iri}).rows
                told |= {(TYPES[path], direction): count for path, count in rows if path in TYPES}
            assert relations(graph, iri) == told
        with EvidenceGraph(folder, read_only=True) as reader:
            assert all(relations(reader, iri) == relations(graph, iri) for iri in ends)


def test_links_of_passages_count_where_their_document_is_what_others_share() -> None:
    told = [record for record in ward() if record.spans]
    place = replace(told[0].spans[0], document="urn:document:of-another")
    moved = [replace(told[0], spans=(*told[0].spans, place)), *told[1:]]
    for records in (told, moved):
        study = StudyRecords.of("urn:study", records, {})
        links = {link[:3] for record in records for link in relationships_of(record)}
        expected = Counter(
            End(iri, kind, direction)
            for start, kind, end in links
            for iri, direction in ((start, "out"), (end, "in"))
            if is_shared(iri) and iri not in study.by_iri
        )
        assert ends_of(study) == expected
    assert expected[End("urn:document:of-another", "IN_DOCUMENT", "in")] == 1


def test_of_a_hub_only_some_are_looked_at_and_the_others_counted(
    graph: EvidenceGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = next(record.study for record in ward() if isinstance(record, Barrier)) or ""
    every = around(graph, study, limit=500)
    monkeypatch.setattr("graph.views.around.FETCHED", 2)
    some = around(graph, study, limit=500)
    assert some.relations == every.relations
    assert some.left_out == sum(max(0, count - 2) for count in every.relations.values()) > 0
    assert set(some.graph) < set(every.graph)
    with pytest.raises(NotFound, match="is no IRI"):
        around(graph, "no iri")


def test_a_change_that_failed_leaves_the_views_as_they_were(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*args: object, **more: object) -> None:
        raise StoreError("the store", "cannot be written to", "make room")

    with samples.filled(tmp_path / "store", ward()) as graph:
        before = table_of(graph)
        with monkeypatch.context() as failing:
            failing.setattr(rdf, "replace", refused)
            with pytest.raises(StoreError, match="make room"):
                graph.apply(clinic())
        assert table_of(graph) == before
        graph.apply(clinic())
        after = table_of(graph)
    with samples.filled(tmp_path / "fresh", ward(), clinic()) as fresh:
        assert table_of(fresh) == after != before


def table_of(graph: EvidenceGraph) -> list[list[tuple[object, ...]]]:
    """What the views hold of records, sums and links, without the numbers of hits."""
    views = graph.views().connection
    told = ("SELECT iri, study, kind, name, score, length FROM hits", "SELECT * FROM totals", "SELECT * FROM ends")
    facets = "SELECT facet, value, iri FROM facets JOIN hits ON hits.id = hit"
    return [sorted(views.execute(query).fetchall(), key=repr) for query in (*told, facets)]
