"""How many people were asked, declined and took part."""

import re
from collections.abc import Iterable, Iterator

from ingest.extract.context import RoleIndex
from ingest.extract.study.groups import are_people
from ingest.extract.study.numbers import NUMBER, number_of
from ingest.extract.study.people import HEAD, PEOPLE, is_planned
from ingest.extract.study.rules import Rule, apply, rule
from ingest.extract.study.text import FUTURE, Found, Line

_N = rf"(?P<v>{NUMBER})"

_OTHERWISE = (
    r" (?:were|was|had|have) (?!(?:then |also |thus |finally |all )?(?:interview|recruit|includ|enrol|involv|invit"
    r"|approach|select|sampl|randomi|survey|eligible|asked|observ|assign|contact|identified|allocat|wom[ae]n"
    r"|m[ae]n|female|male)\w*)"
)
"""What tells that a total is of people of whom the paper reports something else."""

_FLOW: tuple[Rule, ...] = (
    rule(
        "n_approached",
        rf"\b(?:approached|invited|contacted|e-?mailed|sent invitations to) (?:a total of "
        rf"|all )?{_N} {PEOPLE}(?: by e-?mail| by phone| by letter)?"
        rf"|\b(?P<w>{NUMBER}) {PEOPLE} (?:were|was) (?:\w+ )?(?:approached|invited|contacted|asked to)"
        rf"|\bof (?:the )?(?P<x>{NUMBER}) {PEOPLE} (?:who were )?(?:approached|invited|contacted)"
        rf"|\b(?P<y>{NUMBER}) (?:\w+ )?(?:invitations?|letters|e-?mails|packs) (?:were )?(?:sent|mailed|posted)"
        rf"|\bsent (?P<z>{NUMBER}) (?:\w+ )?(?:invitations?|letters|e-?mails|packs)",
        near="approach invit contact mail asked",
    ),
    rule(
        "n_eligible",
        rf"\b{_N} (?:{PEOPLE} )?(?:were|was) (?:found |deemed )?eligible\b|\b(?P<w>{NUMBER}) eligible {PEOPLE}",
        near="eligible",
    ),
    rule(
        "n_scheduled",
        rf"\bscheduled {_N} (?:interviews?|{PEOPLE})|\b(?P<w>{NUMBER}) (?:interviews|{PEOPLE}) were scheduled",
        near="scheduled",
    ),
    rule(
        "n_completed",
        rf"\bcompleted {_N}\b(?! (?:\w+ )?(?:rounds|phases|stages|weeks|months|hours|items|sessions|modules"
        rf"|tasks|questionnaires"
        rf"|lessons|visits|surveys))(?: (?:of the "
        rf"|\w+[- ]){{0,3}}?(?:interviews|focus groups|{HEAD}))?|\b(?P<w>{NUMBER}) (?:{PEOPLE} )?completed (?:the "
        rf"|an? |their )?(?:\w+ )?(?:interviews?|study|trial|focus)",
        near="completed",
    ),
    rule(
        "n_declined",
        rf"\b{_N} (?:{PEOPLE} )?(?:\(\d+(?:\.\d+)? ?%\) )?(?:declined|refused|did not (?:respond|consent|wish"
        rf"|agree))\b",
        near="declin refus did",
    ),
    rule(
        "n_withdrew",
        rf"\b{_N} (?:{PEOPLE} )?(?:withdrew|dropped out|were lost to follow[- ]up|were withdrawn)\b",
        near="withdr dropped lost",
    ),
    rule(
        "n_participants",
        rf"\b(?:interviewed|recruited|enrolled|included|surveyed|selected) (?:a total of "
        rf"|all )?(?:(?-i:[Nn]) ?= ?)?{_N} {PEOPLE}",
        near="interviewed recruited enrolled included surveyed selected",
    ),
    rule(
        "n_participants",
        rf"(?<!out of )(?<!out of a )\b(?:a )?total (?:number )?of {_N} (?:\w+ )?{PEOPLE}(?!{_OTHERWISE})"
        rf"(?: (?:\w+ )?(?:participated|took part|agreed|consented|enrolled|attended"
        rf"|were (?:\w+ )?(?:interviewed|recruited|included"
        rf"|enrolled|involved)))?",
        near="total",
    ),
    rule(
        "n_participants",
        rf"(?<!out of )(?<!total of )(?<!of the )\b{_N} (?:additional |further )?"
        rf"(?:(?:(?-i:[A-Z]{{2,4}} and {NUMBER} [A-Z]{{2,4}}) )?"
        rf"{PEOPLE} )(?:\([^()]*\) )?(?:(?!who|that|which)\w+ )?"
        rf"(?:participated|took part|agreed|consented|enrolled|were (?:\w+ )?(?:interviewed|recruited"
        rf"|included|enrolled|involved|selected(?! to\b| by | for )|chosen as (?:the )?(?:participants|respondents"
        rf"|informants)))\b"
        rf"(?: in (?:the|this) (?:study|interviews?|trial))?",
        near="participated part agreed consented enrolled were",
    ),
    rule(
        "n_participants",
        rf"(?:\b(?:and|of (?:which|whom))|,) {_N} (?:agreed|consented|participated|took part"
        rf"|were interviewed)\b(?: to (?:participate|be interviewed|take part))?(?: \(\d+(?:\.\d+)? ?%\))?",
        near="agreed consented participated part interviewed",
    ),
    rule(
        "n_participants",
        r"\b(?:we )?(?:recruited|interviewed|enrolled|interviews with"
        r"|recruitment of) (?-i:[Nn]) ?= ?(?P<v>\d+)\b[^.;,()]{0,60}",
        near="recruit interview enrolled",
    ),
    rule(
        "n_participants",
        r"\b(?-i:[Nn]) ?= ?(?P<v>\d+) (?:\w+ )?(?:enrolled|participated|recruited|included|randomi[sz]ed"
        r"|interviewed)\b",
        near="enrolled participated recruited included randomi interviewed",
    ),
    rule(
        "n_participants",
        rf"\b(?:(?:qualitative|study|final|participant) )?(?:sample|participants|study population|cohort) "
        rf"(?:(?:of|for|in) (?:the|this|our) (?:\w+ )?(?:study|article|paper|research|survey) )?(?:was "
        rf"|were )?(?:consisted of|comprised(?: of)?|included|composed of|made up of|totall?ed) {_N} {PEOPLE}",
        near="consist compris includ compos made total",
    ),
    rule(
        "n_participants",
        r"\b(?:final|total|overall) sample(?: size)? (?:\((?-i:[Nn]) ?= ?(?P<v>\d+)\)|(?:was|of) (?P<w>\d+)\b(?! ?%))",
        near="sample",
    ),
    rule(
        "n_participants",
        rf"\b(?:interviews?|focus groups?|sessions)(?: (?:were|was) (?:conducted|carried out|held|completed"
        rf"|undertaken))? (?:with|using) (?:a total of )?{_N} {PEOPLE}",
        near="interview focus session",
    ),
    rule(
        "n_planned",
        rf"\bwill (?:be )?(?:recruit|interview|enrol|include|approach|invite|randomi[sz]e)\w* (?:a total of "
        rf"|up to )?{_N} {PEOPLE}"
        rf"|\b(?P<w>{NUMBER}) {PEOPLE} will be (?:\w+ )?(?:recruited|interviewed|enrolled|included|approached"
        rf"|invited)",
        near="will",
    ),
    rule(
        "age",
        r"\baged (?:between |from |over |under )?\d{1,3}(?: ?(?:[-–—]|to|and) ?\d{1,3})?(?: years)?(?: (?:or"
        r"|and) (?:over|older|above))?"
        r"|\b(?:(?:mean|median|average) age|age range|ages? (?:of|between|from|rang(?:e[ds]?|ing)|was"
        r"|were))\b[^.;]{0,40}?\d{1,3}(?!\d)(?:\.\d+)?"
        r"(?:(?: years)? ?(?:[-–—]|to) ?\d{1,3}| ?and ?\d{1,3})?(?! ?(?:days|weeks|months))(?: years)?",
        near="age",
    ),
)

