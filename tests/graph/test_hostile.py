"""Every query of `hostile.toml`, run as people's are, while the kernel is watched: nothing written, opened, reached."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.allow import check_sparql
from graph.errors import QueryRefused
from graph.guard import QueryRunner
from graph.store import EvidenceGraph
from tests.graph.conftest import reviewed
from tests.graph.hostile import (
    CHANGED,
    CONNECTED,
    LATE,
    OPENED,
    RAN,
    SECONDS,
    Case,
    FileWatch,
    Listener,
    Outcome,
    cases,
    lines_of,
)

ROOT = Path(__file__).resolve().parents[2]
CASES = cases()
CYPHER = [case for case in CASES if case.language == "cypher"]
AS_EXPECTED = {"contained": {"answered", "capped", "error", "timeout"}, "harmless": {"answered", "capped", "error"}}


@dataclass(frozen=True, slots=True)
class Watched:
    """What happened while all queries ran."""

    outcomes: list[Outcome]
    store: Path
    bait: Path
    changed: bool
    connections: int
    files: dict[str, int]
    trace: Path | None


def names(case: Case) -> str:
    return f"{case.language}-{case.group}-{case.text[:40]!r}"


def run_all(folder: Path, neo4j: str | None = None) -> Watched:
    """Run the cases in a process of their own, under strace where it is installed, and watch."""
    bait = folder / "bait"
    bait.mkdir()
    (bait / "secret.csv").write_text("a,b\n1,2\n")
    with reviewed(folder / "store"):
        pass
    before = fingerprint(folder / "store", neo4j)
    listener, watch, trace = Listener(), FileWatch(bait), folder / "trace"
    traced = ["strace", "-f", "--seccomp-bpf", "-qq", "-e", "trace=%file,%network", "-o", str(trace)]
    has_strace = neo4j is None and shutil.which("strace") is not None
    ours = [sys.executable, "-m", "tests.graph.hostile", str(folder / "store"), str(bait / "secret.csv"), listener.url]
    command = [*(traced if has_strace else ()), *ours, *([neo4j] if neo4j else ())]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    outcomes = [Outcome(**json.loads(line)) for line in done.stdout.splitlines()]
    changed = fingerprint(folder / "store", neo4j) != before
    return Watched(
        outcomes, folder / "store", bait, changed, listener.connections, watch.seen(), trace if has_strace else None
    )


def fingerprint(store: Path, neo4j: str | None) -> object:
    """What a write would change: the files of the store save the Cypher cache, or every row of the server."""
    if neo4j is None:
        files = [path for path in sorted(store.rglob("*")) if path.is_file() and store / "cypher" not in path.parents]
        return [(str(path), sha256(path.read_bytes()).hexdigest()) for path in files]
    with EvidenceGraph(store, neo4j=neo4j) as graph:
        shown = (
            "SHOW INDEXES YIELD name, labelsOrTypes, properties RETURN name, labelsOrTypes, properties ORDER BY name"
        )
        rows = graph.engine().rows()
        every = graph.cypher("MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN count(DISTINCT n) AS n, count(r) AS r").rows
        return rows.nodes, rows.relationships, every, graph.cypher(shown).rows


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Watched:
    return run_all(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def watched_neo4j(neo4j_uri: str, tmp_path_factory: pytest.TempPathFactory) -> Watched:
    return run_all(tmp_path_factory.mktemp("hostile"), neo4j_uri)


def check_outcome(case: Case, outcome: Outcome) -> None:
    assert outcome.became in AS_EXPECTED.get(case.expect, {case.expect}), outcome
    assert case.named in outcome.said
    assert outcome.became != "refused" or outcome.remedy
    assert outcome.seconds < SECONDS + LATE
    assert outcome.next_answered


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= 200
    assert len({(case.language, case.text, case.value) for case in CASES}) == len(CASES)


@pytest.mark.parametrize("at", range(len(CASES)), ids=[names(case) for case in CASES])
def test_a_hostile_query_ends_as_it_should_and_the_store_answers_the_next(watched: Watched, at: int) -> None:
    assert len(watched.outcomes) == len(CASES)
    check_outcome(CASES[at], watched.outcomes[at])


def test_none_wrote_opened_the_bait_or_connected(watched: Watched) -> None:
    assert (watched.changed, watched.connections, watched.files) == (False, 0, {})


def test_the_kernel_saw_no_file_outside_the_store_and_no_connection(watched: Watched) -> None:
    if watched.trace is None:
        pytest.skip("no strace: apt-get install strace")
    python = {str(Path(where).resolve()) for where in (sys.prefix, sys.base_prefix, ROOT)} | {sys.prefix}
    system = (
        "/usr/lib",
        "/lib",
        "/etc/ld.so",
        "/proc/self/",
        "/proc/stat",
        "/proc/sys/",
        "/sys/",
        "/dev/null",
        "/dev/urandom",
        "/etc/localtime",
    )
    fine = (*python, *system, str(watched.store), "/usr/share/zoneinfo", "/usr/local/lib")
    opened, written, connected, ran, of_the_store = set(), set(), [], set(), 0
    for line in lines_of(watched.trace):
        if found := OPENED.search(line):
            path, flags = found.groups()
            of_the_store += path.startswith(str(watched.store))
            if not path.startswith(fine) and path.startswith("/"):
                opened.add(path)
            if set(flags.split("|")) & {"O_WRONLY", "O_RDWR", "O_CREAT"}:
                written.add(path)
        if (found := CHANGED.search(line)) and "ENOENT" not in line:
            written.add(found[1])
        if CONNECTED.search(line):
            connected.append(line)
        if found := RAN.search(line):
            ran.add(found[1])
    cache = str(watched.store / "cypher")
    at_start = {tempfile.gettempdir(), "/usr/share/locale/locale.alias"}  # KGLite looks for what it left; strace's own
    assert of_the_store > 0
    assert opened - at_start == set()
    fine_to_write = (cache, "/dev/null", "/proc/self/task/")  # the engines name their threads in the last
    assert {path for path in written if not path.startswith(fine_to_write) and "__pycache__" not in path} == set()
    assert connected == []
    assert ran <= {sys.executable}


def test_the_trace_is_understood() -> None:
    call = '7 openat(AT_FDCWD, "/x/y", O_WRONLY|O_CREAT|O_CLOEXEC, 0666) = -1 EACCES (Permission denied)'
    assert (found := OPENED.search(call)) and found.groups() == ("/x/y", "O_WRONLY|O_CREAT|O_CLOEXEC")
    assert CONNECTED.search("7 connect(5, {sa_family=AF_INET, sin_port=htons(80)}, 16) = -1 ENETUNREACH")
    assert (found := CHANGED.search('7 unlinkat(AT_FDCWD, "/x", 0) = 0')) and found[1] == "/x"
    assert not CHANGED.search('7 readlink("/x", "y", 4096) = 1')
    assert (found := RAN.search('7 execve("/bin/sh", ["sh"], 0x7ffd /* 9 vars */) = 0')) and found[1] == "/bin/sh"


@pytest.mark.neo4j
@pytest.mark.parametrize("at", range(len(CYPHER)), ids=[names(case) for case in CYPHER])
def test_a_real_server_survives_them_too(watched_neo4j: Watched, at: int) -> None:
    assert len(watched_neo4j.outcomes) == len(CYPHER)
    check_outcome(CYPHER[at], watched_neo4j.outcomes[at])


@pytest.mark.neo4j
def test_the_server_wrote_nothing_and_neither_opened_the_bait_nor_connected(watched_neo4j: Watched) -> None:
    seen = (watched_neo4j.changed, watched_neo4j.connections, watched_neo4j.files)
    assert seen == (False, 0, {})


@pytest.mark.neo4j
def test_the_watch_sees_what_a_server_does_that_is_asked_directly(neo4j_uri: str, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "bait").mkdir()
    secret = tmp_path / "bait" / "secret.csv"
    secret.write_text("a,b\n")
    listener, watch = Listener(), FileWatch(secret.parent)
    with EvidenceGraph(folder, neo4j=neo4j_uri) as graph:
        assert graph.cypher(f"LOAD CSV FROM 'file://{secret}' AS l RETURN l").rows == ((["a", "b"],),)
        with pytest.raises(Exception, match="Cypher query"):
            graph.cypher(f"LOAD CSV FROM '{listener.url}' AS l RETURN l")
    assert watch.seen()["open"] >= 1
    assert listener.reached(1)


def test_the_watch_sees_what_is_done(tmp_path: Path) -> None:
    listener, watch = Listener(), FileWatch(tmp_path)
    (tmp_path / "file").write_text("x")
    with pytest.raises(OSError):
        urllib.request.urlopen(listener.url, timeout=5)  # noqa: S310 - an address of this test
    with pytest.raises((OSError, RuntimeError)):
        list(ox.Store().query(f"SELECT * {{ SERVICE <{listener.url}> {{ ?s ?p ?o }} }}"))
    assert listener.reached(2)
    assert watch.seen().keys() >= {"create", "open", "write"}


def test_what_passes_the_check_unseen_reaches_nothing(graph: EvidenceGraph, tmp_path: Path) -> None:
    with QueryRunner(graph.path) as runner:
        if set(runner.taken) != {"network", "files"}:
            pytest.skip(f"this kernel takes {runner.taken or 'nothing'} from a process")
    (tmp_path / "secret.csv").write_text("a,b\n")
    listener = Listener()
    asked = [
        {"kind": "sparql", "query": f"SELECT * {{ SERVICE <{listener.url}> {{ ?s ?p ?o }} }}"},
        {"kind": "cypher", "query": f"LOAD CSV FROM 'file://{tmp_path}/secret.csv' AS l RETURN l"},
        {"kind": "cypher", "query": f"LOAD CSV FROM '{listener.url}' AS l RETURN l"},
        {"kind": "sparql", "query": "ASK { ?s a ckg:Role }"},
    ]
    more = {"params": {}, "limit": 9, "seconds": 5}
    held, lifeline = os.pipe()
    done = subprocess.run(
        [sys.executable, "-m", "graph.worker", str(held), str(graph.path)],
        pass_fds=(held,),
        input="".join(json.dumps(request | more) + "\n" for request in asked),
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    for end in (held, lifeline):
        os.close(end)
    ready, *replies, last = [json.loads(line) for line in done.stdout.splitlines()]
    assert ready["taken"] == ["network", "files"]
    assert [reply["error"]["kind"] for reply in replies] == ["QueryError"] * 3
    assert "Permission denied" in replies[1]["error"]["problem"]
    assert last["rows"] == [[True]]
    assert listener.connections == 0


PIECES = st.sampled_from(
    [
        *(
            "SERVICE",
            "service",
            "SILENT",
            "FROM",
            "true",
            "a",
            "1",
            "1.",
            ".",
            ":",
            ":x",
            "x:",
            "x:y",
            "_:b",
            "?v",
            "$v",
        ),
        *(
            " ",
            "\n",
            "\r",
            "#",
            "'",
            '"',
            "'''",
            '"""',
            "<",
            ">",
            "<URL>",
            "<urn:p>",
            "<#",
            "<'",
            "@en",
            "\\",
            "\\u0022",
        ),
        *(
            "{",
            "}",
            "{?s ?p ?o}",
            "(",
            ")",
            "FILTER(?o",
            "EXISTS",
            "||",
            "^^",
            "OPTIONAL",
            "-",
            "*",
            "/",
            "é",
            "·",
            "%41",
        ),
    ]
)


@pytest.fixture(scope="module")
def tempting() -> tuple[ox.Store, Listener]:
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal("o")))
    return store, Listener()


@settings(max_examples=1500, deadline=None, suppress_health_check=list(HealthCheck))
@given(pieces=st.lists(PIECES, max_size=14))
def test_no_text_that_passes_makes_oxigraph_ask_a_server(
    tempting: tuple[ox.Store, Listener], pieces: list[str]
) -> None:
    store, listener = tempting
    body = "".join(pieces).replace("<URL>", f"<{listener.url}>")
    query = f"PREFIX : <{listener.url}> PREFIX x: <{listener.url}> SELECT * {{ ?s ?p ?o {body} }}"
    try:
        check_sparql(query)
        list(store.query(query))
    except (QueryRefused, SyntaxError, RuntimeError, ValueError, OSError):
        pass
    assert listener.connections == 0, query
