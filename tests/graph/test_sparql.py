"""Parameters into SPARQL, and plain values out of it."""

from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import QueryError
from graph.sparql import bound, run
from ontology.namespaces import PREFIXES

EX = "https://example.org/"


@pytest.fixture
def store() -> Iterator[ox.Store]:
    store = ox.Store()
    turtle = """
        @prefix e: <https://example.org/> .
        e:a e:word "one \\"two\\"" ; e:number 3 ; e:part 0.5 ; e:real 1.5e0 ; e:true true ; e:next e:b ;
            e:when "2026-11-23T10:00:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime> ; e:said "ja"@de .
        e:b e:word "$word" .
    """
    store.load(turtle.encode(), format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(EX + "g"))
    yield store


def test_values_come_out_plain(store: ox.Store) -> None:
    table = run(store, f"SELECT ?p ?o {{ <{EX}a> ?p ?o }}")
    assert {(p.removeprefix(EX), o, type(o)) for p, o in table.rows} == {
        ("word", 'one "two"', str), ("number", 3, int), ("part", 0.5, float), ("real", 1.5, float),
        ("true", True, bool), ("next", EX + "b", str), ("when", "2026-11-23T10:00:00Z", str), ("said", "ja", str),
    }  # fmt: skip
    assert run(store, f"SELECT ?x {{ <{EX}a> <{EX}none> ?x }}").rows == ()
    assert run(store, f"SELECT ?x ?y {{ <{EX}b> <{EX}word> ?x OPTIONAL {{ ?x <{EX}none> ?y }} }}").rows == (
        ("$word", None),
    )


def test_ask_and_construct_are_tables_too(store: ox.Store) -> None:
    assert run(store, f"ASK {{ <{EX}a> ?p ?o }}").dicts() == [{"result": True}]
    table = run(store, f"CONSTRUCT {{ ?b <{EX}before> ?a }} WHERE {{ ?a <{EX}next> ?b }}")
    assert table.dicts() == [{"subject": EX + "b", "predicate": EX + "before", "object": EX + "a"}]


@pytest.mark.parametrize(
    ("value", "found"), [(EX + "b", "b"), ('one "two"', "a"), (3, "a"), (1.5, "a"), (True, "a"), ("'} #", None)]
)
def test_parameters_are_terms(store: ox.Store, value: object, found: str | None) -> None:
    if value == EX + "b":
        table = run(store, f"SELECT ?x {{ VALUES ?x {{ $value }} ?x <{EX}word> ?w }}", {"value": value})
    else:
        table = run(store, "SELECT ?x { ?x ?p $value }", {"value": value})
    assert table.column("x") == ([EX + found] if found else [])


def test_a_parameter_that_is_none_is_left_open(store: ox.Store) -> None:
    query = f"SELECT ?x {{ ?x <{EX}word> ?w FILTER(COALESCE(?w = $word, true)) }}"
    assert len(run(store, query, {"word": None}).rows) == len(run(store, query).rows) == 2
    assert run(store, query, {"word": "$word"}).column("x") == [EX + "b"]


def test_only_parameters_are_replaced() -> None:
    query = "SELECT $x { ?s <http://x/$x> \"$x\", '$x', '''a'$x''', $x, $y } # $x"
    assert bound(query, {"x": 1}).count("integer") == 2
    assert bound(query, {"x": 1}).endswith("$y } # $x")


@given(text=st.text(st.characters(exclude_categories=["Cs"])))
def test_no_text_breaks_out_of_its_literal(text: str) -> None:
    store = ox.Store()
    if not text.startswith(("http://", "https://", "urn:")):
        assert run(store, "SELECT ($text AS ?t) {}", {"text": text}).rows == ((text,),)


def test_a_limit_is_said(store: ox.Store) -> None:
    table = run(store, "SELECT ?p { ?s ?p ?o }", limit=3)
    assert (len(table.rows), table.truncated) == (3, True)
    assert run(store, "SELECT ?p { ?s ?p ?o }", limit=9).truncated is False


@pytest.mark.parametrize("query", ["SELECT ?x {", "INSERT DATA { <urn:a> <urn:b> 1 }", "DROP ALL", ""])
def test_what_is_no_query_is_refused(store: ox.Store, query: str) -> None:
    with pytest.raises(QueryError, match="error at"):
        run(store, query)
    assert len(store) == 9


def test_what_is_wrong_with_a_query_is_said_without_sets_of_characters(store: ox.Store) -> None:
    with pytest.raises(QueryError, match=r"error at 1:10: expected one of [^\[]*; see the SPARQL 1.1 syntax"):
        run(store, "SELECT ?x")


def test_parameters_that_are_no_terms_are_refused(store: ox.Store) -> None:
    with pytest.raises(QueryError, match=r"\$x: is list"):
        run(store, "SELECT ?s { ?s ?p $x }", {"x": ["a"]})
    with pytest.raises(QueryError, match="no IRI"):
        run(store, "SELECT ?s { ?s ?p $x }", {"x": "http://a<b"})


def test_the_prefixes_of_the_project_are_known(store: ox.Store) -> None:
    assert all(run(store, f"ASK {{ ?s a {prefix}:Nothing }}").rows == ((False,),) for prefix in PREFIXES)


def test_a_prefix_that_nobody_declared_is_told_with_those_that_are_known(store: ox.Store) -> None:
    with pytest.raises(QueryError, match=r"1:\d+: this prefix is not declared; declare it; known are .*\bckg\b.*skos"):
        run(store, "SELECT ?b { ?b a foo:Barrier }")
