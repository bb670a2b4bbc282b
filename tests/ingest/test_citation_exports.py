"""References as databases, reference managers and screening tools export them: tables, headers, odd entries."""

import io

import openpyxl
import pytest

from ingest.coded import resolve
from ingest.library import Shelf
from ingest.readers import ReadDocument, read_contents
from ingest.readers.contents import Sheet
from ontology.model import Determinant
from tests.ingest.citation_forms import NBIB, REFER, RIS, only

# Tables


def table(*rows: str) -> bytes:
    return "\n".join(rows).encode()


def test_a_list_of_references_brings_its_sheet_along_for_a_mapping() -> None:
    data = table("Title,Authors,Year,Hindernis", "Who calls back?,Meyer A,2020,no time", "Whose list?,Lund B,2021,")
    one, two, sheet = read_contents(data, "list.csv")
    assert isinstance(one, ReadDocument)
    assert isinstance(two, ReadDocument)
    assert isinstance(sheet, Sheet)
    assert sheet.listed
    library = Shelf(())
    assert resolve(sheet, library) == ()
    (group,) = resolve(sheet, library, 'format = "sheet"\n[columns]\nHindernis = "barrier"\n')
    assert [record.label for record in group.records if isinstance(record, Determinant)] == ["no time"]


@pytest.mark.parametrize(
    "rows",
    [
        ("Title,Authors,Year,Barrier", "Who calls back?,Meyer A,2020,no time"),
        ("Title,Authors,Year,Country", "Who calls back?,Meyer A,2020,Norway"),
        ("Study,Title,Quote", "1,Who calls back?,Nobody calls"),
    ],
)
def test_a_table_that_says_more_of_studies_is_a_coding_sheet_alone(rows: tuple[str, ...]) -> None:
    (sheet,) = read_contents(table(*rows, rows[-1].replace("back", "first")), "sheet.csv")
    assert isinstance(sheet, Sheet)
    assert not sheet.listed


def test_an_abstract_makes_a_reference_beside_what_the_row_codes() -> None:
    data = table("Title,Year,Abstract,Theme", 'Who calls back?,2020,"Nurses said that nobody called.",Calls')
    read, sheet = read_contents(data, "sheet.csv")
    assert isinstance(read, ReadDocument)
    assert "nobody called" in read.document.text
    assert isinstance(sheet, Sheet)
    assert not sheet.listed


def test_empty_coded_columns_of_a_reference_manager_do_not_matter() -> None:
    data = table("Key,Item Type,Title,Author,Date,Code,Notes", 'A1,book,Who calls back?,"Meyer, Ann",2020-03-01,,')
    read, _ = read_contents(data, "zotero.csv")
    assert isinstance(read, ReadDocument)
    assert read.document.citation == "Ann Meyer. Who calls back? 2020."


def test_a_row_without_title_and_identifier_is_left_out() -> None:
    data = table("Title,Abstract,DOI", ",Nobody called.,", "Who calls back?,,10.9999/abc.3", ",,10.9999/abc.4")
    found = [one for one in read_contents(data, "list.csv") if isinstance(one, ReadDocument)]
    assert [one.document.doi for one in found] == ["10.9999/abc.3", "10.9999/abc.4"]


def test_sheets_of_a_workbook_that_list_references_are_read_as_such() -> None:
    book = openpyxl.Workbook()
    first = book.active
    for row in (("Title", "Authors", "DOI"), ("Who calls back?", "Meyer A; Lund B", "10.9999/abc.5")):
        first.append(row)
    second = book.create_sheet("Codes")
    for row in (("Study", "Barrier"), ("Meyer 2020", "no time")):
        second.append(row)
    stream = io.BytesIO()
    book.save(stream)
    read, sheet = read_contents(stream.getvalue(), "list.xlsx")
    assert isinstance(read, ReadDocument)
    assert read.document.doi == "10.9999/abc.5"
    assert isinstance(sheet, Sheet)
    assert not sheet.listed


# What programs write


@pytest.mark.parametrize("before", ["Provider: Made-up Library\nDatabase: CARE\n\n", "﻿", "1.\n"])
def test_ris_may_have_something_before_it(before: str) -> None:
    assert only(before + RIS).document.doi == "10.9999/abc.1"


def test_references_of_nbib_and_refer_are_told_apart() -> None:
    for form in (NBIB, REFER):
        other = form.replace("10.9999/ABC.1", "10.9999/ABC.2").replace("12345678", "87654321")
        for gap in ("", "\n"):
            found = read_contents((form.strip() + "\n" + gap + other.strip()).encode(), "r.txt")
            assert [one.document.doi for one in found if isinstance(one, ReadDocument)] == [
                "10.9999/abc.1",
                "10.9999/abc.2",
            ]


def test_an_empty_line_within_an_abstract_ends_no_reference() -> None:
    assert "nobody called back" in only(REFER.replace("nurses.\n", "nurses.\n\n")).document.text


@pytest.mark.parametrize(
    "entry",
    [
        "@article{\n  author = {Meyer, Ann}, title = {Who calls back?}}",
        "@dataset{a1, author = {Meyer, Ann}, title = {Who calls back?}}",
        "@article{a1, author = {Meyer, Ann}, title = {Who calls back?}, file = {a}, file = {b}}",
        "@article{a1, author = {family=Meyer, given=Ann, useprefix=false}, title = {Who calls back?}}",
        "@article{ ISI:1,\nAuthor = {Meyer, Ann},\nTitle = {{Who calls\n   back?}}}",
    ],
)
def test_entries_that_programs_write_are_read(entry: str) -> None:
    read = only(entry)
    assert read.document.citation == "Ann Meyer. Who calls back?"


def test_entries_with_the_same_key_are_all_read() -> None:
    found = read_contents(b"@misc{, title = {Who calls?}}\n@misc{, title = {Who waits?}}\n", "m.bib")
    assert [one.document.title for one in found if isinstance(one, ReadDocument)] == ["Who calls?", "Who waits?"]
