"""The commands as a program and a person see them: output, errors as one line, exit codes."""

import json
import re
from pathlib import Path

import pytest

from graph.export import FORMATS
from ontology.namespaces import ID
from tests.cli.runner import SAMPLE, run, told

COMMANDS = ("ingest", "query", "trace", "list", "export", "retract", "status", "serve", "evaluate")


def test_help_names_every_command_and_the_exit_codes() -> None:
    result = run("--help")
    assert result.exit_code == 0
    assert all(re.search(rf"^  {name} ", result.stdout, re.MULTILINE) for name in COMMANDS)
    assert "Exit codes: 0 fine, 1 some inputs failed, 2 wrong use" in result.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_examples_and_the_common_options(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f"\n    carekg {command}" in result.stdout
    assert {"--store", "--json"} <= set(result.stdout.split())
    assert "CAREKG_STORE" in result.stdout


def test_the_version() -> None:
    assert re.fullmatch(r"carekg \d+\.\d+\.\d+\n", run("--version").stdout)


def test_ingest_shows_a_table_of_what_was_found(tmp_path: Path) -> None:
    result = run("ingest", SAMPLE[0], SAMPLE[1], store=tmp_path / "store")
    assert (result.exit_code, result.stderr) == (0, "")
    head, *rows = [re.split(r"\s{2,}", line.strip()) for line in result.stdout.splitlines() if re.search(r"\w", line)]
    assert head == ["document", "level", "found", "refused", "characters", "seconds"]
    assert [row[0] for row in rows[:2]] == [SAMPLE[0].name, SAMPLE[1].name]
    assert re.fullmatch(r"(\d+ [a-z]+, )+\d+ links", rows[0][2])
    assert rows[0][4] == f"{len(SAMPLE[0].read_text(encoding='utf-8')):,}"


def test_ingest_tells_programs_everything(tmp_path: Path) -> None:
    report = told("ingest", "--sample", store=tmp_path / "store")
    assert [document["source"] for document in report["documents"]] == [path.name for path in SAMPLE]
    assert (report["failed"], report["hidden"]) == ([], [])
    first = report["documents"][0]
    assert {
        "document",
        "sha256",
        "characters",
        "seconds",
        "evidence_level",
        "found",
        "refused",
        "notes",
    } <= first.keys()


def test_ingesting_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "store"
    run("ingest", "--sample", store=path)
    before = told("status", store=path)
    run("ingest", "--sample", store=path)
    assert told("status", store=path) == before


def test_the_store_comes_from_the_environment_too(tmp_path: Path) -> None:
    path = tmp_path / "elsewhere"
    assert run("ingest", SAMPLE[0], env={"CAREKG_STORE": str(path)}).exit_code == 0
    result = run("status", "--json", env={"CAREKG_STORE": str(path)})
    assert [document["source"] for document in json.loads(result.stdout)["documents"]] == [SAMPLE[0].name]


def test_bad_input_is_named_in_one_line_each_and_the_rest_is_ingested(tmp_path: Path) -> None:
    inputs = tmp_path / "inputs"
    inputs.mkdir()
    (inputs / "empty.txt").write_bytes(b"")
    (inputs / "binary.txt").write_bytes(bytes(range(256)) * 64)
    (inputs / "agenda.txt").write_text("Agenda\n\n1. Welcome\n2. Lunch\n3. Farewell\n", encoding="utf-8")
    with (inputs / "huge.txt").open("wb") as out:
        out.truncate(200_000_000)
    (inputs / "good.txt").write_bytes(SAMPLE[0].read_bytes())
    result = run("ingest", inputs, inputs / "none.txt", store=tmp_path / "store")
    assert result.exit_code == 1
    lines = sorted(result.stderr.splitlines())
    assert len(lines) == 5
    assert all(re.fullmatch(r"carekg: .+: .+; .+", line) for line in lines)
    for name in ("empty.txt", "binary.txt", "agenda.txt", "huge.txt", "none.txt"):
        assert sum(f"{name}: " in line for line in lines) == 1
    assert "good.txt" in result.stdout
    alone = tmp_path / "alone"
    run("ingest", inputs / "good.txt", store=alone)
    assert told("status", store=tmp_path / "store")["stamp"] == told("status", store=alone)["stamp"]


def test_bad_input_is_told_to_programs_too(tmp_path: Path) -> None:
    bad = tmp_path / "empty.txt"
    bad.write_bytes(b"")
    result = run("ingest", bad, "--json", store=tmp_path / "store")
    assert result.exit_code == 1
    (failed,) = json.loads(result.stdout)["failed"]
    assert (failed["path"], failed["thing"]) == (str(bad), "empty.txt")


def test_ingest_without_input_is_wrong_use(tmp_path: Path) -> None:
    result = run("ingest", store=tmp_path / "store")
    assert result.exit_code == 2
    assert "--sample" in result.stderr
    assert not (tmp_path / "store").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("status",),
        ("serve",),
        ("list", "barriers"),
        ("trace", "quote/0"),
        ("export", "--format", "nquads"),
        ("retract", "a"),
        ("query", "--cypher", "MATCH (n) RETURN n"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_store_that_is_missing_is_an_error_of_one_line(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    result = run(*arguments, store=tmp_path / "none")
    assert (result.exit_code, result.stdout) == (1, "")
    assert re.fullmatch(r"carekg: .*none: there is no store here; .+\n", result.stderr)
    assert not (tmp_path / "none").exists()


def test_list_gives_names_that_trace_takes(store: Path) -> None:
    result = run("list", "quotes", store=store)
    assert result.exit_code == 0
    name = re.findall(r"quote/[0-9a-f]{32}", result.stdout)[0]
    chain = told("trace", name, store=store)
    assert chain["record"]["iri"] == ID + name
    (words, *_) = chain["words"]
    text = next(path for path in SAMPLE if path.name == words["source"]).read_text(encoding="utf-8")
    assert text[words["start"] : words["end"]] == words["exact"]
    assert words["holds"]
    shown = run("trace", name, store=store).stdout
    assert f"{words['source']} {words['start']}-{words['end']}: “" in shown


def test_trace_goes_up_from_a_quote_and_down_to_it(store: Path) -> None:
    chains = [told("trace", record["iri"], store=store) for record in told("list", "quotes", store=store)]
    chain = next(chain for chain in chains if chain["up"])
    above = chain["up"][0]["record"]["iri"]
    assert chain["record"]["iri"] in {step["record"]["iri"] for step in told("trace", above, store=store)["down"]}
    assert "↑ " in run("trace", chain["record"]["iri"], store=store).stdout
    assert "↓ " in run("trace", above, store=store).stdout


@pytest.mark.parametrize(
    "kind", ["Barrier", "barriers", "DecisionRule", "decision rules", "decision-rule", "studies", "concepts"]
)
def test_list_knows_a_kind_by_many_names(store: Path, kind: str) -> None:
    assert told("list", kind, store=store)


def test_list_is_best_first_and_can_be_cut(store: Path) -> None:
    scores = [record["score"] or 0 for record in told("list", "barriers", store=store)]
    assert scores == sorted(scores, reverse=True)
    assert len(told("list", "barriers", "--limit", 2, store=store)) == 2


def test_list_of_one_study(store: Path) -> None:
    name = SAMPLE[0].name
    (study,) = [one for one in told("list", "studies", store=store) if one["document"] == document_of(store, name)]
    by_file = told("list", "quotes", "--study", name, store=store)
    assert by_file
    assert by_file == told("list", "quotes", "--study", study["iri"], store=store)
    assert by_file == told("list", "quotes", "--study", study["title"][5:30].upper(), store=store)
    assert {record["study"] for record in by_file} == {study["iri"]}
    result = run("list", "quotes", "--study", "no such study", store=store)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)


def document_of(store: Path, source: str) -> str:
    found = [one["iri"] for one in told("status", store=store)["documents"] if one["source"] == source]
    assert len(found) == 1
    return str(found[0])


def test_a_kind_that_is_none_is_wrong_use(store: Path) -> None:
    result = run("list", "bariers", store=store)
    assert result.exit_code == 2
    assert "did you mean Barrier" in result.stderr


def test_retract_leaves_what_the_others_alone_give(tmp_path: Path) -> None:
    both, alone = tmp_path / "both", tmp_path / "alone"
    run("ingest", SAMPLE[0], SAMPLE[1], store=both)
    run("ingest", SAMPLE[1], store=alone)
    assert told("retract", SAMPLE[0].name, store=both)["removed"] > 20
    assert (
        run("export", "--format", "nquads", store=both).stdout
        == run("export", "--format", "nquads", store=alone).stdout
    )
    result = run("retract", SAMPLE[0].name, store=both)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)


def test_records_go_out_and_come_in_again(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "evidence.jsonl"
    result = run("export", "--format", "records", "-o", path, store=store)
    assert (result.exit_code, result.stderr) == (0, "")
    assert run("ingest", path, store=tmp_path / "other").exit_code == 0
    assert told("status", store=tmp_path / "other")["stamp"] == told("status", store=store)["stamp"]


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_goes_to_a_file_or_to_standard_output(store: Path, tmp_path: Path, form: str) -> None:
    path = tmp_path / "out"
    result = run("export", "--format", form, "-o", path, "--json", store=store)
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {"format": form, "file": str(path), "bytes": path.stat().st_size}
    assert result.stderr == "" or (form == "html" and "things are shown, the best connected" in result.stderr)
    assert run("export", "--format", form, store=store).stdout_bytes == path.read_bytes()
    assert list(tmp_path.iterdir()) == [path]


def test_an_unknown_form_or_a_place_that_cannot_be_written(store: Path, tmp_path: Path) -> None:
    result = run("export", "--format", "pdf", store=store)
    assert (result.exit_code, result.stdout) == (2, "")
    assert all(form in result.stderr for form in FORMATS)
    result = run("export", "--format", "nquads", "-o", tmp_path / "none" / "out", store=store)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)


def test_evaluate_scores_the_store_and_writes_a_page(store: Path, tmp_path: Path) -> None:
    text = SAMPLE[0].read_text(encoding="utf-8")
    (quote, *_) = told("list", "quotes", "--study", SAMPLE[0].name, store=store)
    start, end = quote["start"], quote["end"]
    good = {"id": "Q1", "text": text[start:end], "start": start, "end": end}
    missed = {"id": "Q2", "text": text[:10], "start": 0, "end": 10}
    gold = {
        "files": [{"study": "s", "file": SAMPLE[0].name, "sha256": "0" * 64}],
        "studies": [{"id": "s", "quotes": [good, missed]}],
    }
    path, page, reasons = tmp_path / "gold.json", tmp_path / "page.md", tmp_path / "reasons.json"
    path.write_text(json.dumps(gold), encoding="utf-8")
    reasons.write_text('{"Q2": "it is the title"}', encoding="utf-8")
    (kind,) = told("evaluate", path, "--report", page, "--reasons", reasons, store=store)["totals"]
    assert (kind["kind"], kind["gold"], kind["found"]) == ("Quote", 2, 1)
    assert "| Q2 | Quote | it is the title |" in page.read_text(encoding="utf-8")
    fresh = run("evaluate", path, "--read", SAMPLE[0], "--no-misses")
    assert fresh.exit_code == 0
    assert fresh.stdout.splitlines()[2].split()[:3] == ["Quote", "1", "2"]


def test_evaluate_says_what_it_could_not_score(store: Path, tmp_path: Path) -> None:
    gold = {"key": "other", "file": "other.xml", "flat_sha256": "0" * 64, "items": []}
    path = tmp_path / "gold.json"
    path.write_text(json.dumps(gold), encoding="utf-8")
    result = run("evaluate", path, store=store)
    assert result.exit_code == 1
    assert "No document belongs to the annotations of other." in result.stdout
    path.write_text("{}", encoding="utf-8")
    result = run("evaluate", path, store=store)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
