"""Where a paper names people by their role: terms of the vocabulary, and what the paper makes of them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from ingest.extract.roles.alone import is_alone, people_alone
from ingest.extract.roles.around import ADDED, is_nobody, speaks_for
from ingest.extract.roles.fields import spelt_out
from ingest.extract.roles.lexicon import RANKS, Lexicon, lexicon, singular
from ingest.extract.roles.lists import counted_rows, listed_people
from ingest.extract.roles.phrases import GENERIC, Phrase, find_phrases, is_glued
from ingest.extract.roles.things import describes_thing, is_thing
from ingest.extract.tokens import Tokens, block_tokens
from ingest.extract.wording import any_of, word_set
from ingest.reading import Block, Reading
from ontology.model import Concept

_POSSESSIVES = word_set("his her their our my your")
_HAVING = _POSSESSIVES | word_set("with without")
"""Words before children that tell of what somebody has, not of those who are cared for."""
_TREATMENTS = word_set(
    "surgery radiotherapy chemotherapy physiotherapy rehabilitation psychotherapy dialysis anaesthesia"
)
"""Fields of care that are treatments too: what a sentence says of one is said of the treatment."""
_PARTNERSHIPS = word_set(
    "national local regional community industry implementation academic clinical research delivery funding external "
    "public private key trial study business hospital practice service work project policy strategic"
)
"""Words before "partner" that tell of organisations that work together."""
_MANAGEMENT = re.compile(
    r"\b(?:by|from|with|to|that|the)\s+(?:the|our|their|higher)\s+(?P<words>management)"
    r"(?=\s*[,.;:)”\"]|\s+(?:not|to|who|had|has|have|did|does|was|were|is|are|that|wants?|wanted|should|must|about)\b)",
    re.IGNORECASE,
)
"""Those who manage, as what somebody was told by and asks for: of care it is said what is managed."""
_MODERATORS = word_set("leader moderator facilitator")
_GROUPS = word_set("focus discussion")
"""Words before "group leader" that make one of those who carried the study out."""
_QUALITY = re.compile(
    r"\b(?:lack of|strong|good|poor|effective|weak|shared|visible|transformational|transactional|authentic|servant|"
    r"distributed|collective) (?:\w+ )?leadership|"
    r"(?:provid\w+|exercis\w+|show\w*|demonstrat\w+|tak(?:e|es|ing|en)) (?:[\w-]+ ){0,4}leadership|"
    r"leadership (?:roles?|skills?|styles?|training|qualit|positions?|required|needed|is\b)",
    re.IGNORECASE,
)
"""Leadership as what people do, not those who lead."""
_DEGREES = word_set("high low long first second third fourth fifth final")
"""Words that begin no name and belong to the word behind them."""
_PROVIDER = "health-care-provider"
_ARE = re.compile(r"\)?\s*(?:\([^()]{1,40}\)\s*)?\b(?:are|were|is|was|remain)\s+(?:an?\s+|the\s+)?(?:[\w-]+\s+){0,2}")
"""Between people and what they are said to be."""
_PARTNER = "partner"
_MARRIED = word_set("husband wife spouse")
_OPENERS = ("(", "[", "—", "–")
_DEFINITE = word_set("the these those our")
_MEMBER = "member"
_STUDYING = word_set("focus discussion research author study interview project")
"""Words before "group members" that make them those who carried the study out, or anybody who was asked."""
_FIELD_REACH = 60
"""Characters before a name in which the field that belongs to it stands."""
_SURNAMES = word_set("fisher singer porter gardener soldier farmer")
_ACTS = re.compile(
    rf"\s+{any_of('has, have, had, will, would, should, could, can, may, might, must, often, usually, always, never')}"
    r"\s+(?!a\b|an\b|the\b|no\b)[a-z]+"
)
_SUBJECT = re.compile(
    r"(?:\A|[.,;:?!(“\"]\s*(?:and\s+)?|\b(?:the|that|if|when|because|but|so|then|whether)\s+)\Z", re.IGNORECASE
)


class Name(NamedTuple):
    """A place that names a role: view[start:end], its words as a key (head in the singular) and what the vocabulary
    makes of it. `wide_start` is where its phrase begins with the words that the key leaves out ("other physicians").
    `is_short` tells an abbreviation, `is_thing` that the words only describe a thing ("patient record"), `is_field`
    that a field of care stands for the people who work in it, `is_branded` that the first word is a proper name,
    `is_listed` that people are listed one by one and this is one of them, `is_owned` that the words before say whose
    they are ("their children"), `is_definite` that an article takes up people named before ("these nurses")."""

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
    is_listed: bool = False
    is_owned: bool = False
    is_definite: bool = False


def body_blocks(reading: Reading) -> Iterator[Block]:
    """Yield the blocks that may speak of the study's people: no reference list, no affiliations."""
    whole = len(reading.sections) <= 1
    for block in reading.blocks:
        kind = reading.sections[block.section].kind
        if kind in ("references", "back") or block.kind in ("front", "note"):
            continue
        if kind != "front" or block.kind == "title" or whole:
            yield block


