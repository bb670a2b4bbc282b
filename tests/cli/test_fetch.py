"""`carekg fetch` as its user calls it."""

import json
from pathlib import Path

from tests.cli.runner import run
from tests.ingest.europepmc import Service, result, serving


def test_fetch_says_what_came_and_what_did_not(tmp_path: Path) -> None:
    with serving(Service([result(1), result(2)], closed={"PMC2"})) as service:
        options = ("--endpoint", service.endpoint, "--rate", "10", "-o", str(tmp_path / "papers"))
        done = run("fetch", "PMC1", "1002", "PMC77", *options)
    assert done.exit_code == 1
    assert "[1/3] PMC1: PMC1.xml, PMC1.citation.json; cc by" in done.stdout
    assert "citation only: has no open-access full text at Europe PMC" in done.stdout
    assert "PMC77: is not known to Europe PMC" in done.stderr
    assert "1 with full text, 1 as citations only, 1 not found" in done.stdout


def test_fetch_of_a_search_says_what_is_cut(tmp_path: Path) -> None:
    with serving(Service([result(number) for number in range(1, 6)])) as service:
        options = ("--endpoint", service.endpoint, "--rate", "10", "-o", str(tmp_path), "--json")
        done = run("fetch", "--search", "care", "--max", "2", *options)
    assert done.exit_code == 0
    assert "first 2 of 5 results" in done.stderr
    assert [one["wanted"] for one in json.loads(done.stdout)] == ["PMC1", "PMC2"]


def test_fetch_off_line_ends_with_one_line(tmp_path: Path) -> None:
    done = run("fetch", "PMC1", "--endpoint", "http://127.0.0.1:9", "-o", str(tmp_path))
    assert done.exit_code == 1
    assert "cannot be reached" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
