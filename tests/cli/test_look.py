"""The views in the terminal, on the shipped sample."""

from pathlib import Path

from tests.cli.runner import run, told


def test_search_marks_what_was_found_and_says_what_is_cut(store: Path) -> None:
    found = told("search", "dose", "--kind", "Quote", "--limit", "1", store=store)
    assert found["total"] >= 1
    assert any(hit for _, hit in found["hits"][0]["snippet"])
    shown = run("search", "dose", "--limit", "1", store=store)
    assert "first 1 of" in shown.stdout
    assert "[dose]" in shown.stdout.casefold()


def test_search_suggests_words(store: Path) -> None:
    assert "did you mean" in run("search", "pharmcist", store=store).stdout


def test_search_tells_how_often_each_word_is_found_where_they_never_meet(store: Path) -> None:
    alone = told("search", "dose", store=store)["total"]
    assert told("search", "dose xyzzy", store=store)["apart"] == {"dose": alone, "xyzzy": 0}
    shown = run("search", "dose xyzzy", store=store).stdout
    assert "no record holds all of these words" in shown
    assert [line.split() for line in shown.splitlines() if line.split()[:1] in (["dose"], ["xyzzy"])] == [
        ["dose", f"{alone:,}"],
        ["xyzzy", "0"],
    ]


def test_a_matrix_has_the_numbers_of_the_list(store: Path) -> None:
    cells = told("matrix", "Barrier", "study", "level", store=store)["cells"]
    assert sum(cell["value"] for cell in cells) == len(told("list", "barriers", store=store))
    assert run("matrix", "Barrier", "colour", "level", store=store).exit_code == 1


def test_paths_lead_from_barriers_to_interventions(store: Path) -> None:
    found = told("paths", "Barrier", "Intervention", "--limit", "1000", store=store)
    assert found["total"] == len(found["paths"])
    assert all(path["relations"] == ["^addresses"] for path in found["paths"])
    assert "–^addresses→" in run("paths", "Barrier", "Intervention", store=store).stdout


def test_around_counts_and_shows(store: Path) -> None:
    barrier = told("list", "barriers", store=store)[0]["iri"]
    found = told("around", barrier, store=store)
    assert {tuple(one[:2]) for one in found["relations"]} >= {("IN_STUDY", "out"), ("IN_DOCUMENT", "out")}
    assert found["things"][0]["iri"] == barrier
    assert "IN_STUDY" in run("around", barrier, store=store).stdout


def test_gaps_are_the_barriers_that_the_question_finds(store: Path) -> None:
    found = told("gaps", "--limit", "1000", store=store)["gaps"]
    asked = told("questions", "gaps", store=store)["rows"]
    without = {gap["barrier"] for gap in found if "no intervention proposed" in gap["reasons"]}
    assert without == {row["barrier"] for row in asked}


def test_what_nothing_has_is_refused_and_not_answered_with_nothing(store: Path) -> None:
    assert "did you mean Quote?" in run("search", "dose", "--kind", "Quot", store=store).stderr
    assert "use one of Barrier" in run("matrix", "Study", "role", "level", store=store).stderr
    assert "names no study" in run("gaps", "--study", "nobody.txt", store=store).stderr
    assert "names no study" in run("sensitivity", "--study", "nobody.txt", store=store).stderr
    assert "none of citation, abstract, full text" in run("sensitivity", "--level", "page", store=store).stderr
    assert "none of rule" in run("sensitivity", "--method", "guess", store=store).stderr


def test_kinds_and_studies_are_named_as_for_list(store: Path) -> None:
    assert told("search", "dose", "--kind", "quotes", store=store) == told(
        "search", "dose", "--kind", "Quote", store=store
    )
    assert told("matrix", "barriers", "role", "level", store=store) == told(
        "matrix", "Barrier", "role", "level", store=store
    )
    every = told("gaps", "--limit", "1000", store=store)["gaps"]
    source = told("status", store=store)["documents"][0]["source"]
    barriers = {barrier["iri"] for barrier in told("list", "barriers", "--study", source, store=store)}
    gaps = told("gaps", "--study", source, "--limit", "1000", store=store)["gaps"]
    assert gaps == [gap for gap in every if gap["barrier"] in barriers] != []


def test_sensitivity_needs_something_to_leave_out(store: Path) -> None:
    assert run("sensitivity", store=store).exit_code == 2
    effects = told("sensitivity", "--method", "rule", store=store)
    assert effects
    assert all(effect["supports"][1] == 0 for effect in effects)