def body_tokens(reading: Reading) -> list[Tokens]:
    """Return the words of each block of the body."""
    return [block_tokens(reading.text, block.start, block.end) for block in body_blocks(reading)]


def find_names(
    reading: Reading, blocks: Sequence[Tokens], shorts: Iterable[str], others: Mapping[str, tuple[str, ...]]
) -> list[Name]:
    """Return the names of roles in the order of their place, none within another.

    `blocks` are the words of the body, `shorts` abbreviations that the paper defines for roles, `others` those that it
    defines for anything else, with the words they stand for: they are no roles, whatever the vocabulary takes them for,
    and within a name they mean these words.
    """
    words = lexicon()
    own = frozenset(shorts)
    texts = set[str]().union(*(tokens.texts for tokens in blocks))
    known = _known_shorts(texts, words, own.union(others))
    all_shorts = own.union(known)
    spelt = {word for word in texts if _bare_short(word)[0] in all_shorts}
    listed = {end: start for block in body_blocks(reading) for start, end in _listed(reading.text, block)}
    found = find_phrases(blocks, listed)
    alone = people_alone(reading.text, blocks, found)
    surnames = {name.title() for name in _SURNAMES if {name, f"{name}s"}.isdisjoint(texts)}
    ranks = Counter(
        (key, _bare_short(tokens.texts[at])[0])
        for tokens in blocks
        for at, key in enumerate(tokens.keys[:-1], 1)
        if key in RANKS and tokens.joints[at] == " "
    )
    names: list[Name] = []
    in_full: dict[tuple[str, ...], None] = {}
    for tokens, phrases in zip(blocks, found, strict=True):
        for phrase in phrases:
            full = spelt_out(tokens, phrase, others)
            if full is not phrase:
                in_full[full.key] = None
            if tokens.texts[phrase.last - 1] not in surnames:
                name = _name(reading.text, tokens, full, alone)
                if name is not None:
                    names.append(name)
        names += _short_names(reading.text, tokens, spelt, known, ranks)
        names += _field_names(reading.text, tokens, words)
    names += _managements(reading)
    names = [_in_full(reading.text, name, in_full) for name in names]
    return [_with_addition(reading.text, name) for name in apart(_without_partnerships(names))]


def _in_full(text: str, name: Name, keys: Iterable[tuple[str, ...]]) -> Name:
    """Return a name with the words before it where these and it are what an abbreviated name of the paper means."""
    for key in keys:
        more = len(key) - len(name.key)
        if more > 0 and key[more:] == name.key:
            before = Tokens(text, max(0, name.start - _FIELD_REACH), name.start)
            if tuple(before.keys[-more:]) == key[:more]:
                start = before.starts[-more]
                return name._replace(start=start, wide_start=min(start, name.wide_start), key=key)
    return name


