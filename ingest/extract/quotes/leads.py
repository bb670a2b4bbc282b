"""Speakers who are named in front of their words: "Practice nurse 3: ...", "(P7, rural): ...", "Anna: ..."."""

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from itertools import islice, takewhile

from ingest.extract.context import RoleIndex
from ingest.extract.quotes.signatures import names_of_speakers
from ingest.extract.quotes.speaker_tags import Tag, is_person, names_no_speaker, role_in
from ingest.extract.quotes.speech import HOLDERS, REPORTS, hard_breaks, is_narration, speech_score
from ingest.extract.roles.groups import names_people
from ingest.extract.study.gazetteer import COUNTRIES, PARTS
from ingest.reading import Block, Reading
from ingest.talks import turns_of_talk

_LEAD = re.compile(
    r"(?P<open>[(\[])?(?P<quoted>[“\"])?(?P<label>[A-Z][^:!?“”\"\n()\[\]]{0,50}?(?:\s\([^()\n]{1,30}\))?)"
    r"(?(quoted)[”\"])(?(open)[)\]])"
    r"(?P<mark>\s?:\s*|\s[–—-]\s+|\s+(?(open)|(?!)))(?=[\w“\"‘'\[(…]|\.\.\.)"
)
_NAME = re.compile(r"(?P<mark>[“\"])?(?P<label>[A-Z][a-zà-ÿ’'-]{1,14})(?(mark)[”\"])\s?:\s+(?=[\w“\"‘'\[(…])")
_OPENS_SPEECH = re.compile(r"(?:The|A|An|My|Our|Your|His|Her|Their|This|That|And|But|So|Well|Some|Every)\b")
_LETTERED = re.compile(r"(?P<role>.+?)\s(?:[A-H]|[IVX]{1,4})\Z")
_RETOLD = re.compile(r"\s(?:quot|cit|imitat)(?:es|ing)\s[\w’' -]{3,30}\Z")
_NUMBER_BEFORE = re.compile(
    r"(?<![\w(\[])(?P<label>[A-Z]{1,3}[ -]?\d{1,3})(?:\s(?:said|stated|added|explained|put it))?\s?[:,]\s?\Z"
)
"""A participant's number in front of words in marks: "P6 said: “They wait”"."""
_IN_BRACKETS_BEFORE = re.compile(
    rf"[(\[](?P<label>[A-Z][A-Za-z]{{0,11}}[ -]?\d{{1,4}}[^()\[\]“”\"\n]{{0,40}})[)\]]\s(?:\w+\s){{0,3}}?"
    rf"(?:{REPORTS})\b"
    r"[^.:?!“”\"()]{0,40}[:,]?\s?\Z"
)
"""The same in brackets behind who it is: "One nurse (N6, rural) said: “They wait”"."""
_NAME_BEHIND = re.compile(r"[”\"»],\s{1,3}(?P<name>[A-Z][a-zà-ÿ’'-]{1,14})\.?\s*(?=\n|\Z)")
"""A first name behind the closing mark and a comma at the end of a line: "“They wait”, Ama."."""
_NAME_BEFORE = re.compile(
    rf"(?<![\w’'-])(?P<who>[\w’'-]{{1,40}})\s\((?P<name>[A-Z][a-zà-ÿ’'-]{{1,14}})\),?\s(?:\w+\s){{0,3}}?(?:{REPORTS})\b[^.:?!“”\"()]{{0,40}}[:,]?\s?[“\"]"
)
"""The same in brackets behind who it is: "One nurse (Ama) said: “They wait”"."""
_NAME_BEHIND_DASH = re.compile(
    r"(?:[”\"»]|[.?!…]“)\s?[–—]\s?(?P<name>[A-Z][\w’'-]{1,14}(?: (?:of |the )?[A-Z][\w’'-]{1,14}){0,3})\.?\s*(?=\n|\Z)"
)
"""A name of somebody or of a place behind the closing mark and a dash: "“They wait” —North County"."""
_SOMEBODY = re.compile(rf"(?!groups?\b|people\b|(?:wo)?men\b|children\b)(?:{HOLDERS})\Z", re.IGNORECASE)
_PLACED = re.compile(
    r"\b(?:in|at|near|around|across|outside|throughout)\s(?P<names>[A-Z][\w’'-]*(?:(?:,|,?\sand)?\s[A-Z][\w’'-]*)*)"
)
"""Names of places: "in Northtown and Westend"."""
_WORD = re.compile(r"[\w’'-]+")
_TOLD = frozenset({"paragraph", "quote", "list_item"})
_LEFT_OVER = re.compile(r"(?P<tag>[(\[](?P<words>[A-Z]{1,3}\d{1,3})[)\]])\.?\s+(?=[A-Z])")
_CLOSED = re.compile(r"[”\"»][.,]?\s?\Z")
_SENTENCE = re.compile(r"[^.?!]{1,200}")
_NUMBER_REACH, _BRACKET_REACH = 24, 130
_MOST_WORDS = 7
_OFTEN = 3

