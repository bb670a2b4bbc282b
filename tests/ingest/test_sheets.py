"""Reading coding sheets: separators, encodings, late headers, merged cells, formulas, dates, hidden sheets."""

import io
from datetime import datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import ReaderError
from ingest.readers import format_of, read_contents
from ingest.readers.contents import Sheet, Table
from ingest.readers.sheet.csv import read_csv
from ingest.readers.sheet.tables import RawTable, assemble_sheet
from ingest.readers.sheet.xlsx import read_xlsx


def cells(sheet: Sheet, table: Table | None = None) -> list[dict[str, str]]:
    """The rows as dicts of words, from the places in the stored text."""
    text = sheet.document.text
    return [{c.column: text[c.start : c.end] for c in row.cells} for row in (table or sheet.tables[0]).rows]


def workbook(*sheets: tuple[str, list[list[object]]]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_separator_and_encoding_are_found(separator: str, encoding: str) -> None:
    text = separator.join(["Study", "Quote"]) + "\r\n" + separator.join(["Müller 2020", '"café, or; so"']) + "\r\n"
    data = text.encode(encoding)
    assert format_of(data).name == "a table (CSV)"
    assert cells(read_csv(data, "a.csv")) == [{"Study": "Müller 2020", "Quote": "café, or; so"}]


def test_the_line_that_excel_puts_first_names_the_separator() -> None:
    assert cells(read_csv(b"sep=;\nA;B\n1;2\n", "a.csv")) == [{"A": "1", "B": "2"}]


def test_a_header_may_come_late_and_empty_rows_do_not_matter() -> None:
    data = b"Review of calls,,\n\nExtracted by AB,,\nStudy,Barrier,\n\nLund 2020,no time,\n,,\n"
    sheet = read_csv(data, "a.csv")
    assert sheet.tables[0].header_row == 4
    assert cells(sheet) == [{"Study": "Lund 2020", "Barrier": "no time"}]
    assert sheet.tables[0].rows[0].number == 6
    assert sheet.document.text == "Review of calls\nExtracted by AB\nStudy\tBarrier\nLund 2020\tno time\n"


def test_a_header_that_is_repeated_is_no_row() -> None:
    sheet = read_csv(b"Study,Barrier\nLund,noise\nStudy,Barrier\nBerg,no time\n", "a.csv")
    assert [row["Barrier"] for row in cells(sheet)] == ["noise", "no time"]


def test_headers_that_come_twice_or_are_missing_get_names() -> None:
    sheet = read_csv(b"Study,Barrier,Barrier,\nLund,a,b,c\n", "a.csv")
    assert sheet.tables[0].headers == ("Study", "Barrier", "Barrier (2)", "column 4")


@pytest.mark.parametrize(
    "text",
    [
        "Trust between teams\n\nBarriers, facilitators, nurses\n\nWe asked 12 nurses, and they said so.\n",
        "Theme, quote\nThis is a paper, which goes on, and on, and on.\nAnd a second line without any.\n\nAnd more.\n",
        "Nobody called, we waited.\nThen, at last, a call.\n",
    ],
)
def test_running_text_is_no_sheet(text: str) -> None:
    assert format_of(text.encode()).name == "text"


def test_a_workbook_gives_values_of_every_kind() -> None:
    rows: list[list[object]] = [["Study", "Quote", "When", "N", "Sure"]]
    rows.append(["Lund 2020", "two\nlines\tand tab", datetime(2021, 3, 1), 12.0, True])
    sheet = read_xlsx(saved(workbook(("Rows", rows))), "a.xlsx")
    assert cells(sheet) == [
        {"Study": "Lund 2020", "Quote": "two ¶ lines and tab", "When": "2021-03-01", "N": "12", "Sure": "TRUE"}
    ]


def test_merged_cells_show_their_words_in_every_row() -> None:
    book = workbook(("Rows", [["Study", "Barrier"], ["Lund 2020", "no time"], [None, "no phone"], ["Berg", "noise"]]))
    book["Rows"].merge_cells("A2:A3")
    sheet = read_xlsx(saved(book), "a.xlsx")
    assert [row["Study"] for row in cells(sheet)] == ["Lund 2020", "Lund 2020", "Berg"]
    assert sheet.document.text.count("Lund 2020") == 1


def test_hidden_sheets_are_left_out_and_hidden_rows_read_both_with_a_note() -> None:
    rows: list[list[object]] = [["Study", "Barrier"], ["Lund 2020", "no time"]]
    book = workbook(("Rows", rows), ("Lists", [["Study", "Barrier"], ["x", "y"]]))
    book["Lists"].sheet_state = "hidden"
    book["Rows"].row_dimensions[2].hidden = True
    sheet = read_xlsx(saved(book), "a.xlsx")
    assert [table.name for table in sheet.tables] == ["Rows"]
    assert sheet.notes == ("Rows: 1 hidden rows are read like the others", "the hidden sheet Lists is left out")


def test_formulas_without_a_stored_value_are_counted() -> None:
    rows: list[list[object]] = [["Study", "Barrier", "N"], ["Lund 2020", "no time", "=1+1"]]
    sheet = read_xlsx(saved(workbook(("Rows", rows))), "a.xlsx")
    assert cells(sheet) == [{"Study": "Lund 2020", "Barrier": "no time"}]
    assert any("1 formulas have no value" in note for note in sheet.notes)


def test_every_visible_sheet_is_a_table_of_one_document() -> None:
    one: list[list[object]] = [["Study", "Barrier"], ["Lund 2020", "no time"]]
    two: list[list[object]] = [["Study", "Theme"], ["Lund 2020", "Trust"]]
    (sheet,) = read_contents(saved(workbook(("One", one), ("Two", two), ("Empty", []))), "a.xlsx")
    assert isinstance(sheet, Sheet)
    assert [table.name for table in sheet.tables] == ["One", "Two"]
    assert cells(sheet, sheet.tables[1]) == [{"Study": "Lund 2020", "Theme": "Trust"}]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (saved(workbook(("Empty", [])))[:-40], "damaged|archive"),
        (saved(workbook(("Empty", []))), "no filled cells"),
        (saved(workbook(("Rows", [["Study", "Barrier"]]))), "no filled cells"),
    ],
    ids=["truncated", "empty", "only a header"],
)
def test_workbooks_that_hold_nothing_say_so(data: bytes, problem: str) -> None:
    with pytest.raises(ReaderError, match=problem):
        read_xlsx(data, "a.xlsx")


