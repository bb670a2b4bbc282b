"""The shape of the code: imports point one way, modules stay small, nothing of one machine is in the tree."""

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LAYERS = {
    "ontology": set[str](),
    "ingest": {"ontology"},
    "graph": {"ontology"},
    "explorer": {"ontology", "graph"},
    "app": {"ontology", "graph", "explorer"},
    "commands": {"ontology", "ingest", "graph"},
    "cli": {"ontology", "ingest", "graph", "commands"},
}
"""Each part of the product and what it may import of the others."""
ONLY_IN = {"streamlit": {"explorer", "app"}, "typer": {"cli", "commands"}, "rich": {"cli", "commands"}}
MAX_LINES = 400


def tracked(pattern: str) -> list[Path]:
    """Files that are or would be committed and match the pattern."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", pattern]
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
    return [ROOT / name for name in names if (ROOT / name).is_file()]


def part_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name.split(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import hides the direction"
            yield (node.module or "").split(".")[0]


PRODUCT = [path for path in tracked("*.py") if part_of(path) in LAYERS]


def test_every_part_of_the_product_is_seen() -> None:
    assert {part_of(path) for path in PRODUCT} >= {"ontology", "ingest", "graph", "explorer", "app", "cli"}


@pytest.mark.parametrize("path", PRODUCT, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_point_one_way(path: Path) -> None:
    part = part_of(path)
    for name in imported(path):
        if name in LAYERS and name != part:
            assert name in LAYERS[part], f"{path.name} of {part} imports {name}"
        if name in ONLY_IN:
            assert part in ONLY_IN[name], f"{path.name} of {part} imports {name}"


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def modules_of(path: Path) -> Iterator[str]:
    """Yield the modules that a file imports, anywhere in it; `from a import b` may mean the module a.b."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = [f"{node.module}.{name.name}" for name in node.names]
            yield from (name if name in MODULES else node.module for name in inner)


MODULES = {module_of(path): path for path in tracked("*.py")}


def test_no_modules_import_each_other_in_a_circle() -> None:
    needs = {name: set(modules_of(path)) & MODULES.keys() - {name} for name, path in MODULES.items()}
    assert len(list(TopologicalSorter(needs).static_order())) == len(MODULES)


def test_every_package_is_built() -> None:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["packages"]
    there = {".".join(path.relative_to(ROOT).parent.parts) for path in PRODUCT} - {""}
    assert there <= set(told)
    assert all((ROOT / name.replace(".", "/")).is_dir() for name in told)


def test_the_rule_of_imports_sees_a_violation(tmp_path: Path) -> None:
    bad = tmp_path / "bad.py"
    bad.write_text("def f():\n    from graph.store import EvidenceGraph\n    import streamlit as st\n")
    assert set(imported(bad)) == {"graph", "streamlit"}


def test_no_module_is_too_long() -> None:
    lengths = {str(p.relative_to(ROOT)): len(p.read_text(encoding="utf-8").splitlines()) for p in tracked("*.py")}
    assert {name: n for name, n in lengths.items() if n > MAX_LINES} == {}


def test_nothing_of_one_machine_is_in_the_tree() -> None:
    hosts = ["files.python" + "hosted.org", "repo.maven." + "apache.org", "registry." + "npmjs.org", "pypi." + "org"]
    marks = re.compile("|".join([r"(?<![\w.])/(?:work|farm|root)/", r"bash" + "_jobs", *map(re.escape, hosts)]))
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked("*")
        if path.suffix in {".py", ".md", ".toml", ".lock", ".txt", ".yaml", ".xml", ".ttl", ".json", ".sh", ""}
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if marks.search(line)
    ]
    assert found == []
