"""What `docs/reference/bounds.md` says is where it says."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs" / "reference" / "bounds.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and "`" in line
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_the_files_of_a_bound_hold_its_names(row: list[str]) -> None:
    told = re.findall(r"`([^`]+)`", row[2])
    files = [ROOT / name for name in told if "/" in name]
    code = "\n".join(file.read_text(encoding="utf-8") for file in files)
    assert all(re.search(rf"^(?:def )?{name}\b", code, re.MULTILINE) for name in told if "/" not in name)
