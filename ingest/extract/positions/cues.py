"""The ways of saying who should do something: who ought to, whose job it is, who takes over, who has the authority."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.extract.screening import Screen

_TASKS = (
    r"prescrib(?:e|es|ed|ing)\b|set(?:s|ting)?\s(?:the|a|up)\b|answer(?:s|ed|ing)?\b|refer(?:s|red|ring)?\b|manag(?:e|"
    r"es|ed|ing)\b|handl\w+|treat(?:s|ed|ing)?\b|follow\w*|monitor\w*|coordinat\w+|co-ordinat\w+|lead(?:s|ing)?\b|"
    r"initiat\w+|start(?:s|ed|ing)?\b|stop(?:s|ped|ping)?\b|taper\w*|adjust\w*|titrat\w+|decid\w+|determin\w+|"
    r"order\w*|arrang\w+|schedul\w+|screen\w*|test(?:s|ed|ing)?\b|diagnos\w+|counsel\w*|inform(?:s|ed|ing)?\b|tell\b|"
    r"telling\b|explain\w*|discharg\w+|review\w*|check(?:s|ed|ing)?\b|administ\w+|dispens\w+|deliver\w*|conduct\w*|"
    r"perform\w*|overse\w+|supervis\w+|writ(?:e|es|ing)\b|sign\w*|call\w*|phone\w*|contact\w*|notif\w+|hand\w* over|"
    r"address\w*|intervene\w*|act as|serve as|organi[sz]\w+|tak(?:e|es|ing) (?:on|over|care|charge|the lead|"
    r"responsibility|ownership|it|that|this)|deal(?:s|ing)? with|look\w* after|own\b|do (?:it|this|that|the)|"
    r"be (?:the|in charge|responsible|involved|accountable)|provid(?:e|es|ing)\b|discuss\w*|assess\w*|educat\w+"
)
_NOT = r"(?:not |n['’]t |never |no longer )?"
_ADVERBS = r"(?:(?:not|never|also|always|only|just|really|still|probably|then|first|all|both|\w+ly)\s+)*"
_PERSON = (
    r"(?:hospital|practice|clinic|ward|primary care|secondary care|specialty|person|people|persons|provider|"
    r"prescriber|clinician|doctor|physician|nurse|professional|practitioner|specialist|manager|"
    r"coordinator|team|service|discipline|profession|surgeon|pharmacist|therapist|worker|case manager|lead|leader)s?"
)
_MANY = r"(?:multiple|several|more than one|two or more|many|both|various|different)"
_DUTY = r"(?:responsibility|role|job|duty|task|place|remit|call|decision|obligation|prerogative|domain|territory)"
_OWN = r"(?:responsibility|job|duty|task|place|remit|call|decision|obligation|prerogative)"

_MODAL = r"(?:should(?:n['’]t)?|ought to|must|(?:is|are|was|were|['’]s|['’]re) (?:not )?supposed to)"
_CUES: tuple[tuple[str, str, str], ...] = (
    ("negotiate", rf"\b(?:negotiat\w+|decid(?:e|es|ed|ing)|agree|discuss|determin(?:e|es|ing)|clarif(?:y|ied))"
        rf"\s+(?:together\s+|on\s+|about\s+)*"
     rf"(?:who\b|which\s+(?:\w+\s+){{0,2}}?{_PERSON})\s+(?:should|would|will|is|are|was|to|does|handles?|takes?)"
     rf"(?:\s+(?:be|going to|to))*", "talk"),
    ("pass", rf"\b{_MODAL}\s+{_ADVERBS}(?:pass|go|move|return|shift|be\s+(?:handed|passed|transferred|left|given|"
        rf"assigned|delegated))\s+"
     r"(?:(?:on|over|back)\s+)?to\s+", "after"),
    ("saw", rf"\b(?:saw|see|viewed?|described?|regarded|considered|depicted)\s+(?:themselves|himself|herself|"
        rf"ourselves)\s+as\s+(?:being\s+)?(?:the\s+)?(?:\w+\s+)?"
     rf"(?:ones?|{_PERSON}|responsible|in charge)\b(?:\s+(?:who|that|to|for|responsible for)\b)?", "before"),
    ("passive", rf"\b{_MODAL}\s+{_ADVERBS}be\s+{_ADVERBS}\w+(?:ed|en|wn)\s+(?:\w+\s+){{0,3}}?by\s+", "after"),
    ("one", rf"\b{_MODAL}\s+{_ADVERBS}(?:have|be)\s+{_ADVERBS}(?:one|a single)\s+(?:\w+\s+)?{_PERSON}\b|"
     rf"\b(?:only\s+(?:have\s+|be\s+)?|just\s+|really\s+)?(?:one|a single)\s+(?:\w+\s+)?{_PERSON}\s+(?:writing|"
     rf"dealing|prescribing|managing|handling|coordinating|"
     r"doing|in charge|responsible)\b", "number"),
    ("be", rf"\b(?:{_MODAL}|would|will|['’]d)\s+{_ADVERBS}be\s+{_ADVERBS}(?:(?:the|their|his|her|my|our|one of the|"
        rf"a|that)\s+)?"
     rf"(?:\w+\s+){{0,3}}?(?:one\b|{_PERSON}\b|responsible|in charge|accountable|{_DUTY}\b)", "before"),
    ("modal", rf"\b{_MODAL}\s+{_ADVERBS}(?:have to |be able to |be |try to )?{_ADVERBS}(?:{_TASKS})", "before"),
    ("duty", rf"\b(?:my|our|their|his|her|your|\w+['’]s?|whose)\s+(?:\w+\s+)?(?:{_OWN}\s+(?:to|for)|role\s+to)\b",
     "before"),
    ("accept", r"\b(?:tak(?:e|es|ing)|took|accept(?:s|ed|ing)?|assum(?:e|es|ed|ing)|shar(?:e|es|ed|ing)|hav(?:e|ing)"
        r"|had)\s+(?:on\s+)?"
     r"(?:(?:the|this|that|full|primary|more|sole|overall|ultimate|a|some|greater|shared|"
     r"joint)\s+)*(?:responsibility|ownership|charge|the lead)"
     r"(?:\s+(?:for|of|in|to)\b)?", "before"),
    ("responsible", rf"\b(?:is|are|was|were|be|being|feel|felt|feels)\s+{_ADVERBS}(?:responsible|accountable)"
        rf"\s+(?:for|to)\b", "before"),
    ("takeover", r"\b(?:tak(?:e|es|ing)|took)\s+(?:(?:it|this|that|things|them|him|her)\s+)?over\b", "before"),
    ("want", rf"\b(?:want(?:ed|s|ing)?|prefer(?:s|red)?|would like|['’]d like|expect(?:s|ed)?)\s+(?:that\s+|"
        rf"for\s+)?(?!the opportunity|the chance|to\b)"
     rf"(?=(?:[\w’'-]+\s+){{1,6}}?(?:to\s+(?:{_TASKS})|(?:{_TASKS})(?<=ing)\b))", "inside"),
    ("refuse", rf"\b(?:do|did|does|would|is|was|were|are|should)?\s?(?:n['’]t|not)\s+(?:want(?:ing|ed)?|like|"
        rf"wish\w*|prefer|willing)\s+to\s+"
     rf"(?:be\s+the\s+(?:one|{_PERSON})|{_TASKS})", "before"),
    ("question", r"\bquestion(?:ed|s|ing)?\s+(?:their|his|her)\s+(?:own\s+)?(?:involvement|role|responsibility)\b",
     "before"),
    ("remain", rf"\b(?:want(?:ed|s)?|like|prefer(?:s|red)?|wish(?:ed)?|happy|willing|ready|prepared)"
        rf"\s+to\s+(?:remain|be|stay|become|continue(?:\s+to\s+be|\s+as)?|take on|take over|keep|retain|hold)\s+"
     rf"(?:the|a|their|that|this)\s+(?:\w+\s+){{0,2}}?(?:one\b|{_PERSON}\b|{_DUTY}\b|control\b)", "before"),
    ("fit", rf"\b(?:mak(?:es?|ing)|made)\s+(?:\w+\s+)?sense\s+for\s+(?=[^.;]{{2,90}}?\sto\s+(?:be|{_TASKS}))|"
        rf"\b(?:is|['’]s|be|was|are|were)\s+(?:\w+\s+)?(?:appropriate|reasonable|better|best|"
     rf"preferable|ideal|natural|logical|acceptable|unreasonable|inappropriate)"
     rf"\s+for\s+(?=[^.;]{{2,80}}?\sto\s+(?:be|{_TASKS}))", "after"),
    ("authority", r"\b(?:hav(?:e|ing)|had|has|with|retain\w*|keep\w*|kept|"
        r"maintain\w*)\s+(?:\w+\s+){0,3}?(?:authority|autonomy|final say|"
     r"final decision|discretion|ownership|jurisdiction)\s+(?:over|of|in|to|about|on|for)\b", "before"),
    ("grant", r"\b(?:grant(?:s|ed|ing)?|giv(?:es?|ing)|gave|allow(?:s|ed|ing)?)\s+(?:(?:limited|full|more|less|no|"
        r"little|some|complete|greater|partial)\s+)*"
     r"(?:autonomy|authority|responsibility|discretion)\s+to\s+", "after"),
    ("many", rf"\b{_MANY}\s+(?:\w+\s+){{0,2}}?(?:{_PERSON})\b[^.;:]{{0,40}}?\b(?:are|is|were|was|be|being|may be|"
        rf"might be)\s+{_ADVERBS}"
     r"(?:needed|required|necessary|appropriate|warranted|indicated|involved)", "number"),
    ("suited", r"\b(?:is|are|was|were|be|being|as)\s+(?:\w+\s+)?(?:well|best|ideally|better|perfectly|uniquely)"
        r"[\s-]+(?:suited|placed|positioned|qualified|equipped)\s+(?:to|for)\b|"
     r"\b(?:is|are|was|were)\s+(?:\w+\s+)?suited\s+(?:to|for)\b", "before"),
    ("role", r"\brole\s+for\s+(?=[^.;]{2,80}?\b(?:is|was|would be|to be|as)\s+(?:\w+\s+)?(?:appropriate|acceptable|"
        r"suitable|useful|valuable|important|unnecessary|inappropriate))", "after"),
    ("falls", r"\b(?:is|['’]s|was|were|be)\s+up\s+to\s+(?=[^.;]{2,50}?\sto\s)|\b(?:lies|lay|rests?|rested|sits)"
        r"\s+(?:\w+\s+)?with\s+|\b(?:falls?|fell)\s+(?:\w+\s+)?(?:to|on|upon)\s+", "after"),
)  # fmt: skip
_SCREEN = Screen((pattern, re.IGNORECASE) for _, pattern, _ in _CUES)

_NOUN = re.compile(rf"\b{_PERSON}\b", re.IGNORECASE)
_DETERMINED = re.compile(
    rf"\b(?:(?P<number>(?:only |just )?one|a single|{_MANY})|the|a|an|any|each|every|their|your|my|our|another)"
    rf"\s+(?:[\w-]+\s+){{0,2}}$",
    re.IGNORECASE,
)
STRONG = frozenset(
    {
        "be",
        "duty",
        "takeover",
        "refuse",
        "remain",
        "fit",
        "authority",
        "grant",
        "one",
        "negotiate",
        "falls",
        "many",
        "suited",
        "role",
        "want",
    }
)
"""Cues that speak of who, so that they count in what participants say of themselves; the others need a named role."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue at view[start:end]; `where` says on which side of it the one who is to act is named."""

    name: str
    start: int
    end: int
    where: str
    negative: bool


