"""A real Neo4j Community server from Maven's jars, on 127.0.0.1: for the tests, and for people by `make neo4j`.

    python -m devtools.neo4j_server [--port 7687] [--data .cache/neo4j/data]

Needs Maven (once, to fetch about 120 MB of jars into .cache/neo4j/lib) and a JDK or JRE of version 17 or 21. It is up
in 5 to 10 seconds, asks for no password, and answers on Bolt only: there is no browser at port 7474.
"""

import argparse
import contextlib
import fcntl
import hashlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parents[1]
POM = Path(__file__).with_name("neo4j") / "pom.xml"
LIB = ROOT / ".cache" / "neo4j" / "lib"
DATA = ROOT / ".cache" / "neo4j" / "data"
JAVA = (17, 21)
START_SECONDS = 600
_BRIEF = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""For a server of a few minutes: to compile thoroughly and to collect garbage on all cores takes it twice the time."""
_MODULES = ("java.lang", "java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")


class Neo4jMissing(Exception):
    """What the server needs is not on this machine; the text says what and how to get it."""


def find_java() -> str:
    """Return the command of a Java that Neo4j 5 runs on, from JAVA_HOME or the path.

    Raises:
        Neo4jMissing: there is none, or it has another version.
    """
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=str(Path(home) / "bin")) if home else shutil.which("java")
    if java is None:
        where = f"JAVA_HOME ({home})" if home else "the path"
        raise Neo4jMissing(f"no java in {where}: install a JDK 17, e.g. apt-get install openjdk-17-jdk-headless")
    told = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(\d+)', told)
    version = int(found[1]) if found else 0
    if not JAVA[0] <= version <= JAVA[1]:
        raise Neo4jMissing(f"{java} is Java {version}, Neo4j 5 needs {JAVA[0]} to {JAVA[1]}: set JAVA_HOME to one")
    return java


def resolve(lib: Path = LIB) -> Path:
    """Return the folder with the server's jars, fetched by Maven where they are not there as the pom wants them.

    Raises:
        Neo4jMissing: Maven is not installed, or could not fetch them.
    """
    version = hashlib.sha256(POM.read_bytes()).hexdigest()
    mark = lib / "pom.sha256"
    if _says(mark, version):
        return lib
    maven = shutil.which("mvn")
    if maven is None:
        raise Neo4jMissing("no mvn in the path: install Maven, e.g. apt-get install maven")
    lib.parent.mkdir(parents=True, exist_ok=True)
    with _alone(lib.parent), tempfile.TemporaryDirectory(dir=lib.parent) as draft:
        if _says(mark, version):  # another process fetched them while this one waited
            return lib
        command = [maven, "-q", "-B", "-f", str(POM), "dependency:copy-dependencies", f"-DoutputDirectory={draft}/lib"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Neo4jMissing(f"Maven could not fetch Neo4j: {done.stdout[-600:]}{done.stderr[-600:]}")
        (Path(draft) / "lib" / mark.name).write_text(version, encoding="utf-8")
        if lib.exists():
            shutil.rmtree(lib)
        (Path(draft) / "lib").rename(lib)
    return lib


def _says(mark: Path, version: str) -> bool:
    return mark.is_file() and mark.read_text(encoding="utf-8") == version


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let one process at a time into the block: two that run tests would fetch the same jars."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def free_port() -> int:
    """Return a port of 127.0.0.1 that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def server(
    home: Path, port: int | None = None, settings: Mapping[str, str] | None = None, *, brief: bool = False
) -> Iterator[str]:
    """Yield the Bolt URI of a server on `home` (its data, configuration and log), which ends with the block.

    `settings` are lines of its configuration that come in place of ours, or beside them. A `brief` one is up sooner
    and never gets as fast as others: for tests.

    Raises:
        Neo4jMissing: Java or Maven are missing.
        RuntimeError: it did not start (the port is taken, say); tells the end of its log.
    """
    with running(home, port or free_port(), settings or {}, brief=brief) as (uri, _):
        yield uri


