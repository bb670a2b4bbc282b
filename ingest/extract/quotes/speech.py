"""Whether a stretch of text sounds like somebody speaking or like authors reporting, and where the one begins."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from ingest.extract.screening import Pattern
from ingest.extract.wording import any_of, verbs
from ingest.reading import Reading

OPENING = '“"«„'
HOLDERS = any_of(
    "participant, participants, respondent, respondents, interviewee, interviewees, informant, informants, subject, "
    "subjects, other, others, another, one, some, several, many, most, few, both, all, two, three, four, five, "
    "majority, minority, half, woman, women, man, men, mother, mothers, father, fathers, parent, parents, people, "
    "person, individual, individuals, member, members, speaker, speakers, girl, girls, boy, boys, children, adult, "
    "adults, student, students, group, groups, they, he, she, those, someone, everyone"
)
"""Pattern of the general words for people who took part."""
REPORTS = any_of(
    verbs(
        "say/said, state, explain, note, report, describe, comment, add, remark, mention, tell/told, express, recall, "
        "reflect, observe, point out, emphasise, emphasize, suggest, respond, reply, answer, ask, admit/admitted, "
        "claim, argue, complain, summarise, summarize, share, highlight, indicate, acknowledge, stress, articulate, "
        "conclude, illustrate, exclaim, insist, elaborate, confide, recount, narrate, voice, quote, discuss, talk, "
        "talk about, speak/spoke, refer to/referred, raise, recognise, recognize, agree, clarify, continue, warn, "
        "contrast"
    )
    + ", put it, puts it, putting it"
)
"""Pattern of the verbs that report what somebody said."""
THINKS = any_of(
    "felt, thought, believed, considered, perceived, wanted, saw, viewed, found, experienced, appreciated, valued, "
    "feeling, thinking, believing"
)
"""Pattern of the verbs that report what somebody thought, in the past tense of reports."""
_SAYING = any_of(
    verbs(
        "say/said, state, explain, note, describe, comment, remark, mention, tell/told, express, recall, reflect, "
        "observe, point out, emphasise, emphasize, admit/admitted, claim, highlight, report, call, refer to/referred, "
        "suggest, complain, reply, respond, stress, argue, summarise, summarize"
    )
    + ", put it, puts it, added"
)
_SAYS = re.compile(rf"(?<!\bthis )(?<!\bthe )(?<!\ba )(?<!\bour )\b{_SAYING}\b", re.IGNORECASE)
_REPORT = re.compile(rf"\b{REPORTS}\b", re.IGNORECASE)
_THINK = re.compile(rf"\b{THINKS}\b", re.IGNORECASE)
_HOLDER = re.compile(rf"\b{HOLDERS}\b", re.IGNORECASE)
_FIRST = re.compile(
    r"\b(?:(?<![A-Za-z\d]-)I|I['’](?:m|ve|d|ll)|me|my|mine|myself|we|we['’](?:re|ve|d|ll)|us|our|ours|ourselves)\b"
)
_SECOND = Pattern(r"\b(?:you|your|yours|yourself|you['’](?:re|ve|d|ll))\b", re.IGNORECASE)
_CONTRACTED = Pattern(
    rf"(?<=\w)n['’]t\b|\b{any_of('it, that, there, he, she, what, who, they, you, we, I, let, here, where')}"
    rf"['’](?:s|re|ve|ll|d|m)\b|\b{any_of('gonna, gotta, wanna, cos, cuz')}\b",
    re.IGNORECASE,
)
_FILLERS = any_of(
    "you know, kind of, sort of, I mean, yeah, yes, well, okay, ok, oh, um, umm, uh, er, erm, actually, basically, "
    "stuff, a lot, really, maybe"
)
_ALOUD = any_of("laugh, laughs, laughter, laughing, pause, sighs, crying")
_FILLER = Pattern(rf"\b{_FILLERS}\b|\b(?:like|no|so),|[\[(]{_ALOUD}[\])]|!", re.IGNORECASE)
_TOOK_PART = any_of(
    "participant, participants, respondent, respondents, interviewee, interviewees, informant, informants"
)
_STUDY = Pattern(
    rf"\b{_TOOK_PART}\b"
    r"|\b[nN]\s*=\s*\d|\[\d+(?:[,–-]\s?\d+)*\]|\b(?:Tables?|Fig(?:ure|s)?\.?|Box)\s?\d|\(\d{1,3}(?:\.\d+)?\s?%\)"
    rf"|\b{any_of('this study, this theme, this finding, this paper, et al, theme, themes')}\b"
    rf"|\b(?:our|the)\s+{any_of('study, findings, results, analysis, data, sample')}\b"
)
_SEAM = re.compile(
    r"(?<=[^\W\d_])[)\]”\"’'%]?([.?!:][\"”’')\]]?)(?=[A-Z][\w’' :]|[“‘\[\"][^\s.,;])"
    r"|(?<=[a-z])(:)(?=(?:…|\.\.\.)?[a-z“\"])|(?<=[a-z])(\.)(?=(?:…|\.\.\.)\s?[a-z])"
)
_CLOSED = re.compile(r"""[.?!:”"’)\]] """)
_BEGINS = re.compile(r"[A-Z]|[“‘\[(\"'«][^\s.,;]|…|\.\.\.")
_INTRODUCES = re.compile(rf"(?:\b{REPORTS}(?P<comma>,)|(?P<colon>:))\s+(?=(?P<capital>[A-Z“\"\[…])?)", re.IGNORECASE)
_ONE_SAID = re.compile(
    rf"\b(?:one|another|an?|this|the|[A-Z][a-z]+)\s+(?:[\w’'-]+\s+){{0,6}}?{REPORTS}(?:\s+[\w’'-]+){{0,4}}:\s+(?=(?-i:[A-Z])|[…\[])",
    re.IGNORECASE,
)
"""How authors let one person speak: "one nurse from the north explained:"."""
_ANY_MARK = re.compile(r"[“”\"«»]|(?:\A|\s)[‘'](?=\w)")
_STOP = re.compile(r"(?<=[.?!])\s+")
_A_FEW, _SURE = 7, 2
_SENTENCE = 300
_LINE_END = re.compile(r"\n+")
_PARAGRAPH = re.compile(r"[ \t]{2,}|\n+")


