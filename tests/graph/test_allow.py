"""Queries that read pass; everything else is refused, with the place and what to write instead."""

import pytest

from graph.allow import MAX_QUERY, check_cypher, check_sparql
from graph.errors import QueryRefused

READING_SPARQL = [
    "SELECT * WHERE { ?s ?p ?o } LIMIT 5",
    "PREFIX ckg: <https://w3id.org/carekg/vocab/>\nSELECT ?l (COUNT(?q) AS ?n) { ?b a ckg:Barrier } GROUP BY ?l",
    "ASK { GRAPH ?g { ?s ?p 'LOAD <file:///etc/passwd>' } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(!BOUND(?x) && REGEX(?o, '^DROP', 'i')) }",
    "DESCRIBE <https://example.org/INSERT>",
    'SELECT ?s { ?s ?p """a "quoted" line\nDELETE""" }',
    "SELECT ?s { ?s <http://x/service>/<http://x/from>* ?o } # SERVICE <http://x>",
    "SELECT ?s { VALUES ?s { 'a'@en 'b'@en-GB } ?s ckg:from ?load . MINUS { ?s ckg:drop:a true } }",
]
REFUSED_SPARQL = {
    "INSERT DATA { <a> <b> <c> }": "INSERT",
    "DELETE WHERE { ?s ?p ?o }": "DELETE",
    "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }": "SERVICE",
    "SELECT * { SERVICE SILENT ?e { ?s ?p ?o } }": "SERVICE",
    "SELECT * { # comment\n sErViCe <http://127.0.0.1/> { ?s ?p ?o } }": "sErViCe",
    "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }": "FROM",
    "SELECT * FROM NAMED <http://x/> { ?s ?p ?o }": "FROM",
    "LOAD <file:///etc/passwd>": "LOAD",
    "CLEAR ALL": "CLEAR",
    "DROP GRAPH <http://x/>": "DROP",
    "CREATE GRAPH <http://x/>": "CREATE",
    "COPY <a> TO <b>": "COPY",
    "SELECT * { ?s ?p ?o } ; INSERT DATA { <a> <b> <c> }": "INSERT",
    "S\\u0045LECT * { ?s ?p ?o }": "S",
    "SELECT * { \\u0053ERVICE <http://x> { ?s ?p ?o } }": "\\",
    "SELECT * { ?s ?p 'open }": "'",
    "": "none of SELECT",
    "PREFIX a: <b>": "none of SELECT",
}
READING_CYPHER = [
    "MATCH (b:Barrier)-[:STATED_BY]->(r:Role) WHERE b.level = 'team' RETURN r.label AS role, count(*) AS n ORDER BY n",
    "MATCH (q:Quote) WHERE q.exact CONTAINS 'CREATE (n)' RETURN q.set, q.load AS copy",
    "OPTIONAL MATCH (n:Create|Delete) RETURN labels(n)",
    "MATCH p = (a)-[r:MERGE*1..3]->(b) WHERE all(x IN nodes(p) WHERE x.iri IS NOT NULL) RETURN [n IN nodes(p) | n.iri]",
    "UNWIND $rows AS row RETURN row.iri, {set: 1, call: 'x'} AS m // CREATE (n)",
    "MATCH (n) WHERE EXISTS { MATCH (n)-->(m) } AND NOT (n)--(:Role) RETURN n {.iri, .label}",
    "MATCH (n:`CREATE`) /* DELETE n */ RETURN CASE WHEN n.n > 1 THEN 'a' ELSE toLower(n.`drop`) END",
    "RETURN reduce(total = 0, x IN [1, 2] | total + x) AS total",
]
REFUSED_CYPHER = {
    "CREATE (n) RETURN n": "CREATE",
    "MATCH (n) SET n.x = 1": "SET",
    "MATCH (n) DETACH DELETE n": "DETACH",
    "MATCH (n) REMOVE n.x": "REMOVE",
    "MERGE (n:Entity {iri: 'x'}) RETURN n": "MERGE",
    "MATCH (n)\nWITH n\nCALL db.labels() YIELD label RETURN label": "CALL",
    "CALL apoc.load.json('http://x') YIELD value RETURN value": "CALL",
    "MATCH (n) CALL { WITH n DELETE n } RETURN n": "CALL",
    "RETURN apoc.text.join(['a'], '')": "apoc",
    "MATCH (n) WHERE apoc.create.node(['X'], {}) IS NULL RETURN n": "apoc",
    "RETURN `apoc`.`load`.`json`('http://x')": "json",
    "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line": "LOAD",
    "MATCH (n) RETURN n; MATCH (m) DELETE m": ";",
    "MATCH (n) FOREACH (x IN [1] | SET n.y = x)": "FOREACH",
    "MATCH (n) RETURN n UNION MATCH (m) DELETE m RETURN m": "DELETE",
    "\\u0043REATE (n)": "\\",
    "MATCH (n) WHERE n.x = '\\u0027 DELETE n //' RETURN n": "u0027",
    "MATCH (n) /* never closed RETURN n": "/*",
    "MATCH (n) WHERE n.x = 'open RETURN n": "'",
    "USE other MATCH (n) RETURN n": "USE",
    "SHOW USERS": "SHOW",
    "DROP CONSTRAINT x": "DROP",
    "EXPLAIN MATCH (n) RETURN n": "EXPLAIN",
    "COPY (MATCH (n) RETURN n) TO 'x.csv'": "COPY",
    "EXPORT DATABASE 'x'": "EXPORT",
    "MATCH (n) RETURN n INTO OUTFILE 'x'": "INTO",
    "MATCH (n) RETURN readfile('x')": "readfile",
    "   ": "is empty",
}


