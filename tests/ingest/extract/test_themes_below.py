"""Themes that stand below others: headings beside each other in the file, and tables of counts."""

import pytest

from ingest.extract.quotes.extraction import extract_quotes
from ingest.extract.roles.extraction import extract_roles
from ingest.extract.themes.extraction import extract_themes
from tests.ingest.extract.test_themes_layouts import METHODS, NAMES, QUOTES, STUDY, labels, table_of
from tests.ingest.jats_text import article, reading_of, results


def hung(inside: str) -> list[tuple[str, str | None]]:
    """Return each theme with the one that it stands below."""
    reading = reading_of(article(METHODS + results(inside))).reading
    quotes, _ = extract_quotes(reading, STUDY, extract_roles(reading, STUDY))
    themes = [one.record for one in extract_themes(reading, STUDY, quotes)]
    labelled = {theme.iri: theme.label for theme in themes}
    return [(theme.label, labelled.get(theme.broader or "")) for theme in themes]


HUNG = [
    ("Trust", None),
    ("Knowing names", "Trust"),
    ("Calling twice", "Trust"),
    ("Time to talk", None),
    ("Lunch", "Time to talk"),
]


@pytest.mark.parametrize(
    "marks",
    [
        ("3.1 ", "3.1.1 ", "3.1.2 ", "3.2 ", "3.2.1 "),
        ("Theme 1: ", "", "", "Theme 2: ", ""),
        ("Theme one: ", "Sub-theme: ", "Subtheme: ", "Theme two: ", "Sub-theme: "),
        ("Theme 1: ", "Subtheme 1.1: ", "Subtheme 1.2: ", "Theme 2: ", "Subtheme 2.1: "),
    ],
)
def test_headings_beside_each_other_whose_words_put_one_below_the_other(marks: tuple[str, ...]) -> None:
    heads = [f"{mark}{name}" for mark, (name, _) in zip(marks, HUNG, strict=True)]
    assert hung("".join(f"<sec><title>{head}</title>{QUOTES}</sec>" for head in heads)) == HUNG


@pytest.mark.parametrize(
    "heads",
    [
        ("Theme 1: Trust", "Theme 2: Time to talk", "Being alone at night"),
        ("Theme 1: Trust", "Knowing names", "Late letters"),
        ("3.1 Trust", "Late letters", "3.1.1 Time to talk"),
        ("2.1 Trust", "2.2 Late letters", "2.3 Time to talk"),
    ],
)
def test_headings_beside_each_other_that_stay_there(heads: tuple[str, ...]) -> None:
    found = hung("".join(f"<sec><title>{head}</title>{QUOTES}</sec>" for head in heads))
    assert [above for _, above in found] == [None] * 3


PARTS = {"Trust in colleagues": ["Knowing names", "Calling twice"], "Time to talk": ["Lunch", "Nights"]}
UNDER = [pair for name, parts in PARTS.items() for pair in [(name, None), *((part, name) for part in parts)]]


def _grouped(head: str, groups: dict[str, list[str]] = PARTS, count: str = "7 (35%)") -> list[list[str]]:
    rows = [[head, "Mentions, n (%)"]]
    for name, parts in groups.items():
        rows += [[name, ""], *([part, count] for part in parts)]
    return rows


@pytest.mark.parametrize(
    ("head", "caption"),
    [
        ("Theme and subtheme", "What they said"),
        ("Subtheme", "What they said"),
        ("Subcategory", "Themes and number of mentions"),
        ("Category/subcategory", "Subcategories by mentions"),
        ("Category", "Identified categories"),
    ],
)
def test_a_table_of_counts_in_which_themes_have_a_row_for_themselves(head: str, caption: str) -> None:
    assert hung(QUOTES + table_of(caption, _grouped(head))) == UNDER


@pytest.mark.parametrize("caption", ["Themes", "Categories and subcategories", "What they said"])
def test_a_table_of_counts_of_the_parts_of_themes(caption: str) -> None:
    kind = "theme" if caption == "What they said" else "category"
    rows = [[kind.capitalize(), f"Sub{kind}", "Nurses", "Patients", "All"]]
    for name, parts in PARTS.items():
        rows += [[name if not number else "", part, "7", "3", "10"] for number, part in enumerate(parts)]
    assert hung(QUOTES + table_of(caption, rows)) == UNDER


def test_a_table_of_counts_of_those_who_took_part_or_of_what_groups_said_names_no_parts() -> None:
    sample = {"Age": ["Under forty", "Forty and more"], "Ward": ["Surgery", "Children"]}
    by_group = {"Nurses": ["Knowing names", "Lunch"], "Patients": ["Calling twice", "Nights"]}
    for table in (
        table_of("Characteristics", _grouped("Category", sample)),
        table_of("Characteristics", _grouped("Subcategory", sample)),
        table_of("Themes", _grouped("Theme and subtheme", by_group)),
        table_of("Themes", _grouped("Subtheme", {"North": PARTS["Time to talk"], "South": PARTS["Time to talk"]})),
    ):
        assert [above for _, above in hung(QUOTES + table)] == []


def test_a_list_under_a_heading_has_as_many_items_as_the_themes_announced_above_it() -> None:
    items = "".join(f"<list-item><p>{name}</p><p>Definition: what is said of it.</p></list-item>" for name in NAMES)
    under = f"<sec><title>Frequency of letters</title><list>{items}</list></sec>"
    assert "Definition" not in labels(f"<p>The following five themes were identified:</p>{under}{QUOTES}")


def test_more_codes_than_a_table_of_themes_has_are_a_codebook() -> None:
    rows = "".join(
        f"<tr><td>{'Wards' * (n == 0)}{'People' * (n == 20)}</td><td>Fear of day {n}</td></tr>" for n in range(40)
    )
    head = "<thead><tr><th>Categories</th><th>Codes</th></tr></thead>"
    table = f"<table-wrap><table>{head}<tbody>{rows}</tbody></table></table-wrap>"
    assert labels(QUOTES + table) == ["Wards", "People"]