def test_a_workbook_that_declares_entities_is_refused() -> None:
    import zipfile

    data, out = saved(workbook(("Rows", [["Study", "Barrier"], ["a", "b"]]))), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.startswith("xl/worksheets"):
                content = b'<!DOCTYPE x [<!ENTITY a "b">]>' + content
            new.writestr(name, content)
    with pytest.raises(ReaderError, match="declares entities"):
        read_xlsx(out.getvalue(), "a.xlsx")


def test_a_quotation_mark_that_never_closes_ends_in_an_error_not_in_one_cell() -> None:
    with pytest.raises(ReaderError, match="is no table"):
        read_csv(b'Study,Quote\nLund,"' + b"word " * 40_000, "a.csv")


@given(st.lists(st.lists(st.text(max_size=6), max_size=4), min_size=2, max_size=6))
def test_every_cell_is_where_it_says(rows: list[list[str]]) -> None:
    try:
        sheet = assemble_sheet([RawTable("", list(enumerate(rows, 1)))], "a.csv", "text/csv")
    except ReaderError:
        return
    text = sheet.document.text
    lines = [line.split("\t") for line in text.removesuffix("\n").split("\n")]
    for row in sheet.tables[0].rows:
        for cell in row.cells:
            words = text[cell.start : cell.end]
            assert words and words == words.strip() and "\t" not in words and "\n" not in words
            assert any(words in line for line in lines)


def test_a_header_below_one_that_groups_its_columns_is_the_header() -> None:
    book = workbook(
        (
            "Coding",
            [
                ["Data extraction form, version 3"],
                [],
                ["Study", None, "Findings", None, "Page"],
                ["Author, year", "Country", "Participant quote", "Speaker", None],
                ["Berg 2021", "Norway", "Nobody rang us back.", "nurse 2", 7],
            ],
        )
    )
    book["Coding"].merge_cells("A3:B3")
    book["Coding"].merge_cells("C3:D3")
    row = {"Author, year": "Berg 2021", "Country": "Norway", "Participant quote": "Nobody rang us back."}
    assert cells(read_xlsx(saved(book), "a.xlsx")) == [row | {"Speaker": "nurse 2", "Page": "7"}]


def test_a_line_that_names_the_separator_makes_a_table_of_words_that_we_do_not_know() -> None:
    data = "sep=;\r\nStudie;Zitat\r\nBerg 2021;„Niemand rief zurück“\r\n".encode("cp1252")
    assert format_of(data).name == "a table (CSV)"
    (sheet,) = read_contents(data, "a.csv")
    assert isinstance(sheet, Sheet)
    assert cells(sheet) == [{"Studie": "Berg 2021", "Zitat": "„Niemand rief zurück“"}]