def admin(home: Path, *arguments: str, cwd: Path | None = None) -> str:
    """Run `neo4j-admin` on the stopped server in `home`, and return what it prints.

    Raises:
        Neo4jMissing: Java or Maven are missing.
        RuntimeError: it failed; tells the end of what it printed.
    """
    _configure(home, 0, {})
    command = [*_java(), "org.neo4j.cli.AdminTool", *arguments]
    environment = os.environ | {"NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
    done = subprocess.run(command, env=environment, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"neo4j-admin {' '.join(arguments[:3])} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


def _java() -> list[str]:
    opens = [f"--add-opens=java.base/{module}=ALL-UNNAMED" for module in _MODULES]
    return [find_java(), "-Xms128m", "-Xmx768m", "-cp", f"{resolve()}/*", *opens]


@contextlib.contextmanager
def running(
    home: Path, bolt: int, settings: Mapping[str, str], *, brief: bool = False
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Yield the Bolt URI of a server as `server` does, and its process, for those who want to see it killed."""
    java, *options = _java()
    command = [java, *(_BRIEF if brief else ()), *options, "org.neo4j.server.CommunityEntryPoint"]
    _configure(home, bolt, settings)
    log = home / "logs" / "neo4j.log"
    log.unlink(missing_ok=True)
    with (home / "console.log").open("wb") as out:
        process = subprocess.Popen(
            [*command, f"--home-dir={home}", f"--config-dir={home / 'conf'}"], stdout=out, stderr=subprocess.STDOUT
        )
    try:
        _wait(process, bolt, log)
        yield f"bolt://127.0.0.1:{bolt}", process
    finally:
        process.terminate()
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _configure(home: Path, bolt: int, settings: Mapping[str, str]) -> None:
    ours = {
        "server.default_listen_address": "127.0.0.1",
        "server.bolt.listen_address": f"127.0.0.1:{bolt}",
        "server.bolt.advertised_address": f"127.0.0.1:{bolt}",
        "server.http.enabled": "false",
        "server.https.enabled": "false",
        "server.memory.pagecache.size": "128m",
        "dbms.security.auth_enabled": "false",
        "dbms.usage_report.enabled": "false",
    }
    lines = [f"{name}={value}" for name, value in (ours | dict(settings)).items()]
    (home / "conf").mkdir(parents=True, exist_ok=True)
    (home / "conf" / "neo4j.conf").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _wait(process: subprocess.Popen[bytes], bolt: int, log: Path) -> None:
    """Wait until the log of this very process says that it has started: another may answer at the port."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        told = log.read_text(encoding="utf-8", errors="replace") if log.is_file() else ""
        if told.rstrip().endswith("Started."):
            return
        if process.poll() is not None or time.monotonic() > deadline:
            why = [line for line in told.splitlines() if "Exception" in line or "ERROR" in line]
            raise RuntimeError(f"Neo4j did not start on port {bolt} (see {log}):\n" + "\n".join(why[-3:]))
        time.sleep(0.2)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main() -> int:
    """Run the server until Ctrl-C."""
    parser = argparse.ArgumentParser(description="Start Neo4j Community on 127.0.0.1 until Ctrl-C.")
    parser.add_argument("--port", type=int, default=7687, help="of Bolt (default: 7687)")
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the database (default: .cache/neo4j/data)")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        print("starting Neo4j ...", flush=True)
        with running(given.data.resolve(), given.port, {}) as (uri, process):
            print(f"Neo4j listens at {uri}, without a password; data in {given.data}. Ctrl-C stops it.")
            print(f"Fill it from a store: carekg ingest PATH --neo4j {uri}", flush=True)
            status = process.wait()
        print(f"carekg: Neo4j ended with status {status}: see {given.data}/logs/neo4j.log", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped")
    except (Neo4jMissing, RuntimeError) as error:
        print(f"carekg: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
