"""The SPARQL endpoint as clients use it: rdflib's, SPARQLWrapper, and plain HTTP."""

import csv
import http.client
import io
import json
import threading
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from urllib.parse import urlencode
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
import rdflib
import uvicorn
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import EndPointInternalError, QueryBadFormed

from graph.endpoint import MAX_BODY, PARTIAL, PATH, Limits, application
from graph.store import EvidenceGraph
from ontology.namespaces import ONTOLOGY_GRAPH, SYNTHESIS_GRAPH

ROLES = "SELECT ?s ?l { ?s a ckg:Role ; skos:prefLabel ?l } ORDER BY ?s"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
SOME, SECONDS = 50, 2.0
SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
Reply = tuple[int, Mapping[str, str], str]


@contextmanager
def served(graph: EvidenceGraph, limits: Limits, origins: tuple[str, ...] = ()) -> Iterator[int]:
    """The endpoint over a store on a free port of this machine."""
    config = uvicorn.Config(application(graph.path, limits, origins), host="127.0.0.1", port=0, log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.01)
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def port(graph: EvidenceGraph) -> Iterator[int]:
    with served(graph, Limits(rows=SOME, seconds=SECONDS)) as opened:
        yield opened


@pytest.fixture
def url(port: int) -> str:
    return f"http://127.0.0.1:{port}{PATH}"


def ask(
    port: int, method: str = "GET", query: str = "", body: str | bytes | None = None, path: str = PATH, **headers: str
) -> Reply:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path + (f"?{query}" if query else ""), body, named)
    reply = connection.getresponse()
    found = reply.status, {name.lower(): value for name, value in reply.getheaders()}, reply.read().decode()
    connection.close()
    return found


def get(port: int, query: str, accept: str = "", **more: str) -> Reply:
    return ask(port, query=urlencode({"query": query} | more), **({"Accept": accept} if accept else {}))


def test_rdflib_reads_the_store_through_it(url: str, graph: EvidenceGraph) -> None:
    remote = rdflib.Graph(SPARQLStore(url))
    found = [(str(row.s), str(row.l)) for row in remote.query(ROLES)]
    assert found == list(graph.sparql(ROLES).rows)
    assert len(found) == 3
    role = rdflib.URIRef(found[0][0])
    label = rdflib.URIRef("http://www.w3.org/2004/02/skos/core#prefLabel")
    assert [str(value) for value in remote.objects(role, label)] == [found[0][1]]
    assert bool(remote.query("ASK { ?s a ckg:Quote }"))


def test_rdflib_posts_too(url: str) -> None:
    for method in ("POST", "POST_FORM"):
        remote = rdflib.Graph(SPARQLStore(url, method=method, returnFormat="json"))
        assert len(list(remote.query(ROLES))) == 3


@pytest.mark.parametrize("direct", [False, True])
def test_sparqlwrapper_gets_every_form(url: str, direct: bool) -> None:
    client = SPARQLWrapper(url)
    client.setMethod(POST)
    if direct:
        client.setRequestMethod(POSTDIRECTLY)
    client.setQuery(ROLES)
    client.setReturnFormat(JSON)
    rows = client.queryAndConvert()["results"]["bindings"]
    assert sorted(row["l"]["value"] for row in rows) == ["nurse", "nurse", "pharmacist"]
    client.setReturnFormat(XML)
    assert len(client.queryAndConvert().getElementsByTagName("result")) == 3
    client.setReturnFormat(CSV)
    assert len(client.queryAndConvert().decode().splitlines()) == 4
    client.setQuery("CONSTRUCT { ?s skos:prefLabel ?l } WHERE { ?s a ckg:Role ; skos:prefLabel ?l }")
    client.setReturnFormat(TURTLE)
    assert len(rdflib.Graph().parse(client.queryAndConvert(), format="turtle")) == 3


