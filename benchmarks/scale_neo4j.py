"""Filling a real Neo4j, beside the plainest way, the importer on CSV made by hand, and BioCypher's writer.

`benchmarks.scale --neo4j` runs it. BioCypher does not fit beside our dependencies, so it runs in a Python of its own
(`--biocypher`, where `biocypher[neo4j]` is installed), on the same nodes and relationships in a file of JSON lines; it
writes files for the importer, as `graph.neo4j_import` does. It takes strings and lists of them, and one class name for
a node, so ours are given as such.
"""

import csv
import json
import statistics
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from neo4j import Driver, GraphDatabase

from benchmarks.graphs import studies
from benchmarks.lines import Line, line, seconds
from devtools.neo4j_server import admin, server
from graph import neo4j_import
from graph.cypher.engine import CONSTRAINT
from graph.cypher.neo4j import Neo4jEngine
from graph.project import Node, Relationship, Rows
from graph.store import EvidenceGraph
from graph.sync import every_row

ONE_BY_ONE = 1_000
"""Nodes, and relationships, that are merged one by one; the rest is told from them."""
IMPORTS = 6
"""Times that the importer runs on each kind of file; which goes first takes turns, as the machine warms up."""
_BIOCYPHER = r"""
import json, sys, time
from pathlib import Path
from biocypher import BioCypher
home = Path(sys.argv[1])
nodes, links = [], []
with (home / "rows.jsonl").open(encoding="utf-8") as lines:
    for line in lines:
        kind, *told = json.loads(line)
        (nodes if kind == "node" else links).append(tuple(told))
classes = [(name, "node", "entity") for name in sorted({node[1] for node in nodes})]
classes += [(name, "edge", "association") for name in sorted({link[3] for link in links})]
schema = "".join(
    f"{name}:\n  represented_as: {what}\n  input_label: {name}\n  is_a: {parent}\n"
    for name, what, parent in classes
)
ontology = home / "head.ttl"
terms = ["entity", "association"]
ontology.write_text("@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix owl: "
    "<http://www.w3.org/2002/07/owl#> .\n<urn:o#root> a owl:Class ; rdfs:label 'root' .\n" + "".join(
    f"<urn:o#{t}> a owl:Class ; rdfs:label '{t}' ; rdfs:subClassOf <urn:o#root> .\n" for t in terms))
(home / "schema.yaml").write_text(schema)
writer = BioCypher(dbms="neo4j", offline=True, strict_mode=False, schema_config_path=str(home / "schema.yaml"),
    head_ontology={"url": str(ontology), "root_node": "root"}, output_directory=str(home / "out"))
begun = time.perf_counter()
writer.write_nodes(iter(nodes))
writer.write_edges(iter(links))
print("seconds", time.perf_counter() - begun)
"""


def filled(count: int, biocypher: str | None) -> Iterator[Line]:
    """Fill Neo4j with some studies, in each of the ways."""
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch)
        with EvidenceGraph(home / "store") as graph:
            graph.load(studies(count))
            state = graph.snapshot()
            rows = every_row(state.store)
            size = len(rows.nodes) + len(rows.relationships)
            yield from _live(rows, home)
            files = home / "ours" / "files"
            files.parent.mkdir()
            written = seconds(lambda: neo4j_import.write(state, files))
        other = home / "plain" / "files"
        other.mkdir(parents=True)
        by_hand = seconds(lambda: _by_hand(rows, other))
        name = f"{size:,} nodes and relationships"
        ways = [(files, [f"@{neo4j_import.ARGUMENTS}"]), (other, _options(other))]
        taken: dict[Path, list[float]] = {files: [], other: []}
        for number in range(IMPORTS):
            for folder, given in ways[:: -1 if number % 2 else 1]:
                taken[folder].append(seconds(partial(_imported, folder, given)))
        ours, theirs = (statistics.median(taken[folder]) for folder in (files, other))
        yield line(f"{name} imported from files", ours, "the importer on CSV made by hand", theirs)
        yield line("files for the importer written", written, "csv.writer, without checks", by_hand)
        if biocypher is not None:
            told = _by_biocypher(rows, biocypher, home)
            yield line("files for the importer written", written, "BioCypher's writer", told)


