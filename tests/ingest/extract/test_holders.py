"""Who states what results say, and whom it is put down to, where sentences do not name a speaker."""

from ingest.extract.coding import level_of
from ingest.extract.determinants import extract_determinants
from ingest.extract.quotes.extraction import extract_quotes
from ingest.extract.roles.extraction import extract_roles
from ingest.extract.voices import AUTHORS
from ingest.readers import read
from ontology.model import Barrier

PAPER = """How wards write letters

METHODS

We held qualitative interviews with 9 ward nurses and 3 pharmacists. Interviews were recorded and analysed thematically.

RESULTS

Late letters

There was a lack of time to write letters before the weekend.

“I have no time to write a letter before I leave the ward on a Friday afternoon.” ({first} 1)

Missing phone numbers were a barrier to calling the practice.

“Nobody knows the number and so I give up and hope that somebody else will call.” ({second} 2)

“I looked for the number for an hour and then it was too late to call anybody at all.” ({third} 3)

Ward nurses had difficulty with the new forms.
"""


def barriers_of(*speakers: str) -> dict[str, tuple[list[str], list[str]]]:
    first, second, third = speakers
    return barriers_in(PAPER.format(first=first, second=second, third=third))


def barriers_in(paper: str) -> dict[str, tuple[list[str], list[str]]]:
    paper = paper.format(first="Ward nurse", second="Pharmacist", third="Pharmacist")
    reading = read(paper.encode(), "a.txt").reading
    roles = extract_roles(reading, "s")
    quotes, _ = extract_quotes(reading, "s", roles)
    assert len(quotes) == 3
    called = {one.record.iri: one.record.label for one in roles.records} | {AUTHORS: "authors"}
    found: list[Barrier] = [b.record for b in extract_determinants(reading, "s", roles, quotes, (), ()).barriers]
    return {
        one.spans[0].exact: ([called[i] for i in one.stated_by], [called[i] for i in one.attributed_to])
        for one in found
    }


def stated(found: dict[str, tuple[list[str], list[str]]], words: str) -> list[str]:
    return next(by for exact, (by, _) in found.items() if words in exact)


def test_results_without_a_subject_are_the_view_of_who_says_all_that_is_quoted() -> None:
    found = barriers_of("Ward nurse", "Ward nurse", "Ward nurse")
    assert stated(found, "Missing phone numbers") == ["ward nurse"]


def test_where_several_are_quoted_nobody_speaks_for_all() -> None:
    found = barriers_of("Ward nurse", "Pharmacist", "Pharmacist")
    assert "ward nurse" not in stated(found, "Missing phone numbers")


def test_what_speakers_say_of_themselves_is_put_down_to_them() -> None:
    found = barriers_of("Ward nurse", "Ward nurse", "Ward nurse")
    assert next(to for exact, (_, to) in found.items() if "new forms" in exact) == ["ward nurse"]


def test_a_level_is_that_of_what_is_said_not_of_who_says_it() -> None:
    assert level_of("Some women complained that the equipment never works") == "organisation"
    assert level_of("Women were afraid to ask") == "patient"
    assert level_of("nurses said that the Department of Health sent no money") == "system"


def test_providers_are_never_the_patients_because_only_these_are_quoted() -> None:
    paper = PAPER.replace("9 ward nurses and 3 pharmacists", "9 patients and 3 health care providers")
    paper = paper.replace("Ward nurses had", "Health care providers reported difficulty with letters and had")
    paper = paper.replace("({first} 1)", "(Patient 1)").replace("({second} 2)", "(Patient 2)")
    found = barriers_in(paper.replace("({third} 3)", "(Patient 3)"))
    assert stated(found, "difficulty with letters") == ["health care provider"]


def test_whom_a_view_is_put_down_to_is_told_in_what_is_said() -> None:
    told = "Pharmacists reported that the lack of time of ward nurses was a barrier to letters."
    found = barriers_in(PAPER.replace("Ward nurses had difficulty with the new forms.", told))
    by, whom = next(both for exact, both in found.items() if "lack of time of ward nurses" in exact)
    assert (by, whom) == (["pharmacist"], ["ward nurse"])


def test_both_groups_who_report_something_hold_it() -> None:
    told = "A lack of time was reported by both pharmacists and ward nurses as a barrier to letters."
    found = barriers_in(PAPER.replace("Ward nurses had difficulty with the new forms.", told))
    assert set(stated(found, "lack of time was reported")) == {"pharmacist", "ward nurse"}
