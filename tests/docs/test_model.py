"""The page of the model is what the slot table and the ontology give, and its example agrees in both languages."""

import re
from collections import Counter
from pathlib import Path

from devtools.model_page import PAGE, page
from graph.store import EvidenceGraph
from tests.cli.runner import run


def test_the_page_is_written_from_the_model() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


def test_the_example_gives_the_same_in_both_languages(tmp_path: Path) -> None:
    assert run("ingest", "--sample", store=tmp_path / "demo").exit_code == 0
    sparql, cypher = re.findall(r"^(?:    .+\n)+", page(), re.MULTILINE)
    with EvidenceGraph(tmp_path / "demo", read_only=True) as graph:
        rows = graph.sparql(sparql).rows
        assert rows and Counter(rows) == Counter(graph.cypher(cypher).rows)
