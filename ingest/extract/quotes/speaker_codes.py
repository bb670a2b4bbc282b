"""Speakers whom a code or a first name in the sentence around their words names, and what a code means."""

import re
from collections.abc import Mapping
from dataclasses import replace

from ingest.extract.context import RoleIndex
from ingest.extract.quotes.candidate import Candidate
from ingest.extract.quotes.refusals import Setting
from ingest.extract.quotes.signatures import IN_PARTS
from ingest.extract.quotes.speaker_hints import is_gloss
from ingest.extract.quotes.speaker_tags import is_person
from ingest.extract.quotes.speech import REPORTS, reports
from ingest.reading import Reading

_CODE = rf"(?<![\w(\[-])(?P<code>{IN_PARTS}|[A-Z]{{1,4}}-?\d{{1,3}})(?![\w-])"
_ALSO = r"(?:(?:also|again|further|then|once|has|had|have|\w+ly)\s+){0,2}"
_WITHIN = r"[^.?!:;“”\"]"
_WHO_IS = r"(?:,\s[^,.?!:;“”\"]{3,50},)?"
_SUBJECT = re.compile(rf"{_CODE}{_WHO_IS}\s+{_ALSO}(?:{REPORTS})\b(?P<rest>{_WITHIN}{{0,120}})[.:]?\s*\Z")
"""Who says it before the words: "Porter KI2-4, who came last, said that", "P07 put it like this:"."""
_SOURCE = re.compile(
    rf"\b(?i:according to|in the words of)\s+(?:[\w-]+\s+){{0,3}}?{_CODE}(?P<rest>,?{_WITHIN}{{0,120}}):?\s*\Z"
    rf"|{_CODE.replace('?P<code>', '?P<last>')}\s?[:,]\s*\Z"
)
_BEHIND = re.compile(
    rf"\s*[.,]?\s*(?:as\s+)?(?:{_CODE}\s+{_ALSO}(?:{REPORTS})\b|(?:{REPORTS})\s+(?:by\s+)?(?:[\w-]+\s+){{0,2}}?"
    rf"{_CODE.replace('?P<code>', '?P<last>')})"
)
"""The same behind the words: "“They wait”, added KI2-4"."""
_FIRST_NAME = re.compile(
    rf"\((?P<name>[^\W\d_][\w’'-]{{1,14}})\),?\s+{_ALSO}(?:{REPORTS})\b(?P<rest>{_WITHIN}{{0,120}}):?\s*\Z"
)
_DIGITS = re.compile(r"\d+")
_DIGIT = re.compile(r"\d")
_FEWEST = 3
"""So many different codes of a kind make a series."""
_STEM = re.compile(rf"(?={IN_PARTS}\Z)(?P<stem>(?P<letters>[A-Z]+)\d+)")
_MEANS = r"(?:=|:|\b(?:for|to|is|are|stands?\s+for|refer(?:s|ring)?\s+to|(?:denot|indicat|represent|mean|signif)\w+)\b)"
_NEAR, _BEFORE = 25, 60
_SIGNS = re.compile(r"\([^()\n–-]{1,60}\)\s{0,3}(?:[.;]|\n|\Z|[A-Z“\"])")
"""One number in brackets that ends a sentence: it signs what stands before it and explains no letters, where a range or
a bracket within a sentence does: "nurses (N1-N8)", "a nurse (N3) said"."""
_SIGNS_IN_PARTS = re.compile(rf"\({IN_PARTS}\)\s{{0,3}}(?:[.;]|\n|\Z|[A-Z“\"])")


