"""What `docs/how-to/qda-and-sheets.md` shows is what the commands print."""

import re
from pathlib import Path

import pytest

from tests.cli.runner import run

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "qda-and-sheets.md"
PAPER = """Calling after discharge: a qualitative study

Anna Berg, Carl Dahl

Published: 3 March 2021. doi: 10.5555/calls.2021.7

Abstract

Background: Calls after discharge fail. Methods: We interviewed 12 nurses and 8 GPs.

Results

Most nurses said that calls were not returned. One nurse said: "Nobody rang us back that
day." (nurse 2)

A GP said: "I had no time for the let-
ter, honestly." (GP 4)
"""


def shown_after(command: str) -> list[str]:
    """The lines that the page shows below a command."""
    text = PAGE.read_text(encoding="utf-8")
    found = re.search(rf"^    \$ {re.escape(command)}\n((?:    (?!\$ ).*\n)*)", text, re.MULTILINE)
    assert found, command
    return [line[4:] for line in found.group(1).splitlines()]


def flat(words: str) -> str:
    return " ".join(words.split())


def test_the_sheet_of_the_page_does_what_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("sheet.csv").write_text("\n".join(shown_after("cat sheet.csv")) + "\n", encoding="utf-8")
    Path("berg.txt").write_text(PAPER, encoding="utf-8")
    for command in ("ingest sheet.csv --store review", "ingest sheet.csv berg.txt --store review"):
        lines = shown_after(f"carekg {command}")
        result = run(*command.split())
        assert (result.exit_code, len(lines) >= 3) == (0, True)
        for line in lines:
            assert flat(line).removesuffix(" ...") in flat(result.stdout), line
    shown = [line for line in shown_after("carekg mapping sheet.csv --save") if line != "..."]
    saved = run("mapping", "sheet.csv", "--save")
    assert all(line in saved.stdout + saved.stderr for line in shown)
    assert len(shown) == 8
    for command in ("list unverifiedquotes --store review", "export --format refi-qda -o review.qdpx --store review"):
        assert shown_after(f"carekg {command}") == []
        assert run(*command.split()).exit_code == 0
    assert run("ingest", "review.qdpx", "--store", "other").exit_code == 0
