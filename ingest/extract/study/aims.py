"""Rules: what a study set out to do."""

import re
from collections.abc import Iterable, Iterator

from ingest.extract.study.rules import Rule, apply, rule
from ingest.extract.study.text import Found, Line, say

_ALL = "methods abstract background discussion conclusions"
_EARLY = "methods abstract background"
_STUDY = (
    r"(?:qualitative )?(?:study|paper|article|research|analysis|evaluation|project|investigation|report|work"
    r"|component|strand|trial|protocol|review|inquiry)"
)
_VERBS = (
    r"(?:explor|examin|describ|investigat|assess|evaluat|identif|understand|characteri[sz]|determin|elicit|report"
    r"|present|compar|discuss|develop|gain|capture|clarif|learn|generat|illuminat|address|"
    r"gather|quantif|validat|inventor|highlight|shed|contribut|analy[sz]|provid|improv|inform|augment|establish"
    r"|measur|test|consider|document|find|obtain|uncover|elucidat|propos|conceptuali)\w*"
)
_GOAL = r"(?:aims?|objectives?|purposes?|goals?|intent(?:ion)?)"
_QUALIFIER = (
    r"(?:(?:main|major|primary|secondary|second|first|overall|overarching|specific|general|present|research"
    r"|study|principal|key|therefore) )*"
)

_OFFERED = (
    r"(?:program(?:me)?|intervention|tool|app|application|website|system|service|module|curriculum|workshop|campaign"
    r"|policy|legislation|law|guidelines?|questionnaire|scale|treatment|therapy|device)"
)
"""What has aims of its own that are not those of the study."""

OBJECTIVE: tuple[Rule, ...] = (
    rule(
        "objective",
        rf"\b(?:the|our|a|an|its|one) {_QUALIFIER}{_GOAL}\b(?: (?:of|for|in) (?:this|the|our|these"
        rf"|a)\b(?! (?:[\w-]+ ){{0,2}}{_OFFERED}\b)(?:(?! that )[^.;:]){{0,80}}?)? (?:was|were|is"
        rf"|are)(?: therefore| thus| then| twofold)*(?: to"
        rf"|:| \([1ia]\)(?: to)?|,? first(?:ly)?,? to) (?!interview|recruit|sample|include|ensure|reach)\w.+",
        where=_ALL,
        near="aim objective purpose goal intent",
    ),
    rule(
        "objective",
        rf"\b(?:we|this (?:\w+ )?{_STUDY}|the (?:present |current )?(?:\w+ )?{_STUDY}|our {_STUDY}"
        rf"|authors)\b(?:(?! which | that )[^.;]){{0,40}}?\b(?:aim(?:s|ed)?|sought|seeks?|set out|wish(?:ed)?"
        rf"|attempt(?:s|ed)?|was designed|were interested in)(?: therefore| here)? (?:to|at|in)? ?:? ?(?:\(?[1ia]\) ?)?"
        rf"(?:better |further )?{_VERBS}\b.+",
        where=_ALL,
    ),
    rule(
        "objective",
        rf"\b(?:this|the (?:present|current)) (?:\w+ )?{_STUDY} (?:therefore |thus |also )?(?:explore[sd]|examine[sd]"
        rf"|describe[sd]|investigate[sd]|reports?(?: on)?|presents?|assesse[sd]|evaluate[sd]|addresse[sd]|compare[sd]"
        rf"|outlines|focuse[sd] on)\b.+",
        where="abstract background",
    ),
    rule(
        "objective",
        rf"\b(?:in|for) (?:this|the (?:present|current)) (?:[\w-]+ ){{0,3}}{_STUDY},? we {_VERBS}\b.+",
        where="abstract background",
    ),
    rule(
        "objective",
        rf"\bwe (?:did|conducted|performed|undertook|carried out) (?:an? |this |semi-structured "
        rf"|in-depth )?(?:[\w-]+ ){{0,5}}?(?:{_STUDY}|interviews|focus groups)[^.;]{{0,60}}? to (?:better "
        rf"|further )?{_VERBS}\b.+",
        where="abstract background",
    ),
    rule(
        "objective",
        r"\b(?:was|were) (?:conducted|undertaken|carried out|performed"
        r"|designed)[^.;]{0,40}?(?:with the (?:objective|aim|purpose) of|to (?:better |further )?(?:explore"
        r"|understand|examine|investigate|identify|evaluate|describe))\b.+",
        where=_EARLY,
    ),
    rule(
        "objective",
        rf"\b{_STUDY},? (?:aiming|seeking) (?:to|at) {_VERBS}\b.+",
        where="abstract background",
        near="aiming seeking",
    ),
    rule(
        "objective",
        r"\bwe (?:used|employed|adopted|chose|took) [^.;]{3,60} to (?:better |further )?(?:explor|examin|understand"
        r"|investigat|describ)\w*\b.+",
        where="abstract background",
        near="used employed adopted chose took",
    ),
    rule(
        "objective",
        r"\b(?:address|answer|pursue)(?:s|ed)? (?:\w+ )?(?:research )?(?:objectives|questions|aims): ?(?P<v>.+)",
        where="abstract background",
        near="objectives questions aims",
    ),
    rule(
        "objective", r"\bwith the (?:overall |overarching )?(?:objective|aim|purpose|goal) of \w+ing\b.+", where=_EARLY
    ),
    rule(
        "objective",
        rf"^(?:in order )?to (?:better )?{_VERBS}\b(?=[^.]*\b(?:we|study|interviews|data collection"
        rf"|focus groups)\b[^.]{{0,20}}\b(?:turned|conduct|undert|interview|carried|held|perform|occur|us(?:ed|ing)))"
        r".+",
        where="abstract background",
    ),
    rule(
        "topic",
        r"\b(?:to|and) (?:elicit|explore|capture|gather|obtain|understand"
        r"|discuss) (?:\w+['’]?s? ){0,3}?(?:perspectives|perceptions|views|experiences|opinions|attitudes"
        r"|beliefs)[^.;]{0,40}? (?:about|on|regarding|of|towards?|concerning|with) (?P<v>[^.;]{10,})",
        where="methods abstract",
        near="perspectiv percept views experience opinion attitude belief",
    ),
)
"""Rules for aims."""


