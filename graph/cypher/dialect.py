"""Where KGLite 0.21.2 understands Cypher otherwise than Neo4j: what is rewritten for it, and what is refused.

Found by running the same queries on both; `tests/contract` keeps the list honest.
"""

import re
from collections.abc import Mapping
from typing import Any

from graph.errors import QueryError

DISABLED_PASSES = ["fuse_match_return_aggregate", "fuse_optional_match_aggregate"]
"""Passes of its optimiser that give wrong answers: `count(*)` after an undirected walk of several steps was 0, and
`OPTIONAL MATCH ... WITH x, count(x)` made one group of all."""

PLACE = "Carekg_in_"
"""What the primary types of nodes begin with (see `graph.cypher.places`); no label that people see does."""
PLACES = tuple(PLACE + name for name in ("passages", "links", "lists", "plain"))
"""The primary types of nodes of the label `Entity`: each has an index of its own by IRI, which the label lacks."""

_APART = r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`[^`]*`|//[^\n]*|/\*.*?\*/"""
_OWN = ("end", "id", "label", "name", "node_type", "title", "type")
_PREFIX = "carekg_"
_PREFIXED = {name: _PREFIX + name for name in _OWN}
_PLAIN = {str, int, float, bool, type(None)}
ENCODED_NAMES = frozenset(_PREFIX + name for name in _OWN)
"""Names of properties as KGLite sees them, which `keys` gives back as text."""
_NAMED = re.compile(rf"{_APART}|(?:\.\s*|[{{,]\s*(?=\w+\s*:))(?P<name>{'|'.join(_OWN)})\b(?!\s*\()", re.DOTALL)
_OF_NODE = r"\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)"
_LISTED = re.compile(rf"{_APART}|\b(?P<what>keys|labels)\s*{_OF_NODE}", re.DOTALL | re.IGNORECASE)
_HIDDEN = {"keys": "= 'id'", "labels": f"STARTS WITH '{PLACE}'"}
_SHOWN = re.compile(rf"\(\[carekg_of IN (\w+{_OF_NODE}) WHERE NOT carekg_of (?:{'|'.join(_HIDDEN.values())})\]\)")
_ANCHOR = re.compile(rf"{_APART}|(?P<name>\(\s*\w*\s*:\s*)Entity(?=\s*\{{\s*iri\s*:[^,{{}}]*\}})", re.DOTALL)
_ENCODED = re.compile(rf"\b{_PREFIX}({'|'.join(_OWN)})\b")
_ASIDE = re.compile(_APART, re.DOTALL)
_RELATIONSHIP = re.compile(r"-\s*\[\s*(\w+)\s*[:\]{*]")
_PATTERN_MAP = re.compile(r"(?:(?<!\w)\(|(?<=-)\[)\s*\w*\s*(?::[^(){}\[\]]*)?\{([^{}]*)\}")
_PROPERTY = re.compile(r":\s*(\w+)\s*\.\s*(\w+)")


def encoded(text: str) -> str:
    """Return a query with the names of properties that mean something else to KGLite prefixed, and with what is ours
    alone left out of keys and labels.

    It answers `n.label`, `n.type` and `n.id` for a node without such a property, takes `n.name` for `n.title`, and
    knows `end` as a keyword only; Neo4j knows properties. Strings, comments and functions stay as they are. A node that
    is looked for by `Entity` and `iri` alone is looked for where such nodes are kept.

    >>> encoded("MATCH (q:Quote {end: 9})-[r]->(b) RETURN b.label, type(r), 'q.end'")
    "MATCH (q:Quote {carekg_end: 9})-[r]->(b) RETURN b.carekg_label, type(r), 'q.end'"
    >>> encoded("MATCH (n) RETURN keys(n)")
    "MATCH (n) RETURN ([carekg_of IN keys(n) WHERE NOT carekg_of = 'id'])"
    >>> encoded("MATCH (n:Entity {iri: 'urn:a'}) RETURN n")[:40]
    'MATCH (n:Carekg_in_passages|Carekg_in_li'
    """

    def named(found: re.Match[str]) -> str:
        name = found["name"]
        return f"{found[0][: -len(name)]}{_PREFIX}{name}" if name else found[0]

    def listed(found: re.Match[str]) -> str:
        if not found["what"]:
            return found[0]
        return f"([carekg_of IN {found[0]} WHERE NOT carekg_of {_HIDDEN[found['what'].lower()]}])"

    def anchored(found: re.Match[str]) -> str:
        return found["name"] + "|".join(PLACES) if found["name"] else found[0]

    return _ANCHOR.sub(anchored, _LISTED.sub(listed, _NAMED.sub(named, text)))


def encoded_params(params: Mapping[str, Any]) -> dict[str, Any]:
    """Return parameters with the keys of the maps in them prefixed in the same way."""
    return {name: _encoded_keys(value) for name, value in params.items()}


def _encoded_keys(value: Any) -> Any:  # noqa: ANN401 - as many types as Cypher has
    if isinstance(value, dict | Mapping):
        return {_PREFIXED.get(k, k): v if type(v) in _PLAIN else _encoded_keys(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [v if type(v) in _PLAIN else _encoded_keys(v) for v in value]
    return value


def decoded(text: str) -> str:
    """Return the name of a column, or of a property, as it was in the query.

    >>> decoded("q.carekg_end"), decoded(encoded("size(labels(n))"))
    ('q.end', 'size(labels(n))')
    """
    return _ENCODED.sub(r"\1", _SHOWN.sub(r"\1", text))


def decoded_keys(found: Mapping[str, Any]) -> dict[str, Any]:
    """Return a map of a result under its own keys, without those that KGLite adds."""
    return {decoded(key): value for key, value in found.items() if key not in _OWN}


def check(text: str) -> None:
    """Refuse a query on which KGLite is silently wrong: a pattern that is given a property of a relationship.

    Raises:
        QueryError: names the property and how to write it.

    >>> check("MATCH ()-[r:SUPPORTS]->() MATCH (a:Assertion) WHERE a.iri = r.assertion RETURN a")
    """
    plain = _ASIDE.sub(lambda found: " " * len(found[0]), text)
    relationships = set(_RELATIONSHIP.findall(plain))
    for inside in _PATTERN_MAP.findall(plain):
        for name, key in _PROPERTY.findall(inside):
            if name in relationships:
                problem = f"the embedded engine cannot match a pattern against {name}.{key}, of a relationship"
                raise QueryError("Cypher query", problem, f"write it in WHERE: ... = {name}.{key}")
