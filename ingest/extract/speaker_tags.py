"""Speaker tags: the brackets, numbers and names behind a quotation that say who spoke."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.extract.context import RoleIndex
from ingest.extract.wording import any_of

_BRACKET = re.compile(r"(?P<open>[(\[])(?P<words>(?:[^()\[\]\n]|[(\[][^()\[\]\n]{1,40}[)\]]){1,110})[)\]]")
_NOT_ID = any_of(
    "theme, step, table, fig, box, aim, part, phase, stage, study, question, objective, hypothes, section, wave, "
    "week, day, "
    "year, month, level, grade, type, model, version, item, page, line, round, time, task, goal, domain, construct, "
    "covid, "
    "mers, sars"
)
_COUNTED = any_of(
    "participant, patient, respondent, interview, interviewee, informant, subject, person, case, id, no, number, fg, "
    "focus group, focus group discussion, group, meeting, dyad, couple, family, p, user, client"
)
_ID = re.compile(
    rf"(?!{_NOT_ID})(?:[A-Za-z]{{1,6}}[ _-]{{0,2}}\d{{1,5}}[A-Za-z]{{0,3}}"
    rf"|{_COUNTED}\b\.?\s*(?:no\.?|number|id|#)?\s*#?\s*[A-Z]{{0,3}}-?\d{{1,5}}[A-Za-z]?)\Z",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"#?\d{3,5}\Z")
_NUMBERS = re.compile(r"[\d\s,;–—/-]+\Z")
_SOMEBODY = any_of(
    "male, female, man, woman, boy, girl, mother, father, participant, respondent, interviewee, informant"
)
_PERSON = re.compile(
    rf"\b{_SOMEBODY}\b"
    r"|\b\d{1,3}(?:\s?[–-]\s?\d{1,3})?[ -]?(?:years?|yrs?|y/?o)\b|\baged?\s+\d"
    r"|\A[MF]\d{0,3}\Z|\A\d{2}(?:\s?[–-]\s?\d{2})?\Z",
    re.IGNORECASE,
)
_PLACES = any_of(
    "fg, fgd, focus group, school, site, clinic, hospital, practice, ward, group, interview, arm, intervention, control"
)
_PLACE = re.compile(
    rf"\b{_PLACES}\b",
    re.IGNORECASE,
)
_OTHER = any_of(
    "et al, e.g, eg, i.e, ie, see, fig, figs, figure, figures, table, tables, box, http, https, www, vs, appendix, "
    "file, "
    "files, CI, SD, range, version, quote, quotes, not shown"
)
_ASIDE = any_of(
    "laugh, chuckl, sigh, cry, pause, silence, smil, nod, inaudible, sic, emphasis, interrupt, cough, whisper, "
    "gestur, sob, "
    "shout, author"
)
_NO_SPEAKER = re.compile(rf"[=%<>]|\b{_OTHER}\b|\b(?:19|20)\d\d\b|\bp+\.\s?\d|\A{_ASIDE}", re.IGNORECASE)
_NAME = re.compile(r"[A-Z][a-zà-ÿ’'-]+(?:\s+[A-Z][a-zà-ÿ’'.-]*){0,2}\Z")
_SIGNED_NAME = re.compile(r"[.?!…”\"’]\s*[.,]?\s*[(\[](?P<name>[A-Z][a-zà-ÿ’'-]{1,14})[)\]]\s*\.?\s*(?=\n|\Z|[A-Z])")
_SPLIT = re.compile(r"\s*[,;:|/]\s*|\s+[–—-]\s+")
_QUOTED = "”\"»’'"
_ENDS = ".?!…"
_STARTS = re.compile(r"\s*(?:\Z|\n|[A-Z“\"‘'\[(«…]|\.\.\.|\d|[–—•])")
_BARE = re.compile(
    r"(?P<words>[A-Z][A-Za-z]{0,6}[ -]?\d{1,4}[A-Za-z]{0,2}(?:\s*\([^()\n]{1,40}\))?)"
    r"(?P<stop>\s*[.;]?)(?=\s*(?:\Z|\n|[A-Z“\"‘'\[«…]))"
)
_DASHED = re.compile(r"\s?[–—-]{1,2}\s?(?P<words>[A-Z][^.!?“”\"\n]{2,90}?)\.?(?=\s*(?:\Z|\n))")
_WITHIN = re.compile(r",\s*(?P<words>[A-Z]{1,4}-?\d{1,4}[^\s\"”“]{0,2}(?:\s+(?:and\s+)?[\w]+){0,4})\s*\Z")


@dataclass(frozen=True, slots=True)
class Tag:
    """A speaker tag: view[start:end], brackets included, and the words in it. `is_firm` tells that nothing else can
    be meant there: it stands behind a closing mark or the end of a sentence."""

    start: int
    end: int
    words: str
    is_firm: bool


def names_of_speakers(text: str) -> frozenset[str]:
    """Return the first names that a text signs quotations with: at least three brackets behind a finished sentence."""
    found = [match.group("name") for match in _SIGNED_NAME.finditer(text)]
    found = [name for name in found if not _NO_SPEAKER.search(name)]
    return frozenset(found) if len(found) >= 3 else frozenset()


def find_tags(text: str, start: int, end: int, roles: RoleIndex, names: frozenset[str] = frozenset()) -> list[Tag]:
    """Return the speaker tags of view[start:end] in order; `names` are those from `names_of_speakers`.

    A bracket is a tag when it stands behind a finished sentence or a quotation, or ends one, and holds what names a
    speaker: a role in the singular, the number of a participant, sex and age, a first name behind quoted words.
    """
    found = [*_bracketed(text, start, end, roles, names), *_bare(text, start, end), *_dashed(text, start, end, roles)]
    kept: list[Tag] = []
    for tag in sorted(found, key=lambda t: (t.start, -t.end)):
        if not kept or tag.start >= kept[-1].end:
            kept.append(tag)
    return kept


def tag_within(words: str) -> tuple[int, str] | None:
    """Return where a participant's number at the end of quoted words begins and the number: "they wait, P01"."""
    found = _WITHIN.search(words)
    return (found.start(), found.group("words")) if found else None


