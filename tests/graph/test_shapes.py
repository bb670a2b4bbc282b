"""What is surely in order and what pySHACL says of it: on anything, the two agree."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph import shapes
from graph.project import to_quads
from graph.validate import found_by_pyshacl, validate
from ontology.base import Passage, Record
from ontology.errors import VocabularyError
from ontology.model import CLASSES, PREDICATES, class_iri
from ontology.namespaces import CKG, RDF, RDFS, SH, SKOS, XSD
from ontology.slots import slots_of
from ontology.vocabulary import load_vocabulary
from tests.strategies import record_sets

EXAMPLES = Path(shapes.__file__).parents[1] / "ontology" / "examples"
PATHS = sorted({slot.path for cls in (Passage, *CLASSES.values()) for slot in slots_of(cls)} | set(PREDICATES))
KINDS = sorted({class_iri(cls) for cls in (Passage, *CLASSES.values())} | {CKG + "Record", CKG + "Determinant"})
LITERALS = st.one_of(
    st.sampled_from(["", "a", "team", "full text", "proposed", "10.5555/a", "PMC1", "pmc7", "0" * 64, "results"]).map(
        ox.Literal
    ),
    st.builds(
        lambda text, kind: ox.Literal(text, datatype=ox.NamedNode(XSD + kind)),
        st.sampled_from([
            "0", "1", "-1", "+3", "007", "1.0", "0.5", "1.5", "1e0", "1E400", "NaN", "INF", " 1", "1_0",
            "true", "false", "TRUE",
            "2024-01-02T03:04:05Z", "2024-02-30T00:00:00Z", "2024-01-02", "2024-01-02T24:00:00Z", "x", "", "9" * 30,
        ]),
        st.sampled_from(["integer", "double", "boolean", "dateTime", "string", "decimal", "int", "float"]),
    ),
    st.just(ox.Literal("a", language="en")),
)  # fmt: skip
UNUSUAL = {"1E400", "NaN", "INF", " 1", "1_0", "TRUE", "9" * 30, "1", "0", "2024-01-02T24:00:00Z", "2024-01-02"}
TERMS = {term.iri for term in load_vocabulary().records()}
"""What only pySHACL looks at where data describe it themselves: it is shipped."""
Quads = list[ox.Quad]


def told(records: tuple[Record, ...]) -> Quads:
    return list(ox.parse("".join(to_quads(records)).encode(), format=ox.RdfFormat.N_QUADS))


@st.composite
def spoilt(draw: st.DrawFn) -> Quads:
    """Statements of records, some of them left out, some changed, some added that no record would give."""
    quads = told(draw(record_sets()))
    nodes = sorted({quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)})
    terms = [concept.iri for concept in load_vocabulary().concepts[:3]]
    ends = st.one_of(LITERALS, st.sampled_from([*nodes, *terms, "urn:nobody"]).map(ox.NamedNode))
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(quads) - 1))
        quad, how = quads[at], draw(st.sampled_from(["gone", "other", "moved", "more", "kind"]))
        if how == "gone":
            del quads[at]
        elif how == "other":
            quads[at] = ox.Quad(quad.subject, quad.predicate, draw(ends))
        elif how == "moved":
            quads[at] = ox.Quad(quad.subject, ox.NamedNode(draw(st.sampled_from(PATHS))), quad.object)
        elif how == "more":
            quads.append(ox.Quad(quad.subject, ox.NamedNode(draw(st.sampled_from(PATHS))), draw(ends)))
        else:
            kind = ox.NamedNode(draw(st.sampled_from(KINDS)))
            quads.append(ox.Quad(quad.subject, ox.NamedNode(RDF + "type"), kind))
        if not quads:
            break
    return quads


@settings(max_examples=150, deadline=None)
@given(quads=spoilt())
def test_what_is_surely_in_order_is_accepted_by_pyshacl_and_the_other_way_round(quads: Quads) -> None:
    found = found_by_pyshacl(f"{quad.subject} {quad.predicate} {quad.object} .\n" for quad in quads)
    if shapes.conforms(quads):
        assert found == []
    else:
        assert found or unusual(quads)


def unusual(quads: Quads) -> bool:
    """Whether something is spelled so that only pySHACL looks at it."""
    values = {quad.object.value for quad in quads if isinstance(quad.object, ox.Literal)}
    return not values.isdisjoint(UNUSUAL) or any(quad.subject.value in TERMS for quad in quads)


@settings(max_examples=60, deadline=None)
@given(records=record_sets())
def test_what_the_model_makes_is_surely_in_order(records: tuple[Record, ...]) -> None:
    assert shapes.conforms(told(records)) or {record.iri for record in records} & TERMS
    assert found_by_pyshacl(to_quads(records)) == []


@pytest.mark.parametrize("file", sorted(EXAMPLES.glob("*/*.ttl")), ids=lambda file: file.stem)
def test_of_the_examples_the_valid_are_surely_in_order(file: Path) -> None:
    """Save the one that describes shipped terms: these are left to pySHACL."""
    if file.stem == "vocabulary":
        assert validate(file.read_text(encoding="utf-8")) == []
        return
    assert shapes.conforms(ox.parse(path=str(file), format=ox.RdfFormat.TURTLE)) is (file.parent.name == "valid")


def test_pyshacl_is_asked_only_where_something_may_be_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pyshacl.validate", lambda *_, **__: pytest.fail("was asked"))
    right = f'<urn:b> a <{CKG}Barrier> ; <{SKOS}prefLabel> "late" .'
    assert validate(right) == []
    with pytest.raises(pytest.fail.Exception, match="was asked"):
        validate(right + f' <urn:b> <{CKG}level> "ward" .')


@pytest.mark.parametrize(
    "more",
    [
        f"_:b a <{CKG}Barrier> .",
        f"<{CKG}Barrier> <{RDFS}subClassOf> <{CKG}Facilitator> .",
        f'<urn:b> <{CKG}score> "1E400"^^<{XSD}double> .',
    ],
)
def test_what_is_not_looked_at_is_not_sure(more: str) -> None:
    right = f'<urn:b> a <{CKG}Barrier> ; <{SKOS}prefLabel> "late" .'
    assert shapes.conforms(ox.parse(right, format=ox.RdfFormat.TURTLE))
    assert not shapes.conforms(ox.parse(f"{right} {more}", format=ox.RdfFormat.TURTLE))


def test_a_rule_that_is_unknown_is_said_and_not_passed_over() -> None:
    shape, own = (
        ox.NamedNode("urn:shape"),
        {SH + "maxLength": [ox.Literal("3", datatype=ox.NamedNode(XSD + "integer"))]},
    )
    with pytest.raises(VocabularyError, match="sh:maxLength"):
        list(shapes._checks({shape: own}, shape))
