"""Tables: every record is there, cells are what they were, and no cell is a formula."""

import csv
import gc
import io
import json
import re
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from graph.errors import ExportError
from graph.export import export_folder
from graph.exports import tables, workbook
from graph.exports.tables import columns
from graph.exports.walk import Walk
from graph.store import EvidenceGraph
from ontology.model import CLASSES
from ontology.slots import slots_of
from tests.graph.exported import FORMULA, HOSTILE, VALUES, written
from tests.graph.exported import graph as graph
from tests.graph.samples import Paper


def parted(cell: str) -> list[str]:
    """The values of a cell, as the page on exports says."""
    return [re.sub(r"\\(.)", r"\1", value, flags=re.DOTALL) for value in cell.split(" | ")] if cell else []


def unguarded(cell: str) -> str:
    return cell[1:] if re.match("'+[=+\\-@\t\r\n]", cell) else cell


@pytest.fixture(scope="module")
def folder(graph: EvidenceGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("csv") / "tables"
    export_folder(graph, "csv", made)
    return made


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def read_back(kind: str, row: dict[str, str]) -> dict[str, object]:
    """The values of a row by slot."""
    types = {"str": str, "int": int, "float": float, "bool": lambda text: text == "true"}
    found: dict[str, object] = {"iri": row["iri"]}
    for slot in slots_of(CLASSES[kind]):
        if slot.kind == "passage":
            continue
        parse = types.get(slot.kind, str)
        cell = unguarded(row[slot.name]) if slot.many or parse is str else row[slot.name]
        found[slot.name] = tuple(parse(part) for part in parted(cell)) if slot.many else parse(cell) if cell else None
    return found


def test_every_record_and_passage_is_a_row_and_nothing_is_lost(graph: EvidenceGraph, folder: Path) -> None:
    every = [*graph.records(), *graph.concepts()]
    told = {row["iri"]: read_back(path.stem, row) for path in folder.glob("*.csv") if path.stem != "Passage"
            for row in rows(path)}  # fmt: skip
    assert told == {
        r.iri: {"iri": r.iri} | {s.name: getattr(r, s.name) for s in slots_of(type(r)) if s.kind != "passage"}
        for r in every
    }
    assert sum(len(rows(path)) for path in folder.glob("*.csv") if path.stem != "Passage") == len(every)
    spans = {(row["record"], row["document"], int(row["start"]), int(row["end"]), unguarded(row["exact"]))
             for row in rows(folder / "Passage.csv")}  # fmt: skip
    assert spans == {(r.iri, p.document, p.start, p.end, p.exact) for r in every for p in r.spans}


def test_no_cell_of_the_csv_begins_as_a_formula(folder: Path) -> None:
    numbers = 0
    for path in folder.glob("*.csv"):
        types = {column.name: column.type for column in columns(path.stem)}
        for row in rows(path):
            for name, cell in row.items():
                if re.match("[=+\\-@\t\r\n]", cell):
                    assert types[name] in ("integer", "number")
                    float(cell)
                    numbers += 1
    assert numbers == 1
    (barrier,) = (row for row in rows(folder / "Barrier.csv") if row["iri"] == "urn:formula")
    assert (barrier["label"], barrier["score"]) == ("'" + FORMULA, "-0.5")


def test_links_are_named_beside_their_iris(graph: EvidenceGraph, folder: Path) -> None:
    late = next(row for row in rows(folder / "Barrier.csv") if row["label"] == "Late letters")
    assert late["stated_by_name"] == late["attributed_to_name"] == "nurse"
    assert late["stated_by"].startswith("https://w3id.org/carekg/id/role/")
    doctors = next(row for row in rows(folder / "Position.csv") if row["statement"] == "Doctors should prescribe.")
    assert doctors["held_by_name"] == "nurse", "the role comes with the other document"
    line, *_ = rows(folder / "EvidenceLine.csv")
    assert (line["evidence_name"], line["review_finding_name"]) == ("Nurses hear nothing.", "Nurses are not told.")
    coded = next(row for row in rows(folder / "Barrier.csv") if row["iri"] == "urn:formula")
    assert parted(coded["codes_name"]) == ["Knowledge", ""]


def test_the_package_describes_its_files_and_pandas_reads_them_so(folder: Path) -> None:
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert {told["path"] for told in package["resources"]} | {"datapackage.json"} == {
        path.name for path in folder.iterdir()
    }
    types = {"string": "str", "integer": "Int64", "number": "Float64", "boolean": "boolean"}
    for told in package["resources"]:
        data = (folder / told["path"]).read_bytes()
        assert (told["bytes"], told["hash"]) == (len(data), f"sha256:{sha256(data).hexdigest()}")
        fields = {field["name"]: types[field["type"]] for field in told["schema"]["fields"]}
        frame = pd.read_csv(io.BytesIO(data), dtype=fields, keep_default_na=False, na_values=[""])
        assert (list(frame.columns), len(frame)) == (list(fields), told["rows"])


def test_a_workbook_has_a_sheet_for_each_kind_and_its_text_stays_text(graph: EvidenceGraph, folder: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(graph, "xlsx")))
    assert set(book.sheetnames) == {path.stem for path in folder.glob("*.csv")}
    for sheet in book:
        told = [[cell.value for cell in row] for row in sheet.iter_rows()]
        assert told[0] == [column.name for column in columns(sheet.title)]
        assert len(told) - 1 == len(rows(folder / f"{sheet.title}.csv"))
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "inlineStr", "n", "b"}
        assert sheet.freeze_panes == "C2"
    labels = {row[0].value: row[4].value for row in book["Barrier"].iter_rows(min_row=2)}
    assert labels["urn:formula"] == FORMULA
    themes = {row[0].value: [cell.value for cell in row] for row in book["Theme"].iter_rows(min_row=2)}
    assert themes["urn:hostile"][4:6] == [HOSTILE, "\ufffd"]
    assert parted(themes["urn:values"][5]) == sorted(VALUES)


