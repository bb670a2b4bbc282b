"""Whether a candidate is what a participant said: the signs for and against it, and a score from 0 to 1."""

import re
from dataclasses import dataclass

from ingest.extract.context import RoleIndex
from ingest.extract.quotes.candidate import Candidate
from ingest.extract.quotes.refusals import (
    WORD,
    Case,
    Echoes,
    Setting,
    holds_questions,
    is_asked,
    outside,
    plain,
    refused,
)
from ingest.extract.quotes.speaker_tags import is_person
from ingest.extract.quotes.speech import REPORTS, THINKS, holder_in, is_lined, is_narration, reports, says, speech_score
from ingest.extract.wording import any_of, word_set
from ingest.reading import Reading

THRESHOLD = 0.5
"""From this score on a candidate is a quotation."""
UNASCRIBED = "is not ascribed to anybody who took part"
"""Why marked words are refused that nothing else speaks against."""
SILENT = "is set apart but does not sound like speech"
NAMELESS = "does not sound like speech, and nobody known is named behind it"
COUNTS = "holds the numbers of a table"
"""Why words are refused that only the other quotations of the paper bear out."""

_NEVER = word_set("front references back")
_UNLIKELY = word_set("background methods abstract")
_FAINT = word_set("discussion conclusions limitations abstract")
_NOUNS = any_of(
    "code, codes, coded, theme, themes, themed, sub-theme, subtheme, subthemes, category, categories, term, terms, "
    "word, words, phrase, phrases, label, labels, labelled, labeled, call, calls, called, so-called, known, termed, "
    "named, entitled, titled, title, heading, headings, concept, concepts, notion, notions, construct, idea, question, "
    "questions, item, items, statement, statements, option, options, response, responses, scale, scales, subscale, "
    "subscales, domain, domains, definition, defined, means, meaning, refer, refers, referring, motto, slogan, "
    "programme, program, book, film, series, journal, website, section, box, field, button, message, model, method, "
    "approach, technique, principle, such, like, i.e., e.g."
)
_TERM = re.compile(
    rf"(?:\b{_NOUNS}(?:\s+{any_of('of, the, a, an, as, to, is, was, were, are, being, like, such, e.g., and')})*"
    r"|[“”\"’'](?:,|\s+and|\s+or|,\s+and|\s+/))\s*[:,(]?\s*\Z",
    re.IGNORECASE,
)
_CUES = any_of(
    "quote, quotes, quotation, quotations, comment, comments, word, words, statement, statements, excerpt, excerpts, "
    "extract, extracts, example, examples, voice, voices, account, accounts, remark, remarks, response, responses, "
    "summary, summarised as, summarized as, for instance, for example, as follows, below, following, this way, "
    "was common, illustrated, evident, regard, e.g., i.e."
)
_AFTER_VERB = any_of(
    "that, how, it, this, as follows, thus, so, with, by, when, to us, to me, to the interviewer, in this way, about, "
    "simply, her, him, them, his, their"
)
_INTRO = re.compile(rf"\b(?:(?:{REPORTS}|{THINKS})(?:\s+{_AFTER_VERB}){{0,3}}|{_CUES})\s*[:,]*\s*\Z", re.IGNORECASE)
_FOR_EXAMPLE = r"\s+(?:such as|like)\s*[:,]?\s*\Z"
_HELD = any_of("beliefs, views, opinions, thoughts, feelings, experiences")
_VOICED = re.compile(rf"\b{_HELD}{_FOR_EXAMPLE}", re.IGNORECASE)
"""What people hold, with an example of it: no term of the authors, but not what they say either."""
_SAID = any_of("reasons, comments, remarks, replies, explanations, complaints, concerns, excuses")
_SUCH_AS = re.compile(rf"\b{_SAID}{_FOR_EXAMPLE}", re.IGNORECASE)
"""What introduces examples of what people said."""
_ONE_OR_MORE = any_of("one, another, a, an, the, this, two, several, some")
_SAID_NOUN = any_of(
    "remarks, remark, comments, comment, statements, words, expressions, quotes, reported, stated, mentioned, voiced"
)
_REFERS = re.compile(r"\brefer(?:s|red|ring)? to\W*\Z", re.IGNORECASE)
_AFTER = re.compile(
    rf"\s*,?\s*(?:{REPORTS}\b|(?:as\s+)?(?:{_ONE_OR_MORE}\s+(?:[\w-]+\s+){{0,4}}?|he\s+|she\s+|they\s+|(?-i:[A-Z])[\w-]*\s+){{1,2}}{REPORTS}\b"
    rf"|(?:were|was|is|are)\s+(?:\w+\s+){{0,3}}{_SAID_NOUN}\b)",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\b[nN]\s*[=:]\s*\d|\d\s?%|\bper cent\b")
_LABELLED = re.compile(r"\b(?:quot(?:e|ation)|excerpt|verbatim)(?: ?\d{1,2})? ?: *[“”\"'‘]?\Z", re.IGNORECASE)
_ENTRY = re.compile(
    r"[A-Z][\w'’-]+,? (?:[A-Z]\.?[ -]?){1,3}(?:,|&|\band\b|\(|(?:19|20)\d\d)[^\n]*?\b(?:19|20)\d\d[a-z]?\b"
)
"""Names with initials before a year, as a list of references has them."""
_ONE = re.compile(
    r"(?:\b(?:one|another|an?|this|that|the same|a single)\s+(?P<who>(?:[\w’'/!-]+\s+){0,7})"
    r"|\b(?:he|she)\s+(?:\w+ly\s+)?|\b(?:Participant|Patient|Respondent|Interviewee)\s?\d+\s+(?:\w+ly\s+)?)\Z",
    re.IGNORECASE,
)
_MANY = re.compile(
    rf"{any_of('some, several, many, most, few, all, both, two, three, four, five, other, these, those')}\b",
    re.IGNORECASE,
)
_STANCE = re.compile(
    rf"\b{any_of('should, must, ought, need to, needs to, needed to, has to, have to')}\b[^.;]{{0,25}}\Z"
)
_ASKER = re.compile(r"(?:the )?(?:interviewer|moderator)\b", re.IGNORECASE)
_ARM = re.compile(r"(?:group|arm|cohort) \w{1,2}\Z", re.IGNORECASE)
_ARM_WITHIN = re.compile(r"[(\[](?:group|arm|cohort) \w{1,2}\b", re.IGNORECASE)
_LETTERS_AND_NUMBER = re.compile(r"[A-Z]{2,}\d+")
_LEAST_IN_ROW, _LEAST_SIGNED = 4, 4
_LEAST_IN_TABLE = 2
_SHORT_CELL = 4
_FAR = 8
"""So many words after "said", a few words in single marks are rather what somebody else calls something."""
_OFTEN = 3
"""So many times in marks and some words are a term of the paper."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was made of a candidate: a score of 0 to 1 (0.5 and more is a quotation) and, if refused, why."""

    score: float
    reason: str = ""


def judge(reading: Reading, candidate: Candidate, setting: Setting, roles: RoleIndex, echoes: Echoes) -> Verdict:
    """Return the verdict on a candidate."""
    section = reading.section_at(candidate.start)
    text = reading.text[candidate.start : candidate.end]
    words = WORD.findall(text)
    if not words:
        return Verdict(0.0, "no words")
    if candidate.tag is not None and _ASKER.match(candidate.tag.words):
        return Verdict(0.2, "is what the interviewer said")
    firm = candidate.tag is not None and candidate.tag.is_firm and speech_score(text) > 0
    if section.kind in _NEVER and len(reading.sections) > 1 and not firm:
        return Verdict(0.0, outside(section))
    if candidate.tag is None and section.kind == "table" and holds_questions(section):
        return Verdict(0.1, "stands in a questionnaire or an interview guide")
    if reading.blocks[candidate.block].kind == "note" and not speech_score(text):
        return Verdict(0.1, "stands in a note and does not sound like speech")
    case = Case(reading, candidate, section, setting, text, words, roles, echoes)
    if candidate.form in ("turn", "signed"):
        return _signed(case)
    if candidate.form == "apart":
        return _apart(case)
    if candidate.form == "cell":
        return _cell(candidate, text, words)
    if candidate.form == "italic":
        return _italic(case)
    if candidate.tag is not None and not is_person(candidate.tag.words) and is_asked(case):
        return Verdict(0.2, "is a question of the interview or of a questionnaire")
    if candidate.tag is not None or is_person(candidate.label):
        if len(words) < _LEAST_SIGNED and not speech_score(text) and not _role_named(candidate, roles):
            return Verdict(0.3, "is a term, and what stands behind it names no role")
        return Verdict(0.65 if section.kind in ("background", "methods") else 0.95)
    if _LABELLED.search(setting.lead) and section.kind in ("results", "table", "other"):
        return Verdict(0.9)
    why = refused(case)
    if why:
        return Verdict(0.1, why)
    if len(words) >= 6 or (len(words) >= 3 and speech_score(text) >= 2):
        return _sentence(case)
    return _fragment(case)


def _role_named(candidate: Candidate, roles: RoleIndex) -> bool:
    """Say whether the tag or label of a candidate names a role of the study, or a person by more than letters and a
    number or one word."""
    tag = candidate.tag
    words = tag.words if tag is not None else candidate.label
    bare = _LETTERS_AND_NUMBER.fullmatch(words) or (words.isalpha() and not is_person(words))
    return not bare or (tag is not None and bool(roles.between(tag.start, tag.end)))


def _named(candidate: Candidate, roles: RoleIndex) -> bool:
    """Say whether the tag of a candidate names a person or a role of the study."""
    tag = candidate.tag
    return tag is not None and (is_person(tag.words) or bool(roles.between(tag.start, tag.end)))


def _signed(case: Case) -> Verdict:
    candidate, section, text = case.candidate, case.section, case.text
    signs = speech_score(text)
    score = 0.8 + min(0.15, 0.05 * signs)
    if not signs and candidate.form == "signed" and not _named(candidate, case.roles):
        return Verdict(0.4, NAMELESS)
    if _ENTRY.match(text):
        return Verdict(0.1, "is an entry of a list of references")
    if not signs and _COUNTED.search(text):
        return Verdict(0.1, COUNTS)
    if not signs and case.reading.blocks[candidate.block].kind == "table" and len(case.words) < _LEAST_IN_ROW:
        return Verdict(0.2, "is a cell of a table that does not sound like speech")
    unnamed = candidate.form == "turn" or (candidate.tag is not None and not _role_named(candidate, case.roles))
    if not signs and unnamed and _is_silent_table(case.reading, candidate.block):
        return Verdict(0.2, "is a name and its explanation in a table without speech")
    if not signs and candidate.form == "turn" and text[0].isdigit() and candidate.label[-1:].isdigit():
        return Verdict(0.2, "is a name with numbers on both sides of its colon")
    if candidate.tag is not None and _ARM.match(candidate.tag.words) and _ARM_WITHIN.search(text):
        return Verdict(0.2, "tells of the arms of a trial")
    bare = candidate.form == "signed" and candidate.tag is not None and not candidate.tag.in_brackets
    if not signs and bare and case.reading.blocks[candidate.block].kind == "paragraph":
        return Verdict(0.3, "does not sound like speech, and only a number stands behind it")
    if not signs and section.kind == "other" and candidate.tag is not None and not candidate.tag.in_brackets:
        return Verdict(0.3, "is a numbered line that does not sound like speech")
    if candidate.form == "signed" and len(case.words) < 3:
        return Verdict(0.3, "is too short for a quotation without marks")
    if candidate.label.isdigit() and signs < 2:
        return Verdict(0.3, "is a numbered line that does not sound like speech")
    if section.kind in _UNLIKELY:
        score -= 0.25 if signs >= 2 else 0.5
    return Verdict(max(0.0, score), "" if score >= THRESHOLD else outside(section))


def _is_silent_table(reading: Reading, number: int) -> bool:
    """Say whether a block is a table in which nothing sounds like speech."""
    block = reading.blocks[number]
    return block.kind == "table" and speech_score(reading.text[block.start : block.end]) < _LEAST_IN_TABLE


def _apart(case: Case) -> Verdict:
    candidate, section, setting, text = case.candidate, case.section, case.setting, case.text
    signs = speech_score(text)
    block = case.reading.blocks[candidate.block]
    set_apart = block.kind == "quote" and (case.reading.marked_up or is_lined(case.reading, block.start, block.end))
    if (
        candidate.tag is not None
        and set_apart
        and section.kind not in _UNLIKELY
        and (signs or _named(candidate, case.roles))
    ):
        return Verdict(0.9 if signs else 0.75)
    if "%" in text or _COUNTED.search(text):
        return Verdict(0.1, COUNTS)
    if section.kind in _UNLIKELY | _FAINT:
        return Verdict(0.1, outside(section))
    if case.echoes.is_cited(candidate.start + 1, candidate.outer_end + 3):
        return Verdict(0.2, "are the words of a reference")
    led = _INTRO.search(setting.lead) is not None
    introduced = led or reports(setting.lead) is not None
    needed = 2 if not set_apart else 0 if led or setting.lead.rstrip().endswith(":") else 1
    if len(case.words) < 4 or signs < needed or is_narration(text.split(". ")[0]):
        return Verdict(0.3, SILENT)
    return Verdict(0.55 + 0.05 * min(signs, 4) + (0.15 if introduced else 0.0))


def _cell(candidate: Candidate, text: str, words: list[str]) -> Verdict:
    """Weigh a cell under a head that promises quotes: enough words, a speaker or the sound of speech."""
    signs = speech_score(text)
    told = len(words) >= _SHORT_CELL and (candidate.tag is not None or (signs and not is_narration(text)))
    if not told or _COUNTED.search(text):
        return Verdict(0.3, "stands in a column of quotes but does not sound like one")
    return Verdict(0.65 + 0.05 * min(signs, 4) + (0.1 if candidate.tag is not None else 0.0))


def _italic(case: Case) -> Verdict:
    """Weigh words in italics, which are as often a heading, a term or stressed: they must sound like speech."""
    candidate, setting, text = case.candidate, case.setting, case.text
    if case.section.kind in _UNLIKELY:
        return Verdict(0.1, outside(case.section))
    if plain(text) in case.echoes.headings or text.rstrip().endswith(":"):
        return Verdict(0.1, "is a heading, a title or the name of a theme")
    if case.echoes.is_cited(candidate.start + 1, candidate.outer_end + 3):
        return Verdict(0.2, "are the words of a reference")
    signs = speech_score(text)
    reading = case.reading
    block = reading.blocks[candidate.block]
    rest = reading.text[block.start : candidate.outer_start] + reading.text[candidate.outer_end : block.end]
    if candidate.tag is not None and (signs or not rest.strip(" .")):
        return Verdict(0.9)
    introduced = _INTRO.search(setting.lead) is not None or setting.lead.rstrip().endswith(":")
    if signs >= 2 and (introduced or not rest.strip(" .")) and not is_narration(text):
        return Verdict(0.65)
    return Verdict(0.3, "is set in italics but not ascribed to anybody")


def _sentence(case: Case) -> Verdict:
    """Weigh a whole sentence, or as many words as one."""
    candidate, setting, kind = case.candidate, case.setting, case.section.kind
    signs = speech_score(case.text)
    introduced = _INTRO.search(setting.lead) is not None and not _REFERS.search(setting.lead)
    introduced = introduced or (signs > 0 and _SUCH_AS.search(setting.lead) is not None)
    score = 0.2 + 0.1 * min(signs, 3)
    if introduced:
        score += 0.35
    elif reports(setting.lead):
        score += 0.2
    if _AFTER.match(setting.trail):
        score += 0.3
    if _holder(candidate, setting, case.roles):
        score += 0.15
    if setting.starts_block or setting.lead.rstrip().endswith(":"):
        score += 0.15
    if kind in ("results", "table"):
        score += 0.1
        score += 0.2 if _fills_quotation(case) else 0.0
    if kind in _FAINT:
        score -= 0.15
    if _TERM.search(setting.lead) and not introduced and not (signs and _VOICED.search(setting.lead)):
        score -= 0.3
    if candidate.style == "single" and signs < 2:
        score -= 0.15
    return Verdict(min(1.0, max(0.0, score)), "" if score >= THRESHOLD else UNASCRIBED)


def _fills_quotation(case: Case) -> bool:
    """Say whether marked words are all of a quotation that the source sets apart, or all of a paragraph."""
    candidate = case.candidate
    block = case.reading.blocks[candidate.block]
    if block.kind not in ("quote", "paragraph") or candidate.style == "single":
        return False
    text = case.reading.text
    return not (text[block.start : candidate.outer_start] + text[candidate.outer_end : block.end]).strip(" .,")


def _fragment(case: Case) -> Verdict:
    """Weigh a few words within a sentence of the authors."""
    candidate, section, setting, words = case.candidate, case.section, case.setting, case.words
    bare = " ".join(words).casefold()
    if section.kind not in ("results", "table", "other") and not section.in_abstract:
        return Verdict(0.2, "are a few words outside the results")
    if _TERM.search(setting.lead) or (len(words) <= _OFTEN and case.echoes.marked.get(bare, 0) >= _OFTEN):
        return Verdict(0.2, "is a term or one of a list of words")
    repeats = 1 < len(words) <= 3 or candidate.style == "single"
    if repeats and bare in case.echoes.long:
        return Verdict(0.3, "repeats words of a longer quotation")
    if len(words) == 1 and candidate.style == "single":
        return Verdict(0.3, "is one word in single marks: as likely a term")
    if _COUNTED.search(setting.lead + setting.trail):
        return Verdict(0.2, "sums up what many said")
    verb = says(setting.lead)
    far = verb is not None and setting.lead.count(" ", verb.end()) > _FAR
    if far and candidate.style == "single" and not speech_score(case.text):
        return Verdict(0.3, "stands in single marks far from who speaks: as likely a term")
    if verb is not None and _is_one(setting.lead[: verb.start()], setting.lead_start, case.roles):
        return Verdict(0.7 if len(words) > 2 else 0.6)
    if len(words) >= 3:
        if verb is not None and candidate.style != "single" and _holder(candidate, setting, case.roles):
            return Verdict(0.55)
        if _AFTER.match(setting.trail):
            return Verdict(0.6)
    if len(words) >= 2 and _STANCE.search(setting.lead) and verb is None and _reported(setting.earlier):
        return Verdict(0.5)
    return Verdict(0.3, UNASCRIBED)


def _is_one(before: str, start: int, roles: RoleIndex) -> bool:
    """Say whether the subject of a verb is one person who took part: "one nurse", "another", "she"."""
    found = _ONE.search(before)
    if found is None:
        return False
    who = found.group("who")
    if not who:
        return True
    if _MANY.match(who):
        return False
    return holder_in(who) is not None or bool(roles.between(start + found.start("who"), start + found.end()))


def _reported(earlier: str) -> bool:
    return reports(earlier) is not None and not re.search(r"\[\d", earlier)


def _holder(candidate: Candidate, setting: Setting, roles: RoleIndex) -> bool:
    if holder_in(setting.lead + setting.trail[:80]):
        return True
    behind = roles.between(candidate.outer_end, candidate.outer_end + 80)
    return bool(roles.between(setting.lead_start, setting.lead_start + len(setting.lead)) or behind)