_ANNOUNCED = re.compile(
    r"(?:as follows|(?:the )?following(?: \w+)?|\b(?:two|three|four|five|six)(?: \w+)? (?:aims|objectives|purposes"
    r"|goals))[\W\d]*$",
    re.IGNORECASE,
)
"""An aim that is only announced."""
_AIMED = re.compile(
    rf"\b{_GOAL}\b|\bquestions?\b|\b(?:sought|seeks?|intend(?:s|ed)?|aim(?:s|ed)|attempt(?:s|ed)?)\b|\?[\W\d]*$"
    rf"|^\W*(?:[\divx]+[.)]\W*)?(?:in order )?(?:to )?(?!\w+ing\b){_VERBS}\b"
    rf"|\b(?:this|the (?:present|current)) (?:\w+ )?{_STUDY} {_VERBS}\b|\bwe {_VERBS}\b",
    re.IGNORECASE,
)
"""How the sentences of a section on the aims say one."""
_FURTHER = re.compile(
    r"^\W*(?:an?|the|our) (?:\w+ )?(?:second|secondary|further|main|major|primary|specific|overall|additional"
    r"|other) (?:aim|objective|purpose|goal)s? (?:was|were|is|are)\b|^\W*(?:the|our) (?:aims?|objectives?) (?:was"
    r"|were|is|are)\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(rf"\W*(?:the|this|our|an?) (?:[\w,-]+ ){{0,4}}?{_OFFERED}\b", re.IGNORECASE)
"""Whose aims and doings a sentence tells that are not the study's."""
_SHORTEST = 30
_ASKS = re.compile(
    r"^\W*(?:[\d.]+ )?(?:abstract\W+)?(?:(?:study|research|specific|the) )?(?:aims?|objectives?|purpose)\b",
    re.IGNORECASE,
)


def aims(lines: Iterable[Line]) -> Iterator[Found]:
    """Yield objectives and topics; of overlapping ones in a sentence the first."""
    told = list(lines)
    begun = -1
    headed = [line for line in told if _ASKS.search(line.heading) and line.kind == "background"]
    plain = {line.heading for line in headed if any(apply(OBJECTIVE, (line,)))}
    for line in headed:
        if len(line.text) >= _SHORTEST:
            first, begun = line.block != begun and line.heading not in plain, line.block
            if _ANNOUNCED.search(line.text) or _OTHERS.match(line.text) or not (first or _AIMED.search(line.text)):
                continue
            yield Found("objective", say(line.text), line.start, line.end)
    stated = [line for line in told if line.kind == "background" and _FURTHER.search(line.text)]
    at = -1
    for found in sorted(
        [*apply(OBJECTIVE[:1], stated, chosen=True), *apply(OBJECTIVE, told)], key=lambda one: one.start
    ):
        if found.field == "objective":
            if (
                found.start < at
                or found.end - found.start < _SHORTEST
                or _ANNOUNCED.search(found.value)
                or found.value.endswith(" to")
            ):
                continue
            at = found.end
        yield found