def test_what_a_sheet_cannot_hold_goes_on_in_the_next(
    folder: Path, graph: EvidenceGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MAX_ROWS", 3)
    book = openpyxl.load_workbook(io.BytesIO(written(graph, "xlsx")))
    told: dict[str, list[object]] = {}
    for sheet in book:
        head, *below = sheet.iter_rows(values_only=True)
        kind = sheet.title.partition(" ")[0]
        assert list(head) == [column.name for column in columns(kind)]
        assert 1 <= len(below) <= 2
        told.setdefault(kind, []).extend(row[0] for row in below)
    assert len(book.sheetnames) > len(told)
    assert told == {kind: [row["iri"] for row in rows(folder / f"{kind}.csv")] for kind in told}


def test_what_a_cell_cannot_hold_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paper = Paper("long.txt", "word " * 10_000)
    with EvidenceGraph(tmp_path / "store") as graph:
        graph.apply([paper.document])
        (sheet,) = (s for s in openpyxl.load_workbook(io.BytesIO(written(graph, "xlsx"))) if s.title == "Document")
        heads = [cell.value for cell in next(sheet.iter_rows())]
        text = sheet.cell(2, heads.index("text") + 1).value
        assert isinstance(text, str)
        assert len(text) == workbook.MAX_CELL
        assert text.endswith("… [cut: 50,000 characters; the form csv has them all]")
        given = list(tables.rows(Walk(graph)))

        def broken(walk: Walk) -> Iterator[tuple[str, list[Any]]]:
            yield from given[:5]
            raise ExportError(walk.stamp, "cannot be read", "use the form csv")

        monkeypatch.setattr(workbook, "rows", broken)
        late: list[object] = []
        monkeypatch.setattr(sys, "unraisablehook", late.append)
        with pytest.raises(ExportError, match="use the form csv"):
            written(graph, "xlsx")
        gc.collect()
        assert late == [], "a workbook that is given up is closed"
