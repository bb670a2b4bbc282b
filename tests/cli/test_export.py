"""`carekg export`: files, folders and what is said where they cannot be written."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from commands.export import FOLDERS, Form
from graph.export import FOLDERS as FORMS_OF_FOLDERS
from graph.export import FORMATS
from tests.cli.runner import run, told

ROOT = Path(__file__).resolve().parents[2]


def test_the_command_knows_the_forms_of_the_graph() -> None:
    assert [form for form in Form if form not in FOLDERS] == list(FORMATS)
    assert list(FOLDERS) == list(FORMS_OF_FOLDERS)


@pytest.mark.parametrize("form", ["csv", "ro-crate"])
def test_a_folder_is_written_whole_or_not_at_all(store: Path, tmp_path: Path, form: str) -> None:
    folder = tmp_path / "out"
    done = told("export", "--format", form, "-o", folder, store=store)
    files = [path for path in folder.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files)
    assert done == {"format": form, "folder": str(folder), "files": len(files), "bytes": size}
    again = run("export", "--format", form, "-o", folder, store=store)
    assert (again.exit_code, again.stderr.count("\n")) == (1, 1)
    assert "is not an empty folder; name a new one" in again.stderr
    assert run("export", "--format", form, store=store).exit_code == 2
    assert list(tmp_path.iterdir()) == [folder]


def test_a_crate_has_the_day_of_the_last_change_or_the_one_that_is_given(store: Path, tmp_path: Path) -> None:
    lines = (store / "log.jsonl").read_text(encoding="utf-8").splitlines()
    for name, options, day in (
        ("a", (), json.loads(lines[-1])["at"][:10]),
        ("b", ("--date", "2026-01-02"), "2026-01-02"),
    ):
        assert run("export", "--format", "ro-crate", "-o", tmp_path / name, *options, store=store).exit_code == 0
        crate = json.loads((tmp_path / name / "ro-crate-metadata.json").read_text(encoding="utf-8"))
        assert next(one["datePublished"] for one in crate["@graph"] if one["@id"] == "./") == day


def test_what_a_publication_says_of_itself_is_checked(store: Path) -> None:
    for options in (("--date", "soon"), ("--licence", "CC BY"), ("--creator", "me"), ("--around", "urn:a")):
        assert run("export", "--format", "nanopubs", *options, store=store).exit_code == 2
    found = run("export", "--format", "nanopubs", "--creator", "https://orcid.org/0000-0000-0000-0000", store=store)
    assert "<https://orcid.org/0000-0000-0000-0000>" in found.stdout


def test_the_picture_of_a_neighbourhood_by_the_name_that_list_shows(store: Path, tmp_path: Path) -> None:
    barrier = told("list", "barriers", store=store)[0]
    path = tmp_path / "near.html"
    assert run("export", "--format", "html", "--around", barrier["iri"], "-o", path, store=store).exit_code == 0
    page = path.read_text(encoding="utf-8")
    assert barrier["iri"] in page
    short = barrier["iri"].split("/id/")[1]
    assert run("export", "--format", "html", "--around", short, store=store).stdout == page
    lost = run("export", "--format", "html", "--around", "barrier/none", "-o", tmp_path / "lost.html", store=store)
    assert (lost.exit_code, (tmp_path / "lost.html").exists()) == (1, False)


def full(store: Path, out: object, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "cli.py"), "export", "--store", str(store), *options]
    return subprocess.run(command, stdout=out, stderr=subprocess.PIPE, text=True, check=False)  # type: ignore[call-overload]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_disk_is_said_in_one_line_and_nothing_is_left(store: Path, tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as out:
        found = full(store, out, "--format", "nquads")
    assert found.returncode == 1
    assert found.stderr.startswith("carekg: standard output: cannot be written (No space left on device); make room")
    assert found.stderr.count("\n") == 1
    path = tmp_path / "out.nq"
    path.write_text("kept", encoding="utf-8")
    path.with_name("out.nq.part").symlink_to("/dev/full")
    found = full(store, subprocess.PIPE, "--format", "nquads", "-o", str(path))
    assert found.returncode == 1
    assert f"carekg: {path}: cannot be written (No space left on device); make room" in found.stderr
    assert [(one.name, one.read_text(encoding="utf-8")) for one in tmp_path.iterdir()] == [("out.nq", "kept")]


def test_a_reader_that_has_seen_enough_is_no_error_of_ours(store: Path) -> None:
    ends = os.pipe()
    os.close(ends[0])
    found = full(store, ends[1], "--format", "nquads")
    os.close(ends[1])
    assert "Traceback" not in found.stderr
    assert "carekg:" not in found.stderr
