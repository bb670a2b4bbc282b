"""The store in other forms: nothing lost on the way, the same bytes each time, hostile words stay words."""

import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import kglite
import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib
from neo4j import GraphDatabase

from graph import jsonld, network, sorting
from graph.errors import ExportError
from graph.export import FOLDERS, FORMATS
from graph.exports import statements
from graph.imports import records_of
from graph.script import literal
from graph.store import EvidenceGraph
from ontology.base import Passage
from ontology.interchange import loads
from ontology.model import CLASSES, Assertion, Barrier, Document
from ontology.namespaces import CKG, RDF
from ontology.slots import slots_of
from tests.graph.exported import HOSTILE, written
from tests.graph.exported import graph as graph
from tests.graph.samples import ward

ROOT = Path(__file__).resolve().parents[2]


def text_of(graph: EvidenceGraph, form: str) -> str:
    return written(graph, form).decode()


def quads(text: str, form: ox.RdfFormat) -> set[str]:
    return {f"{quad} .\n" for quad in ox.parse(text.encode(), format=form)}


def test_an_unknown_form_is_refused(graph: EvidenceGraph) -> None:
    with pytest.raises(ExportError, match="use one of records, nquads"):
        text_of(graph, "word")


SCRIPT = """
import hashlib, io, sys, tempfile
from pathlib import Path
from graph.export import FOLDERS, FORMATS, Publication, export, export_folder
from graph.store import EvidenceGraph
with EvidenceGraph(sys.argv[1], read_only=True) as graph:
    for form in FORMATS:
        out = io.BytesIO()
        export(graph, form, out)
        print(form, hashlib.sha256(out.getvalue()).hexdigest())
    for form in FOLDERS:
        with tempfile.TemporaryDirectory() as folder:
            export_folder(graph, form, Path(folder), Publication("2026-11-28"))
            data = [(str(p.relative_to(folder)), p.read_bytes()) for p in Path(folder).rglob("*") if p.is_file()]
        print(form, hashlib.sha256(repr(sorted(data)).encode()).hexdigest())
"""


