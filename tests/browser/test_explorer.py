"""Journeys through the explorer, as people make them."""

import csv
import json
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from devtools.browser import ROOT, explorer

pytestmark = pytest.mark.browser
expect.set_options(timeout=20_000)


def test_the_overview_counts_what_the_command_line_counts(page: Page, address: str, sample_store: Path) -> None:
    command = [sys.executable, "-m", "cli", "list", "Barrier", "--store", str(sample_store), "--json"]
    barriers = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)
    page.goto(address)
    tile = page.get_by_test_id("stMetric").filter(has_text=re.compile("^Barriers"))
    expect(tile.get_by_test_id("stMetricValue")).to_have_text(str(len(barriers)))
    expect(page.get_by_role("heading", name="Studies (6)")).to_be_visible()


def test_from_who_should_do_it_to_the_marked_words(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("link", name=re.compile("Who says who should do it")).click()
    expect(page.get_by_text(re.compile(r"\d+ rows; "))).to_be_visible()
    page.get_by_role("link", name="Trace the position").first.click()
    mark = page.locator("mark.strong").first
    expect(mark).to_be_visible()
    assert "/trace?id=position" in page.url
    page.reload()
    expect(mark).to_be_visible()


def test_a_quote_is_marked_and_the_next_one_is_a_click_away(page: Page, address: str) -> None:
    page.goto(f"{address}/browse?kind=Quote")
    expect(page.get_by_text(re.compile(r"1 to \d+ of \d+ records"))).to_be_visible()
    page.goto(f"{address}/trace")
    page.get_by_role("heading", name="Quotes").wait_for()
    page.locator("a.self-link").last.click()
    mark = page.locator("mark.strong").first
    expect(mark).to_be_visible()
    expect(page.get_by_text(re.compile("checked against the stored text")).first).to_be_visible()
    first, place = mark.inner_text(), page.url
    page.get_by_role("link", name=re.compile("Next quote|Previous quote")).last.click()
    expect(mark).not_to_have_text(first)
    assert page.url != place
    page.go_back()
    expect(mark).to_have_text(first)


def test_words_and_facets_narrow_the_list_and_live_in_the_address(page: Page, address: str) -> None:
    page.goto(f"{address}/browse")
    shown = page.get_by_text(re.compile(r"1 to \d+ of [\d,]+ records"))
    expect(shown).to_be_visible()
    everything = shown.inner_text()
    page.get_by_role("searchbox").or_(page.get_by_label("Words", exact=True)).first.fill("letter")
    expect(shown).not_to_have_text(everything)
    letters = shown.inner_text()
    page.get_by_test_id("stButtonGroup").filter(has_text="Kind").get_by_text(re.compile(r"^Barrier \(")).click()
    expect(shown).not_to_have_text(letters)
    narrowed = shown.inner_text()
    expect(page).to_have_url(re.compile(r"kind=Barrier"))
    assert "q=letter" in page.url
    page.goto(page.url)
    expect(shown).to_have_text(narrowed)


def test_the_file_of_what_was_found_has_more_than_the_page(page: Page, address: str, tmp_path: Path) -> None:
    page.goto(f"{address}/browse")
    shown = page.get_by_text(re.compile(r"1 to 50 of [\d,]+ records"))
    expect(shown).to_be_visible()
    total = int(shown.inner_text().split(" ")[4].replace(",", ""))
    with page.expect_download() as told:
        page.get_by_role("button", name=re.compile("^All .* as CSV")).click()
    told.value.save_as(tmp_path / "all.csv")
    with (tmp_path / "all.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == total > 50
    assert len({row["Name"] for row in rows}) == total


def test_a_study_shows_what_is_told_of_it(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("link", name=re.compile("Who adjusts the dose")).first.click()
    expect(page.get_by_text("Choose a row to see what it rests on. The study:")).to_be_visible()
    expect(page.get_by_text(re.compile("^Evidence level: full text"))).to_be_visible()
    expect(page.get_by_test_id("stButtonGroup").filter(has_text="Kind").get_by_text("Study fact (")).to_be_visible()


def test_a_narrow_window_cuts_no_count_and_shows_the_words_first(chromium: Browser, address: str) -> None:
    page = chromium.new_page(viewport={"width": 800, "height": 1000})
    page.goto(address)
    values = page.get_by_test_id("stMetricValue")
    expect(values).to_have_count(10)
    cut = "e => [e, ...e.querySelectorAll('*')].filter(part => part.scrollWidth > part.clientWidth + 1).length"
    assert [value.evaluate(cut) for value in values.all()] == [0] * 10
    page.goto(f"{address}/trace")
    page.locator("a.self-link").last.click()
    words, more = page.locator(".source-text").first, page.get_by_role("heading", name=re.compile("What rests on this"))
    expect(words).to_be_visible()
    places = [found.bounding_box() for found in (words, more)]
    assert places[0] is not None
    assert places[1] is not None
    assert places[0]["y"] < places[1]["y"]
    page.close()


def test_a_search_for_nothing_says_what_to_change(page: Page, address: str) -> None:
    page.goto(f"{address}/browse?q=lettr&kind=Quote")
    expect(page.get_by_text("No record matches.")).to_be_visible()
    page.get_by_role("link", name=re.compile("Did you mean .letter")).click()
    expect(page.get_by_text(re.compile(r"1 to \d+ of \d+ records"))).to_be_visible()


def test_words_that_never_meet_are_offered_one_by_one(page: Page, address: str) -> None:
    page.goto(f"{address}/browse?q=letter+xyzzy")
    expect(page.get_by_text("“xyzzy”: 0 records")).to_be_visible()
    page.get_by_role("link", name=re.compile(r"“letter”: \d+ records?")).click()
    expect(page.get_by_text(re.compile(r"1 to \d+ of \d+ records"))).to_be_visible()


def test_the_same_question_gives_the_same_number_of_rows_in_both_languages(page: Page, address: str) -> None:
    rows = {}
    for language in ("sparql", "cypher"):
        page.goto(f"{address}/query?question=gaps&lang={language}")
        shown = page.get_by_text(re.compile(r"^\d+ rows?; "))
        expect(shown).to_be_visible()
        rows[language] = shown.inner_text().split(";")[0]
    assert rows["sparql"] == rows["cypher"]
    assert not rows["sparql"].startswith("0")


@pytest.mark.parametrize(
    ("language", "query", "answer"),
    [
        ("cypher", "MATCH (n) DETACH DELETE n", "“DETACH” writes"),
        ("sparql", "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "“SERVICE” asks another server"),
        ("sparql", "SELECT ?x WHERE { ?x ?p }", "SPARQL query"),
        ("sparql", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", "was stopped"),
    ],
)
def test_a_query_that_cannot_be_run_says_why(page: Page, address: str, language: str, query: str, answer: str) -> None:
    page.goto(f"{address}/query?lang={language}&query={quote(query)}")
    page.get_by_label("Seconds at most").fill("2")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("alert").filter(has_text=answer)).to_be_visible()


def test_rows_beyond_the_cap_are_announced(page: Page, address: str) -> None:
    page.goto(f"{address}/query?query={quote('SELECT * { ?s ?p ?o }')}")
    page.get_by_label("Rows at most").fill("7")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_text(re.compile("first 7 rows, there are more"))).to_be_visible()


def test_an_unknown_id_is_a_sentence_and_offers_others(page: Page, address: str) -> None:
    page.goto(f"{address}/trace?id=barrier/00000000000000000000000000000000")
    expect(page.get_by_role("alert").filter(has_text="No record")).to_be_visible()
    page.locator("a.self-link").last.click()
    expect(page.locator("mark.strong").first).to_be_visible()


def test_a_newcomer_without_a_store_loads_the_sample(chromium: Browser, tmp_path: Path) -> None:
    with explorer(tmp_path / "store", tmp_path / "log") as empty:
        page = chromium.new_page()
        page.goto(empty)
        page.get_by_role("button", name="Load the illustrative sample").click()
        expect(page.get_by_role("heading", name="Studies (6)")).to_be_visible(timeout=60_000)
        page.close()


def test_hostile_words_of_a_paper_stay_words(chromium: Browser, tmp_path: Path) -> None:
    bait = "<img src=x onerror=alert(1)>"
    text = (
        f"Hostile {bait} study\n\nAbstract\n\nBackground: Care teams.\n\nMethods\n\nWe interviewed 5 nurses.\n\n"
        f"Results\n\nNurses named late letters {bait} as a barrier. One nurse said:\n\n"
        f"“The letter {bait} comes **too** late for me to call anybody.” (Nurse 1)\n"
    )
    (tmp_path / "hostile.txt").write_text(text)
    command = [sys.executable, "-m", "cli", "ingest", str(tmp_path / "hostile.txt"), "--store", str(tmp_path / "store")]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    with explorer(tmp_path / "store", tmp_path / "log") as address:
        page = chromium.new_page()
        said: list[str] = []
        page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
        page.goto(f"{address}/trace")
        page.get_by_role("heading", name="Quotes").wait_for()
        page.locator("a.self-link").last.click()
        expect(page.locator("mark.strong").first).to_contain_text(bait)
        assert page.locator("img[src=x]").count() == 0
        assert said == []
        page.close()
