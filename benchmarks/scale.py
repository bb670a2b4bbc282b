"""Time stores of many studies beside named peers in the same run, and print ratios.

    python -m benchmarks.scale [--studies N [N ...]] [--cypher N] [--neo4j] [--biocypher PYTHON] [--report FILE]

Studies are made up (`benchmarks.graphs`, about 456 triples each). `--studies 100` takes a minute; 20000 takes a good
part of an hour and 10 GB of disk. `--neo4j` starts a real server (see `make neo4j`) and its importer, with 30 studies;
`--biocypher` names a Python of an environment of its own with `biocypher[neo4j]` in it. Peers:

- Oxigraph's own bulk load of the same N-Quads, and its load of one study's lines: the limit of what is possible. Where
  others are to read what was committed, its backup, which waits for the disk, is the peer.
- pySHACL on the same study.
- rdflib in memory, on at most 200 studies; it is told how long each quad takes.
- one `MERGE` for each node and relationship, each its own transaction: the plainest way of filling Neo4j.
- the importer of Neo4j on CSV made by hand of the same rows.

Where there is no peer, the bound that the project sets itself stands in its place.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path

import pyoxigraph as ox

from benchmarks.graphs import studies, study
from benchmarks.lines import Line, line, machine, seconds, table
from benchmarks.timed import Timed
from graph.project import to_quads
from graph.store import EvidenceGraph
from graph.validate import found_by_pyshacl, validate_records
from graph.views import around, fulltext, keep
from ontology.base import Record
from ontology.model import Theme
from ontology.namespaces import SCHEME

RDFLIB_MOST = 200
"""Studies that rdflib is given at most."""
CYPHER_MOST = 2_000
"""Studies with which the embedded Cypher engine is filled where nothing else is asked for."""
NEO4J_MOST = 30
"""Studies that Neo4j is filled with at most: one by one takes minutes."""
SLICE = 1_000
LOADS = 3
"""Times that a small store is loaded."""
ROUNDS = 9


def median(act: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the median of some rounds, after one that does not count."""
    act()
    return statistics.median(seconds(act) for _ in range(rounds))


def loaded(count: int, home: Path) -> Iterator[Line]:
    """Fill a store, Oxigraph and rdflib with the same; a small one several times, as the disk alone may take longer."""
    times = LOADS if count <= RDFLIB_MOST else 1
    places = [home, *(home / f"again-{number}" for number in range(1, times))]
    told = [_loaded(count, place) for place in places]
    ours, views, limit, slow = (statistics.median(figures) for figures in zip(*told, strict=True))
    plain = ox.Store(str(home / "plain"))
    name, peer = f"{count:,} studies ({len(plain):,} quads) loaded", "pyoxigraph bulk_load of the lines"
    yield line(f"{name}: RDF, as speed", ours - views, peer, limit, faster=True)
    yield line(f"{name}: RDF and views", ours, peer, limit)
    if slow:
        yield line(f"{name}: RDF, as speed", ours - views, "rdflib in memory", slow, faster=True)
        yield line(f"{name}: RDF with pyoxigraph alone, as speed", limit, "rdflib in memory", slow, faster=True)


def _loaded(count: int, home: Path) -> tuple[float, float, float, float]:
    """Return the seconds that our store took, its views among them, and that Oxigraph and rdflib took, in turn."""
    ours = limit = slow = 0.0
    home.mkdir(exist_ok=True)
    coming, plain, memory = studies(count), ox.Store(str(home / "plain")), None
    if count <= RDFLIB_MOST:
        import rdflib

        memory = rdflib.Dataset()
    with Timed(home / "store") as graph:
        while some := list(islice(coming, SLICE)):
            lines = "".join(line for records in some for line in to_quads(records)).encode()
            limit += seconds(lambda lines=lines: plain.bulk_load(lines, format=ox.RdfFormat.N_QUADS, lenient=True))  # type: ignore[misc]
            ours += seconds(lambda some=some: graph.load(some, size=SLICE))  # type: ignore[misc]
            if memory is not None:
                slow += seconds(lambda lines=lines: memory.parse(lines, format="nquads"))  # type: ignore[misc]
        return ours, graph.views_seconds, limit, slow


