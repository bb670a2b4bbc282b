"""The evidence as one HTML file that opens without a network: pyvis draws, everything it needs is in the file."""

import html
import math
import re
from collections.abc import Mapping

import networkx as nx
from pyvis.network import Network

from graph.errors import ExportError
from graph.network import story

LIMIT = 300
"""Nodes that are drawn; a browser follows more of them no longer."""
LABEL_LENGTH = 40
SPACE = 180
"""Pixels between neighbours, about, before a browser fits the picture to its window."""

_GOLDEN = math.pi * (3 - 5**0.5)
"""The angle by which neighbours of one thing are turned against each other, so that no two start at one place."""

COLOURS = {
    "Study": "#4d4d4d", "Theme": "#7b5ea7", "Finding": "#2f6db5", "Position": "#2f6db5", "Disagreement": "#b5432f",
    "Barrier": "#c4572e", "Facilitator": "#3a8a4d", "Intervention": "#1f8a8a", "Quote": "#b08a2e", "Role": "#a14d7d",
    "ReviewFinding": "#17406d", "Recommendation": "#0d5c3a",
}  # fmt: skip
OTHER = "#8a8a8a"

_REMOTE = re.compile(r"<link[^>]*\bhref=\"https?://[^>]*>|<script[^>]*\bsrc=\"https?://[^>]*>\s*</script>", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HEADING = re.compile(r"<center>\s*<h1>.*?</h1>\s*</center>", re.DOTALL)
_TOOLTIPS = """<script>
// Tooltips are set here, as text: pyvis would make a link of any that mentions one.
nodes.update(nodes.get().map(function (node) { return {id: node.id, title: node.words}; }));
edges.update(edges.get().map(function (edge) { return {id: edge.id, title: edge.words}; }));
</script>
"""


def draw(network: nx.MultiDiGraph, title: str, limit: int = LIMIT, focus: str | None = None, left_out: int = 0) -> str:
    """Return the page: the best connected `limit` nodes of the kinds that people look at, see `page`.

    `focus` is the IRI of a thing that is shown whatever its kind, with a ring.

    Raises:
        ExportError: as for `page`.
    """
    every = network.subgraph({*story(network), *([focus] if focus in network else [])})
    ranked = sorted(every, key=lambda iri: (iri != focus, -every.degree(iri), iri))[:limit]
    shown = every.subgraph(sorted(ranked)).copy()
    nx.set_node_attributes(shown, {iri: every.degree(iri) for iri in shown}, "degree")
    return page(shown, title, len(every), focus, left_out)


def page(shown: nx.MultiDiGraph, title: str, total: int, focus: str | None = None, left_out: int = 0) -> str:
    """Return the page that shows a graph, each thing at a fixed place and as large as its `degree` makes it.

    The heading says how many of a `total` are shown, and that `left_out` more are not among these. Labels and tooltips
    are text, whatever they hold. The same graph gives the same page.

    Raises:
        ExportError: pyvis gave a page that would ask a network for parts of itself.
    """
    drawn = Network(height="88vh", width="100%", directed=True, cdn_resources="in_line")
    drawn.toggle_physics(False)
    for iri, (x, y) in layout(shown).items():
        told = shown.nodes[iri]
        ring = {"borderWidth": 5, "shapeProperties": {"borderDashes": False}} if iri == focus else {}
        colour = COLOURS.get(told["kind"], OTHER)
        drawn.add_node(
            iri, label=_short(told["name"]), shape="dot", size=8 + min(24, 2 * told["degree"]), x=x, y=y,
            color={"background": colour, "border": "#000000"} if ring else colour,
            words=f"{told['kind']}: {told['name']}", **ring,
        )  # fmt: skip
    for start, end, told in sorted(shown.edges(data=True), key=lambda edge: (edge[0], edge[1], edge[2]["type"])):
        drawn.add_edge(start, end, words=told["type"], color="#b0b0b0")
    text = _HEADING.sub("", _COMMENT.sub("", _REMOTE.sub("", drawn.generate_html())))
    if _REMOTE.search(text):
        raise ExportError("html", "the page asks a network for parts of itself", "report it with the version of pyvis")
    said = f"{len(shown)} of {total} things shown" + (", the best connected" if len(shown) < total else "")
    said += f", {left_out:,} more left out" if left_out else ""
    heading = (
        f'<h1 style="font:600 1.1rem sans-serif;margin:.4rem">{html.escape(title)}: {said}</h1>\n'
        f'<p style="font:.9rem sans-serif;margin:.4rem">{_legend(shown)}</p>\n'
    )
    text = text.replace("<head>", f"<!DOCTYPE html>\n<head>\n<title>{html.escape(title)}</title>", 1)
    return text.replace("<body>", f"<body>\n{heading}", 1).replace("</body>", f"{_TOOLTIPS}</body>", 1)


def layout(
    network: nx.MultiDiGraph, known: Mapping[str, tuple[float, float]] | None = None
) -> dict[str, tuple[int, int]]:
    """Return where each node lies, in whole pixels, x to the right and y down: what hangs together by springs
    (Fruchterman and Reingold, doi:10.1002/spe.4380211102), one such part beside the other.

    Nodes whose places are `known` keep them, so that a picture in which a thing was expanded is the picture that was
    there and more: the new ones are placed near what they hang together with. The same graph and places give the same.

    >>> first = layout(nx.MultiDiGraph([("a", "b")]))
    >>> more = layout(nx.MultiDiGraph([("a", "b"), ("b", "c")]), known=first)
    >>> (more["a"], more["b"]) == (first["a"], first["b"]), sorted(more)
    (True, ['a', 'b', 'c'])
    """
    plain = nx.Graph()
    plain.add_nodes_from(sorted(network))
    plain.add_edges_from(sorted({tuple(sorted(edge)) for edge in network.edges()}))
    kept = {iri: (round(x), round(y)) for iri, (x, y) in sorted((known or {}).items()) if iri in plain}
    parts = sorted((sorted(part) for part in nx.connected_components(plain)), key=lambda part: (-len(part), part))
    held = [part for part in parts if any(iri in kept for iri in part)]
    found = dict(kept)
    for part in held:
        found |= _grown(plain.subgraph(part), kept)
    below = max((y for _, y in found.values()), default=-SPACE) + SPACE
    return found | _side_by_side(plain, [part for part in parts if part not in held], below)


def _grown(part: nx.Graph, kept: Mapping[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """Return the places of a part of which some are kept: each new node starts beside its nearest neighbours."""
    start: dict[str, tuple[float, float]] = {iri: kept[iri] for iri in sorted(part) if iri in kept}
    placed = set(start)
    while len(start) < len(part):
        ring = sorted(iri for iri in part if iri not in start and any(other in start for other in part[iri]))
        anchors = {iri: sorted(other for other in part[iri] if other in start) for iri in ring}
        for at, iri in enumerate(ring):
            x, y = (sum(start[other][axis] for other in anchors[iri]) / len(anchors[iri]) for axis in (0, 1))
            angle = at * _GOLDEN
            start[iri] = (x + SPACE * math.cos(angle), y + SPACE * math.sin(angle))
    if len(placed) == len(part):
        return {}
    spring = nx.spring_layout(
        _in_order(part), pos=start, fixed=sorted(placed), seed=7, iterations=40, k=SPACE, scale=None
    )
    return {iri: (round(float(x)), round(float(y))) for iri, (x, y) in spring.items() if iri not in placed}


def _side_by_side(plain: nx.Graph, parts: list[list[str]], top: int) -> dict[str, tuple[int, int]]:
    """Return the places of parts of which nothing is known, in rows from `top` on."""
    sides = [SPACE * math.ceil(len(part) ** 0.5) for part in parts]
    width = max([*sides, math.isqrt(2 * sum((side + SPACE) ** 2 for side in sides))], default=0)
    found: dict[str, tuple[int, int]] = {}
    left = row = 0
    for part, side in zip(parts, sides, strict=True):
        if left and left + side > width:
            left, top, row = 0, top + row, 0
        ordered = _in_order(plain.subgraph(part))
        spring = nx.spring_layout(ordered, seed=7, iterations=80, k=2 / len(part) ** 0.5, scale=side / 2)
        for iri, (x, y) in spring.items():
            found[iri] = (left + side // 2 + round(float(x)), top + side // 2 + round(float(y)))
        left, row = left + side + SPACE, max(row, side + SPACE)
    return found


def _in_order(part: nx.Graph) -> nx.Graph:
    """Return a copy whose nodes and edges are sorted: the springs depend on their order."""
    ordered = nx.Graph()
    ordered.add_nodes_from(sorted(part))
    ordered.add_edges_from(sorted(tuple(sorted(edge)) for edge in part.edges()))
    return ordered


def _legend(shown: nx.MultiDiGraph) -> str:
    kinds = sorted({told["kind"] for _, told in shown.nodes(data=True)})
    return " ".join(
        f'<span style="color:{COLOURS.get(kind, OTHER)}">&#9679;</span> {html.escape(kind)}' for kind in kinds
    )


def _short(name: str) -> str:
    return name if len(name) <= LABEL_LENGTH else name[: LABEL_LENGTH - 1] + "…"
