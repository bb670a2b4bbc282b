"""Who took part in a study: numbers asked, declined and interviewed, and groups of participants."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.extract.study_numbers import NUMBER, number_of
from ingest.extract.study_rules import Rule, apply, rule
from ingest.extract.study_text import Found, Line, say, trim

_HEAD = (
    r"(?:participants?|patients?|respondents?|interviewees?|informants?|individuals?|people|persons?|adults?|women"
    r"|men|females?|males?|mothers?|fathers?"
    r"|parents?|carers?|caregivers?|famil(?:y members|ies)|relatives|children|adolescents|youths?|students?|pupils"
    r"|girls?|boys?|providers?|professionals?|practitioners?"
    r"|clinicians?|physicians?|doctors?|(?-i:GPs?|PCPs?|PNs?|NPs?|PAs?|HCPs?|HCWs?|CHWs?|MDs?|RNs?|LPNs?)|nurses?"
    r"|midwi(?:fe|ves)|pharmacists?|social workers?|therapists?|physiotherapists?"
    r"|psychologists?|psychiatrists?|dietit?ians?|nutritionists?|podiatrists?|managers?|administrators?"
    r"|co-?ordinators?|counsell?ors?|workers?|staff|personnel|leaders?|officers?"
    r"|assistants?|tutors?|teachers?|trainers?|coaches|volunteers?|experts?|stakeholders?|policy[- ]?makers?"
    r"|decision[- ]?makers?|investigators?|specialists?|surgeons?|oncologists?"
    r"|cardiologists?|geriatricians?|p(?:a?e)diatricians?|obstetricians?|residents?|trainees?|members?|users?"
    r"|clients?|survivors?|veterans?|facilitators?|navigators?|educators?"
    r"|(?-i:[A-Z]{2,5}s)|couples?|dyads?|households?|consultants?|technicians?|receptionists?|supervisors?|directors?"
    r"|researchers?|advanced[- ]practice nurses?|(?:older|young|younger) (?:adults|people))"
)
_STOP = (
    r"(?:of|the|to|in|and|or|with|for|from|by|at|on|were|was|are|is|had|have|has|who|which|that|years?|months?|weeks?"
    r"|days?|hours?|min|minutes?|per|cent|percent|times|than|"
    r"interviews?|focus|groups?|sites?|clinics?|practices?|hospitals?|different|types?|kinds?|rounds?|cities|towns"
    r"|themes?|items|codes|transcripts|studies|other|additional|more|further|our|"
    r"independent|trained|experienced|research|as|their|each|all|its|these|those|if|when|not|but|after|before|during"
    r"|between|about|said|between|because|so)"
)
GROUP = re.compile(
    rf"(?<![\w.,–-])(?P<n>{NUMBER})(?: \(\d+(?:\.\d+)?\s?%\))?[ \u00a0](?P<label>(?:(?!{_STOP}\b)[\w’'/+-]+,? "
    rf"(?:\([A-Z]{{2,6}}\) )?){{0,4}}?{_HEAD}(?: {_HEAD})?)\b(?P<more> \([^()]{{2,120}}\))?"
    rf"(?![\w-])(?! (?:groups?|interviews?|transcripts?|sites?|visits?))",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\(\s?[nN]\s?=\s?(?P<n>\d[\d,]*)(?:[;,]? ?\d+(?:\.\d+)?\s?%)?\s?\)")
_COLON = re.compile(r"(?P<label>\b[A-Z][\w/&-]*(?: [\w/&-]+){0,3}): (?P<n>\d{1,4})\b(?!\.\d|%|:)")
_PART = re.compile(
    rf"(?<![\w.,–-])(?P<n>{NUMBER})(?: \(\d+(?:\.\d+)?\s?%\))? (?P<label>(?:were |was )?(?:from|in|assigned to"
    rf"|randomi[sz]ed to|allocated to|identified as|aged|women|men|female|male)\b[^.,;()]{{0,60}})",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"(?P<n>\d{1,5}) \(\d+(?:\.\d+)?\s?%\) (?P<label>(?:were |was |had |have |completed|agreed|declined|participated"
    r"|responded|reported being|attended)[^.,;()]{0,80})"
)
_TOOK_PART = re.compile(
    r"\b(?:participat\w+|took part|interviewed|recruit\w*|enrol\w*|consent\w*|agreed|approached|invited|declin\w+"
    r"|refused|withdr\w+|compris\w+|consist\w*|sampled?|took part|attended|completed|randomi[sz]ed|assigned"
    r"|there were|of (?:these|those|whom|them)|of the \d+|the majority|years old"
    r"|allocated|included|eligible|respon(?:ded|dents)|composed|focus groups? (?:with|of)|a total of|aged"
    r"|were (?:wo)?men|(?:fe)?male)\b",
    re.IGNORECASE,
)
_SPOKE = re.compile(
    r"\b(?:said|stated|reported (?!being)|felt|described|noted|explained|mentioned|believed|thought|expressed"
    r"|highlighted|suggested|indicated|emphasi[sz]ed|perceived|viewed|wanted|commented|saw|argued|"
    r"acknowledged|appreciated|recalled|admitted|preferred|shared)\b",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\bet al\b|\b(?:previous|prior|earlier|another|other) (?:study|studies|trials?|research|work)\b|\bincidence"
    r"|\bprevalence|worldwide",
    re.IGNORECASE,
)

_PEOPLE = rf"(?:(?!{_STOP}\b)[\w’'/+-]+ ){{0,5}}?{_HEAD}"
_N = rf"(?P<v>{NUMBER})"
_WHERE = "methods abstract results limitations"

FLOW: tuple[Rule, ...] = (
    rule(
        "n_approached",
        rf"\b(?:approached|invited|contacted|e-?mailed|sent invitations to) (?:a total of "
        rf"|all )?{_N} {_PEOPLE}(?: by e-?mail| by phone| by letter)?"
        rf"|\b(?P<w>{NUMBER}) {_PEOPLE} (?:were|was) (?:\w+ )?(?:approached|invited|contacted|asked to)"
        rf"|\bof (?:the )?(?P<x>{NUMBER}) {_PEOPLE} (?:who were )?(?:approached|invited|contacted)",
        where=_WHERE,
        near="approach invit contact mail asked",
    ),
    rule(
        "n_eligible",
        rf"\b{_N} (?:{_PEOPLE} )?(?:were|was) (?:found |deemed )?eligible\b|\b(?P<w>{NUMBER}) eligible {_PEOPLE}",
        where=_WHERE,
        near="eligible",
    ),
    rule(
        "n_scheduled",
        rf"\bscheduled {_N} (?:interviews?|{_PEOPLE})|\b(?P<w>{NUMBER}) (?:interviews|{_PEOPLE}) were scheduled",
        where=_WHERE,
        near="scheduled",
    ),
    rule(
        "n_completed",
        rf"\bcompleted {_N}\b(?! (?:\w+ )?(?:rounds|phases|stages|weeks|months|hours|items))(?: (?:of the "
        rf"|\w+[- ]){{0,3}}?(?:interviews|focus groups|{_HEAD}))?|\b(?P<w>{NUMBER}) (?:{_PEOPLE} )?completed (?:the "
        rf"|an? |their )?(?:\w+ )?(?:interviews?|study|trial|focus)",
        where=_WHERE,
        near="completed",
    ),
    rule(
        "n_declined",
        rf"\b{_N} (?:{_PEOPLE} )?(?:\(\d+(?:\.\d+)? ?%\) )?(?:declined|refused|did not (?:respond|consent|wish"
        rf"|agree))\b",
        where=_WHERE,
        near="declin refus did",
    ),
    rule(
        "n_withdrew",
        rf"\b{_N} (?:{_PEOPLE} )?(?:withdrew|dropped out|were lost to follow[- ]up|were withdrawn)\b",
        where=_WHERE,
        near="withdr dropped lost",
    ),
    rule(
        "n_participants",
        rf"\b(?:interviewed|recruited|enrolled|included|surveyed) (?:a total of "
        rf"|all )?(?:(?-i:[Nn]) ?= ?)?{_N} {_PEOPLE}",
        where=_WHERE,
        near="interviewed recruited enrolled included surveyed",
    ),
    rule(
        "n_participants",
        rf"\b(?:a )?total (?:number )?of {_N} (?:\w+ )?{_PEOPLE}(?: (?:\w+ )?(?:participated|took part|agreed"
        rf"|consented|enrolled|attended|were (?:\w+ )?(?:interviewed|recruited|included|enrolled)))?",
        where=_WHERE,
        near="total",
    ),
    rule(
        "n_participants",
        rf"\b{_N} (?:(?:(?-i:[A-Z]{{2,4}} and {NUMBER} [A-Z]{{2,4}}) )?{_PEOPLE} )(?:\([^()]*\) )?(?:(?!who|that"
        rf"|which)\w+ )?(?:participated|took part|agreed|consented|enrolled|were (?:\w+ )?(?:interviewed|recruited"
        rf"|included|enrolled))\b(?: in (?:the|this) (?:study|interviews?|trial))?",
        where=_WHERE,
        near="participated part agreed consented enrolled were",
    ),
    rule(
        "n_participants",
        rf"\b(?:and|of (?:which|whom)) {_N} (?:agreed|consented|participated|took part"
        rf"|were interviewed)\b(?: to (?:participate|be interviewed|take part))?(?: \(\d+(?:\.\d+)? ?%\))?",
        where=_WHERE,
        near="agreed consented participated part interviewed",
    ),
    rule(
        "n_participants",
        r"\b(?:we )?(?:recruited|interviewed|enrolled|interviews with"
        r"|recruitment of) (?-i:[Nn]) ?= ?(?P<v>\d+)\b[^.;,()]{0,60}",
        where=_WHERE,
        near="recruit interview enrolled",
    ),
    rule(
        "n_participants",
        r"\b(?-i:[Nn]) ?= ?(?P<v>\d+) (?:\w+ )?(?:enrolled|participated|recruited|included|randomi[sz]ed"
        r"|interviewed)\b",
        where=_WHERE,
        near="enrolled participated recruited included randomi interviewed",
    ),
    rule(
        "n_participants",
        rf"\b(?:(?:qualitative|study|final|participant) )?(?:sample|participants|study population|cohort) (?:was "
        rf"|were )?(?:consisted of|comprised(?: of)?|included|composed of|made up of|totall?ed) {_N} {_PEOPLE}",
        where=_WHERE,
        near="consist compris includ compos made total",
    ),
    rule(
        "n_participants",
        rf"\binterviews? (?:were |was )?(?:conducted|carried out|held|completed|undertaken) with {_N} {_PEOPLE}",
        where=_WHERE,
        near="interview",
    ),
    rule(
        "age",
        r"\b(?:aged?|ages|mean age|median age|age range|average age)\b[^.;]{0,40}?\d{1,3}(?:\.\d+)?(?: ?(?:[-–—]|to"
        r"|and) ?\d{1,3})?(?: years?)?(?: or (?:over|older|above))?",
        where="methods abstract results",
        near="age",
    ),
)
"""Rules for the flow of participants."""

_NAMED = re.compile(rf"\b(?:(?!{_STOP}\b)[\w’'/+-]+ ){{0,4}}?{_HEAD}(?: {_HEAD})?\b", re.IGNORECASE)
_STAGES = (
    ("approached", r"\b(?:approached|invited|contacted)\b"),
    ("declined", r"\b(?:declined|refused)\b"),
    ("withdrew", r"\b(?:withdrew|dropped out)\b"),
    ("scheduled", r"\bscheduled\b"),
    ("eligible", r"\beligible\b"),
    ("completed", r"\b(?:interviewed|completed|participated|took part|included)\b"),
)


@dataclass(frozen=True, slots=True)
class Group:
    """A number of people as a sentence reports it, by view offsets; `credentials` is a bracket that lists titles."""

    label: str
    n: int
    start: int
    end: int
    stage: str | None = None
    credentials: tuple[int, int] | None = None


def flow(lines: Iterable[Line]) -> Iterator[Found]:
    """Yield how many were approached, eligible, scheduled, declined, and took part; values are digits."""
    for found in apply(FLOW, [line for line in lines if counts_people(line)], chosen=True):
        if found.field == "age":
            yield found
            continue
        number = _number_in(found.value)
        if number is not None and (number > 1 or found.field != "n_participants"):
            yield Found(found.field, str(number), found.start, found.end)


def groups(lines: Sequence[Line]) -> Iterator[Group]:
    """Yield the groups of people that sentences about the sample count, outer groups before those in their brackets."""
    for line in lines:
        if counts_people(line):
            yield from _in_line(line)


def counts_people(line: Line) -> bool:
    """Return whether the numbers of people in a sentence are of those who took part in the study: not of what
    participants said, nor of other studies."""
    if _ELSEWHERE.search(line.text):
        return False
    if line.kind == "methods":
        return True
    took_part = _TOOK_PART.search(line.text) is not None
    if line.in_abstract or line.kind == "results":
        return took_part and not _SPOKE.search(line.text)
    return (
        line.kind in ("discussion", "limitations", "other") and line.own and took_part and not _SPOKE.search(line.text)
    )


def _in_line(line: Line) -> Iterator[Group]:
    taken: list[tuple[int, int]] = []
    for pattern in (GROUP, _COUNTED, _COLON, _PART, _SHARE):
        matches = list(pattern.finditer(line.text))
        if pattern is _COLON and len(matches) < 2:
            continue
        if pattern is _PART and (not _TOOK_PART.search(line.text) or _THINGS.search(line.text)):
            continue
        for match in matches:
            group = _group(line, match, pattern)
            if group is None or any(a < group.end and group.start < b for a, b in taken):
                continue
            taken.append((group.start, group.end))
            yield group
            if pattern is GROUP and match["more"]:
                yield from _nested(line, match)


_JOINED = re.compile(r"(?:and|or|respectively)\b")
_THINGS = re.compile(
    r"\b(?:examples?|excerpts?|quot(?:es?|ations?)|codes?|segments|statements|articles)\b", re.IGNORECASE
)
_PLANNED = re.compile(r"\b(?:target\w*|planned|required|needed)\b", re.IGNORECASE)
_VAGUE = re.compile(
    r"\b(?:at least|up to|more than|less than|fewer than|over|about|around|approximately|every|each|per|minimum of"
    r"|maximum of|or) $",
    re.IGNORECASE,
)
_ANALYSTS = re.compile(
    r"\b(?:researchers?|investigators?|authors?|coders?|analysts?|research assistants?|interviewers?|moderators?"
    r"|raters?|reviewers?)\b",
    re.IGNORECASE,
)


def _group(line: Line, match: re.Match[str], pattern: re.Pattern[str]) -> Group | None:
    number = number_of(match["n"])
    if (
        _VAGUE.search(line.text[: match.start()])
        or _ANALYSTS.search(match.group())
        or _PLANNED.search(line.text[match.start() : match.end() + 12])
    ):
        return None
    if number is None or (number > 1900 and number < 2030 and "," not in match["n"]):
        return None
    if pattern is _COUNTED:
        start = _phrase_before(line.text, match.start())
        label = say(line.text[start : match.start()])
        if label.endswith("%") or not label:
            start, label = match.start(), say(re.split(r"[.,;()]", line.text[match.end() :])[0])
            end = match.end() + len(re.split(r"[.,;()]", line.text[match.end() :])[0])
            return (
                Group(label, number, line.start + start, line.start + end)
                if label and not _JOINED.match(label)
                else None
            )
        return Group(label, number, line.start + start, line.start + match.end())
    label = say(match["label"])
    if number == 1 and match["n"].casefold() == "one" and pattern is not GROUP:
        return None
    credentials = None
    start, end = match.span()
    more = match.groupdict().get("more")
    if more and re.fullmatch(r" \((?:[A-Z]{2,4}s?(?:, (?:and )?| and )?)+\)", more):
        credentials = (line.start + match.start("more") + 2, line.start + match.end("more") - 1)
    elif more and not re.search(rf"(?:{NUMBER}) ", more, re.IGNORECASE):
        end = match.start("more")
    start, end = trim(line.text, start, end)
    return Group(label, number, line.start + start, line.start + end, _stage(line.text, match), credentials)


def _nested(line: Line, match: re.Match[str]) -> Iterator[Group]:
    start = match.start("more")
    inner = Line(
        match["more"],
        line.start + start,
        line.start + match.end(),
        line.kind,
        line.heading,
        line.in_abstract,
        line.block,
        line.own,
    )
    yield from _in_line(inner)


def _phrase_before(text: str, end: int) -> int:
    heads = [m for m in _NAMED.finditer(text, max(0, end - 90), end) if not re.search(r"[.;:()]", text[m.end() : end])]
    if heads:
        return heads[-1].start()
    cuts = [
        m.end()
        for m in re.finditer(
            r"[.,;:()]\s*|\b(?:and|or|with|of|were|was|included|including|comprised|interviewed)\s+",
            text[:end],
            re.IGNORECASE,
        )
        if m.end() < end - 2
    ]
    return max(cuts[-1] if cuts else 0, 0)


def _stage(text: str, match: re.Match[str]) -> str | None:
    around = text[max(0, match.start() - 30) : match.end() + 30]
    return next((stage for stage, pattern in _STAGES if re.search(pattern, around, re.IGNORECASE)), None)


def _number_in(words: str) -> int | None:
    direct = number_of(words)
    if direct is not None:
        return direct
    found = re.search(rf"\b{NUMBER}\b", words, re.IGNORECASE)
    return number_of(found.group()) if found else None