Lead = tuple[int, int, str]
"""Where in the view a label begins, where the words behind it do, and the label."""


@dataclass(frozen=True, slots=True)
class Talks:
    """What the document shows of who talks in it: the first `names` behind or in front of quotations, the numbers of
    the `blocks` that are turns of a talk, the `firsts`, first names that sign quotations without brackets, and the
    `dashed`, names behind a dash, of places too."""

    names: frozenset[str] = frozenset()
    blocks: frozenset[int] = frozenset()
    firsts: frozenset[str] = frozenset()
    dashed: frozenset[str] = frozenset()


def talks_of(reading: Reading, roles: RoleIndex) -> Talks:
    """Return who talks in a document, as far as the form of its paragraphs tells."""
    numbers = [number for number, block in enumerate(reading.blocks) if block.kind in _TOLD]
    texts = [reading.text[reading.blocks[number].start : reading.blocks[number].end] for number in numbers]
    turns = frozenset(numbers[at] for at in turns_of_talk(texts))
    names = names_of_speakers(reading.text) | _names_in_front(reading, turns)
    return Talks(names, turns, first_names(reading.text, roles), names_behind_dashes(reading.text))


def lead_at(reading: Reading, number: int, at: int, roles: RoleIndex, talks: Talks) -> Lead | None:
    """Return the speaker named in front of the line of the block that begins at `at`, or None.

    Running text needs a number or a letter behind a role; a turn of a talk and what is set apart as a quotation may
    name a role, a person by number, sex or age, or by first name.
    """
    block = reading.blocks[number]
    apart = block.kind == "quote" or number in talks.blocks
    text = reading.text
    found = _LEAD.match(text, at, block.end)
    if at == block.start and tag_left_over(reading, number, talks) is not None:
        return None
    if found is None:
        return _in_bold(reading, block, at, roles) if apart else None
    label = found["label"].strip()
    lone = not found["mark"].strip()
    if lone or ":" not in found["mark"]:
        named = is_person(label) or (not lone and _names_somebody(label, roles, apart=apart))
        sure = named and any(sign.isdigit() for sign in label)
    elif label in talks.names:
        sure = apart
    else:
        sure = _names_somebody(label, roles, apart=apart)
    return (at, found.end(), label) if sure and _may_lead(_RETOLD.sub("", label)) else None


def tag_left_over(reading: Reading, number: int, talks: Talks) -> Tag | None:
    """Return the number of a participant in brackets that a heading or the authors' words begin with, where the block
    before ends with a closing mark and such numbers sign quotations: it signs the one there."""
    if not 0 < number < len(reading.blocks):
        return None
    before, block = reading.blocks[number - 1 : number + 1]
    found = _LEFT_OVER.match(reading.text, block.start, block.end)
    if found is None or before.kind not in _TOLD or found["words"] not in talks.names:
        return None
    words = _SENTENCE.match(reading.text, found.end(), block.end)
    spoken = words is not None and speech_score(words.group()) and not is_narration(words.group())
    if reading.text[before.start] in "([" or not _CLOSED.search(reading.text, before.end - 3, before.end):
        return None
    told = block.kind == "heading" or (block.kind in _TOLD and not spoken)
    return Tag(found.start("tag"), found.end("tag"), found["words"], True) if told else None


def label_before(text: str, at: int) -> str:
    """Return the number of the participant that the words before a quotation in marks at text[at] name, or "".

    >>> label_before("One nurse (N6, rural) said: “They wait”", 28)
    'N6, rural'
    """
    found = _NUMBER_BEFORE.search(text, max(0, at - _NUMBER_REACH), at)
    found = found or _IN_BRACKETS_BEFORE.search(text, max(0, at - _BRACKET_REACH), at)
    return found["label"] if found and is_person(found["label"]) else ""