def committed(count: int, home: Path, *, cypher: bool) -> Iterator[Line]:
    """Commit single studies to a store, and check them, each beside a peer with the same study in turn."""
    peer = _Peer(home / f"single-{time.time_ns()}")
    at = f"one study more than {count:,}"
    with Timed(home / "store") as graph:
        fresh = sum(1 for _ in graph.documents())  # what a kept store has from an earlier run would change nothing
        coming = iter([study(number, seed=fresh) for number in range(6 * ROUNDS + 4)])
        with graph.batch():
            ours, theirs = in_turn(graph.apply, peer.commit, [next(coming) for _ in range(ROUNDS + 1)])
            yield line(f"{at}: RDF", ours, "pyoxigraph load of its lines", theirs)
            if cypher:
                filled = seconds(graph.engine)
                yield line(f"Cypher engine filled from {count:,}", filled, "the studies, each", filled / count)
                ours, theirs = in_turn(graph.apply, peer.commit, [next(coming) for _ in range(ROUNDS + 1)])
                yield line(f"{at}: RDF and embedded Cypher", ours, "pyoxigraph load of its lines", theirs)
                yield line(f"{at}: RDF and embedded Cypher", ours, "bound", 0.020)
        stores = "RDF, embedded Cypher" if cypher else "RDF"
        for name, without in (("shown to readers", True), ("shown to readers, and views", False)):
            spent: list[float] = []
            graph.without_views = without
            some = [next(coming) for _ in range(2 * ROUNDS + 1)]
            ours, theirs = in_turn(
                lambda one, spent=spent: spent.append(seconds(partial(graph.apply, one))), peer.publish, some
            )  # type: ignore[misc]
            yield line(f"{at}: {stores}, {name}", ours, "pyoxigraph load, flush, backup", theirs)
            yield line(f"{at}: {stores}, {name}", ours, "bound", 0.020)
            yield line(f"{at}: {stores}, {name}, the slowest of {len(some) - 1}", max(spent[1:]), "bound", 0.020)
    yield from validated()


class _Peer:
    """Oxigraph alone, into which the lines of the same studies go: with what is needed to read it beside the writer."""

    def __init__(self, home: Path) -> None:
        self._home = home
        home.mkdir()
        self._store = ox.Store(str(home / "rdf"))

    def commit(self, records: list[Record]) -> None:
        """Put the lines of a study into the store, in one transaction."""
        self._store.load("".join(to_quads(records)).encode(), format=ox.RdfFormat.N_QUADS)

    def publish(self, records: list[Record]) -> None:
        """Do the same, and make a copy that can be read meanwhile, written through to the disk."""
        self.commit(records)
        self._store.backup(str(self._home / f"copy-{time.time_ns()}"))


def validated() -> Iterator[Line]:
    """Check single studies: those that are right, and those that are wrong somewhere."""
    some = [study(number, seed=2) for number in range(ROUNDS + 1)]
    ours, theirs = in_turn(validate_records, lambda records: found_by_pyshacl(to_quads(records)), some)
    yield line("one study validated (SHACL)", ours, "pySHACL", theirs)
    yield line("one study validated (SHACL)", ours, "bound", 0.050)
    wrong = [[replace(one, spans=()) if isinstance(one, Theme) else one for one in records] for records in some]
    ours, theirs = in_turn(validate_records, lambda records: found_by_pyshacl(to_quads(records)), wrong)
    yield line("one study validated that has a fault", ours, "pySHACL", theirs)


def in_turn(
    ours: Callable[[list[Record]], object], theirs: Callable[[list[Record]], object], given: list[list[Record]]
) -> tuple[float, float]:
    """Return the medians of two acts on the same things, one after the other; the first does not count."""
    told = [(seconds(partial(ours, one)), seconds(partial(theirs, one))) for one in given][1:]
    return statistics.median(mine for mine, _ in told), statistics.median(other for _, other in told)


def asked(count: int, home: Path) -> Iterator[Line]:
    """Ask a reader what people ask."""
    bound = 0.050
    with EvidenceGraph(home / "store", read_only=True) as graph:
        views = graph.views()
        yield line(f"views opened at {count:,}", median(graph.views), "bound", bound)
        for rows, columns in (("level", "role"), ("attributed to", "role"), ("domain", "level")):
            shown = median(lambda rows=rows, columns=columns: keep.matrix(views, "Barrier", rows, columns))  # type: ignore[misc]
            yield line(f"matrix {rows} x {columns}", shown, "bound", bound)
        for words in ("nurse", "medication review late", "vaccination", ""):
            total = fulltext.search(views, words, limit=0, counts=False).total
            name = f"full text “{words}” ({total:,} hits)" if words else f"no words ({total:,} hits)"
            plain = median(lambda words=words: fulltext.search(views, words, counts=False))  # type: ignore[misc]
            yield line(name, plain, "bound", bound)
            counted = median(lambda words=words: fulltext.search(views, words))  # type: ignore[misc]
            yield line(f"{name}, with counts of facets", counted, "bound", bound)
        barrier = graph.sparql("SELECT ?b { ?b a ckg:Barrier } LIMIT 1").rows[0][0]
        for name, iri in (("a barrier", barrier), ("the concept “nurse”", f"{SCHEME}role/nurse")):
            yield line(f"relations of {name}", median(lambda iri=iri: around.relations(graph, iri)), "bound", bound)  # type: ignore[misc]
            yield line(f"what lies around {name}", median(lambda iri=iri: around.around(graph, iri)), "bound", bound)  # type: ignore[misc]


