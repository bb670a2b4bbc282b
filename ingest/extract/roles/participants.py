"""Which of the people that a paper names took part in the study, and which group of them a name belongs to."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from ingest.extract.roles.names import Name
from ingest.extract.screening import Pattern
from ingest.extract.wording import any_of, verbs
from ingest.reading import Reading, Section

_NUMBER = any_of(
    "one, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, thirteen, fourteen, fifteen, twenty, "
    "thirty, forty, fifty, sixty"
)
_COUNT = rf"(?:\d{{1,4}}|{_NUMBER})"
_COUNT_BEFORE = Pattern(
    rf"\b{_COUNT}(?:[- ]{_COUNT})?\s+(?:(?!(?:my|our|your|his|her)\b)[\w-]+\s+){{0,2}}\Z", re.IGNORECASE
)
_COUNT_AFTER = re.compile(r"\s*(?:\([A-Za-z]{1,6}s?\)\s*)?[(\[]\s*(?:[nN]\s*=\s*)?\d{1,4}\s*(?:[,;)\]%]|\s\()")
_ROW = re.compile(r"s?\s*(?:\([^()]{1,12}\)\s*)?[\s|:,–-]*\d{1,4}\s*(?:\(\s*\d|\b)")

_EVENTS = any_of(
    "interview, interviews, focus group, focus groups, focus-group, focus-groups, discussion, discussions, workshop, "
    "workshops, survey, surveys, questionnaire, questionnaires, IDI, IDIs, FGD, FGDs, KII, KIIs"
)
_HELD = any_of("conducted, held, carried out, undertaken, completed, administered, performed, done")
_WITH = any_of("with, among, amongst, involving, from, of, to")
_CHOSEN = any_of(
    "interviewed, recruited, invited, surveyed, enrolled, approached, sampled, we included, we selected, we contacted, "
    "we asked, we spoke to, we spoke with"
)
_PEOPLE = any_of(
    "participant, participants, respondent, respondents, interviewee, interviewees, informant, informants, sample, "
    "participating, individuals, those"
)
_INCLUDED = any_of("include, included, including, were, was, comprised, consisted of, represented")
_BEFORE_LIST = rf"(?:(?:{_COUNT}|{any_of('the, all, both, a, an, purposively selected, our')})\s+){{0,2}}"
GATHERED = Pattern(
    rf"(?:\b{_EVENTS}\s+(?:\([^()]{{1,20}}\)\s*)?(?:(?:were|was)\s+(?:also\s+)?{_HELD}\s+)?"
    rf"(?:individually\s+|face-to-face\s+|by\s+telephone\s+)?{_WITH}\s+"
    rf"|\b{_CHOSEN}\s+(?:with\s+)?|\b{any_of('sample of, samples of, group of, groups of, number of, to recruit')}\s+"
    rf"|\b{_PEOPLE}\b[^.;:]{{0,40}}?\b{_INCLUDED}(?:\s+of)?:?\s+"
    rf"|\b{any_of('most were, sample also included, participants including, participating, perceptions from')}\s+)"
    rf"{_BEFORE_LIST}(?:(?!(?:to|by|per|with|for)\b)[\w’'/-]+\s+){{0,3}}\Z",
    re.IGNORECASE,
)
_ASKED_ABOUT = re.compile(r"\bthe interview (?:with|from) (?:their|his|her)\b[^.;]*\Z", re.IGNORECASE)
"""Whom somebody has who was interviewed: "distress from the interview with their own therapist"."""
_OR = re.compile(r"\bparticipating\s+(?:[\w-]+\s+){1,2}or\s+\Z", re.IGNORECASE)
"""Only the first of two took part for certain: "participating women or children"."""
_CHOSE = any_of("recruited, invited, interviewed, approached, sampled, selected, contacted, enrolled")
_DID = any_of(
    "participated, took part, agreed to, "
    "consented, completed an interview, completed the interview, completed a survey, completed the survey, "
    "completed a questionnaire, completed the questionnaire"
)
TAKING_PART = re.compile(
    rf"\s*(?:\([^()]{{1,40}}\)\s*)?(?:who\s+|were\s+|that\s+|and\s+\w+\s+){{0,2}}(?:\w+ly\s+)?"
    rf"(?:{_DID}\b|{_CHOSE}\b(?!\s+{any_of('each, every, all, the, eligible, potential, potentially')}\b))"
    rf"|\s+{any_of('interviewed, participant, participants, interview, interviews')}\b",
    re.IGNORECASE,
)
_MADE_IT = re.compile(
    rf"\s+(?:(?:who|then|also|both|\w+ly)\s+){{0,2}}"
    rf"{any_of('reviewed, coded, analysed, analyzed, conducted, moderated, facilitated, transcribed, read')}\b",
    re.IGNORECASE,
)
"""What those do who carry a study out."""
_STUDY = any_of(
    "interview, interviews, interviewed, interviewee, interviewees, focus group, focus groups, focus-group, "
    "focus-groups, participant, participants, participated, took part, recruit, recruited, recruitment, respondent, "
    "respondents, informant, informants, sample, samples, sampled, invited, enrolled, consented, surveyed"
)
_STUDIED = re.compile(rf"\b{_STUDY}\b", re.IGNORECASE)
_AIMS = any_of(
    verbs(
        "aim, explore, understand/understood, investigate, examine, characterise, characterize, describe, elicit, "
        "assess, identify"
    )
    + ", objective, objectives, purpose, sought, exploration, qualitative, study"
)
_AIM = Pattern(rf"\b{_AIMS}\b", re.IGNORECASE)
_VIEW = any_of(
    "perception, perceptions, perspective, perspectives, view, views, experience, experiences, opinion, opinions, "
    "attitude, attitudes, belief, beliefs, account, accounts, understanding, understandings, expectation, "
    "expectations, preference, preferences, perceived, believe, think, cope"
)
_DEALING = r"\w+ing\s+(?:for|with|to|of|after|about|on|the|a|an|their|these)"
"""What others than those people do: in "experiences of caring for patients" no patient is asked."""
VIEWS_OF = re.compile(
    rf"\b{_VIEW}(?:\s+(?:and|or)\s+\w+)?\s+{any_of('of, from, among, amongst, held by')}\s+"
    rf"(?:(?!{_DEALING}\b)[\w-]+\s+){{0,3}}\Z"
    r"|\b(?:by|how\s+do|do)\s+(?:\w+\s+){0,2}\Z",
    re.IGNORECASE,
)
THEIR_VIEWS = re.compile(
    rf"\s*(?:\([^()]{{1,12}}\)\s*)?['’]s?\s+(?:[\w-]+\s+){{0,2}}?(?:and\s+[\w-]+\s+)?{_VIEW}|\s+{_VIEW}\b",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    rf"\b{any_of(verbs('enhance, improve, increase, raise, promote, strengthen, shape, influence, support, foster'))}"
    r"\s+(?:\w+\s+){0,2}\Z",
    re.IGNORECASE,
)
"""What is done to views that are none the study asks for: "nurses can improve clients' understanding"."""
_DENIED = Pattern(
    r"\b(?:not\s+(?:interview|includ|recruit|invit|ask)|excluded|exclusion\s+criteria|without)", re.IGNORECASE
)

_ETHICS = re.compile(
    r"\bethic(?:s|al)\b(?! (?:dilemmas?|conflicts?|issues?|tensions?|challenges?|concerns?))"
    r"|\b(?:trial|study|data) (?:management|monitoring|oversight|governance|steering|entry)\b"
    r"|\bsteering (?:committee|group)\b",
    re.IGNORECASE,
)
"""A heading below which only those are named who allowed a study, or saw to it."""
_MAKERS = re.compile(
    r"(?-i:\b[A-Z]{2,4})(?: and (?-i:[A-Z]{2,4}))?,? (?:\([\w ,]+\) )?(?:is|was|are|were) (?:an? |both |all )"
    r"|\b(?:interviewers?|researchers?|moderators?|authors?|research team|team members)\b[^.;]{0,60}?"
    r"\s(?:is|was|are|were|had|has|have)\s+(?:an?|all|both|also|trained|experienced|experience)\b"
    r"|\b(?:she|he) (?:is|was) (?:also )?(?:an? )?(?:\w+ ){0,3}(?:registered|certified|qualified|accredited|licensed)\b"
    r"|\b(?:PhD|MSc|MPH|by background|by training|by profession|with (?:a )?(?:\w+ )?(?:background|expertise|experience"
    r"|training) in|(?:extensive|years of) (?:\w+ ){0,2}(?:experience|knowledge))\b",
    re.IGNORECASE,
)
"""Words about those who carried the study out and what they bring to it."""
_TAG = re.compile(r"[.?!…”\"’]\s*[.,]?\s*[(\[][^()\[\]]{0,40}\Z")
_OPENERS, _CLOSERS = "([", ")]"
_STOPS = re.compile(r"[)\]]\s*\.?\s*(?:\n|\Z)|[)\]]\.\s*[A-Z]")
_SIGNED = re.compile(r"[^()\[\]]{0,40}(?:\([^()\[\]]{0,40}\))?[)\]]\s*(?:[.,;]?\s*(?=[A-Z“\"‘\[(…]|\Z|\n)|[.])")
_LIST_WORD = rf"(?:{any_of('and, or, a, an, the, other, also')}|{_COUNT}|[a-z-]+)"
_LIST_GAP = re.compile(
    r"\s*(?:\([^()]{1,40}\)\s*)?(?:,|;|/|&|\band\b|\bor\b|\bas\s+well\s+as\b)[\s,]*" rf"(?:{_LIST_WORD}\s+){{0,4}}"
)
_FIRST_GAP = re.compile(rf"\s*(?:{_LIST_WORD}\s+){{0,2}}")
_NAMELY = any_of("including, such as, comprising, consisting of, i.e., e.g.")
_INTRODUCES = re.compile(
    rf"\s*(?:\([A-Za-z-]{{2,10}}\)\s*)?(?:[(\[]|,?\s*{_NAMELY},?\s"
    r"|[^.;:()]{0,90}\bincluded:?\s)"
)
_OVERVIEW = 1500
_LONGEST_CELL = 400
"""Characters of a cell beyond which it counts no people: it tells, or quotes."""
_NO_AIM = ("results", "discussion", "conclusions")
_SPOKEN = re.compile(r"[“\"]|\b(?:I|me|my)\b(?!\.)")
"""What tells of a cell that somebody speaks in it, and of whom he or she has ("two children")."""
_LIVING = re.compile(
    r"(?:\A|[\n\t])\s*(?:unemployed|not working|retired|homemaker|housewife|house wife|self-employed|paid work|"
    r"employed|unskilled|pensioner)\b",
    re.IGNORECASE,
)
_ROWS_BESIDE = 4
_WORDS = re.compile(r"[^\W\d_]{2}")
_QUESTION = re.compile(r"(?:who|whom|what|where|when|why|how|which)\b|[^\t\n]*\?|parity\b", re.IGNORECASE)
_OFFSPRING = re.compile(r"\b(?:parity|rang(?:ed|ing|es))\b[^.;]{0,60}\d\s+\Z", re.IGNORECASE)
"""Words about how many children somebody has."""
_JOB = re.compile(r"(?:occupation|employment|work|job)", re.IGNORECASE)
"""The head of rows on what people live on: where some are pupils, these are no children."""
_YOUNG = frozenset({"child-patient", "young-person"})
_WITHIN_CELL = re.compile(r"\b(?:of|than|from|by|with|for|to|about)\b", re.IGNORECASE)
_NUMBER_OF = re.compile(r"\s*(?:total )?(?:number|no\.?|n) of\s+(?:[\w-]+\s+)?", re.IGNORECASE)
_SPEECHLESS = frozenset({"newborn", "neonate", "infant", "baby", "toddler"})
"""Those whom studies are about and nobody asks."""
_RELATIVES = frozenset({"family-member", "spouse-or-partner", "friend-or-neighbour"})
_OF_RELATIVES = re.compile(r"\b(?:famil|care-?giv|carers?\b|relati|spous|partner|friend|kin\b|proxy)", re.IGNORECASE)


def participant_names(reading: Reading, names: Sequence[Name]) -> Iterator[Name]:
    """Yield the names that the title, abstract, methods, the start of the results or a table give as taking part.

    A name counts where people are interviewed, recruited, numbered or listed, where their views are the aim of the
    study, or where a quotation is signed with it; names that go on such a list count too.
    """
    for _, group in groupby(names, key=lambda name: _sentence_start(reading, name)):
        last: Name | None = None
        for name in group:
            section = reading.section_at(name.start)
            if section.kind in ("references", "back") or name.key[-1] in _SPEECHLESS:
                continue
            listed = last is not None and _LIST_GAP.fullmatch(reading.text[last.end : name.start]) is not None
            if is_signature(reading.text, name) and section.kind not in ("front", "background"):
                yield name
            elif _tells_sample(section, name) and (listed or _took_part(reading, name, section)) and not name.is_thing:
                last = name
                yield name


def _sentence_start(reading: Reading, name: Name) -> int:
    sentence = reading.sentence_at(name.start)
    return sentence.start if sentence else -1


def _tells_sample(section: Section, name: Name) -> bool:
    if section.in_abstract or section.kind in ("abstract", "methods", "table", "front", "other"):
        return True
    return (
        section.kind == "results"
        and (section.level <= 1 or _is_sample(section))
        and (name.start - section.start < _OVERVIEW)
    )


def _is_sample(section: Section) -> bool:
    return (
        re.search(
            r"\b(?:participants?|sample|characteristics|respondents?|population|demographics?)\b", section.heading, re.I
        )
        is not None
    )


def _took_part(reading: Reading, name: Name, section: Section) -> bool:
    sentence = reading.sentence_at(name.start)
    if sentence is None:
        return False
    before, after = reading.text[sentence.start : name.start], reading.text[name.end : sentence.end]
    whole = reading.text[sentence.start : sentence.end]
    if _DENIED.search(whole):
        return False
    if section.kind == "table" or _is_row(whole):
        head = _row_head(reading.text, reading.blocks[sentence.block].start, name.end)
        cell = _cell(reading.text, name)
        if _QUESTION.match(head) or (_is_young(name) and _JOB.match(head)) or _SPOKEN.search(cell):
            return False
        if tells_living(reading, name):
            return False
        if _COUNT_BEFORE.search(before) and len(cell) < _LONGEST_CELL:
            return True
        return _ROW.match(after) is not None and _heads_row(before) and _may_be_counted(section, name)
    if section.kind == "front" or section.in_abstract or section.kind == "abstract":
        aim = section.kind == "front" or (_AIM.search(whole) is not None and section.kind not in _NO_AIM)
        if aim and (VIEWS_OF.search(before) or (THEIR_VIEWS.match(after) and not _CHANGED.search(before))):
            return True
    if _ASKED_ABOUT.search(before) or (_is_young(name) and _OFFSPRING.search(before)):
        return False
    if GATHERED.search(before) or TAKING_PART.match(after):
        return not re.search(r"\bby\s+(?:[\w-]+\s+){0,4}\Z", before) and not _OR.search(before)
    numbered = _COUNT_BEFORE.search(before) is not None or _COUNT_AFTER.match(after) is not None
    if _MADE_IT.match(after):
        return False
    return numbered and name.is_plural and _STUDIED.search(whole) is not None and "by " not in before[-25:]


def tells_living(reading: Reading, name: Name) -> bool:
    """Say whether a name stands in a row of a table that tells what participants live on, beside the unemployed."""
    section = reading.section_at(name.start)
    if section.kind != "table":
        return False
    start, end = name.start, name.end
    for _ in range(_ROWS_BESIDE):
        start = max(reading.text.rfind("\n", section.start, start), section.start)
        after = reading.text.find("\n", end, section.end)
        end = after + 1 if after >= 0 else section.end
    return _LIVING.search(reading.text, start, end) is not None


def _cell(text: str, name: Name) -> str:
    start = max(text.rfind(sign, 0, name.start) for sign in "\t\n")
    ends = [end for end in (text.find(sign, name.end) for sign in "\t\n") if end >= 0]
    return text[start + 1 : min(ends, default=len(text))]


def _is_young(name: Name) -> bool:
    return name.concept is not None and name.concept.notation in _YOUNG


def _row_head(text: str, start: int, at: int) -> str:
    """Return the head of the row that ends at an offset of a table which begins at `start`, or of the rows above it: a
    question ("Who decides?") tells that the names are what people answered, not who they are."""
    for line in reversed(text[start:at].split("\n")):
        head = next((cell.strip() for cell in line.split("\t")[:2] if _WORDS.search(cell)), "")
        if head:
            return head
    return ""


def _heads_row(before: str) -> bool:
    """Say whether a name opens its cell, or is the number of people of that name."""
    cell = before.rpartition("\t")[2]
    return _NUMBER_OF.fullmatch(cell) is not None or _WITHIN_CELL.search(cell) is None


def _may_be_counted(section: Section, name: Name) -> bool:
    """Say whether the rows of a table may count people of this name as participants.

    Trades that are none of health care are what participants live on; relatives are counted where a table says that it
    is about them, elsewhere they live with participants, or pay for them.
    """
    if name.concept is None:
        return name.is_short or not _is_trade(name)
    return name.concept.notation not in _RELATIVES or _OF_RELATIVES.search(section.heading) is not None


def _is_trade(name: Name) -> bool:
    return name.key[-1] in ("worker", "workers")


def _is_row(whole: str) -> bool:
    """Say whether a sentence is a table's row: short, with numbers and no full stop."""
    return len(whole) < 200 and not whole.rstrip().endswith((".", ":", "?")) and any(c.isdigit() for c in whole)