@pytest.mark.parametrize("query", READING_SPARQL)
def test_a_reading_sparql_query_passes(query: str) -> None:
    assert check_sparql(query) in ("select", "ask", "construct", "describe")


@pytest.mark.parametrize("query", READING_CYPHER)
def test_a_reading_cypher_query_passes(query: str) -> None:
    check_cypher(query)


@pytest.mark.parametrize(("query", "named"), REFUSED_SPARQL.items())
def test_any_other_sparql_is_refused_by_the_word(query: str, named: str) -> None:
    with pytest.raises(QueryRefused) as refusal:
        check_sparql(query)
    assert named in str(refusal.value)
    assert refusal.value.remedy


@pytest.mark.parametrize(("query", "named"), REFUSED_CYPHER.items())
def test_any_other_cypher_is_refused_by_the_word(query: str, named: str) -> None:
    with pytest.raises(QueryRefused) as refusal:
        check_cypher(query)
    assert named in str(refusal.value)
    assert refusal.value.remedy


def test_a_refusal_says_line_and_column() -> None:
    with pytest.raises(QueryRefused) as refusal:
        check_cypher("MATCH (n)\n  SET n.x = 1")
    assert "line 2, column 3" in str(refusal.value)


def test_a_refusal_says_what_to_write_instead() -> None:
    for check, query, instead in (
        (check_sparql, "SELECT * FROM <urn:g> { ?s ?p ?o }", "GRAPH <name>"),
        (check_sparql, "PREFIX service: <urn:s> ASK {}", "another name"),
        (check_cypher, "LOAD CSV FROM 'x' AS row RETURN row", "UNWIND $rows"),
        (check_cypher, "MATCH (n) CALL { WITH n RETURN 1 } RETURN n", "EXISTS"),
        (check_cypher, "MATCH (a)-[*]-(b) RETURN a", "[*1..5]"),
    ):
        with pytest.raises(QueryRefused) as refusal:
            check(query)
        assert instead in refusal.value.remedy


def test_ordinary_names_are_not_taken_for_clauses() -> None:
    check_sparql(
        "PREFIX e: <http://e/from/service#> SELECT ?x { ?x e:service e:from, <http://e/a#b>, _:b . _:b e:a.b 1.5 }"
    )
    check_sparql(
        "SELECT ?x { ?x ckg:score ?s FILTER(?s < 3 && ?s<5 && ?s>1) FILTER(CONTAINS(?x, 'the service\\u00e9')) }"
    )
    check_cypher(
        "MATCH (n)-[r:A|B*2..3]->(m) WHERE n.x * 2 > 3 * [1][0] RETURN count(*) AS n, n.date, date(n.date) AS date"
    )
    check_cypher(
        "MATCH p = (a:A)-[*..4]-(b) WITH p, a AS `set` RETURN [x IN nodes(p) | x.iri][0..2], 0x1F + 1.5e-3 AS n"
    )


def test_a_very_long_query_is_refused_quickly() -> None:
    with pytest.raises(QueryRefused, match="1,000,000 characters"):
        check_sparql("(" * 1_000_000)
    with pytest.raises(QueryRefused):
        check_cypher("MATCH (n) RETURN " + "(" * (MAX_QUERY - 20) + "x")
