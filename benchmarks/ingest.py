"""Time reading and extraction beside named peers in the same run, and print ratios.

    python -m benchmarks.ingest [--papers N] [--shared FOLDER] [--report FILE]

The peers: the plainest text extraction of the same file (lxml's itertext, pypdfium2) is the limit of what is possible;
the document path of another extractor (pubmed_parser) and of another graph builder (neo4j-graphrag: load, split, build
nodes; no model) is what others take. They come with the extra "bench"; without it their lines say so. The papers are
made up (`benchmarks.papers`); with --shared, real ones are timed too.
"""

import argparse
import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

from benchmarks.lines import Line, machine, table
from benchmarks.papers import as_jats, as_pdf, paper
from graph.canonical import canonical
from graph.project import quads_of
from ingest.outcome import Meta
from ingest.stage import parse

ROUNDS = 7
CLI = str(Path(__file__).resolve().parents[1] / "cli.py")


def seconds(act: Callable[[], object]) -> float:
    """Return the median processor time of an act, in seconds, after one that does not count."""
    act()
    taken = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        act()
        taken.append(time.process_time() - begun)
    return statistics.median(taken)


def compared(name: str, ours: float, peers: dict[str, float | None]) -> Iterator[Line]:
    """Yield a line for each peer."""
    for peer, theirs in peers.items():
        told = "not installed" if theirs is None else f"{theirs * 1000:.1f} ms"
        ratio = "" if theirs is None else f"{ours / theirs:.1f}"
        yield (name, f"{ours * 1000:.0f} ms", peer, told, ratio)


def one_jats(name: str, data: bytes) -> Iterator[Line]:
    """Time one paper in JATS."""
    from lxml import etree

    ours = seconds(lambda: parse(data, Meta("a.xml")))
    peers: dict[str, float | None] = {
        "lxml itertext (the limit)": seconds(lambda: "".join(etree.fromstring(data).itertext())),
        "pubmed_parser (article, paragraphs, references)": None,
    }
    if find_spec("pubmed_parser"):
        import pubmed_parser

        with tempfile.NamedTemporaryFile(suffix=".xml") as file:
            file.write(data)
            file.flush()

            def theirs() -> None:
                pubmed_parser.parse_pubmed_xml(file.name)
                pubmed_parser.parse_pubmed_paragraph(file.name)
                pubmed_parser.parse_pubmed_references(file.name)

            peers["pubmed_parser (article, paragraphs, references)"] = seconds(theirs)
    yield from compared(name, ours, peers)


def one_pdf(name: str, data: bytes) -> Iterator[Line]:
    """Time one paper as PDF."""
    import pypdfium2

    def plain() -> None:
        document = pypdfium2.PdfDocument(data)
        for page in document:
            page.get_textpage().get_text_range()
        document.close()

    ours = seconds(lambda: parse(data, Meta("a.pdf")))
    builder = "neo4j-graphrag (load, split, lexical graph)"
    peers: dict[str, float | None] = {"pypdfium2 text (the limit)": seconds(plain), builder: None}
    if find_spec("neo4j_graphrag"):
        with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
            file.write(data)
            file.flush()
            peers[builder] = seconds(lambda: asyncio.run(_lexical_graph(Path(file.name))))
    yield from compared(name, ours, peers)


async def _lexical_graph(path: Path) -> object:
    from neo4j_graphrag.components.lexical_graph import LexicalGraphBuilder
    from neo4j_graphrag.components.pdf_loader import PdfLoader
    from neo4j_graphrag.components.text_splitters.fixed_size_splitter import FixedSizeSplitter

    loaded = await PdfLoader().run(filepath=path)
    chunks = await FixedSizeSplitter().run(text=loaded.text)
    return await LexicalGraphBuilder().run(text_chunks=chunks, document_info=loaded.document_info)


def statements(data: bytes) -> int:
    """Return how many statements of RDF come of a paper."""
    return sum(1 for part in parse(data, Meta("a.xml")).parts for _ in quads_of(map(canonical, part.records)))


