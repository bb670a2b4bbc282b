"""Records to both graphs and back: nothing is lost, nothing is added, whatever the text."""

import dataclasses

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.canonical import SYNTHESIS, canonical, document_graph, graph_of, merged, order_key
from graph.project import (
    Relationship,
    Statement,
    from_quads,
    from_rows,
    passages_from,
    to_quads,
    to_rows,
    types_of,
)
from ontology.base import Passage, Record
from ontology.errors import RecordError
from ontology.identity import mint
from ontology.model import CLASSES, PREDICATES, Concept, ConceptScheme, Decision, Document, Role, Study, Theme
from ontology.namespaces import CKG, DECISIONS_GRAPH, ONTOLOGY_GRAPH, RDF, SYNTHESIS_GRAPH
from ontology.slots import slots_of
from tests.graph.samples import clinic, review, ward
from tests.strategies import record_sets, records_of

ANY = mint("Document", "any")
NEVER_IN_DOCUMENT = (Document, Decision, Concept, ConceptScheme, *SYNTHESIS)


def filed(record: Record) -> Record:
    """The record with a document, where it must have one."""
    return record if isinstance(record, NEVER_IN_DOCUMENT) else dataclasses.replace(record, document=ANY)


def loaded(lines: list[str]) -> ox.Store:
    store = ox.Store()
    store.load("".join(lines).encode(), format=ox.RdfFormat.N_QUADS)
    return store


def statements(store: ox.Store) -> list[Statement]:
    return [Statement(q.subject.value, q.predicate.value, q.object.value, q.graph_name.value) for q in store]


@pytest.mark.parametrize("kind", sorted(CLASSES))
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_every_class_survives_both_graphs(kind: str, data: st.DataObject) -> None:
    record = filed(data.draw(records_of(CLASSES[kind])))
    wanted = canonical(record)
    store = loaded(list(to_quads([record])))
    assert list(from_quads(statements(store))) == [wanted]
    assert list(from_rows(to_rows([record]))) == [wanted]


@settings(max_examples=80, deadline=None)
@given(records=record_sets(), data=st.data())
def test_a_set_of_records_survives_both_graphs_in_any_order(records: tuple[Record, ...], data: st.DataObject) -> None:
    given_records = [filed(record) for record in records]
    wanted = {record.iri: canonical(record) for record in given_records}
    lines = sorted(set(to_quads(given_records)))
    shuffled = data.draw(st.permutations(given_records))
    assert sorted(set(to_quads(shuffled))) == lines
    assert to_rows(shuffled) == to_rows(given_records)
    store = loaded(lines)
    assert sorted(f"{quad} .\n" for quad in store) == lines
    assert {record.iri: record for record in from_quads(statements(store))} == wanted
    assert {record.iri: record for record in from_rows(to_rows(given_records))} == wanted


def test_superclasses_are_types_and_labels_in_their_order() -> None:
    position = next(r for r in ward() if type(r).__name__ == "Position")
    types = [line.split()[2] for line in to_quads([position]) if f" <{RDF}type> " in line and position.iri in line]
    assert types == [f"<{CKG}Position>", f"<{CKG}Finding>"]
    assert to_rows([position]).nodes[position.iri].labels == ("Position", "Finding", "Entity")
    assert types_of(Passage) == (CKG + "Passage",)


def test_passages_are_things_of_their_own() -> None:
    store = loaded(list(to_quads(ward())))
    found = set(passages_from(statements(store)))
    assert found == {span for record in ward() for span in record.spans}
    rows = to_rows(ward())
    assert {n.iri for n in rows.nodes.values() if n.labels == ("Passage", "Entity")} == {span.iri for span in found}


def test_a_shortcut_only_for_what_nobody_rejected() -> None:
    links = [r for r in ward() if type(r).__name__ == "Assertion"]
    rejected = [link for link in links if link.status == "rejected"]
    assert len(rejected) == 1
    direct = {line for line in to_quads(ward()) if any(f"<{p}> " in line.split("> ", 1)[1] for p in PREDICATES)}
    direct = {line for line in direct if f"<{CKG}predicate>" not in line}
    wanted = {
        f"<{link.subject}> <{link.predicate}> <{link.object}> <{document_graph(link.document)}> .\n"
        for link in links
        if link not in rejected
    }
    assert direct == wanted
    derived = {r for r in to_rows(ward()).relationships if r.assertion}
    assert derived == {
        Relationship(link.subject, PREDICATES[link.predicate][0], link.object, link.iri)
        for link in links
        if link not in rejected
    }


def test_what_is_only_pointed_to_is_an_absent_node() -> None:
    (decision,) = [r for r in review(ward()) if isinstance(r, Decision)]
    rows = to_rows([decision])
    assert rows.nodes[decision.target].labels == ("Absent", "Entity")
    assert rows.nodes[decision.target].properties == {"iri": decision.target}


