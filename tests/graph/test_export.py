"""The store in other forms: nothing lost on the way, the same bytes each time, hostile words stay words."""

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib
from neo4j import GraphDatabase

from devtools.browser import browser, chromium_path
from graph import network, picture
from graph.errors import ExportError
from graph.export import FORMATS, export
from graph.script import literal
from graph.store import EvidenceGraph
from ontology.base import Record
from ontology.interchange import loads
from ontology.model import Barrier, Document, Theme
from ontology.namespaces import CKG
from tests.graph.samples import Paper, clinic, review, ward

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = "</script><script>document.title='gone'</script><img src=x onerror=\"document.title='gone'\"> & href=\"http://a.example\""


def hostile() -> list[Record]:
    """A document whose theme is an attack on whoever shows it, with a character that XML cannot hold."""
    paper = Paper("hostile.txt", f"Theme: {HOSTILE}\x0b\n")
    return [
        paper.document,
        Theme(iri="urn:hostile", **paper.common, label=HOSTILE, variants=("\x0b",), spans=(paper.span(HOSTILE),)),
    ]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EvidenceGraph]:
    with EvidenceGraph(tmp_path_factory.mktemp("export") / "store") as graph:
        graph.apply(ward(doi="10.1000/one"))
        graph.apply(clinic(doi="10.1000/one"))
        graph.apply(hostile())
        graph.add(review(ward(doi="10.1000/one")))
        yield graph


def written(graph: EvidenceGraph, form: str) -> str:
    out = io.BytesIO()
    export(graph, form, out)
    return out.getvalue().decode()


def quads(text: str, form: ox.RdfFormat) -> set[str]:
    return {f"{quad} .\n" for quad in ox.parse(text.encode(), format=form)}


def test_an_unknown_form_is_refused(graph: EvidenceGraph) -> None:
    with pytest.raises(ExportError, match="use one of records, nquads"):
        written(graph, "word")


SCRIPT = """
import hashlib, io, sys
from graph.export import FORMATS, export
from graph.store import EvidenceGraph
with EvidenceGraph(sys.argv[1], read_only=True) as graph:
    for form in FORMATS:
        out = io.BytesIO()
        export(graph, form, out)
        print(form, hashlib.sha256(out.getvalue()).hexdigest())
"""


