"""Where a paper names people by their role: terms of the vocabulary, and what the paper makes of them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.extract.role_lexicon import HEADS, Lexicon, Token, lexicon, singular, tokenise
from ingest.extract.wording import word_set
from ingest.reading import Block, Reading
from ontology.model import Concept

_FUNCTION = word_set(
    "a an the and or nor but of in on at to for from by with without within between among as than that which who whom "
    "whose this these those all any some many most several few both each every either neither no not other another "
    "others such same different various certain more less own its his her their our my your one two three four five "
    "six seven eight nine ten first second third new main significant key only also however when while where whether "
    "if because since so then there here how what why about into over under after before during through per via like "
    "is are was were be been being has have had do does did will would can could may might must should shall "
    "i we you he she they it me us him them multiple numerous individual respective available additional further "
    "good better best high low large small long old ill need use change receiving contact control subject eligible "
    "potential former current female male specific particular"
)
_VERBS = word_set(
    "ask asked help helped train trained support include included including involve involved involving see told tell "
    "meet met use used using provide give make made let encourage engage engaged contact interview interviewed recruit "
    "recruited invite invited allow allowed enable require required refer referred approach approached consult "
    "working"
)
_MODAL = word_set("to will would can could may might must should not")
_GENERIC = word_set(
    "worker member personnel assistant officer maker representative executive director professional volunteer staff "
    "supervisor planner leader specialist prescriber partner mentor instructor advocate champion facilitator"
)
"""Heads that name no role without a word before them, unless the paper uses them so again and again."""
_ATTRIBUTIVE = re.compile(
    r"[-‐‑–/](?:cent(?:er|re)d|based|led|reported|level|facing|specific|related|focus+ed|driven|initiated|delivered|"
    r"administered|patient|doctor|physician|provider|nurse|to)\b",
    re.IGNORECASE,
)
_THINGS = word_set(
    "record records home homes safety health history database flow volume load panel room rooms portal id "
    "satisfaction questionnaire questionnaires mortality survival population characteristics demographics "
    "education leaflet leaflets advice card cards"
)
_OPENERS = ("(", "[", "—", "–")
_SUPPORT = 2


@dataclass(frozen=True, slots=True)
class Name:
    """A place that names a role: view[start:end], its words as a key (head in the singular) and what the vocabulary
    makes of it. `wide_start` is where its phrase begins with the words that the key leaves out ("other physicians").
    `is_short` tells an abbreviation, `is_thing` that the words only describe a thing ("patient record"), `is_field`
    that a field of care stands for the people who work in it, `is_branded` that the first word is a proper name."""

    start: int
    end: int
    key: tuple[str, ...]
    concept: Concept | None
    wide_start: int
    is_plural: bool = False
    is_short: bool = False
    is_thing: bool = False
    is_field: bool = False
    is_branded: bool = False


@dataclass(frozen=True, slots=True)
class _Span:
    """Tokens first..last (exclusive) that end in the head of a name; `core` is where the vocabulary's term begins."""

    first: int
    core: int
    last: int
    concept: Concept | None


def body_blocks(reading: Reading) -> Iterator[Block]:
    """Yield the blocks that may speak of the study's people: no reference list, no affiliations."""
    whole = len(reading.sections) <= 1
    for block in reading.blocks:
        kind = reading.sections[block.section].kind
        if kind in ("references", "back") or block.kind in ("front", "note"):
            continue
        if kind != "front" or block.kind == "title" or whole:
            yield block


def find_names(reading: Reading, shorts: Iterable[str], others: Iterable[str]) -> list[Name]:
    """Return the names of roles in the order of their place.

    `shorts` are abbreviations that the paper defines for roles, `others` those that it defines for anything else:
    they are no roles, whatever the vocabulary takes them for.
    """
    words = lexicon()
    own, foreign = frozenset(shorts), frozenset(others)
    blocks = [tokenise(reading.text, block.start, block.end) for block in body_blocks(reading)]
    pairs = _pairs(blocks)
    spans = [list(_spans(tokens, words, pairs)) for tokens in blocks]
    counts = Counter(
        _key(tokens[at : span.last])
        for tokens, found in zip(blocks, spans, strict=True)
        for span in found
        for at in range(span.first, span.core + 1)
    )
    names = []
    for tokens, found in zip(blocks, spans, strict=True):
        names += [_name(reading.text, tokens, span, counts, words) for span in found]
        names += _short_names(reading.text, tokens, own, foreign, words)
        names += _field_names(reading.text, tokens, words)
    return _apart([name for name in names if name is not None])


def _apart(names: list[Name]) -> list[Name]:
    kept: list[Name] = []
    for name in sorted(names, key=lambda n: (n.start, -n.end)):
        if not kept or name.start >= kept[-1].end:
            kept.append(name)
    return kept


def _pairs(blocks: Sequence[Sequence[Token]]) -> Counter[tuple[str, str]]:
    """Count which word stands before which head."""
    return Counter(
        (before.key, singular(token.key))
        for tokens in blocks
        for before, token in pairwise(tokens)
        if token.joint != "|"
    )


def _key(tokens: Sequence[Token]) -> tuple[str, ...]:
    return (*(token.key for token in tokens[:-1]), singular(tokens[-1].key))


