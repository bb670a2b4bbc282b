"""The picture: it needs no network, hostile words stay words, and things that were there stay where they were."""

import io
from html.parser import HTMLParser
from pathlib import Path

import networkx as nx
import pytest
from playwright.sync_api import Browser

from graph import network, picture, sorting
from graph.errors import NotFound
from graph.export import export, export_around
from graph.store import EvidenceGraph
from graph.views.around import around
from ontology.model import Barrier, Document
from tests.graph.exported import HOSTILE, written
from tests.graph.exported import graph as graph
from tests.graph.samples import ward


def text_of(graph: EvidenceGraph, form: str) -> str:
    return written(graph, form).decode()


def late_letters() -> str:
    return next(r.iri for r in ward(doi="10.1000/one") if isinstance(r, Barrier))


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
    page.feed(text_of(graph, "html"))
    assert page.fetched == []
    assert page.heading.strip() == "carekg: 21 of 21 things shown"
    few = Page()
    few.feed(picture.draw(network.graph(graph), "<b>few</b>", limit=3))
    assert few.heading.strip() == "<b>few</b>: 3 of 21 things shown, the best connected"
    assert picture.draw(nx.MultiDiGraph(), "empty").count("0 of 0 things shown") == 1


@pytest.mark.parametrize("limit", [1, 4, 9, 300])
def test_the_best_connected_are_those_of_the_whole_graph(
    graph: EvidenceGraph, limit: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picture, "LIMIT", limit)
    monkeypatch.setattr(sorting.ordered, "__defaults__", (500,))
    out, said = io.BytesIO(), list[str]()
    export(graph, "html", out, note=said.append)
    assert out.getvalue().decode() == picture.draw(network.graph(graph), "carekg", limit)
    assert [words.partition(" things")[0] for words in said] == ([f"{limit} of 21"] if limit < 21 else [])


@pytest.mark.browser
def test_the_picture_is_drawn_offline_and_hostile_words_stay_words(
    graph: EvidenceGraph, tmp_path: Path, chromium: Browser
) -> None:
    path = tmp_path / "picture.html"
    path.write_text(text_of(graph, "html"), encoding="utf-8")
    context = chromium.new_context(offline=True)
    page = context.new_page()
    faults: list[str] = []
    asked: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    page.wait_for_selector("#mynetwork canvas")
    assert page.title() == "carekg"
    assert page.evaluate("nodes.length") == 21
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


def near(graph: EvidenceGraph, iri: str, depth: int = 1) -> str:
    out = io.BytesIO()
    export_around(graph, iri, out, depth)
    return out.getvalue().decode()


def test_the_picture_of_a_neighbourhood_shows_the_thing_and_what_lies_around_it(graph: EvidenceGraph) -> None:
    found = around(graph, late_letters()).graph
    page = Page()
    page.feed(near(graph, late_letters()))
    count = len(network.story(found))
    assert page.heading.strip() == f"Late letters: {count} of {count} things shown"
    assert near(graph, late_letters()) == near(graph, late_letters())
    assert len(near(graph, late_letters(), depth=2)) > len(near(graph, late_letters()))
    paper = next(r for r in ward(doi="10.1000/one") if isinstance(r, Document))
    assert f'"id": "{paper.iri}"' in near(graph, paper.iri), "the thing itself is shown, whatever its kind"
    page.feed(picture.draw(found, "few", limit=2, focus=late_letters(), left_out=1234))
    assert page.heading.strip().endswith(f"few: 2 of {count} things shown, the best connected, 1,234 more left out")
    with pytest.raises(NotFound):
        near(graph, "urn:nothing")


def test_what_was_there_stays_where_it_was_when_things_are_added(graph: EvidenceGraph) -> None:
    small = around(graph, late_letters(), depth=1).graph
    large = around(graph, late_letters(), depth=2).graph
    first = picture.layout(small)
    then = picture.layout(large, known=first)
    assert {iri: then[iri] for iri in first} == first
    assert then.keys() == set(large) > set(first)
    assert then == picture.layout(large, known=first)
    assert len(set(then.values())) == len(then), "no two things lie on one another"
    assert picture.layout(large) != then


def test_a_layout_knows_parts_alone_and_things_that_are_gone() -> None:
    drawn = nx.MultiDiGraph([("a", "b"), ("c", "d")])
    drawn.add_node("alone")
    first = picture.layout(drawn)
    assert len(set(first.values())) == 5
    then = picture.layout(drawn, known={"a": (10, -20), "gone": (0, 0)})
    assert then["a"] == (10, -20)
    assert then.keys() == set(drawn)
    assert max(then[iri][1] for iri in "ab") < min(then[iri][1] for iri in ("c", "d", "alone"))
    shuffled = nx.MultiDiGraph()
    shuffled.add_nodes_from(["alone", "d", "c", "b", "a"])
    shuffled.add_edges_from([("c", "d"), ("a", "b")])
    assert picture.layout(shuffled) == first
    assert picture.layout(nx.MultiDiGraph()) == {}


@pytest.mark.browser
def test_the_neighbourhood_is_drawn_in_a_browser_and_the_thing_has_a_ring(
    graph: EvidenceGraph, tmp_path: Path, chromium: Browser
) -> None:
    path = tmp_path / "near.html"
    path.write_text(near(graph, "urn:hostile"), encoding="utf-8")
    page = chromium.new_context(offline=True).new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(path.as_uri())
    page.wait_for_selector("#mynetwork canvas")
    assert page.title().startswith("</script><script>")
    assert page.evaluate("nodes.get('urn:hostile').borderWidth") == 5
    assert page.evaluate("nodes.get('urn:hostile').title") == f"Theme: {HOSTILE}"
    assert page.locator("h1").inner_text().startswith("</script><script>")
    assert faults == []
