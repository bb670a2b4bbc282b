"""The examples of `docs/how-to/scripts.md` run as they stand."""

import re
from pathlib import Path

import pytest

from tests.cli.runner import run

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "scripts.md"
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_examples_run_one_after_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = PAGE.read_text(encoding="utf-8")
    blocks = [(text[: found.start()].count("\n") + 2, found[1]) for found in BLOCK.finditer(text)]
    assert len(blocks) >= 8
    assert run("ingest", "--sample", store=tmp_path / "demo").exit_code == 0
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for line, block in blocks:
        exec(compile("\n" * (line - 1) + block, str(PAGE), "exec"), names)  # noqa: S102 - what the page tells people to run
    printed = capsys.readouterr().out
    assert "the first rests on:" in printed and "triples" in printed and "->" in printed