def cues(text: str, start: int, end: int) -> Iterator[Cue]:
    """Yield the cues of text[start:end], the earliest first, none inside another.

    >>> line = "The nurse should refer patients."
    >>> [(cue.name, line[cue.start : cue.end]) for cue in cues(line, 0, len(line))]
    [('modal', 'should refer')]
    """
    found: list[Cue] = []
    for number in _SCREEN.passing(text[start:end]):
        name, _, where = _CUES[number]
        for match in _SCREEN.pattern(number).finditer(text, start, end):
            if any(cue.start < match.end() and match.start() < cue.end for cue in found):
                continue
            before = text[max(start, match.start() - 14) : match.end()]
            negative = re.search(r"\b(?:not|never|no longer|neither|cannot)\b|n['’]t\b", before) is not None
            found.append(Cue(name, match.start(), match.end(), where, negative))
    yield from sorted(found, key=lambda cue: cue.start)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of no named role at view[start:end]: "the person", "one provider"; `number` is "one", "many" or None."""

    start: int
    end: int
    number: str | None


def persons(text: str, start: int, end: int) -> Iterator[Person]:
    """Yield the persons of text[start:end], with their article or number.

    >>> [(p.start, p.end, p.number) for p in persons("They want one main provider", 0, 27)]
    [(10, 27, 'one')]
    """
    for noun in _NOUN.finditer(text, start, end):
        before = _DETERMINED.search(text[max(start, noun.start() - 40) : noun.start()])
        if before is None:
            yield Person(noun.start(), noun.end(), None)
            continue
        number = before["number"]
        one = (
            number is not None
            and number.casefold().split()[-1] in ("one", "single")
            and "than" not in number.casefold()
        )
        first = max(start, noun.start() - 40) + before.start()
        yield Person(first, noun.end(), None if number is None else "one" if one else "many")