def _managements(reading: Reading) -> Iterator[Name]:
    concept = lexicon().named("manager")
    for block in body_blocks(reading):
        if "management" not in reading.text[block.start : block.end].lower():
            continue
        for found in _MANAGEMENT.finditer(reading.text, block.start, block.end):
            start, end = found.span("words")
            yield Name(start, end, ("manager",), concept, start)


def _without_partnerships(names: Sequence[Name]) -> list[Name]:
    """Return names without "partners" in a paper that never says whose partner anybody is: organisations, perhaps."""
    if any((n.key[-1] == _PARTNER and (n.is_owned or len(n.key) > 1)) or n.key[-1] in _MARRIED for n in names):
        return list(names)
    return [name for name in names if name.key != (_PARTNER,)]


def apart(names: Iterable[Name]) -> list[Name]:
    """Return names in the order of their place without those that begin within another."""
    kept: list[Name] = []
    for name in sorted(names, key=lambda n: (n.start, -n.end)):
        if not kept or name.start >= kept[-1].end:
            kept.append(name)
    return kept


def without_predicates(text: str, names: Sequence[Name]) -> list[Name]:
    """Return names with those that only say what people are ("healers are providers") told as things."""
    found = list(names)
    for number, (before, name) in enumerate(pairwise(names), 1):
        if name.concept is None or name.concept.notation != _PROVIDER or len(name.key) > 1 or name.is_short:
            continue
        if _ARE.fullmatch(text, before.end, name.start):
            found[number] = name._replace(is_thing=True)
    return found


def _listed(text: str, block: Block) -> Iterator[tuple[int, int]]:
    yield from listed_people(text, block.start, block.end)
    if block.kind == "table":
        yield from counted_rows(text, block.start, block.end)


def _name(text: str, tokens: Tokens, phrase: Phrase, alone: frozenset[str]) -> Name | None:
    part = tokens[phrase.first : phrase.last]
    start, end = part[0].start, part[-1].end
    if phrase.concept is None and len(phrase.key) == 1 and phrase.key[0] in GENERIC:
        signed = text[start - 1 : start] in _OPENERS and text[start].isupper()
        common = is_alone(text, tokens, phrase, alone)
        if not (signed or common or phrase.is_listed or speaks_for(text, start, phrase.key, end)):
            return None
    within = set(tokens.keys[phrase.widest : phrase.last])
    if phrase.key[-1] in _MODERATORS and (_GROUPS & within or _follows(tokens, phrase.widest, _GROUPS)):
        return None
    if phrase.key[-1] == _MEMBER and _STUDYING & within:
        return None
    if phrase.key[-1] == "leadership" and (
        _QUALITY.search(text[max(0, start - 60) : end + 16]) or _is_whole_cell(text, start, end)
    ):
        return None
    if phrase.key[-1] == _PARTNER and (
        _PARTNERSHIPS & set(phrase.key) or _follows(tokens, phrase.first, _PARTNERSHIPS)
    ):
        return None
    if is_nobody(text, start, end, phrase.key):
        return None
    return Name(
        start,
        end,
        phrase.key,
        phrase.concept,
        _wide_start(tokens, phrase),
        is_plural=singular(part[-1].key) != part[-1].key,
        is_thing=describes_thing(text, tokens, phrase, end),
        is_branded=phrase.key[0] == part[0].key and _is_capitals(part[0].text) and not part[-1].text.isupper(),
        is_listed=phrase.is_listed,
        is_owned=_follows(tokens, phrase.first, _HAVING if phrase.key[-1] == "child" else _POSSESSIVES),
        is_definite=_follows(tokens, phrase.first, _DEFINITE),
    )


def _is_capitals(word: str) -> bool:
    return word.isupper() and len(word) > 1


def _is_whole_cell(text: str, start: int, end: int) -> bool:
    """Say whether words are all that a cell beside others holds, or a number is glued to them where cells were lost."""
    before, after = text[start - 1 : start], text[end : end + 1]
    in_cell = before in ("\n", "\t") and after in ("\n", "\t") and "\t" in (before, after)
    return in_cell or after.isdigit() or after == "−"


