"""Headings of the results that name themes, told apart from those that describe the sample or report numbers."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.extract.likeness import Piece
from ingest.extract.screening import Pattern
from ingest.extract.themes.sources import label_number
from ingest.reading import Reading, Section, Sentence
from ingest.sections import heading_kind, number_level

_SAMPLE = re.compile(
    r"(?:(?:sample|participants?['’]?|patients?['’]?|respondents?['’]?|interviewees?['’]?|study|baseline|clinical|"
    r"socio-?demographics?|demographics?|site|organi[sz]ational|practice|focus group|interview) )*(?:sample|"
    r"participants?|patients|respondents|interviewees|informants|demographics?|socio-?demographics?|characteristics|"
    r"population|profiles?|details|data|flow|descriptions?|setting|context|sites?)(?: (?:and|of) .*)?|"
    r"(?:\w+ )?overview|"
    r"(?:descriptions?|characteri[sz]ation|characteristics|summary|demographics?|profiles?) of .*|"
    r"overview of (?:the |our )?(?:[\w-]+ )?(?:participants?|sample|stud(?:y|ies)|respondents|interview\w*|data|"
    r"patients|sites?|settings?|practices?|interventions?|results|findings|analysis|themes)\b.*|"
    r"(?:demographic|sample|participant|patient|baseline|descriptive|background) .*(?:data|characteristics|"
    r"information|statistics|description|recruitment)|(?:consent|response|participation|completion|uptake|follow-?up|"
    r"inclusion|attrition|retention) rates?.*|participant flow.*|reasons for (?:declining|non-?participation|"
    r"withdrawal).*",
    re.IGNORECASE,
)
_NUMBERS = Pattern(
    r"(?:quantitative|statistical|descriptive|survey|questionnaire|primary|secondary|clinical|numerical|regression|"
    r"multivariate|univariate|psychometric|baseline|between-groups?|within-groups?|sub-?group|sensitivity|cost-effectiveness)"
    r"(?: \w+)* (?:results?|findings?|outcomes?|analys[ie]s|data|statistics|measures?|models?|effects?|comparisons?)|"
    r"comparisons? of (?:[\w-]+ ){0,3}(?:responses?|outcomes?|scores?|measures?|changes?|effects?)(?: .*)?|"
    r"(?:between|within)-groups? (?:comparisons?|differences?|changes?)(?: .*)?|"
    r"(?:intervention|treatment|training|study|main|interaction|sex interaction) (?:effects?|outcomes?)|"
    r"baseline measurements?|(?:health )?economic (?:evaluation|analys[ie]s|outcomes?|results)|cost(?:s| analys[ie]s)|"
    r"adverse events?|harms|outcomes?|numbers analy[sz]ed.*|outcomes and estimation|"
    r"safety|(?:randomi[sz]ed )?(?:controlled |clinical )?trials?|(?:[\w-]+ ){0,2}questionnaires?|"
    r"predictors of .*|analys[ie]s|statistics|"
    r"(?:results of (?:the )?)?(?:scoping|systematic|literature|rapid) reviews?(?: .*)?|"
    r"(?:dataset|data) development.*|strengths?|weaknesses|strengths and .*|limitations?|funding sources?",
    re.IGNORECASE,
)
_CONTAINER = Pattern(
    r"(?:the )?(?:qualitative|interview|focus group|thematic)(?: \w+)? (?:results?|findings?|study|data|analys[ie]s|"
    r"interviews?|themes?|evaluation|component|phase|survey|assessments?|feedback)"
    r"(?: and (?:results?|findings?|analys[ie]s|themes))?"
    r"(?: (?:(?:based|focus\w*|cent(?:er|re)d) on|by|of|for|from|regarding|concerning|related to|on|across|among|with)"
    r" .*)?|"
    r"(?:thematic|content|framework|qualitative) analysis of .*|"
    r"(?:(?:presentation|overview|description|summary|introduction|"
    r"identification)(?: and (?:discussion|analysis))? (?:of|to) )?(?:the |our )?"
    r"(?:(?:\d|two|three|four|five|six|seven|eight|nine|ten) )?"
    r"(?:main |key |major |emergent |emerging |core |overarching )?(?:sub-?)?"
    r"(?:themes|categories|findings|results)\b.*|(?:exit |individual |patient |in-depth )?interviews|"
    r"(?:the )?(?:minor|other|further|additional|secondary) themes|"
    r"comments? (?:made )?(?:by|from) .*|[\w-]+(?: [\w-]+)?s['’] (?:responses|comments|feedback)|"
    r".*\bfocus groups?(?: discussions?)?|process evaluation(?: \w+)?|"
    r"(?:specific |secondary |primary |research )?(?:aims?|objectives?|questions?|RQ|stud(?:y|ies)|phases?) ?\d\b.*|"
    r"(?:stage|part|step|wave|round|cycle) ?\d(?: ?\(.*\)|:? (?:qualitative|quantitative|interviews?|survey).*)?",
    re.IGNORECASE,
)
_PROCESS = re.compile(
    r"(?:trial|study) (?:participation|implementation|conduct|uptake)|"
    r"(?:retrieved|included|identified) studies|study (?:selection|details)|search results|"
    r"quality (?:appraisal|assessment)(?: of .*)?|"
    r"(?:recruitment|allocation|retention|attendance|adherence|compliance|attrition|randomi[sz]ation|enrol+ment|completion|"
    r"data collection)"
    r"(?: (?:and|of|to) .*)?",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?:clinical |practice |policy |practical |research )*implications\b.*|"
    r"future (?:directions?|research|work).*|summary\b.*|recommendations",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"(?:(?:the|identified|emerg\w+|derived|final|main|key|major|core|central|overarching|analytic(?:al)?|thematic|"
    r"descriptive|qualitative) )*(?:sub-?)?(?:themes?|categor(?:y|ies))|"
    r"rank|questions?|controls?|variables?|items?|statements?|codes?|quot\w+|"
    r"examples?|(?:any |no )?responses?|(?:the )?(?:story|case) of an? .*|"
    r"(?:participant|patient|respondent|interviewee|group)s? ?\d.*|usability testing|"
    r"(?:the )?(?:intervention|control|comparison|comparator|treatment|experimental|usual care) (?:groups?|arms?)|"
    r"(?:[\w-]+ ){0,4}(?:surveys|questionnaires|debriefings?|elicitation)|interviewers|researchers|raters|"
    r"(?:principal|main|key) (?:results|findings)|(?:pilot|main|feasibility)(?: \w+)* (?:trial|study)|"
    r"(?:investigator|interviewer|researcher|moderator|facilitator|interviewee|question|answer|[IQA])\s?:.*",
    re.IGNORECASE,
)
_SPOKEN = re.compile(r"\b(?:I|my|me|you know|did you|do you|would have been|it could be)\b", re.IGNORECASE)
"""Words of somebody who speaks: a line of a quotation taken for a heading, unless quotations stand below it."""
_NUMERAL = Pattern(
    r"\d+(?:\.\d+)?\s?%|\bp\s?[<=>]\s?0?\.\d|\bCI\b|\bSD\b|[=<>±]\s?-?\d|\b\d+(?:\.\d+)?\s?\(\d|\bn\s?=|\bmean\b|"
    r"\bmedian\b",
    re.IGNORECASE,
)
_SAYING = Pattern(
    r"\b(?:felt|believed?|thought|said|stated|reported|described|expressed|noted|highlighted|mentioned|perceived|"
    r"viewed|wanted|preferred|acknowledged|recogni[sz]ed|agreed|suggested|explained|experienced?|valued|appreciated|"
    r"considered|commented|discussed|raised|voiced|admitted|emphasi[sz]ed|stressed|indicated|identified|saw|found|"
    r"shared|saying)\b",
    re.IGNORECASE,
)
_STEP = re.compile(r"[^.\n](?:[^.\n]|\.(?=\s))*")
_STEPS = 4
"""Depths that the words of headings can add within one of the file."""
_FEWEST = 2
_ROOTS = ("BODY", "ABSTRACT", "FRONT", "BACK")
_ENDERS = ("discussion", "conclusions", "limitations", "references", "back")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the results: its section, what stands above it, and how far its text is qualitative.

    `depth` counts from 1; `parent` is the index of the heading above it in the list; `talk` is the number of
    quotes and of sentences in which somebody reports, `numerals` that of statistics, per sentence of its own text.
    `refused` headings name no theme; those of them that describe the sample or report numbers are `sample`, and the
    latter `measured`.
    """

    section: Section
    depth: int
    parent: int | None
    quotes: int
    talk: float
    numerals: float
    refused: bool
    sample: bool
    measured: bool


