"""People in the sentences of a paper: what they are called, and where their numbers are those of the sample."""

import re

from ingest.extract.screening import Pattern
from ingest.extract.study.numbers import NUMBER
from ingest.extract.study.text import Line

HEAD = (
    r"(?:(?:non-)?participants?|patients?|subjects(?= (?:who|were|took|complet|participat|in the|from the|aged)\w*)"
    r"|(?:non-)?respondents?|interviewees?|informants?|individuals?|people|persons?|adults?|women"
    r"|(?:(?<=and one )|(?<=and 1 ))(?:wo)?man|men|females?|males?|mothers?|fathers?"
    r"|parents?|carers?|caregivers?|famil(?:y members|ies)|relatives|children|adolescents|youths?|students?|pupils"
    r"|girls?|boys?|providers?|professionals?|practitioners?"
    r"|clinicians?|physicians?|doctors?|(?-i:GPs?|PCPs?|PNs?|NPs?|PAs?|HCPs?|HCWs?|CHWs?|MDs?|RNs?|LPNs?)|nurses?"
    r"|midwi(?:fe|ves)|pharmacists?|social workers?|therapists?|physiotherapists?"
    r"|(?:\w+)?ologists?|psychiatrists?|academics|dietit?ians?|nutritionists?|podiatrists?|managers?|administrators?"
    r"|co-?ordinators?|counsell?ors?|workers?|staff|personnel|leaders?|officers?"
    r"|assistants?|tutors?|teachers?|trainers?|coaches|volunteers?|experts?|stakeholders?|policy[- ]?makers?"
    r"|decision[- ]?makers?|investigators?|specialists?|surgeons?"
    r"|geriatricians?|p(?:a?e)diatricians?|obstetricians?|residents?|trainees?|members?|users?"
    r"|clients?|survivors?|veterans?|facilitators?|navigators?|educators?|visitors?|attendants?|aides|orderlies"
    r"|chaplains?|paramedics?|dentists?|interpreters?"
    r"|(?-i:[A-Z]{2,5}s)|couples?|dyads?|households?|consultants?|technicians?|receptionists?|supervisors?|directors?"
    r"|employees?|healers?|farmers?|villagers?|infants?|newborns?|\w+-\w+ pairs"
    r"|researchers?|advanced[- ]practice nurses?|(?:older|young|younger) (?:adults|people))"
)
"""Source of a pattern for the last word of a group of people; use with IGNORECASE."""

STOP = (
    r"(?:of|the|to|in|and|or|with|for|from|by|at|on|were|was|are|is|had|have|has|who|which|that|years?|months?|weeks?"
    r"|days?|hours?|min|minutes?|per|cent|percent|times|than|"
    r"interviews?|focus|groups?|sites|clinics|practices|hospitals|different|types?|kinds?|rounds?|cities|towns"
    r"|themes?|items|codes|transcripts|studies|other|additional|more|further|our|"
    r"independent|trained|experienced|research|as|their|each|all|its|these|those|if|when|not|but|after|before|during"
    r"|between|about|said|between|because|so)"
)
"""Source of a pattern for words that do not belong to the name of a group."""

PEOPLE = rf"(?:(?!{STOP}\b|\d)[\w’'/+-]+,? ){{0,5}}?{HEAD}\b"
"""Source of a pattern for the name of a group of people."""

TOOK_PART = Pattern(
    r"\b(?:participat\w+|took part|interviewed|recruit\w*|enrol\w*|consent\w*|agreed|approached|invit\w+"
    r"|contacted|involved|declin\w+|refused|withdr\w+|compris\w+|consist\w*|sampled?"
    r"|selected(?! (?:for|by|to)\b)|attended|completed"
    r"|randomi[sz]ed|assigned|there were|of (?:these|those|whom|them)|of the \d+|the majority|years old"
    r"|allocated|included|eligible|respon(?:ded|dents)|composed|focus groups? (?:with|of)|a total of|aged"
    r"|conducted using \d+"
    r"|were (?:wo)?men|(?:fe)?male)\b"
    rf"|\b(?:interviews?|focus groups?|discussions?|surveys?|questionnaires?|workshops?|sessions)\b[^.;]{{0,40}}?"
    rf" (?:with|of|among|involving|by) (?:{NUMBER} |[^.;()]{{3,60}} \(\d{{1,4}}\))",
    re.IGNORECASE,
)
"""Words about being asked and taking part."""

_SPOKE = Pattern(
    r"\b(?:said|stated|reported (?!being)|felt|described|noted|explained|mentioned|believed|thought|expressed"
    r"|highlighted|suggested|indicated|emphasi[sz]ed|perceived|viewed|wanted|commented|saw|argued|"
    r"acknowledged|appreciated|recalled|admitted|preferred|shared)\b",
    re.IGNORECASE,
)
_ELSEWHERE = Pattern(
    r"\bet al\b|\b(?:previous|prior|earlier|another|other) (?:study|studies|trials?|research|work)\b|\bincidence"
    r"|\bprevalence|worldwide",
    re.IGNORECASE,
)


_SUBJECTS = Pattern(r"\b(?:participants?|respondents|informants|interviewees|sample|[nN] ?=)", re.IGNORECASE)


_PLAN = r"(?:target\w*|planned|required|needed|anticipated)"
_PLANNED_BEFORE = Pattern(
    rf"\b{_PLAN}(?: sample)?(?: size)?(?: of| number of)? $"
    r"|\b(?:needed|planned|aimed|intended|hoped|expected|required|unable|sought"
    rf"|anticipated) to (?:\w+ )?"
    rf"(?:recruit|enrol|enroll|include|interview) $"
    r"|(?<!final )(?<!total )\bsample size of $"
    r"|\bwould (?:be (?:able )?)?(?:to )?(?:recruit|need|require|include|interview) $",
    re.IGNORECASE,
)
_PLANNED_AFTER = re.compile(rf"\b{_PLAN}\b", re.IGNORECASE)
_JUST_AFTER = 12


def is_planned(text: str, start: int, end: int) -> bool:
    """Return whether the number text[start:end] is one that was planned, not one that took part.

    >>> is_planned("We needed 50 nurses.", 10, 19), is_planned("N = 50 targeted; N = 20 enrolled", 17, 32)
    (True, False)
    """
    return (
        _PLANNED_BEFORE.search(text[:start]) is not None
        or _PLANNED_AFTER.search(text[start : end + _JUST_AFTER]) is not None
    )


def counts_people(line: Line) -> bool:
    """Return whether the numbers of people in a sentence are of those who took part in the study: not of what
    participants said, nor of other studies."""
    if line.kind == "methods":
        counts = (TOOK_PART.search(line.text) or _SUBJECTS.search(line.text)) is not None
    else:
        reports = line.in_abstract or line.kind == "results" or (line.own and line.kind in _LATER)
        counts = reports and TOOK_PART.search(line.text) is not None and not _SPOKE.search(line.text)
    return counts and not _ELSEWHERE.search(line.text)


_LATER = frozenset({"discussion", "limitations", "other"})
