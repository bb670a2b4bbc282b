"""Words in marks that no participant said: of a reference, a questionnaire, an interview guide, the authors."""

import re
from bisect import bisect_left
from dataclasses import dataclass

from ingest.extract.context import RoleIndex
from ingest.extract.quotes.candidate import Candidate
from ingest.extract.quotes.speech import REPORTS, says, speech_score
from ingest.extract.wording import any_of, verbs, word_set
from ingest.reading import Reading, Section

_GUIDES = any_of(
    "asked, question, questions, prompt, prompts, interview guide, topic guide, discussion guide, interview schedule, "
    "probe, probed"
)
_ASKED = re.compile(rf"\b{_GUIDES}\b", re.IGNORECASE)
_WE_ASKED = re.compile(
    r"\b(?:we|interview\w*|researchers?|moderators?|facilitators?|prompts?|guide|"
    r"(?:was|were|been|being|when|if|to) (?:\w+ )?(?:asked|probed|prompted|questions?))\b",
    re.IGNORECASE,
)
_ANSWERED = re.compile(
    r"\b(?:stated|said|replied|responded|answered|explained|remarked)\s+when\s+(?:\w+\s+){0,2}asked\b", re.IGNORECASE
)
_ITEMS = any_of(
    "item, items, questionnaire, questionnaires, survey, surveys, scale, scales, response option, response options, "
    "response category, response categories, recall period, Likert, proportion, proportions, percentage, "
    "percentages, hypothesis, hypotheses"
)
_ITEM = re.compile(rf"\b{_ITEMS}\b", re.IGNORECASE)
_CHOSEN = re.compile(
    r"\b(?:selected|chose|ticked|endorsed|rated|(?:strongly )?(?:dis)?agree[ds]?)\b[^.:]{0,80}\Z", re.IGNORECASE
)
_COUNT_NEXT = re.compile(
    r"[\s.,;”\"’']*(?:\((?:[nN]\s*=|\d+(?:\.\d+)?\s*(?:%|/))|(?:is|was|are|were)\s+\d+(?:\.\d+)?\s*%)"
    r"|[\s,;”\"’']*[(\[]?\s*(?:(?:a|adj\.?\s)?(?:OR|RR|HR)|[pβ])\s*[=<>]\s*[\d.-]"
)
_DEFINED = re.compile(r"\b(?:definitions?|defined|glossary)\b", re.IGNORECASE)
_SAYING = re.compile(
    r"\b(?:(?:proverbs?|adages?|idioms?|sayings)\b[^.:;“”\"]{0,60}|"
    r"(?:the|an?) (?:old|local|common|popular|famous|(?-i:[A-Z]\w+)) sayings?)[\s,:]*\Z",
    re.IGNORECASE,
)
"""What introduces words of nobody in particular."""
_TOLD = re.compile(rf"\b(?:one|another|an?|this)\s+(?:[\w’'-]+\s+){{1,4}}?{REPORTS}\b", re.IGNORECASE)
"""One person tells what a word means: that is no definition of the authors."""
_WROTE = re.compile(
    r"\b[Ww]e\s+(?:[\w-]+\s+){0,3}?(?:add|revis|renam|reword|modif|restat|replac|insert|rephras|wrote|written|worded)\w*"
    r"\b[^.:;]{0,160}\Z|"
    r"\b(?:booklet|leaflet|brochure|poster|title|subtitle|paragraph|advert\w*|text message|e-?mail|website)s?"
    r"(?:\s+(?:that|which|stat\w+|read\w*|said|says?|entitled|called|the))*\s*[,:]?\s*\Z|"
    r"\b(?:consent|information) (?:form|sheet|letter)s?\b[^;]{0,90}\b(?:contain|stat|read|say)\w*\b[^.;]{0,20}\Z|"
    r"\b(?:clarif|strengthen|revis|modif|improv|reword|address|resolv)\w*\b[^.;]{0,90}\bby "
    r"(?:add|insert|includ|replac|stat|chang|pos)\w*\b[^.;]{0,40}\Z|"
    r"\breplac(?:ed|ing|es|e)\b[^.:;]{0,60}\Z|"
    r"\b(?:page|line|paragraph) \d+\)?\s*:?\s*\Z|\bshould (?:have )?(?:say|said|read)\b[^.]{0,20}\Z"
)
_DOCUMENTS = any_of(
    "analysis, analyses, review, reviews, report, reports, guideline, guidelines, guidance, policy, policies, "
    "literature, evidence, task force, law, act, legislation, manual, protocol, charter, article, paper"
)
_STATES = any_of(verbs("conclude, state, recommend, define, note, suggest, specify, require, propose, claim, argue"))
_DOCUMENT_SAYS = re.compile(
    rf"\b(?:(?i:{_DOCUMENTS})(?:\s\([A-Z]{{2,8}}\))?\s(?:(?:also|further|has|have|had|\w+ly)\s){{0,2}}{_STATES}"
    r"|(?:The|the)\s[A-Z]{4,8}\s(?:conclud|recommend|defin)(?:es?|ed|s))(?:\s(?:that|as))?[,:]?\s*\Z"
)
"""A document or a body that says something ("the review concluded that"); short forms may also be people."""
_IS_GUIDE = re.compile(
    r"\W*(?:(?:table|box|appendix|figure|additional file|supplement\w*)\W*\w{0,3}\W+)?"
    r"(?:(?:the|an?|our|study|sample|main|"
    r"semi-?structured|structured|in-?depth|key|example|focus|group|discussion|interview|topic|survey|open-?ended|of|for|"
    r"in|from|"
    r"questions?|items?|statements?)\W+){0,7}?"
    r"(?:questionnaires?|(?:interview|topic|discussion|focus group|question) (?:guides?|schedules?|protocols?)|"
    r"(?:interview|survey|focus group|questionnaire) (?:questions?|items?|statements?))"
    r"(?:\W+(?:of|on|for|about|used|to|with|in|which|that|items?|questions?)\b|\W*\Z|\s*[.:(])",
    re.IGNORECASE,
)
_CITED = re.compile(
    r"[\s.,;”\"’']*(?:\[\d|\((?:[^()]{0,60}\b(?:19|20)\d\d\b|[^()]{0,20}\b(?:pp?\.|pages?)\s?\d)|\(?\bpp?\.\s?\d)"
)
_CITED_BEFORE = re.compile(r"\[\d[^\[\]]{0,30}\]|\(\s*(?:19|20)\d\d[a-z]?\b|\bet al\b")
SAYING = "is a saying"
"""Why words are refused that are nobody's own."""
_SMALL = word_set("a an the of to and or for in on at by with from as is but not no")
WORD = re.compile(r"[^\W_]+(?:['’\]\[-][^\W_]+)*")
"""A word of a quotation."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What stands around a candidate: the sentence before and after it, and the one before that, with their offsets."""

    lead: str
    trail: str
    earlier: str
    lead_start: int
    earlier_start: int
    starts_block: bool


