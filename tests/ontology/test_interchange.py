"""Records as JSON Lines, there and back."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ontology.base import Record
from ontology.errors import RecordError
from ontology.interchange import dumps, from_dict, loads, to_dict
from ontology.model import CLASSES
from ontology.slots import slots_of
from tests.strategies import record_sets, records_of


@pytest.mark.parametrize("kind", sorted(CLASSES))
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_every_class_survives_the_round_trip(kind: str, data: st.DataObject) -> None:
    record = data.draw(records_of(CLASSES[kind]))
    line = "".join(dumps([record]))
    assert line.count("\n") == 1
    (back,) = loads([line])
    assert back == record


@settings(max_examples=60, deadline=None)
@given(records=record_sets())
def test_a_set_of_records_survives_the_round_trip_in_order(records: tuple[Record, ...]) -> None:
    assert tuple(loads(dumps(records))) == records


@settings(max_examples=60, deadline=None)
@given(records=record_sets())
def test_a_generated_set_stands_together(records: tuple[Record, ...]) -> None:
    by_iri = {record.iri: record for record in records}
    assert len(by_iri) == len(records)
    texts = {iri: r.text for iri, r in by_iri.items() if hasattr(r, "text")}
    for record in records:
        for span in record.spans:
            assert texts[span.document][span.start : span.end] == span.exact
        for slot in slots_of(type(record)):
            if slot.kind == "ref":
                value = getattr(record, slot.name)
                for iri in value if slot.many else (value,) if value else ():
                    wanted = tuple(CLASSES[name] for name in slot.target if name in CLASSES) or (Record,)
                    assert isinstance(by_iri[iri], wanted)


def test_the_common_keys_come_first_and_nothing_is_left_out() -> None:
    record = from_dict({"kind": "Limitation", "iri": "i", "statement": "One site."})
    assert list(to_dict(record)) == ["kind", "iri", "document", "study", "spans", "statement", "scope"]
    assert json.loads(next(dumps([record])))["spans"] == []


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"kind": "Barier", "iri": "i"}, "'Barier'"),
        ({"iri": "i"}, "kind None"),
        ({"kind": "Record", "iri": "i"}, "'Record'"),
        ({"kind": "Barrier", "label": "b"}, "no iri"),
        ({"kind": "Barrier", "iri": "i"}, "Barrier.label"),
        ({"kind": "Barrier", "iri": "i", "label": 3}, "is int, not str"),
        ({"kind": "Barrier", "iri": "i", "label": "b", "level": "ward"}, "'ward'"),
        ({"kind": "Barrier", "iri": "i", "label": "b", "score": True}, "is bool, not float"),
        ({"kind": "Barrier", "iri": "i", "label": "b", "colour": "red"}, "colour"),
        ({"kind": "Barrier", "iri": "i", "label": "b", "codes": "x"}, "not a list"),
        ({"kind": "Barrier", "iri": "i", "label": "b", "spans": [{"start": 1}]}, "not a span"),
        (
            {
                "kind": "Barrier",
                "iri": "i",
                "label": "b",
                "spans": [{"document": "d", "start": "1", "end": 2, "exact": "x"}],
            },
            "wrong types",
        ),
    ],
)
def test_what_is_no_record_is_refused_with_the_place(values: dict[str, object], named: str) -> None:
    with pytest.raises(RecordError) as caught:
        from_dict(values, "x.jsonl, line 7")
    assert str(caught.value).startswith("x.jsonl, line 7")
    assert named in str(caught.value)


def test_a_whole_number_stands_for_a_float() -> None:
    assert from_dict({"kind": "Barrier", "iri": "i", "label": "b", "score": 1}).score == 1.0  # type: ignore[attr-defined]


def test_a_broken_line_is_named() -> None:
    lines = ['{"kind": "Limitation", "iri": "i", "statement": "s"}\n', "\n", "{oops\n"]
    with pytest.raises(RecordError, match=r"records\.jsonl, line 3: is not JSON"):
        list(loads(lines))
    with pytest.raises(RecordError, match="not a JSON object"):
        list(loads(["[1]"]))