def test_the_same_store_gives_the_same_bytes_in_every_process(graph: EvidenceGraph) -> None:
    told = [
        subprocess.run(
            [sys.executable, "-c", SCRIPT, str(graph.path)], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
        for _ in range(2)
    ]
    assert told[0] == told[1]
    assert [line.split()[0] for line in told[0].splitlines()] == list(FORMATS)


def test_records_make_the_same_store_again(graph: EvidenceGraph, tmp_path: Path) -> None:
    records = list(loads(written(graph, "records").split("\n")))
    with EvidenceGraph(tmp_path / "again") as again:
        for document in [r for r in records if isinstance(r, Document)]:
            again.apply(r for r in records if document.iri in (r.iri, r.document))
        again.add(r for r in records if not isinstance(r, Document) and r.document is None)
        assert again.nquads() == graph.nquads()


def test_records_come_document_by_document_in_reading_order(graph: EvidenceGraph) -> None:
    lines = [json.loads(line) for line in written(graph, "records").splitlines()]
    kinds = [line["kind"] for line in lines]
    starts = [at for at, kind in enumerate(kinds) if kind == "Document"]
    assert len(starts) == 3
    assert kinds[-4:] == ["ReviewFinding", "EvidenceLine", "Recommendation", "Decision"]
    for start, end in zip(starts, [*starts[1:], len(lines) - 4], strict=True):
        assert {line["document"] or line["iri"] for line in lines[start:end]} == {lines[start]["iri"]}


@pytest.mark.parametrize("form", ["nquads", "trig", "jsonld"])
def test_forms_with_named_graphs_are_the_store(graph: EvidenceGraph, form: str) -> None:
    media = {"nquads": ox.RdfFormat.N_QUADS, "trig": ox.RdfFormat.TRIG, "jsonld": ox.RdfFormat.JSON_LD}
    assert sorted(quads(written(graph, form), media[form])) == graph.nquads()


def test_turtle_is_the_union_and_other_tools_read_it(graph: EvidenceGraph) -> None:
    text = written(graph, "turtle")
    union = {line.rsplit(" <", 1)[0] for line in graph.nquads()}
    assert {str(triple).strip() for triple in quads(text, ox.RdfFormat.TURTLE)} == {f"{line} ." for line in union}
    assert len(rdflib.Graph().parse(data=text, format="turtle")) == len(union)
    assert text.startswith("@prefix ckg:")


def test_jsonld_says_what_its_slots_mean(graph: EvidenceGraph) -> None:
    told = json.loads(written(graph, "jsonld"))
    assert told["@context"]["score"] == {"@id": CKG + "score", "@type": "http://www.w3.org/2001/XMLSchema#double"}
    assert told["@context"]["held_by"] == {"@id": CKG + "heldBy", "@type": "@id"}
    nodes = [node for part in told["@graph"] for node in part["@graph"]]
    barrier = next(node for node in nodes if "Barrier" in str(node.get("@type")) and "stated_by" in node)
    assert (barrier["label"], barrier["level"], barrier["self_attributed"]) == ("Late letters", "organisation", False)


def test_graphml_keeps_labels_properties_and_shortcuts(graph: EvidenceGraph) -> None:
    found = nx.parse_graphml(written(graph, "graphml"), force_multigraph=True)
    barrier = next(r for r in ward(doi="10.1000/one") if isinstance(r, Barrier))
    told = found.nodes[barrier.iri]
    assert (told["kind"], told["name"], told["explicit"]) == ("Barrier", "Late letters", True)
    assert json.loads(told["labels"]) == ["Barrier", "Determinant", "Entity"]
    assert any(edge["type"] == "ADDRESSES" and edge["assertion"] for *_, edge in found.in_edges(barrier.iri, data=True))
    assert found.nodes["urn:hostile"]["label"] == HOSTILE
    assert json.loads(found.nodes["urn:hostile"]["variants"]) == ["\x0b"]
    text = next(told["text"] for _, told in found.nodes(data=True) if told.get("source") == "hostile.txt")
    assert text == f"Theme: {HOSTILE}\ufffd\n"


@pytest.mark.neo4j
def test_neo4j_executes_the_script_and_has_the_same_graph(graph: EvidenceGraph, neo4j_uri: str, tmp_path: Path) -> None:
    lines = written(graph, "cypher").splitlines()
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


class Page(HTMLParser):
    """Collects what a page would fetch, and its visible heading."""

    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.heading = ""
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag
        self.fetched += [value or "" for name, value in attrs if name in ("src", "href")]

    def handle_data(self, data: str) -> None:
        if self._inside == "h1":
            self.heading += data


def test_the_picture_needs_no_network_and_says_how_much_it_shows(graph: EvidenceGraph) -> None:
    page = Page()
    page.feed(written(graph, "html"))
    assert page.fetched == []
    assert page.heading.strip() == "carekg: 16 of 16 things shown"
    few = Page()
    few.feed(picture.draw(network.graph(graph), "<b>few</b>", limit=3))
    assert few.heading.strip() == "<b>few</b>: 3 of 16 things shown, the best connected"
    assert picture.draw(nx.MultiDiGraph(), "empty").count("0 of 0 things shown") == 1


@pytest.mark.browser
def test_the_picture_is_drawn_offline_and_hostile_words_stay_words(graph: EvidenceGraph, tmp_path: Path) -> None:
    if chromium_path() is None:
        pytest.skip("no Chromium on this machine")
    path = tmp_path / "picture.html"
    path.write_text(written(graph, "html"), encoding="utf-8")
    with browser() as chromium:
        context = chromium.new_context(offline=True)
        page = context.new_page()
        faults: list[str] = []
        asked: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(path.as_uri())
        page.wait_for_selector("#mynetwork canvas")
        assert page.title() == "carekg"
        assert page.evaluate("nodes.length") == 16
        assert page.evaluate("nodes.get('urn:hostile').title") == f"Theme: {HOSTILE}"
        x, y = page.evaluate(
            "(() => { const p = network.canvasToDOM(network.getPosition('urn:hostile')); return [p.x, p.y] })()"
        )
        box = page.locator("#mynetwork canvas").bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + x, box["y"] + y)
        page.wait_for_selector("div.vis-tooltip", state="visible")
        assert page.locator("div.vis-tooltip").inner_text().startswith("Theme: </script><script>")
        assert page.title() == "carekg"
        assert faults == []
        assert asked == [path.as_uri()]