def _follows(tokens: Tokens, first: int, words: frozenset[str]) -> bool:
    return first > 0 and tokens.joints[first] == " " and tokens.keys[first - 1] in words


def _wide_start(tokens: Tokens, phrase: Phrase) -> int:
    """Return where a phrase begins: with the whole of its first word and what tells its degree ("long-term care
    patients", "5th grade students", "high risk patients"), and with "other"."""
    widest = phrase.widest
    while widest < phrase.core and widest and _goes_with(tokens, widest):
        widest -= 1
    if widest and tokens.joints[widest] == " " and tokens.keys[widest - 1] == "other":
        return tokens.starts[widest - 1]
    return tokens.starts[widest]


def _goes_with(tokens: Tokens, at: int) -> bool:
    """Say whether a word is one with the word before it: "long-term", "5th", "5th grade", "high risk"."""
    degree = tokens.joints[at] == " " and (tokens.keys[at - 1] in _DEGREES or is_glued(tokens, at - 1))
    return tokens.joints[at] == "-" or is_glued(tokens, at) or degree


def _with_addition(text: str, name: Name) -> Name:
    """Return a name with what belongs to it behind its noun: "the PA [embedded in the ward]" is a role of its own,
    and so is a "representative of the carers' union"."""
    added = ADDED.match(text, name.end) or speaks_for(text, name.start, name.key, name.end)
    if added is None:
        return name
    key = (*name.key, *Tokens(added.group("words")).keys)
    return name._replace(end=added.end("words") + added.group().endswith("]"), key=key, is_short=False)


def _known_shorts(texts: Iterable[str], words: Lexicon, defined: frozenset[str]) -> dict[str, Concept]:
    """Return the vocabulary's abbreviations that the paper uses without defining them: only what it also has in the
    plural, since two capitals may mean anything, and the GP, who needs no explanation."""
    plurals = {bare for bare, plural in map(_bare_short, texts) if plural}
    return {bare: words.abbreviations[bare] for bare in (plurals | {"GP"}) - defined if bare in words.abbreviations}


@lru_cache(maxsize=65536)
def _bare_short(word: str) -> tuple[str, bool]:
    """Return an abbreviation without the endings of plural and possessive, and whether it is a plural."""
    bare = word.replace("’", "'").removesuffix("'s")
    plural = len(bare) > 2 and bare.endswith("s") and bare[:-1].isupper()
    return (bare[:-1] if plural else bare), plural


def _short_names(
    text: str,
    tokens: Tokens,
    spelt: set[str],
    known: dict[str, Concept],
    ranks: Counter[tuple[str, str]],
) -> Iterator[Name]:
    """Yield abbreviations, with a rank before them ("lead GP") where the paper has the two together again."""
    for at in [at for at, word in enumerate(tokens.texts) if word in spelt]:
        token = tokens[at]
        bare, plural = _bare_short(token.text)
        concept = known.get(bare)
        thing = is_thing(text, tokens, at + 1, token.end)
        name = Name(
            token.start, token.end, (bare,), concept, token.start, is_plural=plural, is_short=True, is_thing=thing
        )
        rank = tokens[at - 1] if at and token.joint == " " else token
        if ranks[rank.key, bare] > 1:
            name = name._replace(start=rank.start, wide_start=rank.start, key=(rank.key, bare), is_short=False)
        yield name


def _field_names(text: str, tokens: Tokens, words: Lexicon) -> Iterator[Name]:
    """Yield fields of care that act as people do: "urology has started him"."""
    last = 0
    for at in [at for at, key in enumerate(tokens.keys) if key in words.lengths]:
        term = words.longest_at(tokens, at) if at >= last else None
        if term is None:
            continue
        last = term[0]
        if not term[1].is_field or tokens.keys[at] in _TREATMENTS:
            continue
        start, end = tokens.starts[at], tokens.ends[last - 1]
        if _ACTS.match(text, end) and _SUBJECT.search(text, max(tokens.starts[0], start - 12), start):
            yield Name(start, end, tuple(tokens.keys[at:last]), term[1].concept, start, is_field=True)