def is_person(words: str) -> bool:
    """Say whether the words of a tag describe a person by number, sex or age, whatever their role.

    >>> is_person("Female, 46"), is_person("Participant 12"), is_person("see Table 2")
    (True, True, False)
    """
    if _NO_SPEAKER.search(words):
        return False
    parts = [part for part in _SPLIT.split(words.strip()) if part]
    return any(_ID.match(part) or _PERSON.search(part) for part in parts)


def _bracketed(text: str, start: int, end: int, roles: RoleIndex, names: frozenset[str]) -> Iterator[Tag]:
    for match in _BRACKET.finditer(text, start, end):
        words = match.group("words").strip()
        before = text[start : match.start()].rstrip()
        after = text[match.end() : end]
        last = before[-1:]
        quoted = last in _QUOTED or (last in ".,;" and before[-2:-1] in _QUOTED)
        finished = not before or last in _ENDS or quoted or (last == "," and before[-2:-1] in _QUOTED)
        closes = re.match(r"\s*[.;]?(?=\s*(?:\Z|\n))|\s*[.;](?=\s*[A-Z“\"‘\[(«…])", after)
        begins = finished and _STARTS.match(after.lstrip(".;, "))
        if not before or not (begins or closes):
            continue
        signed = finished and words in names
        if signed or _names_speaker(words, match.start(), match.end(), roles, quoted=quoted, finished=finished):
            yield Tag(match.start(), match.end(), words, finished)


def _names_speaker(words: str, start: int, end: int, roles: RoleIndex, *, quoted: bool, finished: bool) -> bool:
    if _NO_SPEAKER.search(words) or len(words.split()) > 14:
        return False
    if _NUMBERS.match(words):
        return finished and _BARE_NUMBER.match(words) is not None
    if not finished and (not words[0].isupper() or len(words.split()) > 6):
        return False
    parts = [part for part in _SPLIT.split(words) if part]
    numbered = any(_ID.match(part) for part in parts) and (finished or len(re.sub(r"[^A-Za-z]", "", words)) > 1)
    described = sum(_PERSON.search(part) is not None for part in parts)
    if numbered or described >= 2:
        return True
    mentions = roles.between(start, end)
    named = roles.resolve(words) or roles.resolve(parts[0] if parts else "")
    if named or (mentions and finished):
        return _is_singular(words, parts, start, mentions)
    if described and finished:
        return True
    return quoted and _NAME.match(words) is not None


def _is_singular(words: str, parts: list[str], start: int, mentions: tuple[object, ...]) -> bool:
    """Say whether a role in brackets is one speaker: not a group, and no gloss of many words."""
    if any(_PLACE.search(part) for part in parts[1:]):
        return True
    head = parts[0].split(" ")[-1] if parts else ""
    plural = head.endswith("s") and not head.endswith(("ss", "us")) and not re.search(r"\d", words)
    return (
        not plural
        and len(words.split()) <= 9
        and not re.match(r"(?:and|or|with|by|of|from|in|our|my|his|her)\b", words)
    )


def _bare(text: str, start: int, end: int) -> Iterator[Tag]:
    for match in _BARE.finditer(text, start, end):
        before = text[start : match.start()]
        bare = before.rstrip()
        if not bare or len(bare) == len(before) or bare[-1] not in _ENDS + _QUOTED:
            continue
        words = match.group("words")
        if re.match(
            r"(?:Table|Fig|Figure|Box|Theme|Step|Phase|Stage|Day|Week|Year|Question|Part|Section|Version|NVivo)\b",
            words,
        ):
            continue
        if re.match(r"[A-Z]{1,6}[- ]?\d|(?:Participant|Patient|Interview|Respondent)\s?\d", words):
            yield Tag(match.start(), match.start() + len(words), words, True)


def _dashed(text: str, start: int, end: int, roles: RoleIndex) -> Iterator[Tag]:
    match = _DASHED.search(text, max(start, end - 110), end)
    if match is None or match.start() == start or text[match.start() - 1] not in _ENDS + _QUOTED + " ":
        return
    before = text[start : match.start()].rstrip()
    words = match.group("words").strip()
    if not before or before[-1] not in _ENDS + _QUOTED or _NO_SPEAKER.search(words):
        return
    if is_person(words) or roles.between(match.start(), match.end()):
        yield Tag(match.start(), match.end(), words, True)
