"""The commands of `docs/how-to/export.md` and `views.md` run as they stand there; the former names every form."""

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from graph.export import FOLDERS, FORMATS
from tests.cli.runner import run

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "export.md"


def test_the_commands_of_the_page_run_on_the_sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = PAGE.read_text(encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run("ingest", "--sample").exit_code == 0
    commands = re.findall(r"^    \$ (.+)$", text, re.MULTILINE)
    assert len(commands) == 7
    for command in commands:
        if command.startswith("carekg "):
            result = run(*shlex.split(command)[1:])
            assert result.exit_code == 0, result.stderr
        else:
            subprocess.run(command, shell=True, check=True, capture_output=True)  # noqa: S602 - a line of our own page
    assert run("ingest", "crate/records.jsonl", "--store", "again").exit_code == 0
    first, again = (run("export", "--format", "nquads", "--store", name).stdout for name in ("carekg-store", "again"))
    assert first == again != ""


def test_the_commands_of_the_page_of_views_run_on_the_sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commands = re.findall(r"^    \$ carekg (.+)$", (PAGE.parent / "views.md").read_text(encoding="utf-8"), re.MULTILINE)
    monkeypatch.chdir(tmp_path)
    assert run("ingest", "--sample").exit_code == 0
    assert len(commands) == 7
    for command in commands:
        result = run(*shlex.split(command, comments=True))
        assert (result.exit_code, result.stderr) == (0, ""), command
        assert len(result.stdout.splitlines()) > 2, command


def test_the_page_names_every_form() -> None:
    table = "".join(re.findall(r"^\| .*\|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    assert all(f"`{form}`" in table for form in (*FORMATS, *FOLDERS))
