"""Whether data surely conform to `ontology/shapes.ttl`, found out in a few milliseconds.

pySHACL takes a tenth of a second for the shapes of one study. Nearly all data conform, and that is quickly seen: the
shapes are read once into one check for each class, and the statements are gone through once. `conforms` is true where
everything is surely in order. Where something is not, or is of a kind that is not looked at here (blank nodes, a class
hierarchy in the data, numbers in unusual spellings), it is false, and pySHACL decides (`graph.validate`). A test holds
the two together: what is surely in order here, pySHACL accepts, and what it accepts of what the model makes is surely
in order here.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import TypeGuard

import pyoxigraph as ox

from ontology.errors import VocabularyError
from ontology.namespaces import RDF, RDFS, SCHEME, SH, XSD

Term = ox.NamedNode | ox.BlankNode | ox.Literal
Check = Callable[["_Data", Set[Term]], bool]
"""Whether all these values are surely in order."""

_TYPE, _SUBCLASS = ox.NamedNode(RDF + "type"), ox.NamedNode(RDFS + "subClassOf")
_SPELLED = {
    XSD + "string": re.compile(""),
    XSD + "integer": re.compile(r"[+-]?[0-9]{1,400}\Z"),
    XSD + "double": re.compile(r"[+-]?([0-9]{1,400}(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,2})?\Z"),
    XSD + "boolean": re.compile(r"(true|false)\Z"),
    XSD + "dateTime": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})\Z"),
}
_SAID = {"path", "message", "type", "property", "targetClass", "targetSubjectsOf", "flags"}
"""What is said of a shape beside the rules that it makes."""


@dataclass(slots=True)
class _Data:
    """Statements by subject and property, and what each node is an instance of."""

    told: dict[Term, dict[str, set[Term]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(set)))

    def values(self, node: Term, path: str) -> Set[Term]:
        """Return the values of a property of a node."""
        return self.told[node][path] if node in self.told else frozenset()

    def is_a(self, node: Term, cls: str) -> bool:
        """Say whether a node is an instance of a class or of a class below it."""
        kinds = self.values(node, _TYPE.value) or _terms().get(node, frozenset())
        return any(cls in _above(kind.value) for kind in kinds if isinstance(kind, ox.NamedNode))


@dataclass(frozen=True, slots=True)
class _Shape:
    """A node shape: whom it is for, what it asks of them and of the values of their properties."""

    classes: tuple[str, ...]
    subjects_of: tuple[str, ...]
    checks: tuple[Check, ...]
    properties: tuple[tuple[str, tuple[Check, ...]], ...]

    def holds(self, data: _Data, node: Term) -> bool:
        """Say whether a node is surely as the shape asks."""
        return all(check(data, {node}) for check in self.checks) and all(
            check(data, data.values(node, path)) if not isinstance(check, _LessThan) else check.holds(data, node, path)
            for path, checks in self.properties
            for check in checks
        )


@dataclass(frozen=True, slots=True)
class _LessThan:
    """The one rule that looks at two properties of a node."""

    other: str

    def __call__(self, data: _Data, values: Set[Term]) -> bool:
        """Never sure: it needs the node."""
        return False

    def holds(self, data: _Data, node: Term, path: str) -> bool:
        """Say whether every value is surely less than all of the other property."""
        pairs = [(_number(a), _number(b)) for a in data.values(node, path) for b in data.values(node, self.other)]
        return all(a is not None and b is not None and a < b for a, b in pairs)


def conforms(quads: Iterable[ox.Quad] | Iterable[ox.Triple]) -> bool:
    """Say whether statements surely conform; they may point to terms of the shipped vocabularies.

    Raises:
        VocabularyError: the shapes have a rule that is unknown here.

    >>> label = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
    >>> told = f"<urn:b> a <https://w3id.org/carekg/vocab/Barrier> ; {label} 'late letters' ."
    >>> conforms(ox.parse(told, format=ox.RdfFormat.TURTLE))
    True
    """
    data = _Data()
    for quad in quads:
        if not isinstance(quad.subject, ox.NamedNode) or isinstance(quad.object, ox.Triple):
            return False
        if quad.predicate == _SUBCLASS:
            return False
        data.told[quad.subject][quad.predicate.value].add(quad.object)
    if any(node in _terms() for node in data.told):
        return False
    for node, told in data.told.items():
        kinds = {name for kind in told[_TYPE.value] if isinstance(kind, ox.NamedNode) for name in _above(kind.value)}
        for shape in _shapes():
            meant = not kinds.isdisjoint(shape.classes) or any(told.get(path) for path in shape.subjects_of)
            if meant and not shape.holds(data, node):
                return False
    return True


@cache
def _above(cls: str) -> frozenset[str]:
    """Return a class and those above it."""
    return frozenset({cls}.union(*(_above(name) for name in _supers().get(cls, ()))))


@cache
def _supers() -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for told in _parsed("ontology", "carekg.ttl"):
        if told.predicate == _SUBCLASS and isinstance(told.object, ox.NamedNode):
            found[_name(told.subject)].add(told.object.value)
    return found


@cache
def _terms() -> dict[Term, set[Term]]:
    """Return the terms of the shipped vocabularies with their classes; a test has it that they conform."""
    found: dict[Term, set[Term]] = defaultdict(set)
    for file in files("ontology.vocabulary").iterdir():
        for told in _parsed("ontology.vocabulary", file.name) if file.name.endswith(".ttl") else ():
            if isinstance(told.subject, ox.NamedNode) and told.subject.value.startswith(SCHEME):
                found[told.subject] |= {told.object} if told.predicate == _TYPE else set()  # type: ignore[arg-type]
    return found


def _parsed(package: str, name: str) -> Iterator[ox.Triple]:
    text = files(package).joinpath(name).read_text("utf-8")
    try:
        for quad in ox.parse(text, format=ox.RdfFormat.TURTLE):
            yield quad.triple
    except SyntaxError as error:
        raise VocabularyError(name, f"is not Turtle ({error})", "mend the file") from error


@cache
def _shapes() -> tuple[_Shape, ...]:
    """Return the node shapes that have targets."""
    told: dict[Term, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for triple in _parsed("ontology", "shapes.ttl"):
        told[triple.subject][triple.predicate.value].append(triple.object)  # type: ignore[index, arg-type]
    return tuple(
        _shape(told, node)
        for node in list(told)
        if told[node][SH + "targetClass"] or told[node][SH + "targetSubjectsOf"]
    )


_Told = dict[Term, dict[str, list[Term]]]


def _shape(told: _Told, node: Term) -> _Shape:
    own = told[node]
    return _Shape(
        classes=tuple(map(_name, own[SH + "targetClass"])),
        subjects_of=tuple(map(_name, own[SH + "targetSubjectsOf"])),
        checks=tuple(_checks(told, node)),
        properties=tuple((_path(told, one), tuple(_checks(told, one))) for one in own[SH + "property"]),
    )


def _path(told: _Told, node: Term) -> str:
    (path,) = told[node][SH + "path"]
    return _name(path)


def _checks(told: _Told, node: Term) -> Iterator[Check]:
    """Yield the checks of the rules of a shape.

    Raises:
        VocabularyError: a rule is unknown.
    """
    for predicate, values in list(told[node].items()):
        name = predicate.removeprefix(SH).removeprefix(RDF)
        if name in _SAID or not values:
            continue
        for value in values:
            yield _check(told, node, name, value)


def _check(told: _Told, node: Term, name: str, value: Term) -> Check:
    number = _number(value)
    if number is not None and name in _BOUNDS:
        return _BOUNDS[name](number)
    if isinstance(value, ox.NamedNode):
        iri = value.value
        if name == "class":
            return lambda data, found: all(isinstance(one, ox.NamedNode) and data.is_a(one, iri) for one in found)
        if name == "datatype" and iri in _SPELLED:
            return lambda _, found: all(_is_spelled(one, iri) for one in found)
        if name == "nodeKind" and iri == SH + "IRI":
            return lambda _, found: all(isinstance(one, ox.NamedNode) for one in found)
        if name == "lessThan":
            return _LessThan(iri)
    if name == "in":
        choices = set(_listed(told, value))
        return lambda _, found: choices.issuperset(found)
    if name == "pattern" and isinstance(value, ox.Literal):
        flags = {one.value for one in told[node][SH + "flags"] if isinstance(one, ox.Literal)}
        if flags <= {"i"}:
            wanted = re.compile(value.value, re.IGNORECASE if flags else 0)
            return lambda _, found: all(_is_text(one) and wanted.search(one.value) for one in found)
    if name == "or":
        among = [_alternative(told, one) for one in _listed(told, value)]
        return lambda data, found: all(any(one(data, node) for one in among) for node in found)
    if name == "not" and set(told[value]) == {SH + "class"}:
        # Only what is false for sure may be turned round: of a class, nothing is unsure.
        other = _alternative(told, value)
        return lambda data, found: not any(other(data, node) for node in found)
    raise VocabularyError("shapes.ttl", f"{node} has sh:{name}, which graph/shapes.py does not know", "teach it there")


def _alternative(told: _Told, node: Term) -> Callable[[_Data, Term], bool]:
    """Return a check of one node by a shape that stands within another."""
    checks = tuple(_checks(told, node))
    if told[node][SH + "path"]:
        path = _path(told, node)
        return lambda data, focus: all(check(data, data.values(focus, path)) for check in checks)
    return lambda data, focus: all(check(data, {focus}) for check in checks)


_BOUNDS: dict[str, Callable[[float], Check]] = {
    "minCount": lambda least: lambda _, found: len(found) >= least,
    "maxCount": lambda most: lambda _, found: len(found) <= most,
    "minInclusive": lambda least: (
        lambda _, found: all((at := _number(one)) is not None and at >= least for one in found)
    ),
    "maxInclusive": lambda most: lambda _, found: all((at := _number(one)) is not None and at <= most for one in found),
    "minLength": lambda least: (
        lambda _, found: all(isinstance(one, ox.Literal) and len(one.value) >= least for one in found)
    ),
}


def _number(term: Term) -> float | None:
    """Return the value of a number in a usual spelling, else None."""
    if isinstance(term, ox.Literal):
        if _is_spelled(term, XSD + "integer"):
            return int(term.value)
        if _is_spelled(term, XSD + "double"):
            return float(term.value)
    return None


def _is_spelled(term: Term, datatype: str) -> bool:
    """Whether a literal is of a datatype, and surely spelled as it should be."""
    if not isinstance(term, ox.Literal) or term.datatype.value != datatype:
        return False
    if _SPELLED[datatype].match(term.value) is None:
        return False
    return datatype != XSD + "dateTime" or _is_moment(term.value)


def _is_moment(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_text(term: Term) -> TypeGuard[ox.NamedNode | ox.Literal]:
    """Whether a pattern may say something of a term: of an IRI too."""
    return isinstance(term, ox.NamedNode | ox.Literal)


def _listed(told: _Told, head: Term) -> Iterator[Term]:
    while head != ox.NamedNode(RDF + "nil"):
        yield told[head][RDF + "first"][0]
        head = told[head][RDF + "rest"][0]


def _name(term: object) -> str:
    if not isinstance(term, ox.NamedNode):
        raise VocabularyError("ontology", f"{term} stands where a name is needed", "give it an IRI")
    return term.value