def test_sparqlwrapper_understands_the_refusals(url: str) -> None:
    client = SPARQLWrapper(url)
    client.setQuery("SELECT ?x { ?x ?p }")
    with pytest.raises(QueryBadFormed, match="SPARQL query"):
        client.query()
    client.setQuery("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
    with pytest.raises(QueryBadFormed, match="asks another server"):
        client.query()


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/html, application/xml;q=0.9, */*;q=0.1", "application/sparql-results+xml"),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("text/*;q=0.4, application/sparql-results+json;q=0.3", "text/csv"),
        ("text/csv;q=0, text/*", "text/tab-separated-values"),
    ],
)
def test_a_table_comes_as_the_client_likes_it(port: int, accept: str, media: str) -> None:
    status, headers, body = get(port, ROLES, accept)
    assert (status, headers["content-type"]) == (200, f"{media}; charset=utf-8")
    assert headers["vary"] == "Accept"
    expected = ["nurse", "nurse", "pharmacist"]
    if media == "text/csv":
        assert sorted(row["l"] for row in csv.DictReader(io.StringIO(body))) == expected
    else:
        found = ox.parse_query_results(body, format=ox.QueryResultsFormat.from_media_type(media))
        assert isinstance(found, ox.QuerySolutions)
        assert sorted(row["l"].value for row in found) == expected


@pytest.mark.parametrize("accept", ["application/json", "application/xml", "text/csv", "text/tab-separated-values"])
def test_a_truth_value_too(port: int, accept: str) -> None:
    status, _, body = get(port, "ASK { ?s a ckg:Role }", accept)
    assert status == 200
    assert "true" in body


@pytest.mark.parametrize(
    ("accept", "syntax"),
    [
        ("", "turtle"), ("text/turtle", "turtle"), ("application/n-triples", "nt"), ("application/rdf+xml", "xml"),
        ("application/ld+json", "json-ld"),
    ],
)  # fmt: skip
def test_triples_come_in_every_syntax(port: int, accept: str, syntax: str) -> None:
    query = "CONSTRUCT { ?s skos:prefLabel ?l } WHERE { ?s a ckg:Role ; skos:prefLabel ?l }"
    status, _, body = get(port, query, accept)
    assert status == 200
    assert len(rdflib.Graph().parse(data=body, format=syntax)) == 3


def test_hostile_text_survives_every_form(port: int, graph: EvidenceGraph) -> None:
    query = "SELECT ?t { ?d a ckg:Document ; ckg:text ?t } ORDER BY ?t"
    (texts,) = ([text for (text,) in graph.sparql(query).rows],)
    assert any("\u202e" in text and "\\" in text and '"y"' in text for text in texts)
    as_json = json.loads(get(port, query)[2])
    assert [row["t"]["value"] for row in as_json["results"]["bindings"]] == texts
    as_xml = ElementTree.fromstring(get(port, query, "application/sparql-results+xml")[2])  # noqa: S314 - ours
    assert [node.text for node in as_xml.iter("{http://www.w3.org/2005/sparql-results#}literal")] == texts
    assert [row["t"] for row in csv.DictReader(io.StringIO(get(port, query, "text/csv")[2], newline=""))] == texts


@pytest.mark.parametrize(
    ("accept", "trace"),
    [
        ("application/json", '"link":["urn:carekg:partial:50"]'),
        ("application/sparql-results+xml", "<!-- partial: the first 50 rows"),
        ("text/csv", ""),
    ],
)
def test_what_is_left_out_is_said(port: int, accept: str, trace: str) -> None:
    status, headers, body = get(port, "SELECT * { ?s ?p ?o }", accept)
    assert status == 200
    assert headers[PARTIAL.lower()].startswith(f"rows={SOME}; partial: the first {SOME} rows; there are more")
    assert trace in body
    assert PARTIAL.lower() not in get(port, ROLES, accept)[1]


def test_triples_left_out_are_said_in_a_comment(port: int) -> None:
    _, headers, body = get(port, "CONSTRUCT WHERE { ?s ?p ?o }", "text/turtle")
    assert PARTIAL.lower() in headers
    assert body.splitlines()[-1].startswith("# partial: the first 50 rows")
    assert len(rdflib.Graph().parse(data=body, format="turtle")) == SOME


def test_without_a_query_it_describes_itself(port: int, url: str, graph: EvidenceGraph) -> None:
    status, headers, body = ask(port, Accept="text/turtle")
    assert (status, headers["content-type"]) == (200, "text/turtle; charset=utf-8")
    told = rdflib.Graph().parse(data=body, format="turtle")
    (service,) = told.subjects(rdflib.RDF.type, SD.Service)
    assert told.value(service, SD.endpoint) == rdflib.URIRef(url)
    assert told.value(service, SD.supportedLanguage) == SD.SPARQL11Query
    names = {str(name) for name in told.objects(None, SD.name)}
    assert names == set(graph.graphs()) >= {ONTOLOGY_GRAPH, SYNTHESIS_GRAPH}
    assert ask(port, Accept="application/rdf+xml")[1]["content-type"].startswith("application/rdf+xml")


def test_the_data_set_is_of_the_stores_own_graphs(port: int, graph: EvidenceGraph) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    documents = [name for name in graph.graphs() if name not in (ONTOLOGY_GRAPH, SYNTHESIS_GRAPH)]

    def number(query: str, *pairs: tuple[str, str]) -> int:
        status, _, body = ask(port, query=urlencode([("query", query), *pairs]))
        assert status == 200, body
        return int(json.loads(body)["results"]["bindings"][0]["n"]["value"])

    sizes = graph.graphs()
    first, second = documents[:2]
    assert number(count, ("default-graph-uri", first)) == sizes[first]
    both = number(count, ("default-graph-uri", first), ("default-graph-uri", second))
    assert max(sizes[first], sizes[second]) < both <= sizes[first] + sizes[second]
    assert number(count, ("named-graph-uri", first)) == 0
    inside = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert number(inside, ("named-graph-uri", first)) == sizes[first]
    assert number(inside, ("default-graph-uri", first)) == 0
    for outside in ("file:///etc/passwd", "http://127.0.0.1:9/", "urn:none"):
        status, _, body = get(port, count, **{"default-graph-uri": outside})
        assert (status, "the store has no graph" in body) == (400, True)


def test_what_is_not_of_the_protocol_has_its_status(port: int) -> None:
    form, direct = "application/x-www-form-urlencoded", "application/sparql-query"
    update = "INSERT DATA { <urn:a> <urn:b> 1 }"
    assert ask(port, query="query=ASK{}&query=ASK{}")[0] == 400
    assert ask(port, query="default-graph-uri=urn:x")[0] == 400
    assert ask(port, "POST", body="", Content_Type=form)[0] == 400
    assert ask(port, query=urlencode({"update": update}))[0] == 403
    assert ask(port, "POST", body=urlencode({"update": update}), Content_Type=form)[0] == 403
    assert ask(port, "POST", body=update, Content_Type="application/sparql-update")[0] == 403
    assert get(port, update)[0] == 400
    assert ask(port, "POST", body=update, Content_Type=direct)[0] == 400
    assert ask(port, path="/elsewhere")[0] == 404
    status, headers, _ = ask(port, "PUT", body="ASK {}", Content_Type=direct)
    assert (status, {"GET", "POST"} <= set(headers["allow"].split(", "))) == (405, True)
    assert ask(port, "DELETE")[0] == 405
    assert get(port, ROLES, "image/png")[0] == 406
    assert get(port, ROLES, "text/turtle")[0] == 406
    assert ask(port, "POST", body="ASK {}", Content_Type="text/plain")[0] == 415
    assert ask(port, "POST", body="ASK {}", Content_Type=f"{direct}; charset=latin-1")[0] == 415
    assert ask(port, "POST", body=b"ASK {} # \xff", Content_Type=direct)[0] == 400
    assert ask(port, query="query=ASK{}", Host="evil.example")[0] == 400


def test_too_much_text_is_refused(port: int) -> None:
    direct = "application/sparql-query"
    assert ask(port, "POST", body="#" * (MAX_BODY - 1), Content_Type=direct)[0] == 413
    assert ask(port, "POST", body="ASK {} #" + "x" * (MAX_BODY - 1000), Content_Type=direct)[0] == 413
    assert json.loads(ask(port, "POST", body="ASK {}", Content_Type=f"{direct}; charset=UTF-8")[2])["boolean"] is True


def test_a_head_has_no_body(port: int) -> None:
    status, headers, body = ask(port, "HEAD", query=urlencode({"query": ROLES}))
    assert (status, body) == (200, "")
    assert int(headers["content-length"]) > 0


def test_at_the_deadline_it_stops_and_answers_the_next(port: int) -> None:
    status, _, body = get(port, ENDLESS)
    assert (status, "longer than 2 s" in body) == (504, True)
    assert get(port, "ASK {}")[0] == 200


def test_a_full_endpoint_says_when_to_come_back(graph: EvidenceGraph) -> None:
    with served(graph, Limits(seconds=6, queries=1, waiting=1)) as port, ThreadPoolExecutor(6) as pool:
        replies = list(pool.map(lambda _: get(port, ENDLESS), range(6)))
        assert {status for status, _, _ in replies} == {503, 504}
        assert {headers["retry-after"] for status, headers, _ in replies if status == 503} == {"6"}
        assert get(port, "ASK {}")[0] == 200


def test_a_client_that_hangs_up_frees_its_place(graph: EvidenceGraph) -> None:
    with served(graph, Limits(seconds=60, queries=1)) as port:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        connection.request("GET", f"{PATH}?{urlencode({'query': ENDLESS})}")
        time.sleep(0.5)
        connection.close()
        until = time.monotonic() + 20
        while get(port, "ASK {}")[0] == 503:
            assert time.monotonic() < until


def test_pages_of_other_sites_may_ask_only_where_they_are_named(port: int, graph: EvidenceGraph) -> None:
    asked = {"Origin": "https://yasgui.example", "Access_Control_Request_Method": "POST"}
    assert "access-control-allow-origin" not in ask(port, query="query=ASK{}", Origin=asked["Origin"])[1]
    assert ask(port, "OPTIONS", **asked)[0] == 405
    with served(graph, Limits(), ("https://yasgui.example",)) as opened:
        headers = ask(opened, query="query=ASK{}", Origin=asked["Origin"])[1]
        assert headers["access-control-allow-origin"] == asked["Origin"]
        assert headers["access-control-expose-headers"] == PARTIAL
        assert "access-control-allow-origin" not in ask(opened, query="query=ASK{}", Origin="https://evil.example")[1]
        assert ask(opened, "OPTIONS", **asked)[0] == 200


def test_it_follows_what_is_written_meanwhile(changing: EvidenceGraph) -> None:
    query = "SELECT ?d { ?d a ckg:Document }"
    with served(changing, Limits(queries=1)) as port:
        assert len(json.loads(get(port, query)[2])["results"]["bindings"]) == 2
        changing.retract(changing.documents()[0].iri)
        assert len(json.loads(get(port, query)[2])["results"]["bindings"]) == 1


def test_a_store_that_is_gone_is_the_servers_fault(changing: EvidenceGraph) -> None:
    with served(changing, Limits(queries=1)) as port:
        client = SPARQLWrapper(f"http://127.0.0.1:{port}{PATH}")
        (changing.path / "CURRENT").write_text("none")
        client.setQuery("ASK {}")
        with pytest.raises(EndPointInternalError, match="published"):
            client.query()
