"""Competency questions: one TOML file each, with its text, parameters and the same question in SPARQL and Cypher.

The numbers are those of the forty questions that the graph is built to answer. A parameter is a string; in SPARQL it
is the variable `$name`, in Cypher the parameter `$name`.
"""

import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from graph.errors import NotFound, QueryError


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question can be asked about: a name, what it means, its default and its choices, if it has any."""

    name: str
    text: str
    default: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A competency question; both queries give `columns`, in the same order and with equal rows."""

    name: str
    number: int
    text: str
    columns: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    sparql: str
    cypher: str

    def values(self, given: dict[str, str]) -> dict[str, str]:
        """Return the value of every parameter: the one given or its default.

        Raises:
            QueryError: a parameter is unknown or its value is none of its choices.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        for name, value in given.items():
            if name not in known:
                names = ", ".join(known) or "it takes none"
                raise QueryError(f"question {self.name}", f"has no parameter {name}", f"parameters: {names}")
            if known[name].choices and value not in known[name].choices:
                choices = ", ".join(known[name].choices)
                raise QueryError(f"question {self.name}", f"cannot take {name}={value}", f"use one of {choices}")
        return {name: given.get(name, parameter.default) for name, parameter in known.items()}


@cache
def questions() -> tuple[Question, ...]:
    """Return the shipped questions in the order of their numbers.

    >>> [q.name for q in questions() if q.number == 15]
    ['who-should']
    """
    found = (_read(file.name.removesuffix(".toml"), file.read_text("utf-8")) for file in _files())
    return tuple(sorted(found, key=lambda question: question.number))


def question(name: str) -> Question:
    """Return the question of this name or number.

    Raises:
        NotFound: there is none; names close ones.
    """
    for candidate in questions():
        if name in (candidate.name, str(candidate.number)):
            return candidate
    names = [candidate.name for candidate in questions()]
    close = get_close_matches(name, names, n=3, cutoff=0.3) or names
    raise NotFound(f"question {name}", "is not among the shipped ones", f"did you mean {', '.join(close)}?")


def _files() -> list[Traversable]:
    return [file for file in files("graph.questions").iterdir() if file.name.endswith(".toml")]


def _read(name: str, text: str) -> Question:
    told = tomllib.loads(text)
    parameters = tuple(
        Parameter(p["name"], p["text"], p["default"], tuple(p.get("choices", ()))) for p in told.get("parameters", ())
    )
    return Question(
        name=name,
        number=told["number"],
        text=told["text"],
        columns=tuple(told["columns"]),
        parameters=parameters,
        sparql=told["sparql"]["query"].strip(),
        cypher=told["cypher"]["query"].strip(),
    )
