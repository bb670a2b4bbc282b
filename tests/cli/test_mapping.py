"""Mapping files on the command line: shown, saved beside the input, used by the next run."""

from pathlib import Path

import pytest

from commands.pending import StoreLibrary
from graph.store import EvidenceGraph
from ingest.library import Naming
from tests.cli.runner import run, told
from tests.qda import interview

SHEET = "Study;Quote;Barrier;Remark\nBerg 2021;Nobody rang us back.;no call;noise\n"


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "review" / "sheet.csv"
    path.parent.mkdir()
    path.write_text(SHEET, encoding="utf-8")
    return path


def test_a_mapping_is_shown_and_saved_and_an_edited_one_is_left_alone(sheet: Path) -> None:
    shown = run("mapping", sheet)
    assert (shown.exit_code, '"Barrier" = "barrier"' in shown.stdout) == (0, True)
    beside = sheet.with_name("sheet.csv.mapping.toml")
    assert not beside.exists()
    saved = run("mapping", sheet, "--save")
    assert saved.stdout == shown.stdout == beside.read_text(encoding="utf-8")
    edited = saved.stdout.replace('"Remark" = "comment"', '"Remark" = "barrier"')
    beside.write_text(edited, encoding="utf-8")
    again = run("mapping", sheet, "--save")
    assert "left as it is" in again.stderr
    assert again.stdout == beside.read_text(encoding="utf-8") == edited


def test_ingest_goes_by_the_mapping_that_lies_beside(sheet: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    (before,) = told("ingest", sheet, store=store)["documents"]
    assert before["found"]["Barrier"] == 1
    assert any("guessed from their headers" in note for note in before["notes"])
    text = run("mapping", sheet, "--save").stdout.replace('"Remark" = "comment"', '"Remark" = "barrier"')
    sheet.with_name("sheet.csv.mapping.toml").write_text(text, encoding="utf-8")
    (after,) = told("ingest", sheet, store=store)["documents"]
    assert after["found"]["Barrier"] == 2
    assert after["found"]["UnverifiedQuote"] == 1


def test_a_sheet_is_looked_up_again_when_the_paper_has_come(sheet: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    run("ingest", sheet, store=store)
    paper = sheet.with_name("berg.txt")
    paper.write_text(
        "Calling after discharge\n\nAnna Berg, Carl Dahl\n\nPublished: 3 March 2021. doi: 10.5555/calls.7\n\n"
        "Abstract\n\nBackground: Calls fail.\n\nResults\n\n"
        "Nurses felt let down. One nurse said: “Nobody rang us\nback.” (nurse 2)\n",
        encoding="utf-8",
    )
    documents = told("ingest", sheet.parent, store=store)["documents"]
    found = {document["source"]: document["found"] for document in documents}["sheet.csv"]
    assert (found.get("Quote"), found.get("UnverifiedQuote")) == (1, None)
    words = [quote["exact"] for quote in told("list", "quotes", store=store)]
    assert "Nobody rang us\nback." in words


def test_a_project_is_taken_in_and_exported_again(tmp_path: Path) -> None:
    path = tmp_path / "calls.qdpx"
    path.write_bytes(interview())
    store = tmp_path / "store"
    (document,) = told("ingest", path, store=store)["documents"]
    assert document["source"] == "calls.qdpx/P01.txt"
    assert document["found"]["Quote"] == 1
    out = tmp_path / "again.qdpx"
    assert run("export", "--format", "refi-qda", "-o", out, store=store).exit_code == 0
    (again,) = told("ingest", out, store=tmp_path / "other")["documents"]
    assert {kind: again["found"][kind] for kind in ("Quote", "Theme", "Barrier", "Role")} == {
        kind: document["found"][kind] for kind in ("Quote", "Theme", "Barrier", "Role")
    }


def test_a_wrong_mapping_names_what_comes_close(sheet: Path, tmp_path: Path) -> None:
    sheet.with_name("sheet.csv.mapping.toml").write_text('format = "sheet"\n[columns]\n"Barier" = "barrier"\n')
    result = run("ingest", sheet, store=tmp_path / "store")
    assert result.exit_code == 1
    assert "did you mean 'Barrier'?" in result.stderr
    assert run("mapping", sheet).exit_code == 1


def test_what_needs_no_mapping_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Nobody rang us back.\n")
    result = run("mapping", path)
    assert (result.exit_code, "needs no mapping" in result.stderr) == (1, True)
    assert run("mapping", tmp_path / "gone.csv").exit_code == 1


def test_a_list_of_references_is_read_once_and_again_when_a_mapping_says_what_it_codes(tmp_path: Path) -> None:
    path, store = tmp_path / "list.csv", tmp_path / "store"
    path.write_text("Title,Authors,Year,Hindernis\nWho calls back?,Meyer A,2020,no time\n", encoding="utf-8")
    (reference,) = told("ingest", path, store=store)["documents"]
    assert (reference["evidence_level"], reference["notes"]) == ("citation", [])
    assert "in the store as they are" in run("ingest", path, store=store).stdout
    text = run("mapping", path, "--save").stdout.replace('"Hindernis" = "nothing"', '"Hindernis" = "barrier"')
    path.with_name("list.csv.mapping.toml").write_text(text, encoding="utf-8")
    coded = told("ingest", path, store=store)["documents"][-1]
    assert coded["found"]["Barrier"] == 1
    question = "SELECT DISTINCT ?study { ?study a ckg:Study }"
    assert len(told("query", "--sparql", question, store=store)["rows"]) == 1


def test_a_mapping_of_another_name_is_given_as_an_option(sheet: Path, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    text = run("mapping", sheet).stdout.replace('"Remark" = "comment"', '"Remark" = "theme"')
    path.write_text(text, encoding="utf-8")
    (document,) = told("ingest", sheet, "--mapping", path, store=tmp_path / "store")["documents"]
    assert document["found"]["Theme"] == 1
    missing = run("ingest", sheet, "--mapping", tmp_path / "none.toml", store=tmp_path / "store")
    assert (missing.exit_code, "none.toml: cannot be read" in missing.stderr) == (1, True)


def test_the_first_author_is_known_from_the_store_too(tmp_path: Path) -> None:
    store, papers = tmp_path / "store", tmp_path / "papers.ris"
    title = "Calling first: who rings whom before a discharge"
    papers.write_text(
        f"TY  - JOUR\nTI  - {title}\u2606\nAU  - Zeller, Vera\nAU  - Abel, Carl\nPY  - 2021\nJO  - Care\nER  -\n"
    )
    told("ingest", papers, store=store)
    with EvidenceGraph(store, read_only=True) as graph:
        library = StoreLibrary(graph)
        (study,) = graph.records(kind="Study")
        assert library.study(Naming(author="Abel", year="2021")) is None
        for found in (library.study(Naming(author="Zeller", year="2021")), library.study(Naming(title=title))):
            assert found is not None
            assert found.iri == study.iri