def _live(rows: Rows, home: Path) -> Iterator[Line]:
    nodes, links = len(rows.nodes), len(rows.relationships)
    with server(home / "live") as uri, closing(Neo4jEngine(uri)) as engine:
        ours = seconds(lambda: engine.rebuild(rows, "state"))
    with server(home / "slow") as uri, GraphDatabase.driver(uri) as driver:
        driver.execute_query(CONSTRAINT)
        some = sorted(rows.nodes.values(), key=lambda node: node.iri)[:ONE_BY_ONE]
        slow = seconds(lambda: _nodes_one_by_one(driver, some)) / len(some) * nodes
        here = {node.iri for node in some}
        between = [link for link in sorted(rows.relationships) if link.start in here][:ONE_BY_ONE]
        slow += seconds(lambda: _links_one_by_one(driver, between)) / len(between) * links
    peer = f"one MERGE each ({len(some) + len(between):,} of them, told for all)"
    yield line(f"Neo4j filled live, {nodes:,} nodes, {links:,} relationships, as speed", ours, peer, slow, faster=True)


def _nodes_one_by_one(driver: Driver, nodes: list[Node]) -> None:
    with driver.session() as session:
        for node in nodes:
            labels = "".join(f":{label}" for label in node.labels)
            text = f"MERGE (n:Entity {{iri: $iri}}) SET n = $properties SET n{labels}"
            session.run(text, {"iri": node.iri, "properties": node.properties}).consume()  # type: ignore[arg-type]


def _links_one_by_one(driver: Driver, links: list[Relationship]) -> None:
    with driver.session() as session:
        for link in links:
            text = f"MERGE (a:Entity {{iri: $a}}) MERGE (b:Entity {{iri: $b}}) MERGE (a)-[:{link.type}]->(b)"
            session.run(text, {"a": link.start, "b": link.end}).consume()  # type: ignore[arg-type]


def _imported(files: Path, given: list[str]) -> None:
    said = admin(files.parent, "database", "import", "full", "neo4j", "--overwrite-destination", *given, cwd=files)
    if "IMPORT DONE" not in said:
        raise RuntimeError(said[-500:])


def _options(files: Path) -> list[str]:
    return [
        "--multiline-fields=true", "--array-delimiter=U+001F", "--read-buffer-size=16777216",
        *(f"--nodes={path.name}" for path in sorted(files.glob("nodes-*.csv"))),
        *(f"--relationships={path.name}" for path in sorted(files.glob("links-*.csv"))),
    ]  # fmt: skip


def _by_hand(rows: Rows, folder: Path) -> None:
    """Write CSV as one would by hand: a file a label, all values as text."""
    by_label: dict[str, list[Node]] = {}
    for node in rows.nodes.values():
        by_label.setdefault(node.labels[0], []).append(node)
    for label, nodes in by_label.items():
        names = sorted({name for node in nodes for name in node.properties if name != "iri"})
        many = {name for name in names if any(isinstance(node.properties.get(name), list) for node in nodes)}
        with (folder / f"nodes-{label}.csv").open("w", newline="", encoding="utf-8") as out:
            told = csv.writer(out)
            told.writerow(["iri:ID", *(f"{name}:string{'[]' * (name in many)}" for name in names), ":LABEL"])
            for node in nodes:
                values = [node.properties.get(name, "") for name in names]
                flat = ["\x1f".join(value) if isinstance(value, list) else value for value in values]
                told.writerow([node.iri, *flat, "\x1f".join(node.labels)])
    with (folder / "links-all.csv").open("w", newline="", encoding="utf-8") as out:
        told = csv.writer(out)
        told.writerow([":START_ID", ":END_ID", "assertion:string", ":TYPE"])
        for link in rows.relationships:
            told.writerow([link.start, link.end, link.assertion, link.type])


def _by_biocypher(rows: Rows, python: str, home: Path) -> float:
    with (home / "rows.jsonl").open("w", encoding="utf-8") as out:
        for node in rows.nodes.values():
            told = {name: value for name, value in node.properties.items() if name != "iri"}
            out.write(json.dumps(["node", node.iri, node.labels[0].lower(), told]) + "\n")
        for link in rows.relationships:
            told = {"assertion": link.assertion} if link.assertion else {}
            out.write(json.dumps(["link", None, link.start, link.end, link.type.lower(), told]) + "\n")
    command = [python, "-c", _BIOCYPHER, str(home)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=home)
    if done.returncode:
        raise RuntimeError(f"BioCypher failed: {done.stderr[-500:]}")
    return float(next(line for line in done.stdout.splitlines() if line.startswith("seconds")).split()[1])
