"""Speaker tags: the brackets, numbers and names behind a quotation that say who spoke."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest.extract.context import RoleIndex
from ingest.extract.quotes.speech import REPORTS, speech_score
from ingest.extract.roles.definitions import matches_initials
from ingest.extract.wording import any_of

_BRACKET = re.compile(
    r"(?P<open>[(\[])(?P<words>(?:[^()\[\]\n]|[(\[][^()\[\]\n]{1,40}[)\]]){1,110})[)\]]"
)  # one bracket inside another is allowed: "GP4 (rural)"
_COUNTED = any_of(
    "participant, patient, respondent, interview, interviewee, informant, subject, person, case, id, no, number, fg, "
    "focus group, focus group discussion, group, meeting, dyad, couple, family, p, user, client"
)
_NOT_ID = any_of(
    "theme, step, table, fig, box, aim, part, phase, stage, study, hypothes, wave, week, day, year, month, level, "
    "grade, type, model, version, item, page, line, round, time, task, goal, covid, mers, sars, arrow"
)
_CODE = r"(?=[A-Z/_-]*\d)(?:[A-Z]{1,6}\d{0,3}[_/-]){2,5}[A-Z]{0,4}\d{0,4}"
_ID = re.compile(
    rf"(?!(?i:{_NOT_ID}))(?:[A-Za-z]{{1,6}}[_#-]?\d{{1,5}}[A-Za-z]{{0,3}}|[A-Z]{{1,5}}\s\d{{1,5}}[A-Za-z]?|{_CODE}"
    rf"|#\s?\d{{1,3}}|(?i:{_COUNTED})\b\.?\s*(?:no\.?|number|id|#)?\s*#?\s*[A-Z]{{0,3}}-?\d{{1,5}}[A-Za-z]?)\Z"
)
_ID_FIRST = re.compile(r"[A-Z]{1,4}(?:-?\d{1,3}[A-Z]?\s[A-Za-z]+|#\d{1,3}(?:\s[A-Za-z]+){1,5})\Z")
_NUMBERS = re.compile(r"[\d\s,;–—/-]+\Z")
_SOMEBODY = any_of(
    "male, female, man, woman, men, women, boy, girl, mother, father, participant, respondent, interviewee, informant"
)
_PERSON = re.compile(
    rf"\b{_SOMEBODY}\b"
    r"|\b\d{1,3}(?:\s?[–-]\s?\d{1,3})?[ -]?(?:years?|yrs?|y/?o)\b|\baged?\s+\d"
    r"|\A[MF]\d{0,3}\Z|\A\d{2}(?:\s?[–-]\s?\d{2})?\Z",
    re.IGNORECASE,
)
_BOTH = re.compile(
    r"\b(?:male|man|men|boys?)\b.*\b(?:female|wom[ae]n|girls?)\b|\bfemales?\b.*\bmales?\b", re.IGNORECASE
)
"""What describes a group, not one speaker."""
_PLACES = any_of(
    "fg, fgd, focus group, school, site, clinic, hospital, practice, ward, group, interview, arm, intervention, control"
)
_SESSION = re.compile(
    r"\b(?:FGDs?|FGs?|IDIs?|KIIs?|(?:focus )?group(?: discussion)?|interview|meeting|diary) ?\d*\Z|\b(?:FGD|IDI|KII)\b",
    re.IGNORECASE,
)
"""What a quotation may be signed with instead of a speaker: the talk it is from."""
_ROUND = re.compile(
    r"(?:phase|part|round|stage|wave|time(?: ?point)?|session|week|month|year|baseline|follow-?up)(?: ?\d+)?\Z",
    re.IGNORECASE,
)
_PLACE = re.compile(rf"\b{_PLACES}\b", re.IGNORECASE)
_OTHER = any_of(
    "et al, e.g, eg, i.e, ie, see, fig, figs, figure, figures, table, tables, box, http, https, www, vs, appendix, "
    "file, files, CI, SD, range, version, quote, quotes, not shown, reference, ref, grant, grant number, policy"
)
_ASIDE = any_of(
    "laugh, chuckl, sigh, cry, pause, silence, smil, nod, inaudible, sic, emphasis, interrupt, cough, whisper, gestur, "
    "sob, shout, author"
)
_ASIDES = re.compile(rf"(?:\w+ )?{_ASIDE}", re.IGNORECASE)
_NO_SPEAKER = re.compile(
    rf"[=%<>]|/[^/]*/|\b{_OTHER}\b|\b(?:19|20)\d\d\b|\bp+\.\s?\d|\A(?:{_ASIDE}|includ(?:es|ing)\b)", re.IGNORECASE
)
PSEUDONYM = re.compile(r"[“\"‘'][A-Z][a-zà-ÿ’'-]+[,.]?[”\"’'],?\s?[\w,]")
"""A first name in marks, and more of the person behind it: "“Ama,” teacher, North"."""
_NAME = re.compile(r"[A-Z][a-zà-ÿ’'-]+(?:\s+[A-Z][a-zà-ÿ’'.-]*){0,2}\Z")
_GLOSS = re.compile(r"(?P<short>[A-Z]{2,8})-?\d{0,3}[,:;]\s+(?P<long>[a-z].+)")
"""Letters and the words that they stand for."""
_MARK_AND_DASH = re.compile(r"[”\"».?!]\s?(?P<dash>[–—-]+)\Z")
_DASHES = ("–", "—", "-")
_QUOTED_WORDS = re.compile(r"[“\"‘](?:[^“”\"‘\s]+\s){3}[^“”\"‘]*[”\"’][.,;]?\Z")
_INNER = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_SPLIT = re.compile(r"\s*[,;:|/]\s*|\s+[–—-]\s+")
_QUOTED = "”\"»’'"
_ENDS = ".?!…"
_STARTS = re.compile(r"\s*(?:\Z|\n|[A-Z“\"‘'\[(«…]|\.\.\.|\d|[–—•])")
_CLOSES = re.compile(r"\s*[.;]?(?=\s*(?:\Z|\n))|\s*[.;](?=\s*[A-Z“\"‘\[(«…])")
_JOINING = re.compile(r"(?:and|or|with|by|of|from|in|our|my|his|her)\b")
_BARE = re.compile(
    r"(?P<words>[A-Z][A-Za-z]{0,6}[ -]?\d{1,4}[A-Za-z]{0,2}"
    r"(?:\s*\([^()\n]{1,40}\)|\s*\((?:[^()\n]|\([^()\n]{1,40}\)){1,240}\)(?=\s*[.;]?\s*(?:\Z|\n)))?)"
    r"(?P<stop>\s*[.;]?)(?!'s\b)(?=\s*(?:\Z|\n|[A-Z“\"‘'\[«…]))"
)
"""A number of a participant, with what the paper tells of the person in brackets: at the end of a line, all of it."""
_BARE_CODE = re.compile(rf"(?<=[.?!…”\"’)\]])\s+(?P<words>{_CODE})(?=\s*[.;]?\s*(?:\Z|\n|[A-Z“\"‘'\[«…]))")
_BARE_ID = re.compile(r"(?!NVivo)(?:[A-Z]{1,6}[- ]?\d|(?:Participant|Patient|Interview|Respondent)\s?\d)")
_DASHED = re.compile(r"\s?[–—-]{1,2}\s?(?P<words>[A-Z][^.!?“”\"\n]{2,90}?)\.?(?=\s*(?:\Z|\n))")
_TRAILING = re.compile(r"(?<=[.?!…”\"])\s+(?P<words>[A-Z][\w’' -]{1,30}(?:,\s[\w’' -]{1,25}){1,3})\.?\s*\Z")
_BEHIND_COMMA = re.compile(r"(?<=[”\"»]),\s{1,3}(?P<words>[A-Z][\w’' -]{0,30}(?:,\s[\w’' -]{1,25}){0,3})\.?\s*\Z")
"""What stands behind the closing mark and a comma at the end of a block: "“They wait”, Nurse 3"."""
_VERB_BEHIND = re.compile(rf"\s(?:{REPORTS})\Z")
_GROUP = re.compile(rf"\([^()]*\b{_PLACES}\b[^()]*\)\Z", re.IGNORECASE)
_WITHIN = re.compile(r",\s*(?P<words>[A-Z]{1,4}-?\d{1,4}[^\s\"”“]{0,2}(?:\s+(?:and\s+)?[\w]+){0,4})\s*\Z")
_BRACKET_WITHIN = re.compile(r"\s*[(\[](?P<words>[A-Z][^()\[\]\n]{0,60})[)\]]\s*[.?!]?\Z")
_LINE = re.compile(r"\s*[–—(\[-]*\s*(?P<words>[^\n]{1,70}?)\s*[)\]]?\s*\.?\s*\Z")

TURN = re.compile(r"\s*[A-Z][A-Za-z]{0,14}(?:[ _-]?\d{1,3})?\s?:\s?\S")
"""The beginning of somebody's turn in a talk, which names nobody but the one who goes on to speak."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A speaker tag: view[start:end], brackets included, and the words in it. `is_firm` tells that nothing else can
    be meant there: it stands behind a closing mark or the end of a sentence."""

    start: int
    end: int
    words: str
    is_firm: bool

    @property
    def in_brackets(self) -> bool:
        """Whether brackets set it off from the words before it."""
        return self.end - self.start > len(self.words) + 1


def find_tags(
    text: str,
    start: int,
    end: int,
    roles: RoleIndex,
    names: frozenset[str] = frozenset(),
    firsts: frozenset[str] = frozenset(),
) -> list[Tag]:
    """Return the speaker tags of view[start:end] in order; `names` are those that `names_of_speakers` finds, `firsts`
    the first names that stand behind a comma.

    A bracket is a tag when it stands behind a finished sentence or a quotation, or ends one, and holds what names a
    speaker: a role in the singular, the number of a participant, sex and age, a first name behind quoted words.
    """
    found = [
        *_bracketed(text, start, end, roles, names),
        *_bare(text, start, end),
        *_last(text, start, end, roles, firsts),
    ]
    return first_of(found)


def first_of(tags: Iterable[Tag]) -> list[Tag]:
    """Return tags in order, without those that begin inside another; of two that begin together the longer one."""
    kept: list[Tag] = []
    for tag in sorted(tags, key=lambda t: (t.start, -t.end)):
        if not kept or tag.start >= kept[-1].end:
            kept.append(tag)
    return kept


def tag_line(text: str, start: int, end: int, roles: RoleIndex) -> Tag | None:
    """Return the tag that view[start:end] is made of, if it is a short line that only names a speaker."""
    found = _LINE.match(text, start, end)
    if found is None or TURN.match(text, start, end):
        return None
    words = found.group("words").strip()
    if len(words.split()) > 8 or _NO_SPEAKER.search(words) or not (role_in(words, roles) or is_person(words)):
        return None
    return Tag(start, end, words, True)


def tag_within(words: str) -> tuple[int, str] | None:
    """Return where a participant's number at the end of quoted words begins and the number: "they wait, P01", or
    what names a person there in brackets: "they wait (P01)"."""
    found = _WITHIN.search(words)
    if found is None and (bracket := _BRACKET_WITHIN.search(words)) and is_person(bracket.group("words")):
        found = bracket
    return (found.start(), found.group("words")) if found else None


def is_patient_like(words: str) -> bool:
    """Say whether a tag gives an age or a sex and no number: as papers describe patients rather than professionals."""
    return _PERSON.search(words) is not None and not any(_ID.match(part) for part in _parts(words))


def has_sex_and_age(tag: Tag) -> bool:
    """Say whether a tag gives two signs of a person, such as sex and age: "unaffected female, 28 years"."""
    return _describes(tag.words)


def _describes(words: str) -> bool:
    return sum(_PERSON.search(part) is not None for part in _parts(words)) > 1


def is_person(words: str) -> bool:
    """Say whether the words of a tag describe a person by number, sex or age, whatever their role.

    >>> is_person("Female, 46"), is_person("Participant 12"), is_person("see Table 2")
    (True, True, False)
    """
    if _NO_SPEAKER.search(words):
        return False
    return any(_ID.match(part) or _PERSON.search(part) or _ID_FIRST.match(part) for part in _parts(words))


def names_session(words: str) -> bool:
    """Say whether a tag tells only in which talk or phase something was said, not by whom.

    >>> names_session("Phase 2, FG1"), names_session("Round 3"), names_session("P7, FG1"), names_session("Nurse")
    (True, True, False, False)
    """
    parts = _parts(words)
    return bool(parts) and all(_SESSION.search(part) or _ROUND.match(part) for part in parts)


def _parts(words: str) -> list[str]:
    """Return the parts of a tag, without brackets inside it: "GP4 (rural), north" has "GP4" and "north"."""
    return [part for part in _SPLIT.split(_INNER.sub("", words).strip()) if part]


def code_parts(words: str) -> list[str]:
    """Return the letters that a speaker's code is made of, none where a tag is no code.

    >>> code_parts("FGD-NORTH-CM-03"), code_parts("Nurse 3")
    (['FGD', 'NORTH', 'CM'], [])
    """
    return re.findall(r"[A-Z]{2,}", words) if re.fullmatch(_CODE, words) else []


def is_aside(words: str) -> bool:
    """Say whether the words of a bracket tell what was heard: "laughs", "long pause"."""
    return _ASIDES.match(words) is not None


def names_no_speaker(words: str) -> bool:
    """Say whether the words of a bracket hold what a speaker's tag never does: a year, a table, a stage direction."""
    return _NO_SPEAKER.search(words) is not None