_AND_MORE = re.compile(rf",? (?:and )?{NUMBER} (?!(?:were|was|had|did|of|from)\b)[a-zA-Z]", re.IGNORECASE)
_MORE_BEFORE = re.compile(rf"(?<![\w.,–-])(?P<n>{NUMBER}) {PEOPLE}(?P<comma>,)? and \Z", re.IGNORECASE)
"""The first of two groups that took part together: "ten nurses and 12 doctors participated"."""
_MORE_BEHIND = re.compile(rf" (?:from|in|at|of) [^.;,]{{1,40}} and {NUMBER} {PEOPLE}", re.IGNORECASE)
_OF_EACH = re.compile(r"\b(?:from|in|at|per|of) each\b[^.;]{0,60}\Z|\b(?:each|every) (?:\w+ ){1,4}\Z", re.IGNORECASE)
"""What tells that a number is not of all who took part: "from each school, three teachers participated"."""
_LISTED = re.compile(r",\s*(?:and )?\Z")
_NUMBER = re.compile(rf"\b{NUMBER}\b", re.IGNORECASE)


def flow(lines: Iterable[Line], roles: RoleIndex) -> Iterator[Found]:
    """Yield how many were approached, eligible, scheduled, declined, and took part, as sentences that count people
    say; values are digits."""
    for line in lines:
        for found in apply(_FLOW, (line,), chosen=True):
            if found.field == "age":
                yield found
                continue
            number = _number_in(found.value)
            if not are_people(line.text[: found.end - line.start], line, roles):
                continue
            before, behind = line.text[: found.start - line.start], line.text[found.end - line.start :]
            more = _MORE_BEFORE.search(before) if found.field == "n_participants" else None
            both = more is not None and not more["comma"] and not _LISTED.search(before, 0, more.start())
            if more is not None and both and number is not None:
                number += number_of(more["n"]) or 0
                found = found._replace(start=line.start + more.start())
                before = line.text[: more.start()]
            partial = found.field == "n_participants" and (
                number == 1
                or _AND_MORE.match(line.text, found.end - line.start) is not None
                or _MORE_BEHIND.match(behind) is not None
                or _OF_EACH.search(before) is not None
                or (more is not None and not both)
                or behind.startswith(" each")
            )
            planned = is_planned(line.text, found.start - line.start, found.end - line.start)
            name = "n_planned" if planned or FUTURE.search(line.text) else found.field
            if number is not None and not partial:
                yield Found(name, str(number), found.start, found.end)


def _number_in(words: str) -> int | None:
    direct = number_of(words)
    found = _NUMBER.search(words) if direct is None else None
    return number_of(found.group()) if found else direct
