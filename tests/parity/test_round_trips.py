"""`from_rdf(to_rdf(r)) == from_rows(to_rows(r)) == r`, for records of every class and text of every kind, through files
and through live engines."""

import dataclasses
from collections.abc import Iterable

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.canonical import SYNTHESIS, canonical, graph_of, merged
from graph.cypher.engine import CypherEngine
from graph.project import Rows, Statement, attested_from_rows, from_quads, from_rows, to_quads, to_rows
from ontology.base import Record
from ontology.identity import mint
from ontology.interchange import to_dict
from ontology.model import CLASSES, Concept, ConceptScheme, Decision, Document, Study
from ontology.slots import slots_of
from tests.strategies import HOSTILE, long_texts, record_sets, records_of

STANDING = (Document, Decision, Concept, ConceptScheme, *SYNTHESIS)
"""What names no document."""
TWO = (mint("Document", "one"), mint("Document", "two"))
RELAXED = settings(deadline=None, suppress_health_check=list(HealthCheck))


def filed(record: Record, document: str = TWO[0]) -> Record:
    """The record with a document, where it must have one."""
    return record if isinstance(record, STANDING) else dataclasses.replace(record, document=document)


def spoken(record: Record, number: int) -> Record:
    """The record with spans in a text of its own: the same place of one text never holds two wordings."""
    text = mint("Document", type(record).__name__, str(number))
    return dataclasses.replace(record, spans=tuple(dataclasses.replace(span, document=text) for span in record.spans))


def from_rdf(lines: Iterable[str]) -> list[Record]:
    """What Oxigraph, given the lines, is read back to."""
    store = ox.Store()
    store.load("".join(lines).encode(), format=ox.RdfFormat.N_QUADS)
    told = [Statement(q.subject.value, q.predicate.value, q.object.value, q.graph_name.value) for q in store]
    return by_name(from_quads(told))


def by_name(records: Iterable[Record]) -> list[Record]:
    return sorted(records, key=lambda record: (record.iri, graph_of(record)))


@pytest.mark.parametrize("kind", sorted(CLASSES))
@settings(RELAXED, max_examples=20)
@given(data=st.data())
def test_every_class_survives_with_missing_repeated_and_hostile_values(kind: str, data: st.DataObject) -> None:
    record = filed(data.draw(records_of(CLASSES[kind])))
    words = [slot for slot in slots_of(CLASSES[kind]) if slot.kind == "str" and not slot.choices]
    if words:
        chosen = data.draw(st.sampled_from(words))
        one = data.draw(long_texts)
        record = dataclasses.replace(record, **{chosen.name: (one, one, *HOSTILE) if chosen.many else one})
    wanted = canonical(record)
    assert all(
        len(set(getattr(wanted, s.name))) == len(getattr(wanted, s.name)) for s in slots_of(type(wanted)) if s.many
    )
    assert from_rdf(to_quads([record])) == list(from_rows(to_rows([record]))) == [wanted]
    assert canonical(wanted) == wanted


@pytest.mark.parametrize("kind", sorted(CLASSES))
def test_every_class_survives_with_nothing_but_what_it_must_have(kind: str) -> None:
    cls = CLASSES[kind]
    given_values = {"int": 0, "float": 0.0, "bool": False, "datetime": "0001-01-01T00:00:00Z", "iri": "urn:p"}
    values = {
        slot.name: mint("Any", slot.name) if slot.kind == "ref" else given_values.get(slot.kind, "")
        for slot in slots_of(cls)
        if slot.required
    }
    record = filed(cls(iri=mint(kind, "least"), **values))
    assert from_rdf(to_quads([record])) == list(from_rows(to_rows([record]))) == [canonical(record)]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_survives_the_files_of_rdf(text: str) -> None:
    record = filed(Study(iri=mint("Study", "s"), title=text, authors=(text, text + "."), evidence_level="abstract"))
    assert from_rdf(to_quads([record])) == [canonical(record)]


@settings(RELAXED, max_examples=60)
@given(data=st.data())
def test_what_two_documents_say_of_one_thing_is_told_apart_again(data: st.DataObject) -> None:
    kinds = sorted(name for name, cls in CLASSES.items() if not issubclass(cls, STANDING))
    records = []
    for name in data.draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=4, unique=True)):
        one, other = (data.draw(records_of(CLASSES[name])) for _ in TWO)
        records += [filed(spoken(one, 0)), filed(dataclasses.replace(spoken(other, 1), iri=one.iri), TWO[1])]
    wanted = by_name(map(canonical, records))
    rows = to_rows(records)
    assert from_rdf(to_quads(records)) == by_name(attested_from_rows(rows)) == wanted
    assert {record.iri: record for record in from_rows(rows)} == merged(wanted)


@settings(RELAXED, max_examples=15)
@given(records=record_sets(max_size=12))
def test_records_survive_a_live_engine(engine: CypherEngine, records: tuple[Record, ...]) -> None:
    given_records = [filed(record) for record in records]
    rows = to_rows([*given_records, *(dataclasses.replace(r, document=TWO[1]) for r in given_records if r.document)])
    engine.rebuild(rows, "state")
    found = engine.rows()
    assert (found.nodes.keys(), found.relationships, found.attestations) == (
        rows.nodes.keys(),
        rows.relationships,
        rows.attestations,
    )
    assert by_name(attested_from_rows(found)) == by_name(attested_from_rows(rows))
    assert engine.part(rows.nodes).attestations == rows.attestations
    assert [iri for page in engine.every_iri(size=7) for iri in page] == sorted(rows.nodes)


def test_hostile_text_survives_a_live_engine(engine: CypherEngine) -> None:
    records = [
        filed(Study(iri=mint("Study", text), title=text, authors=(text, text + "."), evidence_level="abstract"))
        for text in HOSTILE
    ]
    engine.rebuild(to_rows(records), "state")
    assert by_name(from_rows(engine.rows())) == by_name(map(canonical, records))


def test_a_very_long_text_survives_a_live_engine(engine: CypherEngine) -> None:
    title = "".join(HOSTILE) * 5_000
    record = filed(Study(iri=mint("Study", "s"), title=title, evidence_level="abstract"))
    engine.rebuild(to_rows([record]), "state")
    assert list(from_rows(engine.rows())) == [canonical(record)]
    engine.rebuild(Rows(), "state")
    assert engine.counts() == (0, 0)


def test_the_same_record_given_twice_is_attested_once() -> None:
    record = filed(Study(iri=mint("Study", "s"), evidence_level="abstract"))
    assert to_rows([record, record]).attestations == set()
    assert to_dict(next(attested_from_rows(to_rows([record, record])))) == to_dict(record)