def test_records_are_filed_by_what_they_are() -> None:
    graphs = {type(r).__name__: graph_of(r) for r in [*review(ward()), *ward()]}
    assert graphs["Decision"] == DECISIONS_GRAPH
    assert {graphs[n] for n in ("ReviewFinding", "EvidenceLine", "Recommendation")} == {SYNTHESIS_GRAPH}
    assert {graphs[n] for n in ("Document", "Quote", "Assertion")} == {document_graph(ward()[0].iri)}
    assert graph_of(Concept(iri="urn:c", label="c", notation="c", scheme="urn:s")) == ONTOLOGY_GRAPH
    with pytest.raises(RecordError, match="names no document"):
        graph_of(Theme(iri="urn:t", label="t"))


@pytest.mark.parametrize("turn", [0, 7, 20])
def test_merging_does_not_depend_on_order(turn: int) -> None:
    both = [canonical(r) for r in [*ward(doi="10.1/x"), *clinic(doi="10.1/x")]]
    wanted = merged(both)
    assert merged([*both[turn:], *both[:turn]][::-1]) == wanted
    (study,) = [r for r in wanted.values() if isinstance(r, Study)]
    first = min((r for r in both if isinstance(r, Study)), key=lambda r: r.document)
    assert study.document == first.document
    assert (study.title, study.evidence_level) == (first.title, first.evidence_level)
    assert study.design == ("interviews", "qualitative study", "survey")
    assert {span.document for span in study.spans} == {r.iri for r in wanted.values() if isinstance(r, Document)}
    nurse = next(r for r in wanted.values() if isinstance(r, Role) and r.label == "nurse")
    assert (nurse.abbreviation, nurse.alternatives) == ("RN", ("café nurse",))


def test_reading_order_starts_with_the_document_and_its_study() -> None:
    names = [type(r).__name__ for r in sorted(reversed(ward()), key=order_key)]
    assert names[:2] == ["Document", "Study"]
    assert names == sorted(names, key=["Document", "Study", *CLASSES].index)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"iri": "not an iri"}, "not an absolute IRI"),
        ({"iri": "urn:x> <urn:y> <urn:z> . <urn:x"}, "not an absolute IRI"),
        ({"study": "urn:x\n"}, "not an absolute IRI"),
        ({"label": "\ud800"}, "surrogate"),
        ({"label": None}, "is missing"),
        ({"score": float("nan")}, "finite"),
        ({"order": 2**70}, "too big"),
    ],
)
def test_a_record_that_no_graph_can_hold_is_refused(change: dict[str, object], problem: str) -> None:
    theme = dataclasses.replace(Theme(iri="urn:t", label="t", document=ANY), **change)
    for project in (lambda r: list(to_quads([r])), lambda r: to_rows([r])):
        with pytest.raises(RecordError, match=problem):
            project(theme)


def test_a_point_in_time_has_one_spelling() -> None:
    (decision,) = [r for r in review(ward()) if isinstance(r, Decision)]
    for told in ("2026-11-23T10:00:00.000+00:00", "2026-11-23T10:00:00Z"):
        assert canonical(dataclasses.replace(decision, time=told)).time == "2026-11-23T10:00:00Z"
    assert canonical(dataclasses.replace(decision, time="2026-11-23T10:00:00.120+02:00")).time.endswith("00.12+02:00")
    with pytest.raises(RecordError, match="ISO 8601"):
        canonical(dataclasses.replace(decision, time="yesterday"))


def test_the_slot_table_leaves_no_room_for_confusion() -> None:
    direct = {name for name, *_ in PREDICATES.values()}
    for cls in (Passage, *CLASSES.values()):
        slots = slots_of(cls)
        links = [slot.relationship for slot in slots if slot.is_link]
        assert len(set(links)) == len(links), f"{cls.__name__}: two slots share a relationship type"
        assert len({slot.path for slot in slots}) == len(slots), f"{cls.__name__}: two slots share a property"
        assert direct.isdisjoint(links), f"{cls.__name__}: a slot has the relationship type of a shortcut"
        assert set(PREDICATES).isdisjoint(slot.path for slot in slots)
        assert {"iri", "assertion", "derived"}.isdisjoint(slot.name for slot in slots)


def test_what_the_fullest_document_says_of_a_study_goes_before_what_others_say() -> None:
    levels = {"citation": "As cited", "full text": "As printed", "abstract": "As announced"}
    told = [
        Study(iri="urn:s", document=f"urn:d{n}", title=title, evidence_level=level, country=(level,))
        for n, (level, title) in enumerate(levels.items())
    ]
    for order in (told, told[::-1]):
        (study,) = merged(order).values()
        assert isinstance(study, Study)
        assert (study.evidence_level, study.title, study.document) == ("full text", "As printed", "urn:d0")
        assert study.country == ("abstract", "citation", "full text")