READER = """
import sys
from graph.store import EvidenceGraph
from graph.views import around, fulltext, keep
def told():
    # not ru_maxrss: a process begins with that of the one that started it
    (peak,) = (row.split()[1] for row in open("/proc/self/status") if row.startswith("VmHWM"))
    print(int(peak) // 1024, flush=True)
with EvidenceGraph(sys.argv[1], read_only=True) as graph:
    views = graph.views()
    keep.matrix(views, "Barrier", "level", "role")
    fulltext.search(views, "nurse")
    graph.sparql("SELECT ?b ?l { ?b a ckg:Barrier ; ckg:level ?l } LIMIT 1000")
    graph.counts()
    told()
    if sys.argv[2] == "cypher":
        graph.cypher("MATCH (b:Barrier) RETURN b.level, count(b)")
        told()
"""


def served(count: int, home: Path, *, cypher: bool) -> Iterator[Line]:
    """Measure the memory of a process that reads."""
    command = [sys.executable, "-c", READER, str(home / "store"), "cypher" if cypher else "no"]
    found = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    for name, told in zip(("views, SPARQL, counts", "and embedded Cypher"), found, strict=False):
        yield (f"reader of {count:,}: {name}", f"{told} MB", "bound", "1000 MB", f"{int(told) / 1000:.2f}")


def lines(count: int, home: Path, *, cypher: bool) -> Iterator[Line]:
    """Yield all lines of one size; a store that is there already is not loaded again."""
    if not (home / "store").exists():
        yield from loaded(count, home)
    yield from asked(count, home)
    yield from committed(count, home, cypher=cypher)
    yield from served(count, home, cypher=cypher)


def main() -> None:
    """Print the lines, and write them as a page where asked to."""
    parser = argparse.ArgumentParser(description="Time stores of many studies beside named peers.")
    parser.add_argument("--studies", type=int, nargs="+", default=[100], help="sizes")
    parser.add_argument("--cypher", type=int, default=CYPHER_MOST, help="fill the embedded engine up to this size")
    parser.add_argument("--neo4j", action="store_true", help="start Neo4j and its importer, with 30 studies")
    parser.add_argument("--biocypher", help="a Python that has biocypher[neo4j]")
    parser.add_argument("--keep", type=Path, help="a folder for the stores, which stay; else a temporary one")
    parser.add_argument("--report", type=Path, help="a page to write")
    options = parser.parse_args()
    asked = f"--studies {' '.join(map(str, options.studies))}" + " --neo4j" * options.neo4j
    asked += f" --cypher {options.cypher}" * (options.cypher != CYPHER_MOST)
    asked += " --biocypher PYTHON" * bool(options.biocypher)
    found: dict[str, list[Line]] = {}
    for title, told in _measured(options):
        found.setdefault(title, []).append(told)
        print(f"{told[0]:<62} {told[1]:>10}   {told[2]:<40} {told[3]:>10}   {told[4]:>7}", flush=True)
        if options.report is not None:  # each time: what was measured is kept if something later fails
            options.report.parent.mkdir(parents=True, exist_ok=True)
            options.report.write_text(page(found, asked), encoding="utf-8")


def _measured(options: argparse.Namespace) -> Iterator[tuple[str, Line]]:
    """Yield the lines of the page, each with the heading that it stands under."""
    for count in sorted(options.studies):
        with tempfile.TemporaryDirectory() as scratch:
            home = options.keep / str(count) if options.keep else Path(scratch)
            home.mkdir(parents=True, exist_ok=True)
            for told in lines(count, home, cypher=count <= options.cypher):
                yield f"{count:,} studies", told
    if options.neo4j:
        from benchmarks.scale_neo4j import filled

        count = min(*options.studies, NEO4J_MOST)
        for told in filled(count, options.biocypher):
            yield f"Neo4j, {count:,} studies", told


def page(found: dict[str, list[Line]], asked: str) -> str:
    """Return the page of the report; `asked` are the options of the command."""
    parts = [
        "# How the graph scales",
        f"Printed by `python -m benchmarks.scale {asked}`. A ratio says more than a time: both sides run on "
        "the same machine in the same minutes, and where somebody else uses the machine too, both suffer. Times are "
        "wall time, the median of nine rounds; of loads that of three, and of more than 200 studies of one. “As speed” "
        "is theirs by ours (more is better); every other ratio is ours by theirs (less is better).",
        machine(),
    ]
    for title, told in found.items():
        parts += [f"## {title}", table(told)]
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    main()