class Codes:
    """The codes and first names that a document names its speakers by in running text."""

    def __init__(self, reading: Reading, firsts: frozenset[str]) -> None:
        """Take the document and the first names that sign its quotations."""
        self._firsts = firsts
        self._text = reading.text
        self._series: dict[str, bool] = {}

    def label(self, candidate: Candidate, setting: Setting) -> Candidate:
        """Return a candidate that nothing signs with the code of who says it in the sentence around it, if there is
        one and the document has a series of such codes; or with the first name in brackets before it."""
        if candidate.tag is not None or candidate.label:
            return candidate
        named = _FIRST_NAME.search(setting.lead) if self._firsts else None
        if named is not None and named["name"] in self._firsts and not reports(named["rest"]):
            return replace(candidate, label=named["name"])
        code = _before(setting.lead) or _behind(setting.trail)
        return replace(candidate, label=code) if code and self._is_of_series(code) else candidate

    def _is_of_series(self, code: str) -> bool:
        """Say whether the document has several codes that differ from one in their numbers only."""
        shape = _DIGITS.sub(r"\\d+", re.escape(code))
        if shape not in self._series:
            found = set(re.findall(rf"(?<![\w-]){shape}(?![\w-])", self._text))
            self._series[shape] = len(found) >= _FEWEST
        return self._series[shape]


def _before(lead: str) -> str:
    if not _DIGIT.search(lead):
        return ""
    found = _SUBJECT.search(lead)
    while found is not None and reports(found["rest"]):
        found = _SUBJECT.search(lead, found.end("code"))
    found = found or _SOURCE.search(lead)
    groups: Mapping[str, str | None] = found.groupdict() if found else {}
    code = groups.get("code") or groups.get("last") or ""
    return code if not reports(groups.get("rest") or "") and _may_be(code) else ""


def _behind(trail: str) -> str:
    found = _BEHIND.match(trail) if _DIGIT.search(trail) else None
    code = (found["code"] or found["last"]) if found else ""
    return code if _may_be(code) else ""


def _may_be(code: str) -> bool:
    return code.isupper() and (is_person(code) or _STEM.match(code) is not None)


def tied_to(reading: Reading, roles: RoleIndex, prefix: str) -> str | None:
    """Return the role that the paper ties to the letters of a number, or to the letters and number that a code in parts
    begins with: "N refers to a nurse", "nurses (N1-N8)", "nurses (KI2)"."""
    text = reading.text
    counted = prefix[-1].isdigit()
    means = rf"(?:{_MEANS}|\t)" if counted else _MEANS
    number = "(?P<number>)" if counted else r"(?P<number>\d*)"
    key = rf"(?<!\w){re.escape(prefix)}{number}\s*?(?P<means>{means})\s*(?:an?\s+|the\s+)?"
    for match in re.finditer(key, text):
        found = roles.between(match.end(), match.end() + _NEAR)
        turn = match["means"] == ":" and match["number"]
        if found and (not turn or is_gloss(text, match.end(), found[0])):
            return found[0].role
    signs = _SIGNS_IN_PARTS if counted else _SIGNS
    spaced = "" if counted else r"\s?"
    for match in re.finditer(rf"\(\s*{re.escape(prefix)}{spaced}{number}\s*(?:(?:[–-]|to\b)|,|\))", text):
        if (counted or match["number"]) and signs.match(text, match.start()):
            continue
        found = roles.between(match.start() - _BEFORE, match.start())
        if found and not text[found[-1].end : match.start()].strip():
            return found[-1].role
    return None


def stems(code: str) -> tuple[str, str] | None:
    """Return the letters and number that a code in parts begins with, and the letters; None for anything else.

    >>> stems("KI2-4"), stems("N12")
    (('KI2', 'KI'), None)
    """
    found = _STEM.match(code)
    return (found["stem"], found["letters"]) if found else None


def roles_of_groups(reading: Reading, roles: RoleIndex, letters: str) -> dict[str, str]:
    """Return the roles that a document gives to the first parts of its codes with these letters, those it explains."""
    groups = sorted(set(re.findall(rf"(?<![\w-]){letters}\d{{1,3}}(?=[_-]\d)", reading.text)))
    found = {group: tied_to(reading, roles, group) for group in groups}
    return {group: role for group, role in found.items() if role is not None}
