"""The slot table itself."""

import dataclasses

import pytest

from ontology import model
from ontology.base import Record
from ontology.model import ABSTRACT, CLASSES, PREDICATES, labels_of
from ontology.slots import slots_of


def test_the_table_of_classes_holds_the_living_classes_and_no_abstract_one() -> None:
    assert all(getattr(model, name) is cls for name, cls in CLASSES.items())
    assert not {cls.__name__ for cls in ABSTRACT} & CLASSES.keys()
    assert {"Document", "Position", "Barrier", "Concept", "Decision"} <= CLASSES.keys()


@pytest.mark.parametrize("kind", sorted(CLASSES))
def test_every_field_but_the_iri_is_a_slot(kind: str) -> None:
    cls = CLASSES[kind]
    assert {f.name for f in dataclasses.fields(cls)} == {s.name for s in slots_of(cls)} | {"iri"}


@pytest.mark.parametrize("kind", sorted(CLASSES))
def test_targets_and_relationships_are_named(kind: str) -> None:
    for slot in slots_of(CLASSES[kind]):
        assert slot.is_link == bool(slot.target) == bool(slot.relationship)
        assert set(slot.target) <= CLASSES.keys() | {"Record", "Passage"}
        assert slot.relationship == slot.relationship.upper()
        assert not (slot.choices and slot.kind != "str")


def test_a_path_is_used_once_in_a_class() -> None:
    for cls in CLASSES.values():
        paths = [slot.path for slot in slots_of(cls)]
        assert len(paths) == len(set(paths)), cls


def test_shortcuts_have_a_relationship_type_of_their_own() -> None:
    slots = {slot.relationship for cls in CLASSES.values() for slot in slots_of(cls) if slot.is_link}
    types = [relationship for relationship, _, _ in PREDICATES.values()]
    assert len(types) == len(set(types))
    assert not slots & set(types)
    for _, subjects, objects in PREDICATES.values():
        assert {*subjects, *objects} <= CLASSES.keys()


def test_labels_go_from_the_class_to_entity() -> None:
    assert labels_of(CLASSES["Position"]) == ("Position", "Finding", "Entity")
    assert all(labels_of(cls)[-1] == "Entity" for cls in CLASSES.values())
    assert "Record" not in {label for cls in CLASSES.values() for label in labels_of(cls)}
    assert issubclass(CLASSES["Barrier"], Record)
