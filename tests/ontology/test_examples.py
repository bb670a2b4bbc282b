"""Every valid example conforms; every invalid one gives exactly the violation that it names, and no other."""

import re
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib.namespace import RDF

from graph.project import Statement, from_quads, to_quads
from graph.validate import validate
from ontology.base import Passage, Record
from ontology.model import CLASSES, PREDICATES, Document, class_iri
from ontology.namespaces import CKG
from tests.ontology.turtle import EVERY, INVALID, VALID, graph_of, own_slots

NAMED = re.compile(r"\A# violates: ckg:(\S+) sh:(\w+) focus (\S+)\n# .+\n\n@prefix")
RESPELT = re.compile(r"\d\.\d|\d{4}-\d\d-\d\dT")
"""Doubles and points in time have other lexical forms in the store."""
EXAMPLE = "https://w3id.org/carekg/id/example/"


def stem(path: Path) -> str:
    return path.stem


def records_of(path: Path) -> list[Record]:
    quads = ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
    return list(from_quads(Statement(q.subject.value, q.predicate.value, q.object.value, "urn:g") for q in quads))


@pytest.mark.parametrize("path", VALID, ids=stem)
def test_valid_examples_conform(path: Path) -> None:
    assert validate(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", INVALID, ids=stem)
def test_an_invalid_example_gives_exactly_what_it_names(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    named = NAMED.match(text)
    assert named, "begin with `# violates: ckg:<shape> sh:<component> focus <node>` and a line that says it in words"
    shape, component, focus = named.groups()
    (found,) = validate(text)
    assert (found.shape, found.component) == (CKG + shape, component)
    assert focus in ("blank", found.focus.replace(EXAMPLE, "ex:"))


def test_the_valid_examples_use_every_class_slot_and_shortcut() -> None:
    used = [record for path in VALID for record in records_of(path)]
    assert {type(record) for record in used} == set(CLASSES.values())
    declared = {(cls, slot.name) for cls in EVERY if cls is not Passage for slot in own_slots(cls)}
    filled = {
        (cls, name) for cls, name in declared for r in used if isinstance(r, cls) and getattr(r, name) not in (None, ())
    }
    assert declared - filled == set()
    predicates = {str(p) for path in VALID for p in graph_of(path).predicates()}
    assert PREDICATES.keys() <= predicates


@pytest.mark.parametrize("path", VALID, ids=stem)
def test_the_words_of_valid_examples_are_where_they_say(path: Path) -> None:
    records = records_of(path)
    texts = {r.iri: r.text for r in records if isinstance(r, Document)}
    for record in records:
        assert not isinstance(record, Document) or record.sha256 == sha256(record.text.encode()).hexdigest()
        for span in record.spans:
            assert texts[span.document][span.start : span.end] == span.exact


@pytest.mark.parametrize("path", VALID, ids=stem)
def test_valid_examples_are_what_their_records_write(path: Path) -> None:
    given = {(str(s), str(p), str(o)) for s, p, o in graph_of(path) if str(p) not in PREDICATES}
    passages = {s for s, p, o in given if o == CKG + "Passage"}  # they are named anew, by document and place
    wanted = {t for t in given if not {t[0], t[2]} & passages}
    quads = ox.parse("".join(to_quads(records_of(path))).encode(), format=ox.RdfFormat.N_QUADS)
    written = {(q.subject.value, q.predicate.value, q.object.value) for q in quads}
    assert {t[:2] for t in wanted} - {t[:2] for t in written} == set()
    assert {t for t in wanted if not RESPELT.match(t[2])} - written == set()


def test_the_invalid_examples_break_every_kind_of_rule() -> None:
    assert len(INVALID) >= 20
    broken = {NAMED.match(path.read_text(encoding="utf-8"))[2].removesuffix("ConstraintComponent") for path in INVALID}  # type: ignore[index]
    assert broken == {
        "MinCount", "MaxCount", "Datatype", "NodeKind", "Class", "Or", "Not", "In",
        "MinInclusive", "MaxInclusive", "MinLength", "Pattern", "LessThan",
    }  # fmt: skip


def test_the_invalid_examples_touch_every_class_but_the_ones_without_rules_of_their_own() -> None:
    touched = {str(t) for path in INVALID for t in graph_of(path).objects(None, RDF.type)}
    untouched = {name for name, cls in CLASSES.items() if class_iri(cls) not in touched}
    assert untouched <= {"StudyFact", "Circumstance", "DecisionRule", "BackgroundClaim", "ResearchRecommendation"}
