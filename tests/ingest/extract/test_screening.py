"""Whatever a pattern finds in a text also passes its screen: the screen saves time and changes nothing."""

import importlib
import pkgutil
import re
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ingest.extract
from ingest.extract import phrasings
from ingest.extract.patterns import needed
from ingest.extract.screening import Pattern, Screen, Wordings, alternatives, folded
from ingest.extract.study import rules as study_rules

_SENTENCES = (
    "We interviewed 24 nurses (n = 24) and 3 patients between May 2012 and June 2013 at two clinics.",
    "Most participants felt that the hospital doctor should be responsible for the referral, not the GP.",
    "“Nobody told me,” said one carer [P12], “and I didn’t know whom to call.”",
    "Other barriers included: a lack of time; missing records, and high staff turnover (e.g. of clerks).",
    "Further research is needed, as Smith et al. (2009) have shown [3, 4–6]; 62% of 30 agreed (p < 0.05).",
    "It’s up to whoever sees her most; they weren't able to take it over, however hard they tried.",
    "The study was approved by the review board. Data were analysed with NVivo until saturation was reached.",
    "Theme 2: Sharing the work — training and joint meetings may help to overcome what stands in the way.",
)


def _modules() -> list[object]:
    names = [module.name for module in pkgutil.walk_packages(ingest.extract.__path__, "ingest.extract.")]
    return [importlib.import_module(name) for name in names]


def _patterns_of(value: object) -> list[tuple[str, int]]:
    """Return the sources and flags of the patterns that a constant of a module holds, however deep."""
    if isinstance(value, Pattern):
        return [(value.source, value.flags)]
    if isinstance(value, Wordings):
        return [(source, value.flags) for source in value.sources]
    if isinstance(value, re.Pattern):
        return [(value.pattern, value.flags)] if isinstance(value.pattern, str) else []
    if isinstance(value, study_rules.Rule):
        return [(value.source, re.IGNORECASE)]
    if isinstance(value, dict):
        return [one for part in value.values() for one in _patterns_of(part)]
    if isinstance(value, tuple | list):
        return [one for part in value for one in _patterns_of(part)]
    return []


_IN_USE = sorted({one for module in _modules() for value in vars(module).values() for one in _patterns_of(value)})
_SCREEN = Screen(_IN_USE)
_COMPILED = tuple(re.compile(source, flags) for source, flags in _IN_USE)

_words = st.lists(
    st.one_of(
        st.sampled_from(sorted({word for sentence in _SENTENCES for word in sentence.split()})),
        st.sampled_from(sorted({sign.strip() for one in _IN_USE for signs in needed(*one) for sign in signs})),
        st.sampled_from([".", ",", "(", ")", "’s", "n't", "“", "ſtudy", "KİND", "naı̈ve", "٣", "\n", "\t", "-", "β"]),
        st.text(max_size=4),
    ),
    max_size=14,
)
_texts = st.tuples(_words, st.sampled_from([" ", "  ", "", "-", "\n"])).map(lambda made: made[1].join(made[0]))


def test_there_are_patterns_in_use() -> None:
    assert len(_IN_USE) > 400
    assert sum(bool(needed(source, flags)) for source, flags in _IN_USE) > 300


@pytest.mark.parametrize("text", _SENTENCES)
def test_what_a_pattern_finds_in_a_sentence_passes(text: str) -> None:
    assert {n for n, one in enumerate(_COMPILED) if one.search(text)} <= set(_SCREEN.passing(text))


@settings(deadline=None)
@given(_texts)
def test_what_a_pattern_finds_passes(text: str) -> None:
    passing = set(_SCREEN.passing(text))
    missed = [one.pattern for n, one in enumerate(_COMPILED) if n not in passing and one.search(text)]
    assert not missed


