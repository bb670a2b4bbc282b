"""Limitations that authors state: where they begin to speak of them, and which clauses are about them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.extract.screening import Pattern, Wordings, alternatives
from ingest.extract.study.text import OWN, Line, say, trim


@dataclass(frozen=True, slots=True)
class Statement:
    """Words of a claim and where they stand in the view; `scope` says what a limitation is about."""

    words: str
    start: int
    end: int
    scope: str | None = None
    citations: tuple[str, ...] = ()


_OPENS = Pattern(
    r"\b(?:(?:several|some|a number of|two|three|four|five|few|its|many|important|potential|following|main|major"
    r"|other|another|further|one|a|the|study|possible|methodological|key|certain|additional|inherent) )?"
    r"(?:limitations?|weakness(?:es)?|shortcomings?|caveats?)\b(?=\W*$|\W+(?:is|are|was|were|includ\w+|that|which"
    r"|(?:to|of|in|with) (?:this|our|the|using|these|such)|of study|should|need|must|may|could|relat\w+|concern\w*|"
    r"associated|inherent|when|as|and|such|we|here|exist|merit|warrant|deserve|first|regarding|worth|have|has)\b)"
    r"|\b(?:study|research|sample|data|findings|design|analys[ie]s) (?:was|were|is|are) (?:\w+ )?limited (?:by|to)\b",
    re.IGNORECASE,
)
_ADMITS = Pattern(
    r"\bwe (?:\w+ ){0,2}?(?:(?:acknowledge|concede|admit)(?! (?:the )?(?:support|help|contribution|assistance))"
    r"|recogni[sz]e that (?:our|the (?:sample|study|findings|results)|this|these|we))\b",
    re.IGNORECASE,
)
_FAILED = re.compile(r"\b(?:not (?:feasible|possible)|could not|cannot|unable|did not)\b", re.IGNORECASE)
_REPLIES = re.compile(r"^\W*(?:however|nevertheless|nonetheless|still|yet|even so)\b", re.IGNORECASE)
_OF_STUDY = re.compile(
    r"\b(?:our|(?:the|this|present|current) (?:[\w-]+ )?(?:study|studies|research|sample|findings|results|data|trial"
    r"|analysis|paper|evaluation|work|design|approach|methods?)|there (?:are|were)|we|"
    r"(?:important|several|some|potential|other|another|a|an|one|the) (?:\w+ )?limitations?)\b",
    re.IGNORECASE,
)
_HEADED = re.compile(
    r"limitation|methodological (?:consider|discuss|reflect|issue|strength)|strengths? and|weakness|trustworth",
    re.IGNORECASE,
)
_ABOUT = Pattern(
    r"\b(?:stud(?:y|ies)|sample|samples|participants?|respondents|interview\w*|findings|results|data|trial|analys\w+"
    r"|evaluation|recruit\w*|sites?|ratings?|researchers?|focus groups?|survey|questionnaire|we|our|"
    r"informants|perspectives|views|design|methods?|generali[sz]\w*|transferab\w*|bias\w*|power(?:ed)?|follow[- ]up"
    r"|intervention|attrition|measures?)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"^\W*(?:this|these|they|it|hence|thus|therefore|consequently|as such|in addition|additionally|furthermore"
    r"|moreover|also|similarly|second\w*|third\w*|fourth\w*|fifth\w*|finally|last\w*|another|however)\b",
    re.IGNORECASE,
)
_STRONG_SIGNS = (
    r"\b(?:can ?not|could not|may not|might not|not|limits?|limited|limiting|restrict\w*|caution\w*|reduc\w+"
    r"|affect\w*)\b[^.;]{0,60}\b(?:generali[sz]\w*|transferab\w*|transferred|representativ\w*|extrapolat\w*)"
    r"|\b(?:generali[sz]ab\w+|transferability|representativeness)\b[^.;]{0,40}\b(?:limited|unclear|unknown|uncertain"
    r"|reduced|restricted|question\w*|compromised)"
    r"|\bmay not (?:be (?:representative|applicable|typical)|represent|reflect|apply)\b|\b(?:not"
    r"|un|non)[- ]?representative\b|\bunlikely (?:to )?(?:be )?represent\w*"
    r"|\b(?:sample|interviewees|respondents|study)\b[^.;]{0,40}\b(?:under|over)[- ]?represent\w*"
    r"|\b(?:not|unlikely to) (?:have )?(?:reach\w*|achiev\w+) (?:\w+ )?saturation|\bsaturation (?:was|may|might"
    r"|could)(?: \w+)? not\b"
    r"|\bonly (?:one|two|three|four|five|six|an? (?:few|minority|small number of)|\d{1,2}%?) (?:of (?:the|our) )?"
    r"(?:[\w-]+ ){0,3}?(?:(?:was|were) (?:interviewed|recruited|included|enrolled|able to (?:participate|attend))"
    r"|agreed to|consented|participated|took part|responded to)\b|\b(?:difficult\w*|hard|unable|challenging)"
    r" (?:\w+ )?(?:to|in|of) (?:recruit|enrol)\w*[^.;]{0,40}\b(?:participants|patients|respondents|interview|study)"
    r"|\b(?:lack of|limited|little|insufficient|low) (?:\w+ )?(?:diversity|heterogeneity|variation) (?:of|in"
    r"|among) (?:the"
    r"|our) (?:sample|participants)"
    r"|\b(?:limits?|influence[sd]?|affect(?:s|ed)?|threaten(?:s|ed)?|compromise[sd]?|reduce[sd]?|weaken(?:s|ed)?)"
    r" (?:the )?(?:external |internal |construct )?validity\b|\b(?:selection|recall|response|social desirability"
    r"|sampling|reporting"
    r"|desirability) bias\b"
    r"|\b(?:small|limited|modest|insufficient|lack the) (?:\w+ ){0,2}?(?:sample|number of (?:participants|interviews"
    r"|patients|sites|respondents|focus))|\bsample(?: size)? (?:was|is|were)(?: \w+)? (?:small|limited|low)"
    r"|\bsmall(?:er)?[- ](?:than[- ]planned[- ])?sample"
    r"|\b(?:open|subject|prone) to (?:\w+ ){0,2}?bias\w*|\bto be (?:under|over)[- ]?represented\b"
    r"|\bnot (?:yet )?(?:been )?validated\b|\bdata\b[^.;]{0,30}\b(?:was|were|are) (?:\w+ )?(?:incomplete|not available)"
    r"|\b(?:cannot|can not|could not|did not|does not|do not)(?:, however,)? (?:provide information|permit|establish"
    r"|rule out|allow (?:us )?to (?:compare|determine|establish))\b"
    r"|\bwe were (?:unable|not able) to (?:compare|interview|include|contact|obtain|assess|examine|explore|verify)\b"
    r"|\b(?:was|were|is) not (?:\w+ )?powered\b|\bunderpowered\b|\bsmall size\b"
)
_STRONG = Wordings(alternatives(_STRONG_SIGNS), re.IGNORECASE)
_WEAK = Pattern(
    r"\b(?:limit(?:s|ed|ation|ations|ing)?|lack(?:s|ed|ing)?|bias(?:ed|es)?|small(?:er)?|only|alone|solely"
    r"|relatively few|too few|single|unable|cannot|could not|did not|do not|does not|was not|were not|not|no|"
    r"difficult|restrict\w*|self[- ](?:report|select)\w*|volunteer\w*|under[- ]?represent\w*|over[- ]?represent\w*"
    r"|exclu\w+|caution\w*|may (?:have|be|also|tend|differ|affect)|might (?:have|be)|could (?:have|be)|"
    r"possible(?:, \w+,)? that|likely|differ(?:s|ed)? (?:from|between)|different (?:from|than)|unique|missing|missed"
    r"|overlook\w*"
    r"|influenc\w*|retrospective|recall|attrition"
    r"|already (?:\w+ )?(?:motivated|participat\w+|interested|engaged|aware|involved|familiar|enrolled|positive)"
    r"|(?:more|most|highly|better) (?:motivated|engaged|interested"
    r"|educated|positive|experienced|aware|willing)|select (?:group|cohort|sample)|could be improved"
    r"|(?:would|could|might|should) (?:\w+ )?have (?:been|allowed|provided|given|yielded|enabled|revealed|added|led"
    r"|benefit\w*|improved|enriched|strengthened)"
    r"|drop[- ]?out|low (?:response|uptake|number)|homogen\w+|urban|rural|drawn from|interpret(?:ed|ation) with|"
    r"unclear|unknown|uncertain|less|fewer|rather than|purposive|convenience|were estimated|dependent on|relied on"
    r"|relies on|one (?:site|centre|center|hospital|region|country)|geographic(?:al)? (?:region|area|location))\b",
    re.IGNORECASE,
)
_ENUMERATED = re.compile(
    r"^\W*(?:first(?:ly)?|second(?:ly)?|third(?:ly)?|fourth(?:ly)?|fifth(?:ly)?|sixth(?:ly)?|last(?:ly)?|finally"
    r"|another|also|in addition|additionally|furthermore|moreover|further)\b",
    re.IGNORECASE,
)
_STRENGTH = Pattern(
    r"\b(?:strengths?|robust|advantages?|rigou?r\w*|enhanc\w+|triangulat\w+|trustworth\w+|credib\w+|strong setting"
    r"|first (?:study )?to|novel|in[- ]depth understanding|valuable|reassuring|rich(?:ness)?|"
    r"minimi[sz]e\w*|mitigat\w*|overc[oa]me|confident|confidence|nevertheless|despite (?:this|these|the limitation)"
    r"|is important for|would be (?:particularly )?important|important to (?:use|publish|ensure)|unique (?:knowledge"
    r"|insights?|opportunity)|broad range|wide range|diverse|efforts? (?:was|were) made|allow(?:s|ed|ing) us to"
    r"|allowing for"
    r"|made [^.;]{0,60}feasible)\b",
    re.IGNORECASE,
)
_CLAUSES = Pattern(
    r";\s+|,? but (?:that |also )?|,? however,? (?=(?:we|the|this|these|those|it|our|they|there|an?|only|some|most"
    r"|many|not"
    r"|as|due|because|since|in|for)\b)|, (?:and )?(?:thus|therefore|hence|so|which) (?=\w)"
    r"|,? and (?=(?:thus|therefore|hence|may|might|could|these|this|we|it)\b)|, and (?=(?:our|the) |\w+ (?:was|were"
    r"|may"
    r"|might|did|had)\b)",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:(?:we (?:\w+ ){0,2}?(?:acknowledge|concede|admit|recogni[sz]e) that|first(?:ly)?|second(?:ly)?"
    r"|third(?:ly)?|fourth(?:ly)?|fifth(?:ly)?|sixth(?:ly)?|last(?:ly)?|finally|also"
    r"|in addition|additionally|furthermore|moreover|however|although|while|though|hence|thus),? )*"
    r"(?:(?:a|an|one|another|the|the main|one potential|a further|a major|a potential|a second|our"
    r"|this) (?:\w+ ){0,3}?(?:limitation|weakness|shortcoming|drawback)(?: (?:of|in|to|for) (?:\w+ ){1,4}?)? ?(?:is"
    r"|was|may be|could be|relates to|concerns)(?: the fact)?(?: that)?,? )?",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"^(?:(?:this|our|the (?:present|current)?) ?(?:\w+ )?(?:study|research|evaluation|paper|trial)|there|we|it"
    r"|like any study)\b[^.;:]{0,60}\b(?:limitations?|weaknesses)(?: (?:in|of|to|with) (?:this|our"
    r"|the) [\w -]{1,40})?(?:,? (?:that|which|and these) (?:should|must|need|may|warrant)[^.;]{0,60}| (?:should|must"
    r"|need to) be [^.;]{0,60})?\W*$|^\W*(?:strengths and )?limitations?\W*$",
    re.IGNORECASE,
)
_SCOPES = (
    ("measurement", r"self[- ]report|recall|measure|rating|fidelity|questionnaire|instrument|social desirab|observer"
                    r"|assess"),
    ("generalisability", r"generali[sz]|transfer|representativ|represent|other (?:settings|populations|regions|sites)"
                         r"|one (?:site|hospital|region)|single|alone|region|urban|rural|unique|population|setting"),
    ("sample", r"sample|small|number of|recruit|participants|volunteer|self[- ]select|selection|biased|perspectives"),
    ("design", r"design|power|cross[- ]sectional|follow[- ]up|randomi|control group|retrospective|trial"),
    ("analysis", r"analys|coding|coded|interpret|researcher"),
)  # fmt: skip
_PERSPECTIVES = re.compile(
    r"\b(?:by )?(?:incorporat|includ|involv|add)\w*\b[^.;,]{0,50}\b(?:perspectives?|views|voices?"
    r"|experiences)\b(?: of [\w -]{3,40})?",
    re.IGNORECASE,
)
_MINE = re.compile(rf"{OWN.source}|\b(?:the|these) (?:findings|results|data|sample)\b", re.IGNORECASE)
_PRAISE = Pattern(
    r"\b(?:strengths?|advantages?)\b|\bfirst (?:qualitative )?(?:study|paper) to\b|\bonly (?:published )?study\b"
    r"|\bto our knowledge\b",
    re.IGNORECASE,
)
_CITED = Pattern(r"\bet al\b|\b(?:previous|other|earlier|recent) (?:studies|research|literature)\b", re.IGNORECASE)
_TURN = re.compile(r"\b(?:but|however)\b", re.IGNORECASE)
_TURNS = re.compile(
    r"^.{0,40}?\b(?:but|however|nonetheless|on the other hand|conversely|at the same time)\b", re.IGNORECASE
)
_BEYOND = re.compile(
    r"unable to|not able to|represent|saturation|generali|transferab|\bonly\b|\brecruit"
    r"|\b(?:external|internal) validity",
    re.IGNORECASE,
)
_AVOIDED = re.compile(
    r"\b(?:reduc|avoid|prevent|minimi[sz]|limit|counter|address|ensur|increas|to (?:obtain|achieve|reach))\w*"
    r" [^.;]{0,40}(?:bias|representativ|generali|saturation|transferab)|\buntil\b",
    re.IGNORECASE,
)
_PATIENCE, _SHORTEST, _BRIEF = 3, 20, 8
_PLACES = frozenset({"limitations", "discussion", "conclusions", "other"})
_READ = _PLACES | {"methods", "background", "results"}


@dataclass
class _Passage:
    """How far a paragraph speaks of limitations: whether it does (`speaking`) or did (`begun`), whether it announced a
    list of them, whether it is at strengths, whether the sentence before gave one (`last`), for how many sentences
    nothing was found (`quiet`), and how many of those end it (`patience`)."""

    block: int = -1
    heading: str = ""
    speaking: bool = False
    begun: bool = False
    listed: bool = False
    strengths: bool = False
    last: bool = False
    quiet: int = 0
    patience: int = _PATIENCE

    def hear(self, line: Line) -> bool:
        """Take in a sentence; return whether it names limitations of the study."""
        opens = _OPENS.search(line.text) is not None and _OF_STUDY.search(line.text) is not None
        if _ADMITS.search(line.text) and not self.speaking:
            self.speaking, self.patience = True, 1
            return True
        resumes = self.begun and _ENUMERATED.search(line.text) is not None
        if opens or resumes:
            self.speaking, self.patience = True, _PATIENCE
        self.begun |= opens
        self.listed |= opens and _BARE.search(line.text) is not None
        if opens or resumes or _PRAISE.search(line.text):
            self.strengths = _PRAISE.search(line.text) is not None and not opens
        elif _TURNS.search(line.text):
            self.strengths = False
        return opens

    def goes_on(self, line: Line) -> bool:
        """Whether the first sentence of the next paragraph takes up the list of limitations that this one began."""
        return self.begun and line.heading == self.heading and _ENUMERATED.search(line.text) is not None

    def replies(self, line: Line) -> bool:
        """Whether a sentence answers the limitation before it: "However, both wards were alike."."""
        rebuts = _REPLIES.search(line.text) is not None and _FAILED.search(line.text) is None
        return rebuts and self.last and not self.strengths

    def rest(self, *, found: bool) -> None:
        """Forget what the paragraph was about when three sentences gave nothing, or one after an admission."""
        self.last = found
        self.quiet = 0 if found else self.quiet + 1
        self.speaking &= self.quiet < self.patience


def limitations(told: Sequence[Line], asked: Iterable[Statement]) -> Iterator[Statement]:
    """Yield the limitations that sentences state: all clauses with a sign of one where the authors speak of
    limitations, elsewhere only those that say outright what does not hold beyond the study."""
    wanted = [(one.start, one.end) for one in asked]
    passage = _Passage()
    for line in told:
        if line.in_abstract or line.kind not in _READ:
            continue
        if line.block != passage.block:
            again = passage.goes_on(line)
            listed = again and passage.listed
            passage = _Passage(line.block, line.heading, begun=again, listed=listed)
        headed = line.kind == "limitations" or _HEADED.search(line.heading) is not None
        if line.kind in _PLACES:
            opens = passage.hear(line)
            found = list(_clauses(line, wanted, passage, opens=opens, headed=headed))
            passage.rest(found=bool(found) or opens)
            yield from found
        elif _said_early(line):
            yield from _clauses(line, wanted, _Passage(), opens=False, headed=False)
        if headed:
            yield from _implied(line, wanted)


def _said_early(line: Line) -> bool:
    """Whether a sentence before the discussion says what the study does not hold for, and not how that was avoided."""
    if not OWN.search(line.text) or not _STRONG.stand_in(line.text):
        return False
    if _OPENS.search(line.text) or "power" in line.text:
        return True
    return line.kind != "background" and _BEYOND.search(line.text) is not None and not _AVOIDED.search(line.text)


def _clauses(
    line: Line, wanted: Sequence[tuple[int, int]], passage: _Passage, *, opens: bool, headed: bool
) -> Iterator[Statement]:
    if _BARE.search(line.text) or (opens and len(line.text.split()) <= _BRIEF):
        return
    speaking = headed or passage.speaking
    about = headed or passage.listed or _ABOUT.search(line.text) or _GOES_ON.search(line.text)
    numbered = _ENUMERATED.search(line.text) is not None
    replies = passage.replies(line)
    cuts = [match for match in _CLAUSES.finditer(line.text) if _level(line.text, match.start())]
    starts = [0, *(match.end() for match in cuts)]
    ends = [*(match.start() for match in cuts), len(line.text)]
    turns = ["", *(match.group() for match in cuts)]
    for first, last, turn in zip(starts, ends, turns, strict=True):
        words = line.text[first:last]
        strong = _STRONG.stand_in(words) and (speaking or _MINE.search(line.text) is not None)
        named = opens and first == 0 and (_OPENS.search(words) or _ADMITS.search(words)) is not None
        cited = _CITED.search(words) is not None and not OWN.search(words)
        praised = (
            cited or replies or _STRENGTH.search(words) is not None or (passage.strengths and not _TURN.search(turn))
        )
        weak = speaking and about and not praised and (_WEAK.search(words) or (numbered and first == 0))
        if not (strong or named or weak) or (named and not strong and len(words.split()) < _BRIEF):
            continue
        lead = _LEAD.match(words)
        start, end = trim(line.text, first + (lead.end() if lead else 0), last)
        if end - start < _SHORTEST:
            start, end = trim(line.text, first, last)
        if end - start < _SHORTEST or any(a < line.start + end and line.start + start < b for a, b in wanted):
            continue
        said = say(line.text[start:end])
        yield Statement(said, line.start + start, line.start + end, _scope(said))


def _implied(line: Line, wanted: Sequence[tuple[int, int]]) -> Iterator[Statement]:
    """What research should take in next was left out here."""
    for match in _PERSPECTIVES.finditer(line.text):
        start, end = line.start + match.start(), line.start + match.end()
        if any(a <= start < b for a, b in wanted):
            yield Statement(say(match.group()), start, end, "implied")


def _scope(words: str) -> str | None:
    return next((name for name, source in _SCOPES if re.search(source, words, re.IGNORECASE)), None)


def _level(text: str, at: int) -> bool:
    return text.count("(", 0, at) <= text.count(")", 0, at)