def explains_letters(words: str) -> bool:
    """Say whether words only tell what letters stand for: "GP, general practitioner"."""
    gloss = _GLOSS.fullmatch(words)
    return gloss is not None and matches_initials(gloss.group("short"), gloss.group("long"))


def role_in(words: str, roles: RoleIndex) -> str | None:
    """Return the role that a tag, its first part or that part without its number names."""
    first = next(iter(_parts(words)), "")
    return roles.resolve(words) or roles.resolve(first) or roles.resolve(first.rstrip(" 0123456789#-"))


def _bracketed(text: str, start: int, end: int, roles: RoleIndex, names: frozenset[str]) -> Iterator[Tag]:
    for match in _BRACKET.finditer(text, start, end):
        words = match.group("words").strip()
        before = text[start : match.start()].rstrip()
        begin = match.start()
        if before.endswith(_DASHES) and (dash := _MARK_AND_DASH.search(before)):
            before, begin = before[: dash.start("dash")].rstrip(), start + dash.start("dash")
        after = text[match.end() : end]
        last = before[-1:]
        quoted = last in _QUOTED or (last in ".,;" and before[-2:-1] in _QUOTED)
        finished = quoted or last in _ENDS
        begins = finished and _STARTS.match(after.lstrip(".;, "))
        said = _QUOTED_WORDS.search(before) if quoted else None
        speech = said is not None and speech_score(said.group()) > 0
        known = (words in names and after[:1] in ".;, \n") or (quoted and _ID.match(words) is not None)
        known = known or PSEUDONYM.match(words) is not None
        described = not finished and _describes(words) and _STARTS.match(after)
        if not before or not (begins or known or described or speech or _CLOSES.match(after)):
            continue
        if not finished and matches_initials(words, " ".join(before.split()[-len(words) :])):
            continue
        known = known and not _NO_SPEAKER.search(words)
        if known or _names_speaker(words, match.span(), roles, quoted=quoted, finished=finished):
            yield Tag(begin, match.end(), words, finished or known)