@settings(deadline=None)
@given(st.text(), st.sampled_from(["kind", "ſick", "İt", "it", "σας", "β", "K", r"\d\d", "[’'] ?s", r"\bI\b", r"x\b"]))
def test_case_and_digits_of_other_scripts_pass(text: str, source: str) -> None:
    for written in (text, f"{text}{source.upper()}", f"a {source.swapcase()}{text}"):
        if re.search(source, written, re.IGNORECASE):
            assert Screen([(source, re.IGNORECASE)]).passing(written) == [0]


@settings(deadline=None)
@given(_texts, st.integers(-3, 40), st.integers(0, 60))
def test_a_pattern_finds_what_re_finds(text: str, start: int, end: int) -> None:
    for source, flags in _IN_USE[::40]:
        ours, theirs = Pattern(source, flags), re.compile(source, flags)
        spans = [found.span() for found in theirs.finditer(text, start, end)]
        assert [found.span() for found in ours.finditer(text, start, end)] == spans
        assert ours.findall(text, start, end) == theirs.findall(text, start, end)
        for mine, other in (
            (ours.search, theirs.search),
            (ours.match, theirs.match),
            (ours.fullmatch, theirs.fullmatch),
        ):
            found, expected = mine(text, start, end), other(text, start, end)
            assert (found and found.span()) == (expected and expected.span())


def test_a_text_that_is_no_sentence_is_searched_at_once() -> None:
    assert Pattern("cost").may_match("x" * 5000)
    assert not Pattern("cost").may_match("x" * 50)


def test_the_end_of_a_text_is_its_own_without_bounds() -> None:
    assert Pattern("cost").search("a cost", 2, sys.maxsize) is not None


@pytest.mark.parametrize(
    ("source", "signs"),
    [
        (r"\b(?:we|our)\b", [{" we ", " our "}]),
        (r"lead(?:s|ing)? to", [{"leading ", "leads ", "lead "}]),
        (r"\d+ (?:men|women)", [{" men", " women"}, {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}]),
        (r"(?:take|took)\s+(?:\w+\s+)?over\b", [{" over "}, {"take ", "took "}]),
        (r"n['’]t|\w+", []),
        (r"(?:a|b|c|d|e)?x", []),
    ],
)
def test_the_signs_of_a_pattern(source: str, signs: list[set[str]]) -> None:
    assert [set(one) for one in needed(source, re.IGNORECASE)] == signs


def test_small_letters_are_told_as_case_blind_patterns_tell_them() -> None:
    assert folded("SOME İ ı ſ ٣") == "some i i s 3"


def test_the_phrasings_are_screened() -> None:
    found = sorted(phrasings.phrasings_in("Joint meetings could help"))
    assert set(phrasings.PHRASINGS) and found == ["can or should do", "may help"]


_PARTED = [
    (whole, [re.compile(source, whole.flags) for source in alternatives(whole.source)])
    for whole in phrasings.PHRASINGS.values()
]


@settings(deadline=None)
@given(_texts)
def test_a_pattern_is_found_where_one_of_its_alternatives_is(text: str) -> None:
    for whole, parts in _PARTED:
        assert any(one.search(text) for one in parts) == bool(whole.search(text))


def test_bars_in_groups_classes_and_escapes_part_nothing() -> None:
    assert alternatives(r"a(?:b|c(?:d|e))|[]|)]x|[^|]|\||\(|f") == [
        "a(?:b|c(?:d|e))", "[]|)]x", "[^|]", r"\|", r"\(", "f",
    ]  # fmt: skip


def test_a_pattern_made_later_is_looked_for_in_texts_seen_before() -> None:
    text = "Somebody said zyzzyva"
    assert Pattern("nowhere").search(text) is None
    assert Pattern("zyzzyva").search(text) is not None


_WORDINGS = [source for source, flags in _IN_USE[::9] if flags & re.IGNORECASE]
_ANY = Wordings(_WORDINGS, re.IGNORECASE)
_EACH = [re.compile(source, re.IGNORECASE) for source in _WORDINGS]


@settings(deadline=None)
@given(_texts)
def test_wordings_stand_where_one_of_them_is_found(text: str) -> None:
    assert _ANY.stand_in(text) == any(one.search(text) for one in _EACH)
