"""The parts that barriers, facilitators and interventions are weighed with: cues, clauses, phrasings, labels, codes."""

import json
from importlib.resources import files

import pytest

from ingest.extract.clauses import clauses, parts, trimmed
from ingest.extract.coding import codes_of, level_of, strategies_of
from ingest.extract.cue_words import ACTIONS, HELPING, HINDERING, OTHER
from ingest.extract.cues import CueIndex
from ingest.extract.labels import LONGEST, label_of
from ingest.extract.phrasings import PHRASINGS, phrasings_in
from ingest.extract.scoring import Weights, weights


def groups_in(words: str) -> set[str]:
    return set(CueIndex(words).groups)


def split(line: str) -> list[str]:
    return [line[c.start : c.end] for c in clauses(line, 0, len(line))]


@pytest.mark.parametrize(
    ("words", "group"),
    [
        ("a lack of nurses", "lack"),
        ("they were afraid of being blamed", "concern"),
        ("the notes were not clear", "unclear"),
        ("staff were reluctant to call", "unwilling"),
        ("The form is time-consuming", "burden"),
        ("GPs did not know whom to ask", "unaware"),
        ("the move exacerbated the wait", "worse"),
        ("porters were not qualified to call", "lack"),
        ("the sign was misleading", "unclear"),
        ("they were not convinced of the list", "unaware"),
        ("some had reservations about calling", "unwilling"),
        ("night work puts a strain on them", "burden"),
        ("shifts were shared out unequally", "conflict"),
        ("prices were prohibitive", "money"),
        ("the list seemed irrelevant to them", "worse"),
        ("the list was lengthy and repetitive", "burden"),
        ("the talk was superficial", "lack"),
    ],
)
def test_words_hint_at_what_hinders(words: str, group: str) -> None:
    assert group in groups_in(words)


def test_a_negation_turns_a_cue_round() -> None:
    assert "denied" in groups_in("there is little real coordination here")
    assert "shared" not in groups_in("there is little real coordination here")
    assert "averted" in groups_in("few problems occurred in the first months")
    assert "averted" not in groups_in("not only problems with phones but with letters")


def test_a_negation_does_not_reach_across_a_stop() -> None:
    assert "named" in groups_in("They said no. Problems came later")


def test_cue_groups_have_no_name_in_common() -> None:
    names = [*HINDERING, *HELPING, *ACTIONS, *OTHER]
    assert len(names) == len(set(names))


def test_what_was_said_of_constraints_is_no_list_of_them() -> None:
    line = "Such constraints were often named at once, mostly laid at the ward, and hardly ever meant as a complaint."
    assert split(line) == [line.rstrip(".")]


def test_lists_are_parted_only_where_something_announces_them() -> None:
    assert split("Other barriers included late letters, missing phone numbers, and high staff turnover.") == [
        "late letters", "missing phone numbers", "high staff turnover",
    ]  # fmt: skip
    assert len(split("Nurses called practices, wrote letters, and visited patients at home.")) == 1


def test_a_list_in_parentheses_is_parted_too() -> None:
    line = "Nurses could not solve these barriers (i.e., short visits in clinics, unpaid calls to practices) alone."
    found = clauses(line, 0, len(line))
    assert [line[c.start : c.end] for c in found if c.listed] == [
        "short visits in clinics",
        "unpaid calls to practices",
    ]


def test_a_pair_without_a_comma_stays_whole() -> None:
    assert split("The main barriers were fear and doubt among relatives.") == [
        "The main barriers were fear and doubt among relatives"
    ]


def test_opening_words_reporters_and_tags_are_left_out() -> None:
    for line in (
        "However, one nurse noted that the calls were never returned.",
        "GP12 The calls were never returned.",
        "(Nurse, site 2) Therefore, the calls were never returned.",
    ):
        start, end = trimmed(line, 0, len(line))
        assert line[start:end].casefold() == "the calls were never returned"


def test_a_stage_of_a_disease_is_no_tag() -> None:
    line = "type 2 diabetes was followed up late in most practices"
    assert trimmed(line, 0, len(line)) == (0, len(line))


