"""What the tests of the Turtle files share: the files as graphs, and the slots that a class declares itself."""

import warnings
from functools import cache
from pathlib import Path

from rdflib import Graph
from rdflib.collection import Collection
from rdflib.term import Node

import ontology
from ontology.base import Passage, Record
from ontology.model import ABSTRACT, CLASSES, class_iri
from ontology.slots import Slot, slots_of

HOME = Path(ontology.__file__).parent
VALID = sorted((HOME / "examples" / "valid").glob("*.ttl"))
INVALID = sorted((HOME / "examples" / "invalid").glob("*.ttl"))
SCHEMES = sorted((HOME / "vocabulary").glob("*.ttl"))
EVERY: tuple[type, ...] = (*ABSTRACT, *CLASSES.values(), Passage)
"""Every class of the model, abstract ones and passages included."""
DATATYPES = {"str": "string", "int": "integer", "float": "double", "bool": "boolean", "datetime": "dateTime"}


@cache
def graph_of(path: Path) -> Graph:
    """A Turtle file as a graph, read once; what rdflib says of ill-typed literals is what some examples are for."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return Graph().parse(path, format="turtle")


def own_slots(cls: type) -> list[Slot]:
    """The slots that a class adds to those of its superclasses."""
    above = {slot.name for base in cls.__mro__[1:] if base is not object for slot in slots_of(base)}
    return [slot for slot in slots_of(cls) if slot.name not in above]


def targets_of(slot: Slot) -> set[str]:
    """The IRIs of the classes that a reference may point to; "Record" is any record, concepts included."""
    found = set()
    for name in slot.target:
        if name == "Record":
            found |= {class_iri(cls) for cls in (Record, CLASSES["Concept"], CLASSES["ConceptScheme"])}
        else:
            found.add(class_iri(Passage if name == "Passage" else CLASSES[name]))
    return found


def items(graph: Graph, head: Node | None) -> list[Node]:
    """The members of an RDF list; none where there is no list."""
    return [] if head is None else list(Collection(graph, head))
