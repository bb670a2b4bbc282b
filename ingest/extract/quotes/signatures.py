"""What a paper signs its quotations with again and again: first names, numbers, letters with numbers."""

import re
from collections import Counter

from ingest.extract.quotes.speaker_tags import names_no_speaker

_SIGNED_NAME = re.compile(
    r"[.?!…”\"’]\s{0,3}[.,]?\s{0,3}[(\[](?P<name>[A-Z][a-zà-ÿ’'-]{1,14})[)\]]\s{0,3}\.?\s{0,3}(?=\n|\Z|[A-Z])"
)
_SIGNED_NUMBER = re.compile(r"[a-z][.?!…”\"’]?\s{0,3}\((?P<name>\d{3,5})\)\s{0,3}(?:[.;]|(?=\n|\Z|[A-Z]))")
_NUMBER_IN_BRACKETS = re.compile(r"\(\d{3,5}\)")
"""What each of these holds, and what is found faster."""
_SIGNED_ID = re.compile(r"[.?!…”\"’]\s{0,3}[.,]?\s{0,3}[(\[](?P<series>[A-Z]{1,3})\d{1,3}[)\]]")
_SIGNED_SIDE = re.compile(r"[.?!…”\"’]\s{0,3}[.,]?\s{0,3}[(\[](?P<name>\d{1,3}\s?[A-Z]{1,3})[)\]]")
"""A number with the letters of a group or a site behind it: "(30 IT)"."""
_SIGNED_PARTS = re.compile(
    r"[”\"’]\s{0,3}[.,]?\s{0,3}[(\[](?P<name>(?!(?:19|20)\d\d-)\d{1,8}(?:[_/-]\s?\d{1,5}){1,3})[)\]]"
)
"""A number in parts behind a closing mark: "(150602_001-80)"."""
_SIGNED_SHORT = re.compile(r"[”\"]\s{0,3}[.,]?\s{0,3}\((?P<name>\d{1,2})\)\s?[.;,]?\s{0,3}(?=\n|\Z|[A-Z“\"])")
"""A small number behind a closing mark: "“They wait” (7)."; where citations look so too, the view leaves them out."""
_SIGNED_LETTER = re.compile(r"[”\"][.,]?\s{0,3}\((?P<name>[A-Z])\)\s?[.;]?\s{0,3}(?=\n|\Z|[A-Z“\"•])")
"""A letter behind a closing mark: "“They wait” (Q)"."""
IN_PARTS = r"[A-Z]{1,6}\d{1,3}[_-]\d{1,4}"
"""A code in parts: letters and number of a group, then the number of a person in it ("KI2-4")."""
_SIGNED_CODE = re.compile(
    rf"(?:[.?!…”\"’]|[a-z])\s{{0,3}}[.,]?\s{{0,3}}[(\[](?P<name>{IN_PARTS})[)\]]\s{{0,3}}[.;]?\s{{0,3}}(?=\n|\Z)"
)
"""The same at the end of a line: "(KI2-4)"."""
_CODE_IN_BRACKETS = re.compile(rf"[(\[]{IN_PARTS}[)\]]")
"""What it holds, and what is found faster."""
_LETTERS_IN_PARTS = re.compile(rf"(?={IN_PARTS}\Z)([A-Z]+)")
_SIGNED_JOINED = re.compile(
    r"[.?!…”\"’]\s{0,3}[.,]?\s{0,3}[(\[](?P<name>[A-Z][a-zà-ÿ’']{2,14}[–-][^()\[\]\n]{2,30})[)\]]\s{0,3}\.?\s{0,3}(?=\n|\Z)"
)
"""A first name and what the person is at the end of a line: "(Ama-teacher)"."""
_OFTEN, _SEVERAL, _MANY = 3, 5, 8


def names_of_speakers(text: str) -> frozenset[str]:
    """Return the first names, the numbers and the letters with numbers that a text signs quotations with: those of
    three brackets or more behind the end of a sentence, and all of the same series."""
    names = [m.group("name") for m in _SIGNED_NAME.finditer(text) if not names_no_speaker(m.group("name"))]
    numbered = _SIGNED_NUMBER.finditer(text) if len(_NUMBER_IN_BRACKETS.findall(text)) > _OFTEN else ()
    numbers = Counter(m.group("name") for m in numbered if not names_no_speaker(m.group("name")))
    found = set(names) if len(names) >= _OFTEN else set()
    found |= set(numbers) if numbers.total() > _OFTEN and len(numbers) > 1 else set()
    sides = {m.group("name") for m in _SIGNED_SIDE.finditer(text) if not names_no_speaker(m.group())}
    found |= sides if len(sides) >= _OFTEN else set()
    has_codes = len(_CODE_IN_BRACKETS.findall(text)) >= _OFTEN
    for signed in (_SIGNED_PARTS, _SIGNED_CODE, _SIGNED_JOINED) if has_codes else (_SIGNED_PARTS, _SIGNED_JOINED):
        parts = {m.group("name") for m in signed.finditer(text)}
        found |= parts if len(parts) >= _OFTEN else set()
    for signed, least in ((_SIGNED_SHORT, _MANY), (_SIGNED_LETTER, _SEVERAL)):
        short = Counter(m.group("name") for m in signed.finditer(text))
        found |= set(short) if short.total() >= least and len(short) >= _OFTEN else set()
    for letters in {m.group(1) for name in found if (m := _LETTERS_IN_PARTS.match(name))}:
        found |= {m.group(1) for m in re.finditer(rf"[(\[]({letters}\d{{1,3}}[_-]\d{{1,4}})[)\]]", text)}
    series = Counter(m.group("series") for m in _SIGNED_ID.finditer(text) if not names_no_speaker(m.group()))
    for letters in (letters for letters, times in series.items() if times >= _OFTEN):
        found |= {m.group(1) for m in re.finditer(rf"[(\[]({letters}\d{{1,3}})[)\]]", text)}
    return frozenset(found)