def first_names(text: str, roles: RoleIndex) -> frozenset[str]:
    """Return the first names that a text gives behind a comma or in brackets before quotations, some of them again:
    none that it writes small as it does "overall", gives a thing ("one clinic (Northtown) said") or uses of a place.

    >>> said = "One woman (Ama) said: “No.” One woman (Eve) said: “I do.”\\n“I wait”, Ama."
    >>> sorted(first_names(said, RoleIndex((), (), {})))
    ['Ama', 'Eve']
    """
    before = list(_NAME_BEFORE.finditer(text))
    signed = Counter(m["name"] for m in (*_NAME_BEHIND.finditer(text), *before))
    if signed.total() < _OFTEN:
        return frozenset()
    places = {*COUNTRIES, *PARTS}.union(*(_WORD.findall(m["names"]) for m in _PLACED.finditer(text)))
    places.update(m["name"] for m in before if not _is_somebody(m["who"], roles))
    found = {name: times for name, times in signed.items() if name not in places and not names_no_speaker(name)}
    if not _OFTEN <= sum(found.values()) > len(found):
        return frozenset()
    return frozenset(name for name in found if not re.search(rf"\b{re.escape(name.lower())}\b", text))


def names_behind_dashes(text: str) -> frozenset[str]:
    """Return the names, of places too, that a text gives behind a dash at the end of quotations, some of them again.

    >>> sorted(names_behind_dashes("“No.” —North End\\n“I do.” —Ama\\n“I wait.” —North End"))
    ['Ama', 'North End']
    """
    signed = Counter(m["name"] for m in _NAME_BEHIND_DASH.finditer(text))
    if not _OFTEN <= signed.total() > len(signed):
        return frozenset()
    return frozenset(name for name in signed if not names_no_speaker(name))


def _is_somebody(word: str, roles: RoleIndex) -> bool:
    """Say whether a word means one person: a role in the singular, "participant", "another"."""
    if word.endswith("s") and not word.endswith("ss"):
        return False
    return _SOMEBODY.match(word) is not None or roles.resolve(word) is not None or names_people(word)


def _names_in_front(reading: Reading, turns: frozenset[int]) -> frozenset[str]:
    """Return the first names in front of the lines of quotations that are set apart: two or more that take turns or
    come again, and that the text never writes small as it does "example"."""
    found: Counter[str] = Counter()
    for number, block in enumerate(reading.blocks):
        if block.kind == "quote" or number in turns:
            for at in (block.start, *hard_breaks(reading, block.start, block.end)):
                name = _NAME.match(reading.text, at, block.end)
                found.update([name["label"]] if name else [])
    if len(found) < 2 or found.total() < _OFTEN:
        return frozenset()
    words = Counter(re.findall(r"\b[a-zà-ÿ’'-]{2,15}\b", reading.text))
    return frozenset(name for name in found if not words[name.lower()] and not names_no_speaker(name))


def _names_somebody(label: str, roles: RoleIndex, *, apart: bool) -> bool:
    who = _RETOLD.sub("", label)
    lettered = _LETTERED.match(who)
    counted = lettered is not None or who.rstrip(")")[-1:].isdigit()
    named = role_in(lettered["role"] if lettered else who, roles) is not None
    if not apart:
        return counted and named
    return is_person(who) or (named and (counted or not who.endswith("s")))


def _may_lead(label: str) -> bool:
    """Say whether a label is short, and neither the beginning of speech nor a reference."""
    return (
        len(label.split()) <= _MOST_WORDS
        and not _OPENS_SPEECH.match(label)
        and not names_no_speaker(label)
        and not speech_score(label)
    )


def _in_bold(reading: Reading, block: Block, at: int, roles: RoleIndex) -> Lead | None:
    """Return the speaker that bold letters name at the beginning of a quotation that is set apart."""
    first = bisect_left(reading.emphases, at, key=lambda emphasis: emphasis.start)
    for emphasis in takewhile(lambda one: one.start == at, islice(reading.emphases, first, None)):
        if emphasis.style == "bold" and emphasis.end < block.end:
            label = reading.text[at : emphasis.end].strip(" :.–—-()[]")
            if label and _may_lead(label) and (is_person(label) or role_in(label, roles)):
                return at, emphasis.end, label
    return None