def results_of(reading: Reading) -> list[Piece]:
    """Return where the body reports its results: from a heading that says so to the next discussion."""
    found: list[Piece] = []
    body = sorted((s for s in reading.sections if not s.in_abstract), key=lambda s: s.start)
    first: Section | None = None
    for section in body:
        if section.kind == "results" and first is None:
            first = section
        elif first is not None and _ends(section, first):
            found.append(Piece(first.start, section.start))
            first = None
    if first is not None:
        found.append(Piece(first.start, max(s.end for s in body if s.kind == "results")))
    return found


def _ends(section: Section, first: Section) -> bool:
    """Say whether `section` is past the results that `first` opened; a sub-heading such as "Setting" is not."""
    if section.kind in _ENDERS:
        return True
    return section.kind == "methods" and (heading_kind(section.heading) is None or section.level < first.level)


def theme_headings(reading: Reading, quotes: Sequence[Piece]) -> list[Heading]:
    """Return the headings of the results below "Results" itself, each judged by its words and by the text under it."""
    found: list[Heading] = []
    for region in results_of(reading):
        found += _of_region(reading, region, quotes, len(found))
    return found


def _of_region(reading: Reading, region: Piece, quotes: Sequence[Piece], base: int) -> list[Heading]:
    inside = [s for s in reading.sections if region.start <= s.start < region.end and s.heading and not s.in_abstract]
    inside = [
        s for s in inside if not re.fullmatch(r"(?:main |key )?(?:results?|findings?)(?: and .*)?", s.heading, re.I)
    ]
    inside = [s for s in inside if s.kind not in ("front", "abstract")]
    inside = _once([one for section in inside for one in _with_path(reading, section, inside)])
    inside = _closed(_ranked(inside))
    containers = {s.start for s in inside if _CONTAINER.fullmatch(_bare(s)) and _has_below(s, inside)}
    numbers = [s for s in inside if _NUMBERS.fullmatch(_bare(s))]
    levels: list[tuple[int, int]] = []
    found: list[Heading] = []
    for number, section in enumerate(inside):
        while levels and levels[-1][0] >= section.level:
            levels.pop()
        if section.start in containers:
            continue
        parent = levels[-1][1] if levels else None
        end = inside[number + 1].start if number + 1 < len(inside) else region.end
        count, talk, numerals = weigh(reading, Piece(section.heading_end, end), quotes)
        found.append(
            Heading(
                section=section,
                depth=len(levels) + 1,
                parent=parent,
                quotes=count,
                talk=talk,
                numerals=numerals,
                refused=_is_no_theme(_bare(section), count, len(levels))
                or bool(containers and not _below(section, inside, containers))
                or (not count and _below(section, inside, {s.start for s in numbers})),
                sample=any(p.fullmatch(_bare(section)) for p in (_SAMPLE, _NUMBERS)),
                measured=_NUMBERS.fullmatch(_bare(section)) is not None,
            )
        )
        levels.append((section.level, base + len(found) - 1))
    return found


