"""Noun phrases that are headed by the name of a role: the vocabulary's terms, and what stands before them."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from typing import NamedTuple

from ingest.extract.roles.lexicon import HEADS, RANKS, Lexicon, lexicon, singular
from ingest.extract.tokens import APART, Token, Tokens
from ingest.extract.wording import word_set
from ontology.model import Concept

FUNCTION_WORDS = word_set(
    "a an the and or nor but of in on at to for from by with without within between among as than that which who whom "
    "whose this these those all any some many most several few both each every either neither no not other another "
    "others such same different various certain more less own its his her their our my your one two three four five "
    "six seven eight nine ten first second third new main significant key only also however when while where whether "
    "if because since so then there here how what why about into over under after before during through per via like "
    "is are was were be been being has have had do does did will would can could may might must should shall "
    "i we you he she they it me us him them multiple numerous individual respective available additional further "
    "good better best high low large small long old ill need use change receiving contact control subject eligible "
    "potential former current female male specific particular negative positive qualified skilled insufficient "
    "amongst amid unlike across upon toward towards despite besides big bigger wider broader "
    "adequate inadequate sufficient experienced inexperienced untrained competent enough extra example illustrative"
)
"""Words that begin no name of a role and stand in none."""
VERBS = word_set(
    "ask asked help helped train trained support include included including involve involved involving see told tell "
    "meet met use used using provide give make made let encourage engage engaged contact interview interviewed recruit "
    "recruited invite invited allow allowed enable require required refer referred approach approached consult "
    "working treating counseling counselling says said felt thought "
    "improve reduce increase motivate inform assist protect reach empower enrol enroll"
)
"""Verbs that stand before people ("include nurses") and could be taken for a part of their name."""
_NO_PART = FUNCTION_WORDS | VERBS
_JOINED = word_set("and or")
_MODAL = word_set("to will would can could may might must should not")
GENERIC = word_set(
    "worker member personnel assistant officer maker representative executive director professional volunteer staff "
    "supervisor planner leader specialist prescriber partner mentor instructor advocate champion facilitator helper "
    "official attendant developer designer engineer responder employee tracer "
    "supporter visitor buddy guard cleaner"
)
"""Heads that name no role without a word before them."""
_COUNTRIES = word_set("UK US USA EU UAE")
_PREFIXES = word_set("non multi inter cross co")
_MEMBER = word_set("member members")
_SPEAKERS = word_set("representative representatives")
COLLECTIVES = word_set("staff personnel")
"""Heads that name people together, whatever they do."""
_SUPPORT = 2
_HABIT = 3
_LONGEST = 5


class Phrase(NamedTuple):
    """Tokens first..last (exclusive) that end in the head of a name. `core` is where the vocabulary's term begins,
    `widest` where the noun phrase begins with words that are no part of the name."""

    widest: int
    first: int
    core: int
    last: int
    concept: Concept | None
    key: tuple[str, ...]
    is_listed: bool = False


class _Span(NamedTuple):
    first: int
    core: int
    last: int
    concept: Concept | None


def find_phrases(blocks: Sequence[Tokens], listed: Mapping[int, int] | None = None) -> list[list[Phrase]]:
    """Return the phrases of each block in order; `listed` gives where items of lists of people end and begin.

    A word before a term belongs to the name when it is a word of the vocabulary, a proper name or stands before that
    head again and again; the whole is a name of its own when the paper has it twice, else the words are left out.
    An item of a list of people is a name as a whole.
    """
    return _Finder(blocks, listed or {}).phrases


class _Finder:
    def __init__(self, blocks: Sequence[Tokens], listed: Mapping[int, int]) -> None:
        self._words: Lexicon = lexicon()
        self._listed = listed
        self._blocks = blocks
        self._beginnings = set(filter(_begins_name, set[str]().union(*(tokens.keys for tokens in blocks))))
        self._behind: dict[str, Counter[str]] = {}
        spans = [list(self._spans(tokens)) for tokens in blocks]
        self._counts = Counter(
            _key(tokens.keys[at : span.last])
            for tokens, found in zip(blocks, spans, strict=True)
            for span in found
            for at in range(span.first, span.core + 1)
        )
        self.phrases = [
            [phrase for span in found for phrase in self._phrase(tokens, span)]
            for tokens, found in zip(blocks, spans, strict=True)
        ]

    @cached_property
    def _keys(self) -> list[str]:
        """The words of all blocks, one after the other."""
        return list(chain.from_iterable(tokens.keys for tokens in self._blocks))

    @cached_property
    def _joints(self) -> list[str]:
        """What stands before each of these words, and behind the last."""
        return [*chain.from_iterable(tokens.joints for tokens in self._blocks), APART]

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """Where each word stands among them."""
        places: defaultdict[str, list[int]] = defaultdict(list)
        for at, key in enumerate(self._keys):
            places[key].append(at)
        return places

    def _words_behind(self, word: str) -> Counter[str]:
        """Count the words that stand right behind a word, in the singular; few words are ever asked for."""
        if word not in self._behind:
            behind = (at + 1 for at in self._places[word])
            self._behind[word] = Counter(singular(self._keys[at]) for at in behind if self._joints[at] != APART)
        return self._behind[word]

    def _spans(self, tokens: Tokens) -> Iterator[_Span]:
        start = floor = 0
        waiting: _Span | None = None
        for at in [at for at, key in enumerate(tokens.keys) if key in self._beginnings]:
            if at < start:
                continue
            found = self._term_at(tokens, at)
            if isinstance(found, int):
                start = found
                continue
            last, concept = found
            if waiting is not None:
                # "Staff representatives" are staff.
                speaks = tokens.keys[at] in _SPEAKERS and tokens.keys[at - 1] in COLLECTIVES
                behind = waiting.last == at and tokens.joints[at] != APART and not speaks
                if behind and is_bare_singular(tokens[at - 1]):
                    floor = waiting.first
                else:
                    yield waiting
            waiting = _Span(self._leftmost(tokens, at, floor), at, last, concept)
            start = floor = last
        if waiting is not None:
            yield waiting

    def _term_at(self, tokens: Tokens, at: int) -> tuple[int, Concept | None] | int:
        """Return where a term for people that begins here ends and its concept, or where to look on."""
        term = self._words.longest_at(tokens, at)
        if term is not None and not term[1].is_field:
            last = term[0]
            member = last < len(tokens) and tokens.joints[last] == " " and tokens.keys[last] in _MEMBER
            return (last + 1 if member else last), term[1].concept
        if singular(tokens.keys[at]) in HEADS:
            return at + 1, None
        end = term[0] if term is not None else at + 1
        for inside in range(at + 1, end):
            later = self._words.longest_at(tokens, inside)
            if later is not None and later[0] > end and not later[1].is_field:
                return inside
        return end

    def _leftmost(self, tokens: Tokens, core: int, floor: int) -> int:
        first = core
        while first > floor and tokens.joints[first] != APART and core - first < _LONGEST:
            if not self._modifies(tokens, first - 1, floor):
                break
            first -= 1
        return first

    def _modifies(self, tokens: Tokens, at: int, floor: int) -> bool:
        token, following = tokens[at], tokens[at + 1]
        if (
            token.key in FUNCTION_WORDS
            or is_glued(tokens, at)
            or token.text.isdigit()
            or (token.key == "trained" and token.joint == "-")
        ):
            return False
        is_head = singular(token.key) in HEADS
        if is_head and following.joint in ("-", "/") and singular(following.key) in self._words.heads:
            return False
        known = token.key in self._words.words or token.key in RANKS or is_head
        if token.key in VERBS and (not known or (at > floor and _is_led_by_verb(tokens, at))):
            return False
        if known or following.joint == "-":
            return not token.key.endswith("ly")
        if _is_branded(token):
            return following.joint != "/" and not following.text.isupper()
        if token.text[0].isupper() and following.text.istitle():
            return True
        if token.key.endswith(("ly", "ing", "ed")):
            return False
        behind = self._words_behind(token.key)
        habits = sum(times for head, times in behind.items() if head in HEADS)
        return habits >= _HABIT or behind[singular(following.key)] > _SUPPORT

    def _phrase(self, tokens: Tokens, span: _Span) -> Iterator[Phrase]:
        item = self._item(tokens, span)
        if item is not None:
            key = _key(tokens.keys[item : span.last])
            yield Phrase(item, item, span.core, span.last, self._by_tail(key) or span.concept, key, is_listed=True)
            return
        for first in range(span.first, span.core + 1):
            key = _key(tokens.keys[first : span.last])
            if key[0] in _PREFIXES:
                return
            if first < span.core:
                own = self._counts[key] >= _SUPPORT or _is_branded(tokens[first]) or self._is_all_there_is(key)
                if tokens.joints[first] == "-" or not own:
                    continue
            yield Phrase(span.first, first, span.core, span.last, span.concept or self._by_tail(key), key)
            return

    def _item(self, tokens: Tokens, span: _Span) -> int | None:
        """Return the token with which the item of a list of people begins that a term ends, or None."""
        start = self._listed.get(tokens.ends[span.last - 1])
        if start is None or start > tokens.starts[span.core]:
            return None
        first = span.core
        while first and tokens.starts[first - 1] >= start and tokens.keys[first - 1] not in _NO_PART:
            if tokens.joints[first] == "/" and singular(tokens.keys[first - 1]) in self._words.heads:
                break
            first -= 1
        return first

    def _is_all_there_is(self, key: tuple[str, ...]) -> bool:
        """Say whether the head alone would name nobody, so that one mention must do ("policy personnel")."""
        return key[-1] in GENERIC and len(key) == _SUPPORT

    def _by_tail(self, key: tuple[str, ...]) -> Concept | None:
        for at in range(len(key)):
            term = self._words.terms.get(key[at:])
            if term is not None and not term.is_field:
                return term.concept
        return None


@lru_cache(maxsize=65536)
def _begins_name(word: str) -> bool:
    """Say whether the name of a role may begin with a word, those before its head that any word may be left aside."""
    return word in lexicon().lengths or singular(word) in HEADS


def _key(words: Sequence[str]) -> tuple[str, ...]:
    """Return the words of a phrase for comparison, its head in the singular."""
    return (*words[:-1], singular(words[-1]))


def is_bare_singular(token: Token) -> bool:
    """Say whether a noun stands in the singular and owns nothing."""
    return singular(token.key) == token.key and "'" not in token.text and "’" not in token.text


def is_glued(tokens: Tokens, at: int) -> bool:
    """Say whether a word is the end of one that begins with a number: the "th" of "5th"."""
    return at > 0 and tokens.starts[at] == tokens.ends[at - 1]


def _is_led_by_verb(tokens: Tokens, at: int) -> bool:
    """Say whether a word that may be a verb is one by what stands before it: "should", "encourage and"."""
    before = tokens.keys[at - 1]
    return before in _MODAL or (before in _JOINED and at > 1 and tokens.keys[at - 2] in VERBS)


def _is_branded(token: Token) -> bool:
    """Say whether a word is a proper name with capitals inside, such as the short form of a programme; countries name
    no programme."""
    if token.text in _COUNTRIES:
        return False
    return len(token.text) > 1 and token.text[0].isupper() and token.text[1:] != token.text[1:].lower()
