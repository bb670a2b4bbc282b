"""Fetching from a server that answers as Europe PMC does: what comes, what is kept, how it goes on."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.fetch.client import EuropePmc, FetchError, Unreachable
from ingest.fetch.folder import STATE, Papers
from ingest.readers import ReadDocument, read_contents
from tests.ingest.europepmc import Service, result, serving


@pytest.fixture
def service() -> Iterator[Service]:
    with serving(Service([result(number) for number in range(1, 8)])) as running:
        yield running


def client(service: Service) -> EuropePmc:
    return EuropePmc(service.endpoint, rate=1000, backoff=0.01)


@pytest.mark.parametrize("name", ["PMC3", "1003", "10.9999/MADE.3", "https://doi.org/10.9999/made.3"])
def test_full_text_and_citation_come_by_any_identifier(service: Service, tmp_path: Path, name: str) -> None:
    got = Papers(tmp_path, client(service)).fetch(name)
    assert [path.name for path in got.files] == ["PMC3.xml", "PMC3.citation.json"]
    assert (got.licence, got.missing, got.cached) == ("cc by", "", False)
    assert b"nobody called back about paper 3" in got.files[0].read_bytes()


def test_the_citation_is_read_back_with_its_licence(service: Service, tmp_path: Path) -> None:
    got = Papers(tmp_path, client(service)).fetch("PMC3")
    (read,) = read_contents(got.files[1].read_bytes(), "PMC3.citation.json")
    assert isinstance(read, ReadDocument)
    document = read.document
    assert (document.doi, document.pmid, document.pmcid) == ("10.9999/made.3", "1003", "PMC3")
    assert document.title == "Made-up paper 3: an interview study"
    assert document.licence == "cc by"
    assert "Nurses said that nobody called back." in document.text


def test_what_is_there_is_not_asked_for_again(service: Service, tmp_path: Path) -> None:
    papers = Papers(tmp_path, client(service))
    papers.fetch("PMC3")
    asked = len(service.asked)
    again = papers.fetch("10.9999/made.3")
    assert again.cached
    assert len(service.asked) == asked
    assert not Papers(tmp_path, client(service), again=True).fetch("PMC3").cached
    assert len(service.asked) == 2 * asked


def test_a_paper_that_is_not_open_is_there_as_a_citation(service: Service, tmp_path: Path) -> None:
    service.closed.add("PMC2")
    papers = Papers(tmp_path, client(service))
    got = papers.fetch("PMC2")
    assert [path.name for path in got.files] == ["PMC2.citation.json"]
    assert got.missing == "has no open-access full text at Europe PMC"
    again = papers.fetch("PMC2")
    assert (again.cached, again.missing) == (True, got.missing)


def test_what_is_wrong_with_one_does_not_stop_the_others(service: Service, tmp_path: Path) -> None:
    papers = Papers(tmp_path, client(service))
    unknown, nonsense, fine = (papers.fetch(name) for name in ("PMC999", "not an id", "PMC1"))
    assert unknown.error is not None
    assert "is not known to Europe PMC" in str(unknown.error)
    assert nonsense.error is not None
    assert "is no PMCID, PMID or DOI" in str(nonsense.error)
    assert fine.error is None


@pytest.mark.parametrize("fault", [429, 500, 503])
def test_a_busy_service_is_asked_again(service: Service, tmp_path: Path, fault: int) -> None:
    service.faults = [fault, fault]
    assert Papers(tmp_path, client(service)).fetch("PMC1").error is None


def test_a_service_that_stays_down_ends_it_with_a_plain_word(service: Service, tmp_path: Path) -> None:
    service.faults = [503] * 50
    with pytest.raises(Unreachable, match=r"answers 503|cannot be reached"):
        Papers(tmp_path, client(service)).fetch("PMC1")


def test_off_line_it_says_so(tmp_path: Path) -> None:
    off = EuropePmc("http://127.0.0.1:9/rest", rate=1000, backoff=0.001)
    with pytest.raises(Unreachable, match=r"cannot be reached.*check the connection"):
        Papers(tmp_path, off).fetch("PMC1")


def test_the_rate_is_kept(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    waits: list[float] = []

    class Clock:
        def monotonic(self) -> float:
            return now

        def sleep(self, seconds: float) -> None:
            nonlocal now
            waits.append(seconds)
            now += seconds

    monkeypatch.setattr("ingest.fetch.client.time", Clock())
    slow = EuropePmc(service.endpoint, rate=4)
    for _ in range(4):
        slow.page("anything", size=1)
    assert waits == [0.25, 0.25, 0.25]


def test_a_search_goes_through_the_pages(service: Service, tmp_path: Path) -> None:
    service.results = [result(number) for number in range(1, 251)]
    found = list(Papers(tmp_path, client(service)).search("care", 230))
    assert [total for total, _ in found] == [250] * 230
    assert [one.wanted for _, one in found] == [f"PMC{number}" for number in range(1, 231)]
    assert len([path for path in service.asked if "/search" in path]) == 3


def test_a_search_that_was_stopped_goes_on_where_it_was(service: Service, tmp_path: Path) -> None:
    service.results = [result(number) for number in range(1, 251)]
    service.stop_after = 150
    stopped: list[str] = []
    with pytest.raises(Unreachable):
        for _, one in Papers(tmp_path, client(service)).search("care", 250):
            stopped.append(one.wanted)
    assert 100 < len(stopped) < 250
    service.stop_after = None
    service.asked.clear()
    on = [one for _, one in Papers(tmp_path, client(service)).search("care", 250)]
    assert on[0].wanted == "PMC101"
    assert on[-1].wanted == "PMC250"
    assert {*stopped, *(one.wanted for one in on)} == {f"PMC{number}" for number in range(1, 251)}
    fetched_again = [path for path in service.asked if "fullTextXML" in path and path.split("/")[-2] in stopped]
    assert fetched_again == []
    assert json.loads((tmp_path / STATE).read_text()) == {}


def test_an_answer_that_is_too_large_is_refused(
    service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.fetch.client.MAX_BYTES", 100)
    got = Papers(tmp_path, client(service)).fetch("PMC1")
    assert got.error is not None
    assert "answers with more than" in str(got.error)


def test_a_name_from_outside_stays_in_the_folder(service: Service, tmp_path: Path) -> None:
    service.results = [{**result(1), "pmcid": "", "id": "../../escape", "doi": "10.9999/evil"}]
    got = Papers(tmp_path / "papers", client(service)).fetch("10.9999/evil")
    assert [path.parent for path in got.files] == [tmp_path / "papers"]
    assert not list(tmp_path.glob("*.json"))


def test_a_folder_that_cannot_be_made_is_named(service: Service, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FetchError, match="cannot be made"):
        Papers(tmp_path / "file" / "papers", client(service))