def _with_path(reading: Reading, section: Section, inside: list[Section]) -> list[Section]:
    """Return a section after the headings above it that only its own heading names ("RESULTS.REACH.COST:")."""
    steps = list(_STEP.finditer(reading.text, section.heading_start, section.heading_end))
    named = {s.heading.casefold() for s in inside if s.start < section.start}
    above = []
    end = max(s.end for s in inside)
    for depth, step in enumerate(steps[:-1], 1):
        words = step.group().strip()
        new = words.casefold() not in named and heading_kind(words) is None and words not in _ROOTS
        if len(steps) > 2 and new and section.heading.casefold() == steps[-1].group().strip(" :").casefold():
            level = section.level - len(steps) + depth
            above.append(
                replace(
                    section, heading=words, heading_start=step.start(), heading_end=step.end(), level=level, end=end
                )
            )
    if above:
        section = replace(section, heading_start=steps[-1].start())
    return [*above, section]


def _once(sections: list[Section]) -> list[Section]:
    """Return sections without a heading that is still open when a path names it again."""
    opened: dict[int, str] = {}
    kept = []
    for section in sections:
        if opened.get(section.level) == section.heading:
            continue
        opened = {level: words for level, words in opened.items() if level < section.level}
        opened[section.level] = section.heading
        kept.append(section)
    return kept


