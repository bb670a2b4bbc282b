"""SPARQL over a store: parameters in, plain values out."""

import contextlib
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import pyoxigraph as ox

from graph import rdf
from graph.errors import QueryError
from graph.results import Written, write
from graph.table import Table
from graph.tokens import SPARQL
from ontology.namespaces import PREFIXES, XSD

_INTEGERS = {XSD + name for name in ("integer", "int", "long", "short", "nonNegativeInteger", "positiveInteger")}
_NUMBERS = {XSD + name for name in ("decimal", "double", "float")}
_CHARACTERS = re.compile(r",? ?\[[^\]]*\]")
"""Sets of characters that Oxigraph would go on with: the signs and words beside them say enough."""
_IRI = re.compile(r"(https?://|urn:)\S+")


def bound(query: str, params: Mapping[str, Any]) -> str:
    """Return the query with each `$name` of a parameter replaced by its value as an RDF term.

    In SPARQL `$name` is a variable like `?name`; here, as in Cypher, `$` marks a parameter. A text that is an absolute
    IRI (http, https, urn) becomes an IRI, other text a plain literal; numbers and truth values are typed. A parameter
    that is None stays an unbound variable: `FILTER(COALESCE(?study = $study, true))` makes one optional.

    >>> bound('SELECT ?s { ?s ckg:level $level } # $level', {"level": "team"})
    'SELECT ?s { ?s ckg:level "team" } # $level'
    """

    def term(found: re.Match[str]) -> str:
        name = found[0][1:] if found.lastgroup == "variable" and found[0][0] == "$" else ""
        value = params.get(name) if name else None
        return found[0] if value is None else str(_term(name, value))

    return SPARQL.sub(term, query)


def run(store: ox.Store, query: str, params: Mapping[str, Any] | None = None, limit: int | None = None) -> Table:
    """Run a query over the union of all named graphs, each triple once; the project's prefixes are known.

    SELECT gives its columns; ASK one column `result`; CONSTRUCT and DESCRIBE `subject`, `predicate`, `object`.

    Raises:
        QueryError: the query is no SPARQL, is an update, or a value cannot be computed; names line and column.
    """
    with _told_as_ours():
        together = not rdf.is_united(store)
        found = store.query(bound(query, params or {}), prefixes=PREFIXES, use_default_graph_as_union=together)
        if isinstance(found, ox.QueryBoolean):
            return Table(("result",), ((bool(found),),))
        if isinstance(found, ox.QueryTriples):
            columns: tuple[str, ...] = ("subject", "predicate", "object")
            rows: Iterator[tuple[Any, ...]] = ((plain(t.subject), plain(t.predicate), plain(t.object)) for t in found)
        else:
            columns = tuple(variable.value for variable in found.variables)
            rows = (tuple(plain(value) for value in solution) for solution in found)
        kept = tuple(rows if limit is None else islice(rows, limit + 1))
    return Table(columns, kept[:limit], truncated=limit is not None and len(kept) > limit)


def document(
    store: ox.Store,
    query: str,
    media: str,
    limit: int,
    default: Sequence[str] | None = None,
    named: Sequence[str] | None = None,
) -> Written:
    """Run a query and return its result as a document of a media type, see `graph.results.write`.

    Without `default` and `named` it runs over the union of all named graphs, as `run` does; with either, over the
    graphs that they name, as section 2.1.4 of the SPARQL 1.1 Protocol says: only `named` leaves the default one empty.

    Raises:
        QueryError: as for `run`.
    """
    graphs: dict[str, Any] = {"use_default_graph_as_union": not rdf.is_united(store)}
    with _told_as_ours():
        if default is not None or named is not None:
            graphs = {
                "default_graph": [ox.NamedNode(name) for name in default or ()],
                "named_graphs": [ox.NamedNode(name) for name in named or ()],
            }
        return write(store.query(query, prefixes=PREFIXES, **graphs), media, limit)


@contextlib.contextmanager
def _told_as_ours() -> Iterator[None]:
    """Raise what Oxigraph raises as a QueryError."""
    try:
        yield
    except (SyntaxError, RuntimeError, ValueError, OSError) as error:
        place, found, _ = str(error).partition(": expected one of Prefix not found")
        if found:
            problem = f"{place}: this prefix is not declared"
            raise QueryError("SPARQL query", problem, f"declare it; known are {', '.join(PREFIXES)}") from error
        raise QueryError("SPARQL query", _CHARACTERS.sub("", str(error)), "see the SPARQL 1.1 syntax") from error


def plain(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> Any:  # noqa: ANN401
    """Return an RDF term as a plain value.

    >>> plain(ox.Literal("0.50", datatype=ox.NamedNode(XSD + "decimal")))
    0.5
    """
    if term is None:
        return None
    if not isinstance(term, ox.Literal):
        return str(term) if isinstance(term, ox.Triple) else term.value
    kind = term.datatype.value
    if kind in _INTEGERS:
        return int(term.value)
    if kind in _NUMBERS:
        return float(term.value)
    return term.value == "true" if kind == XSD + "boolean" else term.value


def _term(name: str, value: object) -> ox.NamedNode | ox.Literal:
    if isinstance(value, str) and _IRI.fullmatch(value):
        try:
            return ox.NamedNode(value)
        except ValueError as error:
            raise QueryError(f"parameter ${name}", f"{value!r} is no IRI ({error})", "check the IRI") from error
    if isinstance(value, bool | int | float | str):
        return ox.Literal(value)
    raise QueryError(f"parameter ${name}", f"is {type(value).__name__}", "give text, a number or true/false")