def test_contrasts_part_a_statement() -> None:
    line = "The ward never called us back in those weeks, but the pharmacist always did so on the same day."
    assert len(parts(line, 0, len(line))) == 2


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Joint rounds could help to settle who calls", "may help"),
        ("Ward managers should give a named contact", "should"),
        ("Provide a named contact for each practice", "opens with do"),
        ("Providing a named contact may be useful", "opens with doing"),
        ("time pressure was a major barrier", "was a barrier"),
        ("lack of a phone", "opens with lack"),
        ("further research is needed to understand who prefers letters", "asks research"),
        ("who should call the practice", "who should"),
    ],
)
def test_turns_of_phrase(words: str, name: str) -> None:
    assert name in set(phrasings_in(words))


def test_weights_know_every_turn_of_phrase_they_name() -> None:
    shipped = json.loads(files("ingest.extract").joinpath("weights.json").read_text(encoding="utf-8"))
    assert set(shipped) == {"Barrier", "Facilitator", "Intervention"}
    groups = {*HINDERING, *HELPING, *ACTIONS, *OTHER, "denied", "averted"}
    for by_feature in shipped.values():
        named = [name for name in by_feature if name.startswith("puts: ")]
        assert {name.removeprefix("puts: ").split(",")[0] for name in named} <= set(PHRASINGS)
        assert {name.removeprefix("says ") for name in by_feature if name.startswith("says ")} <= groups


def test_chances_follow_the_weights() -> None:
    some = Weights({"always": -1.0, "says lack": 2.0})
    lack = some.total({"always": 1.0, "says lack": 1.0})
    assert some.chance(some.total({"always": 1.0})) < 0.5 < some.chance(lack)
    assert some.chance(lack - 2.0) < 0.5
    assert some.telling({"always": 1.0, "says lack": 1.0}) == ["says lack"]
    assert weights("Barrier").of("puts: was a barrier") > 0 > weights("Barrier").of("cited")


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("roles are not clearly defined between disciplines", "team"),
        ("government funding does not cover calls", "system"),
        ("nurses were reluctant to ask", "provider"),
        ("patients could not afford the bus", "patient"),
        ("no rooms were free and staffing was short", "organisation"),
        ("it rained", None),
    ],
)
def test_levels(words: str, level: str | None) -> None:
    assert level_of(words) == level


def test_whom_it_is_attributed_to_settles_a_level() -> None:
    assert level_of("they were annoyed", facets=["patient side"]) == "patient"
    assert level_of("they were annoyed", facets=[""]) == "provider"


def test_codes_name_one_concept_a_scheme() -> None:
    schemes = [iri.rsplit("/", 2)[1] for iri in codes_of("unclear responsibility and lack of knowledge about funding")]
    assert len(schemes) == len(set(schemes)) == 2
    assert codes_of("it rained") == ()


def test_strategies_are_known_by_their_names() -> None:
    assert any(
        iri.endswith("/identify-and-prepare-champions") for iri in strategies_of("identify champions and prepare them")
    )


def test_labels_are_short_and_clean() -> None:
    assert label_of("“there is a lack of  phones (n = 4)”") == "A lack of phones"
    long = label_of("word " * 60)
    assert len(long) <= LONGEST
    assert long.endswith("…")


@pytest.mark.parametrize(
    ("words", "turn", "undone"),
    [
        ("They asked which of the two teams and who should phone the family", "who should", "should"),
        ("Further studies should examine whether joint rounds help", "asks research", "should"),
        ("A shared diary may create confusion on the ward and could help nobody", "may hinder", "may help"),
        ("A second diary could lead to many more errors", "may harm", "may help"),
        ("Using a shared diary seemed to calm the ward", "seemed to", "opens with doing"),
    ],
)
def test_what_proposes_nothing_takes_words_of_a_proposal_back(words: str, turn: str, undone: str) -> None:
    assert PHRASINGS[undone].search(words)
    found = set(phrasings_in(words))
    assert turn in found
    assert undone not in found


def test_including_does_not_part_a_statement() -> None:
    line = f"Funds must pay for {'many kinds of help and ' * 20}visits, including those of social workers to homes."
    assert not any(piece.startswith("including") for piece in split(line))