def speech_score(text: str) -> int:
    """Return how many signs of speech a text shows: first and second person, contractions, fillers.

    >>> speech_score("You know, I don’t get a letter."), speech_score("Letters were late.")
    (4, 0)
    """
    others = sum(sign.search(text) is not None for sign in (_SECOND, _CONTRACTED, _FILLER))
    return min(2, len(_FIRST.findall(text))) + others


def is_narration(text: str) -> bool:
    """Say whether a sentence is the authors' report on people rather than the words of one of them.

    >>> is_narration("Most nurses reported that letters were late."), is_narration("They don’t read my letters.")
    (True, False)
    """
    if _STUDY.search(text):
        return not re.search(r"\b(?:I|me|my)\b", text)
    first = re.search(r"\b(?:I|me|my|you|your)\b|\bI['’]", text) is not None
    if first or _CONTRACTED.search(text):
        return False
    reporting = _REPORT.search(text) or _THINK.search(text)
    return reporting is not None and re.search(r"\b(?:we|us)\b", text[: reporting.start()], re.IGNORECASE) is None


def reports(text: str) -> re.Match[str] | None:
    """Return the last verb of reporting in a text ("one nurse explained")."""
    found = None
    for match in _REPORT.finditer(text):
        found = match
    return found


def says(text: str) -> re.Match[str] | None:
    """Return the first finite verb of saying in a text: narrower than `reports`."""
    return _SAYS.search(text)


def holder_in(text: str) -> re.Match[str] | None:
    """Return the last general word for somebody who took part ("another", "participants")."""
    found = None
    for match in _HOLDER.finditer(text):
        found = match
    return found


def is_lined(reading: Reading, start: int, end: int) -> bool:
    """Say whether view[start:end] lies in a quotation that is set apart and holds the ends of its paragraphs."""
    if reading.text.find("\n", start, end) < 0:
        return False
    block = bisect_right(reading.blocks, start, key=lambda block: block.start) - 1
    return block >= 0 and reading.blocks[block].kind == "quote"


def hard_breaks(reading: Reading, start: int, end: int) -> list[int]:
    """Return the offsets in view[start:end] at which another paragraph begins although the block goes on.

    Those are places where the stored text has no blank between two sentences, or a gap of several; in a source with
    markup, which has its own paragraphs, and in a quotation whose layout tells them, the ends of lines.
    """
    text = reading.text
    if reading.marked_up or is_lined(reading, start, end):
        if text.find("\n", start, end) < 0:
            return []
        return [match.end() for match in _LINE_END.finditer(text, start, end) if match.start() > start]
    found = [match.end() for match in _SEAM.finditer(text, start, end) if not _goes_on(text, start, match)]
    found += [match.end() for match in _PARAGRAPH.finditer(text, start, end) if match.start() > start]
    for match in _CLOSED.finditer(text, start, end):
        at = match.end()
        if at < end and reading.offsets[at] - reading.offsets[at - 2] == 1 and _BEGINS.match(text, at):
            found.append(at)
    return sorted(set(found))


def _goes_on(text: str, start: int, seam: re.Match[str]) -> bool:
    """Say whether four dots are one speaker's pause, not the end of a paragraph before one that begins with three."""
    before = text[max(start, seam.start() - _SENTENCE) : seam.start()]
    return seam.group(3) is not None and speech_score(re.split(r"[.?!]\s", before)[-1]) > 0