def _ranked(sections: list[Section]) -> list[Section]:
    """Return sections with those deeper that stand beside others in the file and by their words are a part of them:
    "3.1.1" of "3.1", "Sub-theme 2" of "Theme 1", and what has no label between themes that have one."""
    deeper = [0] * len(sections)
    beside: dict[int, list[int]] = {}
    for number, section in enumerate(sections):
        for level in [level for level in beside if level > section.level]:
            _rank(sections, beside.pop(level), deeper)
        beside.setdefault(section.level, []).append(number)
    for numbers in beside.values():
        _rank(sections, numbers, deeper)
    return [replace(one, level=one.level * _STEPS + more) for one, more in zip(sections, deeper, strict=True)]


def _rank(sections: list[Section], beside: list[int], deeper: list[int]) -> None:
    """Set how much deeper each of the sections is that stand beside each other."""
    words = [" ".join(sections[number].heading.split()) for number in beside]
    depths = [number_level(heading) or 0 for heading in words]
    if min(depths) > 1:
        for number, depth in zip(beside, depths, strict=True):
            deeper[number] = min(depth - min(depths), _STEPS - 1)
        return
    labels = [label_number(heading) for heading in words]
    themes = [at for at, (name, sub) in enumerate(labels) if name and not sub]
    held = sum(one + 1 < len(words) and one + 1 not in themes for one in themes)
    if len(themes) < _FEWEST or 2 * held <= len(themes):
        return
    for at in range(themes[0], len(words)):
        deeper[beside[at]] = int(at not in themes)


def _closed(sections: list[Section]) -> list[Section]:
    """Return sections that end where the next one of their level or above begins."""
    closed = []
    for number, section in enumerate(sections):
        later = (s.heading_start for s in sections[number + 1 :] if s.level <= section.level)
        closed.append(replace(section, start=section.heading_start, end=min(next(later, section.end), section.end)))
    return closed


def _bare(section: Section) -> str:
    """Return a heading without its number and without the brackets that end it."""
    return re.sub(r"^\d[\d.]*\s+|(?<=\w)\s*\([^()]*\)\W*\Z", "", section.heading).strip(" .:")


def _is_no_theme(words: str, quotes: int, depth: int) -> bool:
    if _SPOKEN.search(words) and not quotes:
        return True
    method = heading_kind(words) == "methods" or (_PROCESS.fullmatch(words) is not None and not depth)
    return (method and not quotes) or any(p.fullmatch(words) for p in (_SAMPLE, _NUMBERS, _CONTAINER, _AFTER, _NO_NAME))


def names_no_theme(words: str) -> bool:
    """Say whether words that head a paragraph name no theme but the sample, a method, numbers or a part of the text."""
    return heading_kind(words) is not None or _is_no_theme(words, 0, 0)


def _has_below(section: Section, inside: list[Section]) -> bool:
    return any(s.level > section.level and section.start < s.start < section.end for s in inside)


def _below(section: Section, inside: list[Section], containers: set[int]) -> bool:
    return any(s.start in containers and s.start < section.start < s.end and section.level > s.level for s in inside)


def weigh(reading: Reading, piece: Piece, quotes: Sequence[Piece]) -> tuple[int, float, float]:
    """Return how many quotes a stretch of the view holds, and of its other sentences the share in which somebody says,
    feels or does something without a statistic, and the share that holds statistics. The quotes are in order."""
    inside = quotes[bisect_left(quotes, piece.start, key=_start) : bisect_left(quotes, piece.end, key=_start)]
    first = bisect_left(reading.sentences, piece.start, key=_start)
    last = bisect_left(reading.sentences, piece.end, key=_start)
    own = [s for s in reading.sentences[first:last] if reading.blocks[s.block].kind in ("paragraph", "list_item")]
    own = [s for s in own if not _in_quote(quotes, s.start)]
    count = len(inside)
    if not own:
        return count, 0.0, 0.0
    counted = {s.start for s in own if _NUMERAL.search(reading.text, s.start, s.end)}
    talk = sum(s.start not in counted and bool(_SAYING.search(reading.text, s.start, s.end)) for s in own)
    return count, talk / len(own), len(counted) / len(own)


def _start(one: Piece | Sentence) -> int:
    return one.start


def _in_quote(quotes: Sequence[Piece], at: int) -> bool:
    index = bisect_right(quotes, at, key=_start) - 1
    return index >= 0 and at < quotes[index].end
