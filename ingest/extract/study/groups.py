"""Groups of people that took part in a study, as sentences count them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.extract.context import RoleIndex
from ingest.extract.screening import Pattern
from ingest.extract.study.numbers import NUMBER, number_of
from ingest.extract.study.people import HEAD, STOP, TOOK_PART, is_planned
from ingest.extract.study.text import FUTURE, Line, say, trim

_NAME = (
    rf"(?:(?!{STOP}\b)[\w-]*[a-rt-z] and (?!{NUMBER}\b))?"
    rf"(?:(?!{STOP}\b|(?<=, ){NUMBER} )[\w’'/+-]+,? (?:\([A-Z]{{2,6}}\) )?){{0,4}}?{HEAD}(?: {HEAD})?"
)
_ITEM = rf"(?!(?:{NUMBER}|an?|the|one|some|many)\b)(?:(?!{STOP}\b|\d)[\w’'/+-]+ ){{0,5}}?{HEAD}\b(?! ?\()"
_TOGETHER = re.compile(rf"(?:, {_ITEM})*+,? and {_ITEM}(?! (?:separately|respectively|each)\b)", re.IGNORECASE)
"""Who else is counted by the number before the first: "14 nurses and doctors"."""
_PLACES = (
    r"(?:groups?|interviews?|transcripts?|sites?|visits?|surger(?:y|ies)|practices?|clinics?|settings?|offices?"
    r"|services?|trusts?)"
)
_OUT_OF = (
    rf"(?: (?:out )?of (?:an? |the )?(?:total (?:number )?(?:of )?)?(?:the |all )?{NUMBER}"
    r"| of (?:these|those|the|our))"
)
_NO_STAGE = "".join(f"(?<!{word} )" for word in ("stage", "phase", "step", "part", "study", "wave", "round", "table"))
"""What is numbered itself: "stage 1 involved 15 participants"."""
_GROUP = Pattern(
    rf"{_NO_STAGE}(?<![\w.,–-])"
    rf"(?P<n>{NUMBER})(?: \(\d+(?:\.\d+)?\s?%\)|(?P<of>{_OUT_OF}))?(?: (?:were|are|additional|further))? "
    rf"(?P<label>{_NAME})\b"
    rf"(?P<more> \([^()]{{2,120}}\))?(?![\w/-])(?! {_PLACES}\b)",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\(\s?[nN]\s?=\s?(?P<n>\d[\d,]*)(?:[;,]? ?\d+(?:\.\d+)?\s?%)?\s?\)")
_BARE = Pattern(r"(?<=[a-z] )\((?P<n>\d{1,4})\)")
"""Numbers of people in brackets, of an abstract, which cites nothing: "managers (9) and nurses (24)"."""
_LISTED = Pattern(r"(?P<label>\b[A-Z][\w/&-]*(?: [\w/&-]+){0,3}): (?P<n>\d{1,4})\b(?!\.\d|%|:)")
_PART = Pattern(
    rf"(?<![\w.,–-])(?P<n>{NUMBER})(?: \(\d+(?:\.\d+)?\s?%\))? (?P<label>(?:were |was )?(?:from|in(?! (?:total|all"
    rf"|each))|assigned to"
    rf"|randomi[sz]ed to|allocated to|identified as|aged|women|men|female|male)\b(?!-)(?:(?! and (?:\d"
    rf"|{NUMBER}))[^.,;()]){{0,60}})",
    re.IGNORECASE,
)
_SHARE = Pattern(
    r"(?P<n>\d{1,5}) \(\d+(?:\.\d+)?\s?%\) (?P<label>(?:were |was |had |have |completed|agreed|declined|participated"
    r"|responded(?! that\b)|reported being|attended)[^.,;()]{0,80})"
)
_SHARED_OUT = re.compile(r"(?:(?<=\()|[,;] | and )(?P<n>\d{1,4}) (?P<label>[a-zA-Z][a-zA-Z -]{2,40}?)(?=[,;)]| and \d)")
_NAMED = re.compile(rf"\b{_NAME}\b", re.IGNORECASE)
_ALSO = re.compile(
    r"\b(?:receiv\w*|enrol\w*|assigned|randomi\w*|complet\w*|participat\w*|interview\w*|declin\w*|withdr\w*|fe?male"
    r"|arms?"
    r"|groups?|control|intervention|condition)\b",
    re.IGNORECASE,
)
_BOUNDARY = re.compile(
    r"[.,;:()]\s*|\b(?:and|or|with|of|were|was|included|including|comprised|interviewed)\s+", re.IGNORECASE
)
_NOT_PEOPLE = re.compile(
    r"\b(?:focus groups?|interviews?|sessions?|clinics?|sites?|schools?|practices?|hospitals?)$", re.IGNORECASE
)
_JOINED = re.compile(r"(?:and|or|respectively)\b")
_THINGS = Pattern(
    r"\b(?:examples?|excerpts?|quot(?:es?|ations?)|codes?|segments|statements|articles|tasks"
    r"|items|lessons|modules)\b",
    re.IGNORECASE,
)
_VAGUE = Pattern(
    r"\b(?:at least|up to|more than|less than|fewer than|over|about|around|approximately|every|each|per|minimum of"
    r"|maximum of|or|(?<=\w )out of(?: the| a total of)?"
    r"|from (?:an? |the )(?:\w+ ){0,2}(?:cohort|population|pool|list|database|regist(?:er|ry)) of"
    r"|except(?: for)?(?: the)?) $",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(r"\b(?:fe)?male\Z", re.IGNORECASE)
_THING = re.compile(r" (?!(?:and|or|were|was|who|with|aged|from|in|to|at|but|participa\w+|took)\b)[a-z]{3}")
"""Whose sex is told: "two female camels" are no people."""
_ONE_OF = re.compile(r"one of\b", re.IGNORECASE)
_RANGE = re.compile(
    rf"\b(?:{NUMBER} (?:to|or)|between {NUMBER} and|(?:each|every|per) (?:\w+ ){{1,3}}\w+) $", re.IGNORECASE
)
_FRACTION = re.compile(rf"\b{NUMBER} of (?:the )?$", re.IGNORECASE)
"""What stands before the whole of which a number was a part."""
_AVERAGED = re.compile(r"\b(?:median|mean|average) number\b", re.IGNORECASE)
_ANALYSTS = re.compile(
    r"\b(?:researchers?|investigators?|authors?|coders?|analysts?|research assistants?|interviewers?|moderators?"
    r"|raters?|reviewers?)\b",
    re.IGNORECASE,
)
_DOING = re.compile(
    r"(?: \([^()]*\)|,? (?:who|independently|separately|then|also|jointly))* (?:reviewed|coded|analy[sz]ed|transcribed"
    r"|translated|validated|conducted|carried out|moderated|facilitated|rated|extracted|developed|pilot\w+|led"
    r"|interviewed|checked|observed)\b(?! (?:by|in|with|at|using|as)\b)"
)
"""What those do behind whom it stands who did the study, and did not take part in it."""
_ASKED = re.compile(
    r"\b(?:participat\w+|took part|interview\w*|agree\w*|consent\w*|complet\w*|declin\w*|refus\w*|withdr\w*|dropped"
    r"|lost to|respond(?:ed|ing)?|return\w*|recruit\w*|enrol\w*|attend\w*|invit\w*|approach\w*|eligible"
    r"|includ\w*|randomi\w*)\b",
    re.IGNORECASE,
)
_ABSENT = re.compile(
    r"(?: \([^()]*\))?(?: who)? (?:(?:were|was|did|do|had|could|would) not\b|(?:(?:were|was|are"
    r"|is) )?(?:\w+ )?(?:employed"
    r"|detected|diagnosed|registered|hospitali[sz]ed)\b)"
)
"""What tells of people who did not take part, or whom the place of the study has."""
_OUT = re.compile(r" (?:\(\d+(?:\.\d+)? ?%\) )?out of\b")
_WHOLE = re.compile(
    r"(?:\w*(?:s|staff|personnel|faculty|people|men|children|females?|males?|elderly|youth|kin|crew|police|management"
    r"|leadership|clergy)|(?-i:[A-Z]+))(?: \([A-Z]{2,6}\))?$",
    re.IGNORECASE,
)
"""The last word of what several people are called: "12 patient observations" are no patients."""
_INITIALS = re.compile(r"[A-Z]{2,5}s$")
_KINDS = Pattern(r"\b(?:species|genera|taxa)\b", re.IGNORECASE)
_TITLES = re.compile(r" \([A-Z]{2,4}s?(?:(?:, (?:and )?| and )[A-Z]{2,4}s?)+\)")
_COUNTS = re.compile(rf"{NUMBER} ", re.IGNORECASE)
_STAGES = tuple(
    (stage, re.compile(rf"\b(?:{source})\b", re.IGNORECASE))
    for stage, source in (
        ("approached", "approached|invited|contacted"),
        ("declined", "declined|refused"),
        ("withdrew", "withdrew|dropped out"),
        ("scheduled", "scheduled"),
        ("eligible", "eligible"),
        ("completed", "interviewed|completed|participated|took part|included"),
    )
)
_BEFORE_ROLE = Pattern(
    rf"(?<![\w.,–-])(?P<n>{NUMBER})(?P<of>{_OUT_OF})? (?:(?:were|are) )?(?:(?!{STOP}\b)[\w-]+ ){{0,2}}$", re.IGNORECASE
)
_ARE = re.compile(r" (?:were|are) (?P<sex>women|men|females?|males?)\b", re.IGNORECASE)
_TO_BE = re.compile(r"(?:were|was) |^(?:comprised|included|including|consisted of) ")
_WERE = re.compile(r" (?:were|was) \w+$")
_JOINED_IN = re.compile(r"\b(?:consent\w*|agree\w*|particip\w+|took part|declin\w+|refus\w+|respon\w+)\b")
_MOST = re.compile(
    r"\b(?:majority|half|thirds?|quarters?|most|some|many|few|minority)(?: of)?(?: the| our| these)? $",
    re.IGNORECASE,
)
_NEXT = re.compile(r"(?<=\w)(?:,| and| while| but|;) (?=(?:\w+ ){0,2}\d)|(?:,|;) (?:and|but|while)\b")
_JOINED_TO = re.compile(r"\b\w+ed (?:and|while|but) \Z")
_VERB = re.compile(r"\w+ (?:(?:a total of|all|the) )?\Z")
_NEAR = 30
_CLOSE = 40
_FAR = 90


@dataclass(frozen=True, slots=True)
class Group:
    """A number of people as the text reports it, by view offsets; `credentials` is a bracket that lists titles, `role`
    the IRI of their role where that is known."""

    label: str
    n: int
    start: int
    end: int
    stage: str | None = None
    credentials: tuple[int, int] | None = None
    role: str | None = None


def groups(lines: Sequence[Line], roles: RoleIndex) -> Iterator[Group]:
    """Yield the groups of people that sentences which count people name, outer groups before those in their brackets.

    People are known by the last word of what they are called, or by being a role of the study.
    """
    for line in lines:
        if not FUTURE.search(line.text):
            counted = [group for group in _in_line(line) if are_people(group.label, line, roles)]
            yield from counted
            yield from _of_roles(line, roles, counted)


def are_people(label: str, line: Line, roles: RoleIndex) -> bool:
    """Say whether a name is one of people: initials are where they are a role, families where nobody tells species."""
    if _INITIALS.search(label):
        return roles.resolve(label) is not None or roles.resolve(label.split()[-1]) is not None
    return not (label.endswith("families") and _KINDS.search(line.text))


def _of_roles(line: Line, roles: RoleIndex, counted: Sequence[Group]) -> Iterator[Group]:
    for mention in roles.between(line.start, line.end):
        at = mention.start - line.start
        before = _BEFORE_ROLE.search(line.text[:at])
        start = line.start + before.start("n") if before else mention.start
        known = any(one.start < mention.end and start < one.end for one in counted)
        number = _number(line, before) if before and not known else None
        label = say(line.text[at : mention.end - line.start])
        after = line.text[mention.end - line.start :]
        if before is None or number is None or not are_people(label, line, roles):
            continue
        if (number == 1 or _WHOLE.search(label)) and _took_part(line, number, before["of"] or "", after):
            yield Group(label, number, start, mention.end, _stage(line.text, at))


def _in_line(line: Line) -> Iterator[Group]:
    taken: list[tuple[int, int]] = []
    for pattern in (_GROUP, _COUNTED, _BARE, _LISTED, _PART, _SHARE):
        matches = list(pattern.finditer(line.text))
        if pattern in (_LISTED, _BARE) and len(matches) < 2:
            continue
        if pattern is _BARE and not line.in_abstract:
            continue
        things = _THINGS.search(line.text) or _AVERAGED.search(line.text)
        if pattern in (_PART, _SHARE) and (not TOOK_PART.search(line.text) or things):
            continue
        for match in matches:
            number = _number(line, match)
            group = None
            if number is not None:
                of = _bracketed if pattern in (_COUNTED, _BARE) else _named
                group = of(line, match, number)
            if group is None or any(a < group.end and group.start < b for a, b in taken):
                continue
            taken.append((group.start, group.end))
            yield group
            if pattern is _GROUP and match["more"]:
                start = line.start + match.start("more")
                inside = line._replace(text=match["more"], start=start, end=start + len(match["more"]))
                yield from list(_in_line(inside)) or _shared_out(inside)


def _shared_out(bracket: Line) -> Iterator[Group]:
    """The groups that a bracket behind a group parts it into by an adjective or a noun: "(7 urban, 5 rural)"."""
    parts = list(_SHARED_OUT.finditer(bracket.text))
    if len(parts) > 1:
        for part in parts:
            start, end = bracket.start + part.start("n"), bracket.start + part.end()
            yield Group(say(part["label"]), int(part["n"]), start, end)


def _number(line: Line, match: re.Match[str]) -> int | None:
    """Return the number of a match, or None where it is vague, planned, a year or one of those who did the study."""
    before = line.text[max(0, match.start() - _FAR) : match.start()]
    if _ONE_OF.match(line.text, match.start("n")) or _RANGE.search(before):
        return None
    if _FRACTION.search(before) and not _ASKED.search(line.text[match.end() : match.end() + _CLOSE]):
        return None
    if _VAGUE.search(before) or _ANALYSTS.search(match.group()) or is_planned(line.text, *match.span()):
        return None
    number = number_of(match["n"])
    year = number is not None and 1900 < number < 2030 and "," not in match["n"]
    return None if year else number


def _named(line: Line, match: re.Match[str], number: int) -> Group | None:
    """The group of a number before its name, with a bracket that counts or lists titles."""
    if number == 1 and match.re is not _GROUP.compiled:
        return None
    if match.re is _GROUP.compiled:
        after = line.text[match.end("label") :]
        several = number == 1 or _WHOLE.search(match["label"]) is not None
        if not several or not _took_part(line, number, match["of"] or "", after):
            return None
    if number > 1 and _ADJECTIVE.search(match["label"]) and _THING.match(line.text, match.end("label")):
        return None
    credentials = None
    start, end = match.span()
    more = match.groupdict().get("more")
    if more and _TITLES.fullmatch(more):
        credentials = (line.start + match.start("more") + 2, line.start + match.end("more") - 1)
    elif more and not _COUNTS.search(more):
        end = match.start("more")
    start, end = trim(line.text, start, end)
    stage = _stage(line.text, match.start())
    label = _TO_BE.sub("", say(match["label"]))
    are = _ARE.match(line.text, end) if match.re is _GROUP.compiled else None
    together = _TOGETHER.match(line.text, end) if match.re is _GROUP.compiled and number > 2 else None
    if are:
        label, end = are["sex"], are.end()
    elif together:
        end = together.end()
        label = say(line.text[match.start("label") : end])
    return Group(label, number, line.start + start, line.start + end, stage, credentials)


def _took_part(line: Line, number: int, of: str, after: str) -> bool:
    """Say whether a sentence counts people as those who took part, not as those of whom something was found, or who
    did the study."""
    if _DOING.match(after) or _ABSENT.match(after):
        return False
    if of or _OUT.match(after):
        return _ASKED.search(re.split(r"[.;:]", after[: _CLOSE if of else _FAR])[0]) is not None
    inside = line.text.startswith(" (")
    return number > 1 or inside or _ASKED.search(line.text) is not None


def _bracketed(line: Line, match: re.Match[str], number: int) -> Group | None:
    """The group of a number in brackets behind its name, or before what it did where a percentage stands before."""
    heads = [
        head
        for head in _NAMED.finditer(line.text, max(0, match.start() - _FAR), match.start())
        if number == 1 or _WHOLE.search(head.group())
    ]
    near = [head for head in heads if not re.search(r"[.;:()]", line.text[head.end() : match.start()])]
    cuts = [cut.end() for cut in _BOUNDARY.finditer(line.text, 0, match.start()) if cut.end() < match.start() - 2]
    start, end = near[-1].start() if near else max(cuts, default=0), match.end()
    label = say(line.text[start : match.start()])
    if label.endswith("%") or not label:
        rest = re.split(r"[.,;()]| and (?=\d)", line.text[end:])[0]
        start, end, label = match.start(), end + len(rest), say(rest)
        if _JOINED.match(label):
            return None
    label = _TO_BE.sub("", _WERE.sub("", label) if near else label)
    if (label.startswith("of ") and not _JOINED_IN.search(label)) or (
        _MOST.search(line.text[:start]) and not _ASKED.search(line.text[end : end + _CLOSE])
    ):
        return None
    if not label or _NOT_PEOPLE.search(label) or not (near or _ALSO.search(label)):
        return None
    return Group(label, number, line.start + start, line.start + end, _stage(line.text, match.start()))


def _stage(text: str, at: int) -> str | None:
    """Return the stage that the verb before a number tells, else the first of the words behind it or before."""
    before = "" if _JOINED_TO.search(text[:at]) else _NEXT.split(text[max(0, at - _NEAR) : at])[-1]
    verb = _VERB.search(before)
    for words in (verb.group() if verb else "", text[at : at + 2 * _NEAR], before):
        found = [(match.start(), stage) for stage, pattern in _STAGES if (match := pattern.search(words))]
        if found:
            return min(found)[1]
    return None