def start_of_speech(reading: Reading, start: int, end: int, sentences: Sequence[tuple[int, int]]) -> int | None:
    """Return where in view[start:end] the unmarked words of a speaker begin who is named at `end`.

    That is after the last hard break or the colon of an introduction; else the sentences are read backwards from
    `end` for as long as they are not the authors'. None where all of it is narration.
    """
    text = reading.text
    breaks = [at for at in hard_breaks(reading, start, end) if end - at > 8]
    first = breaks[-1] if breaks else _trim(text, start, end)
    while breaks and not speech_score(text[first:end]) and is_narration(text[first:end]):
        return None
    inside = [(max(a, first), min(b, end)) for a, b in sentences if a < end and b > first]
    pieces = [piece for a, b in inside for piece in _at_colon(text, a, b)]
    if not pieces:
        return first if first < end else None
    led = behind_introduction(text, inside)
    if led is not None:
        return led
    told = any(is_narration(text[a:b]) for a, b in sentences if b <= first or a >= end)
    plain = told and not breaks and not speech_score(text[pieces[0][0] : pieces[0][1]])
    if not plain and not is_narration(text[pieces[0][0] : pieces[0][1]]):
        return _trim(text, pieces[0][0], end)
    chosen: int | None = None
    for a, b in reversed(pieces):
        words = text[a:b]
        if is_narration(words) or (words.rstrip().endswith(":") and not speech_score(words)):
            break
        if speech_score(words) or chosen is None:
            chosen = a
    return _trim(text, chosen, end) if chosen is not None else None


def behind_introduction(text: str, sentences: Sequence[tuple[int, int]]) -> int | None:
    """Return where the words behind the last introduction in some sentences begin, if there is one and the authors do
    not report again behind it."""
    pieces = [piece for a, b in sentences for piece in _at_colon(text, a, b)]
    for number in range(len(pieces) - 1, 0, -1):
        start, end = pieces[number - 1]
        if text[end - 1] in ":," and not speech_score(text[start:end]):
            retold = any(_STUDY.search(text, a, b) for a, b in pieces[number:])
            return None if retold else _trim(text, pieces[number][0], pieces[-1][1])
    return None


def behind_colon(text: str, start: int, end: int) -> int | None:
    """Return where in a paragraph of plain text the words begin that one person is said to have said, if all that
    follows the colon has no marks, sounds like speech, and the authors do not report again.

    >>> said = "One nurse explained: I ring them. You know, I don’t wait."
    >>> said[behind_colon(said, 0, len(said)):]
    'I ring them. You know, I don’t wait.'
    """
    found = None
    for match in _ONE_SAID.finditer(text, start, end) if text.find(":", start, end) >= 0 else ():
        found = match
    words = text[found.end() : end] if found is not None else ""
    if found is None or _ANY_MARK.search(words) or words.count(" ") < _A_FEW or speech_score(words) < _SURE:
        return None
    told = any(is_narration(sentence) or _STUDY.search(sentence) for sentence in _STOP.split(words))
    return None if told else found.end()


def _at_colon(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return a sentence in two parts where a colon, or the comma behind a verb of reporting, ends an introduction."""
    for found in _INTRODUCES.finditer(text, start, end):
        stop = found.end("comma") if found["comma"] else found.end("colon")
        capital = found["capital"] is not None and not found["capital"].islower()
        if found["colon"] and is_narration(text[start:stop]):
            return [(start, stop), (found.end(), end)]
        if capital and not speech_score(text[start:stop]) and not text.startswith("I ", found.end()):
            return [(start, stop), (found.end(), end)]
    return [(start, end)]


def _trim(text: str, start: int, end: int) -> int:
    while start < end and (text[start].isspace() or text[start] in ";,.)"):
        if text.startswith("...", start):
            break
        start += 1
    return start


def is_led(before: str) -> bool:
    """Say whether all that a block holds before words in marks is the authors', who introduce them."""
    ended = before.rstrip().endswith((":", ","))
    return ended and before.count(" ") > _SURE and reports(before) is not None and is_narration(before)


def speaks_on(spoken: str) -> bool:
    """Say whether words in italics before marks are themselves somebody's, who goes on to quote others."""
    return spoken.lstrip()[:1] not in OPENING and speech_score(spoken) > 0 and not is_narration(spoken)


def reports_speech(spoken: str) -> bool:
    """Say whether words before marks are somebody's own, who quotes others: no marks around them, none of narration
    that goes on to the marks."""
    led = spoken.rstrip().endswith(":") or spoken.lstrip()[:1] in OPENING
    ended = spoken.rstrip().endswith((".", "?", "!", "…"))
    return not led and speech_score(spoken) > 1 and (ended or not is_narration(spoken))
