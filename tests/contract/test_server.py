"""The server that tests and people start, and the connection to it: what is missing or wrong is said."""

import re
from pathlib import Path

import pytest
from neo4j import GraphDatabase

from devtools import neo4j_server
from devtools.neo4j_server import POM, ROOT, Neo4jMissing, find_java, resolve
from graph.errors import EngineUnavailable
from graph.store import EvidenceGraph


def java(folder: Path, version: str) -> Path:
    """A program that says it is a Java of this version."""
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / "java"
    program.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\" 2025-01-01' >&2\n")
    program.chmod(0o755)
    return program


@pytest.mark.parametrize("version", ["17.0.15", "21"])
def test_a_java_that_fits_is_taken_from_java_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str
) -> None:
    program = java(tmp_path / "bin", version)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert find_java() == str(program)


@pytest.mark.parametrize("version", ["11.0.2", "25", "1.8.0_402"])
def test_a_java_that_does_not_fit_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str) -> None:
    java(tmp_path, version)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Neo4jMissing, match="needs 17 to 21"):
        find_java()


def test_missing_programs_are_named_with_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Neo4jMissing, match="openjdk-17"):
        find_java()
    with pytest.raises(Neo4jMissing, match="apt-get install maven"):
        resolve(tmp_path / "lib")
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "gone"))
    with pytest.raises(Neo4jMissing, match="JAVA_HOME"):
        find_java()


def test_a_maven_that_fails_leaves_nothing_half_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    maven = tmp_path / "mvn"
    maven.write_text("#!/bin/sh\necho no network\nexit 1\n")
    maven.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(Neo4jMissing, match="no network"):
        resolve(tmp_path / "cache" / "lib")
    assert list((tmp_path / "cache").iterdir()) == []


def test_the_command_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setattr("sys.argv", ["neo4j_server", "--data", str(tmp_path / "data")])
    assert neo4j_server.main() == 1
    assert "carekg: no java" in capsys.readouterr().err


@pytest.mark.neo4j
def test_a_port_that_is_taken_is_named(tmp_path: Path, neo4j_uri: str) -> None:
    port = int(neo4j_uri.rsplit(":", 1)[1])
    with (
        pytest.raises(RuntimeError, match=f"did not start on port {port}(?s:.*)in use"),
        neo4j_server.server(tmp_path, port, brief=True),
    ):
        pytest.fail("a second server on the same port")


def test_people_and_tests_get_the_same_release() -> None:
    tested = re.search(r"<neo4j.version>(\d+\.\d+)\.", POM.read_text(encoding="utf-8"))
    offered = re.search(r"image: neo4j:([\d.]+)-community", (ROOT / "compose.yaml").read_text(encoding="utf-8"))
    assert tested is not None and offered is not None
    assert tested[1] == offered[1]


@pytest.mark.parametrize(
    ("uri", "problem"),
    [("http://127.0.0.1", "no Bolt URI"), ("nonsense", "no Bolt URI"), ("bolt://127.0.0.1:1", "cannot be reached")],
)
def test_a_server_that_is_not_there_is_named(tmp_path: Path, uri: str, problem: str) -> None:
    with pytest.raises(EngineUnavailable, match=problem):
        EvidenceGraph(tmp_path / "store", neo4j=uri)
    EvidenceGraph(tmp_path / "store").close()


@pytest.mark.neo4j
def test_a_server_that_was_never_filled_is_not_read(tmp_path: Path, neo4j_uri: str) -> None:
    EvidenceGraph(tmp_path / "store").close()
    with GraphDatabase.driver(neo4j_uri) as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")
    with pytest.raises(EngineUnavailable, match="holds no evidence yet"):
        EvidenceGraph(tmp_path / "store", read_only=True, neo4j=neo4j_uri)
    EvidenceGraph(tmp_path / "store", neo4j=neo4j_uri).close()
    with EvidenceGraph(tmp_path / "store", read_only=True, neo4j=neo4j_uri) as reader:
        assert reader.engine().stamp() == reader.stamp()


@pytest.mark.neo4j
def test_what_is_not_ours_in_the_server_stays(tmp_path: Path, neo4j_uri: str) -> None:
    with GraphDatabase.driver(neo4j_uri) as driver:
        driver.execute_query("MERGE (n:Mine {name: 'notes'})")
        EvidenceGraph(tmp_path / "store", neo4j=neo4j_uri).close()
        left = driver.execute_query("MATCH (n:Mine) WITH n, n.name AS name DETACH DELETE n RETURN name").records
        assert [record["name"] for record in left] == ["notes"]


@pytest.mark.neo4j
def test_a_database_that_does_not_exist_is_named(
    tmp_path: Path, neo4j_uri: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_DATABASE", "nowhere")
    with pytest.raises(EngineUnavailable, match="NEO4J_DATABASE"):
        EvidenceGraph(tmp_path / "store", neo4j=neo4j_uri)