def is_signature(text: str, name: Name) -> bool:
    """Say whether a name stands in brackets behind a finished sentence, as the speaker of a quotation does."""
    if name.is_plural:
        return False
    if _TAG.search(text, max(0, name.start - 60), name.start) is None:
        alone = text[name.start - 1 : name.start] in _OPENERS and text[name.end : name.end + 1] in _CLOSERS
        return alone and not name.is_short and text[name.start].isupper() and _STOPS.match(text, name.end) is not None
    return _SIGNED.match(text, name.end, name.end + 100) is not None


def is_maker(reading: Reading, name: Name) -> bool:
    """Say whether a name only tells who made the study, as methods do ("AB is a nurse by background"), or who allowed
    it, as a statement on ethics does."""
    section = reading.section_at(name.start)
    if _ETHICS.search(section.heading):
        return True
    sentence = reading.sentence_at(name.start)
    if section.kind != "methods" or section.in_abstract or sentence is None:
        return False
    return _MAKERS.search(reading.text, sentence.start, sentence.end) is not None


def broader_names(reading: Reading, names: Sequence[Name]) -> Iterator[tuple[Name, Name]]:
    """Yield (name, name of the group it belongs to) where a group's members are listed behind it:
    "10 PCPs (MDs, PAs, and NPs)", "professionals, including nurses and doctors"."""
    for number, group in enumerate(names[:-1]):
        if not group.is_plural:
            continue
        opening = _INTRODUCES.match(reading.text, group.end)
        if opening is None:
            continue
        in_brackets = opening.group().rstrip()[-1:] in _OPENERS
        stop = _list_end(reading.text, opening.end(), in_brackets=in_brackets)
        last = opening.end()
        for member in names[number + 1 :]:
            if member.start < opening.end():
                continue
            gap = _FIRST_GAP if last == opening.end() else _LIST_GAP
            if member.start >= stop or not gap.fullmatch(reading.text, last, member.start):
                break
            yield member, group
            last = member.end


def _list_end(text: str, start: int, *, in_brackets: bool) -> int:
    depth = 1 if in_brackets else 0
    for at in range(start, min(len(text), start + 400)):
        if text[at] in "([":
            depth += 1
        elif text[at] in ")]":
            depth -= 1
            if in_brackets and depth == 0:
                return at
        elif text[at] in ".;\n" and not in_brackets:
            return at
    return min(len(text), start + 400)
