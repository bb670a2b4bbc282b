"""Runs a command inside the test's process."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from cli import app

SAMPLE = sorted(Path(str(file)) for file in files("ingest.sample").iterdir() if file.name.endswith(".txt"))


def run(*arguments: object, store: Path | None = None, env: dict[str, str] | None = None) -> Result:
    given = [str(argument) for argument in arguments]
    return CliRunner().invoke(app, [*given, "--store", str(store)] if store else given, env=env or {})


def told(*arguments: object, store: Path) -> Any:  # noqa: ANN401
    """What a command prints as JSON; it must print nothing else and succeed."""
    result = run(*arguments, "--json", store=store)
    assert (result.exit_code, result.stderr) == (0, "")
    return json.loads(result.stdout)