@dataclass(frozen=True)
class Echoes:
    """What stands elsewhere in the document: headings, the words of long quotations, a line each, how often words stand
    in marks, and where references do, in order."""

    headings: frozenset[str]
    long: str
    marked: dict[str, int]
    cited: tuple[int, ...]

    def is_cited(self, start: int, stop: int) -> bool:
        """Say whether the mark of a reference stands at one of the offsets from `start` to before `stop`."""
        first = bisect_left(self.cited, start)
        return first < len(self.cited) and self.cited[first] < stop


@dataclass(frozen=True, slots=True)
class Case:
    """A candidate with all that is looked at to judge it; `words` are those of its `text`."""

    reading: Reading
    candidate: Candidate
    section: Section
    setting: Setting
    text: str
    words: list[str]
    roles: RoleIndex
    echoes: Echoes


def plain(words: str) -> str:
    """Return words for comparison: no marks and no capitals.

    >>> plain("“Avoid[ing] delay!”")
    'avoid[ing delay'
    """
    return " ".join(WORD.findall(words)).casefold()


def outside(section: Section) -> str:
    """Return why a section holds no quotations."""
    return f"stands in the section {section.heading or section.kind!r}"


def is_asked(case: Case) -> bool:
    """Say whether a candidate is a question of an interview guide or a questionnaire: questions are told of around it,
    and it is not what one who took part asked another."""
    section, setting = case.section, case.setting
    if not case.text.rstrip().endswith("?"):
        return False
    if _ASKED.search(section.heading) or _ITEM.search(section.heading):
        return True
    stop = setting.lead_start + len(setting.lead)
    they = section.kind == "results" and case.roles.between(setting.lead_start, stop)
    if they and _ANSWERED.search(setting.lead):
        return False
    return _ASKED.search(setting.lead) is not None and (not they or _WE_ASKED.search(setting.lead) is not None)


def holds_questions(section: Section) -> bool:
    """Say whether the heading of a section or caption of a table is that of a questionnaire or an interview guide."""
    return _IS_GUIDE.match(section.heading) is not None


def refused(case: Case) -> str:
    """Return why marked words without a tag cannot be a participant's, or nothing."""
    candidate, setting = case.candidate, case.setting
    behind = case.echoes.is_cited(candidate.end, candidate.outer_end + 3)
    before = case.echoes.is_cited(setting.lead_start + 1, candidate.outer_start + 1)
    written = _CITED.match(case.reading.text, candidate.end, candidate.end + 90) or _CITED_BEFORE.search(setting.lead)
    if behind or before or written:
        return "are the words of a reference"
    chosen = _CHOSEN.search(setting.lead)
    chosen = None if chosen and says(chosen.group()) else chosen
    if _COUNT_NEXT.match(setting.trail) or chosen or _ITEM.search(setting.lead):
        return "is an item or answer of a questionnaire"
    defined = _DEFINED.search(setting.lead)
    if defined and not _TOLD.search(setting.lead, 0, defined.start()):
        return "is a definition"
    if _SAYING.search(setting.lead):
        return SAYING
    if _DOCUMENT_SAYS.search(setting.lead):
        return "is what a document or a body of people states"
    if _WROTE.search(setting.lead):
        return "is what the authors or a document wrote"
    if case.section.kind in ("background", "methods"):
        return outside(case.section)
    if is_asked(case):
        return "is a question of the interview"
    big = [word for word in case.words if word.casefold() not in _SMALL]
    capitals = len(case.words) > 1 and all(word[0].isupper() for word in big) and not speech_score(case.text)
    if capitals or plain(case.text) in case.echoes.headings:
        return "is a heading, a title or the name of a theme"
    return ""
