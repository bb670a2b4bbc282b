"""Words, stems, names of roles, facets with their counts."""

import pytest

from graph.store import EvidenceGraph
from graph.views.database import Views
from graph.views.facets import NONE
from graph.views.fulltext import search
from graph.views.words import expression


@pytest.fixture(scope="module")
def index(graph: EvidenceGraph) -> Views:
    return graph.views()


def kinds(index: Views, text: str, **chosen: list[str]) -> list[str]:
    return sorted(hit.kind for hit in search(index, text, chosen).hits)


def test_no_words_find_everything_that_can_be_searched(index: Views) -> None:
    found = search(index, "", limit=3)
    assert found.total == 15
    assert len(found.hits) == 3


def test_words_match_by_their_stems(index: Views) -> None:
    assert kinds(index, "letter") == kinds(index, "Letters") == ["Barrier", "Barrier"]


def test_every_word_must_be_there_and_the_last_may_be_unfinished(index: Views) -> None:
    assert kinds(index, "late lett") == ["Barrier", "Barrier"]
    assert kinds(index, "late prescriptions") == []
    assert kinds(index, "lett late ") == []


def test_a_role_is_found_under_another_of_its_names(index: Views) -> None:
    by_name = {hit.iri for hit in search(index, "physician").hits}
    assert {hit.iri for hit in search(index, "doctor ").hits} <= by_name
    assert by_name
    assert '"general practitioner"' in expression("GP "), "an abbreviation is a name too"
    assert expression("nurses ") == '("nurses")', "all other names of a nurse hold the word"


def test_facets_count_what_a_choice_would_give(index: Views) -> None:
    found = search(index, "", {"kind": ["Barrier"]})
    assert found.total == 2
    assert found.facets["kind"]["Quote"] == 2, "the chosen facet counts as if nothing were chosen in it"
    assert found.facets["level"] == {"organisation": 1, "provider": 1}
    chosen = search(index, "", {"kind": ["Barrier"], "level": ["provider"]})
    assert [hit.facets["level"] for hit in chosen.hits] == [("provider",)]


def test_what_is_not_said_is_a_value_too(index: Views) -> None:
    assert search(index, "", {"kind": ["Intervention"]}).facets["level"] == {NONE: 1}


def test_pages_do_not_overlap(index: Views) -> None:
    pages = [search(index, "", limit=5, offset=at).hits for at in (0, 5, 10, 15)]
    assert len({hit.iri for page in pages for hit in page}) == 15


def test_a_word_that_nothing_holds_gives_close_ones(index: Views) -> None:
    found = search(index, "lettrs")
    assert found.total == 0
    assert "letters" in found.close


def test_words_that_no_record_holds_together_are_counted_apart(index: Views) -> None:
    found = search(index, "late prescribe")
    assert found.total == 0
    assert found.apart == {part: search(index, part).total for part in ("late", "prescribe")}
    assert all(found.apart.values())
    chosen = search(index, "late prescribe", {"kind": ["Barrier"]})
    assert chosen.apart["late"] == search(index, "late", {"kind": ["Barrier"]}).total
    assert search(index, "late letter xyzzy").apart["late letter"] == 2
    assert not search(index, "late letter", {"kind": ["Theme"]}).apart, "words that meet elsewhere are not apart"
    assert not search(index, "xyzzy").apart


def test_an_unknown_facet_is_refused(index: Views) -> None:
    with pytest.raises(KeyError, match="colour"):
        search(index, "", {"colour": ["red"]})