def _spans(tokens: Sequence[Token], words: Lexicon, pairs: Counter[tuple[str, str]]) -> Iterator[_Span]:
    at = 0
    floor = 0
    while at < len(tokens):
        term = words.longest_at(tokens, at)
        if term and not term[1].is_field:
            last, concept = term[0], term[1].concept
        elif singular(tokens[at].key) in HEADS:
            last, concept = at + 1, None
        else:
            at = _past_field(tokens, at, term[0] if term else at + 1, words)
            continue
        yield _Span(_leftmost(tokens, at, floor, words, pairs), at, last, concept)
        at = floor = last


def _past_field(tokens: Sequence[Token], at: int, end: int, words: Lexicon) -> int:
    """Return where to look on: after a field of care, unless its last word begins the name of a person."""
    for inside in range(at + 1, end):
        term = words.longest_at(tokens, inside)
        if term and term[0] > end and not term[1].is_field:
            return inside
    return end


def _leftmost(tokens: Sequence[Token], core: int, floor: int, words: Lexicon, pairs: Counter[tuple[str, str]]) -> int:
    first = core
    while first > floor and tokens[first].joint != "|" and core - first < 5:
        if not _modifies(tokens, first - 1, floor, words, pairs):
            break
        first -= 1
    return first


def _modifies(tokens: Sequence[Token], at: int, floor: int, words: Lexicon, pairs: Counter[tuple[str, str]]) -> bool:
    token, following = tokens[at], tokens[at + 1]
    if token.key in _FUNCTION or token.text.isdigit():
        return False
    if token.key in _VERBS and (token.key not in words.words or (at > floor and tokens[at - 1].key in _MODAL)):
        return False
    if token.key in words.words or following.joint == "-":
        return True
    if token.text[0].isupper() and (token.joint != "|" or following.text.istitle()):
        branded = token.text[1:].lower() != token.text[1:] or following.text.istitle()
        return branded and not following.text.isupper()
    if token.key.endswith(("ly", "ing", "ed")):
        return False
    return pairs[token.key, singular(following.key)] >= _SUPPORT + 1


def _name(
    text: str, tokens: Sequence[Token], span: _Span, counts: Counter[tuple[str, ...]], words: Lexicon
) -> Name | None:
    for first in range(span.first, span.core + 1):
        part = tokens[first : span.last]
        key = _key(part)
        if first == span.core:
            bare = span.concept is None and len(key) == 1 and key[0] in _GENERIC
            if bare and not (text[part[0].start - 1 : part[0].start] in _OPENERS and part[0].text[0].isupper()):
                return None
        elif part[0].joint == "-" or not (counts[key] >= _SUPPORT or _is_proper(part)):
            continue
        concept = span.concept or _by_tail(key, words)
        start, end = part[0].start, part[-1].end
        return Name(
            start,
            end,
            key,
            concept,
            _wide_start(tokens, span.first),
            is_plural=singular(part[-1].key) != part[-1].key,
            is_thing=_is_thing(text, tokens, span.last, end),
            is_branded=_is_proper(part),
        )
    return None


def _wide_start(tokens: Sequence[Token], first: int) -> int:
    if first and tokens[first].joint == " " and tokens[first - 1].key == "other":
        return tokens[first - 1].start
    return tokens[first].start


def _is_proper(part: Sequence[Token]) -> bool:
    return part[0].text.isupper() and len(part[0].text) > 1 and not part[-1].text.isupper()


def _by_tail(key: tuple[str, ...], words: Lexicon) -> Concept | None:
    for at in range(len(key)):
        term = words.terms.get(key[at:])
        if term and not term.is_field:
            return term.concept
    return None


def _is_thing(text: str, tokens: Sequence[Token], following: int, end: int) -> bool:
    if _ATTRIBUTIVE.match(text, end):
        return True
    return following < len(tokens) and tokens[following].joint == " " and tokens[following].key in _THINGS


def _short_names(
    text: str, tokens: Sequence[Token], own: frozenset[str], foreign: frozenset[str], words: Lexicon
) -> Iterator[Name]:
    for at, token in enumerate(tokens):
        bare = token.text.replace("’", "'").removesuffix("'s")
        plural = len(bare) > 2 and bare.endswith("s") and bare[:-1].isupper()
        bare = bare[:-1] if plural else bare
        if bare in own:
            concept = None
        elif bare in words.abbreviations and bare not in foreign and (plural or bare == "GP"):
            concept = words.abbreviations[bare]
        else:
            continue
        thing = _is_thing(text, tokens, at + 1, token.end)
        yield Name(
            token.start, token.end, (bare,), concept, token.start, is_plural=plural, is_short=True, is_thing=thing
        )


_ACTS = re.compile(
    r"\s+(?:has|have|had|will|would|should|could|can|may|might|must|often|usually|always|never)\s+"
    r"(?!a\b|an\b|the\b|no\b)[a-z]+"
)
_NOT_ACTING = re.compile(r"(?:\b(?:in|of|to|for|with|by|from|and|or|into|as|via|a|an)|[-/])\s*$", re.IGNORECASE)


def _field_names(text: str, tokens: Sequence[Token], words: Lexicon) -> Iterator[Name]:
    """Yield fields of care that act as people do: "urology has started him"."""
    at = 0
    while at < len(tokens):
        term = words.longest_at(tokens, at)
        if term is None or not term[1].is_field:
            at = term[0] if term else at + 1
            continue
        last = term[0]
        start, end = tokens[at].start, tokens[last - 1].end
        if _ACTS.match(text, end) and not _NOT_ACTING.search(text, max(0, start - 12), start):
            yield Name(start, end, tuple(t.key for t in tokens[at:last]), term[1].concept, start, is_field=True)
        at = last
