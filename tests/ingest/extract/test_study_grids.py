"""Tables on a sample whose cells are known: which rows and columns count whom."""

import pytest

from ingest.extract.roles.extraction import extract_roles
from ingest.extract.study.extraction import StudyParts, extract_study
from ingest.readers import read


def parts_of(rows: list[str], caption: str = "Characteristics of the sample") -> StudyParts:
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row.split('|'))}</tr>" for row in rows)
    source = (
        "<article><front><article-meta><title-group><article-title>Letters at night</article-title></title-group>"
        "</article-meta></front><body><sec><title>Methods</title><p>We asked nurses and porters.</p>"
        f"<table-wrap><label>Table 1</label><caption><p>{caption}</p></caption><table>{cells}</table></table-wrap>"
        "</sec></body></article>"
    )
    found = read(source.encode(), "a.xml")
    return extract_study(found.reading, found.document, "study", extract_roles(found.reading, "study"), ())


def sample_of(rows: list[str], caption: str = "Characteristics of the sample") -> dict[str, str]:
    facts = parts_of(rows, caption).facts
    return {fact.record.field: fact.record.value for fact in facts if fact.record.field.startswith("sample_")}


def test_a_row_stands_under_the_head_above_it_and_no_longer() -> None:
    rows = [
        "Characteristic|n (%)",
        "Education",
        "Primary|4 (40)",
        "Pets",
        "Cat|6 (60)",
        "Civil status",
        "Married|7 (70)",
    ]
    assert sample_of(rows) == {
        "sample_education_primary": "4 (40%)",
        "sample_other_cat": "6 (60%)",
        "sample_marital_status_married": "7 (70%)",
    }


def test_a_row_with_measures_ends_what_rows_are_about() -> None:
    rows = ["Characteristic|n (%)", "Age (years)|31 (29–34)", "First child|4 (40)", "Gender", "Female|6 (60)"]
    assert sample_of(rows) == {"sample_other_first_child": "4 (40%)", "sample_sex_female": "6 (60%)"}


def test_the_numbers_of_several_columns_are_told_apart() -> None:
    rows = [
        "|Letters (n = 10) No. (%)|No letters (n = 8) No. (%)|P",
        "Gender|||.50",
        "Female|6 (60)|4 (50)|",
        "Male|4 (40)|4 (50)|",
    ]
    assert sample_of(rows)["sample_sex_female"] == "6 (60%) (Letters), 4 (50%) (No letters)"
    assert "sample_total" not in sample_of(rows)
    groups = {(group.record.label, group.record.n, group.record.sex) for group in parts_of(rows).groups}
    assert ("Male (No letters)", 4, "male") in groups


def test_of_several_columns_that_of_all_is_taken() -> None:
    rows = ["|Letters|No letters|Total", "Gender", "Female|6 (60)|4 (50)|10 (56)", "Male|4 (40)|4 (50)|8 (44)"]
    assert sample_of(rows) == {"sample_sex_female": "10 (56%)", "sample_sex_male": "8 (44%)"}


@pytest.mark.parametrize("head", ["Category|Number|Percentage", "Category|n|%", "Category|N|Per cent"])
def test_a_column_of_shares_counts_nobody(head: str) -> None:
    assert sample_of([head, "Gender", "Male|18|90", "Female|2|10"]) == {
        "sample_sex_male": "18 (90%)",
        "sample_sex_female": "2 (10%)",
    }


def test_the_size_is_that_of_the_caption_or_of_the_only_column() -> None:
    rows = ["Gender|n (%)", "Male|18 (90)", "Female|2 (10)"]
    assert sample_of(rows, "Characteristics of participants (N = 20)")["sample_total"] == "20"


def test_labels_that_say_nothing_are_told_with_their_head() -> None:
    rows = ["Gender|Female|7 (70)", "|Male|3 (30)", "Lives alone|Yes|4 (40)", "Mean age|In years|40 (12)"]
    told = sample_of(["||n (%)", *rows])
    assert told["sample_other_lives_alone_yes"] == "4 (40%)"
    assert not [name for name in told if "years" in name]


@pytest.mark.parametrize("label", ["Sex (female), n (%)", "Gender: female"])
def test_a_row_that_says_itself_what_it_is_about(label: str) -> None:
    rows = ["Characteristic|n (%)", f"{label}|6 (60)", "Education", "Primary|4 (40)"]
    assert sample_of(rows)["sample_sex_female"] == "6 (60%)"


def test_numbers_in_labels_and_of_other_tables_are_left_alone() -> None:
    rows = [
        "|Letters|No letters",
        "Nurses under 30|6 (9)|7 (7)",
        "Nurses 30 to 39|9 (13)|5 (18)",
        "Gender",
        "Female|9 (9)|8 (8)",
    ]
    assert "6 (9%) (Letters), 7 (7%) (No letters)" in sample_of(rows).values()
    assert not {"30", "39"} & set(sample_of(rows).values())
    assert sample_of(["Month|Visits", "May|12", "June|9"], "Visits by month") == {}
    assert sample_of(["Item|Included", "Wards|12", "Beds|9"], "Characteristics of wards") == {}


def test_a_row_under_ages_that_names_none_is_about_something_else() -> None:
    told = sample_of(["Characteristic|n (%)", "Age", "Under 30|4 (40)", "Lives with a cat|6 (60)"])
    assert told == {"sample_age_under_30": "4 (40%)", "sample_other_lives_with_a_cat": "6 (60%)"}
