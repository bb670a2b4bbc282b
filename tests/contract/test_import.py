"""Neo4j's own importer on our files, and the server that it fills: behind a password and TLS, and read-only."""

import dataclasses
import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from neo4j import GraphDatabase

from devtools.neo4j_server import Neo4jMissing, admin, server
from graph import neo4j_import, sync
from graph.cypher.neo4j import Neo4jEngine
from graph.errors import EngineUnavailable, ExportError, QueryError
from graph.parity import compare
from graph.project import Node, Rows
from graph.store import EvidenceGraph
from ontology.base import Record
from ontology.identity import mint
from ontology.model import Theme
from tests.cli.runner import run, told
from tests.graph.samples import clinic, review, ward
from tests.strategies import HOSTILE

PASSWORD = "a right one"
SAME = "10.1000/one"


def hostile() -> list[Record]:
    """The ward study with a theme for every hostile text, alone and in a list."""
    records = ward(doi=SAME)
    theme = next(record for record in records if isinstance(record, Theme))
    for number, text in enumerate([*HOSTILE, "", "\x1f", "long " * 200_000]):
        iri = mint("Theme", "hostile", str(number))
        records.append(dataclasses.replace(theme, iri=iri, label=text, variants=("", text + ".", text)))
    return records


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with two reports of one study, one full of hostile text, and a review."""
    folder = tmp_path_factory.mktemp("import") / "store"
    with EvidenceGraph(folder) as graph:
        graph.apply(hostile())
        graph.apply(clinic(doi=SAME))
        graph.add(review(ward(doi=SAME)))
        graph.engine()
    return folder


def test_the_manifest_tells_of_every_file(store: Path, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    done = told("export", "--format", "neo4j-csv", "-o", folder, store=store)
    manifest = neo4j_import.check(folder)
    with EvidenceGraph(store, read_only=True) as graph:
        rows = sync.every_row(graph.snapshot().store)
        assert (done["stamp"], manifest["stamp"]) == (graph.stamp(), graph.stamp())
        assert neo4j_import.write(graph.snapshot(), tmp_path / "again") == manifest
    assert (done["nodes"], done["relationships"]) == (len(rows.nodes), len(rows.relationships))
    assert {path.name for path in folder.iterdir()} == {*manifest["files"], neo4j_import.MANIFEST}
    counted = {"nodes": 0, "links": 0}
    for name, file in manifest["files"].items():
        if name.startswith(("nodes-", "links-")):
            counted[name.split("-")[0]] += file["rows"]
            assert (folder / name).stat().st_size == file["bytes"]
    assert counted["links"] == len(rows.relationships)
    assert counted["nodes"] == len(rows.nodes) + len(rows.attestations) + 1
    assert manifest["list_separator"] == "U+001E", "a list of the store holds U+001F"


def test_a_file_that_was_changed_is_noticed(store: Path, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    assert run("export", "--format", "neo4j-csv", "-o", folder, store=store).exit_code == 0
    (folder / "nodes-Role-0001.csv").write_bytes(b"")
    with pytest.raises(ExportError, match="is not the file that was written"):
        neo4j_import.check(folder)
    (folder / "nodes-Role-0001.csv").unlink()
    with pytest.raises(ExportError, match="no whole export"):
        neo4j_import.check(folder)


def test_a_folder_is_needed_and_an_old_one_is_not_written_to(store: Path, tmp_path: Path) -> None:
    assert run("export", "--format", "neo4j-csv", store=store).exit_code == 2
    (tmp_path / "mine").write_text("x")
    result = run("export", "--format", "neo4j-csv", "-o", tmp_path, store=store)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def themed(variants: list[str]) -> Rows:
    return Rows(nodes={"urn:t": Node("urn:t", ("Theme", "Entity"), {"iri": "urn:t", "variants": variants})})


@pytest.mark.parametrize(
    ("planted", "problem"),
    [
        (Rows(nodes={ward()[0].iri: Node(ward()[0].iri, ("Document", "Entity"), {})}), "given as a node twice"),
        (Rows(relationships={next(iter(sync.relationships_of(ward()[1])))}), "pointed to and is no node"),
        (themed([""]), "nothing but an empty text"),
        (themed(list(neo4j_import._SEPARATORS)), "every separator"),
    ],
)  # fmt: skip
def test_what_the_importer_would_lose_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, planted: Rows, problem: str
) -> None:
    twice = (
        Rows(nodes={ward()[0].iri: Node(ward()[0].iri, ("Document", "Entity"), {})}) if "twice" in problem else Rows()
    )
    monkeypatch.setattr(sync, "parts", lambda *_: iter([twice, planted]))
    with EvidenceGraph(tmp_path / "store") as graph, pytest.raises(ExportError, match=problem):
        neo4j_import.write(graph.snapshot(), tmp_path / "files")
    assert not list(tmp_path.glob("files*"))


@dataclass
class Loaded:
    """The home of a server that the importer filled, with a password; a copy of it; and its TLS certificate."""

    home: Path
    copy: Path
    certificate: Path

    def settings(self) -> dict[str, str]:
        """What makes the server ask for a password and speak nothing but TLS."""
        return {
            "dbms.security.auth_enabled": "true",
            "dbms.ssl.policy.bolt.enabled": "true",
            "dbms.ssl.policy.bolt.base_directory": str(self.certificate.parent),
            "dbms.ssl.policy.bolt.client_auth": "NONE",
            "server.bolt.tls_level": "REQUIRED",
        }


@pytest.fixture(scope="module")
def loaded(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """The store, by the real importer, in a database of its own; from several files of a kind, the first of which has
    the header."""
    home = tmp_path_factory.mktemp("loaded")
    with EvidenceGraph(store, read_only=True) as graph:
        manifest = neo4j_import.write(graph.snapshot(), home / "files", size=20)
    assert "nodes-Theme-0002.csv" in manifest["files"]
    try:
        admin(home, "dbms", "set-initial-password", PASSWORD)
        said = admin(home, "database", "import", "full", "neo4j", f"@{neo4j_import.ARGUMENTS}", cwd=home / "files")
    except Neo4jMissing as missing:
        pytest.skip(f"no Neo4j: {missing}")
    assert "IMPORT DONE" in said
    if shutil.which("openssl") is None:
        pytest.skip("no openssl to make a certificate with")
    folder = home / "certificates"
    folder.mkdir()
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    made = ["-keyout", str(folder / "private.key"), "-out", str(folder / "public.crt")]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *made, *names]
    subprocess.run(command, check=True, capture_output=True)
    copy = tmp_path_factory.mktemp("copy")
    shutil.copytree(home / "data", copy / "data")
    return Loaded(home, copy, folder / "public.crt")


@pytest.fixture(scope="module")
def secured(loaded: Loaded) -> Iterator[str]:
    """Host and port of the server that was filled, with a password, over TLS."""
    with server(loaded.home, settings=loaded.settings(), brief=True) as uri:
        yield uri.removeprefix("bolt://")


@pytest.fixture
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_USER", "neo4j")
    monkeypatch.setenv("NEO4J_PASSWORD", PASSWORD)


@pytest.mark.neo4j
@pytest.mark.usefixtures("password")
def test_what_the_importer_loaded_is_the_store(store: Path, secured: str) -> None:
    with EvidenceGraph(store, neo4j=f"bolt+ssc://{secured}") as graph:
        assert list(compare(graph.snapshot(), {"neo4j": graph.engine()})) == []
        assert graph.cypher("SHOW CONSTRAINTS YIELD name RETURN name ORDER BY name").column("name") == [
            "carekg_attestation_key",
            "carekg_entity_iri",
        ]
        states = graph.cypher("SHOW INDEXES YIELD name, state WHERE name STARTS WITH 'carekg' RETURN name, state").rows
        assert {"carekg_words", "carekg_entity_iri"} <= {name for name, _ in states}
        assert {state for _, state in states} == {"ONLINE"}
        found = "CALL db.index.fulltext.queryNodes('carekg_words', 'letters') YIELD node RETURN DISTINCT node.label"
        assert graph.cypher(found).rows == (("Late letters",),)


@pytest.mark.neo4j
@pytest.mark.usefixtures("password")
def test_the_store_comes_back_byte_for_byte(store: Path, tmp_path: Path, secured: str) -> None:
    uri = f"neo4j+ssc://{secured}"
    result = run("import", "--neo4j", uri, store=tmp_path / "again")
    assert (result.exit_code, result.stderr) == (0, "")
    for form in ("records", "nquads", "trig", "jsonld", "graphml", "cypher"):
        back, there = (run("export", "--format", form, store=folder) for folder in (tmp_path / "again", store))
        assert back.stdout_bytes == there.stdout_bytes
    result = run("parity", "--neo4j", uri, store=tmp_path / "again")
    assert (result.exit_code, result.stdout) == (0, "rdf, embedded, neo4j: 0 differences\n")
    assert run("import", "--neo4j", uri, store=tmp_path / "again").exit_code == 1


@pytest.mark.neo4j
@pytest.mark.usefixtures("password")
@pytest.mark.parametrize("scheme", ["bolt+s", "neo4j+s"])
def test_a_certificate_must_be_known(
    store: Path, secured: str, loaded: Loaded, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    uri = f"{scheme}://{secured}"
    with pytest.raises(EngineUnavailable, match="SSL_CERT_FILE"):
        Neo4jEngine(uri, fill=False)
    monkeypatch.setenv("SSL_CERT_FILE", str(loaded.certificate))
    with EvidenceGraph(store, read_only=True, neo4j=uri) as graph:
        assert graph.engine().stamp() == graph.stamp()


@pytest.mark.neo4j
@pytest.mark.usefixtures("password")
def test_speaking_in_the_clear_to_a_server_that_wants_tls_is_named(secured: str) -> None:
    with pytest.raises(EngineUnavailable, match=r"bolt\+s://"):
        Neo4jEngine(f"bolt://{secured}", fill=False)


@pytest.mark.neo4j
@pytest.mark.parametrize("given", [("neo4j", "a wrong one"), ("nobody", PASSWORD), ("neo4j", "")])
def test_wrong_credentials_are_named_and_not_shown(
    store: Path, secured: str, monkeypatch: pytest.MonkeyPatch, given: tuple[str, str]
) -> None:
    monkeypatch.setenv("NEO4J_USER", given[0])
    monkeypatch.setenv("NEO4J_PASSWORD", given[1])
    with pytest.raises(EngineUnavailable, match="NEO4J_USER and NEO4J_PASSWORD") as said:
        EvidenceGraph(store, read_only=True, neo4j=f"bolt+ssc://{secured}")
    assert "wrong one" not in str(said.value)


@pytest.mark.neo4j
@pytest.mark.usefixtures("password")
def test_a_reader_cannot_write(store: Path, secured: str) -> None:
    with EvidenceGraph(store, read_only=True, neo4j=f"bolt+ssc://{secured}") as reader:
        before = reader.engine().counts()
        for text in ("MATCH (n:Entity) SET n.x = 1", "CREATE (:Entity {iri: 'x'})", "MATCH (n:Entity) DETACH DELETE n"):
            with pytest.raises(QueryError):
                reader.cypher(text)
        assert reader.engine().counts() == before


@pytest.mark.neo4j
@pytest.mark.usefixtures("password")
def test_a_database_by_its_name(store: Path, secured: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_DATABASE", "neo4j")
    with EvidenceGraph(store, read_only=True, neo4j=f"bolt+ssc://{secured}") as graph:
        assert graph.engine().stamp() == graph.stamp()
    monkeypatch.setenv("NEO4J_DATABASE", "system")
    with pytest.raises((EngineUnavailable, QueryError)):
        Neo4jEngine(f"bolt+ssc://{secured}")


@pytest.mark.neo4j
@pytest.mark.usefixtures("password")
def test_a_change_that_somebody_planted_is_found_and_not_restored(store: Path, tmp_path: Path, secured: str) -> None:
    uri = f"bolt+ssc://{secured}"
    plant = "MATCH (f:Finding {statement: $old}) SET f.statement = $new RETURN f.iri AS iri"
    words = {"old": "Nurses hear nothing.", "new": "Nurses hear all."}
    with GraphDatabase.driver(uri, auth=("neo4j", PASSWORD)) as driver:
        (iri,) = (row["iri"] for row in driver.execute_query(plant, words).records)
        result = run("parity", "--neo4j", uri, "--json", store=store)
        assert result.exit_code == 1
        (found,) = json.loads(result.stdout)["shown"]
        assert (found["iri"], found["slot"]) == (iri, "statement")
        assert (found["left"], found["right"]) == (words["old"], words["new"])
        assert run("import", "--neo4j", uri, store=tmp_path / "again").exit_code == 1
        driver.execute_query(plant, {"old": words["new"], "new": words["old"]})
    assert run("parity", "--neo4j", uri, store=store).exit_code == 0


@pytest.mark.neo4j
@pytest.mark.usefixtures("password")
def test_a_server_that_only_lets_read_is_read_and_says_so_when_written_to(store: Path, loaded: Loaded) -> None:
    """Neo4j Community has no roles: its read-only databases stand in for a user who may only read."""
    settings = {"dbms.security.auth_enabled": "true", "server.databases.default_to_read_only": "true"}
    with server(loaded.copy, settings=settings, brief=True) as uri:
        with pytest.raises(EngineUnavailable, match="lets you only read"):
            Neo4jEngine(uri)
        with EvidenceGraph(store, read_only=True, neo4j=uri) as reader:
            assert reader.cypher("MATCH (b:Barrier) RETURN DISTINCT b.label").rows == (("Late letters",),)
            assert list(compare(reader.snapshot(), {"neo4j": reader.engine()})) == []
