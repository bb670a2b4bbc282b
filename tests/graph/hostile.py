"""Runs `hostile.toml` against a store and watches what the machine does meanwhile.

    python -m tests.graph.hostile STORE FILE URL [BOLT]

prints one JSON line a query: what became of it, how long it took, and whether the next query was answered.
"""

import contextlib
import ctypes
import json
import os
import re
import socket
import struct
import sys
import threading
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from graph.errors import GraphError, QueryError, QueryRefused, QueryTimeout
from graph.guard import Language, QueryRunner

FIXTURE = Path(__file__).with_name("hostile.toml")
SECONDS = 1.0
"""The deadline of each query."""
LATE = 1.0
"""Seconds over the deadline that nothing may take."""
ROWS = 20
"""The cap of each query."""
FILLS = {
    "@FILL@": "x" * 1_000_000,
    "@DEEP@": "(" * 5_000 + "1" + ")" * 5_000,
    "@BRACES@": "{" * 5_000 + "}" * 5_000,
    "@SQUARES@": "[" * 5_000 + "]" * 5_000,
    "@MAPS@": "{a: " * 5_000 + "1" + "}" * 5_000,
    "@EXISTS@": "EXISTS { MATCH (n) WHERE " * 100 + "true" + " }" * 100,
    "@PLUS@": "+1" * 30_000,
    "@PATH@": "/".join(["<urn:a>"] * 10_000),
    "@UNION@": "UNION {} " * 10_000,
    "@BANG@": "!" * 90_000,
    "@NOT@": "NOT " * 20_000,
    "@VALUES@": "1 " * 40_000,
    "@LIST@": ", ".join(["1"] * 30_000),
    "@SLASHES@": "/*" * 40_000 + "/",
}


@dataclass(frozen=True, slots=True)
class Case:
    """One hostile query and what is to become of it; `named` stands in the refusal."""

    group: str
    language: Language
    text: str
    expect: str
    named: str = ""
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a query: "refused", "error", "timeout", "capped" or "answered", and how the store was after it."""

    became: str
    said: str
    remedy: str
    seconds: float
    next_answered: bool
    next_seconds: float


def cases() -> list[Case]:
    """Every case of the fixture, its placeholders still in it."""
    found = []
    for group in tomllib.loads(FIXTURE.read_text(encoding="utf-8"))["group"]:
        for query, *named in group["queries"]:
            for value in group.get("parameters", [None]):
                found.append(Case(group["name"], group["language"], query, group["expect"], *(named or [""]), value))
    return found


def filled(text: str, file: Path, url: str) -> str:
    """The text with its placeholders replaced."""
    for name, fill in (FILLS | {"@FILE@": str(file), "@URL@": url}).items():
        text = text.replace(name, fill)
    return text


def tried(runner: QueryRunner, case: Case, file: Path, url: str) -> Outcome:
    """Run one case, then an innocent query."""
    params = {} if case.value is None else {"name": filled(case.value, file, url)}
    became, said, remedy, begun = "answered", "", "", time.monotonic()
    try:
        answer = runner.run(case.language, filled(case.text, file, url), params, limit=ROWS, seconds=SECONDS)
        became = "capped" if answer.more and len(answer.rows) == ROWS else "answered"
    except GraphError as error:
        kinds = {QueryRefused: "refused", QueryTimeout: "timeout", QueryError: "error"}
        became, said, remedy = kinds.get(type(error), type(error).__name__), str(error), error.remedy
    seconds, begun = time.monotonic() - begun, time.monotonic()
    innocent = "ASK { ?s a ckg:Role }" if case.language == "sparql" else "MATCH (r:Role) RETURN count(r) > 0 AS yes"
    answered = runner.run(case.language, innocent).rows == ((True,),)
    return Outcome(became, said, remedy, seconds, answered, time.monotonic() - begun)


class Listener:
    """An HTTP address of this machine that counts who connects to it."""

    def __init__(self) -> None:
        self.connections = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/"
        threading.Thread(target=self._count, daemon=True).start()

    def reached(self, count: int) -> bool:
        """Whether at least so many connected, now or within a moment."""
        until = time.monotonic() + 5
        while self.connections < count and time.monotonic() < until:
            time.sleep(0.01)
        return self.connections >= count

    def _count(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                self._socket.accept()[0].close()
                self.connections += 1


EVENTS = {0x1: "read", 0x2: "write", 0x20: "open", 0x100: "create", 0x200: "delete"}


class FileWatch:
    """Counts what any process does to the files of a folder, as inotify tells it (see inotify(7))."""

    def __init__(self, folder: Path) -> None:
        libc = ctypes.CDLL(None, use_errno=True)
        self._events = libc.inotify_init1(os.O_NONBLOCK)
        assert libc.inotify_add_watch(self._events, os.fsencode(folder), sum(EVENTS)) >= 0

    def seen(self) -> Counter[str]:
        """What happened since this was last asked."""
        found: Counter[str] = Counter()
        with contextlib.suppress(BlockingIOError):
            while told := os.read(self._events, 1 << 16):
                at = 0
                while at < len(told):
                    _, mask, _, length = struct.unpack_from("iIII", told, at)
                    found.update(name for bit, name in EVENTS.items() if mask & bit)
                    at += 16 + length
        return found


OPENED = re.compile(r'(?:openat|open|creat)\((?:AT_FDCWD, )?"([^"]*)", ?([A-Z_|]*)')
CONNECTED = re.compile(r"(?:connect|sendto|bind)\(\d+, .*sa_family=AF_(?:INET|INET6|NETLINK|PACKET)")
CHANGED = re.compile(r'\b(?:rename|renameat2?|unlink|unlinkat|mkdir|mkdirat|symlink|link|truncate)\([^"]*"([^"]*)"')
RAN = re.compile(r'execve(?:at)?\("([^"]*)"')


def lines_of(trace: Path) -> Iterator[str]:
    """The calls that strace noted."""
    with trace.open(encoding="utf-8", errors="replace") as lines:
        yield from lines


def main(store: Path, file: Path, url: str, neo4j: str | None = None) -> None:
    """Run every case that the engine is for, and print what became of it."""
    with QueryRunner(store, neo4j) as runner:
        for case in cases():
            if neo4j is None or case.language == "cypher":
                outcome = tried(runner, case, file, url)
                if outcome.seconds > SECONDS + LATE or (outcome.became == "timeout" != case.expect):
                    outcome = tried(runner, case, file, url)  # a busy machine may delay anything, but not twice
                sys.stdout.write(json.dumps(asdict(outcome)) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:])