def test_the_same_store_gives_the_same_bytes_in_every_process(graph: EvidenceGraph) -> None:
    told = [
        subprocess.run(
            [sys.executable, "-c", SCRIPT, str(graph.path)], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
        for _ in range(2)
    ]
    assert told[0] == told[1]
    assert [line.split()[0] for line in told[0].splitlines()] == [*FORMATS, *FOLDERS]


def test_records_make_the_same_store_again(graph: EvidenceGraph, tmp_path: Path) -> None:
    records = list(loads(text_of(graph, "records").split("\n")))
    with EvidenceGraph(tmp_path / "again") as again:
        for document in [r for r in records if isinstance(r, Document)]:
            again.apply(r for r in records if document.iri in (r.iri, r.document))
        again.add(r for r in records if not isinstance(r, Document) and r.document is None)
        assert again.nquads() == graph.nquads()


def test_records_come_document_by_document_in_reading_order(graph: EvidenceGraph) -> None:
    lines = [json.loads(line) for line in text_of(graph, "records").splitlines()]
    kinds = [line["kind"] for line in lines]
    starts = [at for at, kind in enumerate(kinds) if kind == "Document"]
    assert len(starts) == 3
    assert kinds[-5:] == ["ReviewFinding", "EvidenceLine", "Recommendation", "Decision", "Decision"]
    for start, end in zip(starts, [*starts[1:], len(lines) - 5], strict=True):
        assert {line["document"] or line["iri"] for line in lines[start:end]} == {lines[start]["iri"]}


@pytest.mark.parametrize("form", ["nquads", "trig", "jsonld"])
def test_forms_with_named_graphs_are_the_store(graph: EvidenceGraph, form: str) -> None:
    media = {"nquads": ox.RdfFormat.N_QUADS, "trig": ox.RdfFormat.TRIG, "jsonld": ox.RdfFormat.JSON_LD}
    assert sorted(quads(text_of(graph, form), media[form])) == graph.nquads()


def test_turtle_is_the_union_and_other_tools_read_it(graph: EvidenceGraph) -> None:
    text = text_of(graph, "turtle")
    union = {line.rsplit(" <", 1)[0] for line in graph.nquads()}
    assert {str(triple).strip() for triple in quads(text, ox.RdfFormat.TURTLE)} == {f"{line} ." for line in union}
    assert len(rdflib.Graph().parse(data=text, format="turtle")) == len(union)
    assert text.startswith("@prefix ckg:")


def test_turtle_says_once_what_two_documents_say(graph: EvidenceGraph) -> None:
    lines = [line.rsplit(" <", 1)[0] for line in graph.nquads()]
    twice = {line for line in lines if lines.count(line) > 1}
    assert len(twice) > 5
    found = [str(triple).strip() for triple in ox.parse(written(graph, "turtle"), format=ox.RdfFormat.TURTLE)]
    assert len(found) == len(set(found)) == len(set(lines))


@pytest.mark.parametrize("form", ["nquads", "turtle", "trig", "rdf12"])
def test_sorting_on_disk_and_short_stretches_change_nothing(
    graph: EvidenceGraph, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = text_of(graph, form)
    monkeypatch.setattr(sorting.ordered, "__defaults__", (500,))
    assert text_of(graph, form) == whole
    monkeypatch.setattr(statements, "STRETCH", 1)
    media = {"nquads": ox.RdfFormat.N_QUADS, "turtle": ox.RdfFormat.TURTLE}.get(form, ox.RdfFormat.TRIG)
    parted = text_of(graph, form)
    assert quads(parted, media) == quads(whole, media)
    assert (len(parted) > len(whole)) == (form in ("trig", "rdf12"))


def test_rdf12_reifies_what_assertions_make_and_asserts_no_rejected_one(graph: EvidenceGraph) -> None:
    told = list(ox.parse(written(graph, "rdf12"), format=ox.RdfFormat.TRIG))
    reified = {(q.subject.value, str(q.object)) for q in told if q.predicate.value == RDF + "reifies"}
    links = [r for r in graph.records() if isinstance(r, Assertion)]
    assert reified == {(r.iri, f"<{r.subject}> <{r.predicate}> <{r.object}>") for r in links}
    assert sorted({f"{q} .\n" for q in told if q.predicate.value != RDF + "reifies"}) == graph.nquads()
    store = ox.Store()
    store.extend(told)
    query = "SELECT ?s { GRAPH ?g { ?a rdf:reifies <<( ?s ?p ?o )>> FILTER NOT EXISTS { ?s ?p ?o } } }"
    found = {row["s"].value for row in store.query(query, prefixes={"rdf": RDF})}
    assert found == {r.subject for r in links if r.status == "rejected"} != set()
    records, _ = records_of(written(graph, "rdf12"), "trig", "a.trig")
    assert len(records) == len(list(graph.attested()))


def test_jsonld_says_what_its_slots_mean(graph: EvidenceGraph) -> None:
    told = json.loads(text_of(graph, "jsonld"))
    assert told["@context"]["score"] == {"@id": CKG + "score", "@type": "http://www.w3.org/2001/XMLSchema#double"}
    assert told["@context"]["held_by"] == {"@id": CKG + "heldBy", "@type": "@id"}
    nodes = [node for part in told["@graph"] for node in part["@graph"]]
    barrier = next(node for node in nodes if "Barrier" in str(node.get("@type")) and "stated_by" in node)
    assert (barrier["label"], barrier["level"], barrier["self_attributed"]) == ("Late letters", "organisation", False)


def test_another_reader_of_jsonld_finds_the_store_and_the_context_stands_by_itself(graph: EvidenceGraph) -> None:
    read = rdflib.Dataset().parse(data=text_of(graph, "jsonld"), format="json-ld")
    wanted = rdflib.Dataset().parse(data="".join(graph.nquads()), format="nquads")
    assert set(read.quads((None, None, None, None))) == set(wanted.quads((None, None, None, None)))
    assert (ROOT / "graph" / "context.jsonld").read_text(encoding="utf-8") == jsonld.document()
    one = json.loads(jsonld.document()) | {"@id": "urn:b", "@type": "ckg:Barrier", "held_by": "urn:r", "score": "0.5"}
    found = rdflib.Graph().parse(data=json.dumps(one), format="json-ld")
    assert (None, rdflib.URIRef(CKG + "heldBy"), rdflib.URIRef("urn:r")) in found
    assert list(found.objects(None, rdflib.URIRef(CKG + "score"))) == [rdflib.Literal(0.5)]


def test_a_name_in_the_context_means_one_property_in_every_class() -> None:
    meanings = {(s.name, s.path, s.kind) for cls in (Passage, *CLASSES.values()) for s in slots_of(cls)}
    names = [name for name, _, _ in meanings]
    assert {name for name in names if names.count(name) > 1} == set()


def test_the_script_fills_the_embedded_engine_with_the_same_graph(graph: EvidenceGraph) -> None:
    made = kglite.KnowledgeGraph()
    for line in text_of(graph, "cypher").splitlines() * 2:
        if not line.startswith("CREATE CONSTRAINT"):
            made.cypher(line.removesuffix(";"))
    wanted = graph.engine().rows()
    nodes = made.cypher("MATCH (n:Entity) RETURN n.iri AS iri, labels(n) AS labels, n.text AS text, n.variants AS more")
    assert {row["iri"]: (set(row["labels"]), row["text"], row["more"]) for row in nodes} == {
        i: (set(n.labels), n.properties.get("text"), n.properties.get("variants")) for i, n in wanted.nodes.items()
    }
    query = "MATCH (a:Entity)-[r]->(b:Entity) RETURN a.iri AS a, type(r) AS t, b.iri AS b, r.assertion AS n"
    links = {(row["a"], row["t"], row["b"], row["n"] or "") for row in made.cypher(query)}
    assert links == set(wanted.relationships)
    (stamp,) = made.cypher("MATCH (s:CarekgStore) RETURN s.stamp AS stamp")
    assert stamp["stamp"] == graph.stamp()


def test_graphml_is_what_gephi_takes(graph: EvidenceGraph) -> None:
    root = ElementTree.fromstring(text_of(graph, "graphml"))  # noqa: S314 - our own
    space = "{http://graphml.graphdrawing.org/xmlns}"
    keys = {(k.get("for"), k.get("id")): k.get("attr.type") for k in root.iter(f"{space}key")}
    assert set(keys.values()) <= {"boolean", "int", "long", "float", "double", "string"}
    assert {("node", "label"), ("node", "kind"), ("edge", "edgelabel"), ("edge", "type")} <= keys.keys()
    assert all(k.get("id") == k.get("attr.name") for k in root.iter(f"{space}key"))
    assert len({name for _, name in keys}) == len(keys)
    edges = [edge.get("id") for edge in root.iter(f"{space}edge")]
    assert len(edges) == len(set(edges)) == network.graph(graph).number_of_edges()
    nodes = list(root.iter(f"{space}node"))
    assert all(any(data.get("key") == "label" and data.text for data in node) for node in nodes)


def test_another_reader_of_graphml_finds_the_property_graph(graph: EvidenceGraph) -> None:
    text = text_of(graph, "graphml")
    read = nx.parse_graphml(text, force_multigraph=True)
    whole = network.graph(graph)
    assert {(start, end, key) for start, end, key in read.edges(keys=True)} == {
        (start, end, f"{start} {told['type']} {end} {told['assertion']}".rstrip())
        for start, end, told in whole.edges(data=True)
    }
    for iri, told in whole.nodes(data=True):
        plain = {name: value for name, value in told.items() if not isinstance(value, str | list)}
        assert plain.items() <= read.nodes[iri].items()
        lists = {name: value for name, value in told.items() if isinstance(value, list)}
        assert {name: json.loads(read.nodes[iri][name]) for name in lists} == lists
    assert set(read) == set(whole)
    assert text.index("<edge ") > text.rindex("<node "), "nodes come first"
    kept = graph.engine().rows()
    assert {(link.start, link.end) for link in kept.relationships} >= set(whole.edges())


def test_graphml_keeps_labels_properties_and_shortcuts(graph: EvidenceGraph) -> None:
    found = nx.parse_graphml(text_of(graph, "graphml"), force_multigraph=True)
    barrier = next(r for r in ward(doi="10.1000/one") if isinstance(r, Barrier))
    told = found.nodes[barrier.iri]
    assert (told["kind"], told["name"], told["explicit"]) == ("Barrier", "Late letters", True)
    assert json.loads(told["labels"]) == ["Barrier", "Determinant", "Entity"]
    assert any(edge["type"] == "ADDRESSES" and edge["assertion"] for *_, edge in found.in_edges(barrier.iri, data=True))
    assert found.nodes["urn:hostile"]["label"] == HOSTILE
    assert json.loads(found.nodes["urn:hostile"]["variants"]) == ["\x0b"]
    text = next(told["text"] for _, told in found.nodes(data=True) if told.get("source") == "hostile.txt")
    assert text.startswith(f"Theme: {HOSTILE}\ufffd\n")


@pytest.mark.neo4j
def test_neo4j_executes_the_script_and_has_the_same_graph(graph: EvidenceGraph, neo4j_uri: str, tmp_path: Path) -> None:
    lines = text_of(graph, "cypher").splitlines()
    assert all(line.endswith(";") for line in lines)
    with GraphDatabase.driver(neo4j_uri) as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")
        for line in lines * 2:
            driver.execute_query(line.removesuffix(";"))
        values = ["it's", "\\u0041", "\\\\u0041", "a\nb\r\t\b\f", "\u2028\x85\x00\x7f", "😀 ‮", "$rows ; // x", -1, 0.5]
        for value in [*values, True, None, ["a", "'"]]:
            assert driver.execute_query(f"RETURN {literal(value)} AS x").records[0]["x"] == value
    with EvidenceGraph(graph.path, read_only=True, neo4j=neo4j_uri) as filled:
        wanted, got = graph.engine().rows(), filled.engine().rows()
        assert filled.engine().stamp() == graph.stamp()
        assert got.relationships == wanted.relationships
        assert {i: (set(n.labels), n.properties) for i, n in got.nodes.items()} == {
            i: (set(n.labels), n.properties) for i, n in wanted.nodes.items()
        }
