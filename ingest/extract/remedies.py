"""What is usually done against which kind of difficulty: training where knowledge is missing, money where it costs."""

import re
from functools import lru_cache

from ingest.extract.screening import Pattern

_FLAGS = re.IGNORECASE
_PAIRS: tuple[tuple[str, Pattern, Pattern], ...] = tuple(
    (name, Pattern(rf"\b(?:{against})", _FLAGS), Pattern(rf"\b(?:{what})", _FLAGS))
    for name, against, what in (
        (
            "teaching and information are usual against a lack of knowledge, skill or confidence",
            r"knowledge|aware|unaware|unfamiliar|inexperienc|skill|competen|train|uncertain|unsure|misunderst|mispercep|"
            r"misinform|not know|n['’]t know|confiden|literacy|understand",
            r"train|educat|teach|inform|guid|workshop|learn|awareness|instruct|materials|campaign|mentor|supervis|coach",
        ),
        (
            "money is usual against costs and a lack of pay",
            r"cost|fund|financ|remunerat|rebate|reimburs|paid|pay(?:ment)?\b|insur|povert|afford|income|billing|incentive",
            r"fund|financ|incentive|reimburs|subsid|payment|remunerat|rebate|free of charge|insur|voucher|"
            r"billing|invest|fee",
        ),
        (
            "more staff, time or other work flow is usual against a lack of time and heavy workload",
            r"time\b|busy|workload|burden|staff|turnover|shortage|overwhelm|pressure|overload|capacity|stretched",
            r"staff|hir(?:e|ing)|nurse|lay |task|delegat|streamlin|simplif|administrative|workload|dedicated|schedul|"
            r"role|time\b|assist|help the busy|automat|template",
        ),
        (
            "contact and shared records are usual against poor communication and unclear roles",
            r"communicat|coordinat|co-ordinat|fragment|not (?:told|informed|shared)|feedback|unclear|role|responsib|"
            r"hand-?(?:off|over)|discharge|referral|disagree|conflict|collaborat",
            r"communicat|coordinat|co-ordinat|shared|sharing|record|electronic|meeting|liaison|named|negotiat|agree|team|"
            r"hand-?(?:off|over)|collaborat|protocol|pathway|role|clear|contact|feedback|telemedicine|case manag",
        ),
        (
            "other places, times and means of travel are usual against poor access",
            r"transport|travel|distance|far |remote|rural|childcare|housing|homeless|waiting|access|attend|schedul|"
            r"appointment|opening hours|convenien|space|rooms?\b",
            r"transport|travel|online|telephone|telemedicine|home visit|outreach|mobile|location|venue|flexible|"
            r"convenien|childcare|housing|appointment|evening|weekend|remind|space|rooms?\b|local|co-locat",
        ),
        (
            "support and trust are usual against fear, stigma and distrust",
            r"fear|stigma|distrust|mistrust|trust|shame|embarrass|discriminat|afraid|confidential|privacy|isolat|disclos|"
            r"listen|respect|anxi|worr",
            r"peer|support|counsel|trust|confidential|group|listen|empath|concern|culturally|sensitiv|stigma|anonym|respect",
        ),
        (
            "engaging leaders and showing benefit are usual against resistance",
            r"reluctan|resist|unwilling|not (?:want|believe|interested|a priority|seen as)|n['’]t (?:want|believe)|"
            r"sceptic|skeptic|disengag|priorit|leadership|buy-?in|motivat",
            r"engag|leader|champion|evidence|benefit|involve|incentive|commit|motivat|endors|agreement|memorandum|visible",
        ),
    )
)


@lru_cache(maxsize=1024)
def difficulties(words: str) -> frozenset[int]:
    """Return the numbers of the kinds of difficulty that the words of a barrier name."""
    return frozenset([number for number, (_, against, _other) in enumerate(_PAIRS) if against.search(words)])


@lru_cache(maxsize=1024)
def answers(words: str) -> frozenset[int]:
    """Return the numbers of the kinds of difficulty that the words of an intervention are a usual answer to."""
    return frozenset([number for number, (_, _other, what) in enumerate(_PAIRS) if what.search(words)])


def why(number: int) -> str:
    """Return why what is done is a usual answer to a kind of difficulty."""
    return _PAIRS[number][0]


def remedies(intervention: str, barrier: str) -> tuple[str, ...]:
    """Return why the words of an intervention are a usual answer to those of a barrier; nothing where they are not.

    >>> remedies("Offer training to ward staff", "nurses' lack of knowledge")
    ('teaching and information are usual against a lack of knowledge, skill or confidence',)
    >>> remedies("Send letters", "a lack of parking")
    ()
    """
    return tuple([why(number) for number in sorted(difficulties(barrier) & answers(intervention))])