def _names_speaker(words: str, span: tuple[int, int], roles: RoleIndex, *, quoted: bool, finished: bool) -> bool:
    if _NO_SPEAKER.search(words) or len(words.split()) > 14:
        return False
    if explains_letters(words):
        return False
    if _NUMBERS.match(words):
        return False
    parts = _parts(words)
    if _describes(words):
        return not _BOTH.search(words)
    described = any(_PERSON.search(part) for part in parts)
    if not finished and (not words[0].isupper() or len(words.split()) > 6):
        return False
    numbered = sum(_ID.match(part) is not None for part in parts)
    if numbered > 1 and not finished:
        return False
    if numbered and (finished or len(re.sub(r"[^A-Za-z]", "", words)) > 1):
        return True
    if finished and _SESSION.search(words):
        return True
    mentions = roles.between(*span)
    if role_in(words, roles) or (mentions and finished):
        return _is_singular(words, parts)
    return (described and finished) or (quoted and _NAME.match(words) is not None)


def _is_singular(words: str, parts: list[str]) -> bool:
    """Say whether a role in brackets is one speaker: not a group, and no gloss of many words."""
    if any(_PLACE.search(part) for part in parts[1:]):
        return True
    head = parts[0].split(" ")[-1] if parts else ""
    plural = head.endswith("s") and not head.endswith(("ss", "us")) and not re.search(r"\d", words)
    return not plural and len(words.split()) <= 9 and not _JOINING.match(words)


