"""Rules: what a study set out to do, with what design, and which larger study it belongs to."""

import re
from collections.abc import Iterable, Iterator, Sequence

from ingest.extract.screening import Pattern, Screen
from ingest.extract.study.collection import FOCUS_GROUPS, INTERVIEWS
from ingest.extract.study.numbers import NUMBER, number_of
from ingest.extract.study.rules import Rule, apply, rule
from ingest.extract.study.text import FUTURE, Found, Line, say, trim

_ALL = "methods abstract background discussion conclusions"
_EARLY = "methods abstract background"
_STUDY = (
    r"(?:qualitative )?(?:study|paper|article|research|analysis|evaluation|project|investigation|report|work"
    r"|component|strand|trial|protocol|review|inquiry)"
)
_VERBS = (
    r"(?:explor|examin|describ|investigat|assess|evaluat|identif|understand|characteri[sz]|determin|elicit|report"
    r"|present|compar|discuss|develop|gain|capture|clarif|learn|generat|illuminat|address|"
    r"analy[sz]|provid|improv|inform|augment|establish|measur|test|consider|document|find|obtain|uncover|elucidat)\w*"
)
_GOAL = r"(?:aims?|objectives?|purposes?|goals?|intent(?:ion)?)"
_QUALIFIER = (
    r"(?:(?:main|major|primary|secondary|second|first|overall|overarching|specific|general|present|research"
    r"|study|principal|key|therefore) )*"
)

