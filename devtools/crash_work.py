"""The work that `devtools.crash` kills in its midst, and what looks at the store that is left."""

import os
import signal
import sqlite3
import sys
import zlib
from collections.abc import Callable, Sequence
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from commands.intake import Intake
from graph.export import export
from graph.parity import compare
from graph.store import EvidenceGraph
from graph.views import keep
from graph.views.database import Views
from ingest.ledger import Ledger, Quarantine
from ingest.outcome import Meta
from ingest.pipeline import Limits
from ingest.stage import parse
from ontology.base import Record
from ontology.errors import CarekgError

State = dict[str, str]
"""The documents of a store, by IRI, with the hash of each one's graph."""
_FILES = {"FORMAT", "lock", "rdf", "published", "CURRENT", "cypher", "views.db", "log.jsonl", "inputs.jsonl"}
_FILES |= {"quarantine.jsonl", "views.db-wal", "views.db-shm", "dirty.new", "CURRENT.new", "quarantine.jsonl.new"}
"""What may lie in a store that nobody writes to; a draft may be left and is written over when there is another."""
_OPERATIONS = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "shutil.rmtree", "sqlite3.connect"}
_OPERATIONS |= {"fcntl.flock", "os.truncate", "os.scandir"}
_TEXT = """Handing over {what} at discharge: what {who} say

Abstract
Background: Nobody knows who should follow up {what} after discharge.
Methods: We interviewed {n} {who} in two regions and analysed the transcripts thematically.
Results: Barriers were unclear responsibility for {what} and late letters from the ward.
Conclusions: Hospitals should name one person who follows up {what}.

Results
We spoke with {n} {who}.
Unclear responsibility
Most {who} described that nobody felt responsible for {what} once the patient had left.
"I ring the ward about {what} and nobody picks up the phone." ({one}, {n})
Lack of time was a barrier to calling the hospital about {what}.
"""


def corpus(folder: Path, count: int) -> list[Path]:
    """Write `count` short studies, and beside the folder a file that cannot be read; return where they are."""
    folder.mkdir()
    things = ("warfarin", "steroids", "wound care", "insulin", "catheters", "sleeping pills", "oxygen", "feeding tubes")
    people = (("nurses", "nurse"), ("general practitioners", "general practitioner"), ("pharmacists", "pharmacist"))
    paths = []
    for number in range(count):
        who, one = people[number % len(people)]
        path = folder / f"{number:02d}.txt"
        what = things[number % len(things)]
        path.write_text(_TEXT.format(what=what, who=who, one=one, n=10 + number), encoding="utf-8")
        paths.append(path)
    bad = folder.with_name("empty.txt")
    bad.write_bytes(b"")
    return [*paths, bad]


def read(files: Sequence[Path]) -> list[list[Record]]:
    """Return the records of each file that can be read, and load with that all that reading needs."""
    return [
        list(part.records) for path in files for part in parse(path.read_bytes(), Meta(path.name)).parts if part.report
    ]


def ingest(store: Path, files: Sequence[Path], acknowledge: Callable[[int], None]) -> None:
    """Take the files in as `carekg ingest` does, in this process; acknowledged when the store is closed again."""
    done = 0
    with Intake(store, publish_seconds=0.1) as intake:
        for outcome, _ in intake.take(files, Limits(jobs=0), None):
            done += outcome.error is None
    acknowledge(done)


def load(store: Path, papers: Sequence[list[Record]], acknowledge: Callable[[int], None]) -> None:
    """Load documents many at a time, two here; acknowledged when all are there."""
    with EvidenceGraph(store) as graph:
        graph.load(papers, size=2)
    acknowledge(len(papers))


def retract(store: Path, documents: Sequence[str], acknowledge: Callable[[int], None]) -> None:
    """Take one document after the other out, as `carekg retract` does; what is gone already is passed over."""
    for done, document in enumerate(documents, 1):
        with EvidenceGraph(store) as graph:
            if graph.state(document) is not None:
                graph.retract(document)
        acknowledge(done)


def change(store: Path, papers: Sequence[list[Record]], acknowledge: Callable[[int], None]) -> None:
    """Replace one document after the other in a store that stays open, with both graphs; every step is acknowledged."""
    with EvidenceGraph(store) as graph:
        graph.engine()
        for done, step in enumerate(steps(papers), 1):
            graph.apply(step)
            acknowledge(done)


def states_between(store: Path, papers: Sequence[list[Record]]) -> list[State]:
    """Do the steps of `change` and return the states that they lead through, the first the one before them."""
    with EvidenceGraph(store) as graph:
        states = [_documents(graph)]
        for step in steps(papers):
            graph.apply(step)
            states.append(_documents(graph))
    return states


def steps(papers: Sequence[list[Record]]) -> list[list[Record]]:
    """Return what `change` applies: a part of each paper, then each as it was, so that graphs are replaced."""
    return [paper[:1] for paper in papers] + list(papers)