def density(shared: Path) -> Iterator[Line]:
    """Say how much comes of a made-up paper, beside real ones: what a store takes depends on it."""
    real = [path.read_bytes() for path in sorted(shared.glob("corpus/jats/*.xml"))]
    if real:
        theirs = statistics.mean(map(statements, real))
        ours = statistics.mean(statements(as_jats(paper(number))) for number in range(len(real)))
        peer = f"real papers (mean of {len(real)})"
        yield ("statements of a made-up paper", f"{ours:,.0f}", peer, f"{theirs:,.0f}", f"{ours / theirs:.2f}")


def ingested(folder: Path, store: Path, *options: str) -> tuple[float, int]:
    """Run `carekg ingest` as a user does; return the seconds and the size of its largest process in bytes."""
    command = [sys.executable, CLI, "ingest", str(folder), "--store", str(store), "--json", *options]
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise RuntimeError(f"{' '.join(command)} ended with status {status}")
    return time.perf_counter() - begun, used.ru_maxrss * 1024


def many(count: int) -> Iterator[Line]:
    """Time folders of papers: growth, memory, what did not change, processes versus one."""
    with tempfile.TemporaryDirectory() as home:
        folders = {}
        for size in sorted({max(count // 10, 1), count}):
            folders[size] = Path(home, f"papers-{size}")
            folders[size].mkdir()
            for number in range(size):
                (folders[size] / f"{number:05}.xml").write_bytes(as_jats(paper(number)))
        small, large = folders
        few, _ = ingested(folders[small], Path(home, "few"))
        every, memory = ingested(folders[large], Path(home, "all"))
        again, _ = ingested(folders[large], Path(home, "all"))
        one, _ = ingested(folders[small], Path(home, "one"), "--jobs", "1")
    each, first = every / large, few / small
    yield (
        f"{large} papers, a paper",
        f"{each * 1000:.0f} ms",
        f"{small} papers, a paper",
        f"{first * 1000:.0f} ms",
        f"{each / first:.2f}",
    )
    yield (f"{large} papers, largest process", f"{memory / 1e6:.0f} MB", "bound", "1000 MB", f"{memory / 1e9:.2f}")
    yield (
        f"{large} papers again, unchanged",
        f"{again:.2f} s",
        "the first time",
        f"{every:.1f} s",
        f"{again / every:.3f}",
    )
    cores = len(os.sched_getaffinity(0))
    yield (f"{small} papers, {cores} processes", f"{few:.1f} s", "1 process", f"{one:.1f} s", f"{few / one:.2f}")


def lines(count: int, shared: Path | None) -> Iterator[Line]:
    """Yield all lines."""
    yield from one_jats("one paper, JATS (made up)", as_jats(paper(1)))
    yield from one_pdf("one paper, PDF (made up)", as_pdf(paper(1)))
    for kind, measure in (("jats", one_jats), ("pdf", one_pdf)):
        real = sorted(shared.glob(f"corpus/{kind}/*")) if shared else []
        if real:
            middle = sorted(real, key=lambda path: path.stat().st_size)[len(real) // 2]
            yield from measure(f"one paper, {kind.upper()} (real)", middle.read_bytes())
    yield from density(shared) if shared else ()
    yield from many(count)


def main() -> None:
    """Print the lines, and write them as a page where asked to."""
    parser = argparse.ArgumentParser(description="Time reading and extraction beside named peers.")
    parser.add_argument("--papers", type=int, default=1000, help="how many papers the long run takes")
    parser.add_argument("--shared", type=Path, help="a folder with real papers")
    parser.add_argument("--report", type=Path, help="a page to write")
    options = parser.parse_args()
    found = []
    for line in lines(options.papers, options.shared):
        found.append(line)
        print(f"{line[0]:<36} {line[1]:>10}   {line[2]:<50} {line[3]:>14}   {line[4]:>6}", flush=True)
    if options.report is not None:
        options.report.parent.mkdir(parents=True, exist_ok=True)
        options.report.write_text(page(found, options.papers), encoding="utf-8")


def page(found: list[Line], count: int) -> str:
    """Return the page of the report."""
    head = (
        "# How fast papers are taken in",
        f"Printed by `python -m benchmarks.ingest --papers {count}`, with `--shared` for real papers. A ratio says "
        "more than a time: both sides run on the same machine in the same minutes. One paper is processor time, "
        "folders are wall time from start to end of the command, the store included.",
        machine(),
        table(found),
    )
    return "\n\n".join(head) + "\n"


if __name__ == "__main__":
    main()