OBJECTIVE: tuple[Rule, ...] = (
    rule(
        "objective",
        rf"\b(?:the|our|a|an|its|one) {_QUALIFIER}{_GOAL}\b(?: (?:of|for|in) (?:this|the|our|these"
        rf"|a)\b(?:(?! that )[^.;:]){{0,80}}?)? (?:was|were|is|are)(?: therefore| thus| then| twofold)*(?: to"
        rf"|:| \([1ia]\)(?: to)?|,? first(?:ly)?,? to) (?!interview|recruit|sample|include|ensure|reach)\w.+",
        where=_ALL,
        near="aim objective purpose goal intent",
    ),
    rule(
        "objective",
        rf"\b(?:we|this (?:\w+ )?{_STUDY}|the (?:present |current )?(?:\w+ )?{_STUDY}|our {_STUDY}"
        rf"|authors)\b(?:(?! which | that )[^.;]){{0,40}}?\b(?:aim(?:s|ed)?|sought|seeks?|set out|wish(?:ed)?"
        rf"|attempt(?:s|ed)?|was designed|were interested in)(?: therefore| here)? (?:to|at|in)? ?"
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
        "objective", r"\bwith the (?:overall |overarching )?(?:objective|aim|purpose|goal) of \w+ing\b.+", where=_EARLY
    ),
    rule(
        "objective",
        rf"^(?:in order )?to (?:better )?{_VERBS}\b(?=[^.]*\b(?:we|study|interviews"
        rf"|focus groups)\b[^.]{{0,20}}\b(?:turned|conduct|undert|interview|carried|held|perform|us(?:ed|ing)))"
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


_TYPES = (
    (
        "mixed methods",
        r"mixed[- ]?methods?(?: (?:design|study|approach|evaluation|project|research|trial|process evaluation))?",
    ),
    ("grounded theory", r"grounded theory(?: \(\w+\))?(?: (?:methodology|approach|study|design|methods?))?"),
    ("interpretive description", r"interpretive descripti(?:on|ve)(?: \(\w+\))?(?: approach\d*| study| design)?"),
    (
        "phenomenology",
        r"(?:hermeneutic |descriptive |interpretive |transcendental )?phenomenolog(?:y|ical)(?: (?:hermeneutic\w*"
        r"|study|approach|design|research|method\w*|perspective|lifeworld))*",
    ),
    ("ethnography", r"(?:focused |rapid |institutional )?ethnograph(?:y|ic)(?: (?:study|approach|methods?|design))?"),
    (
        "case study",
        r"(?:multiple |comparative |collective |qualitative |exploratory )*case stud(?:y|ies)(?: (?:design"
        r"|approach))?",
    ),
    ("action research", r"(?:participatory )?action research"),
    ("process evaluation", r"process evaluation"),
    ("secondary analysis", r"secondary (?:qualitative )?analys[ie]s"),
    ("cross-sectional", r"cross[- ]sectional (?:\w+ )?(?:study|design|survey|analysis)"),
    ("longitudinal", r"longitudinal (?:\w+ )?(?:study|design|cohort)"),
    (
        "feasibility study",
        r"(?:feasibility|pilot)(?: and (?:feasibility|pilot))? (?:study|trial"
        r"|(?:cluster[- ])?randomi[sz]ed[^.;,]{0,25}trial)",
    ),
    (
        "cluster randomised trial",
        r"(?:pragmatic |pilot |parallel |single[- ]blind |stratified |two[- ]arm "
        r"|matched[- ]pair )*cluster[- ]randomi[sz]ed (?:controlled )?(?:trial|study)",
    ),
    (
        "randomised controlled trial",
        r"(?:(?:pragmatic|parallel|individually|pilot|double[- ]blind(?:ed)?|single[- ]blind(?:ed)?|two[- ]arm"
        r"|three[- ]arm|large|multi\w+)[, ]+)*randomi[sz]ed (?:[\w-]+ ){0,3}?trial(?! regist(?:er|ry)\b)",
    ),
    ("quasi-experimental", r"quasi[- ]experimental (?:\w+ )?(?:design|study|evaluation)"),
    ("randomised design", r"randomi[sz]ed (?:[\w/-]+ )?(?:design|experiment|evaluation)"),
    ("before-and-after study", r"(?:controlled )?before[-– ](?:and[- ])?after (?:study|design|comparison|evaluation)"),
    (
        "trial",
        r"(?:\d+[- ]month |pragmatic |clinical |controlled |non[- ]randomi[sz]ed |quasi[- ]experimental "
        r"|stepped[- ]wedge )+trial(?! regist(?:er|ry)\b)",
    ),
    (
        "hybrid trial",
        r"hybrid (?:type )?(?:\w+ )?(?:effectiveness|implementation)[-– ](?:implementation"
        r"|effectiveness)(?: hybrid)? trial",
    ),
    (
        "study protocol",
        r"(?:study|trial) protocol(?! (?:was|were|has|had|and|approv\w+|received|conform\w+|compl\w+|adher\w+"
        r"|follow\w+)\b)|protocol for an?",
    ),
    (
        "qualitative study",
        r"qualitative (?:[\w-]+ ){0,2}?(?:study|evaluation|research|design|approach|inquiry|investigation|method(?:s"
        r"|ology)?|component|strand|interview study|exploration|analysis of interviews)"
        r"|qualitative, (?:[\w-]+,? ){1,3}?(?:study|research|design)",
    ),
    ("interview study", r"interview (?:study|survey)|focus group study"),
    ("survey", r"(?:postal|online|web[- ]based|national|cross[- ]sectional|questionnaire) survey"),
    ("systematic review", r"systematic review|meta[- ]synthesis|scoping review"),
)
_DESIGN_CUE = re.compile(
    r"\b(?:we|our|this|the (?:present|current)|was|were|is|used|using|embedded|nested|part of|within|design|approach"
    r"|conducted|chosen|employed|adopted|parallel)\b",
    re.IGNORECASE,
)
_OTHERS = Pattern(
    r"\b(?:previous|prior|earlier|other|several|many|few|existing|recent|past|future|further|more|most|these"
    r"|other) (?:\w+ ){0,3}(?:qualitative|stud(?:y|ies)|research|trials?|randomi[sz]ed)|\bet al\b",
    re.IGNORECASE,
)
_OWN_PROTOCOL = re.compile(
    r"\b(?:this|our|the present|presents?|presented|publish\w*|describ\w*|report\w*|outlin\w*) "
    r"(?:an? |the |our |this )?(?:[\w-]+ ){0,2}?(?:(?:study|trial) )?protocol\b|\bprotocol for an?\b",
    re.IGNORECASE,
)
"""A protocol that is the paper itself: "adherence to the study protocol" tells of another."""
_HOSTS = frozenset(
    {"feasibility study", "cluster randomised trial", "randomised controlled trial", "quasi-experimental", "trial",
     "randomised design", "before-and-after study", "hybrid trial", "mixed methods", "longitudinal", "cross-sectional",
     "process evaluation", "survey"}
)  # fmt: skip
"""Designs that another study may be nested in; the others are ways to carry it out."""
_NESTED = re.compile(
    r"\b(?:(?:nested|embedded) (?:with)?in|within|alongside|part of|context of|into|participat\w+ in|enrolled in"
    r"|took part in"
    r"|data from|involved in)\b(?: \w+){0,4}\W*$",
    re.IGNORECASE,
)
_NAMED = (
    r"(?-i:(?!(?:This|The|Our|These|Those|Each|An?|Both|Current|Present|Another|Further|Future|Qualitative|Pilot"
    r"|Clinical|Controlled|Randomi[sz]ed) )"
    r"(?:[A-Z][\w!+’'-]*[”\"’']?[- ]){1,6}(?:\([A-Z][\w-]{1,11}\) )?(?:Study|Trial|Project|Programme?|Initiative"
    r"|Cohort|RCT|trial|study|project|programme?|cohort))"
)

PARENT: tuple[Rule, ...] = (
    rule(
        "parent_study",
        rf"\b(?:within|part of|nested (?:with)?in|embedded (?:with)?in|in the context of|(?:into"
        rf"|in) a larger [^.;]{{0,40}}called|under the auspices of|alongside|data from|participat\w+ in|enrolled in"
        rf"|from) (?:the |a |an )?"
        rf"[“\"‘']?(?P<v>{_NAMED})",
        where="methods abstract background",
        near="study trial rct project program initiative cohort part",
    ),
    rule(
        "parent_study",
        r"\b(?:an? )?(?:sub[- ]?study of|part of) (?P<v>an? (?:larger|broader|wider|multi\w+)[^.;,]{3,80})",
        where="methods abstract background limitations discussion",
        near="study trial rct project program initiative cohort part",
    ),
    rule(
        "parent_study_aim",
        rf"\b{_NAMED}[”\"]?(?: \([^)]*\))?,? (?:which |that )?(?P<v>(?:aim(?:s|ed)|was designed|sought|was (?:a|an)"
        rf"|evaluat(?:ed|es)|test(?:ed|s)|examin(?:ed|es)|found|is (?:a|an)|was conducted|"
        r"was developed) [^.;]{10,})",
        extent="match",
        where="methods abstract background",
    ),
    rule(
        "parent_study_aim",
        rf"\bthe (?:purpose|aim|objective) of the {_NAMED} (?:was|is) (?P<v>to [^.;]+)",
        where="methods abstract background",
        near="purpose aim objective",
    ),
)
"""Rules for the larger study that a study belongs to."""


def with_parents(lines: Sequence[Line]) -> list[Line]:
    """Return the sentences, those of the background that name the larger study as ones that speak of the study."""
    names = {found.value.rpartition(" ")[0].strip("“”\"‘’'") for found in apply(PARENT[:1], lines)} - {""}
    return [
        line._replace(own=True) if line.kind == "background" and any(name in line.text for name in names) else line
        for line in lines
    ]


_COUNT_INTERVIEWS = Pattern(
    rf"(?<![\d.,–-])\b(?P<n>{NUMBER}) (?:(?:were|of the) )?(?:{INTERVIEWS}|(?:\w+[- ]){{0,2}}?interviews\b)"
    rf"(?! (?:guide|schedule"
    rf"|questions|each|per))",
    re.IGNORECASE,
)
_COUNT_GROUPS = Pattern(rf"\b(?P<n>{NUMBER}) (?:\w+[- ]){{0,2}}?{FOCUS_GROUPS}", re.IGNORECASE)
_HELD = Pattern(
    r"\b(?:conduct\w*|carried out|held|complet\w+|undert\w+|performed|data|through|total|with|from|included)\b",
    re.IGNORECASE,
)


_NOT_TOTAL = re.compile(
    r"\b(?:more|remaining|each|first|another|last|selected|coding|coded|after|least|scheduled|approached|per|every"
    r"|using)(?: the)?(?: \w+)? $",
    re.IGNORECASE,
)


def designs(lines: Iterable[Line]) -> Iterator[Found]:
    """Yield the designs that a study names for itself: phrase by phrase in title, abstract and methods, and where the
    authors speak of their study elsewhere; not those of studies that they cite."""
    for line in lines:
        if (
            line.kind not in ("methods", "front")
            and not line.in_abstract
            and not (line.own and _DESIGN_CUE.search(line.text))
        ):
            continue
        if _OTHERS.search(line.text):
            continue
        last = -1
        for start, end, value in (*_terms(line.text), *_hosts_in_short(line.text)):
            if start < last or (value == "systematic review" and line.block >= 0):
                continue
            if value == "study protocol" and line.kind != "front" and not _OWN_PROTOCOL.search(line.text):
                continue
            nested = value in _HOSTS and _NESTED.search(line.text[:start])
            first, last = _phrase(line.text, start, end)
            yield Found("design", f"nested in {value}" if nested else value, line.start + first, line.start + last)


def _terms(text: str) -> list[tuple[int, int, str]]:
    """Return the designs that a sentence names, in order; of overlapping ones the more special."""
    taken: list[tuple[int, int, str]] = []
    for number in _SCREEN.passing(text):
        for match in _SCREEN.pattern(number).finditer(text):
            if not any(a < match.end() and match.start() < b for a, b, _ in taken):
                taken.append((*match.span(), _TYPES[number][0]))
    return sorted(taken)


def _hosts_in_short(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where a sentence says that its study is nested in a trial, by the short form "RCT"."""
    for match in _RCT.finditer(text):
        if _NESTED.search(text[: match.start()]):
            yield (*match.span(), "randomised controlled trial")


_RCT = re.compile(
    r"\b(?:(?:multi-?cent(?:re|er)|pragmatic|pilot|feasibility|parallel|larger?) )*(?-i:RCT)\b", re.IGNORECASE
)
_SCREEN = Screen((rf"\b(?:{source})\b", re.IGNORECASE) for _, source in _TYPES)


def counts(lines: Iterable[Line]) -> Iterator[Found]:
    """Yield the numbers of interviews and focus groups that were held."""
    for line in lines:
        reports = line.in_abstract or line.kind in ("methods", "results")
        if not reports or not _HELD.search(line.text) or FUTURE.search(line.text):
            continue
        for name, pattern in (("n_focus_groups", _COUNT_GROUPS), ("n_interviews", _COUNT_INTERVIEWS)):
            for match in pattern.finditer(line.text):
                number = number_of(match["n"])
                other = _NOT_TOTAL.search(line.text[: match.start()]) or (
                    name == "n_interviews" and "group" in match.group()
                )
                if number and number > (2 if name == "n_interviews" else 1) and not other:
                    yield Found(name, str(number), line.start + match.start(), line.start + match.end())


_FURTHER = re.compile(
    r"^\W*(?:an?|the|our) (?:\w+ )?(?:second|secondary|further|main|major|primary|specific|overall|additional"
    r"|other) (?:aim|objective|purpose|goal)s? (?:was|were|is|are)\b|^\W*(?:the|our) (?:aims?|objectives?) (?:was"
    r"|were|is|are)\b",
    re.IGNORECASE,
)
_SHORTEST = 30
_ASKS = re.compile(
    r"^\W*(?:[\d.]+ )?(?:abstract\W+)?(?:(?:study|research|specific|the) )?(?:aims?|objectives?|purpose)\b",
    re.IGNORECASE,
)


def aims(lines: Iterable[Line]) -> Iterator[Found]:
    """Yield objectives and topics; of overlapping ones in a sentence the first."""
    told = list(lines)
    for line in told:
        if _ASKS.search(line.heading) and line.kind == "background" and len(line.text) >= _SHORTEST:
            yield Found("objective", say(line.text), line.start, line.end)
    stated = [line for line in told if line.kind == "background" and _FURTHER.search(line.text)]
    at = -1
    for found in sorted(
        [*apply(OBJECTIVE[:1], stated, chosen=True), *apply(OBJECTIVE, told)], key=lambda one: one.start
    ):
        if found.field == "objective":
            if found.start < at or found.end - found.start < _SHORTEST or found.value.endswith(" to"):
                continue
            at = found.end
        yield found


def _phrase(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the phrase around a design: its article and words before, and what it is nested in."""
    before = re.search(
        r"(?:\b(?:we (?:used|conducted|undertook|employed|adopted|chose|embedded)|our \w+ \w+ was|it was|this was"
        r"|using|in the context of|part of|used) )?(?:\b(?:an?|the|our|this) )(?:[\w-]+ ){0,3}$|\b(?:we (?:used"
        r"|conducted|undertook|employed|adopted)|our \w+ \w+ (?:was|is)) $",
        text[:start],
        re.IGNORECASE,
    )
    after = re.match(
        r",?(?: \(\w+\))? (?:nested|embedded|of|within|in|from|that included|with|for|compared to|among|to|called"
        r"|approach|design|study)\b[^.;:,()]{0,90}",
        text[end:],
        re.IGNORECASE,
    )
    first = before.start() if before else start
    last = end + after.end() if after else end
    return trim(text, first, last)