def states_of(store: Path) -> tuple[dict[str, str], str]:
    """Return the documents of a store and the hash of its N-Quads, as readers have them."""
    with EvidenceGraph(store, read_only=True) as graph:
        out = BytesIO()
        export(graph, "nquads", out)
        return _documents(graph), sha256(out.getvalue()).hexdigest()


def remembered(store: Path) -> tuple[dict[str, Any], list[tuple[str, ...]]]:
    """Return what a store remembers of the files that it was fed: those taken in, and those in quarantine."""
    done = {done.key: done.states for done in Ledger.of(store).files()}
    return done, [(held.path, held.key, held.problem) for held in Quarantine.of(store).files()]


def kill_at(operation: int, folder: Path) -> None:
    """Have this process killed before the operation of this number on files of the folder."""
    seen = 0
    inside = str(folder)

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal seen
        if event in _OPERATIONS and (event == "fcntl.flock" or str(arguments[0]).startswith(inside)):
            seen += 1
            if seen == operation:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)


def count_operations(folder: Path, work: Callable[[], None]) -> int:
    """Do the work and return how many operations on files of the folder it took."""
    seen = 0
    inside = str(folder)

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal seen
        seen += event in _OPERATIONS and (event == "fcntl.flock" or str(arguments[0]).startswith(inside))

    sys.addaudithook(watch)
    work()
    return seen


def faults_of(store: Path, states: Sequence[State], acknowledged: int) -> tuple[list[str], int]:
    """Return what is wrong with a store whose writer was killed, and which of the states it is in.

    `states` are those that the work leads through, the first the one before it; so many steps were acknowledged. First
    comes what a reader sees, then what the next writer finds: a state as recent, whole, and the same in every store.
    """
    wrong: list[str] = []
    seen = acknowledged
    try:
        with EvidenceGraph(store, read_only=True) as graph:
            seen = _place(graph, states, acknowledged)
            if seen < acknowledged:
                wrong.append(f"readers see state {seen} of {len(states) - 1}, acknowledged was {acknowledged}")
    except CarekgError as error:
        if acknowledged or states[0]:
            wrong.append(f"readers cannot open it: {error}")
    found = 0
    with EvidenceGraph(store) as graph:
        found = _place(graph, states, seen)
        if found < max(seen, acknowledged):
            wrong.append(f"a writer finds state {found}, acknowledged was {acknowledged}, readers saw {seen}")
        wrong += [f"both graphs: {one}" for one in compare(graph.snapshot(), {"embedded": graph.engine()})]
        wrong += [f"views: {name} differs" for name in _differing(graph)]
        if any("stage" in name for name in graph.graphs()):
            wrong.append("staged statements are left")
    ledger = remembered(store)[0]
    lost = [key for key, told in ledger.items() if any(iri not in states[found] for iri, _ in told)]
    if lost and len(states[-1]) > len(states[0]):
        wrong.append(f"the ledger has {len(lost)} files that the store lost")
    with EvidenceGraph(store, read_only=True) as graph:
        if _place(graph, states, found) != found:
            wrong.append("readers do not see what the writer found")
    wrong += [f"left behind: {path.name}" for path in store.iterdir() if path.name not in _FILES]
    return wrong, found


def _place(graph: EvidenceGraph, states: Sequence[State], least: int) -> int:
    """Return the number of the state that a store is in, the least that fits and is not below `least`; -1 for none."""
    there = _documents(graph)
    fitting = [number for number, state in enumerate(states) if there == state]
    return next((number for number in fitting if number >= least), max(fitting, default=-1))


def _documents(graph: EvidenceGraph) -> dict[str, str]:
    return {document.iri: graph.state(document.iri) or "" for document in graph.documents()}


def _differing(graph: EvidenceGraph) -> list[str]:
    """Return the tables in which the views that were kept differ from views that are made now."""
    fresh = Views.in_memory()
    keep.refresh(fresh, graph.snapshot())
    kept, made = _told(graph.views().connection), _told(fresh.connection)
    fresh.close()
    return [name for name in made if kept[name] != made[name]]


def _told(connection: sqlite3.Connection) -> dict[str, list[Any]]:
    """Return what the views say, without the numbers that they give to hits."""
    connection.execute("INSERT INTO words(words) VALUES ('integrity-check')")
    questions = {
        "meta": "SELECT key, value FROM meta",
        "graphs": "SELECT name, hash, studies FROM graphs",
        "totals": "SELECT * FROM totals",
        "ends": "SELECT * FROM ends",
        "hits": "SELECT iri, study, kind, name, score FROM hits",
        "facets": "SELECT facet, value, iri FROM facets JOIN hits ON id = hit",
        "words": "SELECT iri, body FROM words JOIN hits ON id = words.rowid",
    }
    told = {name: sorted(connection.execute(text), key=repr) for name, text in questions.items()}
    parts = connection.execute("SELECT study, name, cells FROM parts ORDER BY study")
    return told | {"parts": [(study, name, zlib.decompress(cells)) for study, name, cells in parts]}
