"""Rules: with what design a study was done, and which larger study it belongs to."""

import re
from collections.abc import Iterable, Iterator, Sequence

from ingest.extract.screening import Pattern, Screen
from ingest.extract.study.collection import FOCUS_GROUPS, INTERVIEWS
from ingest.extract.study.numbers import NUMBER, number_of
from ingest.extract.study.rules import Rule, apply, rule
from ingest.extract.study.text import FUTURE, Found, Line, trim

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
        r"|three[- ]arm|large|multi\w+)[, ]+)*randomi[sz]ed (?:[\w-]+ ){0,3}?trial(?! regist\w+\b)",
    ),
    ("quasi-experimental", r"quasi[- ]experimental (?:\w+ )?(?:design|study|evaluation)"),
    ("randomised design", r"randomi[sz]ed (?:[\w/-]+ )?(?:design|experiment|evaluation)"),
    ("before-and-after study", r"(?:controlled )?before[-– ](?:and[- ])?after (?:study|design|comparison|evaluation)"),
    (
        "trial",
        r"(?:\d+[- ]month |pragmatic |clinical |controlled |non[- ]randomi[sz]ed |quasi[- ]experimental "
        r"|stepped[- ]wedge )+trial(?! regist\w+\b)",
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
    (
        "Delphi study",
        r"(?:modified |e-?)?delphi (?:consensus |expert )?(?:method\w*|technique|survey|study|process|approach|panel"
        r"|rounds?)",
    ),
    ("realist evaluation", r"realist (?:evaluation|approach|review|synthesis|inquiry)"),
    ("survey", r"(?:postal|online|web[- ]based|national|cross[- ]sectional|questionnaire) survey"),
    ("systematic review", r"systematic review|meta[- ]synthesis|scoping review"),
    ("descriptive study", r"(?:descriptive|exploratory)(?:,? (?:and )?[\w-]+){0,2} (?:study|design)"),
)
_TITLED = re.compile(
    r"\bqualitative (?:[\w-]+ )?(?:analysis|assessment|perspectives?|insights?|views?)\b", re.IGNORECASE
)
"""What a title calls a qualitative study; methods call their analysis so."""
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
_LATER = re.compile(
    r"\b(?:design(?:ing)?(?: and \w+)? of|basis for|inform(?:ing)?|plan(?:ned|ning)?|prepar\w+ (?:for|to)|powered?"
    r"|prior to|progress\w* to|future|definitive|subsequent)\W+(?:\w+\W+){0,2}$",
    re.IGNORECASE,
)
"""What tells of a trial that this study is to prepare."""
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
    rf"(?<![\d.,–-])\b(?P<n>{NUMBER}) (?:(?:were|of the) )?(?:{INTERVIEWS}"
    rf"|(?:(?!and\b|or\b|min\w*\b|hours?\b)\w+[- ]){{0,2}}?interviews\b)"
    rf"(?! (?:guide|schedule"
    rf"|questions|each|per))",
    re.IGNORECASE,
)
_COUNT_GROUPS = Pattern(rf"\b(?P<n>{NUMBER}) (?:\w+[- ]){{0,2}}?{FOCUS_GROUPS}", re.IGNORECASE)
_HELD = Pattern(
    r"\b(?:conduct\w*|carried out|held|complet\w+|undert\w+|performed|data|through|total\w*|with|from|included)\b",
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
        titled = _TITLED.search(line.text) if line.block < 0 else None
        if titled:
            yield Found("design", "qualitative study", line.start + titled.start(), line.start + titled.end())
        for start, end, value in (*_terms(line.text), *_hosts_in_short(line.text)):
            nested = value in _HOSTS and _NESTED.search(line.text[:start])
            if (start < last and not nested) or (value == "systematic review" and line.block >= 0):
                continue
            if value == "study protocol" and line.kind != "front" and not _OWN_PROTOCOL.search(line.text):
                continue
            if value in _HOSTS and _LATER.search(line.text[:start]):
                continue
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