def _bare(text: str, start: int, end: int) -> Iterator[Tag]:
    """Yield numbers and codes of participants without brackets behind a sentence: "... to go there. GP65 (Rural)." """
    for match in _BARE.finditer(text, start, end):
        before = text[start : match.start()]
        bare = before.rstrip()
        if not bare or len(bare) == len(before) or bare[-1] not in _ENDS + _QUOTED:
            continue
        words = match.group("words")
        if text[match.end() : match.end() + 1].isalnum() and not match.group("stop") and words[-1] != ")":
            continue
        if _BARE_ID.match(words) and _ID.match(words.split(" (")[0].split("(")[0].strip()):
            yield Tag(match.start(), match.start() + len(words), words, True)
    for match in _BARE_CODE.finditer(text, start, end):
        if match.start() > start and _ID.match(match.group("words")):
            yield Tag(match.start("words"), match.end(), match.group("words"), True)


def _last(text: str, start: int, end: int, roles: RoleIndex, firsts: frozenset[str]) -> Iterator[Tag]:
    """Yield the speaker at the end of a block: behind a dash, or as "Woman, group 3" behind the last sentence."""
    dashed = _DASHED.search(text, max(start, end - 110), end)
    if dashed is not None and dashed.start() > start and text[dashed.start() - 1] in _ENDS + _QUOTED + " “":
        before = text[start : dashed.start()].rstrip().removesuffix("“")
        words = dashed.group("words").strip()
        ended = before and before[-1] in _ENDS + _QUOTED and not _NO_SPEAKER.search(words)
        named = words in firsts or role_in(words, roles) or roles.between(dashed.start(), dashed.end())
        session = before[-1:] in _QUOTED and names_session(words)
        if ended and (named or is_person(words) or _GROUP.search(words) or session):
            yield Tag(dashed.start(), dashed.end(), words, True)
    trailing = _TRAILING.search(text, max(start, end - 90), end)
    if trailing is not None and is_person(trailing.group("words")):
        yield Tag(trailing.start("words"), trailing.end("words"), trailing.group("words"), True)
    behind = _BEHIND_COMMA.search(text, max(start, end - 90), end)
    who = _VERB_BEHIND.sub("", behind.group("words")) if behind is not None else ""
    if behind is not None and (is_person(who) or role_in(who, roles) or who in firsts):
        yield Tag(behind.start("words"), behind.end("words"), who, True)
